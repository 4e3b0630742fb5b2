"""Evidence that term counts do not see: which of a question's terms stand together, and how closely.

The best passages by term weights are looked at once more, as sequences of terms. Each kind of evidence is a
share from 0 to 1 of what the question offers, weighed by idf; a passage's score grows by the best score times
the weighted sum of its shares. The sums of scores stay in the weighting's own unit, and a passage that was
not looked at cannot pass one that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.english.units import AMOUNTS, AMOUNTS_OF
from corpus.patterns import pattern
from index.data.sequences import Sequences
from index.ranking.search import QuestionTerm
from index.terms.analysis import Analyzer

_ASKS_FOR_NUMBER = pattern(
    rf"\b(when|how ({'|'.join(AMOUNTS_OF)})|(what|which|whose) ({'|'.join(AMOUNTS)}))\b", re.IGNORECASE
)

KINDS = 5  # of evidence
LIKELY = 4096  # a power of two far above the number of terms in a question


class Sought(NamedTuple):
    """The known terms of a question, prepared for looking at passages; its terms are in the order of ``numbers``.

    ``numbers`` int32 (terms,) are those of the index, ascending. ``content`` and ``names`` float64 (terms,) are the
    weights of terms that are no function words, and of names; each array of weights sums to 1 or holds only 0.
    ``pairs`` int64 (pairs,), ascending, are the neighbours: the place of the first times the number of terms, and
    that of the second. ``triples`` int64 (triples,) are neighbouring pairs in the same way.
    """

    numbers: NDArray[np.int32]
    content: NDArray[np.float64]
    names: NDArray[np.float64]
    pairs: NDArray[np.int64]
    pair_weights: NDArray[np.float64]
    triples: NDArray[np.int64]
    triple_weights: NDArray[np.float64]
    asks_for_number: bool


def sought_terms(question: str, analyzer: Analyzer, known: Iterable[tuple[int, QuestionTerm]]) -> Sought:
    """The terms of a question to look for: those ``known``, which rank, each with its number in the index."""
    ordered = sorted(known)
    rows = {term.term: row for row, (_, term) in enumerate(ordered)}
    idf = [term.idf for _, term in ordered]
    content = [term.term not in analyzer.stop_terms for _, term in ordered]
    named, sequence = [False] * len(ordered), []
    for place, word in enumerate(analyzer.words(question)):
        row = rows.get(analyzer.term(word), -1)
        sequence.append(row)
        # A name or a number; the first word of a question always has a capital.
        if row >= 0 and (word[0].isdigit() or (place > 0 and word[0].isupper())):
            named[row] = True
    pairs, weights, steps = _runs(sequence, idf, content)
    triples, triple_weights, _ = _runs(steps, weights, [True] * len(weights))
    return Sought(
        np.array([number for number, _ in ordered], np.int32),
        _normalised([weight if kept else 0.0 for weight, kept in zip(idf, content, strict=True)]),
        _normalised([weight if kept else 0.0 for weight, kept in zip(idf, named, strict=True)]),
        np.array(pairs, np.int64),
        np.array(weights, np.float64),
        np.array(triples, np.int64),
        np.array(triple_weights, np.float64),
        _ASKS_FOR_NUMBER.search(question) is not None,
    )


def shares(
    sought: Sought, sequences: Sequences, segments: NDArray[np.int64], digits: tuple[int, int]
) -> NDArray[np.float64]:
    """The shares of evidence in passages: float64 (passages, kinds), each from 0 to 1.

    ``segments`` int64 (passages, 2) bounds the segments of each passage; ``digits`` the numbers of the terms
    that begin with a digit.
    """
    counts = segments[:, 1] - segments[:, 0]
    firsts = np.cumsum(counts) - counts
    chosen = np.arange(int(counts.sum())) + np.repeat(segments[:, 0] - firsts, counts)
    starts, ends = sequences.segment_starts[chosen], sequences.segment_starts[chosen + 1]
    bounds = zip(starts[firsts].tolist(), ends[firsts + counts - 1].tolist(), strict=True)
    terms = np.concatenate([sequences.terms[start:end] for start, end in bounds])
    places, rows = _asked_for(terms, sought)
    sentence_ends = np.cumsum(ends - starts)
    sentence_of = np.searchsorted(sentence_ends, places, side="right")

    def best(values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The best sentence of each passage."""
        highest: NDArray[np.float64] = np.maximum.reduceat(values, firsts)
        return highest

    held = _held(sentence_of, rows, len(starts), len(sought.numbers))
    in_sentence = weighed(held, sought.content)
    in_passage = np.maximum.reduceat(held, firsts)
    inside = (places[1:] == places[:-1] + 1) & (sentence_of[1:] == sentence_of[:-1])
    pairs = _next_to(rows, len(sought.numbers), sought.pairs, inside)
    triples = _next_to(pairs, len(sought.pairs), sought.triples, inside[:-1])
    with_number = np.zeros(len(starts))
    if sought.asks_for_number:
        number = (terms >= digits[0]) & (terms < digits[1])
        number[places] = False  # those that the question has are not the answer
        with_number[np.searchsorted(sentence_ends, np.flatnonzero(number), side="right")] = 1.0
    columns = (
        best(in_sentence),
        best(weighed(_held(sentence_of[:-1], pairs, len(starts), len(sought.pairs)), sought.pair_weights)),
        best(weighed(_held(sentence_of[:-2], triples, len(starts), len(sought.triples)), sought.triple_weights)),
        weighed(in_passage, sought.names),
        best(in_sentence * with_number),
    )
    return np.array(columns).T.copy()


