"""``qa eval``: measures answers, ranking, confidence and speed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_INTERRUPTED,
    check_named_once,
    confidence_option,
    documents_options,
    from_command_line,
    json_option,
    print_json,
    progress_bar,
    reader_option,
    threads_option,
    where_option,
)

if TYPE_CHECKING:
    from qa.evaluation.datasets import Dataset
    from qa.evaluation.figures import Evaluation
    from qa.evaluation.list_evaluation import ListEvaluation
    from qa.evaluation.yes_no_evaluation import YesNoEvaluation

_UNUSED = {
    "folder": "--index",
    "sources": "--source",
    "gold_passage": "--gold-passage",
    "plot": "--plot",
    "min_confidence": "--min-confidence",
}
"""Options that say nothing to questions which are each asked of their own text, never refusing."""


@click.command("eval")
@click.argument("targets", nargs=-1, metavar="FILE...")
@documents_options
@where_option
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
@click.option(
    "--feedback",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Measure the verdicts that qa serve --feedback FILE has gathered, instead.",
)
@confidence_option
@reader_option
@threads_option
@json_option
def eval_command(
    targets: tuple[str, ...],
    folder: str | None,
    sources: tuple[str, ...],
    where: tuple[str, ...],
    gold_passage: bool,
    limit: int | None,
    rows: str | None,
    plot: str | None,
    feedback: str | None,
    min_confidence: float | None,
    reader: str | None,
    threads: int,
    as_json: bool,
) -> int:
    """Measure answers, ranking, confidence and speed on FILE.

    FILE is SQuAD 1.1 or 2.0 JSON (all its paragraphs asked together), a list of questions (asked of
    --index, --source or the default article), a list of claims with their verdicts (judged by their evidence, or
    by what is found), a list of questions each with its own context, all of whose answers are to be given, an
    object with articles and yes/no questions (each asked of its own article), or a BEIR folder. Ctrl-C prints what
    was measured so far.
    """
    if (feedback is None) == (not targets):
        raise click.UsageError("name a FILE of questions, or --feedback FILE alone")
    if feedback is not None:
        return _eval_feedback(feedback, as_json=as_json)
    check_named_once(folder, sources)
    alone = "--where CONDITION is for a list of questions, which is asked of documents with metadata"
    from qa.audit.claim_files import is_claims_file

    if len(targets) == 1 and is_claims_file(targets[0]):
        if where:
            raise click.UsageError(alone)
        from qa.commands.claims import eval_claims

        return eval_claims(targets[0], folder, sources, limit=limit, rows=rows, as_json=as_json)
    from qa import opening
    from qa.evaluation.datasets import read_dataset
    from qa.evaluation.evaluation import EvaluationSettings, evaluate

    dataset = read_dataset(targets)
    if where and dataset.kind != "questions":
        raise click.UsageError(alone)
    if dataset.kind in ("multi-span", "yes-no"):
        return _eval_own_texts(dataset, reader=reader, threads=threads, limit=limit, rows=rows, as_json=as_json)
    # $QA_INDEX is for what has no documents of its own.
    named = from_command_line("folder") or (dataset.kind == "questions" and not sources)
    asked = opening.open(folder, reader=reader, threads=threads) if folder and named else None
    settings = EvaluationSettings(
        gold_passage=gold_passage,
        sources=sources,
        limit=limit,
        reader=None if asked else reader,
        threads=threads,
        min_confidence=min_confidence,
        where=where,
    )
    with progress_bar("asking", "questions") as progress:
        measured = evaluate(dataset, settings=settings, engine=asked, progress=progress)
    _report(measured, rows=rows, as_json=as_json)
    if plot is not None:
        from qa.evaluation.plots import plot_confidence

        plot_confidence(measured.rows, plot, title=f"{measured.name}: {measured.mode}")
    return EXIT_ANSWERED if measured.complete else EXIT_INTERRUPTED


def _eval_own_texts(
    dataset: Dataset, *, reader: str | None, threads: int, limit: int | None, rows: str | None, as_json: bool
) -> int:
    """Measures questions that are each asked of their own text: of a list's answers, or for yes or no."""
    from qa.evaluation.list_evaluation import evaluate_lists
    from qa.evaluation.yes_no_evaluation import evaluate_yes_no

    unused = next((shown for name, shown in _UNUSED.items() if from_command_line(name)), None)
    if unused is not None:
        raise click.UsageError(f"{unused}: {dataset.name} has its own texts, each question is asked of its own")
    measure = evaluate_yes_no if dataset.kind == "yes-no" else evaluate_lists
    with progress_bar("asking", "questions") as progress:
        measured = measure(dataset, reader=reader, threads=threads, limit=limit, progress=progress)
    _report(measured, rows=rows, as_json=as_json)
    return EXIT_ANSWERED if measured.complete else EXIT_INTERRUPTED


def _report(measured: Evaluation | ListEvaluation | YesNoEvaluation, *, rows: str | None, as_json: bool) -> None:
    if as_json:
        print_json(measured.figures())
    else:
        click.echo(measured.table())
    if rows is not None:
        lines = [json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in measured.rows]
        Path(rows).write_text("".join(lines), encoding="utf-8")


def _eval_feedback(path: str, *, as_json: bool) -> int:
    from qa.evaluation.verdicts import read_verdicts, verdict_figures

    verdicts, skipped = read_verdicts(path)
    measured = verdict_figures(verdicts, skipped=skipped)
    if as_json:
        print_json(measured.to_dict())
    else:
        click.echo(measured.table())
    return EXIT_ANSWERED
