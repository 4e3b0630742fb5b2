"""The search of ``index.ranking.topk`` as plain loops, compiled by numba: the same passages with the same scores.

Import it where numba is installed (extra ``[fast]``) and the half second that numba takes to load is worth it:
``index.ranking.loading`` does so after many questions, ``index.ranking.topk`` for batches. Without numba the functions
are plain Python: right, and far too slow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

_LONG = 2048  # rows: before a list as long as this is taken, looking up a few passages in all others pays

_Function = TypeVar("_Function", bound=Callable[..., Any])


def in_machine_code(function: _Function) -> _Function:
    """The function in machine code, kept beside this file for the next process where that can be written."""
    try:
        from numba import njit
    except ImportError:
        return function
    try:
        compiled: Any = njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder that a compiled function can be kept in
        compiled = njit(nogil=True)(function)
    return cast(_Function, compiled)


class Lists(NamedTuple):
    """The rows of the terms of one or more questions, and for frequent terms a bit for each passage.

    ``rows`` int32 and ``impacts`` float32 are all postings. For each term, in the order of the question:
    ``starts`` and ``stops`` int64, ``weights`` and ``bounds`` float64, and ``slots`` int64, -1 for none: the line
    of ``bits`` uint64 that tells which passages hold the term, 64 a word, and of ``ranks`` int32, how many of
    them come before each word.
    """

    rows: NDArray[np.int32]
    impacts: NDArray[np.float32]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    weights: NDArray[np.float64]
    bounds: NDArray[np.float64]
    slots: NDArray[np.int64]
    bits: NDArray[np.uint64]
    ranks: NDArray[np.int32]


@in_machine_code
def mark(rows: NDArray[np.int32], bits: NDArray[np.uint64], ranks: NDArray[np.int32]) -> None:
    """Sets the bit of every passage of a frequent term, and counts those before each word of 64."""
    for passage in rows:
        bits[passage >> 6] |= np.uint64(1) << np.uint64(passage & 63)
        ranks[passage >> 6] += 1
    before = 0
    for word in range(len(ranks)):
        count = ranks[word]
        ranks[word] = before
        before += count


@in_machine_code
def _ones(word: np.uint64) -> int:
    """How many bits of a word are set (Warren, "Hacker's Delight", section 5-1)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    word += word >> np.uint64(8)
    word += word >> np.uint64(16)
    word += word >> np.uint64(32)
    return int(word & np.uint64(0x7F))


@in_machine_code
def _place(rows: NDArray[np.int32], start: int, stop: int, passage: int) -> int:
    """The first place from ``start`` to ``stop`` whose row is not before the passage, found fastest near ``start``."""
    low, high, step = start, start, 1
    while high < stop and rows[high] < passage:
        low = high + 1
        high += step
        step *= 2
    high = min(high, stop)
    while low < high:
        middle = (low + high) >> 1
        if rows[middle] < passage:
            low = middle + 1
        else:
            high = middle
    return low


@in_machine_code
def _rank(bits: NDArray[np.uint64], ranks: NDArray[np.int32], slot: int, passage: int) -> int:
    """How many rows of a frequent term come before a passage that it holds; -1 where it does not."""
    word, bit = bits[slot, passage >> 6], np.uint64(passage & 63)
    if (word >> bit) & np.uint64(1):
        return int(ranks[slot, passage >> 6]) + _ones(word & ((np.uint64(1) << bit) - np.uint64(1)))
    return -1


@in_machine_code
def _keep(values: NDArray[np.float32], passages: NDArray[np.int32], count: int, value: float, passage: int) -> int:
    """Puts a value into a heap of the highest, lowest first, that holds as many as there is room for."""
    room = len(values)
    if count < room:
        place = count
        while place > 0 and values[(place - 1) >> 1] > value:
            values[place] = values[(place - 1) >> 1]
            passages[place] = passages[(place - 1) >> 1]
            place = (place - 1) >> 1
        values[place] = value
        passages[place] = passage
        return count + 1
    if value <= values[0]:
        return count
    place, child = 0, 1
    while child < room:
        if child + 1 < room and values[child + 1] < values[child]:
            child += 1
        if values[child] >= value:
            break
        values[place] = values[child]
        passages[place] = passages[child]
        place, child = child, 2 * child + 1
    values[place] = value
    passages[place] = passage
    return count


