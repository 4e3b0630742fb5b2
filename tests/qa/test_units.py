import pytest

from qa.fitness import unfit
from qa.questions import analyse_question
from qa.units import is_other_measure, measured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€12.50", "money"),
        ("from £4 a night", "money"),
        ("12 V", "electricity"),
        ("7.2 Ah", "electricity"),
        ("-18 °C", "temperature"),
        ("3 × 2.5 m", "length"),
        ("about 40 square metres", "area"),
        ("350 ml", "volume"),
        ("49 dB(A)", "sound"),
        ("8 m/s", "speed"),
        ("60 miles per hour", "speed"),
        ("28 euros a week", "money"),
        ("ten minutes", ""),
        ("10 minutes", "duration"),
        ("9 a.m.", ""),
        ("1,200 visitors", ""),
        ("14 May 2020", ""),
        ("the pump", ""),
        ("", ""),
    ],
)
def test_a_number_with_its_unit_says_what_it_measures(text: str, expected: str) -> None:
    assert measured(text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What does the deck hose cost?", "10 m", True),
        ("What does the deck hose cost?", "£18", False),
        ("What does the deck hose cost?", "18", False),
        ("What is the price of the anchor?", "12 kg", True),
        ("How long does the battery last?", "7.2 Ah", True),
        ("How long does the battery last?", "6 hours", False),
        ("How fast does the lift go?", "3 m/s", False),
        ("How high is the fine?", "300 euros", False),
        ("How long is the pontoon?", "24 m", False),
        ("How long is the pontoon?", "800 kg", True),
        ("How heavy is the anchor?", "12 kg", False),
        ("How much does the anchor weigh?", "£64", True),
        ("How many people can sleep in it?", "42 m²", True),
        ("How many square metres does it have?", "42 m²", False),
        ("How many litres does the tank hold?", "80 litres", False),
        ("When was the lock repaired?", "£400", True),
        ("When may it be used again?", "after 2 days", False),
        ("What is the engine?", "12 V", False),
    ],
)
def test_a_measure_of_something_else_is_no_answer(question: str, text: str, expected: bool) -> None:
    assert is_other_measure(analyse_question(question), text) is expected
    assert unfit(analyse_question(question), text) is expected


def test_how_much_something_is_asks_for_its_price_where_one_stands_beside_it() -> None:
    question = analyse_question("How much is the bilge pump?")
    assert unfit(question, "24 V", "Bilge pump 24 V: £89")
    assert unfit(question, "24 V", "Article: Bilge pump 24 V | Price: 89")
    assert not unfit(analyse_question("How much is the maximum load?"), "50 kg", "Maximum load: 50 kg")
