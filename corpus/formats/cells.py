"""Rows of cells as text: a head, a line of dashes, and a line for each row, as in a table of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.formats.layout import Layout
from corpus.formats.tables import row_text

HEAD_AGAIN = 2_500
"""Characters of rows after which a table's head is written again: fewer than a reader looks back for it."""


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose first row is its head; white space in cells is folded, empty rows left out.

    Columns without any text at the end of all rows are left out too. In a long table a blank line and the head
    come again after every HEAD_AGAIN characters, so that every row is read with it.

    >>> list(table_lines([["Room", "Seats"], ["Oak", "12"], ["", ""]]))
    ['Room | Seats', '--- | ---', 'Oak | 12']
    """
    folded = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in folded if any(row)]
    width = max((place + 1 for row in filled for place, cell in enumerate(row) if cell), default=0)
    head: list[str] = []
    written = 0
    for row in filled:
        line = row_text([*row, *[""] * (width - len(row))][:width]) if width > 1 else row[0]
        if head and written > HEAD_AGAIN:
            yield from ("", *head)
            written = 0
        yield line
        written += len(line) + 1
        if not head and width > 1:
            head = [line, " | ".join(["---"] * width)]
            yield head[1]


def add_table(layout: Layout, rows: Sequence[Sequence[str]]) -> None:
    """Add the lines of a table to a layout."""
    layout.end_lines()
    for line in table_lines(rows):
        if line:
            layout.line(line)
        else:
            layout.end_lines()
    layout.end_lines()
