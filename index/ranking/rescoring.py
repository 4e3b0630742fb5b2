"""The second look at the best passages, with evidence that term counts do not see."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from index.data.sequences import Sequences
from index.ranking.evidence import shares, sought_terms, weighed
from index.ranking.lookup import Lookup
from index.ranking.search import Hits, QuestionTerm
from index.ranking.stretches import Ranked
from index.settings import EvidenceSettings

Segments = Callable[[NDArray[np.int64]], tuple[Sequences, NDArray[np.int64]]]
"""Gives sequences that hold some passages, and the bounds of the segments of each: int64 (passages, 2)."""


class Rescoring:
    """Looks at the best passages of an index once more; ``segments`` gives their terms in order."""

    def __init__(self, lookup: Lookup, segments: Segments) -> None:
        self._lookup = lookup
        self._segments = segments
        self._look = shares

    def load(self) -> bool:
        """Whether compiled code looks at the passages from now on: it does where numba is installed."""
        from index.ranking import compiled

        if self._look is shares and compiled.available():
            compiled.compile_shares()
            self._look = compiled.shares
        return self._look is not shares

    def hits(
        self, question: str, k: int, terms: tuple[QuestionTerm, ...], ranked: Ranked, settings: EvidenceSettings
    ) -> Hits:
        """The ``k`` best hits, after the first of those that ranked were looked at once more."""
        found, scores = ranked
        if settings.depth and len(found):
            shares = self.shares(question, terms, found[: settings.depth], settings)
            told = weighed(shares, np.array(settings.weights))
            scores[: settings.depth] += (float(scores[0]) * told).astype(np.float32)
            order = np.lexsort((found, -scores))[:k]
            return Hits(found[order], scores[order], terms)
        return Hits(found[:k], scores[:k], terms) if len(found) > k else Hits(found, scores, terms)

    def shares(
        self,
        question: str,
        terms: tuple[QuestionTerm, ...],
        passages: NDArray[np.int64],
        settings: EvidenceSettings,
    ) -> NDArray[np.float64]:
        """The shares of evidence in passages: float64 (passages, kinds), from 0 to 1."""
        held = [(self._lookup[term.term].number, term) for term in terms if term.passages]
        if not held or not len(passages):
            return np.zeros((len(passages), len(settings.weights)))
        sought = sought_terms(question, self._lookup.analyzer, held)
        return self._look(sought, *self._segments(passages), self._lookup.digits)
