"""What a question asks the documents with: its words as they were meant, and the capitals that tell words apart.

``understand`` costs a few dictionary look-ups where the index has every word; ``search`` ranks by what came of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.ranking.search import Hits
from index.wording.capitals import LOOKED_AT, Capital, capitals, reordered
from index.wording.channel import AROUND
from index.wording.spelling import spelling, with_corrections
from index.wording.synonyms import in_their_words, others, stand_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.ranking.search import Index

_SAME_TRUST = 0.9  # by hand: of words with one meaning, a few have another one in the documents
_TRUST = 0.95  # of the words corrected on SQuAD train, 97 to 99 in 100 were those meant (scripts/typing_errors.py)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood.

    ``typed`` is what was asked, ``question`` what is searched and read. ``doubted`` are its mistyped words, and
    ``capitals`` the words that are stop words but for their capitals. ``also`` are terms that may have been meant by a
    word that was left as it is, with how much each counts beside those of the question. ``perhaps`` is the
    question with the likeliest of them, None where none is likely enough, and ``likely`` how likely that is. ``hits``
    are the first ``AROUND`` that the question alone finds in the index, where understanding it took them.
    ``instead`` is the question in the documents' words, where they have another for one of its; ``reworded`` says that
    this is that one.
    """

    typed: str
    question: str
    doubted: tuple[str, ...] = ()
    capitals: tuple[Capital, ...] = ()
    also: Mapping[str, float] = field(default_factory=dict)
    hits: Hits | None = field(default=None, repr=False, compare=False)
    instead: str | None = None
    reworded: bool = False
    perhaps: str | None = None
    likely: float = 0.0

    @property
    def did_you_mean(self) -> str | None:
        """The question as understood, or None where it is what was typed."""
        return self.question if self.question != self.typed else None

    @property
    def other(self) -> Understood | None:
        """The same with the words of which it was not clear whether they were meant, where they are likely enough."""
        if self.perhaps is None:
            return None
        doubted = (*self.doubted, "")
        return replace(self, question=self.perhaps, doubted=doubted, also={}, perhaps=None, instead=None, hits=None)

    @property
    def trust(self) -> float:
        """How surely the question is the one meant, 1 where nothing was corrected; no answer can be surer."""
        return float(_TRUST ** len(self.doubted)) * (_SAME_TRUST if self.reworded else 1.0)

    @property
    def in_their_words(self) -> Understood | None:
        """What is meant in the documents' own words, where ``instead`` has them."""
        if self.instead is None:
            return None
        return replace(self, question=self.instead, hits=None, instead=None, reworded=True)

    def terms(self, index: Index) -> dict[str, float]:
        """What the question asks with: each content term and how much it tells.

        Words of capitals are the only terms that are not in lower case.
        """
        terms = {term: index.idf(term) for term in index.analyzer.question(self.question).content}
        return terms | {each.word: each.idf for each in self.capitals}

    def known(self, terms: Iterable[str], index: Index) -> frozenset[str]:
        """Those of its terms that some passage holds."""
        words = {each.word for each in self.capitals}
        return frozenset(term for term in terms if term in words or index.holds(term))

    def can_match(self, known: Collection[str], index: Index) -> bool:
        """Whether some passage holds a term of the question, which are then ``known``, or one that means the same."""
        return bool(known or self.also) or stand_in(self.question, index)


def understand(question: str, index: Index) -> Understood:
    """The question as the documents' words make it out to be meant.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> text = "Entry visas were abolished in 2009."
    >>> index = build_index([Document("visas", "Visas", text, (Section((), 0, len(text)),), "visas.txt")])
    >>> understand("wen were visas abolishd?", index).did_you_mean
    'when were visas abolished?'
    >>> understand("When were visas abolished?", index).did_you_mean is None
    True
    """
    found = spelling(question, index)
    meant = with_corrections(question, found.corrections)
    doubted = tuple(each.word for each in found.corrections)
    hits = None if found.corrections else found.hits
    perhaps = with_corrections(question, found.doubted) if found.doubted else None
    known = capitals(meant, index)
    theirs = in_their_words(meant, index)
    return Understood(question, meant, doubted, known, found.also, hits, theirs, perhaps=perhaps, likely=found.likely)


def search(meant: Understood, index: Index, k: int, *, within: NDArray[np.int64] | None = None) -> Hits:
    """The ``k`` best passages for a question as understood; see ``Index.search``.

    What else may have been meant by a word is asked with as well, and where all of them find little, words with one
    meaning are.
    """
    looked_at = max(k, LOOKED_AT) if meant.capitals else k
    if meant.hits is not None and within is None and not meant.also and looked_at <= AROUND:
        hits = Hits(meant.hits.numbers[:looked_at], meant.hits.scores[:looked_at], meant.hits.terms)
    else:
        hits = index.search(meant.question, looked_at, within=within, also=meant.also)
    also = others(meant.question, hits, index)
    if also:
        also |= meant.also
        hits = index.search(meant.question, looked_at, within=within, also=also)
    return reordered(hits, meant.capitals, k) if meant.capitals else hits
