"""Builds an index in shards on a cluster of dask.distributed, with the results of one big index.

    files, walked here ── partition ──> parts: neighbouring files, about equal in bytes
    worker, each part:    read, split, analyse ──> segment, kept there ──> its totals, and the ids it wants
    here:                 totals added up; ids made unique in the order of all files
    worker, each part:    segment, weighed with the totals of all ──> a shard: an index folder
    here:                 the manifest that names the shards, then all of it in the place of the old index

What a dead worker had is built again by another, from the files: nothing else is lost. Sources, and the index
where it is no address for fsspec, lie on a file system that every worker sees under the same paths.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.documents import Document
from corpus.errors import ClusterError, SettingError, SourceError
from corpus.fingerprints import Fingerprint, load
from corpus.progress import Progress
from corpus.reading import Ids, SourceReading, parse, skipped
from corpus.skipped import OnSkip, SkippedFile, warn_of_skip
from corpus.walk import walk
from index.building.build import build_segment
from index.building.counting import Totals, add_totals, totals, weigh
from index.building.sources import with_sources
from index.cluster.connection import RETRIES, as_done, connected, lanes, outcome
from index.data.origin import Origin, origin_of
from index.data.segment import Segment
from index.data.tables import id_key, order_of
from index.data.vocabulary import Vocabulary
from index.folder.addresses import BUILD, check_free, is_address, send_folder, write_manifest
from index.folder.sharded import Shard, shard_at
from index.folder.storage import open_index, replacing, save_index, save_shards, shards_manifest
from index.ranking.search import Index
from index.settings import IndexSettings

if TYPE_CHECKING:
    from distributed import Client, Future

SHARD_BYTES = 100_000_000
"""Bytes of source files in a shard, about, where no number of shards is given; building it takes 13 times as much."""


@dataclass(frozen=True, slots=True)
class ShardPart:
    """Neighbouring files for one shard: each with the number of its root, and its path seen from ``base``."""

    base: str
    files: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a part, but for the text: small enough to be sent.

    ``wanted`` has the id that each document would have if no other had it, and ``counts`` how many documents each
    of ``files`` gave. ``unseen`` are paths that were not there.
    """

    files: tuple[Fingerprint, ...]
    counts: tuple[int, ...]
    wanted: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A part on the worker that read it."""

    read: Read
    segment: Segment

    def __sizeof__(self) -> int:
        """Bytes in memory, by which dask decides what to spill to disk."""
        tables, sequences = self.segment.tables, self.segment.sequences
        arrays = (tables.documents, tables.sections, tables.passages, tables.sentences, sequences.terms)
        rest = (sequences.segment_starts, sequences.lengths)
        return sum(array.nbytes for array in (*arrays, *rest)) + len(tables.texts) + len(tables.records)


def build_shards(
    paths: Sequence[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    address: str,
    shards: int | None = None,
    settings: IndexSettings | None = None,
    on_skip: OnSkip = warn_of_skip,
    progress: Progress | None = None,
) -> Index:
    """The index of the files at the paths, built by the cluster at an address and written to a folder, opened.

    It takes the place of an index that stands in the folder, which may be an address for fsspec (then one writer
    at a time is up to you). ``shards`` are as many as workers, or more where files are large, without a number.
    ``progress`` is told of steps, two for each shard. Raises ClusterError where the cluster cannot do it,
    SourceError where a path does not exist or nothing can be read, and IndexFolderError where the folder cannot be
    written; what stood there is then untouched.
    """
    if shards is not None and shards < 1:
        raise SettingError(f"shards is {shards}; expected 1 or more")
    settings = settings if settings is not None else IndexSettings()
    place = os.fspath(folder)
    reading = SourceReading(paths, on_skip=on_skip)
    found = list(walk(reading.roots, base=reading.base, on_skip=on_skip))
    sizes = [_size(reading.base / path) for _, path in found]
    with connected(address) as client, _target(place) as target:
        count = shards or max(lanes(client), -(-sum(sizes) // SHARD_BYTES))
        parts = [
            ShardPart(os.fspath(reading.base), tuple((root, path.as_posix()) for root, path in found[start:end]))
            for start, end in partition(sizes, count)
        ]
        work = _Work(client, reading, settings, progress or (lambda _done, _all: None))
        target.finish(work.build(parts, target.place, on_skip))
    return open_index(place)


def partition(sizes: Sequence[int], parts: int) -> list[tuple[int, int]]:
    """The bounds of at most so many runs of neighbours, none empty, about equal in the sum of their sizes.

    >>> partition([5, 1, 1, 1, 4, 4], 3)
    [(0, 2), (2, 5), (5, 6)]
    """
    weights = np.asarray(sizes, np.float64) + 1  # an empty file is some work too
    middles = np.cumsum(weights) - weights / 2
    owners = np.floor(middles / max(float(weights.sum()), 1.0) * parts)
    edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(weights)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def _size(path: Path) -> int:
    """The bytes of a file; 0 where they cannot be told, and reading it will say why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


