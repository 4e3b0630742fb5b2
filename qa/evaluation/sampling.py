"""Which questions of a file are asked, in which order, and what is kept of them when Ctrl-C ends it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeVar

from corpus.progress import Progress

Row = TypeVar("Row")


def drawn(count: int, limit: int | None, seed: int) -> list[int]:
    """The numbers of ``count`` questions, all or ``limit`` of them, shuffled the same for the same seed.

    >>> sorted(drawn(3, None, 13)), len(drawn(9, 2, 13))
    ([0, 1, 2], 2)
    """
    return random.Random(seed).sample(range(count), min(count, limit or count))


def gathered(rows: Iterable[tuple[int, Row]], planned: int, progress: Progress | None) -> list[Row]:
    """What comes with the numbers of its questions, in their order; on Ctrl-C what has come so far.

    ``progress`` is told (done, planned). Raises KeyboardInterrupt where nothing has come yet.

    >>> gathered([(1, "Who?"), (0, "When?")], 2, None)
    ['When?', 'Who?']
    """
    found: dict[int, Row] = {}
    try:
        for number, row in rows:
            found[number] = row
            if progress is not None:
                progress(len(found), planned)
    except KeyboardInterrupt:
        if not found:
            raise
    return [found[number] for number in sorted(found)]
