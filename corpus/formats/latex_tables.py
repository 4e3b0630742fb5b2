"""The tables of LaTeX: rows and cells, spans repeated, the head above its rule."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.formats.latex_source import group, option

TABLES = {
    "tabular": 1,
    "tabularx": 2,
    "tabulary": 2,
    "longtable": 1,
    "array": 1,
    "supertabular": 1,
    "tblr": 1,
    "xltabular": 2,
}
"""The environments that are tables, and how many arguments their beginnings have."""

_RULES = re.compile(
    r"\\(hline|toprule|midrule|bottomrule|endfirsthead|endhead|endfoot|endlastfoot|cline|cmidrule|noalign)\b"
    r"(?:\([^)]*\))?\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?"
)
_SPLIT = re.compile(
    r"\\begin\{[a-zA-Z]+\*?\}|\\end\{[a-zA-Z]+\*?\}|\\\\\*?(?:\[[^\]\n]*\])?|\\tabularnewline|\\.|[{}&]", re.DOTALL
)
_WIDE = re.compile(r"\s*\\multicolumn\s*")
_HIGH = re.compile(r"\s*\\multirow\s*")
_MOST = 100


def table_rows(kind: str, text: str, inline: Callable[[str], str]) -> tuple[list[list[str]], int]:
    """Return the rows of a table and how many of them are its head."""
    place = 0
    for _ in range(TABLES[kind]):
        _, place = option(text, place)
        _, place = group(text, place)
    rows: list[list[str]] = []
    heads = 0
    below: dict[int, tuple[int, str]] = {}
    rules: list[int] = []  # before which rows there is one
    for cells in _rows(text[place:]):
        marks = [found[1] for found in _RULES.finditer(cells[0])]
        cells[0] = _RULES.sub("", cells[0])
        if "midrule" in marks or "endhead" in marks or "endfirsthead" in marks:
            heads = heads or len(rows)
        if "endhead" in marks and heads < len(rows):  # the head of the further pages
            del rows[heads:]
        if {"endfoot", "endlastfoot"} & set(marks):
            del rows[max(heads, 1) :]
        if "hline" in marks:
            rules.append(len(rows))
        if len(cells) == 1 and not cells[0].strip() and not below:
            continue
        row = _cells(cells, inline, below)
        if any(row):
            rows.append(row)
    if not heads and 1 in rules and len(rows) > 1:
        heads = 1
    return rows, heads if heads < len(rows) else 0


def _rows(text: str) -> list[list[str]]:
    """The cells of each row, as they are written."""
    rows: list[list[str]] = [[""]]
    depth = 0
    last = 0
    for found in _SPLIT.finditer(text):
        sign = found[0]
        if sign == "{" or sign.startswith("\\begin"):
            depth += 1
        elif sign == "}" or sign.startswith("\\end{"):
            depth = max(0, depth - 1)
        elif depth == 0 and (sign == "&" or sign.startswith("\\\\") or sign == "\\tabularnewline"):
            rows[-1][-1] += text[last : found.start()]
            last = found.end()
            rows[-1].append("") if sign == "&" else rows.append([""])
    rows[-1][-1] += text[last:]
    return rows


def _cells(cells: list[str], inline: Callable[[str], str], below: dict[int, tuple[int, str]]) -> list[str]:
    """The texts of a row's columns; a cell over several columns or rows is repeated."""
    row: list[str] = []
    for cell in cells:
        column = len(row)
        wide = 1
        if found := _WIDE.match(cell):
            count, place = group(cell, found.end())
            _, place = group(cell, place)
            words, _ = group(cell, place)
            wide, cell = (min(int(count), _MOST) if count.isdigit() else 1), words
        if found := _HIGH.match(cell):
            count, place = group(cell, option(cell, found.end())[1])
            _, place = group(cell, option(cell, place)[1])
            words, _ = group(cell, option(cell, place)[1])
            text = inline(words)
            if count.isdigit() and int(count) > 1:
                below[column] = min(int(count), 1000) - 1, text
        else:
            text = inline(cell)
            if column in below:
                left, above = below.pop(column)
                text = text or above
                if left > 1:
                    below[column] = left - 1, above
        row += [text] * max(wide, 1)
    return row
