"""Tables without ruling lines: lines of a column of a PDF page whose parts stand under each other.

Better a table that is read line after line than prose that is read as a table: what could be prose, a list, a table of
contents or a form is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.formats.pdf_runs import TextRun

# By hand. A table has so many rows, of which all but the head line up with the rest to so many points; between its
# columns is a corridor as wide as this, in sizes of the type, and its rows are no further apart.
_FEWEST_ROWS = 3
_FEWEST_PAIRS = 4  # of two columns
_ALIGNED = 2.0
_MOSTLY = 0.8
_CORRIDOR = 0.9
_APART = 2.4
_SAME_SIZE = 0.12
# By hand: characters of a usual cell of a table of many columns, and of the second column of one of two.
_CELL = 26
_SHORT = 16
_LONGEST = 60
_PROSE = 5  # words of the usual cell of a column that may be prose
_TRIMMED = 3  # lines that may be taken from either end of a stretch to find a table in it

_ITEM = re.compile(r"(?:[-*•‣◦▪●–]|[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)\]:]?)")
_LEADERS = re.compile(r"(?:\.\s?){4}")
_COUNT = re.compile(r"\d{1,4}")

Lines = Sequence[tuple[TextRun, ...]]


def with_tables(lines: Lines) -> list[tuple[TextRun, ...]]:
    """The lines of a column from the top, those of each table made one run that holds its rows."""
    found: list[tuple[TextRun, ...]] = []
    at = 0
    while at < len(lines):
        end = _stretch(lines, at)
        table = _best(lines, at, end) if end - at >= _FEWEST_ROWS else None
        if table is None:
            found += lines[at : max(end, at + 1)]
            at = max(end, at + 1)
            continue
        start, stop, run = table
        found += [*lines[at:start], (run,)]
        at = stop
    return found


def _stretch(lines: Lines, at: int) -> int:
    """Where the lines end that may be rows of one table: of several parts each, of one type, near each other."""
    end = at
    while end < len(lines) and len(lines[end]) > 1 and not any(run.rows or not run.upright for run in lines[end]):
        if end > at:
            last, run = lines[end - 1][0], lines[end][0]
            if last.base - run.base > _APART * run.size or abs(last.size - run.size) > _SAME_SIZE * run.size:
                break
        end += 1
    return end


def _best(lines: Lines, at: int, end: int) -> tuple[int, int, TextRun] | None:
    """The longest table in a stretch: where it begins and ends, and its run."""
    for less in range(2 * _TRIMMED + 1):
        for start in range(at + max(0, less - _TRIMMED), at + min(less, _TRIMMED) + 1):
            stop = end - (less - (start - at))
            rows = _rows(lines[start:stop]) if stop - start >= _FEWEST_ROWS else None
            if rows is not None:
                runs = [run for row in rows for cell in row for run in cell]
                table = TextRun(
                    text="",
                    left=min(run.left for run in runs),
                    right=max(run.right for run in runs),
                    base=max(run.base for run in runs),
                    size=median(run.size for run in runs),
                    bold=False,
                    bottom=min(run.base for run in runs),
                    number=min(run.number for run in runs),
                    rows=rows,
                )
                return start, stop, table
    return None


def _rows(lines: Lines) -> list[list[list[TextRun]]] | None:
    """The rows of cells of lines, None if they are no table."""
    columns = _columns(lines)
    if len(columns) < 2 or (len(columns) == 2 and len(lines) < _FEWEST_PAIRS):
        return None
    rows: list[list[list[TextRun]]] = []
    for line in lines:
        cells: list[list[TextRun]] = [[] for _ in columns]
        for run in line:
            cells[sum(run.left >= left for left, _ in columns) - 1].append(run)
        if sum(map(bool, cells)) < 2:
            return None
        rows.append(cells)
    held = [[row[place] for row in rows if row[place]] for place in range(len(columns))]
    body = [[row[place] for row in rows[1:] if row[place]] for place in range(len(columns))]
    if any(len(cells) <= len(rows) / 2 for cells in body) or not all(map(_is_aligned, body)):
        return None
    said = [[" ".join(run.text for run in cell) for cell in cells] for cells in held]
    return None if _reads_on(said) else rows


def _columns(lines: Lines) -> list[tuple[float, float]]:
    """Where the parts of lines stand across, with a corridor between each two columns."""
    size = median(run.size for line in lines for run in line)
    columns: list[tuple[float, float]] = []
    for left, right in sorted((run.left, run.right) for line in lines for run in line):
        if columns and left < columns[-1][1] + _CORRIDOR * size:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _is_aligned(cells: Sequence[Sequence[TextRun]]) -> bool:
    """Whether the cells of a column begin, end or have their middle under each other."""
    for places in (
        [cell[0].left for cell in cells],
        [cell[-1].right for cell in cells],
        [(cell[0].left + cell[-1].right) / 2 for cell in cells],
    ):
        usual = median(places)
        if sum(abs(place - usual) <= _ALIGNED for place in places) >= _MOSTLY * len(places):
            return True
    return False


def _reads_on(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the cells of columns may be prose, a list, a table of contents, or a form."""
    cells = [cell for column in columns for cell in column]
    if any(_LEADERS.search(cell) for cell in cells) or max(map(len, cells)) > _LONGEST:
        return True
    if median(map(len, cells)) > _CELL or any(median(map(_words, column)) >= _PROSE for column in columns):
        return True
    long = [cell for cell in cells if len(cell) > _SHORT]
    broken = sum(cell[:1].islower() or cell.endswith(("-", ",")) for cell in long)
    if broken > 0.25 * len(cells):
        return True
    if len(columns) > 2:
        return False
    first, second = columns
    if sum(_ITEM.fullmatch(cell) is not None or cell.endswith(":") for cell in first) > len(first) / 3:
        return True
    if median(map(len, second)) > _SHORT or max(map(len, second)) > 2 * _SHORT:
        return True
    counts = [int(cell) for cell in second if _COUNT.fullmatch(cell)]
    return len(counts) >= len(second) - 1 and all(one <= other for one, other in pairwise(counts))


def _words(cell: str) -> int:
    return len(cell.split())
