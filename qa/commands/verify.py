"""``qa verify``: saved answers checked against the sources."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from corpus.errors import DataError
from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_REFUSED,
    documents_options,
    json_option,
    open_engine,
    print_json,
    reader_option,
    threads_option,
)

if TYPE_CHECKING:
    from qa.audit import Verification

_COLOURS = {"verified": "green", "moved": "yellow", "nothing": "yellow"}


@click.command()
@click.argument("file", metavar="FILE")
@documents_options
@click.option("--allow-moved", is_flag=True, help="A quote that still stands in a changed document is no failure.")
@click.option("--replay", is_flag=True, help="Ask each question again as well, and compare the answers.")
@reader_option
@threads_option
@json_option
def verify(
    file: str,
    folder: str | None,
    sources: tuple[str, ...],
    allow_moved: bool,
    replay: bool,
    reader: str | None,
    threads: int,
    as_json: bool,
) -> int:
    """Check saved answers against the sources: is each quote still where it was?

    FILE holds one JSON a line, as qa ask --json, /ask or /v1 give it; - is stdin. Exit code 1 where anything fails.
    """
    if file == "-" and sys.stdin is None:
        raise click.UsageError("-: stdin is closed; pipe the answers in, or name a file")
    lines = click.get_current_context().with_resource(click.open_file(file, "rb"))
    engine = open_engine(folder, sources, reader=reader, threads=threads, reads=replay)
    from qa.audit import read_saved, verify_saved

    counts: Counter[str] = Counter()
    failed = 0
    try:
        for saved in read_saved(lines):
            found = verify_saved(engine, saved, replay=replay)
            failed += not (found.ok or (allow_moved and found.only_moved))
            counts[found.status] += 1
            if as_json:
                print_json(found.to_dict())
            else:
                terminal.echo(_lines(found))
    except DataError as error:
        raise DataError(f"{file}: {error}") from None
    if not as_json:
        told = ", ".join(f"{count:,} {status.replace('_', ' ')}" for status, count in counts.most_common())
        click.echo(f"{counts.total():,} checked: {told}" + (f"; {failed:,} failed" if failed else ""))
    return EXIT_REFUSED if failed else EXIT_ANSWERED


def _lines(found: Verification) -> list[str]:
    """What is shown of one saved answer: a line, and why where it fails."""
    word = found.status if found.ok or found.status != "verified" else "differs"
    head = click.style(f"{word.replace('_', ' '):<12}", fg=_COLOURS.get(word, "red"))
    lines = [f"{head} {wording.printable(found.question) or f'line {found.line}'}"]
    told = [] if found.cause is None else [found.cause]
    told += [f"{check.place}: {check.cause}" for check in found.checks if check.cause is not None]
    if found.replay is not None and not found.replay.same:
        told.append(f"asked again: {'; '.join(found.replay.differences)}")
    lines += [f"    {wording.printable(line)}" for line in dict.fromkeys([*told, *found.notes])]
    return lines
