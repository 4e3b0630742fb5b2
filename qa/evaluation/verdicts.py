"""What people said of answers that a service gave: how well its confidences hold on their own questions.

``qa serve --feedback FILE`` writes one verdict a line; a later verdict on the same answer replaces an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DataError
from corpus.records import Record
from qa import agreement
from qa.evaluation import metrics
from qa.evaluation.figures import ConfidenceFigures, skipped_lines
from qa.labelled import LabelledQuestion, SkippedQuestion
from qa.wording import counted


@dataclass(frozen=True, slots=True)
class Verdict(Record):
    """Whether an answer, or a refusal, was right; ``confidence`` is that of the best span when it was given.

    ``question`` and ``text`` are the answer's, and ``expected`` what would have been right, where the caller told.
    """

    id: str
    right: bool
    answered: bool
    confidence: float
    question: str | None = None
    text: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class VerdictFigures(Record):
    """What verdicts add up to; shares are from 0 to 1, and None of nothing.

    ``coverage`` is the share of the judged questions that were answered, ``precision`` the share of the
    answers that were right, ``refusals_right`` the share of the refusals where the documents did not tell.
    ``mean_confidence`` and ``confidence`` (AURC, coverage at a precision, ECE over ten bins of equal mass)
    are of the answers alone: what the best span of a refusal was worth, nobody has seen.

    >>> figures = verdict_figures([Verdict("a", True, True, 0.9), Verdict("b", False, True, 0.7)])
    >>> figures.coverage, figures.precision, round(figures.mean_confidence or 0, 2)
    (1.0, 0.5, 0.8)
    """

    verdicts: int
    answered: int
    coverage: float | None
    precision: float | None
    refusals_right: float | None
    mean_confidence: float | None
    confidence: ConfidenceFigures | None
    skipped: tuple[SkippedQuestion, ...] = ()

    def table(self) -> str:
        """The figures as text for a terminal, one a line; what there is nothing of is left out."""
        lines = [f"{counted(self.verdicts, 'verdict')}, {self.answered:,} on answers"]
        measured = self.confidence
        at_80, at_90 = (measured.coverage_at_80, measured.coverage_at_90) if measured else (None, None)
        for label, share in (
            ("answered (coverage)", self.coverage),
            ("answers that were right (precision)", self.precision),
            ("mean confidence of the answers", self.mean_confidence),
            ("refusals that were right", self.refusals_right),
            ("coverage at 80 % precision, of the answers", at_80),
            ("coverage at 90 % precision, of the answers", at_90),
        ):
            if share is not None:
                lines.append(f"  {label:<43}{100 * share:8.1f} %")
        for label, value in (
            ("ECE, 10 bins of equal mass", measured.ece if measured else None),
            ("AURC", measured.aurc if measured else None),
        ):
            if value is not None:
                lines.append(f"  {label:<43}{value:8.3f}")
        lines += skipped_lines(self.skipped, "line")
        return "\n".join(lines)


def read_verdicts(path: str | Path) -> tuple[list[Verdict], tuple[SkippedQuestion, ...]]:
    """The verdicts of a file, the last on each answer, and the lines that could not be used.

    Raises DataError where the file cannot be read or no line of it is a verdict.
    """
    name = Path(path).name
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror}); expected the file of qa serve --feedback"
        ) from None
    verdicts: dict[str, Verdict] = {}
    skipped = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            verdict = _verdict(json.loads(line))
        except (ValueError, RecursionError) as error:
            skipped.append(SkippedQuestion(f"{name}, line {number}", str(error)))
        else:
            verdicts.pop(verdict.id, None)
            verdicts[verdict.id] = verdict
    if not verdicts:
        cause = f" ({skipped[0].place}: {skipped[0].cause})" if skipped else ""
        raise DataError(f"{path}: holds no verdict{cause}; expected the file that qa serve --feedback FILE writes")
    return list(verdicts.values()), tuple(skipped)


def verdict_figures(verdicts: Sequence[Verdict], *, skipped: tuple[SkippedQuestion, ...] = ()) -> VerdictFigures:
    """What verdicts add up to."""
    answers = [verdict for verdict in verdicts if verdict.answered]
    refusals = [verdict for verdict in verdicts if not verdict.answered]
    return VerdictFigures(
        verdicts=len(verdicts),
        answered=len(answers),
        coverage=metrics.mean([float(verdict.answered) for verdict in verdicts]),
        precision=metrics.mean([float(verdict.right) for verdict in answers]),
        refusals_right=metrics.mean([float(verdict.right) for verdict in refusals]),
        mean_confidence=metrics.mean([verdict.confidence for verdict in answers]),
        confidence=ConfidenceFigures.of(
            [verdict.confidence for verdict in answers], [verdict.right for verdict in answers]
        ),
        skipped=skipped,
    )


def labels_of(verdicts: Sequence[Verdict]) -> list[LabelledQuestion]:
    """Labelled questions of what people said of a service's answers, to be asked again.

    The text of a right answer is a label, and so is what was expected in place of a wrong one. Where a verdict tells
    no right answer, any answer counts as wrong: nobody has seen a right one. Raises DataError where no verdict tells
    its question.

    >>> said = Verdict("a", True, True, 0.9, question="When?", text="2009")
    >>> labels_of([said])[0].answers
    ('2009',)
    """
    labels = [
        LabelledQuestion(verdict.id, verdict.question, _right_answers(verdict))
        for verdict in verdicts
        if verdict.question is not None
    ]
    if not labels:
        raise DataError(f"none of {len(verdicts):,} verdicts tells its question, so it cannot be asked again")
    return labels


def _right_answers(verdict: Verdict) -> tuple[str, ...]:
    told = verdict.text if verdict.right else verdict.expected
    if told is None or not told.strip():
        return ()
    if not verdict.right and verdict.text is not None and agreement.holds(verdict.text, told):
        return ()  # By the rule the answer that was called wrong would pass.
    return (told,)


def _verdict(line: Any) -> Verdict:
    """The verdict of a line; raises ValueError where it is none."""
    if not isinstance(line, dict):
        raise ValueError("a JSON object was expected")
    name, verdict, answered, confidence = (line.get(key) for key in ("id", "verdict", "answered", "confidence"))
    if not isinstance(name, str):
        raise ValueError("'id' is missing or no text")
    if verdict not in ("right", "wrong"):
        raise ValueError(f"'verdict' is {verdict!r:.40}; right or wrong was expected")
    if not isinstance(answered, bool):
        raise ValueError(f"'answered' is {answered!r:.40}; true or false was expected")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ValueError(f"'confidence' is {confidence!r:.40}; a number from 0 to 1 was expected")
    told = {key: line[key] for key in ("question", "text", "expected") if isinstance(line.get(key), str)}
    return Verdict(name, verdict == "right", answered, float(confidence), **told)
