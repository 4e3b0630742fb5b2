"""Make questions that a paragraph does not answer out of questions that it does.

One constraint of the question is changed: a name or a number for another one of the same paragraph, a
word for its opposite, a word for one that is used like it, or the verb is denied.  These are the kinds
that people chose when they wrote the unanswerable questions of SQuAD 2.0 (Rajpurkar, Jia & Liang 2018,
table 2): entity swap, antonym, negation, mutual exclusion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from opposites import OPPOSITES
from tokenizers import Tokenizer

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"\b[A-Z][\w'’-]*(?:\s+(?:of|the|de|von|van|and)?\s?[A-Z][\w'’-]*)*")
_DENIED = re.compile(r"\b(did|does|do|was|were|is|are|has|have|had|can|could|will|would|should|must)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"^(?:who|whom|whose|what|when|where|which|why|how|in|on|at|the|a|an|of|to|from|by|for|along|besides|according)$",
    re.IGNORECASE,
)


Random = np.random.Generator


def neighbours(
    tokenizer: Tokenizer, embeddings: npt.NDArray[np.float32], *, count: int = 8, alike: float = 0.6
) -> dict[str, tuple[str, ...]]:
    """Return, for each whole word of the vocabulary, words that are used like it but are not its forms.

    ``embeddings`` float32 (tokens, width) are the input embeddings of the base model; words with a cosine
    above ``alike`` may mean the same and are left out.
    """
    vocabulary = tokenizer.get_vocab()
    words = sorted(word for word in vocabulary if word.isalpha() and word.isascii() and len(word) > 3)
    rows = embeddings[[vocabulary[word] for word in words]]
    rows = rows - rows.mean(axis=0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found = {}
    for first in range(0, len(words), 1024):
        cosines = rows[first : first + 1024] @ rows.T
        near = np.argpartition(-cosines, 3 * count, axis=1)[:, : 3 * count]
        for place, others in enumerate(near):
            word = words[first + place]
            ordered = others[np.argsort(-cosines[place, others], kind="stable")]
            kept = [words[o] for o in ordered if cosines[place, o] < alike and words[o][:4] != word[:4]]
            found[word] = tuple(kept[:count])
    return found


class Swaps:
    """Changes one constraint of a question; ``neighbours`` as the function of that name returns them."""

    def __init__(self, neighbours: Mapping[str, tuple[str, ...]]) -> None:
        self._neighbours = neighbours
        # How often each is tried first: most of SQuAD 2.0's are swapped names, few are denials.
        self._ways: tuple[tuple[float, Callable[[str, str, str, Random], str | None]], ...] = (
            (0.5, self._name),
            (0.15, self._number),
            (0.18, self._opposite),
            (0.12, self._like),
            (0.05, self._denied),
        )

    def changed(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        """Return the question with one constraint changed so that the paragraph no longer answers it, or None."""
        shares = np.array([share for share, _ in self._ways])
        for way in rng.choice(len(shares), size=len(shares), replace=False, p=shares / shares.sum()):
            made = self._ways[int(way)][1](question, paragraph, answer, rng)
            if made is not None and made.lower() != question.lower():
                return made
        return None

    def _name(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        """Another name of the paragraph in the place of one that the paragraph and the question share."""
        shared = [m for m in _NAME.finditer(question) if m.start() and m[0] in paragraph]
        asked = question.lower()
        others = sorted(
            {
                m[0]
                for m in _NAME.finditer(paragraph)
                if not _ASKING.match(m[0].split()[0])
                and len(m[0]) > 3
                and m[0].lower() not in asked
                and not _overlap(m[0], answer)
                and paragraph[max(0, m.start() - 2) : m.start()].strip(" ") not in (".", "")
            }
        )
        return _replaced(question, shared, others, rng)

    def _number(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        """Another number in the place of one that the paragraph and the question share."""
        shared = [m for m in _NUMBER.finditer(question) if m[0] in paragraph]
        if not shared:
            return None
        present = {m[0] for m in _NUMBER.finditer(paragraph)}
        others = {n for n in present if n not in question and n not in answer}
        whole = [int(m[0]) for m in shared if m[0].isdigit()]
        others |= {str(n + step) for n in whole for step in (-10, -2, -1, 1, 2, 10) if n + step > 0} - present
        alike = sorted(n for n in others if len(n) == len(shared[0][0]))
        return _replaced(question, shared[:1], alike, rng)

    def _opposite(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        del paragraph, answer
        known = [m for m in _WORD.finditer(question) if m[0].lower() in OPPOSITES]
        if not known:
            return None
        chosen = known[int(rng.integers(len(known)))]
        return _replaced(question, [chosen], list(OPPOSITES[chosen[0].lower()]), rng)

    def _like(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        """A word used like it, which the paragraph does not hold, in the place of one that it holds."""
        held = {word.lower() for word in _WORD.findall(paragraph)}
        known = [m for m in _WORD.finditer(question) if m[0].lower() in held and m[0].lower() in self._neighbours]
        if not known:
            return None
        chosen = known[int(rng.integers(len(known)))]
        others = [w for w in self._neighbours[chosen[0].lower()] if w not in held and w not in answer.lower()]
        return _replaced(question, [chosen], others, rng)

    def _denied(self, question: str, paragraph: str, answer: str, rng: Random) -> str | None:
        del paragraph, answer
        verb = _DENIED.search(question)
        if verb is None or re.search(r"\b(not|never|no)\b|n't", question):
            return None
        # After the subject would be better English, but it needs a parser; both forms occur in SQuAD 2.0.
        word = "never" if rng.random() < 0.3 else "not"
        return f"{question[: verb.end()]} {word}{question[verb.end() :]}"


def _overlap(first: str, second: str) -> bool:
    first, second = first.lower(), second.lower()
    return first in second or second in first


def _replaced(question: str, places: list[re.Match[str]], others: list[str], rng: Random) -> str | None:
    if not places or not others:
        return None
    place = places[int(rng.integers(len(places)))]
    return question[: place.start()] + others[int(rng.integers(len(others)))] + question[place.end() :]
