"""``qa serve``: answers over HTTP."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import SettingError
from index.folder.addresses import is_address
from qa import terminal
from qa.commands.hosts import names_of, say_if_open
from qa.commands.options import (
    EXIT_ANSWERED,
    calibration_option,
    documents_options,
    every_option,
    open_engine,
    reader_option,
    watch_option,
)

if TYPE_CHECKING:
    from qa.engine import Engine


@click.command()
@documents_options
@calibration_option
@reader_option
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Threads that read one question: more answer a lone caller sooner, and many callers later.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share the index."
)
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Keys with a name, rights (ask, search, feedback, metrics) and a rate each, in TOML.",
)
@click.option("--public", is_flag=True, help="Let anyone ask and read without the key, within the rate limit.")
@click.option(
    "--rate-limit",
    "rate",
    metavar="RATE",
    help='Requests from one address without the key, as in "60/minute" (the default with --public), in each worker.',
)
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin call; repeatable.")
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy whose X-Forwarded headers (For, Proto, Host, Prefix) are believed; repeatable.",
)
@click.option(
    "--root-path",
    default="",
    metavar="/PREFIX",
    help="The path under which a proxy serves this, whether or not it strips it.",
)
@click.option(
    "--feedback", type=click.Path(dir_okay=False), metavar="FILE", help="Append the verdicts of POST /feedback to FILE."
)
@click.option(
    "--in-flight",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Questions that may be read or wait at once, in each worker; more get 503.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="The longest that a question may take.",
)
@watch_option
@every_option
@click.option("--mcp", is_flag=True, help="Serve language models too, at /mcp (see qa mcp).")
def serve(
    folder: str | None,
    sources: tuple[str, ...],
    calibration: str | None,
    reader: str | None,
    threads: int,
    host: str,
    port: int,
    workers: int,
    keys_file: str | None,
    public: bool,
    rate: str | None,
    cors: tuple[str, ...],
    proxies: tuple[str, ...],
    root_path: str,
    feedback: str | None,
    in_flight: int,
    time_limit: float,
    watch: bool,
    every: float | None,
    mcp: bool,
) -> int:
    """Answer over HTTP: a page at /, the API described at /docs.

    With QA_API_KEY set, or --keys, requests need the header "Authorization: Bearer KEY". An index folder that is
    replaced is opened anew by itself, and on SIGHUP; SIGTERM and Ctrl-C finish what is in flight. With --watch the
    index is updated when its files change.
    """
    from qa.server.keys import read_keys
    from qa.server.running import Address, Opening, listen, run, run_workers
    from qa.server.settings import Settings
    from qa.watching import EVERY, beside

    if every is not None and not watch:
        raise click.UsageError("--every SECONDS is for --watch")
    place = Address(host, port, workers)
    key = os.environ.get("QA_API_KEY")
    keys = read_keys(keys_file) if keys_file is not None else ()
    settings = Settings(
        api_key=key,
        keys=keys,
        public=public,
        rate=rate,
        cors=cors,
        hosts=names_of(host, shared=bool(key or keys or public or proxies)),
        feedback=feedback,
        folder=None if sources else folder,
        in_flight=in_flight,
        time_limit=time_limit,
        mcp=mcp,
        root_path=root_path,
        proxies=proxies,
    )
    if mcp:
        from qa.commands.mcp import require_mcp

        require_mcp()
    if feedback is not None:
        _check_writable(feedback)
    engine = open_engine(folder, sources, reader=reader, threads=threads, calibration=calibration)
    if watch:
        _check_watchable(engine, folder, sources)
    with ExitStack() as stack:
        opened = None if sources else folder
        if sources and (watch or workers > 1):
            # Read once, then shared: the workers map the files of one index, and who watches writes there.
            opened = str(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="citespan-")), "index"))
            engine.save(opened)
        listening = stack.enter_context(listen(place))
        terminal.say(f"serving {engine.summary()} at {place.url(listening)} (Ctrl-C stops)")
        say_if_open(host, closed=bool(key or keys))
        if watch and opened is not None:
            settings = replace(settings, folder=opened)
            stack.enter_context(beside(opened, every=every or EVERY, say=terminal.say))
        if workers == 1:
            run(engine, settings, place, listening)
            return EXIT_ANSWERED
        promised = engine.calibration
        del engine
        run_workers(Opening(opened, reader, threads, promised), settings, place, listening)
    return EXIT_ANSWERED


def _check_watchable(engine: Engine, folder: str | None, sources: tuple[str, ...]) -> None:
    """Raises an error where what is asked has no files that could be watched, or no index that could be updated."""
    if not sources and not folder:
        raise click.UsageError("--watch is for files: give --index DIR or --source PATH")
    if not sources and folder and is_address(folder):
        raise SettingError(f"{folder}: is an address, and only an index in a folder of this machine can be updated")
    if engine.index.origin is None or not engine.index.origin.roots:
        raise SettingError(f"{folder}: was not built from files, so there is nothing to watch")


def _check_writable(path: str) -> None:
    """Raises SettingError where a file cannot be appended to."""
    try:
        with Path(path).open("ab"):
            pass
    except OSError as error:
        raise SettingError(
            f"{path}: verdicts cannot be appended ({error.strerror}); name another file with --feedback"
        ) from None
