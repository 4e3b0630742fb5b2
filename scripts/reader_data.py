"""Turn SQuAD-form files into token arrays for the neural reader.

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from reader_swaps import Swaps
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int32]

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
    """Return the paragraphs and questions of a SQuAD 1.1 or 2.0 file (``.json`` or ``.json.gz``)."""
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
class Encoded:
    """One model input: ``ids``; the passage starts at ``first``; target tokens (0, 0) = no answer."""

    ids: IntArray
    second: int  # where token type 1 begins
    first: int  # where passage tokens begin; they end one before the last token
    start: int
    end: int  # inclusive, as the model's end logit points at the last token


class Pool:
    """A collection with its tokens, from which training examples are drawn."""

    def __init__(self, collection: Collection, tokenizer: Tokenizer) -> None:
        self.collection = collection
        self._tokenizer = tokenizer
        encode = tokenizer.encode_batch
        paragraphs = encode(collection.paragraphs, add_special_tokens=False)
        self.tokens = [np.array(e.ids, dtype=np.int32) for e in paragraphs]
        self.offsets = [np.array(e.offsets, dtype=np.int32).reshape(-1, 2) for e in paragraphs]
        texts = [q.question for q in collection.questions]
        self.questions = [
            np.array(e.ids[:QUESTION_TOKENS], dtype=np.int32) for e in encode(texts, add_special_tokens=False)
        ]
        named = {h: f"{h} :" if h else "" for h in collection.headings}
        self.headings = {
            h: np.array(tokenizer.encode(t, add_special_tokens=False).ids, dtype=np.int32) for h, t in named.items()
        }
        self.cls = tokenizer.token_to_id("[CLS]")
        self.sep = tokenizer.token_to_id("[SEP]")

    def asked(self, question: str) -> IntArray:
        """Return the tokens of a question that is not in the collection."""
        ids = self._tokenizer.encode(question, add_special_tokens=False).ids
        return np.array(ids[:QUESTION_TOKENS], dtype=np.int32)

    def example(
        self,
        asked: IntArray,
        paragraph: int,
        *,
        answer: tuple[int, int] | None,
        max_tokens: int,
        drop_heading: float,
        rng: np.random.Generator,
    ) -> Encoded:
        """Return one input of at most ``max_tokens``: a window that holds the answer, if there is one."""
        heading = self.headings[self.collection.headings[paragraph]][-HEADING_TOKENS:]
        if rng.random() < drop_heading:
            heading = heading[:0]
        tokens, offsets = self.tokens[paragraph], self.offsets[paragraph]
        room = max_tokens - 3 - len(asked) - len(heading)
        low, high = 0, max(0, len(tokens) - room)
        start = end = -1
        if answer is not None:
            start = int(np.searchsorted(offsets[:, 1], answer[0], side="right"))
            end = int(np.searchsorted(offsets[:, 0], answer[1], side="left")) - 1
            end = max(start, min(end, start + room - 1, len(tokens) - 1))
            low, high = max(0, min(high, end + 1 - room)), min(high, start)
        begin = int(rng.integers(low, high + 1))
        window = tokens[begin : begin + room]
        cls, sep = [self.cls], [self.sep]
        ids = np.concatenate([cls, asked, sep, heading, window, sep]).astype(np.int32)
        second = len(asked) + 2
        first = second + len(heading)
        if answer is None:
            return Encoded(ids, second, first, 0, 0)
        return Encoded(ids, second, first, first + start - begin, first + end - begin)


@dataclass(frozen=True, slots=True)
class Mix:
    """What one epoch is made of."""

    negatives: float = 0.3  # retrieved negatives for each positive
    swaps: float = 0.3  # questions with one constraint changed, for each positive
    repeats: int = 3  # times each written unanswerable question comes
    reviews: int = 500  # unanswerable questions about reviews
    max_tokens: int = 192
    drop_heading: float = 0.3
    batch: int = 16
    bucket: int = 32  # batches that are sorted by length together
    seed: int = 0


class Stream:
    """The endless, repeatable sequence of training batches.

    Bucket ``n`` is always the same for the same files and ``Mix``, so a position (bucket, batch) is
    all that a checkpoint needs.
    """

    def __init__(self, pool: Pool, written: Pool | None, reviews: Pool | None, swaps: Swaps, mix: Mix) -> None:
        self._pool, self._written, self._reviews, self._swaps, self._mix = pool, written, reviews, swaps, mix
        held = pool.collection
        self._bm25 = Bm25([f"{h} {p}" for h, p in zip(held.headings, held.paragraphs, strict=True)])
        self._epochs: dict[int, IntArray] = {}

    def _order(self, epoch: int) -> IntArray:
        """Return rows (kind, question): 0 positive, 1 retrieved negative, 2 written, 3 review, 4 changed."""
        if epoch not in self._epochs:
            mix, rng = self._mix, np.random.default_rng([self._mix.seed, epoch])
            count = len(self._pool.collection.questions)
            chosen = rng.permutation(count)[: int(count * mix.negatives)]
            rows = [(0, i) for i in range(count)] + [(1, int(i)) for i in chosen]
            rows += [(4, int(i)) for i in rng.permutation(count)[: int(count * mix.swaps)]]
            rows += [(2, i) for i in _unanswerable(self._written)] * mix.repeats
            spare = _unanswerable(self._reviews)
            rows += [(3, spare[int(i)]) for i in rng.permutation(len(spare))[: mix.reviews]]
            self._epochs = {epoch: rng.permutation(np.array(rows, dtype=np.int32))}
        return self._epochs[epoch]

    def _draw(self, kind: int, number: int, rng: np.random.Generator) -> Encoded:
        pool = [self._pool, self._pool, self._written, self._reviews, self._pool][kind]
        assert pool is not None
        question, asked = pool.collection.questions[number], pool.questions[number]
        paragraph, answer = question.paragraph, None
        if kind == 0:
            answer = question.answers[0]
        elif kind == 4 and (changed := self._changed(question, rng)) is not None:
            asked = pool.asked(changed)
        elif kind in (1, 4):
            paragraph = self._negative(question, rng)
        mix = self._mix
        return pool.example(
            asked,
            paragraph,
            answer=answer,
            max_tokens=mix.max_tokens,
            drop_heading=mix.drop_heading,
            rng=rng,
        )

    def _changed(self, question: Labelled, rng: np.random.Generator) -> str | None:
        """Return the question with one constraint changed, so that its paragraph does not answer it."""
        text = self._pool.collection.paragraphs[question.paragraph]
        start, end = question.answers[0]
        return self._swaps.changed(question.question, text, text[start:end], rng)

    def _negative(self, question: Labelled, rng: np.random.Generator) -> int:
        """Return a paragraph that search would find for the question, without its answer's text."""
        texts = self._pool.collection.paragraphs
        own = texts[question.paragraph]
        golds = [own[start:end].lower() for start, end in question.answers]
        found = [
            n
            for n in self._bm25.best(question.question, 20)
            if n != question.paragraph and not any(g in texts[n].lower() for g in golds)
        ][:8]
        return found[int(rng.integers(len(found)))] if found else int(rng.integers(len(texts)))

    def batches(self, bucket: int, batch: int) -> Iterator[tuple[int, int, list[Encoded]]]:
        """Yield (bucket, batch, examples) from that batch on; the examples are of similar length."""
        size = self._mix.batch * self._mix.bucket
        whole = len(self._order(0)) // size
        while True:
            epoch, part = divmod(bucket, whole)
            rng = np.random.default_rng([self._mix.seed, 1, bucket])
            rows = self._order(epoch)[part * size : (part + 1) * size]
            drawn = [self._draw(int(kind), int(n), rng) for kind, n in rows]
            drawn.sort(key=lambda example: len(example.ids))
            order = rng.permutation(self._mix.bucket)
            for number in range(batch, len(order)):
                first = int(order[number]) * self._mix.batch
                yield bucket, number, drawn[first : first + self._mix.batch]
            bucket, batch = bucket + 1, 0


def _unanswerable(pool: Pool | None) -> list[int]:
    questions = pool.collection.questions if pool else []
    return [i for i, question in enumerate(questions) if not question.answers]
