"""Measures the rewriting of follow-ups; prints a table.

Two sets of short dialogues: ``tests/data/follow-ups.json`` on the default article, ``tests/data/dialogues.json`` on
the small documents that it holds. Each case has the turns before (``history``), the ``follow_up``, and the full
questions that it stands for (``full``; the follow-up itself where it stands alone). A rewritten question is right
if it is one of the full questions, or has the answer of one, at the same place. The rules were made, and the weights
fitted (``scripts/fit_follow_ups.py``), on the splits "development" and "fit" alone.

``--poison FILE`` takes SQuAD JSON: its questions, most of which stand alone, are put after two random turns of the
same article, over the article's own text; the share that is changed is printed, and each change with ``--verbose``.

``--canard FILE`` takes follow-ups that people rewrote, one JSON object a line: ``dialog``, ``history`` (title,
section, then questions and answers), ``question``, ``rewrite``. The questions before are given as people rewrote
them. Each dialogue's document is its title and its answers.

``--field FOLDER`` takes ``docs/`` and ``dialogues.json``: a list of objects with ``turns``, asked one after the other,
and ``answers``, one of which the last turn must get.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import qa
from corpus.documents import Document, Section
from corpus.english.function_words import FUNCTION
from qa.answers import Answer
from qa.conversation import Conversation, Turn, rewrite
from qa.readers import READERS

DATA = Path(__file__).parent.parent / "tests" / "data"


def normal(question: str) -> str:
    """A question without case, signs and "the"."""
    return re.sub(r"\W+", " ", question.lower().replace("’", "'")).replace(" the ", " ").strip()


@dataclass(frozen=True, slots=True)
class Case:
    """One follow-up with the turns before it, the full questions it may stand for, and the engine to ask."""

    history: tuple[Turn, ...]
    follow_up: str
    full: tuple[str, ...]
    engine: qa.Engine


def cases_of(split: str, reader: str) -> list[Case]:
    """The cases of a split of either set."""
    rows: list[dict[str, Any]] = json.loads((DATA / "follow-ups.json").read_text(encoding="utf-8"))
    dialogues = json.loads((DATA / "dialogues.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        engines = {"": qa.default(reader=reader)}
        for name, text in dialogues["documents"].items():
            path = Path(folder, f"{name}.md")
            path.write_text(text, encoding="utf-8")
            engines[name] = qa.build([str(path)], reader=reader)
    return [
        Case(
            tuple(Turn(turn["question"], turn["answer"]) for turn in row["history"]),
            row["follow_up"],
            tuple(row["full"]),
            engines[row.get("document", "")],
        )
        for row in rows + dialogues["cases"]
        if row["split"] == split
    ]


@cache
def place(engine: qa.Engine, question: str) -> tuple[int, int] | None:
    """Where the answer stands, or None for a refusal."""
    citation = engine.ask(question).citation
    return None if citation is None else (citation.start, citation.end)


def is_right(case: Case, question: str) -> bool:
    """Whether a question is one of the full ones or has the answer of one."""
    if normal(question) in map(normal, case.full):
        return True
    found = place(case.engine, question)
    return found is not None and found in [place(case.engine, full) for full in case.full]


def row(cases: list[Case], verbose: bool) -> str:
    """One line of the table."""
    alone = [case for case in cases if case.follow_up in case.full]
    leaning = [case for case in cases if case.follow_up not in case.full]
    right = same = answered = 0
    started = time.perf_counter()
    rewritten = {id(case): rewrite(case.follow_up, case.history, case.engine) for case in cases}
    spent = (time.perf_counter() - started) / len(cases) * 1000
    for case in leaning:
        question = rewritten[id(case)]
        good = is_right(case, question)
        right += good
        same += normal(question) in map(normal, case.full)
        answered += place(case.engine, question) is not None
        if verbose and not good:
            print(f"  {case.follow_up!r} became {question!r}, not {case.full[0]!r}")
    kept = sum(rewritten[id(case)] in case.full for case in alone)
    unaided = sum(is_right(case, case.follow_up) for case in leaning)
    n = len(leaning)
    return (
        f"{right / n:7.1%} {same / n:10.1%} {unaided / n:10.1%} {answered / n:9.1%} {kept:4}/{len(alone)}"
        f" {spent:6.1f}  ({n} follow-ups)"
    )


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


def canard(path: Path, every: int, verbose: bool) -> str:
    """How near the rewritings come to those of people, over each ``every``-th dialogue."""
    dialogues: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            dialogues.setdefault(one["dialog"], []).append(one)
    counts: Counter[str] = Counter()
    overlap = unaided = 0.0
    for name in sorted(dialogues)[::every]:
        rows = dialogues[name]
        longest = max((one["history"] for one in rows), key=len)
        text = "\n\n".join([". ".join(longest[:2]) + ".", *longest[3::2]])
        document = Document(name, longest[0], text, (Section((), 0, len(text)),), name)
        engine = qa.build_documents([document], reader="lexical")
        full = {one["question"]: one["rewrite"] for one in rows}
        for one in rows:
            said = one["history"][2:]
            turns = [Turn(one["history"][0])]
            for question, answer in zip(said[::2], said[1::2], strict=False):
                refused = answer.startswith(("CANNOTANSWER", "I don't know"))
                turns.append(Turn(full.get(question, question), None if refused else answer))
            got, question, wanted = rewrite(one["question"], turns, engine), one["question"], one["rewrite"]
            if normal(question) == normal(wanted):
                counts["alone"] += 1
                counts["kept"] += normal(got) == normal(question)
                continue
            counts["due"] += 1
            counts["exact"] += normal(got) == normal(wanted)
            counts["referents"] += _added(got, question) == _added(wanted, question)
            counts["changed"] += normal(got) != normal(question)
            overlap += _overlap(got, wanted)
            unaided += _overlap(question, wanted)
            if verbose and normal(got) != normal(wanted):
                print(f"  after {turns[-1]}: {question!r} became {got!r}, not {wanted!r}")
    due, alone = counts["due"], max(counts["alone"], 1)
    shares = ", ".join(f"{name} {counts[name] / due:.1%}" for name in ("exact", "referents", "changed"))
    return (
        f"{path.name}: of {due} rewritings due: {shares}; F1 {overlap / due:.1%} (as asked {unaided / due:.1%});"
        f" of {alone} that stand alone {counts['kept'] / alone:.1%} kept"
    )


def _added(question: str, follow_up: str) -> set[str]:
    """The words of a question that its follow-up has not, without function words."""
    return {word for word in normal(question).split() if word not in FUNCTION} - set(normal(follow_up).split())


def _overlap(one: str, other: str) -> float:
    """F1 of the words of two questions."""
    first, second = Counter(normal(one).split()), Counter(normal(other).split())
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def field(folder: Path, reader: str, verbose: bool) -> str:
    """How many dialogues end in a right answer, and what a follow-up costs beside its full question."""
    engine = qa.build([str(folder / "docs")], reader=reader)
    dialogues = json.loads((folder / "dialogues.json").read_text(encoding="utf-8"))
    right = 0
    asked: list[tuple[list[Turn], str, str]] = []
    for dialogue in dialogues:
        talk = Conversation(engine)
        for turn in dialogue["turns"]:
            before = list(talk.history)
            answer = talk.ask(turn)
            if before:
                asked.append((before, turn, answer.question))
        good = answer.text is not None and any(is_answer(answer.text, wanted) for wanted in dialogue["answers"])
        right += good
        if verbose and not good:
            print(f"  {dialogue['turns']} ended in {answer.question!r}: {answer.text!r}, not {dialogue['answers']}")
    plain = follow = 0.0
    for before, turn, full in asked:
        follow += _spent(partial(_follow, engine, before, turn))
        plain += _spent(partial(engine.ask, full))
    return (
        f"{reader}: {right} of {len(dialogues)} right; a follow-up takes {follow / len(asked):.1f} ms,"
        f" its full question {plain / len(asked):.1f}"
    )


def _follow(engine: qa.Engine, before: list[Turn], turn: str) -> Answer:
    return engine.ask(rewrite(turn, before, engine))


def is_answer(text: str, wanted: str) -> bool:
    """Whether a text holds an answer or is a part of it."""
    one, other = (" ".join(each.lower().split()) for each in (text, wanted))
    return one in other or other in one


def _spent(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS), action="append", help="reader to ask (default: each)")
    parser.add_argument("--poison", type=Path, metavar="FILE", help="SQuAD JSON whose questions stand alone")
    parser.add_argument("--canard", type=Path, metavar="FILE", help="follow-ups that people rewrote, gzipped JSONL")
    parser.add_argument("--every", type=int, default=1, help="each how many-th dialogue of --canard (default: 1)")
    parser.add_argument("--field", type=Path, metavar="FOLDER", help="dialogues with answers, beside their docs/")
    parser.add_argument("--count", type=int, default=1200, help="questions of --poison (default: 1200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    columns = f"{'right':>7} {'as worded':>10} {'unaided':>10} {'answered':>9} {'kept':>7} {'ms':>6}"
    print(f"{'reader':8} {'split':12} {columns}")
    for reader in arguments.reader or sorted(READERS):
        for split in ("development", "held-out", "fit", "check"):
            print(f"{reader:8} {split:12} {row(cases_of(split, reader), arguments.verbose)}")
        if arguments.field:
            print(field(arguments.field, reader, arguments.verbose))
    if arguments.canard:
        print(canard(arguments.canard, arguments.every, arguments.verbose))
    if arguments.poison:
        print(poison(arguments.poison, arguments.count, arguments.seed, arguments.verbose))


if __name__ == "__main__":
    main()
