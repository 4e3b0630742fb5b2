"""``qa ask``: answers one question, or a batch of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, Any

import click

from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_BAD_INPUT,
    EXIT_REFUSED,
    calibration_option,
    check_one_threshold,
    cluster_option,
    confidence_option,
    documents_options,
    from_command_line,
    json_option,
    open_engine,
    print_json,
    reader_option,
    threads_option,
    where_option,
)

if TYPE_CHECKING:
    from qa.answers import Answer


@click.command()
@click.argument("words", nargs=-1, metavar="[QUESTION]")
@documents_options
@where_option
@json_option
@click.option("--top", type=click.IntRange(1, 50), default=3, show_default=True, help="Answers to give, best first.")
@confidence_option
@calibration_option
@reader_option
@threads_option
@click.option("--receipt", is_flag=True, help="Print a receipt in JSON, which qa verify can replay.")
@click.option("--batch", metavar="FILE", help="Questions, one a line or as JSON; - is stdin.")
@cluster_option
def ask(
    words: tuple[str, ...],
    folder: str | None,
    sources: tuple[str, ...],
    where: tuple[str, ...],
    as_json: bool,
    top: int,
    min_confidence: float | None,
    calibration: str | None,
    reader: str | None,
    threads: int,
    receipt: bool,
    batch: str | None,
    cluster: str | None,
) -> int:
    """Answer QUESTION from the documents, or refuse with the reason.

    With neither --index nor --source the default article is asked.
    """
    question = " ".join(words)
    if len(words) > 1:
        raise click.UsageError(f'put the question in quotes: qa "{question}"')
    if bool(words) == (batch is not None):
        raise click.UsageError('give one question, as in qa "when were visas abolished?", or --batch FILE')
    check_one_threshold(min_confidence)
    if receipt and batch is not None:
        raise click.UsageError("--receipt is of one question; qa verify reads the answers of a batch as they are")
    if receipt and where:
        raise click.UsageError("--receipt is of all documents, as qa verify replays it; leave out --where")
    questions = _open_batch(batch) if batch is not None else None
    options: dict[str, Any] = {"top": top, "min_confidence": min_confidence, "where": where}
    if cluster is not None:
        if questions is None or sources or folder is None:
            raise click.UsageError("--cluster ADDRESS answers a batch from an index: give --batch FILE and --index DIR")
        if calibration is not None:
            raise click.UsageError("a cluster takes no calibration; give its threshold with --min-confidence")
        from qa.cluster import ask_many

        asked = partial(ask_many, folder=folder, address=cluster, reader=reader, threads=threads, **options)
        return _ask_batch(questions, asked, as_json=as_json)
    engine = open_engine(folder, sources, reader=reader, threads=threads, calibration=calibration)
    if questions is not None:
        return _ask_batch(questions, partial(engine.ask_many, **options), as_json=as_json)
    answer = engine.ask(question, **options)
    least = 0.0 if from_command_line("top") else terminal.LEAST
    if receipt:
        from qa.audit import receipt_of

        print_json(receipt_of(engine, answer, top=top, min_confidence=min_confidence).to_dict())
    elif as_json:
        print_json(answer.to_dict())
    else:
        terminal.echo(terminal.answer_lines(answer, least=least))
    return EXIT_ANSWERED if answer.answered else EXIT_REFUSED


def _open_batch(path: str) -> IO[bytes]:
    """The questions of a file, or of stdin; raises OSError where the file cannot be read."""
    if path == "-" and sys.stdin is None:
        raise click.UsageError("--batch -: stdin is closed; pipe the questions in, or name a file")
    opened: IO[bytes] = click.get_current_context().with_resource(click.open_file(path, "rb"))
    return opened


def _ask_batch(batch: IO[bytes], ask_many: Callable[[Iterable[str]], Iterator[Answer]], *, as_json: bool) -> int:
    from qa.batch import answered, read_batch

    code = EXIT_ANSWERED
    for line, answer in answered(read_batch(batch), ask_many):
        if answer is None:
            code = EXIT_BAD_INPUT
        if as_json:
            found = {"line": line.number, "error": line.error} if answer is None else answer.to_dict()
            print_json({**line.fields, **found})
        elif answer is None:
            terminal.echo([f"line {line.number}: {wording.printable(line.error or '')}", ""])
        else:
            terminal.echo([f"? {wording.printable(line.question)}", *terminal.answer_lines(answer), ""])
    return code
