"""``qa mcp``: serves language models over the Model Context Protocol."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import SettingError
from qa import terminal
from qa.commands.hosts import names_of, say_if_open
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_INTERRUPTED,
    calibration_option,
    documents_options,
    from_command_line,
    open_engine,
    reader_option,
    threads_option,
)

if TYPE_CHECKING:
    from qa.engine import Engine


@click.command()
@documents_options
@calibration_option
@reader_option
@threads_option
@click.option("--http", is_flag=True, help="Serve streamable HTTP at /mcp instead of stdin and stdout.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="With --http: the port to listen on."
)
def mcp(
    folder: str | None,
    sources: tuple[str, ...],
    calibration: str | None,
    reader: str | None,
    threads: int,
    http: bool,
    host: str,
    port: int,
) -> int:
    """Serve language models over the Model Context Protocol (MCP).

    A chat application starts this command itself and speaks to it over stdin and stdout; with --http it listens.
    Tools: ask, search, read_document. Documents are resources. Needs the extra: pip install 'citespan[mcp]'.
    """
    if not http and (from_command_line("host") or from_command_line("port")):
        raise click.UsageError("--host and --port are for --http")
    require_mcp()
    engine = open_engine(folder, sources, reader=reader, threads=threads, calibration=calibration)
    watched = None if sources else folder
    if http:
        return _serve_http(engine, watched, host, port)
    return _serve_stdio(engine, watched)


def require_mcp() -> None:
    """Raises SettingError, with the command that installs it, where the package mcp cannot be imported."""
    try:
        import qa.mcp.server  # noqa: F401
    except ImportError as error:
        raise SettingError(
            f"MCP needs the package mcp, version 2 ({error}); install it with: pip install 'citespan[mcp]'"
        ) from error


def _serve_stdio(engine: Engine, folder: str | None) -> int:
    """Speaks the protocol over stdin and stdout until stdin ends; stdout carries nothing else."""
    import anyio
    from mcp.server.stdio import stdio_server

    from qa.mcp.server import Host, server

    served = server(Host(engine, folder))

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await served.run(incoming, outgoing, served.create_initialization_options())

    hint = "; waiting for an MCP client on stdin, Ctrl-C stops" if sys.stdin.isatty() else ""
    terminal.say(f"serving MCP over stdio: {engine.summary()}{hint}")
    # A thread waits on stdin and cannot be woken: without this, Ctrl-C would hang until the next line.
    signal.signal(signal.SIGINT, _stop)
    anyio.run(run)
    return EXIT_ANSWERED


def _stop(number: int, frame: Any) -> None:  # noqa: ARG001
    os.write(2, b"qa: stopped\n")
    os._exit(EXIT_INTERRUPTED)


def _serve_http(engine: Engine, folder: str | None, host: str, port: int) -> int:
    from qa.server.running import Address, listen, run
    from qa.server.settings import Settings

    place, key = Address(host, port), os.environ.get("QA_API_KEY")
    settings = Settings(api_key=key, folder=folder, mcp=True, hosts=names_of(host, shared=key is not None))
    with listen(place) as listening:
        terminal.say(f"serving MCP: {engine.summary()} at {place.url(listening)}/mcp (Ctrl-C stops)")
        say_if_open(host, closed=key is not None)
        run(engine, settings, place, listening)
    return EXIT_ANSWERED
