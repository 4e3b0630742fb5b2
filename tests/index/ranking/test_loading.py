"""Compiled loops that an index loads by itself."""

from __future__ import annotations

import threading

import pytest

from corpus.documents import Document, Section
from index.building.build import build_index
from index.ranking import loading
from index.ranking.whole import WholeIndex

TEXT = "Tea is hot."


def index_that_loads(monkeypatch: pytest.MonkeyPatch, loaded: threading.Event) -> WholeIndex:
    monkeypatch.setattr(loading, "_MANY", 3)

    def load(_: WholeIndex) -> bool:
        loaded.set()
        return True

    monkeypatch.setattr(WholeIndex, "load_compiled", load)
    return build_index([Document("tea", "Tea", TEXT, (Section((), 0, len(TEXT)),), "tea.txt")])


def test_many_questions_one_by_one_load_the_loops_and_few_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()
    index = index_that_loads(monkeypatch, loaded)
    for _ in range(2):
        assert index.search("tea").numbers.tolist() == [0]
    assert not loaded.is_set()
    assert index.search("tea").numbers.tolist() == [0]
    assert loaded.wait(10)
    loaded.clear()
    for _ in range(9):
        index.search("tea")
    assert not loaded.wait(0.1)  # once is enough


def test_an_index_that_ranks_for_another_leaves_loading_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()
    bare = index_that_loads(monkeypatch, loaded).without_evidence()
    for _ in range(9):
        bare.search("tea")
    assert not loaded.wait(0.1)
