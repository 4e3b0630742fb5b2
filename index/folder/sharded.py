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
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Passage, Surroundings
from corpus.errors import IndexFolderError, SettingError
from corpus.fingerprints import Fingerprint
from corpus.marks import Mark
from corpus.records import Record
from index.building.counting import weigh
from index.building.merging import merge, segment_of
from index.data.format import MANIFEST
from index.data.metadata import Metadata
from index.data.sequences import Sequences
from index.data.tables import PASSAGE, Facts
from index.folder.addresses import is_address, join
from index.ranking.loading import Loading
from index.ranking.rescoring import Rescoring
from index.ranking.search import Hits, Index
from index.ranking.selection import checked, documents_of, select
from index.ranking.whole import WholeIndex

if TYPE_CHECKING:
    from index.ranking.conditions import Condition

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

    def __init__(self, shards: Sequence[WholeIndex]) -> None:
        first = shards[0]
        self.shards = tuple(shards)
        self.settings = first.settings
        self.vocabulary = first.vocabulary  # that of the whole collection, in every shard
        self.statistics = first.statistics
        self.analyzer = first.analyzer
        self.origin = first.origin
        self.stamp = None
        self._lookup = first.lookup  # the numbers of terms are those of the whole collection
        self._documents = np.cumsum([0, *(shard.document_count for shard in shards)]).tolist()
        self._passages = np.cumsum([0, *map(len, shards)]).tolist()
        self._rescoring = Rescoring(self._lookup, partial(_segments_in, self.shards, self._passages))
        self._loading = Loading()
        # By the weights of terms alone: the evidence is looked at when the best of all shards are known.
        self._bare = [shard.without_evidence() for shard in shards]

    def __len__(self) -> int:
        return int(self._passages[-1])

    @property
    def document_count(self) -> int:
        """The number of documents."""
        return int(self._documents[-1])

    def joined(self) -> WholeIndex:
        """One index of all shards, in memory: what a build on one machine gives."""
        index = weigh(merge([segment_of(shard) for shard in self.shards]))
        index.origin = self.origin
        return index

    def search(
        self, question: str, k: int = 10, *, within: Numbers | None = None, also: Mapping[str, float] | None = None
    ) -> Hits:
        """See ``Index.search``."""
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        self._loading.asked(self)
        depth = max(k, self.settings.evidence.depth)
        parts = self._parts(None if within is None else checked(within, len(self)))
        found = [
            shard.search(question, depth, within=part, also=also) for shard, part in zip(self._bare, parts, strict=True)
        ]
        return self._merged(question, k, found)

    def search_many(self, questions: Iterable[str], k: int = 10, *, threads: int | None = None) -> list[Hits]:
        """See ``Index.search_many``."""
        questions = list(questions)
        depth = max(k, self.settings.evidence.depth)
        found = [shard.search_many(questions, depth if k >= 1 else k, threads=threads) for shard in self._bare]
        return [self._merged(question, k, parts) for question, *parts in zip(questions, *found, strict=True)]

    def load_compiled(self) -> bool:
        """See ``Index.load_compiled``."""
        return all([shard.load_compiled() for shard in self._bare]) and self._rescoring.load()

    def _merged(self, question: str, k: int, parts: Sequence[Hits]) -> Hits:
        numbers = np.concatenate([part.numbers + first for part, first in zip(parts, self._passages, strict=False)])
        scores = np.concatenate([part.scores for part in parts])
        order = np.lexsort((numbers, -scores))[: max(k, self.settings.evidence.depth)]
        terms, _ = self._lookup.question(question)
        ranked = numbers[order], scores[order]
        return self._rescoring.hits(question, k, terms, ranked, self.settings.evidence)

    @cached_property
    def metadata(self) -> Metadata:
        """See ``Index.metadata``."""
        return Metadata.of([shard.tables for shard in self.shards])

    def within(
        self, documents: Sequence[str] = (), sections: Sequence[str] = (), where: Sequence[Condition] = ()
    ) -> Numbers:
        """The numbers of the passages of some documents and sections, ascending; see ``Index.within``."""
        numbers = documents_of([self.number(name) for name in documents], lambda: self.metadata, where)
        owned = [None] * len(self.shards) if numbers is None else _parted(numbers, self._documents)
        parts = [
            select(shard.tables, own, sections) + first
            for shard, own, first in zip(self.shards, owned, self._passages, strict=False)
        ]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def evidence(self, question: str, passages: Numbers) -> NDArray[np.float64]:
        """See ``Index.evidence``."""
        terms, _ = self._lookup.question(question)
        return self._rescoring.shares(question, terms, passages, self.settings.evidence)

    def holds(self, term: str) -> bool:
        """See ``Index.holds``."""
        return self.shards[0].holds(term)

    def holding(self, term: str, most: int) -> Numbers:
        """See ``Index.holding``."""
        parts, left = [np.empty(0, np.int64)], most
        for shard, first in zip(self.shards, self._passages, strict=False):
            parts.append(shard.holding(term, left) + first)
            left -= len(parts[-1])
        return np.concatenate(parts)

    def held_in(self, term: str, passages: Numbers) -> NDArray[np.bool_]:
        """See ``Index.held_in``."""
        owners = np.searchsorted(self._passages, passages, side="right") - 1
        held = np.zeros(len(passages), np.bool_)
        for owner in np.unique(owners).tolist():
            places = np.flatnonzero(owners == owner)
            held[places] = self.shards[owner].held_in(term, passages[places] - self._passages[owner])
        return held

    def idf(self, term: str) -> float:
        """See ``Index.idf``."""
        return self.shards[0].idf(term)

    def passage(self, number: int) -> Passage:
        """See ``Index.passage``."""
        if not 0 <= number < len(self):
            raise IndexError(f"passage {number} does not exist; the index has {len(self)}, numbered from 0")
        owner = self._owner(number, self._passages)
        return self.shards[owner].passage(number - self._passages[owner])

    def surroundings(self, passage: Passage) -> Surroundings:
        """See ``Index.surroundings``."""
        return self._holding(passage.document).surroundings(passage)

    def passages(self) -> Iterator[Passage]:
        """See ``Index.passages``."""
        return chain.from_iterable(shard.passages() for shard in self.shards)

    def documents(self) -> Iterator[Document]:
        """See ``Index.documents``."""
        return chain.from_iterable(shard.documents() for shard in self.shards)

    def document(self, name: str) -> Document:
        """See ``Index.document``."""
        return self._holding(name).document(name)

    def facts(self, name: str) -> Facts:
        """See ``Index.facts``."""
        return self._holding(name).facts(name)

    def place(self, name: str, start: int, end: int) -> dict[str, Any]:
        """Where in its file ``[start, end)`` of a document stands; raises KeyError where there is none."""
        return self._holding(name).place(name, start, end)

    def marks(self, name: str, start: int, end: int) -> tuple[Mark, ...]:
        """See ``Index.marks``."""
        return self._holding(name).marks(name, start, end)

    def text(self, name: str, start: int, end: int) -> str:
        """See ``Index.text``."""
        return self._holding(name).text(name, start, end)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """See ``Index.fingerprints``."""
        return chain.from_iterable(shard.fingerprints() for shard in self.shards)

    def rows(self, passages: Numbers) -> NDArray[Any]:
        """See ``Index.rows``."""
        owners = np.searchsorted(self._passages, passages, side="right") - 1
        rows = np.empty(len(passages), PASSAGE)
        for owner in np.unique(owners).tolist():
            found = self.shards[owner].rows(passages[owners == owner] - self._passages[owner])
            found["document"] += self._documents[owner]
            rows[owners == owner] = found
        return rows

    def facts_of(self, document: int) -> Facts:
        """See ``Index.facts_of``."""
        owner = self._owner(document, self._documents)
        return self.shards[owner].facts_of(document - self._documents[owner])

    def dropped_counts(self) -> tuple[int, int]:
        """See ``Index.dropped_counts``."""
        counts = [shard.dropped_counts() for shard in self.shards]
        return sum(parts for parts, _ in counts), sum(documents for _, documents in counts)

    def hashes(self) -> tuple[str, ...]:
        """See ``Index.hashes``."""
        return tuple(chain.from_iterable(shard.hashes() for shard in self.shards))

    def _parts(self, within: Numbers | None) -> list[Numbers | None]:
        if within is None:
            return [None] * len(self.shards)
        return [*_parted(within, self._passages)]

    def number(self, name: str) -> int:
        """See ``Index.number``."""
        for shard, first in zip(self.shards, self._documents, strict=False):
            if (number := shard.met(name)) is not None:
                return int(first + number)
        for shard, first in zip(self.shards, self._documents, strict=False):
            try:
                return int(first + shard.number(name))
            except KeyError:
                continue
        raise KeyError(name)

    def _holding(self, name: str) -> WholeIndex:
        return self.shards[self._owner(self.number(name), self._documents)]

    @staticmethod
    def _owner(number: int, firsts: list[int]) -> int:
        """The shard of a passage or document."""
        return bisect_right(firsts, number) - 1


