"""Where in its file a stretch of a document's text stands: its page, slide, cell or time."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, groupby, pairwise
from typing import Any

from corpus.records import Record

_REPEATED = frozenset(("page", "slide", "sheet"))  # fields whose values are mostly those of the mark before


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """Where the text from ``start`` on stands in its file, up to the next mark; None is not known.

    ``page`` and ``slide`` count from 1. ``cell`` is a cell of the sheet, or several, as spreadsheets write them
    ("B7", "A7:D7"). ``time`` is that of a recording ("00:01:02.000").

    >>> Mark(120, sheet="Prices", cell="B7").place()
    {'sheet': 'Prices', 'cell': 'B7'}
    """

    start: int
    page: int | None = None
    slide: int | None = None
    sheet: str | None = None
    cell: str | None = None
    time: str | None = None

    def place(self) -> dict[str, Any]:
        """What is known of the place, by name."""
        return {name: value for name in PLACES if (value := getattr(self, name)) is not None}


PLACES = tuple(field.name for field in fields(Mark) if field.name != "start")
"""The names of what a mark may tell."""


def place_of(marks: Sequence[Mark], start: int, end: int) -> dict[str, Any]:
    """What is known of the place of ``[start, end)``, by name: of its first mark, and the cells up to its last one.

    >>> marks = [Mark(0, sheet="Prices", cell="A7"), Mark(6, sheet="Prices", cell="B7")]
    >>> place_of(marks, 6, 8), place_of(marks, 0, 8)
    ({'sheet': 'Prices', 'cell': 'B7'}, {'sheet': 'Prices', 'cell': 'A7:B7'})
    """
    number = bisect_right(marks, start, key=_start) - 1
    if number < 0:
        return {}
    place = marks[number].place()
    last = marks[max(number, bisect_right(marks, end - 1, key=_start) - 1)]
    if place.get("cell") and last.cell and last.sheet == place.get("sheet") and last.cell != place["cell"]:
        place["cell"] = f"{place['cell'].partition(':')[0]}:{last.cell.rpartition(':')[2]}"
    return place


def packed(marks: Sequence[Mark]) -> str:
    """The marks as one line of JSON, column by column: for an index, and for another process."""
    columns: dict[str, list[Any]] = {"start": [later.start - mark.start for mark, later in pairwise((Mark(0), *marks))]}
    for name in PLACES:
        values = [getattr(mark, name) for mark in marks]
        if any(value is not None for value in values):
            columns[name] = [[value, len(list(run))] for value, run in groupby(values)] if name in _REPEATED else values
    return json.dumps(columns, separators=(",", ":"))


def unpacked(line: str | bytes) -> tuple[Mark, ...]:
    """The marks of what ``packed`` gave; raises ValueError, TypeError or KeyError where it is none of that.

    >>> marks = (Mark(0, slide=1), Mark(20, slide=2))
    >>> unpacked(packed(marks)) == marks
    True
    """
    columns: dict[str, list[Any]] = json.loads(line)
    starts = list(accumulate(columns.pop("start")))
    values = {name: list(_run(column)) if name in _REPEATED else column for name, column in columns.items()}
    rows = zip(*values.values(), strict=True) if values else [()] * len(starts)
    return tuple(Mark(start, **dict(zip(values, row, strict=True))) for start, row in zip(starts, rows, strict=True))


def _run(column: list[list[Any]]) -> Iterator[Any]:
    for value, count in column:
        yield from [value] * count


def _start(mark: Mark) -> int:
    return mark.start
