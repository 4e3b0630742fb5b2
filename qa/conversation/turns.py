"""The turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answers import Answer

MAX_TURNS = 8
"""How many turns of a conversation are kept; what a person means by "it" is rarely further back than two."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: the full question as it was answered, and the answer's text, or None for a refusal."""

    question: str
    answer: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """The turn that an answer leaves behind."""
        return cls(answer.did_you_mean or answer.question, answer.text)
