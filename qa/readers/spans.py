"""Candidate spans inside chosen sentences, and the features that a linear model weighs them by.

Features of three sorts add up to a span's score: hashed ones of its first piece, of its last piece, of each piece
inside and of the whole; numeric ones; and those of its sentence. A hashed feature is a property of the span together
with a property of the question, mixed into one of a fixed number of buckets, each with a learned weight
(Weinberger et al. 2009). Everything is computed for all candidates at once.
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.questions import Question
from qa.readers.overlap import Floats, Ints, Scene
from qa.readers.words import SHAPE, WordTable

Hashes = NDArray[np.uint32]
_Neighbours = tuple[Hashes, Hashes, Ints]  # words, kinds and matches of the pieces beside each piece

LONGEST: Final = 14  # pieces; 97 % of SQuAD's answers are no longer
FAR: Final = 9
_A, _B, _C, _D = (np.uint32(n) for n in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))  # xxHash's primes

_SALTS: Final = np.arange(16, dtype=np.uint32)
_COLON: Final = zlib.crc32(b":")

SPAN_FEATURES: Final = (
    "inside", "inside_soft", "inside_head", "left_near", "left_far", "right_near", "right_far", "length", "log_length",
    "idf_mean", "idf_max", "title_inside", "capitals", "opens_sentence", "rest", "either_near", "enclosed",
)  # fmt: skip


def question_keys(question: Question, table: WordTable) -> Hashes:
    """The properties of the question that properties of spans are joined with, the most general first."""
    lower = [word.lower() for word in question.words]
    begin, end = question.phrase
    opening = " ".join(lower[begin : begin + 2])
    noun = f"{question.kind}:{question.head}" if question.head else f"{question.kind}~{opening}"
    group = table.lexicon.word_class(question.head) if question.head else None
    follow = next((lower[i] for i in question.focus if i >= end), "")
    keys = (
        "",
        f"{question.kind}|{question.expects}",
        noun if group is None else f"{question.kind}:{group}",
        noun,
        f"{opening}>{follow}",
    )
    return np.array([zlib.crc32(key.encode("utf-8", "surrogatepass")) for key in keys], np.uint32)


def _mix(one: Hashes, other: Hashes) -> Hashes:
    mixed: Hashes = one * _A ^ (other + _D) * _B
    return mixed ^ (mixed >> np.uint32(15))


def _join(properties: list[Hashes], keys: Hashes, salt: int, buckets: int) -> Hashes:
    """The bucket of each property with each key: uint32 of shape (rows, properties * keys)."""
    base = np.stack(properties, axis=1)
    base = base * _A + (
        np.arange(base.shape[1], dtype=np.uint32) * np.uint32(0x1F123BB5) + np.uint32(salt * 0x5BD1E995 & 0xFFFFFFFF)
    )
    base ^= base >> np.uint32(16)
    joined = base[:, :, None] ^ keys * _C
    joined *= _B
    joined ^= joined >> np.uint32(13)
    joined *= _C
    joined >>= np.uint32(32 - (buckets.bit_length() - 1))
    return joined.reshape(len(base), -1)


class SpanCandidates:
    """All spans of at most LONGEST pieces in the given sentences that begin and end as an answer may.

    ``pieces`` are the numbers, in the scene, of the pieces of those sentences. By candidate: ``first`` and
    ``last`` (inclusive) are positions in ``pieces``.
    """

    def __init__(self, scene: Scene, sentences: Ints, table: WordTable) -> None:
        columns, bounds = table.columns, scene.bounds
        self.scene, self.columns = scene, columns
        begin = bounds[0, sentences]
        sizes = bounds[1, sentences] - begin
        until = np.cumsum(sizes)
        count = int(until[-1]) if len(until) else 0
        self.pieces = pieces = np.arange(count) + np.repeat(begin - until + sizes, sizes)
        self.rows = rows = scene.rows[pieces]
        self.sentence = scene.sentence[pieces]
        self.shape = columns.shape[rows].astype(np.uint32)
        self.word, self.kind = columns.word[rows], columns.kind[rows]
        self.hit = scene.alike[pieces]
        last = np.arange(count)[:, None] + np.arange(LONGEST)
        inside = last < np.repeat(until, sizes)[:, None]
        last = np.minimum(last, max(count - 1, 0))
        shapes = self.shape
        depth = np.cumsum((shapes == SHAPE["open"]).astype(np.int32) - (shapes == SHAPE["close"]))
        before = np.concatenate([np.zeros(1, depth.dtype), depth[:-1]])[:count]
        possible = inside & columns.first[rows][:, None] & columns.last[rows][last] & (depth[last] == before[:, None])
        first, length = np.nonzero(possible)
        self.first, self.length, self.last = first, length, first + length
        self.keys = question_keys(scene.question, table)
        self.around = {step: self._neighbours(step) for step in (-2, -1, 1, 2)}
        self._near()

    def __len__(self) -> int:
        return len(self.first)

    def is_colon(self, place: int) -> bool:
        """Whether that piece is a colon."""
        return int(self.word[place]) == _COLON

    def keep(self, chosen: NDArray[np.int64]) -> None:
        """Goes on with the chosen candidates alone."""
        self.first, self.length, self.last = self.first[chosen], self.length[chosen], self.last[chosen]

    def _neighbours(self, step: int) -> _Neighbours:
        at = self.pieces + step
        rows = self.scene.rows[at]
        return self.columns.word[rows], self.columns.kind[rows], self.scene.alike[at]

    def piece_buckets(self, buckets: int) -> tuple[Hashes, Hashes, Hashes]:
        """Buckets of each piece as the first of a span, as the last, and inside one: uint32 (pieces, features)."""
        inner = [self.word, self.kind, _mix(self.shape, (self.hit >= 0).astype(np.uint32))]
        return (
            self._edge(self.around[-1], self.around[-2], self.left, self.left_place, salt=1, buckets=buckets),
            self._edge(self.around[1], self.around[2], self.right, self.right_place, salt=2, buckets=buckets),
            _join(inner, self.keys, 3, buckets),
        )

    def _edge(self, one: _Neighbours, two: _Neighbours, far: Ints, place: Ints, *, salt: int, buckets: int) -> Hashes:
        """Properties of each piece as an end of a span: it, what stands beyond it, the nearest match beyond."""
        word1, kind1, hit1 = one
        _, kind2, hit2 = two
        matched = ((hit1 >= 0) * 2 + (hit2 >= 0)).astype(np.uint32)
        near = (far * 8 + place).astype(np.uint32)
        across, beyond = _mix(kind1, self.kind), _mix(kind2, kind1)
        telling = [self.word, self.kind, self.shape, word1, kind1, _mix(self.shape, near)]
        bounding = [across, beyond, _mix(matched, kind1), _mix(beyond, self.kind), near]
        return np.concatenate(
            (_join(telling, self.keys, salt, buckets), _join(bounding, self.keys[:2], salt + 8, buckets)), axis=1
        )

    def _near(self) -> None:
        """For each piece the nearest term of the question on either side, within the sentence."""
        scene, pieces, sentence = self.scene, self.pieces, self.sentence
        count = len(pieces)
        places = np.arange(count)
        strong = (self.hit >= 0) & self.columns.content[self.rows]
        previous = np.maximum.accumulate(np.where(strong, places, -1)) if count else places
        following = np.minimum.accumulate(np.where(strong, places, count)[::-1])[::-1] if count else places
        left = np.concatenate([[-1], previous[:-1]]) if count else places  # strictly before
        right = np.concatenate([following[1:], [count]]) if count else places
        ok_left = (left >= 0) & (sentence[left] == sentence)
        ok_right = (right < count) & (sentence[np.minimum(right, count - 1)] == sentence)
        self.left = np.where(ok_left, np.minimum(places - left, FAR), FAR + 1)
        self.right = np.where(ok_right, np.minimum(right - places, FAR), FAR + 1)
        position = scene.terms.position if len(scene.terms.ids) else np.zeros(1, np.int32)
        end = scene.question.phrase[1]
        # Where in the question that nearest term stands: in or before the phrase, right after it, later.
        order = np.sort(position[position >= end])
        place = np.where(position < end, 0, np.minimum(np.searchsorted(order, position) + 1, 4)).astype(np.int64)
        self.left_place = np.where(ok_left, place[np.maximum(self.hit[np.maximum(left, 0)], 0)], 5)
        self.right_place = np.where(ok_right, place[np.maximum(self.hit[np.minimum(right, count - 1)], 0)], 5)
        weights = scene.terms.weights[:, 0] if len(scene.terms.ids) else np.zeros(1, np.float32)
        soft = self.hit >= 0
        self.weight = np.where(soft, weights[np.maximum(self.hit, 0)], 0.0).astype(np.float32)

    def whole_buckets(self, buckets: int) -> Hashes:
        """Buckets of whole spans: their run of shapes, their length, both ends and both neighbours together."""
        first, last, length = self.first, self.last, self.length
        outline = self._outline()[first, length]
        left = self.left[first] * 8 + self.left_place[first]
        right = self.right[last] * 8 + self.right_place[last]
        near = (left * 100 + right).astype(np.uint32)
        nearest = (np.minimum(left, 39) * 100 + np.minimum(right, 39)).astype(np.uint32)
        kind_left, kind_right = self.around[-1][1][first], self.around[1][1][last]
        hits = np.concatenate([[0], np.cumsum(self.hit >= 0)])
        overlap = np.minimum(hits[last + 1] - hits[first], 3)
        size = np.minimum(length, LONGEST).astype(np.uint32)
        between = _mix(kind_left, kind_right)
        properties = [
            outline, size, between, _mix(outline, kind_left), _mix(outline, kind_right),
            _mix(self.kind[first], self.kind[last]), _mix(near, _SALTS[7:8]), _mix(overlap.astype(np.uint32), size),
            _mix(outline, between), _mix(outline, nearest), _mix(self.word[first], self.word[last]),
        ]  # fmt: skip
        return _join(properties, self.keys[:3], 4, buckets)

    def _outline(self) -> Hashes:
        """The run of shapes of a span without repetitions, by first piece and length: shape (pieces, LONGEST)."""
        count = len(self.shape)
        shape = np.concatenate([self.shape, np.zeros(LONGEST, np.uint32)])
        outline = np.empty((count, LONGEST), np.uint32)
        current = _mix(self.shape, _SALTS[3:4])
        outline[:, 0] = current
        for step in range(1, LONGEST):
            here, prior = shape[step : step + count], shape[step - 1 : step - 1 + count]
            current = np.where(here == prior, current, _mix(current, here))
            outline[:, step] = current
        return outline

    def numeric(self) -> Floats:
        """The columns of SPAN_FEATURES, float32 of shape (candidates, features)."""
        scene, columns, rows = self.scene, self.columns, self.rows
        first, last, length = self.first, self.last, self.length
        out = np.zeros((len(first), len(SPAN_FEATURES)), np.float32)
        if not len(first):
            return out
        named = dict(zip(SPAN_FEATURES, out.T, strict=True))

        def total(values: NDArray[np.generic]) -> Floats:
            summed: Floats = np.concatenate([np.zeros(1, np.float32), np.cumsum(values, dtype=np.float32)])
            inside: Floats = summed[last + 1] - summed[first]
            return inside

        exact = scene.matched[self.pieces] >= 0
        named["inside"][:] = total(self.weight * exact)
        named["inside_soft"][:] = total(self.weight * ~exact)
        if len(scene.terms.ids) and scene.terms.head.any():
            named["inside_head"][:] = total((self.hit >= 0) & scene.terms.head[np.maximum(self.hit, 0)]) > 0
        for name, decay in (("near", 0.55), ("far", 0.88)):
            left, right = self._decayed(decay)
            named[f"left_{name}"][:] = left[first]
            named[f"right_{name}"][:] = right[last]
        named["either_near"][:] = np.maximum(named["left_near"], named["right_near"])
        pieces = (length + 1).astype(np.float32)
        named["length"][:] = pieces / LONGEST
        named["log_length"][:] = np.log(pieces)
        idf = columns.idf[rows]
        named["idf_mean"][:] = total(idf) / pieces / 8.0
        named["idf_max"][:] = np.maximum(np.maximum(idf[first], idf[last]), idf[(first + last) // 2]) / 8.0
        titles = np.concatenate([columns.term[title] for title in scene.title_rows]) if scene.title_rows else rows[:0]
        named["title_inside"][:] = (
            total((columns.term[rows][:, None] == titles).any(axis=1) & columns.content[rows]) / pieces
        )
        named["capitals"][:] = total((self.shape >= SHAPE["capital"]) & (self.shape <= SHAPE["mixed"])) / pieces
        opening = np.concatenate([[True], self.sentence[1:] != self.sentence[:-1]])
        named["opens_sentence"][:] = opening[first]
        named["rest"][:] = (
            scene.cover[self.sentence[first]] @ scene.terms.weights[:, 0] - named["inside"]
            if len(scene.terms.ids)
            else 0
        )
        quotes = (self.shape == SHAPE["quote"]) | (self.shape == SHAPE["open"])
        named["enclosed"][:] = np.concatenate([[False], quotes[:-1]])[first]
        return out

    def _decayed(self, decay: float) -> tuple[Floats, Floats]:
        """Weights of the question's terms before and after each piece, falling with the distance by a factor."""
        terms = np.flatnonzero(self.weight)
        distance = np.arange(len(self.pieces))[:, None] - terms
        same = self.sentence[:, None] == self.sentence[terms]
        fallen = (decay ** np.abs(distance)).astype(np.float32) * same * self.weight[terms] / decay
        return (fallen * (distance > 0)).sum(axis=1), (fallen * (distance < 0)).sum(axis=1)
