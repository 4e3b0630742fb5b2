"""What is remembered of a source file, so that a later look can tell whether it has changed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.contents import LARGE, Content, LargeFile, unreadable
from corpus.encodings import is_plain_utf8
from corpus.records import Record

# A file that changes twice within one tick of its file system's clock keeps its time; FAT's tick, 2 s, is the longest.
_TICK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Fingerprint(Record):
    """A source file as it was when it was read: its size in bytes, its times and number on disk, and its SHA-256.

    ``mtime_ns`` is 0 where the file had changed so shortly before that the times cannot tell a later change.
    ``ctime_ns`` and ``inode`` change with a file that is put in the place of another and given its time, as archives
    and mirrors do; 0 where they are not known.
    ``root`` is the number of the path, among those that were named, which led to the file. ``renamed`` pairs
    the id of each document with the one it would have if no other document had that. ``left_out`` holds the
    ids that documents of the file would have which were removed by id.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    root: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    ctime_ns: int = 0
    inode: int = 0

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Fingerprint:
        """The fingerprint that ``to_dict`` gave; raises TypeError, KeyError or ValueError for anything else.

        >>> seen = Fingerprint("a.txt", 3, 0, "9f", renamed=(("a-2", "a"),))
        >>> Fingerprint.from_dict(seen.to_dict()) == seen
        True
        """
        renamed = tuple((name, wanted) for name, wanted in fields["renamed"])
        return cls(**{**fields, "renamed": renamed, "left_out": tuple(fields["left_out"])})

    def unchanged(self, path: Path) -> bool:
        """Whether the file at a path is there and its size, times and number on disk are still these."""
        try:
            status = path.stat()
        except OSError:
            return False
        found = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
        return self.mtime_ns != 0 and found == (self.size, self.mtime_ns, self.ctime_ns, self.inode)


def load(path: Path, name: str, root: int = 0) -> tuple[Content, Fingerprint]:
    """What a file holds, and the fingerprint of just that under a name.

    Raises SourceError where the file cannot be read.
    """
    try:
        now = time.time_ns()
        status = path.stat()  # before reading: what changes meanwhile is then seen to have changed
        content = LargeFile(path, name) if status.st_size >= LARGE else path.read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error
    size, digest = 0, hashlib.sha256()

    def hashed(blocks: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal size
        for block in blocks:
            size += len(block)
            digest.update(block)
            yield block

    if isinstance(content, LargeFile):
        blocks = hashed(content.blocks())
        content = replace(content, plain_utf8=is_plain_utf8(blocks))  # in the same look at the file
    else:
        blocks = hashed((content,))
    for _ in blocks:
        pass
    settled = status.st_mtime_ns + _TICK_NS < now and status.st_size == size
    times = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino) if settled else (0, 0, 0)
    mtime, ctime, inode = times
    return content, Fingerprint(name, size, mtime, digest.hexdigest(), root, ctime_ns=ctime, inode=inode)
