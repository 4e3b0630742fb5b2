"""What the tests of the audit share: a handbook, an engine over it, and a report that needs no judge."""

from __future__ import annotations

import pytest

from corpus.documents import Document, Section
from qa.answers import Citation
from qa.audit.auditing import report_of, text_document
from qa.audit.checks import Difference
from qa.audit.report import AuditReport, Evidence, JudgedClaim
from qa.engine import Engine
from qa.opening import build_documents

HANDBOOK = (
    "The library opened in 1987. It was designed by the architect Ada Brunner.\n\n"
    "A yearly card costs 12 euros. Children under 14 pay nothing.\n\n"
    'The mayor said: "This house belongs to everyone who likes to read."'
)

DRAFT = "Hello all,\n\nThe library <b>opened</b> in 1990. A yearly card costs 12 euros.\r\nThe roof is green.\n"


@pytest.fixture(scope="package")
def handbook() -> Engine:
    """An engine over a handbook of three paragraphs."""
    fees = HANDBOOK.index("A yearly")
    sections = (Section((), 0, fees), Section(("Fees",), fees, len(HANDBOOK)))
    return build_documents(
        [Document("handbook", "Library handbook", HANDBOOK, sections, "handbook.txt")], reader="lexical"
    )


def cited(quote: str, span: str) -> Citation:
    """The citation of a span of a sentence of the handbook."""
    at = HANDBOOK.index(quote)
    start = at + quote.index(span)
    return Citation(
        "handbook",
        "Library handbook",
        "handbook.txt",
        (),
        None,
        start,
        start + len(span),
        quote,
        at,
        at + len(quote),
        "0",
    )


@pytest.fixture
def report() -> AuditReport:
    """A report on DRAFT with every verdict."""
    opened, card = "The library opened in 1987.", "A yearly card costs 12 euros."
    found = [
        ("Hello all,", 0, "not_a_claim", 0.95, (), (), ()),
        (
            "The library <b>opened</b> in 1990.",
            1,
            "contradicted",
            0.93,
            (Evidence("against", cited(opened, "1987")),),
            (Difference("1990", "1987", "date"),),
            (),
        ),
        ("A yearly card costs 12 euros.", 2, "supported", 0.97, (Evidence("for", cited(card, card)),), (), ()),
        ("The roof is green.", 3, "not_found", 0.8, (), (), (cited(opened, opened),)),
    ]
    claims = [
        JudgedClaim(text, DRAFT.index(text), DRAFT.index(text) + len(text), *rest)  # type: ignore[arg-type]
        for text, *rest in found
    ]
    return report_of(text_document(DRAFT, "notes/draft 1.md"), claims)
