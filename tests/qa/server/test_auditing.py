"""The routes that check saved answers."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from qa.engine import Engine
from qa.server import create_app


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine)) as client:
        yield client


def test_an_answer_of_ask_is_verified_and_a_changed_one_is_not(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "When were visas abolished?"}).json()
    found = client.post("/verify", json=answer).json()
    assert (found["ok"], found["results"][0]["status"]) == (True, "verified")
    wrong = {**answer, "text": "2010"}
    found = client.post("/verify", params={"replay": True}, json={"answers": [answer, wrong, 7]}).json()
    assert [result["status"] for result in found["results"]] == ["verified", "altered", "damaged"]
    assert not found["ok"]
    assert found["results"][0]["replay"]["same"]


def test_too_many_answers_are_refused(client: TestClient) -> None:
    assert client.post("/verify", json={"answers": [{}] * 1001}).status_code == 413
