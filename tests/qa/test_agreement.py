"""Agreement of texts, held against cases computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import agreement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Cat, a dog & an owl!", "cat dog owl"),
        ("U.S.", "us"),
        ("theatre and anthem", "theatre and anthem"),
        ("  two\t words\n", "two words"),
        ("2009–2010", "2009–2010"),
        ("a", ""),
        ("", ""),
    ],
)
def test_normalisation_is_that_of_squad(text, expected):
    assert agreement.normalise_answer(text) == expected


@given(st.text())
def test_a_text_is_an_exact_match_of_itself_with_f1_of_one(text):
    assert agreement.exact_match(text, [text]) == agreement.f1(text, [text]) == 1.0


def test_f1_counts_common_tokens_with_repetition():
    # Common: x once, y once. Precision 2/3, recall 2/2.
    assert agreement.f1("x x y", ["x y"]) == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))
    assert agreement.f1("x x", ["x y z"]) == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))
    assert agreement.f1("p", ["q"]) == 0.0


def test_the_best_gold_answer_counts():
    assert agreement.f1("Otto von Bismarck", ["Bismarck", "Otto Bismarck"]) == pytest.approx(0.8)
    assert agreement.exact_match("bismarck", ["Otto", "The Bismarck"]) == 1.0


def test_refusing_is_right_only_where_nothing_is_to_be_answered():
    assert agreement.exact_match(None, []) == agreement.f1(None, []) == 1.0
    assert agreement.exact_match(None, ["a"]) == agreement.f1(None, ["a"]) == 0.0
    assert agreement.exact_match("the", []) == agreement.f1("the", []) == 0.0


def test_an_answer_that_is_all_article_matches_its_like_only():
    assert agreement.exact_match("A", ["a"]) == agreement.f1("A", ["a"]) == 1.0
    assert agreement.exact_match("B", ["a"]) == agreement.f1("B", ["a"]) == 0.0


def test_an_answer_is_held_only_as_whole_words():
    assert agreement.holds("It was founded in 1956.", "1956")
    assert not agreement.holds("It was founded in 1956.", "56")
    assert not agreement.holds("It was founded in 1956.", "19")
    assert agreement.holds("the “Gen. Wrangel”\n army", "Wrangel” army")
    assert agreement.holds("the Army of the North", "army of a north")
    assert not agreement.holds("anything", " ")
