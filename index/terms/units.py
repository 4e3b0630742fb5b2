"""Terms of many texts at once: words are found in arrays of bytes, and each distinct one is analysed once.

A unit is the longest stretch whose words could depend on each other: "Serbia's", "1,200", "U.S.", "Mi35" and
"hyphen-" with what follows on the next line are one unit each. Nearly all are single words of ASCII; those of up to
16 bytes are looked up by numpy, in lower case, in a table of exact keys, the rest one by one. A unit met for the
first time goes through the Analyzer itself, so the terms are the Analyzer's, whatever the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from corpus.characters import APOSTROPHE, BYTE_ORDER, WORDLIKE, classes, runs, table_of
from corpus.patterns import pattern
from index.terms.analysis import BROKEN_LINE, Analyzer

Places = NDArray[np.int64]
Keys = NDArray[np.uint64]

_WORD, _JOINT = 1, 2
_TABLE = table_of(
    {
        _WORD: b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + bytes([WORDLIKE, BYTE_ORDER]),
        _JOINT: b".,'",
    }
)
_BROKEN = pattern(f"(?:(?<=[^\\W\\d_])|(?=\u00ad)){BROKEN_LINE}(?![ \t])")
_BLANK = np.frombuffer(table_of({1: b"\n\r\t "}), np.bool_)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_BEYOND_ASCII = np.uint64(0x8080808080808080)
_LONGEST_KEY = 16  # bytes
_NO_KEY = np.uint64(1)  # stands in for what is no exact key: no word begins with that byte
_LONGEST_KNOWN = 64  # characters of a longer key that is remembered
_KNOWN_LIMIT = 2_000_000  # units remembered; about 150 MB


class UnitTerms:
    """The terms of texts as numbers, given in the order in which the terms are met; ``terms`` has them all."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.terms: defaultdict[str, int] = defaultdict()
        self.terms.default_factory = self.terms.__len__
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
        begins, stops = _units(text, low[: len(text)], starts, ends)
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
        key = words.take(begins)
        key &= _MASKS.take(size, mode="clip")
        rest = np.zeros(len(key), np.uint64)
        long = np.flatnonzero(size > 8)
        rest[long] = words[np.minimum(begins[long] + 8, len(low) - 8)] & _MASKS.take(size[long] - 8, mode="clip")
        rare = np.flatnonzero((size > _LONGEST_KEY) | (((key | rest) & _BEYOND_ASCII) > 0))
        key[rare], rest[rare] = _NO_KEY, 0
        values, missing = self._table.find(key, rest)
        if len(missing):
            order = missing[np.lexsort((rest[missing], key[missing]))]
            new = np.ones(len(order), np.bool_)
            new[1:] = (key[order[1:]] != key[order[:-1]]) | (rest[order[1:]] != rest[order[:-1]])
            first = order[new]
            found = self._of_new(text, key[first], rest[first], begins[first], stops[first])
            self._table.add(key[first], rest[first], found)
            values[order] = found[np.cumsum(new) - 1]
        if len(rare):
            values[rare] = self._of_rare(_windows(text, begins[rare], stops[rare]))
        return values

    def _of_new(self, text: str, key: Keys, rest: Keys, begins: Places, stops: Places) -> NDArray[np.int32]:
        """What units with exact keys that were never met stand for."""
        plain, words = _plain_words(np.stack([key, rest], axis=1))
        values = np.empty(len(key), np.int32)
        values[plain] = list(map(self.terms.__getitem__, self._analyzer.plain_terms(words)))
        values[~plain] = self._analysed(_windows(text, begins[~plain], stops[~plain]))
        return values

    def _of_rare(self, units: list[str]) -> list[int]:
        """What units without an exact key stand for."""
        known = self._rare
        new = [unit for unit in dict.fromkeys(units) if unit not in known]
        known.update(zip(new, self._analysed(new), strict=True))
        values = [known[unit] for unit in units]
        for unit in new:
            if len(unit) > _LONGEST_KNOWN:
                del known[unit]
        return values

    def _analysed(self, units: list[str]) -> list[int]:
        """What units stand for, found by the Analyzer."""
        starts, length = [], 0
        for unit in units:
            starts.append(length)
            length += len(unit) + 1
        numbers: list[list[int]] = [[] for _ in units]
        for term, start, _ in self._analyzer.tokens(" ".join(units)):
            numbers[bisect_right(starts, start) - 1].append(self.terms[term])
        values = []
        for some in numbers:
            if len(some) == 1:
                values.append(some[0])
            else:
                self._several.append(some)
                values.append(-len(self._several))
        return values


def _windows(text: str, starts: Places, ends: Places) -> list[str]:
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _plain_words(keys: Keys) -> tuple[NDArray[np.bool_], list[str]]:
    """Which of the keys (units, 2) are one word and nothing else, unless it is the "'s" of a possessive; these words.

    A word that the Analyzer leaves whole is of letters, or of digits and letters after a digit.
    """
    signs = keys.view(np.uint8)
    letter = (signs - ord("a")) < 26
    digit = (signs - ord("0")) < 10
    sizes = (signs > 0).sum(axis=1)
    letters = letter.sum(axis=1)
    rows, last = np.arange(len(keys)), np.maximum(sizes - 1, 1)
    owner = (letters == sizes - 1) & (signs[rows, last - 1] == APOSTROPHE) & (signs[rows, last] == ord("s"))
    plain = (letters == sizes) | (digit[:, 0] & (letters + digit.sum(axis=1) == sizes)) | owner
    lines = np.full((len(keys), _LONGEST_KEY + 1), ord("\n"), np.uint8)
    lines[:, :_LONGEST_KEY] = signs
    lines[rows[owner], last[owner]] = lines[rows[owner], last[owner] - 1] = 0
    words = lines[plain].tobytes().replace(b"\0", b"").decode("ascii").split("\n")
    return plain, words[:-1]


