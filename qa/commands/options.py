"""What the commands share: options, the engine they name, progress and JSON lines."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import CitespanError, IndexFolderError
from corpus.paths import shown
from corpus.patterns import pattern
from qa import terminal
from qa.readers import DEFAULT_READER, THREADS, load_reader

if TYPE_CHECKING:
    from corpus.sources import SkippedFile
    from corpus.web.limits import WebLimits
    from qa.engine import Engine

_FILE_NAME_BYTE = pattern("[\udc80-\udcff]")  # how Python holds a byte that is no UTF-8

_ALLOWED = "qa.allow_private"

EXIT_ANSWERED, EXIT_REFUSED, EXIT_USAGE, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


def documents_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say which documents it asks."""
    for option in reversed(
        [
            click.option(
                "--index",
                "folder",
                envvar="QA_INDEX",
                metavar="DIR",
                help="The index folder to ask (default: $QA_INDEX).",
            ),
            click.option(
                "--source",
                "sources",
                multiple=True,
                metavar="PATH",
                help="A file, a folder or an address to read and ask at once; repeatable.",
            ),
            click.option(
                "--allow-private",
                is_flag=True,
                expose_value=False,
                callback=lambda context, _, value: context.meta.update({_ALLOWED: value}),
                help="Fetch a --source from a private or loopback address too.",
            ),
        ]
    ):
        command = option(command)
    return command


where_option = click.option(
    "--where",
    "where",
    multiple=True,
    metavar="CONDITION",
    help="Only documents whose metadata meet it: key=value (or != < <= > >=, ~ for holds); repeatable, all must hold.",
)


def size(text: str) -> int:
    """The number of bytes that "2GB", "500 MB", "1.5g" or plain digits stand for; raises click.BadParameter.

    >>> size("1.5 GB"), size("300k")
    (1500000000, 300000)
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d*)?)\s*([kmgt]?)i?b?\s*", text, re.IGNORECASE)
    count = float(found[1]) * 1000 ** " kmgt".index(found[2].lower() or " ") if found else 0.0
    if count < 1:
        raise click.BadParameter(f"{text!r} is no size; expected bytes, as in 500MB or 2GB")
    return int(count)


watch_option = click.option("--watch", is_flag=True, help="Keep the index up with its files while they change.")
every_option = click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="With --watch: how long from one look at the files to the next (default: 2).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
reader_option = click.option("--reader", metavar="NAME", help="The reader to use (see the README).")
threads_option = click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=THREADS,
    show_default=True,
    metavar="N",
    help="Threads that read one question.",
)
cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have a cluster of dask.distributed do it, as in tcp://host:8786 (needs citespan[cluster]).",
)
confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Refuse below this probability of being right, 0 to 1.",
)
calibration_option = click.option(
    "--calibration",
    envvar="QA_CALIBRATION",
    metavar="FILE",
    help="Refuse under the threshold that qa calibrate wrote to FILE (default: $QA_CALIBRATION).",
)


def open_engine(
    folder: str | None,
    sources: tuple[str, ...],
    *,
    reader: str | None = None,
    threads: int = THREADS,
    reads: bool = True,
    calibration: str | None = None,
) -> Engine:
    """The engine over the named index or sources; over the default article where neither is named.

    Where it ``reads``, a reader that cannot be loaded is told before anything else is done. With the file of a
    ``calibration`` it refuses under that threshold; on stderr it is told why its promise may not hold.
    """
    if calibration is not None:
        return _calibrated(open_engine(folder, sources, reader=reader, threads=threads), calibration)
    from qa import opening

    if reads:
        load_reader(reader or DEFAULT_READER, threads=threads)
    check_named_once(folder, sources)
    if sources:
        with progress_bar("reading", "documents") as progress:
            return opening.build(
                sources, reader=reader, threads=threads, on_skip=say_skipped, progress=progress, web=_web(sources)
            )
    if folder:
        try:
            return opening.open(folder, reader=reader, threads=threads)
        except IndexFolderError as error:
            if from_command_line("folder"):
                raise
            raise IndexFolderError(f"{error} ($QA_INDEX names this folder)") from error
    return opening.default(reader=reader, threads=threads)


def _web(sources: tuple[str, ...]) -> WebLimits | None:
    """The bounds within which addresses among the sources are fetched, if there are any."""
    from corpus.web.addresses import is_address

    if not any(map(is_address, sources)):
        return None
    from corpus.web.limits import WebLimits

    return WebLimits.usual(allow_private=bool(click.get_current_context().meta.get(_ALLOWED)))


def _calibrated(engine: Engine, path: str) -> Engine:
    from qa.calibration import Calibration

    try:
        return engine.calibrated(Calibration.load(path), on_doubt=terminal.say)
    except CitespanError as error:
        if from_command_line("calibration"):
            raise
        raise type(error)(f"{error} ($QA_CALIBRATION is {path})") from error


def check_one_threshold(min_confidence: float | None) -> None:
    """Raises UsageError where a command was given a threshold and a calibration as well."""
    if min_confidence is not None and from_command_line("calibration"):
        raise click.UsageError("give --min-confidence or --calibration, not both: another threshold breaks its promise")


def check_named_once(folder: str | None, sources: tuple[str, ...]) -> None:
    """Raises UsageError where a command was given an index and sources as well."""
    if sources and folder and from_command_line("folder"):
        raise click.UsageError("give --index or --source, not both")


def from_command_line(option: str) -> bool:
    """Whether an option was typed, rather than taken from the environment or its default."""
    return click.get_current_context().get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def say_skipped(skipped: SkippedFile) -> None:
    """Says on stderr what was left out, or read with bytes replaced."""
    what = "" if skipped.replaced else "skipped "
    terminal.say(f"{what}{shown(f'{skipped.path}: {skipped.cause}')}")


@contextmanager
def progress_bar(what: str, unit: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A progress callable (done, total) that draws a bar of what is counted on a terminal, and None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    bar = tqdm(desc=what, unit=f" {unit}", leave=False, file=sys.stderr, delay=0.5)

    def advance(done: int, total: int | None) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield advance
    finally:
        bar.close()


def print_json(record: dict[str, Any]) -> None:
    """One line of JSON on stdout, in ASCII where stdout cannot hold its characters."""
    line = json.dumps(record, ensure_ascii=False)
    if _FILE_NAME_BYTE.search(line):  # of a file name that is no UTF-8
        line = _FILE_NAME_BYTE.sub(lambda found: json.dumps(shown(found[0]))[1:-1], line)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(record)
    click.echo(line)
