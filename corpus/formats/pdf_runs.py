"""The runs of words on a page of a PDF file, as pdfium finds them, with their place and their type."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from types import ModuleType
from typing import Any, NamedTuple

# A word, with the sign that pdfium gives for the hyphen of a word that goes on in the next line.
_WORD = re.compile("[^\\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHENS = re.compile("[\x02\ufffe\xad]\\Z")
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\xad\ufffe\uffff]")
_BOLD = re.compile("bold|black|heavy|semibold|demi", re.IGNORECASE)
_HEAVY = 600
# By hand: the gap between words, in heights of a line, at which a line may belong to two columns or cells.
_GAP = 0.65
# By hand: in a line of more parts than this each word is looked at.
_MOST_PARTS = 12
_CLOSE = 4.0  # points: parts as near as this stand in one run whatever their size


class PageWord(NamedTuple):
    """A word: where it stands on the page in points, and its characters ``[first, last)`` in pdfium."""

    left: float
    right: float
    first: int
    last: int
    bottom: float
    top: float


@dataclass(slots=True)
class TextRun:
    """Words that stand together in one line, in points from the lower left corner of the page as it is shown.

    ``base`` is the height of the base line; ``first`` and ``last`` bound its characters in pdfium. ``words`` may be
    empty where they were not looked at. ``tag`` is the level of the heading that the file's tags say it is part
    of. A table is one run with ``rows`` of cells, each cell a list of runs; its words are then empty. ``box`` is left,
    bottom, right and top of what was recognised in a picture.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: int = 0
    last: int = 0
    words: Sequence[PageWord] = ()
    upright: bool = True
    tag: int | None = None
    bottom: float = 0.0
    number: int = 0  # in the order of the file
    rows: list[list[list[TextRun]]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: its width and height in points, its turn, and the corners that it shows of its plane."""

    width: float
    height: float
    turn: int
    box: tuple[float, float, float, float]  # left, bottom, right, top

    def shown(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle of the plane as left, bottom, right and top on the page as it is shown."""
        x0, y0, x1, y1 = self.box
        if self.turn == 0:
            return left - x0, bottom - y0, right - x0, top - y0
        if self.turn == 1:
            return bottom - y0, x1 - right, top - y0, x1 - left
        if self.turn == 2:
            return x1 - right, y1 - top, x1 - left, y1 - bottom
        return y1 - top, left - x0, y1 - bottom, right - x0


def frame_of(raw: ModuleType, page: Any) -> Frame:
    """How a page is shown."""
    rectangle = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rectangle)
    box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    return Frame(raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page), raw.FPDFPage_GetRotation(page) % 4, box)


@dataclass(frozen=True, slots=True)
class Calls:
    """The functions of pdfium that are called for each word: without releasing Python's lock, twice as fast."""

    loose_box: Any
    char_box: Any
    box: Any
    count_boxes: Any
    origin: Any
    matrix: Any
    font_size: Any
    text_object: Any
    font: Any
    mark: Any
    page_object: Any
    kind: Any


@cache
def calls(raw: ModuleType) -> Calls:
    """The fast functions of a pdfium."""
    pointer, whole, real = ctypes.c_void_p, ctypes.c_int, ctypes.c_double

    def fast(name: str, result: Any, *arguments: Any) -> Any:
        address = ctypes.cast(getattr(raw, name), pointer).value
        return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]

    return Calls(
        loose_box=fast("FPDFText_GetLooseCharBox", whole, pointer, whole, pointer),
        box=fast("FPDFText_GetRect", whole, pointer, whole, pointer, pointer, pointer, pointer),
        count_boxes=fast("FPDFText_CountRects", whole, pointer, whole, whole),
        char_box=fast("FPDFText_GetCharBox", whole, pointer, whole, pointer, pointer, pointer, pointer),
        origin=fast("FPDFText_GetCharOrigin", whole, pointer, whole, pointer, pointer),
        matrix=fast("FPDFText_GetMatrix", whole, pointer, whole, pointer),
        font_size=fast("FPDFText_GetFontSize", real, pointer, whole),
        text_object=fast("FPDFText_GetTextObject", pointer, pointer, whole),
        font=fast("FPDFTextObj_GetFont", pointer, pointer),
        mark=fast("FPDFPageObj_GetMarkedContentID", whole, pointer),
        page_object=fast("FPDFPage_GetObject", pointer, pointer, whole),
        kind=fast("FPDFPageObj_GetType", whole, pointer),
    )


