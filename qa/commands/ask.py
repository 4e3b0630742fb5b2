"""``qa ask``: answers one question, or a batch of them."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from qa import terminal
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_BAD_INPUT,
    EXIT_REFUSED,
    confidence_option,
    json_option,
    open_engine,
    print_json,
    reader_option,
    threads_option,
    where,
)

if TYPE_CHECKING:
    from qa.engine import Engine


@click.command()
@click.argument("question", required=False)
@where
@json_option
@click.option("--top", type=click.IntRange(1, 50), default=3, show_default=True, help="Answers to give, best first.")
@confidence_option
@reader_option
@threads_option
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="Questions, one a line or as JSON; - is stdin.")
def ask(
    question: str | None,
    folder: str | None,
    sources: tuple[str, ...],
    as_json: bool,
    top: int,
    min_confidence: float | None,
    reader: str | None,
    threads: int,
    batch: IO[bytes] | None,
) -> int:
    """Answer QUESTION from the documents, or refuse with the reason.

    With neither --index nor --source the default article is asked.
    """
    if (question is None) == (batch is None):
        raise click.UsageError('give one question, as in qa "when were visas abolished?", or --batch FILE')
    engine = open_engine(folder, sources, reader=reader, threads=threads)
    if batch is not None:
        return _ask_batch(engine, batch, as_json=as_json, top=top, min_confidence=min_confidence)
    answer = engine.ask(question or "", top=top, min_confidence=min_confidence)
    if as_json:
        print_json(answer.to_dict())
    else:
        click.echo("\n".join(terminal.answer_lines(answer)))
    return EXIT_ANSWERED if answer.answered else EXIT_REFUSED


def _ask_batch(engine: Engine, batch: IO[bytes], *, as_json: bool, top: int, min_confidence: float | None) -> int:
    from qa.batch import read_batch

    code = EXIT_ANSWERED
    for line in read_batch(batch):
        if line.error is not None:
            code = EXIT_BAD_INPUT
            record = {**line.fields, "line": line.number, "error": line.error}
        else:
            answer = engine.ask(line.question, top=top, min_confidence=min_confidence)
            record = {**line.fields, **answer.to_dict()}
        if as_json:
            print_json(record)
        elif line.error is not None:
            click.echo(f"line {line.number}: {terminal.printable(line.error)}\n")
        else:
            click.echo("\n".join([f"? {terminal.printable(line.question)}", *terminal.answer_lines(answer), ""]))
    return code
