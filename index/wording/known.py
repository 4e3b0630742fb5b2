"""How often English words are written: a table of hashes and levels, learned by scripts/train_words.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.data.arrays import read_array
from index.terms.analysis import fold

FILE = Path(__file__).parent / "words" / "known.npy"

_STEPS = 6  # levels of one doubling: counts are kept to 6 in 100
_NAMES = 128  # the bit of a level that tells a name
COMMON = 5e-7  # the share of all words from which one is known, 10 in 20 million: below stand most misspellings
_LONGEST = 40  # letters
_BASE, _MIX, _ALL = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 2**64 - 1
_POWERS = np.array([pow(_BASE, power, 2**64) for power in range(_LONGEST + 2)], np.uint64)
_LETTERS = np.arange(97, 123, dtype=np.uint64)
_ROW = np.dtype([("hash", "<u4"), ("level", "u1")])


@dataclass(frozen=True)
class KnownWords:
    """How often each of many words was seen, by 32 bits of its hash: two words in a hundred thousand are mixed up.

    ``rows`` (words,) have a ``hash`` uint32, ascending, and a ``level`` uint8: the logarithm of the count,
    and a bit for names.

    >>> words = KnownWords.of({"abolish": 7, "visa": 100})
    >>> words.counts(["visa", "viza", "abolish"]).round().tolist()
    [102.0, 0.0, 7.0]
    """

    rows: NDArray[np.void]

    @classmethod
    def of(cls, counts: Mapping[str, int], *, names: Set[str] = frozenset()) -> KnownWords:
        """The table of folded words with their counts, each at least 1; of words with one hash the commoner stays."""
        words = sorted(counts, key=lambda word: (-counts[word], word))
        levels = np.rint(_STEPS * np.log2(np.array([counts[word] for word in words], np.float64)))
        rows = np.empty(len(words), _ROW)
        rows["hash"] = _hashes(words)
        rows["level"] = np.minimum(levels, _NAMES - 1) + _NAMES * np.array([word in names for word in words], np.bool_)
        return cls(rows[np.unique(rows["hash"], return_index=True)[1]])

    def counts(self, words: Sequence[str]) -> NDArray[np.float64]:
        """How often each of some folded words was seen: float64 (words,), 0 for one that is not in the table."""
        places = self._places(words)
        return np.where(places < 0, 0.0, self._counts[places]) if len(self.rows) else np.zeros(len(words))

    def is_name(self, word: str) -> bool:
        """Whether a folded word is in the table as one that is written with a capital.

        >>> KnownWords.of({"belgrade": 20, "visa": 100}, names={"belgrade"}).is_name("belgrade")
        True
        """
        (place,) = self._places([word]).tolist()
        return place >= 0 and bool(self.rows["level"][place] & _NAMES)

    def neighbours(self, word: str) -> dict[str, float]:
        """The words of the table that one edit makes of a folded word, and what share of all words each is.

        None where the word is not of the letters a to z, or longer than 40.

        >>> KnownWords.of({"visa": 64, "visas": 64}).neighbours("vizas")
        {'visas': 0.5}
        """
        if not (word.isascii() and word.isalpha() and word.islower() and len(word) <= _LONGEST and len(self.rows)):
            return {}
        wanted = _edited(word)
        places = np.minimum(self._hashes.searchsorted(wanted), len(self._hashes) - 1)
        numbers = np.flatnonzero(self._hashes[places] == wanted)
        shares = self._counts[places[numbers]] / self._total
        found = zip(numbers.tolist(), shares.tolist(), strict=True)
        return {other: share for number, share in found if (other := _spelling(word, number)) != word}

    def shares(self, words: Sequence[str]) -> NDArray[np.float64]:
        """What share of all words each of some folded words is: float64 (words,)."""
        return self.counts(words) / self._total

    def _places(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The row of each word, -1 for one that is not in the table."""
        wanted = np.array(_hashes(words), np.uint32)
        if not len(self.rows):
            return np.full(len(words), -1)
        places = np.minimum(self._hashes.searchsorted(wanted), len(self._hashes) - 1)
        return np.where(self._hashes[places] == wanted, places, -1)

    @cached_property
    def _hashes(self) -> NDArray[np.uint32]:
        return np.ascontiguousarray(self.rows["hash"])

    @cached_property
    def _counts(self) -> NDArray[np.float64]:
        return np.asarray(np.exp2((self.rows["level"] & (_NAMES - 1)) / _STEPS))

    @cached_property
    def _total(self) -> float:
        return max(float(self._counts.sum()), 1.0)


def is_english(word: str) -> bool:
    """Whether a word is a well known one.

    >>> is_english("Governments"), is_english("govrenment")
    (True, False)
    """
    return bool(known_words().shares([fold(word)])[0] >= COMMON)


@cache
def known_words() -> KnownWords:
    """The English words that ship with the index.

    >>> bool(known_words().counts(["govern"])[0] > 100), float(known_words().counts(["govrn"])[0])
    (True, 0.0)
    """
    return KnownWords(read_array(FILE))


def _hashes(words: Iterable[str]) -> list[int]:
    """32 bits for each word: those of a polynomial of its letters, mixed."""
    found = []
    for word in words:
        value = 0
        for sign in word:
            value = (value * _BASE + ord(sign)) & _ALL
        found.append((value * _MIX & _ALL) >> 32)
    return found


def _edited(word: str) -> NDArray[np.uint32]:
    """The hashes of what one edit makes of a word of letters a to z, in the order of ``_spelling``."""
    size = len(word)
    signs = np.frombuffer(word.encode("ascii"), np.uint8).astype(np.uint64)
    before, after = [0], [0]  # of the first letters and of the last ones
    for sign in word:
        before.append((before[-1] * _BASE + ord(sign)) & _ALL)
    for place, sign in enumerate(reversed(word)):
        after.append((after[-1] + ord(sign) * int(_POWERS[place])) & _ALL)
    starts, ends = np.array(before, np.uint64), np.array(after[::-1], np.uint64)
    powers = _POWERS[size - 1 :: -1] if size else _POWERS[:0]  # of each place
    whole = starts[-1]
    changed = whole + (_LETTERS - signs[:, None]) * powers[:, None]
    lost = (starts * _POWERS[size + 1 : 0 : -1] + ends)[:, None] + _LETTERS * _POWERS[size::-1][:, None]
    added = starts[:-1] * powers + ends[1:]
    swapped = whole + (signs[1:] - signs[:-1]) * (powers[:-1] - powers[1:])
    values = np.concatenate([changed.ravel(), lost.ravel(), added, swapped])
    return (values * np.uint64(_MIX) >> np.uint64(32)).astype(np.uint32)


def _spelling(word: str, number: int) -> str:
    """What one edit makes of a word, by its number."""
    size, letters = len(word), len(_LETTERS)
    if number < size * letters:
        place, letter = divmod(number, letters)
        return word[:place] + chr(97 + letter) + word[place + 1 :]
    number -= size * letters
    if number < (size + 1) * letters:
        place, letter = divmod(number, letters)
        return word[:place] + chr(97 + letter) + word[place:]
    number -= (size + 1) * letters
    if number < size:
        return word[:number] + word[number + 1 :]
    place = number - size
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
