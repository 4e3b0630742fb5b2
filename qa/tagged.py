"""Which of the spans that a tagger marked are the items of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.agreement import normalise_answer

if TYPE_CHECKING:
    from corpus.documents import Passage
    from qa.readers.readings import Reading, Span

LEAST = 0.2
"""How sure the tagger must be of an item; by hand."""


def tagged_items(best: Span, reading: Reading, passages: Sequence[Passage], least: float = LEAST) -> tuple[Span, ...]:
    """The distinct answers marked in the best span's document, in its order; () where none of them meets the best."""
    document = passages[best.passage].document
    own = [number for number, passage in enumerate(passages) if passage.document == document]
    found: dict[str, Span] = {}
    for span in reading.tagged(own):
        name = normalise_answer(span.text)
        if sureness(span) < least or not name:
            continue
        if name not in found or sureness(span) > sureness(found[name]):
            found[name] = span
    items = sorted(found.values(), key=lambda span: span.start)
    # Passages overlap nowhere, but a copy of a heading may be marked in each.
    clear = [span for at, span in enumerate(items) if not any(_meet(span, other) for other in items[:at])]
    named = [span for span in clear if not any(_part(span, other) for other in clear)]
    return tuple(named) if any(_meet(best, span) for span in named) else ()


def _part(span: Span, other: Span) -> bool:
    """Whether a span has fewer words than another and none that it lacks: "Lee" beside "Ada Lee"."""
    own, more = (set(normalise_answer(each.text).split()) for each in (span, other))
    return own < more


def sureness(span: Span) -> float:
    """How sure the tagger is of a span, 0 to 1."""
    return dict(span.evidence).get("tag", 0.0)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
