import json
from typing import Any

import pytest

from corpus.errors import DataError
from qa.audit import read_saved, receipt_of
from qa.audit.receipts import FORMAT, citation_of, index_hash
from qa.engine import Engine
from qa.opening import default

ANSWER: dict[str, Any] = {"question": "Why?", "answered": False, "text": None, "citation": None}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return default(reader="lexical")


def lines(*items: Any) -> list[bytes]:
    return [(item if isinstance(item, str) else json.dumps(item)).encode() + b"\n" for item in items]


def test_answers_are_read_from_every_way_to_ask() -> None:
    message = {"role": "assistant", "content": "", "citespan": ANSWER}
    whole = {"object": "chat.completion", "choices": [{"message": message}]}
    chunk = {"object": "chat.completion.chunk", "choices": [{"delta": message}]}
    receipt = {"receipt": FORMAT, "answer": ANSWER}
    saved = list(read_saved(lines(ANSWER, whole, f"data: {json.dumps(chunk)}", "data: [DONE]", "", receipt)))
    assert [one.kind for one in saved] == ["answer"] * 4
    assert [one.line for one in saved] == [1, 2, 3, 6]
    assert all(one.answer["question"] == "Why?" for one in saved)


def test_one_object_or_list_over_many_lines_is_read_as_a_whole() -> None:
    for item in (ANSWER, [ANSWER, ANSWER]):
        spread = json.dumps(item, indent=1).encode().splitlines(keepends=True)
        assert {one.kind for one in read_saved(spread)} == {"answer"}


@pytest.mark.parametrize(
    ("line", "kind", "told"),
    [
        ('{"question": "Wh', "damaged", "not JSON"),
        ("7", "damaged", "no object"),
        ({"answered": True}, "damaged", "'question' is missing"),
        ({"question": "Why?", "answered": "yes"}, "damaged", "true or false"),
        ({"receipt": "one"}, "damaged", "the format's number"),
        ({"receipt": FORMAT}, "damaged", "'question' is missing"),
        ({"receipt": FORMAT + 1, "answer": ANSWER}, "newer_format", "newer than format"),
        ({"line": 3, "error": "no question"}, "nothing", "no question"),
        ({"object": "chat.completion.chunk", "choices": []}, "nothing", "no answer"),
    ],
)
def test_a_line_that_cannot_be_used_is_one_clear_result_and_the_rest_goes_on(line: Any, kind: str, told: str) -> None:
    first, second = read_saved(lines(line, ANSWER))
    assert (first.kind, second.kind) == (kind, "answer")
    assert told in (first.fault or "")


def test_a_file_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(DataError, match="holds nothing to verify"):
        list(read_saved(lines("", "  ")))


def test_a_receipt_of_a_refusal_says_what_was_read_and_why_each_place_failed(engine: Engine) -> None:
    answer = engine.ask("Who wrote Hamlet?", min_confidence=0.99)
    receipt = receipt_of(engine, answer, min_confidence=0.99)
    assert not answer.answered
    assert receipt.read
    assert all("99%" in place.cause or "no span" in place.cause for place in receipt.read)
    assert receipt.settings == {"top": 3, "min_confidence": 0.99}
    assert receipt.index == {**engine.counts(), "sha256": index_hash(engine)}
    [saved] = read_saved(lines(receipt.to_dict()))
    assert saved.answer == json.loads(json.dumps(answer.to_dict()))


@pytest.mark.parametrize(
    ("field", "value"), [("start", "4"), ("quote", None), ("section", "Lead"), ("page", True), ("quote_end", 5)]
)
def test_a_citation_with_a_wrong_field_is_told_by_its_name(engine: Engine, field: str, value: Any) -> None:
    citation = engine.ask("When were visas abolished?").to_dict()["citation"]
    citation_of(citation)
    with pytest.raises(ValueError, match=field.partition("_")[0]):
        citation_of({**citation, field: value})
