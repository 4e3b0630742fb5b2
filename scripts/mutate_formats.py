"""Reads thousands of damaged files of each format: none may crash or hang a reader, or cost the files beside it.

    python scripts/mutate_formats.py
    python scripts/mutate_formats.py LaTeX Org --files 10000 --results damaged.json --keep damaged/

A sample is damaged in one or several ways: bits and bytes changed, a part lost, doubled, swapped, put elsewhere or
repeated thousands of times, signs that open something put in thousands of times, numbers changed, the end cut off, a
part inside an archive damaged and packed again, another suffix given. Fifty damaged files at a time lie in a folder
among whole ones, and the folder is read as an index reads it: every damaged file must give documents or be skipped by
name within --seconds of computing, and every whole one must be read. Whatever else happens is counted, and kept in
--keep. Each format is read in a process of its own. With --results a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from damages import damaged
from format_samples import Sample, samples
from pdf_papers import Style, paper
from pdf_writer import Page, write

from corpus.documents import Document
from corpus.reading import SourceReading
from corpus.skipped import SkippedFile

SECONDS = 10.0
"""How long a damaged file of a few kilobytes may take, in seconds of computing, however busy the machine is."""

MEGABYTES = 2_000
"""How much memory a process may take."""

_TOGETHER = 50  # damaged files in a folder
_AMONG = 10  # of these for each whole file
_OTHER_SUFFIX = 0.05  # the share that is given another suffix
RIGHT = ("read", "refused")
WRONG = ("crashed", "hung", "traceback", "read wrongly", "told of nowhere", "neighbours lost")


class _LateError(BaseException):
    """Raised where a file takes too long."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run needs to know: how many files, of which chance, how long each may take, and where to keep the bad."""

    files: int = 500
    seed: int = 1
    seconds: float = SECONDS
    keep: Path | None = None


def sources(sample: Sample) -> list[bytes]:
    """The whole files of a format that are damaged."""
    if sample.format != "PDF":
        return [sample.data]
    style = Style(justified=False)
    return [
        sample.data,
        paper(1, replace(style, columns=1), sections=3, outlined=True).data,
        paper(2, style, sections=2, tagged=True).data,
        paper(3, replace(style, emission="lines"), sections=2).data,
        _tables(),
    ]


def _tables() -> bytes:
    """A PDF with a ruled table and packed content."""
    page = Page()
    for row in range(12):
        page.rule(72, 700 - 20 * row, 500, 700 - 20 * row)
        for column in range(4):
            page.say(80 + 107 * column, 706 - 20 * row, f"{row} and {column}", size=9)
    for column in range(5):
        page.rule(72 + 107 * column, 720, 72 + 107 * column, 480)
    return write([page, page], compressed=True)


