"""What a reader returns: scored spans of the passages that it read.

Spans of all the passages compete on one scale, and ``no_answer`` stands on the same scale: where it is
higher than every span's score, the reader believes that the answer is not in these passages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one passage that may answer the question.

    ``passage`` is the position of the passage in the list that was read; ``start`` and ``end`` are
    positions of the document, and so is ``sentence``, the window of the sentence that holds the span.
    ``score`` is unbounded and comparable only within one question. ``text`` is what stands there. ``statement`` is
    what was read around it: the sentence, or the line with its heads and parents, which stand at ``context``.
    ``section`` is the heading path of a span that stands in a heading or beside the passage, None for any other.
    ``evidence`` names what speaks for or against the span, for the confidence to be fitted on; which names there
    are, each reader documents.

    >>> span = Span(0, 14, 18, (0, 19), score=9.1, text="2009", evidence=(("coverage", 0.8),))
    >>> span.end - span.start, dict(span.evidence)["coverage"]
    (4, 0.8)
    """

    passage: int
    start: int
    end: int
    sentence: tuple[int, int]
    score: float
    text: str
    statement: str = ""
    context: tuple[tuple[int, int], ...] = ()
    section: tuple[str, ...] | None = None
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Marks:
    """How well each token of a window opens and closes an answer: what a span that was not found would score.

    ``starts`` and ``ends`` are the document's positions of the tokens, int32 (tokens,) each; ``opening`` and
    ``closing`` their scores, float32 (tokens,) each, which add up to a span's.

    >>> marks = Marks(0, np.array([0, 4]), np.array([3, 7]), np.array([1.0, 2.0]), np.array([0.5, 4.0]))
    >>> marks.score(0, 7), marks.score(1, 7)
    (5.0, None)
    """

    passage: int
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    opening: NDArray[np.float32]
    closing: NDArray[np.float32]

    @cached_property
    def _opens(self) -> dict[int, float]:
        return dict(zip(self.starts.tolist(), self.opening.tolist(), strict=True))

    @cached_property
    def _closes(self) -> dict[int, float]:
        return dict(zip(self.ends.tolist(), self.closing.tolist(), strict=True))

    def score(self, start: int, end: int) -> float | None:
        """The score of the span [start, end) of the document; None where it does not begin and end with a token."""
        first, last = self._opens.get(start), self._closes.get(end)
        return None if first is None or last is None else first + last


def _nothing(passages: Collection[int]) -> tuple[Span, ...]:  # noqa: ARG001 - what has no tagger marks nothing
    return ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The spans found, best first, and the score of "no answer here" on the spans' own scale.

    ``further`` are spans of which no two of one window overlap, best first, for answers that are lists; ``marks`` let
    any other span be scored. ``tagged`` gives every answer that a tagger marks in the passages of some numbers, each
    with ``tag`` (0 to 1) in its evidence; it works when it is called. A reader that has no such things leaves them out.

    >>> Reading(spans=(), no_answer=0.0).spans
    ()
    """

    spans: tuple[Span, ...]
    no_answer: float
    further: tuple[Span, ...] = ()
    marks: tuple[Marks, ...] = ()
    tagged: Callable[[Collection[int]], tuple[Span, ...]] = _nothing
