"""Where in its file a stretch of a document's text stands: its page, slide, cell or time."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, groupby, pairwise
from typing import Any

from corpus.records import Record

_CHUNK = 512  # marks: so that a citation reads no more than those around it
_BEGIN = b'{"start":['
_REPEATED = frozenset(("page", "slide", "sheet", "paper"))  # fields whose values are mostly those of the mark before


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """Where the text from ``start`` on stands in its file, up to the next mark; None is not known.

    ``page`` and ``slide`` count from 1. ``cell`` is a cell of the sheet, or several, as spreadsheets write them
    ("B7", "A7:D7"). ``time`` is that of a recording ("00:01:02.000"). ``box`` is where on the page a line stands that
    was recognised in a picture: left, bottom, right and top in points; ``paper`` is the page's width and height.

    >>> Mark(120, sheet="Prices", cell="B7").place()
    {'sheet': 'Prices', 'cell': 'B7'}
    """

    start: int
    page: int | None = None
    slide: int | None = None
    sheet: str | None = None
    cell: str | None = None
    time: str | None = None
    box: tuple[float, float, float, float] | None = None
    paper: tuple[float, float] | None = None

    def place(self) -> dict[str, Any]:
        """What is known of the place, by name."""
        return {name: value for name in PLACES if (value := getattr(self, name)) is not None}


_FIELDS = tuple(field.name for field in fields(Mark) if field.name != "start")
_LISTED = ("box", "paper")  # numbers, which JSON gives back as lists

PLACES = tuple(name for name in _FIELDS if name not in _LISTED)
"""The names of what a mark may tell people."""


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
    """The marks as lines of JSON, column by column, for an index and for another process: _CHUNK marks a line."""
    chunks = (marks[first : first + _CHUNK] for first in range(0, len(marks), _CHUNK))
    return "\n".join(map(_line, chunks))


def unpacked(lines: bytes) -> tuple[Mark, ...]:
    """The marks of what ``packed`` gave; raises ValueError, TypeError or KeyError where it is none of that.

    >>> marks = (Mark(0, slide=1), Mark(20, slide=2))
    >>> unpacked(packed(marks).encode()) == marks
    True
    """
    return tuple(mark for line in lines.splitlines() for mark in _marks(line))


def unpacked_around(lines: bytes, start: int, end: int, after: int = 0) -> tuple[Mark, ...]:
    """Those marks of what ``packed`` gave that tell where ``[start, end)`` begins and where it ends.

    With ``after``, at least so many of those that follow are among them, if there are.
    """
    listed = lines.splitlines()
    first = max(0, bisect_right(listed, start, key=_first) - 1)
    last = max(first, bisect_right(listed, end - 1, key=_first) - 1)
    last += -(-after // _CHUNK)
    return tuple(mark for line in listed[first : last + 1] for mark in _marks(line))


def _line(marks: Sequence[Mark]) -> str:
    """Marks as a line: the first start, then how far it is to each next one."""
    starts = [mark.start for mark in marks]
    columns: dict[str, list[Any]] = {"start": [starts[0], *(later - start for start, later in pairwise(starts))]}
    for name in _FIELDS:
        values = [getattr(mark, name) for mark in marks]
        if any(value is not None for value in values):
            columns[name] = [[value, len(list(run))] for value, run in groupby(values)] if name in _REPEATED else values
    return json.dumps(columns, separators=(",", ":"))


def _first(line: bytes) -> int:
    """The start of the first mark of a line, without reading all of the line."""
    return int(line[len(_BEGIN) : len(_BEGIN) + 20].partition(b"]")[0].partition(b",")[0])


def _marks(line: bytes) -> tuple[Mark, ...]:
    columns: dict[str, list[Any]] = json.loads(line)
    starts = list(accumulate(columns.pop("start")))
    values = {name: list(_run(column)) if name in _REPEATED else column for name, column in columns.items()}
    for name in _LISTED:
        if name in values:
            values[name] = [tuple(value) if value is not None else None for value in values[name]]
    rows = zip(*values.values(), strict=True) if values else [()] * len(starts)
    return tuple(Mark(start, **dict(zip(values, row, strict=True))) for start, row in zip(starts, rows, strict=True))


def _run(column: list[list[Any]]) -> Iterator[Any]:
    for value, count in column:
        yield from [value] * count


def _start(mark: Mark) -> int:
    return mark.start
