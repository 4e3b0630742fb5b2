"""The measures that rankings and confidences are judged by; every share is between 0 and 1.

Rankings: recall@k, mean reciprocal rank, nDCG. Confidences: the risk-coverage curve and its area (Geifman
& El-Yaniv 2017), coverage at a precision, expected calibration error. A question for which no answer was
found counts as not right, with confidence 0; equal confidences share one place, so the order of the
questions never matters. ``qa.agreement`` compares the texts of answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean, or None of nothing.

    >>> mean([1.0, 0.0]), mean([])
    (0.5, None)
    """
    return math.fsum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value under which a share of the values lies, linearly interpolated; None of nothing.

    >>> percentile([1.0, 2.0, 4.0], 0.5), percentile([1.0, 2.0], 0.95)
    (2.0, 1.95)
    """
    return float(np.quantile(np.asarray(values, dtype=np.float64), share)) if values else None


def recall_at(ranks: Sequence[int | None], k: int) -> float | None:
    """The share of questions whose gold item stands at rank ``k`` or better (ranks from 1, None: not found).

    >>> recall_at([1, 3, None, 2], 2)
    0.5
    """
    return mean([float(rank is not None and rank <= k) for rank in ranks])


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float | None:
    """The mean of one over the rank of the gold item, 0 where it was not found.

    >>> mean_reciprocal_rank([1, 2, None])
    0.5
    """
    return mean([0.0 if rank is None else 1 / rank for rank in ranks])


def ndcg_at(ranking: Sequence[str], judgements: Mapping[str, int], k: int = 10) -> float:
    """The normalised discounted cumulative gain of the first ``k`` of a ranking, as trec_eval has it.

    The gain of an item is its judgement (0 when it has none or a negative one), discounted by
    log2(rank + 1), and divided by the sum of the best possible order (Järvelin & Kekäläinen 2002).

    >>> round(ndcg_at(["b", "a"], {"a": 1}), 4)
    0.6309
    """
    gains = [max(judgements.get(item, 0), 0) for item in ranking[:k]]
    ideal = sorted((max(gain, 0) for gain in judgements.values()), reverse=True)[:k]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def share_found(ranking: Sequence[str], judgements: Mapping[str, int], k: int) -> float:
    """The share of the relevant items (judged above 0) among the first ``k`` of a ranking: recall@k.

    >>> share_found(["a", "x", "b"], {"a": 1, "b": 2, "x": 0}, 2)
    0.5
    """
    relevant = {item for item, grade in judgements.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def risk_coverage(
    confidences: Sequence[float], right: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The coverage (n,) and the risk (n,) when only the surest 1, 2, ... n questions are answered.

    Risk is the share of wrong answers among those given. Questions of equal confidence cannot be told
    apart, so each counts as wrong in the measure that its group is.

    >>> coverage, risk = risk_coverage([0.9, 0.5, 0.7, 0.1], [True, False, True, False])
    >>> coverage.tolist(), risk.round(3).tolist()
    ([0.25, 0.5, 0.75, 1.0], [0.0, 0.0, 0.333, 0.5])
    """
    _, shares = _surest_first(confidences, right)
    counts = np.arange(1, len(shares) + 1, dtype=np.float64)
    return counts / max(len(shares), 1), 1 - np.cumsum(shares) / counts


def aurc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The area under the risk-coverage curve: the mean risk over all coverages; lower is better.

    >>> aurc([0.9, 0.1], [True, False]), aurc([0.1, 0.9], [True, False])
    (0.25, 0.75)
    """
    return float(risk_coverage(confidences, right)[1].mean()) if len(right) else None


def coverage_at_precision(confidences: Sequence[float], right: Sequence[bool], precision: float) -> float | None:
    """The largest share of the questions that some threshold answers at this precision or better.

    A threshold answers all questions of equal confidence or none of them. None of no questions.

    >>> coverage_at_precision([0.9, 0.8, 0.7, 0.6], [True, True, False, False], 0.8)
    0.5
    """
    if not len(right):
        return None
    ordered, _ = _surest_first(confidences, right)
    coverage, risk = risk_coverage(confidences, right)
    possible = coverage[_last_of_group(ordered) & (1 - risk >= precision - 1e-12)]
    return float(possible.max()) if possible.size else 0.0


def accuracy_at_coverage(confidences: Sequence[float], right: Sequence[bool], coverage: float) -> float | None:
    """The share of right ones among the surest ``coverage`` of the questions, rounded up; None of no questions.

    >>> accuracy_at_coverage([0.9, 0.8, 0.7, 0.6, 0.5], [True, True, True, False, False], 0.8)
    0.75
    """
    if not len(right):
        return None
    count = max(1, math.ceil(coverage * len(right) - 1e-9))
    return 1 - float(risk_coverage(confidences, right)[1][count - 1])


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float | None:
    """The expected calibration error over bins of equal mass (the same number of questions in each).

    The mean distance between a bin's mean confidence and its share of right answers, weighted by the
    bin's size (Naeini et al. 2015, with quantile bins as in Nguyen & O'Connor 2015). None of no questions.

    >>> round(calibration_error([0.8, 0.8, 0.8, 0.8], [True, True, True, False]) or 0.0, 3)
    0.05
    """
    if not len(right):
        return None
    ordered, shares = _surest_first(confidences, right)
    parts = zip(np.array_split(ordered, bins), np.array_split(shares, bins), strict=True)
    return float(sum(abs(float(sure.sum() - true.sum())) for sure, true in parts) / len(ordered))


def best_threshold(
    confidences: Sequence[float], scores: Sequence[float], answerable: Sequence[bool]
) -> tuple[float, float] | None:
    """The best mean score that a refusal threshold can reach, and that threshold.

    ``scores`` are those of the answers given without refusing (0 for an unanswerable question); a
    question under the threshold scores 1 when it is unanswerable and 0 when it is not, as in SQuAD 2.0's
    best_f1 and best_f1_thresh, here over confidences. The threshold is the lowest confidence still
    answered; infinity answers nothing. None of no questions.

    >>> best_threshold([0.9, 0.6, 0.5, 0.1], [1.0, 0.0, 1.0, 0.0], [True, True, True, False])
    (0.75, 0.5)
    """
    if not len(scores):
        return None
    gains = np.asarray(scores, dtype=np.float64) - (~np.asarray(answerable, dtype=bool))
    sure = np.asarray(confidences, dtype=np.float64)
    order = np.argsort(-sure, kind="stable")
    ordered, refused = sure[order], float((~np.asarray(answerable, dtype=bool)).sum())
    totals = np.where(_last_of_group(ordered), refused + np.cumsum(gains[order]), -np.inf)
    best = int(np.argmax(totals))
    if totals[best] <= refused:
        return refused / len(gains), math.inf
    return float(totals[best]) / len(gains), float(ordered[best])


def _surest_first(
    confidences: Sequence[float], right: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The confidences (n,) in falling order, and for each (n,) the share of right ones among its equals."""
    sure = np.asarray(confidences, dtype=np.float64)
    values, group = np.unique(-sure, return_inverse=True)
    counts = np.bincount(group, minlength=len(values))
    shares = np.bincount(group, weights=np.asarray(right, dtype=np.float64), minlength=len(values)) / counts
    return -np.repeat(values, counts), np.repeat(shares, counts)


def _last_of_group(ordered: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each (n,) of the ordered confidences is the last of its equals: where a threshold can cut."""
    return np.append(ordered[1:] != ordered[:-1], True)
