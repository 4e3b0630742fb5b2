import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.audit.quantities import quantities


def agree(claim: str, source: str) -> bool:
    [ours], [theirs] = quantities(claim), quantities(source)
    return ours.agrees(theirs)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("about seventy ships", "72 ships"),
        ("more than 150 men", "163 men"),
        ("almost $3 billion", "$2.9 billion"),
        ("over two-thirds of the gas", "70 % of the gas"),
        ("fifty-two thousand members", "52,000 members"),
        ("a quarter of the land", "25 percent of the land"),
        ("in May 1941", "on 5 May 1941"),
        ("in 1941", "on 5 May 1941"),
        ("in the 1940s", "in 1941"),
        ("in the 20th century", "in 1941"),
        ("on 5 May", "on May 5, 1941"),
        ("1941–45", "1943"),
        ("before 1950", "1941"),
        ("between 10 and 20 men", "15 men"),
        ("10 to 20 km", "15 km"),
        ("between 10 and 20 percent", "15 %"),
        ("100 km", "62 miles"),
        ("$1.7 billion", "$1,698,000,000"),
        ("12 euros", "€12"),
        ("up to 40 people", "38 people"),
        ("the third prize", "the 3rd prize"),
        ("2 dozen ships", "24 ships"),
    ],
)
def test_what_can_be_the_same_agrees(claim: str, source: str) -> None:
    assert agree(claim, source)
    assert agree(source, claim)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("seventy ships", "72 ships"),
        ("more than 150 men", "149 men"),
        ("almost $3 billion", "$3.4 billion"),
        ("over two-thirds of the gas", "60 % of the gas"),
        ("in May 1941", "on 5 June 1941"),
        ("in 1941", "in 1942"),
        ("on 5 May", "on May 6, 1941"),
        ("before 1950", "1951"),
        ("10 to 20 km", "9 km"),
        ("100 km", "100 miles"),
        ("1.7 million people", "2.3 million people"),
    ],
)
def test_what_cannot_be_the_same_does_not_agree(claim: str, source: str) -> None:
    assert not agree(claim, source)
    assert not agree(source, claim)


@pytest.mark.parametrize("text", ["one of them", "COVID-19", "the building", "He came second to none but himself."])
def test_words_that_are_no_quantity_are_passed_over(text: str) -> None:
    assert [found.text for found in quantities(text) if found.kind != "ordinal"] == []


@settings(deadline=None)
@given(st.text(alphabet="0123456789 ,.-–%$€kmMtoandbewJanuary5thsecond", max_size=60))
def test_any_text_gives_quantities_that_stand_in_it_and_never_overlap(text: str) -> None:
    found = quantities(text)
    assert all(text[one.start : one.end].strip() == one.text.strip() for one in found)
    assert all(one.low <= one.high for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
