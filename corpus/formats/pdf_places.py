"""From an offset in the text of a PDF file to the page and the box of the character there.

An index keeps no boxes: they are read out of the file when a span is cited. That costs some milliseconds for a cited
page and nothing for the rest, where boxes of all characters would make an index three times as large. The page is
laid out anew, and a line has a box only if its words are those of the document: another file under the same name gives
no boxes rather than wrong ones.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus.boxes import Box
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.pdf_lines import PageLine, lines_on, opened, page_with_text
from corpus.formats.pdf_runs import Frame, TextRun, calls, cleaned, text_of, words_on

_KEPT = 64  # pages whose boxes are remembered
_HYPHENS = "\x02\ufffe\xad"

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top in points from the lower left corner of a page."""


class PageMap:
    """Where each character of a page's text stands.

    ``sides`` has an entry for each code point: None for white space and what stands on no page, such as the bars
    between the cells of a table. ``width`` and ``height`` of the page are in points.
    """

    def __init__(self, page: int, width: float, height: float, sides: Sequence[Sides | None]) -> None:
        self.page, self.width, self.height, self.sides = page, width, height, sides

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes around the characters [start, end) of the page's text: one for each line, or cell."""
        groups: list[list[Sides]] = []
        for sides in self.sides[max(0, start) : max(0, end)]:
            if sides is None:
                continue
            if groups and _is_beside(groups[-1][-1], sides):
                groups[-1].append(sides)
            else:
                groups.append([sides])
        return [self._around(group) for group in groups]

    def _around(self, group: Sequence[Sides]) -> Box:
        left, bottom, right, top = zip(*group, strict=True)
        sides = min(left), min(bottom), max(right), max(top), self.width, self.height
        return Box(self.page, *(round(side, 2) for side in sides))


def _is_beside(one: Sides, other: Sides) -> bool:
    """Whether a character follows another in its line."""
    height = max(one[3] - one[1], other[3] - other[1], 4.0)
    return (
        other[0] >= one[0] - 1
        and other[0] - one[2] < 2.5 * height
        and other[1] < one[3] + height / 2
        and other[3] > (one[1] - height / 2)
    )


