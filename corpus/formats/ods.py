"""ODS: the sheets of an OpenDocument spreadsheet, with the text that their cells show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.formats.opendocument import OFFICE, TABLE, TEXT, OpenDocument, opened, properties_of
from corpus.formats.sheet_parts import Cell, Sheet
from corpus.formats.sheets import cell_name
from corpus.formats.xlsx import MOST_CELLS, sheets_document, skip_hidden
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "spreadsheet"
_NUMBERS = ("float", "percentage", "currency")
_DATES = ("date", "time")
_MOST_REPEATED = 1_000  # a row or cell with text that is repeated more often was filled to the edge of the sheet
_MOST_COLUMNS = 16_384
_ROWS = (f"{TABLE}table-row-group", f"{TABLE}table-rows", f"{TABLE}table-header-rows")


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an ODS file."""
    file, content = opened(data, source, _KIND)
    sheets: list[Sheet] = []
    reader = _Reader(file, on_skip)
    for table in content.iterchildren(f"{TABLE}table"):
        sheet = reader.sheet(table)
        if file.look(table.get(f"{TABLE}style-name")).shown:
            sheets.append(sheet)
        else:
            skip_hidden(source, sheet, file.dropped, on_skip)
    yield sheets_document(sheets, source, file.dropped, properties_of(file))


def _times(element: _Element, name: str, most: int) -> int:
    given = element.get(f"{TABLE}{name}") or "1"
    return min(max(1, int(given[:9])), most) if given.isdigit() else 1


class _Reader:
    """Reads the tables of one file."""

    def __init__(self, file: OpenDocument, on_skip: OnSkip) -> None:
        self._file, self._on_skip = file, on_skip
        self._cells = 0

    def sheet(self, table: _Element) -> Sheet:
        """Read a table."""
        sheet = Sheet(table.get(f"{TABLE}name") or "")
        hidden = self._hidden_columns(table)
        number = 0
        for row, is_head in self._rows(table):
            times = _times(row, "number-rows-repeated", 10_000_000)
            visible = row.get(f"{TABLE}visibility") != "collapse"
            if self._cells >= MOST_CELLS:
                cause = f"and what follows is left out: the file has more than {MOST_CELLS:,} cells; split it"
                self._on_skip(SkippedFile(f"{self._file.name}:sheet {sheet.name}:row {number + 1}", cause))
                break
            if not visible:
                sheet.unseen.update(range(number, number + min(times, _MOST_REPEATED)))
            for copy in range(min(times, _MOST_REPEATED)):
                cells = self._row(row, number + copy, sheet)
                if not cells:
                    break
                unseen = [cell for column, cell in cells.items() if not visible or column in hidden]
                if unseen:
                    kind = "hidden columns" if visible else "hidden rows"
                    words = " ".join(cell.text for cell in unseen)
                    place = cell_name(*unseen[0].place)
                    self._file.dropped.append(Dropped.of(kind, f"{sheet.name} {place}: {words}"))
                kept = {column: cell for column, cell in cells.items() if visible and column not in hidden}
                if kept:
                    sheet.rows[number + copy] = kept
                    self._cells += len(kept)
            if is_head:
                sheet.heads.add(number)
            number += times
        return sheet

    def _rows(self, table: _Element) -> Iterator[tuple[_Element, bool]]:
        """The rows of a table in order, and whether each is printed as a head."""
        waiting = [(child, False) for child in reversed(table)]
        while waiting:
            element, is_head = waiting.pop()
            if element.tag == f"{TABLE}table-row":
                yield element, is_head
            elif element.tag in _ROWS:
                heads = is_head or element.tag == f"{TABLE}table-header-rows"
                waiting += [(child, heads) for child in reversed(element)]

    def _hidden_columns(self, table: _Element) -> set[int]:
        hidden: set[int] = set()
        column = 0
        for element in table.iter(f"{TABLE}table-column"):
            times = _times(element, "number-columns-repeated", _MOST_COLUMNS)
            if element.get(f"{TABLE}visibility") == "collapse":
                hidden.update(range(column, min(column + times, _MOST_COLUMNS)))
            column += times
        return hidden

    def _row(self, row: _Element, number: int, sheet: Sheet) -> dict[int, Cell]:
        """The cells of a row that hold text."""
        cells: dict[int, Cell] = {}
        column = 0
        for element in row:
            if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            times = _times(element, "number-columns-repeated", _MOST_COLUMNS)
            text = self._text(element) if element.tag == f"{TABLE}table-cell" and len(element) else ""
            if text and column < _MOST_COLUMNS:
                kind = element.get(f"{OFFICE}value-type") or ""
                look = self._file.look(element.get(f"{TABLE}style-name"))
                if look.struck:
                    self._file.dropped.append(Dropped.of("struck out", text))
                    text = ""
                for place in range(column, column + (min(times, _MOST_REPEATED) if text else 0)):
                    is_date = kind in _DATES
                    cells[place] = Cell(text, (number, place), is_date or kind in _NUMBERS, is_date, look.bold)
                down, right = (_times(element, f"number-{kind}-spanned", 1_000_000) for kind in ("rows", "columns"))
                if down > 1 or right > 1:
                    sheet.merged.append((number, column, number + down - 1, column + right - 1))
            column += times
        return cells

    def _text(self, cell: _Element) -> str:
        """What a cell shows, on one line."""
        lines = []
        for part in cell:
            if part.tag == f"{TEXT}p":
                lines.append(self._file.words(part))
            elif part.tag == f"{OFFICE}annotation":
                self._file.dropped.append(Dropped.of("comment", " ".join(map(str, part.itertext()))))
        return " ".join(" ".join(lines).split())
