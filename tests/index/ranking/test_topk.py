"""The best passages over postings: those of a sum over all rows, to the last bit, by numpy and compiled."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.ranking import compiled, topk
from index.ranking.stretches import Ranked, Stretch
from index.ranking.topk import Ranker


class Case:
    """Random postings with many equal impacts, and stretches of them as the terms of a question."""

    def __init__(self, seed: int, passages: int, terms: int, *, tied: bool) -> None:
        random = np.random.default_rng(seed)
        self.passages = passages
        rows, impacts, self.stretches, starts = [], [], [], [0]
        start = 0
        for number in range(terms):
            share = random.choice([0.0, 0.01, 0.1, 0.5, 1.0])
            held = np.flatnonzero(random.random(passages) < share).astype(np.int32)
            values = random.choice([0.5, 1.0, 3.0], len(held)) if tied else random.random(len(held)) + 0.01
            values = (values / (0.2 + share)).astype(np.float32)
            weight = float(random.choice([1.0, 2.0, 0.3]))
            highest = float(values.max(initial=0.0))
            self.stretches.append(Stretch(number, start, start + len(held), weight, highest))
            rows.append(held)
            impacts.append(values)
            start += len(held)
            starts.append(start)
        self.starts = np.array(starts)
        self.rows = np.concatenate([np.empty(0, np.int32), *rows])
        self.impacts = np.concatenate([np.empty(0, np.float32), *impacts])
        self.within = np.flatnonzero(random.random(passages) < random.choice([0.01, 0.3, 0.9]))

    def ranker(self) -> Ranker:
        return Ranker(self.starts, self.rows, self.impacts, self.passages)

    def naive(self, k: int, within: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """The best of all passages, each summed up term by term."""
        sums = [0.0] * self.passages
        for stretch in self.stretches:
            for row in range(stretch.start, stretch.stop):
                sums[self.rows[row]] += float(self.impacts[row]) * stretch.weight
        scores = np.array(sums).astype(np.float32).tolist()
        found = [number for number in range(self.passages) if scores[number] > 0]
        if within is not None:
            found = sorted(set(found) & set(within.tolist()))
        return [(number, scores[number]) for number in sorted(found, key=lambda number: -scores[number])[:k]]


def pairs(found: Ranked) -> list[tuple[int, float]]:
    numbers, scores = found
    assert (numbers.dtype, scores.dtype) == (np.int64, np.float32)
    return list(zip(numbers.tolist(), scores.tolist(), strict=True))


CASES = st.builds(
    Case, st.integers(0, 2**32), st.sampled_from([1, 2, 63, 64, 300, 1500]), st.integers(0, 12), tied=st.booleans()
)

SMALL_CASES = st.builds(
    Case, st.integers(0, 2**32), st.sampled_from([1, 2, 63, 64, 200]), st.integers(0, 8), tied=st.booleans()
)


@pytest.fixture(autouse=True)
def every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that small cases take every way through the search."""
    monkeypatch.setattr(topk, "_LONG", 20)


@settings(max_examples=150, deadline=None)
@given(CASES, st.sampled_from([1, 2, 10, 50, 2000]))
def test_the_best_are_those_of_a_naive_sum(case: Case, k: int) -> None:
    ranker = case.ranker()
    assert pairs(ranker.best(case.stretches, k)) == case.naive(k)
    assert pairs(ranker.best(case.stretches, k, case.within)) == case.naive(k, case.within)
    assert pairs(ranker.best(case.stretches, k)) == case.naive(k)  # nothing is left of the searches before


