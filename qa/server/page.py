"""The page at ``/`` and the widget: static files, served from memory with headers that keep them to themselves."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response

from qa.server.prefix import links_root

if TYPE_CHECKING:
    from qa.server.service import Service

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",  # pictures of pages, which the service may want a key for
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        # The browser itself refuses to turn text into markup.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""The content security policy of the pages: their own files and calls to this service, nothing else."""

_PAGE_HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FRAME = "frame.html"


@dataclass(frozen=True, slots=True)
class StaticPage:
    """One page: the file of its content, its title and script, and the element that the link over its head skips to."""

    content: str
    title: str
    script: str
    main: str
    skip: str

    def filled(self, frame: bytes, content: bytes, *, path: str, feedback: str) -> bytes:
        """The page in its frame, which marks the link to the page itself; the root of links is still open."""
        link = b'<a href="{{root}}%s">' % path.encode()
        filled = frame.replace(link, link[:-1] + b' aria-current="page">').replace(b"{{content}}", content)
        for name, value in (
            ("title", self.title),
            ("script", self.script),
            ("main", self.main),
            ("skip", self.skip),
            ("feedback", feedback),
        ):
            filled = filled.replace(b"{{%s}}" % name.encode(), value.encode())
        return filled


_BROWSE = StaticPage("browse.html", "Documents", "browse.js", "documents", "documents")
_PAGES = {
    "/": StaticPage("index.html", "Ask", "ask.js", "question", "question"),
    "/check": StaticPage("check.html", "Check a text", "check.js", "draft", "text"),
    "/browse": _BROWSE,
    "/read": _BROWSE,
    "/read/{document:path}": StaticPage("read.html", "Document", "read.js", "text", "text"),
    "/page/{document:path}": StaticPage("page.html", "Page", "page.js", "sheet", "page"),
}
_WIDGET = "widget.js"
_METHODS = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, media type and entity tag."""

    content: bytes
    media: str
    tag: str

    @classmethod
    def of(cls, content: bytes, media: str) -> Asset:
        """The asset with the tag of its content."""
        return cls(content, media, f'"{hashlib.sha256(content).hexdigest()[:20]}"')

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        """The file, or 304 where the client has it. Clients ask each time, so an upgrade shows at once."""
        headers = {
            "etag": self.tag,
            "cache-control": "no-cache",
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            **headers,
        }
        known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
        if self.tag in known:
            return Response(status_code=304, headers=headers)
        return Response(self.content, media_type=self.media, headers=headers)


def assets() -> dict[str, Asset]:
    """The static files by name, read from the package: only what is listed here can be asked for.

    >>> assets()["page.css"].media
    'text/css; charset=utf-8'
    """
    folder = files("qa.server") / "static"
    named = sorted((entry.name, entry) for entry in folder.iterdir())
    return {
        name: Asset.of(entry.read_bytes(), _MEDIA[suffix])
        for name, entry in named
        if (suffix := name[name.rfind(".") :]) in _MEDIA
    }


def _feedback(service: Service) -> str:
    """Whether the page takes verdicts: "yes", "no", or "key" where the public may ask but not judge."""
    if service.settings.feedback is None:
        return "no"
    return "key" if service.settings.public else "yes"


def router(service: Service) -> APIRouter:
    """The routes of the pages, which ``_PAGES`` lists, of their files and of ``/widget.js``.

    None of them holds a document's text: the pages ask the service for it, with a key where it wants one.
    """
    held = assets()
    feedback = _feedback(service)
    routes = APIRouter(include_in_schema=False)

    def serve_page(path: str, page: StaticPage) -> None:
        filled = page.filled(held[_FRAME].content, held[page.content].content, path=path, feedback=feedback)

        @routes.api_route(path, methods=_METHODS)
        async def given(request: Request) -> Response:
            root = html.escape(links_root(request.scope))
            content = filled.replace(b"{{root}}", root.encode())
            return Asset.of(content, _MEDIA[".html"]).response(request, _PAGE_HEADERS)

    for path, page in _PAGES.items():
        serve_page(path, page)

    @routes.api_route("/assets/{name}", methods=_METHODS)
    async def asset(request: Request, name: str) -> Response:
        if name not in held or name.endswith(".html"):
            raise HTTPException(404, f"no file {name!r} belongs to the page; start at /")
        return held[name].response(request, {"cross-origin-resource-policy": "same-origin"})

    @routes.api_route("/widget.js", methods=_METHODS)
    async def widget(request: Request) -> Response:
        # Other sites load it, some with an integrity hash, which needs leave to read it.
        return held[_WIDGET].response(
            request, {"cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*"}
        )

    return routes
