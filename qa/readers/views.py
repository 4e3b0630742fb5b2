"""What a reader is fed for a passage: its lines as statements, each with the heads and parents that it needs.

A table's cell says nothing without its column's head, an item little without the item above it, and the end of a line
is white space to a tokenizer. So lists and tables are laid out anew: a line ends in ";", an item is preceded by its
parents, a cell by its head. Every character keeps the place in the document that it was copied from, and what was put
in between has none: an answer is always a run of the document's own characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage, Surroundings
from corpus.patterns import pattern
from corpus.whitespace import LINE_END
from qa.readers.amounts import amount_in, shown_as
from qa.readers.lines import Bounds, Line, key_end, lines_of
from qa.readers.readings import Span
from qa.readers.whole_words import whole_words

Positions = NDArray[np.int32]

NOWHERE = -1
"""The place of a character that was put in between, and the stretch of one that no answer may hold."""

_EMPHASIS = pattern(r"\*\*|`+")  # of Markdown
_ENDED = ".!?:;,…。！？"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text in one piece: copied from the document at ``start``, or put in between (NOWHERE).

    Parts of one ``stretch`` that lie together in the document may be one answer; NOWHERE bars the part from answers.
    """

    text: str
    start: int
    stretch: int


@dataclass(frozen=True)
class View:
    """A passage as it is read.

    ``headings`` are the title and the section's headings, ``parts`` the passage's text as it is laid out.
    ``statements`` bounds each sentence or line in ``text``; ``contexts`` says, for each, where its heads and parents
    stand in the document, and ``sentences`` where the statement itself does.
    """

    passage: Passage
    headings: tuple[Part, ...]
    parts: tuple[Part, ...]
    statements: tuple[Bounds, ...]
    sentences: tuple[Bounds, ...]
    contexts: tuple[tuple[Bounds, ...], ...]

    @cached_property
    def text(self) -> str:
        """What is read of the passage itself."""
        return "".join(part.text for part in self.parts)

    @cached_property
    def heading(self) -> str:
        """What is read before it: "Title > Section :"."""
        return "".join(part.text for part in self.headings)

    @cached_property
    def layout(self) -> tuple[Positions, Positions]:
        """The document's place and the stretch of each character of ``text``: int32 (characters,) each."""
        return _layout(self.parts)

    @cached_property
    def heading_layout(self) -> tuple[Positions, Positions]:
        """The same of ``heading``."""
        return _layout(self.headings)

    def statement(self, at: int) -> int:
        """The number of the statement that holds a position of ``text``; the last one before it where none does."""
        starts = [start for start, _ in self.statements]
        return max(0, int(np.searchsorted(starts, at, side="right")) - 1)

    def whole(self, start: int, end: int, *, heading: bool = False) -> tuple[int, int]:
        """The span [start, end) of ``text`` (or of ``heading``) widened to whole words of its stretch."""
        text = self.heading if heading else self.text
        places, stretches = self.heading_layout if heading else self.layout
        own = stretches[start]
        low = start
        while low > 0 and stretches[low - 1] == own and places[low - 1] == places[low] - 1:
            low -= 1
        high = end
        while high < len(text) and stretches[high] == own and places[high] == places[high - 1] + 1:
            high += 1
        return whole_words(text, start, end, low, high)


def span_of(
    view: View,
    number: int,
    begin: int,
    finish: int,
    score: float,
    evidence: tuple[tuple[str, float], ...],
    *,
    heading: bool = False,
) -> Span:
    """The span [begin, finish) of a view's text (or of its headings), in whole words, as the document has it.

    ``number`` is that of the passage among those that were read.
    """
    begin, finish = view.whole(begin, finish, heading=heading)
    text, (places, stretches) = (view.heading, view.heading_layout) if heading else (view.text, view.layout)
    start, end = int(places[begin]), int(places[finish - 1]) + 1
    own = np.flatnonzero(stretches == stretches[begin])
    bounds = (int(places[own[0]]), int(places[own[-1]]) + 1)
    if heading:
        above = view.passage.section[: int(stretches[begin])]
        return Span(number, start, end, bounds, score, text[begin:finish], view.heading, (), above, evidence)
    place = view.statement(begin)
    sentence = view.sentences[place]
    context = view.contexts[place]
    if not sentence[0] <= start < end <= sentence[1]:
        # A copy of a head or a parent: what is quoted is where it stands, and the line that it was found by.
        sentence, context = bounds, (sentence,)
    statement = view.text[slice(*view.statements[place])]
    return Span(number, start, end, sentence, score, text[begin:finish], statement, context, None, evidence)


def as_views(passages: Sequence[Passage | View]) -> list[View]:
    """The views of passages; a passage alone is read without its surroundings."""
    return [given if isinstance(given, View) else view_of(given) for given in passages]


def _layout(parts: Sequence[Part]) -> tuple[Positions, Positions]:
    if not parts:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    places = [
        np.full(len(part.text), NOWHERE, np.int32)
        if part.start == NOWHERE
        else np.arange(part.start, part.start + len(part.text), dtype=np.int32)
        for part in parts
    ]
    stretches = [np.full(len(part.text), part.stretch, np.int32) for part in parts]
    return np.concatenate(places), np.concatenate(stretches)


