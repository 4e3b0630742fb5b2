"""The tables of segments laid end to end, in memory or wherever there is room."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.data.segment import Segment
from index.data.tables import PASSAGE, SECTION, Bytes, Tables, order_of, taken


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring documents of one segment, from ``first`` to before ``last``, that stay neighbours."""

    segment: Segment
    number: int
    first: int
    last: int

    def bounds(self, name: str) -> tuple[int, int]:
        """Where the run lies in the table that this column of ``documents`` points into."""
        places = self.segment.tables.documents[name]
        return int(places[self.first]), int(places[self.last])

    def size(self, name: str) -> int:
        """How many rows or bytes of that table the run has."""
        first, last = self.bounds(name)
        return last - first

    def cut(self, content: Bytes, name: str) -> Bytes:
        """What the run has of that table; the table itself, not copied, where that is all of it."""
        first, last = self.bounds(name)
        return content if (first, last) == (0, len(content)) else content[first:last]

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


def lay_tables(
    segments: Sequence[Segment],
    runs: Sequence[Run],
    *,
    array: Callable[[Any, Any], NDArray[Any]] = np.empty,
    join: Callable[[list[Bytes]], Bytes] = b"".join,
) -> Tables:
    """The tables of the runs, one after the other; ``array`` and ``join`` give the places that they are written to.

    Raises SourceError where two documents have one id.
    """
    paths, path_numbers = _distinct_lines(
        [segment.tables.paths for segment in segments],
        [(run.number, run.segment.tables.sections[slice(*run.bounds("section"))]["path"]) for run in runs],
    )
    sources, source_numbers = _distinct_lines(
        [segment.tables.sources for segment in segments],
        [(run.number, run.segment.tables.documents["source"][run.first : run.last]) for run in runs],
        key=_source_of,
    )
    documents = np.zeros(sum(run.last - run.first for run in runs) + 1, segments[0].tables.documents.dtype)
    ends = dict.fromkeys(("record", "text", "passage", "section"), 0)
    sections = array(sum(run.size("section") for run in runs), SECTION)
    passages = array(sum(run.size("passage") for run in runs), PASSAGE)
    sentences = array((sum(run.sentences[1] - run.sentences[0] for run in runs), 2), "<i4")
    row = sentence = 0
    for run in runs:
        tables, count = run.segment.tables, run.last - run.first
        rows = documents[row : row + count]
        rows[:] = tables.documents[run.first : run.last]
        rows["source"] = source_numbers[run.number][rows["source"]]
        section = sections[ends["section"] : ends["section"] + run.size("section")]
        section[:] = tables.sections[slice(*run.bounds("section"))]
        section["path"] = path_numbers[run.number][section["path"]]
        passage = passages[ends["passage"] : ends["passage"] + run.size("passage")]
        passage[:] = tables.passages[slice(*run.bounds("passage"))]
        passage["path"] = path_numbers[run.number][passage["path"]]
        passage["document"] += row - run.first
        first, last = run.sentences
        passage["sentence"] += sentence - first
        shift = ends["text"] - run.bounds("text")[0]
        passage["byte_start"] += shift
        passage["byte_end"] += shift
        for name in ends:
            begin, end = run.bounds(name)
            rows[name] += ends[name] - begin
            ends[name] += end - begin
        sentences[sentence : sentence + last - first] = tables.sentences[first:last]
        row, sentence = row + count, sentence + last - first
    for name, end in ends.items():
        documents[name][-1] = end
    documents["source"][-1] = -1
    merged = Tables(
        sources=b"".join(sources),
        records=join([run.cut(run.segment.tables.records, "record") for run in runs]),
        texts=join([run.cut(run.segment.tables.texts, "text") for run in runs]),
        paths=b"".join(paths),
        path_starts=np.cumsum([0, *map(len, paths)], dtype=np.int64),
        documents=documents,
        document_order=order_of(documents),
        sections=sections,
        passages=passages,
        sentences=sentences,
    )
    _check_ids(merged)
    return merged


def _distinct_lines(
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


def _source_of(line: bytes) -> object:
    return json.loads(line)["path"]


def _check_ids(tables: Tables) -> None:
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
