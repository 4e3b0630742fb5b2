"""``qa calibrate``: chooses the threshold that keeps a promise about wrong answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import SettingError
from qa import terminal
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_REFUSED,
    documents_options,
    json_option,
    open_engine,
    print_json,
    progress_bar,
    reader_option,
    threads_option,
)

if TYPE_CHECKING:
    from qa.labelled import LabelledQuestion


@click.command("calibrate")
@click.argument("targets", nargs=-1, metavar="[QUESTIONS]...")
@documents_options
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write the calibration to FILE.")
@click.option(
    "--promise",
    type=float,
    default=0.9,
    show_default=True,
    metavar="P",
    help="The share that is to be right.",
)
@click.option("--sure", type=float, metavar="P", help="How sure the promise is to hold.  [default: 0.9]")
@click.option(
    "--of",
    type=click.Choice(["answers", "questions"]),
    default="answers",
    show_default=True,
    help="Bound the wrong ones among the answers given, or among all questions asked (on average).",
)
@click.option("--exact", is_flag=True, help="Count an answer as right only where it equals a labelled answer.")
@click.option(
    "--feedback",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Use the verdicts that qa serve --feedback FILE has gathered, too.",
)
@reader_option
@threads_option
@json_option
def calibrate_command(
    targets: tuple[str, ...],
    folder: str | None,
    sources: tuple[str, ...],
    output: str | None,
    promise: float,
    sure: float | None,
    of: str,
    exact: bool,
    feedback: str | None,
    reader: str | None,
    threads: int,
    as_json: bool,
) -> int:
    """Choose the threshold that keeps a promise about wrong answers, on your own labelled QUESTIONS.

    QUESTIONS are lists of questions or SQuAD files as qa eval reads them, asked of --index, --source or the default
    article. --promise 0.95 --sure 0.9 says: at most 5 % of the answers given are wrong, and with confidence 90 %
    this holds for all questions drawn like these. Where they cannot support it, nothing is written and the exit code
    is 1.
    """
    if not targets and feedback is None:
        raise click.UsageError("name a file of QUESTIONS, or --feedback FILE")
    if of == "questions" and sure is not None:
        raise click.UsageError("--sure is for --of answers; a promise of the questions holds on average")
    from qa.calibration import Calibration, Promise, calibrate
    from qa.wording import counted

    promised = (
        Promise(promise, 0.9 if sure is None else sure) if of == "answers" else Promise(promise, None, "questions")
    )
    if output is not None and not Path(output).absolute().parent.is_dir():
        raise SettingError(f"{output}: its folder does not exist; make it, or name another file with -o")
    questions = _questions(targets, feedback, named=bool(sources) or folder is not None)
    engine = open_engine(folder, sources, reader=reader, threads=threads)
    with progress_bar("asking", "questions") as progress:
        made = calibrate(engine, questions, promise=promised, rule="exact" if exact else "holds", progress=progress)
    if made.questions < len(questions):
        terminal.say(f"left out {counted(len(questions) - made.questions, 'repeated question')}: each counts once")
    kept = isinstance(made, Calibration)
    if isinstance(made, Calibration) and output is not None:
        made.save(output)
        terminal.say(f"wrote {output}; use it with --calibration {output}")
    if as_json:
        print_json({"promised": kept, **made.to_dict()})
    else:
        click.echo(made.table())
    return EXIT_ANSWERED if kept else EXIT_REFUSED


def _questions(targets: tuple[str, ...], feedback: str | None, *, named: bool) -> list[LabelledQuestion]:
    """The labelled questions of files and of verdicts; what cannot be used is told on stderr."""
    from qa.evaluation.datasets import read_dataset
    from qa.evaluation.verdicts import labels_of, read_verdicts
    from qa.wording import counted

    found: list[LabelledQuestion] = []
    for target in targets:
        dataset = read_dataset(target)
        if dataset.kind == "beir":
            raise SettingError(f"{target}: a BEIR folder tells no answers; give a list of questions or a SQuAD file")
        if dataset.kind == "yes-no":
            raise SettingError(f"{target}: brings its own articles; give a list of questions or a SQuAD file")
        if dataset.kind == "squad" and not named:
            raise click.UsageError(f"{target}: name the documents that it asks about, with --index or --source")
        for skipped in dataset.skipped:
            terminal.say(f"skipped {skipped.place}: {skipped.cause}")
        found += dataset.questions
    if feedback is not None:
        verdicts, unread = read_verdicts(feedback)
        for skipped in unread:
            terminal.say(f"skipped {skipped.place}: {skipped.cause}")
        labels = labels_of(verdicts)
        if len(labels) < len(verdicts):
            terminal.say(f"skipped {counted(len(verdicts) - len(labels), 'verdict')} without the question")
        found += labels
    return found
