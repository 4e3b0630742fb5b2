"""Where the words of a question occur in passages, and how well each sentence covers the question.

All the sentences of all the passages are compared at once, in arrays with a row for each sentence.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage
from qa.questions import Question
from qa.readers.words import SHAPE, WordTable

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

KINDS: Final = (
    "who", "whose", "when", "year", "date", "where", "how_many", "how_much", "how_measure", "why", "how",
    "which", "what", "called", "definition", "yes_no", "other",
)  # fmt: skip
SOFT: Final = 0.6  # how much of a term a word counts for that only begins like it (Serbia, Serbian)
SOFT_NAME: Final = 0.9  # the same for a word written like a name: mostly its adjective or its people
PADDING: Final = 3  # empty pieces around each passage, so that a window never looks into the next one
MAX_TERMS: Final = 40

# From how many equal letters two terms of a shorter length 0..8 begin alike; 9 is never.
_ALIKE: Final = np.array([9, 9, 9, 9, 4, 5, 5, 6, 7], dtype=np.int64)
_LIMIT: Final = np.array([0, 0, 0, 0, 1 << 32, 1 << 24, 1 << 16, 1 << 8, 1, 0], dtype=np.uint64)
_REASONS: Final = np.array(
    [zlib.crc32(word) for word in (b"because", b"due", b"since", b"so", b"therefore", b"reason", b"cause")], np.uint32
)
_YEAR_LIKE: Final = ("year", "decade")
_NUMBER_LIKE: Final = ("integer", "decimal", "number_word", "scale", "alphanumeric")
_NAME_LIKE: Final = ("capital", "capitals", "mixed", "initial")
_NAMES: Final = [SHAPE[shape] for shape in _NAME_LIKE]


@dataclass(frozen=True, slots=True)
class QuestionColumns:
    """The distinct content terms of a question, in order of first occurrence, as arrays of shape (terms,).

    ``weights`` has a column for each way of weighing them, every column with sum 1 or 0: all terms outside the
    question phrase, names, numbers, terms of the question phrase. ``position`` is where a term stands in the
    question's words.
    """

    ids: Ints
    prefix: NDArray[np.uint64]
    length: NDArray[np.int64]
    idf: Floats
    weights: Floats
    position: Ints
    head: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scene:
    """Passages as one row of pieces, each compared with the question.

    Arrays of shape (pieces,): ``rows`` of the word table, ``starts`` and ``ends`` in document positions,
    ``sentence`` the number of the sentence (-1 for padding), ``matched`` the question's term that it equals or -1,
    ``alike`` the term that it equals or begins like, or -1. Sentences are numbered over all passages;
    ``passage_of`` and ``windows`` (document positions) are by sentence, ``bounds`` the pieces [from, to) of each, of
    shape (2, sentences).
    ``cover`` has shape (sentences, terms): 1 for a term that occurs, SOFT for one that only begins alike.
    """

    question: Question
    terms: QuestionColumns
    rows: Ints
    starts: Ints
    ends: Ints
    sentence: Ints
    matched: Ints
    alike: Ints
    passage_of: Ints
    windows: list[tuple[int, int]]
    bounds: Ints
    cover: Floats
    titles: Floats
    title_rows: list[Ints]


def question_terms(question: Question, table: WordTable) -> QuestionColumns:
    """The content terms of a question with their weights."""
    columns, names, numbers = table.columns, set(question.names), set(question.numbers)
    found: dict[int, tuple[int, int]] = {}
    inside = range(*question.phrase)
    for position, word in enumerate(question.words):
        row = table.rows[word]
        columns = table.columns
        if not columns.content[row] or (position in inside and position == question.phrase[0]):
            continue
        found.setdefault(int(columns.term[row]), (row, position))
        if len(found) == MAX_TERMS:
            break
    rows = np.array([row for row, _ in found.values()], np.int32)
    at = [position for _, position in found.values()]
    idf = columns.idf[rows].astype(np.float32)
    outside = np.array([p not in inside for p in at], bool)
    weights = np.zeros((len(at), 4), np.float32)
    weights[:, 0] = idf * outside
    weights[:, 1] = idf * [p in names for p in at]
    weights[:, 2] = idf * [p in numbers for p in at]
    weights[:, 3] = idf * ~outside
    weights /= np.maximum(weights.sum(axis=0), 1e-6)
    head_row = table.rows[question.head] if question.head else 0
    return QuestionColumns(
        ids=columns.term[rows],
        prefix=columns.prefix[rows],
        length=columns.length[rows].astype(np.int64),
        idf=idf,
        weights=weights,
        position=np.array(at, np.int32),
        head=columns.term[rows] == (table.columns.term[head_row] if question.head else -2),
    )


def view(question: Question, passages: Sequence[Passage], table: WordTable) -> Scene:
    """The passages cut into pieces and compared with the question."""
    terms = question_terms(question, table)
    rows, starts, ends, sentence = [], [], [], []
    windows: list[tuple[int, int]] = []
    passage_of: list[int] = []
    padding = np.zeros(PADDING, np.int32)
    outside = np.full(PADDING, -1, np.int32)
    for number, passage in enumerate(passages):
        piece_rows, spans = table.pieces(passage.text)
        first = len(windows)
        edges = np.array([start for start, _ in passage.sentences], np.int32)
        piece_starts = spans[0] + passage.start
        rows += [padding, piece_rows]
        starts += [padding, piece_starts]
        ends += [padding, spans[1] + passage.start]
        inside = np.maximum(np.searchsorted(edges, piece_starts, side="right").astype(np.int32) - 1, 0) + first
        sentence += [outside, inside if len(edges) else np.full(len(piece_starts), -1, np.int32)]
        windows += passage.sentences
        passage_of += [number] * len(passage.sentences)
    titles = [table.pieces("\n".join((passage.title, *passage.section)))[0] for passage in passages]
    rows.append(padding)
    sentence.append(outside)
    starts.append(padding)
    ends.append(padding)
    body = np.concatenate(rows)
    everything = np.concatenate([body, *titles])
    matched, alike = _compare(terms, everything, table)
    size, count = len(body), len(windows)
    of = np.concatenate(sentence + [np.full(len(rows), count + i, np.int32) for i, rows in enumerate(titles)])
    cover = np.zeros((count + len(passages), max(len(terms.ids), 1)), np.float32)
    soft, hard = np.flatnonzero(alike >= 0), np.flatnonzero(matched >= 0)
    named = np.isin(table.columns.shape[everything[soft]], _NAMES)
    cover[of[soft], alike[soft]] = np.where(named, SOFT_NAME, SOFT)
    cover[of[hard], matched[hard]] = 1.0
    of = of[:size]
    begin = np.searchsorted(np.maximum.accumulate(of), np.arange(count))
    sizes = np.bincount(of[of >= 0], minlength=count)
    bounds = np.stack((begin, begin + sizes)).astype(np.int32)
    return Scene(
        question=question,
        terms=terms,
        rows=body,
        starts=np.concatenate(starts),
        ends=np.concatenate(ends),
        sentence=of,
        matched=matched[:size],
        alike=alike[:size],
        passage_of=np.array(passage_of, np.int32),
        windows=windows,
        bounds=bounds,
        cover=cover[:count],
        titles=cover[count:],
        title_rows=titles,
    )


def _compare(terms: QuestionColumns, rows: Ints, table: WordTable) -> tuple[Ints, Ints]:
    """For each piece the question's term that it equals, and the one that it equals or begins like; -1 for none."""
    nothing = np.full(len(rows), -1, np.int32)
    if not len(terms.ids):
        return nothing, nothing
    columns = table.columns
    ids = columns.term[rows]
    order = np.argsort(terms.ids)
    at = np.minimum(np.searchsorted(terms.ids, ids, sorter=order), len(order) - 1)
    matched = np.where(terms.ids[order[at]] == ids, order[at], -1).astype(np.int32)
    shorter = np.minimum(columns.length[rows][None, :], terms.length[:, None])
    needed = _ALIKE[np.minimum(shorter, 8)]
    differ = columns.prefix[rows][None, :] ^ terms.prefix[:, None]
    near = differ < _LIMIT[needed]
    alike = np.where(near.any(axis=0), near.argmax(axis=0), -1)
    return matched, np.where(matched >= 0, matched, alike).astype(np.int32)


