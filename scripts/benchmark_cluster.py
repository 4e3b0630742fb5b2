"""Measures citespan beyond one machine: a build and a batch on 1 and 2 workers, and what a million passages cost.

Parts (``--only`` chooses):

- ``workers``: the same files indexed, and the same questions asked, on one machine alone and by a cluster of 1 and of
  2 local processes; whether every file of the index and every answer is the same.
- ``costs``: indexes of three sizes, each built and asked in a process of its own: bytes on disk, seconds of one
  processor, memory, milliseconds a question; lines through them, and where they lead at a billion passages.

The folder given with ``--shared`` holds ``corpora/simplewiki.jsonl.gz`` (lines with ``title`` and ``text``) and
``squad/dev-a-v1.1.json.gz``. Writes a JSON file with ``--json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

import qa
from index.building.build import build_segment
from index.building.counting import add_totals, totals, weigh
from index.data.vocabulary import lines_of
from index.folder.storage import save_index
from qa import cluster as machines
from qa.evaluation.datasets import read_dataset

FILES = 16  # into which the corpus is cut, so that there is something to share out
SHARD = 1_000_000  # passages in a shard of the extrapolation
Row = dict[str, Any]


def main() -> None:
    """Runs the parts and prints their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--only", choices=("workers", "costs"), action="append", help="a part to run; repeatable")
    parser.add_argument("--lines", type=int, nargs=3, default=[8_000, 40_000, 157_000], help="articles of each size")
    parser.add_argument("--questions", type=int, default=300, help="questions searched, and asked of the cluster")
    parser.add_argument("--repeat", type=int, default=3, help="builds and batches of which the fastest counts")
    parser.add_argument("--quick", action="store_true", help="small sizes, for a look at whether it runs")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "QUESTIONS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_cost(Path(options.child[0]), Path(options.child[1]))))
        return
    if options.quick:
        options.lines, options.questions, options.repeat = [500, 1_000, 2_000], 48, 1
    figures: Row = {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
    }
    asked = read_dataset(options.shared / "squad" / "dev-a-v1.1.json.gz").questions
    questions = [row.question for row in asked[: options.questions]]
    with tempfile.TemporaryDirectory(prefix="citespan-") as place:
        for part, run in (("workers", workers), ("costs", costs)):
            if part in (options.only or ("workers", "costs")):
                figures[part] = run(options, questions, Path(place) / part)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def write_corpus(shared: Path, folder: Path, lines: int) -> None:
    """Writes the first articles of the corpus to a folder, as files of about the same number of lines."""
    folder.mkdir(parents=True)
    each = -(-lines // FILES)
    with gzip.open(shared / "corpora" / "simplewiki.jsonl.gz", "rb") as corpus:
        for number in range(FILES):
            content = b"".join(islice(corpus, max(0, min(each, lines - number * each))))
            (folder / f"{number:02}.jsonl").write_bytes(content)
            os.utime(folder / f"{number:02}.jsonl", (1_000_000_000, 1_000_000_000))


def workers(options: argparse.Namespace, questions: Sequence[str], place: Path) -> list[Row]:
    """The rows for one machine alone, and for clusters of 1 and 2 processes; the best of several times."""
    write_corpus(options.shared, place / "corpus", options.lines[0])
    os.chdir(place)
    rows: list[Row] = [{"on": on, "build_s": 1e9, "ask_s": 1e9} for on in ("alone", "1 worker", "2 workers")]
    for _ in range(options.repeat):
        started = time.perf_counter()
        alone = qa.build(["corpus"], reader="lexical")
        alone.save("alone.index")
        built = time.perf_counter() - started
        started = time.perf_counter()
        expected = [_plain(answer) for answer in alone.ask_many(questions)]
        _better(rows[0], built, time.perf_counter() - started, alone.counts())
        for count, row in enumerate(rows[1:], start=1):
            with _local_cluster(count) as address:
                some = questions[: 2 * machines.CHUNK]
                list(machines.ask_many(some, "alone.index", address=address, reader="lexical"))  # imports are done
                started = time.perf_counter()
                engine = machines.build(["corpus"], "x.index", address=address, shards=4, reader="lexical")
                built = time.perf_counter() - started
                started = time.perf_counter()
                answers = list(machines.ask_many(questions, "x.index", address=address, reader="lexical"))
                _better(row, built, time.perf_counter() - started, engine.counts())
            engine.save("joined.index")
            row["same_index"] = _content(place / "joined.index") == _content(place / "alone.index")
            row["same_answers"] = [_plain(answer) for answer in answers] == expected
    _print(rows, ("on", "documents", "passages", "build_s", "ask_s", "same_index", "same_answers"))
    return rows


def _better(row: Row, built: float, asked: float, counts: Row) -> None:
    row |= {"build_s": min(row["build_s"], built), "ask_s": min(row["ask_s"], asked), **counts}


def costs(options: argparse.Namespace, questions: Sequence[str], place: Path) -> Row:
    """What indexes of three sizes cost, a million passages, and where that leads."""
    place.mkdir(parents=True)
    (place / "questions.json").write_text(json.dumps(list(questions)), encoding="utf-8")
    rows = []
    for lines in options.lines:
        folder = place / str(lines)
        write_corpus(options.shared, folder / "corpus", lines)
        command = [sys.executable, __file__, "--shared", str(options.shared), "--child", str(folder)]
        child = subprocess.run([*command, str(place / "questions.json")], check=True, capture_output=True, text=True)
        rows.append(json.loads(child.stdout))
    _print(rows, tuple(rows[0]))
    billion = _billion(rows)
    for name, value in billion.items():
        print(f"{name}: {value}")
    return {"sizes": rows, "billion": billion}


def _cost(folder: Path, questions: Path) -> Row:
    """What one index costs, built and then asked in this process; times are of one processor."""
    from corpus.reading import SourceReading

    started = time.process_time()
    reading = SourceReading([folder / "corpus"], on_skip=lambda _: None)
    segment = build_segment(reading)
    read = time.process_time() - started
    started = time.process_time()
    whole = totals(segment)
    counted = time.process_time() - started
    started = time.process_time()
    save_index(weigh(segment, whole), folder / "x.index")
    written = time.process_time() - started
    started = time.process_time()
    add_totals([whole, whole])
    added = time.process_time() - started
    row: Row = {
        "passages": segment.passages,
        "documents": segment.documents,
        "text_mb": len(segment.tables.texts) / 1e6,
        "terms": len(whole.vocabulary),
        "rows": int(whole.document_frequencies.sum()),
        "read_s": read,
        "count_s": counted,
        "weigh_save_s": written,
        "add_totals_s": added / 2,
        "build_peak_mb": _peak(),
        "term_bytes": sum(map(len, lines_of(whole.vocabulary))) / max(len(whole.vocabulary), 1),
    }
    del segment, whole
    search = [sys.executable, "-c", _SEARCH, str(folder / "x.index"), str(questions)]
    row |= json.loads(subprocess.run(search, check=True, capture_output=True, text=True).stdout)
    sizes = {path.name: path.stat().st_size for path in (folder / "x.index").iterdir()}
    row["disk_mb"] = sum(sizes.values()) / 1e6
    row["disk_postings_mb"] = sum(size for name, size in sizes.items() if name.startswith("posting_")) / 1e6
    row["disk_vocabulary_mb"] = sum(sizes[name] for name in _PER_TERM) / 1e6
    return row


def _peak() -> float:
    """The most memory that this process has had so far, in MB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


_PER_TERM = ("terms.txt", "term_starts.npy", "term_passages.npy", "posting_starts.npy")

_SEARCH = """
import json, statistics, sys, time
from index.folder.storage import open_index
def memory(name, file):
    try:
        lines = open(file).read().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
def private():
    return memory("Private_Dirty", "/proc/self/smaps_rollup")
questions = json.load(open(sys.argv[2]))
before = private()
started = time.perf_counter()
index = open_index(sys.argv[1])
opened = time.perf_counter() - started
for question in questions:
    index.search(question)
times = []
for question in questions:
    started = time.process_time_ns()
    index.search(question)
    times.append((time.process_time_ns() - started) / 1e6)
print(json.dumps({
    "open_ms": opened * 1000,
    "search_p50_ms": statistics.median(times),
    "search_p95_ms": sorted(times)[int(0.95 * len(times))],
    "search_private_mb": private() - before,
    "search_resident_mb": memory("VmHWM", "/proc/self/status"),
}))
"""


def _billion(rows: Sequence[Row]) -> Row:
    """Lines through the sizes, led on to a billion passages in shards of a million."""
    passages = np.array([row["passages"] for row in rows], np.float64)

    def line(name: str) -> tuple[float, float]:
        slope, base = np.polyfit(passages, [row[name] for row in rows], 1)
        return float(slope), float(base)

    power, scale = np.polyfit(np.log(passages), np.log([row["terms"] for row in rows]), 1)
    terms = float(np.exp(scale + power * np.log(1e9)))
    last, shards = rows[-1], 1e9 / SHARD
    build = sum(line(name)[0] for name in ("read_s", "count_s", "weigh_save_s")) * 1e6
    per_term = last["disk_vocabulary_mb"] * 1e6 / last["terms"]
    return {
        "a million passages: disk_mb": line("disk_mb")[0] * 1e6,
        "a million passages: build seconds of one processor": build,
        "a million passages: peak memory of a worker, mb": line("build_peak_mb")[0] * 1e6,
        "a million passages: search p95 ms": line("search_p95_ms")[0] * 1e6,
        "terms grow as passages to the power of": float(power),
        "a billion: disk_tb without vocabularies": (line("disk_mb")[0] * 1e9) / 1e6,
        "a billion: processor days": build * 1000 / 86400,
        "a billion: terms, millions": terms / 1e6,
        "a billion: vocabulary of each shard, mb": terms * per_term / 1e6,
        "a billion: vocabularies of all shards, gb": terms * per_term * shards / 1e9,
        "a billion: totals sent to each worker, mb": terms * (16 + 1 + last["term_bytes"]) / 1e6,
        "a billion: memory of adding totals, gb": terms * (49 + 8 + 100 + last["term_bytes"]) / 1e9,
        "a billion: documents, millions": 1e9 * last["documents"] / last["passages"] / 1e6,
        "a billion: search p50 s on one processor, at least": last["search_p50_ms"] * shards / 1000,
    }


@contextmanager
def _local_cluster(count: int) -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def _plain(answer: qa.Answer) -> Row:
    return answer.to_dict() | {"elapsed_ms": 0}


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _print(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Prints a table, a line for each name."""
    for name in names:
        cells = [row.get(name, "-") for row in rows]
        print(f"{name:20}", *(f"{cell:>14,.2f}" if isinstance(cell, float) else f"{cell!s:>14}" for cell in cells))


if __name__ == "__main__":
    main()
