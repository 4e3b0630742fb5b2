"""What an index knows of its documents: their texts, sections, passages and sentences, as flat arrays.

Texts are kept as UTF-8 and every passage knows its bytes, so that one passage is decoded alone. The arrays
may lie in memory or be mapped from files: nothing here reads more than what is asked for.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from mmap import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Section
from corpus.errors import SourceError
from corpus.records import Record

Bytes = bytes | mmap

DOCUMENT = np.dtype([("record", "<i8"), ("text", "<i8"), ("passage", "<i8"), ("section", "<i8")])
PASSAGE = np.dtype(
    [
        ("document", "<i4"),
        ("path", "<i4"),
        ("start", "<i4"),
        ("end", "<i4"),
        ("byte_start", "<i8"),
        ("byte_end", "<i8"),
        ("sentence", "<i8"),
        ("sentences", "<i8"),
    ]
)
SECTION = np.dtype([("path", "<i4"), ("start", "<i4"), ("end", "<i4")])


@dataclass(frozen=True, slots=True)
class Facts(Record):
    """What a document's record says of it, without its text.

    ``length`` is the number of code points of the text, ``sha256`` the hash of its UTF-8 bytes.
    """

    id: str
    title: str
    source: str
    sha256: str
    length: int
    pages: tuple[int, ...] = ()

    def page_at(self, position: int) -> int | None:
        """The number of the page (from 1) that holds a position, or None for a format without pages."""
        return bisect_right(self.pages, position) or None if self.pages else None


@dataclass(frozen=True, slots=True)
class Fingerprint(Record):
    """A source file as it was when it was indexed: its size in bytes, time of change and SHA-256."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The documents and passages of an index.

    ``sources``: one JSON object a line, the Fingerprint of each source file. ``records``: one JSON object a
    line for each document. ``texts``: the documents' UTF-8, one after the
    other. ``paths``: one JSON array a line for each distinct heading path; ``path_starts`` int64 (paths + 1,)
    its lines. ``documents`` DOCUMENT (documents + 1,): where each one's record, text, passages and sections
    begin. ``document_order`` int32 (documents,): numbers in the order of the ids. ``sections`` SECTION,
    ``passages`` PASSAGE, ``sentences`` int32 (sentences, 2).
    """

    sources: Bytes
    records: Bytes
    texts: Bytes
    paths: Bytes
    path_starts: NDArray[np.int64]
    documents: NDArray[Any]
    document_order: NDArray[np.int32]
    sections: NDArray[Any]
    passages: NDArray[Any]
    sentences: NDArray[np.int32]

    def facts(self, document: int) -> Facts:
        """The facts of the document of that number."""
        start, end = self.documents["record"][document : document + 2].tolist()
        record = json.loads(self.records[start:end])
        return Facts(**record | {"pages": tuple(record["pages"])})

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        return (Fingerprint(**json.loads(line)) for line in self.sources[:].splitlines())

    def number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        order = self.document_order
        place = bisect_left(range(len(order)), name, key=lambda place: self.facts(int(order[place])).id)
        if place < len(order) and self.facts(number := int(order[place])).id == name:
            return number
        raise KeyError(name)

    def path(self, number: int) -> tuple[str, ...]:
        """The heading path of that number."""
        start, end = self.path_starts[number : number + 2].tolist()
        return tuple(json.loads(self.paths[start:end]))

    def passage(self, number: int) -> Passage:
        """The passage of that number."""
        document, path, start, end, byte_start, byte_end, first, count = self.passages[number].item()
        facts = self.facts(document)
        return Passage(
            document=facts.id,
            title=facts.title,
            section=self.path(path),
            start=start,
            end=end,
            text=_decode(self.texts[byte_start:byte_end]),
            sentences=tuple(map(tuple, self.sentences[first : first + count].tolist())),
        )

    def document(self, number: int) -> Document:
        """The document of that number, whole."""
        facts = self.facts(number)
        (text_start, first), (text_end, last) = self.documents[["text", "section"]][number : number + 2].tolist()
        return Document(
            id=facts.id,
            title=facts.title,
            text=_decode(self.texts[text_start:text_end]),
            sections=tuple(Section(self.path(p), start, end) for p, start, end in self.sections[first:last].tolist()),
            source=facts.source,
            pages=facts.pages,
        )

    def text(self, document: int, start: int, end: int) -> str:
        """The code points ``[start, end)`` of a document's text, decoding no more than the passages around them."""
        (byte_start, first), (byte_end, last) = self.documents[["text", "passage"]][document : document + 2].tolist()
        rows = self.passages[first:last]
        origin = 0
        before = int(np.searchsorted(rows["start"], start, side="right")) - 1
        if before >= 0 and rows["start"][before] <= start:
            origin, byte_start = int(rows["start"][before]), int(rows["byte_start"][before])
        after = int(np.searchsorted(rows["end"], end, side="left"))
        if after < len(rows) and rows["end"][after] >= end:
            byte_end = int(rows["byte_end"][after])
        return _decode(self.texts[byte_start:byte_end])[start - origin : end - origin]


