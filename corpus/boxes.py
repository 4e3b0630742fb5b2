"""Where a span stands on the pages of its file: boxes around its characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from corpus.marks import Mark
from corpus.records import Record

# How wide letters from " " to "~" are, on average of Times and Helvetica, in tenths of an "n".
_WIDTHS = dict(
    zip(
        map(chr, range(32, 127)),
        map(
            partial(int, base=36),
            "567aage4668b5656aaaaaaaaaa55bbb9idddecbee68dbgeecedccediddc6569a69a9a96aa55a5faaaa685a9e999848b",
        ),
        strict=True,
    )
)
_TURNED = 1.5  # a line higher than wide by this is turned


@dataclass(frozen=True, slots=True)
class Box(Record):
    """A box around neighbouring characters of one line, in points from the lower left corner of the page as shown.

    ``page`` counts from 1; ``page_width`` and ``page_height`` are the size of the page in points. A point is 1/72
    inch.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
    page_width: float
    page_height: float


def recognised_boxes(marks: Sequence[Mark], text: Callable[[int, int], str], start: int, end: int) -> list[Box]:
    """The boxes around ``[start, end)`` of a text on pages that were recognised: a part of the box of each line.

    How far a letter stands along its line is reckoned from how wide letters are. ``text(start, end)`` gives that part
    of the text; ``marks`` are those around the span, and one more after it.

    >>> marks = [Mark(0, page=1, box=(10, 700, 50, 712), paper=(595, 842)), Mark(4, page=1)]
    >>> [(box.left, box.right) for box in recognised_boxes(marks, lambda start, end: "aaaa"[start:end], 1, 3)]
    [(20.0, 40.0)]
    """
    found: list[Box] = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        if mark.start >= end or (after is not None and after.start <= start):
            continue
        if mark.box is None or mark.paper is None or mark.page is None or after is None:
            continue
        line = text(mark.start, after.start).rstrip()
        first, last = max(0, start - mark.start), min(len(line), end - mark.start)
        if first >= last or not line[first:last].strip():
            continue
        left, bottom, right, top = mark.box
        if top - bottom <= _TURNED * (right - left) or len(line) < 2:
            along = [0.0, *accumulate(map(_width, line))]
            share = (right - left) / along[-1]
            left, right = left + along[first] * share, left + along[last] * share
        sides = (round(side, 2) for side in (left, bottom, right, top, *mark.paper))
        found.append(Box(mark.page, *sides))
    return found


def width_of(text: str) -> float:
    """About how wide a text is, in tenths of an "n" of its type.

    >>> width_of("nin"), width_of("M")
    (25, 16)
    """
    return sum(map(_width, text))


def _width(letter: str) -> int:
    return _WIDTHS.get(letter) or (13 if letter.isupper() else 10)
