"""Reads thousands of damaged PDF files: none may crash or hang the reader, or cost the file after it.

    python scripts/mutate_pdf.py --files 10000
    python scripts/mutate_pdf.py --files 500 --seed 7 --of some.pdf

A file is damaged in one of six ways: bytes changed, a part lost, doubled or put elsewhere, numbers changed, the end
cut off. Each is read as an index reads it, in a process with a limit. It may be read, or refused by name; whatever
else happens is counted, and the damaged file kept in --keep. After every 50 files the whole one is read again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pdf_papers import Style, paper
from pdf_writer import Page, write

from corpus.errors import SourceError
from corpus.formats import pdf

_NUMBER = re.compile(rb"\d+")
_OFTEN = 50


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a damaged copy of a file."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place = chance.randrange(8, max(9, len(changed)))
        size = min(chance.choice((1, 2, 8, 60, 900)), len(changed) - place)
        way = chance.randrange(6)
        if way == 0:
            for at in range(place, place + size):
                if chance.random() < 0.5:
                    changed[at] = chance.randrange(256)
        elif way == 1:
            del changed[place : place + size]
        elif way == 2:
            changed[place:place] = changed[place : place + size] * chance.choice((1, 2, 40))
        elif way == 3:
            part = bytes(changed[place : place + size])
            del changed[place : place + size]
            other = chance.randrange(8, max(9, len(changed)))
            changed[other:other] = part
        elif way == 4:
            found = list(_NUMBER.finditer(changed, place, min(len(changed), place + 2_000)))
            if found:
                start, end = chance.choice(found).span()
                changed[start:end] = str(chance.choice((0, 1, 7, 65_535, 2**31 - 1, 2**31, 10**12))).encode()
        elif chance.random() < 0.2:
            del changed[place:]
    return bytes(changed)


def sources() -> Iterator[bytes]:
    """Yield whole files to damage: papers with an outline, with tags, and in columns."""
    style = Style(justified=False)
    yield paper(1, replace(style, columns=1), sections=3, outlined=True).data
    yield paper(2, style, sections=2, tagged=True).data
    yield paper(3, replace(style, emission="lines"), sections=2).data
    yield _tables()


def _tables() -> bytes:
    """A page with a ruled table and packed content."""
    page = Page()
    for row in range(12):
        page.rule(72, 700 - 20 * row, 500, 700 - 20 * row)
        for column in range(4):
            page.say(80 + 107 * column, 706 - 20 * row, f"{row} and {column}", size=9)
    for column in range(5):
        page.rule(72 + 107 * column, 720, 72 + 107 * column, 480)
    return write([page, page], compressed=True)


def try_one(data: bytes) -> str:
    """Return what became of a file: "read", "refused", or what must not be."""
    try:
        documents = list(pdf.read(data, "damaged.pdf", lambda _: None))
    except SourceError as error:
        told = str(error)
        if not told.startswith("damaged.pdf: "):
            return "refused without its name"
        if "ended the process" in told:
            return "crashed"
        return "hung" if "takes longer than" in told else "refused"
    for document in documents:
        if list(document.pages) != sorted(document.pages) or any(
            not 0 <= section.start < section.end <= len(document.text) for section in document.sections
        ):
            return "read wrongly"
    return "read"


def run(files: int, seed: int, whole: Sequence[bytes], keep: Path | None = None) -> Counter[str]:
    """Return how often each thing became of so many damaged files."""
    chance = random.Random(seed)
    right = [list(pdf.read(data, "whole.pdf", lambda _: None)) for data in whole]
    counts: Counter[str] = Counter()
    for number in range(files):
        at = number % len(whole)
        data = mutated(whole[at], chance)
        became = try_one(data)
        counts[became] += 1
        if became not in ("read", "refused") and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{became.replace(' ', '-')}-{seed}-{number}.pdf").write_bytes(data)
        if number % _OFTEN == _OFTEN - 1:
            counts["neighbours lost"] += list(pdf.read(whole[at], "whole.pdf", lambda _: None)) != right[at]
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Damage, read and print what became of the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=500, metavar="N", help="damaged files to read (500)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the damages (1)")
    parser.add_argument("--of", nargs="+", default=[], metavar="FILE", help="PDF files to damage, for our own")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep files that crash or hang the reader")
    given = parser.parse_args(arguments)
    whole = [Path(path).read_bytes() for path in given.of] or list(sources())
    start = time.perf_counter()
    counts = run(given.files, given.seed, whole, given.keep)
    print(f"{given.files:,} damaged files in {time.perf_counter() - start:.0f} s")
    for name in ("read", "refused", "crashed", "hung", "read wrongly", "refused without its name", "neighbours lost"):
        print(f"{counts[name]:8,} {name}")
    return int(any(counts[name] for name in counts if name not in ("read", "refused")))


if __name__ == "__main__":
    sys.exit(main())
