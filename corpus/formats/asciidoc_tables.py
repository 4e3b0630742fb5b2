"""The tables of AsciiDoc: cells behind bars, with spans; CSV and other separators."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

_CELL = re.compile(
    r"(?:(?<=\s)|\A)?(?P<spec>(?:(?P<times>\d{1,2})\*|(?P<wide>\d{1,2})?(?:\.(?P<high>\d{1,2}))?\+)?[<^>]?(?:\.[<^>])?(?P<style>[aehlmsdv])?)(?<!\\)\|"
)
_COLUMN = re.compile(r"(?:(\d{1,2})\*)?([^,;]*)")
_MOST_COLUMNS = 100


def table_rows(
    lines: list[str], options: dict[str, str], *, separator: str = "|", text: Callable[[str], str]
) -> tuple[list[list[str]], int]:
    """Return the rows of a table and how many of them are its head, given its lines and its options."""
    kind = options.get("format", "psv")
    separator = options.get("separator", separator)
    separator = "\t" if separator == "\\t" else separator
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return [], 0
    wanted = options.get("options", "")
    implicit = (
        filled[0] == 0 and len(lines) > 1 and not lines[1].strip() and len(filled) > 1 and "noheader" not in wanted
    )
    if kind in ("csv", "tsv", "dsv") or separator in (",", ":", "\t", ";"):
        sign = {"csv": ",", "tsv": "\t", "dsv": ":"}.get(kind, separator)
        sign = separator if separator not in "|!" else sign
        try:
            rows = [row for row in csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=sign) if row]
        except csv.Error:
            rows = [[line] for line in lines if line.strip()]
        heads = 1 if implicit or "header" in wanted else 0
        return [[text(cell) for cell in row] for row in rows], heads
    body = "\n".join(lines)
    if separator not in ("|", ""):
        body = body.replace("|", "\\|").replace(separator[0], "|")
    cells = _cells(body)
    width = _columns(options.get("cols", "")) or _first_row(body[: body.find("\n")] if "\n" in body else body, cells)
    implicit = implicit and _width(_cells(lines[filled[0]])) == width and not lines[filled[0]].lstrip().startswith("a|")
    return _grid(cells, width, text), 1 if implicit or "header" in wanted else 0


_Cell = tuple[int, int, str]  # columns, rows, text


def _cells(body: str) -> list[_Cell]:
    """The cells of a table in order."""
    found = list(_CELL.finditer(body))
    cells: list[_Cell] = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(body)
        text = body[match.end() : end].replace("\\|", "|").strip()
        times = min(int(match["times"] or 1), _MOST_COLUMNS)
        cells += [(int(match["wide"] or 1) or 1, int(match["high"] or 1) or 1, text)] * (times or 1)
    return cells


def _width(cells: list[_Cell]) -> int:
    return min(sum(wide for wide, _, _ in cells), _MOST_COLUMNS)


def _first_row(line: str, cells: list[_Cell]) -> int:
    """The number of columns where it is not stated: that of the cells on the first line."""
    return _width(_cells(line)) or _width(cells) or 1


def _columns(spec: str) -> int:
    """The number of columns that a specification states, 0 if none.

    >>> _columns("1,3*,2"), _columns("")
    (5, 0)
    """
    spec = spec.strip().strip('"')
    if not spec:
        return 0
    if spec.isdigit() and len(spec) < 3:
        return int(spec) if int(spec) > 1 and "," not in spec else 1
    return min(
        sum(int(match[1] or 1) for part in re.split("[,;]", spec) if (match := _COLUMN.match(part))), _MOST_COLUMNS
    )


def _grid(cells: list[_Cell], width: int, text: Callable[[str], str]) -> list[list[str]]:
    """The texts of each row; a cell over several columns or rows is repeated in each."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    row: list[str] = []

    def fill() -> None:
        while len(row) in below and len(row) < width:
            column = len(row)
            left, words = below.pop(column)
            row.append(words)
            if left > 1:
                below[column] = left - 1, words

    for wide, high, marked in cells:
        words = text(marked)
        waiting: dict[int, tuple[int, str]] = {}
        fill()
        if len(row) >= width:
            rows.append(list(row))
            row.clear()
            fill()
        for _ in range(min(wide, width - len(row)) or 1):
            if high > 1:
                waiting[len(row)] = min(high, 1000) - 1, words
            row.append(words)
        if len(row) >= width:
            rows.append(list(row))
            row.clear()
        below.update(waiting)
    fill()
    if row:
        rows.append(row)
    return rows
