"""The lines of a page that were recognised, in reading order, as those of a PDF page with text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from corpus.boxes import width_of
from corpus.formats.ocr import Recognised, Said
from corpus.formats.pdf_lines import PageLine, ordered
from corpus.formats.pdf_runs import TextRun

# By hand: the share of the height of a line's box that its type has, and that is below the base line.
_TYPE = 0.9
_BELOW = 0.22
# By hand: types are told apart by how wide their letters are, in steps of a factor. Lines are stretched to fill a
# column, so that one of larger type is higher, too, or very much wider.
_STEP = 1.2
_HIGHER = 1.04
_WIDER = (1.15, 1.35)
_FEWEST = 4  # letters that tell a width
_UPRIGHT = 1.5  # a box of more than one letter that is higher than wide by this is turned


def lines_of(page: Recognised, number: int) -> list[PageLine]:
    """The lines of a recognised page (from 0) in reading order."""
    if not page.lines:
        return []
    height = _usual([(said.height, said) for said in page.lines])
    width = _usual([((said.right - said.left) / width_of(said.text), said) for said in page.lines])
    return ordered([_run(said, height, width) for said in page.lines], number)


def _usual(values: Sequence[tuple[float, Said]]) -> float:
    """What is so for most of the text."""
    return median(value for value, said in values for _ in range(len(said.text)))


def _run(said: Said, height: float, width: float) -> TextRun:
    """A line as a run; ``height`` and ``width`` of a tenth of an "n" are those of most of the page."""
    across = said.right - said.left
    upright = len(said.text) < 2 or said.top - said.bottom <= _UPRIGHT * across
    higher = said.height / height
    if upright and len(said.text) >= _FEWEST:
        wider = across / width_of(said.text) / width
        if 1 < wider < _WIDER[higher < _HIGHER]:
            wider = 1.0
        higher = _STEP ** round(math.log(wider, _STEP))
    else:
        higher = min(higher, 1.0)
    size = _TYPE * height * higher
    return TextRun(
        text=said.text,
        left=said.left,
        right=said.right,
        base=said.bottom + _BELOW * min(size, said.height),
        size=round(size, 1),
        bold=False,
        upright=upright,
        box=(said.left, said.bottom, said.right, said.top),
    )
