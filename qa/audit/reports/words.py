"""What the reports say of a claim in words, the same in each of them."""

from __future__ import annotations

from qa.answers import Citation, confidence_words, percent
from qa.audit.checks import Difference
from qa.audit.report import JudgedClaim
from qa.wording import place

KINDS = {
    "number": "another number",
    "date": "another date",
    "unit": "another unit",
    "name": "another name",
    "denial": "one denies it",
    "roles": "the other way round",
    "quote": "not verbatim",
}
"""What each kind of difference is called."""

SYMBOLS = {"supported": "✓", "contradicted": "✗", "not_found": "?", "not_a_claim": "·"}
"""The sign of each verdict."""


def verdict_words(claim: JudgedClaim) -> str:
    """The verdict with how likely it is, as in "contradicted, very likely (93%)"."""
    name = claim.verdict.replace("_", " ")
    if claim.verdict == "not_a_claim":
        return name
    return f"{name}, {confidence_words(claim.confidence)} ({percent(claim.confidence)})"


def difference_words(difference: Difference) -> str:
    """A difference in words.

    >>> difference_words(Difference("2012", "2009", "date"))
    '2012; the source says 2009 (another date)'
    """
    return f"{difference.claim}; the source says {difference.source} ({KINDS[difference.kind]})"


def where(citation: Citation) -> str:
    """Where a quote stands: title, section and page, and the document with its positions."""
    return f"{place(citation)} [{citation.document}:{citation.quote_start}-{citation.quote_end}]"
