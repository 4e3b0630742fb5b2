"""``qa index``: writes an index folder, or checks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qa.commands.options import EXIT_ANSWERED, json_option, print_json, progress_bar, say_skipped

if TYPE_CHECKING:
    from corpus.sources import SkippedFile


@click.command("index")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("-o", "--output", metavar="DIR", help="The index folder to write.")
@click.option("--verify", metavar="DIR", help="Check every file of an index against its hash, and write nothing.")
@json_option
def index_command(paths: tuple[str, ...], output: str | None, verify: str | None, as_json: bool) -> int:
    """Read files and folders at PATH... and write an index folder."""
    from qa import engine

    if verify is not None:
        if paths or output:
            raise click.UsageError("--verify DIR checks one index and takes nothing else")
        opened = engine.open(verify, verify=True)
        click.echo(f"{verify}: whole; {opened.summary()}")
        return EXIT_ANSWERED
    if not paths or output is None:
        raise click.UsageError(
            "give the files or folders to read and -o DIR, as in qa index handbook/ -o handbook.index"
        )
    skipped: list[SkippedFile] = []
    with progress_bar("indexing") as progress:
        built = engine.build(paths, on_skip=skipped.append, progress=progress)
    built.save(output)
    for file in skipped:
        say_skipped(file)
    if as_json:
        causes = [{"path": file.path, "cause": file.cause} for file in skipped]
        print_json({"index": output, **built.counts(), "skipped": causes})
    else:
        click.echo(f"{output}: {built.summary()}, {len(skipped)} skipped")
    return EXIT_ANSWERED
