"""Corrects the typing errors of a question by the words that the documents have.

A word that no passage holds, that is no English word (``index.wording.known``) and no number or code is compared
with the terms of the index. What the writer may have meant is weighed by how likely the typing error is, by how many
passages hold the word, and by whether it stands in the passages that the other words of the question find. Only a
clear winner is taken. For what is written like a name it has to be clearer: the documents may just not have that name.

The cost does not grow with the vocabulary: each word that one edit gives is looked up by bisection, and words two
edits away are looked for in a bounded stretch of the terms that begin alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.terms.analysis import STOP_WORDS, Token, fold
from index.wording.edits import CHANGED, FIRST, distance, distances, single_edits
from index.wording.known import is_english

if TYPE_CHECKING:
    from index.ranking.search import Index

# Chosen on words of SQuAD train with one typing error, and on words of questions about other articles.
_CLEAR = 0.5  # the share of the best among all that may have been meant
_AROUND = 20  # passages that the other words of the question find
_CONTEXT = 10.0  # how much more a word counts that stands in the first of them
_FUNCTION = 0.2  # how much less a function word counts than a word that stands in every passage
_UNSEEN = 0.2  # how likely a form of a word is that the documents do not have, beside one that they have
_TWICE = 0.01  # how likely two edits are, beside a swap of two letters

_SHORTEST, _TWO_FROM, _LONGEST = 4, 8, 40  # letters
_SHORTEST_ASKING = 3  # of words that may be meant to ask
_MOST = 8  # words of a question that are corrected
_TRIED, _READ = 3, 6  # candidates of which it is seen how they are written, and passages read for each
_SCANNED = 30_000  # terms that are compared with a word
_SUFFIX = 5  # letters that the stemmer may have left at the end of a mistyped word

_CODE = frozenset("_@/\\#&+=~^")
# What people type for words that ask, although they are words too.
_ASKING = {"wen": "when", "wat": "what", "wha": "what", "wot": "what", "wut": "what", "wich": "which", "hwo": "how"}
_DOSE = re.compile(r"dose\s+(?:an?|the|it|this|that|he|she|they|my|your|our|one|everyone|anyone)\b", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(
    {"many", "much"} | {word for word in STOP_WORDS if word.isalpha() and len(word) >= _SHORTEST_ASKING}
)
_NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question, ``[start, end)``, and the word that was meant."""

    start: int
    end: int
    word: str
    meant: str


class _Term(NamedTuple):
    """A term that may have been meant.

    ``weight`` leaves the edit out; ``holding`` are passages that hold the term; ``spellings`` says how likely each one
    that gives the term is; ``function``: it is a function word, and stands for itself.
    """

    term: str
    weight: float
    holding: NDArray[np.int64]
    spellings: Mapping[str, float]
    function: bool = False

    @property
    def most(self) -> float:
        """What the term weighs with its likeliest spelling."""
        return self.weight * max(self.spellings.values(), default=_TWICE)


class _Word(NamedTuple):
    """A word that may have been meant, as the documents write it; ``named``: with a capital inside a sentence.

    ``weight`` is the term's times ``likely``, which is the edit's.
    """

    word: str
    likely: float
    weight: float
    named: bool
    english: bool


def corrections(question: str, index: Index) -> tuple[Correction, ...]:
    """The words of a question that were mistyped, with what was meant, in order; mostly none.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> text = "Entry visas were abolished in 2009."
    >>> index = build_index([Document("visas", "Visas", text, (Section((), 0, len(text)),), "visas.txt")])
    >>> [(each.word, each.meant) for each in corrections("when wer vizas abolishd", index)]
    [('wer', 'were'), ('vizas', 'visas'), ('abolishd', 'abolished')]
    >>> corrections("Who signed the treaty?", index)
    ()
    """
    tokens = index.analyzer.tokens(question)
    strange = [token for token in tokens if _is_strange(question, token, index)]
    if not strange:
        return ()
    speller = _Speller(question, index, tokens)
    meant = [(token, speller.meant(token)) for token in strange[:_MOST]]
    return tuple(
        Correction(token.start, token.end, question[token.start : token.end], word) for token, word in meant if word
    )


