"""Asks an engine labelled questions, and makes a calibration of how it answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.errors import DataError, SettingError
from qa import agreement
from qa.calibration.promises import Outcome, Promise, choose, curve
from qa.calibration.records import Calibration, Rule
from qa.calibration.shortfalls import Shortfall
from qa.evaluation.datasets import LabelledQuestion

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.evaluation.verdicts import Verdict

Progress = Callable[[int, int | None], None]


def calibrate(
    engine: Engine,
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


def _outcome(engine: Engine, question: LabelledQuestion, rule: Rule) -> Outcome:
    answer = engine.ask(question.question, min_confidence=0.0)
    if answer.text is None:
        return Outcome(None, right=False)
    text = answer.text
    if rule == "exact":
        right = bool(question.answers) and agreement.exact_match(text, question.answers) == 1.0
    else:
        right = any(agreement.holds(text, gold) for gold in question.answers)
    return Outcome(answer.confidence, right)


def labels_of(verdicts: Sequence[Verdict]) -> list[LabelledQuestion]:
    """Labelled questions of what people said of a service's answers, to be asked again.

    The text of a right answer is a label, and so is what was expected in place of a wrong one. Where a verdict tells
    no right answer, any answer counts as wrong: nobody has seen a right one. Raises DataError where no verdict tells
    its question.

    >>> from qa.evaluation.verdicts import Verdict
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
