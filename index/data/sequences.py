"""Passages as sequences of terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sequences:
    """Every passage as term numbers in reading order: its label, then its sentences.

    The label is the title and the heading path; it counts as one more sentence. ``terms`` int32 (tokens,);
    ``segment_starts`` int64 (passages + sentences + 1,): where each label and sentence begins in it.
    ``lengths`` int32 (fields, passages): how many terms each field of each passage has.
    """

    terms: NDArray[np.int32]
    segment_starts: NDArray[np.int64]
    lengths: NDArray[np.int32]
