"""How the files of an index look from outside, to see that something changed without reading any."""

from __future__ import annotations

from pathlib import Path

from corpus.skipped import SkippedFile
from corpus.walk import walk
from index.data.origin import Origin

Appearance = tuple[tuple[str, int, int, int, int], ...]
"""Of each readable file: its path, size in bytes, times in nanoseconds and number on disk."""


def appearance(origin: Origin) -> Appearance:
    """The files below the paths that an index was built from, as they are now; one that is gone is not there."""
    hidden = {origin.full(entry) for entry in origin.left_out}
    base = Path(origin.base)

    def unseen(_: SkippedFile) -> None:
        """An update tells what cannot be read."""

    found = []
    for _, path in walk([Path(root) for root in origin.roots], base=base, left_out=hidden, on_skip=unseen):
        try:
            status = (base / path).stat()
        except OSError:
            continue
        found.append((path.as_posix(), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return tuple(found)
