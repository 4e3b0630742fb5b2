"""The rows of an HTML table: cells that span several are repeated in each, and the head is one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A span beyond these is a slip, or an attempt to fill the memory. HTML allows 1,000 columns and 65,534 rows.
_MOST_COLUMNS = 100
_MOST_ROWS = 1_000
_MOST_REPEATED = 20_000  # cells of one table
_LONGEST_REPEATED = 300  # characters; a longer text is written once

_Cells = list["HtmlElement | None"]  # one for each column


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the texts of its columns, whether it heads the columns, and whether it is a "key: value" pair.

    ``whole`` holds the text of a row of one cell, else "".
    """

    texts: tuple[str, ...]
    head: bool = False
    pair: bool = False
    whole: str = ""


def rows_of(
    table: HtmlElement, text_of: Callable[[HtmlElement], str], is_left_out: Callable[[HtmlElement], bool]
) -> list[Row]:
    """Return the rows of a table that hold text, the rows of its head made one."""
    rows = [
        (row, [cell for cell in row if cell.tag in ("td", "th") and not is_left_out(cell)])
        for row in _in_order(table)
        if not is_left_out(row)
    ]
    grid = _grid([cells for _, cells in rows])
    width = max(map(len, grid), default=0)
    heads = _heads([row for row, _ in rows], grid)
    found: list[Row] = []
    texts: dict[HtmlElement, str] = {}

    def written(cells: _Cells) -> tuple[str, ...]:
        line = []
        for cell in cells:
            if cell is not None and cell not in texts:
                texts[cell] = text_of(cell)
            line.append("" if cell is None else texts[cell])
            if cell is not None and len(texts[cell]) > _LONGEST_REPEATED:
                texts[cell] = ""
        return tuple(line)

    joined: list[tuple[str, ...]] = []
    for number, cells in enumerate(grid):
        line = written(cells)
        whole = _whole(cells, line, headed=bool(heads))
        if number in heads and not whole:
            joined.append(line + ("",) * (width - len(line)))
            if number + 1 not in heads:
                found.append(Row(_merged(joined), head=True))
                joined.clear()
        elif whole:
            found.append(Row(line, whole=whole))
        elif any(line):
            found.append(Row(line, pair=not heads and _is_pair(cells, width)))
    if joined:
        found.append(Row(_merged(joined), head=True))
    return found


def row_text(texts: Sequence[str]) -> str:
    """Return the cells of a row with bars between; an empty first cell keeps its place.

    >>> row_text(["", "Mon", "Tue"]), row_text(["Open", "9", ""])
    ('|  | Mon | Tue', 'Open | 9 |')
    """
    line = " | ".join(texts).rstrip()
    return f"| {line}" if line.startswith(" ") else line


def _in_order(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table without those of tables inside it, the head's first."""
    heads: list[HtmlElement] = []
    rows: list[HtmlElement] = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            (heads if part.tag == "thead" else rows).extend(row for row in part if row.tag == "tr")
    return heads + rows


def _span(cell: HtmlElement, name: str, most: int) -> int:
    try:
        return min(max(1, int(cell.get(name) or 1)), most)
    except ValueError:
        return 1


def _grid(rows: list[list[HtmlElement]]) -> list[_Cells]:
    """The cell that fills each column of each row."""
    grid: list[_Cells] = []
    below: dict[int, tuple[HtmlElement, int]] = {}  # by column: a cell of a row above, and for how many rows yet
    repeated = 0
    for cells in rows:
        line: _Cells = []
        waiting = list(reversed(cells))
        while waiting or any(column >= len(line) for column in below):
            column = len(line)
            if column in below:
                cell, left = below.pop(column)
                repeated += 1
                if left > 1:
                    below[column] = cell, left - 1
                line.append(cell)
            elif waiting:
                cell = waiting.pop()
                width, height = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_ROWS)
                if cell.get("rowspan") == "0":
                    height = _MOST_ROWS
                if repeated > _MOST_REPEATED:
                    width = height = 1
                    below.clear()
                repeated += width - 1
                for place in range(column, column + width):
                    if place > column and place in below:
                        break
                    line.append(cell)
                    if height > 1:
                        below[place] = cell, height - 1
            else:
                line.append(None)
        grid.append(line)
    return grid


def _heads(rows: list[HtmlElement], grid: list[_Cells]) -> set[int]:
    """The numbers of the rows that head the columns: those of <thead>, else the first ones that hold <th> alone."""
    heads: set[int] = set()
    for number, (row, cells) in enumerate(zip(rows, grid, strict=True)):
        parent = row.getparent()
        headed = (parent is not None and parent.tag == "thead") or all(
            cell is None or cell.tag == "th" or _is_blank(cell) for cell in cells
        )
        if not headed:
            break
        heads.add(number)
    several = any(len({cell for cell in grid[number] if cell is not None}) > 1 for number in heads)
    return heads if several and len(heads) < len(grid) else set()


def _is_blank(cell: HtmlElement) -> bool:
    """Whether a cell says nothing."""
    return not "".join(cell.itertext()).strip() and not any(picture.get("alt") for picture in cell.iter("img"))


def _whole(cells: _Cells, texts: tuple[str, ...], *, headed: bool) -> str:
    """The text of a row in which one cell has text; under a head it must be the first, or fill the row."""
    filled = {cell for cell, text in zip(cells, texts, strict=True) if text}
    if len(filled) != 1:
        return ""
    only = next(iter(filled))
    spanning = len({cell for cell in cells if cell is not None}) == 1
    alone = sum(cell is only for cell in cells) == 1 and (not headed or cells[0] is only)
    return next(text for text in texts if text) if spanning or alone else ""


def _merged(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The texts of several rows of a head as one, each column's joined."""
    return tuple(" ".join(dict.fromkeys(text for text in column if text)) for column in zip(*rows, strict=True))


def _is_pair(cells: _Cells, width: int) -> bool:
    """Whether a row is a key with its value."""
    if len(cells) != 2 or cells[0] is None or cells[1] is None or cells[0] is cells[1]:
        return False
    return cells[1].tag == "td" and (cells[0].tag == "th" or width == 2)
