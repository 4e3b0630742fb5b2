"""Questions that are not read as they were typed: answered as understood, told so, and never more surely."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import qa
from corpus.documents import Document, Section
from qa.candidates import likelier
from qa.conversation import Conversation
from qa.engine import Engine
from qa.mcp.tools import AskArguments, tools_of
from qa.opening import build_documents
from qa.server.cited_text import cited_text, heard
from qa.terminal import answer_lines


@cache
def default() -> Engine:
    return qa.default(reader="lexical")


def engine_of(text: str) -> Engine:
    return build_documents([Document("a", "A", text, (Section((), 0, len(text)),), "a.txt")], reader="lexical")


def test_a_mistyped_question_is_answered_and_told_as_understood() -> None:
    answer = default().ask("when wer vizas abolishd", min_confidence=0)
    assert answer.text is not None
    assert "2009" in answer.text
    assert answer.question == "when wer vizas abolishd"
    assert answer.did_you_mean == "when were visas abolished"
    assert answer.to_dict()["did_you_mean"] == answer.did_you_mean


def test_a_question_without_errors_is_told_as_nothing_else() -> None:
    answer = default().ask("When were visas abolished?")
    assert answer.did_you_mean is None
    assert not any("did you mean" in line for line in answer_lines(answer))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("when wer vizas abolishd", "when were visas abolished"),
        ("waht did Puttin say?", "what did Putin say?"),
        ("Who led the Yugoslav Partizans?", "Who led the Yugoslav Partisans?"),
    ],
)
def test_an_answer_to_a_corrected_question_is_less_sure_than_one_to_the_question_itself(typed: str, right: str) -> None:
    corrected, own = default().ask(typed, min_confidence=0), default().ask(right, min_confidence=0)
    assert (corrected.text, corrected.did_you_mean) == (own.text, right)
    assert corrected.confidence < own.confidence
    assert default().ask(typed, min_confidence=own.confidence).reason == "low_confidence"


def test_a_refusal_tells_the_question_as_understood() -> None:
    answer = default().ask("when wer vizas abolishd", min_confidence=1)
    assert not answer.answered
    assert answer.did_you_mean == "when were visas abolished"
    assert "did you mean: when were visas abolished" in answer_lines(answer)[0]


def test_a_search_finds_what_was_meant() -> None:
    typed, right = default().search("vizas abolishd"), default().search("visas abolished")
    assert [hit.passage for hit in typed] == [hit.passage for hit in right] != []


def test_a_conversation_goes_on_from_the_question_as_understood() -> None:
    talk = Conversation(default())
    talk.ask("Who led the Yugoslav Partizans?")
    assert talk.history[0].question == "Who led the Yugoslav Partisans?"


def test_a_chat_message_tells_the_question_as_understood_and_is_read_back_so() -> None:
    text = cited_text(default().ask("Who led the Yugoslav Partizans?", min_confidence=0)).text
    assert heard(text) == ("Tito", "Who led the Yugoslav Partisans?")


def test_who_leads_it_asks_for_the_department() -> None:
    engine = engine_of("IT is led by Ann Lee. The finance team is led by Bob Ray. It meets on Mondays.")
    answer = engine.ask("Who leads IT?", min_confidence=0)
    assert answer.citation is not None
    assert answer.citation.quote == "IT is led by Ann Lee."


@pytest.mark.parametrize(
    ("question", "word"), [("WHO", "WHO"), ("Who is Will?", "Will"), ("US", "U.S."), ("May", "May")]
)
def test_a_question_of_a_stop_word_with_capitals_is_no_empty_one(question: str, word: str) -> None:
    engine = engine_of("The WHO met in May 2020. Its report was read by Will Smith in the U.S. last week.")
    answer = engine.ask(question, min_confidence=0)
    assert answer.reason not in ("empty_question", "no_match")
    assert engine.search(question)[0].passage.text.count(word) == 1
    assert engine_of("Nobody knows. It is for us to say so.").ask("WHO").reason == "empty_question"


def test_words_of_one_meaning_find_what_the_question_itself_does_not() -> None:
    engine = engine_of("The car is kept in the yard.")
    assert engine.ask("Where is the automobile?", min_confidence=0).answered
    assert engine.ask("Where is the giraffe?", min_confidence=0).reason == "no_match"


def test_a_language_model_is_told_the_question_as_understood() -> None:
    ask = next(tool for tool in tools_of() if tool.name == "ask")
    text, _ = ask.run(default(), AskArguments(question="when wer vizas abolishd"))
    assert text.startswith("Did you mean: when were visas abolished\n")


def test_a_question_is_read_with_the_word_that_may_have_been_meant_where_that_tells_more() -> None:
    text = "The women kept the shop from 1921 on. The harbour froze twice in 1938. The mill had four floors."
    document = Document("d", "Notes", text, (Section((), 0, len(text)),), "d.txt")
    engine = build_documents([document])
    answer = engine.ask("Since when did the omen keep the shop?", min_confidence=0.0)
    assert (answer.text, answer.did_you_mean) == ("1921", "Since when did the women keep the shop?")
    assert engine.ask("How many floors had the mill?").did_you_mean is None


def test_of_two_readings_the_less_likely_one_has_to_score_more() -> None:
    found = default().read("When were visas abolished?")
    weaker = replace(found, spans=[replace(span, score=span.score - 1.0) for span in found.spans])
    assert likelier(weaker, found, 0.9) is found
    assert likelier(weaker, found, 0.3) is weaker
    assert likelier(found, weaker, 1.0) is found
    nothing = replace(found, spans=[])
    assert likelier(nothing, found, 0.01) is found
    assert likelier(found, nothing, 0.99) is found
