"""The neural reader: a small transformer in int8 ONNX that scores every span of a passage, and "no answer".

A span's score is ``start + end - null``: the logits of its first and last token over those of the [CLS]
token, which stands for "no answer here" (Devlin et al. 2019, section 4.3). The null is each window's own,
so that scores compare across passages, and "no answer" is 0 on their scale. A span also gains by how well its
passage was ranked: ``RETRIEVAL`` times its passage's retrieval score over the best one's, less ``RETRIEVAL``.
Passages are read in the order of their rank, and no further once the best span is ``CLEAR`` of all other places, and
one of the next passage would have to be ``SURE`` above its null to win, or the best is above its null and the next
passage's retrieval score is less than ``NEAR`` of the best one's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage
from qa.questions import Question
from qa.readers.onnx_files import ModelFiles
from qa.readers.readings import Marks, Reading, Span
from qa.readers.tagging import STATES, Tagger
from qa.readers.views import View, as_views, span_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL = Path(__file__).parent.parent / "models" / "neural"

QUESTION_TOKENS = 64  # the longest question of SQuAD has 60
HEADING_TOKENS = 48  # of the last headings, where they are longer
WINDOW_TOKENS = 384  # the model has seen up to 192 in training and has positions for 512
OVERLAP_TOKENS = 96  # longer than any answer, so that no span is lost between two windows
ANSWER_TOKENS = 30  # 99.6 % of SQuAD's answers are shorter
SPANS_A_WINDOW = 5
SPANS = 10
FURTHER_A_WINDOW = 16  # more items than a sentence lists, as a rule
LOOKED_AT = 400  # of a window's best spans, to find those that do not overlap
RETRIEVAL = 5.0  # from scripts/reading_curve.py
SURE = 5.0  # from scripts/reading_curve.py
NEAR = 0.75  # from scripts/reading_curve.py
LITTLE = 600  # characters: so much is read in any case, as several lists or short sections may be like each other
BIAS = 0.0  # from scripts/train_tagger.py: 1 was no better on articles that it had not seen
CLEAR = 2.0  # by hand: of two places nearly as good, another passage may tell

# What printed pages join and the model has never seen; the index and the question fold them alike.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_FILES = ModelFiles("the neural reader", "use --reader lexical meanwhile")


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of a passage's tokens as the model reads it."""

    passage: int
    ids: list[int]
    types: list[int]
    first: int  # where the tokens in which a span may lie begin in ids
    headings: int  # how many of these are of the headings
    offsets: list[tuple[int, int]]  # of these tokens, in the text of the view or of its headings
    stretches: NDArray[np.int32]  # a span lies in one; NOWHERE for a token that no span may hold


