"""The best passages over the postings of some terms: exact, without looking at most of the rows.

MaxScore (Turtle & Flood 1995, "Query evaluation: strategies and optimizations"), a term at a time. Terms are
taken in the order of the most that they can add. Once the k-th best sum so far is more than all terms that are
left can add together, a passage that holds none of the terms taken cannot be among the best: the long lists of
frequent terms, which add little, are then only asked about the passages that can still get there.

Sums on the way are in single precision and only decide what is looked at, with a tolerance; the scores that
come out are summed in double precision in the order of the question's terms, as a sum over all rows would be.
``index.ranking.kernel`` does the same in compiled loops where numba is installed; batches load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.ranking.stretches import Ranked, Stretch

if TYPE_CHECKING:
    from index.ranking.compiled import Fast

_LONG = 8192  # rows: before a list as long as this is taken, looking up a few passages in all others pays
_BATCH = 5000  # questions that make up for the time that the compiled search takes to load


class Ranker:
    """Finds the best of a number of ``passages`` over postings; threads may share it.

    ``rows`` int32 are passages, ascending within each term, and ``impacts`` float32 belong to them; ``starts``
    int64 (terms + 1,) tells where the rows of each term begin.
    """

    def __init__(
        self, starts: NDArray[np.int64], rows: NDArray[np.int32], impacts: NDArray[np.float32], passages: int
    ) -> None:
        self._starts = starts
        self._rows = rows
        self._impacts = impacts
        self._passages = passages
        self._sums: list[NDArray[np.float32]] = []  # a 0 for each passage, one array for each thread that ranks
        self._fast: Fast | None = None

    def load(self) -> bool:
        """Whether the compiled search is used from now on: it is where numba is installed."""
        if self._fast is None:
            from index.ranking.compiled import Fast, available

            if available():
                fast = Fast(self._starts, self._rows, self._impacts, self._passages)
                fast.best([[]], 1)  # compiles it
                self._fast = fast
        return self._fast is not None

    def best(self, stretches: Sequence[Stretch], k: int, within: NDArray[np.int64] | None = None) -> Ranked:
        """The ``k`` best passages, ties by number, only those with a score above 0.

        Where ``within`` is given (int64, ascending), no others are found.
        """
        allowed = None
        if within is not None:
            if 16 * len(within) <= sum(stretch.stop - stretch.start for stretch in stretches):
                return self._top(within.astype(np.int32), stretches, k)
            allowed = np.zeros(self._passages, np.bool_)
            allowed[within] = True
        if self._fast is not None:
            return self._fast.best([stretches], k, allowed)[0]
        return self._top(self._candidates(stretches, k, allowed), stretches, k)

    def best_of_many(self, questions: Iterable[Sequence[Stretch]], k: int, threads: int) -> list[Ranked]:
        """``best`` for each of many questions, on so many threads where the compiled search is there."""
        if self._fast is None:
            questions = list(questions)
            if len(questions) >= _BATCH:
                self.load()
        if self._fast is not None:
            return self._fast.best_of_many(questions, k, threads)
        return [self.best(stretches, k) for stretches in questions]

    def _top(self, passages: NDArray[np.int32], stretches: Sequence[Stretch], k: int) -> Ranked:
        """The best ``k`` among some passages, by the sum of what every term gives them."""
        sums = np.zeros(len(passages))
        for stretch in stretches:
            found, impacts = self._find(stretch, passages)
            sums[found] += impacts * np.float64(stretch.weight)
        scores = sums.astype(np.float32)
        order = np.lexsort((passages, -scores))[:k]
        order = order[scores[order] > 0]
        return passages[order].astype(np.int64), scores[order]

    def _candidates(self, stretches: Sequence[Stretch], k: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.int32]:
        """Passages, each once, among which are the ``k`` best and all that tie with the last of them."""
        tolerance = 1.0 - 2.0**-20 * (len(stretches) + 4)  # far above what rounding to single precision can do
        ordered = sorted(stretches, key=lambda stretch: -stretch.bound)
        rests = np.cumsum([0.0, *(stretch.bound for stretch in reversed(ordered))])[::-1].tolist()
        sums = self._sums.pop() if self._sums else np.zeros(self._passages, np.float32)
        reached, taken = 0.0, list[NDArray[np.intp]]()
        at, values = np.empty(0, np.intp), np.empty(0, np.float32)
        for place, stretch in enumerate(ordered):
            if taken and stretch.stop - stretch.start >= _LONG and rests[place] >= reached:
                reached = max(reached, self._reached(at, values, ordered[place:], k))
            if rests[place] < reached * tolerance:
                break
            at = self._rows[stretch.start : stretch.stop].astype(np.intp)
            values = self._impacts[stretch.start : stretch.stop] * np.float32(stretch.weight)
            if allowed is not None:
                kept = np.flatnonzero(allowed[at])
                at, values = at[kept], values[kept]
            if taken:
                values += sums[at]
            sums[at] = values
            taken.append(at)
            reached = max(reached, _kth(values, k))
        left, rests = ordered[len(taken) :], rests[len(taken) :]
        if left:
            reached = max(reached, self._reached(at, values, left, k))
        parts, totals = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
        for at in taken:
            values = sums[at]
            sums[at] = 0  # so that a passage is collected once, and all is as it was
            kept = np.flatnonzero((values >= reached * tolerance - rests[0]) & (values > 0))
            parts.append(at[kept].astype(np.int32))
            totals.append(values[kept])
        self._sums.append(sums)
        passages, values = np.concatenate(parts), np.concatenate(totals)
        order = np.argsort(passages, kind="stable")  # they are looked up faster in order
        passages, values = passages[order], values[order]
        for stretch, rest in zip(left, rests, strict=False):
            reached = max(reached, _kth(values, k))
            kept = np.flatnonzero(values >= reached * tolerance - rest)
            passages, values = passages[kept], values[kept]
            found, impacts = self._find(stretch, passages)
            values[found] += impacts * np.float32(stretch.weight)
        reached = max(reached, _kth(values, k))
        kept = np.flatnonzero(values >= reached * tolerance)
        return passages[kept]

    def _reached(self, at: NDArray[np.intp], values: NDArray[np.float32], left: Sequence[Stretch], k: int) -> float:
        """A score that ``k`` passages reach at least: the highest values, with what the terms left add to them."""
        some = np.flatnonzero(values >= _kth(values, k))[: 4 * k]
        passages, values = at[some].astype(np.int32), values[some]
        for stretch in left:
            found, impacts = self._find(stretch, passages)
            values[found] += impacts * np.float32(stretch.weight)
        return _kth(values, k)

    def _find(self, stretch: Stretch, passages: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Which of some passages hold a term, and its impacts there."""
        rows = self._rows[stretch.start : stretch.stop]
        if not len(rows):
            return np.empty(0, np.intp), np.empty(0, np.float32)
        at = rows.searchsorted(passages)
        found = np.flatnonzero(rows.take(at, mode="clip") == passages)
        return found, self._impacts[stretch.start : stretch.stop].take(at[found])


def _kth(values: NDArray[np.float32], k: int) -> float:
    """A value that at least ``k`` of the values reach: the k-th highest, or near it; 0 where there are fewer."""
    if len(values) < k:
        return 0.0
    height = len(values) // max(16 * k, 256)
    if height > 1:  # the highest of disjoint groups, one of each: far faster
        width = len(values) // height
        values = values[: height * width].reshape(height, width).max(axis=0)
    return float(np.partition(values, len(values) - k)[len(values) - k])
