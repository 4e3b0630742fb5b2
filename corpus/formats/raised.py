"""Small digits and letters above or below the line (<sup>, <sub>): how they are written so that no number changes.

"10⁶" must not be read as 106, nor "$25" with a footnote mark 1 as $251, while "1st", "m2" and "H2O" are right.
"""

from __future__ import annotations

import re

# What stands raised after a number as a part of its word: ordinals of several languages, trade marks.
_ORDINALS = frozenset(
    "st nd rd th d e er re ère ers eme ème ième o os a as te ter ten de tm sm mo ma r".split()  # noqa: SIM905
)
# Units of three letters or more that have squares and cubes; words of one or two letters are taken for units.
_UNITS = frozenset("mile miles inch yard sec min mol dag bar foot feet".split())  # noqa: SIM905
_AMOUNT = re.compile(r"[$€£¥₹₽₩]|^(?:USD|EUR|GBP|CHF|Fr|Rs|kr)")
_LAST_WORD = re.compile(r"[^\s\0]*\Z")
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_ELEMENT = re.compile("[A-Z][a-z]?(?![a-z])")
_VARIABLE = re.compile("[a-z0-9]{1,3}")
_SIGNS = "+-−"
_BRACKETED = re.compile(r"\[\s*(?:\d{1,3}|[a-z]|(?:note|nb|fn|n)\.?\s*\d{1,3})\s*\]", re.IGNORECASE)
# After these a raised number is a note's mark: no power follows them.
_ENDS = ".,;:!?%€$£¥\"'“”’»…"

NOTE = None
"""What ``raised`` gives for the mark of a note, which is no part of the text."""


def raised(before: str, mark: str, after: str) -> str | None:
    """Return a raised mark as text, given the text before and after it; NOTE for the mark of a note.

    >>> [raised("10", "6", " l"), raised("$19", "99", "."), raised("$25", "1", " a"), raised("1", "st", " day")]
    ['^6', ' 99', None, 'st']
    """
    word = _word(before)
    if word and _BRACKETED.fullmatch(mark):
        return NOTE
    if not _is_plain(mark):
        return mark
    number = mark.lstrip(_SIGNS).isdigit()
    if not word or word[-1] in "/⁄(":
        return _leading(mark, after) if number and not word else mark
    if after[:1] in ("/", "⁄"):
        return f" {mark}" if number and word[-1].isdigit() else mark  # "1 1/2"
    if word[-1].isdigit():
        return _after_digit(word, mark, number)
    if word[-1] in _ENDS:
        return NOTE if number and mark.isdigit() else mark
    letters = _LAST_LETTERS.search(word)
    if letters is None:
        return f"^{mark}" if number else mark  # "(a + b)^2"
    if not number:
        power = letters[0] == word and len(word) == 1 and word.islower() and _VARIABLE.fullmatch(mark)
        return f"^{mark}" if power and mark.lower() not in _ORDINALS else mark
    if mark[0] in _SIGNS:
        return f"^{mark}"
    return mark if len(letters[0]) < 3 or letters[0].lower() in _UNITS else f" {mark}"


def lowered(before: str, mark: str) -> str:
    """Return a lowered mark as text, given the text before it.

    >>> [lowered("CO", "2"), lowered("101", "2")]
    ['2', '_2']
    """
    return f"_{mark}" if _word(before)[-1:].isdigit() and mark[:1].isalnum() else mark


def _word(before: str) -> str:
    found = _LAST_WORD.search(before)
    return found[0] if found else ""


def _is_plain(mark: str) -> bool:
    """Whether a mark is of letters and digits, with a sign before them perhaps."""
    return mark.lstrip(_SIGNS)[:1].isalnum()


def _leading(mark: str, after: str) -> str:
    """A number that stands before its word: an isotope's, the top of a fraction, or a verse's or a note's."""
    joined = not after[:1].isalnum() or _ELEMENT.match(after) is not None
    return mark if joined else f"{mark} "


def _after_digit(word: str, mark: str, number: bool) -> str | None:
    """A raised mark after a digit."""
    if not number and (mark.lower() in _ORDINALS or len(mark) > 3):
        return mark
    amount = _AMOUNT.search(word) is not None
    base = re.search(r"\d+\Z", word)
    digits = base[0] if base else ""
    if mark[0] in _SIGNS or not number:
        return f"^{mark}"
    if amount and digits != "10":
        return NOTE if len(mark) == 1 else f" {mark}"  # two digits may be cents
    return f"^{mark}" if len(digits) < 3 and not word[: -len(digits)].endswith((".", ",")) else f" {mark}"
