"""What auditing, calibration and conversation need from an engine: they ask it, and do not import it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.documents import Document
from index.ranking.search import Index
from qa.answers import Answer
from qa.candidates import Candidates, Hit
from qa.confidence import Confidence
from qa.readers.base import Reader


class Asker(Protocol):
    """Answers questions from one index; ``qa.Engine`` does, and documents each of these."""

    @property
    def index(self) -> Index: ...

    @property
    def reader(self) -> Reader: ...

    @property
    def reader_name(self) -> str: ...

    @property
    def confidence(self) -> Confidence: ...

    @property
    def min_confidence(self) -> float: ...

    def ask(self, question: str, *, top: int = ..., min_confidence: float | None = ...) -> Answer: ...

    def search(self, question: str, *, k: int = ...) -> list[Hit]: ...

    def read(self, question: str, *, hits: Sequence[Hit] | None = ...) -> Candidates: ...

    def document(self, name: str) -> Document: ...

    def counts(self) -> dict[str, int]: ...
