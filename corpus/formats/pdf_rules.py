"""The ruling lines on a page of a PDF file: straight lines along the page, drawn as such or as thin or framed boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from types import ModuleType
from typing import Any

from corpus.formats.pdf_runs import Frame, calls

# By hand, in points: how thick a box may be that is a line, and how far lines may miss each other and still meet.
_THICK = 3.0
_MEETS = 3.0
# A drawing of more parts is a picture: no table has so many lines.
_MOST_PATHS = 3_000
_MOST_SEGMENTS = 400
_SHORTEST = 6.0  # points


@dataclass(slots=True)
class Rule:
    """A straight line at ``at`` (height of a level one, place across of an upright one) from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Grid:
    """Ruling lines that meet: level ones by height and upright ones by place across, in points."""

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)

    @property
    def left(self) -> float:
        """The leftmost point of the lines."""
        return min([rule.start for rule in self.level] + [rule.at for rule in self.upright])

    @property
    def right(self) -> float:
        """The rightmost point of the lines."""
        return max([rule.end for rule in self.level] + [rule.at for rule in self.upright])

    @property
    def bottom(self) -> float:
        """The lowest point of the lines."""
        return min([rule.at for rule in self.level] + [rule.start for rule in self.upright])

    @property
    def top(self) -> float:
        """The highest point of the lines."""
        return max([rule.at for rule in self.level] + [rule.end for rule in self.upright])


def grids_of(raw: ModuleType, page: Any, frame: Frame) -> list[Grid]:
    """The groups of ruling lines of a page that meet each other; level lines of one width, one above the other, too."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for left, bottom, right, top in _boxes(raw, page):
        if frame.turn or frame.box[0] or frame.box[1]:
            left, bottom, right, top = frame.shown(left, bottom, right, top)
        width, height = right - left, top - bottom
        if height <= _THICK and width >= _SHORTEST:
            level.append(Rule((bottom + top) / 2, left, right))
        elif width <= _THICK and height >= _SHORTEST:
            upright.append(Rule((left + right) / 2, bottom, top))
        elif height > _THICK and width > _THICK:
            level += [Rule(bottom, left, right), Rule(top, left, right)]
            upright += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return _grouped(_joined(level), _joined(upright))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, those made one that lie on one line and touch."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        for last in reversed(joined[-8:]):
            if abs(last.at - rule.at) <= 1.5 and rule.start <= last.end + _MEETS and rule.end >= last.start - _MEETS:
                last.start, last.end = min(last.start, rule.start), max(last.end, rule.end)
                break
        else:
            joined.append(rule)
    return joined


def _grouped(level: list[Rule], upright: list[Rule]) -> list[Grid]:
    grids = [Grid([rule]) for rule in sorted(level, key=lambda rule: -rule.at)]
    for rule in upright:
        met = [
            grid
            for grid in grids
            if any(
                each.start - _MEETS <= rule.at <= each.end + _MEETS
                and rule.start - _MEETS <= each.at <= rule.end + _MEETS
                for each in grid.level
            )
        ]
        if not met:
            continue
        whole = Grid([each for grid in met for each in grid.level], [each for grid in met for each in grid.upright])
        whole.upright.append(rule)
        grids = [grid for grid in grids if not any(grid is each for each in met)] + [whole]
    framed = [grid for grid in grids if grid.upright]
    loose: list[Grid] = []
    for grid in grids:
        if grid.upright:
            continue
        (rule,) = grid.level
        for other in loose:
            above = other.level[-1]
            if abs(above.start - rule.start) <= _MEETS and abs(above.end - rule.end) <= _MEETS:
                other.level.append(rule)
                break
        else:
            loose.append(grid)
    return [*framed, *(grid for grid in loose if len(grid.level) > 1)]


def _boxes(raw: ModuleType, page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of what is drawn along the page: lines, and the boxes of frames and fillings."""
    call = calls(raw)
    numbers = range(raw.FPDFPage_CountObjects(page))
    drawings = list(map(call.page_object, repeat(ctypes.cast(page, ctypes.c_void_p).value), numbers))
    kinds = map(call.kind, drawings)
    paths = [drawn for drawn, kind in zip(drawings, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH]
    if len(paths) > _MOST_PATHS:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for address in paths:
        drawn = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        if not raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        bounds = left.value, bottom.value, right.value, top.value
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= _THICK:
            yield bounds
        else:
            yield from _parts(raw, drawn)


def _parts(raw: ModuleType, path: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of one drawing that run along the page."""
    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_SEGMENTS:
        return
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, matrix):
        return
    across, up = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        if not raw.FPDFPathSegment_GetPoint(segment, across, up):
            continue
        place = (
            matrix.a * across.value + matrix.c * up.value + matrix.e,
            matrix.b * across.value + matrix.d * up.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = place
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _along(last, place)
        last = place
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _along(place, first)
            last = first


def _along(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    """A line as a flat box, if it runs along the page."""
    if min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1 and one != other:
        yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
