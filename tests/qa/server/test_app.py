"""The routes: what is asked, what comes back, and how every error is told."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import qa
from corpus.documents import Document, Section
from qa.engine import Engine
from qa.opening import build_documents
from qa.server import create_app

QUESTION = "When were visas abolished?"


@pytest.fixture(scope="module")
def article() -> Engine:
    return qa.default(reader="lexical")


@pytest.fixture(scope="module")
def client(article: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(article), raise_server_exceptions=False) as client:
        yield client


def test_an_answer_is_the_json_of_the_command_line_and_an_id(client: TestClient, article: Engine) -> None:
    response = client.post("/ask", json={"question": QUESTION, "top": 2})
    assert response.status_code == 200
    served, own = response.json(), article.ask(QUESTION, top=2).to_dict()
    assert list(served) == [*own, "id"]
    assert len(served.pop("id")) == 42
    assert served.pop("elapsed_ms") >= 0
    del own["elapsed_ms"]
    assert served == own
    assert served["text"] == "2009"


def test_a_question_in_the_address_gets_the_same_answer(client: TestClient) -> None:
    posted = client.post("/ask", json={"question": QUESTION, "top": 1, "sections": ["Travel regime"]}).json()
    got = client.get("/ask", params={"q": QUESTION, "top": 1, "section": "Travel regime"}).json()
    for answer in (posted, got):
        del answer["elapsed_ms"], answer["id"]
    assert got == posted


def test_a_refusal_is_an_answer_with_a_reason_not_an_error(client: TestClient) -> None:
    for question, reason in (("xylophone?", "no_match"), ("", "empty_question"), ("the", "empty_question")):
        response = client.post("/ask", json={"question": question})
        assert response.status_code == 200
        assert response.json()["reason"] == reason


def test_filters_bound_where_the_answer_is_looked_for(client: TestClient) -> None:
    inside = client.post("/ask", json={"question": QUESTION, "sections": ["Travel regime"]}).json()
    assert inside["citation"]["section"] == ["Travel regime"]
    outside = client.post("/ask", json={"question": QUESTION, "sections": ["History"], "min_confidence": 0}).json()
    assert outside["citation"]["section"][0] == "History"
    nowhere = client.post("/ask", json={"question": QUESTION, "sections": ["No such section"]})
    assert "'No such section'" in problem(nowhere, 404, "unknown_section")
    named = {"question": QUESTION, "documents": ["russia-serbia-relations"]}
    assert client.post("/ask", json=named).json()["text"] == "2009"
    found = client.post("/search", json={"question": "visas", "k": 3, "sections": ["History"]}).json()["hits"]
    assert {hit["passage"]["section"][0] for hit in found} <= {"History"}


@pytest.mark.parametrize("path", ["/ask", "/search"])
def test_a_filter_by_an_unknown_document_is_a_404_even_where_nothing_matches(client: TestClient, path: str) -> None:
    for question in (QUESTION, "xylophone", ""):
        response = client.post(path, json={"question": question, "documents": ["russia-serbia-relations", "nope"]})
        assert response.status_code == 404
        assert response.json()["code"] == "unknown_document"


def test_a_follow_up_is_asked_as_the_question_that_it_stands_for(client: TestClient) -> None:
    earlier = {"question": "Who was the first Russian consul in Serbia?", "answer": "Gerasim Vashchenko"}
    body = {"question": "Who received him?", "history": [earlier]}
    assert "Gerasim Vashchenko" in client.post("/ask", json=body).json()["question"]
    assert client.post("/ask", json={"question": "Who received him?"}).json()["question"] == "Who received him?"


def test_search_gives_the_passages_of_the_engine(client: TestClient, article: Engine) -> None:
    found = client.post("/search", json={"question": "visas", "k": 2}).json()
    assert found["question"] == "visas"
    assert found["hits"] == [hit.to_dict() for hit in article.search("visas", k=2)]


def problem(response: object, status: int, code: str) -> str:
    """The detail of a response, which must be a complete problem."""
    assert response.status_code == status, response.text  # type: ignore[attr-defined]
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    told: dict[str, object] = response.json()  # type: ignore[attr-defined]
    assert {"type", "title", "status", "detail", "code"} <= set(told)
    assert told["status"] == status
    assert told["code"] == code
    detail = str(told["detail"])
    assert "Traceback" not in detail
    assert detail[-1] in ".}"
    return detail


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.question"),
        ({"question": 5}, "body.question"),
        ({"question": None}, "body.question"),
        ({"question": "when?", "top": 0}, "body.top"),
        ({"question": "when?", "top": "3"}, "body.top"),
        ({"question": "when?", "top": True}, "body.top"),
        ({"question": "when?", "min_confidence": 1.5}, "body.min_confidence"),
        ({"question": "when?", "tpo": 3}, "body.tpo"),
        ({"question": "when?", "documents": "one"}, "body.documents"),
        ({"question": "when?", "history": [{"answer": "2009"}]}, "body.history.0.question"),
        ([1], "body"),
    ],
)
def test_a_bad_field_is_named(client: TestClient, body: object, field: str) -> None:
    response = client.post("/ask", json=body)
    detail = problem(response, 422, "invalid")
    assert response.json()["errors"][0]["field"] == field
    assert detail.startswith(field)


def test_a_whole_number_may_have_a_point(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": QUESTION, "top": 1.0}).json()
    assert answer["alternatives"] == []


@pytest.mark.parametrize("body", [b"{", b'{"question": ', b"[" * 100_000, b"\xff\xfe", b"nothing"])
def test_a_body_that_is_no_json_is_a_400(client: TestClient, body: bytes) -> None:
    response = client.post("/ask", content=body, headers={"content-type": "application/json"})
    problem(response, 400, "not_json")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_a_body_of_another_type_is_a_415_that_names_the_header(client: TestClient, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    response = client.post("/ask", content=b'{"question": "when?"}', headers=headers)
    assert "Content-Type: application/json" in problem(response, 415, "not_json")


def test_what_is_not_there_is_a_404_and_what_cannot_be_done_a_405(client: TestClient) -> None:
    assert "/docs" in problem(client.get("/nope"), 404, "not_found")
    assert "/ask" in problem(client.get("/ask/"), 404, "not_found")
    response = client.put("/ask")
    assert "GET or POST" in problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "GET, POST"
    assert client.get("/search").headers["allow"] == "POST"
    assert client.request("BREW", "/healthz").headers["allow"] == "GET, HEAD"


def test_a_question_without_its_parameter_is_told_so(client: TestClient) -> None:
    assert "query.q" in problem(client.get("/ask"), 422, "invalid")


def test_text_that_is_no_valid_unicode_is_served_escaped() -> None:
    text = "The \ud800 kettle was bought in 1987."
    engine = build_documents([Document("odd", "Odd", text, (Section((), 0, len(text)),), "odd.txt")], reader="lexical")
    with TestClient(create_app(engine)) as client:
        response = client.get("/documents/odd")
        assert response.json()["text"] == text
        found = client.post("/search", json={"question": "kettle"})
        assert found.json()["hits"][0]["passage"]["text"] == text


def test_health_says_how_much_is_indexed_and_readiness_that_it_answers(client: TestClient) -> None:
    health = client.get("/healthz").json()
    head = client.head("/healthz")
    assert (head.status_code, head.content) == (200, b"")
    assert health["status"] == "ok"
    assert health["documents"] == 1
    assert health["passages"] > 20
    client.post("/ask", json={"question": QUESTION})
    assert client.get("/readyz").json() == {**health, "status": "ready", "reader": "lexical"}


def test_a_service_is_not_ready_before_it_has_asked_a_question(article: Engine) -> None:
    never_started = TestClient(create_app(article))
    response = never_started.get("/readyz")
    problem(response, 503, "starting")
    assert response.headers["retry-after"] == "1"


def test_questions_refusals_and_requests_are_counted(article: Engine) -> None:
    with TestClient(create_app(article)) as client:
        client.post("/ask", json={"question": QUESTION})
        client.post("/ask", json={"question": "xylophone"})
        client.get("/documents/nope")
        response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    lines = response.text.splitlines()
    assert "citespan_questions_total 2.0" in lines
    assert 'citespan_refusals_total{reason="no_match"} 1.0' in lines
    assert "citespan_confidence_count 1.0" in lines
    assert "citespan_question_seconds_count 2.0" in lines
    assert 'citespan_failures_total{code="unknown_document"} 1.0' in lines
    assert 'citespan_http_requests_total{method="GET",route="/documents/{document:path}",status="404"} 1.0' in lines
    assert "nope" not in response.text


def test_applications_count_for_themselves(article: Engine) -> None:
    one, other = TestClient(create_app(article)), TestClient(create_app(article))
    one.post("/ask", json={"question": QUESTION})
    assert "citespan_questions_total 1.0" in one.get("/metrics").text
    assert "citespan_questions_total 0.0" in other.get("/metrics").text


def test_every_operation_is_described_with_an_example_and_its_errors(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert "quote_start" in document["components"]["schemas"]["Citation"]["properties"]
    assert "HTTPValidationError" not in json.dumps(document)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = f"{method} {path}"
            assert operation["summary"], name
            assert operation["operationId"], name
            responses = operation["responses"]
            assert {"401", "404", "405", "429", "500", "503", "504"} <= set(responses), name
            if path.startswith("/v1"):
                continue
            good = next(responses[status] for status in ("200", "201") if status in responses)
            for kind, content in good["content"].items():
                if kind.startswith("image/"):
                    assert content["schema"] == {"type": "string", "format": "binary"}, name
                else:
                    assert "example" in content or "examples" in content, name
            for status, response in responses.items():
                if status >= "400":
                    content = response["content"]["application/problem+json"]
                    assert content["schema"] == {"$ref": "#/components/schemas/ProblemDetails"}, name
                    assert content["example"]["status"] == int(status), name
            if method == "post":
                assert {"400", "413", "415", "422"} <= set(responses), name


def test_the_reference_page_tells_every_operation_and_needs_no_other_site(client: TestClient) -> None:
    page = client.get("/docs")
    assert "script-src" not in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert "src=" not in page.text
    assert 'href="http' not in page.text
    assert "url(" not in client.get("/docs.css").text
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            assert f'id="{operation["operationId"]}"><code>{method.upper()} {path}' in page.text
    assert client.get("/docs.css").headers["content-type"].startswith("text/css")
