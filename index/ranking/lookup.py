"""The terms of questions, looked up in an index: what each tells, and where its postings lie."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from index.data.postings import Postings
from index.data.statistics import Statistics
from index.data.vocabulary import Vocabulary
from index.ranking.search import QuestionTerm
from index.ranking.stretches import Stretch
from index.ranking.weighting import Weighting
from index.terms.analysis import Analyzer

_TERM_LIMIT = 20_000  # about ten megabytes: a service must not grow with what it is asked


class Known(NamedTuple):
    """A term looked up: what is told of it where it stands once in a question, its number and its rows.

    The number is -1 for a term that the index does not hold. The rows are as of a term of weight 1, None where
    there are none.
    """

    told: QuestionTerm
    number: int
    stretch: Stretch | None


class Lookup(dict[str, Known]):
    """The terms asked for lately; one that is missing is looked up when it is asked for."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        postings: Postings,
        statistics: Statistics,
        analyzer: Analyzer,
        weighting: Weighting,
    ) -> None:
        super().__init__()
        self.analyzer = analyzer
        self.digits = vocabulary.starting("0", "9")
        self._vocabulary = vocabulary
        self._postings = postings
        self._statistics = statistics
        self._weighting = weighting

    def __missing__(self, term: str) -> Known:
        number = self._vocabulary.find(term)
        stretch, held = None, 0
        if number is not None:
            start, stop = self._postings.starts[number : number + 2].tolist()
            held = int(self._statistics.document_frequencies[number])
            highest = float(self._postings.impacts[start:stop].max(initial=0.0))
            stretch = Stretch(number, start, stop, 1.0, highest) if held else None
        idf = float(self._weighting.idf(np.array([held], np.int64), self._statistics.passages)[0])
        known = Known(QuestionTerm(term, 1, held, idf), -1 if number is None else number, stretch)
        if len(self) >= _TERM_LIMIT:
            self.clear()
        self[term] = known
        return known

    def question(self, question: str) -> tuple[tuple[QuestionTerm, ...], list[Stretch]]:
        """The distinct terms of a question in its order, and the rows of those that any passage holds."""
        asked = self.analyzer.question(question).ranking
        distinct = dict.fromkeys(asked)
        known = list(map(self.__getitem__, distinct))
        if len(distinct) == len(asked):
            terms = tuple([each.told for each in known])
            stretches = [each.stretch for each in known if each.stretch is not None]
        else:
            counted = list(zip(known, Counter(asked).values(), strict=True))
            terms = tuple([each.told if n == 1 else each.told.counting(n) for each, n in counted])
            stretches = [
                each.stretch if n == 1 else each.stretch.weighing(n) for each, n in counted if each.stretch is not None
            ]
        if self._weighting.by_count:
            return terms, stretches
        found = [term for term in terms if term.passages]
        weights = self._weighting.question_weights(
            np.array([term.count for term in found], np.float64), np.array([term.idf for term in found])
        )
        return terms, [stretch.weighing(weight) for stretch, weight in zip(stretches, weights.tolist(), strict=True)]
