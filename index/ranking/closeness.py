"""The shares of ``index.ranking.evidence`` as plain loops, compiled by numba: the same numbers to the last bit.

Import it where numba is installed (extra ``[fast]``); see ``index.ranking.kernel``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.ranking.evidence import LIKELY, Sought
from index.ranking.kernel import in_machine_code


class Looked(NamedTuple):
    """The terms of all passages in order, and those that are sought in them.

    The terms from ``first_digit`` to before ``last_digit`` begin with a digit.
    """

    terms: NDArray[np.int32]
    segment_starts: NDArray[np.int64]
    first_digit: int
    last_digit: int
    sought: Sought


@in_machine_code
def _row(ascending: NDArray[np.int32] | NDArray[np.int64], wanted: int) -> int:
    """The place of a number among ascending ones; -1 where it is not."""
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) >> 1
        if ascending[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(ascending) and ascending[low] == wanted else -1


@in_machine_code
def _told(met: NDArray[np.int64], at: int, weights: NDArray[np.float64]) -> float:
    """The sum of the weights of those last met there, from first to last."""
    told = 0.0
    for row in range(len(weights)):
        if met[row] == at:
            told += weights[row]
    return told


@in_machine_code
def look(  # noqa: C901 - one loop, as in ``index.ranking.kernel``
    looked: Looked, segments: NDArray[np.int64], found: NDArray[np.float64]
) -> bool:
    """Fills a line of five shares for each passage; ``segments`` int64 (passages, 2) bounds the segments of each.

    False where a segment is not there.
    """
    terms, segment_starts, first_digit, last_digit, asked = looked
    numbers, content, names, pairs, pair_weights, triples, triple_weights, asks_for_number = asked
    likely = np.zeros(LIKELY, np.bool_)
    for number in numbers:
        likely[number & (LIKELY - 1)] = True
    in_passage = np.full(len(numbers), -1, np.int64)
    in_segment = np.full(len(numbers), -1, np.int64)
    pair_met, triple_met = np.full(len(pairs), -1, np.int64), np.full(len(triples), -1, np.int64)
    for passage in range(len(segments)):
        sentence_best, pair_best, triple_best, number_best = 0.0, 0.0, 0.0, 0.0
        if not 0 <= segments[passage, 0] <= segments[passage, 1] < len(segment_starts):
            return False
        for segment in range(segments[passage, 0], segments[passage, 1]):
            any_term, any_pair, any_triple, other_number = False, False, False, False
            row_before, pair_before = -1, -1
            if not 0 <= segment_starts[segment] <= segment_starts[segment + 1] <= len(terms):
                return False
            for at in range(segment_starts[segment], segment_starts[segment + 1]):
                term = terms[at]
                row = _row(numbers, term) if likely[term & (LIKELY - 1)] else -1
                pair = -1
                if row >= 0:
                    in_segment[row], in_passage[row], any_term = segment, passage, True
                    if row_before >= 0:
                        pair = _row(pairs, row_before * len(numbers) + row)
                        if pair >= 0:
                            pair_met[pair], any_pair = segment, True
                            if pair_before >= 0:
                                triple = _row(triples, pair_before * len(pairs) + pair)
                                if triple >= 0:
                                    triple_met[triple], any_triple = segment, True
                elif first_digit <= term < last_digit:
                    other_number = True
                row_before, pair_before = row, pair
            if any_term:
                told = _told(in_segment, segment, content)
                sentence_best = max(sentence_best, told)
                if asks_for_number and other_number:
                    number_best = max(number_best, told)
            if any_pair:
                pair_best = max(pair_best, _told(pair_met, segment, pair_weights))
            if any_triple:
                triple_best = max(triple_best, _told(triple_met, segment, triple_weights))
        found[passage, 0] = sentence_best
        found[passage, 1] = pair_best
        found[passage, 2] = triple_best
        found[passage, 3] = _told(in_passage, passage, names)
        found[passage, 4] = number_best
    return True