SENTENCE_FEATURES: Final = (
    "bias", "focus", "names", "numbers", "phrase", "local", "exact_focus", "exact_names", "squared", "before", "after",
    "before_names", "passage", "passage_names", "passage_numbers", "title", "pairs", "missing", "relative", "first",
    "length", "score", "gap", "top", "year", "number", "month", "currency", "percent", "name", "new_names", "quote",
    "reason", "item", "phrase_near", "missing_names", "absent", "order",
)  # fmt: skip


def sentence_features(scene: Scene, scores: Sequence[float], table: WordTable) -> Floats:
    """What speaks for each sentence: float32 of shape (sentences, len(SENTENCE_FEATURES))."""
    cover, terms, count = scene.cover, scene.terms, len(scene.windows)
    out = np.zeros((count, len(SENTENCE_FEATURES)), np.float32)
    if not count:
        return out
    named = dict(zip(SENTENCE_FEATURES, out.T, strict=True))
    weights = terms.weights if len(terms.ids) else np.zeros((1, 4), np.float32)
    idf = terms.idf if len(terms.ids) else np.zeros(1, np.float32)
    covered = cover @ weights
    exact = (cover >= 1.0) @ weights
    passage = np.zeros((len(scene.titles), cover.shape[1]), np.float32)
    np.maximum.at(passage, scene.passage_of, cover)
    passage = np.maximum(passage, scene.titles)
    near = _near(scene)
    # A term that stands in every sentence tells nothing: its weight here is its rarity among these sentences.
    local = weights[:, 0] * np.log((count + 1.0) / (cover.sum(axis=0) + 0.5)).astype(np.float32)
    whole = passage @ weights
    named["bias"][:] = 1.0
    for column, name in enumerate(("focus", "names", "numbers", "phrase")):
        named[name][:] = covered[:, column]
    named["local"][:] = (cover @ local) / max(float(local.sum()), 1e-6)
    named["exact_focus"][:] = exact[:, 0]
    named["exact_names"][:] = exact[:, 1]
    named["squared"][:] = covered[:, 0] ** 2
    for name, other in zip(("before", "after"), near, strict=True):
        named[name][:] = np.maximum(other - cover, 0.0) @ weights[:, 0]
    named["before_names"][:] = np.maximum(near[0] - cover, 0.0) @ weights[:, 1]
    named["phrase_near"][:] = np.maximum(np.maximum(near[0], near[1]) - cover, 0.0) @ weights[:, 3]
    of = scene.passage_of
    named["passage"][:] = whole[of, 0]
    named["passage_names"][:] = whole[of, 1]
    named["passage_numbers"][:] = whole[of, 2]
    named["title"][:] = np.maximum(scene.titles[of] - cover, 0.0) @ weights[:, 0]
    pairs, order = _sequence(scene, count)
    named["pairs"][:] = pairs / max(len(idf) - 1, 1)
    named["order"][:] = order / max(len(idf) - 1, 1)
    named["missing"][:] = ((cover < SOFT) * weights[:, 0]).max(axis=1)
    named["missing_names"][:] = ((np.maximum(passage[of], cover) < SOFT) * weights[:, 1]).max(axis=1)
    named["absent"][:] = ((np.maximum(passage[of], cover) < SOFT) * weights[:, 0]).max(axis=1)
    named["relative"][:] = covered[:, 0] - covered[:, 0].max()
    named["first"][1:] = of[1:] != of[:-1]
    named["first"][0] = 1.0
    lengths = (scene.bounds[1] - scene.bounds[0]).astype(np.float32)
    named["length"][:] = np.log1p(lengths) / 4.0
    given = np.asarray(scores, np.float32)
    best = float(given.max())
    ratio = given / best if best > 0 else np.ones_like(given)
    named["score"][:] = ratio[of] - 1.0
    named["gap"][:] = np.minimum(0.0, np.sqrt(np.maximum(ratio[of], 0.0)) - 1.0)
    named["top"][:] = given[of] >= best
    _present(scene, table, named, count)
    return out


