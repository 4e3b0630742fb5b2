"""Fits what decides whether an answer is a list: the two regressions of ``qa.lists``.

Splitting is learned from SQuAD answers in which commas or "and" part words, each labelled by hand in
``list_labels.json``: whether they are several answers or one. Further answers are learned from the same questions (the
items of the list are right, all else is wrong), from SQuAD questions with a single answer (all else is wrong), and from
invented documents (``list_examples.py``) in which answers stand apart. Each source weighs the same.

The figures printed come from predicting each tenth of the examples with coefficients fitted on the rest.

    python scripts/fit_lists.py --squad train-v1.1.json.gz --reader neural
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from list_examples import draw
from sklearn.linear_model import LogisticRegression

from corpus.documents import Document, Passage, Section
from index.building.build import build_index
from qa.agreement import f1, normalise_answer
from qa.confidence import MODELS
from qa.engine import Engine
from qa.enumerations import items_of
from qa.lists import further_features, further_spans, items_in, split_features
from qa.opening import build_documents
from qa.plurality import plurality
from qa.questions import Question
from qa.readers.readings import Reading, Span

LABELS = Path(__file__).parent / "list_labels.json"
SOURCES = ("listed", "single", "apart")
RIGHT = 0.5  # the token F1 from which a best span is taken for the gold one


@dataclass(frozen=True, slots=True)
class Read:
    """A question that was read: ``golds`` are all its answers, ``gold`` the answer as its source has it."""

    source: str
    question: Question
    golds: tuple[str, ...]
    gold: str
    spans: Sequence[Span]
    reading: Reading
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Example:
    """What a regression is fitted on: the features, whether it holds, and where it comes from."""

    source: str
    features: Mapping[str, float]
    holds: bool


def main() -> None:
    """Reads, fits, reports and writes the coefficients."""
    options = _options()
    labels: dict[str, bool] = json.loads(LABELS.read_text(encoding="utf-8"))
    engine = build_documents([_document("none", "none")], reader=options.reader, threads=1)
    reads = [_read(engine, *asked) for asked in _asked(options, labels)]
    splits = [example for read in reads if read.source == "listed" for example in split_examples(read)]
    furthers = [example for read in reads for example in (*further_examples(read), *item_examples(read))]
    record = {"reader": options.reader, "split": fit("split", splits), "further": fit("further", furthers)}
    if options.reader == "neural":  # it alone has a tagger
        record["tagged"] = True
    output = options.output or MODELS / options.reader / "lists.json"
    Path(output).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def split_examples(read: Read) -> Iterator[Example]:
    """Whether the gold run is to be split, with the features that it would have as the best span."""
    holds = len(read.golds) > 1
    for span in read.spans[:1]:
        start = span.text.find(read.gold)
        own = span if span.text == read.gold or start < 0 else _part(span, start, start + len(read.gold))
        items = items_in(own, read.passages)
        if items and f1(own.text, [read.gold]) >= RIGHT:
            asked = plurality(read.question)
            yield Example(read.source, split_features(read.question, asked, own, items, read.reading), holds)


def item_examples(read: Read) -> Iterator[Example]:
    """The other items of a list beside one of them, as if the reader had found that one alone."""
    if read.source != "listed" or len(read.golds) < 2 or not read.spans:
        return
    items = items_in(read.spans[0], read.passages)
    scored = [replace(item, score=score) for item in items if (score := _score(item, read.reading)) is not None]
    if len(scored) < 2 or {normalise_answer(item.text) for item in scored} != set(map(normalise_answer, read.golds)):
        return
    best, *others = sorted(scored, key=lambda span: -span.score)
    asked = plurality(read.question)
    beyond = further_spans(read.spans[0], read.reading, read.passages)
    for span in sorted([*others, *beyond], key=lambda span: -span.score):
        taken = [best, *(other for other in others if other.score > span.score)]
        features = further_features(read.question, asked, span, best, taken, read.reading, read.passages)
        yield Example("listed", features, span in others)


def _score(span: Span, reading: Reading) -> float | None:
    scores = [marks.score(span.start, span.end) for marks in reading.marks if marks.passage == span.passage]
    return max((score for score in scores if score is not None), default=None)


def further_examples(read: Read) -> Iterator[Example]:
    """Whether each further span is an answer beside the best one, where the best is right."""
    if not read.spans:
        return
    best, golds = read.spans[0], {normalise_answer(gold) for gold in read.golds}
    if f1(best.text, [read.gold, *read.golds]) < RIGHT:
        return
    asked = plurality(read.question)
    taken = list(items_in(best, read.passages) or (best,)) if len(read.golds) > 1 else [best]
    names = {normalise_answer(span.text) for span in taken}
    for span in further_spans(best, read.reading, read.passages):
        name = normalise_answer(span.text)
        if name in names:
            continue
        holds = len(golds) > 1 and name in golds
        features = further_features(read.question, asked, span, best, taken, read.reading, read.passages)
        yield Example(read.source, features, holds)
        if holds:
            names.add(name)
            taken.append(span)


def fit(name: str, examples: Sequence[Example]) -> dict[str, Any]:
    """The coefficients of one regression; prints how well each part is predicted from the rest."""
    names = sorted({feature for example in examples for feature in example.features})
    table = np.array([[example.features.get(feature, 0.0) for feature in names] for example in examples])
    holds = np.array([example.holds for example in examples])
    sources = np.array([example.source for example in examples])
    weights = np.ones(len(examples))
    for source in set(sources.tolist()):
        weights[sources == source] = len(examples) / (sources == source).sum()
    folds = np.arange(len(examples)) % 10
    predicted = np.zeros(len(examples))
    for fold in range(10):
        model = _regression().fit(table[folds != fold], holds[folds != fold], weights[folds != fold])
        predicted[folds == fold] = model.predict_proba(table[folds == fold])[:, 1]
    threshold = _best_threshold(predicted, holds, weights)
    print(f"{name}: {len(examples)} examples, {int(holds.sum())} hold; threshold {threshold}")
    for source in sorted(set(sources.tolist())):
        own = sources == source
        said = predicted[own] >= threshold
        right = int((said & holds[own]).sum())
        print(f"  {source}: of {int(own.sum())}, {int(said.sum())} said, {right} of {int(holds[own].sum())} rightly")
    model = _regression().fit(table, holds, weights)
    coefficients = {feature: round(float(weight), 4) for feature, weight in zip(names, model.coef_[0], strict=True)}
    return {"coefficients": coefficients, "intercept": round(float(model.intercept_[0]), 4), "threshold": threshold}


def _regression() -> LogisticRegression:
    return LogisticRegression(C=0.5, max_iter=2000)


def _best_threshold(predicted: Any, holds: Any, weights: Any) -> float:
    """The threshold with the best weighted F1, in steps of 0.05."""

    def score(threshold: float) -> float:
        said = predicted >= threshold
        both = weights[said & holds].sum()
        return float(2 * both / max(weights[said].sum() + weights[holds].sum(), 1e-9))

    return max((round(0.05 * step, 2) for step in range(4, 17)), key=score)


def _asked(
    options: argparse.Namespace, labels: Mapping[str, bool]
) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    """The source, question, answers, gold text and context of each question that is read."""
    rows = list(_squad(options.squad))
    for name, question, gold, context in rows:
        if name in labels:
            items = tuple(gold[start:end] for start, end in items_of(gold)) if labels[name] else (gold,)
            yield "listed", question, items, gold, context
    single = [row for row in rows if not items_of(row[2])]
    for _, question, gold, context in random.Random(options.seed).sample(single, options.singles):
        yield "single", question, (gold,), gold, context
    for drawn in draw(options.drawn, options.seed):
        yield "apart", drawn.question, drawn.answers, drawn.answers[0], drawn.text


def _squad(path: str) -> Iterator[tuple[str, str, str, str]]:
    for article in json.loads(gzip.decompress(Path(path).read_bytes()))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                yield asked["id"], asked["question"], asked["answers"][0]["text"], paragraph["context"]


def _read(engine: Engine, source: str, question: str, golds: tuple[str, ...], gold: str, context: str) -> Read:
    found = engine.over(build_index([_document("d", context)])).read(question)
    passages = [hit.passage for hit in found.hits]
    return Read(source, found.asked.question, golds, gold, found.spans, found.reading, passages)


def _document(name: str, text: str) -> Document:
    return Document(name, name, text, (Section((), 0, len(text)),), name)


def _part(span: Span, start: int, end: int) -> Span:
    return replace(span, start=span.start + start, end=span.start + end, text=span.text[start:end])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", required=True, metavar="FILE", help="SQuAD 1.1 train, JSON in gzip")
    parser.add_argument("--reader", default="neural")
    parser.add_argument("--singles", type=int, default=600, metavar="N", help="SQuAD questions with a single answer")
    parser.add_argument("--drawn", type=int, default=300, metavar="N", help="questions of invented documents")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("-o", "--output", metavar="FILE", help="default: lists.json beside the reader's weights")
    return parser.parse_args()


if __name__ == "__main__":
    main()
