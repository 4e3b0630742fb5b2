"""What the rows of a sheet are: tables with their heads, labels inside them, lines of a form, and prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

# By hand: a row has this share of the cells of the rows after it to be their head; a column of pairs is one of
# values where fewer than this share of them are numbers.
_WIDE = 0.5
_NUMBERS = 0.7
_LOOKED_AT = 20  # rows that are looked at to tell a head
_TALLEST_HEAD = 5
_LONGEST_LABEL = 80
_YEARS = range(1900, 2101)
# As in tables of HTML.
_MOST_REPEATED = 20_000
_MOST_ROWS, _MOST_COLUMNS = 1_000, 100
_LONGEST_REPEATED = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, its (row, column) from 0, whether it is a number, a date too, and whether it is bold.

    ``span`` is how many columns it fills. A cell that is repeated where it was merged keeps the place of the first.
    """

    text: str
    place: tuple[int, int]
    is_number: bool = False
    is_date: bool = False
    bold: bool = False
    span: int = 1


Row = dict[int, Cell]
"""The cells of a row that hold text, by their columns."""


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows that hold text by their numbers from 0, and the rows that the file itself calls heads.

    ``unseen`` are the rows that were left out, which part nothing; ``merged`` are the stretches of cells that are one:
    first row, first column, last row, last column.
    """

    name: str
    rows: dict[int, Row] = field(default_factory=dict)
    heads: set[int] = field(default_factory=set)
    unseen: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class SheetPart:
    """Rows that belong together: the rows of a table's head, a label above them, and its rows.

    ``kind`` is "table", "pairs" (names and values) or "prose".
    """

    kind: str
    rows: list[Row] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)
    label: Cell | None = None


def spread(sheet: Sheet) -> None:
    """Repeat merged cells in each row and column that they fill."""
    repeated = 0
    for top, left, bottom, right in sheet.merged:
        cell = sheet.rows.get(top, {}).get(left)
        size = (min(bottom, top + _MOST_ROWS) - top + 1) * (min(right, left + _MOST_COLUMNS) - left + 1)
        if cell is None or len(cell.text) > _LONGEST_REPEATED or repeated + size > _MOST_REPEATED:
            continue
        repeated += size
        cell = replace(cell, span=right - left + 1)
        for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
            if row != top and row not in sheet.rows:
                continue  # a row that holds nothing of its own
            for column in range(left, min(right, left + _MOST_COLUMNS) + 1):
                sheet.rows[row][column] = cell


def parts_of(sheet: Sheet) -> Iterator[SheetPart]:
    """Yield the parts of a sheet in order; merged cells are to be spread before."""
    planner = _Planner(sheet)
    for block in _blocks(sheet):
        planner.add(block)
    return iter(planner.parts)


def distinct(row: Row) -> list[Cell]:
    """Return the cells of a row in order, each merged one once."""
    found: dict[tuple[int, int], Cell] = {}
    for column in sorted(row):
        found.setdefault(row[column].place, row[column])
    return list(found.values())


def _blocks(sheet: Sheet) -> Iterator[list[tuple[int, Row]]]:
    """The rows between blank ones, each with its number."""
    block: list[tuple[int, Row]] = []
    for number in sorted(sheet.rows):
        if block and not all(between in sheet.unseen for between in range(block[-1][0] + 1, number)):
            yield block
            block = []
        block.append((number, sheet.rows[number]))
    if block:
        yield block


class _Planner:
    """Sorts rows into parts, one block after the other."""

    def __init__(self, sheet: Sheet) -> None:
        self.parts: list[SheetPart] = []
        self._sheet = sheet
        self._bottoms = {top: bottom for top, _, bottom, _ in sorted(sheet.merged, key=lambda place: place[2])}
        self._head: list[Row] = []
        self._pending: list[Row] = []  # the head of a table whose rows come after a blank one

    def add(self, block: list[tuple[int, Row]]) -> None:
        """Add the rows of a block."""
        rows = [row for _, row in block]
        pairs = not self._head and _are_pairs(rows)
        place = 0
        while place < len(rows):
            height = 0 if pairs else self._height(block, place)
            if height:
                self._begin(rows[place : place + height])
                place += height
                continue
            self._row(block, place, pairs=pairs)
            place += 1

    def _begin(self, head: list[Row]) -> None:
        """Begin a table; a short line of prose right above it is its label, unless it is the first line."""
        self._head = head
        label = None
        if len(self.parts) > 1 and self.parts[-1].kind == "prose" and len(self.parts[-1].rows) == 1:
            cells = distinct(self.parts[-1].rows[0])
            if len(cells) == 1 and len(cells[0].text) <= _LONGEST_LABEL:
                label = cells[0]
                self.parts.pop()
        self.parts.append(SheetPart("table", head=head, label=label))

    def _row(self, block: list[tuple[int, Row]], place: int, *, pairs: bool) -> None:
        """Add a row that heads no table."""
        row = block[place][1]
        cells = distinct(row)
        following = block[place + 1][1] if place + 1 < len(block) else None
        if len(cells) == 1 and self._is_label(block, place):
            self.parts.append(SheetPart("table", head=self._head, label=cells[0]))
        elif self._head and _fits(row, self._head) and (len(cells) > 1 or place):
            self._last("table", head=self._head).rows.append(row)
        elif len(cells) == 1:
            if not _fits(row, self._head):
                self._head = []
            self._last("prose").rows.append(row)
        else:
            self._head = []
            keyed = len(cells) % 2 == 0 and all(cell.text.endswith(":") for cell in cells[::2])
            plain = len(cells) == 2 and not cells[0].is_number and following is None
            self._last("pairs" if pairs or keyed or plain else "table").rows.append(row)

    def _is_label(self, block: list[tuple[int, Row]], place: int) -> bool:
        """Whether a row of one cell names the rows after it, which are under the same head."""
        cell = distinct(block[place][1])[0]
        if not _fits(block[place][1], self._head) or len(cell.text) > _LONGEST_LABEL or place + 1 == len(block):
            return False
        following = block[place + 1][1]
        emphatic = place == 0 or (cell.bold and not _all_bold(following)) or cell.span > 1
        goes_on = len(distinct(following)) > 1 and _fits(following, self._head)
        return emphatic and goes_on and not self._height(block, place + 1)

    def _last(self, kind: str, head: Sequence[Row] = ()) -> SheetPart:
        """The last part if it is of that kind and under that head, else a new one."""
        if not self.parts or self.parts[-1].kind != kind or self.parts[-1].head != list(head):
            self.parts.append(SheetPart(kind, head=list(head)))
        return self.parts[-1]

    def _height(self, block: list[tuple[int, Row]], place: int) -> int:
        """How many rows from that one on are a table's head; 0 for none."""
        number, row = block[place]
        cells = distinct(row)
        rest = [each for _, each in block[place + 1 : place + 1 + _LOOKED_AT]]
        if not rest:
            rest = self._after(number)
        if number in self._sheet.heads and len(cells) > 1:
            return self._tall(block, place)
        if len(cells) < 2 or not rest:
            return 0
        emphatic = _all_bold(row) and not all(map(_all_bold, rest))
        numbers = [cell for cell in cells if cell.is_number]
        if numbers and not emphatic and not _are_years(numbers):
            return 0
        if self._head and _fits(row, self._head):
            return self._tall(block, place) if emphatic or (place == 0 and _contrasts(row, rest)) else 0
        if numbers and not emphatic and not _contrasts(row, rest, years=True):
            return 0
        widest = max(len(distinct(each)) for each in rest)
        if len(cells) < max(2, _WIDE * widest) or any(cell.text.endswith(":") for cell in cells[:1]):
            return 0
        return self._tall(block, place)

    def _after(self, number: int) -> list[Row]:
        """The rows of the next block."""
        following = number + 2
        found: list[Row] = []
        while following in self._sheet.rows and len(found) < _LOOKED_AT:
            found.append(self._sheet.rows[following])
            following += 1
        return found

    def _tall(self, block: list[tuple[int, Row]], place: int) -> int:
        """How many rows a head has that begins with that one: those of its merged cells, and those below groups."""
        height = 1
        while height < min(_TALLEST_HEAD, len(block) - place):
            number, row = block[place + height - 1]
            below = block[place + height][1]
            cells = distinct(row)
            grouped = len(cells) > 1 and any(1 < cell.span < _width(row) for cell in cells)
            merged = self._bottoms.get(number, number) >= block[place + height][0]
            plain = all(not cell.is_number or _are_years([cell]) for cell in distinct(below))
            if not (merged or grouped) or not plain or place + height + 1 >= len(block):
                break
            height += 1
        return height


