"""Metrics, held against cases computed by hand and against naive definitions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation import metrics

JUDGED = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=30)


def test_recall_and_reciprocal_rank_of_hand_computed_ranks():
    ranks = [1, 2, 6, None]
    assert metrics.recall_at(ranks, 1) == 0.25
    assert metrics.recall_at(ranks, 5) == 0.5
    assert metrics.recall_at(ranks, 6) == 0.75
    assert metrics.mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert metrics.recall_at([], 5) is None


def test_ndcg_of_a_hand_computed_ranking():
    judged = {"a": 2, "b": 1, "c": 1, "d": 0}
    found = 1 / math.log2(2) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert metrics.ndcg_at(["b", "d", "a"], judged) == pytest.approx(found / ideal)
    assert metrics.ndcg_at(["x", "d"], judged) == 0.0
    assert metrics.ndcg_at(["x", "a"], judged, k=1) == 0.0
    assert metrics.ndcg_at(["a"], {"a": 0}) == 0.0


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(0, 3), min_size=1, max_size=12), st.randoms())
def test_ndcg_is_one_exactly_in_the_order_of_the_judgements(judged, random):
    best = sorted(judged, key=lambda name: -judged[name])
    some_order = random.sample(best, len(best))
    value = metrics.ndcg_at(some_order, judged)
    expected = 1.0 if any(judged.values()) else 0.0
    assert metrics.ndcg_at(best, judged) == pytest.approx(expected)
    assert (value == pytest.approx(expected)) == (
        [judged[n] for n in some_order[:10]] == [judged[n] for n in best[:10]]
    )


def test_the_share_found_counts_relevant_items_only():
    judged = {"a": 1, "b": 2, "c": 0}
    assert metrics.share_found(["c", "a", "b"], judged, 1) == 0.0
    assert metrics.share_found(["c", "a", "b"], judged, 2) == 0.5
    assert metrics.share_found(["c", "a", "b"], judged, 20) == 1.0


def test_percentiles_are_interpolated():
    assert metrics.percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.5
    assert metrics.percentile([7.0], 0.95) == 7.0
    assert metrics.percentile([], 0.5) is None


def test_aurc_of_a_hand_computed_order():
    # Surest first: right, wrong, right, so the risks are 0, 1/2, 1/3.
    assert metrics.aurc([0.2, 0.9, 0.5], [True, True, False]) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert metrics.aurc([], []) is None


def test_equal_confidences_share_their_risk():
    # One of two equals is right: risks 1/2 and 1/2 whichever comes first.
    assert metrics.aurc([0.5, 0.5], [True, False]) == metrics.aurc([0.5, 0.5], [False, True]) == 0.5


@given(JUDGED, st.randoms())
def test_no_confidence_measure_depends_on_the_order_of_the_questions(judged, random):
    shuffled = random.sample(judged, len(judged))

    def measured(pairs):
        sure, right = [p for p, _ in pairs], [r for _, r in pairs]
        return (
            metrics.aurc(sure, right),
            metrics.coverage_at_precision(sure, right, 0.8),
            metrics.calibration_error(sure, right),
            *(metrics.best_threshold(sure, [float(r) for r in right], [True] * len(right)) or ()),
        )

    assert measured(judged) == pytest.approx(measured(shuffled))


def test_coverage_is_the_largest_that_keeps_the_precision():
    sure, right = [0.9, 0.8, 0.7, 0.6, 0.5], [True, False, True, True, True]
    assert metrics.coverage_at_precision(sure, right, 0.8) == 1.0
    assert metrics.coverage_at_precision(sure, right, 0.9) == 0.2
    assert metrics.coverage_at_precision([0.9], [False], 0.5) == 0.0
    assert metrics.coverage_at_precision([], [], 0.5) is None


@given(JUDGED, st.sampled_from([0.5, 0.8, 0.9, 1.0]))
def test_coverage_equals_trying_every_threshold(judged, precision):
    sure, right = [p for p, _ in judged], [r for _, r in judged]
    best = 0.0
    for threshold in set(sure):
        given_answers = [r for p, r in judged if p >= threshold]
        if sum(given_answers) / len(given_answers) >= precision:
            best = max(best, len(given_answers) / len(judged))
    assert metrics.coverage_at_precision(sure, right, precision) == pytest.approx(best)


def test_calibration_error_of_two_hand_computed_bins():
    sure, right = [0.9, 0.8, 0.3, 0.1], [True, True, True, False]
    # Bins {0.9, 0.8} and {0.3, 0.1}: |0.85 - 1| and |0.2 - 0.5|, half the questions each.
    assert metrics.calibration_error(sure, right, bins=2) == pytest.approx(0.5 * 0.15 + 0.5 * 0.3)
    assert metrics.calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert metrics.calibration_error([], []) is None


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.1, 0.4, 0.8]), st.sampled_from([0.0, 0.25, 1.0]), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_the_best_threshold_equals_trying_every_one(questions):
    questions = [(sure, score if answerable else 0.0, answerable) for sure, score, answerable in questions]

    def reached(threshold):
        return sum(score if sure >= threshold else float(not able) for sure, score, able in questions) / len(questions)

    expected = max(reached(threshold) for threshold in [*(sure for sure, _, _ in questions), math.inf])
    best = metrics.best_threshold(*(list(column) for column in zip(*questions, strict=True)))
    assert best is not None
    assert best[0] == pytest.approx(expected)
    assert reached(best[1]) == pytest.approx(expected)


def test_refusing_everything_can_be_the_best():
    assert metrics.best_threshold([0.9], [0.0], [False]) == (1.0, math.inf)
    assert metrics.best_threshold([], [], []) is None