class TablesBuilder:
    """Gathers documents and their passages, and gives the tables."""

    def __init__(self) -> None:
        self._sources: dict[str, Fingerprint | None] = {}
        self._records = bytearray()
        self._texts = bytearray()
        self._paths: dict[tuple[str, ...], int] = {}
        self._ids: dict[str, int] = {}
        self._documents = _Rows(DOCUMENT)
        self._sections = _Rows(SECTION)
        self._passages = _Rows(PASSAGE)
        self._sentences = array("i")

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Takes one document with its passages, in reading order; raises SourceError where its id is taken."""
        if document.id in self._ids:
            raise SourceError(
                f"{document.source}: the document id {document.id!r} is taken by another document; "
                "ids must be unique: change one of them"
            )
        number = self._ids[document.id] = len(self._ids)
        origin = len(self._texts)
        if document.source not in self._sources:
            self._sources[document.source] = fingerprint(document.source)
        self._documents.append(self._bounds())
        self._records += _line(_record(document))
        self._texts += document.text.encode("utf-8", "surrogatepass")
        for section in document.sections:
            self._sections.append((self._path(section.path), section.start, section.end))
        places = _byte_places(document.text, {place for p in passages for place in (p.start, p.end)})
        for passage in passages:
            self._passages.append(
                (
                    number,
                    self._path(passage.section),
                    passage.start,
                    passage.end,
                    origin + places[passage.start],
                    origin + places[passage.end],
                    len(self._sentences) // 2,
                    len(passage.sentences),
                )
            )
            self._sentences.extend(chain.from_iterable(passage.sentences))

    def tables(self) -> Tables:
        """The tables of all that was added."""
        lines = [_line(list(path)) for path in self._paths]
        self._documents.append(self._bounds())
        return Tables(
            sources=b"".join(_line(seen.to_dict()) for seen in self._sources.values() if seen is not None),
            records=bytes(self._records),
            texts=bytes(self._texts),
            paths=b"".join(lines),
            path_starts=np.cumsum([0, *map(len, lines)], dtype=np.int64),
            documents=self._documents.table(),
            document_order=np.array([self._ids[name] for name in sorted(self._ids)], np.int32),
            sections=self._sections.table(),
            passages=self._passages.table(),
            sentences=np.array(self._sentences, "<i4").reshape(-1, 2),
        )

    def _bounds(self) -> tuple[int, int, int, int]:
        return len(self._records), len(self._texts), len(self._passages), len(self._sections)

    def _path(self, path: tuple[str, ...]) -> int:
        return self._paths.setdefault(path, len(self._paths))


def fingerprint(source: str) -> Fingerprint | None:
    """The size, time of change and hash of a source file as it is now; None for a source that is no file here."""
    path = Path(source)
    try:
        if not path.is_file():
            return None
        status = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # gone since it was read, or no path at all: there is nothing to compare later
        return None
    return Fingerprint(source, status.st_size, status.st_mtime_ns, digest)


class _Rows:
    """A growing table of whole numbers, eight bytes each until it is done."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._dtype = dtype
        self._names = dtype.names or ()
        self._numbers = array("q")

    def __len__(self) -> int:
        return len(self._numbers) // len(self._names)

    def append(self, row: Sequence[int]) -> None:
        self._numbers.extend(row)

    def table(self) -> NDArray[Any]:
        table = np.empty(len(self), self._dtype)
        columns = np.array(self._numbers, np.int64).reshape(len(self), len(self._names))
        for column, name in enumerate(self._names):
            table[name] = columns[:, column]
        return table


def _record(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "sha256": document.sha256,
        "length": len(document.text),
        "pages": list(document.pages),
    }


def _line(value: Any) -> bytes:
    """The value as one line of JSON; lone surrogates stay escaped, so that any text survives."""
    return json.dumps(value, ensure_ascii=True).encode("ascii") + b"\n"


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _byte_places(text: str, positions: set[int]) -> dict[int, int]:
    """Where each code point position lies among the bytes of the text's UTF-8."""
    if text.isascii():
        return {position: position for position in positions}
    places, last, place = {}, 0, 0
    for position in sorted(positions):
        place += len(text[last:position].encode("utf-8", "surrogatepass"))
        places[position], last = place, position
    return places
