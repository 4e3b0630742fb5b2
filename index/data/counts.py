"""How often terms stand in passages, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIELDS = ("text", "title", "heading")


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each term stands in each field of each passage: one row for each (term, passage) pair.

    Rows are in the order of term, then passage. ``terms`` int32 (rows,), ``passages`` int32 (rows,),
    ``frequencies``: for each field whole numbers (rows,); ``lengths`` int32 (fields, passages).
    """

    terms: NDArray[np.int32]
    passages: NDArray[np.int32]
    frequencies: Sequence[NDArray[np.integer[Any]]]
    lengths: NDArray[np.int32]
