"""How much a term counts in a passage: the TF-IDF family, from term counts to impacts.

A passage has three fields: its text, the title of its document, and its heading path. Every weighting sees
how often each term stands in each field, and gives each (term, passage) pair one impact. The score of a
passage is the sum, over the question's terms, of impact times question weight.

Notation: ``N`` passages; ``df(t)`` passages that hold term t in any field; ``tf_f(t, d)`` how often t stands
in field f of passage d; ``len_f(d)`` the terms of that field; ``avg_f`` its mean over all passages; ``w_f``
the weight of the field. A field of weight 0 is not indexed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingError
from index.data.counts import Counts
from index.data.statistics import Statistics
from index.settings import WeightingSettings


class Weighting(Protocol):
    """Gives postings their impacts and a question's terms their weights.

    ``by_count`` says that a term's weight is its count in the question, whatever else stands there.
    """

    name: str
    by_count: bool

    def impacts(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float32]:
        """The impact of each row of the counts: float32 (rows,)."""
        ...

    def idf(self, document_frequencies: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """How much a term tells, from the number of passages that hold it."""
        ...

    def question_weights(self, counts: NDArray[np.float64], idf: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weight of each distinct known term of a question, from its count there and its idf."""
        ...


class _Bm25Family(ABC):
    """What BM25 and BM25F share.

    idf(t) = ln(1 + (N - df(t) + 0.5) / (df(t) + 0.5)), as in Lucene: never negative. A term counts as often
    as it stands in the question.
    """

    name = ""
    by_count = True

    def idf(self, document_frequencies: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """How much a term tells: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        frequencies = document_frequencies.astype(np.float64)
        return np.log1p((passages - frequencies + 0.5) / (frequencies + 0.5))

    def question_weights(self, counts: NDArray[np.float64], idf: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ARG002
        """The count of each term in the question."""
        return counts

    def impacts(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float32]:
        """The idf times the saturated frequency: float32 (rows,)."""
        frequency = self._frequency(counts, statistics, settings)
        saturated = frequency / (frequency + settings.k1)
        idf = self.idf(statistics.document_frequencies, statistics.passages)
        return (saturated * idf[counts.terms]).astype(np.float32)

    @abstractmethod
    def _frequency(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float64]:
        """The frequency of each row, its fields weighed together and normalised for length."""


class Bm25(_Bm25Family):
    """BM25 as Lucene computes it: impact = idf(t) tf / (tf + k1 (1 - b + b len / avg)).

    ``tf = sum_f w_f tf_f``, and the length likewise: with the title and heading weights 0 this is BM25 of
    the text alone (Robertson & Zaragoza 2009, section 3.5, without the constant factor k1 + 1, which Lucene
    dropped in version 8 since it changes no order).
    """

    name = "bm25"

    def _frequency(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float64]:
        weights = settings.field_weights
        lengths = _weighed(weights, counts.lengths)
        mean = sum(weight * float(mean) for weight, mean in zip(weights, statistics.mean_lengths, strict=True))
        return _weighed(weights, counts.frequencies) / _length_factor(lengths, mean, settings.b)[counts.passages]


class Bm25f(_Bm25Family):
    """BM25F: each field's frequency is divided by its own length factor, then weighted and added.

    tf(t, d) = sum_f w_f tf_f(t, d) / (1 - b_f + b_f len_f(d) / avg_f); impact = idf(t) tf / (tf + k1)
    (Robertson & Zaragoza 2009, section 3.6). A long heading path therefore costs the text nothing.
    """

    name = "bm25f"

    def _frequency(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float64]:
        total = np.zeros(len(counts.passages))
        for field, (weight, mean) in enumerate(zip(settings.field_weights, statistics.mean_lengths, strict=True)):
            if weight:
                factor = _length_factor(
                    counts.lengths[field], float(mean), settings.b if field == 0 else settings.field_b
                )
                # Most terms stand in the text alone; adding 0 for the other fields would change nothing.
                held = slice(None) if field == 0 else np.flatnonzero(counts.frequencies[field])
                frequencies = counts.frequencies[field][held].astype(np.float64)
                total[held] += weight * frequencies / factor[counts.passages[held]]
        return total


class Tfidf:
    """Cosine of TF-IDF vectors, equal to scikit-learn's ``TfidfVectorizer(sublinear_tf=True)`` on the same terms.

    weight(t, d) = (1 + ln tf) idf(t) with idf(t) = ln((1 + N) / (1 + df(t))) + 1 and tf = sum_f w_f tf_f (a tf
    below 1, which only field weights can give, stands for itself). Passage and question vectors are divided
    by their l2 norm; terms of the question that no passage holds do not count.
    """

    name = "tfidf"
    by_count = False

    def impacts(self, counts: Counts, statistics: Statistics, settings: WeightingSettings) -> NDArray[np.float32]:
        """The component of each row in its passage's unit vector: float32 (rows,)."""
        idf = self.idf(statistics.document_frequencies, statistics.passages)
        weights = _sublinear(_weighed(settings.field_weights, counts.frequencies)) * idf[counts.terms]
        squares = np.bincount(counts.passages, weights=weights**2, minlength=counts.lengths.shape[1])
        return (weights / np.sqrt(squares)[counts.passages]).astype(np.float32)

    def idf(self, document_frequencies: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """How much a term tells: ln((1 + N) / (1 + df)) + 1."""
        return np.log((1.0 + passages) / (1.0 + document_frequencies.astype(np.float64))) + 1.0

    def question_weights(self, counts: NDArray[np.float64], idf: NDArray[np.float64]) -> NDArray[np.float64]:
        """The components of the question's unit vector."""
        weights = _sublinear(counts) * idf
        norm = float(np.sqrt(weights @ weights))
        return weights / norm if norm else weights


def _length_factor(lengths: NDArray[np.float64] | NDArray[np.int32], mean: float, b: float) -> NDArray[np.float64]:
    """1 - b + b len / avg for each passage; 1 where that is 0, which only an empty field can give."""
    factor: NDArray[np.float64] = 1.0 - b + b * (lengths / mean) if mean > 0 else np.ones(len(lengths))
    factor[factor <= 0.0] = 1.0
    return factor


def _weighed(weights: Sequence[float], fields: Sequence[NDArray[Any]] | NDArray[Any]) -> NDArray[np.float64]:
    """The weighted sum of the fields, each element for itself: equal whatever stands beside it."""
    total = np.zeros(len(fields[0]))
    for weight, field in zip(weights, fields, strict=True):
        total += weight * field.astype(np.float64)
    return total


def _sublinear(frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(frequencies > 1.0, 1.0 + np.log(np.maximum(frequencies, 1.0)), frequencies)


WEIGHTINGS: tuple[Weighting, ...] = (Bm25f(), Bm25(), Tfidf())


def weighting(name: str) -> Weighting:
    """The weighting of that name.

    Raises SettingError for a name that is not in WEIGHTINGS.

    >>> weighting("bm25").name
    'bm25'
    """
    for candidate in WEIGHTINGS:
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in WEIGHTINGS)
    raise SettingError(f"weighting {name!r} is not known; expected one of: {known}")
