"""An index in shards: a manifest that names index folders, asked as one index, with the results of one.

Every shard was weighed with the totals of the whole collection (``index.building.counting``), so a passage has the same
score in its shard as it would have in one index of everything. The best of each shard are merged, and the
evidence is looked at once, in the best of all.
"""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn, cast

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Surroundings
from corpus.errors import IndexFolderError, SettingError
from corpus.fingerprints import Fingerprint
from corpus.records import Record
from index.building.counting import weigh
from index.building.merging import merge, segment_of
from index.data.format import MANIFEST
from index.data.metadata import Metadata
from index.data.sequences import Sequences
from index.data.tables import Facts, Tables
from index.folder.addresses import is_address, join
from index.ranking.conditions import Condition, documents_of
from index.ranking.search import Hits, Index
from index.ranking.selection import checked, select

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shard(Record):
    """One shard as the manifest names it.

    ``place`` is its folder, seen from the manifest's unless it is absolute or an address (``s3://...``);
    ``sha256`` is that of the shard's own manifest.
    """

    place: str
    documents: int
    passages: int
    sha256: str


class ShardedIndex(Index):
    """Several shards of one collection, asked as one index; numbers run through all shards in their order.

    >>> from corpus.documents import Section
    >>> from index.building.build import build_segment
    >>> from index.building.counting import add_totals, totals
    >>> def tea(n): return Document(f"d{n}", "Tea", "Tea is hot.", (Section((), 0, 11),), "tea.txt")
    >>> segments = [build_segment([tea(1)]), build_segment([tea(2)])]
    >>> whole = add_totals([totals(segment) for segment in segments])
    >>> index = ShardedIndex([weigh(segment, whole) for segment in segments])
    >>> len(index), index.search("Is tea hot?").numbers.tolist(), index.passage(1).document
    (2, [0, 1], 'd2')
    """

    def __init__(self, shards: Sequence[Index], name: str = "the index") -> None:
        first = shards[0]
        self.shards = tuple(shards)
        self.settings = first.settings
        self.vocabulary = first.vocabulary  # that of the whole collection, in every shard
        self.statistics = first.statistics
        self.analyzer = first.analyzer
        self.origin = first.origin
        self.stamp = None
        self.tables = cast(Tables, _Tables(self, name))
        self._digits = first._digits
        self._known = first._known  # for the numbers of terms, which are those of the whole collection
        self._documents = np.cumsum([0, *(shard.document_count for shard in shards)]).tolist()
        self._passages = np.cumsum([0, *map(len, shards)]).tolist()
        self._met: dict[str, int] = {}
        # By the weights of terms alone: the evidence is looked at when the best of all shards are known.
        self._bare = [copy(shard) for shard in shards]
        for shard in self._bare:
            shard.settings = replace(first.settings, evidence=replace(first.settings.evidence, depth=0))

    def __len__(self) -> int:
        return int(self._passages[-1])

    @property
    def document_count(self) -> int:
        """The number of documents."""
        return int(self._documents[-1])

    def joined(self) -> Index:
        """One index of all shards, in memory: what a build on one machine gives."""
        index = weigh(merge([segment_of(shard) for shard in self.shards]))
        index.origin = self.origin
        return index

    def search(
        self, question: str, k: int = 10, *, within: Numbers | None = None, also: Mapping[str, float] | None = None
    ) -> Hits:
        """The ``k`` best passages for a question; see ``Index.search``."""
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        depth = max(k, self.settings.evidence.depth)
        parts = self._parts(None if within is None else checked(within, len(self)))
        found = [
            shard.search(question, depth, within=part, also=also) for shard, part in zip(self._bare, parts, strict=True)
        ]
        return self._merged(question, k, found)

    def search_many(self, questions: Iterable[str], k: int = 10, *, threads: int | None = None) -> list[Hits]:
        """``search`` for each of many questions, in their order, and faster than one by one."""
        questions = list(questions)
        depth = max(k, self.settings.evidence.depth)
        found = [shard.search_many(questions, depth if k >= 1 else k, threads=threads) for shard in self._bare]
        return [self._merged(question, k, parts) for question, *parts in zip(questions, *found, strict=True)]

    def load_compiled(self) -> bool:
        """Whether compiled code ranks from now on; see ``Index.load_compiled``."""
        return all([shard.load_compiled() for shard in self._bare])

    def _merged(self, question: str, k: int, parts: Sequence[Hits]) -> Hits:
        numbers = np.concatenate([part.numbers + first for part, first in zip(parts, self._passages, strict=False)])
        scores = np.concatenate([part.scores for part in parts])
        order = np.lexsort((numbers, -scores))[: max(k, self.settings.evidence.depth)]
        terms, _ = self.shards[0]._question(question)
        return self._hits(question, k, terms, (numbers[order], scores[order]))

    @cached_property
    def metadata(self) -> Metadata:
        """What the documents state of themselves; read when it is first asked for."""
        return Metadata.of([shard.tables for shard in self.shards])

    def within(
        self, documents: Sequence[str] = (), sections: Sequence[str] = (), where: Sequence[Condition] = ()
    ) -> Numbers:
        """The numbers of the passages of some documents and sections, ascending; see ``Index.within``."""
        numbers = documents_of([self._number(name) for name in documents], lambda: self.metadata, where)
        owned = [None] * len(self.shards) if numbers is None else _parted(numbers, self._documents)
        parts = [
            select(shard.tables, own, sections) + first
            for shard, own, first in zip(self.shards, owned, self._passages, strict=False)
        ]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def evidence(self, question: str, passages: Numbers) -> NDArray[np.float64]:
        """The shares of evidence of a question in passages; see ``Index.evidence``."""
        terms, _ = self.shards[0]._question(question)
        return self._shares(question, terms, passages)

    def holds(self, term: str) -> bool:
        """Whether any passage, title or heading path holds a term (as the analyzer gives it)."""
        return self.shards[0].holds(term)

    def holding(self, term: str, most: int) -> Numbers:
        """The numbers of the first passages that hold a term (as the analyzer gives it), at most so many."""
        parts, left = [np.empty(0, np.int64)], most
        for shard, first in zip(self.shards, self._passages, strict=False):
            parts.append(shard.holding(term, left) + first)
            left -= len(parts[-1])
        return np.concatenate(parts)

    def held_in(self, term: str, passages: Numbers) -> NDArray[np.bool_]:
        """Whether each of some passages holds a term (as the analyzer gives it)."""
        owners = np.searchsorted(self._passages, passages, side="right") - 1
        held = np.zeros(len(passages), np.bool_)
        for owner in np.unique(owners).tolist():
            places = np.flatnonzero(owners == owner)
            held[places] = self.shards[owner].held_in(term, passages[places] - self._passages[owner])
        return held

    def idf(self, term: str) -> float:
        """How much a term tells in the whole collection."""
        return self.shards[0].idf(term)

    def passage(self, number: int) -> Passage:
        """The passage of that number, from 0; raises IndexError where there is none."""
        if not 0 <= number < len(self):
            raise IndexError(f"passage {number} does not exist; the index has {len(self)}, numbered from 0")
        owner = self._owner(number, self._passages)
        return self.shards[owner].passage(number - self._passages[owner])

    def surroundings(self, passage: Passage) -> Surroundings:
        """Where the headings of a passage stand, and what its section holds before it."""
        return self._holding(passage.document).surroundings(passage)

    def passages(self) -> Iterator[Passage]:
        """Each passage in the order of the numbers."""
        return chain.from_iterable(shard.passages() for shard in self.shards)

    def documents(self) -> Iterator[Document]:
        """Each document, whole, in the order in which they were read."""
        return chain.from_iterable(shard.documents() for shard in self.shards)

    def document(self, name: str) -> Document:
        """The document of that id, whole; raises KeyError where there is none."""
        return self._holding(name).document(name)

    def facts(self, name: str) -> Facts:
        """Title, source and hash of the document of that id; raises KeyError where there is none."""
        return self._holding(name).facts(name)

    def place(self, name: str, start: int, end: int) -> dict[str, Any]:
        """Where in its file ``[start, end)`` of a document stands; raises KeyError where there is none."""
        return self._holding(name).place(name, start, end)

    def text(self, name: str, start: int, end: int) -> str:
        """The code points ``[start, end)`` of a document's text; raises KeyError where there is none."""
        return self._holding(name).text(name, start, end)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Each source file as it was when it was indexed."""
        return chain.from_iterable(shard.fingerprints() for shard in self.shards)

    def _segments(self, passages: Numbers) -> tuple[Sequences, Numbers]:
        """The sequences of just those passages, in their order, and the bounds of their segments."""
        owners = np.searchsorted(self._passages, passages, side="right") - 1
        terms, lengths = [np.empty(0, np.int32)] * len(passages), [np.empty(0, np.int64)] * len(passages)
        for owner in np.unique(owners).tolist():
            places = np.flatnonzero(owners == owner)
            sequences, bounds = self.shards[owner]._segments(passages[places] - self._passages[owner])
            for place, (first, last) in zip(places.tolist(), bounds.tolist(), strict=True):
                starts = sequences.segment_starts[first : last + 1]
                terms[place] = sequences.terms[starts[0] : starts[-1]]
                lengths[place] = starts[1:] - starts[:-1]
        ends = np.cumsum([0, *map(len, lengths)])
        found = Sequences(
            terms=np.concatenate([np.empty(0, np.int32), *terms]),
            segment_starts=np.cumsum(np.concatenate([np.zeros(1, np.int64), *lengths])),
            lengths=np.empty((0, len(passages)), np.int32),
        )
        return found, np.stack([ends[:-1], ends[1:]], axis=1)

    def _parts(self, within: Numbers | None) -> list[Numbers | None]:
        """What each shard may find, in its own numbers."""
        if within is None:
            return [None] * len(self.shards)
        return [*_parted(within, self._passages)]

    def _number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        for shard, first in zip(self.shards, self._documents, strict=False):
            if name in shard._met:
                return int(first + shard._met[name])
        for shard, first in zip(self.shards, self._documents, strict=False):
            try:
                return int(first + shard.tables.number(name))
            except KeyError:
                continue
        raise KeyError(name)

    def _holding(self, name: str) -> Index:
        return self.shards[self._owner(self._number(name), self._documents)]

    @staticmethod
    def _owner(number: int, firsts: list[int]) -> int:
        """The shard of a passage or document."""
        return bisect_right(firsts, number) - 1


def _parted(numbers: Numbers, firsts: list[int]) -> list[Numbers]:
    """Ascending numbers that run through all shards, parted by shard, in each one's own numbers."""
    cuts = np.searchsorted(numbers, firsts)
    return [numbers[cuts[place] : cuts[place + 1]] - first for place, first in enumerate(firsts[:-1])]