def _parted(numbers: Numbers, firsts: list[int]) -> list[Numbers]:
    """Ascending numbers that run through all shards, parted by shard, in each one's own numbers."""
    cuts = np.searchsorted(numbers, firsts)
    return [numbers[cuts[place] : cuts[place + 1]] - first for place, first in enumerate(firsts[:-1])]


def whole_of(index: Index) -> WholeIndex:
    """An index as one that can be saved and changed: itself, or of one in shards, all of them in one."""
    if isinstance(index, ShardedIndex):
        return index.joined()
    assert isinstance(index, WholeIndex), "an index is of one piece or in shards"
    return index


def _segments_in(shards: Sequence[WholeIndex], firsts: list[int], passages: Numbers) -> tuple[Sequences, Numbers]:
    """The sequences of just those passages, in their order, and the bounds of their segments."""
    owners = np.searchsorted(firsts, passages, side="right") - 1
    terms, lengths = [np.empty(0, np.int32)] * len(passages), [np.empty(0, np.int64)] * len(passages)
    for owner in np.unique(owners).tolist():
        places = np.flatnonzero(owners == owner)
        sequences, bounds = shards[owner].segments(passages[places] - firsts[owner])
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
        if (
            not isinstance(index, WholeIndex)
            or (index.document_count, len(index)) != (shard.documents, shard.passages)
            or (not copied and shard_at(shard.place, Path(place)) != shard)
        ):
            raise IndexFolderError(f"{place}: is not the shard that {name} was built with; {again}")
        opened.append(index)
    if any(index.statistics.passages != manifest["counts"]["passages"] for index in opened):
        raise IndexFolderError(f"{name}: its shards were not built together; {again}")
    return ShardedIndex(opened)
