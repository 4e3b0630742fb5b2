"""Which English words are known at large: a Bloom filter of stems, learned by scripts/train_words.py."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.terms.analysis import Analyzer

FILE = Path(__file__).parent / "words" / "known.npy"

_PROBES = 7  # bits of each stem: the best number for one stem in a hundred let in wrongly


@dataclass(frozen=True, slots=True)
class KnownWords:
    """A set of stems in about ten bits each (Bloom 1970): a stem of it is always found, another hardly ever.

    ``bits`` uint8 (bytes,): eight bits each, the lowest first.

    >>> words = KnownWords.of(["abolish", "visa"])
    >>> words.holds("visa"), words.holds("viza")
    (True, False)
    """

    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, stems: Sequence[str], *, wrong: float = 0.01) -> KnownWords:
        """The set of those stems, which lets in the share ``wrong`` of others."""
        size = math.ceil(len(stems) * -math.log(wrong) / math.log(2) ** 2 / 8) + 1
        flags = np.zeros(8 * size, np.bool_)
        for stem in stems:
            flags[list(_places(stem, len(flags)))] = True
        return cls(np.packbits(flags, bitorder="little"))

    def holds(self, stem: str) -> bool:
        """Whether a stem is known."""
        return all(self.bits[place >> 3] >> (place & 7) & 1 for place in _places(stem, 8 * len(self.bits)))


def is_english(word: str, *, stem: bool = False) -> bool:
    """Whether a word, or a stem where ``stem`` says so, is an English one.

    >>> is_english("Governments"), is_english("govrnmnt")
    (True, False)
    """
    return known_words().holds(word if stem else _analyzer().term(word))


@cache
def known_words() -> KnownWords:
    """The English words that ship with the index.

    >>> known_words().holds("govern"), known_words().holds("goverm")
    (True, False)
    """
    return KnownWords(np.load(FILE, allow_pickle=False))


@cache
def _analyzer() -> Analyzer:
    return Analyzer()  # whatever that of an index is: the stems are those of English


def _places(stem: str, bits: int) -> Iterator[int]:
    """The bits of a stem: two hashes, added again and again (Kirsch & Mitzenmacher 2006)."""
    digest = blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")
    return ((first + turn * step) % bits for turn in range(_PROBES))
