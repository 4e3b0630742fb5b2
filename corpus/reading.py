"""Reads files and folders: the documents, under ids that are unique, and the fingerprints of the files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from corpus.contents import Content
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.fingerprints import Fingerprint, load
from corpus.formats.base import slug
from corpus.paths import absolute, shown
from corpus.skipped import OnSkip, SkippedFile
from corpus.walk import check_roots, walk
from corpus.web.copies import Copy, Origins, iterate_copy


class Ids:
    """Gives each document an id that no earlier one has.

    Of each id 8 bytes of its hash are kept, so that there may be many millions. Two ids of one hash, which among
    ten million documents happens once in 400,000 times, are told apart by a number that neither needed.
    """

    def __init__(self) -> None:
        self._taken = _Keys()
        self._last: dict[str, int] = {}

    def __len__(self) -> int:
        """How many were given."""
        return len(self._taken)

    def unique(self, wanted: str, path: Path, root: Path) -> str:
        """The id itself, else that of the path inside the root, else that with the first free number.

        >>> ids = Ids()
        >>> [ids.unique("tea", Path("x", name, "tea.txt"), Path("x")) for name in ("a", "b", "b")]
        ['tea', 'b-tea', 'b-tea-2']
        """
        if self._taken.add(_key(wanted)):
            return wanted
        if path != root and slug(shown(path.stem)) == wanted:
            wanted = slug(shown(path.relative_to(root).with_suffix("").as_posix()))
            if self._taken.add(_key(wanted)):
                return wanted
        number = self._last.get(wanted, 1) + 1
        while not self._taken.add(_key(f"{wanted}-{number}")):
            number += 1
        self._last[wanted] = number
        return f"{wanted}-{number}"


def _key(id: str) -> int:
    """A number from 1 to 2**64 - 1 for an id."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


class _Keys:
    """A set of numbers from 1 to 2**64 - 1, evenly spread, in 16 to 32 bytes each: open addressing."""

    def __init__(self) -> None:
        self._slots = memoryview(bytearray(8 << 10)).cast("Q")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, key: int) -> bool:
        """Whether the key is new; from now on it is not."""
        slots, mask = self._slots, len(self._slots) - 1
        place = key & mask
        while slots[place]:
            if slots[place] == key:
                return False
            place = (place + 1) & mask
        slots[place] = key
        self._count += 1
        if 2 * self._count > len(slots):
            self._slots, self._count = memoryview(bytearray(16 * len(slots))).cast("Q"), 0
            for old in slots:
                if old:
                    self.add(old)
        return True


class SourceReading:
    """The documents of files and folders, to be iterated once.

    ``files`` grows while it is iterated: the fingerprint of each file that gave a document, in order, and
    ``counts``, how many documents each gave. ``roots`` are the paths as given, each once, seen from ``base``.
    Raises SourceError at once for a path that does not exist.
    """

    def __init__(self, paths: Sequence[str | os.PathLike[str]], *, on_skip: OnSkip) -> None:
        self.base = Path.cwd()
        given: dict[str, Path] = {}
        for path in paths:
            given.setdefault(absolute(self.base, path), Path(path))
        self.roots = list(given.values())
        self.files: list[Fingerprint] = []
        self.counts: list[int] = []
        self._on_skip = on_skip
        check_roots(self.roots, base=self.base)

    def __iter__(self) -> Iterator[Document]:
        ids = Ids()
        origins = Origins(self.roots, base=self.base)
        on_skip = origins.telling(self._on_skip)
        for number, path in walk(self.roots, base=self.base, on_skip=on_skip):
            try:
                data, seen = load(self.base / path, path.as_posix(), number)
            except SourceError as error:
                on_skip(skipped(path, error))
                continue
            renamed, count = [], 0
            for document in parse(data, path, on_skip, origins.copy_of(path, number)):
                unique = ids.unique(document.id, path, self.roots[number])
                if unique != document.id:
                    renamed.append((unique, document.id))
                count += 1
                yield document if unique == document.id else replace(document, id=unique)
            if count:
                self.files.append(replace(seen, renamed=tuple(renamed)))
                self.counts.append(count)


def parse(data: Content, path: Path, on_skip: OnSkip, copy: Copy | None = None) -> Iterator[Document]:
    """The documents of what a file holds, under ids that need not be unique; what cannot be read is skipped.

    ``copy`` says of which web page the file is a copy, if it is one.
    """
    return reported(iterate_copy(data, path, on_skip, copy), path, on_skip)


def reported(documents: Iterator[Document], path: Path, on_skip: OnSkip) -> Iterator[Document]:
    """Yields the documents of a file until one cannot be read, which ``on_skip`` is told."""
    try:
        yield from documents
    except SourceError as error:
        on_skip(skipped(path, error))


def skipped(path: Path, error: SourceError) -> SkippedFile:
    """What to say of a file that cannot be read."""
    name = path.as_posix()
    return SkippedFile(name, str(error).removeprefix(f"{name}: ").removeprefix(f"{shown(name)}: "))
