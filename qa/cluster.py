"""Indexing and batch asking on a cluster of dask.distributed, with the results of one machine.

Needs the extra ``citespan[cluster]`` here, and the same citespan on every worker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from corpus.errors import ClusterError, IndexFolderError, SettingError
from corpus.paths import absolute
from corpus.progress import Progress
from index.cluster.connection import RETRIES, connected, lanes, outcome
from index.cluster.distributed import build_shards
from index.folder.addresses import identity, is_address
from index.folder.storage import open_index
from qa.answers import Answer
from qa.engine import Engine
from qa.opening import refuse_single
from qa.readers import THREADS

if TYPE_CHECKING:
    from corpus.skipped import SkippedFile
    from index.settings import IndexSettings

CHUNK = 16
"""Questions in one task: some seconds of reading, so that the scheduling is not felt and a retry costs little."""

_AHEAD = 3  # tasks in flight for each that can run at once

_opening = Lock()


@dataclass(frozen=True, slots=True)
class Asking:
    """How a batch is asked: of which index folder (``identity``: its manifest's hash), by which reader."""

    folder: str
    identity: str
    reader: str | None = None
    threads: int = THREADS
    top: int = 3
    min_confidence: float | None = None
    where: tuple[str, ...] = ()


def build(
    paths: Sequence[str],
    folder: str,
    *,
    address: str,
    shards: int | None = None,
    reader: str | None = None,
    settings: IndexSettings | None = None,
    on_skip: Callable[[SkippedFile], None] | None = None,
    progress: Progress | None = None,
) -> Engine:
    """An engine over the index of the files and folders, built in shards by the cluster at an address, and saved.

    Paths, and the folder unless it is an address for fsspec, must be the same on this machine and every worker.
    Answers are those of an index built here. ``on_skip`` is told each file that could not be read; ``progress``,
    of two steps for each shard. Raises ClusterError where the cluster cannot do it, SourceError where a path does
    not exist or nothing could be read, and IndexFolderError where the folder cannot be written.
    """
    refuse_single(paths)
    index = build_shards(
        paths,
        folder,
        address=address,
        shards=shards,
        settings=settings,
        on_skip=on_skip or (lambda _: None),
        progress=progress,
    )
    return Engine(index, reader=reader)


def ask_many(
    questions: Iterable[str],
    folder: str,
    *,
    address: str,
    reader: str | None = None,
    threads: int = THREADS,
    top: int = 3,
    min_confidence: float | None = None,
    where: tuple[str, ...] = (),
) -> Iterator[Answer]:
    """The answers to any iterable of questions, in its order, from the cluster at an address.

    The index folder is a path that every worker sees, or an address for fsspec, which each worker's machine then
    copies once. Raises ClusterError where the cluster cannot do it, and what ``Engine.ask`` raises.
    """
    if isinstance(questions, str):
        raise SettingError(f"questions is the text {questions!r}; give a list of questions, as in [{questions!r}]")
    place = folder if is_address(folder) else absolute(Path.cwd(), folder)
    if not is_address(folder):
        open_index(folder)  # what is wrong with it is better said here
    asking = Asking(place, identity(place), reader, threads, top, min_confidence, where)
    return _answers(questions, asking, address)


def _answers(questions: Iterable[str], asking: Asking, address: str) -> Iterator[Answer]:
    with connected(address) as client:
        left = iter(questions)
        waiting: deque[Any] = deque()
        while chunk := list(islice(left, CHUNK)):
            waiting.append(client.submit(ask_chunk, asking, chunk, pure=False, retries=RETRIES))
            if len(waiting) >= _AHEAD * lanes(client):
                yield from outcome(client, waiting.popleft())
        while waiting:
            yield from outcome(client, waiting.popleft())


def ask_chunk(asking: Asking, questions: Sequence[str]) -> list[Answer]:
    """The answers to some questions, in order; runs on a worker, which opens the index once."""
    with _opening:
        engine = _engine(asking.folder, asking.identity, asking.reader, asking.threads)
    return list(engine.ask_many(questions, top=asking.top, min_confidence=asking.min_confidence, where=asking.where))


@lru_cache(maxsize=1)
def _engine(folder: str, expected: str, reader: str | None, threads: int) -> Engine:
    try:
        seen = identity(folder)
        index = open_index(folder)
    except IndexFolderError as error:
        raise ClusterError(
            f"a worker cannot open the index ({error}); every worker must see it under the same path, "
            "or name it by an address that fsspec reaches"
        ) from error
    if seen != expected:
        raise ClusterError(f"{folder}: a worker sees another index there, or it was just replaced; try again")
    return Engine(index, reader=reader, threads=threads)
