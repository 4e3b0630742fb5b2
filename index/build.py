"""Builds an index from documents: terms to postings, and postings to impacts."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document
from corpus.passages import PassageSettings, split_passages
from index.analysis import AnalysisSettings, Analyzer
from index.evidence import EvidenceSettings, Sequences
from index.search import Index, Postings
from index.tables import TablesBuilder
from index.vocabulary import Vocabulary, vocabulary_of
from index.weighting import FIELDS, Counts, Statistics, WeightingSettings, collect, weighting

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How an index is made; stored with it.

    >>> IndexSettings().weighting.name
    'bm25f'
    """

    analysis: AnalysisSettings = field(default_factory=AnalysisSettings)
    passages: PassageSettings = field(default_factory=PassageSettings)
    weighting: WeightingSettings = field(default_factory=WeightingSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)


def build_index(
    documents: Iterable[Document], *, settings: IndexSettings | None = None, progress: Progress | None = None
) -> Index:
    """An index in memory over the passages of the documents.

    ``progress`` is told, after each document, how many are done and how many there are (None where that is
    not known). Raises SourceError where two documents have one id.

    >>> from corpus.documents import Section
    >>> index = build_index([Document("tea", "Tea", "Tea is hot.", (Section((), 0, 11),), "tea.txt")])
    >>> len(index), index.document_count
    (1, 1)
    """
    settings = settings if settings is not None else IndexSettings()
    collector = _Collector(settings)
    total = len(documents) if isinstance(documents, list | tuple) else None
    for done, document in enumerate(documents, start=1):
        collector.add(document)
        if progress is not None:
            progress(done, total)
    return collector.index()


class _TermNumbers(dict[str, int]):
    """Each word seen with the number of its term; terms are numbered in the order in which they are met."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer
        self.terms: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.terms.setdefault(self._analyzer.term(word), len(self.terms))
        return number


class _Collector:
    """Takes documents one by one, keeping term numbers only, and makes the index of them."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._analyzer = Analyzer(settings.analysis)
        self._words = _TermNumbers(self._analyzer)
        self._tables = TablesBuilder()
        # The term numbers of all passages in the order of Sequences, and how many each field of each passage has.
        self._terms = array("i")
        self._segment_starts = array("q", [0])
        self._lengths = [array("i") for _ in FIELDS]

    def add(self, document: Document) -> None:
        """Takes one document: splits it, and counts the terms of its passages."""
        passages = split_passages(document, self._settings.passages)
        self._tables.add(document, passages)
        weighed = [weight > 0 for weight in self._settings.weighting.field_weights]
        title = self._term_numbers(document.title) if weighed[1] else []
        for passage in passages:
            heading = self._term_numbers(" ".join(passage.section)) if weighed[2] else []
            origin = self._segment(title + heading)
            for start, end in passage.sentences:
                self._segment(self._term_numbers(passage.text[start - passage.start : end - passage.start]))
            for lengths, count in zip(
                self._lengths, (len(self._terms) - origin, len(title), len(heading)), strict=True
            ):
                lengths.append(count)

    def index(self) -> Index:
        """The index of all that was added."""
        vocabulary, places = _in_order(self._words.terms)
        terms = places[np.array(self._terms, np.int32)]
        counts = _count(terms, np.array(self._lengths, np.int32))
        statistics = collect(counts, len(vocabulary))
        return Index(
            settings=self._settings,
            tables=self._tables.tables(),
            vocabulary=vocabulary,
            postings=weigh(counts, statistics, self._settings.weighting),
            sequences=Sequences(terms, np.array(self._segment_starts, np.int64)),
        )

    def _segment(self, terms: list[int]) -> int:
        """Adds a label or sentence, and gives the place where it ends."""
        self._terms.extend(terms)
        self._segment_starts.append(len(self._terms))
        return len(self._terms)

    def _term_numbers(self, text: str) -> list[int]:
        return list(map(self._words.__getitem__, self._analyzer.words(text)))


def weigh(counts: Counts, statistics: Statistics, settings: WeightingSettings) -> Postings:
    """The postings of the counts, with the impacts that the statistics of the whole collection give them."""
    return Postings(
        starts=np.concatenate(
            [[0], np.cumsum(np.bincount(counts.terms, minlength=len(statistics.document_frequencies)))]
        ).astype(np.int64),
        passages=counts.passages,
        impacts=weighting(settings.name).impacts(counts, statistics, settings),
    )


def _in_order(numbers: dict[str, int]) -> tuple[Vocabulary, NDArray[np.int32]]:
    """The vocabulary of the terms numbered so far, and each old number's place in it."""
    vocabulary = vocabulary_of(numbers)
    places = np.empty(len(numbers), np.int32)
    for place, term in enumerate(vocabulary):
        places[numbers[term]] = place
    return vocabulary, places


def _count(terms: NDArray[np.int32], lengths: NDArray[np.int32]) -> Counts:
    """The counts of the terms, given passage by passage as in Sequences, and the lengths of its fields."""
    fields, passages = lengths.shape
    order = [FIELDS.index(name) for name in ("title", "heading", "text")]
    sizes = lengths[order].T.ravel()
    keys = terms.astype(np.int64) * passages
    keys += np.repeat(np.arange(passages), lengths.sum(axis=0))
    keys *= fields
    keys += np.repeat(np.tile(order, passages), sizes)
    keys.sort()
    keys, counts = _distinct(keys)
    rows, _ = _distinct(keys // fields)
    frequencies = np.zeros((fields, len(rows)), np.int32)
    frequencies[keys % fields, np.searchsorted(rows, keys // fields)] = counts
    numbers, places = np.divmod(rows, max(passages, 1))
    return Counts(numbers.astype(np.int32), places.astype(np.int32), frequencies, lengths)


def _distinct(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct ones of ascending keys, and how often each stands there."""
    first = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), np.bool_), keys[1:] != keys[:-1]]))
    return keys[first], np.diff(np.append(first, len(keys)))
