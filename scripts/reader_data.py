"""Read SQuAD-form files, find hard negatives in them, and cut inputs for the neural reader out of them.

Everything here is pure data: numpy and ``tokenizers``, no PyTorch.  The input of the reader is

    [CLS] question [SEP] heading : passage [SEP]

with token type 0 up to the first ``[SEP]`` and 1 after it.  Answer spans may lie on passage tokens
only; "no answer here" is a span on ``[CLS]``.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from reader_arrays import Example
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int32]
Random = np.random.Generator

QUESTION_TOKENS = 48  # the longest SQuAD question has 60; 99.9 % fit
HEADING_TOKENS = 24
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question about one paragraph; ``answers`` are (start, end) in the paragraph."""

    question: str
    paragraph: int
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Paragraphs with the heading of each, and the questions about them."""

    paragraphs: list[str]
    headings: list[str]
    questions: list[Labelled]


def read_squad(path: Path) -> Collection:
    """Return the paragraphs and questions of a SQuAD 1.1 or 2.0 file (``.json`` or ``.json.gz``).

    Questions whose ``placed`` says "doubtful" are left out: their paragraph may not be theirs.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    found = Collection([], [], [])
    for article in articles:
        heading = str(article.get("title", "")).replace("_", " ")
        for paragraph in article["paragraphs"]:
            number = len(found.paragraphs)
            found.paragraphs.append(paragraph["context"])
            found.headings.append(heading)
            for qa in paragraph["qas"]:
                if qa.get("placed") == "doubtful":
                    continue
                spans = tuple((int(a["answer_start"]), int(a["answer_start"]) + len(a["text"])) for a in qa["answers"])
                found.questions.append(Labelled(qa["question"], number, spans))
    return found


