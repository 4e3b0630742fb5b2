"""ZIP and TAR archives: each file inside is read by its own format, in memory; nothing is written to disk."""

from __future__ import annotations

import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import IO, TypeVar

from corpus.contents import Content, LargeFile
from corpus.documents import Document
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.inside import DEEPEST, Inside
from corpus.skipped import OnSkip, SkippedFile

T = TypeVar("T")  # what stands for a file in an archive

# What bounds an archive, by hand: the bytes of one file in it, how many times its packed size a file may be from
# some size on, and how many files are read.
LARGEST = 500_000_000
MOST_PACKED = 300
SMALL = 10_000_000
_MOST_FILES = 100_000

# What damaged archives make the standard library raise.
DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError,
    RuntimeError, OSError, OverflowError, IndexError,
)  # fmt: skip
_UNSAFE = re.compile("[\0-\x1f\x7f\ud800-\udfff]")


def read_zip(data: Content, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of the files in a ZIP archive."""
    refuse_depth(source, inside)
    try:
        archive = zipfile.ZipFile(data.path if isinstance(data, LargeFile) else io.BytesIO(data))
    except DAMAGED as error:
        raise SourceError(f"{source}: is no whole ZIP archive ({error}); pack it anew and try again") from error
    with archive:
        files = [(info.filename, info) for info in archive.infolist() if not info.filename.endswith("/")]
        if not files:
            raise EmptySourceError(f"{source}: is empty: an archive without files")
        for name, info in _counted(files, source, on_skip):
            place = f"{source}/{name}"
            why = inside.reason(name) or ("is encrypted; unpack it and index that" if info.flag_bits & 1 else None)
            why = why or too_large(info.file_size, info.compress_size, inside)
            if why:
                on_skip(SkippedFile(place, why))
                continue
            try:
                with archive.open(info) as file:
                    content = file.read(info.file_size + 1)
            except DAMAGED as error:
                on_skip(SkippedFile(place, f"is damaged in the archive ({error})"))
                continue
            yield from _member(content, source, name, on_skip, inside)


def read_tar(data: Content, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of the files in a TAR archive."""
    refuse_depth(source, inside)
    with data.path.open("rb") if isinstance(data, LargeFile) else io.BytesIO(data) as file:
        yield from read_tar_stream(file, source, on_skip, inside)


def read_tar_stream(file: IO[bytes], source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of the files in a TAR archive, read once from its beginning to its end."""
    count = 0
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            members = ((member.name, member) for member in archive if not member.isdir())
            for name, member in _counted(members, source, on_skip):
                count += 1
                place = f"{source}/{name}"
                why = None if member.isreg() else "is a link or a device, and no file"
                why = why or inside.reason(name) or too_large(member.size, member.size, inside)
                if why:
                    on_skip(SkippedFile(place, why))
                    continue
                content = archive.extractfile(member)
                yield from _member(content.read() if content else b"", source, name, on_skip, inside)
    except SourceError:
        raise
    except DAMAGED as error:
        if not count:
            raise SourceError(f"{source}: is no whole TAR archive ({error}); pack it anew and try again") from error
        on_skip(SkippedFile(source, f"is damaged after {count:,} files ({error}); the rest is left out"))
    if not count:
        raise EmptySourceError(f"{source}: is empty: an archive without files")


def _counted(files: Iterable[tuple[str, T]], source: str, on_skip: OnSkip) -> Iterator[tuple[str, T]]:
    """The files with their names made safe, hidden ones passed over, until there are too many."""
    for number, (name, file) in enumerate(files):
        if number >= _MOST_FILES:
            on_skip(SkippedFile(source, f"holds more than {_MOST_FILES:,} files; the rest is left out"))
            return
        parts = safe_parts(name)
        if not parts:
            on_skip(
                SkippedFile(f"{source}/{number + 1}", "is a file without a name; unpack the archive and index that")
            )
        elif not any(part.startswith(".") or part in ("__pycache__", "__MACOSX") for part in parts):
            yield "/".join(parts), file


def _member(content: bytes, source: str, name: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """The documents of one file of an archive."""
    inside.spend(len(content))
    own = PurePath(source).name
    yield from inside.read(content, f"{source}/{name}", id=f"{own}/{name}", on_skip=on_skip)


def safe_parts(name: str) -> list[str]:
    """Return the parts of a file's name in an archive, none of which leads out of it.

    >>> safe_parts("../up/./rates.csv"), safe_parts("C:\\\\rates.csv")
    (['up', 'rates.csv'], ['rates.csv'])
    """
    parts = _UNSAFE.sub("\ufffd", name).replace("\\", "/").split("/")
    return [part for part in parts if part not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)]


def refuse_depth(source: str, inside: Inside) -> None:
    """Raise SourceError for an archive that lies in too many others."""
    if inside.depth > DEEPEST:
        raise SourceError(f"{source}: is an archive in {DEEPEST} others; unpack it and index that")


def too_large(size: int, packed: int, inside: Inside) -> str | None:
    """Return why a file inside is left out for its size, None if it is not."""
    if size > LARGEST:
        return f"would unpack to {size:,} bytes; files inside are read up to {LARGEST:,}"
    if size > SMALL and size > MOST_PACKED * max(packed, 1):
        return f"would unpack to {size:,} bytes from {packed:,}; no honest file does"
    if size > inside.left:
        return "is left out: the files inside take up too much together; unpack it and index that"
    return None
