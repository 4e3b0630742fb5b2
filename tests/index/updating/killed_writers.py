"""Kills writers of an index, each at another of its steps on the file system, and says what is found afterwards.

Run by test_writers.py in a process of its own, which forks: the writers are real processes, and they are
really killed. Prints one JSON object a way of writing.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.reading import SourceReading
from index.building.build import build_index
from index.building.sources import with_sources
from index.data.origin import origin_of
from index.folder import swap
from index.folder.lock import writing
from index.folder.storage import open_index, save_index
from index.updating.update import update_index

FOLDER = Path("x.index")
NAMING = {"os.rename", "os.mkdir", "os.rmdir", "ctypes.dlsym", "unlock"}  # dlsym comes before an exchange of names
WRITING = {"open", "os.remove", "os.fsync"}


def book(name: str, text: str, *, changed: int) -> None:
    """Writes a source file as if it had been changed long ago, at that time."""
    path = Path("books", f"{name}.txt")
    path.write_text(text, encoding="utf-8")
    os.utime(path, (changed, changed))


def build() -> None:
    reading = SourceReading(["books"], on_skip=lambda _: None)
    index = build_index(reading)
    save_index(with_sources(index, origin_of(reading.base, reading.roots), reading.files, reading.counts), FOLDER)


def update() -> None:
    update_index(FOLDER, on_skip=lambda _: None)


def die_at(step: int, every: int) -> None:
    """Lets this process do that many steps less one, and kills it before the next.

    Each change of a name is a step, and one in ``every`` of the many writes and deletions in between.
    """
    left, writes = [step], [0]

    def count(event: str, arguments: Any = None) -> None:
        if event == "os.remove" and Path(arguments[0]).name.startswith("."):
            event = "unlock"
        writes[0] += event in WRITING
        if event in NAMING or (event in WRITING and writes[0] % every == 0):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    os.fsync = lambda _: count("os.fsync")


def killed(write: Callable[[], None], step: int, every: int) -> bool:
    """Whether a writer was killed at that step, rather than done before it."""
    child = os.fork()
    if child == 0:
        die_at(step, every)
        write()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"the writer failed at step {step}: {status}"
    return status == signal.SIGKILL


def content() -> dict[str, bytes] | None:
    """Every file of the index that a reader finds; None for no index."""
    found = FOLDER if FOLDER.exists() else swap.previous(FOLDER)
    if not found.exists():
        return None
    return {path.name: path.read_bytes() for path in found.iterdir()}


def kill_all(write: Callable[[], None], *, before: Path | None, every: int) -> dict[str, int]:
    """Kills a writer at each of its steps, and counts them and which index was found."""

    def restore() -> None:
        shutil.rmtree(FOLDER, ignore_errors=True)
        if before is not None:
            shutil.copytree(before, FOLDER)

    restore()
    old = content()
    write()
    new = content()
    assert new is not None
    assert old != new
    found = {"old": 0, "new": 0}
    step = 1
    restore()
    while killed(write, step, every):
        seen = content()
        assert seen is None or len(open_index(FOLDER, verify=True)) == 2
        assert seen in (old, new), f"killed at step {step}, neither the old index nor the new one is there"
        found["old" if seen == old else "new"] += 1
        with writing(FOLDER, wait=0):
            pass
        assert content() == seen, f"killed at step {step}, the next writer changed what was there"
        names = {path.name for path in Path().iterdir()} - {"books", "before", FOLDER.name}
        assert not names, f"killed at step {step}, the next writer left {names}"
        step += 1
        restore()
    return found


def main(place: str, every: int) -> None:
    """Kills writers in an empty folder."""
    os.fsync = lambda _: None
    os.chdir(place)
    Path("books").mkdir()
    book("tea", "Tea was first drunk in China.", changed=1)
    book("visas", "Visas were abolished in 2009.", changed=1)
    build()
    FOLDER.rename("before")
    book("tea", "Only tea.", changed=2)
    exchange = swap._exchange
    for one_step in (True, False):
        swap._exchange = exchange if one_step else lambda *_: False
        for name, write, before in (("fresh", build, None), ("replace", build, "before"), ("update", update, "before")):
            if before or one_step:
                counts = kill_all(write, before=before and Path(before), every=every)
                print(json.dumps({"write": name, "one_step": one_step, **counts}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
