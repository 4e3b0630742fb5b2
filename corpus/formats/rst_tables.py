"""The tables that reStructuredText draws: grids of bars and dashes, and columns under rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Rows = list[list[list[str]]]  # the lines of each cell of each row

_RULE = re.compile(r"[=-]+(?: +[=-]+)* *\Z")
_RUN = re.compile("=+|-+")
_MOST_CELLS = 100_000


def grid_rows(lines: Sequence[str]) -> tuple[Rows, int]:
    """Return the rows of a grid and how many of them are its head; a cell over several is repeated in each.

    >>> grid_rows(["+---+---+", "| a | b |", "+===+===+", "| 1 | 2 |", "+---+---+"])
    ([[[' a '], [' b ']], [[' 1 '], [' 2 ']]], 1)
    """
    width = max(map(len, lines))
    page = [line.ljust(width) for line in lines]
    rules = [number for number, line in enumerate(page) if re.search(r"\+[-=]", line)]
    columns = sorted({place for number in rules for place, sign in enumerate(page[number]) if sign == "+"})
    head_end = next((number for number in rules[1:] if "=" in page[number] and "-" not in page[number]), 0)
    rows: Rows = []
    heads = 0
    above: list[list[str]] = []
    if len(rules) * len(columns) > _MOST_CELLS:
        return [[[line]] for line in lines], 0
    for top, bottom in pairwise(rules):
        if bottom == top + 1:
            continue
        row: list[list[str]] = []
        left = 0
        while left + 1 < len(columns):
            right = left + 1
            while right + 1 < len(columns) and any(
                page[line][columns[right]] not in "|+" for line in range(top + 1, bottom)
            ):
                right += 1
            start, end = columns[left] + 1, columns[right]
            cell = [page[line][start:end] for line in range(top + 1, bottom)]
            if rows and not set(page[top][start:end]) <= set("-=+"):  # goes on from the row above
                cell = [*(above[left] if left < len(above) else []), page[top][start:end], *cell]
                _grow(rows, left, right, above, cell)
            row += [cell] * (right - left)
            left = right
        rows.append(row)
        above = row
        heads = len(rows) if bottom == head_end else heads
    return rows, heads


def _grow(rows: Rows, left: int, right: int, above: list[list[str]], cell: list[str]) -> None:
    """Put the whole of a cell into the rows above that it spans."""
    old = above[left] if left < len(above) else None
    for row in reversed(rows):
        if left >= len(row) or row[left] is not old:
            break
        row[left:right] = [cell] * (right - left)


def simple_rows(lines: Sequence[str]) -> tuple[Rows, int]:
    """Return the rows of a table whose columns stand under rules, and how many of them are its head.

    >>> simple_rows(["==  ==", "a   b", "==  ==", "1   2", "    3", "==  =="])
    ([[['a'], ['b']], [['1'], ['2', '3']]], 1)
    """
    starts = [match.start() for match in _RUN.finditer(lines[0])]
    rules = [number for number, line in enumerate(lines) if line.startswith("=") and _RULE.match(line)]
    head_end = rules[1] if len(rules) > 2 else 0
    rows: Rows = []
    heads = 0
    bounds = list(zip(starts, [*starts[1:], 1 << 30], strict=True))
    for number, line in enumerate(lines):
        if number == head_end and head_end:
            heads = len(rows)
        if number in rules:
            continue
        if line.startswith("-") and _RULE.match(line) and rows and " " in line.strip():
            _span(rows[-1], line, starts)
            continue
        cells = [line[start:end].strip() for start, end in bounds]
        if not line.strip() or (rows and not cells[0] and len(starts) > 1 and heads <= len(rows) - 1):
            if line.strip():
                for cell, more in zip(rows[-1], cells, strict=False):
                    cell.append(more) if more else None
            continue
        rows.append([[cell] for cell in cells])
    return rows, heads


def _span(row: list[list[str]], rule: str, starts: Sequence[int]) -> None:
    """Join the cells of a row that a rule of dashes under it spans."""
    for run in _RUN.finditer(rule):
        inside = [number for number, start in enumerate(starts) if run.start() <= start < run.end()]
        if len(inside) > 1:
            whole = [" ".join(filter(None, (" ".join(row[number]) for number in inside)))]
            for number in inside:
                row[number] = whole
