"""The postings of an index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passages hold each term, and with what impact; the rows of one term lie together.

    ``starts`` int64 (terms + 1,): where the rows of each term begin. ``passages`` int32 (rows,), ascending
    within a term. ``impacts`` float32 (rows,).
    """

    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    impacts: NDArray[np.float32]
