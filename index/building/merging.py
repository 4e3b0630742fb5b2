"""Segments: indexed documents before their terms are weighed, so that they can be joined, thinned and shared out.

    documents -> build_segment -> Segment ─┐
    index folder -> open_index -> segment ─┼-> merge -> Segment -> weigh -> Index -> save_index
    documents -> build_segment -> Segment ─┘

Whatever way a segment came to be, weighing it gives the index, byte for byte, that a fresh build of the same
documents in the same order gives. Shards of one collection are weighed with the totals of all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingError
from index.data.segment import Segment
from index.data.sequences import Sequences
from index.data.tables import Bytes, Tables, order_of, taken
from index.data.vocabulary import Vocabulary, lines_of, vocabulary_of_lines

if TYPE_CHECKING:
    from index.ranking.search import Index


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring documents of one segment, from ``first`` to before ``last``, that stay neighbours."""

    segment: Segment
    number: int
    first: int
    last: int

    def bounds(self, name: str) -> tuple[int, int]:
        """Where the run lies in the table that this column of ``documents`` points into."""
        places = self.segment.tables.documents[name]
        return int(places[self.first]), int(places[self.last])

    @property
    def sentences(self) -> tuple[int, int]:
        """Where the run lies in the sentences."""
        rows, sentences = self.segment.tables.passages, self.segment.tables.sentences
        places = [int(rows["sentence"][at]) if at < len(rows) else len(sentences) for at in self.bounds("passage")]
        return places[0], places[1]

    @property
    def pieces(self) -> tuple[int, int]:
        """Where the run lies in ``segment_starts``: each passage has a label before its sentences."""
        (first, last), (passage, end) = self.sentences, self.bounds("passage")
        return first + passage, last + end

    @property
    def terms(self) -> tuple[int, int]:
        """Where the run lies among the term numbers."""
        first, last = self.pieces
        starts = self.segment.sequences.segment_starts
        return int(starts[first]), int(starts[last])


def segment_of(index: Index) -> Segment:
    """The segment that an index was made of, one opened from a folder too: nothing is read or copied."""
    return Segment(index.settings, index.tables, index.vocabulary, index.sequences)


def merge(segments: Sequence[Segment], *, documents: NDArray[np.integer[Any]] | None = None) -> Segment:
    """One segment with the documents of all, in memory and independent of the files that they came from.

    ``documents`` says which ones and in what order, by their numbers in the segments laid end to end (the
    first of the second segment has the number ``segments[0].documents``, and so on); without it all stay, in
    that order. Runs of neighbours are copied at once, so an order of long runs is fast. Where a source file
    occurs in several segments, its first fingerprint stays.

    Raises SettingError where there is no segment, or their settings differ, and SourceError where two documents
    that stay have one id: leave out the old one before a new one of that id is merged.
    """
    if not segments:
        raise SettingError("no segment to merge; expected one or more")
    settings = segments[0].settings
    for segment in segments[1:]:
        if segment.settings != settings:
            raise SettingError(
                f"segments of different settings cannot be merged: {segment.settings} and {settings}; "
                "build one of them anew"
            )
    runs = _runs(segments, documents)
    terms = _joined([run.segment.sequences.terms[slice(*run.terms)] for run in runs], np.int32)
    vocabulary = _renumber(segments, runs, terms)
    sequences = Sequences(
        terms=terms,
        segment_starts=_starts(
            [run.segment.sequences.segment_starts[run.pieces[0] : run.pieces[1] + 1] for run in runs]
        ),
        lengths=np.concatenate(
            [
                np.empty((len(segments[0].sequences.lengths), 0), np.int32),
                *(run.segment.sequences.lengths[:, slice(*run.bounds("passage"))] for run in runs),
            ],
            axis=1,
        ),
    )
    return Segment(settings, _tables(segments, runs), vocabulary, sequences)


def _runs(segments: Sequence[Segment], documents: NDArray[np.integer[Any]] | None) -> list[_Run]:
    """The wanted documents as runs, in their order."""
    firsts = np.cumsum([0, *(segment.documents for segment in segments)])
    if documents is None:
        return [_Run(segment, n, 0, segment.documents) for n, segment in enumerate(segments) if segment.documents]
    wanted = np.asarray(documents, np.int64)
    if len(wanted) == 0:
        return []
    if wanted.min() < 0 or wanted.max() >= firsts[-1]:
        raise SettingError(f"documents to merge are numbered from 0 to {firsts[-1] - 1}; got {wanted.tolist()[:9]}")
    owners = np.searchsorted(firsts, wanted, side="right") - 1
    breaks = np.flatnonzero((np.diff(wanted) != 1) | (np.diff(owners) != 0)) + 1
    edges = [0, *breaks.tolist(), len(wanted)]
    runs = []
    for start, end in pairwise(edges):
        owner = int(owners[start])
        first = int(wanted[start] - firsts[owner])
        runs.append(_Run(segments[owner], owner, first, first + end - start))
    return runs


