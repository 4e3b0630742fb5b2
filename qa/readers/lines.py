"""The lines of a passage: list items with the items above them, table rows with their heads, and prose.

A line is told by how it is written: a bullet or a number opens an item, "|" or a tab parts the cells of a row, and a
row of dashes follows a table's head. Where a passage begins inside a list or a table, what comes before it in its
section is looked at as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.pairs import has_numbered_keys, paired
from corpus.patterns import pattern
from corpus.whitespace import LINE_END, has_blank_line, trim

Bounds = tuple[int, int]

_BULLET = pattern("(?:[-*+•‣◦▪●]|\\(?(?:\\d{1,3}|[A-Za-z])[.)])[ \t\xa0]+(?=\\S)")
_MARK = pattern("[-*+•‣◦▪●][ \t\xa0]+(?:\\[[ xX]\\][ \t]+)?")
_KEY = pattern(r"(?P<key>[^\s:|][^:|\r\n]{0,60}?)\s?:[*_]{0,2}(?=\s)")
_SEPARATOR = pattern(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:[|+][ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*\Z")
_TITLED = pattern(r"(?:\*\*|__)[^*_]+(?:\*\*|__):?\Z|[^.!?]*:\Z")
_DIGIT = pattern(r"\d")
_WORDS_IN_KEY = 8  # by hand: "Name of the person to call in an emergency" is a key, a clause of prose is none
_LONGEST_PARENT = 80  # characters: an item's parent is a label, not a paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a passage: a sentence of prose, a list's item, or a table's row; positions of the document.

    ``alone``: it begins and ends with a line. ``parents``: the items and the introduction above it, outermost first.
    ``cells``: the cells of a row, and ``heads`` the head of each, None where the table has none there; ``header``
    bounds the table's head as a whole.
    """

    start: int
    end: int
    alone: bool = False
    parents: tuple[Bounds, ...] = ()
    cells: tuple[Bounds, ...] = ()
    heads: tuple[Bounds | None, ...] = ()
    header: Bounds | None = None


@dataclass(slots=True)
class _Open:
    """What is open while lines are walked: the introduction and items above, and the table's head."""

    intro: Bounds | None = None
    items: list[tuple[int, Bounds]] = field(default_factory=list)  # indent, label
    cells: tuple[Bounds, ...] = ()  # of the table's head
    header: Bounds | None = None
    in_table: bool = False

    def close(self) -> None:
        self.intro, self.items = None, []
        self.leave_table()

    def leave_table(self) -> None:
        self.cells, self.header, self.in_table = (), None, False


def lines_of(text: str, origin: int, sentences: Sequence[Bounds]) -> list[Line]:
    """The statements of a passage, in order: as many as ``sentences``, or fewer, as a table's head is part of its rows.

    ``text`` is the document's text from ``origin`` to the end of the passage; what comes before the first sentence is
    looked at for parents and heads alone. Positions are those of the document.

    >>> text = "Prices:\\n- Tyres\\n  - Summer: 40\\n"
    >>> [[text[slice(*parent)] for parent in line.parents] for line in lines_of(text, 0, [(0, 7), (8, 15), (18, 30)])]
    [[], ['Prices'], ['Prices', 'Tyres']]
    """
    if not sentences:
        return []
    before = _raw_lines(text[: sentences[0][0] - origin], origin)
    units = [*before, *sentences]
    walk = _Walk(text, origin, units)
    lines = [line for number in range(len(units)) if (line := walk.line(number)) and number >= len(before)]
    return _paired(text, origin, lines) if has_numbered_keys(text) else lines


def _paired(text: str, origin: int, lines: list[Line]) -> list[Line]:
    """The lines with the values of those whose keys bear the same number as parents.

    "- Mission2: Embassy of Russia, Belgrade" says whose "- Envoy2: ..." is.
    """
    alone = {place: (line.start - origin, line.end - origin) for place, line in enumerate(lines) if line.alone}
    whole = list(lines)
    for place, values in paired(text, alone):
        others = ((start + origin, end + origin) for start, end in values)
        whole[place] = replace(lines[place], parents=(*lines[place].parents, *others))
    return whole


def key_end(text: str, start: int, end: int) -> int | None:
    """Where the value of a line "Key: value" begins in ``text``, or None where the line is none.

    >>> key_end("Full service: £259", 0, 18)
    14
    """
    found = _KEY.match(text, start, end)
    if found is None or len(found["key"].split()) > _WORDS_IN_KEY or ". " in found["key"]:
        return None
    value, _ = trim(text, found.end(), end)
    return value if value < end else None


