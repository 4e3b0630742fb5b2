"""Runs a service: one process, or several that share a listening socket and the memory-mapped index."""

from __future__ import annotations

import math
import os
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors.multiprocess import Multiprocess

from corpus.errors import SettingError
from index.terms.analysis import remember_words
from qa import opening
from qa.calibration import Calibration
from qa.engine import Engine
from qa.server.settings import Settings

FINISH_SECONDS = 60
"""How long what is in flight may take to finish after the service is told to stop, at least."""

SWITCH_SECONDS = 0.001
"""How long a thread that reads may keep the interpreter from the one that serves: a fifth of Python's own."""

REMEMBERED_WORDS = 10_000
"""How many distinct words are remembered: about 1.5 MB."""


# How long a worker may be silent, as while it imports on a busy machine, before it is replaced by another.
_STARTING = 60  # seconds


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service listens, and in how many processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1

    def url(self, listening: socket.socket) -> str:
        """The address to ask at, as it is bound."""
        port = listening.getsockname()[1]
        return f"http://[{self.host}]:{port}" if ":" in self.host else f"http://{self.host}:{port}"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a worker gets its engine: an index folder, or without one the default article, and its calibration."""

    folder: str | None
    reader: str | None
    threads: int
    calibration: Calibration | None = None

    def engine(self) -> Engine:
        """The engine, opened; what its calibration leaves in doubt was told before there were workers."""
        if self.folder is None:
            engine = opening.default(reader=self.reader, threads=self.threads)
        else:
            engine = opening.open(self.folder, reader=self.reader, threads=self.threads)
        return engine if self.calibration is None else engine.calibrated(self.calibration, on_doubt=lambda _: None)


def listen(place: Address) -> socket.socket:
    """The socket that a service listens on.

    Raises SettingError where the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        listening = socket.create_server((place.host, place.port), family=family, backlog=2048)
        # Each connection takes this over. asyncio sets it only on sockets that were made with their protocol named:
        # without it a reply's body waits 40 ms for the caller to acknowledge its head.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        cause = os.strerror(number) if number > 0 else "no such address"
        raise SettingError(
            f"cannot listen on {place.host}, port {place.port} ({cause}); choose another with --host and --port"
        ) from None
    listening.set_inheritable(True)
    return listening


def run(engine: Engine, settings: Settings, place: Address, listening: socket.socket) -> None:
    """Serves one engine from this process until it is told to stop, and finishes what is in flight."""
    from qa.server.app import create_app

    _settle()
    # The server raises the signal that stopped it once more when it is done: that is not an error.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _pass)
    config = _config(partial(create_app, engine, settings=settings), settings, place)
    uvicorn.Server(config).run(sockets=[listening])


def run_workers(opening: Opening, settings: Settings, place: Address, listening: socket.socket) -> None:
    """Serves from several processes, each with its own reader, over one memory-mapped index."""
    with tempfile.TemporaryDirectory(prefix="citespan-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        config = _config(partial(_worker, opening, settings), settings, place)
        _Workers(config, [listening]).run()


def _worker(opening: Opening, settings: Settings) -> FastAPI:
    from qa.server.app import create_app

    _settle()
    return create_app(opening.engine(), settings=settings)


class _Workers(Multiprocess):
    """The workers of a service; SIGHUP is handed on, so that each opens the index anew without a pause."""

    def handle_hup(self) -> None:
        """Tells every worker to open the index anew."""
        for process in self.processes:
            if process.pid is not None:
                os.kill(process.pid, signal.SIGHUP)


def _settle() -> None:
    """Makes a process fit to serve for long: health answers at once, and memory does not grow with what is asked."""
    sys.setswitchinterval(SWITCH_SECONDS)
    remember_words(REMEMBERED_WORDS)


def _config(make: partial[FastAPI], settings: Settings, place: Address) -> uvicorn.Config:
    return uvicorn.Config(
        make,
        factory=True,
        workers=place.workers,
        timeout_worker_healthcheck=_STARTING,
        log_level="info",
        access_log=False,  # an address line may hold a question
        server_header=False,
        proxy_headers=False,  # the application reads them itself: it must see who the proxy is
        timeout_graceful_shutdown=max(FINISH_SECONDS, math.ceil(settings.time_limit)),
        ws="none",
    )


def _pass(_number: int, _frame: FrameType | None) -> None:
    return None
