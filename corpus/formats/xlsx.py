"""XLSX: the sheets of a workbook, with what its cells show; hidden sheets, rows and columns are left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.base import id_of, title_of
from corpus.formats.number_formats import BUILT_IN, GENERAL, general, is_date, shown
from corpus.formats.packages import Package, outermost
from corpus.formats.sheet_parts import Cell, Row, Sheet
from corpus.formats.sheets import SheetWriter, cell_name
from corpus.formats.signs import COMPOUND
from corpus.sections import split_sections
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_CELLS = 3_000_000
"""The cells of a workbook that are read at most. By hand: half a gigabyte of memory."""

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MAIN = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_OFF = ("0", "false")
_WANTED = [f"{_S}{tag}" for tag in ("row", "col", "mergeCell", "autoFilter", "pane")]
_ENTITIES = re.compile("_x([0-9A-F]{4})_")  # how a control character is written in a text


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell is shown: the code of its format, and whether it is bold, or struck out."""

    code: str = GENERAL
    bold: bool = False
    struck: bool = False
    date: bool = False


@dataclass(slots=True)
class _Book:
    """A workbook that is being read."""

    package: Package
    source: str
    strings: list[str] = field(default_factory=list)
    looks: list[_Look] = field(default_factory=list)
    from_1904: bool = False
    dropped: list[Dropped] = field(default_factory=list)
    cells: int = 0
    unvalued: list[str] = field(default_factory=list)  # formulas whose values the file does not hold


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an XLSX file."""
    if data.startswith(COMPOUND[:4]):
        raise SourceError(f"{source}: is encrypted, or no XLSX file; save it as XLSX without a password")
    package = Package(data, source, "XLSX")
    main = package.main(_MAIN)
    book = _Book(package, source)
    workbook = package.xml(main)
    relations = package.relations(main)
    _look_up(book, workbook, relations)
    sheets: list[Sheet] = []
    failed: list[SourceError] = []
    for listed in workbook.iter(f"{_S}sheet"):
        name = listed.get("name") or ""
        kind, place = relations.get(listed.get(f"{_R}id") or "", ("", ""))
        if kind not in ("worksheet", ""):
            book.dropped.append(Dropped(kind, name))
            continue
        try:
            sheet = _sheet(book, name, place, on_skip)
        except SourceError as error:
            failed.append(error)
            on_skip(SkippedFile(f"{source}:sheet {name}", str(error).removeprefix(f"{source}: ")))
            continue
        if listed.get("state") in ("hidden", "veryHidden"):
            skip_hidden(source, sheet, book.dropped, on_skip)
        else:
            sheets.append(sheet)
    if failed and not sheets:
        raise failed[0]
    if book.unvalued:
        several = f"one of {len(book.unvalued):,} formulas" if len(book.unvalued) > 1 else "a formula"
        cause = f"is {several} without a stored value; open and save the file in a spreadsheet program"
        on_skip(SkippedFile(f"{source}:{book.unvalued[0]}", cause))
    yield sheets_document(sheets, source, book.dropped, package.properties())


def sheets_document(
    sheets: list[Sheet], source: str, dropped: list[Dropped], metadata: tuple[tuple[str, str], ...] = ()
) -> Document:
    """Return the document that sheets make."""
    writer = SheetWriter(sheets)
    text = writer.layout.text
    return Document(
        id=id_of(source),
        title=dict(metadata).get("title", title_of(source)),
        text=text,
        sections=split_sections(text, writer.layout.headings),
        source=source,
        dropped=tuple(dropped),
        metadata=metadata,
        marks=tuple(writer.marks),
    )


def skip_hidden(source: str, sheet: Sheet, dropped: list[Dropped], on_skip: OnSkip) -> None:
    """Tell that a sheet is hidden, and keep what it says as dropped."""
    dropped.append(Dropped.of("hidden sheet", f"{sheet.name}: {_words(sheet.rows)}"))
    on_skip(SkippedFile(f"{source}:sheet {sheet.name}", "is hidden"))


def _words(rows: dict[int, Row]) -> str:
    """The text of the first rows."""
    return " ".join(cell.text for row in list(rows.values())[:40] for cell in row.values())


def _look_up(book: _Book, workbook: _Element, relations: dict[str, tuple[str, str]]) -> None:
    """Read what all sheets of a workbook share."""
    properties = workbook.find(f"{_S}workbookPr")
    book.from_1904 = properties is not None and (properties.get("date1904") or "0") not in _OFF
    for kind, place in relations.values():
        if kind == "sharedStrings" and place in book.package:
            for item in book.package.xml(place).iterchildren(f"{_S}si"):
                book.strings.append(_text(book, item))
        elif kind == "styles" and place in book.package:
            book.looks = list(_looks(book.package.xml(place)))


def _looks(root: _Element) -> Iterator[_Look]:
    """How the cells of each style are shown."""
    codes = dict(BUILT_IN)
    for form in root.iter(f"{_S}numFmt"):
        if (number := form.get("numFmtId") or "").isdigit():
            codes[int(number)] = form.get("formatCode") or GENERAL
    fonts = [(_is_on(font, "b"), _is_on(font, "strike")) for font in root.iterfind(f"{_S}fonts/{_S}font")]
    for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
        font, number = style.get("fontId") or "", style.get("numFmtId") or "0"
        bold, struck = fonts[int(font)] if font.isdigit() and int(font) < len(fonts) else (False, False)
        code = codes.get(int(number) if number.isdigit() else 0, GENERAL)
        yield _Look(code, bold, struck, is_date(code))


def _is_on(parent: _Element | None, name: str) -> bool:
    found = parent.find(f"{_S}{name}") if parent is not None else None
    return found is not None and (found.get("val") or "1") not in _OFF


def _text(book: _Book, item: _Element) -> str:
    """The text of a string: its runs without those that are struck out, and without how it is pronounced."""
    pieces = []
    for part in item:
        if part.tag == f"{_S}t":
            pieces.append(part.text or "")
        elif part.tag == f"{_S}r":
            text = part.findtext(f"{_S}t") or ""
            if _is_on(part.find(f"{_S}rPr"), "strike") and text.strip():
                book.dropped.append(Dropped.of("struck out", text))
            else:
                pieces.append(text)
    text = _ENTITIES.sub(lambda code: chr(int(code[1], 16)), "".join(pieces))
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", "").split())


def _sheet(book: _Book, name: str, place: str, on_skip: OnSkip) -> Sheet:
    """Read one sheet."""
    from lxml import etree

    content = book.package.content(place)
    cells, dropped = book.cells, len(book.dropped)
    try:
        sheet, reader = _rows(book, name, _streamed(content), on_skip)
    except etree.XMLSyntaxError:  # read what is there, as a whole: mending as a stream takes time that grows squared
        book.cells = cells
        del book.dropped[dropped:]
        sheet, reader = _rows(book, name, book.package.xml(place).iter(*_WANTED), on_skip)
    for kind, part in book.package.relations(place).values():
        if part in book.package:
            reader.hanging(kind, part)
    reader.finish()
    return sheet


def _rows(book: _Book, name: str, elements: Iterable[_Element], on_skip: OnSkip) -> tuple[Sheet, _SheetReader]:
    """Read the elements of a sheet, up to the most cells that a file may have."""
    sheet = Sheet(name)
    reader = _SheetReader(book, sheet)
    for element in elements:
        if not reader.take(element):
            last = max(sheet.rows, default=0) + 1
            cause = f"and what follows is left out: the file has more than {MOST_CELLS:,} cells; split it"
            on_skip(SkippedFile(f"{book.source}:sheet {name}:row {last}", cause))
            break
    return sheet, reader


def _streamed(content: bytes) -> Iterator[_Element]:
    """Yield the elements of a sheet that are wanted, each row to be forgotten after it is used."""
    from lxml import etree

    for _, element in etree.iterparse(
        io.BytesIO(content), tag=_WANTED, resolve_entities=False, no_network=True, huge_tree=True
    ):
        yield element
        if element.tag == f"{_S}row":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


class _SheetReader:
    """Takes the elements of one sheet in order."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._row = -1
        self._hidden_columns: list[tuple[int, int]] = []
        self._hidden_rows: set[int] = set()
        self._filtered = False

    def take(self, element: _Element) -> bool:
        """Read an element and say whether more can be taken."""
        tag = element.tag.removeprefix(_S) if isinstance(element.tag, str) else ""
        if tag == "row":
            self._take_row(element)
        elif tag == "col" and (element.get("hidden") or "0") not in _OFF:
            low, high = element.get("min") or "", element.get("max") or ""
            if low.isdigit() and high.isdigit():
                self._hidden_columns.append((int(low) - 1, int(high) - 1))
        elif tag == "mergeCell" and (area := _area(element.get("ref"))):
            self._sheet.merged.append(area)
        elif tag == "autoFilter":
            self._filter(element)
        return self._book.cells < MOST_CELLS

    def hanging(self, kind: str, place: str) -> None:
        """Read a part that hangs on the sheet: a table, comments, drawings."""
        try:
            root = self._book.package.xml(place)
        except SourceError:
            return
        if kind == "table":
            area = _area(root.get("ref"))
            if area and (root.get("headerRowCount") or "1") != "0":
                self._sheet.heads.add(area[0])
            for element in root.iterchildren(f"{_S}autoFilter"):
                self._filter(element)
        elif kind == "comments":
            for comment in outermost(root, f"{_S}comment"):
                words = "".join(part.text or "" for part in comment.iter(f"{_S}t"))
                self._book.dropped.append(Dropped.of("comment", f"{comment.get('ref')}: {words}"))
        elif kind == "drawing":
            for anchor in root:
                words = " ".join(part.text or "" for part in anchor.iter(_DRAWN_TEXT))
                named = next(anchor.iter(f"{_DRAWN}cNvPr"), None)
                told = "" if named is None else named.get("descr") or named.get("name") or ""
                self._book.dropped.append(Dropped.of("drawing", words or told))

    def finish(self) -> None:
        """Leave out what is hidden; rows that a filter hides stay, as it is a view of them."""
        rows = self._sheet.rows
        if not self._filtered:
            self._sheet.unseen |= self._hidden_rows
            run: list[int] = []
            for number in [*sorted(self._hidden_rows & rows.keys()), -1]:
                if run and number != run[-1] + 1:
                    self._drop("hidden rows", [cell for each in run for cell in rows.pop(each).values()])
                    run = []
                run.append(number)
        for low, high in self._hidden_columns:
            cells = [row.pop(column) for row in rows.values() for column in [*row] if low <= column <= high]
            if cells:
                self._drop("hidden columns", cells)
        for number in [number for number, row in rows.items() if not row]:
            del rows[number]

    def _drop(self, kind: str, cells: list[Cell]) -> None:
        first, last = cell_name(*cells[0].place), cell_name(*cells[-1].place)
        words = " ".join(cell.text for cell in cells[:60])
        self._book.dropped.append(Dropped.of(kind, f"{self._sheet.name} {first}:{last}: {words}"))

    def _filter(self, element: _Element) -> None:
        area = _area(element.get("ref"))
        if area and area[0] < area[2]:
            self._sheet.heads.add(area[0])
        self._filtered = self._filtered or len(element) > 0

    def _take_row(self, element: _Element) -> None:
        given = element.get("r") or ""
        self._row = int(given) - 1 if given.isdigit() and 0 < int(given) < 10_000_000 else self._row + 1
        if (element.get("hidden") or "0") not in _OFF:
            self._hidden_rows.add(self._row)
        row = self._sheet.rows.get(self._row, {})
        column = -1
        for cell in element:
            if cell.tag != f"{_S}c":
                continue
            found = _PLACE.match(cell.get("r") or "")
            column = _column(found[1]) if found else column + 1
            shown_cell = self._cell(cell, column)
            if shown_cell:
                row[column] = shown_cell
                self._book.cells += 1
        if row:
            self._sheet.rows[self._row] = row

    def _cell(self, cell: _Element, column: int) -> Cell | None:
        """What a cell shows, None where that is nothing."""
        book, kind, style = self._book, cell.get("t") or "n", cell.get("s") or "0"
        look = book.looks[int(style)] if style.isdigit() and int(style) < len(book.looks) else _Look()
        parts = {part.tag: part for part in cell}
        held = parts.get(f"{_S}v")
        value = None if held is None else held.text or ""
        place = (self._row, column)
        number = date = False
        if kind == "inlineStr":
            inline = parts.get(f"{_S}is")
            text = "" if inline is None else _text(book, inline)
        elif value is None:
            if f"{_S}f" in parts:
                book.unvalued.append(f"{self._sheet.name}!{cell_name(*place)}")
            return None
        elif kind == "s":
            text = book.strings[int(value)] if value.strip().isdigit() and int(value) < len(book.strings) else ""
        elif kind == "b":
            text = "FALSE" if value.strip() in _OFF else "TRUE"
        elif kind in ("str", "e"):
            text = " ".join(value.split())
        elif kind == "d":
            text, number, date = value.strip().removesuffix("T00:00:00"), True, True
        else:
            text, number, date = _number(value, look, book.from_1904), True, look.date
        if look.struck and text:
            book.dropped.append(Dropped.of("struck out", text))
            return None
        return Cell(text, place, number, date, look.bold) if text else None


def _number(value: str, look: _Look, from_1904: bool) -> str:
    """A number as its cell shows it."""
    try:
        number = float(value)
    except ValueError:
        return " ".join(value.split())
    return general(number) if look.code == GENERAL else shown(number, look.code, from_1904=from_1904)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(ref: str | None) -> tuple[int, int, int, int] | None:
    """The first row and column and the last ones of "A1:C3", from 0; None where it is none."""
    first, _, last = (ref or "").replace("$", "").partition(":")
    one, other = _PLACE.match(first), _PLACE.match(last or first)
    if one is None or other is None:
        return None
    return int(one[2]) - 1, _column(one[1]), int(other[2]) - 1, _column(other[1])