class _Work:
    """One build: what is sent to the workers, and what comes back."""

    def __init__(self, client: Client, reading: SourceReading, settings: IndexSettings, progress: Progress) -> None:
        self._client = client
        self._reading = reading
        self._origin = origin_of(reading.base, reading.roots)
        self._settings = settings
        self._progress = progress

    def build(self, parts: list[ShardPart], place: Callable[[int], str], on_skip: OnSkip) -> list[Shard]:
        """The shards that were written, in the order of the parts; none for a part without a document."""
        built = {number: self._submit(read_part, part, self._settings) for number, part in enumerate(parts)}
        told = {self._submit(_read, one): number for number, one in built.items()}
        counted = [self._submit(_totals, one) for one in built.values()]
        whole = self._submit(add_totals, counted)
        reads = dict(self._as_done(told, 0, 2 * len(parts)))
        names = self._names([reads[number] for number in sorted(reads)], on_skip)
        saved = {
            self._submit(save_part, built[number], whole, names[number], place(number), self._origin): number
            for number in sorted(reads)
            if reads[number].wanted
        }
        del told, counted
        written = {}
        for number, shard in self._as_done(saved, len(parts), 2 * len(parts)):
            written[number] = shard
            del built[number]  # so that a worker that dies later does not make it be built again
        return [written[number] for number in sorted(written)]

    def _submit(self, function: Callable[..., object], *given: object) -> Future:
        return self._client.submit(function, *given, pure=False, retries=RETRIES)

    def _as_done(self, futures: dict[Future, int], before: int, steps: int) -> Iterator[tuple[int, Any]]:
        """The number and result of each task as soon as it is done; the task is then let go."""
        for done, future in enumerate(as_done(self._client, list(futures)), start=before + 1):
            result = outcome(self._client, future)
            self._progress(done, steps)
            yield futures.pop(future), result

    def _names(self, reads: list[Read], on_skip: OnSkip) -> list[dict[int, str]]:
        """For each part the final ids of the documents, by number, that cannot have the one that they want."""
        ids = Ids()
        names: list[dict[int, str]] = []
        for read in reads:
            self._check_seen(read)
            for file in read.skipped:
                on_skip(file)
            owners = (file for file, count in zip(read.files, read.counts, strict=True) for _ in range(count))
            final = [
                ids.unique(wanted, Path(file.path), Path(self._reading.roots[file.root]))
                for wanted, file in zip(read.wanted, owners, strict=True)
            ]
            names.append({n: name for n, name in enumerate(final) if name != read.wanted[n]})
        if not ids:
            causes = "; ".join(f"{file.path}: {file.cause}" for read in reads for file in read.skipped[:3])
            raise SourceError(
                f"no document to read in {', '.join(map(str, self._reading.roots))}"
                + (f" ({causes})" if causes else "")
            )
        return names

    def _check_seen(self, read: Read) -> None:
        for path in read.unseen:
            if (self._reading.base / path).exists():
                raise ClusterError(
                    f"{path}: is there, but a worker does not see {self._reading.base / path}; sources must lie on a "
                    "file system that every worker sees under the same path"
                )


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the shards go: ``place`` by their number; ``finish`` makes them the index."""

    place: Callable[[int], str]
    finish: Callable[[list[Shard]], None]


@contextmanager
def _target(folder: str) -> Iterator[_Target]:
    if is_address(folder):
        check_free(folder)
        build = f"{BUILD}{os.urandom(4).hex()}"
        yield _Target(
            place=lambda number: f"{folder.rstrip('/')}/{build}/{_name(number)}",
            finish=lambda shards: write_manifest(
                folder, shards_manifest([replace(shard, place=f"{build}/{shard.place}") for shard in shards])
            ),
        )
        return
    with replacing(folder) as new:

        def finish(shards: list[Shard]) -> None:
            for shard in shards:
                if not (new / shard.place).is_dir() or shard_at(shard.place, new / shard.place) != shard:
                    raise ClusterError(
                        f"{folder}: a worker wrote its shard where this machine does not see it; name a folder on a "
                        "file system that every worker sees under the same path, or an address that fsspec reaches"
                    )
            for left in new.glob(".*"):  # by a worker that was killed
                left.unlink()
            save_shards(shards, new)

        yield _Target(place=lambda number: os.fspath(new / _name(number)), finish=finish)


def _name(number: int) -> str:
    return f"shard-{number:05}"


def read_part(part: ShardPart, settings: IndexSettings) -> Built:
    """A part, read and analysed; runs on a worker."""
    files: list[Fingerprint] = []
    counts: list[int] = []
    wanted: list[str] = []
    left_out: list[SkippedFile] = []
    unseen: list[str] = []

    def documents() -> Iterator[Document]:
        ids = Ids()
        for root, name in part.files:
            path = Path(name)
            try:
                data, seen = load(Path(part.base) / path, name, root)
            except SourceError as error:
                left_out.append(skipped(path, error))
                if not (Path(part.base) / path).exists():
                    unseen.append(name)
                continue
            before = len(wanted)
            for document in parse(data, path, left_out.append):
                wanted.append(document.id)
                yield replace(document, id=ids.unique(document.id, path, path))
            if len(wanted) > before:
                files.append(seen)
                counts.append(len(wanted) - before)

    segment = build_segment(documents(), settings=settings)
    return Built(Read(tuple(files), tuple(counts), tuple(wanted), tuple(left_out), tuple(unseen)), segment)


def save_part(built: Built, whole: Totals, names: dict[int, str], place: str, origin: Origin) -> Shard:
    """The shard that a part became in a folder or at an address; runs on a worker.

    ``names`` has the final ids, by number, of documents that cannot have the one that they want.
    """
    read, held = built.read, whole.vocabulary
    # What came over the network may lie at odd places in memory, where plain numbers cannot be read from it.
    whole = replace(whole, vocabulary=Vocabulary(held.terms, held.term_starts.copy()))
    final = [names.get(number, wanted) for number, wanted in enumerate(read.wanted)]
    index = weigh(renamed(built.segment, final), whole)
    files, first = [], 0
    for file, count in zip(read.files, read.counts, strict=True):
        changed = [(names[n], read.wanted[n]) for n in range(first, first + count) if n in names]
        files.append(replace(file, renamed=tuple(changed)))
        first += count
    index = with_sources(index, origin, files, read.counts)
    if not is_address(place):
        save_index(index, place)
        return shard_at(Path(place).name, Path(place))
    with tempfile.TemporaryDirectory(prefix="citespan-") as scratch:
        local = Path(scratch, "shard")
        save_index(index, local)
        send_folder(local, place)
        return shard_at(place.rsplit("/", 1)[-1], local)


def renamed(segment: Segment, ids: Sequence[str]) -> Segment:
    """The segment with those ids of its documents."""
    tables = segment.tables
    bounds = tables.documents["record"].tolist()
    records = [bytes(tables.records[start:end]) for start, end in pairwise(bounds)]
    documents = tables.documents.copy()
    for number, name in enumerate(ids):
        line, _, marks = records[number].partition(b"\n")
        fields = json.loads(line)
        if fields["id"] != name:
            records[number] = json.dumps(fields | {"id": name}).encode("ascii") + b"\n" + marks
            documents["key"][number] = id_key(name)
    documents["record"] = np.cumsum([0, *map(len, records)])
    changed = replace(tables, records=b"".join(records), documents=documents, document_order=order_of(documents))
    return replace(segment, tables=changed)


def _read(built: Built) -> Read:
    return built.read


def _totals(built: Built) -> Totals:
    return totals(built.segment)
