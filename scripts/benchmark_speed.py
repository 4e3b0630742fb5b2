"""Tables of time, memory and disk: building, searching, opening, and citespan's whole answers and cold start."""

from __future__ import annotations

import gc
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmark_child import ChildError, build_in_child, open_in_child
from benchmark_rankings import RANKINGS, Citespan, Ranking, shared_out
from benchmark_report import MissingError, Row, Work, needed

from corpus.documents import Document
from corpus.passages import split_passages
from corpus.reading import SourceReading, parse
from qa.evaluation import metrics
from qa.evaluation.datasets import read_dataset

QUESTION = "when were visas abolished?"
READERS = ("lexical", "neural")
BASE = "citespan, without evidence"  # ranks by its formula alone, as the peers do
_PILOT = 8  # questions asked of anything, however slow


@dataclass(frozen=True, slots=True)
class Material:
    """The same text as documents and as the passages that citespan cuts from them, and questions to ask of it."""

    documents: Path
    passages: Path
    count: int
    megabytes: float
    questions: list[str]


def material(work: Work) -> Material:
    """The first passages of the text as files, about as many as asked for; made once a run."""
    text = work.text or needed(work.shared, "corpora/simplewiki.jsonl.gz")
    if not text.exists():
        raise MissingError(f"{text} is not there")
    documents, passages = work.place / "documents.jsonl", work.place / "passages.jsonl"
    counted = work.place / "counts.json"
    if not counted.exists():
        try:
            count, size = _cut(text, documents, passages, work.passages)
        except (OSError, EOFError) as error:
            raise MissingError(f"{text} cannot be read: {error}") from error
        if not count:
            raise MissingError(f"{text} holds no passage; expected JSON lines with title and text")
        counted.write_text(json.dumps([count, size / 1e6]), encoding="utf-8")
    count, megabytes = json.loads(counted.read_text(encoding="utf-8"))
    dataset = read_dataset(needed(work.shared, "squad/dev-a-v1.1.json.gz"))
    questions = [question.question for question in dataset.questions]
    random.Random(0).shuffle(questions)  # so that the first few are a fair sample
    return Material(documents, passages, count, megabytes, questions[: work.questions])


def _cut(text: Path, documents: Path, passages: Path, wanted: int) -> tuple[int, int]:
    """How many passages were written, with the documents they are cut from, and the bytes of the documents' texts."""
    count = size = 0
    unpack = gzip.open if text.suffix == ".gz" else open
    with unpack(text, "rb") as lines, documents.open("wb") as whole, passages.open("w", encoding="utf-8") as cut:
        for line in lines:
            for document in parse(line, documents, lambda _: None):
                size += len(document.text.encode())
                for passage in split_passages(document):
                    cut.write(json.dumps({"title": passage.title, "text": passage.text}, ensure_ascii=False) + "\n")
                    count += 1
            whole.write(line)
            if count >= wanted:
                break
    return count, size


def keys(work: Work, *left_out: str, kept: bool = False) -> list[str]:
    """The rankings of RANKINGS that can be measured and are asked for, those with a form on disk where ``kept``."""
    asked = [key for key in RANKINGS if key in ("citespan", *work.peers)]
    made = {key: RANKINGS[key]() for key in asked if key not in left_out}
    installed = work.installed(list(made.values()))
    return [key for key, ranking in made.items() if ranking in installed and (ranking.kept or not kept)]


def build(work: Work) -> dict[str, list[Row]]:
    """MB of text a second, memory and disk; each build in a process of its own, all in turn, round by round."""
    text, compared = material(work), keys(work, "bm25s-numba-stopped")
    measured: dict[str, list[Row]] = {key: [] for key in compared}
    began, rounds = time.perf_counter(), 0
    while work.another(rounds, began):
        for key in _turned(compared, rounds):
            source = text.documents if RANKINGS[key]().cuts else text.passages
            try:
                listed = build_in_child(key, source, work.place / key, "listed")
                measured[key].append(
                    build_in_child(key, source, work.place / key, "file")
                    | {"listed": listed["seconds"], "listed_cpu_s": listed["cpu_s"]}
                )
            except ChildError as error:
                work.skip(f"build of {key}", str(error))
                compared = [other for other in compared if other != key]
        rounds += 1
    ours, rows = measured["citespan"], []
    for key, runs in measured.items():
        if not runs:
            continue
        last = runs[-1]
        rows.append(
            {
                "ranking": RANKINGS[key]().name,
                "MB/s": text.megabytes / statistics.median(run["listed"] for run in runs),
                "x": _ratio(runs, ours, "listed"),
                "MB/s with parsing": text.megabytes / statistics.median(run["seconds"] for run in runs),
                "x with parsing": _ratio(runs, ours, "seconds"),
                "CPU s, without parsing": _median([run["listed_cpu_s"] for run in runs]),
                "peak MB": _median([run["peak_mb"] for run in runs]),
                "of it before MB": _median([run["before_mb"] for run in runs]),
                "disk B a passage": last["disk"] / text.count if last["disk"] else None,
                "of it to rank B": last["disk_ranking"] / text.count if last["disk"] else None,
            }
        )
    return {f"build: {text.count:,} passages, {text.megabytes:.1f} MB of text, {rounds} rounds": rows}


