"""Answers that are lists: which of the spans that a reader scored are answers together.

"Which languages are spoken?" has one answer in "Portuguese and Turkish" that reads as two, and "Who visited?" may have
three that stand in three sentences. Two logistic regressions decide: whether the best span is split into the items of
an enumeration, and whether a further span is an answer beside those that were taken. They weigh whether the question
asks for several, how the spans are written, where they stand, and the reader's scores. ``scripts/fit_lists.py`` fits
their coefficients, which lie in ``lists.json`` beside each reader's weights.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.english.function_words import STOP_WORDS
from corpus.errors import ModelError
from corpus.patterns import pattern
from qa.agreement import normalise_answer
from qa.answers import Alternative, Citation, Item
from qa.citing import cite_span
from qa.confidence import ALIKE, MODELS
from qa.enumerations import is_separator, items_of, separators
from qa.fitness import unfit
from qa.plurality import plurality

if TYPE_CHECKING:
    from corpus.documents import Passage
    from index.ranking.search import Index
    from qa.candidates import Candidates
    from qa.questions import Question
    from qa.readers.readings import Reading, Span

MOST = 20
"""How many items a list has at most."""

_NEARLY = 6.0  # 3, 6 and 9 fit the labels alike
_BETTER = 2.0  # by hand: a tail that the reader would not miss
_VAGUE = frozenset("several many others various numerous".split())  # noqa: SIM905
_WORST = 12.0  # a score so far behind, or so far off, is no better than any other
_WORD = pattern(r"\w+")
_PRECEDING = pattern(r"(\w+|[^\w\s])\s*\Z")
_FOLLOWING = pattern(r"\s*(\w+|[^\w\s])")
_DIGITS = pattern(r"[\d.,:/%$€£°\s–-]+\Z")


@dataclass(frozen=True, slots=True)
class Regression:
    """The coefficients of a logistic regression, by the name of what they weigh, and the least probability of a yes."""

    coefficients: Mapping[str, float]
    intercept: float
    threshold: float

    def says(self, features: Mapping[str, float]) -> bool:
        """Whether the probability is at least the threshold.

        >>> Regression({"plural": 2.0}, -1.0, 0.5).says({"plural": 1.0})
        True
        """
        total = self.intercept + sum(weight * features.get(name, 0.0) for name, weight in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) >= self.threshold


@dataclass(frozen=True, slots=True)
class ListModel:
    """What decides whether an answer is split, and what else belongs to it."""

    split: Regression
    further: Regression

    @classmethod
    def load(cls, reader: str) -> ListModel:
        """The model that ships with a reader.

        Raises ModelError where its file is missing or damaged.

        >>> 0 < ListModel.load("neural").split.threshold < 1
        True
        """
        return _loaded(reader)


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer: its items in the document's order, and ``whole``, the run that holds them or the surest of them.

    A single span has no items.
    """

    whole: Span
    items: tuple[Span, ...] = ()


def list_of(candidates: Candidates, model: ListModel) -> Listed:
    """The best answer of what was found, split into items and with the further answers that belong to it."""
    passages = [hit.passage for hit in candidates.hits]
    return listed(candidates.asked.question, candidates.spans[0], candidates.reading, passages, model)


def cite_list(found: Listed, candidates: Candidates, index: Index) -> tuple[Citation, tuple[Item, ...]]:
    """The citation of an answer as a whole, and its items, each with its own; no items where it is a single span."""
    passages = [hit.passage for hit in candidates.hits]
    cited = [cite_span(span, passages[span.passage], index) for span in found.items]
    whole = cite_span(found.whole, passages[found.whole.passage], index)
    return whole, tuple(Item(citation.text, citation) for citation in cited)


def others(alternatives: Sequence[Alternative], items: Sequence[Item]) -> tuple[Alternative, ...]:
    """The alternatives that are not of the list already.

    >>> others([], [])
    ()
    """

    def taken(citation: Citation) -> bool:
        return any(
            item.citation.document == citation.document
            and item.citation.start < citation.end
            and citation.start < item.citation.end
            for item in items
        )

    return tuple(each for each in alternatives if not taken(each.citation))


def listed(question: Question, best: Span, reading: Reading, passages: Sequence[Passage], model: ListModel) -> Listed:
    """The answer of which ``best`` is the first that was found; see ``list_of``."""
    asked = plurality(question)
    parts = items_in(best, passages)
    if parts and not model.split.says(split_features(question, asked, best, parts, reading)):
        parts = ()
    taken = list(parts or (best,))
    names = {normalise_answer(span.text) for span in taken}
    for span in further_spans(best, reading, passages):
        if len(taken) >= MOST:
            break
        if not model.further.says(further_features(question, asked, span, best, taken, reading, passages)):
            continue
        inner = items_in(span, passages)
        if inner and not model.split.says(split_features(question, asked, span, inner, reading)):
            inner = ()
        for each in inner or (span,):
            name = normalise_answer(each.text)
            if name and name not in names:
                names.add(name)
                taken.append(each)
    if len(taken) < 2:
        return Listed(best)
    taken.sort(key=lambda span: (passages[span.passage].document, span.start))
    return Listed(_whole(best, taken, passages), tuple(taken))


