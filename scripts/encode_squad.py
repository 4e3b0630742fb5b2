"""Write training examples for the reader out of SQuAD-form files.

One pass over everything, as the shipped reader was trained on; ``--seed`` draws other windows:

    encode_squad.py --base B --squad train-v1.1.json.gz --written train-v2.0-unanswerable.json.gz \\
        --reviews subjqa/train.json.gz -o pass-0.npz --seed 0

A part of it, for training on with other examples beside it:

    encode_squad.py ... -o replay.npz --counts answerable=20000 written=12000 retrieved=5000

The kinds, and what one pass takes of each:

    answerable  questions of SQuAD 1.1 with their paragraph                                    all
    written     unanswerable questions that people wrote for SQuAD 2.0                         all
    retrieved   a question with a paragraph that search finds, without its answer              35 in 100
    changed     a question with one constraint changed (reader_swaps.py)                       10 in 100
    removed     a question with the part of its paragraph beside the answer                    10 in 100
    reviews     unanswerable questions about reviews (SubjQA)                                  30 in 100
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from reader_arrays import Example, write_examples
from reader_data import Bm25, Cut, Labelled, Pool, Random, read_squad
from reader_swaps import Swaps, neighbours
from safetensors.numpy import load_file
from tokenizers import Tokenizer

# Of the questions of its file; as the distilled reader learned from (shared/reader/README.md).
SHARES = {"answerable": 1.0, "written": 1.0, "retrieved": 0.35, "changed": 0.1, "removed": 0.1, "reviews": 0.3}
_SOURCES = {"written": "written", "reviews": "reviews"}  # all other kinds are made of SQuAD 1.1
_DEEP = 16  # paragraphs that are searched for negatives
_KEPT = 6  # of them that may be drawn
_FALL = 1.5  # the rank drawn is exponential with this mean: mostly the hardest


class Maker:
    """Makes examples of each kind out of the pools of its sources."""

    def __init__(self, pools: dict[str, Pool], swaps: Swaps, seed: int) -> None:
        self._pools, self._swaps, self._seed = pools, swaps, seed
        held = pools["squad"].collection
        self._bm25 = Bm25([f"{h} {p}" for h, p in zip(held.headings, held.paragraphs, strict=True)])
        self._small = [paragraph.lower() for paragraph in held.paragraphs]

    def sizes(self) -> dict[str, int]:
        """Return how many questions each kind can be made of."""
        return {kind: len(self._numbers(kind)) for kind in SHARES}

    def examples(self, wanted: dict[str, int]) -> Iterator[Example]:
        """Yield about so many examples of each kind; what cannot be made (changed, removed) is passed over."""
        for place, kind in enumerate(SHARES):
            made = 0
            for number in self._drawn(kind, place):
                if made >= wanted.get(kind, 0):
                    break
                rng = np.random.default_rng([self._seed, place, int(number)])
                example = self._make(kind, int(number), rng)
                if example is not None:
                    made += 1
                    yield example
            print(f"{kind} {made}", file=sys.stderr, flush=True)

    def _pool(self, kind: str) -> Pool | None:
        return self._pools.get(_SOURCES.get(kind, "squad"))

    def _numbers(self, kind: str) -> list[int]:
        pool = self._pool(kind)
        questions = pool.collection.questions if pool else []
        return [n for n, question in enumerate(questions) if bool(question.answers) == (kind not in _SOURCES)]

    def _drawn(self, kind: str, place: int) -> npt.NDArray[np.int64]:
        """Return the questions of a kind in the order they are taken: one of each article in turn."""
        pool, numbers = self._pool(kind), np.array(self._numbers(kind), np.int64)
        if pool is None or not len(numbers):
            return numbers
        mixed = np.random.default_rng([self._seed, place]).permutation(numbers)
        held, turns = pool.collection, dict[str, int]()
        turn = np.zeros(len(mixed), np.int64)
        for at, number in enumerate(mixed):
            article = held.headings[held.questions[int(number)].paragraph]
            turn[at] = turns.get(article, 0)
            turns[article] = int(turn[at]) + 1
        return mixed[np.argsort(turn, kind="stable")]

    def _make(self, kind: str, number: int, rng: Random) -> Example | None:
        pool = self._pool(kind)
        assert pool is not None
        asked = pool.collection.questions[number]
        text, paragraph = asked.question, asked.paragraph
        answer = pool.answer(paragraph, asked.answers[0]) if asked.answers else None
        if kind == "changed":
            changed = self._changed(asked, rng)
            return pool.example(changed, paragraph, kind, rng) if changed else None
        if kind == "retrieved":
            found = self._negative(asked, rng)
            return pool.example(text, found, kind, rng) if found is not None else None
        if kind == "removed":
            assert answer is not None
            return pool.without(text, paragraph, kind, rng, answer)
        return pool.example(text, paragraph, kind, rng, answer=answer)

    def _changed(self, asked: Labelled, rng: Random) -> str | None:
        text = self._pools["squad"].collection.paragraphs[asked.paragraph]
        start, end = asked.answers[0]
        return self._swaps.changed(asked.question, text, text[start:end], rng)

    def _negative(self, asked: Labelled, rng: Random) -> int | None:
        """Return a paragraph that search finds for the question, without its answer's text."""
        own = self._small[asked.paragraph]
        golds = [own[start:end] for start, end in asked.answers]
        found = [
            n
            for n in self._bm25.best(asked.question, _DEEP)
            if n != asked.paragraph and not any(gold in self._small[n] for gold in golds)
        ][:_KEPT]
        return found[min(len(found) - 1, int(rng.exponential(_FALL)))] if found else None


def parse_counts(given: list[str], sizes: dict[str, int]) -> dict[str, int]:
    """Return how many examples of each kind are wanted, from ``KIND=N`` or the shares of one pass."""
    if not given:
        return {kind: int(SHARES[kind] * size) for kind, size in sizes.items()}
    counts: dict[str, int] = {}
    for one in given:
        kind, _, number = one.partition("=")
        if kind not in SHARES or not number.isdigit():
            raise SystemExit(f"--counts {one}: expected KIND=N with KIND one of {', '.join(SHARES)}")
        counts[kind] = int(number)
    return counts


def main() -> None:
    """Write the examples and print how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of the base: tokenizer.json, model.safetensors"
    )
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train")
    parser.add_argument("--written", type=Path, help="SQuAD 2.0 train's unanswerable questions")
    parser.add_argument("--reviews", type=Path, help="SubjQA train, for its unanswerable questions")
    parser.add_argument(
        "--counts", nargs="*", default=[], metavar="KIND=N", help="instead of one pass; others get none"
    )
    parser.add_argument("--max-tokens", type=int, default=Cut().max_tokens)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    files = {"squad": args.squad, "written": args.written, "reviews": args.reviews}
    cut = Cut(max_tokens=args.max_tokens)
    pools = {name: Pool(read_squad(path), tokenizer, cut) for name, path in files.items() if path}
    weights = load_file(args.base / "model.safetensors")
    words = next(weights[name] for name in weights if name.endswith("word_embeddings.weight"))
    maker = Maker(pools, Swaps(neighbours(tokenizer, words)), args.seed)
    counts = write_examples(args.output, maker.examples(parse_counts(args.counts, maker.sizes())))
    size = args.output.stat().st_size / 1e6
    print(f"{args.output} {sum(counts.values())} examples {size:.0f} MB: {counts}")


if __name__ == "__main__":
    main()
