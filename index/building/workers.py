"""Builds an index of many documents: chunk by chunk in worker processes, in bounded memory.

Each chunk of neighbouring documents becomes a spilled segment, and ``index.building.assembly`` makes one index of
them. The result is, byte for byte, what one process gives that takes all documents at once.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from corpus.documents import Document
from corpus.errors import CitespanError, IndexFolderError, SourceError
from index.building.assembly import PART, Store, assemble
from index.building.chunks import INDEX_BYTES_A_CHARACTER, evened
from index.building.collecting import Collector
from index.building.spill import open_spill
from index.building.worker import UNFINISHED, packed, write_chunk
from index.data.format import FORMAT
from index.data.origin import version
from index.processors import usable_processes
from index.ranking.whole import WholeIndex

if TYPE_CHECKING:
    from index.settings import IndexSettings

_SPILL = ".spill"
_OPEN_FILES = (1 << 16, 10_240)


def build_large(
    chunks: Iterable[list[Document]],
    *,
    settings: IndexSettings,
    memory: int | None = None,
    processes: int | None = None,
    scratch: Path | None = None,
) -> WholeIndex:
    """The index of the documents of all chunks.

    ``memory``: bytes that the build may use, about; without it, arrays stay in memory. ``scratch``: a folder to
    make, and to delete in the end, for the segments of the chunks and what does not fit; without it there is one
    among the system's temporary files. Where a build was killed, the next one with that folder indexes only what
    is not in it yet. Raises SourceError where two documents have one id, and IndexFolderError where the folder
    cannot be made or the disk is full.
    """
    count = processes or usable_processes()
    folder = None
    try:
        folder = _make(scratch)
        with _many_open_files(), ThreadPoolExecutor(count) as threads:
            paths, size = _spill(chunks, folder, settings, count, threads)
            spills = [open_spill(path, settings) for path in paths]
            fits = memory is None or size * INDEX_BYTES_A_CHARACTER < memory
            return assemble(spills, Store(None if fits else folder), threads)
    except CitespanError:
        raise
    except OSError as error:
        remedy = "name a folder that can be written"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "free some space, or name an output on another disk"
        elif error.errno == errno.EMFILE:
            remedy = "let a process open more files (ulimit -n 65536)"
        cause = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or error
        raise IndexFolderError(
            f"{folder or scratch or tempfile.gettempdir()}: cannot be used for the segments of the build ({cause}); "
            f"what stood beside it is untouched; {remedy}: qa index ... -o DIR"
        ) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _many_open_files() -> Iterator[None]:
    """As many open files as the system gives for the asking: each mapped segment of a large build holds one."""
    if not find_spec("resource"):  # Windows has no such limit
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in _OPEN_FILES:
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft == resource.RLIM_INFINITY or soft >= limit:
            break
        with suppress(ValueError, OSError):  # macOS has a limit above which it gives nothing
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
            break
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _make(scratch: Path | None) -> Path:
    """A folder for this build, new or left by one that was killed: what it had finished is used again."""
    if scratch is None:
        return Path(tempfile.mkdtemp(prefix="citespan-"))
    if scratch.exists():
        entries = sorted(scratch.iterdir())
        if strange := [entry.name for entry in entries if entry.suffix not in (_SPILL, PART, UNFINISHED)]:
            raise FileExistsError(errno.EEXIST, f"it exists and holds {strange[0]}")
        for entry in entries:
            if entry.suffix != _SPILL:
                entry.unlink()
    scratch.mkdir(parents=True, exist_ok=True)
    return scratch


def _spill(
    chunks: Iterable[list[Document]], folder: Path, settings: IndexSettings, count: int, threads: ThreadPoolExecutor
) -> tuple[list[Path], int]:
    """The files of the segments of all chunks, in order, and how many characters they have."""
    size = 0
    write, close = _in_workers(settings, count) if count > 1 else _in_process(settings)
    made: list[Future[Path]] = []
    waiting = 0

    def make(number: int, documents: list[Document]) -> Path:
        chunk = packed(documents)
        path = folder / f"{number}-{_digest(settings, *chunk)}{_SPILL}"
        if not path.exists():
            write(documents, chunk, path)
        return path

    try:
        for chunk in evened(chunks, count) if count > 1 else chunks:
            size += sum(len(document.text) for document in chunk)
            made.append(threads.submit(make, len(made), chunk))
            while len(made) - waiting > count:  # one chunk more than there are workers is held ready
                made[waiting].result()
                waiting += 1
        return [one.result() for one in made], size
    finally:
        close()


def _digest(settings: IndexSettings, line: bytes, texts: bytes) -> str:
    """What tells a chunk from any other that could stand in its place, the version and format included."""
    digest = hashlib.sha256(json.dumps([asdict(settings), FORMAT, version()]).encode("ascii") + b"\n")
    digest.update(line)  # which ends in the second line end of all
    digest.update(texts)
    return digest.hexdigest()[:32]


Write = Callable[[list[Document], tuple[bytes, bytes], Path], None]


def _in_process(settings: IndexSettings) -> tuple[Write, Callable[[], None]]:
    collector = Collector(settings)

    def write(documents: list[Document], _: tuple[bytes, bytes], path: Path) -> None:
        write_chunk(collector, documents, path)

    return write, lambda: None


def _in_workers(settings: IndexSettings, count: int) -> tuple[Write, Callable[[], None]]:
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker(settings) for _ in range(count)]
    for worker in workers:
        idle.put(worker)

    def write(_: list[Document], chunk: tuple[bytes, bytes], path: Path) -> None:
        worker = idle.get()
        try:
            worker.write(chunk, path)
        finally:
            idle.put(worker)

    def close() -> None:
        for worker in workers:
            worker.close()

    return write, close


class _Worker:
    """A process at work on one chunk at a time."""

    def __init__(self, settings: IndexSettings) -> None:
        package = Path(__file__).resolve().parents[2]
        path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.building.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._send(asdict(settings))

    def write(self, chunk: tuple[bytes, bytes], path: Path) -> None:
        """Has the segment of documents written to a file; raises SourceError and OSError as the worker did."""
        self._send([str(path), len(chunk[1])], *chunk)
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        if not answer:
            raise self._gone()
        error = json.loads(answer)
        if error is not None and error[0] == "source":
            raise SourceError(error[1])
        if error is not None:
            raise OSError(error[1], error[2], str(path))

    def close(self) -> None:
        """Ends the process, whatever it is at."""
        self._process.kill()
        self._process.communicate()

    def _send(self, message: object, *more: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
            self._process.stdin.writelines(more)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None

    def _gone(self) -> CitespanError:
        code = self._process.wait()
        return CitespanError(
            f"a worker process of the build ended early (exit code {code}); if memory was short, "
            "build with less of it: qa index ... --memory 1GB"
        )