def text_of(raw: ModuleType, text_page: Any) -> tuple[str, Sequence[int]]:
    """The text of a page as pdfium gives it, and the number of the character in pdfium of each code point."""
    count = raw.FPDFText_CountChars(text_page)
    if count < 1:
        return "", range(0)
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text, range(count)
    places, unit = [], 0
    for letter in text:
        places.append(max(0, raw.FPDFText_GetCharIndexFromTextIndex(text_page, unit)))
        unit += 1 + (letter > "\uffff")
    return text, places


def runs_of(raw: ModuleType, text_page: Any, frame: Frame, tags: dict[int, int]) -> list[TextRun]:
    """The runs of a page, in the order in which the file writes them.

    ``tags`` gives the level of the heading that marked content of a number is part of.
    """
    text, places = text_of(raw, text_page)
    reader = _Types(raw, text_page, frame, tags)
    runs: list[TextRun] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        first, last = places[start], places[end - 1] + 1
        sides = reader.whole(first, last)
        if sides is not None:
            runs += reader.run(match[0], first, last, *sides)
            continue
        # The parts of the line may stand apart: word by word.
        spans = list(_spans(text, start, end))
        words = reader.words([(places[a], places[b - 1] + 1) for a, b in spans])
        begin = 0
        for number in range(1, len(words) + 1):
            if number == len(words) or reader.are_apart(words[number - 1], words[number]):
                part = words[begin:number]
                said = text[spans[begin][0] : spans[number - 1][1]]
                runs += reader.run(said, part[0].first, part[-1].last, part[0].left, part[-1].right, words=part)
                begin = number
    return runs


def words_of(raw: ModuleType, text_page: Any, frame: Frame, run: TextRun) -> list[PageWord]:
    """The words of a run with their places."""
    if run.words:
        return list(run.words)
    text, places = text_of(raw, text_page)
    start, end = bisect_left(places, run.first), bisect_left(places, run.last)
    reader = _Types(raw, text_page, frame, {})
    return reader.words([(places[a], places[b - 1] + 1) for a, b in _spans(text, start, end)])


def words_on(raw: ModuleType, text_page: Any, frame: Frame, runs: Sequence[TextRun]) -> list[PageWord]:
    """The words of runs of a page with their places."""
    text, places = text_of(raw, text_page)
    spans = [
        (places[a], places[b - 1] + 1)
        for run in runs
        for a, b in _spans(text, bisect_left(places, run.first), bisect_left(places, run.last))
    ]
    return _Types(raw, text_page, frame, {}).words(spans)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _WORD.finditer(text, start, end))