def test_most_rows_of_a_frequent_term_are_not_looked_at() -> None:
    case = Case(0, 20_000, 0, tied=False)
    rare = np.arange(0, 20_000, 400, dtype=np.int32)
    case.rows = np.concatenate([rare, np.arange(20_000, dtype=np.int32)])
    case.starts = np.array([0, len(rare), len(case.rows)])
    case.impacts = np.concatenate([np.linspace(9, 10, len(rare)), np.linspace(0.1, 0.2, 20_000)]).astype(np.float32)
    case.stretches = [Stretch(1, len(rare), len(case.rows), 1.0, 0.2), Stretch(0, 0, len(rare), 1.0, 10.0)]
    ranker = case.ranker()
    assert {number % 400 for number, _ in pairs(ranker.best(case.stretches, 10))} == {0}
    assert len(ranker._candidates(case.stretches, 10, None)) < 2 * 10


def test_threads_that_rank_at_once_do_not_meet() -> None:
    cases = Case(1, 1500, 6, tied=True)
    ranker = cases.ranker()
    expected = pairs(ranker.best(cases.stretches, 20))
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: pairs(ranker.best(cases.stretches, 20)), range(64)):
            assert found == expected


def test_many_questions_get_the_answers_of_one_by_one() -> None:
    case = Case(2, 300, 8, tied=True)
    questions = [case.stretches[:count] for count in range(9)] * 3
    ranker = case.ranker()
    found = ranker.best_of_many(questions, 7, threads=2)
    assert list(map(pairs, found)) == [pairs(ranker.best(stretches, 7)) for stretches in questions]


@contextmanager
def plain_loops() -> Iterator[None]:
    """The loops of ``index.ranking.kernel`` as plain Python, as they are where numba is not installed."""
    spec = find_spec("index.ranking.kernel")
    assert spec is not None
    assert spec.loader is not None
    loops = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "numba", None)
        spec.loader.exec_module(loops)
        patch.setattr(loops, "_LONG", 20)
        patch.setattr(compiled, "kernel", loops)
        patch.setattr(compiled, "_SHORT", 20)
        patch.setattr(compiled, "_CHUNK", 3)
        patch.setattr(compiled, "available", lambda: True)
        yield


def assert_loops_find_the_same(case: Case, k: int) -> None:
    ranker, loops = case.ranker(), case.ranker()
    assert loops.load()
    for within in (None, case.within):
        assert pairs(loops.best(case.stretches, k, within)) == pairs(ranker.best(case.stretches, k, within))
    questions = [case.stretches[:count] for count in range(len(case.stretches) + 1)]
    found = loops.best_of_many(questions, k, threads=3)
    assert list(map(pairs, found)) == [pairs(ranker.best(stretches, k)) for stretches in questions]


@settings(max_examples=60, deadline=None)
@given(SMALL_CASES, st.sampled_from([1, 2, 10, 50, 2000]))
def test_the_loops_find_the_same(case: Case, k: int) -> None:
    with plain_loops():
        assert_loops_find_the_same(case, k)


@pytest.mark.parametrize("slots", [1, 3])
def test_the_loops_are_right_where_few_terms_have_bits(slots: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_SLOTS", slots)
    with plain_loops():
        assert_loops_find_the_same(Case(3, 300, 9, tied=False), 10)


@pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
def test_the_compiled_loops_find_the_same() -> None:
    for seed in range(60):
        assert_loops_find_the_same(Case(seed, 10 + 40 * seed, seed % 12, tied=seed % 2 == 0), 1 + seed)


def test_without_numba_a_large_batch_is_ranked_by_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "available", lambda: False)
    monkeypatch.setattr(topk, "_BATCH", 1)
    case = Case(4, 64, 3, tied=True)
    ranker = case.ranker()
    assert not ranker.load()
    assert [pairs(found) for found in ranker.best_of_many([case.stretches] * 3, 5, threads=2)] == [case.naive(5)] * 3


@pytest.mark.parametrize("row", [-1, 300])
def test_postings_of_passages_that_do_not_exist_reach_no_loop(row: int) -> None:
    case = Case(6, 300, 4, tied=False)
    case.rows[-1 if row > 0 else case.starts[-2]] = row
    with plain_loops():
        loops = case.ranker()
        assert loops.load()
        with pytest.raises(IndexError, match="passages that do not exist"):
            loops.best(case.stretches, 5)
