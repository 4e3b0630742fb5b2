"""Read answers out of the reader's logits, and score them as SQuAD does.

The reference for run time: numpy and ``tokenizers`` only.  A passage too long for one input is read
in overlapping windows; every span gets one score,

    start logit + end logit - (start logit of [CLS] + end logit of [CLS])

which is comparable across windows and passages and below zero where the reader sees no answer.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from reader_data import HEADING_TOKENS, QUESTION_TOKENS, Collection
from tokenizers import Tokenizer

FloatArray = npt.NDArray[np.float32]
IdArray = npt.NDArray[np.int64]
Logits = Callable[[IdArray, IdArray, IdArray], tuple[FloatArray, FloatArray]]

MAX_TOKENS = 256  # of one input; training saw at most 192, and nearly all of SQuAD fits into 256
OVERLAP_TOKENS = 64  # passage tokens that two neighbouring windows share
ANSWER_TOKENS = 30  # the usual limit for SQuAD (Devlin et al. 2019, reference code)


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate answer: ``[start, end)`` in the passage."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Window:
    """One model input; ``offsets`` are (start, end) in the passage for tokens from ``first`` on."""

    passage: int
    ids: list[int]
    second: int
    first: int
    offsets: list[tuple[int, int]]


def windows(tokenizer: Tokenizer, question: str, passages: Sequence[tuple[str, str]]) -> Iterator[Window]:
    """Yield the inputs for one question and its (heading, passage) pairs."""
    cls, sep = tokenizer.encode("").ids
    asked = tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
    for number, (heading, passage) in enumerate(passages):
        named = tokenizer.encode(f"{heading} :", add_special_tokens=False).ids if heading else []
        named = named[-HEADING_TOKENS:]
        text = tokenizer.encode(passage, add_special_tokens=False)
        second = len(asked) + 2
        first = second + len(named)
        room = MAX_TOKENS - first - 1
        for begin in range(0, max(1, len(text.ids) - OVERLAP_TOKENS), room - OVERLAP_TOKENS):
            ids = [cls, *asked, sep, *named, *text.ids[begin : begin + room], sep]
            yield Window(number, ids, second, first, text.offsets[begin : begin + room])


def run(logits: Logits, inputs: Sequence[Window], batch: int = 16) -> list[tuple[FloatArray, ...]]:
    """Return (start, end) logits for each window, in order; windows of like length go together."""
    found: list[tuple[FloatArray, ...]] = [()] * len(inputs)
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    for at in range(0, len(order), batch):
        chosen = order[at : at + batch]
        shape = (len(chosen), max(len(inputs[i].ids) for i in chosen))
        ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
        for row, i in enumerate(chosen):
            size = len(inputs[i].ids)
            ids[row, :size], mask[row, :size] = inputs[i].ids, 1
            types[row, inputs[i].second : size] = 1
        starts, ends = logits(ids, types, mask)
        for row, i in enumerate(chosen):
            size = len(inputs[i].ids)
            found[i] = (starts[row, :size], ends[row, :size])
    return found


def spans(window: Window, start: FloatArray, end: FloatArray, best: int = 5) -> list[Span]:
    """Return the ``best`` spans of one window, highest score first, ties by position.

    ``start`` and ``end`` are the window's logits [tokens].
    """
    count = len(window.offsets)
    if not count:
        return []
    starts = start[window.first : window.first + count]
    ends = end[window.first : window.first + count]
    lengths = np.arange(count)[None, :] - np.arange(count)[:, None]
    allowed = (lengths >= 0) & (lengths < ANSWER_TOKENS)
    table = np.where(allowed, starts[:, None] + ends[None, :], -np.inf).ravel()
    null = float(start[0] + end[0])
    top = np.argsort(-table, kind="stable")[:best]
    return [
        Span(window.offsets[i // count][0], window.offsets[i % count][1], float(table[i]) - null)
        for i in top.tolist()
        if np.isfinite(table[i])
    ]


def normal(text: str) -> str:
    """Return the answer as SQuAD's official script compares it: no case, punctuation, articles."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact(answer: str, gold: str) -> float:
    """Return 1.0 where the normalised strings are equal."""
    return float(normal(answer) == normal(gold))


def f1(answer: str, gold: str) -> float:
    """Return the token F1 of SQuAD's official script."""
    left, right = normal(answer).split(), normal(gold).split()
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right)) if shared else float(left == right)


@dataclass(frozen=True, slots=True)
class Gold:
    """EM and F1 on gold passages, in per cent; ``kept`` is the share that beat "no answer"."""

    questions: int
    em: float
    f1: float
    kept: float

    def __str__(self) -> str:
        return f"n {self.questions} EM {self.em:.2f} F1 {self.f1:.2f} kept {self.kept:.1f}"


def sample(collection: Collection, count: int, seed: int = 0) -> Collection:
    """Return ``count`` of the questions, always the same."""
    chosen = np.random.default_rng(seed).permutation(len(collection.questions))[:count]
    questions = [collection.questions[int(i)] for i in sorted(chosen)]
    return Collection(collection.paragraphs, collection.headings, questions)


def evaluate_gold(logits: Logits, dev: Collection, tokenizer: Tokenizer) -> Gold:
    """Return the scores of the best span for each question, read in its own paragraph."""
    inputs: list[Window] = []
    owners: list[int] = []
    for number, question in enumerate(dev.questions):
        pair = (dev.headings[question.paragraph], dev.paragraphs[question.paragraph])
        for window in windows(tokenizer, question.question, [pair]):
            inputs.append(window)
            owners.append(number)
    best: dict[int, Span] = {}
    for owner, window, (start, end) in zip(owners, inputs, run(logits, inputs), strict=True):
        for span in spans(window, start, end, best=1):
            if owner not in best or span.score > best[owner].score:
                best[owner] = span
    scores = []
    for number, question in enumerate(dev.questions):
        text = dev.paragraphs[question.paragraph]
        answer = text[best[number].start : best[number].end]
        golds = [text[a:b] for a, b in question.answers]
        scores.append(
            (
                max(exact(answer, g) for g in golds),
                max(f1(answer, g) for g in golds),
                best[number].score > 0,
            )
        )
    em, f, kept = (100 * float(np.mean(column)) for column in zip(*scores, strict=True))
    return Gold(len(scores), em, f, kept)
