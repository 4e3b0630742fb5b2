"""Several keys of a service: names, rights, rates, and files of them that are damaged."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from corpus.errors import CitespanError, SettingError
from qa.commands.serve import serve
from qa.engine import Engine
from qa.server import Settings, create_app
from qa.server.guard import is_open
from qa.server.keys import RIGHTS, NamedKey, read_keys
from qa.server.prefix import OWN

DESK, READER, WATCHER = "desk-0123456789abcdef", "reader-0123456789abcdef", "watcher-0123456789abcdef"
FILE = f"""
[desk]
key = "{DESK}"
rights = ["ask", "feedback"]
rate = "3/hour"

["the reading room"]
sha256 = "{sha256(READER.encode()).hexdigest()}"
rights = ["search"]

[watcher]
key = "{WATCHER}"
rights = ["metrics"]
"""
QUESTION = {"question": "When were visas abolished?"}
CHAT = {"messages": [{"role": "user", "content": QUESTION["question"]}]}


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.toml"
    path.write_text(FILE)
    return path


def client(engine: Engine, file: Path, **settings: Any) -> TestClient:
    return TestClient(create_app(engine, settings=Settings(keys=read_keys(str(file)), **settings)))


def test_a_key_opens_what_its_rights_allow_and_nothing_else(engine: Engine, file: Path) -> None:
    served = client(engine, file, mcp=True)
    routes = [("POST", "/ask"), ("POST", "/ask/batch"), ("GET", "/v1/models"), ("POST", "/v1/responses")]
    routes += [("POST", "/search"), ("GET", "/documents"), ("GET", "/documents/lantern"), ("POST", "/mcp")]
    routes += [("POST", "/feedback"), ("GET", "/metrics")]
    refused = {
        name: [path for method, path in routes if served.request(method, path, headers=bearer(key)).status_code == 403]
        for name, key in (("reader", READER), ("watcher", WATCHER))
    }
    assert refused["reader"] == ["/ask", "/ask/batch", "/v1/models", "/v1/responses", "/mcp", "/feedback", "/metrics"]
    assert refused["watcher"] == [path for _, path in routes if path != "/metrics"]
    assert served.get("/documents/lantern", headers=bearer(READER)).status_code == 200
    assert served.post("/ask", json=QUESTION, headers=bearer(DESK)).json()["text"] == "2009"
    for method, path in routes:
        assert served.request(method, path).status_code == 401, path
        assert served.request(method, path, headers=bearer("guess")).status_code == 401, path
    assert served.get("/healthz").status_code == 200


def test_every_route_needs_a_right_or_is_open_and_its_name_is_kept_from_prefixes(engine: Engine) -> None:
    nobody = NamedKey("nobody", b"", frozenset())
    spec = create_app(engine, settings=Settings(mcp=True)).openapi()
    paths = [*spec["paths"], "/mcp", "/browse", "/read/x", "/assets/x", "/docs", "/widget.js", "/openapi.json"]
    assert "/ask" in paths
    for path in paths:
        assert nobody.lacks(path) or is_open(path), path
        assert path.split("/")[1] in OWN, path


def test_what_a_key_may_not_do_is_told_with_its_name_and_the_right(engine: Engine, file: Path) -> None:
    served = client(engine, file)
    problem = served.get("/metrics", headers=bearer(DESK)).json()
    assert problem["code"] == "forbidden"
    assert problem["detail"].startswith("The key 'desk' has the rights ask, feedback; this needs metrics.")
    assert DESK not in str(problem)
    error = served.post("/v1/chat/completions", json=CHAT, headers=bearer(READER)).json()["error"]
    assert error["code"] == "insufficient_permissions"


def test_each_key_has_its_own_rate_and_is_counted_by_its_name(engine: Engine, file: Path) -> None:
    served = client(engine, file, api_key="the-key-of-the-owner")
    codes = [served.post("/ask", json=QUESTION, headers=bearer(DESK)).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = served.post("/ask", json=QUESTION, headers=bearer(DESK))
    assert "to the key 'desk'" in refused.json()["detail"]
    assert int(refused.headers["retry-after"]) >= 1
    for _ in range(5):
        assert served.get("/documents", headers=bearer(READER)).status_code == 200
    assert served.post("/ask", json=QUESTION, headers=bearer("the-key-of-the-owner")).status_code == 200
    figures = served.get("/metrics", headers=bearer(WATCHER)).text
    assert 'citespan_key_requests_total{key="desk"} 3.0' in figures
    assert 'citespan_key_requests_total{key="the reading room"} 5.0' in figures
    assert DESK not in figures


def test_on_a_public_service_a_key_without_the_right_is_as_anyone(engine: Engine, file: Path) -> None:
    served = client(engine, file, public=True, rate="2/hour")
    codes = [served.get("/documents", headers=bearer(DESK)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert served.get("/documents", headers=bearer(READER)).status_code == 200
    assert served.get("/metrics", headers=bearer(DESK)).status_code == 403


def test_a_key_of_a_name_alone_has_every_right(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(f'[owner]\nkey = "{DESK}"\n')
    (key,) = read_keys(str(path))
    assert (key.name, key.rights, key.rate) == ("owner", frozenset(RIGHTS), None)
    assert DESK not in repr(key)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[desk\nkey = 1", "no TOML"),
        (b"\xff\xfe[desk]", "no UTF-8 text"),
        (b"", "holds no key"),
        (b'key = "0123456789abcdef"', r"\[key\]: is no table"),
        (b'[desk]\nrights = ["ask"]', r"\[desk\]: exactly one of key and sha256"),
        (b'[desk]\nkey = "0123456789abcdef"\nsha256 = "ab"', "exactly one of key and sha256"),
        (b'[desk]\nsha256 = "ab"', "64 hexadecimal digits"),
        (b'[desk]\nkey = "short"', "at least 16 ASCII characters"),
        (b"[desk]\nkey = 12345678901234567890", "at least 16 ASCII characters"),
        (b'[desk]\nkey = "0123456789abcdef"\nrights = ["aks"]', r"rights are \['aks'\]; a list of ask, search"),
        (b'[desk]\nkey = "0123456789abcdef"\nrights = "ask"', "a list of ask, search"),
        (b'[desk]\nkey = "0123456789abcdef"\nrights = [["ask"]]', "a list of ask, search"),
        (b'[desk]\nkey = "0123456789abcdef"\nrate = "often"', r"\[desk\]: the rate is 'often'"),
        (b'[desk]\nkey = "0123456789abcdef"\nrate = 5', r"\[desk\]: the rate is '5'"),
        (b'[desk]\nkey = "0123456789abcdef"\nright = ["ask"]', "no field 'right' is known"),
        (b'[a]\nkey = "0123456789abcdef"\n[b]\nkey = "0123456789abcdef"', r"\[b\]: the same key as \[a\]"),
    ],
)
def test_a_damaged_file_is_one_message_with_its_place_and_without_a_key(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(content)
    with pytest.raises(SettingError, match=told) as caught:
        read_keys(str(path))
    assert str(caught.value).startswith(str(path))
    assert "0123456789abcdef" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_message_of_the_command(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.toml")
    result = CliRunner().invoke(serve, ["--keys", missing], standalone_mode=False)
    assert isinstance(result.exception, CitespanError)
    assert "name another file with --keys" in str(result.exception)


def test_a_name_that_the_environment_has_is_told(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(f'[QA_API_KEY]\nkey = "{DESK}"\n')
    with pytest.raises(SettingError, match="another name"):
        Settings(keys=read_keys(str(path)))