def boxes_of(path: str, pages: Sequence[int], text_of_page: Any, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the characters [start, end) of a document that was read from the PDF file at a path.

    ``pages`` is where each page begins in its text; ``text_of_page(start, end)`` gives that part of the text. Empty
    where the file is gone, or is another one now, or where pypdfium2 is not installed.
    """
    try:
        status = Path(path).stat()
    except OSError:
        return ()
    stamp = status.st_mtime_ns, status.st_size
    found: list[Box] = []
    for number, first in enumerate(pages):
        last = pages[number + 1] if number + 1 < len(pages) else None
        if (last is not None and last <= start) or first >= end:
            continue
        try:
            shown = _page_map(path, stamp, number, text_of_page(first, last))
        except SourceError:
            return tuple(found)
        found += shown.boxes(start - first, end - first)
    return tuple(found)


def page_maps(data: bytes, document: Document) -> Iterator[PageMap]:
    """Where each character of each page of a document stands in the PDF file that it was read from."""
    ends = [*document.pages[1:], len(document.text)]
    with opened(data, document.source) as (pdfium, file):
        for number, (start, end) in enumerate(zip(document.pages, ends, strict=True)):
            yield _mapped(pdfium, file, number, document.text[start:end])


@lru_cache(_KEPT)
def _page_map(path: str, stamp: tuple[int, int], number: int, text: str) -> PageMap:  # noqa: ARG001 -- a key
    with opened(path, path) as (pdfium, file):
        if number >= len(file):
            raise SourceError(f"{path}: has no page {number + 1} any more")
        try:
            return _mapped(pdfium, file, number, text)
        except pdfium.PdfiumError as error:
            raise SourceError(f"{path}: page {number + 1} cannot be read ({error})") from error


def _mapped(pdfium: ModuleType, file: Any, number: int, text: str) -> PageMap:
    raw = pdfium.raw
    tagged = bool(raw.FPDFCatalog_IsTagged(file.raw))
    with page_with_text(raw, file, number) as (page, text_page, frame):
        lines = lines_on(raw, page, text_page, frame, number, tagged=tagged)
        written, places = text_of(raw, text_page)
        sides = _all_sides(raw, text_page, frame)
        first = {place: at for at, place in reversed(list(enumerate(places)))}
        found: list[Sides | None] = [None] * len(text)
        for line, start in _found(lines, text):
            at = start
            for run in line.parts():
                begin = text.find(run.text, at, start + len(line.text))
                if begin < 0:
                    continue
                at = begin + len(run.text)
                for offset, place in enumerate(_places(run, written, places, first)):
                    if place is not None and not text[begin + offset].isspace():
                        found[begin + offset] = sides[place]
        return PageMap(number + 1, frame.width, frame.height, found)


def _places(run: TextRun, written: str, places: Sequence[int], first: dict[int, int]) -> Iterator[int | None]:
    """The number in pdfium of each character of a run's text."""
    begin = first.get(run.first, 0)
    end = first.get(run.last, len(written))
    raw = written[begin:end]
    if run.text == raw:
        yield from places[begin:end]
        return
    at = 0
    for letter in cleaned(raw) if cleaned(raw) == run.text else run.text:
        while at < len(raw) and not (
            raw[at] == letter or (letter == "-" and raw[at] in _HYPHENS) or (letter == " " and raw[at].isspace())
        ):
            at += 1
        yield places[begin + at] if at < len(raw) else None
        at += 1


def _found(lines: Sequence[PageLine], text: str) -> Iterator[tuple[PageLine, int]]:
    """The lines that stand in a page's text, each with where it begins; each line once, the longest that fits first."""
    by_start: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        by_start.setdefault(line.text[:4], []).append(number)
    used: set[int] = set()
    at, follows = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        fitting = [
            number
            for size in range(1, 5)
            for number in by_start.get(text[at : at + size], ())
            if number not in used
            and text.startswith(lines[number].text, at)
            and _ends(text, at + len(lines[number].text))
        ]
        if not fitting:
            while at < len(text) and not text[at].isspace():
                at += 1
            continue
        best = min(dict.fromkeys(fitting), key=lambda number: (-len(lines[number].text), number != follows, number))
        used.add(best)
        yield lines[best], at
        at, follows = at + len(lines[best].text), best + 1


def _ends(text: str, place: int) -> bool:
    return place >= len(text) or text[place].isspace()


def _all_sides(raw: ModuleType, text_page: Any, frame: Frame) -> list[Sides]:
    """The box of each character of a page."""
    count = max(0, raw.FPDFText_CountChars(text_page))
    handle, call = ctypes.cast(text_page, ctypes.c_void_p).value, calls(raw).char_box
    numbers = (ctypes.c_double * (4 * count))()  # left, right, bottom, top of each
    address = ctypes.addressof(numbers)
    sides = (range(address + side, address + side + 32 * count, 32) for side in (0, 8, 16, 24))
    deque(map(call, repeat(handle), range(count), *sides), maxlen=0)
    values = numbers[:]
    found = list(zip(values[0::4], values[2::4], values[1::4], values[3::4], strict=True))
    return [frame.shown(*sides) for sides in found] if frame.turn or any(frame.box[:2]) else found


def read_with_boxes(data: bytes, *, each: str) -> int:
    """Reads the lines of each page, which have boxes, and the box of each "word" or "character", if asked for.

    For a measure of speed; returns how many pages there are.
    """
    with opened(data, "file.pdf") as (pdfium, file):
        for number in range(len(file)):
            with page_with_text(pdfium.raw, file, number) as (page, text_page, frame):
                lines = lines_on(pdfium.raw, page, text_page, frame, number, tagged=False)
                if each == "word":
                    words_on(pdfium.raw, text_page, frame, [part for line in lines for part in line.parts()])
                elif each == "character":
                    _all_sides(pdfium.raw, text_page, frame)
        return len(file)
