"""The figures of an evaluation: one record a question, and what they add up to.

Figures are told apart by threshold. *Forced* is the best span, however unsure: only a question without a
usable word, one that matches nothing, and one for which the reader finds no span are refused. *At the
threshold*, an answer less confident than the threshold is a refusal, which is right for an unanswerable
question and wrong for an answerable one. All shares are between 0 and 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.records import Record
from qa.evaluation import metrics
from qa.labelled import SkippedQuestion
from qa.wording import counted

OVERLAP = 0.5
"""The F1 from which an answer counts as right in the milder of the two confidence measures."""

SHOWN_SKIPPED = 5


@dataclass(frozen=True, slots=True)
class JudgedQuestion(Record):
    """One question with its gold answers, what was answered, and how that is judged.

    ``text``, ``document``, ``section``, ``start``, ``end`` and the judgements of them (``em``, ``f1``,
    ``quote_holds_gold``, ``right_document``, ``right_section``) are of the forced answer; ``refused`` says
    whether the threshold refuses it. A judgement is None where the file has no label for it. ``recall_at``
    and ``reciprocal_rank`` are of the passage that holds a gold answer, or in BEIR of the relevant documents.

    >>> JudgedQuestion("1", "When?", ("1816",), True, text="1816", confidence=0.9, em=1.0).refused
    False
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    answerable: bool | None = None
    text: str | None = None
    confidence: float = 0.0
    refused: bool = False
    reason: str | None = None
    em: float | None = None
    f1: float | None = None
    quote_holds_gold: bool | None = None
    right_document: bool | None = None
    right_section: bool | None = None
    document: str | None = None
    section: tuple[str, ...] | None = None
    start: int | None = None
    end: int | None = None
    recall_at_1: float | None = None
    recall_at_5: float | None = None
    recall_at_20: float | None = None
    recall_at_100: float | None = None
    reciprocal_rank: float | None = None
    ndcg_at_10: float | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class ConfidenceFigures(Record):
    """How well confidence tells right answers from wrong ones, over all questions, forced.

    ``aurc`` is the area under the risk-coverage curve (lower is better), ``coverage_at_80`` and ``_90`` the
    largest shares of the questions that a threshold answers at that precision, ``ece`` the expected
    calibration error over ten bins of equal mass. Answering an unanswerable question is never right.

    >>> ConfidenceFigures(aurc=0.2, coverage_at_80=0.7, coverage_at_90=0.5, ece=0.03).to_dict()["ece"]
    0.03
    """

    aurc: float
    coverage_at_80: float
    coverage_at_90: float
    ece: float

    @classmethod
    def of(cls, confidences: Sequence[float], right: Sequence[bool]) -> ConfidenceFigures | None:
        """The figures of confidences and of whether what they were given for was right; None of nothing."""
        if not len(right):
            return None
        measured = (
            metrics.aurc(confidences, right),
            metrics.coverage_at_precision(confidences, right, 0.8),
            metrics.coverage_at_precision(confidences, right, 0.9),
            metrics.calibration_error(confidences, right),
        )
        return cls(*(value or 0.0 for value in measured))