class _Folder:
    """A folder with damaged and whole files, and what became of each when it was read."""

    def __init__(self, run: Run, files: dict[str, bytes]) -> None:
        self._run = run
        self.files = files
        self.counts: Counter[str] = Counter()
        self.slowest = 0.0
        self._since = 0.0

    def read(self, right: dict[str, list[str]]) -> None:
        """Reads the folder; ``right`` holds the texts of each whole file."""
        with tempfile.TemporaryDirectory() as folder:
            for name, data in self.files.items():
                Path(folder, name).write_bytes(data)
            texts, told, why = self._texts(Path(folder))
            if why:
                self._one_by_one(Path(folder), sorted(set(self.files) - set(right)), texts, told)
                self.counts["neighbours lost"] += sum(texts.get(name) not in (None, right[name]) for name in right)
                return
        self.counts["neighbours lost"] += sum(texts.get(name) != right[name] for name in right)
        for name in self.files:
            if name not in right:
                self._count(name, texts.get(name), told.get(name))

    def _texts(self, path: Path) -> tuple[dict[str, list[str]], dict[str, str], str]:
        """The texts of each file below a path, what was said of those skipped, and why it ended early if it did."""
        texts: dict[str, list[str]] = {}
        told: dict[str, str] = {}
        root = path if path.is_dir() else path.parent

        def on_skip(part: SkippedFile) -> None:
            self._lap()
            name = Path(part.path).relative_to(root).parts[0] if part.path.startswith(f"{root}/") else part.path
            told.setdefault(name.split(":")[0], part.cause)

        found: list[str] = []
        why = ""
        reading = SourceReading([path], on_skip=on_skip)
        try:
            with _limit(self._run.seconds):
                self._since = time.process_time()
                for document in reading:
                    self._lap()
                    found.append(document.text if _is_sound(document) else "\0")
        except _LateError:
            why = "hung"
        except Exception as error:  # noqa: BLE001 -- counted, and told
            traceback.print_exc(limit=-5)
            why = type(error).__name__
        for file, count in zip(reading.files, reading.counts, strict=True):
            texts[Path(file.path).name], found = found[:count], found[count:]
        return texts, told, why

    def _lap(self) -> None:
        """Begins another file's time."""
        now = time.process_time()
        self.slowest = max(self.slowest, now - self._since)
        self._since = now
        _set_alarm(self._run.seconds)

    def _one_by_one(self, folder: Path, names: list[str], texts: dict[str, list[str]], told: dict[str, str]) -> None:
        """Reads the damaged files alone, to find the one that ended the reading of its folder."""
        for name in names:
            texts, told, why = self._texts(folder / name)
            if why:
                self._wrong("hung" if why == "hung" else "traceback", name)
            else:
                self._count(name, texts.get(name), told.get(name))

    def _count(self, name: str, texts: list[str] | None, told: str | None) -> None:
        """Counts what became of a damaged file."""
        if texts is not None:
            if "\0" in texts:
                self._wrong("read wrongly", name)
            else:
                self.counts["read"] += 1
        elif told is None:
            self._wrong("told of nowhere", name)
        elif "ended the process" in told:
            self._wrong("crashed", name)
        elif "takes longer than" in told or "takes more than" in told:
            self._wrong("hung", name)
        else:
            self.counts["refused"] += 1

    def _wrong(self, why: str, name: str) -> None:
        self.counts[why] += 1
        _keep(self._run, why, name, self.files[name])


def _keep(run: Run, why: str, name: str, data: bytes) -> None:
    if run.keep is not None:
        run.keep.mkdir(parents=True, exist_ok=True)
        (run.keep / f"{why.replace(' ', '-')}-{run.seed}-{name}").write_bytes(data)


def _is_sound(document: Document) -> bool:
    """Whether a document's text can be written, and its sections and pages lie in it."""
    try:
        document.text.encode()
        document.title.encode()
    except UnicodeEncodeError:
        return False
    sections = all(0 <= section.start < section.end <= len(document.text) for section in document.sections)
    return sections and list(document.pages) == sorted(document.pages)


def _late(*_: object) -> None:
    raise _LateError


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Ends what takes longer."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, _late)
    _set_alarm(seconds)
    try:
        yield
    finally:
        _set_alarm(0)


