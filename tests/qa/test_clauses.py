"""What the clause around an answer says: that it was so once, or that it is the condition which was given."""

import pytest

from qa.clauses import is_the_condition, of_its_time, was_once, without
from qa.questions import analyse_question
from qa.readers.readings import Span


def span(text: str, statement: str, score: float = 1.0, *, start: int = 0) -> Span:
    return Span(0, start, start + len(text), (0, len(statement)), score, text, statement)


@pytest.mark.parametrize(
    ("statement", "present", "past"),
    [
        ("The cache holds 8 files instead of 3.", "8", "3"),
        ("A ticket costs £9 now; until last May it was £7.", "£9", "£7"),
        ("The log, formerly kept for 7 days, is kept for 30 days.", "30 days", "7 days"),
        ("Ann led the choir until 2019; since then Bo has led it.", "Bo", "Ann"),
    ],
)
def test_which_value_was_so_once(statement: str, present: str, past: str) -> None:
    assert [was_once(statement, text) for text in (present, past)] == [False, True]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("How many files does the cache hold now?", "8"),
        ("How many files did the cache hold before?", "3"),
        ("How many files does the cache hold?", "3"),
    ],
)
def test_now_and_before_choose_between_values(question: str, best: str) -> None:
    statement = "The cache holds 8 files instead of 3."
    spans = [span("3", statement, 2.0), span("8", statement, 1.0)]
    if best == "3" and "before" in question:
        spans.reverse()
    assert of_its_time(analyse_question(question), spans)[0].text == best


def test_a_value_far_behind_is_not_taken_for_its_time() -> None:
    statement = "The cache holds 8 files instead of 3."
    spans = [span("3", statement, 12.0), span("8", statement, 1.0)]
    assert of_its_time(analyse_question("How many files does the cache hold now?"), spans) == spans


def test_the_condition_that_a_question_gives_is_no_answer_to_it() -> None:
    statement = "Loans run for two weeks, four if you renew them within 10 days."
    within = span("10 days", statement, start=55)
    assert is_the_condition(analyse_question("How long does a loan run if I renew it?"), within)
    assert is_the_condition(analyse_question("How long does a loan run with a renewal, in days?"), within)
    assert not is_the_condition(analyse_question("Within how many days must I renew a loan?"), within)
    assert not is_the_condition(analyse_question("How long does a loan run if I renew it?"), span("four", statement))


def test_spans_that_overlap_what_was_dropped_go_with_it() -> None:
    statement = "Loans run for two weeks, four if you renew them within 10 days."
    kept, dropped = span("four", statement, start=25), span("10 days", statement, start=55)
    assert without([dropped], [kept, dropped, span("days", statement, start=58)]) == [kept]