def _is_strange(question: str, token: Token, index: Index) -> bool:
    """Whether a word stands in no passage and may have been mistyped: it is of letters alone and no part of a code."""
    if token.term in index.analyzer.stop_terms or index.holds(token.term):
        return False
    word, before, after = question[token.start : token.end], question[: token.start][-2:], question[token.end :][:2]
    return (
        word.isalpha()
        and _SHORTEST_ASKING <= len(word) <= _LONGEST
        and not any(sign.isdigit() or sign in _CODE for sign in (before[-1:], after[:1]))
        and not re.match(r"\.\w", after)
        and not re.match(r"\w\.$", before)
        and (word.lower() in _ASKING or word.lower() == "dose" or not is_english(word))
    )


class _Speller:
    """What is known of one question while its words are corrected."""

    def __init__(self, question: str, index: Index, tokens: list[Token]) -> None:
        self._question = question
        self._index = index
        self._passages = max(len(index), 1)
        self._first = tokens[0].start
        stop_terms = index.analyzer.stop_terms
        self._speaking = any(each.term not in stop_terms and index.holds(each.term) for each in tokens)
        # Where all words have capitals, they say nothing.
        self._capitals = any(question[token.start].islower() for token in tokens)

    @cached_property
    def _around(self) -> NDArray[np.int64]:
        """The passages that the other words of the question find, best first."""
        return self._index.search(self._question, _AROUND).numbers if self._speaking else _NOTHING

    def meant(self, token: Token) -> str | None:
        """The word that was meant, as it is to be written; None where the one typed is left alone."""
        typed = self._question[token.start : token.end]
        word = fold(typed)
        named = self._capitals and typed[0].isupper() and token.start > self._first
        if not named and word in _ASKING:
            return _cased(_ASKING[word], typed)
        if word == "dose" and _DOSE.match(self._question, token.start):
            return _cased("does", typed)
        if is_english(typed) or (self._capitals and sum(map(str.isupper, typed)) > 1):
            return None
        found = self._best(word, self._one_edit(word, named=named), named=named)
        if found is None and len(word) >= _TWO_FROM and word.isascii():
            found = self._best(word, self._two_edits(word), named=named)
        return _cased(found, typed) if found is not None else None

    def _one_edit(self, word: str, *, named: bool) -> list[_Term]:
        """The terms of the index that one edit gives, and function words."""
        spellings = single_edits(word)
        terms: dict[str, dict[str, float]] = {}
        # A shorter word can only have lost a letter: too many words are as near.
        tried = [each for each in spellings if len(word) >= _SHORTEST or len(each) > len(word)]
        for spelling, term in zip(tried, self._terms(tried), strict=True):
            terms.setdefault(term, {})[spelling] = spellings[spelling]
        numbers = self._index.vocabulary.find_many(terms.keys() - self._index.analyzer.stop_terms)
        found = [self._term(term, number, terms[term]) for term, number in numbers.items()]
        if not named:
            weight = _FUNCTION * self._passages**0.5 * (1 + _CONTEXT)
            found += [
                _Term(spelling, weight, _NOTHING, {spelling: spellings[spelling]}, function=True)
                for spelling in sorted(_FUNCTION_WORDS & spellings.keys())
                if spellings[spelling] >= FIRST
            ]
        return found

    def _two_edits(self, word: str) -> list[_Term]:
        """The terms of the index that may be two edits away, whatever the stemmer did to either."""
        vocabulary = self._index.vocabulary
        first = last = 0
        for size in (1, 2, 3):
            first, last = vocabulary.beginning(word[:size])
            if last - first <= _SCANNED:
                break
        last = min(last, first + _SCANNED)
        numbers, terms = vocabulary.matrix(first, last, range(len(word) - _SUFFIX, len(word) + 3))
        if not len(numbers):
            return []
        near = distances(word.encode("ascii"), terms)[len(word) - _SUFFIX :].min(axis=0) <= 2
        found = [(vocabulary.term(number), number) for number in numbers[near].tolist()]
        stop_terms = self._index.analyzer.stop_terms
        return [self._term(term, number, {}) for term, number in found if term not in stop_terms]

    def _terms(self, words: list[str]) -> list[str]:
        analyzer = self._index.analyzer
        plain = all(word.isascii() for word in words)
        return analyzer.plain_terms(words) if plain else list(map(analyzer.term, words))

    def _term(self, term: str, number: int, spellings: Mapping[str, float]) -> _Term:
        frequency = int(self._index.statistics.document_frequencies[number])
        places = np.flatnonzero(self._index.held_in(term, self._around))
        context = float((1 / (1 + places)).sum())
        holding = np.concatenate([self._around[places], self._index.holding(term, _READ)])
        return _Term(term, frequency**0.5 * (1 + _CONTEXT * context), holding, spellings)

    def _best(self, word: str, terms: list[_Term], *, named: bool) -> str | None:
        """The one among some terms that was meant, as the documents write it; None where none is clear."""
        ordered = sorted(terms, key=lambda each: (-each.most, each.term))
        tried = [self._written(word, each) for each in ordered[:_TRIED]]
        found = [each for each in tried if each is not None]
        if not found:
            return None
        best = max(found, key=lambda each: each.weight)
        share = best.weight / (sum(each.weight for each in found) + sum(each.most for each in ordered[_TRIED:]))
        strength = best.weight / self._passages**0.5
        sure = best.word in _FUNCTION_WORDS or strength >= _least(word, best, share, named=named)
        return best.word if share >= _CLEAR and sure else None

    def _written(self, word: str, term: _Term) -> _Word | None:
        """How the documents write a term that may have been meant; None where no form is near to what was typed."""
        if term.function:
            likely = term.spellings[term.term]
            return _Word(term.term, likely, term.weight * likely, named=False, english=True)
        forms, capitals = self._forms(term)
        if not forms:
            return None
        english = is_english(term.term, stem=True)
        named = capitals > 0 or (capitals == 0 and not english)
        twice = _TWICE if len(word) >= _TWO_FROM else 0.0
        tries = [(term.spellings.get(fold(form), twice * (distance(word, fold(form)) <= 2)), form) for form in forms]
        if english and not named and term.spellings:  # the documents have another form of the word
            near = min(forms, key=lambda form: (distance(word, fold(form)), form))
            tries.append((_UNSEEN * max(term.spellings.values()) * (distance(word, fold(near)) <= 2), near))
        likely, form = max(tries)
        if not likely:
            return None
        return _Word(form if named else form.lower(), likely, term.weight * likely, named, english)

    def _forms(self, term: _Term) -> tuple[Counter[str], int]:
        """The words that give a term in a few passages, and how many more have a capital there than have none.

        At the start of a sentence a capital says nothing.
        """
        analyzer = self._index.analyzer
        forms: Counter[str] = Counter()
        capitals = 0
        for number in dict.fromkeys(term.holding.tolist()[:_READ]):
            text = self._index.passage(number).with_headings()
            held = [word for word in analyzer.words(text) if analyzer.term(word) == term.term]
            forms.update(held)
            capitals -= sum(word[0].islower() for word in held)
            capitals += sum(
                len(re.findall(rf"[\w,;)]\s+{re.escape(word)}\b", text)) for word in set(held) if word[0].isupper()
            )
        return forms, capitals


def _least(typed: str, best: _Word, share: float, *, named: bool) -> float:
    """How strong the best candidate must be: how often its word stands in the documents, and where, times the edit's.

    A typing error in a long word is a surer one; of short names there are many that are alike.
    """
    size = len(typed)
    if size < _SHORTEST:
        return 1.0 if named else 0.3
    if best.named and size < 6 and fold(best.word)[0] != typed[0]:
        return np.inf
    if best.named:
        return 0.03 if size > 5 else 0.1 if size == 5 or best.likely > CHANGED else 0.3
    if named:
        return (0.1 if size > 4 else 1.0) if best.english else np.inf
    if best.english and share > 0.8:
        return 0.004 if size > 5 else 0.01
    return 0.02 if size > 5 else 0.05


def _cased(word: str, typed: str) -> str:
    """A word with the capitals of what was typed for it."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
