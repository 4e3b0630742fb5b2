"""How the lexical reader's weights are learned: sentence ranking, span choice, and when to refuse.

Sentences and refusals are learned by scikit-learn's logistic regression (sentences as pairs: the right one minus a
wrong one). Spans are chosen among hundreds of candidates, so their weights maximise the probability of the right
candidate among all of them (a softmax, as Rajpurkar et al. 2016 do), by AdaGrad on 2**18 hashed features.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corpus.documents import Passage
from qa.questions import analyse_question
from qa.readers.lexical import (
    CANDIDATES_KEPT,
    Weights,
    best_sentences,
)
from qa.readers.overlap import KINDS, SENTENCE_FEATURES, sentence_features, view
from qa.readers.spans import SPAN_FEATURES, SpanCandidates
from qa.readers.words import Lexicon, WordTable

BATCH = 32
CLOSE_ENOUGH = 0.7  # overlap with the gold answer from which the nearest candidate stands in for it
ALL = len(KINDS)  # the row that every kind shares


@dataclass(frozen=True, slots=True)
class Example:
    """A question with passages to read, and the gold answer: its passage and its place in the document.

    ``gold`` is None where none of the passages holds the answer.
    """

    question: str
    passages: tuple[Passage, ...]
    scores: tuple[float, ...]
    gold: tuple[int, int, int] | None


def empty_weights(lexicon: Lexicon, buckets: int) -> Weights:
    """Weights of zero, of the shapes that the reader expects."""
    from qa.readers.lexical import REFUSAL_FEATURES

    sentences = np.zeros((ALL + 1, len(SENTENCE_FEATURES)), np.float32)
    return Weights(
        hashed=np.zeros(buckets, np.float32),
        rank=sentences,
        sentence=sentences.copy(),
        span=np.zeros((ALL + 1, len(SPAN_FEATURES)), np.float32),
        refusal=np.zeros(len(REFUSAL_FEATURES), np.float32),
        lexicon=lexicon,
    )


def learn_ranking(weights: Weights, examples: Iterable[Example], *, seed: int, wrong: int = 4) -> Weights:
    """The weights with ``rank`` learned from pairs of a right and a wrong sentence, up to ``wrong`` a question."""
    table, rng = WordTable(weights.lexicon), np.random.default_rng(seed)
    rows: list[NDArray[np.float32]] = []
    kinds: list[int] = []
    for example in examples:
        if example.gold is None:
            continue
        scene = view(analyse_question(example.question), example.passages, table)
        features = sentence_features(scene, example.scores, table)
        number, start, end = example.gold
        right = [
            i
            for i, (first, last) in enumerate(scene.windows)
            if scene.passage_of[i] == number and first <= start and end <= last
        ]
        text = example.passages[number].text[
            start - example.passages[number].start : end - example.passages[number].start
        ]
        others = [
            i
            for i in range(len(scene.windows))
            if i not in right and not _says(scene.windows[i], scene.passage_of[i], example, text)
        ]
        if not right or not others:
            continue
        # Half of the wrong ones are those that cover the question best.
        ranked = sorted(others, key=lambda i: -float(features[i, 1]))
        chosen = {*ranked[: wrong // 2], *rng.choice(others, size=min(wrong // 2, len(others)), replace=False).tolist()}
        for i in sorted(chosen):
            rows.append(features[right[0]] - features[i])
            kinds.append(KINDS.index(scene.question.kind))
    return replace(weights, rank=_pairwise(np.stack(rows), np.array(kinds)))


def _says(window: tuple[int, int], number: int, example: Example, text: str) -> bool:
    passage = example.passages[number]
    return text.lower() in passage.slice(window[0], window[1]).lower()


def _pairwise(differences: NDArray[np.float32], kinds: NDArray[np.int64]) -> NDArray[np.float32]:
    """Logistic regression of the differences, with a block of columns for each kind and one for all."""
    count, width = differences.shape
    signs = np.where(np.arange(count) % 2 == 0, 1.0, -1.0)
    signed = differences * signs[:, None]
    columns = np.concatenate(
        [kinds[:, None] * width + np.arange(width), ALL * width + np.tile(np.arange(width), (count, 1))], 1
    )
    data = np.concatenate([signed, signed], axis=1)
    pointers = np.arange(0, 2 * width * count + 1, 2 * width)
    matrix = csr_matrix((data.ravel(), columns.ravel(), pointers), shape=(count, (ALL + 1) * width))
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=300, tol=1e-4)
    model.fit(matrix, signs > 0)
    return np.asarray(model.coef_, np.float32).reshape(ALL + 1, width)


class SpanLearner:
    """AdaGrad over the softmax of each question's candidates."""

    def __init__(self, weights: Weights, *, rate: float = 0.1, margin: float = 0.0) -> None:
        self.weights = weights
        self.rate = rate
        self.margin = margin
        self.table = WordTable(weights.lexicon)
        self.buckets = len(weights.hashed)
        self._squares = [np.full(array.shape, 1e-2) for array in self._learned()]
        self.seen = self.lost = 0
        self.loss = 0.0
        self._clear()

    def _learned(self) -> tuple[NDArray[np.float32], ...]:
        return self.weights.hashed, self.weights.span, self.weights.sentence

    def _clear(self) -> None:
        self._places: list[NDArray[np.int64]] = []
        self._values: list[NDArray[np.float64]] = []
        self._span = np.zeros(self.weights.span.shape)
        self._sentence = np.zeros(self.weights.sentence.shape)
        self._pending = 0

    def learn(self, example: Example) -> None:
        """Takes one question in; the weights change after each BATCH of them."""
        if example.gold is None:
            return
        weights = self.weights
        scene = view(analyse_question(example.question), example.passages, self.table)
        features = sentence_features(scene, example.scores, self.table)
        kind = KINDS.index(scene.question.kind)
        rank = features @ (weights.rank[kind] + weights.rank[ALL])
        candidates = SpanCandidates(scene, best_sentences(rank), self.table)
        self.seen += 1
        gold = self._gold(candidates, example)
        if gold is None:
            self.lost += 1
            return
        hashed = weights.hashed
        edges = candidates.piece_buckets(self.buckets)
        starts, ends, inner = (hashed[bucket].sum(axis=1) for bucket in edges)
        inside = np.concatenate([[0.0], np.cumsum(inner)])
        sentence = features @ (weights.sentence[kind] + weights.sentence[ALL])

        def quick() -> NDArray[np.float64]:
            first, last = candidates.first, candidates.last
            return np.asarray(
                starts[first] + ends[last] + inside[last + 1] - inside[first] + sentence[candidates.sentence[first]],
                float,
            )

        if len(candidates) > CANDIDATES_KEPT:
            chosen = np.argpartition(-quick(), CANDIDATES_KEPT)[:CANDIDATES_KEPT]
            chosen = np.union1d(chosen, [gold])
            candidates.keep(chosen)
            gold = int(np.searchsorted(chosen, gold))
        whole, numeric = candidates.whole_buckets(self.buckets), candidates.numeric()
        scores = quick() + hashed[whole].sum(axis=1) + numeric @ (weights.span[kind] + weights.span[ALL])
        scores += self.margin * (1 - _overlap(candidates, gold))
        scores[self._elsewhere(candidates, gold)] = -np.inf
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        self.loss -= float(np.log(max(chances[gold], 1e-12)))
        slope = chances
        slope[gold] -= 1.0
        count = len(candidates.pieces)
        at_first = np.bincount(candidates.first, slope, count)
        at_last = np.bincount(candidates.last, slope, count)
        at_inner = np.cumsum(at_first) - np.concatenate([[0.0], np.cumsum(at_last)[:-1]])
        for buckets, slopes in zip((*edges, whole), (at_first, at_last, at_inner, slope), strict=True):
            steep = np.abs(slopes) > 1e-4
            self._places.append(buckets[steep].ravel())
            self._values.append(np.repeat(slopes[steep], buckets.shape[1]))
        for block, change in (
            (self._span, slope @ numeric),
            (self._sentence, np.bincount(candidates.sentence[candidates.first], slope, len(features)) @ features),
        ):
            block[kind] += change
            block[ALL] += change
        self._pending += 1
        if self._pending == BATCH:
            self.update()

    def update(self) -> None:
        """Changes the weights by what was taken in since the last time."""
        if not self._pending:
            return
        hashed = np.bincount(np.concatenate(self._places), np.concatenate(self._values), self.buckets)
        rates = (self.rate, self.rate, self.rate * 0.3)
        for array, slope, squares, rate in zip(
            self._learned(), (hashed, self._span, self._sentence), self._squares, rates, strict=True
        ):
            squares += slope * slope
            array -= (rate * slope / np.sqrt(squares)).astype(np.float32)
        self._clear()

    def _gold(self, candidates: SpanCandidates, example: Example) -> int | None:
        """The candidate that is the gold answer, or the nearest one to it where they overlap enough."""
        assert example.gold is not None
        number, start, end = example.gold
        scene, pieces = candidates.scene, candidates.pieces
        if not len(candidates):
            return None
        starts, ends = scene.starts[pieces[candidates.first]], scene.ends[pieces[candidates.last]]
        common = (np.minimum(ends, end) - np.maximum(starts, start)).astype(float)
        common[scene.passage_of[candidates.sentence[candidates.first]] != number] = 0.0
        share = 2 * common / (ends - starts + end - start)
        best = int(share.argmax())
        return best if share[best] >= CLOSE_ENOUGH else None

    def _elsewhere(self, candidates: SpanCandidates, gold: int) -> NDArray[np.int64]:
        """Other places where the same words stand: no wrong answers, so they take no part."""
        rows = candidates.rows[candidates.first[gold] : candidates.last[gold] + 1]
        same = np.flatnonzero(candidates.length == candidates.length[gold])
        same = same[candidates.rows[candidates.first[same]] == rows[0]]
        return np.array(
            [
                i
                for i in same
                if i != gold and (candidates.rows[candidates.first[i] : candidates.last[i] + 1] == rows).all()
            ],
            np.int64,
        )


def _overlap(candidates: SpanCandidates, gold: int) -> NDArray[np.float64]:
    """The F1, in pieces, of each candidate with the gold one."""
    first, last = candidates.first, candidates.last
    common = np.maximum(0, np.minimum(last, last[gold]) - np.maximum(first, first[gold]) + 1)
    return np.asarray(2 * common / (candidates.length + candidates.length[gold] + 2), float)


def learn_refusal(weights: Weights, judged: Sequence[tuple[NDArray[np.float32], bool]]) -> Weights:
    """The weights with ``refusal`` learned from what told of best spans, and whether the passages hold the answer."""
    model = LogisticRegression(C=10.0, fit_intercept=False, max_iter=1000)
    model.fit(np.stack([features for features, _ in judged]), np.array([right for _, right in judged]))
    return replace(weights, refusal=np.asarray(model.coef_[0], np.float32))
