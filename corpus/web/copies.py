"""Kept copies of web pages: one folder for what an address leads to, with the pages as they came and a list of them.

The list, ``.copies.jsonl``, begins with a line for the address. A line for each page follows, the last one of a page
counts; each is written as the page comes, so that what a fetch that was stopped has got is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.contents import Content
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.files import iterate_data
from corpus.paths import shown
from corpus.records import Record
from corpus.skipped import OnSkip
from corpus.web.addresses import file_of

LIST = ".copies.jsonl"
"""The file that makes a folder one of copies."""

_PATIENCE = 600.0  # seconds for another process that fetches the same


@dataclass(frozen=True, slots=True)
class Copy(Record):
    """A kept page: the address it was asked at and the one that gave it, its ``file`` in the folder, and the answer.

    ``date`` is when these bytes came first (ISO 8601, UTC), ``sha256`` is theirs. One that is ``whole`` is one
    document, whatever its format calls the parts. A copy that is ``gone`` was deleted, with its page.
    """

    asked: str
    url: str
    file: str
    date: str
    sha256: str
    size: int
    type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    whole: bool = False
    gone: bool = False

    def decoded(self, data: Content) -> Content:
        """The bytes, in UTF-8 where the server alone has said that they are in another encoding."""
        if not isinstance(data, bytes) or self.charset in ("", "utf-8", "utf8") or "xml" in self.type:
            return data
        if not self.type.startswith("text/"):
            return data
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            # As in browsers, ISO-8859-1 and ASCII mean Windows-1252.
            charset = "cp1252" if self.charset in ("iso-8859-1", "latin1", "us-ascii") else self.charset
            try:
                return data.decode(charset).encode("utf-8")
            except (LookupError, UnicodeError):
                return data
        return data

    def source(self, source: str, name: str) -> str:
        """The address and the part of it: the source of a document whose format calls the file ``name``."""
        if not source.startswith(name):
            return source
        part = "" if self.whole else source[len(name) :].lstrip(":/")
        return f"{self.url}#{part}" if part else self.url


class Copies:
    """The copies in one folder; ``address`` is what led to them, ``pages`` how many were to be read at most."""

    def __init__(self, folder: Path, address: str, pages: int | None = None) -> None:
        self.folder = folder
        self.address = address
        self.pages = pages
        self._copies: dict[str, Copy] = {}
        self._files: dict[str, Copy] = {}
        self._urls: dict[str, str] = {}  # what gave each page, and what it was asked at
        self._taken: dict[str, bool] = {}  # each file and folder in small letters, and whether it is a file

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Copies | None:
        """The copies in a folder, or None where it is no folder of copies; raises SourceError for a damaged list."""
        place = Path(folder)
        if not os.path.isfile(place / LIST):  # noqa: PTH113 (a folder that may not be looked into has none either)
            return None
        try:
            lines = (place / LIST).read_bytes().split(b"\n")
        except OSError as error:
            raise SourceError(f"{place / LIST}: cannot be read ({error.strerror or error})") from error
        try:
            head = json.loads(lines[0])
            copies = cls(place, head["address"], head["pages"])
            for line in lines[1:-1]:  # what stands after the last line end was cut off
                copies._note(Copy(**json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise SourceError(
                f"{place / LIST}: damaged: no list of copies of web pages ({error}); delete the folder and fetch anew"
            ) from error
        return copies

    def __iter__(self) -> Iterator[Copy]:
        """The copies that are there, in the order in which they came."""
        return (copy for copy in self._copies.values() if not copy.gone)

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def get(self, asked: str) -> Copy | None:
        """The copy of a page by the address it was asked at, if its file is there."""
        copy = self._copies.get(asked)
        return copy if copy is not None and not copy.gone and (self.folder / copy.file).is_file() else None

    def named(self, url: str) -> Copy | None:
        """The copy of a page by either address."""
        return self.get(url) or self.get(self._urls.get(url, url))

    def of(self, file: str) -> Copy | None:
        """What is known of a file in the folder, also of one that is gone."""
        return self._files.get(file)

    def put(self, copy: Copy, body: bytes, suffix: str, *, alone: bool) -> Copy:
        """Keeps a page, under a new name unless it has one with that suffix; what is the same stays as it is.

        Raises SourceError where it cannot be written.
        """
        old = self.get(copy.asked)
        copy = replace(copy, sha256=hashlib.sha256(body).hexdigest(), size=len(body))
        if old is not None and old.file.endswith(suffix):
            copy = replace(copy, file=old.file)
            if old.sha256 == copy.sha256:
                self._append(replace(copy, date=old.date))
                return copy
        else:
            copy = replace(copy, file=self._free(copy.url, suffix, alone))
        try:
            place = self.folder / copy.file
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_name(f".{hashlib.sha256(place.name.encode()).hexdigest()[:16]}.new")
            unfinished.write_bytes(body)
            unfinished.replace(place)
        except OSError as error:
            raise SourceError(
                f"{copy.asked}: no copy can be kept in {self.folder} ({error.strerror or error})"
            ) from error
        if old is not None and old.file != copy.file:
            self._delete(old)
        self._append(copy)
        return copy

    def remove(self, copy: Copy) -> None:
        """Deletes a copy."""
        self._delete(copy)
        self._append(replace(copy, gone=True))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """No other process fetches into the folder meanwhile; in the end the list is written anew, each page once."""
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=_PATIENCE):
                newest = Copies.load(self.folder)
                if newest is not None:
                    for copy in newest._copies.values():
                        self._note(copy)
                self._write()
                try:
                    yield
                finally:
                    self._write()
        except Timeout as error:
            raise SourceError(f"{self.address}: another process has been fetching it for {_PATIENCE:g} s") from error
        except SourceError:
            raise
        except OSError as error:
            raise SourceError(
                f"{self.address}: no copy can be kept in {self.folder} ({error.strerror or error}); free some space or "
                "name a folder that can be written"
            ) from error

    def _free(self, url: str, suffix: str, alone: bool) -> str:
        """A name for a new file that neither a file nor a folder has, on any system."""
        name = file_of(url, suffix, alone=alone)
        parts = [part.casefold() for part in _parts(name)]
        if parts[-1] in self._taken or any(part in self._taken and self._taken[part] for part in parts):
            name = file_of(url, suffix, alone=alone, taken=True)
        return name

    def _note(self, copy: Copy) -> None:
        self._copies[copy.asked] = self._files[copy.file] = copy
        self._urls[copy.url] = copy.asked
        *folders, file = [part.casefold() for part in _parts(copy.file)]
        self._taken.update(dict.fromkeys(folders, False))
        self._taken[file] = True

    def _delete(self, copy: Copy) -> None:
        (self.folder / copy.file).unlink(missing_ok=True)

    def _append(self, copy: Copy) -> None:
        self._note(copy)
        with (self.folder / LIST).open("ab") as file:
            file.write(_line(copy.to_dict()))

    def _write(self) -> None:
        unfinished = self.folder / f"{LIST}.new"
        head = {"address": self.address, "pages": self.pages}
        unfinished.write_bytes(b"".join([_line(head), *(_line(copy.to_dict()) for copy in self._copies.values())]))
        unfinished.replace(self.folder / LIST)


def drop_unused(place: Path, used: Iterable[str | os.PathLike[str]]) -> None:
    """Deletes the folders of copies in a folder but for those that are used, and the folder where nothing is left."""
    if not place.is_dir():
        return
    kept = {os.path.realpath(folder) for folder in used}
    for folder in sorted(place.iterdir()):
        if os.path.realpath(folder) not in kept and (folder / LIST).is_file():
            shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        place.rmdir()


def _line(record: Mapping[str, object]) -> bytes:
    return json.dumps(record).encode("ascii") + b"\n"


def _parts(file: str) -> list[str]:
    """A path and the folders on its way: "a/b/c" gives a, a/b and a/b/c."""
    names = file.split("/")
    return ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]


class Origins:
    """Says of the files below some roots which web pages they are copies of; for other roots, nothing."""

    def __init__(self, roots: list[Path], *, base: Path) -> None:
        self._found = [(root.as_posix(), Copies.load(base / root)) for root in roots]

    def copy_of(self, path: Path, root: int) -> Copy | None:
        """The copy that a file is."""
        place, copies = self._found[root]
        return copies.of(path.as_posix().removeprefix(f"{place}/")) if copies is not None else None

    def named(self, path: str) -> str:
        """A path, or the address of the page that it is a copy of; what follows the file's name stays."""
        for place, copies in self._found:
            if copies is None or not path.startswith(f"{place}/"):
                continue
            rest = path[len(place) + 1 :]
            copy = copies.of(rest)
            if copy is not None:
                return copy.url
            found = max(
                (each for each in copies if rest.startswith(each.file)), key=lambda each: len(each.file), default=None
            )
            return f"{found.url}{rest[len(found.file) :]}" if found is not None else path
        return path

    def telling(self, on_skip: OnSkip) -> OnSkip:
        """Passes on what was left out, under the addresses of pages."""
        return lambda skip: on_skip(replace(skip, path=self.named(skip.path)))


def iterate_copy(data: Content, path: Path, on_skip: OnSkip, copy: Copy | None) -> Iterator[Document]:
    """The documents of a file; those of a copy have the page's address as their source, and when it was fetched.

    Raises SourceError as ``iterate_data`` does.
    """
    name = path.as_posix()
    if copy is None:
        yield from iterate_data(data, name, on_skip)
        return
    for document in iterate_data(copy.decoded(data), name, on_skip):
        facts = (*document.metadata, ("fetched", copy.date))
        yield replace(document, source=copy.source(document.source, shown(name)), metadata=facts)