@dataclass(frozen=True, slots=True)
class Evaluation(Record):
    """What an evaluation measured; a figure is None where the file has no labels for it.

    ``questions`` were measured of ``planned``; ``complete`` is False after Ctrl-C. ``em`` and ``f1`` are the
    headline: at the threshold where some question is unanswerable, else forced. ``forced_em`` and
    ``forced_f1`` count unanswerable questions too (0 unless refused). ``has_answer_*``, ``no_answer_*`` and
    ``refused_*`` are at the threshold. ``quote_holds_gold``, ``right_document`` (the gold paragraph is
    cited) and ``right_section`` are shares of the answerable questions, forced. ``recall_at_*`` and ``mrr``
    are of the passage that holds a gold answer, over the answerable questions; in BEIR of the relevant
    documents. ``best_f1`` is what the best threshold, ``best_f1_min_confidence``, would reach (None: by
    refusing everything). ``p50_ms`` and ``p95_ms`` are of a whole ``ask``, in BEIR of a search.
    ``exact_confidence`` takes an exact match as right, ``overlap_confidence`` an F1 of at least 0.5.

    >>> from qa.evaluation.datasets import Dataset
    >>> from qa.labelled import LabelledQuestion
    >>> from qa.evaluation.evaluation import evaluate
    >>> asked = LabelledQuestion("1", "When were visas abolished?", ("2009",))
    >>> evaluate(Dataset("questions", "mine", (asked,))).figures()["answerable"]
    1
    """

    name: str
    mode: str
    reader: str | None
    min_confidence: float | None
    documents: int
    passages: int
    complete: bool
    questions: int
    planned: int
    answerable: int | None
    em: float | None
    f1: float | None
    forced_em: float | None
    forced_f1: float | None
    has_answer_em: float | None
    has_answer_f1: float | None
    no_answer_em: float | None
    no_answer_f1: float | None
    best_f1: float | None
    best_f1_min_confidence: float | None
    quote_holds_gold: float | None
    right_document: float | None
    right_section: float | None
    refused: float | None
    refused_answerable: float | None
    refused_unanswerable: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_20: float | None
    recall_at_100: float | None
    mrr: float | None
    ndcg_at_10: float | None
    exact_confidence: ConfidenceFigures | None
    overlap_confidence: ConfidenceFigures | None
    p50_ms: float | None
    p95_ms: float | None
    skipped: tuple[SkippedQuestion, ...] = ()
    rows: tuple[JudgedQuestion, ...] = ()

    def figures(self) -> dict[str, Any]:
        """Everything but the single questions, as JSON-ready values."""
        everything = self.to_dict()
        del everything["rows"]
        return everything

    def table(self) -> str:
        """The figures as text for a terminal, one a line; what was not measured is left out."""
        width = max(len(label) for label, _, _ in _TABLE)
        reader = f", {self.reader} reader" if self.reader else ""
        lines = [f"{self.name}: {self.mode}{reader}"]
        lines.append(f"{counted(self.documents, 'document')}, {counted(self.passages, 'passage')}")
        if not self.complete:
            lines.append(f"stopped early: {self.questions:,} of {self.planned:,} questions, drawn at random")
        if self.em is not None:
            refusing = "refusing under the threshold" if self.no_answer_em is not None else "never refusing"
            lines.append(f"exact match and F1 are {refusing}")
        for label, shown, name in _TABLE:
            value: Any = self
            for part in name.split("."):
                value = getattr(value, part, None)
            # Where every question has an answer, the headline never refuses: said once.
            if value is not None and not (self.no_answer_em is None and name.startswith("forced_")):
                lines.append(f"  {label:<{width}}  {shown(value)}")
        lines += skipped_lines(self.skipped, "question")
        return "\n".join(lines)


def skipped_lines(skipped: Sequence[SkippedQuestion], noun: str) -> list[str]:
    """What a table says of what was skipped: how many, and the first of them with their causes.

    >>> skipped_lines([], "question")
    []
    """
    if not skipped:
        return []
    lines = [f"{counted(len(skipped), noun)} skipped:"]
    lines += [f"  {each.place}: {each.cause}" for each in skipped[:SHOWN_SKIPPED]]
    if len(skipped) > SHOWN_SKIPPED:
        lines.append(f"  and {len(skipped) - SHOWN_SKIPPED:,} more")
    return lines


def _count(value: float) -> str:
    return f"{value:>8,}"


def _percent(value: float) -> str:
    return f"{100 * value:8.1f} %"


def _decimal(value: float) -> str:
    return f"{value:8.3f}"


def _milliseconds(value: float) -> str:
    return f"{value:8.2f} ms"


_TABLE: tuple[tuple[str, Callable[[float], str], str], ...] = (
    ("questions", _count, "questions"),
    ("answerable", _count, "answerable"),
    ("exact match", _percent, "em"),
    ("F1", _percent, "f1"),
    ("exact match, never refusing", _percent, "forced_em"),
    ("F1, never refusing", _percent, "forced_f1"),
    ("has-answer exact match", _percent, "has_answer_em"),
    ("has-answer F1", _percent, "has_answer_f1"),
    ("no-answer exact match and F1", _percent, "no_answer_f1"),
    ("F1 at the best threshold", _percent, "best_f1"),
    ("best threshold", _decimal, "best_f1_min_confidence"),
    ("threshold", _decimal, "min_confidence"),
    ("refused", _percent, "refused"),
    ("refused of the answerable", _percent, "refused_answerable"),
    ("refused of the unanswerable", _percent, "refused_unanswerable"),
    ("quote holds a gold answer", _percent, "quote_holds_gold"),
    ("gold paragraph cited", _percent, "right_document"),
    ("right section", _percent, "right_section"),
    ("recall@1", _percent, "recall_at_1"),
    ("recall@5", _percent, "recall_at_5"),
    ("recall@20", _percent, "recall_at_20"),
    ("recall@100", _percent, "recall_at_100"),
    ("MRR", _decimal, "mrr"),
    ("nDCG@10", _decimal, "ndcg_at_10"),
    ("AURC (right: exact match)", _decimal, "exact_confidence.aurc"),
    ("coverage at 80 % precision", _percent, "exact_confidence.coverage_at_80"),
    ("coverage at 90 % precision", _percent, "exact_confidence.coverage_at_90"),
    ("ECE, 10 bins of equal mass", _decimal, "exact_confidence.ece"),
    ("AURC (right: F1 of 0.5 or more)", _decimal, "overlap_confidence.aurc"),
    ("coverage at 80 % precision", _percent, "overlap_confidence.coverage_at_80"),
    ("coverage at 90 % precision", _percent, "overlap_confidence.coverage_at_90"),
    ("ECE, 10 bins of equal mass", _decimal, "overlap_confidence.ece"),
    ("p50 per question", _milliseconds, "p50_ms"),
    ("p95 per question", _milliseconds, "p95_ms"),
)