class NeuralReader:
    """Reads passages with a transformer; threads may share it.

    Raises ModelError where the model's files are missing or damaged or onnxruntime is not installed, and
    names the fallback.
    """

    name = "neural"
    passages = 4  # from scripts/reading_curve.py: F1 77.0, against 77.3 for 6 in half as much time again
    least_coverage = 0.35  # from scripts/reading_curve.py
    knows_other_words = True

    def __init__(self, *, folder: Path = MODEL, threads: int = 2) -> None:
        self._tokenizer, self._session = _load(folder, threads)
        self._tagger = Tagger(folder, threads)
        self._separator, self._opening = (
            _FILES.token(self._tokenizer, token, folder / "tokenizer.json") for token in ("[SEP]", "[CLS]")
        )

    def read(self, question: Question, passages: Sequence[Passage | View], scores: Sequence[float]) -> Reading:
        """The best spans over all the passages, best first.

        The evidence of a span is ``null`` (the logits of "no answer" in its window), ``certainty`` (the
        log-probability of the span among all of its window's) and ``length`` (its tokens, as a logarithm).
        """
        spans: list[Span] = []
        taken = 0
        further: list[Span] = []
        marks: list[Marks] = []
        states: list[NDArray[np.float32]] = []
        read: list[tuple[_Window, View]] = []
        best = max([*scores, 1e-9])
        # The tokenizer is given what could be asked at most: a question of megabytes must cost nothing.
        asked = self._ids(question.text[: QUESTION_TOKENS * 20])[:QUESTION_TOKENS]
        for number, (view, score) in enumerate(zip(as_views(passages), scores, strict=True)):
            share = score / best
            if taken >= LITTLE and is_decided(spans, share, SURE, NEAR):
                break
            taken += len(view.text)
            for window in self._windows(asked, number, view):
                start, end, state = self._logits(window)
                found, apart = _spans(window, start, end, view, behind(share))
                spans += found
                further += apart
                marks.append(_marks(window, start, end, view, behind(share)))
                states.append(state)
                read.append((window, view))
        spans.sort(key=_best_first)
        further.sort(key=_best_first)

        def tagged(wanted: Collection[int]) -> tuple[Span, ...]:
            places = [place for place, (window, _) in enumerate(read) if window.passage in wanted]
            return tuple(span for place in places for span in self._tagged(*read[place], states[place], marks[place]))

        return Reading(tuple(spans[:SPANS]), 0.0, tuple(further), tuple(marks), tagged)

    def _windows(self, asked: list[int], number: int, view: View) -> Iterator[_Window]:
        named, encoding = self._encode(view.heading), self._encode(view.text)
        prefix, prefixed = list(named.ids)[-HEADING_TOKENS:], named.offsets[-HEADING_TOKENS:]
        above = _stretches(view.heading_layout[1], prefixed)
        opening = [self._opening, *asked, self._separator, *prefix]
        types = [0] * (len(asked) + 2) + [1] * len(prefix)
        room = WINDOW_TOKENS - len(opening) - 1
        ids, offsets = encoding.ids, encoding.offsets
        own = _stretches(view.layout[1], offsets)
        own[own >= 0] += len(view.headings)
        for begin in range(0, max(1, len(ids) - OVERLAP_TOKENS), room - OVERLAP_TOKENS):
            stretch, places = ids[begin : begin + room], [*prefixed, *offsets[begin : begin + room]]
            yield _Window(
                passage=number,
                ids=[*opening, *stretch, self._separator],
                types=[*types, *[1] * (len(stretch) + 1)],
                first=len(opening) - len(prefix),
                headings=len(prefix),
                offsets=places,
                stretches=np.concatenate([above, own[begin : begin + room]]),
            )

    def _encode(self, text: str) -> Encoding:
        # Half of a surrogate pair is no text to the tokenizer; a question mark keeps the offsets.
        return self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False)

    def _ids(self, text: str) -> list[int]:
        return list(self._encode(text).ids)

    def _logits(self, window: _Window) -> list[NDArray[np.float32]]:
        """The logits of a window's tokens as starts and as ends, float32 (tokens,) each, and their states.

        The states are (1, tokens, width). Windows are read one by one: on two cores that is faster than a batch, which
        needs padding, a mask and memory.
        """
        ids = np.array([window.ids], dtype=np.int64)
        types = np.array([window.types], dtype=np.int64)
        wanted = ["start_logits", "end_logits", STATES]
        start, end, states = self._session.run(wanted, {"input_ids": ids, "token_type_ids": types})
        return [start[0], end[0], states]

    def _tagged(self, window: _Window, view: View, states: NDArray[np.float32], marks: Marks) -> Iterator[Span]:
        """Every answer that the tagger marks in the passage itself, in order; ``tag`` says how sure it is."""
        offsets, stretches = window.offsets[window.headings :], window.stretches[window.headings :]
        places = view.layout[0]
        for first, last, sure in self._tagger.spans(states, stretches, window.first + window.headings, BIAS):
            begin, finish = offsets[first][0], offsets[last][1]
            if begin < finish and places[begin] >= 0:
                score = marks.score(int(places[begin]), int(places[finish - 1]) + 1)
                yield span_of(view, window.passage, begin, finish, score or 0.0, (("tag", sure),))


def behind(share: float) -> float:
    """What a passage's rank adds to the scores of its spans, 0 or less: by its retrieval score over the best one's."""
    return RETRIEVAL * (share - 1)


def is_decided(spans: Sequence[Span], share: float, sure: float, near: float) -> bool:
    """Whether a passage with that share of the best retrieval score could hardly change which of the spans is best.

    It is so where no other place comes near the best, and a span of the passage would have to be ``sure`` above its
    null to win, or the best is above its null already and the share is less than ``near``.
    """
    best = max(spans, key=lambda span: span.score, default=None)
    if best is None:
        return False
    could_win, worth_a_look = best.score < sure + behind(share), best.score <= 0 or share >= near
    if could_win and worth_a_look:
        return False
    others = (
        span.score for span in spans if span.passage != best.passage or span.start >= best.end or span.end <= best.start
    )
    return best.score - max(others, default=-np.inf) >= CLEAR


