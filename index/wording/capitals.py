"""Words of a question that are stop words but for their capitals: IT, WHO, US, Will, May.

The terms of an index are folded, so that "it" and "IT" are one. Where a question has such a word, the passages that
rank best are looked at as they are written: those that hold the word with its capitals come first, and it counts as a
term of the question. How many are looked at is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.ranking.weighting import weighting

if TYPE_CHECKING:
    from index.ranking.search import Hits, Index
    from index.terms.analysis import Analyzer, Token

LOOKED_AT = 200  # passages; about ten milliseconds
_IMPACT = 0.6  # of a word that stands once in a passage of mean length: the frequency's part of BM25F


class Terms(Protocol):
    """What gives the terms of a text, as an Analyzer does."""

    def terms(self, text: str) -> list[str]:
        """The terms of a text in reading order."""


@dataclass(frozen=True, slots=True)
class Capital:
    """A word that is a term with its capitals: how much it tells, and the passages seen to hold it, ascending."""

    word: str
    idf: float
    passages: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CapitalTerms:
    """The terms of texts, and after them the words of capitals that they hold.

    >>> from index.terms.analysis import Analyzer
    >>> CapitalTerms(Analyzer(), ("IT",)).terms("Who leads IT?")
    ['who', 'lead', 'it', 'IT']
    """

    analyzer: Analyzer
    words: tuple[str, ...]

    def terms(self, text: str) -> list[str]:
        """The terms of a text, then those of the words that stand in it with their capitals."""
        return [*self.analyzer.terms(text), *(word for word in self.words if _pattern(word).search(text))]


def with_capitals(analyzer: Analyzer, terms: Mapping[str, float]) -> Terms:
    """What gives the terms of texts, for a question of those terms: the analyzer itself where none has capitals."""
    words = tuple(term for term in terms if term != term.lower())
    return CapitalTerms(analyzer, words) if words else analyzer


def capitals(question: str, index: Index) -> tuple[Capital, ...]:
    """The stop words of a question whose capitals make them terms, as passages have them; mostly none.

    A capital says nothing where all words have one, nor at the start of a question of several words.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> text = "IT is led by Ann. Finance has no head. It is vacant."
    >>> index = build_index([Document("staff", "Staff", text, (Section((), 0, len(text)),), "staff.txt")])
    >>> [each.word for each in capitals("Who leads IT?", index)], capitals("Who leads it?", index)
    (['IT'], ())
    """
    if question == question.lower():
        return ()
    tokens = index.analyzer.question(question).tokens
    words = [word for place, token in enumerate(tokens) if (word := _capital(question, tokens, place, index))]
    if not words:
        return ()
    numbers = np.sort(index.search(question, LOOKED_AT).numbers)
    texts = [index.passage(int(number)).with_headings() for number in numbers]
    found = []
    for word in dict.fromkeys(words):
        pattern = _pattern(word)
        held = numbers[[pattern.search(text) is not None for text in texts]] if texts else numbers
        if len(held):
            frequency = np.array([len(held) / len(numbers) * max(len(numbers), _frequency(word, index))])
            idf = weighting(index.settings.weighting.name).idf(frequency.astype(np.int64), index.statistics.passages)
            found.append(Capital(word, float(idf[0]), held))
    return tuple(found)


def _frequency(word: str, index: Index) -> int:
    """How many passages hold a word in any case."""
    number = index.vocabulary.find(index.analyzer.term(word))
    return 0 if number is None else int(index.statistics.document_frequencies[number])


def reordered(hits: Hits, words: tuple[Capital, ...], k: int) -> Hits:
    """The ``k`` best of some hits, where words of capitals count like other terms."""
    raised = sum(each.idf * np.isin(hits.numbers, each.passages) for each in words)
    scores = (hits.scores + _IMPACT * raised).astype(np.float32)
    order = np.lexsort((hits.numbers, -scores))[:k]
    return type(hits)(hits.numbers[order], scores[order], hits.terms)


def _capital(question: str, tokens: list[Token], place: int, index: Index) -> str | None:
    """The word of that place, if it is a stop word and written like a name or an abbreviation."""
    token = tokens[place]
    word = question[token.start : token.end]
    letters = word.replace(".", "")
    if (
        (token.term not in index.analyzer.stop_terms and token.term != "us")
        or not word[0].isupper()
        or len(letters) == 1
    ):
        return None
    if len(tokens) == 1:
        return letters
    others = any(question[each.start].islower() for number, each in enumerate(tokens) if number != place)
    return letters if others and (place > 0 or letters.isupper()) else None


def _pattern(word: str) -> re.Pattern[str]:
    """What finds a word where its capitals mean something: letters of an abbreviation, or a name in its sentence."""
    if word.isupper():
        return re.compile(r"(?<!\w)" + r"\.?".join(map(re.escape, word)) + r"(?!\w)")
    name = re.escape(word)
    return re.compile(rf"(?<=[\w,;)]\s){name}(?!\w)|(?<!\w){name} (?=[A-Z\d]\w)")
