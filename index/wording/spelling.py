"""Corrects the typing errors of a question by the words that the documents have.

What may have been meant by each word, and how likely each is, comes from ``channel``. A clear winner takes the word's
place; for what is written like a name it has to be clearer, because the documents may just not have that name.
Where none is clear, the question is asked with the best ones as well, for less.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from corpus.english.function_words import AFTER_DOES
from corpus.english.units import AMOUNTS_OF
from corpus.patterns import pattern
from index.terms.analysis import Token, fold
from index.wording.channel import Channel, Meant
from index.wording.edits import likelihood
from index.wording.known import is_english, known_words

if TYPE_CHECKING:
    from index.ranking.search import Hits, Index

# Chosen on words of SQuAD train with one typing error and without.
# How likely a word must be to take the place of one that is nowhere, of one like a name (of a short name that begins
# otherwise), of one that is English or has three letters; and how likely one that the documents do not have must be.
_CLEAR, _CLEAR_IF_NAMED, _CLEAR_IF_OTHER_NAME, _CLEAR_IF_KNOWN, _CLEAR_IF_ABSENT = 0.5, 0.75, 0.98, 0.85, 0.9
_DOUBT, _DOUBTED = 0.1, 0.7  # how likely one must be to be asked with, and its weight beside the question's own words
_READ = 0.2  # how likely one must be for the question to be read with it as well
_NOWHERE = 0.05  # both, for a word that neither English nor the documents have: by itself it finds nothing

_SHORTEST, _LONGEST, _NAME, _CODED = 3, 40, 6, 5  # letters
_LOOKED_AT, _MOST = 30, 8  # words of a question that are looked at, and that may be mistyped

_CODE = frozenset("_@/\\#&+=~^")
# What people type for words that ask, although they are words too.
_ASKING = {"wen": "when", "wat": "what", "wha": "what", "wot": "what", "wut": "what", "wich": "which", "hwo": "how"}
_HOW = pattern(r"\bhow\s+\Z", re.IGNORECASE)
_DOSE = pattern(rf"dose\s+(?:{'|'.join(AFTER_DOES)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question, ``[start, end)``, and the word that was meant."""

    start: int
    end: int
    word: str
    meant: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words of a question that were mistyped, in order, and terms that may have been meant besides.

    ``also`` has how much each of those counts beside a term of the question. ``doubted`` are the corrections with the
    likeliest of them as well, () where none is likely enough, and ``likely`` how likely those are together. ``hits``
    are the first ``AROUND`` for the question as it was typed, where they were needed.
    """

    corrections: tuple[Correction, ...] = ()
    also: Mapping[str, float] = field(default_factory=dict)
    doubted: tuple[Correction, ...] = ()
    likely: float = 0.0
    hits: Hits | None = None


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
    return spelling(question, index).corrections


def spelling(question: str, index: Index) -> Spelling:
    """The typing errors of a question, with what was meant or may have been; mostly none."""
    asking = {token: Meant(word, "", 1.0, known=True, held=True) for token, word in _asking(question, index)}
    if not len(index):
        return Spelling(_corrections(question, asking))
    channel = Channel(question, index)
    clear, unclear = _judged(question, channel, index)
    if _is_foreign(question, clear, index):
        return Spelling(_corrections(question, asking), hits=channel.hits)
    tokens = index.analyzer.question(question).tokens
    own = {token: token for token in tokens}
    if clear and unclear.keys() - clear.keys():  # the words that are known now tell more of the others
        better = with_corrections(question, _corrections(question, asking | clear))
        own = dict(zip(index.analyzer.question(better).tokens, tokens, strict=False))
        more, unclear = _judged(better, Channel(better, index), index)
        clear |= {own[token]: word for token, word in more.items()}
    also = {
        each.term: _DOUBTED * (each.likely if index.holds(token.term) else math.sqrt(each.likely))
        for token, found in unclear.items()
        for each in found
        if each.held and each.likely >= _least(_DOUBT, token, found) and each.term != token.term
    }
    doubts = {
        own[token]: each
        for token, found in unclear.items()
        if own[token] not in clear and (each := _likeliest_other(token, found)) is not None
    }
    return Spelling(
        _corrections(question, asking | clear),
        also,
        _corrections(question, asking | clear | doubts) if doubts else (),
        math.prod(each.likely for each in doubts.values()),
        channel.hits,
    )


def _is_foreign(question: str, clear: Mapping[Token, Meant], index: Index) -> bool:
    """Whether all that a question has of English and of the documents are corrections to function words.

    "Wer repariert das Dach?" is no mistyped "were": it is in another language.
    """
    stop, unknown = index.analyzer.stop_terms, index.idf("")
    tokens = index.analyzer.question(question).tokens
    return (
        len(tokens) > 1
        and all(meant.term in stop for meant in clear.values())
        and not any(token.term in stop or index.idf(token.term) < unknown for token in tokens if token not in clear)
    )


def with_corrections(question: str, corrected: Iterable[Correction]) -> str:
    """The question with the words that were meant."""
    parts, last = [], 0
    for each in corrected:
        parts += [question[last : each.start], each.meant]
        last = each.end
    return "".join([*parts, question[last:]])


def _judged(question: str, channel: Channel, index: Index) -> tuple[dict[Token, Meant], dict[Token, list[Meant]]]:
    """The words that take the place of others, as they are to be written, and what else may have been meant by which.

    A word of the question that is surely the one meant is in neither.
    """
    clear: dict[Token, Meant] = {}
    unclear: dict[Token, list[Meant]] = {}
    asking = {token for token, _ in _asking(question, index)}
    for token, named in islice(open_words(question, index), _LOOKED_AT):
        if token in asking or len(clear) + len(unclear) >= _MOST:
            continue
        found = channel.ranked(token, named=named)
        if not found:
            continue
        best = found[0]
        if _is_clear(question, token, best, index, named=named):
            clear[token] = best._replace(word=channel.as_written(best) if best.held else best.word)
            found = found[1:]
        if any(each.likely >= _least(_DOUBT, token, found) and each.term != token.term for each in found):
            unclear[token] = found
    return clear, unclear


def _least(bound: float, token: Token, found: Iterable[Meant]) -> float:
    """How likely another word must be to count: less where the one typed is nowhere."""
    nowhere = any(each.term == token.term and not (each.known or each.held) for each in found)
    return _NOWHERE if nowhere else bound


def _likeliest_other(token: Token, found: Sequence[Meant]) -> Meant | None:
    """The likeliest word besides the one typed, where the documents have it and it is likely enough to be read with."""
    least = _least(_READ, token, found)
    others = (each for each in found if each.held and each.term != token.term and each.likely >= least)
    return max(others, key=lambda each: each.likely, default=None)


def _corrections(question: str, meant: Mapping[Token, Meant]) -> tuple[Correction, ...]:
    found = []
    for token in sorted(meant, key=lambda each: each.start):
        typed = question[token.start : token.end]
        found.append(Correction(token.start, token.end, typed, _cased(meant[token].word, typed)))
    return tuple(found)


def open_words(question: str, index: Index) -> Iterator[tuple[Token, bool]]:
    """The words of a question that may be mistyped, and whether each is written like a name."""
    tokens = index.analyzer.question(question).tokens
    # Where all words have capitals, they say nothing.
    capitals = any(question[token.start].islower() for token in tokens)
    for token in tokens:
        word = question[token.start : token.end]
        coded = capitals and sum(map(str.isupper, word)) > 1
        if coded and word.isupper() and len(word) >= _CODED:  # "AUTSPAC", where the documents have AUSTPAC
            coded = index.holds(token.term)
        if not coded and _is_plain(question, token, index):
            yield token, capitals and word[0].isupper() and token.start > tokens[0].start


def _asking(question: str, index: Index) -> Iterator[tuple[Token, str]]:
    """The words that people type for those that ask, and these."""
    for token, named in open_words(question, index):
        word = question[token.start : token.end].lower()
        if word in _ASKING and not named:
            yield token, _ASKING[word]
        elif _HOW.search(question[: token.start]) and not (is_english(word) or index.holds(token.term)):
            frames = [(likelihood(word, frame), frame) for frame in AMOUNTS_OF]
            best, frame = max(frames)
            if best:
                yield token, frame
        elif word == "dose" and _DOSE.match(question, token.start):
            yield token, "does"


def _is_plain(question: str, token: Token, index: Index) -> bool:
    """Whether a word may have been mistyped: it is of letters alone, no function word and no part of a code."""
    if token.term in index.analyzer.stop_terms:
        return False
    word, before, after = question[token.start : token.end], question[: token.start][-2:], question[token.end :][:2]
    return (
        word.isalpha()
        and _SHORTEST <= len(word) <= _LONGEST
        and not any(sign.isdigit() or sign in _CODE for sign in (before[-1:], after[:1]))
        and not re.match(r"\.\w", after)
        and not re.match(r"\w\.$", before)
    )


def _is_clear(question: str, token: Token, best: Meant, index: Index, *, named: bool) -> bool:
    """Whether the likeliest word takes the place of the one typed."""
    typed = fold(question[token.start : token.end])
    if best.term == token.term:
        return False
    if named and len(typed) < _NAME and best.word[0] != typed[0]:
        return best.held and best.likely >= _CLEAR_IF_OTHER_NAME
    function = best.term in index.analyzer.stop_terms
    if not (best.held or function):
        return not named and best.likely >= _CLEAR_IF_ABSENT
    if known_words().counts([typed])[0] or (len(typed) <= _SHORTEST and not function):
        return best.likely >= _CLEAR_IF_KNOWN
    return best.likely >= (_CLEAR_IF_NAMED if named else _CLEAR)


def _cased(word: str, typed: str) -> str:
    """A word with the capitals of what was typed for it."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
