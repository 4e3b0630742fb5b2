from collections.abc import Iterator
from typing import Any

import pytest

from corpus.sentences import split_sentences
from qa.audit import auditing
from qa.audit.auditing import audit, in_full, looks_english
from qa.audit.report import AuditReport
from qa.engine import Engine
from tests.qa.audit.conftest import HANDBOOK


def verdicts(report: AuditReport) -> list[str]:
    return [claim.verdict for claim in report.claims]


def test_every_verdict_has_its_quote_and_positions_are_of_the_audited_text(handbook: Engine) -> None:
    text = "Hello!\n\nThe library opened in 1987. 🍵 A yearly card costs 15 euros. Napoleon lost at Waterloo."
    report = audit(handbook, text)
    assert verdicts(report) == ["not_a_claim", "supported", "contradicted", "not_found"]
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.text
        assert 0 < claim.confidence <= 1
        for one in claim.evidence:
            quote = one.citation
            assert HANDBOOK[quote.quote_start : quote.quote_end] == quote.quote
    supported, contradicted = report.claims[1], report.claims[2]
    assert next(one.stance for one in supported.evidence) == "for"
    assert next(one.stance for one in contradicted.evidence) == "against"
    assert [(one.claim, one.source, one.kind) for one in contradicted.differs] == [("15 euros", "12 euros", "number")]
    assert report.summary.line().startswith("4 sentences: 3 claims, 1 supported, 1 contradicted, 1 not found")


def test_a_pronoun_is_understood_by_the_sentence_before_it(handbook: Engine) -> None:
    report = audit(handbook, "The library is old. It opened in 1987.")
    assert report.claims[1].understood == "The library opened in 1987."
    assert report.claims[1].verdict == "supported"
    assert in_full(handbook, "The library opened in 1987.", ["Ada was there."]) == "The library opened in 1987."


def test_a_quotation_must_be_verbatim(handbook: Engine) -> None:
    said = 'The mayor said: "This house belongs to everyone who likes to read."'
    assert verdicts(audit(handbook, said)) == ["supported"]
    report = audit(handbook, said.replace("likes", "wants"))
    assert verdicts(report) == ["contradicted"]
    assert next(one.kind for one in report.claims[0].differs) == "quote"


def test_a_text_without_claims_and_an_empty_one_give_a_report(handbook: Engine) -> None:
    for text in ("", "   \n", "Why?\nHello!"):
        report = audit(handbook, text)
        assert report.summary.claims == 0
        assert report.complete


def test_ctrl_c_keeps_what_was_judged(handbook: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    judge_claims = auditing.judge_claims

    def stopped(engine: Engine, claims: Any) -> Iterator[Any]:
        yield next(judge_claims(engine, claims))
        raise KeyboardInterrupt

    monkeypatch.setattr(auditing, "judge_claims", stopped)
    told: list[tuple[int, int | None]] = []
    report = audit(handbook, "Hello! The library opened in 1987.", progress=lambda *done: told.append(done))
    assert (verdicts(report), report.complete, told) == (["not_a_claim"], False, [(1, 2)])


def test_another_language_is_noted() -> None:
    serbian = "Biblioteka je otvorena pre mnogo godina i od tada je svakog dana puna ljudi koji vole knjige i tišinu."
    assert not looks_english(serbian)
    assert looks_english("Kratak tekst.")
    assert looks_english(HANDBOOK)


def test_what_is_nearest_is_a_sentence_and_never_the_whole_document(handbook: Engine) -> None:
    report = audit(handbook, "The mayor sings in the choir of the library on the last Sunday of every month.")
    (claim,) = report.claims
    assert claim.verdict == "not_found"
    sentences = [HANDBOOK[start:end] for start, end in split_sentences(HANDBOOK)]
    assert claim.nearest
    assert all(citation.quote in sentences for citation in claim.nearest)
