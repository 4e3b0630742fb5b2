"""The lexical reader: ranks sentences, then spans, by learned linear weights; needs numpy alone.

1. All sentences of all passages are ranked by how they cover the question (``overlap``), with weights of their own.
2. In the best few, every span that may be an answer is a candidate (``spans``). A quick score of its ends and inner
   words keeps the most promising; the full score adds properties of the whole span and of its sentence.
3. The spans of all passages compete on one scale. The score of "no answer here" comes from a logistic regression of
   whether the passages hold the answer at all on what the question and the best span's sentence share.

``scripts/train_lexical.py`` learns the weights; ``qa/models/lexical/card.md`` tells how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage
from corpus.errors import ModelError
from index.data.arrays import read_array
from qa.questions import Question
from qa.readers.infobox import infobox_bonus
from qa.readers.overlap import KINDS, SENTENCE_FEATURES, Floats, Ints, Scene, sentence_features, view
from qa.readers.readings import Reading, Span
from qa.readers.spans import SPAN_FEATURES, SpanCandidates
from qa.readers.views import View, as_views, span_of
from qa.readers.words import Lexicon, WordTable

MODEL_FOLDER: Final = Path(__file__).parent.parent / "models" / "lexical"
FORMAT: Final = 1
SENTENCES_READ: Final = 5  # of all passages together; more cost time and gained under 0.1 F1 on SQuAD train
CANDIDATES_KEPT: Final = 160  # by the quick score; with 400 the answers to SQuAD dev are the same
CANDIDATES_AGREEING: Final = 40
AGREEMENT: Final = 3  # the power of the overlap; 1 favours F1, more favours exact match
SPANS_GIVEN: Final = 10

# What a span's evidence names: features of its sentence, then two of the span itself.
EVIDENCE: Final = (
    "focus", "exact_focus", "names", "numbers", "phrase", "passage", "passage_names", "passage_numbers", "missing",
    "missing_names", "absent", "before", "title", "pairs", "rank", "share",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned. Arrays by kind of question have a row for each of KINDS and a last one for all kinds.

    ``rank`` (kinds + 1, sentence features) chooses sentences; ``sentence`` (same shape), ``span``
    (kinds + 1, span features) and ``hashed`` (buckets,) score spans; ``refusal`` are the coefficients of
    REFUSAL_FEATURES for the score of "no answer here".
    """

    hashed: Floats
    rank: Floats
    sentence: Floats
    span: Floats
    refusal: Floats
    lexicon: Lexicon

    @classmethod
    def load(cls, folder: Path = MODEL_FOLDER) -> Weights:
        """The weights in a folder.

        Raises ModelError where a file is missing, damaged or of another format.

        >>> Weights.load().rank.shape[0] == len(KINDS) + 1
        True
        """
        try:
            record = json.loads((folder / "linear.json").read_text(encoding="utf-8"))
            names = {name: read_array(folder / f"{name}.npy") for name in _ARRAYS}
            return cls._from(record, names)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise ModelError(
                f"{folder}: the lexical reader's model cannot be read ({error}); expected linear.json and "
                f"{', '.join(f'{name}.npy' for name in _ARRAYS)} of format {FORMAT}: install citespan again, or run "
                "scripts/train_lexical.py"
            ) from error

    @classmethod
    def _from(cls, record: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Weights:
        wanted = {
            "format": FORMAT,
            "kinds": list(KINDS),
            "sentences": list(SENTENCE_FEATURES),
            "spans": list(SPAN_FEATURES),
        }
        for name, value in wanted.items():
            if record[name] != value:
                raise ValueError(f"{name} is {record[name]!r:.60}, expected {value!r:.60}")
        hashed, keys, values = arrays["hashed"], arrays["term_keys"], arrays["term_idf"]
        if hashed.dtype != np.int8 or hashed.ndim != 1 or len(hashed).bit_count() != 1 or keys.shape != values.shape:
            raise ValueError(
                f"arrays of {hashed.dtype} {hashed.shape}, {keys.shape} and {values.shape} do not fit together"
            )
        rows = len(KINDS) + 1
        return cls(
            hashed=hashed.astype(np.float32) * np.float32(record["scale"]),
            rank=np.array(record["rank"], np.float32).reshape(rows, len(SENTENCE_FEATURES)),
            sentence=np.array(record["sentence"], np.float32).reshape(rows, len(SENTENCE_FEATURES)),
            span=np.array(record["span"], np.float32).reshape(rows, len(SPAN_FEATURES)),
            refusal=np.array(record["refusal"], np.float32).reshape(len(REFUSAL_FEATURES)),
            lexicon=Lexicon(
                term_keys=keys.astype(np.uint32),
                term_idf=values.astype(np.float32) * np.float32(record["idf_scale"]),
                rare_idf=float(record["idf_rare"]),
                word_keys=arrays["word_keys"].astype(np.uint32),
                word_classes=arrays["word_classes"].astype(np.uint8),
                common=frozenset(arrays["common"].astype(np.uint32).tolist()),
            ),
        )

    def save(self, folder: Path) -> None:
        """Writes the weights: hashed ones and frequencies in 8 bits, the others as decimal numbers."""
        lexicon = self.lexicon
        folder.mkdir(parents=True, exist_ok=True)
        scale = max(float(np.abs(self.hashed).max()), 1e-9) / 127
        idf_scale = max(float(lexicon.term_idf.max(initial=0.0)), 1e-9) / 255
        arrays: dict[str, NDArray[Any]] = {
            "hashed": np.round(self.hashed / scale).astype(np.int8),
            "term_keys": lexicon.term_keys,
            "term_idf": np.round(lexicon.term_idf / idf_scale).astype(np.uint8),
            "word_keys": lexicon.word_keys,
            "word_classes": lexicon.word_classes,
            "common": np.array(sorted(lexicon.common), np.uint32),
        }
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
        record: dict[str, Any] = {
            "format": FORMAT,
            "kinds": KINDS,
            "sentences": SENTENCE_FEATURES,
            "spans": SPAN_FEATURES,
            "scale": scale,
            "idf_scale": idf_scale,
            "idf_rare": round(lexicon.rare_idf, 4),
        }
        for name in ("rank", "sentence", "span", "refusal"):
            record[name] = np.round(getattr(self, name).astype(float), 4).tolist()
        (folder / "linear.json").write_text(json.dumps(record) + "\n", encoding="utf-8")


_ARRAYS: Final = ("hashed", "term_keys", "term_idf", "word_keys", "word_classes", "common")
REFUSAL_FEATURES: Final = ("bias", "score", "margin", *EVIDENCE)


@dataclass(frozen=True, slots=True)
class Scored:
    """What one reading weighs: the candidates with their scores, and all sentences with features and ``rank``."""

    scene: Scene
    features: Floats
    rank: Floats
    candidates: SpanCandidates
    scores: Floats


class LexicalReader:
    """Reads by learned linear weights; safe to share between threads.

    The evidence of a span, named by EVIDENCE, tells what its sentence, its passage and its neighbours share with
    the question (shares of the question's weight by rarity, 0 to 1) and what is missing; ``rank``, how far its
    sentence is below the best one, and ``share``, its part of the probability of all candidates.
    """

    name = "lexical"
    passages = 5  # reading six gains no F1 on SQuAD and costs time
    least_coverage = 0.0  # all five are read at once
    knows_other_words = False

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._table = WordTable(weights.lexicon)

    @classmethod
    def open(cls) -> LexicalReader:
        """The reader with the weights that come with the package, opened once.

        >>> LexicalReader.open().read("", [], []).spans
        ()
        """
        return _opened()

    def read(self, question: Question, passages: Sequence[Passage | View], scores: Sequence[float]) -> Reading:
        """The best distinct spans over all the passages, best first, at most SPANS_GIVEN.

        >>> text = "Russia and Serbia abolished visas in 2009."
        >>> passage = Passage("d", "Travel", (), 0, len(text), text, ((0, len(text)),))
        >>> from qa.questions import analyse_question
        >>> asked = analyse_question("When were visas abolished?")
        >>> span = LexicalReader.open().read(asked, [passage], [1.0]).spans[0]
        >>> text[span.start : span.end]
        '2009'
        """
        table = self._fresh_table()
        views = as_views(passages)
        # OpenBLAS raises the "invalid" flag on some processors though every number in and out is finite.
        with np.errstate(invalid="ignore"):
            scored = self.score(question, list(map(_laid_out, views)), scores, table)
            if scored is None:
                return Reading((), 0.0)
            spans = self._spans(views, scored)
        return Reading(tuple(spans), self._no_answer(spans))

    def _fresh_table(self) -> WordTable:
        if self._table.is_full:
            self._table = WordTable(self.weights.lexicon)
        return self._table

    def score(
        self, question: Question, passages: Sequence[Passage], scores: Sequence[float], table: WordTable
    ) -> Scored | None:
        """The candidates of the best sentences with their scores; None where there are none."""
        if not any(passage.sentences for passage in passages):
            return None
        weights = self.weights
        scene = view(question, passages, table)
        features = sentence_features(scene, scores, table)
        kind = KINDS.index(scene.question.kind)
        rank = features @ (weights.rank[kind] + weights.rank[-1])
        candidates = SpanCandidates(scene, best_sentences(rank), table)
        if not len(candidates):
            return None
        hashed, buckets = weights.hashed, len(weights.hashed)
        starts, ends, inner = (hashed[bucket].sum(axis=1) for bucket in candidates.piece_buckets(buckets))
        inside = np.concatenate([np.zeros(1, np.float32), np.cumsum(inner)])
        sentence = features @ (weights.sentence[kind] + weights.sentence[-1])

        first, last = candidates.first, candidates.last
        quick = starts[first] + ends[last] + inside[last + 1] - inside[first] + sentence[candidates.sentence[first]]
        quick += infobox_bonus(candidates)
        if len(candidates) > CANDIDATES_KEPT:
            chosen = np.sort(np.argpartition(-quick, CANDIDATES_KEPT)[:CANDIDATES_KEPT])
            candidates.keep(chosen)
            quick = quick[chosen]
        if not len(candidates):
            return None
        whole = hashed[candidates.whole_buckets(buckets)].sum(axis=1)
        total = quick + whole + candidates.numeric() @ (weights.span[kind] + weights.span[-1])
        return Scored(scene, features, rank, candidates, total)

    def _spans(self, views: Sequence[View], scored: Scored) -> list[Span]:
        scene, candidates = scored.scene, scored.candidates
        chosen, scores, shares = agreement(candidates, scored.scores)
        best_rank = float(scored.rank.max())
        found: list[Span] = []
        for at, score, share in zip(chosen.tolist(), scores.tolist(), shares.tolist(), strict=True):
            sentence = int(candidates.sentence[candidates.first[at]])
            start = int(scene.starts[candidates.pieces[candidates.first[at]]])
            end = int(scene.ends[candidates.pieces[candidates.last[at]]])
            number = int(scene.passage_of[sentence])
            view = views[number]
            inside = view.layout[1][start:end]
            if inside[0] < 0 or (inside != inside[0]).any():
                continue  # it runs over what was put in between, or from one stretch into the next
            known = scored.features[sentence, _EVIDENCE_PLACES].tolist()
            known += (float(scored.rank[sentence]) - best_rank, share)
            span = span_of(view, number, start, end, score, tuple(zip(EVIDENCE, known, strict=True)))
            document = view.passage.document
            if any(
                views[other.passage].passage.document == document and span.start < other.end and other.start < span.end
                for other in found
            ):
                continue
            found.append(span)
            if len(found) == SPANS_GIVEN:
                break
        return found

    def _no_answer(self, spans: list[Span]) -> float:
        """The score to beat: that of the best span less the log-odds that the passages hold the answer."""
        if not spans:
            return 0.0
        best = spans[0].score
        return best - float(refusal_features(spans) @ self.weights.refusal)


def _laid_out(view: View) -> Passage:
    """The passage as it is laid out, in positions of the view's text."""
    return replace(view.passage, start=0, end=len(view.text), text=view.text, sentences=view.statements)


def agreement(candidates: SpanCandidates, scores: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """The best candidates, best first, with a score that counts those they overlap with, and their shares.

    A span is good where many likely spans say nearly the same: its score is the logarithm of the sum of the others'
    exponentials, each times a power of its overlap (F1 in pieces) with the span: minimum Bayes risk decoding (Kumar
    and Byrne 2004), unnormalised. Before that, a span gains what its sentence as a whole has over its best span.
    The share is that sum as a part of the sum over all candidates.
    """
    sentence = candidates.sentence[candidates.first]
    count = int(sentence.max()) + 1
    peaks = np.full(count, -np.inf)
    np.maximum.at(peaks, sentence, scores)
    mass = np.bincount(sentence, np.exp(scores - peaks[sentence]), count)
    gained = scores + np.log(mass[sentence])
    best = np.argsort(-gained, kind="stable")[:CANDIDATES_AGREEING]
    first, last = candidates.first[best], candidates.last[best]
    common = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    length = last - first + 1
    overlap = 2 * np.maximum(common, 0) / (length[:, None] + length)
    peak = gained[best[0]]
    chances = np.exp(gained[best] - peak)
    agreed = overlap**AGREEMENT @ chances
    order = np.argsort(-agreed, kind="stable")
    shares = agreed[order] / np.exp(gained - peak).sum()
    return best[order], (np.log(agreed[order]) + peak).astype(np.float32), shares.astype(np.float32)


def refusal_features(spans: Sequence[Span]) -> Floats:
    """What tells whether the passages hold the answer at all: float32 of shape (len(REFUSAL_FEATURES),).

    >>> span = Span(0, 0, 4, (0, 9), 2.0, "2009", evidence=tuple((name, 0.0) for name in EVIDENCE))
    >>> refusal_features([span])[:3].tolist()
    [1.0, 0.20000000298023224, 5.0]
    """
    best = spans[0]
    margin = best.score - spans[1].score if len(spans) > 1 else 5.0
    told = [value for _, value in best.evidence]
    return np.array([1.0, best.score / 10.0, min(margin, 5.0), *told], np.float32)


def best_sentences(rank: Floats) -> Ints:
    """The numbers of the best sentences, in their own order.

    >>> best_sentences(np.array([0.1, 2.0, -1.0, 0.3, 0.2, 0.4, 0.5], np.float32)).tolist()
    [1, 3, 4, 5, 6]
    """
    return np.sort(np.argsort(-rank, kind="stable")[:SENTENCES_READ]).astype(np.int32)


_EVIDENCE_PLACES: Final = [SENTENCE_FEATURES.index(name) for name in EVIDENCE[:-2]]


@lru_cache(maxsize=1)
def _opened() -> LexicalReader:
    return LexicalReader(Weights.load())
