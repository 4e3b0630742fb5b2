"""Verdicts: ids that cannot be forged, a file that is only appended to, and figures made from it."""

import json
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer
from qa.engine import Engine
from qa.evaluation.verdicts import read_verdicts, verdict_figures
from qa.server import Settings, create_app
from qa.server.tokens import answer_id, read_answer_id

QUESTION = "When were visas abolished?"


def client(engine: Engine, path: Path, **more: int) -> TestClient:
    return TestClient(create_app(engine, settings=Settings(feedback=str(path), **more)))


def test_a_verdict_is_stored_with_what_the_service_knows_of_the_answer(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    served = client(engine, path)
    answer = served.post("/ask", json={"question": QUESTION}).json()
    refusal = served.post("/ask", json={"question": "xylophone"}).json()
    body = {"id": answer["id"], "verdict": "wrong", "question": QUESTION, "text": answer["text"], "expected": "2010"}
    response = served.post("/feedback", json=body)
    assert response.status_code == 201
    assert response.json() == {"id": answer["id"], "verdict": "wrong", "stored": True}
    assert served.post("/feedback", json={"id": refusal["id"], "verdict": "right"}).status_code == 201
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first | {"time": ""} == {
        **body,
        "time": "",
        "answered": True,
        "confidence": answer["confidence"],
        "comment": None,
    }
    assert (second["answered"], second["confidence"], second["verdict"]) == (False, 0.0, "right")


def test_what_was_not_answered_here_cannot_be_judged(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    served = client(engine, path)
    answer = served.post("/ask", json={"question": QUESTION}).json()
    elsewhere = client(engine, path).post("/ask", json={"question": QUESTION}).json()
    forged = ("A" if answer["id"][0] != "A" else "B") + answer["id"][1:]
    for body in (
        {"id": "x", "verdict": "right"},
        {"id": forged, "verdict": "right"},
        {"id": elsewhere["id"], "verdict": "right"},
        {"id": answer["id"], "verdict": "right", "question": "Another?", "text": answer["text"]},
        {"id": answer["id"], "verdict": "right", "question": QUESTION, "text": "1999"},
    ):
        response = served.post("/feedback", json=body)
        assert (response.status_code, response.json()["code"]) == (404, "unknown_answer")
    assert served.post("/feedback", json={"id": answer["id"], "verdict": "perhaps"}).status_code == 422
    assert not path.exists()


def test_without_a_file_verdicts_are_refused_with_what_to_do(engine: Engine) -> None:
    response = TestClient(create_app(engine)).post("/feedback", json={"id": "x", "verdict": "right"})
    assert (response.status_code, response.json()["code"]) == (409, "feedback_off")
    assert "--feedback FILE" in response.json()["detail"]


def test_a_file_that_is_full_or_gone_is_a_507_that_names_no_path(engine: Engine, tmp_path: Path) -> None:
    for path, size in ((tmp_path / "no-such-folder" / "verdicts.jsonl", 1 << 20), (tmp_path / "verdicts.jsonl", 1)):
        served = client(engine, path, feedback_bytes=size)
        answer = served.post("/ask", json={"question": QUESTION}).json()
        codes = [served.post("/feedback", json={"id": answer["id"], "verdict": "right"}) for _ in range(2)]
        assert codes[1].status_code == 507
        assert str(tmp_path) not in codes[1].text
        assert "verdicts" not in codes[1].text


def test_verdicts_sent_at_once_are_whole_lines(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    with client(engine, path) as served:
        answer = served.post("/ask", json={"question": QUESTION}).json()
        body = {"id": answer["id"], "verdict": "right", "comment": "é" * 1_000}
        threads = [threading.Thread(target=served.post, args=("/feedback",), kwargs={"json": body}) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 8
    assert {json.loads(line)["comment"] for line in lines} == {"é" * 1_000}
    verdicts, skipped = read_verdicts(path)
    assert (len(verdicts), skipped) == (1, ())


@given(st.text(), st.integers(0, 10_000).map(lambda steps: steps / 10_000), st.binary(min_size=1))
def test_an_id_tells_its_answer_to_who_has_the_secret_alone(question: str, confidence: float, secret: bytes) -> None:
    name = answer_id(Answer.refusal(question, "low_confidence", confidence=confidence), secret)
    told = read_answer_id(name, secret)
    assert told is not None
    assert (told.confidence, told.answered) == (confidence, False)
    assert told.is_of(question, None)
    assert not told.is_of(question + "x", None)
    assert read_answer_id(name, secret + b"x") is None


@given(st.text(max_size=60))
def test_no_text_is_taken_for_an_id(name: str) -> None:
    assert read_answer_id(name, b"secret") is None


def test_the_figures_follow_from_the_stored_verdicts(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    served = client(engine, path)
    for question, verdict in ((QUESTION, "right"), (QUESTION, "wrong"), ("xylophone", "right")):
        answer = served.post("/ask", json={"question": question}).json()
        assert served.post("/feedback", json={"id": answer["id"], "verdict": verdict}).status_code == 201
    verdicts, skipped = read_verdicts(path)
    figures = verdict_figures(verdicts, skipped=skipped)
    assert (figures.verdicts, figures.answered) == (3, 2)
    assert figures.coverage == pytest.approx(2 / 3)
    assert (figures.precision, figures.refusals_right) == (0.5, 1.0)
