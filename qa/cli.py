"""The command line: every way to ask, index, look and measure from a shell.

Only what a command needs is imported, and only when it runs: asking must stay fast from a cold start.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from corpus.errors import CitespanError, SettingError
from qa import __version__, terminal

if TYPE_CHECKING:
    from corpus.sources import SkippedFile
    from qa.engine import Engine

EXIT_ANSWERED, EXIT_REFUSED, EXIT_USAGE, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


class QuestionGroup(click.Group):
    """A command group whose default command is ``ask``: ``qa "question"`` needs no verb."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            args = ["ask", *args]
        return super().parse_args(ctx, args)


@click.group(cls=QuestionGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qa")
def cli() -> None:
    """Ask your documents in plain words; get a verbatim, cited span or an honest refusal.

    qa "when were visas abolished?" is short for qa ask "when were visas abolished?".

    Exit codes: 0 answered, 1 refused or a check failed, 2 usage, 3 bad input or index.
    """


def main() -> None:
    """Runs the command line and exits with its code; every failure is one message, never a traceback."""
    try:
        code = cli.main(prog_name="qa", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = EXIT_USAGE
    except SettingError as error:
        code = _fail(str(error), EXIT_USAGE)
    except CitespanError as error:
        code = _fail(str(error), EXIT_BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        code = _fail("stopped", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (``qa ... | head``): no one is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_ANSWERED
    except MemoryError:
        code = _fail("out of memory; index fewer files at a time", EXIT_BAD_INPUT)
    except OSError as error:
        code = _fail(f"{error.filename or 'output'}: {error.strerror or error}", EXIT_BAD_INPUT)
    sys.exit(code)


def _fail(message: str, code: int) -> int:
    click.echo(f"qa: {terminal.printable(message)}", err=True)
    return code


def _where(command: Callable[..., Any]) -> Callable[..., Any]:
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
                help="A file or folder to read and ask at once; repeatable.",
            ),
        ]
    ):
        command = option(command)
    return command


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
_reader_option = click.option("--reader", metavar="NAME", help="The reader to use (see the README).")
_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Refuse below this probability of being right, 0 to 1.",
)


def _engine(folder: str | None, sources: tuple[str, ...], *, reader: str | None = None) -> Engine:
    """The engine over the named index or sources; over the default article where neither is named."""
    from qa import engine

    if sources:
        if folder and _from_command_line("folder"):
            raise click.UsageError("give --index or --source, not both")
        with _progress("reading") as progress:
            return engine.build(sources, reader=reader, on_skip=_say_skipped, progress=progress)
    if folder:
        return engine.open(folder, reader=reader)
    return engine.default(reader=reader)


def _from_command_line(option: str) -> bool:
    """Whether an option was typed, rather than taken from the environment or its default."""
    return click.get_current_context().get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def _say_skipped(skipped: SkippedFile) -> None:
    click.echo(f"qa: skipped {terminal.printable(f'{skipped.path}: {skipped.cause}')}", err=True)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A progress callable (done, total) that draws a bar on a terminal, and None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    bar = tqdm(desc=what, unit="", leave=False, file=sys.stderr, delay=0.5)

    def advance(done: int, total: int | None) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield advance
    finally:
        bar.close()


def _print_json(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))


@cli.command()
@click.argument("question", required=False)
@_where
@_json_option
@click.option("--top", type=click.IntRange(1, 50), default=3, show_default=True, help="Answers to give, best first.")
@_confidence_option
@_reader_option
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="Questions, one a line or as JSON; - is stdin.")
def ask(
    question: str | None,
    folder: str | None,
    sources: tuple[str, ...],
    as_json: bool,
    top: int,
    min_confidence: float | None,
    reader: str | None,
    batch: IO[bytes] | None,
) -> int:
    """Answer QUESTION from the documents, or refuse with the reason.

    With neither --index nor --source the default article is asked.
    """
    if (question is None) == (batch is None):
        raise click.UsageError('give one question, as in qa "when were visas abolished?", or --batch FILE')
    engine = _engine(folder, sources, reader=reader)
    if batch is not None:
        return _ask_batch(engine, batch, as_json=as_json, top=top, min_confidence=min_confidence)
    answer = engine.ask(question or "", top=top, min_confidence=min_confidence)
    if as_json:
        _print_json(answer.to_dict())
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
            _print_json(record)
        elif line.error is not None:
            click.echo(f"line {line.number}: {terminal.printable(line.error)}\n")
        else:
            click.echo("\n".join([f"? {terminal.printable(line.question)}", *terminal.answer_lines(answer), ""]))
    return code


@cli.command("index")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("-o", "--output", metavar="DIR", help="The index folder to write.")
@click.option("--verify", metavar="DIR", help="Check every file of an index against its hash, and write nothing.")
@_json_option
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
    with _progress("indexing") as progress:
        built = engine.build(paths, on_skip=skipped.append, progress=progress)
    built.save(output)
    for file in skipped:
        _say_skipped(file)
    if as_json:
        causes = [{"path": file.path, "cause": file.cause} for file in skipped]
        _print_json({"index": output, **built.counts(), "skipped": causes})
    else:
        click.echo(f"{output}: {built.summary()}, {len(skipped)} skipped")
    return EXIT_ANSWERED


