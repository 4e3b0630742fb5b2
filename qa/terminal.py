"""How answers look to a person: colour on a terminal, the same words as plain text when piped."""

from __future__ import annotations

from collections.abc import Sequence

import click

from corpus.documents import Passage
from qa.answers import Answer, Citation, confidence_words
from qa.wording import REASONS, place, printable


def _highlighted(citations: Sequence[Citation]) -> str:
    """The quote that citations share, with the span of each highlighted; they stand in order."""
    quote, origin = citations[0].quote, citations[0].quote_start
    shown, at = "", 0
    for citation in citations:
        start, end = citation.start - origin, citation.end - origin
        before = quote[at:start]
        pad_left = " " if at and before[:1].isspace() else ""
        pad_right = " " if before[-1:].isspace() and before.strip() else ""
        shown += f"{pad_left}{printable(before)}{pad_right}"
        shown += click.style(printable(quote[start:end]), bold=True, fg="green")
        at = end
    pad = " " if quote[at : at + 1].isspace() else ""
    return f"{shown}{pad}{printable(quote[at:])}"


def answer_lines(answer: Answer) -> list[str]:
    """The lines that show an answer or a refusal; style codes are stripped by click where piped."""
    return [*did_you_mean_lines(answer.did_you_mean), *_answer_lines(answer)]


def did_you_mean_lines(meant: str | None) -> list[str]:
    """The line that tells how a mistyped question was understood; none where it was read as it is.

    >>> click.unstyle(did_you_mean_lines("When were visas abolished?")[0])
    'did you mean: When were visas abolished?'
    """
    return [click.style(f"did you mean: {printable(meant)}", dim=True)] if meant else []


def _answer_lines(answer: Answer) -> list[str]:
    if answer.answered and answer.citation is not None:
        lines = [click.style(printable(text), bold=True, fg="green") for text in answer.texts]
        for citations in answer.quoted():
            citation = citations[0]
            lines += [
                *(click.style(f"  {printable(fragment.text)}", dim=True) for fragment in citation.context),
                f"  “{_highlighted(citations)}”",
                click.style(f"  {place(citation)}", fg="cyan")
                + click.style(f"  [{printable(citation.source)}:{citation.start}-{citations[-1].end}]", dim=True),
            ]
        lines.append(f"  {confidence_words(answer.confidence)} ({answer.confidence:.0%})")
        if answer.alternatives:
            lines.append(click.style("  or:", dim=True))
            lines += [
                f"  - {printable(other.text)} ({other.confidence:.0%}), {place(other.citation)}"
                for other in answer.alternatives
            ]
        return lines
    lines = [click.style("No answer", bold=True, fg="yellow") + f": {REASONS[answer.reason or 'low_confidence']}."]
    if answer.nearest:
        lines.append("  What they list:" if answer.reason == "needs_arithmetic" else "  The nearest sentences:")
    for number, citation in enumerate(answer.nearest, 1):
        # Items are shown themselves, and their place once.
        lines.append(f"  - “{printable(citation.text if answer.reason == 'needs_arithmetic' else citation.quote)}”")
        following = answer.nearest[number] if number < len(answer.nearest) else None
        if answer.reason != "needs_arithmetic" or following is None or place(following) != place(citation):
            lines.append(click.style(f"    {place(citation)}", fg="cyan"))
    return lines


def passage_lines(rank: int, score: float, passage: Passage) -> list[str]:
    """The lines that show one ranked passage."""
    heading = printable(" > ".join((passage.title, *passage.section)))
    return [
        f"{rank}. "
        + click.style(heading, fg="cyan")
        + click.style(f"  [{passage.document}:{passage.start}-{passage.end}] {score:.2f}", dim=True),
        f"   {printable(passage.text)}",
    ]