def _width(row: Row) -> int:
    return max(row) - min(row) + 1


def _fits(row: Row, head: Sequence[Row]) -> bool:
    """Whether a row has cells in the columns of a head alone."""
    columns = [column for each in head for column in each]
    return bool(columns) and min(columns) <= min(row) and max(row) <= max(columns)


def _all_bold(row: Row) -> bool:
    return all(cell.bold for cell in row.values())


def _are_years(cells: Sequence[Cell]) -> bool:
    """Whether numbers are years, or dates, as columns are headed by."""
    return all(cell.is_date or (cell.text.isdigit() and int(cell.text[:9]) in _YEARS) for cell in cells)


def _contrasts(row: Row, rest: Sequence[Row], *, years: bool = False) -> bool:
    """Whether a row has words, or years, where most of the rows after it have numbers."""
    for column, cell in row.items():
        below = [each[column] for each in rest if column in each]
        numbers = sum(other.is_number and not (years and _are_years([other])) for other in below)
        if cell.is_number == years and below and numbers >= _NUMBERS * len(below):
            return True
    return False


def _are_pairs(rows: Sequence[Row]) -> bool:
    """Whether the rows of a block are names with their values, in two columns, and no table with a head."""
    lines = [distinct(row) for row in rows]
    if len({column for row in rows for column in row}) > 2 or not all(len(cells) == 2 for cells in lines):
        return False
    keys, values = [cells[0] for cells in lines], [cells[1] for cells in lines]
    if any(key.is_number for key in keys):
        return False
    if sum(key.text.endswith(":") for key in keys) >= len(keys) / 2:
        return True
    if len(rows) == 1 or (_all_bold(rows[0]) and not _all_bold(rows[1])):
        return False
    if all(key.bold for key in keys) and not any(value.bold for value in values):
        return True
    numbers = sum(value.is_number for value in values[1:])
    return values[0].is_number or 0 < numbers < _NUMBERS * (len(values) - 1)
