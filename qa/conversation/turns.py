"""The turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qa.conversation.phrases import Parsed, parse
from qa.questions import Question, analyse_question

if TYPE_CHECKING:
    from qa.answers import Answer

MAX_TURNS = 8
"""How many turns of a conversation are kept; what a person means by "it" is rarely further back than two."""


@dataclass(frozen=True)
class Turn:
    """One exchange: the full question as it was answered, and the answer's text, or None for a refusal."""

    question: str
    answer: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """The turn that an answer leaves behind."""
        return cls(answer.did_you_mean or answer.question, answer.text)

    @cached_property
    def parsed(self) -> Parsed:
        """Its question by phrases, for what a follow-up may take from it."""
        return parse(self.question)

    @cached_property
    def asked(self) -> Question:
        """Its question by what it asks for."""
        return analyse_question(self.question)