def _process() -> ProcessPoolExecutor:
    """A process of its own, begun anew: a fork of one that has threads may wait for them for ever."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_bound_memory)


def _bound_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000 + (1 << 30), hard))


def batch(sample: Sample, run: Run, first: int, others: Sequence[str] = ()) -> Counter[str]:
    """What became of the damaged files of a format from a number on, as many as lie in a folder together.

    ``others`` are names of other formats, whose suffixes some get; "slowest" is the longest time in milliseconds.
    """
    os.environ["QA_FILE_SECONDS"] = f"{run.seconds:g}"
    whole = sources(sample)
    suffix = "".join(Path(sample.name).suffixes)
    files: dict[str, bytes] = {}
    right: dict[str, list[str]] = {}
    for number in range(first, min(first + _TOGETHER, run.files)):
        chance = random.Random(f"{run.seed} {sample.format} {number}")
        data = damaged(whole[number % len(whole)], chance)
        other = others and chance.random() < _OTHER_SUFFIX
        files[f"{number:06}-damaged{Path(chance.choice(others)).suffix if other else suffix}"] = data
        if not number % _AMONG:
            at = number // _AMONG % len(whole)
            files[f"{number:06}-whole{suffix}"] = whole[at]
            right[f"{number:06}-whole{suffix}"] = _right(sample, at, whole[at])
    folder = _Folder(run, files)
    folder.read(right)
    folder.counts["slowest"] = round(1000 * folder.slowest)
    return folder.counts


_RIGHTS: dict[tuple[str, int], list[str]] = {}


def _right(sample: Sample, at: int, data: bytes) -> list[str]:
    """The texts of a whole file, read alone."""
    if (sample.format, at) not in _RIGHTS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"whole{''.join(Path(sample.name).suffixes)}")
            path.write_bytes(data)
            _RIGHTS[sample.format, at] = [document.text for document in SourceReading([path], on_skip=print)]
    return _RIGHTS[sample.format, at]


def run(sample: Sample, given: Run, done: dict[str, int], others: Sequence[str] = ()) -> Iterator[dict[str, int]]:
    """Yields how often each thing became of a format's damaged files, folder by folder; ``done`` is where to go on."""
    counts = Counter(done)
    process = _process()
    try:
        while counts["files"] < given.files:
            first = counts["files"]
            try:
                found = process.submit(batch, sample, given, first, others).result()
            except BrokenProcessPool:
                found = Counter(crashed=1)
                process = _process()
            counts["slowest"], slowest = max(counts["slowest"], found.pop("slowest", 0)), counts["slowest"]
            if counts["slowest"] > max(1_000, slowest):
                print(f"{sample.format}, files {first:,} on: {counts['slowest'] / 1000:.1f} s", file=sys.stderr)
            counts.update(found)
            counts["files"] = min(first + _TOGETHER, given.files)
            yield dict(counts)
    finally:
        process.shutdown()


def _load(path: Path | None, seed: int) -> dict[str, Any]:
    """The results of an earlier run with the same chance."""
    if path is not None and path.exists():
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if results["seed"] == seed:
            return results
    return {"seed": seed, "formats": {}}


def main(arguments: Sequence[str] | None = None) -> int:
    """Damages, reads and prints what became of the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    every = samples()
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help="formats to damage, by name; for all")
    parser.add_argument("--files", type=int, default=500, metavar="N", help="damaged files of each format (500)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the damages (1)")
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help="that a file may take (10)")
    parser.add_argument("--results", type=Path, metavar="FILE", help="JSON to write, and to go on from")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep files that are read wrongly")
    given = parser.parse_args(arguments)
    if unknown := set(given.formats) - {sample.format for sample in every}:
        parser.error(f"no format {', '.join(sorted(unknown))}; there are {', '.join(each.format for each in every)}")
    results = _load(given.results, given.seed)
    settings = Run(given.files, given.seed, given.seconds, given.keep)
    others = [sample.name for sample in every]
    columns = ["files", *RIGHT, *WRONG]
    print(" | ".join(["format", *columns, "slowest, s", "in all, s"]))
    print(" | ".join(["---"] * (len(columns) + 3)), flush=True)
    wrong = 0
    for sample in every:
        if given.formats and sample.format not in given.formats:
            continue
        done: dict[str, int] = results["formats"].get(sample.format, {})
        counts, start = done, time.perf_counter()
        for counts in run(sample, settings, done, others):
            counts["seconds"] = done.get("seconds", 0) + round(time.perf_counter() - start)
            results["formats"][sample.format] = counts
            if given.results is not None:
                given.results.write_text(json.dumps(results, indent=1), encoding="utf-8")
            if sys.stderr.isatty():
                print(f"\r{sample.format}: {counts['files']:,} of {given.files:,}", end=" ", file=sys.stderr)
        wrong += sum(counts.get(name, 0) for name in WRONG)
        told = [sample.format, *(f"{counts.get(name, 0):,}" for name in columns)]
        told += [f"{counts.get('slowest', 0) / 1000:.1f}", str(counts.get("seconds", 0))]
        print(" | ".join(told), flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
