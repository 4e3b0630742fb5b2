"""Ranking: against a naive scorer, in a fixed order, and for questions of every kind."""

from __future__ import annotations

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import SettingError, SourceError
from index.building.build import build_index
from index.ranking.search import Index
from index.settings import EvidenceSettings, IndexSettings, WeightingSettings

PLAIN_BM25 = IndexSettings(
    weighting=WeightingSettings(name="bm25", k1=1.2, b=0.75, title=0, heading=0), evidence=EvidenceSettings(depth=0)
)
WORDS = ["treaty", "visa", "river", "gas", "army", "church", "tsar", "saint"]


def document(name: str, text: str, *, title: str = "", path: tuple[str, ...] = ()) -> Document:
    return Document(name, title, text, (Section(path, 0, len(text)),), f"{name}.txt")


def index_of(texts: list[str], *, with_settings: IndexSettings | None = None) -> Index:
    return build_index([document(f"d{n}", text) for n, text in enumerate(texts)], settings=with_settings)


def naive(texts: list[list[str]], question: list[str]) -> list[float]:
    """BM25 of every text, straight from the formula."""
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for term in question:
            holding = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            frequency = text.count(term)
            score += idf * frequency / (frequency + 1.2 * (0.25 + 0.75 * len(text) / mean))
        scores.append(score)
    return scores


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=20), min_size=1, max_size=30),
    st.lists(st.sampled_from([*WORDS, "unheard"]), min_size=1, max_size=6),
    st.integers(1, 40),
)
def test_hits_are_those_of_a_naive_scorer(texts: list[list[str]], question: list[str], k: int) -> None:
    index = index_of([" ".join(text) for text in texts], with_settings=PLAIN_BM25)
    terms = [index.analyzer.terms(" ".join(text)) for text in texts]
    expected = np.array(naive(terms, index.analyzer.terms(" ".join(question))), np.float32)
    hits = index.search(" ".join(question), k)
    assert len(hits) == min(k, np.count_nonzero(expected))
    np.testing.assert_allclose(hits.scores, expected[hits.numbers], rtol=1e-5)
    np.testing.assert_allclose(hits.scores, np.sort(expected)[::-1][: len(hits)], rtol=1e-5)


@pytest.mark.parametrize("k", [1, 7, 50, 399, 400, 1000])
def test_equal_scores_stand_in_passage_order_also_where_k_cuts_them(k: int) -> None:
    index = index_of(["river" if number % 3 else "river treaty" for number in range(400)], with_settings=PLAIN_BM25)
    hits = index.search("treaty river", k)
    order = [*range(0, 400, 3), *(number for number in range(400) if number % 3)]
    assert hits.numbers.tolist() == order[:k]
    assert hits.numbers.dtype == np.int64
    assert hits.scores.dtype == np.float32


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=3), min_size=1, max_size=300), st.data())
def test_the_best_k_are_the_first_k_of_all(texts: list[list[str]], data: st.DataObject) -> None:
    index = index_of([" ".join(["gate", *text]) for text in texts])
    question = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    everything = index.search(question, len(texts))
    k = data.draw(st.integers(1, len(texts)))
    best = index.search(question, k)
    assert best.numbers.tolist() == everything.numbers[:k].tolist()
    assert best.scores.tolist() == everything.scores[:k].tolist()


@pytest.mark.parametrize(
    "question", ["", " ", "the of and", "zzzz qqqq", "🙂🙂", "שלום", "\x00\x01\x1b[31m", "\ud800", "?" * 10_000]
)
def test_an_odd_question_gives_no_hit_and_no_error(question: str) -> None:
    index = index_of(["Treaty, signed by tsars.", "Visas; rivers"])
    hits = index.search(question, 5)
    assert len(hits) == len(hits.scores) == 0


def test_words_that_only_ask_do_not_rank() -> None:
    index = index_of(["What is what, and how", "The treaty"])
    assert index.search("What is the treaty?", 1).numbers.tolist() == [1]
    assert "what" not in {term.term for term in index.search("What is the treaty?", 1).terms}
    assert index.search("How?", 1).numbers.tolist() == [0]


def test_a_question_of_ten_thousand_characters_is_answered() -> None:
    index = index_of(["treaty", "visa"])
    assert index.search("visa treaty " * 900 + "visa", 1).numbers.tolist() == [1]


def test_an_empty_index_gives_no_hit() -> None:
    index = build_index([])
    assert len(index) == len(index.search("treaty", 3)) == 0
    assert list(index.documents()) == list(index.passages()) == []


