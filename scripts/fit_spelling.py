"""Fit what the evidence for a mistyped word weighs (``index/wording/channel.py``), on SQuAD train.

    python scripts/train_words.py --squad train-v1.1.json.gz --wiki simplewiki.jsonl.gz --half -o half.npy
    python scripts/fit_spelling.py train-v1.1.json.gz --words half.npy

The articles of every other title, of which the words learned with ``--half`` saw nothing, are pooled by about 1,200
paragraphs. Of each pool questions are asked as they are, questions with a typing error, and questions about other
articles. The weights are those under which the words that were meant are likeliest. Words that questions have as they
are, that English does not have and that are corrected with more than ``--slip`` are taken for errors that people made,
and left out. Prints the weights, and what they do at several bounds to the words that they were fitted to.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from typing_errors import mistyped_at, with_errors

from corpus.documents import Document
from index.building.build import build_index
from index.ranking.search import Index
from index.terms.analysis import Token
from index.wording.channel import Channel, WordEvidence, WordWeights
from index.wording.known import KnownWords
from index.wording.spelling import open_words
from qa.evaluation.datasets import Dataset, read_dataset

_PASSAGES = 1200
_KINDS = ("typed wrong", "clean", "other articles")
_LOOSE = WordWeights(context=5e-3, error=0.05)  # looks at words that the shipped weights may pass over


class Word(NamedTuple):
    """A word of a question: its kind, the question, what speaks for each word that may be meant, and which was.

    ``meant`` is -1 where none of them was.
    """

    kind: int
    question: str
    named: bool
    evidence: list[WordEvidence]
    meant: int


def pools(dataset: Dataset) -> Iterator[Dataset]:
    """The odd articles by about 1,200 paragraphs, with their questions."""
    titles = sorted({each.title for each in dataset.documents})[1::2]
    random.Random(5).shuffle(titles)
    while titles:
        documents: list[Document] = []
        while titles and len(documents) < _PASSAGES:
            title = titles.pop()
            documents += [each for each in dataset.documents if each.title == title]
        names = {each.id for each in documents}
        yield replace(
            dataset,
            documents=tuple(documents),
            questions=tuple(each for each in dataset.questions if each.document in names),
        )


def looked_at(question: str, index: Index, known: KnownWords) -> Iterator[tuple[Token, bool, list[WordEvidence]]]:
    """The words of a question that may be typing errors, and what speaks for each that may be meant."""
    channel = Channel(question, index, weights=_LOOSE, words=known)
    for token, named in open_words(question, index):
        evidence = channel.evidence(token, named=named)
        if evidence:
            itself, *others = evidence
            kept = channel.written(itself.option.word, [(1.0, each) for each in others])
            yield token, named, [itself, *(each for _, each in kept)]


def words(
    pool: Dataset, others: list[str], count: int, known: KnownWords, generator: random.Random
) -> tuple[list[Word], int]:
    """The words of a sample of questions, and how many mistyped words were not looked at."""
    index = build_index(pool.documents)
    asked = generator.sample(list(pool.questions), min(count, len(pool.questions)))
    found: list[Word] = []
    missed = 0
    originals = {each.id: each.question for each in asked}
    for question, _ in with_errors(asked, generator):
        start, meant = mistyped_at(originals[question.id], question.question)
        term = index.analyzer.term(meant)
        before = len(found)
        for token, named, evidence in looked_at(question.question, index, known):
            if token.start == start:
                place = next((at for at, each in enumerate(evidence) if each.option.term == term), -1)
                found.append(Word(0, question.question, named, evidence, place))
        missed += len(found) == before
    for kind, questions in ((1, list(originals.values())), (2, generator.sample(others, count // 2))):
        for text in questions:
            found += [Word(kind, text, named, evidence, 0) for _, named, evidence in looked_at(text, index, known)]
    return found, missed


class Fit:
    """The words as arrays, and how likely the meant ones are under some weights."""

    def __init__(self, found: list[Word]) -> None:
        count, most = len(found), max(len(each.evidence) for each in found)
        self.words = found
        self.features = np.zeros((4, count, most))  # edit, share, spread, context
        self.there = np.zeros((count, most), np.bool_)
        for row, word in enumerate(found):
            for column, (option, _, spread, context) in enumerate(word.evidence):
                self.features[:, row, column] = option.edit, option.share, spread, context
                self.there[row, column] = True
        self.sizes = np.array([each.evidence[0].size for each in found])
        self.named = np.array([each.named for each in found])
        self.kinds = np.array([each.kind for each in found])
        self.meant = np.array([each.meant for each in found])

    def likely(self, logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
        """How likely each word is to have been meant: float64 (words, most)."""
        spread, context, unseen, name, error, flat = (*np.exp(logarithms[:5]), logarithms[5])
        edit, share, spreads, contexts = self.features
        weight = share + spread * spreads + context * contexts
        weight[:, 0] += np.where(self.named, name, unseen)
        weight[:, 1:] *= np.maximum(edit[:, 1:], 1e-9) ** flat * error / self.sizes[:, None]
        weight = np.where(self.there, weight, 0.0)
        return np.asarray(weight / weight.sum(axis=1, keepdims=True))

    def loss(self, logarithms: NDArray[np.float64], used: NDArray[np.bool_]) -> float:
        """Return the mean negative log-likelihood of the words that were meant."""
        rows = np.flatnonzero(used & (self.meant >= 0))
        likely = self.likely(logarithms)[rows, self.meant[rows]]
        return float(-np.log(np.maximum(likely, 1e-6)).mean())


def report(fit: Fit, likely: NDArray[np.float64], used: NDArray[np.bool_], missed: int) -> None:
    """Prints what becomes of the words at several bounds."""
    best = likely[:, 1:].argmax(axis=1) + 1
    share = likely[np.arange(len(best)), best]
    wrong = fit.kinds == 0
    print(f"{wrong.sum() + missed:,} words with an error, {missed:,} of them not looked at")
    print(f"{'bound':>6}{'right':>8}{'another':>9}{'clean':>8}{'other':>8}")
    for bound in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        taken = share >= bound
        right = (taken & wrong & (best == fit.meant)).sum()
        other = (taken & wrong & (best != fit.meant)).sum()
        changed = [(taken & (fit.kinds == kind) & used).sum() for kind in (1, 2)]
        print(f"{bound:6.2f}{right:8,}{other:9,}{changed[0]:8,}{changed[1]:8,}")
    for row in np.flatnonzero((share >= 0.5) & ~wrong):
        word = fit.words[row]
        print(
            f"{_KINDS[word.kind]}{'' if used[row] else ' (left out)'}: {word.evidence[0].option.word} -> "
            f"{word.evidence[best[row]].option.word} {share[row]:.2f} | {word.question}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE", help="SQuAD 1.1 train (JSON, may be .gz)")
    parser.add_argument("--words", required=True, type=Path, metavar="FILE", help="words learned without odd articles")
    parser.add_argument("--pools", type=int, default=5, help="pools of paragraphs (default: %(default)s)")
    parser.add_argument("--questions", type=int, default=300, help="questions of each pool (default: %(default)s)")
    parser.add_argument("--slip", type=float, default=0.5, help="bound of errors that people made (default: 0.5)")
    parser.add_argument("--seed", type=int, default=5, help="seed of the samples and errors (default: %(default)s)")
    options = parser.parse_args()
    known = KnownWords(np.load(options.words, allow_pickle=False))
    dataset = read_dataset(options.file)
    generator = random.Random(options.seed)
    found: list[Word] = []
    missed = 0
    for number, pool in enumerate(pools(dataset)):
        if number == options.pools:
            break
        names = {each.id for each in pool.documents}
        others = [each.question for each in dataset.questions if each.document not in names]
        more, lost = words(pool, others, options.questions, known, generator)
        found += more
        missed += lost
    fit = Fit(found)
    start = WordWeights()
    weights = [each.name for each in fields(WordWeights) if each.name != "near"]
    point = np.array([getattr(start, name) for name in weights])
    point[:5] = np.log(point[:5])
    used = np.ones(len(found), np.bool_)
    unknown = np.array([each.evidence[0].option.share == 0 for each in found])
    for _ in range(2):
        point = minimize(fit.loss, point, args=(used,), method="Nelder-Mead", options={"maxfev": 1200}).x
        likely = fit.likely(point)
        used = (fit.kinds == 0) | ~unknown | fit.named | (1 - likely[:, 0] < options.slip)
    for name, value in zip(weights, [*np.exp(point[:5]), point[5]], strict=True):
        print(f"{name:12} {value:.3g}")
    print(f"loss {fit.loss(point, used):.4f}")
    report(fit, likely, used, missed)


if __name__ == "__main__":
    main()
