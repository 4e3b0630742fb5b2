"""The postings of one term of a question, and what ranking by such stretches finds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ranked = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The numbers of the best passages and their scores, best first."""


class Stretch(NamedTuple):
    """The rows of one term of a question, from ``start`` to before ``stop``.

    ``number`` is the term's, ``weight`` the question's for it, and ``highest`` the highest impact of the rows.
    """

    number: int
    start: int
    stop: int
    weight: float
    highest: float

    def weighing(self, weight: float) -> Stretch:
        """The same rows with another weight."""
        return Stretch(self.number, self.start, self.stop, weight, self.highest)

    @property
    def bound(self) -> float:
        """The most that the term can add to a score."""
        return self.weight * self.highest
