"""Weightings against independent implementations: scikit-learn, bm25s, and formulas worked out term by term."""

from __future__ import annotations

import math

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.documents import Document, Section
from corpus.errors import SettingError
from index.building.build import build_index
from index.ranking.search import Index
from index.ranking.weighting import WEIGHTINGS, weighting
from index.settings import EvidenceSettings, IndexSettings, WeightingSettings

WORDS = ["treaty", "visa", "river", "gas", "army", "church", "tsar", "saint", "bank", "war", "road", "mine"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join), min_size=1, max_size=12)
TEXT_TFIDF = WeightingSettings(name="tfidf", title=0, heading=0)
TEXT_BM25 = WeightingSettings(name="bm25", k1=1.2, b=0.75, title=0, heading=0)
TEXT_BM25F = WeightingSettings(name="bm25f", k1=1.2, b=0.75, title=0, heading=0)
QUESTIONS = st.lists(st.sampled_from([*WORDS, "unheard"]), min_size=1, max_size=8).map(" ".join)


def build(texts: list[str], weights: WeightingSettings, *, title: str = "", headings: tuple[str, ...] = ()) -> Index:
    """An index of one passage for each text."""
    documents = [
        Document(f"d{number}", title, text, (Section(headings, 0, len(text)),), "-")
        for number, text in enumerate(texts)
    ]
    return build_index(documents, settings=IndexSettings(weighting=weights, evidence=EvidenceSettings(depth=0)))


def scores(index: Index, question: str) -> np.ndarray:
    """The score of every passage, 0 where none of the terms is in it."""
    hits = index.search(question, len(index))
    dense = np.zeros(len(index))
    dense[hits.numbers] = hits.scores
    return dense


@settings(max_examples=40, deadline=None)
@given(TEXTS, QUESTIONS)
def test_tfidf_equals_scikit_learn(texts: list[str], question: str) -> None:
    index = build(texts, TEXT_TFIDF)
    vectorizer = TfidfVectorizer(sublinear_tf=True, analyzer=index.analyzer.terms)
    expected = (vectorizer.fit_transform(texts) @ vectorizer.transform([question]).T).toarray()[:, 0]
    np.testing.assert_allclose(scores(index, question), expected, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(TEXTS, QUESTIONS)
def test_bm25_equals_bm25s(texts: list[str], question: str) -> None:
    index = build(texts, TEXT_BM25)
    other = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    other.index([index.analyzer.terms(text) for text in texts], show_progress=False)
    expected = other.get_scores(index.analyzer.terms(question)) if _known(index, question) else np.zeros(len(texts))
    np.testing.assert_allclose(scores(index, question), expected, rtol=1e-5, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(TEXTS, QUESTIONS)
def test_bm25f_of_the_text_alone_is_bm25(texts: list[str], question: str) -> None:
    one = build(texts, TEXT_BM25F)
    other = build(texts, TEXT_BM25)
    np.testing.assert_allclose(scores(one, question), scores(other, question), rtol=1e-6)


def test_bm25f_adds_each_field_over_its_own_length() -> None:
    texts = ["gas gas river", "gas bank bank war mine"]
    weights = WeightingSettings(name="bm25f", k1=0.9, b=0.6, title=0.7, heading=0.3, field_b=0.5)
    index = build(texts, weights, title="gas treaty", headings=("gas", "gas"))
    idf = math.log(1 + (2 - 2 + 0.5) / (2 + 0.5))
    for text, frequency, length, score in zip(texts, (2, 1), (3, 5), scores(index, "gas"), strict=True):
        # Title and heading are equally long in both passages, so that their length factors are 1.
        tf = frequency / (1 - 0.6 + 0.6 * length / 4) + 0.7 * 1 + 0.3 * 2
        assert score == pytest.approx(idf * tf / (tf + 0.9), rel=1e-6), text


def test_a_longer_title_than_usual_counts_less_by_its_own_b() -> None:
    documents = [
        Document("short", "gas", "river", (Section((), 0, 5),), "-"),
        Document("long", "gas bank war", "river", (Section((), 0, 5),), "-"),
    ]
    for field_b, equal in ((0.0, True), (0.5, False)):
        weights = WeightingSettings(name="bm25f", title=1, field_b=field_b)
        short, long = scores(
            build_index(documents, settings=IndexSettings(weighting=weights, evidence=EvidenceSettings(depth=0))), "gas"
        )
        assert bool(short == long) is equal
        assert short >= long


def test_a_term_twice_in_the_question_counts_twice() -> None:
    index = build(["gas river", "bank war"], TEXT_BM25)
    np.testing.assert_allclose(scores(index, "gas gas"), 2 * scores(index, "gas"), rtol=1e-6)


@pytest.mark.parametrize("name", [each.name for each in WEIGHTINGS])
def test_title_and_headings_are_found_but_not_at_weight_0(name: str) -> None:
    texts = ["river and road", "bank"]
    with_fields = build(texts, WeightingSettings(name=name), title="treaty", headings=("church",))
    assert scores(with_fields, "treaty").min() > 0
    assert scores(with_fields, "church").min() > 0
    without = build(texts, WeightingSettings(name=name, title=0, heading=0), title="treaty", headings=("church",))
    assert not scores(without, "church treaty").any()
    assert not without.holds(without.analyzer.term("church"))


@pytest.mark.parametrize(
    "value", [{"k1": -1}, {"b": 1.5}, {"title": math.inf}, {"heading": math.nan}, {"field_b": -0.1}]
)
def test_a_parameter_out_of_range_is_refused_by_name(value: dict[str, float]) -> None:
    with pytest.raises(SettingError, match=next(iter(value))):
        WeightingSettings(**value)  # type: ignore[arg-type]


def test_an_unknown_weighting_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"'bm42'.*bm25f, bm25, tfidf"):
        weighting("bm42")


def _known(index: Index, question: str) -> bool:
    return any(index.holds(term) for term in index.analyzer.terms(question))
