"""The routes that check texts and saved answers."""

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


def test_a_text_is_audited_claim_by_claim(client: TestClient) -> None:
    text = "Is it so? Visas between Russia and Serbia were abolished in 2012."
    found = client.post("/audit", json={"text": text, "source": "draft"}).json()
    assert (found["source"], [claim["verdict"] for claim in found["claims"]]) == (
        "draft",
        ["not_a_claim", "contradicted"],
    )
    assert found["claims"][1]["evidence"][0]["citation"]["document"] == "russia-serbia-relations"
    assert client.post("/verify", json=found).json()["ok"]


def test_a_text_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/audit", json={"text": "a" * 100_001}).status_code == 422
