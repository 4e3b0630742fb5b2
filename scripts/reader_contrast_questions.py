"""Put a question into words: as it is written, as keywords, in small letters or with a polite opening."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from reader_contrast_frames import SLOT, Ask
from reader_contrast_prose import chosen

__all__ = ["asked"]

KEYWORDS, CARELESS, POLITE = 0.12, 0.08, 0.05
_LEFT_OUT = re.compile("(?:the|an?|is|are|was|were|does|do|did|will|has|have|had|been|there|to|of|that)", re.IGNORECASE)
_PREFIXES = (
    "Hello, {}",
    "Please tell me: {}",
    "Quick question: {}",
    "According to the document, {}",
    "Sorry to bother you, but {}",
    "Could you look this up? {}",
)


def _question(rng: np.random.Generator, template: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        text = values[found.group(1) + found.group(2)]
        # People call people by one of their names.
        if found.group(1) == "person" and rng.random() < 0.25:
            return text.split()[-1]
        return text

    text = SLOT.sub(value, chosen(rng, template))
    return text[0].upper() + text[1:]


def _careless(question: str) -> str:
    return question.rstrip("?").lower()


def _keywords(question: str) -> str:
    words = [word for word in question.rstrip("?").split() if not _LEFT_OUT.fullmatch(word)]
    if words and words[0] == "What":
        words = words[1:]
    return " ".join(words).lower() if len(words) > 1 else question


def _polite(rng: np.random.Generator, question: str) -> str:
    prefix = _PREFIXES[int(rng.integers(len(_PREFIXES)))]
    if prefix.endswith(("? {}", ": {}")):
        return prefix.format(question)
    return prefix.format(question[0].lower() + question[1:])


def asked(rng: np.random.Generator, ask: Ask, values: Mapping[str, str]) -> str:
    roll = rng.random()
    queries = [wording for wording in ask.wordings if not wording.endswith("?")]
    whole = [wording for wording in ask.wordings if wording.endswith("?")]
    if roll < KEYWORDS and queries:
        return _question(rng, queries[int(rng.integers(len(queries)))], values).lower()
    question = _question(rng, whole[int(rng.integers(len(whole)))], values)
    if roll < KEYWORDS:
        return _keywords(question)
    if roll < KEYWORDS + CARELESS:
        return _careless(question)
    return _polite(rng, question) if roll < KEYWORDS + CARELESS + POLITE else question
