"""The order in which the runs of a page are read: column after column, line after line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.formats.pdf_runs import TextRun
from corpus.formats.pdf_unruled import with_tables

# By hand: the least lines of a column, how wide a gutter is (in sizes of the type), how much of a column its lines
# fill, how many of them do, and how many characters they have.
_FEWEST_LINES = 3
_GUTTER = 0.6
_FILLED = 0.75
_SHARE = 0.5
_CHARACTERS = 12
_ALIGNED = 1.5  # points by which the lines of a column begin apart
_DEEPEST = 4
_MOST_IN_LINE = 500  # runs: no line of a page that anyone reads has as many, but each is held against all
_SAME_LINE = 0.45  # of the size of the type: runs whose base lines differ by less stand in one line
_SMALL = 0.93  # of the size of the text above: the type of a footnote
_NOTE_MARKS = "*†‡§¶∗0123456789¹²³⁴⁵⁶⁷⁸⁹⁰"


@dataclass(frozen=True, slots=True)
class PageRow:
    """The runs of one line of a column from left to right; ``column`` counts those of the page in reading order."""

    runs: tuple[TextRun, ...]
    column: int
    note: bool = False


def in_order(runs: Sequence[TextRun]) -> list[PageRow]:
    """The lines of a page in the order in which they are read, footnotes last.

    Text that is turned on the page follows as the file has it.
    """
    for number, run in enumerate(runs):
        run.number = number
    upright = _with_wide_tables([run for run in runs if run.upright])
    rows: list[PageRow] = []
    notes: list[PageRow] = []
    for number, column in enumerate(_columns(upright, 0)):
        lines = with_tables(_lines(column))
        cut = _notes_begin(lines)
        rows += [PageRow(line, number) for line in lines[:cut]]
        notes += [PageRow(line, number, note=True) for line in lines[cut:]]
    turned = [PageRow((run,), -1) for run in runs if not run.upright]
    return rows + notes + turned


def _with_wide_tables(runs: list[TextRun]) -> list[TextRun]:
    """The runs with each table that has the page's width to itself made one: its columns are none of the page."""
    lines = _lines(runs)
    made = with_tables(lines)
    if len(made) == len(lines):
        return runs
    return sorted((run for line in made for run in line), key=lambda run: run.number)


def _columns(runs: Sequence[TextRun], depth: int) -> Iterator[Sequence[TextRun]]:
    """The runs of each stretch of the page that is read line after line."""
    gutter = _gutter(runs) if depth < _DEEPEST and len(runs) >= 4 else None
    if gutter is None:
        if runs:
            yield runs
        return
    waiting: list[TextRun] = []
    for band, columnar in _bands(_from_the_top(runs), gutter):
        if not columnar:
            waiting += band
            continue
        if waiting:
            yield waiting
            waiting = []
        yield from _columns([run for run in band if run.right <= gutter + 1], depth + 1)
        yield from _columns([run for run in band if run.right > gutter + 1], depth + 1)
    if waiting:
        yield waiting


def _bands(high: Sequence[TextRun], gutter: float) -> Iterator[tuple[list[TextRun], bool]]:
    """Stretches of the page from the top: what crosses a gutter, and what stands on its sides.

    ``high`` are the runs from the highest to the lowest.
    """
    crossing: list[TextRun] = []
    beside: list[TextRun] = []
    for run in high:
        (crossing if run.left < gutter - 1 and run.right > gutter + 1 else beside).append(run)
    at, count = 0, len(beside)
    for cut in crossing:
        reach = _SAME_LINE * cut.size
        above, below = cut.base + reach, cut.base - reach
        start = at
        while at < count and beside[at].base > above:
            at += 1
        if at > start:
            band = beside[start:at]
            yield band, _is_columnar(band, gutter)
        start = at
        while at < count and beside[at].base > below:
            at += 1  # what stands in the line of what crosses
        yield [cut, *beside[start:at]], False
    if at < count:
        band = beside[at:]
        yield band, _is_columnar(band, gutter)


def _is_columnar(band: Sequence[TextRun], gutter: float) -> bool:
    """Whether a band is prose in columns on both sides of a gutter, and no table."""
    sides: tuple[list[TextRun], list[TextRun]] = [], []
    for run in band:
        sides[run.right > gutter + 1].append(run)
    if min(map(len, sides)) < 2:
        return False
    written_so = max(run.number for run in sides[0]) < min(run.number for run in sides[1])
    if max(map(len, sides)) < _FEWEST_LINES and not written_so:
        return False
    if not written_so and min(len({round(run.base) for run in side}) for side in sides) < _FEWEST_LINES:
        return False
    prose = [_is_prose(side) for side in sides]
    # A side may be several columns itself.
    return all(prose) or (
        any(prose) and len(sides[prose.index(False)]) > 5 and _gutter(sides[prose.index(False)]) is not None
    )


