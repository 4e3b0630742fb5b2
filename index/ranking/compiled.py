"""The compiled loops over an index: memory for the search, and threads; the look at evidence. Needs ``[fast]``."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.data.sequences import Sequences
from index.ranking import closeness, kernel
from index.ranking.evidence import KINDS, Sought

if TYPE_CHECKING:
    from index.ranking.stretches import Ranked, Stretch

_SHORT = 256  # rows: fewer are looked up as fast without a bit for each passage
_BITS = 1 << 26  # bytes at most for those bits
_SLOTS = 4096
_CHUNK = 500  # questions a thread takes at once
_UNMET = -2  # the line of bits of a term that no question held yet


@cache
def available() -> bool:
    """Whether numba is installed, and can be imported beside this numpy."""
    try:
        import numba  # noqa: F401
    except (ImportError, AttributeError, OSError):
        return False
    return True


class Fast:
    """Finds the best of a number of ``passages`` over postings in compiled loops; threads may share it."""

    def __init__(
        self, starts: NDArray[np.int64], rows: NDArray[np.int32], impacts: NDArray[np.float32], passages: int
    ) -> None:
        self._starts = starts
        self._rows, self._impacts = _unwritable(rows), _unwritable(impacts)  # one type, so compiled once
        self._passages = passages
        words = passages // 64 + 1
        slots = max(1, min(_SLOTS, _BITS // (12 * words)))
        self._frequent = max(_SHORT, 8 * passages // slots)  # about as many terms have so many rows as there are slots
        self._bits = np.zeros((slots, words), np.uint64)
        self._ranks = np.zeros((slots, words), np.int32)
        self._used = 0
        # Of each term: its line of bits or -1, and its highest impact, from when it is first met.
        self._slots = np.full(len(starts) - 1, _UNMET, np.int64)
        self._highest = np.zeros(len(starts) - 1, np.float64)
        self._lock = threading.Lock()
        self._sums: list[NDArray[np.float32]] = []

    def best_of_many(self, questions: Iterable[Sequence[Stretch]], k: int, threads: int) -> list[Ranked]:
        """``best`` for each of the questions, on so many threads; questions are drawn while others are searched for."""
        drawn = iter(questions)
        chunks = iter(lambda: list(islice(drawn, _CHUNK)), [])
        if threads == 1:
            return [found for chunk in chunks for found in self.best(chunk, k)]
        with ThreadPoolExecutor(threads) as pool:
            return [found for chunk in list(pool.map(lambda chunk: self.best(chunk, k), chunks)) for found in chunk]

    def best(
        self, questions: Sequence[Sequence[Stretch]], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[Ranked]:
        """``Ranker.best`` for each of the questions, among the passages that are allowed, or all."""
        k = max(1, min(k, self._passages))
        firsts = np.array([0, *accumulate(map(len, questions))], np.int64)
        flat = [stretch for stretches in questions for stretch in stretches]
        terms = np.array([stretch.number for stretch in flat], np.int64)
        weights = np.array([stretch.weight for stretch in flat], np.float64)
        slots = self._slots[terms]
        if slots.min(initial=0) == _UNMET:
            for at in np.flatnonzero(slots == _UNMET).tolist():
                self._meet(flat[at])
            slots = self._slots[terms]
        lists = kernel.Lists(
            rows=self._rows,
            impacts=self._impacts,
            starts=self._starts[terms],
            stops=self._starts[terms + 1],
            weights=weights,
            bounds=weights * self._highest[terms],
            slots=slots,
            bits=self._bits,
            ranks=self._ranks,
        )
        numbers = np.empty((len(questions), k), np.int64)
        scores = np.empty((len(questions), k), np.float32)
        counts = np.zeros(len(questions), np.int64)
        every = allowed if allowed is not None else np.empty(0, np.bool_)
        sums = self._sums.pop() if self._sums else np.zeros(self._passages, np.float32)
        kernel.search_many(lists, firsts, every, sums, numbers, scores, counts)
        self._sums.append(sums)
        return [(found[:n], reached[:n]) for found, reached, n in zip(numbers, scores, counts.tolist(), strict=True)]

    def _meet(self, stretch: Stretch) -> None:
        """Takes down what is to be known of a term; a frequent one gets a line of bits while there are any left."""
        with self._lock:
            if self._slots[stretch.number] != _UNMET:
                return
            rows = self._rows[stretch.start : stretch.stop]
            if len(rows) != stretch.stop - stretch.start or (
                len(rows) and not 0 <= rows.min() <= rows.max() < self._passages
            ):
                raise IndexError("postings name passages that do not exist")  # compiled loops would not notice
            slot = -1
            if stretch.stop - stretch.start >= self._frequent and self._used < len(self._bits):
                slot = self._used
                self._used += 1
                kernel.mark(rows, self._bits[slot], self._ranks[slot])
            self._highest[stretch.number] = stretch.highest
            self._slots[stretch.number] = slot  # last: from here on other threads use it


def shares(
    sought: Sought, sequences: Sequences, segments: NDArray[np.int64], digits: tuple[int, int]
) -> NDArray[np.float64]:
    """The shares that ``index.ranking.evidence.shares`` gives."""
    terms, starts = _unwritable(sequences.terms), _unwritable(sequences.segment_starts)
    found = np.empty((len(segments), KINDS))
    if not closeness.look(closeness.Looked(terms, starts, *digits, sought), segments, found):
        raise IndexError("passages name sentences that do not exist")
    return found


def compile_shares() -> None:
    """Compiles ``shares``, or loads what was compiled before."""
    sequences = Sequences(np.zeros(0, np.int32), np.zeros(1, np.int64), np.zeros((1, 0), np.int32))
    weights, steps = np.zeros(0, np.float64), np.zeros(0, np.int64)
    sought = Sought(np.zeros(0, np.int32), weights, weights, steps, weights, steps, weights, False)
    shares(sought, sequences, np.zeros((0, 2), np.int64), (0, 0))


def _unwritable(numbers: NDArray[Any]) -> NDArray[Any]:
    view = numbers.view()
    view.flags.writeable = False
    return view
