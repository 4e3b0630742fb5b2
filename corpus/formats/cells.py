"""Rows of cells as text: a head, a line of dashes, and a line for each row, as in a table of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.formats.tables import row_text


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose first row is its head; white space in cells is folded, empty rows left out.

    Columns without any text at the end of all rows are left out too.

    >>> list(table_lines([["Room", "Seats"], ["Oak", "12"], ["", ""]]))
    ['Room | Seats', '--- | ---', 'Oak | 12']
    """
    folded = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in folded if any(row)]
    width = max((place + 1 for row in filled for place, cell in enumerate(row) if cell), default=0)
    for number, row in enumerate(filled):
        cells = [*row, *[""] * (width - len(row))][:width]
        yield row_text(cells) if width > 1 else cells[0]
        if number == 0 and width > 1:
            yield " | ".join(["---"] * width)
