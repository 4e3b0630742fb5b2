"""Turns a reader's spans into citations, and checks each against the document's own text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.documents import Passage
from corpus.errors import SpanError
from qa.agreement import normalise_answer
from qa.answers import Citation, Fragment
from qa.confidence import odds
from qa.places import boxes_of, is_web, link_of

if TYPE_CHECKING:
    from index.data.tables import Facts
    from index.ranking.search import Index
    from qa.readers.readings import Span


def cite(passage: Passage, start: int, end: int, index: Index) -> Citation:
    """The citation of ``[start, end)``: the sentences of the passage that hold it are the quote.

    ``start`` and ``end`` are positions of the document. The quote is compared with the document's own
    text, read from the index anew. Raises SpanError where they differ or the span is not in the passage.
    """
    if not passage.start <= start < end <= passage.end:
        raise SpanError(
            f"{passage.document}: the span [{start}, {end}) is outside its passage [{passage.start}, {passage.end})"
        )
    touched = [sentence for sentence in passage.sentences if sentence[0] < end and start < sentence[1]]
    quote_start = min([start, *(sentence[0] for sentence in touched)])
    quote_end = max([end, *(sentence[1] for sentence in touched)])
    quote = passage.slice(quote_start, quote_end)
    own = index.text(passage.document, quote_start, quote_end)
    if own != quote:
        raise SpanError(
            f"{passage.document}: the quote at [{quote_start}, {quote_end}) is {quote!r}, but the document has {own!r}"
        )
    facts = index.facts(passage.document)
    return Citation(
        document=passage.document,
        title=passage.title,
        source=facts.source,
        section=passage.section,
        start=start,
        end=end,
        quote=quote,
        quote_start=quote_start,
        quote_end=quote_end,
        sha256=facts.sha256,
        **_placed(index, facts, start, end),
    )


def cite_span(span: Span, passage: Passage, index: Index) -> Citation:
    """The citation of a reader's span, which may stand beside its passage: in a heading, or in a table's head."""
    if passage.start <= span.start < span.end <= passage.end:
        citation = cite(passage, span.start, span.end, index)
    else:
        citation = cite_place(index, passage.document, span.start, span.end, section=span.section, quote=span.sentence)
    fragments = tuple(Fragment(index.text(passage.document, start, end), start, end) for start, end in span.context)
    return replace(citation, context=fragments) if fragments else citation


def cite_place(
    index: Index,
    document: str,
    start: int,
    end: int,
    *,
    section: tuple[str, ...] | None = None,
    quote: tuple[int, int] | None = None,
) -> Citation:
    """The citation of any place of a document: the sentences that hold it are the quote.

    A place that is in no one passage (a heading, or parts of two sections) is its own quote, or ``quote`` is, and
    belongs to ``section``, or to the section in which it begins. Raises KeyError where there is no such document, and
    SpanError where ``start`` and ``end`` are no place in it.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> text = "Tea is hot. It was first drunk in China."
    >>> index = build_index([Document("tea", "Tea", text, (Section((), 0, len(text)),), "tea.txt")])
    >>> cite_place(index, "tea", 34, 39).quote
    'It was first drunk in China.'
    """
    facts = index.facts(document)
    if not 0 <= start < end <= facts.length:
        raise SpanError(f"{document}: there is no place [{start}, {end}) in its {facts.length} code points")
    numbers = index.within([document])
    rows = index.rows(numbers)
    for number in numbers[(rows["start"] <= start) & (end <= rows["end"])]:
        return cite(index.passage(int(number)), start, end, index)
    if section is None:
        holding = [each for each in index.document(document).sections if each.start <= start < each.end]
        section = holding[-1].path if holding else ()
    quote_start, quote_end = quote or (start, end)
    return Citation(
        document=document,
        title=facts.title,
        source=facts.source,
        section=section,
        start=start,
        end=end,
        quote=index.text(document, quote_start, quote_end),
        quote_start=quote_start,
        quote_end=quote_end,
        sha256=facts.sha256,
        **_placed(index, facts, start, end),
    )


def _placed(index: Index, facts: Facts, start: int, end: int) -> dict[str, Any]:
    """The fields of a citation that say where in its file it stands."""
    known: dict[str, Any] = {"page": None} | index.place(facts.id, start, end)
    text = index.text(facts.id, start, end) if is_web(facts.source) else ""
    link = link_of(facts.source, known["page"], text)
    return known | {"boxes": boxes_of(index, facts, start, end), "link": link}


def merge_spans(spans: Sequence[Span], passages: Sequence[Passage], no_answer: float) -> list[Span]:
    """The distinct answers among spans, best first: the best of those that overlap or read the same.

    Two spans read the same where their SQuAD-normalised texts are equal. Each answer's evidence says how many
    passages give it (``agreement``, the logarithm of their number), and what speaks for other answers: ``rivals``,
    log(1 + sum(exp(score - no_answer))) over the spans that have less than half of their words in common with it.
    """
    names = {span: normalise_answer(span.text) or span.text for span in spans}
    kept: dict[str, Span] = {}
    for span in sorted(spans, key=lambda span: -span.score):
        if names[span] not in kept and not any(_overlap(span, other, passages) for other in kept.values()):
            kept[names[span]] = span
    merged = []
    for name, span in kept.items():
        places = {other.passage for other in spans if names[other] == name}
        rivals = math.log1p(sum(odds(other.score - no_answer) for other in spans if not _alike(names[other], name)))
        added = (("agreement", math.log(len(places))), ("rivals", rivals))
        merged.append(replace(span, evidence=(*span.evidence, *added)))
    return merged


def _alike(one: str, other: str) -> bool:
    """Whether two names have at least half of their words in common (Dice)."""
    ours, theirs = set(one.split()), set(other.split())
    return one == other or 4 * len(ours & theirs) >= len(ours) + len(theirs)


def _overlap(one: Span, other: Span, passages: Sequence[Passage]) -> bool:
    same_document = passages[one.passage].document == passages[other.passage].document
    return same_document and one.start < other.end and other.start < one.end