def items_in(span: Span, passages: Sequence[Passage]) -> tuple[Span, ...]:
    """The items of a span that could be an enumeration, each a span; () where it is none."""
    before = text_between(passages[span.passage], span.start - 12, span.start)
    return tuple(
        replace(span, start=span.start + start, end=span.start + end, text=span.text[start:end])
        for start, end in items_of(span.text, before=before)
        # What a reader was shown may leave out marks of emphasis that the document has.
        if span.end - span.start == len(span.text)
    )


def further_spans(best: Span, reading: Reading, passages: Sequence[Passage]) -> list[Span]:
    """The spans that might be answers beside the best: those that overlap none before them, best first."""
    kept = [best]
    for span in (piece for found in reading.further for piece in _pieces(found, reading, passages)):
        document = passages[span.passage].document
        clear = all(
            passages[other.passage].document != document or span.end <= other.start or other.end <= span.start
            for other in kept
        )
        if clear and best.score - span.score <= _WORST and not _is_empty(span.text):
            kept.append(span)
    return sorted(kept[1:], key=lambda span: -span.score)


def _pieces(span: Span, reading: Reading, passages: Sequence[Passage]) -> list[Span]:
    """A span, or its items where the reader likes each of them nearly as well, each cut where it ends better.

    A reader that looks for one span joins "Ada Lee in 2012, and Ben Ray in 2014" to one that begins with the first
    name and ends with the last.
    """
    pieces = []
    for item in items_in(span, passages):
        cut = _cut(item, reading)
        if cut is None or cut.score < span.score - _NEARLY:
            return [span]
        pieces.append(cut)
    return pieces or [span]


def _cut(span: Span, reading: Reading) -> Span | None:
    """A span that ends where the reader would rather end it, with its score; None where it has no scores for it."""
    for marks in reading.marks:
        if marks.passage != span.passage or (whole := marks.score(span.start, span.end)) is None:
            continue
        inside = (marks.starts >= span.start) & (marks.ends <= span.end)
        last = int(np.argmax(np.where(inside, marks.closing, -np.inf)))
        end = int(marks.ends[last])
        score = marks.score(span.start, end)
        if score is not None and score >= whole + _BETTER and end > span.start:
            return replace(span, end=end, text=span.text[: end - span.start], score=score)
        return replace(span, score=whole)
    return None


def _is_empty(text: str) -> bool:
    """Whether a text names nothing: "several", "the"."""
    words = [word.lower() for word in _WORD.findall(text)]
    return all(word in STOP_WORDS or word in _VAGUE for word in words)


def split_features(
    question: Question, asked: Mapping[str, float], span: Span, items: Sequence[Span], reading: Reading
) -> dict[str, float]:
    """What speaks for and against splitting a span into its items.

    ``inside`` is how much worse the items' own ends and beginnings are scored than those of the whole.
    """
    lengths = [max(1, len(_WORD.findall(item.text))) for item in items]
    shapes = {shape(item.text) for item in items}
    parted = separators(span.text)
    inside = _inside(span, items, reading)
    return {
        **asked,
        "pair": float(len(items) == 2),
        "items": math.log(len(items)),
        "shapes": float(len(shapes) > 1),
        "names": float(shapes == {"name"}),
        "one_name": float(asked["one"] and shapes == {"name"} and len(items) == 2),
        "longest": math.log(max(lengths)),
        "spread": math.log(max(lengths) / min(lengths)),
        "short_first": float(lengths[0] == 1 and lengths[-1] > 1 and len(items) == 2),
        "or": float(" or " in span.text),
        "commas": float(parted.commas > 1),
        "clause": float(question.expects in ("reason", "manner", "time")),
        "inside": min(inside, default=0.0),
        "inside_mean": sum(inside) / max(len(inside), 1),
        "unscored": float(not inside),
    }


