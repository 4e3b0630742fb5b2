"""Words with one meaning: a question that its own words find little for is asked with these as well, for less.

``words/same.txt`` has them, written by hand: what a question may say, a colon, and what the documents may say instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.english.function_words import ARTICLES, DEMONSTRATIVES, POSSESSIVES
from index.settings import AnalysisSettings
from index.terms.analysis import Analyzer

if TYPE_CHECKING:
    from index.ranking.search import Hits, Index

FILE = Path(__file__).parent / "words" / "same.txt"

# Chosen on SQuAD train: scripts/same_words.py.
_LITTLE = 0.7  # the share of what the question's content terms tell that is not little
_WEIGHT = 0.35  # of a word with the same meaning, beside the question's own
_NAMING = ARTICLES | DEMONSTRATIVES | POSSESSIVES  # what stands before a noun
_LOOKED_AT = 5  # passages


@cache
def same(stemmer: str | None) -> Mapping[str, tuple[str, ...]]:
    """For the term of a question, the terms that mean the same in documents; terms as that stemmer gives them.

    >>> same("english")["automobil"]
    ('car',)
    """
    term = Analyzer(AnalysisSettings(stemmer)).term
    found: dict[str, dict[str, None]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        asked, colon, meant = line.partition(":")
        if colon and not line.startswith("#"):
            forms = [term(word) for word in asked.split("/")]
            others = [term(word) for word in meant.split()]
            for form in forms:
                found.setdefault(form, {}).update(dict.fromkeys(each for each in (*forms, *others) if each != form))
    return {form: tuple(others) for form, others in found.items()}


@cache
def _written(stemmer: str | None) -> Mapping[str, str]:
    """For a term of ``same``, the first word of the file that gives it."""
    term = Analyzer(AnalysisSettings(stemmer)).term
    found: dict[str, str] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if ":" in line and not line.startswith("#"):
            for word in line.replace("/", " ").replace(":", " ").split():
                found.setdefault(term(word), word)
    return found


def others(
    question: str, hits: Hits, index: Index, *, little: float = _LITTLE, weight: float = _WEIGHT
) -> dict[str, float]:
    """The terms that mean the same as words of a question which the best passages lack, with their weights.

    None where one of the best passages holds the share ``little`` of what the question's content terms tell.
    """
    possible = _possible(question, index)
    if not possible:
        return {}
    terms = list(dict.fromkeys(index.analyzer.question(question).content))
    passages = hits.numbers[:_LOOKED_AT]
    told = np.array([index.idf(term) for term in terms])
    held = np.array([index.held_in(term, passages) for term in terms])
    if len(passages) and (told @ held).max() >= little * told.sum():
        return {}
    lacking = [term for term, row in zip(terms, held, strict=True) if not row.any()]
    return {other: weight for term in lacking for other in possible.get(term, ()) if other not in terms}


def in_their_words(question: str, index: Index) -> str | None:
    """The question with each noun that no document has put as they put it, if there is exactly one such way.

    None where there is none. A noun is what follows "the" and its like: verbs of one meaning take other objects.
    """
    possible = {term: found[0] for term, found in _possible(question, index).items() if len(found) == 1}
    tokens = index.analyzer.tokens(question)
    absent = [
        token
        for before, token in pairwise(tokens)
        if token.term in possible
        and not index.holds(token.term)
        and question[before.start : before.end].lower() in _NAMING
    ]
    if not absent:
        return None
    written = _written(index.analyzer.settings.stemmer)
    for token in reversed(absent):
        question = question[: token.start] + written[possible[token.term]] + question[token.end :]
    return question


def stand_in(question: str, index: Index) -> bool:
    """Whether the index holds a term that means the same as a word of the question."""
    return bool(_possible(question, index))


def _possible(question: str, index: Index) -> dict[str, list[str]]:
    """For each content term of a question, the terms of the index that mean the same, where there are any."""
    if index.analyzer.settings.stemmer not in ("english", None):
        return {}
    meant = same(index.analyzer.settings.stemmer)
    terms = {term: meant[term] for term in index.analyzer.question(question).content if term in meant}
    found = {term: [each for each in others if index.holds(each)] for term, others in terms.items()}
    return {term: others for term, others in found.items() if others}
