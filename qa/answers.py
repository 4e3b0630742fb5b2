"""Answers and their citations: frozen records that a program can check against the document's text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from corpus.boxes import Box
from corpus.errors import SpanError
from corpus.marks import PLACES
from corpus.records import Record

Reason = Literal["empty_question", "no_match", "low_confidence", "needs_arithmetic"]
Kind = Literal["span", "list", "yes_no"]
_PLACES = frozenset(PLACES) - {"page"} | {"boxes", "link"}


def percent(confidence: float) -> str:
    """A probability in whole percent, which never says that something is certain or impossible.

    >>> percent(0.931), percent(0.9987), percent(0.002)
    ('93%', '>99%', '<1%')
    """
    if confidence >= 0.995:
        return ">99%"
    return "<1%" if confidence < 0.005 else f"{confidence:.0%}"


def confidence_words(confidence: float) -> str:
    """A calibrated probability in words, for people who do not read decimals.

    >>> confidence_words(0.93)
    'very likely'
    """
    for bound, words in ((0.9, "very likely"), (0.7, "likely"), (0.5, "more likely than not"), (0.25, "uncertain")):
        if confidence >= bound:
            return words
    return "unlikely"


@dataclass(frozen=True, slots=True)
class Fragment(Record):
    """A stretch of a document's text, verbatim, and where it stands: half-open, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation(Record):
    """Where a span stands: document, section, position, and the sentence that holds it, verbatim.

    ``start`` and ``end`` are the span's half-open position in the document's text, in code points;
    ``quote`` is ``document.text[quote_start:quote_end]`` and holds the span. ``sha256`` is that of the
    document's text, so that a reader of the citation can tell whether the text has changed since.
    ``page``, ``slide``, ``sheet`` and ``cell``, ``time`` say where in its file the span stands, as a
    ``corpus.marks.Mark`` does; ``boxes`` are around the span on the pages of a PDF file, and ``link`` opens the source
    there. The JSON has those that are known, and ``page`` always.

    Raises SpanError where the quote is not as long as its position says or does not hold the span.
    """

    document: str
    title: str
    source: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    quote: str
    quote_start: int
    quote_end: int
    sha256: str
    context: tuple[Fragment, ...] = ()
    slide: int | None = None
    sheet: str | None = None
    cell: str | None = None
    time: str | None = None
    boxes: tuple[Box, ...] = ()
    link: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The citation as JSON-ready values, without the places that are not known."""
        # Without super(), which does not find the class that slots are made for.
        record = Record.to_dict(self)
        return {name: value for name, value in record.items() if name not in _PLACES or value not in (None, [])}

    def __post_init__(self) -> None:
        if not self.quote_start <= self.start <= self.end <= self.quote_end:
            raise SpanError(
                f"{self.document}: the span [{self.start}, {self.end}) is outside its quote "
                f"[{self.quote_start}, {self.quote_end})"
            )
        if len(self.quote) != self.quote_end - self.quote_start:
            raise SpanError(
                f"{self.document}: the quote has {len(self.quote)} code points, its position "
                f"[{self.quote_start}, {self.quote_end}) says {self.quote_end - self.quote_start}"
            )

    @property
    def text(self) -> str:
        """The cited span, read out of the quote."""
        return self.quote[self.start - self.quote_start : self.end - self.quote_start]


@dataclass(frozen=True, slots=True)
class Alternative(Record):
    """Another answer to the same question, with its own citation and confidence."""

    text: str
    confidence: float
    score: float
    citation: Citation
    confidence_level: str = ""  # the words for the confidence

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence_level", confidence_words(self.confidence))
        _check_span(self.text, self.citation)


@dataclass(frozen=True, slots=True)
class Item(Record):
    """One of the answers of a list, with its own citation."""

    text: str
    citation: Citation

    def __post_init__(self) -> None:
        _check_span(self.text, self.citation)


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """The answer to one question, or a refusal with its reason and the nearest sentences.

    ``confidence`` is the calibrated probability that the best span is right, also where it was too low
    to be given as an answer, and ``confidence_level`` says it in words; ``score`` is the reader's and only comparable
    within one question. ``did_you_mean`` is the question that was answered in place of ``question``, where typing
    errors were corrected, else None.

    ``kind`` is ``yes_no`` for an answer whose text is "Yes" or "No" and whose citation is the quote that decides it:
    the only text that is not the document's.

    An answer of several spans is of the kind "list": ``spans`` are its items, in the document's order. ``text`` is the
    whole run where they stand together ("tea, milk and sugar"), and the surest of them where they stand apart.
    ``texts`` are the items' texts; of a single span, its own.

    Raises SpanError where a text is not verbatim the cited span, where an answer lacks its citation or a refusal its
    reason, and where the items of a list are fewer than two or overlap.

    >>> Answer.refusal("", "empty_question").reason
    'empty_question'
    """

    question: str
    answered: bool
    text: str | None
    confidence: float
    score: float
    citation: Citation | None
    alternatives: tuple[Alternative, ...] = ()
    reason: Reason | None = None
    nearest: tuple[Citation, ...] = ()
    elapsed_ms: float = 0.0
    confidence_level: str = ""
    did_you_mean: str | None = None
    spans: tuple[Item, ...] = ()
    texts: tuple[str, ...] = ()
    kind: Kind = "span"

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence_level", confidence_words(self.confidence))
        if self.answered:
            if self.text is None or self.citation is None or self.reason is not None:
                raise SpanError("an answer needs its text and citation, and no reason for a refusal")
            if self.kind == "yes_no":
                if self.text not in ("Yes", "No"):
                    raise SpanError(f"the answer to a yes/no question is {self.text!r}; Yes or No was expected")
            else:
                _check_span(self.text, self.citation)
        elif self.text is not None or self.citation is not None or self.reason is None or self.spans:
            raise SpanError("a refusal needs its reason, and neither text nor citation")
        own = () if self.text is None else (self.text,)
        object.__setattr__(self, "texts", tuple(item.text for item in self.spans) or own)
        if self.spans:
            object.__setattr__(self, "kind", "list")
            _check_list(self.spans, self.citation)

    def quoted(self) -> list[list[Citation]]:
        """The citations of what is answered, in the document's order, those together that share a quote.

        >>> Answer.refusal("", "empty_question").quoted()
        []
        """
        if self.citation is None:
            return []
        groups: dict[tuple[str, int, int], list[Citation]] = {}
        for citation in [item.citation for item in self.spans] or [self.citation]:
            groups.setdefault((citation.document, citation.quote_start, citation.quote_end), []).append(citation)
        return list(groups.values())

    @classmethod
    def refusal(
        cls,
        question: str,
        reason: Reason,
        *,
        confidence: float = 0.0,
        score: float = 0.0,
        nearest: tuple[Citation, ...] = (),
        elapsed_ms: float = 0.0,
    ) -> Answer:
        """A refusal: no text, no citation, the reason and what stands nearest."""
        return cls(
            question=question,
            answered=False,
            text=None,
            confidence=confidence,
            score=score,
            citation=None,
            reason=reason,
            nearest=nearest,
            elapsed_ms=elapsed_ms,
        )


def _check_span(text: str, citation: Citation) -> None:
    if not text or citation.text != text:
        raise SpanError(
            f"{citation.document}: the answer {text!r} is not what stands at "
            f"[{citation.start}, {citation.end}): {citation.text!r}"
        )


def _meet(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _check_list(items: tuple[Item, ...], citation: Citation | None) -> None:
    places = [item.citation for item in items]
    if len(items) < 2 or citation is None or not any(_meet(citation, place) for place in places):
        raise SpanError(f"a list of {len(items)} has fewer than two items, or none that its answer holds")
    for one, other in pairwise(places):
        if one.document == other.document and one.end > other.start:
            raise SpanError(
                f"{one.document}: the items at [{one.start}, {one.end}) and [{other.start}, {other.end}) overlap or "
                "are not in the document's order"
            )
