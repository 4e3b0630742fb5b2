"""Builds an index from documents: terms to postings, and postings to impacts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from corpus.documents import Document
from corpus.progress import Progress
from index.building.chunks import chunk_size, in_chunks
from index.building.collecting import Collector
from index.building.counting import weigh
from index.data.segment import Segment
from index.ranking.whole import WholeIndex
from index.settings import IndexSettings


def build_index(
    documents: Iterable[Document],
    *,
    settings: IndexSettings | None = None,
    progress: Progress | None = None,
    memory: int | None = None,
    processes: int | None = None,
    scratch: str | os.PathLike[str] | None = None,
) -> WholeIndex:
    """An index in memory over the passages of the documents.

    ``progress`` is told, after each document, how many are done and how many there are (None where that is
    not known). Many documents are shared out among ``processes``, one for each processor without it; what
    ``memory`` (bytes) cannot hold goes to files in a new folder ``scratch``, which is gone in the end, while the
    index keeps the files open. Raises SourceError where two documents have one id, and IndexFolderError where that
    folder cannot be made or the disk is full.

    >>> from corpus.documents import Section
    >>> index = build_index([Document("tea", "Tea", "Tea is hot.", (Section((), 0, 11),), "tea.txt")])
    >>> len(index), index.document_count
    (1, 1)
    """
    settings = settings if settings is not None else IndexSettings()
    chunks = in_chunks(_told(documents, progress), chunk_size(memory, processes))
    first = next(chunks, [])
    second = next(chunks, None)
    if second is None:
        return weigh(build_segment(first, settings=settings))
    from index.building.workers import build_large  # subprocesses and threads, which small builds are spared

    place = None if scratch is None else Path(scratch)
    return build_large(
        chain([first, second], chunks), settings=settings, memory=memory, processes=processes, scratch=place
    )


def _told(documents: Iterable[Document], progress: Progress | None) -> Iterator[Document]:
    """The documents; ``progress`` is told of each when the next is asked for."""
    total = len(documents) if isinstance(documents, list | tuple) else None
    for done, document in enumerate(documents, start=1):
        yield document
        if progress is not None:
            progress(done, total)


def build_segment(
    documents: Iterable[Document], *, settings: IndexSettings | None = None, progress: Progress | None = None
) -> Segment:
    """A segment over the passages of the documents, to be merged with others or weighed as it is.

    ``progress`` and errors as for ``build_index``.
    """
    collector = Collector(settings if settings is not None else IndexSettings())
    for document in _told(documents, progress):
        collector.add(document)
    return collector.segment()
