"""Measures what reading more passages brings and costs, what their ranks should count, and when to stop.

Questions of a SQuAD file are asked of all its paragraphs together. The reader's best spans of the ten best
passages are kept, so that every number of passages and every weight of the retrieval score is judged from
one reading; the milliseconds of reading are measured for each number of passages in turn. Prints a table of
F1 and draws it (``--plot``); then, for scores, ranks and shares of the question's idf at which reading ends early,
F1 and the passages read.

    python scripts/reading_curve.py --squad dev-v1.1.json.gz --plot qa/models/neural/curve.png
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tqdm import tqdm

from qa import agreement
from qa.candidates import Hit
from qa.confidence import Seen
from qa.engine import Engine
from qa.evaluation.datasets import read_dataset
from qa.labelled import LabelledQuestion
from qa.opening import build_documents
from qa.questions import analyse_question
from qa.readers import Span, neural

MOST = 10
WEIGHTS = (0.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0)
COUNTS = (1, 2, 3, 4, 5, 6, 8, 10)
NEARS = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
LEASTS = (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
STOPS = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0)


@dataclass(frozen=True, slots=True)
class Read:
    """What was found for a question in its best passages.

    ``answers``: spans, each scored without the rank of its passage, with its F1. ``shares``: of each passage, its part
    of the best retrieval score; ``lengths``: the passages', in characters.
    """

    answers: list[tuple[Span, float]]
    shares: list[float]
    lengths: list[int]
    seen: Seen


def main() -> None:
    """Reads, prints the table and draws the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", required=True, metavar="FILE", help="SQuAD 1.1 JSON")
    parser.add_argument("--limit", type=int, default=800, help="questions")
    parser.add_argument("--timed", type=int, default=60, help="questions timed for each number of passages")
    parser.add_argument("--seed", type=int, default=29)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    dataset = read_dataset(options.squad)
    questions = random.Random(options.seed).sample(dataset.questions, min(options.limit, len(dataset.questions)))
    engine = build_documents(list(dataset.documents), reader="neural")
    asked = [(row, engine.search(row.question, k=MOST)) for row in questions]
    read = [_read(engine, row, hits) for row, hits in tqdm(asked, leave=False)]
    table = {
        (count, weight): 100 * statistics.fmean(_f1(one, count, weight) for one in read)
        for count in COUNTS
        for weight in WEIGHTS
    }
    print("F1 by passages read (rows) and weight of the retrieval score (columns)")
    print("passages" + "".join(f"{weight:8.1f}" for weight in WEIGHTS))
    for count in COUNTS:
        print(f"{count:8}" + "".join(f"{table[count, weight]:8.2f}" for weight in WEIGHTS))
    sure, near, least = neural.SURE, neural.NEAR, neural.NeuralReader.least_coverage
    print("reading ends where the next passage would need a score of: F1, passages read (mean, median)")
    for stop in STOPS:
        print(f"{stop:8.1f}{_row([_stopped(one, stop, near, least) for one in read])}")
    print("and, where a span is above no answer, before a passage with less of the best retrieval score than: the same")
    for share in NEARS:
        print(f"{share:8.2f}{_row([_stopped(one, sure, share, least) for one in read])}")
    print("and before a third or later passage with less of the question's idf than: the same")
    for share in LEASTS:
        print(f"{share:8.2f}{_row([_stopped(one, sure, near, share) for one in read])}")
    spent = _milliseconds(engine, asked[: options.timed])  # last, as it changes when reading ends
    print("median ms of reading, by passages")
    for count in COUNTS:
        print(f"{count:8}{spent[count]:8.1f}")
    if options.plot is not None:
        best = max(WEIGHTS, key=lambda weight: max(table[count, weight] for count in COUNTS))
        _draw([spent[count] for count in COUNTS], [table[count, best] for count in COUNTS], options.plot)


def _read(engine: Engine, row: LabelledQuestion, hits: Sequence[Hit]) -> Read:
    """What reading each passage on its own gives, so that any number of passages can be judged."""
    answers = []
    for number, hit in enumerate(hits):
        passage = hit.passage
        for span in engine.reader.read(analyse_question(row.question), [passage], [1.0]).spans[:6]:
            text = passage.slice(span.start, span.end)
            answers.append((replace(span, passage=number), agreement.f1(text, row.answers)))
    shares = [hit.score / hits[0].score for hit in hits]
    lengths = [len(hit.passage.text) for hit in hits]
    return Read(answers, shares, lengths, engine.read(row.question, hits=hits).seen)


def _f1(read: Read, count: int, weight: float) -> float:
    """The F1 of the best span when ``count`` passages are read and their ranks count with ``weight``."""
    scored = [
        (span.score + weight * (read.shares[span.passage] - 1), f1) for span, f1 in read.answers if span.passage < count
    ]
    return max(scored, default=(0.0, 0.0))[1]


def _row(stopped: Sequence[tuple[float, int]]) -> str:
    f1, counts = zip(*stopped, strict=True)
    return f"{100 * statistics.fmean(f1):8.2f}{statistics.fmean(counts):8.2f}{statistics.median(counts):6g}"


def _stopped(read: Read, sure: float, near: float, least: float) -> tuple[float, int]:
    """The F1 of the best span, and how many passages are read, when reading ends by those constants."""
    most = read.seen.worth_reading(least, read.lengths, neural.NeuralReader.passages)
    ranked = [replace(span, score=span.score + neural.behind(read.shares[span.passage])) for span, _ in read.answers]
    for count in range(1, most):
        seen = [span for span in ranked if span.passage < count]
        if neural.is_decided(seen, read.shares[count], sure, near):
            return _f1(read, count, neural.RETRIEVAL), count
    return _f1(read, most, neural.RETRIEVAL), most


def _milliseconds(engine: Engine, asked: Sequence[tuple[LabelledQuestion, list[Hit]]]) -> dict[int, float]:
    """The median time of reading each number of passages, none left out: each question is read with all in turn."""
    neural.SURE, neural.NEAR = math.inf, 0.0
    spent: dict[int, list[float]] = {count: [] for count in COUNTS}
    for row, hits in asked:
        for count in COUNTS:
            started = time.perf_counter()
            engine.reader.read(
                analyse_question(row.question),
                [hit.passage for hit in hits[:count]],
                [hit.score for hit in hits[:count]],
            )
            spent[count].append(1000 * (time.perf_counter() - started))
    return {count: statistics.median(times) for count, times in spent.items()}


def _draw(milliseconds: list[float], f1: list[float], path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot(milliseconds, f1, marker="o")
    axes.margins(y=0.1)  # room for the labels below the points
    for count, x, y in zip(COUNTS, milliseconds, f1, strict=True):
        axes.annotate(str(count), (x, y), textcoords="offset points", xytext=(4, -12))
    axes.set(
        xlabel="milliseconds of reading a question (median)",
        ylabel="F1, all paragraphs together",
        title=f"Passages read ({neural.NeuralReader.name} reader)",
    )
    figure.savefig(path, dpi=150)


if __name__ == "__main__":
    main()
