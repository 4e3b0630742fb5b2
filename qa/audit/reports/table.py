"""An audit on a terminal: each claim with its sign, and under it what differs and the quotes."""

from __future__ import annotations

from collections.abc import Iterator

import click

from qa.audit.report import AuditReport, JudgedClaim
from qa.audit.reports.words import SYMBOLS, difference_words, verdict_words, where
from qa.wording import printable

COLOURS = {"supported": "green", "contradicted": "red", "not_found": "yellow", "not_a_claim": None}


def table_lines(report: AuditReport, *, everything: bool = False) -> Iterator[str]:
    """The lines that show a report; style codes are stripped by click where piped.

    What is supported has its quote only with ``everything``, and what is no claim is shown only then.
    """
    for claim in report.claims:
        if claim.verdict != "not_a_claim" or everything:
            yield from claim_lines(claim, everything=everything)
    yield from (f"note: {printable(note)}" for note in report.notes)
    if not report.complete:
        yield "stopped before the end of the text; what was judged until then:"
    yield click.style(report.summary.line(), bold=True)


def claim_lines(claim: JudgedClaim, *, everything: bool) -> Iterator[str]:
    """The lines of one claim."""
    colour = COLOURS[claim.verdict]
    sign = click.style(SYMBOLS[claim.verdict], fg=colour, bold=True)
    known = " (known)" if claim.known else ""
    yield f"{sign} {printable(claim.text)}"
    yield click.style(f"    {verdict_words(claim)}{known}", fg=colour)
    if claim.verdict == "supported" and not everything:
        yield from (click.style(f"    {where(one.citation)}", fg="cyan") for one in claim.evidence[:1])
        return
    if claim.understood is not None:
        yield f"    understood as: {printable(claim.understood)}"
    for difference in claim.differs:
        yield f"    {printable(difference_words(difference))}"
    for one in claim.evidence:
        yield f"    {one.stance}: “{printable(one.citation.quote)}”"
        yield click.style(f"    {where(one.citation)}", fg="cyan")
    for citation in claim.nearest:
        yield f"    nearest: “{printable(citation.quote)}”"
        yield click.style(f"    {where(citation)}", fg="cyan")
