"""Where a span stands on the pages of its file: boxes around its characters."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Record


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
