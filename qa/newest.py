"""Values that differ by the year alone: who asks what a fee is wants that of the newest year, not of any.

"Berth fee 2023: 40" and "Berth fee 2024: 45" answer "How much is the berth fee?" alike, to the words and to a reader.
Where the question names no year and does not ask for what was, the newest comes first; its line, its column's head or
its heading, which stand in the citation, say of which year it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.english.calendar import OF_THE_PAST
from corpus.english.function_words import STOP_WORDS
from corpus.patterns import pattern

if TYPE_CHECKING:
    from corpus.documents import Passage
    from qa.readers.readings import Span

# By hand: how far behind the best a span may be that says the same of another year, one that is also written alike, and
# one that is so in a table with a column for each year: there a reader scores the first column far above the others.
_NEARLY, _IF_ALIKE, _IN_COLUMNS = 4.0, 8.0, 16.0
_YEAR = pattern(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d]|[.,]\d)")
_COLUMN = pattern(r"(?:19|20)\d\d: \Z")
_DIGITS = pattern(r"\d+(?:[.,]\d+)*")
_NEXT = pattern(r"\s*[^\W\d]\w*")
_WORD = pattern(r"\w+")
_PAST = pattern(rf"\b(?:{'|'.join(OF_THE_PAST)})\b")


def newest_first(question: str, spans: Sequence[Span], passages: Sequence[Passage]) -> list[Span]:
    """The spans, with that of the newest year before the best where the two differ by their year alone."""
    if len(spans) < 2 or _YEAR.search(question) or _PAST.search(question.lower()):
        return list(spans)
    best, year = spans[0], _year(spans[0], passages)
    if year is None:
        return list(spans)
    alike = [
        (other, span)
        for span in spans[1:]
        if best.score - span.score <= _allowed(best, span)
        and (other := _year(span, passages)) is not None
        and other > year
        and _says_the_same(best, span)
    ]
    if not alike:
        return list(spans)
    newest = max(alike, key=lambda each: each[0])[1]
    return [replace(newest, score=best.score), *(span for span in spans if span is not newest)]


def _year(span: Span, passages: Sequence[Passage]) -> int | None:
    """The year to which a span belongs: the last before it in its statement, else one after it, else a heading's."""
    at = span.statement.find(span.text)
    if at < 0 or _YEAR.search(span.text):
        return None
    before = _YEAR.findall(span.statement[:at])
    after = _YEAR.findall(span.statement[at + len(span.text) :])
    passage = passages[span.passage]
    above = [year for heading in (passage.title, *passage.section) for year in _YEAR.findall(heading)]
    found = before[-1:] or after[:1] or above[-1:]
    return int(found[0]) if found else None


def _allowed(best: Span, span: Span) -> float:
    """How far behind the best a span may be."""
    if _shape(span) != _shape(best):
        return _NEARLY
    columns = best.sentence == span.sentence and all(
        _COLUMN.search(each.statement[: each.statement.find(each.text)]) for each in (best, span)
    )
    return _IN_COLUMNS if columns else _IF_ALIKE


def _shape(span: Span) -> str:
    """How a figure is written: "£0" of "£40". Other answers have none in common: their own text."""
    return _DIGITS.sub("0", span.text)


def _says_the_same(one: Span, other: Span) -> bool:
    """Whether two spans are said of the same thing: their statements differ by years and by the answers alone.

    In one sentence that gives both, the later one may say less before it, and the same has to follow on both.
    """
    if one.sentence == other.sentence:
        (_, before, after), (_, less, behind) = _parts(one), _parts(other)
        return less <= before and after == behind
    ours, theirs = _parts(one)[0], _parts(other)[0]
    return bool(ours) and ours == theirs


def _parts(span: Span) -> tuple[set[str], set[str], str]:
    """The words of a span's statement without years and the span, those from the last year to the span, the next."""
    at = span.statement.find(span.text)
    before, after = span.statement[:at], span.statement[at + len(span.text) :]
    last = max((match.end() for match in _YEAR.finditer(before)), default=0)
    following = _NEXT.match(after)
    every = _words(f"{before} {after}")
    return every, _words(before[last:]), following[0].strip().lower() if following else ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_YEAR.sub(" ", text).lower())) - STOP_WORDS
