"""Asks an engine labelled questions, and makes a calibration of how it answers them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.errors import SettingError
from corpus.progress import Progress
from qa import agreement
from qa.calibration.promises import Outcome, Promise, choose, curve
from qa.calibration.records import Calibration, Rule
from qa.calibration.shortfalls import Shortfall
from qa.labelled import LabelledQuestion

if TYPE_CHECKING:
    from qa.asker import Asker


def calibrate(
    engine: Asker,
    questions: Iterable[LabelledQuestion],
    *,
    promise: Promise | None = None,
    rule: Rule = "holds",
    progress: Progress | None = None,
) -> Calibration | Shortfall:
    """The threshold that keeps a promise about an engine's answers, or why none does.

    The questions must be drawn like those that will be asked, without choosing among them by how they are answered;
    a question that is asked twice counts once, its last label. A question without answers is one that the documents
    do not tell: any answer to it is wrong. ``rule`` says when an answer is right: where it ``holds`` one of the
    labelled answers as whole words, or where it is ``exact``, equal to one after SQuAD's normalisation.

    Raises SettingError where there is no question.

    >>> import qa
    >>> engine = qa.default(reader="lexical")
    >>> shortfall = calibrate(engine, [LabelledQuestion("1", "When were visas abolished?", ("2009",))])
    >>> shortfall.cause, shortfall.least
    ('too_few_questions', 22)
    """
    promise = promise or Promise()
    asked = distinct(questions)
    if not asked:
        raise SettingError("no question was given; a promise needs labelled questions")
    outcomes = []
    for question in asked:
        outcomes.append(_outcome(engine, question, rule))
        if progress is not None:
            progress(len(outcomes), len(asked))
    points = curve(outcomes)
    chosen = choose(points, len(asked), promise)
    if chosen is None:
        return Shortfall.of(promise, points, len(asked))
    return Calibration.of(engine, promise=promise, rule=rule, chosen=chosen, curve=points, questions=len(asked))


def distinct(questions: Iterable[LabelledQuestion]) -> list[LabelledQuestion]:
    """The questions, each once, with its last label: the same question again is no new draw.

    >>> [question.id for question in distinct([LabelledQuestion("1", "Who?"), LabelledQuestion("2", "who? ")])]
    ['2']
    """
    return list({" ".join(question.question.casefold().split()): question for question in questions}.values())


def _outcome(engine: Asker, question: LabelledQuestion, rule: Rule) -> Outcome:
    answer = engine.ask(question.question, min_confidence=0.0)
    if answer.text is None:
        return Outcome(None, right=False)
    text = answer.text
    if rule == "exact":
        right = bool(question.answers) and agreement.exact_match(text, question.answers) == 1.0
    else:
        right = any(agreement.holds(text, gold) for gold in question.answers)
    return Outcome(answer.confidence, right)
