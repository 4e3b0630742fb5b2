"""Measures the rewriting of follow-ups; prints a table.

The set, ``tests/data/follow-ups.json``, holds short dialogues on the default article: the turns before
(``history``), the ``follow_up``, and the full questions that it stands for (``full``; the follow-up itself where it
stands alone). A rewritten question is right if it is one of the full questions, or has the answer of one, at the
same place. The rules were tuned on the split "development" alone.

``--poison FILE`` takes SQuAD JSON: its questions, most of which stand alone, are put after two random turns of the
same article, over the article's own text; the share that is changed is printed, and each change with ``--verbose``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from pathlib import Path
from typing import Any

import qa
from corpus.documents import Document, Section
from qa.conversation import Turn, rewrite
from qa.readers import READERS

DATA = Path(__file__).parent.parent / "tests" / "data" / "follow-ups.json"


def normal(question: str) -> str:
    """A question without case, signs and "the"."""
    return re.sub(r"\W+", " ", question.lower().replace("’", "'")).replace(" the ", " ").strip()


class Measured:
    """What one reader makes of the questions of the set, each asked once."""

    def __init__(self, reader: str) -> None:
        self.engine = qa.default(reader=reader)
        self.places: dict[str, tuple[int, int] | None] = {}

    def place(self, question: str) -> tuple[int, int] | None:
        """Where the answer stands, or None for a refusal."""
        if question not in self.places:
            citation = self.engine.ask(question).citation
            self.places[question] = None if citation is None else (citation.start, citation.end)
        return self.places[question]

    def right(self, case: dict[str, Any], question: str) -> bool:
        """Whether a question is one of the full ones or has the answer of one."""
        if normal(question) in map(normal, case["full"]):
            return True
        found = self.place(question)
        return found is not None and found in map(self.place, case["full"])

    def row(self, cases: list[dict[str, Any]], verbose: bool) -> str:
        """One line of the table."""
        alone = [case for case in cases if case["follow_up"] in case["full"]]
        leaning = [case for case in cases if case["follow_up"] not in case["full"]]
        right = same = kept = answered = 0
        started = time.perf_counter()
        full = {id(case): self.rewritten(case) for case in cases}
        spent = (time.perf_counter() - started) / len(cases) * 1000
        for case in leaning:
            question = full[id(case)]
            good = self.right(case, question)
            right += good
            same += normal(question) in map(normal, case["full"])
            answered += self.place(question) is not None
            if verbose and not good:
                print(f"  {case['follow_up']!r} became {question!r}, not {case['full'][0]!r}")
        for case in alone:
            kept += full[id(case)] in case["full"]
        unaided = sum(self.right(case, case["follow_up"]) for case in leaning)
        n = len(leaning)
        return (
            f"{right / n:7.1%} {same / n:10.1%} {unaided / n:10.1%} {answered / n:9.1%} {kept:4}/{len(alone)}"
            f" {spent:6.1f}  ({n} follow-ups)"
        )

    def rewritten(self, case: dict[str, Any]) -> str:
        """The follow-up of a case, rewritten."""
        history = [Turn(turn["question"], turn["answer"]) for turn in case["history"]]
        return rewrite(case["follow_up"], history, self.engine)


def poison(path: Path, count: int, seed: int, verbose: bool) -> str:
    """What share of questions that stand alone is changed after two random turns of the same article."""
    chance = random.Random(seed)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        articles = json.load(file)["data"]
    changed = asked = 0
    for number, article in enumerate(articles):
        text = "\n\n".join(paragraph["context"] for paragraph in article["paragraphs"])
        document = Document(f"d{number}", article["title"], text, (Section((), 0, len(text)),), f"d{number}")
        engine = qa.build_documents([document], reader="lexical")
        turns = [
            Turn(row["question"], row["answers"][0]["text"] if row["answers"] else None)
            for paragraph in article["paragraphs"]
            for row in paragraph["qas"]
        ]
        for turn in chance.sample(turns, min(len(turns), max(1, count // len(articles)))):
            history = chance.choices(turns, k=2)
            full = rewrite(turn.question, history, engine)
            asked += 1
            changed += full != turn.question
            if verbose and full != turn.question:
                print(f"  after {history[-1]}: {turn.question!r} became {full!r}")
    return f"{changed} of {asked} questions of {path.name} changed ({changed / asked:.1%})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS), action="append", help="reader to ask (default: each)")
    parser.add_argument("--poison", type=Path, metavar="FILE", help="SQuAD JSON whose questions stand alone")
    parser.add_argument("--count", type=int, default=1200, help="questions of --poison (default: 1200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    cases: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    columns = f"{'right':>7} {'as worded':>10} {'unaided':>10} {'answered':>9} {'kept':>7} {'ms':>6}"
    print(f"{'reader':8} {'split':12} {columns}")
    for reader in arguments.reader or sorted(READERS):
        measured = Measured(reader)
        for split in ("development", "held-out"):
            row = measured.row([case for case in cases if case["split"] == split], arguments.verbose)
            print(f"{reader:8} {split:12} {row}")
    if arguments.poison:
        print(poison(arguments.poison, arguments.count, arguments.seed, arguments.verbose))


if __name__ == "__main__":
    main()
