"""What an index is, to those who search it: passages of documents, ranked by the terms of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Surroundings
from corpus.fingerprints import Fingerprint
from corpus.marks import Mark
from index.data.statistics import Statistics
from index.data.tables import Facts
from index.data.vocabulary import Vocabulary
from index.terms.analysis import Analyzer

if TYPE_CHECKING:
    from index.data.format import Stamp
    from index.data.metadata import Metadata
    from index.data.origin import Origin
    from index.ranking.conditions import Condition
    from index.settings import IndexSettings


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


class Index(Protocol):
    """Passages of documents, ranked by the terms of a question. Immutable: threads may share it.

    A passage's number is its place in reading order, from 0, and so is a document's. ``statistics`` and
    ``vocabulary`` are of the whole collection. ``origin`` says which files it was built from, None where that is not
    known, and ``stamp`` is of the folder that it was opened from.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> text = "Tea was first drunk in China."
    >>> index = build_index([Document("tea", "Tea", text, (Section((), 0, 29),), "tea.txt")])
    >>> hits = index.search("Where was tea drunk?", k=3)
    >>> index.passage(int(hits.numbers[0])).text
    'Tea was first drunk in China.'
    """

    settings: IndexSettings
    vocabulary: Vocabulary
    statistics: Statistics
    analyzer: Analyzer
    origin: Origin | None
    stamp: Stamp | None

    def __repr__(self) -> str:
        """As in ``<Index: 1 document, 55 passages, bm25f>``."""
        counts = {"document": self.document_count, "passage": len(self)}
        counted = ", ".join(f"{count:,} {noun}{'s' * (count != 1)}" for noun, count in counts.items())
        return f"<{type(self).__name__.removeprefix('Whole')}: {counted}, {self.settings.weighting.name}>"

    def __len__(self) -> int:
        """The number of passages."""
        ...

    @property
    def document_count(self) -> int:
        """The number of documents."""
        ...

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
        ...

    def search_many(self, questions: Iterable[str], k: int = 10, *, threads: int | None = None) -> list[Hits]:
        """``search`` for each of many questions, in their order, and faster than one by one.

        The compiled search (see ``load_compiled``), which thousands of questions load by themselves, uses so many
        ``threads``, but no more than there are processors to use, and as many if None. Raises SettingError where ``k``
        or ``threads`` is below 1.
        """
        ...

    def load_compiled(self) -> bool:
        """Whether compiled code ranks from now on: it does where numba is installed (extra ``[fast]``).

        It takes a second to load, and half a minute the first time of all. The hits are the same, sooner. An index
        that was asked a thousand questions loads it by itself, in a thread of its own.
        """
        ...

    @property
    def metadata(self) -> Metadata:
        """What the documents state of themselves; read when it is first asked for."""
        ...

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
        ...

    def evidence(self, question: str, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """The shares of evidence of a question in passages: float64 (passages, kinds), from 0 to 1.

        The kinds are those that EvidenceSettings names, in its order.
        """
        ...

    def holds(self, term: str) -> bool:
        """Whether any passage, title or heading path holds a term (as the analyzer gives it)."""
        ...

    def holding(self, term: str, most: int) -> NDArray[np.int64]:
        """The numbers of the first passages that hold a term (as the analyzer gives it), at most so many."""
        ...

    def held_in(self, term: str, passages: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each of some passages holds a term (as the analyzer gives it)."""
        ...

    def idf(self, term: str) -> float:
        """How much a term tells, by the index's weighting; highest for a term that no passage holds."""
        ...

    def passage(self, number: int) -> Passage:
        """The passage of that number, from 0; raises IndexError where there is none."""
        ...

    def rows(self, passages: NDArray[np.int64]) -> NDArray[Any]:
        """The rows of those passages, as ``index.data.tables.PASSAGE`` has them; in the numbers of the whole index."""
        ...

    def surroundings(self, passage: Passage) -> Surroundings:
        """Where the headings of a passage stand, and what its section holds before it.

        Raises KeyError where the index has no such document.
        """
        ...

    def passages(self) -> Iterator[Passage]:
        """Each passage in the order of the numbers."""
        ...

    def documents(self) -> Iterator[Document]:
        """Each document, whole, in the order in which they were read."""
        ...

    def document(self, name: str) -> Document:
        """The document of that id, whole; raises KeyError where there is none."""
        ...

    def number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        ...

    def facts(self, name: str) -> Facts:
        """Title, source and hash of the document of that id; raises KeyError where there is none."""
        ...

    def facts_of(self, document: int) -> Facts:
        """The same of the document of that number."""
        ...

    def place(self, name: str, start: int, end: int) -> dict[str, Any]:
        """Where in its file ``[start, end)`` of a document stands, by the names of ``corpus.marks.PLACES``.

        Only what is known is there. Raises KeyError where there is no such document.
        """
        ...

    def marks(self, name: str, start: int, end: int) -> tuple[Mark, ...]:
        """The marks that say where ``[start, end)`` of a document stands, and at least one more after it, if any.

        Raises KeyError where there is no such document.
        """
        ...

    def text(self, name: str, start: int, end: int) -> str:
        """The code points ``[start, end)`` of a document's text; raises KeyError where there is none."""
        ...

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        ...

    def dropped_counts(self) -> tuple[int, int]:
        """How many parts were left out of documents, and of how many documents."""
        ...

    def hashes(self) -> tuple[str, ...]:
        """The hashes of its documents and its texts, those of a shard after those of the shard before it."""
        ...