class _Tables:
    """The little of ``Tables`` that is read by number from outside of an index."""

    def __init__(self, index: ShardedIndex, name: str) -> None:
        self._index = index
        self._name = name

    def facts(self, document: int) -> Facts:
        """The facts of the document of that number."""
        owner = self._index._owner(document, self._index._documents)
        return self._index.shards[owner].tables.facts(document - self._index._documents[owner])

    def number(self, name: str) -> int:
        """The number of the document of that id; raises KeyError where there is none."""
        return self._index._number(name)

    def dropped_counts(self) -> tuple[int, int]:
        """How many parts were left out of documents, and of how many documents."""
        counts = [shard.tables.dropped_counts() for shard in self._index.shards]
        return sum(parts for parts, _ in counts), sum(documents for _, documents in counts)

    @property
    def passages(self) -> _Rows:
        """The rows of passages, to be indexed with their numbers."""
        return _Rows(self._index)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise IndexFolderError(
            f"{self._name}: is an index in shards, which cannot be changed in place; build it anew: qa index PATH... "
            f"--cluster ADDRESS -o DIR, or make it one index: qa.open({self._name!r}).save(DIR)"
        )


class _Rows:
    def __init__(self, index: ShardedIndex) -> None:
        self._index = index

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, numbers: Numbers) -> NDArray[Any]:
        """The rows of those passages; the numbers of documents in them run through all shards."""
        index = self._index
        owners = np.searchsorted(index._passages, numbers, side="right") - 1
        rows = np.empty(len(numbers), index.shards[0].tables.passages.dtype)
        for owner in np.unique(owners).tolist():
            found = index.shards[owner].tables.passages[numbers[owners == owner] - index._passages[owner]]
            found["document"] += index._documents[owner]
            rows[owners == owner] = found
        return rows