def answer_figures(rows: Sequence[JudgedQuestion]) -> dict[str, Any]:
    """The fields of an Evaluation that judge answers, from questions that were asked.

    >>> rows = [JudgedQuestion("1", "When?", ("1816",), True, "1816", 0.9, em=1.0, f1=1.0)]
    >>> figures = answer_figures(rows)
    >>> figures["em"], figures["refused_answerable"], figures["no_answer_em"]
    (1.0, 0.0, None)
    """
    asked = [row for row in rows if row.answerable is not None]
    with_gold = [row for row in asked if row.answerable]
    without = [row for row in asked if not row.answerable]
    forced = {key: _mean_of(asked, key) for key in ("em", "f1")}
    kept = {key: metrics.mean([_at_threshold(row, key) for row in asked]) for key in ("em", "f1")}
    best = _best_f1(asked) if without else None
    return {
        "answerable": len(with_gold) if asked else None,
        **(kept if without else forced),
        "forced_em": forced["em"],
        "forced_f1": forced["f1"],
        "has_answer_em": metrics.mean([_at_threshold(row, "em") for row in with_gold]),
        "has_answer_f1": metrics.mean([_at_threshold(row, "f1") for row in with_gold]),
        "no_answer_em": metrics.mean([_at_threshold(row, "em") for row in without]),
        "no_answer_f1": metrics.mean([_at_threshold(row, "f1") for row in without]),
        "best_f1": best[0] if best else None,
        "best_f1_min_confidence": best[1] if best and math.isfinite(best[1]) else None,
        "quote_holds_gold": _mean_of(with_gold, "quote_holds_gold"),
        "right_document": _mean_of(with_gold, "right_document"),
        "right_section": _mean_of(with_gold, "right_section"),
        "refused": _mean_of(asked, "refused"),
        "refused_answerable": _mean_of(with_gold, "refused"),
        "refused_unanswerable": _mean_of(without, "refused"),
        "exact_confidence": _confidence_figures(asked, 1.0, "em"),
        "overlap_confidence": _confidence_figures(asked, OVERLAP, "f1"),
    }


def ranking_figures(rows: Sequence[JudgedQuestion]) -> dict[str, Any]:
    """The fields of an Evaluation that judge rankings, from the questions that have them.

    >>> ranking_figures([JudgedQuestion("1", "When?", recall_at_1=1.0, reciprocal_rank=1.0)])["mrr"]
    1.0
    """
    names = ("recall_at_1", "recall_at_5", "recall_at_20", "recall_at_100", "ndcg_at_10")
    return {**{name: _mean_of(rows, name) for name in names}, "mrr": _mean_of(rows, "reciprocal_rank")}


def _mean_of(rows: Sequence[JudgedQuestion], name: str) -> float | None:
    """The mean of a judgement over the rows that have it."""
    return metrics.mean([float(value) for row in rows if (value := getattr(row, name)) is not None])


def _at_threshold(row: JudgedQuestion, name: str) -> float:
    return float(not row.answerable) if row.refused else float(getattr(row, name))


def _confidence_figures(rows: Sequence[JudgedQuestion], bound: float, name: str) -> ConfidenceFigures | None:
    """The figures when an answer is right that was given, had a gold answer, and scores the bound."""
    right = [bool(row.answerable) and getattr(row, name) >= bound for row in rows]
    return ConfidenceFigures.of([row.confidence for row in rows], right)


def _best_f1(rows: Sequence[JudgedQuestion]) -> tuple[float, float] | None:
    scores = [float(row.f1 or 0.0) for row in rows]
    return metrics.best_threshold([row.confidence for row in rows], scores, [bool(row.answerable) for row in rows])
