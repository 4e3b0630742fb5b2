"""How documents are cut into the chunks that are built on their own, for the memory and processors there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus.documents import Document

CHUNK = 8_000_000
"""Characters of text in a chunk, unless memory is short; with fewer in all no worker is started."""

_LEAST_CHUNK = 500_000
# Measured on Simple English Wikipedia: a worker needs so many bytes for each character of its chunk, beside what
# it needs in any case, and an index so many for each character of all text.
_BYTES_A_CHARACTER = 30
_WORKER_BYTES = 200_000_000
INDEX_BYTES_A_CHARACTER = 6


def chunk_size(memory: int | None, processes: int | None = None) -> int:
    """How many characters a chunk may have for the workers to stay within the memory, in bytes."""
    if memory is None:
        return CHUNK
    room = memory // (processes or usable_processes()) - _WORKER_BYTES
    return max(_LEAST_CHUNK, min(CHUNK, room // _BYTES_A_CHARACTER))


def usable_processes() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_chunks(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """The documents in lists of about so many characters each."""
    chunk: list[Document] = []
    length = 0
    for document in documents:
        chunk.append(document)
        length += len(document.text)
        if length >= size:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def evened(chunks: Iterable[list[Document]], count: int) -> Iterator[list[Document]]:
    """The chunks, of which the first two are shared out evenly among so many workers where the second is the last.

    It is taken for the last where it is smaller than the first.
    """
    chunks = iter(chunks)
    firsts = list(islice(chunks, 2))
    sizes = [sum(len(document.text) for document in chunk) for chunk in firsts]
    if len(sizes) == 2 and sizes[1] < sizes[0]:
        yield from in_chunks([*firsts[0], *firsts[1]], -(-sum(sizes) // count))
    else:
        yield from firsts
    yield from chunks