class Bm25:
    """BM25 (Lucene variant, k1 1.2, b 0.75) over whole words, to find hard negatives.

    Words in more than a tenth of the paragraphs are ignored: they only cost time here.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(w.lower() for w in _WORD.findall(text)) for text in texts]
        lengths = np.array([sum(c.values()) for c in counts], dtype=np.float32)
        norm = 1.2 * (1 - 0.75 + 0.75 * lengths / lengths.mean())
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word, times in count.items():
                postings[word].append((number, times))
        self._size = len(texts)
        self._postings: dict[str, tuple[IntArray, npt.NDArray[np.float32]]] = {}
        for word, pairs in postings.items():
            if len(pairs) > max(10, self._size // 10):
                continue
            ids = np.array([p[0] for p in pairs], dtype=np.int32)
            tf = np.array([p[1] for p in pairs], dtype=np.float32)
            idf = math.log(1 + (self._size - len(pairs) + 0.5) / (len(pairs) + 0.5))
            self._postings[word] = (ids, (idf * tf / (tf + norm[ids])).astype(np.float32))

    def best(self, question: str, k: int) -> list[int]:
        """Return the numbers of the ``k`` best paragraphs, best first, ties by number."""
        scores = np.zeros(self._size, dtype=np.float32)
        for word in sorted({w.lower() for w in _WORD.findall(question)}):
            if word in self._postings:
                ids, weights = self._postings[word]
                scores[ids] += weights
        top = np.argpartition(-scores, k)[:k]
        return [int(i) for i in top[np.lexsort((top, -scores[top]))] if scores[i] > 0]


@dataclass(frozen=True, slots=True)
class Cut:
    """How inputs are cut, so that the reader meets passages of all lengths, with and without a heading."""

    max_tokens: int = 256
    drop_heading: float = 0.3  # share of inputs without their heading
    shorten: float = 0.3  # share of inputs with a part of their paragraph only
    least_part: float = 0.35  # of the paragraph; the part is drawn evenly between this and all
    least_tokens: int = 24


class Pool:
    """A collection with its tokens, from which inputs are cut."""

    def __init__(self, collection: Collection, tokenizer: Tokenizer, cut: Cut) -> None:
        self.collection = collection
        self._tokenizer, self._cut = tokenizer, cut
        paragraphs = tokenizer.encode_batch(collection.paragraphs, add_special_tokens=False)
        self.tokens = [np.array(e.ids, dtype=np.int32) for e in paragraphs]
        self._offsets = [np.array(e.offsets, dtype=np.int32).reshape(-1, 2) for e in paragraphs]
        named = {h: f"{h} :" if h else "" for h in collection.headings}
        self._headings = {h: self._encode(text)[-HEADING_TOKENS:] for h, text in named.items()}
        self._cls, self._sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def _encode(self, text: str) -> IntArray:
        return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32)

    def answer(self, paragraph: int, span: tuple[int, int]) -> tuple[int, int]:
        """Return the first and the last token of a (start, end) in a paragraph."""
        offsets = self._offsets[paragraph]
        first = min(int(np.searchsorted(offsets[:, 1], span[0], side="right")), len(offsets) - 1)
        last = int(np.searchsorted(offsets[:, 0], span[1], side="left")) - 1
        return first, max(first, min(last, len(offsets) - 1))

    def example(
        self, question: str, paragraph: int, kind: str, rng: Random, *, answer: tuple[int, int] | None = None
    ) -> Example:
        """Return one input: a part of the paragraph that holds the tokens ``answer``, if there are any."""
        cut, tokens = self._cut, self.tokens[paragraph]
        asked, heading = self._asked(question), self._heading(paragraph, rng)
        size = len(tokens)
        if rng.random() < cut.shorten:
            size = max(cut.least_tokens, int(size * rng.uniform(cut.least_part, 1)))
        room = cut.max_tokens - 3 - len(asked) - len(heading)
        size = min(size, room, len(tokens))
        low, high = 0, len(tokens) - size
        if answer is not None:
            first, last = answer[0], min(answer[1], answer[0] + room - 1)
            size = max(size, last - first + 1)
            low, high = max(0, last + 1 - size), min(len(tokens) - size, first)
            answer = first, last
        begin = int(rng.integers(low, high + 1))
        return self._joined(asked, heading, tokens[begin : begin + size], kind, answer, begin)

    def without(self, question: str, paragraph: int, kind: str, rng: Random, answer: tuple[int, int]) -> Example | None:
        """Return the longer side of the paragraph beside ``answer``; None where it is short or says it again."""
        asked, heading = self._asked(question), self._heading(paragraph, rng)
        tokens, room = self.tokens[paragraph], self._cut.max_tokens - 3 - len(asked) - len(heading)
        before = answer[0] - int(rng.integers(0, 12))
        after = answer[1] + 1 + int(rng.integers(0, 12))
        left = before >= len(tokens) - after
        side = tokens[: max(0, before)][-room:] if left else tokens[after:][:room]
        if len(side) < self._cut.least_tokens or _holds(side, tokens[answer[0] : answer[1] + 1]):
            return None
        return self._joined(asked, heading, side, kind, None, 0)

    def _asked(self, question: str) -> IntArray:
        return self._encode(question)[:QUESTION_TOKENS]

    def _heading(self, paragraph: int, rng: Random) -> IntArray:
        heading = self._headings[self.collection.headings[paragraph]]
        return heading[:0] if rng.random() < self._cut.drop_heading else heading

    def _joined(
        self,
        asked: IntArray,
        heading: IntArray,
        window: IntArray,
        kind: str,
        answer: tuple[int, int] | None,
        begin: int,
    ) -> Example:
        ids = np.concatenate([[self._cls], asked, [self._sep], heading, window, [self._sep]]).astype(np.int32)
        second = len(asked) + 2
        first = second + len(heading)
        allowed = np.zeros(len(ids), np.bool_)
        allowed[first:-1] = True
        start, end = (first + token - begin for token in answer) if answer else (0, 0)
        return Example(ids, second, allowed, start, end, kind)


def _holds(tokens: IntArray, part: IntArray) -> bool:
    if len(part) > len(tokens):
        return False
    places = np.lib.stride_tricks.sliding_window_view(tokens, len(part))
    return bool((places == part).all(axis=1).any())
