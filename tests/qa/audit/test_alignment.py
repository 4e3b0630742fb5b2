"""What stands in a claim in the place of something else in a sentence that is nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.audit.alignment import replacements
from qa.audit.checks import Stated, check


@pytest.mark.parametrize(
    ("claim", "told", "expected"),
    [
        (
            "The contract was awarded to Brunner Electric in the spring.",
            "The contract was awarded to General Motors in the spring.",
            [("Brunner Electric", "General Motors", "name")],
        ),
        ("Morgan continued the work for a year.", "Tesla continued the work for a year.",
         [("Morgan", "Tesla", "name")]),
        ("It ceded the east to Spain in the end.", "It ceded the east to Great Britain in the end.",
         [("Spain", "Great Britain", "name")]),
        ("The union was not in place until October.", "The union was not in place until July.",
         [("October", "July", "date")]),
        ("He served on the board from 1890 to 1894.", "He served on the board from 1892 to 1894.",
         [("1890", "1892", "date")]),
        ("A ship with around 490 people came to the bay.", "A ship with around 500 people came to the bay.",
         [("490", "500", "number")]),
        ("The collection holds over 14,100 coats.", "The collection holds over 14,000 coats.",
         [("14,100", "14,000", "number")]),
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_another_is_told_on_both_sides(
    claim: str, told: str, expected: list[tuple[str, str, str]]
) -> None:
    assert replacements(claim, told) == expected


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("The lake holds about 1.2 million tons of water.", "The lake holds about 1.23 million tons of water."),
        ("The fleet of Admiral Nelson sank near the coast.", "The fleet of Nelson sank near the coast."),
        ("The revolt against Japan went on for years.", "The revolt against Japanese went on for years."),
        ("Participation in the trade was forbidden there.", "Involvement in the trade was forbidden there."),
        ("The mill stands by the river in Chur.", "A poet of Vienna wrote many long books about love."),
        ("", "Nothing."),
    ],
)
def test_what_may_be_the_same_or_is_of_another_matter_is_not_told(claim: str, told: str) -> None:
    assert replacements(claim, told) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(claim: str, told: str) -> None:
    assert replacements(claim, claim) == []
    for ours, theirs, _ in replacements(claim, told):
        assert ours in claim
        assert theirs in told


def test_a_difference_is_told_once() -> None:
    claim = "Disney sold the four papers to Young Broadcasting in 2012."
    told = "Disney sold the four papers to Knight Ridder in 2009."
    found = check(Stated.of(claim), Stated.of(told))
    assert [(one.claim, one.source, one.kind) for one in found.differs] == [
        ("2012", "2009", "date"),
        ("Young Broadcasting", "Knight Ridder", "name"),
    ]
    assert found.replaced == 2
