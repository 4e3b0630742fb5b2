"""What stands before every route: the key, the rate of an address, the size of a body, headers and counting."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.server.keys import Keys, NamedKey
from qa.server.prefix import path_of
from qa.server.problems import Problem, internal
from qa.server.rates import Rate
from qa.server.service import LOG, Service
from qa.server.settings import Settings

BATCH = "/ask/batch"

OPEN = ("/", "/healthz", "/readyz", "/browse", "/check", "/read", "/widget.js", "/docs", "/docs.css", "/openapi.json")
OPEN_BELOW = ("/assets/", "/read/", "/page/")
"""What never asks for a key: health, the API's description, and the pages, which hold nothing of the documents."""

PUBLIC = {
    "/ask": ("GET", "POST"),
    "/search": ("POST",),
    "/audit": ("POST",),
    "/verify": ("POST",),
    "/documents": ("GET",),
}
PUBLIC_BELOW = "/documents/"
"""What a public service lets anyone do without a key."""

RATED = ("/ask", "/search", "/audit", "/verify", "/documents", "/feedback", "/v1/", "/mcp")
"""What a rate bounds: the rest costs nothing."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


class Guard:
    """The middleware that lets a request through to the routes of a service, or answers with a problem.

    It catches what a route fails to catch: the cause goes to the log, the caller is told of a bug.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service
        keys = service.settings.all_keys
        self._keys = Keys(keys)
        self._rates = {key.name: Rate(key.rate, whom=f"the key {key.name!r}") for key in keys if key.rate}
        rate = service.settings.address_rate
        self._rate = Rate(rate) if rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reply = _Reply(send)
        try:
            self._check(scope)
            await self._app(scope, _bounded(receive, path_of(scope), self._service.settings), reply)
        except Problem as problem:
            self._service.measures.failed(problem.code)
            await self._tell(problem, scope, receive, reply)
        except Exception:
            LOG.exception("%s %s failed", scope["method"], scope["path"])
            if reply.status:
                raise
            await self._tell(internal(), scope, receive, reply)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._service.measures.requested(method, route, reply.status)

    def _check(self, scope: Scope) -> None:
        """Raises Problem where the request may not be served."""
        path, method = path_of(scope), scope["method"]
        headers = Headers(scope=scope)
        check_host(headers.get("host", ""), self._service.settings.hosts)
        key = self._keys.opened(headers.get("authorization", ""))
        free = is_open(path) or (self._service.settings.public and is_public(path, method))
        if key is None and not free and (self._keys.wanted or self._service.settings.public):
            raise Problem(
                401,
                "unauthorized",
                "This needs the service's key: send the header Authorization: Bearer KEY.",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if key is not None and (lacking := key.lacks(path)):
            if not free:
                raise _forbidden(key, lacking)
            key = None  # what anyone may do, this caller may do as anyone
        if path.startswith(RATED):
            if key is None and self._rate is not None:
                self._rate.check(scope)
            elif key is not None and key.name in self._rates:
                self._rates[key.name].count(key.name)
        if key is not None and not is_open(path):
            self._service.measures.used_key(key.name)
        if (length := headers.get("content-length", "")).isdigit():
            check_length(int(length), body_limit(path, self._service.settings))

    async def _tell(self, problem: Problem, scope: Scope, receive: Receive, reply: _Reply) -> None:
        response: Response = problem.response()
        if path_of(scope).startswith("/v1/"):
            from qa.server.openai_failures import problem_reply  # its clients read errors in another shape

            response = problem_reply(problem)
        await response(scope, receive, reply)


def _forbidden(key: NamedKey, lacking: str) -> Problem:
    return Problem(
        403,
        "forbidden",
        f"The key {key.name!r} has the rights {', '.join(sorted(key.rights))}; this needs {lacking}. "
        "Use another key, or have the right added to the service's file of keys.",
    )


def check_host(host: str, known: tuple[str, ...]) -> None:
    """Raises Problem 421 where a service is called by a name that is not its own; with none known any will do.

    A page of another site can have its own name lead to this machine, and then reads what is served here as its own.
    """
    name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
    if known and name.lower() not in known:
        raise Problem(
            421,
            "misdirected",
            f"This service answers to {' or '.join(known)}, not to {name[:100]!r}; behind a proxy, start it with "
            "--trusted-proxy or with a key in QA_API_KEY.",
        )


def is_open(path: str) -> bool:
    """Whether a path never asks for a key."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def is_public(path: str, method: str) -> bool:
    """Whether a public service serves this to anyone.

    >>> is_public("/ask", "POST"), is_public("/ask/batch", "POST"), is_public("/documents/a", "GET")
    (True, False, True)
    """
    methods = PUBLIC["/documents"] if path.startswith(PUBLIC_BELOW) else PUBLIC.get(path, ())
    return method in methods


def body_limit(path: str, settings: Settings) -> int:
    """The largest body that a path takes, in bytes."""
    return settings.batch_bytes if path == BATCH else settings.body_bytes


def check_length(length: int, limit: int) -> None:
    """Raises Problem 413 where a body is too large."""
    if length > limit:
        raise Problem(413, "too_large", f"The body is larger than {limit:,} bytes; send less, or in parts.")


def _bounded(receive: Receive, path: str, settings: Settings) -> Receive:
    """The receiver of a request; raises Problem where the body grows too large (413) or does not come (408)."""
    limit, taken, complete = body_limit(path, settings), 0, False

    async def bounded() -> Message:
        nonlocal taken, complete
        try:
            # Once the body is there, what comes next is that the caller has gone: that is waited for.
            async with asyncio.timeout(None if complete else settings.time_limit):
                message = await receive()
        except TimeoutError:
            raise Problem(
                408, "too_slow_body", f"The body has not come within {settings.time_limit:g} s; send the request again."
            ) from None
        if message["type"] == "http.request":
            complete = not message.get("more_body", False)
            taken += len(message.get("body", b""))
            check_length(taken, limit)
        return message

    return bounded


class _Reply:
    """The sender of a response: adds the headers that are not there and remembers the status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if "etag" not in headers:
                headers.setdefault("cache-control", "no-store")
        await self._send(message)