def sharded_manifest(shards: Sequence[Shard]) -> dict[str, Any]:
    """What the manifest of an index in shards says besides its format and version."""
    return {
        "counts": {
            "documents": sum(shard.documents for shard in shards),
            "passages": sum(shard.passages for shard in shards),
        },
        "shards": [shard.to_dict() for shard in shards],
    }


def shard_at(place: str, folder: Path) -> Shard:
    """The entry for a shard that was just written to a folder; raises IndexFolderError where nothing stands there."""
    try:
        content = (folder / MANIFEST).read_bytes()
        counts = json.loads(content)["counts"]
    except (OSError, ValueError, KeyError) as error:
        raise IndexFolderError(f"{folder}: the shard cannot be read ({error})") from error
    return Shard(place, counts["documents"], counts["passages"], hashlib.sha256(content).hexdigest())


def open_shards(found: Path, name: str, manifest: dict[str, Any], open_folder: Callable[[str], Index]) -> ShardedIndex:
    """The index of a manifest that names shards, which lies in the folder ``found`` and is told of as ``name``.

    Raises IndexFolderError where the manifest is damaged, or a shard is missing, damaged or another one.
    """
    again = "build the index anew: qa index PATH... --cluster ADDRESS -o DIR"
    try:
        shards = [Shard(**fields) for fields in manifest["shards"]]
        agree = bool(shards) and sharded_manifest(shards)["counts"] == manifest["counts"]
    except (KeyError, TypeError) as error:
        raise IndexFolderError(f"{name}: its manifest.json is damaged ({error!r}); {again}") from error
    if not agree:
        raise IndexFolderError(f"{name}: its manifest.json is damaged: shards and counts do not agree; {again}")
    opened = []
    for shard in shards:
        place = join(os.fspath(found), shard.place)
        index = open_folder(place)
        copied = is_address(place)  # then the copy was found by what the manifest says
        if (index.document_count, len(index)) != (shard.documents, shard.passages) or (
            not copied and shard_at(shard.place, Path(place)) != shard
        ):
            raise IndexFolderError(f"{place}: is not the shard that {name} was built with; {again}")
        opened.append(index)
    if any(index.statistics.passages != manifest["counts"]["passages"] for index in opened):
        raise IndexFolderError(f"{name}: its shards were not built together; {again}")
    return ShardedIndex(opened, name)
