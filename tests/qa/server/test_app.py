from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import qa
from qa.server import create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(qa.default())) as client:
        yield client


def test_the_answer_is_the_json_of_the_command_line(client: TestClient) -> None:
    response = client.post("/ask", json={"question": "When were visas abolished?", "top": 2})
    assert response.status_code == 200
    served, own = response.json(), qa.default().ask("When were visas abolished?", top=2).to_dict()
    assert served.pop("elapsed_ms") >= 0
    del own["elapsed_ms"]
    assert served == own
    assert served["text"] == "2009"


def test_a_refusal_is_an_answer_with_a_reason_not_an_error(client: TestClient) -> None:
    response = client.post("/ask", json={"question": "xylophone?"})
    assert response.status_code == 200
    assert response.json()["reason"] == "no_match"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": 5},
        {"question": "when?", "top": 0},
        {"question": "when?", "min_confidence": 1.5},
        {"question": "when?", "tpo": 3},
        {"question": "x" * 30_000},
    ],
)
def test_a_bad_request_is_refused_with_the_field(client: TestClient, body: dict[str, object]) -> None:
    response = client.post("/ask", json=body)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][0] == "body"


def test_health_says_how_much_is_indexed(client: TestClient) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert health["documents"] == 1
    assert health["passages"] > 20


def test_the_openapi_document_describes_answers(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert "quote_start" in schemas["Citation"]["properties"]