def weighed(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of each line, each column times its weight; added from left to right, as the compiled loops do."""
    sums = np.zeros(len(values))
    for column in np.flatnonzero(weights).tolist():
        sums += values[:, column] * weights[column]
    return sums


def _asked_for(terms: NDArray[np.int32], sought: Sought) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the question's terms among some terms, and which of them each is."""
    likely = np.zeros(LIKELY, np.bool_)  # most terms are none of them: a look at their lowest bits tells, and fast
    likely[sought.numbers & (LIKELY - 1)] = True
    places = np.flatnonzero(likely[terms & (LIKELY - 1)])
    found = terms[places]
    rows = sought.numbers.searchsorted(found)
    kept = sought.numbers.take(rows, mode="clip") == found
    return places[kept], rows[kept]


def _runs(
    sequence: Sequence[int], weights: Sequence[float], content: Sequence[bool]
) -> tuple[list[int], list[float], list[int]]:
    """The distinct steps from one row to the next, ascending; their weights, which sum to 1; the step at each place.

    A step is the first row times the number of rows, and the second; it needs content. At a place it is named by its
    own place among the distinct ones, or is -1.
    """
    rows, counts, walked = len(weights), dict[int, int](), list[int]()
    for one, other in pairwise(sequence):
        step = one * rows + other if one >= 0 and other >= 0 and (content[one] or content[other]) else -1
        walked.append(step)
        if step >= 0:
            counts[step] = counts.get(step, 0) + 1
    steps = sorted(counts)
    sums = [counts[step] * (weights[step // rows] + weights[step % rows]) for step in steps]
    total = fsum(sums)
    places = {step: place for place, step in enumerate(steps)}
    return steps, [each / total for each in sums] if total > 0 else sums, [places.get(step, -1) for step in walked]


def _normalised(weights: list[float]) -> NDArray[np.float64]:
    total = fsum(weights)
    return np.array([weight / total for weight in weights] if total > 0 else weights, np.float64)


def _next_to(
    rows: NDArray[np.intp], count: int, steps: NDArray[np.int64], inside: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """For each row but the last, which step it makes with the next one; -1 for none. There are ``count`` rows."""
    found = np.full(len(inside), -1, np.intp)
    if len(steps):
        near = np.flatnonzero(inside & (rows[:-1] >= 0) & (rows[1:] >= 0))
        taken = rows[near] * count + rows[near + 1]
        places = steps.searchsorted(taken)
        known = steps.take(places, mode="clip") == taken
        found[near[known]] = places[known]
    return found


def _held(sentence_of: NDArray[np.intp], rows: NDArray[np.intp], sentences: int, count: int) -> NDArray[np.float64]:
    """Which rows each sentence holds: 0 or 1, float64 (sentences, count)."""
    held = np.zeros((sentences, count))
    found = np.flatnonzero(rows >= 0)
    held[sentence_of[found], rows[found]] = 1.0
    return held