def _turned(names: Sequence[str], turn: int) -> list[str]:
    """The names with another first in each round."""
    start = turn % len(names)
    return [*names[start:], *names[:start]]


def _ratio(runs: Sequence[Row], ours: Sequence[Row], name: str) -> float | None:
    """How many times as long the runs took as ours in the same round, the median."""
    return _median([run[name] / base[name] for run, base in zip(runs, ours, strict=False)])


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def folder_of(key: str, text: Material, work: Work) -> Path:
    """The folder of a built index; built now where the part that builds did not run."""
    folder = work.place / key
    if not folder.exists():
        build_in_child(key, text.documents if RANKINGS[key]().cuts else text.passages, folder, "file")
    return folder


def opened(text: Material, work: Work) -> list[Ranking]:
    """Every ranking, open and warm."""
    rankings: list[Ranking] = []
    for key in keys(work):
        made: list[Ranking] = [RANKINGS[key]()]
        if key == "citespan":
            compiled = not work.installed([_Compiled()])
            made = [Citespan(BASE, evidence=False), Citespan(f"{BASE}, numpy alone", evidence=False, compiled=False)]
            made = [*made[: 1 if compiled else 2], Citespan("citespan")]
        for ranking in made:
            ranking.load()
            try:
                if ranking.kept:
                    ranking.open(folder_of(key, text, work))
                else:
                    lines = text.passages.read_text(encoding="utf-8").splitlines()
                    records = map(json.loads, lines)
                    ranking.build((f"{each['title']}\n{each['text']}" for each in records), work.place / "unkept")
            except ChildError as error:
                work.skip(f"search of {key}", str(error))
                continue
            if isinstance(ranking, Citespan):
                ranking.compile()
            rankings.append(ranking)
    return rankings


class _Compiled(Ranking):
    name, needs = "citespan's compiled search", ("numba",)


Ask = Callable[[Ranking, Sequence[str]], list[list[int]]]


def _one_by_one(ranking: Ranking, questions: Sequence[str]) -> list[list[int]]:
    return [ranking.search(question, 10) for question in questions]


MODES: dict[str, Ask] = {
    "one by one": _one_by_one,
    "two threads, one by one": lambda ranking, asked: shared_out(lambda part: _one_by_one(ranking, part), asked, 2),
    "batched": lambda ranking, asked: ranking.search_many(asked, 10, 1),
    "two threads, batched": lambda ranking, asked: ranking.search_many(asked, 10, 2),
}


def search(work: Work) -> dict[str, list[Row]]:
    """Questions a second for the ten best, all rankings in one process in turn; of slow ones fewer are asked."""
    text = material(work)
    rankings = opened(text, work)
    gc.collect()
    gc.freeze()  # what one holds is not what another waits for
    counts: dict[tuple[str, str], int] = {}
    for ranking in rankings:
        for mode, answer in MODES.items():
            answer(ranking, text.questions[:_PILOT])
            counts[ranking.name, mode] = _affordable(partial(answer, ranking), text.questions, work.seconds)
    rates: dict[tuple[str, str], list[float]] = {name: [] for name in counts}
    latencies: dict[str, list[float]] = {ranking.name: [] for ranking in rankings}
    began, rounds = time.perf_counter(), 0
    while work.another(rounds, began):
        for mode, answer in MODES.items():
            for name in _turned([ranking.name for ranking in rankings], rounds):
                ranking = next(each for each in rankings if each.name == name)
                asked = text.questions[: counts[name, mode]]
                spent = _timed(partial(answer, ranking, asked))
                rates[name, mode].append(len(asked) / spent)
        for ranking in rankings:
            asked = text.questions[: min(counts[ranking.name, "one by one"], 1000)]
            latencies[ranking.name] += [1000 * _timed(partial(ranking.search, each, 10)) for each in asked]
        rounds += 1
    rows = []
    exact = _one_by_one(rankings[0], text.questions[:300])
    for ranking in rankings:
        row: Row = {"ranking": ranking.name}
        for mode in MODES:
            ratios = [ours / other for ours, other in zip(rates[BASE, mode], rates[ranking.name, mode], strict=True)]
            row |= {f"{mode} q/s": statistics.median(rates[ranking.name, mode]), f"{mode} x": statistics.median(ratios)}
        for share in (50, 95):
            row[f"p{share} ms"] = metrics.percentile(latencies[ranking.name], share / 100)
        if ranking.name.startswith(BASE):
            row["same hits"] = str(all(answer(ranking, text.questions[:300]) == exact for answer in MODES.values()))
        else:
            row["same hits"] = None
        rows.append(row)
    gc.unfreeze()
    return {f"search: {text.count:,} passages, {len(text.questions):,} questions, 10 best, {rounds} rounds": rows}


