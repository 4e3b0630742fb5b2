"""What an index knows of its documents: their texts, sections, passages and sentences, as flat arrays.

Texts are kept as UTF-8 and every passage knows its bytes, so that one passage is decoded alone. The arrays
may lie in memory or be mapped from files: nothing here reads more than what is asked for.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Dropped, Passage, Section, page_of
from corpus.errors import IndexFolderError, SourceError
from corpus.fingerprints import Fingerprint
from corpus.marks import Mark, place_of, unpacked, unpacked_around
from corpus.records import Record

Bytes = bytes | mmap

DOCUMENT = np.dtype(
    [("record", "<i8"), ("text", "<i8"), ("passage", "<i8"), ("section", "<i8"), ("key", "<u8"), ("source", "<i4")]
)
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
_UNSOUND = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What comes of lines that are no JSON of ours, and of numbers that point nowhere."""

_DROPPED = b', "dropped": ['
"""In the record of a document of which something was left out; quotes are escaped in titles and ids."""

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
    metadata: tuple[tuple[str, str], ...] = ()

    def page_at(self, position: int) -> int | None:
        """The number of the page (from 1) that holds a position, or None for a format without pages."""
        return page_of(self.pages, position)


@dataclass(frozen=True, slots=True)
class Tables:
    """The documents and passages of an index.

    ``sources``: one JSON object a line, the Fingerprint of each source file, if ``with_sources`` gave any.
    ``records``: one JSON object a line for each document, and for one with marks, these as lines after it.
    ``texts``: the documents' UTF-8, one after the other. ``paths``: one JSON array a line for each distinct heading
    path; ``path_starts`` int64 (paths + 1,) its lines. ``documents`` DOCUMENT (documents + 1,): where each one's
    record, text, passages and sections begin; ``key``, the ``id_key`` of its id; ``source``, the number of its line
    in ``sources``, -1 for none. ``document_order`` int32 (documents,): numbers in the order of the keys.
    ``sections`` SECTION, ``passages`` PASSAGE, ``sentences`` int32 (sentences, 2).
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
        return self._facts(document)[0]

    def _facts(self, document: int) -> tuple[Facts, tuple[Dropped, ...]]:
        """The facts of the document of that number, and what was left out of its text."""
        try:
            start, end = self._record(document)
            record = json.loads(self.records[start:end])
            dropped = tuple(Dropped(*part) for part in record.pop("dropped", ()))
            metadata = tuple(map(tuple, record.get("metadata", ())))
            return Facts(**record | {"pages": tuple(record["pages"]), "metadata": metadata}), dropped
        except _UNSOUND as error:
            raise damaged(error) from error

    def _record(self, document: int) -> tuple[int, int]:
        """Where the line of a document in ``records`` begins and ends."""
        start, end = self.documents["record"][document : document + 2].tolist()
        line = self.records.find(b"\n", start, end)
        return start, line + 1 if line >= 0 else end

    def marks(self, document: int) -> tuple[Mark, ...]:
        """The marks of the document of that number."""
        return self._marks(document, unpacked)

    def marks_around(self, document: int, start: int, end: int) -> tuple[Mark, ...]:
        """The marks around ``[start, end)`` of the document of that number, and at least one after it, if any."""
        return self._marks(document, lambda lines: unpacked_around(lines, start, end, after=1))

    def _marks(self, document: int, read: Callable[[bytes], tuple[Mark, ...]]) -> tuple[Mark, ...]:
        try:
            start, end = self._record(document)[1], int(self.documents["record"][document + 1])
            return read(bytes(self.records[start:end])) if start < end else ()
        except _UNSOUND as error:
            raise damaged(error) from error

    def place(self, document: int, start: int, end: int) -> dict[str, Any]:
        """Where in its file ``[start, end)`` of a document stands, by name, as far as marks and pages tell."""
        marks = self._marks(document, lambda lines: unpacked_around(lines, start, end))
        place = place_of(marks, start, end)
        page = self.facts(document).page_at(start)
        return place if page is None else {"page": page} | place

    def dropped_counts(self) -> tuple[int, int]:
        """How many parts were left out of documents, and of how many documents."""
        parts = documents = 0
        place = self.records.find(_DROPPED)
        while place >= 0:
            start, end = self.records.rfind(b"\n", 0, place) + 1, self.records.find(b"\n", place)
            parts += len(json.loads(self.records[start:end])["dropped"])
            documents += 1
            place = self.records.find(_DROPPED, end)
        return parts, documents

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        return (Fingerprint.from_dict(json.loads(line)) for line in self.sources[:].splitlines())

    def number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        order, keys, key = self.document_order, self.documents["key"], id_key(name)
        place = bisect_left(range(len(order)), key, key=lambda place: int(keys[order[place]]))
        while place < len(order) and keys[order[place]] == key:
            if self.facts(number := int(order[place])).id == name:
                return number
            place += 1
        raise KeyError(name)

    def path(self, number: int) -> tuple[str, ...]:
        """The heading path of that number."""
        try:
            start, end = self.path_starts[number : number + 2].tolist()
            return tuple(json.loads(self.paths[start:end]))
        except _UNSOUND as error:
            raise damaged(error) from error

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
        facts, dropped = self._facts(number)
        try:
            (text_start, first), (text_end, last) = self.documents[["text", "section"]][number : number + 2].tolist()
            return Document(
                id=facts.id,
                title=facts.title,
                text=_decode(self.texts[text_start:text_end]),
                sections=tuple(
                    Section(self.path(p), start, end) for p, start, end in self.sections[first:last].tolist()
                ),
                source=facts.source,
                pages=facts.pages,
                dropped=dropped,
                metadata=facts.metadata,
                marks=self.marks(number),
            )
        except _UNSOUND as error:
            raise damaged(error) from error

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


def id_key(name: str) -> int:
    """The key by which a document's id is looked up: the first 8 bytes of the SHA-256 of its UTF-8."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "little")


def order_of(documents: NDArray[Any]) -> NDArray[np.int32]:
    """The numbers of the documents of a DOCUMENT table in the order of their keys."""
    return np.argsort(documents["key"][:-1], kind="stable").astype(np.int32)


def taken(source: str, name: str) -> SourceError:
    """The error for a document whose id another document has."""
    return SourceError(
        f"{source}: the document id {name!r} is taken by another document; ids must be unique: change one of them"
    )


def path_line(path: tuple[str, ...]) -> bytes:
    """A heading path as one line of JSON; lone surrogates stay escaped, so that any text survives."""
    return json.dumps(path, ensure_ascii=True).encode("ascii") + b"\n"


def damaged(error: Exception) -> IndexFolderError:
    """The error of an index whose files are of the right size and hold something else."""
    return IndexFolderError(
        f"the index is damaged ({error}); `qa index --verify DIR` names the file, "
        "`qa index PATH... -o DIR` builds it anew"
    )


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise damaged(error) from error
