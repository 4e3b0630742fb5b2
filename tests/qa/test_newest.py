import pytest

from corpus.documents import Document, Section
from qa.answers import Answer
from qa.newest import newest_first
from qa.opening import build_documents

FEES = "Marina tariffs\n\n- Berth fee 2023: £40\n- Berth fee 2024: £45\n- Slipway, one use: £6\n"
TICKETS = "| Ticket | 2024 | 2025 |\n| --- | --- | --- |\n| Adult | £8 | £9 |\n| Child | £4 | £5 |\n"
RISING = "In 2023 the deposit is 40 euros, in 2024 it is 45 euros."
CLUB = "The membership fee for 2022 is 60 euros. The membership fee for 2023 is 65 euros."


def asked(text: str, question: str) -> Answer:
    document = Document("d", "Notes", text, (Section((), 0, len(text)),), "d.txt")
    return build_documents([document]).ask(question, min_confidence=0.0)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (FEES, "What is the berth fee?", "£45"),
        (FEES, "What was the berth fee in 2023?", "£40"),
        (FEES, "How much is it to use the slipway once?", "£6"),
        (TICKETS, "How much is an adult ticket?", "£9"),
        (TICKETS, "How much was an adult ticket in 2024?", "£8"),
        (RISING, "How much was the deposit in 2023?", "40 euros"),
        ("The hall of 1954 has 60 seats and since 2011 a stage for 30.", "How many seats does the hall have?", "60"),
        (CLUB, "How much is the membership fee?", "65 euros"),
        (CLUB, "How much is the membership fee for 2022?", "60 euros"),
    ],
)
def test_of_two_years_the_newest_answers_where_the_question_names_none(text: str, question: str, expected: str) -> None:
    answer = asked(text, question)
    assert answer.text == expected
    assert answer.citation is not None
    assert text[answer.citation.start : answer.citation.end] == expected


def test_the_year_stands_in_what_is_cited() -> None:
    citation = asked(TICKETS, "How much is an adult ticket?").citation
    assert citation is not None
    assert any("2025" in fragment.text for fragment in citation.context)


def test_a_question_for_what_was_and_sentences_that_say_something_else_are_left_alone() -> None:
    text = "In 2010 the mill had 12 looms. In 2014 the quay was lengthened by 40 m."
    document = Document("d", "Mill", text, (Section((), 0, len(text)),), "d.txt")
    candidates = build_documents([document]).read("How many looms does the mill have?")
    passages = [hit.passage for hit in candidates.hits]
    spans = list(candidates.spans)
    for question in ("How many looms does the mill have?", "How many looms were there?", ""):
        assert newest_first(question, spans, passages) == spans
    assert newest_first("How many looms are there?", [], passages) == []


def test_rows_of_different_things_are_no_years_of_one() -> None:
    text = "Pitch\tHolder\tRent\tSince\nB2\tNessa Brody\t£39\t2004\nB3\tTom Ash\t£42\t2011\nB4\tAnn Lee\t£42\t2019\n"
    assert asked(text, "What is the rent for pitch B2?").text == "£39"