@in_machine_code
def _take(
    lists: Lists,
    term: int,
    sums: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    values: NDArray[np.float32],
    passages: NDArray[np.int32],
    reached: float,
) -> int:
    """Adds what a term gives to the sums, and collects the highest of them that are more than ``reached``."""
    rows, impacts, weight = lists.rows, lists.impacts, np.float32(lists.weights[term])
    count, least, room, every = 0, np.float32(reached), len(values), len(allowed) == 0
    for at in range(lists.starts[term], lists.stops[term]):
        passage = rows[at]
        if every or allowed[passage]:
            value = sums[passage] + impacts[at] * weight
            sums[passage] = value
            if value > least:
                count = _keep(values, passages, count, value, passage)
                if count == room:
                    least = max(least, values[0])
    return count


@in_machine_code
def _completed(
    lists: Lists, terms: NDArray[np.int64], values: NDArray[np.float32], passages: NDArray[np.int32]
) -> float:
    """The least of some sums after what the terms add to them."""
    rows, impacts, starts, stops, weights, _, slots, bits, ranks = lists
    sums = values.copy()
    for term in terms:
        start, stop, slot, weight = int(starts[term]), int(stops[term]), int(slots[term]), np.float32(weights[term])
        for each in range(len(sums)):
            if slot >= 0:
                rank = _rank(bits, ranks, slot, passages[each])
                if rank >= 0:
                    sums[each] += impacts[start + rank] * weight
            else:
                at = _place(rows, start, stop, passages[each])
                if at < stop and rows[at] == passages[each]:
                    sums[each] += impacts[at] * weight
    least = sums.min()
    return float(least)


@in_machine_code
def _collect(  # noqa: C901 - one loop: a call for each passage would cost more than its work
    lists: Lists,
    order: NDArray[np.int64],
    taken: int,
    rests: NDArray[np.float32],
    sums: NDArray[np.float32],
    values: NDArray[np.float32],
    passages: NDArray[np.int32],
    reached: float,
    tolerance: np.float32,
) -> NDArray[np.int32]:
    """The passages that may be among the best, ascending, each once; the sums are 0 again after it."""
    rows, impacts, starts, stops, weights, _, slots, bits, ranks = lists
    found, totals = np.empty(4 * len(values) + 64, np.int32), np.empty(4 * len(values) + 64, np.float32)
    others = order[taken:]
    places = np.empty(len(others), np.int64)
    least, number, count = np.float32(reached * tolerance), 0, 0
    for term in order[:taken]:
        places[:] = starts[others]
        for row in range(starts[term], stops[term]):
            passage = rows[row]
            value = sums[passage]
            sums[passage] = 0.0
            if value <= 0.0 or value + rests[taken] < least:
                continue
            for each in range(len(others)):
                if value + rests[taken + each] < least:
                    break
                other = others[each]
                slot = slots[other]
                if slot >= 0:
                    rank = _rank(bits, ranks, slot, passage)
                    if rank >= 0:
                        value += impacts[starts[other] + rank] * np.float32(weights[other])
                else:
                    at = _place(rows, places[each], stops[other], passage)
                    places[each] = at
                    if at < stops[other] and rows[at] == passage:
                        value += impacts[at] * np.float32(weights[other])
            if value < least:
                continue
            count = _keep(values, passages, count, value, passage)
            if count == len(values):
                least = max(least, np.float32(values[0] * tolerance))
            if number == len(found):
                number = _thin(found, totals, least)
                if 2 * number > len(found):
                    found, totals = np.append(found, found), np.append(totals, totals)
            found[number], totals[number] = passage, value
            number += 1
    found = found[: _thin(found[:number], totals, least)]
    found.sort()
    return found


@in_machine_code
def _thin(passages: NDArray[np.int32], values: NDArray[np.float32], least: np.float32) -> int:
    """Moves those whose value is not below ``least`` to the front, and gives their number."""
    number = 0
    for each in range(len(passages)):
        if values[each] >= least:
            passages[number], values[number] = passages[each], values[each]
            number += 1
    return number