class _Types:
    """Tells the type of runs of one page."""

    def __init__(self, raw: ModuleType, text_page: Any, frame: Frame, tags: dict[int, int]) -> None:
        self._raw, self._call, self._page, self._frame, self._tags = raw, calls(raw), text_page, frame, tags
        self._handle = ctypes.cast(text_page, ctypes.c_void_p).value
        self._matrix = (ctypes.c_float * 6)()
        self._place = (ctypes.c_double * 2)()
        self._sides = (ctypes.c_double * 4)()
        self._matrix_at, self._place_at = ctypes.addressof(self._matrix), ctypes.addressof(self._place)
        self._sides_at = ctypes.addressof(self._sides)
        self._moved = bool(frame.turn or frame.box[0] or frame.box[1])
        self._bolds: dict[int, bool] = {}

    def whole(self, first: int, last: int) -> tuple[float, float, bool] | None:
        """Left and right of characters that stand in one run, and whether the file draws them as one.

        None where their words must be looked at.
        """
        call, text_page, sides, at = self._call, self._handle, self._sides, self._sides_at
        count = call.count_boxes(text_page, first, last - first)
        if not 0 < count <= _MOST_PARTS or self._moved:
            return None
        left = right = height = 0.0
        for number in range(count):
            call.box(text_page, number, at, at + 8, at + 16, at + 24)
            start, _, end, _ = sides
            if number == 0:
                left = start
            elif abs(start - right) > _CLOSE:
                height = height or self._height(first)
                if start - right > _GAP * height or start < right - height:
                    return None
            right = end
        return left, right, count == 1

    def run(
        self,
        text: str,
        first: int,
        last: int,
        left: float,
        right: float,
        is_one: bool = False,
        words: Sequence[PageWord] = (),
    ) -> Iterator[TextRun]:
        """The run of characters [first, last); none where none of them is seen."""
        written = cleaned(text)
        if not written:
            return
        call, handle = self._call, self._handle
        x, y = self._place, self._place_at
        call.origin(handle, first, y, y + 8)
        base = x[1]
        if self._moved:
            base = self._frame.shown(x[0], x[1], x[0], x[1])[1]
        middle = words[len(words) // 2].first if words else (first + last) // 2
        size, across = self._size(middle)
        bolds = 0
        tag: int | None = None
        samples = (middle,) if is_one else {first, middle, last - 1}
        for sample in samples:
            drawn = call.text_object(handle, sample)
            if drawn:
                bolds += self._is_bold(drawn, sample)
                if self._tags and tag is None:
                    tag = self._tags.get(call.mark(drawn))
            else:
                bolds += 1  # a space that pdfium adds
        yield TextRun(
            text=written,
            left=left,
            right=right,
            base=base,
            size=size,
            bold=bolds == len(samples),
            first=first,
            last=last,
            words=words,
            upright=across,
            tag=tag,
        )

    def words(self, spans: Sequence[tuple[int, int]]) -> list[PageWord]:
        """The words that are characters [first, last) each."""
        numbers = [number for first, last in spans for number in (first, last - 1)]
        rectangles = (ctypes.c_float * (4 * len(numbers)))()  # left, top, right, bottom of each
        address = ctypes.addressof(rectangles)
        addresses = range(address, address + 16 * len(numbers), 16)
        deque(map(self._call.loose_box, repeat(self._handle), numbers, addresses), maxlen=0)
        sides = rectangles[:]
        if not self._moved:
            lefts, tops, rights, bottoms = (sides[side::4] for side in range(4))
            firsts, lasts = zip(*spans, strict=True) if spans else ((), ())
            low, high = map(min, bottoms[::2], bottoms[1::2]), map(max, tops[::2], tops[1::2])
            return list(map(PageWord, lefts[::2], rights[1::2], firsts, lasts, low, high))
        found = []
        for at, (first, last) in zip(range(0, len(sides), 8), spans, strict=True):
            left, top, right, bottom, end_left, end_top, end, end_bottom = sides[at : at + 8]
            left, bottom, _, top = self._frame.shown(left, bottom, right, top)
            _, end_bottom, end, end_top = self._frame.shown(end_left, end_bottom, end, end_top)
            found.append(PageWord(left, end, first, last, min(bottom, end_bottom), max(top, end_top)))
        return found

    @staticmethod
    def are_apart(word: PageWord, other: PageWord) -> bool:
        """Whether a word that follows another stands in another run."""
        height = other.top - other.bottom
        return (
            other.left - word.right > _GAP * height
            or other.left < word.right - height
            or other.top < word.bottom
            or other.bottom > word.top
        )

    def _height(self, character: int) -> float:
        return 1.15 * self._size(character)[0]

    def _size(self, character: int) -> tuple[float, bool]:
        """The size of a character's type in points, and whether it runs across the page."""
        matrix, scale, across = self._matrix, 1.0, True
        if self._call.matrix(self._handle, character, self._matrix_at):
            a, b, c, d, _, _ = matrix
            if b == c == 0.0 and not self._frame.turn:
                return round(self._call.font_size(self._handle, character) * abs(d), 1), True
            scale = math.hypot(c, d)
            across = abs(b) < abs(a) if self._frame.turn % 2 == 0 else abs(a) < abs(b)
        return round(self._call.font_size(self._handle, character) * scale, 1), across

    def _is_bold(self, drawn: int, sample: int) -> bool:
        font = self._call.font(drawn) or 0
        known = self._bolds.get(font)
        if known is None:
            name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
            self._raw.FPDFText_GetFontInfo(self._page, sample, name, 200, flags)
            heavy = self._raw.FPDFText_GetFontWeight(self._page, sample) > _HEAVY
            known = heavy or _BOLD.search(name.value.decode("utf-8", "replace")) is not None
            self._bolds[font] = known
        return known


def cleaned(text: str) -> str:
    """The text of a run as a document has it: a hyphen at the end as such, nothing that is not seen.

    >>> cleaned("regis\\x02"), cleaned("a\\x00b")
    ('regis-', 'ab')
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", " ".join(_HYPHENS.sub("-", text).replace("\x02", "-").replace("\ufffe", "-").split()))
