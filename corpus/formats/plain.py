"""Plain text without headings: one section, titled by the file's name."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.base import Format, id_of, title_of
from corpus.sections import split_sections
from corpus.skipped import OnSkip


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    text = decode(data, source, on_skip=on_skip)
    yield Document(
        id=id_of(source), title=title_of(source), text=text, sections=split_sections(text, ()), source=source
    )


FORMAT = Format("plain text", (".txt", ".text"), _read)
