"""Measures a served index under load: requests a second, p50 and p99, errors; and the service's memory over time.

    python scripts/load.py CORPUS.jsonl.gz --clients 1 8 64 --seconds 15
    python scripts/load.py CORPUS.jsonl.gz --reader lexical --memory 50000

CORPUS is JSONL with ``title`` and ``text``. Its first documents, until --passages passages are there, are indexed
in a folder that is deleted at the end; ``qa serve`` is started on it and asked over HTTP by locust, each client
asking again as soon as it has its answer. The questions are made from sentences of the corpus: a name in it, and
words around it. The load tool runs on the same machine and takes its share of it.
"""

from __future__ import annotations

# First of all: locust is built on gevent, which must replace sockets before anything else imports them.
import locust  # isort: skip

import argparse
import gzip
import itertools
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gevent
import psutil
from locust.contrib.fasthttp import FastHttpUser
from locust.env import Environment

from corpus.documents import Document, Passage, Section
from qa.engine import Engine
from qa.opening import build_documents

Row = dict[str, Any]

WARM = 1_000
"""The questions after which a service's memory is looked at for the first time."""

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)*")
_WORD = re.compile(r"[a-z]{4,}")


def read_corpus(path: Path) -> Iterator[Document]:
    """The documents of a JSONL file, in its order."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            text = str(record["text"])
            section = (Section((), 0, len(text)),) if text else ()
            yield Document(str(number), str(record["title"]), text, section, path.name)


def build(path: Path, passages: int) -> Engine:
    """An engine over the first documents of a corpus that have at least so many passages."""
    from corpus.passages import split_passages

    taken: list[Document] = []
    count = 0
    for document in read_corpus(path):
        if count >= passages:
            break
        taken.append(document)
        count += len(split_passages(document))
    return build_documents(taken, reader="lexical")


def questions_of(passages: Sequence[Passage], count: int, unknown: float = 0.0) -> list[str]:
    """Questions about the passages, the same each time: who or what stands with a name and the words around it.

    After the first 1,000 a share of them, ``unknown``, names what is nowhere, each another name: they are refused
    without reading.
    """
    drawn = random.Random(13)
    questions: list[str] = []
    while len(questions) < count:
        if len(questions) >= WARM and drawn.random() < unknown:
            questions.append(f"Who is Xq{drawn.getrandbits(64):x}?")
            continue
        passage = drawn.choice(passages)
        start, end = drawn.choice(passage.sentences)
        sentence = passage.slice(start, end)
        names, words = _NAME.findall(sentence), _WORD.findall(sentence)
        if names and len(words) > 2:
            word = drawn.choice(("Who", "What", "When", "Where"))
            questions.append(f"{word} {' '.join(drawn.sample(words, 2))} {drawn.choice(names)}?")
    return questions


@contextmanager
def serving(folder: str, arguments: Sequence[str]) -> Iterator[tuple[str, psutil.Process]]:
    """A ``qa serve`` of an index folder: its address and process."""
    command = [sys.executable, "-m", "qa", "serve", "--index", folder, "--port", "0", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"http://\S+", first)
        if found is None:
            raise SystemExit(f"load.py: the service did not start: {first}{process.stderr.read()}")
        wait_until_ready(found[0])
        yield found[0], psutil.Process(process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def wait_until_ready(address: str) -> None:
    """Returns when the service answers questions."""
    from urllib.request import urlopen

    for _ in range(600):
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"load.py: {address} was not ready after a minute")


def load(
    address: str, process: psutil.Process, questions: Sequence[str], clients: int, *, seconds: float = 0, count: int = 0
) -> Row:
    """The figures of so many clients asking at once, for some seconds or until ``count`` questions are asked."""
    order = itertools.cycle(questions)

    class Client(FastHttpUser):  # type: ignore[misc]
        host = address

        @locust.task  # type: ignore[misc]
        def ask(self) -> None:
            self.client.post("/ask", json={"question": next(order)}, name="/ask")

    class Looker(FastHttpUser):  # type: ignore[misc]
        host = address
        fixed_count = 1
        wait_time = locust.constant(0.1)

        @locust.task  # type: ignore[misc]
        def look(self) -> None:
            self.client.get("/healthz")

    environment = Environment(user_classes=[Client, Looker])
    runner = environment.create_local_runner()
    runner.start(clients + Looker.fixed_count, spawn_rate=clients)
    started, worked = time.perf_counter(), processor(process)
    if count:
        while environment.stats.get("/ask", "POST").num_requests < count:
            gevent.sleep(0.2)
    else:
        gevent.sleep(min(2.0, seconds / 5))  # connections and caches are warm from here on
        environment.stats.reset_all()
        started, worked = time.perf_counter(), processor(process)
        gevent.sleep(seconds)
    elapsed = time.perf_counter() - started
    total, health = environment.stats.get("/ask", "POST"), environment.stats.get("/healthz", "GET")
    asked, failed = total.num_requests, total.num_failures
    row = {
        "clients": clients,
        "requests": asked,
        "requests/s": round(asked / elapsed, 1),
        "CPU ms a request": round(1000 * (processor(process) - worked) / max(1, asked), 1),
        "p50 ms": total.get_response_time_percentile(0.5),
        "p99 ms": total.get_response_time_percentile(0.99),
        "errors": failed + health.num_failures,
        "/healthz p50 ms": health.get_response_time_percentile(0.5),
        "/healthz max ms": round(health.max_response_time),
    }
    runner.quit()
    for error in environment.stats.errors.values():
        print(f"load.py: {error.occurrences} of {error.method} {error.name}: {error.error}", file=sys.stderr)
    return row


def family(process: psutil.Process) -> list[psutil.Process]:
    """A service's process and its workers."""
    return [process, *process.children(recursive=True)]


