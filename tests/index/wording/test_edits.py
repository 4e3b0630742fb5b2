"""Edits: what one typing error makes of a word, and how far words are apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.wording.edits import distance, distances, likelihood, single_edits

WORDS = st.text(alphabet="abcd", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("adult", "adult", 0),
        ("adlut", "adult", 1),
        ("tiket", "ticket", 1),
        ("weekens", "weekends", 1),
        ("prise", "price", 1),
        ("begginers", "beginners", 2),
        ("ca", "abc", 3),  # no letter is touched twice: this is what tells optimal string alignment
        ("tea", "", 3),
    ],
)
def test_edits_between_words_are_counted(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == edits == distance(other, one)


@settings(deadline=None)
@given(WORDS)
def test_every_single_edit_is_one_edit_away(word: str) -> None:
    found = single_edits(word)
    assert word not in found
    assert {distance(word, each) for each in found} == {1}


@settings(deadline=None)
@given(WORDS, WORDS)
def test_no_word_one_edit_away_is_missing(one: str, other: str) -> None:
    assert (other in single_edits(one)) == (distance(one, other) == 1)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_likelihood_of_one_word_is_that_among_all_single_edits(one: str, other: str) -> None:
    assert likelihood(one, other) == single_edits(one).get(other, 0)


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_many_words_are_as_far_away_as_each_alone(word: str, others: list[str]) -> None:
    longest = max(map(len, others))
    matrix = np.array([list(other.encode().ljust(longest, b"\0")) for other in others], np.uint8)
    found = distances(word.encode(), matrix)
    for size in range(1, len(word) + 1):
        assert found[size].tolist() == [distance(word[:size], other) for other in others]


def test_a_wrong_first_letter_is_less_likely_than_any_other() -> None:
    assert single_edits("xisa")["visa"] < single_edits("vita")["visa"] < single_edits("vsia")["visa"]


def test_words_of_other_alphabets_get_their_own_letters() -> None:
    assert "белград" in single_edits("белгрд")
    assert "visa" not in single_edits("виза")


def test_a_letter_is_sooner_written_for_one_beside_it_or_one_that_sounds_alike() -> None:
    assert single_edits("vita")["visa"] < single_edits("vida")["visa"] == single_edits("viza")["visa"]