def _load(folder: Path, threads: int) -> tuple[Tokenizer, InferenceSession]:
    session = _FILES.session(folder / "reader.onnx", threads)
    tokenizer = _FILES.tokenizer(folder / "tokenizer.json")
    from tokenizers import normalizers

    normalizer = tokenizer.normalizer
    if normalizer is not None:
        plain = [normalizers.Replace(sign, letters) for sign, letters in _LIGATURES.items()]
        tokenizer.normalizer = normalizers.Sequence([*plain, normalizer])
    return tokenizer, session


def _spans(
    window: _Window,
    start: NDArray[Any],
    end: NDArray[Any],
    view: View,
    lower: float,
) -> tuple[list[Span], list[Span]]:
    """The best few spans of one window, and the best that do not overlap; each lies in one stretch.

    ``lower`` is what the passage's rank adds to each score, 0 or less.
    """
    tokens = len(window.offsets)
    if tokens == 0:
        return [], []
    null = float(start[0] + end[0])
    own = slice(window.first, window.first + tokens)
    table = start[own][:, None] + end[own][None, :]
    stretches = window.stretches
    places = np.arange(tokens)
    length = places[None, :] - places[:, None]
    inside = (stretches[:, None] == stretches[None, :]) & (stretches >= 0)
    allowed = inside & (length >= 0) & (length < ANSWER_TOKENS)
    table = np.where(allowed, table, -np.inf)
    flat = table.ravel()
    looked_at = min(LOOKED_AT, flat.size)
    ranked = np.argpartition(-flat, looked_at - 1)[:looked_at]
    ranked = ranked[np.argsort(-flat[ranked], kind="stable")]
    ranked = ranked[np.isfinite(flat[ranked])]
    if not len(ranked):
        return [], []
    highest = float(flat[ranked[0]])
    total = float(np.log(np.exp(flat - highest).sum() + np.exp(min(null - highest, 80.0))) + highest)

    def span(place: int) -> Span | None:
        first, last = divmod(place, tokens)
        begin, finish = window.offsets[first][0], window.offsets[last][1]
        if begin >= finish:
            return None
        score = float(flat[place])
        evidence = (("null", null), ("certainty", score - total), ("length", float(np.log1p(last - first))))
        heading = first < window.headings
        return span_of(view, window.passage, begin, finish, score - null + lower, evidence, heading=heading)

    best = [span(int(place)) for place in ranked[:SPANS_A_WINDOW]]
    apart = [span(place) for place in _apart(ranked.tolist(), tokens)]
    return [each for each in best if each], [each for each in apart if each]


def _apart(ranked: Sequence[int], tokens: int) -> list[int]:
    """The first of the spans that overlap none before them, given as first * tokens + last."""
    taken = np.zeros(tokens, bool)
    kept: list[int] = []
    for place in ranked:
        first, last = divmod(place, tokens)
        if not taken[first : last + 1].any():
            taken[first : last + 1] = True
            kept.append(place)
            if len(kept) == FURTHER_A_WINDOW:
                break
    return kept


def _marks(window: _Window, start: NDArray[Any], end: NDArray[Any], view: View, lower: float) -> Marks:
    """What the tokens of the passage itself open and close with; half of the null is taken from each."""
    own = slice(window.first + window.headings, window.first + len(window.offsets))
    offsets = window.offsets[window.headings :]
    places = view.layout[0]
    kept = [number for number, (begin, finish) in enumerate(offsets) if begin < finish and places[begin] >= 0]
    half = (float(start[0] + end[0]) - lower) / 2
    return Marks(
        passage=window.passage,
        starts=np.array([places[offsets[number][0]] for number in kept], np.int32),
        ends=np.array([places[offsets[number][1] - 1] + 1 for number in kept], np.int32),
        opening=(start[own][kept] - half).astype(np.float32),
        closing=(end[own][kept] - half).astype(np.float32),
    )


def _best_first(span: Span) -> tuple[float, int, int, int]:
    return -span.score, span.passage, span.start, span.end


def _stretches(layout: NDArray[np.int32], offsets: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """The stretch of each token: that of the character where it begins."""
    return layout[[start for start, _ in offsets]] if offsets else np.zeros(0, np.int32)
