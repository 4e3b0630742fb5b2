"""Terms of many texts at once: words are found in arrays of bytes, and each distinct one is analysed once.

A unit is the longest stretch whose words could depend on each other: "Serbia's", "1,200", "U.S." and "Mi35" are
one unit each. Nearly all are single words of ASCII; those of up to 16 bytes are looked up by numpy, in lower case, in
a table of exact keys, the rest one by one. A unit met for the first time goes through the Analyzer itself, so the
terms are the Analyzer's, whatever the text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.characters import APOSTROPHE, BYTE_ORDER, WORDLIKE, classes, runs, table_of
from index.analysis import Analyzer

Places = NDArray[np.int64]
Keys = NDArray[np.uint64]

_WORD, _JOINT = 1, 2
_TABLE = table_of(
    {
        _WORD: b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + bytes([WORDLIKE, BYTE_ORDER]),
        _JOINT: b".,'",
    }
)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_BEYOND_ASCII = np.uint64(0x8080808080808080)
_LONGEST_KEY = 16  # bytes
_LONGEST_KNOWN = 64  # characters of a longer key that is remembered
_KNOWN_LIMIT = 2_000_000  # units remembered; about 150 MB


class UnitTerms:
    """The terms of texts as numbers, given in the order in which the terms are met; ``terms`` has them all."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.terms: dict[str, int] = {}
        self._analyzer = analyzer
        self._forget()

    def numbers(
        self, text: str, low: NDArray[np.uint8], starts: Places, ends: Places
    ) -> tuple[NDArray[np.int32], Places]:
        """The terms of windows of a text, one after the other, and where each window's begin: (windows + 1,).

        Windows ascend and do not overlap; the text ends in a line end that is in none of them. ``low`` are its
        bytes (``corpus.characters``).
        """
        if len(self._table) + len(self._rare) + len(self._several) > _KNOWN_LIMIT:
            self._forget()
        begins, stops = _units(low[: len(text)], starts, ends)
        first, last = np.searchsorted(begins, starts), np.searchsorted(begins, ends)
        counts = last - first
        edges = np.concatenate([[0], np.cumsum(counts)])
        if edges[-1] < len(begins):  # some are between the windows
            kept = np.repeat(first - edges[:-1], counts) + np.arange(edges[-1])
            begins, stops = begins[kept], stops[kept]
        values = self._values(text, np.frombuffer(low.tobytes().lower(), np.uint8), begins, stops)
        several = np.flatnonzero(values < 0)
        if not len(several):
            return values, edges
        sizes = np.ones(len(values), np.int64)
        lists = [self._several[-1 - value] for value in values[several].tolist()]
        sizes[several] = list(map(len, lists))
        places = np.concatenate([[0], np.cumsum(sizes)])
        numbers = np.repeat(values, sizes)
        wide = np.repeat(places[several], sizes[several])
        wide += np.arange(len(wide)) - np.repeat(np.cumsum(sizes[several]) - sizes[several], sizes[several])
        numbers[wide] = [number for some in lists for number in some]
        return numbers, places[edges]

    def _forget(self) -> None:
        self._table = _Table()
        self._rare: dict[str, int] = {}
        self._several: list[list[int]] = []  # of the units that are not one term

    def _values(self, text: str, low: NDArray[np.uint8], begins: Places, stops: Places) -> NDArray[np.int32]:
        """What each unit stands for: the number of its term, or -1 - its place in ``_several``."""
        size = stops - begins
        words = np.ndarray((len(low) - 7,), "<u8", low, strides=(1,))
        key = words[begins] & _MASKS[np.minimum(size, 8)]
        rest = np.zeros(len(key), np.uint64)
        long = np.flatnonzero(size > 8)
        rest[long] = words[np.minimum(begins[long] + 8, len(low) - 8)] & _MASKS[np.minimum(size[long] - 8, 8)]
        common = (size <= _LONGEST_KEY) & (((key | rest) & _BEYOND_ASCII) == 0)
        if common.all():
            return self._look_up(text, key, rest, begins, stops)
        values = np.empty(len(begins), np.int32)
        at = np.flatnonzero(common)
        values[at] = self._look_up(text, key[at], rest[at], begins[at], stops[at])
        at = np.flatnonzero(~common)
        known, found = self._rare, []
        for begin, stop in zip(begins[at].tolist(), stops[at].tolist(), strict=True):
            unit = text[begin:stop]
            value = known.get(unit)
            if value is None:
                value = self._value(unit)
                if stop - begin <= _LONGEST_KNOWN:
                    known[unit] = value
            found.append(value)
        values[at] = found
        return values

    def _look_up(self, text: str, key: Keys, rest: Keys, begins: Places, stops: Places) -> NDArray[np.int32]:
        values, missing = self._table.find(key, rest)
        if len(missing):
            order = missing[np.lexsort((rest[missing], key[missing]))]
            new = np.ones(len(order), np.bool_)
            new[1:] = (key[order[1:]] != key[order[:-1]]) | (rest[order[1:]] != rest[order[:-1]])
            first = order[new]
            found = self._analysed(
                [text[begin:stop] for begin, stop in zip(begins[first].tolist(), stops[first].tolist(), strict=True)]
            )
            self._table.add(key[first], rest[first], found)
            values[order] = found[np.cumsum(new) - 1]
        return values

    def _analysed(self, units: list[str]) -> NDArray[np.int32]:
        """What units of ASCII that were never met stand for."""
        words = [_plain_word(unit) for unit in units]
        terms = self.terms
        stems = self._analyzer.plain_terms([word for word in words if word])
        numbers = iter([terms.setdefault(stem, len(terms)) for stem in stems])
        return np.array(
            [next(numbers) if word else self._value(unit) for unit, word in zip(units, words, strict=True)], np.int32
        )

    def _value(self, unit: str) -> int:
        """What a unit stands for, found by the Analyzer."""
        terms = self.terms
        numbers = [terms.setdefault(term, len(terms)) for term in self._analyzer.terms(unit)]
        if len(numbers) == 1:
            value = numbers[0]
        else:
            value = -1 - len(self._several)
            self._several.append(numbers)
        return value


