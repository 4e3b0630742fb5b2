"""Files packed by gzip, bzip2 or xz: one file, which is read by its own format, or a TAR archive."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO, Any

from corpus.contents import Content, LargeFile
from corpus.documents import Document
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.archive import DAMAGED, LARGEST, MOST_PACKED, SMALL, read_tar_stream, refuse_depth
from corpus.formats.base import id_of
from corpus.formats.inside import Inside
from corpus.formats.mediawiki import read_stream
from corpus.formats.signs import is_export, is_tar
from corpus.skipped import OnSkip

_HEAD = 4_096  # bytes that tell what is inside
_INNER = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


class _Bounded(io.RawIOBase):
    """What a packed file unpacks to, as far as it is no bomb."""

    def __init__(self, file: IO[bytes], source: str, packed: int, inside: Inside) -> None:
        self._file, self._source, self._packed, self._inside = file, source, packed, inside
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except DAMAGED as error:
            raise SourceError(f"{self._source}: is damaged ({error}); pack it anew and try again") from error
        self._size += len(data)
        if self._size > 10 * SMALL and self._size > MOST_PACKED * self._packed:
            raise SourceError(
                f"{self._source}: unpacks to more than {self._size:,} bytes from {self._packed:,}; no honest file does"
            )
        buffer[: len(data)] = data
        return len(data)


def _reader(opener: Callable[[Any], Any]) -> Callable[..., Iterator[Document]]:
    def read(data: Content, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
        refuse_depth(source, inside)
        packed = data.path.stat().st_size if isinstance(data, LargeFile) else len(data)
        with opener(data.path if isinstance(data, LargeFile) else io.BytesIO(data)) as unpacked:
            file = io.BufferedReader(_Bounded(unpacked, source, packed, inside), 1 << 16)
            head = file.peek(_HEAD)
            name = PurePath(source).stem + _INNER.get(PurePath(source).suffix.lower(), "")
            if is_tar(head) or name.lower().endswith(".tar"):
                yield from read_tar_stream(file, source, on_skip, inside)
                return
            if is_export(head):
                yield from read_stream(file, source, on_skip)
                return
            yield from _single(file, source, name, on_skip, inside)

    return read


def _single(file: IO[bytes], source: str, name: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """The documents of the only file inside."""
    content = file.read(min(LARGEST, inside.left) + 1)
    if len(content) > min(LARGEST, inside.left):
        raise SourceError(f"{source}: unpacks to more than {LARGEST:,} bytes; unpack it and index that")
    if not content.strip():
        raise EmptySourceError(f"{source}: is empty")
    inside.spend(len(content))
    place = f"{source}/{name}"
    try:
        yield from inside.documents(content, place, id=id_of(name), on_skip=on_skip)
    except SourceError as error:
        raise type(error)(f"{source}: {str(error).removeprefix(f'{place}: ')}") from error


read_gzip = _reader(gzip.open)
read_bzip2 = _reader(bz2.open)
read_xz = _reader(lzma.open)
