"""The names in a text: runs of capitalised words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.english.calendar import MONTHS, WEEKDAYS
from corpus.english.function_words import NAME_PARTS, NO_NAMES, STOP_WORDS
from corpus.english.numerals import SMALL
from index.terms.analysis import fold

_NAME = re.compile(
    rf"[A-ZÀ-ÖØ-ÞĀ-ſА-Я][\w’'-]*(?:\s+(?:(?:{'|'.join(NAME_PARTS)})\s+){{0,2}}[A-ZÀ-ÖØ-ÞĀ-ſА-Я][\w’'-]*)*"
)
_NOT_NAMES = NO_NAMES | frozenset((*MONTHS, *WEEKDAYS, *SMALL[1:11]))
_WORD = re.compile(r"\S+")
_OWNED = ("'s", "’s")


def name_places(text: str) -> Iterator[tuple[int, int]]:
    """Where the names of a text stand, without what is capitalised only because it comes first.

    >>> [("The Savva of Serbia's book"[start:end]) for start, end in name_places("The Savva of Serbia's book")]
    ['Savva of Serbia']
    """
    for match in _NAME.finditer(text):
        words = [(match.start() + word.start(), word[0]) for word in _WORD.finditer(match[0])]
        while words and _unowned(words[0][1].lower()) in _NOT_NAMES:
            words = words[1:]
        while words and words[-1][1].lower() in _NOT_NAMES:
            words = words[:-1]
        if not words:
            continue
        if begins(text, match.start()) and len(words) == 1 and fold(words[0][1]) in STOP_WORDS:
            continue
        yield words[0][0], words[-1][0] + len(_unowned(words[-1][1]))


def begins(text: str, place: int) -> bool:
    """Whether a sentence begins at a place, where any word has a capital."""
    return place == 0 or text[:place].rstrip()[-1:] in ".!?:"


def _unowned(word: str) -> str:
    return word[:-2] if word.endswith(_OWNED) else word
