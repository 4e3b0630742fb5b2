"""Ranks passages for a question: reads the postings of its terms and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Surroundings
from corpus.errors import SettingError
from corpus.fingerprints import Fingerprint
from index.data.format import Stamp
from index.data.metadata import Metadata
from index.data.postings import Postings
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.surroundings import surroundings_of
from index.data.tables import Facts, Tables, damaged
from index.data.vocabulary import Vocabulary
from index.processors import usable_processes
from index.ranking.conditions import Condition, documents_of
from index.ranking.evidence import Asked, shares
from index.ranking.selection import checked, select
from index.ranking.stretches import Found, Stretch
from index.ranking.topk import Ranker
from index.ranking.weighting import Weighting, weighting
from index.terms.analysis import Analyzer

if TYPE_CHECKING:
    from index.data.format import Stamp
    from index.data.origin import Origin
    from index.settings import IndexSettings


_MET_LIMIT = 10_000  # about a megabyte
_TERM_LIMIT = 20_000  # about ten megabytes: a service must not grow with what it is asked


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """A distinct term of a question: how often it stands there, in how many passages, and what it tells.

    ``idf`` is the weighting's; of a term that no passage holds it is that of a frequency of 0.
    """

    term: str
    count: int
    passages: int
    idf: float

    def counting(self, count: int) -> QuestionTerm:
        """The same term with another count."""
        return QuestionTerm(self.term, count, self.passages, self.idf)


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


class _Known(NamedTuple):
    """A term looked up: what is told of it where it stands once in a question, its number and its rows.

    The number is -1 for a term that the index does not hold. The rows are as of a term of weight 1, None where
    there are none.
    """

    told: QuestionTerm
    number: int
    stretch: Stretch | None


class _Terms(dict[str, _Known]):
    """The terms asked for lately; one that is missing is looked up when it is asked for."""

    def __init__(
        self, vocabulary: Vocabulary, postings: Postings, statistics: Statistics, weighting_: Weighting
    ) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._postings = postings
        self._statistics = statistics
        self._weighting = weighting_

    def __missing__(self, term: str) -> _Known:
        number = self._vocabulary.find(term)
        stretch, held = None, 0
        if number is not None:
            start, stop = self._postings.starts[number : number + 2].tolist()
            held = int(self._statistics.document_frequencies[number])
            highest = float(self._postings.impacts[start:stop].max(initial=0.0))
            stretch = Stretch(number, start, stop, 1.0, highest) if held else None
        idf = float(self._weighting.idf(np.array([held], np.int64), self._statistics.passages)[0])
        known = _Known(QuestionTerm(term, 1, held, idf), -1 if number is None else number, stretch)
        if len(self) >= _TERM_LIMIT:
            self.clear()
        self[term] = known
        return known


class Index:
    """Passages of documents, ranked by the terms of a question. Immutable: threads may share it.

    A passage's number is its place in reading order, from 0.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
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
        self._weighting = weighting(settings.weighting.name)
        self._digits = vocabulary.starting("0", "9")
        self._ranker = Ranker(postings.starts, postings.passages, postings.impacts, len(tables.passages))
        self._known = _Terms(vocabulary, postings, statistics, self._weighting)
        self._met: dict[str, int] = {}  # documents of passages met lately, by id: saves looking them up by name

    def __repr__(self) -> str:
        """As in ``<Index: 1 document, 55 passages, bm25f>``."""
        counts = {"document": self.document_count, "passage": len(self)}
        counted = ", ".join(f"{count:,} {noun}{'s' * (count != 1)}" for noun, count in counts.items())
        return f"<{type(self).__name__}: {counted}, {self.settings.weighting.name}>"

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.tables.passages)

    @property
    def document_count(self) -> int:
        """The number of documents."""
        return len(self.tables.document_order)

    def joined(self) -> Index:
        """The index as one that can be saved: itself, or of an index in shards, all of them in one."""
        return self

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        within: NDArray[np.int64] | None = None,
        also: Mapping[str, float] | None = None,
    ) -> Hits:
        """The ``k`` best passages for a question; fewer where fewer hold a term of it.

        Only passages whose numbers are in ``within`` (ascending) are found, where it is given; what a term tells
        stays that of the whole index. ``also`` are terms that count besides those of the question, with the weight of
        each. Raises SettingError where ``k`` is below 1 or ``within`` cannot be used, and IndexFolderError where the
        index turns out to be damaged.
        """
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        if within is not None:
            within = checked(within, len(self))
        try:
            terms, stretches = self._question(question)
            more = [(self._known[term].stretch, weight) for term, weight in (also or {}).items()]
            stretches += [stretch.weighing(weight) for stretch, weight in more if stretch is not None]
            found = self._ranker.best(stretches, max(k, self.settings.evidence.depth), within)
            hits = self._hits(question, k, terms, found)
            if len(hits) and not 0 <= hits.numbers.min() <= hits.numbers.max() < len(self):
                raise IndexError("postings name passages that do not exist")
            return hits
        except (IndexError, ValueError) as error:  # numbers that point nowhere: sound files hold none
            raise damaged(error) from error

    def search_many(self, questions: Iterable[str], k: int = 10, *, threads: int | None = None) -> list[Hits]:
        """``search`` for each of many questions, in their order, and faster than one by one.

        The compiled search (see ``load_compiled``), which thousands of questions load by themselves, uses so many
        ``threads``, but no more than there are processors to use, and as many if None. Raises SettingError where ``k``
        or ``threads`` is below 1.
        """
        usable = usable_processes()
        threads = usable if threads is None else threads
        if k < 1 or threads < 1:
            name, value = ("k", k) if k < 1 else ("threads", threads)
            raise SettingError(f"{name} is {value}; expected 1 or more")
        asked: list[tuple[str, tuple[QuestionTerm, ...]]] = []

        def stretches() -> Iterator[list[Stretch]]:
            for question in questions:
                terms, stretches = self._question(question)
                asked.append((question, terms))
                yield stretches

        founds = self._ranker.best_of_many(stretches(), max(k, self.settings.evidence.depth), min(threads, usable))
        return [self._hits(question, k, terms, found) for (question, terms), found in zip(asked, founds, strict=True)]

    def load_compiled(self) -> bool:
        """Whether compiled code ranks from now on: it does where numba is installed (extra ``[fast]``).

        It takes a second to load, and half a minute the first time of all. The hits are the same, sooner.
        """
        return self._ranker.load()

    @cached_property
    def metadata(self) -> Metadata:
        """What the documents state of themselves; read when it is first asked for."""
        return Metadata.of([self.tables])

    def within(
        self, documents: Sequence[str] = (), sections: Sequence[str] = (), where: Sequence[Condition] = ()
    ) -> NDArray[np.int64]:
        """The numbers of the passages of some documents and sections, ascending: int64, for ``search``.

        A section is named by its headings joined by " > ", or by its own heading alone, in any case of letters;
        its subsections belong to it, and a name that no section has gives no passage. ``where`` are conditions on
        the documents' metadata. What is given must hold together; where nothing is, every passage does. Raises
        KeyError with the id of a document that is not there, and UnknownMetadataError for conditions that no
        document meets.
        """
        numbers = documents_of([self._number(name) for name in documents], lambda: self.metadata, where)
        return select(self.tables, numbers, sections)

    def evidence(self, question: str, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """The shares of evidence of a question in passages: float64 (passages, kinds), from 0 to 1.

        The kinds are those that EvidenceSettings names, in its order.
        """
        terms, _ = self._question(question)
        return self._shares(question, terms, passages)

    def _question(self, question: str) -> tuple[tuple[QuestionTerm, ...], list[Stretch]]:
        """The distinct terms of a question in its order, and the rows of those that any passage holds."""
        asked = self.analyzer.question_terms(question)
        distinct = dict.fromkeys(asked)
        known = list(map(self._known.__getitem__, distinct))
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

    def _hits(self, question: str, k: int, terms: tuple[QuestionTerm, ...], ranked: Found) -> Hits:
        """The ``k`` best hits, after the first of those that ranked were looked at once more."""
        found, scores = ranked
        settings = self.settings.evidence
        if settings.depth and len(found):
            shares = self._shares(question, terms, found[: settings.depth])
            scores[: settings.depth] += (float(scores[0]) * (shares @ settings.weights)).astype(np.float32)
            order = np.lexsort((found, -scores))[:k]
            return Hits(found[order], scores[order], terms)
        return Hits(found[:k], scores[:k], terms) if len(found) > k else Hits(found, scores, terms)

    def _shares(
        self, question: str, terms: tuple[QuestionTerm, ...], passages: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        held = [term for term in terms if term.passages]
        if not held or not len(passages):
            return np.zeros((len(passages), len(self.settings.evidence.weights)))
        numbers = {term.term: self._known[term.term].number for term in held}
        asked = Asked(question, self.analyzer, numbers, np.array([term.idf for term in held]))
        return shares(asked, *self._segments(passages), self._digits)

    def _segments(self, passages: NDArray[np.int64]) -> tuple[Sequences, NDArray[np.int64]]:
        """Sequences that hold those passages, and the bounds of the segments of each: int64 (passages, 2)."""
        rows = self.tables.passages[passages]
        first = rows["sentence"] + passages  # each passage has a label before its sentences
        return self.sequences, np.stack([first, first + rows["sentences"] + 1], axis=1)

    def _number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        number = self._met.get(name)
        return self.tables.number(name) if number is None else number

    def holds(self, term: str) -> bool:
        """Whether any passage, title or heading path holds a term (as the analyzer gives it)."""
        return self._known[term].number >= 0

    def holding(self, term: str, most: int) -> NDArray[np.int64]:
        """The numbers of the first passages that hold a term (as the analyzer gives it), at most so many."""
        stretch = self._known[term].stretch
        if stretch is None:
            return np.empty(0, np.int64)
        return self.postings.passages[stretch.start : min(stretch.stop, stretch.start + most)].astype(np.int64)

    def held_in(self, term: str, passages: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each of some passages holds a term (as the analyzer gives it)."""
        stretch = self._known[term].stretch
        if stretch is None:
            return np.zeros(len(passages), np.bool_)
        rows = self.postings.passages[stretch.start : stretch.stop]
        if not len(rows):  # in a shard, of a term that others hold
            return np.zeros(len(passages), np.bool_)
        return np.asarray(rows.take(rows.searchsorted(passages.astype(np.int32)), mode="clip") == passages)

    def idf(self, term: str) -> float:
        """How much a term tells, by the index's weighting; highest for a term that no passage holds."""
        return self._known[term].told.idf

    def passage(self, number: int) -> Passage:
        """The passage of that number, from 0; raises IndexError where there is none."""
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
        """Where the headings of a passage stand, and what its section holds before it.

        Raises KeyError where the index has no such document.
        """
        return surroundings_of(self.tables, self._number(passage.document), passage)

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

    def place(self, name: str, start: int, end: int) -> dict[str, Any]:
        """Where in its file ``[start, end)`` of a document stands, by the names of ``corpus.marks.PLACES``.

        Only what is known is there. Raises KeyError where there is no such document.
        """
        return self.tables.place(self._number(name), start, end)

    def text(self, name: str, start: int, end: int) -> str:
        """The code points ``[start, end)`` of a document's text; raises KeyError where there is none."""
        return self.tables.text(self._number(name), start, end)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        return self.tables.fingerprints()
