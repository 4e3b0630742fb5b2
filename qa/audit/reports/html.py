"""An audit as one HTML file that needs nothing else.

The text is coloured by verdict, and each claim opens its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from qa.answers import Citation
from qa.audit.report import AuditReport, JudgedClaim
from qa.audit.reports.words import difference_words, verdict_words, where

_STYLE = """
:root { color-scheme: light dark; --text: #1b2125; --ground: #fff; --muted: #566069; --line: #dde1e4;
  --supported: #d9f0e2; --contradicted: #f9d2d2; --not_found: #fdeec4; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaed; --ground: #121518; --muted: #a2acb4; --line: #2c343a;
  --supported: #173d2a; --contradicted: #54201f; --not_found: #4a3c10; } }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: var(--text); background: var(--ground);
  font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.3rem; } .summary { font-weight: 600; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
details, summary { display: inline; }
summary { cursor: pointer; list-style: none; border-radius: 3px; padding: 1px 2px; }
summary::-webkit-details-marker { display: none; }
.supported > summary, .key.supported { background: var(--supported); }
.contradicted > summary, .key.contradicted { background: var(--contradicted); text-decoration: underline wavy; }
.not_found > summary, .key.not_found { background: var(--not_found); text-decoration: underline dotted; }
.not_a_claim { color: var(--muted); } .key { border-radius: 3px; padding: 1px 6px; margin-right: .6rem; }
.evidence { display: block; white-space: normal; border: 1px solid var(--line); border-radius: 8px;
  margin: .4rem 0 .8rem; padding: .6rem .9rem; font-size: .92rem; }
.evidence p { margin: .3rem 0; }
blockquote { margin: .3rem 0; border-left: 3px solid var(--line); padding-left: .7rem; }
.where { color: var(--muted); font-size: .85rem; }
"""


def html(report: AuditReport, text: str) -> str:
    """The report as an HTML page; nothing in it is loaded from elsewhere, and nothing of the texts is markup."""
    title = escape(f"Audit of {report.source}")
    notes = "".join(f"<p>{escape(note)}</p>" for note in report.notes)
    stopped = "" if report.complete else "<p>Stopped before the end of the text.</p>"
    keys = "".join(
        f'<span class="key {verdict}">{verdict.replace("_", " ")}</span>'
        for verdict in ("supported", "contradicted", "not_found")
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="summary">{escape(report.summary.line())}</p>\n<p>{keys}</p>\n{notes}{stopped}\n'
        f'<div class="text">{"".join(_marked(report, text))}</div>\n</body>\n</html>\n'
    )


def _marked(report: AuditReport, text: str) -> Iterator[str]:
    """The text in its order, what stands between the claims as it is."""
    place = 0
    for claim in report.claims:
        yield escape(text[place : claim.start])
        yield _claim(claim, text[claim.start : claim.end])
        place = claim.end
    yield escape(text[place:])


def _claim(claim: JudgedClaim, text: str) -> str:
    if claim.verdict == "not_a_claim":
        return f'<span class="not_a_claim">{escape(text)}</span>'
    told = [f"<p><strong>{escape(verdict_words(claim))}</strong></p>"]
    if claim.understood is not None:
        told.append(f"<p>Understood as: {escape(claim.understood)}</p>")
    told += [f"<p>{escape(difference_words(difference))}</p>" for difference in claim.differs]
    told += [_quoted(one.stance, one.citation) for one in claim.evidence]
    told += [_quoted("nearest", citation) for citation in claim.nearest]
    return (
        f'<details class="{claim.verdict}"><summary>{escape(text)}</summary>'
        f'<span class="evidence">{"".join(told)}</span></details>'
    )


def _quoted(stance: str, citation: Citation) -> str:
    inner = slice(citation.start - citation.quote_start, citation.end - citation.quote_start)
    before, span, after = citation.quote[: inner.start], citation.quote[inner], citation.quote[inner.stop :]
    quote = f"{escape(before)}<mark>{escape(span)}</mark>{escape(after)}" if before or after else escape(span)
    return f'<p>{escape(stance)}:</p><blockquote>{quote}</blockquote><p class="where">{escape(where(citation))}</p>'
