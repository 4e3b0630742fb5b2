"""What can be promised of answers, and the threshold that keeps it on the questions at hand.

Two promises. *Of the answers* given, at most a share is wrong, with a stated confidence over the draw of the
questions. That share need not fall as the threshold rises, so thresholds are tested one after another: Learn then
Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021), fixed-sequence testing with exact binomial p-values. *Of the
questions* asked, at most a share gets a wrong answer, on average over the draw of the questions. That share falls
as the threshold rises, so conformal risk control (Angelopoulos, Bates, Fisch, Lei & Schuster 2022) applies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from corpus.errors import SettingError
from corpus.records import Record
from qa.calibration.binomial import fewest

Of = Literal["answers", "questions"]

_ANSWERS_PER_SLIP = 200  # one wrong answer more is forgiven at the first test for each 200 answers
_SLIPS = 5  # at most
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome(Record):
    """How a labelled question was answered without a threshold; ``confidence`` is None where nothing was found.

    >>> Outcome(confidence=0.8, right=True).right
    True
    """

    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Point(Record):
    """How many questions a threshold answers, and how many of these answers are right.

    >>> Point(threshold=0.4, answered=50, right=48).wrong
    2
    """

    threshold: float
    answered: int
    right: int

    @property
    def wrong(self) -> int:
        """How many of the answers are wrong."""
        return self.answered - self.right


@dataclass(frozen=True, slots=True)
class Promise(Record):
    """What is promised: that at least ``share`` of the answers given are right, with the confidence ``sure``.

    With ``of="questions"`` the promise is that at most 1 - ``share`` of all questions asked get a wrong answer.
    It holds on average, so ``sure`` is None. Raises SettingError for a share or a confidence outside 0 to 1.

    >>> print(Promise(0.95))
    at most 5 % of the answers given are wrong, with confidence 90 %
    >>> print(Promise(0.95, sure=None, of="questions"))
    at most 5 % of the questions asked get a wrong answer, on average
    """

    share: float = 0.9
    sure: float | None = 0.9
    of: Of = "answers"

    def __post_init__(self) -> None:
        for name, value in (("promise", self.share), ("sure", self.sure)):
            if value is not None and not 0 < value < 1:
                raise SettingError(f"{name} is {value:g}; a share between 0 and 1 was expected, as in 0.95")
        if self.of not in ("answers", "questions"):
            raise SettingError(f"of is {self.of!r}; 'answers' or 'questions' was expected")
        if (self.of == "answers") != (self.sure is not None):
            raise SettingError(
                "a promise of the answers needs a confidence, as in sure=0.9; one of the questions holds on average "
                "and takes none"
            )

    def __str__(self) -> str:
        allowed = f"{100 * self.allowed:.4g} %"
        if self.sure is None:
            return f"at most {allowed} of the questions asked get a wrong answer, on average"
        return f"at most {allowed} of the answers given are wrong, with confidence {100 * self.sure:.4g} %"

    @property
    def allowed(self) -> float:
        """The share that may be wrong."""
        return 1 - self.share

    @property
    def doubt(self) -> float:
        """The probability that the promise may be broken; of a promise on average 1."""
        return 1 - (self.sure or 0.0)


def curve(outcomes: Iterable[Outcome]) -> tuple[Point, ...]:
    """What each threshold answers, from the highest down: one point for each distinct confidence.

    >>> curve([Outcome(0.9, True), Outcome(0.5, False), Outcome(0.9, True), Outcome(None, False)])
    (Point(threshold=0.9, answered=2, right=2), Point(threshold=0.5, answered=3, right=2))
    """
    given = [(outcome.confidence, outcome.right) for outcome in outcomes if outcome.confidence is not None]
    points: list[Point] = []
    answered = right = 0
    for threshold, same in groupby(sorted(given, reverse=True), key=lambda pair: pair[0]):
        judged = [one for _, one in same]
        answered, right = answered + len(judged), right + sum(judged)
        points.append(Point(threshold, answered, right))
    return tuple(points)


def first_tested(answered: int, promise: Promise) -> int | None:
    """How many answers the first threshold that is tested must give; None where fewer are there at all.

    Fewer could not support the promise even if all were right. Where there are many answers, the first test waits
    for so many that a few slips among the surest do not end it. The number says nothing of which answers are right.

    >>> [first_tested(answered, Promise(0.95)) for answered in (40, 60, 500)]
    [None, 45, 105]
    """
    for slips in range(min(answered // _ANSWERS_PER_SLIP, _SLIPS), -1, -1):
        least = fewest(slips, promise.allowed, promise.doubt)
        if least is not None and least <= answered:
            return least
    return None


def choose(points: Sequence[Point], questions: int, promise: Promise) -> Point | None:
    """The lowest threshold that keeps a promise on a curve, or None where none does.

    Of the answers: from the first threshold that gives enough answers down, each is tested for "more are wrong than
    allowed" by the exact binomial p-value, and the last before the first that fails is taken. The thresholds are all
    the confidences that can be reported, in a fixed order, so the one taken breaks the promise with a probability of
    at most ``promise.doubt``. Only the place of the first test depends on the questions, and on their confidences
    alone. The bound is exact where the true share of wrong answers rises as the threshold falls; for shares that rise
    and fall, tests simulate populations that would break it, and find none that does.

    Of the questions: the lowest threshold with (wrong + 1) / (questions + 1) <= allowed (2022, equation 4).

    >>> points = curve(Outcome(confidence / 1000, confidence > 930) for confidence in range(900, 1000))
    >>> choose(points, 100, Promise(0.95))
    Point(threshold=0.931, answered=69, right=69)
    >>> choose(points, 100, Promise(0.95, sure=None, of="questions"))
    Point(threshold=0.927, answered=73, right=69)
    """
    if promise.of == "questions":
        bound = promise.allowed * (questions + 1) + _ROUNDING
        kept = [point for point in points if point.wrong + 1 <= bound]
        return kept[-1] if kept else None
    first = first_tested(points[-1].answered if points else 0, promise)
    chosen = None
    for point in points:
        if first is None or point.answered < first:
            continue
        least = fewest(point.wrong, promise.allowed, promise.doubt)
        if least is None or point.answered < least:
            break
        chosen = point
    return chosen


def questions_at_least(promise: Promise) -> int:
    """The fewest questions that can support a promise, every one of them answered right.

    >>> questions_at_least(Promise(0.95)), questions_at_least(Promise(0.95, sure=None, of="questions"))
    (45, 19)
    """
    if promise.of == "questions":
        return math.ceil(1 / promise.allowed - 1 - _ROUNDING)
    least = fewest(0, promise.allowed, promise.doubt)
    if least is None:
        raise SettingError(f"promise is {promise.share}; no number of questions up to a million supports that")
    return least
