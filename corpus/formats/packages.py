"""Files that are ZIP archives of XML, as office programs write them, opened with care."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a part may unpack to, in bytes, and how many times what it is packed in; beyond, it is a bomb. By hand.
_LARGEST_PART = 200_000_000
_MOST_PACKED = 200
_SMALL_PART = 10_000_000
_LARGEST_WHOLE = 600_000_000  # what all parts that are read may unpack to
# The "strict" form of the standard has names of its own for the same.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    *(
        (
            b"http://purl.oclc.org/ooxml/" + kind + b"/main",
            b"http://schemas.openxmlformats.org/" + kind + b"/2006/main",
        )
        for kind in (b"wordprocessingml", b"spreadsheetml", b"presentationml", b"drawingml")
    ),
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def outermost(root: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the elements of some kinds below another, none that is inside one of them."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
        elif isinstance(element.tag, str):
            waiting += reversed(element)


class Package:
    """The parts of an office file by name; raises SourceError, naming the file, where one cannot be had."""

    def __init__(self, data: bytes, source: str, kind: str) -> None:
        self._source, self._kind, self._unpacked = source, kind, 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename.replace("\\", "/"): info for info in self._archive.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise self.damaged(str(error)) from error

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in the order of the archive."""
        return list(self._parts)

    def main(self, usual: str) -> str:
        """The name of the part that all others hang on."""
        found = (name for kind, name in self.relations("").values() if kind == "officeDocument" and name in self)
        return next(found, usual)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        info = self._parts.get(name)
        if info is None:
            raise self.damaged(f"it has no part {name}")
        if info.flag_bits & 1:
            raise SourceError(f"{self._source}: is encrypted; save it without a password and try again")
        packed = max(1, info.compress_size)
        if info.file_size > _LARGEST_PART or (info.file_size > _SMALL_PART and info.file_size / packed > _MOST_PACKED):
            raise self.damaged(f"{name} would unpack to {info.file_size:,} bytes from {info.compress_size:,}")
        try:
            with self._archive.open(info) as part:
                data = part.read(_LARGEST_PART + 1)
        except Exception as error:
            raise self.damaged(f"{name}: {error}") from error
        if len(data) > _LARGEST_PART:
            raise self.damaged(f"{name} unpacks to more than {_LARGEST_PART:,} bytes")
        self._unpacked += len(data)
        if self._unpacked > _LARGEST_WHOLE:
            raise self.damaged(f"its parts unpack to more than {_LARGEST_WHOLE:,} bytes")
        return data

    def content(self, name: str) -> bytes:
        """The bytes of a part of XML, the names of its elements as in the usual form of the standard."""
        data = self.read(name)
        if b"purl.oclc.org" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points to, by the pointers' ids: the kind, in a word, and the name of the part."""
        folder, _, own = name.rpartition("/")
        path = f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels"
        if path not in self:
            return {}
        found = {}
        for pointer in self.xml(path).iter(_RELATION):
            target = pointer.get("Target") or ""
            if pointer.get("TargetMode") != "External":
                place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                kind = (pointer.get("Type") or "").rpartition("/")[2]
                found[pointer.get("Id") or ""] = kind, place.lstrip("/")
        return found

    def xml(self, name: str) -> _Element:
        """The root element of a part; no entity of it is resolved."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
        try:
            root = etree.fromstring(self.content(name), parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(f"{name}: {error}") from error
        if root is None:
            raise self.damaged(f"{name} holds no XML")
        return root

    def properties(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself, of the forms of Microsoft: its title, author, subject and description."""
        if "docProps/core.xml" not in self:
            return ()
        try:
            root = self.xml("docProps/core.xml")
        except SourceError:
            return ()
        names = (("title", "title"), ("author", "creator"), ("subject", "subject"), ("description", "description"))
        found = ((name, (root.findtext(f"{_DC}{tag}") or "").strip()) for name, tag in names)
        return tuple((name, value[:1000]) for name, value in found if value)

    def damaged(self, cause: str) -> SourceError:
        """What to raise where the file is not whole."""
        return SourceError(f"{self._source}: is no whole {self._kind} file ({cause}); save it anew and try again")