class _Walk:
    """Lines one after the other, and what is open at each."""

    def __init__(self, text: str, origin: int, units: Sequence[Bounds]) -> None:
        self.text, self.origin, self.units = text, origin, units
        self.open = _Open()

    def line(self, number: int) -> Line | None:
        """The line of that number; None for a table's head and the dashes under it."""
        start, end = self.units[number]
        written = self._written(start, end)
        if self._gap(number):
            self._after_gap(number, written)
        if _SEPARATOR.match(written) and (self.open.in_table or set(written) <= set("-—_*= \t")):
            return None
        alone = self._is_alone(start, end)
        if alone and (cells := self._cells(start, end)):
            return self._row(number, cells)
        self.open.leave_table()
        if alone and _BULLET.match(written):
            return self._item(number)
        line = Line(start, end, alone)
        if not alone:
            self.open.close()
            return line
        if self.open.items and self._indent(start) > self.open.items[0][0]:
            return replace(line, parents=self._parents(self._indent(start)))  # a second line of an item
        self.open.close()
        if _TITLED.match(written) and end - start <= _LONGEST_PARENT:
            self.open.intro = self._label(start, end)
        return line

    def _written(self, start: int, end: int) -> str:
        return self.text[start - self.origin : end - self.origin]

    def _gap(self, number: int) -> bool:
        """Whether a blank line stands before that line."""
        if not number:
            return False
        return has_blank_line(self.text, self.units[number - 1][1] - self.origin, self.units[number][0] - self.origin)

    def _after_gap(self, number: int, written: str) -> None:
        """After a blank line a list goes on, an introduction still introduces, and a table has ended."""
        self.open.leave_table()
        if not _BULLET.match(written) and not self._indent(self.units[number][0]):
            self.open.items = []
            if not _TITLED.match(self._written(*self.units[number - 1])):
                self.open.intro = None

    def _is_alone(self, start: int, end: int) -> bool:
        low, high = start - self.origin, end - self.origin
        while low > 0 and self.text[low - 1] in " \t\xa0|":
            low -= 1
        while high < len(self.text) and self.text[high] in " \t\xa0|":
            high += 1
        begins = low == 0 or LINE_END.match(self.text, low - 1) is not None
        return begins and (high >= len(self.text) or LINE_END.match(self.text, high) is not None)

    def _indent(self, start: int) -> int:
        at = start - self.origin
        count = 0
        while at - count > 0 and self.text[at - count - 1] in " \t\xa0":
            count += 4 if self.text[at - count - 1] == "\t" else 1
        return count

    def _item(self, number: int) -> Line:
        start, end = self.units[number]
        indent = self._indent(start)
        items = self.open.items
        while items and items[-1][0] >= indent:
            items.pop()
        parents = self._parents(indent)
        mark = _MARK.match(self.text, start - self.origin, end - self.origin)
        label = self._label(start, end)
        if label is not None:
            items.append((indent, label))
        return Line(start if mark is None else self.origin + mark.end(), end, True, parents)

    def _parents(self, indent: int) -> tuple[Bounds, ...]:
        above = tuple(label for depth, label in self.open.items if depth < indent)
        return above if self.open.intro is None else (self.open.intro, *above)

    def _label(self, start: int, end: int) -> Bounds | None:
        """What stands for a line above others: its words without bullet, emphasis and colon, or its key alone."""
        low, high = start - self.origin, end - self.origin
        if mark := _BULLET.match(self.text, low, high):
            low = mark.end()
        if value := key_end(self.text, low, high):
            high = value
        while high > low and self.text[high - 1] in " \t:*_":
            high -= 1
        while low < high and self.text[low] in "*_":
            low += 1
        return (low + self.origin, high + self.origin) if 0 < high - low <= _LONGEST_PARENT else None

    def _cells(self, start: int, end: int) -> tuple[Bounds, ...]:
        """The cells of a row, trimmed, empty ones too; () where the line is no row."""
        low, high = start - self.origin, end - self.origin
        written = self.text[low:high]
        if "|" in written and (" | " in f" {written} " or written.startswith("|")):
            edges = [match.start() for match in re.finditer(r"(?<!\\)\|", written)]
            bounds = [-1, *edges, len(written)]
            parts = [(a + 1, b) for a, b in pairwise(bounds)]
            if written.startswith("|"):
                parts = parts[1:]
            if written.endswith("|") and len(parts) > 1:
                parts = parts[:-1]
        elif "\t" in written and not _BULLET.match(written):
            parts, at = [], 0
            for piece in written.split("\t"):
                parts.append((at, at + len(piece)))
                at += len(piece) + 1
        else:
            return ()
        if len(parts) < 2:
            return ()
        return tuple(
            (first + self.origin, last + self.origin)
            for first, last in (trim(self.text, low + a, low + b) for a, b in parts)
        )

    def _row(self, number: int, cells: tuple[Bounds, ...]) -> Line | None:
        start, end = self.units[number]
        if not self.open.in_table:
            self.open.in_table = True
            if self._is_head(number, cells):
                self.open.cells, self.open.header = cells, (start, end)
                return None
        heads: list[Bounds | None] = [head if head[0] < head[1] else None for head in self.open.cells]
        return Line(start, end, True, self._parents(0), cells, tuple(heads[: len(cells)]), self.open.header)

    def _is_head(self, number: int, cells: tuple[Bounds, ...]) -> bool:
        """Whether the first row of a table is its head: dashes follow it, or it alone has no number in it."""
        rows = [self._written(*unit) for unit in self.units[number + 1 : number + 5]]
        if rows and _SEPARATOR.match(rows[0]):
            return len(rows) > 1 and not self._gap(number + 1)
        following = [
            self._cells(*unit)
            for place, unit in enumerate(self.units[number + 1 : number + 3], number + 1)
            if not self._gap(place)
        ]
        if len(cells) < 3 or len(following) < 2 or any(len(row) != len(cells) for row in following):
            return False
        if any(_DIGIT.search(self._written(*cell)) or cell[0] == cell[1] for cell in cells[1:]):
            return False
        return any(_DIGIT.search(self._written(*cell)) for row in following for cell in row[1:])


def _raw_lines(text: str, origin: int) -> list[Bounds]:
    """The lines of a text that are not blank, without the white space around them."""
    found, at = [], 0
    for match in [*LINE_END.finditer(text), None]:
        stop = len(text) if match is None else match.start()
        start, end = trim(text, at, stop)
        if start < end:
            found.append((start + origin, end + origin))
        at = stop if match is None else match.end()
    return found