def _plain_word(unit: str) -> str:
    """The one word of a unit of ASCII in lower case, "" where that is less simple."""
    if unit.isalpha() or (unit.isalnum() and unit[0].isdigit()):
        return unit.lower()
    possessive = unit[-2:] in ("'s", "’s") and unit[:-2].isalpha()
    return unit[:-2].lower() if possessive else ""


def _units(low: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places]:
    """Where the units of the text begin and stop; none crosses the bound of a window."""
    kinds = classes(low, _TABLE)
    words = kinds & _WORD
    begins, stops = runs(words)
    bounds = np.stack([starts, ends], axis=1).ravel()  # ascending
    inside = np.unique(bounds[(words[bounds] & words[bounds - 1]).view(np.bool_) & (bounds > 0)])
    if len(inside):  # a window begins or ends within a word
        inside = inside[~np.isin(inside, begins) & ~np.isin(inside, stops)]
        begins, stops = np.sort(np.append(begins, inside)), np.sort(np.append(stops, inside))
    gaps = begins[1:] - stops[:-1]
    after = stops[:-1]
    joined = (gaps == 1) & ((kinds[after] & _JOINT) > 0)
    joined |= (gaps == 2) & (low[after] == ord(".")) & (low[after + 1] == APOSTROPHE)
    at = np.flatnonzero(joined)
    joined[at] = np.searchsorted(bounds, begins[at + 1], side="right") == np.searchsorted(bounds, stops[at])
    apart = np.flatnonzero(~joined)
    if not len(begins):
        return begins, stops
    return begins[np.concatenate([[0], apart + 1])], stops[np.concatenate([apart, [len(stops) - 1]])]


class _Table:
    """Numbers by exact keys of 16 bytes, in open addressing; the first half of a key is never 0."""

    def __init__(self, bits: int = 16) -> None:
        self._bits = bits
        self._rows = np.zeros((1 << bits, 3), np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def find(self, key: Keys, rest: Keys) -> tuple[NDArray[np.int32], Places]:
        """The number of each key, and which ones are missing."""
        slots = self._slots(key, rest)
        rows = self._rows.take(slots, axis=0)
        values = rows[:, 2].astype(np.int32)
        missing = []
        pending = np.flatnonzero((rows[:, 0] != key) | (rows[:, 1] != rest))
        found = rows[pending, 0]
        while len(pending):
            free = found == 0
            missing.append(pending[free])
            pending = pending[~free]
            slots[pending] = (slots[pending] + 1) & (len(self._rows) - 1)
            rows = self._rows[slots[pending]]
            hit = (rows[:, 0] == key[pending]) & (rows[:, 1] == rest[pending])
            values[pending[hit]] = rows[hit, 2].astype(np.int32)
            pending, found = pending[~hit], rows[~hit, 0]
        return values, np.concatenate([np.empty(0, np.int64), *missing])

    def add(self, key: Keys, rest: Keys, values: NDArray[np.int32]) -> None:
        """Takes keys that are missing, each once."""
        self._count += len(key)
        if self._count * 2 > len(self._rows):
            old = self._rows[self._rows[:, 0] > 0]
            while self._count * 3 > 1 << self._bits:
                self._bits += 1
            self._rows = np.zeros((1 << self._bits, 3), np.uint64)
            self._place(old)
        self._place(np.stack([key, rest, values.astype(np.int64).view(np.uint64)], axis=1))

    def _place(self, rows: NDArray[np.uint64]) -> None:
        slots = self._slots(rows[:, 0], rows[:, 1])
        while len(rows):
            free = np.flatnonzero(self._rows[slots, 0] == 0)
            self._rows[slots[free]] = rows[free]  # of several for one slot, one stays
            left = (self._rows[slots, :2] != rows[:, :2]).any(axis=1)
            rows, slots = rows[left], (slots[left] + 1) & (len(self._rows) - 1)

    def _slots(self, key: Keys, rest: Keys) -> Places:
        mixed = rest * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed ^= key
        mixed *= np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xD6E8FEB86659FD93)
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)
