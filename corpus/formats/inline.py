"""What stands in a line of an HTML page: blocks that are shown inside one, pictures, and words that are set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.formats.furniture import INLINE, has_words_beside

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_LINE = re.compile(r"\bdisplay\s*:\s*inline\b", re.IGNORECASE)
_CONTAINERS = frozenset(("div", "p", "section"))
# Where the only thing in one of these is a picture, its words are what it says.
_SAYING = frozenset("td th dd dt h1 h2 h3 h4 h5 h6 summary".split())  # noqa: SIM905
_LONGEST_ALTERNATIVE = 150  # characters; a longer text describes the picture. By hand.
# Boxes that a style sheet lays beside each other; in a sentence or a heading, parts of words may be marked up.
_ROWS = frozenset("div li td th a button header section dd dt label summary".split())  # noqa: SIM905
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


def is_inline(element: HtmlElement) -> bool:
    """Whether an element that is a block elsewhere is shown inside a line."""
    return element.tag in _CONTAINERS and _IN_LINE.search(element.get("style") or "") is not None


def picture_words(picture: HtmlElement) -> tuple[str, bool]:
    """The text that stands for a picture, and whether it is part of a line or all that a cell or a heading says."""
    words = " ".join((picture.get("alt") or "").split())
    if not words or len(words) > _LONGEST_ALTERNATIVE or picture.get("role") in ("presentation", "none"):
        return words, False
    element: HtmlElement = picture
    while True:
        if has_words_beside(element):
            return words, True
        parent = element.getparent()
        if parent is None or parent.tag not in (*INLINE, "picture"):
            break
        element = parent
    alone = parent is not None and parent.tag in _SAYING and not parent.text_content().strip()
    return words, alone


def gap_before(element: HtmlElement, before: str) -> str:
    """A blank where two inline elements that fill a box touch, and their words would run into each other.

    Between a small letter and a capital, or a letter and a digit, nobody writes the two as one word.
    """
    last = before[-1:]
    if element.tag not in INLINE or not last.isalnum():
        return ""
    beside, parent = element.getprevious(), element.getparent()
    if beside is None or parent is None or parent.tag not in _ROWS or beside.tag not in INLINE:
        return ""
    if (beside.tail or "").strip() or (parent.text or "").strip() or (element.tail or "").strip():
        return ""
    text = element.text_content()
    first = text[:1]
    if last.isdigit() and first.isalpha() and not _ORDINAL.match(text):
        return " "
    return " " if (last.isalpha() and first.isdigit()) or (last.islower() and first.isupper()) else ""
