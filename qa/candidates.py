"""What ranking and reading find for a question, before confidence decides on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import Passage
from corpus.records import Record
from index.wording.capitals import Terms, with_capitals
from qa.agreement import f1
from qa.citing import cite, cite_place, merge_spans
from qa.clauses import is_the_condition, of_its_time, without
from qa.codes import Codes, codes_of
from qa.confidence import Asked, Seen, Statement, evidence
from qa.fitness import unfit
from qa.newest import newest_first
from qa.ranges import whole_part, whole_range
from qa.readers.amounts import has_bare_amounts, sign_of_prices
from qa.readers.views import view_of

if TYPE_CHECKING:
    from index.ranking.search import Index
    from qa.answers import Citation
    from qa.questions import Question
    from qa.readers.base import Reader
    from qa.readers.readings import Reading, Span

NEAREST = 3
"""How many of the nearest sentences a refusal shows."""

LOOKED_AT_FOR_PRICES = 40_000
"""Characters of a document in which it may say that its numbers are prices."""

_DOUBT = 1.0  # how much more the reading of a doubtful correction has to score, beside its odds

SAME = 0.5  # the token F1 from which two answers are one, as where answers are measured


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """One ranked passage: ``score`` is the weighting's, comparable within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What ranking and reading found: the passages, the spans and the distinct answers among them, best first."""

    asked: Asked
    hits: Sequence[Hit]
    seen: Seen
    reading: Reading
    spans: Sequence[Span]
    analyzer: Terms
    again: tuple[float, bool] | None  # of the best one: see Statement

    def evidence(self, rank: int) -> dict[str, float]:
        """What speaks for and against the answer at that rank, from 0."""
        span = self.spans[rank]
        terms = self.analyzer.terms(span.statement)
        passage = self.hits[span.passage].passage
        statement = Statement(
            terms=terms,
            with_headings=[*terms, *self.analyzer.terms(" ".join((passage.title, *passage.section)))],
            again=None if rank else self.again,
        )
        return evidence(self.asked, self.seen, self.reading, self.spans, rank, statement=statement)


def read_candidates(index: Index, reader: Reader, asked: Asked, hits: Sequence[Hit]) -> Candidates:
    """What a reader finds in passages, best first, and once more in the statement of the best span alone."""
    analyzer = with_capitals(index.analyzer, asked.terms)
    passages = [hit.passage for hit in hits]
    scores = [hit.score for hit in hits]
    seen = Seen.of(asked, scores, [analyzer.terms(passage.with_headings()) for passage in passages])
    lengths = [len(passage.text) for passage in passages]
    worth = seen.worth_reading(reader.least_coverage, lengths, reader.passages)
    signs = _signs(index, passages[:worth])
    views = [view_of(each, index.surroundings(each), sign=signs.get(each.document)) for each in passages[:worth]]
    reading = reader.read(asked.question, views, scores[:worth])
    found = reading.spans
    conditions = [span for span in found if is_the_condition(asked.question, span)]
    if conditions:  # what else its sentence says may be among the spans that overlap none
        found = tuple(without(conditions, dict.fromkeys((*found, *reading.further))))
    if asked.question.lasting:
        found = tuple(whole_range(span, passages[span.passage]) for span in found)
    if asked.question.kind in ("when", "date"):
        found = tuple(whole_part(span, passages[span.passage]) for span in found)
    merged = merge_spans(found, passages, reading.no_answer)
    fitting = [span for span in merged if not unfit(asked.question, span.text, span.statement)]
    spans = fitting
    if codes := codes_of(asked.question.text):
        spans = [span for span in spans if not _of_another_code(codes, span, passages[span.passage], index)]
    spans = of_its_time(asked.question, spans)
    if dropped := [*conditions, *(span for span in fitting if span not in spans)]:
        reading = replace(reading, further=tuple(without(dropped, reading.further)))
    spans = newest_first(asked.question.text, spans, passages)
    again = _again(reader, asked.question, spans[0], passages[spans[0].passage]) if spans else None
    return Candidates(asked, hits, seen, reading, spans, analyzer, again)


def likelier(typed: Candidates, meant: Candidates, likely: float) -> Candidates:
    """What was found for a question as it was typed, or as it may have been meant, which was ``likely`` beforehand.

    The reader's scores are log-odds: what is less likely to have been meant has to score so much more.
    """
    if not typed.spans or not meant.spans:
        return meant if meant.spans else typed
    needed = _DOUBT + math.log((1 - likely) / max(likely, 1e-9)) if likely < 1 else 0.0
    gained = (meant.spans[0].score - meant.reading.no_answer) - (typed.spans[0].score - typed.reading.no_answer)
    return meant if gained > needed else typed


def nearest(candidates: Candidates, index: Index) -> tuple[Citation, ...]:
    """Citations of the nearest distinct sentences: those the reader ranked best, then passage openings."""
    hits = candidates.hits
    places = [(span.passage, span.sentence) for span in candidates.reading.spans if span.section is None]
    places += [(number, hit.passage.sentences[0]) for number, hit in enumerate(hits) if hit.passage.sentences]
    found: dict[tuple[str, int], Citation] = {}
    for number, (start, end) in places:
        passage = hits[number].passage
        if start < end and len(found) < NEAREST and (passage.document, start) not in found:
            inside = passage.start <= start < end <= passage.end
            found[passage.document, start] = (
                cite(passage, start, end, index) if inside else cite_place(index, passage.document, start, end)
            )
    return tuple(found.values())


def _of_another_code(codes: Codes, span: Span, passage: Passage, index: Index) -> bool:
    """Whether the document of a span lacks a code of the question, or the span is about another one."""
    headings = " > ".join((passage.title, *(span.section or passage.section)))

    def whole() -> str:
        return f"{headings}\n{index.text(passage.document, 0, index.facts(passage.document).length)}"

    read = f"{headings}\n{span.statement}\n{passage.text}"
    # A line is a statement of its own; a sentence may be about what one before it names.
    around = () if span.statement.endswith(";") or span.section is not None else (passage.text,)
    return codes.absent(read, whole) or codes.of_another(span.statement, *around, headings)


def _signs(index: Index, passages: Sequence[Passage]) -> dict[str, str | None]:
    """The currency's sign of each document of which a passage seems to have prices without one."""
    found: dict[str, str | None] = {}
    for passage in passages:
        if passage.document not in found and has_bare_amounts(passage.text):
            text = index.text(passage.document, 0, min(index.facts(passage.document).length, LOOKED_AT_FOR_PRICES))
            found[passage.document] = sign_of_prices(f"{passage.title}\n{text}")
    return found


def _again(reader: Reader, question: Question, span: Span, passage: Passage) -> tuple[float, bool]:
    """What the reader finds in a span's statement alone: see Statement."""
    text = span.statement
    alone = replace(passage, start=0, end=len(text), text=text, sentences=((0, len(text)),))
    reading = reader.read(question, [alone], [1.0])
    if not reading.spans:
        return -math.inf, False
    best = reading.spans[0]
    return best.score - reading.no_answer, f1(best.text, [span.text]) >= SAME
