"""Train the lexical reader on SQuAD 1.1 train and print how well it reads SQuAD 1.1 dev.

    python scripts/train_lexical.py --squad train-v1.1.json.gz --dev dev-v1.1.json.gz

Same data and seed, same weights. Needs scikit-learn (``pip install 'citespan[learn]'``).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from lexical_learning import Example, SpanLearner, empty_weights, learn_ranking, learn_refusal
from lexical_lexicon import count_lexicon

from corpus.documents import Passage
from index.building.build import build_index
from index.ranking.search import Index
from qa.agreement import exact_match, f1
from qa.evaluation.datasets import Dataset, read_dataset
from qa.labelled import LabelledQuestion
from qa.questions import analyse_question
from qa.readers.lexical import MODEL_FOLDER, LexicalReader, Weights, refusal_features

PASSAGES = 6  # read together in training on retrieved passages
RANKING_QUESTIONS = 6_000
REFUSAL_QUESTIONS = 4_000  # held back from span learning


class Retrieval:
    """Makes examples of questions: the passages of the gold paragraph, or the best ones of all paragraphs."""

    def __init__(self, dataset: Dataset) -> None:
        self.index: Index = build_index(dataset.documents)
        self.own: dict[str, list[Passage]] = {}
        for passage in self.index.passages():
            self.own.setdefault(passage.document, []).append(passage)

    def gold(self, question: LabelledQuestion) -> Example:
        """The question with the passages of its own paragraph."""
        passages = self.own[question.document or ""]
        if len(passages) == 1:
            return _example(question, passages, [1.0])
        hits = self.index.search(question.question, 50)
        found = {self.place(int(n)): float(s) for n, s in zip(hits.numbers, hits.scores, strict=True)}
        least = min(found.values(), default=1.0) / 2
        scores = [found.get((passage.document, passage.start), least) for passage in passages]
        order = sorted(range(len(passages)), key=lambda i: -scores[i])
        return _example(question, [passages[i] for i in order], [scores[i] for i in order])

    def place(self, number: int) -> tuple[str, int]:
        """What identifies a passage."""
        passage = self.index.passage(number)
        return passage.document, passage.start

    def best(self, question: LabelledQuestion, *, without_gold: bool = False) -> Example:
        """The question with the best passages of all; the gold paragraph's left out where that is asked for."""
        hits = self.index.search(question.question, PASSAGES + (4 if without_gold else 0))
        pairs = [(self.index.passage(int(n)), float(s)) for n, s in zip(hits.numbers, hits.scores, strict=True)]
        if without_gold:
            pairs = [pair for pair in pairs if pair[0].document != question.document]
        pairs = pairs[:PASSAGES]
        return _example(question, [passage for passage, _ in pairs], [score for _, score in pairs])


def _example(question: LabelledQuestion, passages: Sequence[Passage], scores: Sequence[float]) -> Example:
    start, end = question.spans[0] if question.spans else (0, 0)
    gold = next(
        ((i, start, end) for i, passage in enumerate(passages)
         if question.spans and passage.document == question.document and passage.start <= start and end <= passage.end),
        None,
    )  # fmt: skip
    return Example(question.question, tuple(passages), tuple(scores), gold)


def measure(reader: LexicalReader, retrieval: Retrieval, questions: Sequence[LabelledQuestion], *, gold: bool) -> str:
    """Exact match, F1, the share of right sentences and milliseconds, in all and by kind of question."""
    results: dict[str, list[tuple[float, float, float]]] = {}
    elapsed: list[float] = []
    for question in questions:
        example = retrieval.gold(question) if gold else retrieval.best(question)
        started = time.process_time()
        spans = reader.read(analyse_question(example.question), example.passages, example.scores).spans
        elapsed.append(1000 * (time.process_time() - started))
        text, quoted = None, 0.0
        if spans:
            passage = example.passages[spans[0].passage]
            text = passage.slice(spans[0].start, spans[0].end)
            first, last = spans[0].sentence
            quoted = float(
                passage.document == question.document and any(first <= a and b <= last for a, b in question.spans)
            )
        judged = exact_match(text, question.answers), f1(text, question.answers), quoted
        results.setdefault(analyse_question(question.question).kind, []).append(judged)
    lines = []
    everything = [one for many in results.values() for one in many]
    for name, many in [("all", everything), *sorted(results.items(), key=lambda item: -len(item[1]))]:
        em, overlap, sentence = 100 * np.mean(many, axis=0)
        lines.append(f"{name:12} {len(many):6} questions  EM {em:5.1f}  F1 {overlap:5.1f}  sentence {sentence:5.1f}")
    lines[0] += f"  p50 {np.median(elapsed):.2f} ms"
    return "\n".join(lines)


