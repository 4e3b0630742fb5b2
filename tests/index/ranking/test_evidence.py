"""Evidence beyond term counts: what each kind sees, and how it moves the ranking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.documents import Document, Section
from corpus.errors import SettingError
from index.building.build import build_index
from index.data.sequences import Sequences
from index.ranking import compiled
from index.ranking.evidence import sought_terms
from index.ranking.search import Index, QuestionTerm
from index.ranking.whole import WholeIndex
from index.settings import EvidenceSettings, IndexSettings
from index.terms.analysis import Analyzer

KINDS = ("sentence", "pairs", "triples", "names", "number")
WORDS = ["treaty", "visa", "river", "gas", "of", "the", "Tsar", "1816"]


def index_of(*texts: str, title: str = "", path: tuple[str, ...] = (), depth: int = 50) -> Index:
    documents = [
        Document(f"d{number}", title, text, (Section(path, 0, len(text)),), "-") for number, text in enumerate(texts)
    ]
    return build_index(documents, settings=IndexSettings(evidence=EvidenceSettings(depth=depth)))


def shares(index: Index, question: str, number: int = 0) -> dict[str, float]:
    """The share of each kind of evidence in one passage."""
    row = index.evidence(question, np.array([number]))[0]
    return dict(zip(KINDS, row.tolist(), strict=True))


def test_terms_in_one_sentence_count_more_than_in_two() -> None:
    index = index_of("The treaty ended the visa regime. It rained.", "The treaty was long. The visa was short.")
    assert (
        shares(index, "Which treaty ended visas?", 0)["sentence"]
        > shares(index, "Which treaty ended visas?", 1)["sentence"]
    )
    assert shares(index, "treaty visa", 0)["sentence"] == pytest.approx(1)
    assert shares(index, "treaty visa", 1)["sentence"] == pytest.approx(0.5)


def test_the_title_and_headings_count_as_a_sentence() -> None:
    index = index_of("They were abolished.", title="Visa", path=("Travel regime",))
    assert shares(index, "visa travel regime")["sentence"] == pytest.approx(1)


def test_neighbouring_words_are_pairs_and_triples_only_in_their_order_and_one_sentence() -> None:
    index = index_of(
        "The old trade treaty ended.",
        "The treaty trade was old.",
        "It was old. Trade ended. Treaty.",
        "Nothing at all.",
    )
    found = [shares(index, "old trade treaty", number) for number in range(4)]
    assert [each["pairs"] for each in found] == [pytest.approx(1), 0, 0, 0]
    assert [each["triples"] for each in found] == [pytest.approx(1), 0, 0, 0]


def test_two_neighbours_of_three_are_a_pair_and_no_triple() -> None:
    found = shares(index_of("A trade treaty, and it was old."), "old trade treaty")
    assert 0 < found["pairs"] < 1
    assert found["triples"] == 0


def test_two_function_words_are_no_pair() -> None:
    assert shares(index_of("It is of the river."), "of the treaty")["pairs"] == 0


def test_names_are_capitals_but_for_the_first_word_and_numbers() -> None:
    index = index_of("Nikola Pasic came in 1903.", "A treaty came.")
    assert shares(index, "treaty of Nikola Pasic 1903", 0)["names"] == pytest.approx(1)
    assert shares(index, "treaty of Nikola Pasic 1903", 1)["names"] == 0
    assert shares(index, "Treaty of nikola", 1)["names"] == 0


def test_a_question_for_a_number_wants_a_sentence_with_another_number() -> None:
    index = index_of("Visas were abolished in 2009.", "Visas were abolished long ago.", "In 1816 they came. Visas too.")
    assert shares(index, "When were visas abolished?", 0)["number"] == pytest.approx(1)
    assert shares(index, "When were visas abolished?", 1)["number"] == 0
    assert shares(index, "When were visas abolished?", 2)["number"] == 0
    assert shares(index, "How many visas were abolished in 2009?", 0)["number"] == 0
    assert shares(index, "Who abolished visas?", 0)["number"] == 0


def test_evidence_decides_between_passages_of_the_same_terms() -> None:
    texts = (
        "The visa ended. A treaty came. The tsar signed it.",
        "The tsar signed the visa treaty. It came. It ended.",
    )
    assert index_of(*texts, depth=0).search("visa treaty", 1).numbers.tolist() == [0]
    assert index_of(*texts).search("visa treaty", 1).numbers.tolist() == [1]


def test_only_the_best_passages_are_looked_at() -> None:
    texts = (
        "The visa ended. A treaty came. The tsar signed it.",
        "The tsar signed the visa treaty. It came. It ended.",
    )
    assert index_of(*texts, depth=1).search("visa treaty", 2).numbers.tolist() == [0, 1]


SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(SENTENCES.map(". ".join), min_size=1, max_size=6),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
)
def test_shares_lie_between_0_and_1_and_scores_only_grow(texts: list[str], question: str) -> None:
    with_evidence, without = index_of(*texts), index_of(*texts, depth=0)
    everything = np.arange(len(with_evidence))
    found = with_evidence.evidence(question, everything)
    assert found.shape == (len(everything), len(KINDS))
    assert ((found >= 0) & (found <= 1 + 1e-9)).all()
    plain = without.search(question, 100)
    more = with_evidence.search(question, 100)
    assert sorted(plain.numbers.tolist()) == sorted(more.numbers.tolist())
    before = dict(zip(plain.numbers.tolist(), plain.scores.tolist(), strict=True))
    assert all(
        score >= before[number] for number, score in zip(more.numbers.tolist(), more.scores.tolist(), strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.lists(st.sampled_from(WORDS[:4]), min_size=2, max_size=5, unique=True))
def test_pairs_are_those_of_a_naive_count(sentences: list[str], question: list[str]) -> None:
    index = index_of("\n\n".join(f"{sentence}." for sentence in sentences), " ".join(question))
    terms = index.analyzer.terms
    wanted = list(pairwise(terms(" ".join(question))))
    weights = [index.idf(one) + index.idf(other) for one, other in wanted]
    for number, passage in enumerate(index.passages()):
        best = 0.0
        for start, end in passage.sentences:
            found = terms(passage.text[start - passage.start : end - passage.start])
            held = set(pairwise(found))
            best = max(best, sum(weight for pair, weight in zip(wanted, weights, strict=True) if pair in held))
        assert shares(index, " ".join(question), number)["pairs"] == pytest.approx(best / sum(weights))


def test_a_very_long_question_needs_little_memory() -> None:
    words = [f"w{number}" for number in range(20_000)]
    index = index_of(" ".join(words[:300]))
    assert index.search(" ".join(words), 1).numbers.tolist() == [0]


@pytest.mark.parametrize("value", [{"depth": -1}, {"pairs": -0.1}, {"names": float("nan")}])
def test_a_negative_weight_is_refused_by_name(value: dict[str, float]) -> None:
    with pytest.raises(SettingError, match=next(iter(value))):
        EvidenceSettings(**value)  # type: ignore[arg-type]


def assert_the_loops_see_the_same(texts: list[str], question: str, loops: Callable[..., NDArray[np.float64]]) -> None:
    index, other = index_of(*texts), index_of(*texts)
    assert isinstance(other, WholeIndex)
    other._rescoring._look = loops
    everything = np.arange(len(index))
    seen = [each.evidence(question, everything) for each in (index, other)]
    assert seen[0].tobytes() == seen[1].tobytes()
    hits = [each.search(question, 100) for each in (index, other)]
    assert hits[0].numbers.tolist() == hits[1].numbers.tolist()
    assert hits[0].scores.tobytes() == hits[1].scores.tobytes()


@contextmanager
def plain_loops() -> Iterator[None]:
    """The loops of ``index.ranking.closeness`` as plain Python, as they are where numba is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "numba", None)
        modules = []
        for name in ("kernel", "closeness"):
            spec = find_spec(f"index.ranking.{name}")
            assert spec is not None
            assert spec.loader is not None
            modules.append(module_from_spec(spec))
            patch.setitem(sys.modules, f"index.ranking.{name}", modules[-1])
            spec.loader.exec_module(modules[-1])
        patch.setattr(compiled, "closeness", modules[1])
        yield


