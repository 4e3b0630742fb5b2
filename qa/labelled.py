"""Questions with what is known about their answers, and those that could not be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.records import Record


@dataclass(frozen=True, slots=True)
class LabelledQuestion(Record):
    """A question and what its file says of the answer.

    ``answers`` are the gold answers, any of which is right; none means that the documents do not say.
    ``section`` is the heading path that holds the answer, None where it is not labelled. ``document`` is
    the id of the document that holds it (SQuAD), and ``spans`` the gold answers' positions there.
    ``judgements`` grades documents by relevance (BEIR).

    >>> LabelledQuestion("1", "When?", answers=("1816", "in 1816"), section=("History",)).answers[0]
    '1816'
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    section: tuple[str, ...] | None = None
    document: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    judgements: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SkippedQuestion(Record):
    """A question that could not be used: where it stands and why.

    >>> SkippedQuestion("q.jsonl, line 3", "no 'question'; expected a text").place
    'q.jsonl, line 3'
    """

    place: str
    cause: str
