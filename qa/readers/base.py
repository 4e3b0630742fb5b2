"""What a reader is: it takes a question and passages and returns scored spans of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.documents import Passage
from qa.questions import Question
from qa.readers.readings import Reading
from qa.readers.views import View


class Reader(Protocol):
    """Anything that can read passages for a question.

    ``scores`` are the passages' retrieval scores, higher is better, one for each passage. A reader holds
    no state that a call changes visibly, so that threads may share it.
    """

    @property
    def name(self) -> str:
        """The name that a user asks for it by."""

    @property
    def passages(self) -> int:
        """How many of the best passages it is given to read."""

    @property
    def least_coverage(self) -> float:
        """The share of the question's idf that a passage after the second must hold to be read; 0 where any may be."""

    @property
    def knows_other_words(self) -> bool:
        """Whether it can find an answer where no word of the question stands."""

    def read(self, question: Question, passages: Sequence[Passage | View], scores: Sequence[float]) -> Reading:
        """The best distinct spans over all the passages, best first, at most about ten."""
