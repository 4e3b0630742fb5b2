"""Days of the week and months: whether a day lies in the stretch of days that a text names."""

from pathlib import Path

import pytest

import qa
from qa.audit.quantities import quantities

OFFICE = """# Office

The office is open Tuesday to Saturday from 8:30 to 17:00. It is closed on Sundays and Mondays.

The pool is open from 1 May to 30 September. The nurse is on duty on weekdays only.
"""
CONTRACT = """# Contract

The contract starts on 1 April 2026 and ends on 31 March 2027. Internet is free on pontoons 1 to 3.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> qa.Engine:
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "office.md").write_text(OFFICE, encoding="utf-8")
    (folder / "contract.md").write_text(CONTRACT, encoding="utf-8")
    return qa.build([str(folder)])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("open Tuesday to Saturday", [(2, 6)]),
        ("closed on Sundays and Mondays", [(7, 7), (1, 1)]),
        ("Mon–Fri", [(1, 5)]),
        ("daily", [(1, 7)]),
        ("at weekends", [(6, 7)]),
        ("He sat in the sun", []),
    ],
)
def test_the_days_of_the_week_that_a_text_names(text: str, days: list[tuple[int, int]]) -> None:
    assert [(found.low, found.high) for found in quantities(text) if found.kind == "weekday"] == days


def test_a_day_lies_in_a_stretch_of_days_and_not_in_a_month_or_in_itself() -> None:
    def lies(day: str, stretch: str) -> bool:
        return quantities(day)[0].lies_in(quantities(stretch)[0])

    assert lies("on Fridays", "Tuesday to Saturday")
    assert lies("in June", "1 May to 30 September")
    assert not lies("on Mondays", "Tuesday to Saturday")
    assert not lies("in November", "1 May to 30 September")
    assert not lies("5 May 1941", "May 1941")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is the office open on Saturdays?", "Yes"),
        ("Is the office open on Wednesdays?", "Yes"),
        ("Is the office open on Mondays?", "No"),
        ("Is the office closed on Mondays?", "Yes"),
        ("Is the pool open in June?", "Yes"),
        ("Is the pool open in November?", "No"),
        ("Is the nurse on duty on Mondays?", "Yes"),
        ("Is the nurse on duty on Sundays?", "No"),
    ],
)
def test_yes_and_no_about_days(office: qa.Engine, question: str, text: str) -> None:
    assert office.ask(question, min_confidence=0).text == text


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The office is open on Wednesdays.", "supported"),
        ("The office is open on Mondays.", "contradicted"),
        ("The office is closed on Saturdays.", "contradicted"),
        ("The pool is open in June.", "supported"),
        ("The pool is open in November.", "contradicted"),
    ],
)
def test_claims_about_days(office: qa.Engine, claim: str, verdict: str) -> None:
    assert office.audit(claim).claims[0].verdict == verdict
