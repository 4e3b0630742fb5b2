"""The terms of an index in order, as one byte string: looked up by bisection, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.tables import Bytes


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct terms in the order of their UTF-8 bytes; a term's place there is its number.

    ``terms``: one term a line, UTF-8. ``term_starts`` int64 (terms + 1,): where each line begins.

    >>> vocabulary = vocabulary_of_lines([b"abolish", b"visa"])
    >>> vocabulary.find("visa"), vocabulary.find("tea"), list(vocabulary)
    (1, None, ['abolish', 'visa'])
    """

    terms: Bytes
    term_starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.term_starts) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.term, range(len(self)))

    def term(self, number: int) -> str:
        """The term of that number."""
        return self.line(number).decode("utf-8")

    def find(self, term: str) -> int | None:
        """The number of a term, or None where the index does not hold it."""
        wanted = term.encode("utf-8", "surrogatepass")
        place = self._place(wanted)
        return place if place < len(self) and self.line(place) == wanted else None

    def starting(self, first: str, last: str) -> tuple[int, int]:
        """The stretch of term numbers whose terms begin with a sign from ``first`` to ``last``."""
        return self._place(first.encode("utf-8")), self._place(chr(ord(last) + 1).encode("utf-8"))

    def line(self, number: int) -> bytes:
        """The term of that number as UTF-8."""
        start, end = self.term_starts[number : number + 2].tolist()
        return self.terms[start : end - 1]

    def _place(self, wanted: bytes) -> int:
        """How many terms come before ``wanted``."""
        terms, starts = self.terms, self.term_starts.data  # the latter gives plain numbers, and fast
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if terms[starts[middle] : starts[middle + 1] - 1] < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def vocabulary_of_lines(terms: list[bytes]) -> Vocabulary:
    """The vocabulary of distinct terms, given as UTF-8 in order."""
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)) + 1, out=starts[1:])
    return Vocabulary(b"\n".join([*terms, b""]), starts)


def lines_of(vocabulary: Vocabulary) -> list[bytes]:
    """The terms of a vocabulary as UTF-8, in order."""
    return bytes(vocabulary.terms[:]).split(b"\n")[:-1]
