"""The order in which the runs of a page are read: column after column, line after line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.formats.pdf_runs import TextRun

# By hand: the least lines of a column, how wide a gutter is (in sizes of the type), how much of a column its lines
# fill, how many of them do, and how many characters they have.
_FEWEST_LINES = 3
_GUTTER = 0.6
_FILLED = 0.75
_SHARE = 0.5
_CHARACTERS = 12
_ALIGNED = 1.5  # points by which the lines of a column begin apart
_DEEPEST = 4
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
    upright = [run for run in runs if run.upright]
    rows: list[PageRow] = []
    notes: list[PageRow] = []
    for number, column in enumerate(_columns(upright, 0)):
        lines = _lines(column)
        cut = _notes_begin(lines)
        rows += [PageRow(line, number) for line in lines[:cut]]
        notes += [PageRow(line, number, note=True) for line in lines[cut:]]
    turned = [PageRow((run,), -1) for run in runs if not run.upright]
    return rows + notes + turned


def _columns(runs: Sequence[TextRun], depth: int) -> Iterator[Sequence[TextRun]]:
    """The runs of each stretch of the page that is read line after line."""
    gutter = _gutter(runs) if depth < _DEEPEST and len(runs) >= 4 else None
    if gutter is None:
        if runs:
            yield runs
        return
    waiting: list[TextRun] = []
    for band, columnar in _bands(runs, gutter):
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


def _bands(runs: Sequence[TextRun], gutter: float) -> Iterator[tuple[list[TextRun], bool]]:
    """Stretches of the page from the top: what crosses a gutter, and what stands on its sides."""
    crossing = sorted((run for run in runs if run.left < gutter - 1 and run.right > gutter + 1), key=lambda r: -r.base)
    beside = sorted(
        (run for run in runs if not (run.left < gutter - 1 and run.right > gutter + 1)), key=lambda r: -r.base
    )
    at = 0
    for cut in [*crossing, None]:
        band: list[TextRun] = []
        while at < len(beside) and (cut is None or beside[at].base > cut.base + _SAME_LINE * cut.size):
            band.append(beside[at])
            at += 1
        if band:
            yield band, _is_columnar(band, gutter)
        if cut is not None:
            same = [cut]
            while at < len(beside) and beside[at].base > cut.base - _SAME_LINE * cut.size:
                same.append(beside[at])  # what stands in the line of what crosses
                at += 1
            yield same, False


def _is_columnar(band: Sequence[TextRun], gutter: float) -> bool:
    """Whether a band is prose in columns on both sides of a gutter, and no table."""
    sides = [run for run in band if run.right <= gutter + 1], [run for run in band if run.right > gutter + 1]
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
    left, right = min(run.left for run in side), max(run.right for run in side)
    reach = [line[-1].right - left for line in lines]
    full = sum(each >= _FILLED * (right - left) for each in reach)
    begins = [line[0].left for line in lines]
    edge = median(begins)
    if sum(abs(begin - edge) <= _ALIGNED for begin in begins) < _SHARE * len(begins):
        return False
    letters = median(sum(len(run.text) for run in line) for line in lines)
    return full >= _SHARE * len(lines) and letters >= _CHARACTERS


def _gutter(runs: Sequence[TextRun]) -> float | None:
    """The place across of the gutter between two columns of a stretch of a page; None where it has one column."""
    size = median(run.size for run in runs)
    edges = sorted({round(run.left, 1) for run in runs})
    best, chosen = 0, None
    rights = sorted((run.right, run.left) for run in runs)
    seen: set[int] = set()
    for edge in edges[1:]:
        # A gutter ends where several lines begin.
        begin = [run for run in runs if abs(run.left - edge) <= 1.5]
        if len(begin) < 2 or round(edge) in seen:
            continue
        seen.add(round(edge))
        before = [right for right, _ in rights if right <= edge - _GUTTER * size]
        if len(before) < 2:
            continue
        gutter = edge - _GUTTER * size / 2
        if not _may_part(runs, gutter):
            continue
        score = 0
        for band, columnar in _bands(runs, gutter):
            if columnar:
                left = sum(run.right <= gutter + 1 for run in band)
                score += min(left, len(band) - left)
        if score > best:
            best, chosen = score, gutter
    return chosen


def _may_part(runs: Sequence[TextRun], gutter: float) -> bool:
    """Whether enough lines on both sides of a gutter fill their side: a quick look before a thorough one."""
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    before = [run.right - left for run in runs if run.right <= gutter]
    after = sum(run.left >= gutter for run in runs)
    full = sum(each >= 0.6 * max(before) for each in before)
    if min(full, after) < 2 or full < 0.3 * len(before):
        return False
    return gutter - left > 0.1 * (right - left) and right - gutter > 0.1 * (right - left)


def _lines(runs: Sequence[TextRun]) -> list[tuple[TextRun, ...]]:
    """The lines of a column from the top, each from left to right."""
    lines: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        for line in reversed(lines[-2:]):
            other = line[0]
            if (
                not run.rows
                and not other.rows
                and abs(other.base - run.base) <= _SAME_LINE * max(other.size, run.size)
                and all(run.left >= each.right - 2 or run.right <= each.left + 2 for each in line)
            ):
                line.append(run)
                break
        else:
            lines.append([run])
    return [tuple(sorted(line, key=lambda run: run.left)) for line in lines]


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
