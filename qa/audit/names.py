"""The names in a text: runs of capitalised words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.terms.analysis import STOP_WORDS, fold

_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-ſА-Я][\w’'-]*(?:\s+(?:(?:of|the|and|de|la|von|van|der|al|bin|for)\s+){0,2}[A-ZÀ-ÖØ-ÞĀ-ſА-Я][\w’'-]*)*"
)
_NOT_NAMES = frozenset(
    """the a an in on at by for to from with of and or but as it its he she they his her their this that these those
    there i we you while when after before since during until although however both many most some all one two three
    four five six seven eight nine ten several who what where which today yesterday now then only also not no there
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday mr mrs ms dr""".split()  # noqa: SIM905
)
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
