"""Reads thousands of damaged files of each format: none may crash or hang a reader, or cost the file after it.

    python scripts/mutate_formats.py --files 1000
    python scripts/mutate_formats.py --files 10000 --format LaTeX Org --keep damaged/

A sample is damaged in one or several ways: bytes changed, a part lost, doubled, put elsewhere or repeated thousands of
times (which nests whatever opens in it), numbers changed, the end cut off, a part inside an archive damaged or swollen,
another suffix given. It may be read, or refused by name; whatever else happens is counted, and kept in --keep. After
every 50 files the whole sample is read again. Each format is read in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from format_samples import Sample, samples

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.files import iterate_data
from corpus.skipped import SkippedFile

LIMIT = 10
"""How long a damaged file of a few kilobytes may take, in seconds of computing, however busy the machine is."""

_NUMBER = re.compile(rb"\d+")
_OFTEN = 50
_SWOLLEN = 1_000_000  # bytes put into a part of an archive
_RIGHT = ("read", "refused")
_WRONG = ("crashed", "hung", "traceback", "read wrongly", "refused without its name", "neighbours lost")


class _LateError(BaseException):
    """Raised where a file takes too long."""


def mutated(data: bytes, chance: random.Random) -> bytes:  # noqa: C901 -- one branch a way
    """A damaged copy of a file."""
    if data[:2] == b"PK" and chance.random() < 0.6:
        return _inside(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place = chance.randrange(max(1, len(changed)))
        size = min(chance.choice((1, 2, 8, 60, 900)), len(changed) - place)
        part = bytes(changed[place : place + size])
        way = chance.randrange(7)
        if way == 0:
            for at in range(place, place + size):
                if chance.random() < 0.5:
                    changed[at] = chance.randrange(256)
        elif way == 1:
            del changed[place : place + size]
        elif way == 2:
            changed[place:place] = part * chance.choice((1, 2, 40))
        elif way == 3:
            del changed[place : place + size]
            other = chance.randrange(max(1, len(changed)))
            changed[other:other] = part
        elif way == 4:
            found = list(_NUMBER.finditer(changed, place, min(len(changed), place + 2_000)))
            if found:
                start, end = chance.choice(found).span()
                changed[start:end] = str(chance.choice((0, 1, 7, 65_535, 2**31 - 1, 2**31, 10**12))).encode()
        elif way == 5 and chance.random() < 0.1:
            changed[place:place] = part[:60] * chance.choice((300, 3_000))
        elif way == 6 and chance.random() < 0.3:
            del changed[place:]
    return bytes(changed)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """A copy of a ZIP file with one of its parts damaged, swollen, lost or there twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(member.filename, archive.read(member)) for member in archive.infolist()]
    at = chance.randrange(len(parts))
    name, part = parts[at]
    way = chance.randrange(40)
    if way == 0:
        parts[at] = (name, part + b" " * _SWOLLEN)
    elif way == 1:
        del parts[at]
    elif way == 2:
        parts.insert(at, ("../" + name, part))
    else:
        parts[at] = (name, mutated(part, chance) if part else b"<")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return file.getvalue()


def read(data: bytes, name: str) -> tuple[list[Document], list[SkippedFile]]:
    """The documents of a file, and what of it was skipped."""
    skipped: list[SkippedFile] = []
    return list(iterate_data(data, name, skipped.append)), skipped


def try_one(data: bytes, name: str) -> str:
    """What became of a file: "read", "refused", or what must not be."""
    try:
        documents, _ = read(data, name)
    except SourceError as error:
        told = str(error)
        if not told.startswith(name):
            return "refused without its name"
        if "ended the process" in told:
            return "crashed"
        return "hung" if "takes longer than" in told else "refused"
    except _LateError:
        return "hung"
    except Exception:  # noqa: BLE001 -- counted, and told
        traceback.print_exc(limit=-4)
        return "traceback"
    for document in documents:
        document.text.encode()  # lone surrogates would end a later step
        if any(not 0 <= section.start < section.end <= len(document.text) for section in document.sections):
            return "read wrongly"
    return "read"


def _late(*_: object) -> None:
    raise _LateError


def run(sample: Sample, files: int, seed: int, keep: Path | None = None, others: Sequence[str] = ()) -> Counter[str]:
    """How often each thing became of so many damaged files of a format; "slowest" is the longest time in ms."""
    chance = random.Random(f"{seed} {sample.format}")
    right, _ = read(sample.data, sample.name)
    alarms = hasattr(signal, "setitimer")
    if alarms:
        signal.signal(signal.SIGPROF, _late)
    counts: Counter[str] = Counter()
    for number in range(files):
        data = mutated(sample.data, chance)
        name = "damaged" + Path(chance.choice(others) if others and chance.random() < 0.05 else sample.name).suffix
        start = time.process_time()
        if alarms:
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
        became = try_one(data, name)
        if alarms:
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - start
        slow = took * 1000 > max(1_000, counts["slowest"])
        counts["slowest"] = max(counts["slowest"], round(1000 * took))
        counts[became] += 1
        if keep is not None and (became not in _RIGHT or slow):
            keep.mkdir(parents=True, exist_ok=True)
            why = became.replace(" ", "-") if became not in _RIGHT else f"slow-{took:.1f}"
            (keep / f"{why}-{seed}-{number}{Path(name).suffix}").write_bytes(data)
        if number % _OFTEN == _OFTEN - 1:
            counts["neighbours lost"] += read(sample.data, sample.name)[0] != right
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Damages, reads and prints what became of the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=500, metavar="N", help="damaged files of each format (500)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the damages (1)")
    parser.add_argument("--format", nargs="+", default=[], metavar="NAME", help="formats to damage, for all")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep files that are read wrongly or slowly")
    given = parser.parse_args(arguments)
    every = samples()
    chosen = [sample for sample in every if not given.format or sample.format in given.format]
    others = [sample.name for sample in every]
    columns = [*_RIGHT, *_WRONG, "slowest, s", "in all, s"]
    print(" | ".join(["format", *columns]))
    print(" | ".join(["---"] * (len(columns) + 1)), flush=True)
    wrong = 0
    for sample in chosen:
        start = time.perf_counter()
        with ProcessPoolExecutor(1) as process:
            try:
                counts = process.submit(run, sample, given.files, given.seed, given.keep, others).result()
            except BrokenProcessPool:
                counts = Counter(crashed=1)
        wrong += sum(counts[name] for name in _WRONG)
        told = [sample.format, *(f"{counts[name]:,}" for name in (*_RIGHT, *_WRONG))]
        print(" | ".join([*told, f"{counts['slowest'] / 1000:.1f}", f"{time.perf_counter() - start:.0f}"]), flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
