"""Lines of the form "Key: value": the value of a line whose key the question names is likely its answer."""

from __future__ import annotations

from typing import Final

import numpy as np

from qa.readers.overlap import Floats
from qa.readers.spans import SpanCandidates
from qa.readers.words import SHAPE

# Chosen by hand on lines made for the purpose, since SQuAD has no such lines.
WHOLE_VALUE: Final = 6.0
KEY_ITSELF: Final = -12.0
LONGEST_KEY: Final = 6  # pieces


def infobox_bonus(candidates: SpanCandidates) -> Floats:
    """What is added to each candidate's score for its place in a line of the form "Key: value;".

    A line as it is laid out for reading ends in ";". A key is no answer where the question names it.
    """
    bonus = np.zeros(len(candidates), np.float32)
    shape, sentence = candidates.shape, candidates.sentence
    if not len(sentence):
        return bonus
    openings = np.flatnonzero(np.concatenate([[True], sentence[1:] != sentence[:-1]]))
    for first in openings.tolist():
        end = int(np.searchsorted(sentence, sentence[first], side="right"))
        if shape[end - 1] != SHAPE["semicolon"]:
            continue
        end -= 1
        key_end = next((i for i in range(first + 1, min(first + 1 + LONGEST_KEY, end)) if candidates.is_colon(i)), None)
        if key_end is None:
            continue
        inside = (candidates.first >= first) & (candidates.last < end)
        if (candidates.hit[first:key_end] >= 0).any() or not (candidates.hit[key_end:end] >= 0).any():
            bonus[inside & (candidates.first <= key_end)] += KEY_ITSELF
        if (candidates.hit[first:key_end] >= 0).any():
            bonus[inside & (candidates.first == key_end + 1) & (candidates.last == end - 1)] += WHOLE_VALUE
    return bonus
