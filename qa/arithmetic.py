"""Questions for a number that the documents do not say, though they list what it would be counted or added up from.

"How many members does the committee have?" over a list of members, or "How much are a tyre change and a battery
together?" over a list of prices: nothing here counts or adds. Such a question is refused, and the items are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.english.calendar import MONTHS, SEASONS, WEEKDAYS
from corpus.english.numerals import CARDINAL
from corpus.english.units import SUMS
from corpus.patterns import pattern
from corpus.whitespace import LINE_END, has_blank_line
from qa.answers import Citation
from qa.citing import cite, cite_place, cite_span
from qa.fitness import unfit
from qa.lists import items_in
from qa.readers.lines import Bounds, key_end
from qa.readers.views import View, view_of

if TYPE_CHECKING:
    from corpus.documents import Passage
    from index.ranking.search import Index
    from qa.candidates import Candidates
    from qa.questions import Question

MOST_SHOWN = 10
LOOKED_AT = 3
"""How many of the best passages may hold the list."""

_TOLD = pattern(rf"\b(?:mean|{'|'.join(SUMS)})\b", re.IGNORECASE)
_NUMBER = rf"(?:\d[\d,.]*|{CARDINAL}|hundred|dozen|no)"
_DIGIT = pattern(r"\d")
_TIME = pattern(rf"\b(?:{'|'.join((*MONTHS, *WEEKDAYS, *SEASONS))})\b", re.IGNORECASE)
_BULLET = pattern(r"[ \t]*(?:[-*+•‣◦▪●|]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]*\Z")
_LABEL = 80  # characters: a longer line that is no item, row or key with its value is prose
Terms = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines that follow one another under the same heading: bounds in the document, and the terms above them all."""

    passage: Passage
    lines: tuple[Bounds, ...]
    above: frozenset[str]
    texts: tuple[str, ...]


def uncounted(candidates: Candidates, index: Index) -> tuple[Citation, ...]:
    """The items that would have to be counted or added up to answer a question; () where that is not so.

    It is so where the question asks for a number, the documents list what it is about under a heading, parent, column
    or key of that name, or in one enumeration, and nowhere say the number.
    """
    question = candidates.asked.question
    if question.adding:
        return _addends(candidates, index)
    if question.kind == "how_many" and question.head:
        return _counted(candidates, index)
    return ()


def misses_sum(candidates: Candidates) -> bool:
    """Whether the best span answers a question for a sum with a figure of one line, or one for a number with none."""
    question, best = candidates.asked.question, candidates.spans[0]
    if question.adding:
        # A confident answer yields only where the question names what is to be added.
        return "and" in question.words and not _TOLD.search(best.statement)
    return question.kind == "how_many" and unfit(question, best.text)


def _counted(candidates: Candidates, index: Index) -> tuple[Citation, ...]:
    question, terms = candidates.asked.question, candidates.analyzer.terms
    noun = frozenset(terms(question.head))
    passages = [hit.passage for hit in candidates.hits[:LOOKED_AT]]
    if not noun or any(_tells(passage.text, question, noun, terms) for passage in passages):
        return ()
    # What a list is of may be named by its heading ("Committee") where the question names its items ("members").
    rest = frozenset(candidates.asked.terms) - noun
    particular = frozenset(terms(" ".join(question.words[place] for place in question.names + question.numbers)))
    particular |= frozenset(terms(" ".join(_TIME.findall(question.text))))
    particular &= rest
    for group in _groups(passages, index, terms):
        if not particular <= group.above.union(terms(group.passage.with_headings())):
            continue  # what July had does not come from a list of the other months
        named = [line for line, text in zip(group.lines, group.texts, strict=True) if noun <= set(terms(text))]
        if noun <= group.above or (rest and rest <= group.above):
            return _cited(group.passage, _narrowed(group, rest - group.above, terms) or group.lines, index)
        if len(named) > 1:
            return _cited(group.passage, named, index)
    for span in candidates.spans:
        items = items_in(span, [hit.passage for hit in candidates.hits])
        if len(items) > 1 and noun <= set(terms(span.statement)):
            passage = candidates.hits[span.passage].passage
            return tuple(cite_span(item, passage, index) for item in items[:MOST_SHOWN])
    return ()


def _narrowed(group: _Group, wanted: frozenset[str], terms: Terms) -> list[Bounds]:
    """The lines that hold all that a question wants of them."""
    return [line for line, text in zip(group.lines, group.texts, strict=True) if wanted and wanted <= set(terms(text))]


