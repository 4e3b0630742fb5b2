"""Ranks passages for a question: reads the postings of its terms and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage
from corpus.errors import SettingError
from index.analysis import Analyzer
from index.evidence import Asked, Sequences, shares
from index.tables import Facts, Fingerprint, Tables
from index.vocabulary import Vocabulary
from index.weighting import weighting

if TYPE_CHECKING:
    from index.build import IndexSettings


_MET_LIMIT = 10_000  # about a megabyte


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passages hold each term, and with what impact; the rows of one term lie together.

    ``starts`` int64 (terms + 1,): where the rows of each term begin. ``passages`` int32 (rows,), ascending
    within a term. ``impacts`` float32 (rows,).
    """

    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    impacts: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """A distinct term of a question: how often it stands there, in how many passages, and what it tells.

    ``idf`` is the weighting's; of a term that no passage holds it is that of a frequency of 0.
    """

    term: str
    count: int
    passages: int
    idf: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The best passages for a question, best first, ties in the order of the passage numbers.

    ``numbers`` int64 (hits,) and ``scores`` float32 (hits,), greater than 0; ``terms`` are the distinct terms
    that ranked, in the order of the question.
    """

    numbers: NDArray[np.int64]
    scores: NDArray[np.float32]
    terms: tuple[QuestionTerm, ...]

    def __len__(self) -> int:
        return len(self.numbers)


def _lower_bound(scores: NDArray[np.float32], k: int) -> float:
    """A score above 0 that the ``k`` best reach, and few more: the k-th best of the maxima of disjoint groups."""
    height = max(1, min(128, len(scores) // (8 * k)))
    width = len(scores) // height
    least = float(np.finfo(np.float32).tiny)
    if width < k:
        return least
    maxima = scores[: height * width].reshape(height, width).max(axis=0)
    return max(least, float(np.partition(maxima, width - k)[width - k]))


class Index:
    """Passages of documents, ranked by the terms of a question. Immutable: threads may share it.

    A passage's number is its place in reading order, from 0.

    >>> from corpus.documents import Document, Section
    >>> from index.build import build_index
    >>> text = "Tea was first drunk in China."
    >>> index = build_index([Document("tea", "Tea", text, (Section((), 0, 29),), "tea.txt")])
    >>> hits = index.search("Where was tea drunk?", k=3)
    >>> index.passage(int(hits.numbers[0])).text
    'Tea was first drunk in China.'
    """

    def __init__(
        self,
        settings: IndexSettings,
        tables: Tables,
        vocabulary: Vocabulary,
        postings: Postings,
        sequences: Sequences,
    ) -> None:
        self.settings = settings
        self.tables = tables
        self.vocabulary = vocabulary
        self.postings = postings
        self.sequences = sequences
        self.analyzer = Analyzer(settings.analysis)
        self._weighting = weighting(settings.weighting.name)
        self._digits = vocabulary.starting("0", "9")
        self._met: dict[str, int] = {}  # documents of passages met lately, by id: saves looking them up by name

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.tables.passages)

    @property
    def document_count(self) -> int:
        """The number of documents."""
        return len(self.tables.document_order)

    def search(self, question: str, k: int = 10) -> Hits:
        """The ``k`` best passages for a question; fewer where fewer hold a term of it.

        Raises SettingError where ``k`` is below 1.
        """
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        terms, numbers = self._question(question)
        known = [term for term in terms if term.passages]
        if not known:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32), terms)
        weights = self._weighting.question_weights(
            np.array([term.count for term in known], np.float64), np.array([term.idf for term in known])
        )
        settings = self.settings.evidence
        found, scores = self._best([self._place(numbers[term.term]) for term in known], weights, max(k, settings.depth))
        if settings.depth:
            shares = self._shares(question, known, numbers, found[: settings.depth])
            scores[: settings.depth] += (float(scores[0]) * (shares @ settings.weights)).astype(np.float32)
            order = np.lexsort((found, -scores))
            found, scores = found[order], scores[order]
        return Hits(found[:k], scores[:k], terms)

    def evidence(self, question: str, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """The shares of evidence of a question in passages: float64 (passages, kinds), from 0 to 1.

        The kinds are those that EvidenceSettings names, in its order.
        """
        terms, numbers = self._question(question)
        return self._shares(question, [term for term in terms if term.passages], numbers, passages)

    def _question(self, question: str) -> tuple[tuple[QuestionTerm, ...], dict[str, int]]:
        """The terms that rank, and the numbers of those that the index holds."""
        counts = Counter(self.analyzer.question_terms(question))
        found = {term: self.vocabulary.find(term) for term in counts}
        numbers = {term: number for term, number in found.items() if number is not None}
        places = {term: self._place(number) for term, number in numbers.items()}
        frequencies = [stop - start for start, stop in (places.get(term, (0, 0)) for term in counts)]
        idf = self._weighting.idf(np.array(frequencies, np.int64), len(self)).tolist()
        return tuple(map(QuestionTerm, counts, counts.values(), frequencies, idf)), numbers

    def _shares(
        self, question: str, known: list[QuestionTerm], numbers: dict[str, int], passages: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        if not known or not len(passages):
            return np.zeros((len(passages), len(self.settings.evidence.weights)))
        idf = {term.term: term.idf for term in known}
        asked = Asked(question, self.analyzer, {term: numbers[term] for term in idf}, np.array(list(idf.values())))
        rows = self.tables.passages[passages]
        first = rows["sentence"] + passages  # each passage has a label before its sentences
        segments = np.stack([first, first + rows["sentences"] + 1], axis=1)
        return shares(asked, self.sequences, segments, self._digits)

    def _best(
        self, places: list[tuple[int, int]], weights: NDArray[np.float64], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``k`` best passages over those rows of the postings, each stretch with the weight of its term."""
        passages, impacts = self.postings.passages, self.postings.impacts
        rows = np.concatenate([passages[start:stop] for start, stop in places])
        parts = [
            impacts[start:stop] * np.float64(weight) for (start, stop), weight in zip(places, weights, strict=True)
        ]
        # Sums in double precision, in the order of the terms: equal passages get equal scores.
        scores = np.bincount(rows, weights=np.concatenate(parts), minlength=len(self)).astype(np.float32)
        numbers = np.flatnonzero(scores >= _lower_bound(scores, k))
        order = np.argsort(-scores[numbers], kind="stable")[:k]  # numbers ascend, so ties stay in their order
        return numbers[order], scores[numbers[order]]

    def _number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        number = self._met.get(name)
        return self.tables.number(name) if number is None else number

    def _place(self, number: int) -> tuple[int, int]:
        """Where the rows of a term begin and end."""
        starts = self.postings.starts
        return int(starts[number]), int(starts[number + 1])

    def holds(self, term: str) -> bool:
        """Whether any passage, title or heading path holds a term (as the analyzer gives it)."""
        return self.vocabulary.find(term) is not None

    def idf(self, term: str) -> float:
        """How much a term tells, by the index's weighting; highest for a term that no passage holds."""
        number = self.vocabulary.find(term)
        start, stop = (0, 0) if number is None else self._place(number)
        return float(self._weighting.idf(np.array([stop - start], np.int64), len(self))[0])

    def passage(self, number: int) -> Passage:
        """The passage of that number, from 0; raises IndexError where there is none."""
        if not 0 <= number < len(self):
            raise IndexError(f"passage {number} does not exist; the index has {len(self)}, numbered from 0")
        passage = self.tables.passage(number)
        if len(self._met) >= _MET_LIMIT:
            self._met.clear()
        self._met[passage.document] = int(self.tables.passages["document"][number])
        return passage

    def passages(self) -> Iterator[Passage]:
        """Each passage in the order of the numbers."""
        return map(self.tables.passage, range(len(self)))

    def documents(self) -> Iterator[Document]:
        """Each document, whole, in the order in which they were read."""
        return map(self.tables.document, range(self.document_count))

    def document(self, name: str) -> Document:
        """The document of that id, whole; raises KeyError where there is none."""
        return self.tables.document(self._number(name))

    def facts(self, name: str) -> Facts:
        """Title, source and hash of the document of that id; raises KeyError where there is none."""
        return self.tables.facts(self._number(name))

    def text(self, name: str, start: int, end: int) -> str:
        """The code points ``[start, end)`` of a document's text; raises KeyError where there is none."""
        return self.tables.text(self._number(name), start, end)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        return self.tables.fingerprints()
