"""The compiled search of ``index.kernel`` over an index: memory for it, and threads. Needs the extra ``[fast]``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index import kernel

if TYPE_CHECKING:
    from index.topk import Found, Stretch

_SHORT = 256  # rows: fewer are looked up as fast without a bit for each passage
_BITS = 1 << 26  # bytes at most for those bits
_SLOTS = 4096
_CHUNK = 64  # questions a thread takes at once


@cache
def available() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


class Fast:
    """Finds the best of a number of ``passages`` over postings in compiled loops; threads may share it."""

    def __init__(self, rows: NDArray[np.int32], impacts: NDArray[np.float32], passages: int) -> None:
        self._rows, self._impacts = _unwritable(rows), _unwritable(impacts)  # one type, so compiled once
        self._passages = passages
        words = passages // 64 + 1
        slots = max(1, min(_SLOTS, _BITS // (12 * words)))
        self._frequent = max(_SHORT, 8 * passages // slots)  # about as many terms have so many rows as there are slots
        self._bits = np.zeros((slots, words), np.uint64)
        self._ranks = np.zeros((slots, words), np.int32)
        self._slots: dict[int, int] = {}
        self._lock = threading.Lock()
        self._sums: list[NDArray[np.float32]] = []

    def best(
        self,
        questions: Sequence[Sequence[Stretch]],
        k: int,
        *,
        threads: int = 1,
        allowed: NDArray[np.bool_] | None = None,
    ) -> list[Found]:
        """``Ranker.best`` for each of the questions, among the passages that are allowed, or all."""
        k = max(1, min(k, self._passages))
        firsts = np.zeros(len(questions) + 1, np.int64)
        np.cumsum([len(stretches) for stretches in questions], out=firsts[1:])
        flat = [stretch for stretches in questions for stretch in stretches]
        starts, stops, weights, bounds = zip(*flat, strict=True) if flat else ((), (), (), ())
        lists = kernel.Lists(
            rows=self._rows,
            impacts=self._impacts,
            starts=np.array(starts, np.int64),
            stops=np.array(stops, np.int64),
            weights=np.array(weights, np.float64),
            bounds=np.array(bounds, np.float64),
            slots=np.array([self._slot(stretch) for stretch in flat], np.int64),
            bits=self._bits,
            ranks=self._ranks,
        )
        numbers = np.empty((len(questions), k), np.int64)
        scores = np.empty((len(questions), k), np.float32)
        counts = np.zeros(len(questions), np.int64)
        every = allowed if allowed is not None else np.empty(0, np.bool_)

        def search(first: int, last: int) -> None:
            sums = self._sums.pop() if self._sums else np.zeros(self._passages, np.float32)
            part = slice(first, last)
            kernel.search_many(lists, firsts[first : last + 1], every, sums, numbers[part], scores[part], counts[part])
            self._sums.append(sums)

        if threads > 1 and len(questions) > _CHUNK:
            with ThreadPoolExecutor(threads) as pool:
                bounds_ = range(0, len(questions), _CHUNK)
                list(pool.map(lambda first: search(first, min(first + _CHUNK, len(questions))), bounds_))
        else:
            search(0, len(questions))
        return [
            (line[:count].copy(), values[:count].copy())
            for line, values, count in zip(numbers, scores, counts.tolist(), strict=True)
        ]

    def _slot(self, stretch: Stretch) -> int:
        """The line of bits of a frequent term, made when it is first asked for; -1 for any other."""
        if stretch.stop - stretch.start < self._frequent:
            return -1
        slot = self._slots.get(stretch.start)
        if slot is None:
            with self._lock:
                slot = self._slots.get(stretch.start)
                if slot is None:
                    slot = len(self._slots) if len(self._slots) < len(self._bits) else -1
                    if slot >= 0:
                        kernel.mark(self._rows[stretch.start : stretch.stop], self._bits[slot], self._ranks[slot])
                        self._slots[stretch.start] = slot
        return slot


def _unwritable(numbers: NDArray[Any]) -> NDArray[Any]:
    view = numbers.view()
    view.flags.writeable = False
    return view
