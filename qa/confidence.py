"""Confidence: the calibrated probability that a span is right, from what the reader and the ranking saw.

The probability is that of a logistic regression, ``1 / (1 + exp(-(intercept + sum(w_i * x_i))))``, whose
coefficients lie beside each reader's weights in ``confidence.json``; ``scripts/fit_confidence.py`` fits
them on labelled questions that the reader was not trained on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from qa.questions import Question

if TYPE_CHECKING:
    from qa.readers.readings import Reading, Span

MODELS = Path(__file__).parent / "models"
ALIKE = 5
_MARGIN = 20.0
_READ_AT_LEAST = 2  # passages: with one, half a point of F1 was lost on SQuAD dev
SHORT = 1200  # characters, less than two paragraphs of SQuAD have together
_LARGEST = 30.0  # beyond it a probability is 0 or 1 to thirteen digits


@dataclass(frozen=True, slots=True)
class Confidence:
    """A fitted calibration: coefficients by the name of the evidence, and the threshold to refuse under.

    ``threshold`` is where the cost was least on the questions it was fitted on, a wrong answer costing
    ``wrong_cost`` times what a right one costs that is refused.
    """

    coefficients: Mapping[str, float]
    intercept: float
    threshold: float
    wrong_cost: float = 1.0

    @classmethod
    def load(cls, reader: str) -> Confidence:
        """The calibration that ships with a reader.

        Raises ModelError where its file is missing or damaged.

        >>> 0 < Confidence.load("lexical").threshold < 1
        True
        """
        path = MODELS / reader / "confidence.json"
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                coefficients={str(name): float(value) for name, value in record["coefficients"].items()},
                intercept=float(record["intercept"]),
                threshold=float(record["threshold"]),
                wrong_cost=float(record.get("wrong_cost", 1.0)),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"{path}: the confidence of reader {reader!r} cannot be read ({error!r}); install citespan again"
            ) from error

    def probability(self, evidence: Mapping[str, float]) -> float:
        """P(right) for one span's evidence; evidence without a coefficient does not count.

        >>> Confidence({"margin": 2.0}, -1.0, 0.5).probability({"margin": 0.5})
        0.5
        """
        total = self.intercept + sum(weight * evidence.get(name, 0.0) for name, weight in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-_LARGEST, min(_LARGEST, total))))


def odds(over: float) -> float:
    """exp(over), of how far a score is above "no answer here"; it does not overflow.

    >>> odds(0.0), odds(1e6) == odds(30.0)
    (1.0, True)
    """
    return math.exp(min(over, _LARGEST))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks with: what it is, and each of its content terms with its idf.

    ``known`` are those terms that some passage holds. Terms count as the same where they begin alike (``ALIKE``
    letters), so that Serbia covers Serbian. ``trust``: how surely
    the question is the one meant, where typing errors were corrected.
    """

    question: Question
    terms: Mapping[str, float]
    known: frozenset[str]
    trust: float = 1.0

    def coverage(self, terms: Iterable[str]) -> float:
        """The share of the question's idf that is in a text of those terms, from 0 to 1.

        >>> from qa.questions import analyse_question
        >>> question = analyse_question("When were visas abolished?")
        >>> Asked(question, {"visa": 3.0, "abolish": 1.0}, frozenset()).coverage(["visa", "free"])
        0.75
        """
        openings = {term[:ALIKE] for term in terms}
        found = sum(idf for term, idf in self.terms.items() if term[:ALIKE] in openings)
        return found / max(sum(self.terms.values()), 1e-9)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was ranked for a reader, all read or not.

    ``scores``: of each passage, best first, its retrieval score; ``coverages``: the share of the question's idf that
    it holds; ``together``: the share that they hold together.
    """

    scores: Sequence[float]
    coverages: Sequence[float]
    together: float

    @classmethod
    def of(cls, asked: Asked, scores: Sequence[float], terms: Sequence[Sequence[str]]) -> Seen:
        """What is seen in passages of those scores and terms, best first."""
        return cls(scores, [asked.coverage(each) for each in terms], asked.coverage(chain.from_iterable(terms)))

    def worth_reading(self, least: float, lengths: Sequence[int], most: int) -> int:
        """How many of the passages to read, their lengths being those, in characters.

        Two at least, and then up to ``most`` of those before the first that holds less than ``least`` of the question's
        idf: where the ranking has come down so far, the answer hardly ever follows. Short passages cost little: while
        fewer than SHORT characters are to be read, neither bound holds.

        >>> long = [900] * 5
        >>> Seen([], [0.3, 0.2, 0.8, 0.4, 0.9], 1.0).worth_reading(0.4, long, most=4)
        4
        >>> Seen([], [0.3, 0.2, 0.3, 0.4], 1.0).worth_reading(0.4, long, most=4)
        2
        >>> Seen([], [0.3, 0.2, 0.3, 0.4, 0.1], 1.0).worth_reading(0.4, [100] * 5, most=4)
        5
        """
        taken = 0
        for place, (coverage, length) in enumerate(zip(self.coverages, lengths, strict=False)):
            if taken >= SHORT and (place >= most or (place >= _READ_AT_LEAST and coverage < least)):
                return place
            taken += length
        return len(self.coverages)


@dataclass(frozen=True, slots=True)
class Statement:
    """The sentence or line that holds an answer, as far as the question can be held against it.

    ``terms`` are its own, with heads and parents; ``with_headings`` those and the headings' terms. ``again`` is what
    the reader finds in it alone: how far its best span is above "no answer", and whether that is the same answer.
    """

    terms: Sequence[str]
    with_headings: Sequence[str]
    again: tuple[float, bool] | None = None


def evidence(
    asked: Asked, seen: Seen, reading: Reading, spans: Sequence[Span], rank: int, *, statement: Statement
) -> dict[str, float]:
    """What speaks for and against the span at ``rank`` of the distinct ones, by name.

    ``spans`` are the distinct answers, best first; ``statement`` is what holds the one at ``rank``. The reader's own
    evidence is part of it.

    - ``score``: the span's score; ``over_no_answer``: how far it is above "no answer here", and ``surely``:
      that as log(1 + exp(over_no_answer)), which stays near 0 until it is above.
    - ``margin``: how far it is above the best other answer (negative where it is below), at most 20.
    - ``retrieval_lead``: its passage's retrieval score over the best one's.
    - ``place``: the place of its passage among the passages, as log(1 + place).
    - ``in_sentence``, ``in_statement``, ``in_passage``, ``in_read``, ``in_index``: the share of the question's idf that
      is in its statement, in that with the headings, in its passage with title and headings, in all passages seen,
      and in the index at all.
    - ``terms``: the number of the question's content terms, as a logarithm; ``kind_...``: 1 for its kind; ``denied``:
      1 where it holds a denial.
    - ``again``: how far the best span is above "no answer" where the statement is read alone, and ``again_other``: 1
      where that is another answer. Where it was not read alone, as far as in its passage.
    """
    span = spans[rank]
    others = [other.score for position, other in enumerate(spans) if position != rank]
    score = max(0.0, seen.scores[span.passage])
    over = span.score - reading.no_answer
    again, same = statement.again or (over, True)
    return {
        **dict(span.evidence),
        "score": span.score,
        "over_no_answer": over,
        "surely": math.log1p(odds(over)),
        "margin": min(_MARGIN, span.score - max(others)) if others else _MARGIN,
        "retrieval_lead": score / max(seen.scores[0], 1e-9),
        "place": math.log1p(span.passage),
        "in_sentence": asked.coverage(statement.terms),
        "in_statement": asked.coverage(statement.with_headings),
        "in_passage": seen.coverages[span.passage],
        "in_read": seen.together,
        "in_index": asked.coverage(asked.known),
        "terms": math.log1p(len(asked.terms)),
        f"kind_{asked.question.kind}": 1.0,
        "denied": float(asked.question.denied),
        "again": max(-_MARGIN, min(_MARGIN, again)),
        "again_other": float(not same),
    }
