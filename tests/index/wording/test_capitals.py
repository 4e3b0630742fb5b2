"""Capitals: what tells IT, WHO, US and Will from the stop words that they look like."""

from __future__ import annotations

from functools import cache

import pytest

from corpus.documents import Document, Section
from index.building.build import build_index
from index.ranking.search import Index
from index.wording.capitals import capitals
from index.wording.understanding import search, understand

STAFF = (
    "The finance team is led by Bob Ray. It meets on Mondays. Nobody knows who will come, and it does not tell us.",
    "IT is led by Ann Lee. The rooms are on the third floor.",
    "In spring Will Smith joined the garden team. He may stay.",
    "The WHO gave advice on hygiene in May 2020.",
    "The office in the U.S. is run by Carla Gomez.",
)


@cache
def staff() -> Index:
    return build_index(
        Document(f"d{number}", "Staff", text, (Section((), 0, len(text)),), f"{number}.txt")
        for number, text in enumerate(STAFF)
    )


@pytest.mark.parametrize(
    ("question", "words", "best"),
    [
        ("Who leads IT?", ["IT"], 1),
        ("Who is Will?", ["Will"], 2),
        ("WHO", ["WHO"], 3),
        ("US", ["US"], 4),
        ("Who runs the US office?", ["US"], 4),
        ("What happened in May?", ["May"], 3),
        ("May", ["May"], 3),
    ],
)
def test_a_stop_word_with_capitals_is_a_term(question: str, words: list[str], best: int) -> None:
    meant = understand(question, staff())
    assert [each.word for each in meant.capitals] == words
    assert set(words) <= meant.known(meant.terms(staff()), staff())
    assert search(meant, staff(), 3).numbers[0] == best


@pytest.mark.parametrize(
    "question",
    [
        "Who leads it?",
        "WHO LEADS IT?",  # where all is in capitals they say nothing
        "Who Is Will?",
        "Will he stay?",  # at the start of a question a capital says nothing
        "May I come?",
        "What am I to do?",
        "Who leads ON?",  # no passage has it
        "",
    ],
)
def test_other_stop_words_stay_what_they_are(question: str) -> None:
    assert capitals(question, staff()) == ()


def test_a_word_at_the_start_of_a_sentence_is_no_name() -> None:
    text = "Will it rain? Will he come? We will see."
    index = build_index([Document("a", "A", text, (Section((), 0, len(text)),), "a.txt")])
    assert capitals("Who is Will?", index) == ()


def test_only_the_passages_asked_for_are_found() -> None:
    meant = understand("Who leads IT?", staff())
    within = staff().within(["d0", "d2"])
    assert set(search(meant, staff(), 5, within=within).numbers.tolist()) <= set(within.tolist())