def _may_break(text: str, low: NDArray[np.uint8], after: Places, gaps: Places) -> NDArray[np.bool_]:
    """Whether a word could go on after the signs that follow it: a hyphen, or a line end after a soft one."""
    first = low[after]
    may: NDArray[np.bool_] = (first == ord("-")) & (gaps > 1)
    if "\u2010" in text:
        may |= (first >= 128) & (gaps > 1)
    if "\u00ad" in text:
        may |= (low[after - 1] >= 128) & _BLANK[first]
    return may


def _units(text: str, low: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places]:
    """Where the units of the text begin and stop; none crosses the bound of a window."""
    kinds = classes(low, _TABLE)
    words = kinds & _WORD
    begins, stops = runs(words)
    bounds = np.stack([starts, ends], axis=1).ravel()  # ascending
    inside = bounds[(words[bounds] & words[bounds - 1]).view(np.bool_) & (bounds > 0)]
    if len(inside):  # a window begins or ends within a word
        inside = np.unique(inside)
        inside = inside[~np.isin(inside, begins) & ~np.isin(inside, stops)]
        begins, stops = np.sort(np.append(begins, inside)), np.sort(np.append(stops, inside))
    gaps = begins[1:] - stops[:-1]
    after = stops[:-1]
    joined = (gaps == 1) & ((kinds[after] & _JOINT) > 0)
    joined |= (gaps == 2) & (low[after] == ord(".")) & (low[after + 1] == APOSTROPHE)
    for place in np.flatnonzero(
        _may_break(text, low, after, gaps)
    ).tolist():  # a word hyphenated over a line end is one
        stop = int(after[place])
        joined[place] = _BROKEN.search(text, stop - 1, stop + int(gaps[place])) is not None
    at = np.flatnonzero(joined)
    joined[at] = np.searchsorted(bounds, begins[at + 1], side="right") == np.searchsorted(bounds, stops[at])
    apart = np.flatnonzero(~joined)
    if not len(begins):
        return begins, stops
    return begins[np.concatenate([[0], apart + 1])], stops[np.concatenate([apart, [len(stops) - 1]])]


class _Table:
    """Numbers by exact keys of 16 bytes: rows in the order in which they came, found by open addressing."""

    def __init__(self) -> None:
        self._bits = 17
        self._slots = np.zeros(1 << self._bits, np.int32)  # the row of the key there; 0 where there is none
        self._keys, self._rests = np.zeros((2, 1 << 14), np.uint64)
        self._values = np.zeros(1 << 14, np.int32)
        self._count = 1  # rows; the first is no key's
        self.add(np.array([_NO_KEY]), np.zeros(1, np.uint64), np.zeros(1, np.int32))

    def __len__(self) -> int:
        return self._count

    def find(self, key: Keys, rest: Keys) -> tuple[NDArray[np.int32], Places]:
        """The number of each key, and which ones are missing."""
        slots = self._slots_of(key, rest)
        rows = self._slots.take(slots)
        pending = np.flatnonzero((self._keys.take(rows) != key) | (self._rests.take(rows) != rest))
        key, rest, slots, found = key[pending], rest[pending], slots[pending], rows[pending]
        missing = []
        while len(pending):
            taken = found > 0
            missing.append(pending[~taken])
            pending, key, rest, slots = pending[taken], key[taken], rest[taken], slots[taken]
            slots = (slots + 1) & (len(self._slots) - 1)
            found = self._slots.take(slots)
            rows[pending] = found
            other = (self._keys.take(found) != key) | (self._rests.take(found) != rest)
            pending, key, rest, slots, found = pending[other], key[other], rest[other], slots[other], found[other]
        return self._values.take(rows), np.concatenate([np.empty(0, np.int64), *missing])

    def add(self, key: Keys, rest: Keys, values: NDArray[np.int32]) -> None:
        """Takes keys that are missing, each once."""
        first, self._count = self._count, self._count + len(key)
        if self._count > len(self._keys):
            room = 2 * self._count
            self._keys, self._rests, self._values = (
                np.concatenate([column[:first], np.zeros(room - first, column.dtype)])
                for column in (self._keys, self._rests, self._values)
            )
        for column, more in ((self._keys, key), (self._rests, rest), (self._values, values)):
            column[first : self._count] = more
        if self._count << 2 > len(self._slots):
            self._bits = (self._count << 3).bit_length()
            self._slots = np.zeros(1 << self._bits, np.int32)
            first = 1
        self._place(np.arange(first, self._count, dtype=np.int32))

    def _place(self, rows: NDArray[np.int32]) -> None:
        slots = self._slots_of(self._keys[rows], self._rests[rows])
        while len(rows):
            free = self._slots[slots] == 0
            self._slots[slots[free]] = rows[free]  # of several for one slot, one stays
            left = self._slots[slots] != rows
            rows, slots = rows[left], (slots[left] + 1) & (len(self._slots) - 1)

    def _slots_of(self, key: Keys, rest: Keys) -> Places:
        mixed = rest * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed ^= key
        mixed *= np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xD6E8FEB86659FD93)
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)
