"""A process that turns chunks of documents into spilled segments.

``index.building.workers`` starts it and talks to it over its own pipes.

It is sent the settings as a line of JSON, then for each chunk a line with the file to write and the size of the texts,
a line with the rest of the documents, and the texts. It answers a line of JSON: null, or the kind of the error and
what it says.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import marks
from corpus.documents import Document, Dropped, Section
from corpus.errors import SourceError
from index.building.collecting import Collector
from index.building.spill import spill
from index.settings import settings_of

UNFINISHED = ".unfinished"


def packed(documents: Sequence[Document]) -> tuple[bytes, bytes]:
    """The documents for ``unpacked``: a line of JSON, column by column, and their texts as UTF-8."""
    sections = [section for document in documents for section in document.sections]
    paths = {section.path: 0 for section in sections}
    for number, path in enumerate(paths):
        paths[path] = number
    texts = [document.text.encode("utf-8", "surrogatepass") for document in documents]
    columns = [
        [document.id for document in documents],
        [document.title for document in documents],
        list(map(len, texts)),
        [document.source for document in documents],
        [document.pages for document in documents],
        [[(part.kind, part.text) for part in document.dropped] for document in documents],
        [document.metadata for document in documents],
        [marks.packed(document.marks) if document.marks else "" for document in documents],
        [len(document.sections) for document in documents],
        [paths[section.path] for section in sections],
        [section.start for section in sections],
        [section.end for section in sections],
        list(paths),
    ]
    return json.dumps(columns).encode("ascii") + b"\n", b"".join(texts)


def unpacked(line: bytes, texts: bytes) -> list[Document]:
    """The documents of what ``packed`` gave."""
    *columns, counts, numbers, starts, ends, paths = json.loads(line)
    places = list(map(tuple, paths))
    sections = map(Section, [places[number] for number in numbers], starts, ends)
    start, documents = 0, []
    for id, title, size, source, pages, dropped, metadata, places, count in zip(*columns, counts, strict=True):
        text = texts[start : start + size].decode("utf-8", "surrogatepass")
        document = Document(id, title, text, tuple(islice(sections, count)), source, tuple(pages))
        if dropped or metadata or places:
            parts = tuple(Dropped(kind, words) for kind, words in dropped)
            known = marks.unpacked(places.encode()) if places else ()
            document = replace(document, dropped=parts, metadata=tuple(map(tuple, metadata)), marks=known)
        documents.append(document)
        start += size
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
    """Answers jobs until there are no more, or the process that gives them is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that gives the jobs decides
    gc.disable()  # nothing here is made of cycles, and looking for them takes a thirtieth of the time
    jobs, chosen = sys.stdin.buffer, sys.stdin.buffer.readline()
    if not chosen.endswith(b"\n"):
        return
    collector = Collector(settings_of(json.loads(chosen)))
    while (job := jobs.readline()).endswith(b"\n"):
        path, size = json.loads(job)
        line, texts = jobs.readline(), jobs.read(size)
        if not line.endswith(b"\n") or len(texts) < size:
            return
        answer: list[Any] | None = None
        try:
            write_chunk(collector, unpacked(line, texts), path)
        except SourceError as error:
            answer = ["source", str(error)]
        except OSError as error:
            answer = ["disk", error.errno, error.strerror]
        try:
            sys.stdout.buffer.write(json.dumps(answer).encode("ascii") + b"\n")
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
            return


if __name__ == "__main__":
    main()
