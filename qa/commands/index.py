"""``qa index``: writes an index folder, brings one up to date, takes documents out of one, or checks one."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.web.addresses import is_address as is_page
from index.folder.addresses import is_address
from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    cluster_option,
    every_option,
    json_option,
    print_json,
    progress_bar,
    say_skipped,
    size,
    watch_option,
)

if TYPE_CHECKING:
    from corpus.skipped import SkippedFile
    from index.updating.changes import Changes
    from qa.engine import Engine


@click.command("index")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-o", "--output", metavar="DIR", help="The index folder to write.")
@click.option(
    "--update",
    is_flag=True,
    help="Read only what has changed, at PATH... or at all that the index was built from; a new PATH is added.",
)
@click.option("--check", is_flag=True, help="Like --update, and compare every file's content, whatever its time says.")
@click.option(
    "--remove",
    "names",
    multiple=True,
    metavar="PATH",
    help="Take a file, a folder or a document (by id) out of the index; repeatable.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="How long to wait for another writer of the index; 0 is not at all (default: until it is done).",
)
@click.option(
    "--memory",
    type=size,
    metavar="SIZE",
    help="About how much memory to use, as in 2GB; the rest goes to files beside the index (default: all it takes).",
)
@click.option("--verify", metavar="DIR", help="Check every file of an index against its hash, and write nothing.")
@click.option("--test", "expected", metavar="FILE", help="Then test it, as qa test FILE does.")
@watch_option
@every_option
@cluster_option
@click.option("--shards", type=click.IntRange(1, 99_999), metavar="N", help="Shards to build with --cluster.")
@click.option(
    "--pages", type=click.IntRange(1), metavar="N", help="How many pages of a sitemap to read at most (default: 1000)."
)
@click.option("--allow-private", is_flag=True, help="Fetch pages from a private or loopback address too.")
@json_option
def index_command(
    paths: tuple[str, ...],
    output: str | None,
    update: bool,
    check: bool,
    names: tuple[str, ...],
    wait: float | None,
    memory: int | None,
    verify: str | None,
    expected: str | None,
    watch: bool,
    every: float | None,
    cluster: str | None,
    shards: int | None,
    pages: int | None,
    allow_private: bool,
    as_json: bool,
) -> int:
    """Read files, folders and web pages at PATH... and write an index folder."""
    update = update or check or (watch and memory is None)
    _check_usage(click.get_current_context().params | {"update": update})
    if verify is not None:
        return _verify(verify, as_json=as_json)
    assert output is not None, "checked with the rest of the usage"
    from corpus.web.limits import WebLimits
    from index.folder.layout import copies_beside, scratch_beside
    from index.folder.lock import writing
    from qa import opening, updating

    skipped: list[SkippedFile] = []
    changes: Changes | None = None
    kept = copies_beside(output)
    web = WebLimits.usual(allow_private=allow_private, pages=pages, place=os.fspath(kept))
    lock = nullcontext() if is_address(output) else writing(output, wait=wait, on_wait=terminal.say)
    with lock, progress_bar("indexing", "documents") as progress:
        if cluster is not None:
            from qa import cluster as machines

            built = machines.build(
                paths, output, address=cluster, shards=shards, on_skip=skipped.append, progress=progress
            )
        elif names:
            changes = updating.remove(output, names)
        elif update:
            changes = updating.update(
                output, paths, on_skip=skipped.append, progress=progress, memory=memory, check=check, web=web
            )
        else:
            place = scratch_beside(output)
            built = opening.build(
                paths, on_skip=skipped.append, progress=progress, memory=memory, scratch=place, web=web
            )
            built.save(output)
            _drop_unused(kept, built)
    for file in skipped:
        say_skipped(file)
    if changes is not None and changes.rebuilt is not None:
        terminal.say(f"everything was read anew, because the index was built with {changes.rebuilt}")
    if as_json:
        _print_counts(output, built.counts() if changes is None else changes.to_dict(), skipped)
    else:
        done = built.summary() if changes is None else changes.summary()
        terminal.echo([f"{wording.printable(output)}: {done}, {_left_out(output, skipped)}"])
    if watch:
        return _watch(output, expected, every=every, skipped=skipped, as_json=as_json)
    return _tested(expected, output, as_json=as_json)


def _drop_unused(kept: Path, built: Engine) -> None:
    """Deletes copies of pages that an earlier index in the same place was built from."""
    if kept.is_dir() and (origin := built.index.origin) is not None:
        from corpus.web.copies import drop_unused

        drop_unused(kept, map(origin.full, origin.roots))


def _watch(output: str, expected: str | None, *, every: float | None, skipped: list[SkippedFile], as_json: bool) -> int:
    """Keeps an index up with its files until Ctrl-C or SIGTERM, and tells of each round that changed something."""
    import signal

    from qa.watching import EVERY, Rounds, Watch

    def done(changes: Changes) -> None:
        if as_json:
            _print_counts(output, changes.to_dict(), sorted(rounds.told, key=lambda file: file.path))
        else:
            terminal.echo([f"{wording.printable(output)}: {changes.summary()}, {_left_out(output, [*rounds.told])}"])
        _tested(expected, output, as_json=as_json)

    rounds = Rounds(output, done=done, skipped=say_skipped)
    rounds.told.update(skipped)
    _tested(expected, output, as_json=as_json)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        terminal.say(f"watching the files of {output} (Ctrl-C stops)")
        Watch(output, rounds, every=every or EVERY, say=terminal.say).run()
    except KeyboardInterrupt:
        terminal.say("stopped")
    return EXIT_ANSWERED


def _tested(expected: str | None, folder: str, *, as_json: bool) -> int:
    """The exit code of the tests of an index that was written; there may be none."""
    if expected is None:
        return EXIT_ANSWERED
    from qa.commands.test import run_tests
    from qa.opening import open as open_folder

    return run_tests(expected, lambda: open_folder(folder), as_json=as_json)


def _print_counts(output: str, counts: dict[str, Any], skipped: list[SkippedFile]) -> None:
    """Prints as JSON what was indexed and what was not."""
    causes = [{"path": file.path, "cause": file.cause} for file in skipped if not file.replaced]
    bad = [{"path": file.path, "cause": file.cause, "bytes": file.replaced} for file in skipped if file.replaced]
    dropped = _dropped(output)[0]
    print_json({"index": output, **counts, "skipped": causes, "replaced": bad, "dropped": dropped})


def _left_out(output: str, skipped: list[SkippedFile]) -> str:
    """What was not indexed, in words."""
    bad = sum(file.replaced for file in skipped)
    words = f"{sum(not file.replaced for file in skipped)} skipped"
    if bad:
        words += f", {bad:,} bad {'byte' if bad == 1 else 'bytes'} replaced"
    parts, documents = _dropped(output)
    if parts:
        of = f"{wording.counted(parts, 'part')} of {wording.counted(documents, 'document')}"
        words += f", {of} dropped (qa show --dropped --index {shlex.quote(output)} lists them)"
    return words


def _dropped(output: str) -> tuple[int, int]:
    """How many parts were left out of the documents of an index, and of how many."""
    if is_address(output):
        return 0, 0
    from qa import opening

    return opening.open(output).index.dropped_counts()


def _check_usage(given: Mapping[str, Any]) -> None:
    """Raises UsageError where options do not go together."""
    if given["watch"] and (given["verify"] or given["names"] or given["cluster"]):
        raise click.UsageError("--watch keeps an index up with its files, without --verify, --remove and --cluster")
    if given["every"] is not None and not given["watch"]:
        raise click.UsageError("--every SECONDS is for --watch")
    if given["verify"] is not None:
        others = ("paths", "output", "update", "names", "cluster", "shards", "memory", "expected")
        if any(given[name] for name in others) or given["wait"] is not None:
            raise click.UsageError("--verify DIR checks one index and takes nothing else but --json")
        return
    if given["output"] is None or not (given["paths"] or given["update"] or given["names"]):
        raise click.UsageError(
            "give the files or folders to read and -o DIR, as in qa index handbook/ -o handbook.index"
        )
    memory = given["memory"] is not None
    if given["names"] and (given["paths"] or given["update"] or given["cluster"] or memory):
        raise click.UsageError("--remove PATH takes something out of an index, and goes alone")
    shared = given["shards"] is not None or is_address(given["output"])
    _check_cluster(given["cluster"], given["paths"], alone=given["update"] or memory, shared=shared)
    if memory and (given["update"] or given["names"]):
        raise click.UsageError("--memory SIZE is for building an index, and goes without --update and --remove")


def _check_cluster(cluster: str | None, paths: Sequence[str], *, alone: bool, shared: bool) -> None:
    """Raises UsageError where options that are for one machine, or for several, do not go with --cluster."""
    if cluster is not None and alone:
        raise click.UsageError("--cluster ADDRESS builds an index anew, from PATH..., without --update and --memory")
    if cluster is not None and any(map(is_page, paths)):
        raise click.UsageError("--cluster ADDRESS reads files that every worker sees; index web pages without it")
    if cluster is None and shared:
        raise click.UsageError("--shards N, and -o with an address as in s3://..., go with --cluster ADDRESS")


def _verify(folder: str, *, as_json: bool) -> int:
    from qa import opening

    opened = opening.open(folder, verify=True)
    if as_json:
        print_json({"index": folder, **opened.counts()})
    else:
        terminal.echo([f"{wording.printable(folder)}: whole; {opened.summary()}"])
    return EXIT_ANSWERED