TEXTS = st.lists(SENTENCES.map(". ".join), min_size=1, max_size=6)
QUESTIONS = st.lists(st.sampled_from([*WORDS, "When", "year"]), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, QUESTIONS)
def test_the_loops_see_the_same_to_the_last_bit(texts: list[str], question: str) -> None:
    with plain_loops():
        assert_the_loops_see_the_same(texts, question, compiled.shares)


@pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
def test_the_compiled_loops_see_the_same_to_the_last_bit() -> None:
    compiled.compile_shares()
    random = np.random.default_rng(0)
    for _ in range(60):
        texts = [
            ". ".join(" ".join(random.choice(WORDS, random.integers(1, 9))) for _ in range(random.integers(1, 9)))
            for _ in range(random.integers(1, 9))
        ]
        asked = " ".join(random.choice([*WORDS, "When", "year"], random.integers(0, 12)))
        assert_the_loops_see_the_same(texts, asked, compiled.shares)


@pytest.mark.parametrize("bounds", [(-1, 1), (0, 9), (2, 1)])
def test_the_loops_refuse_sentences_that_do_not_exist(bounds: tuple[int, int]) -> None:
    sought = sought_terms("tea", Analyzer(), [(0, QuestionTerm("tea", 1, 1, 1.0))])
    sequences = Sequences(np.zeros(4, np.int32), np.array([0, 2, 4]), np.zeros((1, 2), np.int32))
    with plain_loops(), pytest.raises(IndexError, match="sentences that do not exist"):
        compiled.shares(sought, sequences, np.array([bounds]), (0, 0))
    broken = Sequences(sequences.terms, np.array([0, 2, 400]), sequences.lengths)
    with plain_loops(), pytest.raises(IndexError, match="sentences that do not exist"):
        compiled.shares(sought, broken, np.array([[0, 2]]), (0, 0))