@in_machine_code
def _ranked(lists: Lists, passages: NDArray[np.int32], numbers: NDArray[np.int64], scores: NDArray[np.float32]) -> int:
    """Writes the best of ascending passages, with their scores: sums in the order of the terms; gives how many."""
    rows, impacts, starts, stops, weights, _, slots, bits, ranks = lists
    sums = np.zeros(len(passages), np.float64)
    for term in range(len(starts)):
        start, stop, slot, weight = int(starts[term]), int(stops[term]), int(slots[term]), weights[term]
        place = start
        for each in range(len(passages)):
            if slot >= 0:
                rank = _rank(bits, ranks, slot, passages[each])
                if rank >= 0:
                    sums[each] += np.float64(impacts[start + rank]) * weight
            else:
                place = _place(rows, place, stop, passages[each])
                if place < stop and rows[place] == passages[each]:
                    sums[each] += np.float64(impacts[place]) * weight
    exact = sums.astype(np.float32)
    keys = -exact.view(np.int32).astype(np.int64)  # floats above 0 are in the order of their bits
    for each in range(len(keys)):
        keys[each] = (keys[each] << 32) + each
    keys.sort()
    number = 0
    for key in keys[: len(numbers)]:
        each = key & 0xFFFFFFFF
        if exact[each] > 0.0:
            numbers[number], scores[number] = passages[each], exact[each]
            number += 1
    return number


@in_machine_code
def search(
    lists: Lists,
    allowed: NDArray[np.bool_],
    sums: NDArray[np.float32],
    numbers: NDArray[np.int64],
    scores: NDArray[np.float32],
) -> int:
    """How many passages were found for one question; ``numbers`` and ``scores`` are filled with them, best first.

    ``allowed`` says which passages may be found, all where it is empty; ``sums`` has a 0 for each passage.
    """
    terms, k = len(lists.starts), len(numbers)
    tolerance = np.float32(1.0 - 2.0**-20 * (terms + 4))
    order = np.arange(terms)
    for place in range(1, terms):  # by bounds, highest first
        term, to = order[place], place
        while to > 0 and lists.bounds[order[to - 1]] < lists.bounds[term]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = term
    rests = np.zeros(terms + 1, np.float32)
    for place in range(terms - 1, -1, -1):
        rests[place] = rests[place + 1] + np.float32(lists.bounds[order[place]])
    values, passages = np.empty(k, np.float32), np.empty(k, np.int32)
    reached, taken, count = 0.0, 0, 0
    for term in order:
        if count == k and lists.stops[term] - lists.starts[term] >= _LONG and rests[taken] >= reached * tolerance:
            reached = max(reached, _completed(lists, order[taken:], values, passages))
        if rests[taken] < reached * tolerance:
            break
        count = _take(lists, int(term), sums, allowed, values, passages, reached)
        taken += 1
        if count == k:
            reached = max(reached, float(values[0]))
    if count == k and taken < terms:
        reached = max(reached, _completed(lists, order[taken:], values, passages))
    found = _collect(lists, order, taken, rests, sums, values, passages, reached, tolerance)
    return _ranked(lists, found, numbers, scores)


@in_machine_code
def search_many(
    lists: Lists,
    firsts: NDArray[np.int64],
    allowed: NDArray[np.bool_],
    sums: NDArray[np.float32],
    numbers: NDArray[np.int64],
    scores: NDArray[np.float32],
    counts: NDArray[np.int64],
) -> None:
    """``search`` for many questions: the terms of each begin at ``firsts``, and its hits fill one line."""
    for each in range(len(counts)):
        first, last = firsts[each], firsts[each + 1]
        terms = Lists(
            lists.rows,
            lists.impacts,
            lists.starts[first:last],
            lists.stops[first:last],
            lists.weights[first:last],
            lists.bounds[first:last],
            lists.slots[first:last],
            lists.bits,
            lists.ranks,
        )
        counts[each] = search(terms, allowed, sums, numbers[each], scores[each])
