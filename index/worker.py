"""A process that turns chunks of documents into spilled segments; started by ``index.workers``, over its own pipes.

It is sent the settings as a line of JSON, then for each chunk a line with the file to write, the documents and the
size of their texts, and the texts. It answers a line of JSON: null, or the kind of the error and what it says.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.documents import Document, Section
from corpus.errors import SourceError
from index.collecting import Collector
from index.spill import spill

UNFINISHED = ".unfinished"


def packed(documents: Sequence[Document]) -> tuple[list[Any], bytes]:
    """The documents for ``unpacked``: plain lists, and their texts as UTF-8."""
    rows = [
        [
            document.id,
            document.title,
            len(document.text),
            [[section.path, section.start, section.end] for section in document.sections],
            document.source,
            document.pages,
        ]
        for document in documents
    ]
    return rows, "".join([document.text for document in documents]).encode("utf-8", "surrogatepass")


def unpacked(rows: Sequence[Any], texts: bytes) -> list[Document]:
    """The documents of what ``packed`` gave, by way of JSON or not."""
    text, start, documents = texts.decode("utf-8", "surrogatepass"), 0, []
    for id, title, length, parts, source, pages in rows:
        sections = tuple(Section(tuple(path), first, last) for path, first, last in parts)
        documents.append(Document(id, title, text[start : start + length], sections, source, tuple(pages)))
        start += length
    return documents


def write_chunk(collector: Collector, documents: Sequence[Document], path: str | Path) -> None:
    """Writes the segment of documents to a file, which is there whole or not at all.

    Raises SourceError where two have one id.
    """
    for document in documents:
        collector.add(document)
    unfinished = f"{path}{UNFINISHED}"
    spill(collector.segment(), unfinished)
    os.replace(unfinished, path)  # noqa: PTH105 (the path may be a text)


def main() -> None:
    """Answers jobs until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that gives the jobs decides
    from index.storage import settings_of

    collector = Collector(settings_of(json.loads(sys.stdin.buffer.readline())))
    while line := sys.stdin.buffer.readline():
        path, size, rows = json.loads(line)
        texts = sys.stdin.buffer.read(size)
        answer: list[Any] | None = None
        try:
            write_chunk(collector, unpacked(rows, texts), path)
        except SourceError as error:
            answer = ["source", str(error)]
        except OSError as error:
            answer = ["disk", error.errno, error.strerror]
        sys.stdout.buffer.write(json.dumps(answer).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
