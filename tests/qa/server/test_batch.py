"""``POST /ask/batch``: questions in, a line of JSON for each out, as soon as it is there."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from qa.engine import Engine
from qa.questions import Question
from qa.server import Settings, create_app


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine, settings=Settings(batch_size=5, question_length=100))) as client:
        yield client


def ask(client: TestClient, body: bytes, **options: Any) -> list[dict[str, Any]]:
    response = client.post("/ask/batch", content=body, **options)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


def test_lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_rest(client: TestClient) -> None:
    body = (
        'When were visas abolished?\n\n{"id": 7, "question": "When were visas abolished?"}\n'
        f'{{"id": 8, "question": 5}}\n{{broken\n{"x" * 101}\n'
    ).encode()
    first, second, third, fourth, fifth = ask(client, body)
    assert first["text"] == second["text"] == "2009"
    assert "id" not in first
    assert len(first["answer_id"]) == 42
    assert second["id"] == 7
    assert third["id"] == 8
    assert third["line"] == 4
    assert "'question' is 5" in third["error"]
    assert "not a JSON object" in fourth["error"]
    assert "at most 100" in fifth["error"]


def test_a_json_list_is_a_batch_too(client: TestClient) -> None:
    body = b'[{"id": "a", "question": "xylophone"},\n "When were visas abolished?"]'
    first, second = ask(client, body, headers={"content-type": "application/json"})
    assert (first["id"], first["reason"]) == ("a", "no_match")
    assert second["text"] == "2009"


def test_options_hold_for_every_line(client: TestClient) -> None:
    params = {"top": 1, "min_confidence": 1.0, "document": "russia-serbia-relations"}
    (answer,) = ask(client, b"When were visas abolished?", params=params)
    assert answer["reason"] == "low_confidence"
    response = client.post("/ask/batch", content=b"When?", params={"document": "nope"})
    assert (response.status_code, response.json()["code"]) == (404, "unknown_document")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", "text/plain", 422, "empty"),
        (b"why?\n" * 6, "text/plain", 413, "too_large"),
        (b"why?", "text/html", 415, "not_lines"),
    ],
)
def test_what_is_no_batch_is_a_problem(client: TestClient, body: bytes, kind: str, status: int, code: str) -> None:
    response = client.post("/ask/batch", content=body, headers={"content-type": kind})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_answer_is_sent_before_the_next_question_is_read(
    engine: Engine, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    read = engine.reader.read

    def slow(question: Question, *rest: Any) -> Any:
        if "embassy" in question.text:
            assert held.wait(10), "the first answer was kept back until the second was read"
        return read(question, *rest)

    monkeypatch.setattr(engine.reader, "read", slow)
    with serve(engine) as address, httpx.Client(timeout=10) as client:
        body = b"When were visas abolished?\nWhere is the embassy of Serbia?\n"
        with client.stream("POST", f"{address}/ask/batch", content=body) as response:
            lines = response.iter_lines()
            assert json.loads(next(lines))["text"] == "2009"
            held.set()
            assert len(list(lines)) == 1
