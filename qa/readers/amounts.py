"""Prices that are written as bare numbers: "Seeded loaf, 600 g: 4.60" in a list of prices.

A reader takes the number with a unit for the answer, or none. Where the headings or the text say that the list is one
of prices, it is shown what the number is.
"""

from __future__ import annotations

import re

from corpus.english.calendar import SHORT_WEEKDAYS, WEEKDAY
from corpus.english.nouns import NOT_PAID, PAID, PRICES
from corpus.english.units import MONEY
from corpus.patterns import pattern

_AMOUNT = (
    r"(?:(?:from|about|approx\.|ca\.|only|up to)\s)?(?P<amount>\d{1,6}[.,]\d\d)(?![\d.,:]*\d|\s?[%°]|\s?[a-z]{1,2}\b)"
)
_VALUE = pattern(_AMOUNT + r"(?=\s*(?:$|[(;,]|each\b|per\b|a\b|while\b|\*))")
_AT_THE_END = pattern(r"[^\W\d_][^:|]*?(?:[ \t]*\.{3,}[ \t]*|[ \t]+(?:[-–—=][ \t]+)?)" + _AMOUNT + r"\s*\Z")
_OF_PRICES = pattern(
    rf"\b(?:{'|'.join(PRICES)}|costs \(|(?:amounts|figures) (?:are )?in (?:{MONEY}|francs|chf))(?!\w)", re.IGNORECASE
)
_SIGNS = (
    (pattern(r"£|\bpounds?\b|\bgbp\b", re.IGNORECASE), "£"),
    (pattern(r"\$|\bdollars?\b|\busd\b", re.IGNORECASE), "$"),
)
_BARE = pattern(r"(?:[:=–—-]|\.{3}|[^\W\d_])[ \t]*(?:[a-z. ]{2,8}[ \t])?\d{1,6}[.,]\d\d(?!\d)")
_SAID = pattern(rf"\b(?:{'|'.join(PAID)})\b", re.IGNORECASE)
_NO_PRICE = pattern(
    rf"\b(?:(?:{WEEKDAY})s?|{'|'.join(SHORT_WEEKDAYS)}|{'|'.join(NOT_PAID)})\b",
    re.IGNORECASE,
)


def sign_of_prices(text: str) -> str | None:
    """The currency's sign that a list's bare numbers are shown with, None where the text tells of no prices.

    >>> sign_of_prices("Hampers. All prices are in pounds."), sign_of_prices("Weights of our hampers")
    ('£', None)
    """
    if not _OF_PRICES.search(text):
        return None
    return next((sign for found, sign in _SIGNS if found.search(text)), "€")


def shown_as(sign: str, words: str) -> str:
    """What a bare price is shown with, ``words`` being its key and what is above it: they may say that it is one.

    >>> shown_as("€", "Bread: Rye, 600 g: "), shown_as("€", "Deposit: ")
    ('price: €', '€')
    """
    return sign if _SAID.search(words) else f"price: {sign}"


def has_bare_amounts(text: str) -> bool:
    """Whether a line of a text may have a price that is a bare number: a quick look."""
    return _BARE.search(text) is not None


def amount_in(text: str, start: int, value: int | None, end: int) -> int | None:
    """Where the bare price of the line [start, end) of ``text`` begins; None where it has none.

    ``value`` is where the value after its key begins, if it has a key.

    >>> lines = (("Rye, 600 g: 4.60", 12), ("Espresso ... 2.40", None), ("Sunday: 9.30", 8), ("Rope: 2.50 m", 6))
    >>> [amount_in(line, 0, value, len(line)) for line, value in lines]
    [12, 13, None, None]
    """
    key = text[start : end if value is None else value]
    found = _AT_THE_END.match(text, start, end) if value is None else _VALUE.match(text, value, end)
    return None if found is None or _NO_PRICE.search(key) else found.start("amount")
