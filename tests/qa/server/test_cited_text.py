from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.answers import Answer, Citation
from qa.server.cited_text import LONGEST_HEARD, cited_text, heard

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)


def _answer(text: str, before: str, after: str, *, title: str = "Tea", question: str = "Which?") -> Answer:
    quote = before + text + after
    citation = Citation(
        "tea", title, "tea.txt", ("Leaf",), None, len(before), len(before) + len(text), quote, 0, len(quote), "0" * 64
    )
    return Answer(question, True, text, 0.8, 1.0, citation)


@given(LINES.filter(str.strip), LINES, LINES, LINES)
def test_every_mark_stands_where_it_says_and_the_parts_make_the_text(
    text: str, before: str, after: str, title: str
) -> None:
    message = cited_text(_answer(text, before, after, title=title))
    assert [message.text[mark.start : mark.end] for mark in message.marks] == ["[1]"]
    assert "".join(message.parts) == message.text


@given(LINES.filter(lambda text: text.strip() and "[1]" not in text), LINES.filter(lambda text: "”" not in text))
def test_what_was_said_is_heard_again(text: str, question: str) -> None:
    answer = _answer(text, "It was ", ".", question=question)
    spoken = " ".join(text.split())
    assert heard(cited_text(answer, asked=question).text) == (spoken, None)
    if question.strip():
        assert heard(cited_text(answer, asked=f"{question} so?").text) == (spoken, " ".join(question.split()))


def test_a_refusal_is_polite_names_the_reason_and_marks_the_nearest_passages() -> None:
    answer = qa.default(reader="lexical").ask("Who wrote Hamlet?")
    message = cited_text(answer)
    assert message.text.startswith("I found no answer to that in the documents: nothing found is likely enough")
    assert [message.text[mark.start : mark.end] for mark in message.marks] == ["[1]", "[2]", "[3]"]
    assert all(mark.citation.quote in message.text for mark in message.marks)
    assert heard(message.text) == (None, None)


def test_a_refusal_of_a_follow_up_tells_how_it_was_understood() -> None:
    answer = Answer.refusal("Who led Atlantis?", "no_match")
    message = cited_text(answer, asked="who led it?")
    assert "Understood as: “Who led Atlantis?”" in message.text
    assert heard(message.text) == (None, "Who led Atlantis?")


def test_a_short_message_of_another_writer_is_an_answer_and_a_long_one_is_not() -> None:
    assert heard("It was abolished in 2009.") == ("It was abolished in 2009.", None)
    assert heard("2009 [1]") == ("2009", None)
    assert heard("word " * LONGEST_HEARD) == (None, None)
    assert heard("  ") == (None, None)


def test_control_characters_of_a_document_do_not_reach_the_message() -> None:
    message = cited_text(_answer("20\x1b[31m09", "in ", "\x07."))
    assert "\x1b" not in message.text
    assert "\x07" not in message.text
