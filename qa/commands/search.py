"""``qa search``: ranks passages."""

from __future__ import annotations

import click

from index.wording.understanding import understand
from qa import terminal
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_REFUSED,
    documents_options,
    json_option,
    open_engine,
    print_json,
    where_option,
)


@click.command()
@click.argument("words")
@documents_options
@where_option
@json_option
@click.option("-k", "--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="Passages to give.")
def search(
    words: str, folder: str | None, sources: tuple[str, ...], where: tuple[str, ...], as_json: bool, top: int
) -> int:
    """Rank the passages for WORDS, best first."""
    engine = open_engine(folder, sources, reads=False)
    hits = engine.search(words, k=top, where=where)
    terminal.echo(terminal.did_you_mean_lines(understand(words, engine.index).did_you_mean), err=True)
    for rank, hit in enumerate(hits, start=1):
        if as_json:
            print_json({"rank": rank, **hit.to_dict()})
        else:
            terminal.echo(terminal.passage_lines(rank, hit.score, hit.passage))
    if not hits and not as_json:
        click.echo("no passage holds any of these words", err=True)
    return EXIT_ANSWERED if hits else EXIT_REFUSED
