"""An audit as Markdown: a summary, what needs a look, and a table of all claims."""

from __future__ import annotations

import re

from qa.audit.report import AuditReport, JudgedClaim
from qa.audit.reports.words import SYMBOLS, difference_words, verdict_words, where

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(report: AuditReport, text: str) -> str:  # noqa: ARG001 - every report takes both
    """The report as Markdown."""
    lines = [f"# Audit of {_plain(report.source)}", "", f"**{report.summary.line()}**", ""]
    lines += [f"> {_plain(note)}\n" for note in report.notes]
    looked = [claim for claim in report.claims if claim.verdict in ("contradicted", "not_found")]
    if looked:
        lines += ["## To look at", ""]
        for claim in looked:
            lines += [*_told(claim), ""]
    lines += ["## All sentences", "", "| | Text | Verdict | Source |", "| --- | --- | --- | --- |"]
    for claim in report.claims:
        source = _plain(where(claim.evidence[0].citation)) if claim.evidence else ""
        lines.append(f"| {SYMBOLS[claim.verdict]} | {_plain(claim.text)} | {_plain(verdict_words(claim))} | {source} |")
    return "\n".join(lines) + "\n"


def _told(claim: JudgedClaim) -> list[str]:
    lines = [f"### {SYMBOLS[claim.verdict]} {_plain(claim.text)}", "", _plain(verdict_words(claim)), ""]
    if claim.understood is not None:
        lines += [f"Understood as: {_plain(claim.understood)}", ""]
    lines += [f"- {_plain(difference_words(difference))}" for difference in claim.differs]
    lines += [f"- {one.stance}: “{_plain(one.citation.quote)}” {_plain(where(one.citation))}" for one in claim.evidence]
    lines += [f"- nearest: “{_plain(citation.quote)}” {_plain(where(citation))}" for citation in claim.nearest]
    return lines


def _plain(text: str) -> str:
    """Text on one line in which no sign is markup.

    >>> _plain("a|b *c*")
    'a\\\\|b \\\\*c\\\\*'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