def further_features(
    question: Question,
    asked: Mapping[str, float],
    span: Span,
    best: Span,
    taken: Sequence[Span],
    reading: Reading,
    passages: Sequence[Passage],
) -> dict[str, float]:
    """What speaks for and against a further span beside the best and the spans that were taken already."""
    behind = best.score - span.score
    above = max(-_WORST, min(_WORST, span.score - reading.no_answer))
    several = max(asked["plural"], asked["counted"])
    same_passage = [other for other in taken if other.passage == span.passage]
    lines = span.statement.endswith(";") and best.statement.endswith(";")
    sibling = lines and span.sentence != best.sentence and span.passage == best.passage
    lengths = [math.log(max(1, len(_WORD.findall(each.text)))) for each in (span, best)]
    words = set(normalise_answer(span.text).split())
    return {
        **asked,
        "behind": behind,
        "behind_several": behind * several,
        "above": above,
        "above_several": above * several,
        "same_sentence": float(span.sentence == best.sentence),
        "alike_there": float(span.sentence == best.sentence and shape(span.text) == shape(best.text)),
        "sibling": float(sibling),
        "same_role": float(sibling and _role(span) == _role(best)),
        "elsewhere": float(span.passage != best.passage),
        "joined": float(any(_joined(span, other, passages[span.passage]) for other in same_passage)),
        "same_shape": float(shape(span.text) == shape(best.text)),
        "covers": _covered(question, span) - _covered(question, best),
        "covers_more": max(0.0, _covered(question, span) - _covered(question, best)),
        "same_trail": float(_trail(span, passages) == _trail(best, passages) != ""),
        "same_lead": float(_lead(span, passages) == _lead(best, passages) != ""),
        "length": abs(lengths[0] - lengths[1]),
        "unfit": float(unfit(question, span.text)),
        "echo": len(words & {word.lower() for word in question.words}) / max(len(words), 1),
    }


def shape(text: str) -> str:
    """How a text is written: "name", "number", "lower" or "mixed".

    >>> shape("Boris Tadić"), shape("2,400"), shape("the outer walls")
    ('name', 'number', 'lower')
    """
    if _DIGITS.match(text):
        return "number"
    words = [word for word in _WORD.findall(text) if len(word) > 3 or word[0].isupper()]
    capital = sum(word[0].isupper() for word in words)
    if words and capital == len(words):
        return "name"
    return "mixed" if capital else "lower"


def text_between(passage: Passage, start: int, end: int) -> str:
    """What stands at [start, end) of the document, as far as the passage holds it."""
    return passage.text[max(0, start - passage.start) : max(0, end - passage.start)]


def _inside(span: Span, items: Sequence[Span], reading: Reading) -> list[float]:
    """For each gap between items, how much it adds to the score to end and to begin anew there, halved."""
    for marks in reading.marks:
        if marks.passage != span.passage:
            continue
        whole = marks.score(span.start, span.end)
        parts = [marks.score(item.start, item.end) for item in items]
        if whole is None or any(part is None for part in parts):
            continue
        return [
            max(-_WORST, min(_WORST, ((one or 0.0) + (other or 0.0) - whole) / 2)) for one, other in pairwise(parts)
        ]
    return []


def _joined(one: Span, other: Span, passage: Passage) -> bool:
    """Whether nothing but what parts two items stands between two spans."""
    first, last = sorted((one, other), key=lambda span: span.start)
    return is_separator(text_between(passage, first.end, last.start))


def _role(span: Span) -> str:
    """Whether a span of a line is what it begins with, or what follows a colon or a bar."""
    at = span.statement.rfind(span.text)
    before = span.statement[: max(at, 0)].rstrip()
    return before[-1:] if before[-1:] in (":", "|", ",") else "inside" if before else "first"


def _covered(question: Question, span: Span) -> float:
    """The share of the words of the question that are in the statement around a span, but not in the span."""
    asked = {question.words[at].lower()[:ALIKE] for at in question.focus}
    around = span.statement.replace(span.text, " ", 1)
    said = {word.lower()[:ALIKE] for word in _WORD.findall(around)}
    return len(asked & said) / max(len(asked), 1)


def _trail(span: Span, passages: Sequence[Passage]) -> str:
    """The word or sign after a span; any number is one."""
    found = _FOLLOWING.match(text_between(passages[span.passage], span.end, span.end + 24))
    return "" if found is None else "0" if found[1].isdigit() else found[1].lower()


def _lead(span: Span, passages: Sequence[Passage]) -> str:
    found = _PRECEDING.search(text_between(passages[span.passage], span.start - 24, span.start))
    return found[1].lower() if found else ""


def _whole(best: Span, items: Sequence[Span], passages: Sequence[Passage]) -> Span:
    """The run that holds the items where only what parts them stands between, else the span that is the surest."""
    first, last = items[0], items[-1]
    if all(item.sentence == first.sentence and item.passage == first.passage for item in items):
        passage = passages[first.passage]
        run = text_between(passage, first.start, last.end)
        together = len(run) == last.end - first.start and all(
            is_separator(text_between(passage, one.end, other.start)) for one, other in pairwise(items)
        )
        if best.start <= first.start and last.end <= best.end:
            return best
        if together:
            return replace(best, start=first.start, end=last.end, text=run, passage=first.passage)
    return best


@lru_cache(maxsize=8)
def _loaded(reader: str) -> ListModel:
    path = MODELS / reader / "lists.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return ListModel(_regression(record["split"]), _regression(record["further"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: the lists of reader {reader!r} cannot be read ({error!r}); install citespan again"
        ) from error


def _regression(record: Mapping[str, Any]) -> Regression:
    coefficients = {str(name): float(value) for name, value in record["coefficients"].items()}
    return Regression(coefficients, float(record["intercept"]), float(record["threshold"]))
