"""An index of one piece: reads the postings of a question's terms and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Surroundings
from corpus.errors import SettingError
from corpus.fingerprints import Fingerprint
from corpus.marks import Mark
from index.data.format import Stamp
from index.data.metadata import Metadata
from index.data.postings import Postings
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.surroundings import surroundings_of
from index.data.tables import Facts, Tables, damaged
from index.data.vocabulary import Vocabulary
from index.processors import usable_processes
from index.ranking.loading import Loading
from index.ranking.lookup import Lookup
from index.ranking.rescoring import Rescoring
from index.ranking.search import Hits, Index, QuestionTerm
from index.ranking.selection import checked, documents_of, select
from index.ranking.stretches import Stretch
from index.ranking.topk import Ranker
from index.ranking.weighting import weighting
from index.terms.analysis import Analyzer

if TYPE_CHECKING:
    from index.data.origin import Origin
    from index.ranking.conditions import Condition
    from index.settings import IndexSettings

_MET_LIMIT = 10_000  # about a megabyte


class WholeIndex(Index):
    """An index of one piece: its tables and postings, in memory or mapped from files."""

    def __init__(
        self,
        settings: IndexSettings,
        tables: Tables,
        vocabulary: Vocabulary,
        postings: Postings,
        sequences: Sequences,
        statistics: Statistics,
        origin: Origin | None = None,
    ) -> None:
        self.settings = settings
        self.tables = tables
        self.vocabulary = vocabulary
        self.postings = postings
        self.sequences = sequences
        self.origin = origin
        self.stamp: Stamp | None = None  # of the folder that it was opened from
        self.content: tuple[str, ...] | None = None  # the hashes of its documents and texts, where they are known
        self.statistics = statistics  # of the whole collection, of which this may be one shard
        self.analyzer = Analyzer(settings.analysis)
        self._ranker = Ranker(postings.starts, postings.passages, postings.impacts, len(tables.passages))
        self.lookup = Lookup(vocabulary, postings, statistics, self.analyzer, weighting(settings.weighting.name))
        self.segments = partial(_segments_in, tables, sequences)
        self._rescoring = Rescoring(self.lookup, self.segments)
        self._loading = Loading()
        self._met: dict[str, int] = {}  # documents of passages met lately, by id: saves looking them up by name

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.tables.passages)

    @property
    def document_count(self) -> int:
        """See ``Index.document_count``."""
        return len(self.tables.document_order)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        within: NDArray[np.int64] | None = None,
        also: Mapping[str, float] | None = None,
    ) -> Hits:
        """See ``Index.search``."""
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        if within is not None:
            within = checked(within, len(self))
        self._loading.asked(self)
        try:
            terms, stretches = self.lookup.question(question)
            more = [(self.lookup[term].stretch, weight) for term, weight in (also or {}).items()]
            stretches += [stretch.weighing(weight) for stretch, weight in more if stretch is not None]
            found = self._ranker.best(stretches, max(k, self.settings.evidence.depth), within)
            hits = self._rescoring.hits(question, k, terms, found, self.settings.evidence)
            if len(hits) and not 0 <= hits.numbers.min() <= hits.numbers.max() < len(self):
                raise IndexError("postings name passages that do not exist")
            return hits
        except (IndexError, ValueError) as error:  # numbers that point nowhere: sound files hold none
            raise damaged(error) from error

    def search_many(self, questions: Iterable[str], k: int = 10, *, threads: int | None = None) -> list[Hits]:
        """See ``Index.search_many``."""
        usable = usable_processes()
        threads = usable if threads is None else threads
        if k < 1 or threads < 1:
            name, value = ("k", k) if k < 1 else ("threads", threads)
            raise SettingError(f"{name} is {value}; expected 1 or more")
        asked: list[tuple[str, tuple[QuestionTerm, ...]]] = []

        def stretches() -> Iterator[list[Stretch]]:
            for question in questions:
                terms, stretches = self.lookup.question(question)
                asked.append((question, terms))
                yield stretches

        founds = self._ranker.best_of_many(stretches(), max(k, self.settings.evidence.depth), min(threads, usable))
        return [
            self._rescoring.hits(question, k, terms, found, self.settings.evidence)
            for (question, terms), found in zip(asked, founds, strict=True)
        ]

    def load_compiled(self) -> bool:
        """See ``Index.load_compiled``."""
        return self._ranker.load() and self._rescoring.load()

    @cached_property
    def metadata(self) -> Metadata:
        """See ``Index.metadata``."""
        return Metadata.of([self.tables])

    def within(
        self, documents: Sequence[str] = (), sections: Sequence[str] = (), where: Sequence[Condition] = ()
    ) -> NDArray[np.int64]:
        """See ``Index.within``."""
        numbers = documents_of([self.number(name) for name in documents], lambda: self.metadata, where)
        return select(self.tables, numbers, sections)

    def evidence(self, question: str, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """See ``Index.evidence``."""
        terms, _ = self.lookup.question(question)
        return self._rescoring.shares(question, terms, passages, self.settings.evidence)

    def number(self, name: str) -> int:
        """See ``Index.number``."""
        number = self._met.get(name)
        return self.tables.number(name) if number is None else number

    def met(self, name: str) -> int | None:
        """The number of a document of which a passage was given lately; None for any other."""
        return self._met.get(name)

    def without_evidence(self) -> WholeIndex:
        """The same index, ranking by the weights of terms alone."""
        bare = copy(self)
        bare.settings = replace(self.settings, evidence=replace(self.settings.evidence, depth=0))
        bare._loading = Loading(0)  # it ranks with the loops of the other
        return bare

    def rows(self, passages: NDArray[np.int64]) -> NDArray[Any]:
        """See ``Index.rows``."""
        rows: NDArray[Any] = self.tables.passages[passages]
        return rows

    def facts_of(self, document: int) -> Facts:
        """See ``Index.facts_of``."""
        return self.tables.facts(document)

    def dropped_counts(self) -> tuple[int, int]:
        """See ``Index.dropped_counts``."""
        return self.tables.dropped_counts()

    def hashes(self) -> tuple[str, ...]:
        """See ``Index.hashes``."""
        if self.content is None:
            self.content = tuple(hashlib.sha256(part).hexdigest() for part in (self.tables.records, self.tables.texts))
        return self.content

    def holds(self, term: str) -> bool:
        """See ``Index.holds``."""
        return self.lookup[term].number >= 0

    def holding(self, term: str, most: int) -> NDArray[np.int64]:
        """See ``Index.holding``."""
        stretch = self.lookup[term].stretch
        if stretch is None:
            return np.empty(0, np.int64)
        return self.postings.passages[stretch.start : min(stretch.stop, stretch.start + most)].astype(np.int64)

    def held_in(self, term: str, passages: NDArray[np.int64]) -> NDArray[np.bool_]:
        """See ``Index.held_in``."""
        stretch = self.lookup[term].stretch
        if stretch is None:
            return np.zeros(len(passages), np.bool_)
        rows = self.postings.passages[stretch.start : stretch.stop]
        if not len(rows):  # in a shard, of a term that others hold
            return np.zeros(len(passages), np.bool_)
        return np.asarray(rows.take(rows.searchsorted(passages.astype(np.int32)), mode="clip") == passages)

    def idf(self, term: str) -> float:
        """See ``Index.idf``."""
        return self.lookup[term].told.idf

    def passage(self, number: int) -> Passage:
        """See ``Index.passage``."""
        if not 0 <= number < len(self):
            raise IndexError(f"passage {number} does not exist; the index has {len(self)}, numbered from 0")
        try:
            passage = self.tables.passage(number)
        except (IndexError, ValueError) as error:
            raise damaged(error) from error
        if len(self._met) >= _MET_LIMIT:
            self._met.clear()
        self._met[passage.document] = int(self.tables.passages["document"][number])
        return passage

    def surroundings(self, passage: Passage) -> Surroundings:
        """See ``Index.surroundings``."""
        return surroundings_of(self.tables, self.number(passage.document), passage)

    def passages(self) -> Iterator[Passage]:
        """See ``Index.passages``."""
        return map(self.tables.passage, range(len(self)))

    def documents(self) -> Iterator[Document]:
        """See ``Index.documents``."""
        return map(self.tables.document, range(self.document_count))

    def document(self, name: str) -> Document:
        """See ``Index.document``."""
        return self.tables.document(self.number(name))

    def facts(self, name: str) -> Facts:
        """See ``Index.facts``."""
        return self.tables.facts(self.number(name))

    def place(self, name: str, start: int, end: int) -> dict[str, Any]:
        """See ``Index.place``."""
        return self.tables.place(self.number(name), start, end)

    def marks(self, name: str, start: int, end: int) -> tuple[Mark, ...]:
        """See ``Index.marks``."""
        return self.tables.marks_around(self.number(name), start, end)

    def text(self, name: str, start: int, end: int) -> str:
        """See ``Index.text``."""
        return self.tables.text(self.number(name), start, end)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """See ``Index.fingerprints``."""
        return self.tables.fingerprints()


def _segments_in(
    tables: Tables, sequences: Sequences, passages: NDArray[np.int64]
) -> tuple[Sequences, NDArray[np.int64]]:
    """Sequences that hold those passages, and the bounds of the segments of each: int64 (passages, 2)."""
    rows = tables.passages.take(passages)
    segments = np.empty((len(passages), 2), np.int64)
    np.add(rows["sentence"], passages, out=segments[:, 0])  # each passage has a label before its sentences
    np.add(segments[:, 0], rows["sentences"] + 1, out=segments[:, 1])
    return sequences, segments
