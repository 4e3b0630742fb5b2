"""Answers that are a stretch of time: who asks when something is open wants to know both of its ends.

And a part of a time is no shorter than it is: "the first week of September".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.english.calendar import SHORT_MONTHS, SHORT_WEEKDAYS
from corpus.patterns import pattern

if TYPE_CHECKING:
    from corpus.documents import Passage
    from qa.readers.readings import Span

_MONTH = rf"(?:{'|'.join(SHORT_MONTHS)})[a-z]*\.?"
_DAY = rf"(?:{'|'.join(SHORT_WEEKDAYS)})[a-z]*\.?"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?|noon|midnight)"
_MOMENT = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}|{_MONTH}\s\d{{1,2}}\b|{_CLOCK}|{_MONTH}|{_DAY})"
_RANGE = rf"{_MOMENT}\s?(?:–|-|—|\bto\b|\buntil\b|\btill\b)\s?{_MOMENT}"
_RANGES = pattern(rf"{_RANGE}(?:(?:,| and|, and)\s{_RANGE})*", re.IGNORECASE)
_ONE = pattern(rf"(?:from |at |between )?{_MOMENT}", re.IGNORECASE)
_PART = pattern(
    r"(?<!\w)(?:the )?(?:(?:first|second|third|fourth|last|final|opening) (?:half|third|quarter|weeks?|weekend|days?"
    r"|months?|(?:working |school )?day|\w{3,6}day)|end|beginning|start|middle|eve) of (?:the |each |every )?\Z",
    re.IGNORECASE,
)
_CALENDAR = pattern(
    rf"(?:each |every |the )?(?:{_MONTH}|{_DAY}|month|week|season|term|spring|summer|autumn|winter)(?!\w)[^\d]*\Z",
    re.IGNORECASE,
)


def whole_range(span: Span, passage: Passage) -> Span:
    """The span, or the stretch of time in its sentence that it is one end of, as the document has it."""
    if not _ONE.fullmatch(span.text) or span.end - span.start != len(span.text):
        return span
    low, high = (place - passage.start for place in span.sentence)
    if low < 0 or high > len(passage.text):
        return span
    for found in _RANGES.finditer(passage.text, low, high):
        start, end = passage.start + found.start(), passage.start + found.end()
        if start <= span.end and span.start < end and (start, end) != (span.start, span.end):
            start = min(start, span.start)
            return replace(span, start=start, end=end, text=passage.text[start - passage.start : end - passage.start])
    return span


def whole_part(span: Span, passage: Passage) -> Span:
    """The span, with the part of a time that it ends: "the first week of September", where it is "September".

    Years and centuries stay alone: of "the end of 1350" people take "1350" for the answer (SQuAD).
    """
    low, high = max(span.sentence[0], passage.start) - passage.start, span.start - passage.start
    if not 0 <= low <= high <= len(passage.text) or not _CALENDAR.match(span.text):
        return span
    found = _PART.search(passage.text, low, high)
    if found is None:
        return span
    start = passage.start + found.start()
    return replace(span, start=start, text=passage.text[found.start() : span.end - passage.start])
