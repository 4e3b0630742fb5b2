"""Fits the confidence of a reader on labelled questions that the reader was not trained on.

Each question is asked in the ways that people ask: of all the articles together, of its own article alone, of a
short document of one to three paragraphs, of its own article without the paragraphs that hold the answer, and
of an article that has nothing to do with it. An answer is right when it has a SQuAD F1 of at least 0.5 with a
gold answer; in the last two ways none is.

The coefficients are fitted on all the articles; the figures printed, and written into the file, come from
predicting each article with coefficients fitted on the others (``--folds``). The threshold is the lowest
confidence at which the answers above it reach ``--precision`` in that prediction.

    python scripts/fit_confidence.py --squad dev-v1.1.json.gz --squad dev-v2.0.json.gz --reader lexical
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from corpus.documents import Passage
from qa import metrics
from qa.confidence import MODELS
from qa.datasets import Dataset, LabelledQuestion, read_dataset
from qa.engine import Engine, build_documents
from qa.figures import OVERLAP

_PRECISIONS = (0.58, 0.60, 0.62, 0.63, 0.64, 0.65, 0.66, 0.67, 0.68, 0.70, 0.75)


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked in one way: the evidence of its best answer, whether that is right, and its article."""

    evidence: dict[str, float]
    right: bool
    answerable: bool
    article: str
    way: str


def main() -> None:
    """Asks, fits, reports and writes the coefficients."""
    options = _options()
    examples = list(_examples([read_dataset(path) for path in options.squad], options))
    names = sorted({name for example in examples for name in example.evidence})
    table = np.array([[example.evidence.get(name, 0.0) for name in names] for example in examples])
    right = np.array([example.right for example in examples])
    articles = np.array([example.article for example in examples])
    predicted = _cross_predict(table, right, articles, options.folds)
    threshold = _threshold(predicted, right, options.precision)
    _report(examples, predicted, right, threshold)
    _report_precisions(examples, predicted, right)
    coefficients, intercept = _fit(table, right)
    record: dict[str, Any] = {
        "reader": options.reader,
        "coefficients": dict(zip(names, np.round(coefficients, 6).tolist(), strict=True)),
        "intercept": round(float(intercept), 6),
        "threshold": round(threshold, 4),
        "precision": options.precision,
        "questions": len(examples),
        "calibration_error": round(metrics.calibration_error(predicted.tolist(), right.tolist()) or 0.0, 4),
        "aurc": round(metrics.aurc(predicted.tolist(), right.tolist()) or 0.0, 4),
    }
    output = options.output or MODELS / options.reader / "confidence.json"
    output.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"written: {output}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", action="append", required=True, metavar="FILE", help="SQuAD JSON; repeatable")
    parser.add_argument("--reader", default="lexical")
    parser.add_argument("--precision", type=float, default=0.5, help="of the answers above the threshold")
    parser.add_argument("--pooled", type=int, default=3000, help="questions asked of all articles, per file")
    parser.add_argument("--alone", type=int, default=2000, help="questions asked of their own article, per file")
    parser.add_argument("--short", type=int, default=1000, help="questions asked of a short document, per file")
    parser.add_argument("--removed", type=int, default=2000, help="questions asked without their paragraph, per file")
    parser.add_argument("--off-topic", type=int, default=1000, help="questions asked of another article, per file")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--output", type=Path)
    return parser.parse_args()


def _article(document: str | None) -> str:
    """The article that a paragraph is from: its id without the paragraph's number."""
    return (document or "").rpartition("-")[0]


def _examples(datasets: list[Dataset], options: argparse.Namespace) -> Iterator[Example]:
    chance = random.Random(options.seed)
    for dataset in datasets:
        alone = {
            article: build_documents([d for d in dataset.documents if _article(d.id) == article], reader=options.reader)
            for article in sorted({_article(document.id) for document in dataset.documents})
        }
        pooled = build_documents(list(dataset.documents), reader=options.reader)
        others = sorted(alone)
        ways = (
            ("pooled", options.pooled),
            ("alone", options.alone),
            ("short", options.short),
            ("removed", options.removed),
            ("off-topic", options.off_topic),
        )
        for way, number in ways:
            chosen = chance.sample(dataset.questions, min(number, len(dataset.questions)))
            for row in tqdm(chosen, desc=f"{dataset.name}, {way}", leave=False):
                own = _article(row.document)
                engine = pooled
                if way in ("alone", "removed"):
                    engine = alone[own]
                elif way == "short":
                    engine = _short(dataset, row, chance, options.reader)
                elif way == "off-topic":
                    engine = alone[chance.choice([other for other in others if other != own])]
                example = _ask(engine, row, own, way)
                if example is not None:
                    yield example


