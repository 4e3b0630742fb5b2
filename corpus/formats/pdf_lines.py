"""The lines of text on the pages of a PDF file in reading order, with their place and their type."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from corpus.errors import SourceError
from corpus.formats.cells import table_lines
from corpus.formats.pdf_order import PageRow, in_order
from corpus.formats.pdf_rules import grids_of
from corpus.formats.pdf_runs import Frame, TextRun, frame_of, runs_of, words_of
from corpus.formats.pdf_tables import cell_text, tables_of

NEEDED = "pip install 'citespan[documents]'"
"""The command that installs what PDF needs."""

# pdfium keeps state of its own: one thread at a time.
_LOCK = threading.Lock()
_DEEPEST_TAG = 60
_MOST_TAGS = 20_000
# By hand: a page with less characters than this, and a picture that covers so much of it, may be scanned.
_LITTLE = 200
_COVERED = 0.6
_MOST_LOOKED_AT = 400


@dataclass(slots=True)
class PageLine:
    """One line of a page (from 0): its text, its place in points from the lower left corner, and its type.

    ``top`` is the height of its base line and ``bottom`` the same, or that of its last line for a table, which is one
    line with ``table`` set. ``column`` counts the columns of the page in reading order; ``note`` says whether it
    belongs to a footnote; ``tag`` is the level of the heading that the file's tags make it.
    """

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    column: int
    note: bool
    table: bool
    tag: int | None
    runs: tuple[TextRun, ...]

    def parts(self) -> Iterator[TextRun]:
        """The runs whose words the text is made of, in its order."""
        for run in self.runs:
            if run.rows:
                yield from (part for row in run.rows for cell in row for part in cell)
            else:
                yield run


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline: its level from 1, its words, and the page (from 0) and height where it leads."""

    level: int
    words: str
    page: int
    height: float | None


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a file: their lines in reading order, the outline, title and author.

    ``damaged`` are the numbers (from 1) of pages that could not be read, ``scanned`` of those whose text may be in a
    picture.
    """

    lines: list[list[PageLine]]
    outline: list[OutlineEntry]
    title: str
    author: str
    damaged: tuple[int, ...] = ()
    scanned: tuple[int, ...] = ()


def read_pages(data: bytes, source: str) -> Pages:
    """Return the pages of a PDF file.

    Raises SourceError where it is encrypted or damaged, or where pypdfium2 is not installed.
    """
    with opened(data, source) as (pdfium, file):
        lines: list[list[PageLine]] = []
        damaged: list[int] = []
        scanned: list[int] = []
        tagged = bool(pdfium.raw.FPDFCatalog_IsTagged(file.raw))
        for number in range(len(file)):
            try:
                with page_with_text(pdfium.raw, file, number) as (page, text, frame):
                    found = lines_on(pdfium.raw, page, text, frame, number, tagged=tagged)
                    if sum(len(line.text) for line in found) < _LITTLE and _is_scanned(pdfium.raw, page, frame, found):
                        scanned.append(number + 1)
                lines.append(found)
            except pdfium.PdfiumError:  # a damaged page among good ones
                lines.append([])
                damaged.append(number + 1)
        facts = file.get_metadata_dict(skip_empty=True)
        outline = list(_outline(pdfium, file))
        return Pages(lines, outline, facts.get("Title", ""), facts.get("Author", ""), tuple(damaged), tuple(scanned))


@contextmanager
def opened(data: bytes | str, source: str) -> Iterator[tuple[ModuleType, Any]]:
    """pdfium, and a file of its from bytes or a path, for this thread alone.

    Raises SourceError where it is encrypted or damaged, or where pypdfium2 is not installed.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise SourceError(f"{source}: is a PDF file; reading it needs pypdfium2: {NEEDED}") from error
    with _LOCK, _open(pdfium, data, source) as file:
        yield pdfium, file


@contextmanager
def _open(pdfium: ModuleType, data: bytes | str, source: str) -> Iterator[Any]:
    try:
        file = pdfium.PdfDocument(data)
        count = len(file)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(
                f"{source}: is a PDF file that is encrypted; save it without a password and try again"
            ) from error
        raise SourceError(f"{source}: is a PDF file that is damaged ({error}); save it anew and try again") from error
    with _closing(file):
        if not count:
            raise SourceError(f"{source}: is a PDF file that is damaged (it has no pages); save it anew and try again")
        yield file


@contextmanager
def _closing(handle: Any) -> Iterator[Any]:
    try:
        yield handle
    finally:
        handle.close()


