"""Measures yes/no questions: each asked of its own article, in which the evidence is to be found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import SettingError
from corpus.progress import Progress
from corpus.records import Record
from qa.evaluation import metrics
from qa.evaluation.datasets import Dataset
from qa.evaluation.figures import skipped_lines
from qa.evaluation.sampling import drawn, gathered
from qa.labelled import LabelledQuestion, SkippedQuestion
from qa.wording import counted

if TYPE_CHECKING:
    from qa.engine import Engine

OTHER = "other"
GIVEN = ("yes", "no", OTHER)
SURER = 0.8
"""The share of the questions, surest first, whose accuracy is measured beside that of all."""

_BEFORE_ALL = -1.0  # under every confidence: what was not answered Yes or No comes last


@dataclass(frozen=True, slots=True)
class JudgedYesNo(Record):
    """One question with its right answer and the one that was given: "yes", "no" or "other".

    Other is a refusal, with its ``reason``, or an answer by a span; its ``confidence`` is 0. ``text`` is what was
    answered, ``quote`` the sentence that was cited for it.
    """

    id: str
    question: str
    document: str
    right: str
    given: str
    confidence: float
    text: str | None = None
    quote: str | None = None
    reason: str | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class YesNoEvaluation(Record):
    """What yes/no questions add up to, never refusing; shares are from 0 to 1.

    ``answered`` were answered Yes or No; all others are not right and come last by confidence. ``accuracy`` is of all
    questions, ``surer_accuracy`` of the surer 80 %, ``always_yes`` that of saying yes to all. ``confusions`` counts
    what was given for each right answer. ``left_out`` questions of the file are no yes/no questions. ``complete`` is
    False after Ctrl-C.
    """

    name: str
    reader: str
    documents: int
    questions: int
    planned: int
    complete: bool
    answered: int
    accuracy: float
    surer_accuracy: float
    always_yes: float
    ece: float
    confusions: dict[str, dict[str, int]]
    p50_ms: float
    p95_ms: float
    left_out: int = 0
    skipped: tuple[SkippedQuestion, ...] = ()
    rows: tuple[JudgedYesNo, ...] = ()

    def figures(self) -> dict[str, object]:
        """Everything but the single questions, as JSON-ready values."""
        everything = self.to_dict()
        del everything["rows"]
        return everything

    def table(self) -> str:
        """The figures as text for a terminal, one a line."""
        asked, articles = counted(self.questions, "yes/no question"), counted(self.documents, "article")
        lines = [f"{self.name}: {asked}, each of its own of {articles}, never refusing, {self.reader} reader"]
        if not self.complete:
            lines.append(f"stopped early: {self.questions:,} of {self.planned:,} questions, drawn at random")
        lines.append(f"  {'answered Yes or No':<31}{self.answered:>8,}")
        for label, share in (
            ("accuracy", self.accuracy),
            (f"accuracy of the surer {100 * SURER:.0f} %", self.surer_accuracy),
            ("accuracy of always saying yes", self.always_yes),
        ):
            lines.append(f"  {label:<31}{100 * share:8.1f} %")
        lines.append(f"  {'ECE, 10 bins of equal mass':<31}{self.ece:8.3f}")
        lines.append(f"  {'time a question, p50 / p95':<31}{self.p50_ms:8.1f} ms / {self.p95_ms:.1f} ms")
        for right, given in self.confusions.items():
            told = ", ".join(f"{count:,} {name}" for name, count in given.items() if count)
            lines.append(f"  {f'right answer {right}':<31}{sum(given.values()):>8,}  given {told}")
        if self.left_out:
            lines.append(f"{counted(self.left_out, 'question')} left out: no answer that begins with yes or no")
        return "\n".join([*lines, *skipped_lines(self.skipped, "question")])


def evaluate_yes_no(
    dataset: Dataset,
    *,
    reader: str | None = None,
    threads: int = 1,
    limit: int | None = None,
    seed: int = 13,
    progress: Progress | None = None,
) -> YesNoEvaluation:
    """The figures of a file of yes/no questions with their articles.

    All articles are indexed together; each question is asked of its own, and nothing is refused for its confidence.
    ``limit`` measures a random sample, the same for the same ``seed``. Ctrl-C gives the figures so far. Raises
    SettingError where the file is of another kind.
    """
    from qa.opening import build_documents

    if dataset.kind != "yes-no":
        raise SettingError(f"{dataset.name}: expected an object with 'articles' and yes/no 'questions'")
    order = drawn(len(dataset.questions), limit, seed)
    engine = build_documents(dataset.documents, reader=reader, threads=threads)
    _judge(engine, dataset.questions[order[0]])  # What loads at the first question is not its own time.
    judged = ((number, _judge(engine, dataset.questions[number])) for number in order)
    rows = gathered(judged, len(order), progress)
    return yes_no_figures(rows, dataset, reader=engine.reader_name, planned=len(order))


def yes_no_figures(
    rows: Sequence[JudgedYesNo], dataset: Dataset, *, reader: str = "", planned: int | None = None
) -> YesNoEvaluation:
    """What judged questions of a dataset add up to; there is at least one.

    >>> hot = JudgedYesNo("1", "Is tea hot?", "tea", "yes", "yes", 0.9)
    >>> old = JudgedYesNo("2", "Is tea old?", "tea", "no", "yes", 0.6)
    >>> figures = yes_no_figures([hot, old], Dataset("yes-no", "tea", ()))
    >>> figures.accuracy, figures.always_yes, figures.confusions["no"]
    (0.5, 0.5, {'yes': 1, 'no': 0, 'other': 0})
    """
    right = [row.given == row.right for row in rows]
    ordered = [_BEFORE_ALL if row.given == OTHER else row.confidence for row in rows]
    pairs = [(row.right, row.given) for row in rows]
    times = [row.elapsed_ms for row in rows]
    return YesNoEvaluation(
        name=dataset.name,
        reader=reader,
        documents=len(dataset.documents),
        questions=len(rows),
        planned=len(rows) if planned is None else planned,
        complete=planned is None or len(rows) == planned,
        answered=sum(row.given != OTHER for row in rows),
        accuracy=metrics.mean([float(each) for each in right]) or 0.0,
        surer_accuracy=metrics.accuracy_at_coverage(ordered, right, SURER) or 0.0,
        always_yes=metrics.mean([float(row.right == "yes") for row in rows]) or 0.0,
        ece=metrics.calibration_error([row.confidence for row in rows], right) or 0.0,
        confusions={one: {other: pairs.count((one, other)) for other in GIVEN} for one in GIVEN if one != OTHER},
        p50_ms=metrics.percentile(times, 0.5) or 0.0,
        p95_ms=metrics.percentile(times, 0.95) or 0.0,
        left_out=dataset.left_out,
        skipped=dataset.skipped,
        rows=tuple(rows),
    )


def _judge(engine: Engine, question: LabelledQuestion) -> JudgedYesNo:
    name = question.document or ""
    started = time.perf_counter()
    answer = engine.ask(question.question, documents=[name], min_confidence=0.0)
    elapsed = 1000 * (time.perf_counter() - started)
    decided = answer.answered and answer.kind == "yes_no"
    return JudgedYesNo(
        id=question.id,
        question=question.question,
        document=name,
        right=question.answers[0],
        given=(answer.text or "").lower() if decided else OTHER,
        confidence=answer.confidence if decided else 0.0,
        text=answer.text,
        quote=answer.citation.quote if answer.citation else None,
        reason=answer.reason,
        elapsed_ms=round(elapsed, 3),
    )
