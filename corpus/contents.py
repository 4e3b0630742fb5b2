"""What a source file holds: its bytes, or, of a large file, where they can be read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError

LARGE = 64_000_000
"""Bytes from which on a file stays on disk for the formats that are read line by line."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A file too large to be held; ``name`` is what messages call it.

    ``plain_utf8`` says whether it is UTF-8 without a NUL, which ``corpus.fingerprints.load`` finds out.
    Reading raises SourceError where the file cannot be read any more.
    """

    path: Path
    name: str
    plain_utf8: bool = False

    def blocks(self) -> Iterator[bytes]:
        """The bytes of the file, a megabyte at a time."""
        try:
            with self.path.open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block
        except OSError as error:
            raise unreadable(self.name, error) from error

    def lines(self) -> Iterator[bytes]:
        """The lines of the file, without their line ends."""
        try:
            with self.path.open("rb") as file:
                for line in file:
                    yield line.removesuffix(b"\n")
        except OSError as error:
            raise unreadable(self.name, error) from error

    def whole(self) -> bytes:
        """All bytes of the file."""
        return b"".join(self.blocks())


Content = bytes | LargeFile


def unreadable(name: str, error: OSError) -> SourceError:
    """What to raise where a file cannot be read."""
    return SourceError(f"{name}: cannot be read ({error.strerror or error})")
