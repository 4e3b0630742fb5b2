"""The items of an enumeration: "the roof, the outer walls and the drains" are three.

Rules over the words alone say where an enumeration could be split; whether it is one answer or several, ``qa.lists``
decides by what the question asks and by the reader's scores.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.english.calendar import MONTH, WEEKDAY
from corpus.patterns import pattern

Bounds = tuple[int, int]

MOST_ITEMS = 40  # a run of more is no answer

_SEPARATOR = pattern(
    r"\s*(?P<sign>[,;])(?:\s+(?P<after>and|or|nor|plus|as\s+well\s+as|&)(?=\s))?(?=\s)\s*"
    r"|\s+(?P<word>and|or|nor|plus|as\s+well\s+as|&)\s+|\s*[\r\n]+\s*(?:[-*•–]\s+)?",
    re.IGNORECASE,
)
_OPENERS, _CLOSERS = "([{“«", ")]}”»"
_LEADING = pattern(r"(?:both|either|neither|and|or|namely|e\.g\.)\s+", re.IGNORECASE)
_PAIR = pattern(r"(?:between|betwixt|from)\s+\S", re.IGNORECASE)
_BETWEEN = pattern(r"\b(?:between|from)\s*\Z", re.IGNORECASE)
_MONTH = rf"(?:{MONTH})\.?"
_DATE = pattern(
    rf"(?:(?:{WEEKDAY})\s*,\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|{_MONTH})"
    r"(?:\s*,?\s*\d{3,4})?",
    re.IGNORECASE,
)
_NUMBER = pattern(r"\d{1,3}(?: ?, ?\d{3})+(?!\d)")
_TITLE_TAIL = pattern(r"(?:jr|sr|inc|ltd|llc|ph\.?\s?d|m\.?d|esq|co|usa|u\.s\.|[ivx]+)\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Separators:
    """What parts the items of a run: how many commas, words and semicolons."""

    commas: int
    words: int
    semicolons: int


def items_of(text: str, *, before: str = "") -> tuple[Bounds, ...]:
    """Where the items of an enumeration stand in its text, in order; () where the text is none.

    The words between items belong to none of them, articles stay. ``before`` is the text before it: what stands after
    "between" is a pair, not a list. A date, a number with commas, a name with its "Jr." and "Paris, France" are one.

    >>> text = "the roof, the outer walls and the drains"
    >>> [text[start:end] for start, end in items_of(text)]
    ['the roof', 'the outer walls', 'the drains']
    >>> items_of("14 May, 2020"), items_of("5 and 9 km", before="between ")
    ((), ())
    """
    if (_PAIR.match(text) and " and " in text) or _BETWEEN.search(before):
        return ()
    marks = _top_level(text)
    if not marks:
        return ()
    marks = _consistent(marks)
    if not marks or len(marks) >= MOST_ITEMS:
        return ()
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
    items = [_trimmed(text, edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    items = [(start, end) for start, end in items if any(map(str.isalnum, text[start:end]))]
    return tuple(items) if len(items) > 1 else ()


def is_separator(text: str) -> bool:
    """Whether a text is what stands between two items and nothing else: ", ", " and ", ", or ".

    >>> is_separator(", and "), is_separator(" and the ")
    (True, False)
    """
    return bool(_SEPARATOR.fullmatch(text))


def separators(text: str) -> Separators:
    """What parts the items of a run that ``items_of`` splits."""
    marks = _consistent(_top_level(text))
    return Separators(
        commas=sum(mark["sign"] == "," for mark in marks),
        words=sum(bool(mark["word"] or mark["after"]) for mark in marks),
        semicolons=sum(mark["sign"] == ";" for mark in marks),
    )


def _top_level(text: str) -> list[re.Match[str]]:
    """The separators outside brackets, quotation marks, dates, numbers and names."""
    barred = [match.span() for pattern in (_DATE, _NUMBER) for match in pattern.finditer(text)]
    barred += [match.span() for match in re.finditer(r"\"[^\"]*\"|``.*?''", text)]
    depth, depths = 0, []
    for sign in text:
        depth += (sign in _OPENERS) - (sign in _CLOSERS)
        depths.append(depth)
    return [
        match
        for match in _SEPARATOR.finditer(text)
        if depths[match.start()] <= 0
        and not any(start < match.end() and match.start() < end and match.start() > start for start, end in barred)
        and not _TITLE_TAIL.fullmatch(re.split(r"[,;]|\sand\s", text[match.end() :].strip())[0].strip())
    ]


def _consistent(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The separators that part items, where an enumeration has several sorts: the widest sort wins."""
    if any(mark["sign"] == ";" for mark in marks):
        return [mark for mark in marks if mark["sign"] == ";"]
    commas = [mark for mark in marks if mark["sign"] == ","]
    words = [mark for mark in marks if mark["word"]]
    if any(mark["after"] for mark in commas):
        return commas  # "a, b and c, and d": the comma before the word says that commas part them
    if commas and not words:
        # "Paris, France" is one; "a, b, c" are three.
        return marks if len(commas) > 1 or len(marks) > len(commas) else []
    if commas and words and words[-1].start() < commas[-1].start() and len(words) == 1:
        return words  # "Austin, Texas and Denver, Colorado"
    return marks


def _trimmed(text: str, start: int, end: int) -> Bounds:
    while start < end and text[start] in " \t\r\n,;:–—-":
        start += 1
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    while start < end and text[end - 1] in " \t\r\n,;:–—":
        end -= 1
    if end - start > 1 and text[end - 1] == "." and text[start:end].count(".") == 1 and end == len(text):
        end -= 1
    return start, end
