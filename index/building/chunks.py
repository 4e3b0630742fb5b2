"""How documents are cut into the chunks that are built on their own, for the memory and processors there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from corpus.documents import Document
from index.processors import usable_processes

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
    """The chunks, of which the last two are cut anew, so that so many workers come to the end at about one time.

    They become a piece for each worker where they are all there is, and else two pieces.
    """
    chunks = iter(chunks)
    held = list(islice(chunks, 2))
    pieces = count
    for chunk in chunks:
        yield held.pop(0)
        held.append(chunk)
        pieces = 2 * count
    documents = [document for chunk in held for document in chunk]
    yield from in_chunks(documents, -(-sum(len(document.text) for document in documents) // pieces))
