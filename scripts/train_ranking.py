"""Learn the weights of the ranking's evidence from SQuAD 1.1 train, and print what they do to held-out articles.

    python scripts/train_ranking.py --squad train-v1.1.json.gz --dev dev-v1.1.json.gz

The weights are those for which a softmax over the scores of the candidate passages gives the passage that
holds the gold answer the greatest likelihood, none below 0, times ``--shrink``: SQuAD's questions were
written with the passage in sight and share more wording with it than others do. The weights are printed, to
be written into ``EvidenceSettings``. Same data and seed, same weights. Needs SciPy (``pip install 'citespan[learn]'``).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.building.build import build_index
from index.ranking.search import Index
from index.settings import EvidenceSettings, IndexSettings
from qa.evaluation.datasets import Dataset, read_dataset
from qa.labelled import LabelledQuestion

DEPTHS = (1, 5, 20)
KINDS = [field.name for field in fields(EvidenceSettings) if field.name != "depth"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best passages for one question by term weights, best first.

    ``features`` float64 (passages, 1 + kinds): the score by the best score, then the shares of evidence.
    ``gold`` bool (passages,): whether the passage holds a gold answer where it was labelled.
    """

    features: NDArray[np.float64]
    gold: NDArray[np.bool_]


def gather(dataset: Dataset, depth: int) -> list[Candidates]:
    """The candidates for each question with an answer, over all passages of the dataset."""
    index = build_index(dataset.documents, settings=IndexSettings(evidence=EvidenceSettings(depth=0)))
    return [_candidates(index, question, depth) for question in dataset.questions if question.spans]


def _candidates(index: Index, question: LabelledQuestion, depth: int) -> Candidates:
    hits = index.search(question.question, depth)
    shares = index.evidence(question.question, hits.numbers)
    scores = hits.scores.astype(np.float64)[:, None] / (hits.scores[0] if len(hits) else 1.0)
    gold = []
    for number in hits.numbers.tolist():
        passage = index.passage(number)
        inside = any(passage.start <= start and end <= passage.end for start, end in question.spans)
        gold.append(inside and passage.document == question.document)
    return Candidates(np.hstack([scores, shares]), np.array(gold, np.bool_))


def learn(examples: Sequence[Candidates], *, penalty: float) -> NDArray[np.float64]:
    """The weights of the score and each kind of evidence: float64 (1 + kinds,)."""
    usable = [example for example in examples if example.gold.any() and not example.gold.all()]
    depth = max(len(example.gold) for example in usable)
    features = np.zeros((len(usable), depth, usable[0].features.shape[1]))
    offered, gold = np.zeros((2, len(usable), depth), np.bool_)
    for row, example in enumerate(usable):
        features[row, : len(example.gold)] = example.features
        offered[row, : len(example.gold)] = True
        gold[row, : len(example.gold)] = example.gold

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = np.where(offered, features @ weights, -np.inf)
        likelihood = np.exp(scores - scores.max(axis=1, keepdims=True))
        likelihood /= likelihood.sum(axis=1, keepdims=True)
        right = np.where(gold, likelihood, 0.0)
        total = right.sum(axis=1, keepdims=True)
        gradient = np.einsum("qp,qpk->k", likelihood - right / total, features) / len(usable)
        value = -float(np.log(total).mean()) + penalty * float(weights @ weights)
        return value, gradient + 2 * penalty * weights

    start = np.zeros(features.shape[2])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start)).x)


def figures(examples: Sequence[Candidates], weights: NDArray[np.float64]) -> dict[str, float]:
    """Recall at each depth and the mean reciprocal rank of the first passage that holds the answer."""
    ranks = []
    for example in examples:
        order = np.argsort(-(example.features @ weights), kind="stable")
        places = np.flatnonzero(example.gold[order])
        ranks.append(places[0] + 1 if len(places) else np.inf)
    found = np.array(ranks, np.float64)
    return {**{f"R@{depth}": float((found <= depth).mean()) for depth in DEPTHS}, "MRR": float((1 / found).mean())}


def sample(dataset: Dataset, *, articles: int, questions: int, generator: random.Random) -> Dataset:
    """The dataset cut to so many of its articles (documents of one title) and questions, at random."""
    titles = sorted({document.title for document in dataset.documents})
    chosen = set(generator.sample(titles, min(articles, len(titles))))
    documents = tuple(document for document in dataset.documents if document.title in chosen)
    names = {document.id for document in documents}
    asked = [question for question in dataset.questions if question.document in names and question.spans]
    kept = generator.sample(asked, min(questions, len(asked)))
    return replace(dataset, documents=documents, questions=tuple(kept))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", required=True, metavar="FILE", help="SQuAD 1.1 train (JSON, may be .gz)")
    parser.add_argument("--dev", metavar="FILE", help="SQuAD 1.1 dev, measured and not learned from")
    parser.add_argument("--articles", type=int, default=48, help="articles a sample (default: %(default)s)")
    parser.add_argument("--questions", type=int, default=6000, help="questions a sample (default: %(default)s)")
    parser.add_argument("--depth", type=int, default=50, help="candidates a question (default: %(default)s)")
    parser.add_argument("--penalty", type=float, default=1e-5, help="weight of the l2 penalty (default: %(default)s)")
    parser.add_argument("--shrink", type=float, default=0.6, help="factor of the weights (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=13, help="seed of the samples (default: %(default)s)")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    train = read_dataset(options.squad)
    size = {"articles": options.articles, "questions": options.questions, "generator": generator}
    learned_from = sample(train, **size)
    titles = {document.title for document in learned_from.documents}
    rest = replace(train, documents=tuple(document for document in train.documents if document.title not in titles))
    measured = {"train, sample": learned_from, "train, other articles": sample(rest, **size)}
    if options.dev:
        measured["dev"] = read_dataset(options.dev)
    examples = {name: gather(dataset, options.depth) for name, dataset in measured.items()}
    weights = learn(examples["train, sample"], penalty=options.penalty)
    weights[1:] *= options.shrink
    plain = np.eye(len(weights))[0]
    print(f"{'pool':24}{'ranking':12}" + "".join(f"{name:>8}" for name in (*(f"R@{depth}" for depth in DEPTHS), "MRR")))
    for name, rows in examples.items():
        for label, chosen in {"terms": plain, "evidence": weights}.items():
            print(f"{name:24}{label:12}" + "".join(f"{value:8.4f}" for value in figures(rows, chosen).values()))
    print("\nEvidenceSettings:")
    for kind, weight in zip(KINDS, weights[1:] / weights[0], strict=True):
        print(f"    {kind}: float = {weight:.2f}")


if __name__ == "__main__":
    main()
