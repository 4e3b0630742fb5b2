"""Lines of the form "- Key: value": the value of a line whose key the question names is likely its answer."""

from __future__ import annotations

from typing import Final

import numpy as np

from qa.readers.overlap import Floats
from qa.readers.spans import Candidates
from qa.readers.words import SHAPE

# Chosen by hand on lines made for the purpose, since SQuAD has no such lines.
WHOLE_VALUE: Final = 6.0
KEY_ITSELF: Final = -12.0
LONGEST_KEY: Final = 6  # pieces


def infobox_bonus(candidates: Candidates) -> Floats:
    """What is added to each candidate's score for its place in a line of the form "- Key: value"."""
    bonus = np.zeros(len(candidates), np.float32)
    shape, sentence = candidates.shape, candidates.sentence
    opening = np.flatnonzero(shape == SHAPE["dash"])
    if not len(opening):
        return bonus
    for dash in opening.tolist():
        if dash and sentence[dash - 1] == sentence[dash]:
            continue
        end = int(np.searchsorted(sentence, sentence[dash], side="right"))
        while shape[end - 1] == SHAPE["newline"]:
            end -= 1
        key_end = next((i for i in range(dash + 2, min(dash + 2 + LONGEST_KEY, end)) if candidates.is_colon(i)), None)
        if key_end is None:
            continue
        inside = (candidates.first >= dash) & (candidates.last < end)
        bonus[inside & (candidates.first <= key_end)] += KEY_ITSELF
        if (candidates.hit[dash:key_end] >= 0).any():
            bonus[inside & (candidates.first == key_end + 1) & (candidates.last == end - 1)] += WHOLE_VALUE
    return bonus
