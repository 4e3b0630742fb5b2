"""Ruled tables on a page of a PDF file: the runs between ruling lines, put into rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from corpus.formats.pdf_rules import Grid
from corpus.formats.pdf_runs import PageWord, TextRun

# By hand, in points.
_NEAR = 2.0  # lines as near as this are one
_SAME_ROW = 0.6  # of the size of the type: words whose base lines differ by less stand in one row
_COLUMN_GAP = 4.0  # between the words of two columns without a line between them
# By hand: a cell of more lines, and of longer ones, is a column of prose.
_LONGEST_CELL = 8
_PROSE = 28  # characters a line

Cell = list[TextRun]


def tables_of(
    runs: list[TextRun], grids: Sequence[Grid], words_of: Callable[[TextRun], list[PageWord]]
) -> list[TextRun]:
    """The runs of a page with those of each ruled table made one run that holds its rows."""
    for grid in sorted(grids, key=lambda grid: (grid.right - grid.left) * (grid.top - grid.bottom)):
        inside = [run for run in runs if not run.rows and run.upright and _within(run, grid)]
        if len(inside) < 4:
            continue
        for run in inside:
            run.words = words_of(run)
        rows = _framed(inside, grid) if grid.upright else _between(inside, grid)
        if not _is_table(rows):
            continue
        places = {id(run) for run in inside}
        first = next(number for number, run in enumerate(runs) if id(run) in places)
        table = TextRun(
            text="",
            left=grid.left,
            right=grid.right,
            base=max(run.base for run in inside),
            size=median(run.size for run in inside),
            bold=False,
            bottom=min(run.base for run in inside),
            rows=rows,
        )
        rest = [run for run in runs if id(run) not in places]
        rest.insert(sum(id(run) not in places for run in runs[:first]), table)
        runs = rest
    return runs


def cell_text(cell: Cell) -> str:
    """The words of a cell, its lines joined."""
    return " ".join(run.text for run in cell)


def _within(run: TextRun, grid: Grid) -> bool:
    middle, high = (run.left + run.right) / 2, run.base + 0.3 * run.size
    return grid.left - 1 <= middle <= grid.right + 1 and grid.bottom <= high <= grid.top


def _is_table(rows: list[list[Cell]]) -> bool:
    filled = [row for row in rows if any(row)]
    if len(filled) < 2 or max(map(len, filled)) < 2:
        return False
    several = sum(sum(map(bool, row)) > 1 for row in filled)
    lengths = [len({round(run.base) for run in cell}) for row in filled for cell in row if cell]
    return several >= max(2, len(filled) / 2) and median(lengths) <= _LONGEST_CELL and max(lengths) <= 40


def _framed(runs: list[TextRun], grid: Grid) -> list[list[Cell]]:
    """The rows of a table with upright lines; a cell that spans several columns or rows is repeated in each."""
    across = _merged([rule.at for rule in grid.upright] + [grid.left, grid.right])
    heights = _merged([rule.at for rule in grid.level] + [grid.bottom, grid.top])[::-1]
    columns, bands = len(across) - 1, len(heights) - 1
    if columns < 2 or bands < 1 or columns > 60 or bands > 400:
        return []
    cells: list[list[Cell]] = [[[] for _ in range(columns)] for _ in range(bands)]
    for run in runs:
        high = run.base + 0.3 * run.size
        band = min(max(sum(high < height for height in heights) - 1, 0), bands - 1)
        opened = [
            place
            for place in range(1, columns)
            if any(abs(rule.at - across[place]) <= _NEAR and rule.start <= high <= rule.end for rule in grid.upright)
        ]
        for part in _parted(run, [across[place] for place in opened]):
            middle = (part.left + part.right) / 2
            column = min(max(sum(middle >= edge for edge in across) - 1, 0), columns - 1)
            start = max((place for place in opened if place <= column), default=0)
            end = min((place for place in opened if place > column), default=columns)
            for place in range(start, end):
                cells[band][place].append(part)
    _fill_down(cells, grid, across, heights)
    if any(_is_prose(cell) for line in cells for cell in line):
        return []
    rows: list[list[Cell]] = []
    for line in cells:
        rows += _unruled_rows([_in_order(cell) for cell in line])
    return rows


def _fill_down(cells: list[list[Cell]], grid: Grid, across: Sequence[float], heights: Sequence[float]) -> None:
    """Repeats a cell in the rows that it spans: those without a line between them there."""
    for band in range(1, len(cells)):
        for column in range(len(across) - 1):
            middle = (across[column] + across[column + 1]) / 2
            if _is_ruled(grid, heights[band], middle):
                continue
            if not cells[band][column]:
                cells[band][column] = cells[band - 1][column]
                continue
            for above in range(band - 1, -1, -1):  # text set lower in a cell that spans rows
                if cells[above][column]:
                    break
                cells[above][column] = cells[band][column]
                if _is_ruled(grid, heights[above], middle):
                    break


def _is_prose(cell: Cell) -> bool:
    """Whether a cell is a column of prose."""
    lines = _baselines(cell)
    return len(lines) > _LONGEST_CELL and sum(len(run.text) for run in cell) > _PROSE * len(lines)


def _is_ruled(grid: Grid, height: float, place: float) -> bool:
    return any(abs(rule.at - height) <= _NEAR and rule.start <= place <= rule.end for rule in grid.level)


def _unruled_rows(band: list[Cell]) -> list[list[Cell]]:
    """The rows of cells that no level line parts: one, or several where each line of the first column is a row."""
    lines = _baselines([run for cell in band for run in cell])
    filled = [cell for cell in band if cell]
    if len(lines) < 2 or len(filled) < 2:
        return [band]
    rows = [[[run for run in cell if _is_on(run, base)] for cell in band] for base in lines]
    if all(row[0] and sum(map(bool, row)) > 1 for row in rows) and all(
        len([row for row in rows if row[place]]) > len(rows) / 2 for place, cell in enumerate(band) if cell
    ):
        return rows
    return [band]


def _between(runs: list[TextRun], grid: Grid) -> list[list[Cell]]:
    """The rows of a table with level lines alone: its columns are told by the gaps that go through its rows."""
    lines = _baselines(runs)
    words = [(word, run) for run in runs for word in run.words]
    if len(lines) < 2 or not words:
        return []
    parts = [[piece for run in runs if _is_on(run, base) for piece in _at_gaps(run)] for base in lines]
    # The rows with most parts say where the columns are.
    most = max(map(len, parts))
    if most < 2:
        return []
    telling = [row for row in parts if len(row) >= max(2, most - 1)]
    spans = sorted((part.left, part.right) for row in telling for part in row)
    columns: list[list[float]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1] + _COLUMN_GAP / 2:
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
    if len(columns) < 2:
        return []
    rows: list[list[Cell]] = []
    ruled = sorted((rule.at for rule in grid.level), reverse=True)
    above = -1
    for base, row in zip(lines, parts, strict=True):
        cells: list[Cell] = [[] for _ in columns]
        for part in row:
            held = [
                place for place, (left, right) in enumerate(columns) if part.left < right and left < part.right
            ] or [min(range(len(columns)), key=lambda place: abs(columns[place][0] - part.left))]
            for place in held:
                cells[place].append(part)
        band = sum(base < height for height in ruled)
        if rows and band == above and not cells[0] and any(cells):
            for place, cell in enumerate(cells):  # a cell goes on in the next line
                rows[-1][place] = rows[-1][place] + cell
        else:
            rows.append(cells)
        above = band
    return rows


def _at_gaps(run: TextRun) -> list[TextRun]:
    """A run cut at gaps that are wider than those between words."""
    edges = [
        after.left - _COLUMN_GAP / 2
        for before, after in zip(run.words, run.words[1:], strict=False)
        if after.left - before.right > max(_COLUMN_GAP, 0.5 * run.size)
    ]
    return _parted(run, edges)


def _parted(run: TextRun, edges: Sequence[float]) -> list[TextRun]:
    """A run cut at places across: each word belongs where its middle is."""
    groups: dict[int, list[tuple[PageWord, str]]] = {}
    texts = run.text.split(" ")
    if len(texts) != len(run.words):
        return [run]
    for word, text in zip(run.words, texts, strict=True):
        groups.setdefault(sum((word.left + word.right) / 2 >= edge for edge in edges), []).append((word, text))
    if len(groups) == 1:
        return [run]
    return [
        replace(
            run,
            text=" ".join(text for _, text in group),
            left=group[0][0].left,
            right=group[-1][0].right,
            words=[word for word, _ in group],
            first=group[0][0].first,
            last=group[-1][0].last,
        )
        for group in groups.values()
    ]


def _merged(places: Sequence[float]) -> list[float]:
    """The places in order, near ones made one."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _NEAR:
            merged.append(place)
    return merged


def _baselines(runs: Sequence[TextRun]) -> list[float]:
    """The heights of the lines, from the top."""
    found: list[float] = []
    for run in sorted(runs, key=lambda run: -run.base):
        if not found or found[-1] - run.base > _SAME_ROW * run.size:
            found.append(run.base)
    return found


def _is_on(run: TextRun, base: float) -> bool:
    return -0.1 <= base - run.base <= _SAME_ROW * run.size


def _in_order(cell: Cell) -> Cell:
    """The runs of a cell line after line."""
    lines = _baselines(cell)
    return [run for base in lines for run in sorted((r for r in cell if _is_on(r, base)), key=lambda run: run.left)]