def _addends(candidates: Candidates, index: Index) -> tuple[Citation, ...]:
    terms = candidates.analyzer.terms
    asked = frozenset(candidates.asked.terms) - frozenset(terms(" ".join(SUMS)))
    passages = [hit.passage for hit in candidates.hits[:LOOKED_AT]]
    for group in _groups(passages, index, terms):
        figures = [
            (line, set(terms(text))) for line, text in zip(group.lines, group.texts, strict=True) if _DIGIT.search(text)
        ]
        if any(_TOLD.search(text) for text in group.texts) or len(figures) < 2:
            continue
        # Each of those that are meant has words of the question that the others lack.
        shared = set.intersection(*(said for _, said in figures))
        named = [(line, (said - shared) & asked) for line, said in figures]
        # "Oil change" is not meant where "tyre change" is.
        meant = [line for line, said in named if said and not any(said < other for _, other in named)]
        if len({frozenset(said) for line, said in named if line in meant}) > 1:
            return _cited(group.passage, meant, index)
        if not meant and group.above & asked:
            return _cited(group.passage, [line for line, _ in figures], index)
    return ()


def _tells(text: str, question: Question, noun: frozenset[str], terms: Terms) -> bool:
    """Whether a text says a number of what is asked for: "nine members", "has three elected members"."""
    for match in re.finditer(rf"\b{_NUMBER}\s+((?:\w+\s+){{0,2}}?\w+)", text, re.IGNORECASE):
        if noun <= set(terms(match[1])):
            return True
    return bool(
        re.search(rf"\b(?:number of|total)\b[^.\n]*\b{re.escape(question.head)}\b[^.\n]*\d", text, re.IGNORECASE)
    )


def _groups(passages: Iterable[Passage], index: Index, terms: Terms) -> Iterator[_Group]:
    """The runs of two lines or more in passages that are items, rows, or keys with values."""
    for passage in passages:
        view = view_of(passage, index.surroundings(passage))
        run: list[int] = []
        for number in [*range(len(view.sentences)), None]:
            if (
                number is not None
                and _is_item(passage, view, number)
                and (not run or _goes_on(passage, view, run[-1], number))
            ):
                run.append(number)
                continue
            if len(run) > 1:
                yield _group(passage, view, run, index, terms)
            run = [] if number is None or not _is_item(passage, view, number) else [number]


def _group(passage: Passage, view: View, run: Sequence[int], index: Index, terms: Terms) -> _Group:
    above = [*passage.section]
    for start, end in view.contexts[run[0]]:
        above.append(index.text(passage.document, start, end))
    if not passage.section:
        above.append(passage.title)
    lines = tuple(view.sentences[number] for number in run)
    texts = tuple(passage.text[start - passage.start : end - passage.start] for start, end in lines)
    return _Group(passage, lines, frozenset(terms(" ".join(above))), texts)


def _is_item(passage: Passage, view: View, number: int) -> bool:
    """Whether a statement is an item of a list, a row of a table, or a key with its value, on a line of its own."""
    start, end = (place - passage.start for place in view.sentences[number])
    if not 0 <= start < end <= len(passage.text):
        return False
    before = LINE_END.split(passage.text[:start])[-1]
    after = LINE_END.split(passage.text[end:])[0]
    if after.strip(" \t|"):
        return False
    written = passage.text[start:end]
    if _BULLET.match(before) or re.match(r"[-*+•|]|\(?\d{1,3}[.)]\s", written):
        return True
    row = "|" in written or "\t" in written
    return not before.strip() and (row or (end - start <= _LABEL and key_end(passage.text, start, end) is not None))


def _goes_on(passage: Passage, view: View, last: int, number: int) -> bool:
    """Whether a line belongs to the list of the line before it: no blank line, and the same above."""
    if has_blank_line(passage.text, view.sentences[last][1] - passage.start, view.sentences[number][0] - passage.start):
        return False
    return view.contexts[last] == view.contexts[number]


def _cited(passage: Passage, lines: Iterable[Bounds], index: Index) -> tuple[Citation, ...]:
    return tuple(
        cite(passage, start, end, index)
        if passage.start <= start < end <= passage.end
        else cite_place(index, passage.document, start, end)
        for start, end in list(lines)[:MOST_SHOWN]
    )
