"""The HTTP application: one engine, and every way to ask it over a network."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from qa.engine import Engine
from qa.server import (
    asking,
    auditing,
    documents,
    feedback,
    health,
    openai,
    openapi,
    page,
    pictures,
    problems,
    reference,
    responses,
)
from qa.server.guard import Guard
from qa.server.proxied import Proxied
from qa.server.service import Service
from qa.server.settings import Settings
from qa.version import __version__

ROUTERS = (
    asking.router,
    auditing.router,
    pictures.router,
    documents.router,
    feedback.router,
    responses.router,
    openai.router,  # answers for what of /v1 is not there: after those that are
    health.router,
    page.router,
    reference.router,
)
"""Each makes the routes of one part, given the service."""

_DESCRIPTION = """Ask documents in plain words; get a verbatim, cited span or an honest refusal.

Every error is a problem (RFC 9457) whose `detail` says what to do and whose `code` names the cause for programs.
Positions are half-open, in Unicode code points of the document's text."""


def create_app(engine: Engine, *, settings: Settings | None = None) -> FastAPI:
    """The HTTP application that asks one engine, within the limits of the settings.

    Its ``state.service`` is the Service behind it.

    >>> import qa
    >>> app = create_app(qa.default(reader="lexical"))
    >>> sorted(app.openapi()["paths"])[:2]
    ['/ask', '/ask/batch']
    """
    service = Service(engine, settings=settings)
    app = FastAPI(
        title="citespan",
        version=__version__,
        summary="Questions answered from documents, with citations that can be checked.",
        description=_DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    for router in ROUTERS:
        app.include_router(router(service))
    if service.settings.mcp:
        from qa.server import mcp  # slow to import, and an extra

        app.include_router(mcp.router(service))
    problems.install(app)
    openapi.install(app, service.settings)
    app.add_middleware(Guard, service=service)
    if service.settings.cors:
        app.add_middleware(
            _Cors,
            allow_origins=service.settings.cors,
            allow_methods=["GET", "POST"],
            allow_headers=["*"],  # clients send headers of their own, the OpenAI ones a dozen
            expose_headers=["retry-after"],
        )
    app.add_middleware(Proxied, settings=service.settings)
    return app


class _Cors(CORSMiddleware):
    """Starlette's CORS, with a problem for what is not allowed."""

    def preflight_response(self, request_headers: Any) -> Response:
        """The answer to a browser that asks before it calls."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        told = "Pages of this origin may not call the service so; it is started with --cors ORIGIN for those that may."
        return problems.Problem(400, "cors", told).response()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Watches the index while the application runs, and opens it anew on SIGHUP."""
    service: Service = app.state.service
    loop = asyncio.get_running_loop()
    handled = hasattr(signal, "SIGHUP") and threading.current_thread() is threading.main_thread()
    tasks: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = loop.create_task(service.reload_soon())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    if handled:
        loop.add_signal_handler(signal.SIGHUP, reload)
    await service.start()
    try:
        yield
    finally:
        if handled:
            loop.remove_signal_handler(signal.SIGHUP)
        await service.stop()
