"""A service under a prefix: behind proxies that strip it or do not, believed or not, and in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import SettingError
from qa.engine import Engine
from qa.server.settings import Settings

Open = Callable[..., Any]

VISAS = "When were visas abolished?"
PREFIX = "/site/handbook"
CHAT = {"messages": [{"role": "user", "content": VISAS}]}
HOP = {"connection", "content-length", "keep-alive", "transfer-encoding", "content-encoding"}


def proxy(service: str, *, strip: bool, **said: str) -> Starlette:
    """A reverse proxy that serves ``service`` under PREFIX and says ``said`` in headers; the rest is another site."""

    async def forward(request: Request) -> Response:
        path = request.scope["raw_path"].decode()
        path = path.removeprefix(PREFIX) if strip else path
        headers = {name: value for name, value in request.headers.items() if name not in HOP and name != "host"}
        headers |= {name.replace("_", "-"): value for name, value in said.items()}
        query = f"?{request.url.query}" if request.url.query else ""
        async with httpx.AsyncClient(timeout=30) as client:
            answer = await client.request(
                request.method, f"{service}{path or '/'}{query}", headers=headers, content=await request.body()
            )
        kept = {name: value for name, value in answer.headers.items() if name not in HOP}
        return Response(answer.content, answer.status_code, kept)

    async def other(_: Request) -> Response:
        return PlainTextResponse("the other site", 404)

    methods = ["GET", "HEAD", "OPTIONS", "POST"]
    return Starlette(
        routes=[
            Route(PREFIX, forward, methods=methods),
            Route(f"{PREFIX}/{{path:path}}", forward, methods=methods),
            Route("/{path:path}", other, methods=methods),
        ]
    )


KINDS: dict[str, tuple[dict[str, Any], bool, dict[str, str]]] = {
    "root path, stripped": ({"root_path": PREFIX}, True, {}),
    "root path, not stripped": ({"root_path": f"{PREFIX}/"}, False, {}),
    "header, stripped": ({"proxies": ("127.0.0.1",)}, True, {"x_forwarded_prefix": PREFIX}),
    "header, not stripped": ({"proxies": ("127.0.0.0/8",)}, False, {"x_forwarded_prefix": PREFIX}),
    "stripped without a word": ({}, True, {}),
}


@pytest.fixture(scope="module", params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def site(kind: str, engine: Engine, serve: Open, run: Open) -> Iterator[str]:
    """The address of the service as the proxy shows it."""
    settings, strip, said = KINDS[kind]
    with ExitStack() as stack:
        service = stack.enter_context(serve(engine, Settings(cors=("*",), **settings)))
        yield stack.enter_context(run(proxy(service, strip=strip, **said))) + PREFIX


def test_every_link_of_every_page_stays_under_the_prefix_and_leads_somewhere(site: str) -> None:
    for page in ("/", "/browse", "/read", "/read/russia-serbia-relations", "/read/notes/tea", "/docs"):
        text = httpx.get(site + page).text
        links = re.findall(r'(?:src|href)="([^"#]+)"', text)
        assert links, page
        for link in links:
            found = urljoin(site + page, link)
            assert found.startswith(f"{site}/"), (page, link)
            assert httpx.get(found).status_code == 200, (page, link)
    assert httpx.get(f"{site}/widget.js").status_code == 200


def test_the_api_answers_under_the_prefix(site: str) -> None:
    assert httpx.post(f"{site}/ask", json={"question": VISAS}).json()["text"] == "2009"
    assert httpx.get(f"{site}/ask", params={"q": VISAS}).json()["text"] == "2009"
    assert httpx.get(f"{site}/documents/lantern").json()["id"] == "lantern"
    assert httpx.get(f"{site}/nothing").json()["code"] == "not_found"
    assert httpx.get(f"{site}/ask/batch").headers["allow"] == "POST"


def test_openapi_and_citations_name_the_prefix_where_it_is_known(site: str, kind: str) -> None:
    known = "" if kind == "stripped without a word" else PREFIX
    servers = httpx.get(f"{site}/openapi.json").json().get("servers", [{"url": ""}])
    assert servers == [{"url": known}]
    message = httpx.post(f"{site}/v1/chat/completions", json=CHAT).json()["choices"][0]["message"]
    cited = message["annotations"][0]["url_citation"]["url"]
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+{known}/read/russia-serbia-relations\?start=\d+&end=\d+", cited)


def test_the_page_asks_and_its_citation_leads_to_the_place(visit: Open, site: str) -> None:
    page = visit()
    page.goto(f"{site}/")
    page.get_by_label("Your question").fill(VISAS)
    page.keyboard.press("Enter")
    page.locator("a.place").first.click()
    page.locator("mark").wait_for()
    assert page.locator("mark").text_content() == "2009"
    assert page.url.startswith(f"{site}/read/russia-serbia-relations?")
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Tea 🍵").click()
    page.locator("#text p").first.wait_for()
    assert page.url == f"{site}/read/notes/tea%20%26%20cake%3F%231"
    page.get_by_role("link", name="citespan").click()
    page.locator(".answer").wait_for()  # the conversation is still there
    assert page.url == f"{site}/"


def test_the_widget_asks_and_links_under_the_prefix(visit: Open, watch: Any, site: str, host: Open) -> None:
    content = f'<!doctype html><link rel="icon" href="data:,"><script src="{site}/widget.js"></script>'
    with host({"/": ("", content)}) as other:
        watch.allowed.append(other)
        page = visit(f"{other}/")
        page.get_by_role("button").first.click()
        page.keyboard.type(VISAS)
        page.keyboard.press("Enter")
        page.locator(".answer").wait_for()
        assert page.locator(".answer").inner_text() == "2009"
        assert page.locator('a[href*="/read/"]').first.get_attribute("href").startswith(f"{site}/read/")


def client(engine: Engine, *, peer: str = "127.0.0.1", **settings: Any) -> Any:
    from fastapi.testclient import TestClient

    from qa.server import create_app

    return TestClient(create_app(engine, settings=Settings(**settings)), client=(peer, 50_000))


def test_a_prefix_or_host_of_one_who_is_not_trusted_is_not_believed(engine: Engine) -> None:
    said = {"x-forwarded-prefix": "/evil", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    for served in (client(engine), client(engine, peer="192.0.2.7", proxies=("127.0.0.1",))):
        assert "evil" not in served.get("/", headers=said).text
        assert "servers" not in served.get("/openapi.json", headers=said).json()
        assert "evil" not in served.post("/v1/chat/completions", headers=said, json=CHAT).text
        assert "https://" not in served.post("/v1/chat/completions", headers=said, json=CHAT).text


def test_a_trusted_proxy_names_the_host_and_scheme_of_citations(engine: Engine) -> None:
    said = {"x-forwarded-host": "example.org, inner", "x-forwarded-proto": "https", "x-forwarded-prefix": "/a, /b"}
    said["x-forwarded-for"] = "198.51.100.7"  # who asked is not the proxy: what the proxy says still counts
    message = client(engine, proxies=("127.0.0.1",)).post("/v1/chat/completions", headers=said, json=CHAT).json()
    cited = message["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert cited.startswith("https://example.org/a/b/read/russia-serbia-relations?")


@pytest.mark.parametrize("named", ["//evil.example", "/a/../b", 'x"><script>', "/a b", "/", "/" + 300 * "a", "a"])
def test_what_is_no_prefix_is_passed_over(engine: Engine, named: str) -> None:
    text = client(engine, proxies=("*",)).get("/browse", headers={"x-forwarded-prefix": named}).text
    assert 'href="./assets/page.css"' in text


def test_the_prefix_of_a_header_that_begins_like_an_own_path_is_taken_as_stripped(engine: Engine) -> None:
    served = client(engine, proxies=("*",))
    said = {"x-forwarded-prefix": "/docs"}
    assert 'href="/docs/docs.css"' in served.get("/docs", headers=said).text
    assert 'href="/docs/assets/page.css"' in served.get("/", headers=said).text


@pytest.mark.parametrize("root", ["handbook", "//host", "/a/../b", "/a b", "/docs", "/v1/x", "/é"])
def test_a_root_path_that_cannot_be_one_is_told(root: str) -> None:
    with pytest.raises(SettingError, match="as in /handbook"):
        Settings(root_path=root)


def test_a_key_is_wanted_under_the_prefix_as_without_it(engine: Engine) -> None:
    served = client(engine, root_path="/desk", api_key="s3cret")
    for path in ("/documents", "/desk/documents", "/desk/desk/documents"):
        assert served.get(path).status_code == 401, path
    for path in ("/", "/desk", "/desk/", "/desk/healthz", "/healthz", "/desk/docs"):
        assert served.get(path).status_code == 200, path
    with_key = {"authorization": "Bearer s3cret"}
    assert served.get("/desk/documents", headers=with_key).status_code == 200
    assert served.get("/desk/desk/documents", headers=with_key).status_code == 404
