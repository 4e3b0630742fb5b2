"""Runs one build, or one opening of an index, in a process of its own, and measures its time and its memory.

As a script it is that process: ``benchmark_child.py build|open KEY SOURCE FOLDER [MODE]`` prints lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_EVERY = 0.02  # seconds between two looks at the memory
_ASKED = 200  # questions asked of an opened index before its memory is read
Row = dict[str, Any]


class ChildError(Exception):
    """A child process failed; the text is the end of what it said."""


def build_in_child(key: str, source: Path, folder: Path, mode: str) -> Row:
    """What a build took: ``seconds``, ``cpu_s`` of all its processors, ``peak_mb`` of its processes, its disk.

    ``mode`` is "file" to read the source within the time, "listed" to have it in memory before. Memory is None
    where the system does not tell. Raises ChildError where it fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    lines, peak = _run(["build", key, str(source), str(folder), mode])
    row: Row = json.loads(lines[-1][1])
    return row | {"peak_mb": peak}


def open_in_child(key: str, questions: Path, folder: Path) -> Row:
    """What opening took: ``start_s`` from the start of the process to its first answer, and memory after some more."""
    started = time.perf_counter()
    lines, _ = _run(["open", key, str(questions), str(folder)])
    row: Row = json.loads(lines[-1][1])
    return row | {"start_s": lines[0][0] - started}


def _run(arguments: list[str]) -> tuple[list[tuple[float, str]], float | None]:
    """The lines that a child prints, each with the time at which it came, and the most memory it had, in MB."""
    command = [sys.executable, __file__, *arguments]
    errors: list[str] = []
    lines: list[tuple[float, str]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        peaks = [0.0]
        over = threading.Event()
        assert child.stdout is not None
        assert child.stderr is not None
        stderr = child.stderr
        threads = [
            threading.Thread(target=_watch, args=(child.pid, peaks, over)),
            threading.Thread(target=lambda: errors.append(stderr.read())),
        ]
        for thread in threads:
            thread.start()
        try:
            for line in child.stdout:
                lines.append((time.perf_counter(), line))
            child.wait()
        except BaseException:
            child.kill()
            raise
        finally:
            over.set()
            for thread in threads:
                thread.join()
    if child.returncode or not lines:
        said = "".join(errors).strip().splitlines()
        raise ChildError(f"{' '.join(arguments[:2])} ended with code {child.returncode}: {said[-1] if said else ''}")
    return lines, peaks[0] or None


def _watch(process: int, peaks: list[float], over: threading.Event) -> None:
    while not over.wait(_EVERY):
        peaks[0] = max(peaks[0], sum(status(number).get("VmRSS", 0.0) for number in _family(process)))


def _family(process: int) -> Iterator[int]:
    """The number of a process and of all that it has started."""
    yield process
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))


def status(process: int | str = "self") -> dict[str, float]:
    """The memory of a process in MB, by the names of /proc/PID/status; empty where there is no such thing."""
    found: dict[str, float] = {}
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
            name, value = line.split(":", 1)
            if value.endswith(" kB"):
                found[name] = int(value[:-3]) / 1024
    return found


def _build(key: str, source: Path, folder: Path, mode: str) -> Row:
    from benchmark_rankings import RANKINGS

    ranking = RANKINGS[key]()
    ranking.load()
    some = folder.with_name(folder.name + ".warm")
    shutil.rmtree(some, ignore_errors=True)
    # Imports, first calls and compiling are not the work compared.
    ranking.build([text for text, _ in zip(_texts(source, ranking.cuts), range(20), strict=False)], some)
    shutil.rmtree(some)
    ranking = RANKINGS[key]()
    ranking.load()
    texts = list(_texts(source, ranking.cuts)) if mode == "listed" else None
    before = status().get("VmRSS")
    worked, started = sum(os.times()[:4]), time.perf_counter()
    ranking.build(_texts(source, ranking.cuts) if texts is None else texts, folder)
    seconds, worked = time.perf_counter() - started, sum(os.times()[:4]) - worked
    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    ranks = [size for name, size in sizes.items() if not ranking.cuts or name.startswith(("posting", "term"))]
    return {
        "seconds": seconds,
        "cpu_s": worked,
        "before_mb": before,
        "disk": sum(sizes.values()),
        "disk_ranking": sum(ranks),
    }


def _texts(source: Path, documents: bool) -> Iterator[Any]:
    """The documents of a JSONL file, or its lines' titles and texts, each pair as one text."""
    if documents:
        from corpus.reading import SourceReading

        yield from SourceReading([source], on_skip=lambda _: None)
        return
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"{record['title']}\n{record['text']}"


def _open(key: str, questions: Path, folder: Path) -> Row:
    from benchmark_rankings import RANKINGS

    asked = json.loads(questions.read_text(encoding="utf-8"))[: _ASKED + 1]
    ranking = RANKINGS[key]()
    ranking.load()
    imported, before = time.perf_counter(), status()
    ranking.open(folder)
    opened = time.perf_counter()
    ranking.search(asked[0], 10)
    answered = time.perf_counter()
    print(json.dumps({}), flush=True)
    after = status()
    for question in asked[1:]:
        ranking.search(question, 10)
    later = status()
    return {
        "open_ms": 1000 * (opened - imported),
        "first_ms": 1000 * (answered - opened),
        "before_mb": before.get("RssAnon"),
        "private_mb": after.get("RssAnon"),
        "asked_mb": later.get("RssAnon"),
        "resident_mb": later.get("VmRSS"),
    }


if __name__ == "__main__":
    os.environ.pop("QA_INDEX", None)
    action, name, *places = sys.argv[1:]
    if action == "build":
        print(json.dumps(_build(name, Path(places[0]), Path(places[1]), places[2])), flush=True)
    else:
        print(json.dumps(_open(name, Path(places[0]), Path(places[1]))), flush=True)
