"""Why a promise cannot be made, what would be needed for it, and what could be promised instead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Record
from qa.calibration.binomial import fewest
from qa.calibration.promises import Point, Promise, choose, first_tested, questions_at_least
from qa.wording import counted

Cause = Literal["too_few_questions", "too_many_wrong"]

_WEAKEST = 50  # hundredths: the weakest promise that is tried
_SLIPS = 200  # wrong answers in an estimate of what is needed; beyond it the wrong ones are too near the bound


@dataclass(frozen=True, slots=True)
class Shortfall(Record):
    """That a promise cannot be made on these questions, and why.

    ``answered`` is how many questions are answered without a threshold, ``least`` the fewest that could support the
    promise if every answer were right, ``surest`` the surest answers that the first test takes, or all where they are
    too few for it. ``more`` is about how many
    more questions like these would do, None where more would not help or nobody can say; ``supported`` the strongest
    weaker promise, in steps of 0.01, that these questions support.

    >>> points = tuple(Point(1 - n / 100, n, n) for n in range(1, 31))
    >>> shortfall = Shortfall.of(Promise(0.95), points, 30)
    >>> shortfall.cause, shortfall.least, shortfall.more, shortfall.supported
    ('too_few_questions', 45, 47, 0.92)
    """

    promise: Promise
    cause: Cause
    questions: int
    answered: int
    least: int
    surest: Point | None
    more: int | None
    supported: float | None

    @classmethod
    def of(cls, promise: Promise, points: Sequence[Point], questions: int) -> Shortfall:
        """Why ``choose`` finds no threshold for a promise on a curve."""
        answered = points[-1].answered if points else 0
        first = 1 if promise.of == "questions" else first_tested(answered, promise)
        least, counted = questions_at_least(promise), questions if promise.of == "questions" else answered
        surest = next((point for point in points if point.answered >= (first or answered)), None)
        more = _more(promise, points, questions)
        few = not points or counted < least or more is not None
        return cls(
            promise=promise,
            cause="too_few_questions" if few else "too_many_wrong",
            questions=questions,
            answered=answered,
            least=least,
            surest=surest,
            more=more,
            supported=_supported(promise, points, questions),
        )

    def table(self) -> str:
        """The shortfall as text for a terminal."""
        given = f"{counted(self.questions, 'question')}, {self.answered:,} answered where nothing is refused"
        lines = [f"No promise: {self._cause()}.", f"  asked for: {self.promise}", f"  given: {given}"]
        if self.promise.of == "answers":
            lines.append(f"  needed at least: {self.least:,} answers, if every one of them is right")
        else:
            lines.append(f"  needed at least: {self.least:,} questions, none of them answered wrongly")
        if self.surest is not None:
            share = self.surest.right / self.surest.answered
            lines.append(f"  right among the surest {counted(self.surest.answered, 'answer')}: {100 * share:.1f} %")
        if self.more is not None:
            lines.append(f"  about {counted(self.more, 'more question')} like these should be enough")
        elif self.cause == "too_many_wrong":
            lines.append("  more questions like these would not help; a better reader or better documents might")
        else:
            lines.append("  how many more it takes, so few cannot tell")
        if self.supported is not None:
            lines.append(f"  these questions support --promise {self.supported:.2f}")
        return "\n".join(lines)

    def _cause(self) -> str:
        return "too few questions" if self.cause == "too_few_questions" else "too many answers are wrong"


def _more(promise: Promise, points: Sequence[Point], questions: int) -> int | None:
    """About how many more questions would support a promise if answers stay as good as they are; None if none would."""
    if promise.of == "questions":
        totals = [_questions_on_average(promise, point, questions) for point in points]
    else:
        totals = [_questions_of_answers(promise, point, questions) for point in points]
    found = [total for total in totals if total is not None]
    return max(1, min(found) - questions) if found else None


def _questions_on_average(promise: Promise, point: Point, questions: int) -> int | None:
    spare = promise.allowed - point.wrong / questions
    return math.ceil(promise.share / spare) if spare > 0 else None


def _questions_of_answers(promise: Promise, point: Point, questions: int) -> int | None:
    # Half a wrong answer more than was seen: five of five are no proof of never a wrong one.
    wrong = (point.wrong + 0.5) / (point.answered + 1)
    for slips in range(_SLIPS if wrong < promise.allowed else 0):
        answers = fewest(slips, promise.allowed, promise.doubt)
        if answers is None:
            return None
        if wrong * answers <= slips + 0.5:  # as many as are expected, to the nearest whole number
            return math.ceil(answers * questions / point.answered)
    return None


def _supported(promise: Promise, points: Sequence[Point], questions: int) -> float | None:
    for hundredths in range(math.ceil(100 * promise.share) - 1, _WEAKEST - 1, -1):
        share = hundredths / 100
        if share < promise.share and choose(points, questions, Promise(share, promise.sure, promise.of)):
            return share
    return None
