import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document, Section, Surroundings
from corpus.formats import markdown
from corpus.passages import PassageSettings, split_passages
from index.building.build import build_index
from index.settings import IndexSettings
from qa.readers.views import NOWHERE, View, view_of

PRICES = """# Yard

Prices of the yard.

## Boats

Hire per day:

- Rowing boat: £12
- Canoe
  - single: £9
  - double: £14

| Boat | Length (m) | Seats |
| --- | --- | --- |
| Heron | 6.2 | 5 |
| Teal |  | 2 |
"""


def views_of(text: str, *, max_words: int = 160) -> list[View]:
    (document,) = markdown.read(text.encode(), "yard.md", lambda _: None)
    index = build_index([document], settings=IndexSettings(passages=PassageSettings(max_words=max_words)))
    return [view_of(passage, index.surroundings(passage)) for passage in index.passages()]


def test_a_line_is_read_with_its_parents_and_a_cell_with_its_head() -> None:
    assert views_of(PRICES)[1].text == (
        "Hire per day: Hire per day: Rowing boat: £12; Hire per day: Canoe; Hire per day: Canoe: single: £9; "
        "Hire per day: Canoe: double: £14; Boat: Heron | Length (m): 6.2 | Seats: 5; Boat: Teal | Seats: 2;"
    )


def test_a_list_or_table_that_runs_over_two_passages_keeps_its_parents_and_heads() -> None:
    texts = [view.text for view in views_of(PRICES, max_words=6)]
    assert any(text.endswith("Hire per day: Canoe: double: £14;") for text in texts)
    assert any(text.endswith("Boat: Teal | Seats: 2;") for text in texts)


def test_headings_are_read_with_the_places_where_they_stand() -> None:
    view = views_of(PRICES)[1]
    assert view.heading == "Yard > Boats :"
    places, _ = view.heading_layout
    assert [PRICES[place] for place in places[places != NOWHERE]] == list("YardBoats")


def test_a_table_without_dashes_has_a_head_where_only_its_first_row_has_no_number() -> None:
    text = "Room | Seats | Phone\nOak | 12 | 4410\nElm | 30 | 4411"
    assert views_of(text)[0].text == "Room: Oak | Seats: 12 | Phone: 4410; Room: Elm | Seats: 30 | Phone: 4411;"


def test_two_columns_without_a_head_are_names_and_values() -> None:
    assert views_of("Monday | closed\nTuesday | 9 to 5")[0].text == "Monday: closed; Tuesday: 9 to 5;"


def test_lines_whose_keys_bear_one_number_are_read_together() -> None:
    text = "- Envoy1: Ana Petrova\n- Mission1: Embassy, Vienna\n- Envoy2: Karl Huber\n- Mission2: Embassy, Strelsau"
    assert "Embassy, Strelsau: Envoy2: Karl Huber;" in views_of(text)[0].text


def test_the_marks_of_emphasis_are_not_read_and_are_in_the_answer_where_they_stand_inside() -> None:
    view = views_of("- **Warranty**: 5 years\n- **Colour**: `dark` green")[0]
    assert view.text == "Warranty: 5 years; Colour: dark green;"


def test_prose_is_read_as_it_stands() -> None:
    text = "Tea is hot. It came\nfrom China over many years, and nobody knows when it first was drunk in Europe."
    assert views_of(text)[0].text == text


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("It is -18 °C outside.", "18", "-18 °C"),
        ("Call +44 20 7946 0018, please.", "20 7946 0018", "+44 20 7946 0018"),
        ("Write to help@lark.example.", "help@lark", "help@lark.example"),
        ("See www.lark.co.uk/returns for more.", "www.lark.co.uk", "www.lark.co.uk/returns"),
        ("It is CVE-2023-99871 (critical).", "99871", "CVE-2023-99871"),
        ("A cup is €2.50, a pot €4.", "2.50", "€2.50"),
        ("Use --dry-run first.", "run", "run"),
        ("The Anglo-Saxon king.", "Saxon", "Saxon"),
        ("Peter's boat.", "Peter", "Peter"),
        ("(in May)", "May", "May"),
        ("From 1914–1918 it was shut.", "1914", "1914"),
        ("Version 2.4.0.", "2.4", "2.4.0"),
        ("It grew by 12 % a year.", "12", "12 %"),
    ],
)
def test_an_answer_is_made_of_whole_words(text: str, part: str, whole: str) -> None:
    view = views_of(text)[0]
    start = view.text.index(part)
    first, last = view.whole(start, start + len(part))
    assert view.text[first:last] == whole


def test_a_flag_keeps_its_dashes() -> None:
    view = views_of("Use --dry-run first.")[0]
    start = view.text.index("dry-run")
    assert slice(*view.whole(start, start + 7)) == slice(4, 13)


LINE = st.sampled_from(
    [
        "- a: 1",
        "  - b",
        "| x | y |",
        "| --- | --- |",
        "| 1 | 2 |",
        "Text. More",
        "Key: v",
        "",
        "1. one",
        "a\tb",
        "**B**",
    ]
)


@given(st.lists(LINE, min_size=1, max_size=12), st.integers(1, 9))
def test_every_character_stands_where_it_says_whatever_the_lines(lines: list[str], max_words: int) -> None:
    text = "\n".join(lines)
    document = Document("d", "D", text, (Section((), 0, len(text)),), "d.md")
    for passage in split_passages(document, PassageSettings(max_words=max_words)):
        view = view_of(passage, Surroundings((), text[: passage.start]))
        places, stretches = view.layout
        assert len(places) == len(stretches) == len(view.text)
        held = places != NOWHERE
        assert [text[place] for place in places[held]] == [view.text[at] for at in np.flatnonzero(held)]
        assert (stretches[~held] == NOWHERE).all()
        for stretch in np.unique(stretches[held]):
            own = places[stretches == stretch]
            assert (np.diff(own) > 0).all()
