"""The lines of text on the pages of a PDF file, as pdfium finds them, with their place and their type."""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from corpus.errors import SourceError

NEEDED = "pip install 'citespan[documents]'"
"""The command that installs what PDF needs."""

# pdfium keeps state of its own: one thread at a time.
_LOCK = threading.Lock()
# What pdfium gives for the hyphen of a word that goes on in the next line, and for that line end.
_BROKEN = re.compile("(?<=\\w)[\x02\ufffe](?=\\w)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BOLD = re.compile("bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page (from 0): its text, its place in points from the lower left corner, and its type.

    ``top`` is the base line of its first character and ``bottom`` that of its last, which is lower where pdfium made
    one line of two.
    """

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a file: their lines in reading order, the outline as (level, words, page), title and author."""

    lines: list[list[Line]]
    outline: list[tuple[int, str, int]]
    title: str
    author: str


def read_pages(data: bytes, source: str) -> Pages:
    """Return the pages of a PDF file.

    Raises SourceError where it is encrypted or damaged, or where pypdfium2 is not installed.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise SourceError(f"{source}: is a PDF file; reading it needs pypdfium2: {NEEDED}") from error
    with _LOCK, _opened(pdfium, data, source) as file:
        lines: list[list[Line]] = []
        for number in range(len(file)):
            try:
                with _closing(file[number]) as page, _closing(page.get_textpage()) as text:
                    lines.append(list(_lines(pdfium.raw, text, number)))
            except pdfium.PdfiumError:  # a damaged page among good ones; told as one without text
                lines.append([])
        facts = file.get_metadata_dict(skip_empty=True)
        return Pages(lines, list(_outline(pdfium, file)), facts.get("Title", ""), facts.get("Author", ""))


@contextmanager
def _opened(pdfium: ModuleType, data: bytes, source: str) -> Iterator[Any]:
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


def _lines(raw: Any, page: Any, number: int) -> Iterator[Line]:
    """The lines of one page; the order is that in which the file writes them, column after column in most."""
    count = page.count_chars()
    if count < 1:
        return
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    whole = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    place = 0  # in UTF-16 units, as pdfium counts
    for line in whole.splitlines(keepends=True):
        words = _CONTROLS.sub("", _BROKEN.sub("-\n", line).replace("\x02", "-").replace("\ufffe", "-")).strip()
        size = len(line.encode("utf-16-le")) // 2
        if words:
            stripped = len(line) - len(line.lstrip())
            first = raw.FPDFText_GetCharIndexFromTextIndex(page, place + stripped)
            last = raw.FPDFText_GetCharIndexFromTextIndex(page, place + len(line.rstrip().encode("utf-16-le")) // 2 - 1)
            yield _line(raw, page, number, words, first, max(first, last))
        place += size


def _line(raw: Any, page: Any, number: int, words: str, first: int, last: int) -> Line:
    left, (_, top) = _box(raw, page, first)[0], _origin(raw, page, first)
    sizes, bolds = [], 0
    for sample in sorted({first + (last - first) * part // 4 for part in (1, 2, 3)}):
        sizes.append(_size(raw, page, sample))
        bolds += _is_bold(raw, page, sample)
    return Line(
        page=number,
        text=words,
        left=left,
        right=_box(raw, page, last)[2],
        bottom=_origin(raw, page, last)[1],
        top=top,
        size=sorted(sizes)[len(sizes) // 2],
        bold=2 * bolds > len(sizes),
    )


def _size(raw: Any, page: Any, index: int) -> float:
    """The size of a character's font in points, as it stands on the page."""
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(page, index, matrix) else 1.0
    return round(float(raw.FPDFText_GetFontSize(page, index)) * scale, 1)


def _is_bold(raw: Any, page: Any, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, 200, flags)
    heavy: bool = raw.FPDFText_GetFontWeight(page, index) > 600
    return heavy or _BOLD.search(name.value.decode("utf-8", "replace")) is not None


def _origin(raw: Any, page: Any, index: int) -> tuple[float, float]:
    """Where a character stands on its base line."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, max(0, index), across, up)
    return across.value, up.value


def _box(raw: Any, page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character, with the room that its font gives it."""
    rectangle = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(page, max(0, index), rectangle):
        return 0.0, 0.0, 0.0, 0.0
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _outline(pdfium: ModuleType, file: Any) -> Iterator[tuple[int, str, int]]:
    """The entries of the outline; a damaged one ends it."""
    try:
        for entry in file.get_toc():
            target = entry.get_dest()
            page = target.get_index() if target is not None else None
            words = " ".join(entry.get_title().split())
            if words and page is not None:
                yield entry.level + 1, words, page
    except pdfium.PdfiumError:
        return
