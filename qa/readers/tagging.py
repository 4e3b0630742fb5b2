"""Every answer in what the neural reader has read, where a question asks for several.

The reader looks for one span. The tagger goes on from its states before the last layers and says of each token
whether it is outside of all answers, the first of one or inside one; the likeliest row of tags gives the spans
(Ramshaw and Marcus 1995). It is small, and run only for questions that may ask for several.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.readers.onnx_files import ModelFiles

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

STATES = "states"
"""The output of the reader that the tagger goes on from."""

_BARRED = -1e9


class Tagger:
    """Tags tokens; loaded when it is first asked, and shared by threads.

    Raises ModelError at the first use where its file is missing or damaged.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._path, self._threads = folder / "tagger.onnx", threads

    def spans(
        self, states: NDArray[np.float32], stretches: NDArray[np.int32], first: int, bias: float
    ) -> list[tuple[int, int, float]]:
        """The first and last token of each answer, and how sure it is: the least probability of its tokens.

        ``states`` are of all tokens [1, tokens, width]; those of ``stretches`` begin at ``first``, and an answer lies
        in one of them. ``bias`` is what is taken from the logit of "outside".
        """
        (tags,) = self._session.run(None, {STATES: states})
        logits = np.asarray(tags)[0, first : first + len(stretches)].astype(np.float64)
        logits[:, 0] -= bias
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return [
            (start, end, float(np.exp(min(logits[start, 1], logits[start + 1 : end + 1, 2].min(initial=0.0)))))
            for start, end in likeliest(logits.tolist(), stretches.tolist())
        ]

    @cached_property
    def _session(self) -> InferenceSession:
        return ModelFiles("the neural reader").session(self._path, self._threads)


def likeliest(scores: Sequence[Sequence[float]], stretches: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last token of each answer in the row of tags with the highest sum of scores.

    ``scores`` are each token's for outside, first and inside. No answer holds a token whose stretch is negative, and
    none goes on from one stretch to another.

    >>> likeliest([(0, 1, 0), (0, 0, 2), (3, 0, 0), (0, 2, 3)], [0, 0, 0, 0])
    [(0, 1), (3, 3)]
    >>> likeliest([(0, 1, 0), (1, 0, 2)], [0, 1])
    [(0, 0)]
    """
    out, into, inner = 0.0, _BARRED, _BARRED  # the best sums of rows that end with each tag
    back: list[tuple[int, int, int]] = []
    last = -1
    for (outside, first, inside), stretch in zip(scores, stretches, strict=True):
        best, tag = max((out, 0), (into, 1), (inner, 2))
        goes_on, from_tag = max((into, 1), (inner, 2))
        back.append((tag, tag, from_tag))
        free = stretch >= 0
        out = best + outside
        into = best + first if free else _BARRED
        inner = goes_on + inside if free and stretch == last else _BARRED
        last = stretch
    found: list[tuple[int, int]] = []
    tag, end = max((out, 0), (into, 1), (inner, 2))[1], -1
    for at in range(len(back) - 1, -1, -1):
        if tag and end < 0:
            end = at
        if tag == 1:
            found.append((at, end))
            end = -1
        tag = back[at][tag]
    return found[::-1]
