"""One writer at a time for an index folder, by a lock of the system that dies with the process that holds it.

Readers need no lock: they find the old folder or the new one. Beside the folder ``NAME`` a writer has
``.NAME.lock``, which is locked, and ``.NAME.writer``, which says who it is. A writer that was killed may leave
both and a half-written folder behind; the next writer clears them away.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CitespanError, IndexFolderError
from corpus.records import Record
from index.folder.addresses import is_address
from index.folder.layout import check_replaceable
from index.folder.swap import delete, previous, recover

OnWait = Callable[[str], None]
"""Is told, in one sentence, who is being waited for."""

_held: ContextVar[frozenset[Path]] = ContextVar("_held", default=frozenset())


@dataclass(frozen=True, slots=True)
class Writer(Record):
    """The process that writes an index folder: its number, its machine, and since when (ISO 8601).

    >>> str(Writer(12, "mill", "2024-05-01T12:00:00+00:00"))
    'process 12 on mill, since 2024-05-01T12:00:00+00:00'
    """

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def writing(
    folder: str | os.PathLike[str], *, wait: float | None = None, on_wait: OnWait | None = None
) -> Iterator[Path]:
    """The folder's real path, for as long as no one else may write there.

    Where another writer is at work it is waited for, ``wait`` seconds at most (None: as long as it takes), and
    ``on_wait`` is told who that is. Whoever holds the lock may take it again. Raises IndexFolderError where the
    other writer is not done in time, no lock can be made, or the folder holds what no index may replace.
    """
    if is_address(folder):
        raise IndexFolderError(
            f"{folder}: is an address, and only an index in a folder of this machine can be written here; "
            "build one there with: qa index PATH... -o ADDRESS --cluster SCHEDULER"
        )
    target = Path(os.path.realpath(folder))
    if not target.name:
        raise IndexFolderError(
            f"{folder}: is the root of the file system, and an index goes into a folder with a name; "
            "name a new folder: qa index ... -o DIR"
        )
    if target in _held.get():
        yield target
        return
    from filelock import FileLock, Timeout  # tens of milliseconds that readers are spared

    lock = FileLock(_beside(target, "lock"), thread_local=False)
    with _written(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0)
        if not lock.is_locked and not _beside(target, "lock").exists():
            _beside(target, "lock").touch()  # where no file can be made, there is no one to wait for
    if not lock.is_locked:
        if wait != 0 and on_wait is not None:
            on_wait(f"waiting for the writer of {folder} ({_known_writer(target)})")
        with _written(folder):
            try:
                lock.acquire(timeout=-1 if wait is None else wait)
            except Timeout:
                raise IndexFolderError(
                    f"{folder}: another writer is at work ({_known_writer(target)}), and was not done within "
                    f"{wait:g} s; try again later, or wait longer: qa index ... --wait SECONDS"
                ) from None
    token = _held.set(_held.get() | {target})
    try:
        with _written(folder):
            _sign(target)
            recover(target)
            _clear(target)
            check_replaceable(target)  # before anything is read for what would replace it
        yield target
    finally:
        _held.reset(token)
        _beside(target, "writer").unlink(missing_ok=True)
        if os.name == "posix":  # whoever waits for the file that is gone notices that, and locks a new one
            _beside(target, "lock").unlink(missing_ok=True)
        lock.release()


@contextmanager
def _written(folder: str | os.PathLike[str]) -> Iterator[None]:
    """Raises IndexFolderError for what the system has against writing there."""
    try:
        yield
    except CitespanError:
        raise
    except OSError as error:
        raise IndexFolderError(
            f"{folder}: the index cannot be written ({error.strerror or error}); "
            "name a folder that can be written: qa index ... -o DIR"
        ) from error


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _sign(folder: Path) -> None:
    """Writes down who holds the lock."""
    import socket
    from datetime import datetime

    writer = Writer(os.getpid(), socket.gethostname(), datetime.now().astimezone().isoformat(timespec="seconds"))
    _beside(folder, "writer").write_text(json.dumps(writer.to_dict()) + "\n", encoding="utf-8")


def _known_writer(folder: Path) -> str:
    """Who holds the lock, in words."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return str(Writer(**json.loads(_beside(folder, "writer").read_text(encoding="utf-8"))))
    return "it has not said who it is"


def _clear(folder: Path) -> None:
    """Deletes what killed writers have left beside the folder."""
    unfinished = re.compile(rf"\.{re.escape(folder.name)}\.[0-9a-f]{{8}}\.new")
    for entry in sorted(folder.parent.iterdir()):
        if unfinished.fullmatch(entry.name):
            delete(entry)
    if folder.exists():
        delete(previous(folder))
