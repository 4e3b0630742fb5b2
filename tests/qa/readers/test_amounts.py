"""Bare numbers of a price list are read as prices; other numbers stay what they are."""

import pytest

from corpus.documents import Passage
from qa.readers.amounts import amount_in, has_bare_amounts, shown_as, sign_of_prices
from qa.readers.lines import key_end
from qa.readers.views import NOWHERE, view_of


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("Ash log, 150 g: 4.95", "4.95"),
        ("Smoked trout: 8,30 (on Fridays)", "8,30"),
        ("Party box, feeds 10: from 94.50, a week ahead", "94.50"),
        ("Espresso ......... 2.40", "2.40"),
        ("Espresso 2.40", "2.40"),
        ("Espresso - 2.40", "2.40"),
        ("Sunday: 9.30", None),
        ("Last orders: 21.30", None),
        ("Rope: 2.50 m", None),
        ("Share: 12.50 %", None),
        ("Day: 3.10.2025", None),
        ("Full service: £259", None),
    ],
)
def test_where_the_bare_price_of_a_line_begins(line: str, amount: str | None) -> None:
    at = amount_in(line, 0, key_end(line, 0, len(line)), len(line))
    assert (None if at is None else line[at : at + 5].rstrip(" ,")) == amount
    assert amount is None or has_bare_amounts(line)


def test_the_sign_is_that_of_the_document_and_only_where_it_tells_of_prices() -> None:
    assert sign_of_prices("Menu\nAll prices are in dollars.") == "$"
    assert sign_of_prices("Fees of 2025") == "€"
    assert sign_of_prices("Lengths of our ropes, in pounds and metres") is None


def test_a_price_is_named_where_its_key_does_not_name_it() -> None:
    assert shown_as("£", "Hampers\nPicnic box: ") == "price: £"
    assert shown_as("£", "Postage\nUp to 2 kg: ") == "£"


def test_a_view_shows_what_a_bare_number_is_and_keeps_its_place() -> None:
    text = "- Ash log, 150 g: 4.95 (Fridays)\n- Made to measure: from 120.00\n- Sunday: 9.30"
    bounds = ((0, 32), (33, 63), (64, 78))
    view = view_of(Passage("d", "Cheese", (), 0, len(text), text, bounds), sign="£")
    assert view.text == ("Ash log, 150 g: price: £4.95 (Fridays); Made to measure: from price: £120.00; Sunday: 9.30;")
    places = view.layout[0]
    shown = view.text.index("4.95")
    assert [text[place] for place in places[shown : shown + 4]] == list("4.95")
    assert places[shown - 1] == NOWHERE
    assert view_of(Passage("d", "Cheese", (), 0, len(text), text, bounds)).text.count("price") == 0