def _affordable(answer: Callable[[Sequence[str]], object], questions: Sequence[str], seconds: float) -> int:
    """How many questions are answered in about that time: at least a few, at most all; tried with more and more."""
    count = min(_PILOT, len(questions))
    while (spent := _timed(partial(answer, questions[:count]))) < seconds / 5 and count < len(questions):
        count = min(4 * count, len(questions))
    return max(min(_PILOT, len(questions)), min(len(questions), int(count * seconds / spent)))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def open_(work: Work) -> dict[str, list[Row]]:
    """From the start of a process to its first answer, and what it then holds; medians of runs in turn."""
    text, compared = material(work), keys(work, "bm25s-numba-stopped", kept=True)
    questions = work.place / "questions.json"
    questions.write_text(json.dumps(text.questions), encoding="utf-8")
    measured: dict[str, list[Row]] = {key: [] for key in compared}
    began, rounds = time.perf_counter(), 0
    while work.another(rounds, began):
        for key in _turned(compared, rounds):
            try:
                measured[key].append(open_in_child(key, questions, folder_of(key, text, work)))
            except ChildError as error:
                work.skip(f"opening of {key}", str(error))
                compared = [other for other in compared if other != key]
        rounds += 1
    columns = {
        "start to first answer s": "start_s",
        "open ms": "open_ms",
        "first answer ms": "first_ms",
        "private MB before": "before_mb",
        "private MB, first answer": "private_mb",
        "private MB, 200 answers": "asked_mb",
        "resident MB": "resident_mb",
    }
    rows = [
        {"ranking": RANKINGS[key]().name}
        | {shown: _median([run[name] for run in runs]) for shown, name in columns.items()}
        for key, runs in measured.items()
        if runs
    ]
    return {f"open: {text.count:,} passages, a fresh process, {rounds} rounds": rows}


def ask(work: Work) -> dict[str, list[Row]]:
    """The time for a whole answer, by reader; each question is asked of the readers in turn."""
    from qa.engine import Engine
    from qa.opening import build_documents

    text = material(work)
    documents: list[Document] = list(SourceReading([text.documents], on_skip=lambda _: None))
    engines = [Engine(build_documents(documents, reader=READERS[0]).index, reader=name) for name in READERS]
    times: dict[str, list[float]] = {name: [] for name in READERS}
    questions = text.questions[: 40 if work.quick else 400]
    for engine in engines:
        engine.ask(questions[0])
    for question in questions:
        for engine in engines:
            times[engine.reader.name].append(1000 * _timed(partial(engine.ask, question)))
    rows: list[Row] = [
        {"reader": name} | {f"p{share} ms": metrics.percentile(spent, share / 100) for share in (50, 95)}
        for name, spent in times.items()
    ]
    return {f"ask: {text.count:,} passages, {len(questions)} questions": rows}


def start(work: Work) -> dict[str, list[Row]]:
    """The wall time of whole processes, run in turn."""
    script = Path(sys.executable).with_name("qa")
    answer = [str(script)] if script.exists() else [sys.executable, "-m", "qa"]
    commands = {
        **{f'qa "{QUESTION}" --reader {name}': [*answer, QUESTION, "--reader", name] for name in READERS},
        'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    environment = {name: value for name, value in os.environ.items() if name != "QA_INDEX"}
    for turn in range(work.starts + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            if ended.returncode:
                said = re.sub(r"\s+", " ", ended.stderr.strip())[-300:]
                raise MissingError(f"{name} ended with code {ended.returncode}: {said}")
            if turn:  # The first run of each fills the file cache.
                times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    base = medians['python -c "import numpy"']
    return {
        f"start: cold, median of {work.starts} alternate runs": [
            {"command": name, "s": median, "times numpy": median / base} for name, median in medians.items()
        ]
    }
