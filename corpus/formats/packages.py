"""Files that are ZIP archives of XML, as office programs write them, opened with care."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from corpus.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a part may unpack to, in bytes, and how many times what it is packed in; beyond, it is a bomb. By hand.
_LARGEST_PART = 200_000_000
_MOST_PACKED = 200
_SMALL_PART = 10_000_000
# The "strict" form of the standard has names of its own for the same.
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)


class Package:
    """The parts of an office file by name; raises SourceError, naming the file, where one cannot be had."""

    def __init__(self, data: bytes, source: str, kind: str) -> None:
        self._source, self._kind = source, kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._archive.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise self._damaged(str(error)) from error

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in the order of the archive."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        info = self._parts.get(name)
        if info is None:
            raise self._damaged(f"it has no part {name}")
        if info.flag_bits & 1:
            raise SourceError(f"{self._source}: is encrypted; save it without a password and try again")
        packed = max(1, info.compress_size)
        if info.file_size > _LARGEST_PART or (info.file_size > _SMALL_PART and info.file_size / packed > _MOST_PACKED):
            raise self._damaged(f"{name} would unpack to {info.file_size:,} bytes from {info.compress_size:,}")
        try:
            with self._archive.open(info) as part:
                data = part.read(_LARGEST_PART + 1)
        except Exception as error:
            raise self._damaged(f"{name}: {error}") from error
        if len(data) > _LARGEST_PART:
            raise self._damaged(f"{name} unpacks to more than {_LARGEST_PART:,} bytes")
        return data

    def xml(self, name: str) -> _Element:
        """The root element of a part; no entity of it is resolved."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
        try:
            root = etree.fromstring(self.read(name).replace(*_STRICT), parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(f"{name}: {error}") from error
        if root is None:
            raise self._damaged(f"{name} holds no XML")
        return root

    def _damaged(self, cause: str) -> SourceError:
        return SourceError(f"{self._source}: is no whole {self._kind} file ({cause}); save it anew and try again")
