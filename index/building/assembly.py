"""One index of many spilled segments, laid end to end: in memory, or in files where it would be too large.

Every segment's rows are in the order of term and passage already, and its passages come after those of the
segment before it. So each row's place in the postings is known beforehand, and the rows are copied there
stretch by stretch of the terms: nothing is sorted again, and no more than a stretch is in use at once.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.building.laying import Run, lay_tables
from index.building.spill import Spill, aligned
from index.data.joining import join_vocabularies
from index.data.postings import Postings
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.tables import Bytes
from index.ranking.weighting import weighting
from index.ranking.whole import WholeIndex

PART = ".part"
"""How the files of a store end."""

_FILE = 1 << 26  # bytes at least in a file of arrays
# Rows of postings that are put together at once: as many as stay in a processor's cache, or, where they go to files,
# so many that each segment is not read in too small pieces.
_STRETCH = 4_000_000
_STRETCH_IN_FILES = 40_000_000

Places = NDArray[np.int64]


class Store:
    """Where large arrays are kept: in memory, or mapped from new files in a folder, many to a file."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = Lock()  # threads may ask at once
        self._files = 0
        self._map, self._used = mmap.mmap(-1, 1), 1  # what is left of the last file; every map holds a file open

    @property
    def in_files(self) -> bool:
        """Whether arrays are kept in files."""
        return self._folder is not None

    def array(self, shape: int | tuple[int, ...], dtype: Any) -> NDArray[Any]:
        """A new array of unknown content."""
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if self._folder is None or not size:
            return np.empty(shape, dtype)
        with self._lock:
            if self._used + size > len(self._map):
                self._map, self._used = self._new(max(size, _FILE)), 0
            content, place = self._map, self._used
            self._used += aligned(size)
        return np.ndarray(shape, dtype, content, place)

    def bytes(self, parts: Sequence[Bytes | memoryview], threads: ThreadPoolExecutor) -> Bytes:
        """The parts, end to end."""
        ends = np.cumsum([0, *map(len, parts)]).tolist()
        if not ends[-1]:
            return b""
        with self._lock:
            whole = self._new(ends[-1])

        def fill(number: int) -> None:
            whole[ends[number] : ends[number + 1]] = parts[number]

        list(threads.map(fill, range(len(parts))))
        return whole

    def _new(self, size: int) -> mmap.mmap:
        if self._folder is None:
            return mmap.mmap(-1, size)
        path = self._folder / f"{self._files}{PART}"
        self._files += 1
        with path.open("xb+") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, size)  # else a full disk would kill the process later
            else:
                file.truncate(size)
            return mmap.mmap(file.fileno(), size)


def assemble(spills: Sequence[Spill], store: Store, threads: ThreadPoolExecutor) -> WholeIndex:
    """The index of all documents of the segments, in order: what ``weigh`` gives for one segment of them all.

    Raises SourceError where two documents have one id, and OSError where a file of the store cannot be written.
    """
    segments = [spill.segment for spill in spills]
    settings = segments[0].settings
    whole = [Run(segment, number, 0, segment.documents) for number, segment in enumerate(segments)]
    tables = lay_tables(segments, whole, array=store.array, join=partial(store.bytes, threads=threads))
    vocabulary, places = join_vocabularies([segment.vocabulary for segment in segments], array=store.array)
    frequencies = np.zeros(len(vocabulary), np.int64)
    befores = []  # how many rows of each term of a segment are in earlier ones
    for spill, place in zip(spills, places, strict=True):
        before = store.array(len(place), np.int32)
        before[:] = frequencies[place]
        befores.append(before)
        frequencies[place] += np.diff(spill.starts)
    passages = len(tables.passages)
    lengths = sum((segment.sequences.lengths.sum(axis=1, dtype=np.int64) for segment in segments), np.int64(0))
    statistics = Statistics(passages, frequencies, np.asarray(lengths / max(passages, 1)))
    starts = np.concatenate([[0], np.cumsum(frequencies)])
    firsts = np.cumsum([0, *(segment.passages for segment in segments)]).tolist()

    def weigh(number: int) -> NDArray[np.float32]:
        counts = spills[number].counts(places[number])
        found = weighting(settings.weighting.name).impacts(counts, statistics, settings.weighting)
        impacts = store.array(len(found), np.float32)
        impacts[:] = found
        return impacts

    weighed = list(threads.map(weigh, range(len(spills))))
    row_passages = store.array(int(starts[-1]), np.int32)
    row_impacts = store.array(int(starts[-1]), np.float32)

    def put(job: tuple[int, int, int]) -> None:
        number, first, last = job
        spill, place = spills[number], places[number]
        begin, end = np.searchsorted(place, [first, last])
        rows = slice(int(spill.starts[begin]), int(spill.starts[end]))
        shifts = starts[place[begin:end]] + befores[number][begin:end] - spill.starts[begin:end]
        at = np.repeat(shifts, np.diff(spill.starts[begin : end + 1]))
        at += np.arange(rows.start, rows.stop)
        row_passages[at] = spill.passages[rows] + np.int32(firsts[number])
        row_impacts[at] = weighed[number][rows]

    for first, last in pairwise(_stretches(starts, _STRETCH_IN_FILES if store.in_files else _STRETCH)):
        list(threads.map(put, [(number, first, last) for number in range(len(spills))]))
    sequences = _sequences(spills, places, store, threads)
    return WholeIndex(settings, tables, vocabulary, Postings(starts, row_passages, row_impacts), sequences, statistics)


def _stretches(starts: Places, rows: int) -> list[int]:
    """The terms at which stretches of about so many rows begin, with the end."""
    terms = len(starts) - 1
    inner = np.searchsorted(starts, np.arange(rows, starts[-1], rows))
    edges: list[int] = np.unique(np.concatenate([[0], inner, [terms]])).tolist()
    return edges


def _sums(sizes: Iterable[int]) -> list[int]:
    sums: list[int] = np.cumsum([0, *sizes]).tolist()
    return sums


def _sequences(
    spills: Sequence[Spill], places: Sequence[NDArray[np.int32]], store: Store, threads: ThreadPoolExecutor
) -> Sequences:
    """The sequences of all segments, in the term numbers of the whole."""
    parts = [spill.segment.sequences for spill in spills]
    terms = _sums(len(part.terms) for part in parts)
    pieces = _sums(len(part.segment_starts) - 1 for part in parts)
    passages = _sums(part.lengths.shape[1] for part in parts)
    whole = Sequences(
        terms=store.array(terms[-1], np.int32),
        segment_starts=store.array(pieces[-1] + 1, np.int64),
        lengths=store.array((len(parts[0].lengths), passages[-1]), np.int32),
    )
    whole.segment_starts[0] = 0

    def put(number: int) -> None:
        part = parts[number]
        whole.terms[terms[number] : terms[number + 1]] = places[number][part.terms]
        whole.segment_starts[pieces[number] + 1 : pieces[number + 1] + 1] = part.segment_starts[1:] + terms[number]
        whole.lengths[:, passages[number] : passages[number + 1]] = part.lengths

    list(threads.map(put, range(len(parts))))
    return whole
