"""Vocabularies joined into one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.data.vocabulary import Vocabulary

_TERMS_AT_ONCE = 3_000_000  # terms of all segments that are brought together at once; about 400 MB


def join_vocabularies(
    parts: Sequence[Vocabulary], *, array: Callable[[int, Any], NDArray[Any]] = np.empty
) -> tuple[Vocabulary, list[NDArray[np.int32]]]:
    """The vocabulary of all parts, and the place there of each one's terms: int32 (terms of the part,) each.

    ``array`` gives the places that they are written to.

    >>> from index.data.vocabulary import vocabulary_of_lines
    >>> whole, places = join_vocabularies([vocabulary_of_lines([b"tea"]), vocabulary_of_lines([b"ice", b"tea"])])
    >>> list(whole), [place.tolist() for place in places]
    (['ice', 'tea'], [[1], [0, 1]])
    """
    places = [array(len(part), np.int32) for part in parts]
    largest = max(parts, key=len)
    cuts = max(1, sum(map(len, parts)) // _TERMS_AT_ONCE)
    bounds = [bytes(largest.line(len(largest) * cut // cuts)) for cut in range(1, cuts)] if len(largest) else []
    edges = [[0, *(_before(part, bound) for bound in bounds), len(part)] for part in parts]
    texts: list[bytes] = []
    sizes: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    done = 0
    for stretch in range(len(bounds) + 1):
        lines = []
        for part, edge in zip(parts, edges, strict=True):
            begin, end = part.term_starts[[edge[stretch], edge[stretch + 1]]].tolist()
            lines.append(bytes(part.terms[begin:end]).split(b"\n")[:-1])
        met: defaultdict[bytes, int] = defaultdict()  # when each term is met first
        met.default_factory = met.__len__
        numbers = [np.fromiter(map(met.__getitem__, some), np.int32, len(some)) for some in lines]
        union = sorted(met)  # fast, as the parts are in order
        ranks = np.empty(len(union), np.int32)
        ranks[np.fromiter(map(met.__getitem__, union), np.int32, len(union))] = np.arange(done, done + len(union))
        for place, edge, some in zip(places, edges, numbers, strict=True):
            place[edge[stretch] : edge[stretch + 1]] = ranks[some]
        texts.append(b"\n".join([*union, b""]))
        sizes.append(np.fromiter(map(len, union), np.int64, len(union)) + 1)
        done += len(union)
    return Vocabulary(b"".join(texts), np.cumsum(np.concatenate(sizes))), places


def _before(vocabulary: Vocabulary, bound: bytes) -> int:
    """How many terms come before one."""
    return bisect_left(range(len(vocabulary)), bound, key=lambda number: bytes(vocabulary.line(number)))
