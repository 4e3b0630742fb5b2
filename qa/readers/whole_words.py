"""Spans of whole words: what white space bounds is one word, with its signs, and without the stop that ends it."""

from __future__ import annotations

import re

from corpus.patterns import pattern

_APART = frozenset('()[]{}<>"“”„«»|`*–—…;\u200b')  # what always parts words
_LINK = pattern(r"(?:https?://|www\.|~?/|\.{1,2}/)\S|\S+@\S|\S+://\S|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S", re.IGNORECASE)
_CODE = pattern(r"(?=[^-]*[A-Z])(?=\S*\d)[A-Z0-9]+(?:-[A-Z0-9]+)+|\d+(?:-\d+){2,}")
_ENDS = ".,;:!?"
_SIGN = "-−+±~"
_PREFIXES = _SIGN + "#@$€£¥₹"  # "--dry-run", "#ward-3"
_UNIT_AFTER = pattern(r"[ \xa0\u202f](?:[%‰°€$£¥₹][CFK]?|°[CFK])(?!\w)")
_SIGN_BEFORE = pattern(r"(?:[€$£¥₹]|\+\d{1,3})[ \xa0\u202f]\Z")
_NUMBER = pattern(r"(?<![\w+])(?:\+\d|\(?0)[\d()]*(?:[ \xa0/-]\(?\d[\d()]*)+")  # of a telephone: +44 20 7946 0000
_POSSESSIVE = pattern(r"['’]s?\Z")


def whole_words(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The span [start, end) widened to whole words, never beyond [low, high).

    A sign before a number, a currency and a unit beside one, and all of a telephone number, a code, an address or a
    link belong to the word; brackets, quotes, dashes and the stop at the end of a sentence do not.

    >>> text = "It is -18 °C, write to support@larkspur.example."
    >>> first, last = whole_words(text, 7, 9, 0, len(text))
    >>> text[first:last]
    '-18 °C'
    >>> first, last = whole_words(text, 23, 39, 0, len(text))
    >>> text[first:last]
    'support@larkspur.example'
    >>> first, last = whole_words("Tel. +44 20 7946 0018, day and night", 5, 8, 0, 36)
    >>> "Tel. +44 20 7946 0018, day and night"[first:last]
    '+44 20 7946 0018'
    """
    if start >= end:
        return start, end
    left, right = start, end
    while left > low and not text[left - 1].isspace() and text[left - 1] not in _APART:
        left -= 1
    while right < high and not text[right].isspace() and text[right] not in _APART:
        right += 1
    first = _first(text, start, left)
    last = _last(text, end, right, text[left:right])
    if text[first].isdigit() and (before := _SIGN_BEFORE.search(text, low, first)):
        first = before.start()
    if text[first] in "+(" or text[first].isdigit():
        for number in _NUMBER.finditer(text, low, high):
            if number.start() <= first < number.end():
                first, last = number.start(), max(last, number.end())
    if text[last - 1].isdigit() and (after := _UNIT_AFTER.match(text, last, high)):
        last = after.end()
    return first, last


def _first(text: str, start: int, left: int) -> int:
    """Where the word that [left, ...) holds begins, at or before ``start``."""
    head = text[left:start]
    word = _word_around(text, left)
    if not head or _is_one(word) or not head.strip(_PREFIXES):
        return left
    # "Anglo-Saxon" and "and/or" are two words each; a sign belongs to the number after it.
    for at in range(start - 1, left - 1, -1):
        sign = text[at]
        if sign in "/,:" or (sign in _SIGN and not (at == left and text[at + 1].isdigit())):
            return at + 1
    return left if head[0] not in "'’" else left + 1


def _last(text: str, end: int, right: int, word: str) -> int:
    """Where the word ends, at or after ``end``, without the stop of the sentence."""
    if not _is_one(word.rstrip(_ENDS)):
        for at in range(end, right):
            if text[at] in "/-−":
                right = at
                break
            if text[at] in ",:" and not (text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit()):
                right = at
                break
    while right > end and text[right - 1] in _ENDS + "'’":
        right -= 1
    tail = _POSSESSIVE.search(text, end, right)
    return tail.start() if tail else right


def _word_around(text: str, left: int) -> str:
    stop = left
    while stop < len(text) and not text[stop].isspace() and text[stop] not in _APART:
        stop += 1
    return text[left:stop].rstrip(_ENDS)


def _is_one(word: str) -> bool:
    """Whether a word is one in all its parts: a link, an address, a code."""
    return _LINK.match(word) is not None or _CODE.fullmatch(word) is not None
