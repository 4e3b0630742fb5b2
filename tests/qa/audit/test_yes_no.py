import pytest

from corpus.errors import ModelError, SpanError
from qa.answers import Answer
from qa.audit import judge, verify
from qa.audit.yes_no import as_statement, is_yes_no
from qa.engine import Engine
from tests.qa.audit.conftest import HANDBOOK


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Did Serbia impose sanctions on Russia?", "Serbia did impose sanctions on Russia."),
        ("Was Ada Brunner born in Vienna?", "Ada Brunner was born in Vienna."),
        ("Is the card free?", "The card is free."),
        ("Are turtles aquatic?", "Turtles are aquatic."),
        ("Were there sanctions?", "There were sanctions."),
        ("Didn't Serbia join NATO?", "Serbia did join NATO."),
        ("Can't dogs enter the library?", "Dogs can enter the library."),
        ("Is it true that dogs may not enter?", "Dogs may not enter."),
        ("And has it ever closed?", "It has ever closed."),
    ],
)
def test_a_yes_no_question_is_turned_into_its_statement(question: str, statement: str) -> None:
    assert as_statement(question) == statement
    assert is_yes_no(question)


@pytest.mark.parametrize(
    "question", ["When was it opened?", "Who was she?", "Is it red or blue?", "", "?", "Did", "visas", "x" * 5000]
)
def test_any_other_question_is_none(question: str) -> None:
    assert not is_yes_no(question)


def test_yes_and_no_come_with_the_quote_that_decides(handbook: Engine) -> None:
    for question, said in (("Did the library open in 1987?", "Yes"), ("Did the library open in 1990?", "No")):
        answer = handbook.ask(question)
        assert (answer.answered, answer.text, answer.kind) == (True, said, "yes_no")
        citation = answer.citation
        assert citation is not None
        assert HANDBOOK[citation.start : citation.end] == citation.text
        assert "1987" in citation.text
        assert verify(handbook, answer, replay=True).ok


def test_what_the_documents_do_not_say_is_refused_with_the_nearest_sentences(handbook: Engine) -> None:
    answer = handbook.ask("Did the library win a prize for its roof?", min_confidence=0.99)
    assert (answer.answered, answer.reason, answer.kind) == (False, "low_confidence", "span")
    assert answer.nearest
    assert answer.confidence < 0.99


def test_a_question_that_is_none_of_these_gets_a_span(handbook: Engine) -> None:
    assert handbook.ask("When did the library open?").kind == "span"


def test_beside_the_lexical_reader_a_missing_judge_is_no_error(
    handbook: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> judge.Judge:
        raise ModelError("the judge needs the packages onnxruntime and tokenizers")

    monkeypatch.setattr(judge, "load_judge", missing)
    assert handbook.ask("Did the library open in 1987?", min_confidence=0).kind == "span"


def test_only_yes_and_no_need_not_be_the_words_of_the_document(handbook: Engine) -> None:
    found = handbook.ask("Did the library open in 1987?")
    with pytest.raises(SpanError, match="Yes or No was expected"):
        Answer("Why?", True, "Maybe", 0.9, 1.0, found.citation, kind="yes_no")