def _is_prose(side: Sequence[TextRun]) -> bool:
    if any(run.rows for run in side):
        side = [run for run in side if not run.rows]
        if not side:
            return True
    lines = _lines(side)
    begins = [line[0].left for line in lines]
    edge = median(begins)
    if sum([abs(begin - edge) <= _ALIGNED for begin in begins]) < _SHARE * len(begins):
        return False
    left, right = min([run.left for run in side]), max([run.right for run in side])
    enough = left + _FILLED * (right - left)
    full = sum([line[-1].right >= enough for line in lines])
    letters = median([sum([len(run.text) for run in line]) for line in lines])
    return full >= _SHARE * len(lines) and letters >= _CHARACTERS


def _gutter(runs: Sequence[TextRun]) -> float | None:
    """The place across of the gutter between two columns of a stretch of a page; None where it has one column."""
    size = median([run.size for run in runs])
    lefts, rights = sorted([run.left for run in runs]), sorted([run.right for run in runs])
    high: list[TextRun] = []
    best, chosen = 0, None
    seen: set[int] = set()
    for edge in sorted({round(left, 1) for left in lefts})[1:]:
        # A gutter ends where several lines begin.
        begin = bisect_right(lefts, edge + 1.5) - bisect_left(lefts, edge - 1.5)
        if begin < 2 or round(edge) in seen:
            continue
        seen.add(round(edge))
        if bisect_right(rights, edge - _GUTTER * size) < 2:
            continue
        gutter = edge - _GUTTER * size / 2
        if not _may_part(lefts, rights, gutter):
            continue
        high = high or _from_the_top(runs)
        score = 0
        for band, columnar in _bands(high, gutter):
            if columnar:
                left = sum([run.right <= gutter + 1 for run in band])
                score += min(left, len(band) - left)
        if score > best:
            best, chosen = score, gutter
    return chosen


def _from_the_top(runs: Sequence[TextRun]) -> list[TextRun]:
    return sorted(runs, key=lambda run: -run.base)


def _may_part(lefts: Sequence[float], rights: Sequence[float], gutter: float) -> bool:
    """Whether enough lines on both sides of a gutter fill their side: a quick look before a thorough one.

    ``lefts`` and ``rights`` are where lines begin and end, in order.
    """
    left, right = lefts[0], rights[-1]
    if gutter - left <= 0.1 * (right - left) or right - gutter <= 0.1 * (right - left):
        return False
    before = bisect_right(rights, gutter)
    full = before - bisect_left(rights, left + 0.6 * (rights[before - 1] - left), 0, before)
    return min(full, len(lefts) - bisect_left(lefts, gutter)) >= 2 and full >= 0.3 * before


def _lines(runs: Sequence[TextRun]) -> list[tuple[TextRun, ...]]:
    """The lines of a column from the top, each from left to right."""
    lines: list[list[TextRun]] = []
    for run in sorted(runs, key=_place):
        base, left, right = run.base, run.left, run.right
        for line in reversed(lines[-2:]):
            other = line[0]
            if (
                len(line) < _MOST_IN_LINE
                and abs(other.base - base) <= _SAME_LINE * max(other.size, run.size)
                and not run.rows
                and not other.rows
                and all([left >= each.right - 2 or right <= each.left + 2 for each in line])
            ):
                line.append(run)
                break
        else:
            lines.append([run])
    return [tuple(sorted(line, key=_left)) if len(line) > 1 else (line[0],) for line in lines]


def _place(run: TextRun) -> tuple[float, float]:
    return -run.base, run.left


def _left(run: TextRun) -> float:
    return run.left


def _notes_begin(lines: Sequence[tuple[TextRun, ...]]) -> int:
    """The number of the line at which the footnotes of a column begin."""
    if len(lines) < 3:
        return len(lines)
    sizes: dict[float, int] = {}
    for line in lines:
        for run in line:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
    body = max(sizes, key=lambda size: sizes[size])
    at = len(lines)
    while at > 1 and not lines[at - 1][0].rows and max(run.size for run in lines[at - 1]) < _SMALL * body:
        at -= 1
    while at < len(lines) and lines[at][0].text[:1] not in _NOTE_MARKS:
        at += 1
    return at
