"""What a weighting knows of a collection."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a weighting needs to know of the whole collection: of all shards together where there are many.

    ``document_frequencies`` int64 (terms,); ``mean_lengths`` float64 (fields,).
    """

    passages: int
    document_frequencies: NDArray[np.int64]
    mean_lengths: NDArray[np.float64]
