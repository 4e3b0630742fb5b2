"""The endpoint ``/mcp``: the MCP server of ``qa.mcp.server`` over streamable HTTP, behind the service's key and limits.

Every request stands alone (no sessions), so that any worker can serve it. The package ``mcp`` is an extra and slow
to import, so this module is imported only where the settings ask for it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from qa.answers import Answer
from qa.engine import Engine
from qa.mcp.server import Host, server
from qa.server.problems import Problem
from qa.server.service import Service

T = TypeVar("T")


class ServiceHost(Host):
    """A service as the host of an MCP server: its engine of the moment, its limits and its figures."""

    def __init__(self, service: Service) -> None:
        super().__init__(service.engine)
        self._service = service

    @property
    def engine(self) -> Engine:
        """The engine that the service asks now."""
        return self._service.engine

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, run within the service's limits; raises Problem where one does not allow it."""
        return await self._service.run(work)

    def answered(self, answer: Answer, *, seconds: float) -> None:
        """Counts the answer among the service's."""
        self._service.measures.answered(answer, seconds=seconds)


class _Passed(Response):
    """A response that a session manager writes."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        super().__init__()
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        await self._manager.handle_request(scope, receive, send)


def router(service: Service) -> APIRouter:
    """The route ``/mcp``, which serves while the application's lifespan runs."""
    managers: list[StreamableHTTPSessionManager] = []

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        # A manager runs once; the application may be started again.
        manager = StreamableHTTPSessionManager(
            server(ServiceHost(service)),
            json_response=True,
            stateless=True,
            max_request_body_size=service.settings.body_bytes,
        )
        async with manager.run():
            managers[:] = [manager]
            yield

    routes = APIRouter(lifespan=lifespan, include_in_schema=False)

    @routes.api_route("/mcp", methods=["DELETE", "GET", "POST"])
    async def mcp(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and not allowed(origin, service.settings.cors):
            raise Problem(
                403,
                "foreign_origin",
                f"Pages of {origin[:200]} may not call this; start the service with --cors ORIGIN for those that may.",
            )
        return _Passed(managers[0])

    return routes


def allowed(origin: str, origins: tuple[str, ...]) -> bool:
    """Whether a page of an origin may call: one of this machine's own, or one that is listed.

    The protocol demands the check: a page of another site could else reach a server on a person's own machine.

    >>> allowed("http://localhost:6274", ()), allowed("https://example.org", ())
    (True, False)
    """
    if origin in origins or "*" in origins:
        return True
    try:
        host = urlsplit(origin).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
