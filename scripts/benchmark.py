"""Measures citespan beside the libraries that one could take instead, in one run; prints tables, writes JSON and plots.

Parts (``--only`` chooses; a part or a peer whose data or packages are missing is skipped with the reason):

- ``quality``: SQuAD paragraphs pooled and cut into passages, and the collections SciFact, Cranfield and MED.
- ``build``: MB of text a second, parsing excluded (texts in memory) and included (from a file); memory; disk.
- ``search``: questions a second, one by one and batched, with one thread and two.
- ``open``: from the start of a process to its first answer from an index on disk, and its memory.
- ``ask``: a whole answer of citespan over the same passages, in process.
- ``start``: ``qa "..."`` as a whole process beside ``python -c "import numpy"``, run alternately.

``benchmark.py cluster ...`` runs scripts/benchmark_cluster.py: 1 and 2 workers, and what a million passages cost.

citespan is given documents and cuts them into passages within the time; the peers are given those passages, ready.
"x" says how many times as fast citespan is ("citespan, without evidence" in search, which ranks by its formula alone as
the peers do), the median of rounds in which everything runs in turn; below 1 it is slower.
The folder given with ``--shared`` holds ``squad/dev-a-v1.1.json.gz``, ``retrieval/scifact/``, ``retrieval/cranfield/``,
``retrieval/med/`` and ``corpora/simplewiki.jsonl.gz`` (lines with ``title`` and ``text``; ``--text`` names another).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmark_child import ChildError
from benchmark_quality import quality
from benchmark_rankings import RANKINGS
from benchmark_report import MissingError, Row, Work, draw, machine, table
from benchmark_speed import ask, build, open_, search, start

from corpus.errors import CitespanError

PARTS: dict[str, Callable[[Work], dict[str, list[Row]]]] = {
    "quality": quality,
    "build": build,
    "search": search,
    "open": open_,
    "ask": ask,
    "start": start,
}

PEERS = [key for key in RANKINGS if key not in ("citespan", "scikit-learn-stems")]


def main() -> int:
    """Runs the parts asked for; 0 when at least one could be measured."""
    if sys.argv[1:2] == ["cluster"]:
        script = Path(__file__).with_name("benchmark_cluster.py")
        return subprocess.call([sys.executable, str(script), *sys.argv[2:]])
    options = _options()
    if options.quick:
        options.passages, options.questions = options.passages // 10, options.questions // 10
        options.rounds, options.starts, options.seconds = 1, 5, options.seconds / 5
    report: dict[str, Any] = {"machine": machine(), "tables": {}, "skipped": {}}
    print(", ".join(f"{name} {value}" for name, value in report["machine"].items()), flush=True)
    with tempfile.TemporaryDirectory(prefix="citespan-", dir=options.work) as place:
        work = Work.of(options, Path(place))
        for name in options.only:
            try:
                tables = PARTS[name](work)
            except (MissingError, ImportError, ChildError, CitespanError) as reason:
                work.skip(name, str(reason))
                continue
            for title, rows in tables.items():
                print(table(title, rows), flush=True)
            report["tables"] |= tables
            report["skipped"] = work.skipped
            if options.out:  # after each part, so that a run cut short leaves what it measured
                options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        if options.plot:
            try:
                print("\n" + "\n".join(f"drawn: {path}" for path in draw(report["tables"], options.plot)))
            except ImportError as reason:
                print(f"\nplots: skipped, {reason}; pip install 'citespan[plot]'")
    return 0 if report["tables"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, metavar="DIR", help="the data folder")
    parser.add_argument("--text", type=Path, metavar="FILE", help="the documents to build from, .jsonl or .jsonl.gz")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work in one round, for a first look")
    parser.add_argument(
        "--passages", type=_count, default=20_000, metavar="N", help="passages to build, search and ask"
    )
    parser.add_argument("--questions", type=_count, default=4_000, metavar="N", help="questions to search, at most")
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS, default=PEERS, help="beside what citespan is built, searched and opened"
    )
    parser.add_argument("--rounds", type=_count, default=3, metavar="N", help="rounds of build, search and open")
    parser.add_argument("--seconds", type=float, default=1.0, metavar="S", help="for one way to search in one round")
    parser.add_argument("--limit", type=float, default=600, metavar="S", help="no further round goes beyond it")
    parser.add_argument("--starts", type=_count, default=21, metavar="N", help="runs of each command for start")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where indexes are built, for the time of the run")
    parser.add_argument("--out", "--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--plot", type=Path, metavar="DIR", help="write bar charts there, as SVG")
    options = parser.parse_args()
    for path, name in ((options.work, "--work"), (options.out and options.out.parent, "--out")):
        if path is not None and not path.is_dir():
            parser.error(f"{name}: {path} is no folder; make it first")
    if options.seconds <= 0 or options.limit <= 0:
        parser.error("--seconds and --limit must be greater than 0")
    return options


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        sys.exit(130)