def train(dataset: Dataset, options: argparse.Namespace, report: Dataset | None) -> Weights:
    """Learned weights of all sorts."""
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:5.0f} s] {text}", file=sys.stderr, flush=True)

    rng = np.random.default_rng(options.seed)
    questions = [question for question in dataset.questions if question.spans]
    order = rng.permutation(len(questions)).tolist()
    held, used = order[:REFUSAL_QUESTIONS], order[REFUSAL_QUESTIONS:][: options.questions]
    weights = empty_weights(count_lexicon(dataset, options.seed), 1 << options.bits)
    say(f"{len(weights.lexicon.term_keys)} frequencies")
    retrieval = Retrieval(dataset)
    say(f"{len(retrieval.index)} passages indexed")
    mixed = [(questions[at], bool(rng.random() < options.retrieved)) for at in used]
    weights = learn_ranking(
        weights,
        (retrieval.best(q) if pooled else retrieval.gold(q) for q, pooled in mixed[:RANKING_QUESTIONS]),
        seed=options.seed,
    )
    weights.sentence[:] = weights.rank
    say("sentence ranking learned")
    learner = SpanLearner(weights, rate=options.rate, margin=options.margin)
    checked = _sample(report, 400, options.seed) if report else []
    watch = Retrieval(report) if report else None
    for epoch in range(options.epochs):
        for count, at in enumerate(rng.permutation(len(mixed)).tolist(), 1):
            question, pooled = mixed[at]
            learner.learn(retrieval.best(question) if pooled else retrieval.gold(question))
            if count % 10_000 == 0:
                lost = learner.lost / learner.seen
                say(f"epoch {epoch + 1}, {count} read: loss {learner.loss / 10_000:.3f}, {lost:.1%} without candidate")
                learner.loss = 0.0
        learner.update()
        learner.rate *= options.decay
        if watch:
            for gold in (True, False):
                say(measure(LexicalReader(weights), watch, checked, gold=gold).splitlines()[0])
    # What is learned from here on is learned from the weights as they will be read, in 8 bits.
    weights.save(options.out)
    reader = LexicalReader(Weights.load(options.out))
    judged = [
        (refusal_features(spans), example.gold is not None)
        for i, at in enumerate(held)
        for example in [retrieval.best(questions[at], without_gold=i % 2 == 0)]
        if (spans := reader.read(analyse_question(example.question), example.passages, example.scores).spans)
    ]
    weights = learn_refusal(reader.weights, judged)
    say("refusals learned")
    return weights


def _sample(dataset: Dataset, count: int, seed: int) -> list[LabelledQuestion]:
    questions = list(dataset.questions)
    chosen = np.random.default_rng(seed).permutation(len(questions))[:count]
    return [questions[at] for at in sorted(chosen.tolist())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train, .json or .json.gz")
    parser.add_argument("--dev", type=Path, required=True, help="SQuAD 1.1 dev, to measure on; never learned from")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="folder to write the weights to")
    parser.add_argument("--questions", type=int, default=None, help="learn from so many only")
    parser.add_argument(
        "--epochs", type=int, default=1, help="a second one gains nothing and makes the scores too sure"
    )
    parser.add_argument("--bits", type=int, default=20, help="2**BITS hashed weights")
    parser.add_argument("--rate", type=float, default=0.04, help="AdaGrad's step")
    parser.add_argument("--decay", type=float, default=0.4, help="factor on the rate after each epoch")
    parser.add_argument("--margin", type=float, default=0.5, help="score that a wrong span must lose by")
    parser.add_argument("--retrieved", type=float, default=0.5, help="share of questions read in retrieved passages")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--sample", type=int, default=None, help="measure on so many dev questions only")
    options = parser.parse_args()
    dev = read_dataset(options.dev)
    weights = train(read_dataset(options.squad), options, dev)
    weights.save(options.out)
    reader, retrieval = LexicalReader(Weights.load(options.out)), Retrieval(dev)
    questions = _sample(dev, options.sample or len(dev.questions), options.seed)
    print("gold passage\n" + measure(reader, retrieval, questions, gold=True))
    print("retrieved passages\n" + measure(reader, retrieval, questions, gold=False))


if __name__ == "__main__":
    main()
