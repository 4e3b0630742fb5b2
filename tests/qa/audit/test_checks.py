import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.audit.checks import Stated, check


def differs(claim: str, source: str, context: str = "") -> list[tuple[str, str, str]]:
    found = check(Stated.of(claim), Stated.of(source), context)
    return [(one.claim, one.source, one.kind) for one in found.differs]


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("Visas were abolished in 2012.", "In 2009 visas were abolished.", ("2012", "2009", "date")),
        ("The union had 52,000 members.", "It had 30,000 members in 1934.", ("52,000", "30,000", "number")),
        ("It received $2,000 in cash.", "It was given $20,000 in cash.", ("$2,000", "$20,000", "number")),
        ("The road is 100 km long.", "The road is 120 km long.", ("100", "120", "number")),
        ("Half of the gas is Russian.", "Russia sells 90 % of the gas.", ("Half", "90 %", "number")),
    ],
)
def test_a_quantity_that_the_source_states_otherwise_is_named_on_both_sides(
    claim: str, source: str, expected: tuple[str, str, str]
) -> None:
    assert expected in differs(claim, source)


def test_a_name_in_the_place_of_another_is_named() -> None:
    found = differs("The library was designed by Otto Wagner.", "The library was designed by Ada Brunner in 1987.")
    assert found == [("Otto Wagner", "Ada Brunner", "name")]


def test_a_denial_on_one_side_is_named() -> None:
    found = differs("Serbia did not impose sanctions on Russia.", "Serbia imposed sanctions on Russia.")
    assert [kind for _, _, kind in found] == ["denial"]
    assert differs("Serbia did not impose sanctions.", "Serbia never imposed sanctions.") == []


def test_an_opposite_in_the_place_of_a_word_is_another_statement() -> None:
    found = check(Stated.of("The gate opens at noon."), Stated.of("The gate closes at noon."))
    assert (found.conflicting, [(one.claim, one.source) for one in found.differs]) == (1, [("opens", "closes")])
    assert check(Stated.of("The gate opens at noon."), Stated.of("It opens at noon and closes at six.")).differs == ()


def test_swapped_roles_are_named_and_the_passive_is_understood() -> None:
    source = "Napoleon attacked Wellington at dawn."
    assert [kind for _, _, kind in differs("Wellington attacked Napoleon at dawn.", source)] == ["roles"]
    assert differs("Napoleon attacked Wellington.", source) == []
    assert differs("Wellington was attacked by Napoleon.", source) == []


def test_what_the_title_says_counts_as_said() -> None:
    found = check(Stated.of("Ada Brunner was born in Vienna."), Stated.of("She was born in Vienna."), "Ada Brunner")
    assert (found.unnamed, found.differs) == (0.0, ())


def test_what_agrees_is_counted_and_nothing_differs() -> None:
    found = check(Stated.of("About 70 ships sailed in May 1941."), Stated.of("On 3 May 1941 seventy-two ships sailed."))
    assert (found.matched, found.conflicting, found.missing, found.differs) == (2, 0, 0, ())


_WORDS = (
    "between 10 and 20 km to 30 percent % $ 5 million May 1941 - hours years about more than Ada Bob . not dozen 3rd"
)
_TEXTS = st.lists(st.sampled_from(_WORDS.split()), max_size=14).map(" ".join)


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_any_two_texts_can_be_compared_and_a_text_never_conflicts_with_itself(one: str, other: str) -> None:
    found = check(Stated.of(one), Stated.of(other), "Ada")
    assert found.matched + found.conflicting + found.missing == len(Stated.of(one).quantities)
    assert 0 <= found.covered <= 1
    assert check(Stated.of(one), Stated.of(one)).conflicting == 0
