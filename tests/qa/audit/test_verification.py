import json
from typing import Any

import pytest

from corpus.documents import Document, Section
from qa.audit import receipt_of, verify
from qa.engine import Engine
from qa.opening import build_documents

TEXT = "The library opened in 1987. It was designed by Ada Brunner.\n\nA yearly card costs 12 euros."
OPENED, FEES = "The library opened in 1987.", "A yearly card costs 12 euros."


def engine_of(text: str, *, name: str = "handbook", heading: str = "Fees") -> Engine:
    fees = text.find("A yearly")
    sections = (Section((), 0, fees), Section((heading,), fees, len(text)))
    return build_documents([Document(name, "Handbook", text, sections, "handbook.txt")], reader="lexical")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(TEXT)


@pytest.fixture
def saved(engine: Engine) -> dict[str, Any]:
    answer = engine.ask("What does a yearly card cost?", min_confidence=0)
    assert answer.answered
    return json.loads(json.dumps(answer.to_dict()))  # type: ignore[no-any-return]


def cited(answer: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**answer, "citation": {**answer["citation"], **fields}}


def test_an_answer_that_still_holds_is_verified(engine: Engine, saved: dict[str, Any]) -> None:
    found = verify(engine, saved)
    assert (found.ok, found.status, found.cause) == (True, "verified", None)
    assert found.checks[0].place == "citation"
    assert TEXT[found.checks[0].start : found.checks[0].end] == FEES


def test_where_the_document_has_changed_the_quote_is_found_where_it_stands_now(saved: dict[str, Any]) -> None:
    changed = engine_of("New. " + TEXT)
    found = verify(changed, saved)
    assert (found.ok, found.status) == (False, "moved")
    check = found.checks[0]
    assert ("New. " + TEXT)[check.start : check.end] == FEES


def test_where_the_quote_is_gone_from_a_changed_document_it_is_said(saved: dict[str, Any]) -> None:
    found = verify(engine_of(TEXT.replace("12", "14")), saved)
    assert (found.ok, found.status) == (False, "changed")
    assert "no longer in it" in (found.cause or "")


def test_a_document_that_is_not_there_is_missing(saved: dict[str, Any]) -> None:
    found = verify(engine_of(TEXT, name="other"), saved)
    assert (found.ok, found.status) == (False, "missing")


def test_a_quote_that_was_altered_is_told_from_a_document_that_changed(engine: Engine, saved: dict[str, Any]) -> None:
    forged = saved["citation"]["quote"].replace("12", "99")
    found = verify(engine, {**cited(saved, quote=forged), "text": saved["text"].replace("12", "99")})
    assert (found.ok, found.status) == (False, "altered")
    assert "99" in (found.cause or "")
    assert "12" in (found.cause or "")


def test_a_wrong_section_a_wrong_text_and_a_wrong_place_are_altered(engine: Engine, saved: dict[str, Any]) -> None:
    length = len(TEXT)
    quote = "x" * len(saved["citation"]["quote"])
    beyond = {"start": length + 1, "end": length + 3, "quote_start": length, "quote_end": length + len(quote)}
    for answer in (
        cited(saved, section=["Opening hours"]),
        {**saved, "text": "13 euros"},
        cited(saved, quote=quote, **beyond),
    ):
        assert verify(engine, answer).status == "altered"


def test_alternatives_and_nearest_sentences_are_checked_too(engine: Engine) -> None:
    refusal = engine.ask("Who wrote Hamlet for the library?", min_confidence=0.999).to_dict()
    assert refusal["nearest"]
    refusal["nearest"][0] = {**refusal["nearest"][0], "document": "gone"}
    found = verify(engine, refusal)
    assert (found.status, found.checks[0].place) == ("missing", "nearest.0")


def test_a_refusal_that_carries_an_answer_is_altered(engine: Engine, saved: dict[str, Any]) -> None:
    assert verify(engine, {**saved, "answered": False}).status == "altered"


def test_replaying_compares_the_answer_and_the_confidence(engine: Engine, saved: dict[str, Any]) -> None:
    receipt = receipt_of(engine, engine.ask(saved["question"], min_confidence=0), min_confidence=0).to_dict()
    assert verify(engine, receipt, replay=True).ok
    receipt["answer"]["confidence"] = 0.5 if receipt["answer"]["confidence"] < 0.4 else 0.1
    found = verify(engine, receipt, replay=True)
    assert (found.ok, found.status) == (False, "verified")
    assert "confidence" in (found.cause or "")


def test_a_receipt_tells_that_the_index_is_another_one(engine: Engine, saved: dict[str, Any]) -> None:
    receipt = receipt_of(engine, engine.ask(saved["question"], min_confidence=0)).to_dict()
    more = Document("more", "More", "Tea is hot.", (Section((), 0, 11),), "more.txt")
    larger = build_documents([*engine.documents(), more], reader="lexical")
    found = verify(larger, receipt)
    assert found.ok
    assert "documents came" in found.notes[0]


def test_an_answer_that_is_a_list_is_checked_span_by_span(engine: Engine, saved: dict[str, Any]) -> None:
    span = {"text": saved["text"], "citation": saved["citation"]}
    assert verify(engine, {**saved, "kind": "list", "spans": [span, span]}).ok
    wrong = {**span, "text": "nothing"}
    assert verify(engine, {**saved, "kind": "list", "spans": [span, wrong]}).status == "altered"
    assert verify(engine, {**saved, "kind": "yes_no", "text": "Yes"}).ok


def test_a_repeated_quote_is_found_nearest_to_where_it_stood(saved: dict[str, Any]) -> None:
    text = f"{FEES} {TEXT} More. {FEES}"
    check = verify(engine_of(text), saved).checks[0]
    assert check.start == text.index(FEES, 5)


def test_what_was_read_around_a_span_is_checked_too(engine: Engine, saved: dict[str, Any]) -> None:
    start = TEXT.index("Ada")
    fragment = {"text": "Ada Brunner", "start": start, "end": start + 11}
    assert verify(engine, cited(saved, context=[fragment])).ok
    for wrong in ({**fragment, "text": "Otto Wagner"}, {**fragment, "start": "0"}, 7):
        assert verify(engine, cited(saved, context=[wrong])).status == "altered"