def _short(dataset: Dataset, row: LabelledQuestion, chance: random.Random, reader: str) -> Engine:
    """An engine over the question's own paragraph and at most two of the paragraphs that follow it."""
    names = [document.id for document in dataset.documents]
    place = names.index(row.document or "")
    following = dataset.documents[place : place + chance.randint(1, 3)]
    return build_documents([d for d in following if _article(d.id) == _article(row.document)], reader=reader)


def _ask(engine: Engine, row: LabelledQuestion, article: str, way: str) -> Example | None:
    if way == "removed":
        passages = engine.reader.passages
        hits = [hit for hit in engine.search(row.question, k=3 * passages) if not _holds(hit.passage, row)]
        candidates = engine.read(row.question, hits=hits[:passages])
    else:
        candidates = engine.read(row.question)
    if not candidates.spans:
        return None
    best = candidates.spans[0]
    passage = candidates.hits[best.passage].passage
    text = passage.text[best.start - passage.start : best.end - passage.start]
    answerable = bool(row.answers) and way in ("pooled", "alone", "short")
    right = answerable and metrics.f1(text, row.answers) >= OVERLAP
    return Example(candidates.evidence(0), right, answerable, article, way)


def _holds(passage: Passage, row: LabelledQuestion) -> bool:
    """Whether a passage is of the question's own paragraph or holds one of its answers anyway."""
    return passage.document == row.document or any(metrics.holds(passage.text, answer) for answer in row.answers)


def _fit(table: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Coefficients and intercept of a logistic regression, on the scale of the evidence as it comes."""
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000).fit((table - mean) / scale, right)
    coefficients = model.coef_[0] / scale
    return coefficients, float(model.intercept_[0] - (coefficients * mean).sum())


def _cross_predict(
    table: NDArray[np.float64], right: NDArray[np.bool_], articles: NDArray[np.str_], folds: int
) -> NDArray[np.float64]:
    """P(right) of each example by coefficients fitted on the articles of the other folds."""
    names = np.unique(articles)
    fold_of = {name: place % folds for place, name in enumerate(names)}
    fold = np.array([fold_of[name] for name in articles])
    predicted = np.zeros(len(table))
    for number in range(folds):
        coefficients, intercept = _fit(table[fold != number], right[fold != number])
        predicted[fold == number] = 1 / (1 + np.exp(-(table[fold == number] @ coefficients + intercept)))
    return predicted


def _threshold(predicted: NDArray[np.float64], right: NDArray[np.bool_], wanted: float) -> float:
    """The lowest confidence at which the answers above it are right with the probability that is wanted."""
    order = np.argsort(-predicted, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= wanted)
    return float(predicted[order[enough[-1]]]) if enough.size else 1.0


def _report(
    examples: list[Example], predicted: NDArray[np.float64], right: NDArray[np.bool_], threshold: float
) -> None:
    print(
        f"{'way':<12}{'n':>7}{'right':>8}{'AURC':>8}{'ECE':>8}{'cov@80':>8}{'cov@90':>8}{'refused/answerable':>20}{'refused/unans.':>16}"
    )
    ways = np.array([example.way for example in examples])
    answerable = np.array([example.answerable for example in examples])
    for way in ("pooled", "alone", "short", "removed", "off-topic", "all"):
        rows = np.ones(len(ways), dtype=bool) if way == "all" else ways == way
        sure, true = predicted[rows].tolist(), right[rows].tolist()
        refused = predicted[rows] < threshold
        cells = [
            f"{np.mean(true):8.3f}",
            *(
                f"{value or 0.0:8.3f}"
                for value in (
                    metrics.aurc(sure, true),
                    metrics.calibration_error(sure, true),
                    metrics.coverage_at_precision(sure, true, 0.8),
                    metrics.coverage_at_precision(sure, true, 0.9),
                )
            ),
            f"{refused[answerable[rows]].mean() if answerable[rows].any() else 0.0:20.3f}",
            f"{refused[~answerable[rows]].mean() if (~answerable[rows]).any() else 0.0:16.3f}",
        ]
        print(f"{way:<12}{len(true):>7}" + "".join(cells))


def _report_precisions(examples: list[Example], predicted: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    """What other values of ``--precision`` would refuse."""
    answerable = np.array([example.answerable for example in examples])
    print(f"{'precision':<12}{'threshold':>12}{'refused/answerable':>20}{'refused/unans.':>16}")
    for wanted in _PRECISIONS:
        threshold = _threshold(predicted, right, wanted)
        refused = predicted < threshold
        print(f"{wanted:<12}{threshold:12.4f}{refused[answerable].mean():20.3f}{refused[~answerable].mean():16.3f}")


if __name__ == "__main__":
    main()
