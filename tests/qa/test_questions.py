"""Questions are taken apart into kind, expected answer, head noun and focus; any string at all can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.questions import MAX_ANALYSED, analyse_question


@pytest.mark.parametrize(
    ("text", "kind", "expects", "head"),
    [
        ("Who is the Serbian envoy in Moscow?", "who", "person", ""),
        ("Whose assassination led to war?", "whose", "person", "assassination"),
        ("when were visas abolished?", "when", "time", ""),
        ("In what year did the war end?", "year", "time", "year"),
        ("On what date was the party expelled?", "date", "time", "date"),
        ("Where is the embassy?", "where", "place", ""),
        ("How many stores does Svetofor have in Serbia?", "how_many", "number", "stores"),
        ("How much did Serbia export?", "how_much", "number", ""),
        ("How old was the king?", "how_measure", "duration", "old"),
        ("Which treaty recognized the independence of Serbia?", "which", "thing", "treaty"),
        ("In which town was the administration set up?", "which", "place", "town"),
        ("Which royal house returned after the coup?", "which", "thing", "house"),
        ("What type of engine was used?", "what", "thing", "engine"),
        ("What percentage of gas comes from Russia?", "what", "percent", "percentage"),
        ("What is the capacity of the refinery?", "what", "number", "capacity"),
        ("What was the name of the president of France?", "what", "person", "president"),
        ("What did Tesla call the machine?", "called", "thing", ""),
        ("What is a refinery?", "definition", "thing", "refinery"),
        ("Why did the talks fail?", "why", "reason", ""),
        ("How did Putin describe the move?", "how", "manner", ""),
        ("The treaty was signed in what year?", "year", "time", "year"),
        ("Is Serbia in the EU?", "yes_no", "yes_no", ""),
        ("Was he a child prodigy who was taught by his father?", "yes_no", "yes_no", ""),
        ("In winter, however, is the tower closed?", "yes_no", "yes_no", ""),
        ("Do you know when the pool opens?", "when", "time", ""),
        ("visas", "other", "thing", ""),
    ],
)
def test_a_question_is_known_by_its_words(text: str, kind: str, expects: str, head: str) -> None:
    question = analyse_question(text)
    assert (question.kind, question.expects, question.head) == (kind, expects, head)


def test_focus_holds_the_content_words_outside_the_question_phrase() -> None:
    question = analyse_question("Which treaty recognized the independence of Serbia in 1878?")
    assert [question.words[i] for i in question.focus] == ["recognized", "independence", "Serbia", "1878"]
    assert [question.words[i] for i in question.names] == ["Serbia"]
    assert [question.words[i] for i in question.numbers] == ["1878"]


def test_quoted_strings_are_kept_whole() -> None:
    assert analyse_question('Who wrote "War and Peace" and “Ana”?').quoted == ("War and Peace", "Ana")


@pytest.mark.parametrize(
    "text", ["", " ", "?", "🙂🙂", "\x00\x07", "מי כתב את המלט?", "what", "how much", "what is the"]
)
def test_odd_questions_are_taken_apart_like_any_other(text: str) -> None:
    question = analyse_question(text)
    assert question.text == text
    assert all(0 <= i < len(question.words) for i in question.focus)


def test_only_the_beginning_of_an_endless_question_is_analysed() -> None:
    question = analyse_question("who " * 2500)
    assert len(question.text) == 10_000
    assert sum(map(len, question.words)) <= MAX_ANALYSED


@given(st.text(max_size=80), st.sampled_from(["", "who ", "what kind of ", "how many ", "which "]))
def test_positions_always_lie_inside_the_question(text: str, opening: str) -> None:
    question = analyse_question(opening + text)
    begin, end = question.phrase
    assert 0 <= begin <= end <= len(question.words)
    places = (*question.focus, *question.names, *question.numbers)
    assert all(0 <= i < len(question.words) for i in places)
    assert set(question.names) <= set(question.focus) >= set(question.numbers)