def _near(scene: Scene) -> tuple[Floats, Floats]:
    """What the sentence before and the sentence after cover, within the passage."""
    before, after = np.zeros_like(scene.cover), np.zeros_like(scene.cover)
    inside = (scene.passage_of[1:] == scene.passage_of[:-1])[:, None]
    before[1:] = scene.cover[:-1] * inside
    after[:-1] = scene.cover[1:] * inside
    return before, after


def _sequence(scene: Scene, count: int) -> tuple[Floats, Floats]:
    """How many neighbouring terms of the question are neighbours in each sentence too; steps on less steps back."""
    found = np.flatnonzero(scene.alike >= 0)
    if len(found) < 2:
        return np.zeros(count, np.float32), np.zeros(count, np.float32)
    of = scene.sentence[found]
    same = of[1:] == of[:-1]
    step = (scene.alike[found][1:] - scene.alike[found][:-1])[same]
    close = (found[1:] - found[:-1])[same] <= 3
    of = of[1:][same]
    pairs = np.bincount(of[(step == 1) & close], minlength=count)
    order = np.bincount(of, np.sign(step), minlength=count)
    return pairs.astype(np.float32), order.astype(np.float32)


def _present(scene: Scene, table: WordTable, named: dict[str, Floats], count: int) -> None:
    """Whether a sentence has the shapes that questions ask for, outside the words that it shares with the question."""
    inside = scene.sentence >= 0
    of = scene.sentence[inside]
    shapes = np.where(scene.alike >= 0, 0, table.columns.shape[scene.rows])[inside]
    table_of = np.bincount(of.astype(np.int64) * len(SHAPE) + shapes, minlength=count * len(SHAPE))
    counts = table_of.reshape(count, len(SHAPE))
    for name, shapes_of in (("year", _YEAR_LIKE), ("number", _NUMBER_LIKE), ("name", _NAME_LIKE)):
        named[name][:] = counts[:, [SHAPE[shape] for shape in shapes_of]].sum(axis=1) > 0
    for name in ("month", "currency", "percent", "quote"):
        named[name][:] = counts[:, SHAPE[name]] > 0
    named["new_names"][:] = np.minimum(counts[:, [SHAPE[shape] for shape in _NAME_LIKE]].sum(axis=1), 8) / 8.0
    named["item"][:] = (
        table.columns.shape[scene.rows[np.minimum(scene.bounds[0], len(scene.rows) - 1)]] == SHAPE["dash"]
    )
    reasons = (table.columns.word[scene.rows][:, None] == _REASONS).any(axis=1) & inside
    named["reason"][:] = np.bincount(scene.sentence[reasons], minlength=count)[:count] > 0
