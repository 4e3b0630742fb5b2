"""A served engine and a real browser, for the tests of the pages."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document, Section
from corpus.sources import default_article
from qa.engine import Engine
from qa.opening import build_documents
from qa.server.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

EMOJI = "👩‍🔬 Dr 𝒜da 🇷🇸 likes 🍵.\n\nThe blue 🫖 teapot was bought in 1987 by Björn 🐻 in Øslo."
PWN = "window.pwned = 1"
MARKUP = f'<img src=x onerror="{PWN}"> The <b>magic lantern</b> was patented in 1659.<script>{PWN}</script>'

PRICES = r"""Hire of rooms, a day:
- **Tables** and chairs: free
  within reason
   - more than 40: £12
1. Book.
2. Pay.

| Room | Weekday | Sunday |
| --- | ---: | :-: |
| Hall \| stage | £120 | £160 |
| Attic | | £30 |

Room | Seats
--- | ---
Hall | 80

Keys | are at the desk."""


def one_section(name: str, title: str, text: str, *, path: tuple[str, ...] = ()) -> Document:
    """A document of one section."""
    return Document(name, title, text, (Section(path, 0, len(text)),), f"{name}.txt")


def documents() -> list[Document]:
    """What the served engine holds."""
    return [
        default_article(),
        one_section("notes/tea & cake?#1", "Tea 🍵", EMOJI),
        one_section("lantern", "<i>Lantern</i>", MARKUP, path=("<u>Optics</u>",)),
        one_section("prices", "Prices", PRICES),
        one_section("web", "Web page", "A page.", path=()),
        *(one_section(f"filler-{number}", f"Filler {number}", "Nothing of note.") for number in range(120)),
    ]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_documents(documents(), reader="lexical")


@contextmanager
def serving(engine: Engine, settings: Settings | None = None) -> Iterator[str]:
    """The address of a service that runs in a thread while the context is open."""
    from qa.server import create_app

    with running(create_app(engine, settings=settings)) as address:
        yield address


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The address of an application that runs in a thread while the context is open."""
    import uvicorn

    config = uvicorn.Config(app, port=0, log_level="critical", ws="none", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            assert time.monotonic() < deadline, "the service did not start within 20 s"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@contextmanager
def hosting(pages: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The address of a site with these pages: path to (content security policy, HTML)."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            policy, content = pages.get(self.path, ("", ""))
            self.send_response(200 if content else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            if policy:
                self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: Any) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}"
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


@dataclass
class Watch:
    """What a page did wrong: errors of its own, broken policies, calls to other hosts."""

    allowed: list[str]
    wrong: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def add(self, page: Any) -> None:
        """Watches one more page."""
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: Any) -> None:
        # An answer of 401 or 503 is a line of the browser's own; what the page makes of it is tested.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((*self.allowed, "data:", "about:")):
            self.wrong.append(f"a call to {request.url}")
        if request.url.endswith("/ask") and request.method == "POST":
            self.asked.append(request.post_data_json)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium; the tests that need it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser is installed (looked for {', '.join(BROWSERS)}); apt-get install chromium")
    sandbox = [] if getattr(os, "geteuid", lambda: 1)() else ["--no-sandbox"]  # root cannot have one
    with playwright.sync_playwright() as runner:
        started = runner.chromium.launch(executable_path=path, args=sandbox)
        try:
            yield started
        finally:
            started.close()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the served engine writes feedback to."""
    return tmp_path_factory.mktemp("feedback") / "verdicts.jsonl"


@pytest.fixture(scope="module")
def site(engine: Engine, verdicts: Path) -> Iterator[str]:
    """The address of a service without a key, which stores verdicts."""
    with serving(engine, Settings(feedback=str(verdicts))) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    """The context manager that serves an engine and gives the address: ``serve(engine, Settings(...))``."""
    return serving


@pytest.fixture(scope="session")
def run() -> Callable[..., Any]:
    """The context manager that runs any application and gives the address: ``run(app)``."""
    return running


@pytest.fixture(scope="session")
def host() -> Callable[..., Any]:
    """The context manager that runs another site: ``host({path: (policy, html)})``."""
    return hosting


@pytest.fixture
def watch(site: str) -> Watch:
    """What the pages of this test did wrong; nothing, or the test fails."""
    return Watch([site])


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """A browser context for all pages that need no special one: its pages share the cache, not their sessions."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def visit(browser: Any, context: Any, watch: Watch, site: str) -> Iterator[Callable[..., Any]]:
    """A function that opens a page: ``visit("/")``, with a context of its own for ``visit("/", viewport=...)``."""
    with ExitStack() as opened:

        def visit(path: str = "/", **options: Any) -> Any:
            own = opened.enter_context(browser.new_context(**options)) if options else context
            page = own.new_page()
            opened.callback(page.close)
            page.set_default_timeout(20_000)  # milliseconds; a busy machine may be slow
            watch.add(page)
            page.on("popup", watch.add)
            page.goto(path if "://" in path else site + path)
            return page

        yield visit
    assert watch.wrong == []
