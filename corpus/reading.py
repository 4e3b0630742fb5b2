"""Reads files and folders: the documents, under ids that are unique, and the fingerprints of the files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.contents import Content
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.fingerprints import Fingerprint, load
from corpus.formats.base import slug
from corpus.formats.files import iterate_data
from corpus.paths import absolute
from corpus.skipped import OnSkip, SkippedFile
from corpus.walk import check_roots, walk


class Ids:
    """Gives each document an id that no earlier one has."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._last: dict[str, int] = {}

    def unique(self, wanted: str, path: Path, root: Path) -> str:
        """Return the id itself, else that of the path inside the root, else that with the first free number.

        >>> ids = Ids()
        >>> [ids.unique("tea", Path("x", name, "tea.txt"), Path("x")) for name in ("a", "b", "b")]
        ['tea', 'b-tea', 'b-tea-2']
        """
        unique = wanted
        if wanted in self.taken:
            if path != root and slug(path.stem) == wanted:
                wanted = unique = slug(path.relative_to(root).with_suffix("").as_posix())
            number = self._last.get(wanted, 1)
            while unique in self.taken:
                number += 1
                unique = f"{wanted}-{number}"
            self._last[wanted] = number
        self.taken.add(unique)
        return unique


class Reading:
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
        for number, path in walk(self.roots, base=self.base, on_skip=self._on_skip):
            try:
                data, seen = load(self.base / path, path.as_posix(), number)
            except SourceError as error:
                self._on_skip(skipped(path, error))
                continue
            renamed, count = [], 0
            for document in parse(data, path, self._on_skip):
                unique = ids.unique(document.id, path, self.roots[number])
                if unique != document.id:
                    renamed.append((unique, document.id))
                count += 1
                yield document if unique == document.id else replace(document, id=unique)
            if count:
                self.files.append(replace(seen, renamed=tuple(renamed)))
                self.counts.append(count)


def parse(data: Content, path: Path, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the documents of what a file holds, under ids that need not be unique; what cannot be read is skipped."""
    try:
        yield from iterate_data(data, path.as_posix(), on_skip)
    except SourceError as error:
        on_skip(skipped(path, error))


def skipped(path: Path, error: SourceError) -> SkippedFile:
    """Return what to say of a file that cannot be read."""
    return SkippedFile(path.as_posix(), str(error).removeprefix(f"{path.as_posix()}: "))
