"""XLS and XLSB: the sheets of workbooks in the binary forms of Microsoft, read by python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from types import ModuleType
from typing import Any

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.base import Format
from corpus.formats.number_formats import general
from corpus.formats.packages import COMPOUND, Package, holds_stream, lists
from corpus.formats.sheet_parts import Cell, Sheet
from corpus.formats.xlsx import MOST_CELLS, sheets_document, skip_hidden
from corpus.skipped import OnSkip, SkippedFile

NEEDED = "pip install 'citespan[documents]'"
"""The command that installs what XLS needs."""

_BINARY = "xl/workbook.bin"


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    kind = "XLS" if data.startswith(COMPOUND[:4]) else "XLSB"
    if holds_stream(data, "EncryptedPackage"):
        raise SourceError(f"{source}: is encrypted; save it without a password and try again")
    if kind == "XLSB":
        package = Package(data, source, kind)  # bounds what it unpacks to
        for name in package.names():
            package.read(name)
    try:
        import python_calamine
    except ImportError as error:
        raise SourceError(f"{source}: is an {kind} file; reading it needs python-calamine: {NEEDED}") from error
    with _guarded(f"{source}: is no whole {kind} file ({{}}); save it anew and try again"):
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except python_calamine.PasswordError as error:
            raise SourceError(f"{source}: is encrypted; save it without a password and try again") from error
    yield _document(python_calamine, book, source, on_skip)


def _document(calamine: ModuleType, book: Any, source: str, on_skip: OnSkip) -> Document:
    """The document of a workbook that calamine has opened."""
    sheets: list[Sheet] = []
    dropped: list[Dropped] = []
    failed: SourceError | None = None
    left = MOST_CELLS
    for listed in book.sheets_metadata:
        if listed.typ is not calamine.SheetTypeEnum.WorkSheet:
            dropped.append(Dropped(str(listed.typ).rpartition(".")[2].lower(), listed.name))
            continue
        try:
            with _guarded(f"{source}: sheet {listed.name} cannot be read ({{}}); save the file anew and try again"):
                sheet = _sheet(book.get_sheet_by_name(listed.name), left)
        except SourceError as error:
            failed = failed or error
            on_skip(SkippedFile(f"{source}:sheet {listed.name}", str(error).removeprefix(f"{source}: ")))
            continue
        left -= sum(map(len, sheet.rows.values()))
        if left <= 0:
            cause = f"is cut: the file has more than {MOST_CELLS:,} cells; split it"
            on_skip(SkippedFile(f"{source}:sheet {listed.name}", cause))
        if listed.visible is calamine.SheetVisibleEnum.Visible:
            sheets.append(sheet)
        else:
            skip_hidden(source, sheet, dropped, on_skip)
    if failed and not sheets:
        raise failed
    return sheets_document(sheets, source, dropped)


@contextmanager
def _guarded(message: str) -> Iterator[None]:
    """Turns what calamine raises into a SourceError; its panics are no Exception."""
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(message.format(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError(message.format("it holds numbers that are none")) from error


def _sheet(found: Any, most: int) -> Sheet:
    """A sheet as calamine gives it, with so many cells at most."""
    sheet = Sheet(found.name)
    top, left = found.start or (0, 0)
    for number, values in enumerate(found.iter_rows() if found.height else ()):
        row = {}
        for column, value in enumerate(islice(values, 16_384)):
            text = _shown(value)
            if text:
                is_date = isinstance(value, date | time | timedelta)
                is_number = is_date or (isinstance(value, int | float) and not isinstance(value, bool))
                place = (number + top, column + left)
                row[place[1]] = Cell(text, place, is_number, is_date)
        if row:
            sheet.rows[number + top] = row
            most -= len(row)
            if most <= 0:
                break
    for (first, start), (last, end) in found.merged_cell_ranges or ():
        sheet.merged.append((first, start, last, end))
    return sheet


def _shown(value: Any) -> str:
    """A value as text: numbers without their formats, which calamine does not tell; dates as 2024-03-05."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return general(value) if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00").removesuffix(":00")
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).split())


def _is_xls(data: bytes) -> bool:
    return lists(data, _BINARY) or (
        (holds_stream(data, "Workbook") or holds_stream(data, "Book"))
        and not any(holds_stream(data, name) for name in ("WordDocument", "PowerPoint Document"))
    )


FORMAT = Format("XLS", (".xls", ".xlsb", ".xlt"), _read, told_by=_is_xls)