def view_of(passage: Passage, around: Surroundings | None = None, *, sign: str | None = None) -> View:
    """The view of a passage; ``around`` says where its headings stand and what comes before it in its section.

    ``sign`` is the currency's, where the document's bare numbers are prices: see ``amounts``.

    Without ``around`` headings are read but cannot be answers, and lines find their parents inside the passage alone.

    >>> text = "| Model | Weight |\\n| --- | --- |\\n| Tern | 8 kg |"
    >>> passage = Passage("d", "Pumps", (), 0, len(text), text, ((0, 18), (19, 32), (33, 48)))
    >>> view_of(passage).text
    'Model: Tern | Weight: 8 kg;'
    """
    around = around or Surroundings()
    writer = _Writer(around.before + passage.text, passage.start - len(around.before), sign=sign)
    if around.before or LINE_END.search(passage.text):
        for line in lines_of(writer.source, writer.origin, passage.sentences):
            writer.add(line)
    else:
        for start, end in passage.sentences:
            writer.add(Line(start, end))
    return View(
        passage=passage,
        headings=_headings(passage, around),
        parts=tuple(writer.parts),
        statements=tuple(writer.statements),
        sentences=tuple(writer.sentences),
        contexts=tuple(writer.contexts),
    )


def _headings(passage: Passage, around: Surroundings) -> tuple[Part, ...]:
    parts: list[Part] = []
    names = (passage.title, *passage.section)
    places = around.headings if len(around.headings) == len(names) else (None,) * len(names)
    for number, (name, place) in enumerate(zip(names, places, strict=True)):
        start = NOWHERE if place is None else place
        parts.append(Part(name, start, NOWHERE if place is None else number))
        parts.append(Part(" > " if number + 1 < len(names) else " :", NOWHERE, NOWHERE))
    return tuple(parts)


@dataclass(slots=True)
class _Writer:
    """Lays statements out one after the other; ``source`` is the document's text from ``origin`` on."""

    source: str
    origin: int
    parts: list[Part] = field(default_factory=list)
    statements: list[Bounds] = field(default_factory=list)
    sentences: list[Bounds] = field(default_factory=list)
    contexts: list[tuple[Bounds, ...]] = field(default_factory=list)
    length: int = 0
    stretch: int = 0
    sign: str | None = None  # of the currency, where bare numbers are prices

    def add(self, line: Line) -> None:
        """One statement, with what it needs before it and the sign that ends it."""
        if self.parts:
            self._put(" ")
        begun = self.length
        for parent in line.parents:
            self._copy(*parent)
            self._put(": ")
        if line.cells:
            self._cells(line)
        elif line.alone:
            self._key_and_value(line)
        else:
            self._copy(line.start, line.end)
        if line.alone and self.parts and self.parts[-1].text[-1:] not in _ENDED:
            self._put(";")
        self.statements.append((begun, self.length))
        self.sentences.append((line.start, line.end))
        self.contexts.append(line.parents if line.header is None else (*line.parents, line.header))

    def _cells(self, line: Line) -> None:
        """A row as "head: cell | head: cell"; a head is a copy that may be an answer as well."""
        heads = line.heads or (None,) * len(line.cells)
        # Two cells without heads are mostly a name and its value.
        between = ": " if len(line.cells) == 2 and not any(heads) else " | "
        first = True
        for cell, head in zip(line.cells, [*heads, *[None] * (len(line.cells) - len(heads))], strict=True):
            if cell[0] == cell[1]:
                continue
            if not first:
                self._put(between)
            first = False
            if head is not None:
                self._copy(*head)
                self._put(": ")
            self._copy(*cell)

    def _key_and_value(self, line: Line) -> None:
        """A line of its own; its key and its value are stretches of their own, and so is a bare price."""
        low, high = line.start - self.origin, line.end - self.origin
        value = key_end(self.source, low, high)
        amount = None if self.sign is None else amount_in(self.source, low, value, high)
        middle = high if value is None else value
        self._copy(line.start, (middle if amount is None else min(middle, amount)) + self.origin)
        if amount is not None and self.sign is not None:
            if middle < amount:
                self._copy(middle + self.origin, amount + self.origin)
            above = (self.source[start - self.origin : end - self.origin] for start, end in line.parents)
            self._put(shown_as(self.sign, "\n".join((*above, self.source[low:amount]))))
            middle = amount
        self._copy(middle + self.origin, line.end)

    def _copy(self, start: int, end: int) -> None:
        """Characters of the document, as a stretch of their own, without the marks of emphasis and code."""
        text = self.source[start - self.origin : end - self.origin]
        at = 0
        for mark in [*_EMPHASIS.finditer(text), None]:
            stop = len(text) if mark is None else mark.start()
            if at < stop:
                self.parts.append(Part(text[at:stop], start + at, self.stretch))
                self.length += stop - at
            at = stop if mark is None else mark.end()
        self.stretch += 1

    def _put(self, text: str) -> None:
        self.parts.append(Part(text, NOWHERE, NOWHERE))
        self.length += len(text)
