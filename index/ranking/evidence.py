"""Evidence that term counts do not see: which of a question's terms stand together, and how closely.

The best passages by term weights are looked at once more, as sequences of terms. Each kind of evidence is a
share from 0 to 1 of what the question offers, weighed by idf; a passage's score grows by the best score times
the weighted sum of its shares. The sums of scores stay in the weighting's own unit, and a passage that was
not looked at cannot pass one that was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.patterns import pattern
from index.data.sequences import Sequences
from index.terms.analysis import Analyzer

_ASKS_FOR_NUMBER = pattern(
    r"\b(when|how (many|much|long|old|far|tall|high|big|large|often|deep|fast)"
    r"|(what|which|whose) (year|date|day|month|century|decade|time|percent|percentage|number|amount|age|population))\b",
    re.IGNORECASE,
)

_LIKELY = 4096  # a power of two far above the number of terms in a question


class SoughtTerms:
    """The known terms of a question, prepared for looking at passages.

    ``numbers`` gives the term number of each distinct known term that ranks, and ``idf`` what it tells.
    """

    def __init__(self, question: str, analyzer: Analyzer, numbers: dict[str, int], idf: NDArray[np.float64]) -> None:
        names = list(numbers)
        content = np.array([name not in analyzer.stop_terms for name in names])
        rows = {name: row for row, name in enumerate(names)}
        self.numbers = np.array([numbers[name] for name in names], np.int32)
        self.order = np.argsort(self.numbers)
        self.ascending = self.numbers[self.order]
        self.content = _normalised(idf * content)
        tokens = analyzer.tokens(question)
        sequence = [rows.get(token.term, -1) for token in tokens]
        named = {
            row
            for place, (token, row) in enumerate(zip(tokens, sequence, strict=True))
            if _is_name(question[token.start], first=place == 0)
        }
        self.names = _normalised(idf * np.array([row in named for row in range(len(names))]))
        self.pairs, self.pair_weights = _runs(pairwise(sequence), idf, content)
        steps = [self.pairs.get(pair, -1) for pair in pairwise(sequence)]
        weights = self.pair_weights
        self.triples, self.triple_weights = _runs(pairwise(steps), weights, np.ones(len(weights), np.bool_))
        self.asks_for_number = _ASKS_FOR_NUMBER.search(question) is not None


def shares(
    sought: SoughtTerms, sequences: Sequences, segments: NDArray[np.int64], digits: tuple[int, int]
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
    in_sentence = held @ sought.content
    in_passage = np.maximum.reduceat(held, firsts)
    inside = (places[1:] == places[:-1] + 1) & (sentence_of[1:] == sentence_of[:-1])
    pairs = _next_to(rows, sought.pairs, inside)
    triples = _next_to(pairs, sought.triples, inside[:-1])
    with_number = np.zeros(len(starts))
    if sought.asks_for_number:
        number = (terms >= digits[0]) & (terms < digits[1])
        number[places] = False  # those that the question has are not the answer
        with_number[np.searchsorted(sentence_ends, np.flatnonzero(number), side="right")] = 1.0
    columns = (
        best(in_sentence),
        best(_held(sentence_of[:-1], pairs, len(starts), len(sought.pairs)) @ sought.pair_weights),
        best(_held(sentence_of[:-2], triples, len(starts), len(sought.triples)) @ sought.triple_weights),
        in_passage @ sought.names,
        best(in_sentence * with_number),
    )
    return np.array(columns).T.copy()


def _asked_for(terms: NDArray[np.int32], sought: SoughtTerms) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the question's terms among some terms, and which of them each is."""
    likely = np.zeros(_LIKELY, np.bool_)  # most terms are none of them: a look at their lowest bits tells, and fast
    likely[sought.numbers & (_LIKELY - 1)] = True
    places = np.flatnonzero(likely[terms & (_LIKELY - 1)])
    found = terms[places]
    at = sought.ascending.searchsorted(found)
    kept = sought.ascending.take(at, mode="clip") == found
    return places[kept], sought.order[at[kept]]


def _is_name(sign: str, *, first: bool) -> bool:
    """Whether a word of a question that begins so is a name or a number; its first word always has a capital."""
    return sign.isdigit() or (sign.isupper() and not first)


def _runs(
    steps: Iterable[tuple[int, int]], weights: NDArray[np.float64], content: NDArray[np.bool_]
) -> tuple[dict[tuple[int, int], int], NDArray[np.float64]]:
    """The distinct steps with their places, and the weight of each, which sum to 1; a step needs content."""
    counts = Counter(step for step in steps if min(step) >= 0 and (content[step[0]] or content[step[1]]))
    sums = np.array([count * (weights[one] + weights[other]) for (one, other), count in counts.items()])
    return {step: place for place, step in enumerate(counts)}, _normalised(sums)


def _normalised(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(weights.sum())
    return weights / total if total > 0 else weights


def _next_to(rows: NDArray[np.intp], steps: dict[tuple[int, int], int], inside: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each row but the last, which step it makes with the next one; -1 for none."""
    found = np.full(len(inside), -1, np.intp)
    if steps:
        near = np.flatnonzero(inside & (rows[:-1] >= 0) & (rows[1:] >= 0))
        found[near] = [steps.get(step, -1) for step in zip(rows[near].tolist(), rows[near + 1].tolist(), strict=True)]
    return found


def _held(sentence_of: NDArray[np.intp], rows: NDArray[np.intp], sentences: int, count: int) -> NDArray[np.float64]:
    """Which rows each sentence holds: 0 or 1, float64 (sentences, count)."""
    held = np.zeros((sentences, count))
    found = np.flatnonzero(rows >= 0)
    held[sentence_of[found], rows[found]] = 1.0
    return held