def _renumber(segments: Sequence[Segment], runs: list[_Run], terms: NDArray[np.int32]) -> Vocabulary:
    """The vocabulary of the joined term numbers, which are changed, in place, into places there."""
    held = [np.zeros(len(segment.vocabulary), np.bool_) for segment in segments]
    sizes = [run.terms[1] - run.terms[0] for run in runs]
    ends = np.cumsum([0, *sizes]).tolist()
    for run, (start, end) in zip(runs, pairwise(ends), strict=True):
        held[run.number][terms[start:end]] = True
    kept = [_kept(lines_of(segment.vocabulary), mask) for segment, mask in zip(segments, held, strict=True)]
    lines = kept[0] if len(kept) == 1 else sorted(set(chain.from_iterable(kept)))
    numbers = dict(zip(lines, range(len(lines)), strict=True))
    places = []
    for mask, some in zip(held, kept, strict=True):
        place = np.full(len(mask), -1, np.int32)
        place[mask] = np.fromiter(map(numbers.__getitem__, some), np.int32, len(some))
        places.append(place)
    for run, (start, end) in zip(runs, pairwise(ends), strict=True):
        terms[start:end] = places[run.number][terms[start:end]]
    return vocabulary_of_lines(lines)


def _kept(lines: list[bytes], mask: NDArray[np.bool_]) -> list[bytes]:
    return lines if mask.all() else [lines[place] for place in np.flatnonzero(mask).tolist()]


def _tables(segments: Sequence[Segment], runs: list[_Run]) -> Tables:
    """The tables of the runs, one after the other."""
    paths, path_numbers = distinct_lines(
        [segment.tables.paths for segment in segments], [(run.number, _columns(run, "section", "path")) for run in runs]
    )
    sources, source_numbers = distinct_lines(
        [segment.tables.sources for segment in segments],
        [(run.number, run.segment.tables.documents["source"][run.first : run.last]) for run in runs],
        key=source_of,
    )
    documents = np.zeros(sum(run.last - run.first for run in runs) + 1, segments[0].tables.documents.dtype)
    ends = dict.fromkeys(("record", "text", "passage", "section"), 0)
    sections, passages, sentences = [], [], []
    row = sentence = 0
    for run in runs:
        tables, count = run.segment.tables, run.last - run.first
        rows = documents[row : row + count]
        rows[:] = tables.documents[run.first : run.last]
        rows["source"] = source_numbers[run.number][rows["source"]]
        section = tables.sections[slice(*run.bounds("section"))].copy()
        section["path"] = path_numbers[run.number][section["path"]]
        passage = tables.passages[slice(*run.bounds("passage"))].copy()
        passage["path"] = path_numbers[run.number][passage["path"]]
        passage["document"] += row - run.first
        first, last = run.sentences
        passage["sentence"] += sentence - first
        text = run.bounds("text")[0]
        passage["byte_start"] += ends["text"] - text
        passage["byte_end"] += ends["text"] - text
        for name in ends:
            begin, end = run.bounds(name)
            rows[name] += ends[name] - begin
            ends[name] += end - begin
        sections.append(section)
        passages.append(passage)
        sentences.append(tables.sentences[first:last])
        row, sentence = row + count, sentence + last - first
    for name, end in ends.items():
        documents[name][-1] = end
    documents["source"][-1] = -1
    merged = Tables(
        sources=b"".join(sources),
        records=b"".join(run.segment.tables.records[slice(*run.bounds("record"))] for run in runs),
        texts=b"".join(run.segment.tables.texts[slice(*run.bounds("text"))] for run in runs),
        paths=b"".join(paths),
        path_starts=np.cumsum([0, *map(len, paths)], dtype=np.int64),
        documents=documents,
        document_order=order_of(documents),
        sections=_joined(sections, segments[0].tables.sections.dtype),
        passages=_joined(passages, segments[0].tables.passages.dtype),
        sentences=np.concatenate([np.empty((0, 2), "<i4"), *sentences]),
    )
    check_ids(merged)
    return merged


def distinct_lines(
    stored: list[Bytes], uses: Iterable[tuple[int, NDArray[Any]]], key: Callable[[bytes], object] = bytes
) -> tuple[list[bytes], list[NDArray[np.int32]]]:
    """The lines in use, each once, in the order of their first use, and the new number of each old one.

    ``uses`` are pairs of a segment's number and line numbers there; -1, for no line, stays -1.
    """
    lines = [bytes(content[:]).splitlines(keepends=True) for content in stored]
    places = [np.full(len(some) + 1, -1, np.int32) for some in lines]  # one more, which the index -1 means
    numbers: dict[object, int] = {}
    chosen: list[bytes] = []
    for owner, column in uses:
        used, first = np.unique(column, return_index=True)
        for number in used[np.argsort(first)].tolist():
            if number >= 0 and places[owner][number] < 0:
                line = lines[owner][number]
                place = places[owner][number] = numbers.setdefault(key(line), len(chosen))
                if place == len(chosen):
                    chosen.append(line)
    return chosen, places


def source_of(line: bytes) -> object:
    """The path of the source file that a line of JSON tells of."""
    return json.loads(line)["path"]


def _columns(run: _Run, table: str, name: str) -> NDArray[Any]:
    column: NDArray[Any] = getattr(run.segment.tables, f"{table}s")[slice(*run.bounds(table))][name]
    return column


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *parts])


def _starts(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The starts of stretches laid end to end, given the starts of each part with its end."""
    lengths = _joined([np.diff(part) for part in parts], np.int64)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def check_ids(tables: Tables) -> None:
    """Raises SourceError where two documents have one id."""
    order, keys = tables.document_order, tables.documents["key"]
    sorted_keys = keys[order]
    for place in np.flatnonzero(sorted_keys[1:] == sorted_keys[:-1]).tolist():
        end = place + 2
        while end < len(order) and sorted_keys[end] == sorted_keys[place]:
            end += 1
        seen: set[str] = set()
        for number in order[place:end].tolist():
            facts = tables.facts(number)
            if facts.id in seen:
                raise taken(facts.source, facts.id)
            seen.add(facts.id)
