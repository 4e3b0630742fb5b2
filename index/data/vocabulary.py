"""The terms of an index in order, as one byte string: looked up by bisection, nothing is loaded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.data.tables import Bytes

_TOGETHER = 50  # terms read in the time of one bisection


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

    def find_many(self, terms: Iterable[str]) -> dict[str, int]:
        """The numbers of those of many terms that the index holds; terms that begin alike are found fast.

        >>> vocabulary_of_lines([b"abolish", b"visa"]).find_many(["visa", "viza", "abolish"])
        {'abolish': 0, 'visa': 1}
        """
        wanted = sorted((term.encode("utf-8", "surrogatepass"), term) for term in set(terms))
        found: dict[str, int] = {}
        open_ = [(0, len(wanted), 0, len(self))]  # stretches of wanted terms, and where they can be
        while open_:
            first, last, low, high = open_.pop()
            if first >= last or low >= high:
                continue
            if high - low <= _TOGETHER * (last - first):  # reading them all is faster than bisecting for each
                lines = self._lines(low, high)
                held = set(lines).intersection([line for line, _ in wanted[first:last]])
                found.update((line.decode("utf-8"), low + bisect_left(lines, line)) for line in held)
                continue
            middle = (first + last) // 2
            line, term = wanted[middle]
            place = self._place(line, low, high)
            if place < high and self.line(place) == line:
                found[term] = place
            open_ += [(first, middle, low, place), (middle + 1, last, place, high)]
        return dict(sorted(found.items()))

    def starting(self, first: str, last: str) -> tuple[int, int]:
        """The stretch of term numbers whose terms begin with a sign from ``first`` to ``last``."""
        return self._place(first.encode("utf-8")), self._place(chr(ord(last) + 1).encode("utf-8"))

    def beginning(self, prefix: str) -> tuple[int, int]:
        """The stretch of term numbers whose terms begin with a prefix of one sign or more.

        >>> vocabulary_of_lines([b"tea", b"team", b"ten"]).beginning("tea")
        (0, 2)
        """
        last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        return self._place(prefix.encode("utf-8")), self._place(last.encode("utf-8"))

    def matrix(self, first: int, last: int, sizes: range) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """The terms from ``first`` to before ``last`` that have so many bytes: their numbers and their bytes.

        int64 (terms,) and uint8 (terms, largest size), filled up with zeros.

        >>> vocabulary_of_lines([b"a", b"tea", b"team"]).matrix(0, 3, range(1, 4))[1].tolist()
        [[97, 0, 0], [116, 101, 97]]
        """
        starts = self.term_starts[first : last + 1]
        lengths = starts[1:] - starts[:-1] - 1
        chosen = np.flatnonzero((lengths >= sizes.start) & (lengths < sizes.stop))
        signs = np.frombuffer(self.terms[int(starts[0]) : int(starts[-1])] + bytes(sizes.stop), np.uint8)
        columns = np.arange(sizes.stop - 1)
        found = signs[(starts[chosen] - starts[0])[:, None] + columns]
        found[columns >= lengths[chosen, None]] = 0
        return chosen + first, found

    def line(self, number: int) -> bytes:
        """The term of that number as UTF-8."""
        start, end = self.term_starts[number : number + 2].tolist()
        return self.terms[start : end - 1]

    def _lines(self, first: int, last: int) -> list[bytes]:
        """The terms from ``first`` to before ``last`` as UTF-8."""
        starts = self.term_starts
        return bytes(self.terms[int(starts[first]) : int(starts[last])]).split(b"\n")[:-1]

    def _place(self, wanted: bytes, low: int = 0, high: int | None = None) -> int:
        """How many terms come before ``wanted``, whose place is known to be from ``low`` to ``high``."""
        terms, starts = self.terms, self.term_starts.data  # the latter gives plain numbers, and fast
        high = len(self) if high is None else high
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
