"""Files inside a file: members of an archive, attachments of a message. Each is read by its own format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.contents import Content
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.base import id_of
from corpus.skipped import OnSkip, SkippedFile

DEEPEST = 2
"""How many files may lie around one, inside each other, for it to be read."""

_MOST_UNPACKED = 4_000_000_000  # bytes of all files inside a file and inside these. By hand.


class Inside:
    """Reads the files inside a file. ``depth`` counts the files around them, ``left`` the bytes they may have yet."""

    def __init__(
        self,
        iterate: Callable[[Content, str, OnSkip, Inside | None], Iterator[Document]],
        suffixes: Callable[[], Sequence[str]],
        around: Inside | None = None,
    ) -> None:
        self._iterate = iterate
        self._suffixes = frozenset(suffixes())
        self._around = around
        self._left = _MOST_UNPACKED
        self.depth: int = 1 if around is None else around.depth + 1

    @property
    def left(self) -> int:
        """How many bytes may still be unpacked from the outermost file."""
        return self._left if self._around is None else self._around.left

    def spend(self, size: int) -> None:
        """Note that so many bytes were unpacked."""
        if self._around is None:
            self._left -= size
        else:
            self._around.spend(size)

    def is_readable(self, name: str) -> bool:
        """Whether the suffix of a name is that of a format."""
        return PurePosixPath(name).suffix.lower() in self._suffixes

    def reason(self, name: str) -> str | None:
        """Why a file inside is not read at all, None if it is."""
        if self.depth > DEEPEST:
            return f"lies in more than {DEEPEST} files inside each other; take it out and index that"
        if not self.is_readable(name):
            return f"no reader for {PurePosixPath(name).suffix.lower() or 'a name without suffix'}"
        return None

    def read(self, data: Content, source: str, *, id: str, on_skip: OnSkip) -> Iterator[Document]:
        """Yield the documents of a file inside, under ids that begin with its own; what cannot be read is skipped."""
        why = self.reason(source)
        if why is not None:
            on_skip(SkippedFile(source, why))
            return
        try:
            yield from self.documents(data, source, id=id, on_skip=on_skip)
        except SourceError as error:
            on_skip(SkippedFile(source, str(error).removeprefix(f"{source}: ")))

    def documents(self, data: Content, source: str, *, id: str, on_skip: OnSkip) -> Iterator[Document]:
        """Yield the documents of a file inside; raises SourceError where it cannot be read."""
        own = id_of(source)
        for document in self._iterate(data, source, on_skip, self):
            inner = document.id.removeprefix(f"{own}/").removeprefix(f"{PurePosixPath(source).name}/")
            yield replace(document, id=id if document.id == own else f"{id}/{inner}")
