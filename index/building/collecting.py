"""From documents to a segment: texts are split and their terms found for about a megabyte at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus import marks
from corpus.characters import extra_bytes
from corpus.documents import Document
from corpus.splitting import Split, split_many
from index.data.counts import FIELDS
from index.data.segment import Segment
from index.data.sequences import Sequences
from index.data.tables import DOCUMENT, PASSAGE, SECTION, Tables, id_key, order_of, path_line, taken
from index.data.vocabulary import vocabulary_of_lines
from index.terms.analysis import Analyzer
from index.terms.units import UnitTerms

if TYPE_CHECKING:
    from index.settings import IndexSettings

Places = NDArray[np.int64]

_BATCH = 1_000_000  # characters; of 250 thousand to 4 million the fastest


class Collector:
    """Takes documents one by one and gives the segment of them; words once met are known to the next segment."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._terms = UnitTerms(Analyzer(settings.analysis))
        self._lines: list[bytes] = []  # the terms as UTF-8
        self._start()

    def add(self, document: Document) -> None:
        """Takes one document; raises SourceError where its id is taken."""
        if document.id in self._ids:
            raise taken(document.source, document.id)
        self._ids.add(document.id)
        self._waiting.append(document)
        self._size += len(document.text)
        if self._size >= _BATCH:
            self._take()

    def segment(self) -> Segment:
        """The segment of all that was added since the last one."""
        self._take()
        sequences, names = self._sequences(), self._terms.terms
        held = np.zeros(len(names), np.bool_)  # not so a term of a title without a passage
        held[sequences.terms] = True
        lines = self._lines
        lines += "".join([f"{name}\n" for name in islice(names, len(lines), None)]).encode("utf-8").split(b"\n")[:-1]
        order = sorted(np.flatnonzero(held).tolist(), key=lines.__getitem__)
        places = np.empty(len(names), np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        segment = Segment(
            settings=self._settings,
            tables=self._tables(),
            vocabulary=vocabulary_of_lines([lines[number] for number in order]),
            sequences=Sequences(places[sequences.terms], sequences.segment_starts, sequences.lengths),
        )
        self._start()
        return segment

    def _start(self) -> None:
        self._ids: set[str] = set()
        self._waiting: list[Document] = []
        self._size = 0
        self._records: list[bytes] = []
        self._texts: list[bytes] = []
        self._paths: dict[tuple[str, ...], int] = {}
        # Where each document's record, text, passages and sections begin, and where the next one's would.
        self._documents: list[Places] = [np.empty((4, 0), np.int64)]
        self._ends = [0, 0, 0, 0]
        self._keys: list[int] = []
        self._sentence_count = 0
        self._sections: list[NDArray[Any]] = [np.empty(0, SECTION)]
        self._passages: list[NDArray[Any]] = [np.empty(0, PASSAGE)]
        self._sentences: list[NDArray[np.int32]] = [np.empty((0, 2), np.int32)]
        self._numbers: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
        self._pieces: list[Places] = [np.zeros(1, np.int64)]  # how long each label and sentence is, after a 0
        self._lengths: list[NDArray[np.int32]] = [np.empty((len(FIELDS), 0), np.int32)]

    def _take(self) -> None:
        """Takes in the documents that wait."""
        documents, self._waiting, self._size = self._waiting, [], 0
        if not documents:
            return
        _, title_weight, heading_weight = self._settings.weighting.field_weights
        titles = [document.title if title_weight else "" for document in documents]
        headings = {section.path: 0 for document in documents for section in document.sections}
        labels = titles + [" ".join(path) if heading_weight else "" for path in headings]
        split = split_many(documents, self._settings.passages, more=labels)
        ends = len(split.text) - 1 - np.cumsum([0, *(len(label) + 1 for label in reversed(labels))])[::-1]
        starts = np.concatenate([split.sentences[:, 0], ends[:-1] + 1])
        numbers, edges = self._terms.numbers(
            split.text, split.low, starts, np.concatenate([split.sentences[:, 1], ends[1:]])
        )
        first = len(split.sentences)
        for number, path in enumerate(headings, start=first + len(titles)):
            headings[path] = number
        paths = [documents[n].sections[at].path for n, at in split.sections[:, :2].tolist()]
        heading = np.array([headings[path] for path in paths], np.int64)[split.passages[:, 0]]
        title = first + split.sections[split.passages[:, 0], 0]
        self._take_terms(split, numbers, edges, title, heading)
        self._take_tables(documents, split, paths)

    def _take_terms(
        self, split: Split, numbers: NDArray[np.int32], edges: Places, title: Places, heading: Places
    ) -> None:
        """Adds the terms of passages, given the places in ``edges`` of each one's title and heading path."""
        first, last = split.passages[:, 1], split.passages[:, 2]
        starts = np.stack([edges[title], edges[heading], edges[first]], axis=1)
        sizes = np.stack([edges[title + 1], edges[heading + 1], edges[last]], axis=1) - starts
        self._numbers.append(numbers[_ranges(starts.ravel(), sizes.ravel())])
        self._lengths.append(sizes.T[[2, 0, 1]].astype(np.int32))
        counts = last - first
        pieces = np.empty(len(first) + int(counts.sum()), np.int64)
        labels = np.cumsum(counts + 1) - counts - 1
        is_label = np.zeros(len(pieces), np.bool_)
        is_label[labels] = True
        pieces[is_label] = sizes[:, 0] + sizes[:, 1]
        pieces[~is_label] = np.diff(edges)[_ranges(first, counts)]
        self._pieces.append(pieces)

    def _take_tables(self, documents: Sequence[Document], split: Split, paths: list[tuple[str, ...]]) -> None:
        """Adds the rows of documents, sections, passages and sentences."""
        number, paths_seen = len(self._keys), self._paths
        owners, shifts = split.sections[:, 0], split.sections[:, 2]
        passage_owners = owners[split.passages[:, 0]]
        texts = [document.text.encode("utf-8", "surrogatepass") for document in documents]
        records = list(map(_record, documents, texts))
        sizes = np.array(
            [
                list(map(len, records)),
                list(map(len, texts)),
                np.bincount(passage_owners, minlength=len(documents)),
                [len(document.sections) for document in documents],
            ]
        )
        ends = np.cumsum(sizes, axis=1) + np.array(self._ends)[:, None]
        text_starts = ends[1] - sizes[1]
        self._documents.append(ends - sizes)
        self._ends = ends[:, -1].tolist()
        self._keys += [id_key(document.id) for document in documents]
        self._records += records
        self._texts += texts
        found = [section for document in documents for section in document.sections]
        rows = np.empty(len(found), SECTION)
        rows["path"] = [paths_seen.setdefault(section.path, len(paths_seen)) for section in found]
        rows["start"] = [section.start for section in found]
        rows["end"] = [section.end for section in found]
        self._sections.append(rows)
        sections, first, last = split.passages.T
        starts, ends_ = split.sentences[first, 0], split.sentences[last - 1, 1]
        shift, counts = shifts[sections], last - first
        table = np.empty(len(sections), PASSAGE)
        table["document"] = passage_owners + number
        table["path"] = np.array([self._paths[path] for path in paths], np.int64)[sections]
        table["start"], table["end"] = starts + shift, ends_ + shift
        origin = text_starts[passage_owners] + shift
        before, at_start, at_end = extra_bytes(split.text, np.stack([-shift, starts, ends_]))
        table["byte_start"] = origin + starts + at_start - before
        table["byte_end"] = origin + ends_ + at_end - before
        table["sentences"] = counts
        table["sentence"] = self._sentence_count + np.cumsum(counts) - counts
        self._sentence_count += int(counts.sum())
        self._passages.append(table)
        self._sentences.append(
            (split.sentences[_ranges(first, counts)] + np.repeat(shift, counts)[:, None]).astype(np.int32)
        )

    def _sequences(self) -> Sequences:
        return Sequences(
            terms=np.concatenate(self._numbers),
            segment_starts=np.cumsum(np.concatenate(self._pieces)),
            lengths=np.concatenate(self._lengths, axis=1),
        )

    def _tables(self) -> Tables:
        bounds = np.concatenate([*self._documents, np.array(self._ends)[:, None]], axis=1)
        documents = np.zeros(bounds.shape[1], DOCUMENT)
        for name, column in zip(("record", "text", "passage", "section"), bounds, strict=True):
            documents[name] = column
        documents["key"][:-1] = np.array(self._keys, np.uint64)
        documents["source"] = -1  # with_sources knows better
        lines = [path_line(path) for path in self._paths]
        return Tables(
            sources=b"",
            records=b"".join(self._records),
            texts=b"".join(self._texts),
            paths=b"".join(lines),
            path_starts=np.cumsum([0, *map(len, lines)], dtype=np.int64),
            documents=documents,
            document_order=order_of(documents),
            sections=np.concatenate(self._sections),
            passages=np.concatenate(self._passages),
            sentences=np.concatenate(self._sentences),
        )


def _ranges(starts: Places, sizes: Places) -> Places:
    """The numbers of the stretches that begin at ``starts``, one stretch after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


def _record(document: Document, text: bytes) -> bytes:
    """What is known of a document, as one line of JSON, and its marks, if any, as lines after it."""
    pages = ", ".join(map(str, document.pages))
    more = f', "metadata": {json.dumps(document.metadata)}' if document.metadata else ""
    if document.dropped:
        more += f', "dropped": {json.dumps([[part.kind, part.text] for part in document.dropped])}'
    places = f"{marks.packed(document.marks)}\n" if document.marks else ""
    return (
        f'{{"id": {quoted(document.id)}, "title": {quoted(document.title)}, "source": {quoted(document.source)}, '
        f'"sha256": "{hashlib.sha256(text).hexdigest()}", "length": {len(document.text)}, "pages": [{pages}]{more}}}\n'
        f"{places}"
    ).encode("ascii")
