"""Who may do what: keys, public services, rates, other origins; and what every response carries."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Scope

from qa.engine import Engine
from qa.server import Settings, create_app
from qa.server.problems import Problem
from qa.server.rates import Rate, network

KEY = "s3cret-key"
QUESTION = {"question": "When were visas abolished?"}
OPEN = ["/healthz", "/readyz", "/", "/widget.js", "/docs", "/docs.css", "/openapi.json"]


def client(engine: Engine, **settings: Any) -> TestClient:
    served = TestClient(create_app(engine, settings=Settings(**settings)), raise_server_exceptions=False)
    served.app.state.service.ready = True  # type: ignore[attr-defined]
    return served


def with_key(key: str, scheme: str = "Bearer") -> dict[str, str]:
    return {"authorization": f"{scheme} {key}"}


def test_with_a_key_everything_but_health_and_the_empty_pages_wants_it(engine: Engine) -> None:
    served = client(engine, api_key=KEY)
    for path in OPEN:
        assert served.get(path).status_code == 200, path
    for method, path in (
        ("POST", "/ask"),
        ("GET", "/ask?q=when"),
        ("POST", "/ask/batch"),
        ("POST", "/search"),
        ("GET", "/documents"),
        ("GET", "/documents/lantern"),
        ("POST", "/feedback"),
        ("GET", "/metrics"),
        ("GET", "/no-such-path"),
        ("PUT", "/ask"),
    ):
        refused = served.request(method, path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["code"] == "unauthorized"
    assert served.post("/ask", json=QUESTION, headers=with_key(KEY)).json()["text"] == "2009"
    assert served.post("/ask", json=QUESTION, headers=with_key(KEY, "bearer")).status_code == 200
    assert served.get("/metrics", headers=with_key(KEY)).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", f"Basic {KEY}", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", KEY, "Bearer \xff"]
)
def test_a_wrong_key_opens_nothing(engine: Engine, header: str) -> None:
    refused = client(engine, api_key=KEY).get("/documents", headers={"authorization": header.encode("latin-1")})
    assert refused.status_code == 401
    assert KEY not in refused.text


def test_without_a_key_a_header_changes_nothing(engine: Engine) -> None:
    assert client(engine).get("/documents", headers=with_key("anything")).status_code == 200


@pytest.mark.parametrize("key", [KEY, None])
def test_a_public_service_lets_anyone_read_and_nothing_else(engine: Engine, key: str | None) -> None:
    served = client(engine, api_key=key, public=True)
    assert served.post("/ask", json=QUESTION).json()["text"] == "2009"
    assert served.post("/search", json=QUESTION).status_code == 200
    assert served.get("/documents/lantern").status_code == 200
    for method, path in (("POST", "/ask/batch"), ("POST", "/feedback"), ("GET", "/metrics"), ("GET", "/v1/models")):
        assert served.request(method, path).status_code == 401, path
    assert served.get("/metrics", headers=with_key(KEY)).status_code == (200 if key else 401)


def test_an_address_without_the_key_is_held_to_the_rate_and_told_when_to_come_back(engine: Engine) -> None:
    served = client(engine, api_key=KEY, public=True, rate="3/hour")
    assert [served.post("/ask", json=QUESTION).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = served.get("/documents")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert 1 <= int(refused.headers["retry-after"]) <= 3600
    assert "3 per hour" in refused.json()["detail"]
    assert served.post("/ask", json=QUESTION, headers=with_key(KEY)).status_code == 200
    for path in OPEN:
        assert served.get(path).status_code == 200, path


def test_below_a_prefix_the_same_paths_are_open_and_the_same_are_not(engine: Engine) -> None:
    app = Starlette(routes=[Mount("/desk", app=client(engine, api_key=KEY).app)])
    served = TestClient(app)
    assert served.get("/desk/healthz").status_code == 200
    assert served.get("/desk/").status_code == 200
    assert served.get("/desk/documents").status_code == 401
    assert served.get("/desk/documents", headers=with_key(KEY)).status_code == 200


def test_each_address_has_its_own_rate_and_neighbours_in_ipv6_share_one() -> None:
    rate = Rate("1/hour")

    def ask(address: str) -> bool:
        scope: Scope = {"type": "http", "client": (address, 1)}
        try:
            rate.check(scope)
        except Problem:
            return False
        return True

    assert [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2")] == [True, False, True]
    assert [ask("2001:db8:0:1::1"), ask("2001:db8:0:1::2"), ask("2001:db8:0:2::1")] == [True, False, True]
    assert network("::ffff:192.0.2.1") == "192.0.2.1"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example:8000", 421),
        ("", 421),
        ("::1", 421),
    ],
)
def test_a_service_of_one_machine_answers_to_its_own_names_alone(engine: Engine, host: str, status: int) -> None:
    served = client(engine, hosts=("localhost", "127.0.0.1", "[::1]"))
    response = served.get("/documents", headers={"host": host})
    assert response.status_code == status
    if status != 200:
        assert response.json()["code"] == "misdirected"
        assert "--trusted-proxy" in response.json()["detail"]


def test_other_origins_are_let_in_only_where_they_are_listed(engine: Engine) -> None:
    origin = {"origin": "https://example.org"}
    preflight = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "x-stainless-os"}
    closed = client(engine)
    assert "access-control-allow-origin" not in closed.post("/ask", json=QUESTION, headers=origin).headers
    assert closed.options("/ask", headers=preflight).status_code == 405
    served = client(engine, cors=("https://example.org",), api_key=KEY)
    assert served.options("/ask", headers=preflight).headers["access-control-allow-origin"] == "https://example.org"
    refused = served.post("/ask", json=QUESTION, headers=origin)  # without the key: the page must see why
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://example.org")
    foreign = served.options("/ask", headers={**preflight, "origin": "https://elsewhere.example"})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "cors")
    assert "access-control-allow-origin" not in foreign.headers


def test_every_response_carries_headers_that_keep_it_to_itself(engine: Engine) -> None:
    served = client(engine)
    for response in (served.post("/ask", json=QUESTION), served.get("/nope"), served.get("/"), served.get("/docs")):
        assert response.headers["x-content-type-options"] == "nosniff"
        policy = response.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert "server" not in response.headers
    assert served.post("/ask", json=QUESTION).headers["cache-control"] == "no-store"


def test_a_bug_is_a_500_that_tells_nothing_of_its_cause(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    served = client(engine, cors=("https://example.org",))

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("/home/somebody/private.txt")

    monkeypatch.setattr(type(engine), "ask", fail)
    monkeypatch.setattr(type(engine), "document", fail)
    for call in (
        lambda: served.post("/ask", json=QUESTION, headers={"origin": "https://example.org"}),
        lambda: served.get("/documents/x", headers={"origin": "https://example.org"}),
    ):
        response = call()
        assert (response.status_code, response.json()["code"]) == (500, "internal")
        assert "private" not in response.text
        assert "Traceback" not in response.text
        assert response.headers["access-control-allow-origin"] == "https://example.org"
    chat = {"messages": [{"role": "user", "content": "When?"}]}
    response = served.post("/v1/chat/completions", json=chat)
    assert response.status_code == 500
    assert "private" not in response.text
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("settings", [{"api_key": KEY}, {"body_bytes": 10}, {"rate": "1/hour"}])
def test_chat_clients_are_told_in_their_own_shape(engine: Engine, settings: dict[str, Any]) -> None:
    served = client(engine, **settings)
    served.get("/v1/models")
    response = served.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "When?"}]})
    assert response.status_code in (401, 413, 429)
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


def test_a_trusted_proxy_is_believed_and_nobody_else(engine: Engine, serve: Callable[..., Any]) -> None:
    import httpx

    with serve(engine, Settings(rate="2/hour")) as address:  # the tests' own server believes no one
        codes = [
            httpx.get(f"{address}/documents", headers={"x-forwarded-for": f"198.51.100.{number}"}).status_code
            for number in range(3)
        ]
    assert codes[:2] == [200, 200]
