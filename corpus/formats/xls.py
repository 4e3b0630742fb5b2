"""XLS and XLSB: the sheets of workbooks in the binary forms of Microsoft, read by python-calamine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats import delimited, html
from corpus.formats.number_formats import general
from corpus.formats.packages import Package
from corpus.formats.sheet_parts import Cell, Sheet
from corpus.formats.signs import COMPOUND, holds_stream
from corpus.formats.xlsx import MOST_CELLS, sheets_document, skip_hidden
from corpus.isolation import isolated
from corpus.skipped import OnSkip, SkippedFile

NEEDED = "pip install 'citespan[documents]'"
"""The command that installs what XLS needs."""


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an XLS or XLSB file."""
    if other := _text_under_its_name(data):
        yield from other(data, source, on_skip)
        return
    kind = "XLS" if data.startswith(COMPOUND[:4]) else "XLSB"
    if holds_stream(data, "EncryptedPackage"):
        raise SourceError(f"{source}: is encrypted; save it without a password and try again")
    if kind == "XLSB":
        package = Package(data, source, kind)  # bounds what it unpacks to
        for name in package.names():
            package.read(name)
    sheets: list[Sheet] = []
    dropped: list[Dropped] = []
    failed = ""
    listed = _told(data, source, kind)["sheets"]
    if not listed:
        raise _damaged(source, kind, "it lists no sheets")
    for told in listed:
        name = told["name"]
        if told["kind"] != "worksheet":
            dropped.append(Dropped(told["kind"], name))
            continue
        if "error" in told:
            failed = failed or f"sheet {name}: {told['error']}"
            on_skip(SkippedFile(f"{source}:sheet {name}", f"cannot be read ({told['error']})"))
            continue
        sheet = _sheet(told)
        if "cut" in told:
            cause = f"and what follows is left out: the file has more than {MOST_CELLS:,} cells; split it"
            on_skip(SkippedFile(f"{source}:sheet {name}:row {told['cut'] + 2}", cause))
        if told["visible"]:
            sheets.append(sheet)
        else:
            skip_hidden(source, sheet, dropped, on_skip)
    if failed and not sheets:
        raise _damaged(source, kind, failed)
    yield sheets_document(sheets, source, dropped)


def _text_under_its_name(data: bytes) -> Callable[..., Iterator[Document]] | None:
    """What reads a page or a table of text that is called a workbook, as many programs export them."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if b"\0" in start or data.startswith((COMPOUND[:4], b"PK")):
        return None
    if start.startswith(b"<") and (b"<html" in start or b"<table" in start or b"<!doctype html" in start):
        return html.read
    lines = start.splitlines()
    return delimited.read if len(lines) > 1 and any(sign in lines[0] for sign in (b"\t", b",", b";")) else None


def _told(data: bytes, source: str, kind: str) -> dict[str, Any]:
    """What another process says of a workbook: a damaged one may end it."""
    try:
        told: dict[str, Any] = isolated("corpus.formats.xls_worker:read_book", data, source, most=MOST_CELLS)[0]
    except RuntimeError as error:
        raise _damaged(source, kind, str(error)) from error
    except SourceError as error:
        if "ended the process" not in str(error):
            raise
        raise _damaged(source, kind, "its cells are too far apart, or it is damaged") from error
    if told.get("kind") == "needed":
        raise SourceError(f"{source}: is an {kind} file; reading it needs python-calamine: {NEEDED}")
    if told.get("kind") == "encrypted":
        raise SourceError(f"{source}: is encrypted; save it without a password and try again")
    if "error" in told:
        raise _damaged(source, kind, told["error"])
    return told


def _damaged(source: str, kind: str, cause: str) -> SourceError:
    return SourceError(f"{source}: is no whole {kind} file ({' '.join(cause.split())}); save it as XLSX and try again")


def _sheet(told: dict[str, Any]) -> Sheet:
    """A sheet of what was told; numbers come without their formats, which calamine does not tell."""
    sheet = Sheet(told["name"])
    for row, column, value, kind in told["cells"]:
        text = " ".join(value.split()) if isinstance(value, str) else general(value)
        if text:
            sheet.rows.setdefault(row, {})[column] = Cell(text, (row, column), kind != "text", kind == "date")
    sheet.merged = [(top, left, bottom, right) for (top, left), (bottom, right) in told["merged"]]
    return sheet
