"""The tables of MediaWiki: rows, heads, and cells over several columns and rows."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPAN = re.compile(r"(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,4})")
_ATTRIBUTES = re.compile(r"(?:\s*[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"']+))+\s*\Z|\s*nowrap\s*\Z")
_MOST_COLUMNS, _MOST_ROWS = 100, 1_000

Cell = tuple[str, int, int, bool]  # text, columns, rows, whether it heads


def table_rows(text: str, inline: Callable[[str], str]) -> tuple[str, list[list[str]], int]:
    """Return the caption of a table, its rows, and how many of them are its head, given what is inside its braces."""
    caption = ""
    rows: list[list[Cell]] = [[]]
    pending: list[str] = []
    head = False

    def close() -> None:
        nonlocal caption
        if pending:
            written = "\n".join(pending)
            pending.clear()
            if head is None:
                caption = inline(_without_attributes(written)[0])
            else:
                rows[-1].append(_cell(written, inline, head=bool(head)))

    for line in text.split("\n")[1:]:
        stripped = line.strip()
        if stripped.startswith("|-"):
            close()
            rows.append([])
        elif stripped.startswith("|+"):
            close()
            head, pending = None, [stripped[2:]]  # type: ignore[assignment]
        elif stripped.startswith(("|", "!")):
            close()
            head = stripped.startswith("!")
            cells = re.split(r"\|\||!!", stripped[1:]) if head else stripped[1:].split("||")
            for cell in cells[:-1]:
                rows[-1].append(_cell(cell, inline, head=head))
            pending = [cells[-1]]
        elif pending:
            pending.append(line)
    close()
    filled = [row for row in rows if row]
    heads = 0
    while heads < len(filled) and all(cell[3] for cell in filled[heads]) and len(filled[heads]) > 1:
        heads += 1
    return caption, _grid(filled), heads if heads < len(filled) else 0


def _without_attributes(written: str) -> tuple[str, str]:
    """The text of a cell and its attributes."""
    attributes, bar, text = written.partition("|")
    if bar and "[[" not in attributes and _ATTRIBUTES.match(attributes):
        return text, attributes
    return written, ""


def _cell(written: str, inline: Callable[[str], str], *, head: bool) -> Cell:
    text, attributes = _without_attributes(written)
    spans = {name: int(count) for name, count in _SPAN.findall(attributes)}
    return (
        inline(text),
        min(max(spans.get("colspan", 1), 1), _MOST_COLUMNS),
        min(max(spans.get("rowspan", 1), 1), _MOST_ROWS),
        head,
    )


def _grid(rows: list[list[Cell]]) -> list[list[str]]:
    """The texts of each row's columns; what spans several is repeated."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row: list[str] = []
        waiting = list(reversed(cells))
        fresh: dict[int, tuple[int, str]] = {}
        while waiting or any(column >= len(row) for column in below):
            column = len(row)
            if column in below:
                left, words = below.pop(column)
                row.append(words)
                if left > 1:
                    fresh[column] = left - 1, words
            elif waiting:
                text, wide, high, _ = waiting.pop()
                for place in range(column, column + wide):
                    row.append(text)
                    if high > 1:
                        fresh[place] = high - 1, text
            else:
                row.append("")
            if len(row) > _MOST_COLUMNS:
                break
        below = {**{column: rest for column, rest in below.items() if column > len(row)}, **fresh}
        grid.append(row)
    return grid
