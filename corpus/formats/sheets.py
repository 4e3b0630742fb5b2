"""The sheets of a spreadsheet as text: each is a section, its tables keep their heads, its cells their names."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.formats.cells import HEAD_AGAIN
from corpus.formats.layout import Layout
from corpus.formats.sheet_parts import Cell, Row, Sheet, SheetPart, distinct, parts_of, spread
from corpus.marks import Mark

# By hand: the most cells of a file that have a mark each; beyond, a row has one.
_MOST_MARKED = 200_000
# By hand: a table with fewer filled cells than one in so many is written without its empty ones.
_SPARSE = 50
_LABEL = 2  # the level of the heading that a label inside a sheet makes


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, counted from 0.

    >>> cell_name(0, 0), cell_name(11, 27)
    ('A1', 'AB12')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


class SheetWriter:
    """Writes sheets into ``layout``, one after the other; ``marks`` says which cell stands where in it."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.layout = Layout()
        self.marks: list[Mark] = []
        self._each_cell = sum(len(row) for sheet in sheets for row in sheet.rows.values()) <= _MOST_MARKED
        self._sheet = ""
        self._labelled = False
        for sheet in sheets:
            if sheet.rows:
                self._write(sheet)

    def _write(self, sheet: Sheet) -> None:
        spread(sheet)
        self._sheet, self._labelled = sheet.name, False
        name = " ".join(sheet.name.split()) or "Sheet"
        self.layout.heading(1, name)
        self.marks.append(Mark(self.layout.length - len(name), sheet=sheet.name))
        for part in parts_of(sheet):
            self._label(part.label)
            if part.kind == "prose":
                for row in part.rows:
                    self._cells(distinct(row), " ", lines=False)
            elif part.kind == "pairs":
                for row in part.rows:
                    self._pairs(distinct(row))
            else:
                self._table(part)
            self.layout.end_lines()

    def _label(self, label: Cell | None) -> None:
        """Write what a table is called as a heading; a table without a name ends the section of the last one."""
        if label is None:
            if self._labelled:
                self.layout.close(_LABEL)
            self._labelled = False
            return
        words = " ".join(label.text.split())
        self.layout.heading(_LABEL, words)
        self._mark(self.layout.length - len(words), [label])
        self._labelled = True

    def _pairs(self, cells: list[Cell]) -> None:
        """Write names with their values, a line for each two cells."""
        for key, value in zip(cells[::2], cells[1::2], strict=False):
            name = key.text.rstrip(": ") or key.text
            self._add([("- ", None), (name, key), (": ", None), (value.text, value)])
        if len(cells) % 2:
            self._add([("- ", None), (cells[-1].text, cells[-1])])

    def _table(self, part: SheetPart) -> None:
        """Write a table, its head again where its rows are many."""
        columns = sorted({column for row in (*part.head, *part.rows) for column in row})
        filled = sum(map(len, part.rows))
        if len(columns) * len(part.rows) > _SPARSE * filled + 10_000:
            for row in part.rows:
                self._cells(distinct(row), " | ", lines=True)
            return
        written, begun = False, 0
        for row in part.rows or [{}]:
            if part.head and (not written or self.layout.length - begun > HEAD_AGAIN):
                self.layout.end_lines()
                self._head(part.head, columns)
                written, begun = True, self.layout.length
            if row:
                self._row([row.get(column) for column in columns])

    def _head(self, head: Sequence[Row], columns: Sequence[int]) -> None:
        """Write the rows of a head as one, and the dashes under it."""
        cells = []
        for column in columns:
            own = list({row[column].place: row[column] for row in head if column in row}.values())
            text = " ".join(dict.fromkeys(cell.text for cell in own))
            cells.append(Cell(text, own[-1].place) if own else None)
        self._row(cells)
        if len(columns) > 1:
            self.layout.line(" | ".join(["---"] * len(columns)))

    def _row(self, cells: Sequence[Cell | None]) -> None:
        """Write a row with bars between; an empty first cell keeps its place."""
        pieces: list[tuple[str, Cell | None]] = []
        bars = len(cells) > 1
        for cell in cells:
            if pieces:
                pieces.append((" | ", None))
            text = "" if cell is None else cell.text
            pieces.append((text.replace("|", "\\|") if bars else text, cell))
        if bars and cells[0] is None:
            pieces.insert(0, ("| ", None))
        pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
        if not pieces[-1][0] and len(pieces) > 1:
            pieces[-2:] = [(" |", None)]
        self._add(pieces)

    def _cells(self, cells: Sequence[Cell], between: str, *, lines: bool) -> None:
        """Write cells one after the other, as a line or as a paragraph."""
        pieces: list[tuple[str, Cell | None]] = []
        for cell in cells:
            pieces += [(between, None), (cell.text, cell)] if pieces else [(cell.text, cell)]
        self._add(pieces, lines=lines)

    def _add(self, pieces: Sequence[tuple[str, Cell | None]], *, lines: bool = True) -> None:
        """Add a line or a paragraph, and the marks of the cells in it."""
        text = "".join(piece for piece, _ in pieces)
        if not text.strip():
            return
        (self.layout.line if lines else self.layout.paragraph)(text)
        place = self.layout.length - len(text)
        if not self._each_cell:
            self._mark(place, [cell for _, cell in pieces if cell])
            return
        for piece, cell in pieces:
            if cell and piece:
                self._mark(place, [cell])
            place += len(piece)

    def _mark(self, start: int, cells: Sequence[Cell]) -> None:
        names = [cell_name(*cell.place) for cell in cells]
        named = names[0] if len(names) < 2 else f"{names[0]}:{names[-1]}"
        self.marks.append(Mark(start, sheet=self._sheet, cell=named))