def processor(process: psutil.Process) -> float:
    """The processor time that a service has used, in seconds: on a busy machine it tells more than the clock."""
    return float(sum(times.user + times.system for member in family(process) for times in [member.cpu_times()]))


def memory(process: psutil.Process) -> int:
    """The memory that a service holds, in bytes: its own and each worker's, with shared pages counted in part."""
    return sum(member.memory_full_info().pss for member in family(process))


def measure_memory(
    address: str, process: psutil.Process, questions: Sequence[str], clients: int, most: int
) -> list[Row]:
    """The memory after the first 1,000 questions, and on the way to the most."""
    rows: list[Row] = []
    asked = 0
    for goal in [WARM, *range(10_000, most + 1, 10_000)]:
        row = load(address, process, questions[asked % len(questions) :], clients, count=goal - asked)
        asked += row["requests"]
        held = memory(process)
        rows.append(
            {
                "questions": asked,
                "memory MB": round(held / 1e6, 1),
                "over the first": f"{100 * (held / (rows[0]['bytes'] if rows else held) - 1):+.1f} %",
                "errors": row["errors"],
                "bytes": held,
            }
        )
        print(f"load.py: {asked:,} questions, {held / 1e6:.1f} MB", file=sys.stderr)
    return [{name: value for name, value in row.items() if name != "bytes"} for row in rows]


def table(rows: Sequence[Row]) -> str:
    """Rows as a Markdown table."""
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    return "\n".join([*lines, *(f"| {' | '.join(f'{row[name]}' for name in names)} |" for row in rows)])


def main() -> int:
    """Runs the measurement and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="JSONL with title and text, may be gzip")
    parser.add_argument("--passages", type=int, default=20_000, metavar="N", help="passages to index")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64], metavar="N", help="clients at once")
    parser.add_argument("--seconds", type=float, default=15, metavar="S", help="how long each number of clients asks")
    parser.add_argument("--reader", default="neural", metavar="NAME", help="the reader that is served")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that serve")
    parser.add_argument("--threads", type=int, metavar="N", help="threads that read one question")
    parser.add_argument("--unknown", type=float, default=0.0, metavar="P", help="share of questions about nothing")
    parser.add_argument("--memory", type=int, metavar="N", help="instead: the memory up to so many questions")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the service that was started is ended too
    if not options.corpus.is_file():
        parser.error(f"{options.corpus}: no such file; expected JSONL with title and text")
    engine = build(options.corpus, options.passages)
    print(f"load.py: {engine.summary()}", file=sys.stderr)
    questions = questions_of(list(engine.passages()), max(20_000, options.memory or 0), options.unknown)
    arguments = ["--reader", options.reader, "--workers", str(options.workers)]
    arguments += ["--threads", str(options.threads)] if options.threads else []
    with tempfile.TemporaryDirectory(prefix="citespan-load-") as parent:
        folder = str(Path(parent, "index"))
        engine.save(folder)
        del engine
        with serving(folder, arguments) as (address, process):
            if options.memory:
                rows = measure_memory(address, process, questions, max(options.clients), options.memory)
            else:
                rows = [
                    load(address, process, questions, clients, seconds=options.seconds) for clients in options.clients
                ]
    print(table(rows))
    return 0 if not any(row["errors"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
