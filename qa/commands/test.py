"""``qa test``: answers, refusals and statements that an owner of documents expects, tested."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_INTERRUPTED,
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
    from qa.audit.trials import Trial
    from qa.engine import Engine


@click.command("test")
@click.argument("file", type=click.Path(dir_okay=False), metavar="FILE")
@documents_options
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a report, as its suffix says: .xml (JUnit), .sarif or .json; repeatable.",
)
@reader_option
@threads_option
@json_option
def test_command(
    file: str,
    folder: str | None,
    sources: tuple[str, ...],
    reports: tuple[str, ...],
    reader: str | None,
    threads: int,
    as_json: bool,
) -> int:
    """Test that the documents still answer as FILE expects.

    FILE is a JSON list or JSON lines: a question with its answers ([] for a refusal) and perhaps its section, or a
    statement with its verdict. Exit code 1 where one fails.
    """
    return run_tests(
        file, lambda: open_engine(folder, sources, reader=reader, threads=threads), reports=reports, as_json=as_json
    )


def run_tests(file: str, opened: Callable[[], Engine], *, reports: tuple[str, ...] = (), as_json: bool = False) -> int:
    """Tests the expectations of a file, prints what came out, and returns the exit code."""
    from qa.audit.expectations import read_expectations
    from qa.audit.reports.trials import TRIAL_REPORTS, trial_format
    from qa.audit.trials import try_all

    suffixes = [trial_format(path) for path in reports]
    expectations = read_expectations(file)
    engine = opened()
    with progress_bar("testing", "questions") as progress:
        trials = try_all(engine, expectations, source=file, progress=progress)
    for path, suffix in zip(reports, suffixes, strict=True):
        Path(path).write_text(TRIAL_REPORTS[suffix](trials), encoding="utf-8", errors="backslashreplace")
    if as_json:
        print_json(trials.to_dict())
    else:
        for trial in trials.trials:
            if not trial.passed or trial.disagreeing:
                terminal.echo(_lines(trial))
        click.echo(trials.line())
    if not trials.complete:
        return EXIT_INTERRUPTED
    return EXIT_REFUSED if trials.failed else EXIT_ANSWERED


def _lines(trial: Trial) -> list[str]:
    """The lines of a test that failed, or on which documents disagree."""
    word = click.style("passed", fg="green") if trial.passed else click.style("failed", fg="red")
    lines = [f"{word} {wording.printable(trial.expectation.text)}"]
    if trial.cause is not None:
        lines.append(f"    {wording.printable(trial.cause)}")
    if trial.disagreeing:
        lines.append(f"    documents disagree: {wording.printable(', '.join(trial.disagreeing))}")
    for citation in trial.citations:
        lines.append(f"    “{wording.printable(citation.quote)}”")
        lines.append(click.style(f"    {wording.place(citation)}", fg="cyan"))
    return lines
