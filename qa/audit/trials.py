"""Trials: expectations tried on an engine, so that an update of the documents is tested like a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.progress import Progress
from corpus.records import Record
from qa import agreement
from qa.answers import Citation
from qa.audit.expectations import Expectation

if TYPE_CHECKING:
    from qa.asker import Asker


@dataclass(frozen=True, slots=True)
class Trial(Record):
    """One expectation tried: what was found, and where it failed, why.

    ``found`` is the answer's text, None for a refusal, or the verdict of a statement. ``citations`` are the quotes
    behind it. ``disagreeing`` are documents that speak for and against one statement.
    """

    expectation: Expectation
    passed: bool
    found: str | None
    cause: str | None = None
    citations: tuple[Citation, ...] = ()
    disagreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trials(Record):
    """All expectations of a file, tried; ``complete`` is false where it was stopped."""

    source: str
    trials: tuple[Trial, ...]
    passed: int
    failed: int
    complete: bool = True

    def line(self) -> str:
        """What came out, in words."""
        stopped = "" if self.complete else ", stopped before the end"
        disagreeing = sum(bool(trial.disagreeing) for trial in self.trials)
        told = f", {disagreeing:,} on which documents disagree" if disagreeing else ""
        return f"{len(self.trials):,} tested: {self.passed:,} passed, {self.failed:,} failed{told}{stopped}"


def try_all(
    engine: Asker, expectations: Sequence[Expectation], *, source: str = "", progress: Progress | None = None
) -> Trials:
    """What becomes of each expectation; on Ctrl-C, of those tried so far.

    >>> import qa
    >>> visas = Expectation("1", 1, "question", "When were visas abolished?", ("2009",), section="Travel regime")
    >>> try_all(qa.default(reader="lexical"), [visas]).passed
    1
    """
    trials: list[Trial] = []
    complete = True
    try:
        for expectation in expectations:
            trials.append(_tried(engine, expectation))
            if progress is not None:
                progress(len(trials), len(expectations))
    except KeyboardInterrupt:
        complete = False
    passed = sum(trial.passed for trial in trials)
    return Trials(source, tuple(trials), passed, len(trials) - passed, complete)


def _tried(engine: Asker, expectation: Expectation) -> Trial:
    return _statement(engine, expectation) if expectation.kind == "statement" else _question(engine, expectation)


def _question(engine: Asker, expected: Expectation) -> Trial:
    answer = engine.ask(expected.text, top=1)
    cited = (answer.citation,) if answer.citation is not None else answer.nearest[:1]
    if not expected.answers:
        cause = f"answered {answer.text!r:.80}; a refusal was expected" if answer.answered else None
    elif answer.text is None:
        cause = f"refused ({answer.reason}); {_listed(expected.answers)} was expected"
    elif not _right(answer.text, expected.answers):
        cause = f"answered {answer.text!r:.80}; {_listed(expected.answers)} was expected"
    else:
        cause = _misplaced(answer.citation, expected)
    return Trial(expected, cause is None, answer.text, cause, cited)


def _right(text: str, answers: Sequence[str]) -> bool:
    """Whether an answer reads like one of the right ones, or holds one."""
    return agreement.exact_match(text, answers) == 1 or any(agreement.holds(text, answer) for answer in answers)


def _misplaced(citation: Citation | None, expected: Expectation) -> str | None:
    """Why an answer that is right stands in the wrong place, or None."""
    if citation is None:
        return None
    section = " > ".join(citation.section)
    if expected.section is not None and section.casefold() != expected.section.strip().casefold():
        return f"found in section {section!r}; {expected.section!r} was expected"
    if expected.document is not None and citation.document != expected.document:
        return f"found in document {citation.document!r}; {expected.document!r} was expected"
    return None


def _statement(engine: Asker, expected: Expectation) -> Trial:
    from qa.audit.auditing import judge_claim
    from qa.audit.claims import Claim

    text = expected.text
    judged = judge_claim(engine, Claim(text, 0, len(text), 0, True, " ".join(text.split())), text)
    cause = None
    if judged.verdict != expected.verdict:
        told = "; ".join(f"{one.claim}, the source says {one.source}" for one in judged.differs)
        said = judged.verdict.replace("_", " ")
        cause = f"{said}{f' ({told})' if told else ''}; {expected.verdict.replace('_', ' ')} was expected"
    sides = {
        stance: {one.citation.document for one in judged.evidence if one.stance == stance}
        for stance in ("for", "against")
    }
    disagreeing = tuple(sorted(sides["for"] | sides["against"])) if _apart(sides["for"], sides["against"]) else ()
    cited = tuple(one.citation for one in judged.evidence) or judged.nearest[:1]
    return Trial(expected, cause is None, judged.verdict, cause, cited, disagreeing)


def _apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other and one != other)


def _listed(answers: Sequence[str]) -> str:
    return " or ".join(repr(answer) for answer in answers[:3])


def failures(trials: Trials) -> Iterator[Trial]:
    """The trials that failed."""
    return (trial for trial in trials.trials if not trial.passed)