@contextmanager
def page_with_text(raw: ModuleType, file: Any, number: int) -> Iterator[tuple[Any, Any, Frame]]:
    """A page (from 0) of an open file and its text page, for pdfium's functions, and how the page is shown."""
    with _closing(file[number]) as page, _closing(page.get_textpage()) as text:
        yield page.raw, text.raw, frame_of(raw, page.raw)


def lines_on(raw: ModuleType, page: Any, text: Any, frame: Frame, number: int, *, tagged: bool) -> list[PageLine]:
    """The lines of a page in reading order."""
    runs = runs_of(raw, text, frame, _tags(raw, page) if tagged else {})
    if not runs:
        return []
    grids = grids_of(raw, page, frame)
    if grids:
        runs = tables_of(runs, grids, lambda run: words_of(raw, text, frame, run))
    return ordered(runs, number)


def ordered(runs: Sequence[TextRun], number: int) -> list[PageLine]:
    """The lines that runs of a page (from 0) make, in reading order."""
    return [_line(row, number) for row in in_order(runs)]


def _is_scanned(raw: ModuleType, page: Any, frame: Frame, lines: Sequence[PageLine]) -> bool:
    """Whether the text of a page with little text may be in a picture: one that covers it, or whatever is drawn."""
    count = raw.FPDFPage_CountObjects(page)
    if not lines:
        return bool(count > 0)
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(count, _MOST_LOOKED_AT)):
        drawn = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_IMAGE or not raw.FPDFPageObj_GetBounds(drawn, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if (right - left) * (top - bottom) >= _COVERED * frame.width * frame.height:
            return True
    return False


def _line(row: PageRow, page: int) -> PageLine:
    runs = row.runs
    main = runs[0] if len(runs) == 1 else max(runs, key=lambda run: len(run.text))
    table = bool(main.rows)
    text = " ".join(run.text for run in runs)
    if table:
        text = "\n".join(table_lines([[cell_text(cell) for cell in cells] for cells in main.rows]))
    return PageLine(
        page=page,
        text=text,
        left=runs[0].left,
        right=runs[-1].right,
        bottom=main.bottom if table else main.base,
        top=main.base,
        size=main.size,
        bold=main.bold and all(run.bold for run in runs),
        column=row.column,
        note=row.note,
        table=table,
        tag=None if table else next((run.tag for run in runs if run.tag is not None), None),
        runs=runs,
    )


def _tags(raw: ModuleType, page: Any) -> dict[int, int]:
    """The level of the heading that marked content of a number is part of, by the tags of a page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, int] = {}
    waiting: list[tuple[Any, int | None, int]] = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, place), None, 0)
        for place in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    looked = 0
    while waiting and looked < _MOST_TAGS:
        element, level, depth = waiting.pop()
        looked += 1
        if not element or depth > _DEEPEST_TAG:
            continue
        kind = _type_of(raw, element)
        if kind == "Title":
            level = 1
        elif kind[:1] == "H" and (kind[1:].isdigit() or not kind[1:]):
            level = min(int(kind[1:] or 1), 6) or 1
        if level is not None:
            for place in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
                found[raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, place)] = level
        waiting += [
            (raw.FPDF_StructElement_GetChildAtIndex(element, place), level, depth + 1)
            for place in range(raw.FPDF_StructElement_CountChildren(element))
        ]
    raw.FPDF_StructTree_Close(tree)
    found.pop(-1, None)
    return found


def _type_of(raw: ModuleType, element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    size = raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw[: max(0, min(size, 64) - 2)].decode("utf-16-le", "replace")


def _outline(pdfium: ModuleType, file: Any) -> Iterator[OutlineEntry]:
    """The entries of the outline; a damaged one ends it."""
    try:
        for entry in file.get_toc():
            target = entry.get_dest()
            page = target.get_index() if target is not None else None
            words = " ".join(entry.get_title().split())
            if words and page is not None:
                yield OutlineEntry(entry.level + 1, words, page, _height(pdfium, target))
    except pdfium.PdfiumError:
        return


def _height(pdfium: ModuleType, target: Any) -> float | None:
    mode, places = target.get_view()
    raw = pdfium.raw
    if mode == raw.PDFDEST_VIEW_XYZ and len(places) > 1:
        height = places[1]
    elif mode in (raw.PDFDEST_VIEW_FITH, raw.PDFDEST_VIEW_FITBH) and places:
        height = places[0]
    else:
        return None
    return float(height) if height is not None else None
