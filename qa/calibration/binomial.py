"""The exact binomial tail, and how many answers it takes to support a bound on the share of wrong ones."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

_ROUNDING = 1e-12  # of probabilities that should be equal
_MOST = 1_000_000  # answers; who would need more is told that it cannot be done


def at_most(wrong: int, answers: int, share: float) -> float:
    """The probability of at most ``wrong`` wrong answers where each is wrong with the probability ``share``.

    This is P(X <= wrong) for X ~ Binomial(answers, share), with 0 < share < 1: the p-value of "more than ``share``
    are wrong" (Clopper & Pearson 1934). The terms are added up as logarithms, so that none underflows.

    >>> round(at_most(1, 3, 0.5), 12)
    0.5
    >>> round(at_most(0, 45, 0.05), 4)
    0.0994
    """
    if wrong < 0:
        return 0.0
    if wrong >= answers:
        return 1.0
    places = np.arange(1, wrong + 1, dtype=np.float64)
    steps = np.log((answers - places + 1) / places) + (np.log(share) - np.log1p(-share))
    logarithms = answers * np.log1p(-share) + np.concatenate([[0.0], np.cumsum(steps)])
    highest = logarithms.max()
    return min(1.0, float(np.exp(highest + np.log(np.exp(logarithms - highest).sum()))))


@lru_cache(maxsize=1 << 16)
def fewest(wrong: int, share: float, doubt: float) -> int | None:
    """The smallest number of answers that bound the share of wrong ones by ``share`` although ``wrong`` are wrong.

    Of so many, or more, ``at_most`` is at most ``doubt``. None where that would take more than a million.

    >>> [fewest(wrong, 0.05, 0.1) for wrong in (0, 1, 2)]
    [45, 77, 105]
    """
    low, high = wrong, wrong + 1
    while at_most(wrong, high, share) > doubt + _ROUNDING:
        if high > _MOST:
            return None
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if at_most(wrong, middle, share) <= doubt + _ROUNDING:
            high = middle
        else:
            low = middle
    return high