@cli.command()
@click.argument("words")
@_where
@_json_option
@click.option("-k", "--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="Passages to give.")
def search(words: str, folder: str | None, sources: tuple[str, ...], as_json: bool, top: int) -> int:
    """Rank the passages for WORDS, best first."""
    hits = _engine(folder, sources).search(words, k=top)
    for rank, hit in enumerate(hits, start=1):
        if as_json:
            _print_json({"rank": rank, **hit.to_dict()})
        else:
            click.echo("\n".join(terminal.passage_lines(rank, hit.score, hit.passage)))
    if not hits and not as_json:
        click.echo("no passage holds any of these words", err=True)
    return EXIT_ANSWERED if hits else EXIT_REFUSED


@cli.command()
@click.argument("document", required=False)
@_where
@click.option("--section", metavar="PATH", help='One section, its headings joined by " > "; "" is the lead.')
@_json_option
def show(document: str | None, folder: str | None, sources: tuple[str, ...], section: str | None, as_json: bool) -> int:
    """Print DOCUMENT, or one section of it; without DOCUMENT, list what is indexed."""
    engine = _engine(folder, sources)
    if document is None:
        for found in engine.documents():
            if as_json:
                _print_json({"id": found.id, "title": found.title, "source": found.source, "sha256": found.sha256})
            else:
                click.echo(terminal.printable(f"{found.id}  {found.title}  ({found.source})"))
        return EXIT_ANSWERED
    found = engine.document(document)
    start, end = 0, len(found.text)
    if section is not None:
        wanted = engine.section(document, section)
        start, end = wanted.start, wanted.end
    if as_json:
        sections = [{"path": list(s.path), "start": s.start, "end": s.end} for s in found.sections]
        _print_json(
            {
                "id": found.id,
                "title": found.title,
                "source": found.source,
                "sha256": found.sha256,
                "start": start,
                "end": end,
                "text": found.text[start:end],
                "sections": sections,
            }
        )
    else:
        click.echo(terminal.printable_lines(found.text[start:end]))
    return EXIT_ANSWERED


@cli.command("eval")
@click.argument("targets", nargs=-1, required=True, metavar="FILE...")
@_where
@click.option("--gold-passage", is_flag=True, help="SQuAD: ask each question of its own paragraph, reading alone.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Measure a random sample of N questions.")
@click.option(
    "--rows",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write each question's figures as JSONL.",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Draw the risk-coverage and reliability plots (PNG, SVG or PDF).",
)
@_confidence_option
@_reader_option
@_json_option
def eval_command(
    targets: tuple[str, ...],
    folder: str | None,
    sources: tuple[str, ...],
    gold_passage: bool,
    limit: int | None,
    rows: str | None,
    plot: str | None,
    min_confidence: float | None,
    reader: str | None,
    as_json: bool,
) -> int:
    """Measure answers, ranking, confidence and speed on FILE.

    FILE is SQuAD 1.1 or 2.0 JSON (all its paragraphs asked together), a list of questions (asked of
    --index, --source or the default article) or a BEIR folder. Ctrl-C prints what was measured so far.
    """
    from qa import engine
    from qa.datasets import read_dataset
    from qa.evaluation import EvaluationSettings, evaluate

    dataset = read_dataset(targets)
    # $QA_INDEX is for what has no documents of its own.
    named = _from_command_line("folder") or (dataset.kind == "questions" and not sources)
    asked = engine.open(folder, reader=reader) if folder and named else None
    settings = EvaluationSettings(
        gold_passage=gold_passage,
        sources=sources,
        limit=limit,
        reader=None if asked else reader,
        min_confidence=min_confidence,
    )
    with _progress("asking") as progress:
        measured = evaluate(dataset, settings=settings, engine=asked, progress=progress)
    if rows is not None:
        lines = [json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in measured.rows]
        Path(rows).write_text("".join(lines), encoding="utf-8")
    if plot is not None:
        from qa.plots import plot_confidence

        plot_confidence(measured.rows, plot, title=f"{measured.name}: {measured.mode}")
    if as_json:
        _print_json(measured.figures())
    else:
        click.echo(measured.table())
    return EXIT_ANSWERED if measured.complete else EXIT_INTERRUPTED


@cli.command()
@_where
@_reader_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
def serve(folder: str | None, sources: tuple[str, ...], reader: str | None, host: str, port: int) -> int:
    """Answer over HTTP: POST /ask, GET /healthz, documentation at /docs."""
    engine = _engine(folder, sources, reader=reader)
    import uvicorn

    from qa.server import create_app

    uvicorn.run(create_app(engine), host=host, port=port, log_level="info")
    return EXIT_ANSWERED
