import click
import pytest

from corpus.documents import Document, Section
from qa.answers import Answer
from qa.arithmetic import MOST_SHOWN
from qa.opening import build_documents
from qa.questions import analyse_question
from qa.server.cited_text import cited_text
from qa.terminal import answer_lines

COMMITTEE = (
    "The committee\n\nThe committee meets each month in the hall.\n\nMembers of the committee:\n- Anna Berg, chair\n"
    "- Dario Novak, treasurer\n- Maya Costa\n- Hugo Ito\n\nThe hall was built in 1954.\n"
)
PRICES = "Prices\n\n- Tyre change: £40\n- Battery: £90\n- Oil change: £55\n- Wheel balance: £12\n"
PUMPS = "| Pump | Weight |\n| --- | --- |\n| Tern | 8 kg |\n| Wren | 9 kg |\n| Ibis | 12 kg |\n"


def asked(text: str, question: str, min_confidence: float | None = None) -> Answer:
    document = Document("d", "Notes", text, (Section((), 0, len(text)),), "d.txt")
    return build_documents([document]).ask(question, min_confidence=min_confidence)


@pytest.mark.parametrize(
    ("text", "question", "items"),
    [
        (
            COMMITTEE,
            "How many members does the committee have?",
            ["Anna Berg, chair", "Dario Novak, treasurer", "Maya Costa", "Hugo Ito"],
        ),
        (PRICES, "How much are a tyre change and a battery together?", ["Tyre change: £40", "Battery: £90"]),
        (
            PRICES,
            "What is the difference between an oil change and a tyre change?",
            ["Tyre change: £40", "Oil change: £55"],
        ),
        (PUMPS, "How many pumps are there?", ["| Tern | 8 kg |", "| Wren | 9 kg |", "| Ibis | 12 kg |"]),
    ],
)
def test_what_is_listed_but_not_counted_or_added_up_is_shown(text: str, question: str, items: list[str]) -> None:
    answer = asked(text, question)
    assert (answer.answered, answer.reason) == (False, "needs_arithmetic")
    assert [citation.text for citation in answer.nearest] == items
    assert all(text[citation.start : citation.end] == citation.text for citation in answer.nearest)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            COMMITTEE.replace("meets each", "has four members and meets each"),
            "How many members has the committee?",
            "four",
        ),
        (PRICES, "How much is a battery?", "£90"),
        ("The fire broke out in May. In total 38 people died.", "How many people died in total?", "38"),
    ],
)
def test_a_number_that_the_text_says_is_an_answer(text: str, question: str, expected: str) -> None:
    answer = asked(text, question, 0.0)
    assert answer.answered
    assert expected in (answer.text or "")


def test_a_number_that_is_told_but_refused_needs_no_arithmetic() -> None:
    told = COMMITTEE.replace("meets each", "has four members and meets each")
    assert asked(told, "How many members has the committee?", 1.0).reason == "low_confidence"
    total = PRICES + "- All four in total: £197\n"
    assert asked(total, "How much are a tyre change and a battery together?", 1.0).reason == "low_confidence"


def test_a_list_of_something_else_needs_no_arithmetic() -> None:
    assert asked(COMMITTEE, "How many pumps does the hall have?", 1.0).reason in ("low_confidence", "no_match")


@pytest.mark.parametrize("question", ["How many visitors were there in July?", "how many visitors were there in july"])
def test_what_an_absent_month_had_does_not_come_from_the_other_months(question: str) -> None:
    months = "Visitors by month:\n- January: 1,204\n- February: 988\n- March: 1,530\n"
    assert asked(months, question, min_confidence=0.99).reason == "low_confidence"
    assert asked(months, "How many visitors were there?", min_confidence=0.99).reason == "needs_arithmetic"


def test_a_long_list_shows_its_first_items() -> None:
    text = "Members:\n" + "".join(f"- Person Number{letter}\n" for letter in "ABCDEFGHIJKLMNOP")
    answer = asked(text, "How many members are there?")
    assert answer.reason == "needs_arithmetic"
    assert len(answer.nearest) == MOST_SHOWN


def test_words_tell_a_question_for_a_sum() -> None:
    questions = ("What do they cost altogether?", "What is the total area?", "How long?")
    assert [analyse_question(text).adding for text in questions] == [True, False, False]


def test_people_are_told_what_is_listed() -> None:
    answer = asked(PRICES, "How much are a tyre change and a battery together?")
    shown = click.unstyle("\n".join(answer_lines(answer)))
    assert shown.startswith("No answer: the documents list these, but do not count or add them up.")
    assert "- “Battery: £90”" in shown
    assert "What they list:" in cited_text(answer).text