@pytest.mark.parametrize("k", [0, -3])
def test_asking_for_no_passage_is_refused(k: int) -> None:
    with pytest.raises(SettingError, match=f"k is {k}"):
        index_of(["treaty"]).search("treaty", k)


def test_hits_tell_of_every_term_of_the_question() -> None:
    index = index_of(["treaty river", "river"])
    terms = {term.term: term for term in index.search("treaty river unheard river", 1).terms}
    assert list(terms) == ["treati", "river", "unheard"]
    assert [(term.count, term.passages) for term in terms.values()] == [(1, 1), (2, 2), (1, 0)]
    assert terms["unheard"].idf > terms["treati"].idf > terms["river"].idf
    assert all(index.idf(term.term) == term.idf for term in terms.values())
    assert [index.holds(term) for term in terms] == [True, True, False]


def test_a_section_is_found_by_its_heading() -> None:
    documents = [
        document("a", "They were abolished in 2009.", path=("Travel regime",)),
        document("b", "They were abolished in 1917.", path=("Monarchies",)),
    ]
    index = build_index(documents)
    assert index.search("When did the travel regime change?", 1).numbers.tolist() == [0]
    assert index.search("When were monarchies abolished?", 1).numbers.tolist() == [1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec=None), max_size=80), st.text(max_size=5), st.lists(st.text(max_size=5))),
        max_size=5,
    )
)
def test_documents_and_passages_come_back_as_they_went_in(rows: list[tuple[str, str, list[str]]]) -> None:
    documents = [
        document(f"{n}\ud800", text, title=title, path=tuple(path)) for n, (text, title, path) in enumerate(rows)
    ]
    index = build_index(documents)
    assert list(index.documents()) == documents
    assert all(index.document(each.id) == each for each in documents)
    texts = {each.id: each for each in documents}
    for passage in index.passages():
        text = texts[passage.document].text
        assert (
            passage.text
            == text[passage.start : passage.end]
            == index.text(passage.document, passage.start, passage.end)
        )
        assert passage.title == texts[passage.document].title
        assert passage.section == texts[passage.document].sections[0].path


@given(st.integers(0, 90), st.integers(0, 90))
def test_any_stretch_of_a_text_can_be_read(start: int, end: int) -> None:
    text = "Đorđe met Petar. " * 5
    index = TEXT_INDEX
    assert index.text("d", min(start, end), max(start, end)) == text[min(start, end) : max(start, end)]


TEXT_INDEX = build_index([document("c", "ž"), document("d", "Đorđe met Petar. " * 5)])


def test_facts_tell_where_a_document_comes_from() -> None:
    source = document("d", "Tea is hot.", title="Tea")
    facts = build_index([document("a", "Coffee."), source]).facts("d")
    assert (facts.title, facts.source, facts.sha256, facts.length) == ("Tea", "d.txt", source.sha256, 11)


@pytest.mark.parametrize("name", ["", "b", "zz", "\ud800"])
def test_an_unknown_document_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        index_of(["treaty"]).document(name)


@pytest.mark.parametrize("number", [-1, 1])
def test_an_unknown_passage_is_an_index_error(number: int) -> None:
    with pytest.raises(IndexError, match=f"passage {number}"):
        index_of(["treaty"]).passage(number)


def test_two_documents_of_one_id_are_refused_by_name() -> None:
    with pytest.raises(SourceError, match="'d'"):
        build_index([document("d", "treaty"), document("d", "visa")])


def test_building_twice_gives_the_same_postings() -> None:
    texts = ["gas and river", "the tsar of the river", "a treaty on gas"]
    one, other = index_of(texts), index_of(texts)
    assert one.vocabulary.terms == other.vocabulary.terms
    assert one.postings.impacts.tobytes() == other.postings.impacts.tobytes()
    assert list(one.vocabulary) == sorted(one.vocabulary)


def test_progress_is_told_after_each_document() -> None:
    seen: list[tuple[int, int | None]] = []
    build_index([document("a", "x"), document("b", "y")], progress=lambda done, total: seen.append((done, total)))
    build_index(iter([document("a", "x")]), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2), (1, None)]


def test_threads_get_the_answers_of_one() -> None:
    index = index_of([" ".join(WORDS[n % 8 :]) for n in range(64)])
    questions = [f"{one} {other} {one}s" for one in WORDS for other in WORDS]
    expected = [index.search(question, 5).numbers.tolist() for question in questions]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: index.search(question, 5).numbers.tolist(), questions))
    assert found == expected
    assert max(Counter(map(tuple, found)).values()) < len(questions)
