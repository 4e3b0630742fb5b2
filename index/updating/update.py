"""Brings an index up to date with its source files: only what has changed is read, the rest is copied.

The result is, byte for byte, what a fresh build of the same paths gives. Two things are unlike it on purpose: a
file that can no longer be read keeps the documents it had, and what was removed stays out until it is named again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.contents import Content
from corpus.documents import Document
from corpus.errors import EmptySourceError, SourceError
from corpus.fingerprints import Fingerprint, load
from corpus.progress import Progress
from corpus.reading import Ids, reported, skipped
from corpus.skipped import OnSkip, warn_of_skip
from corpus.web.copies import Origins, iterate_copy
from index.building.build import build_index, build_segment
from index.building.counting import weigh
from index.building.merging import merge, segment_of
from index.building.sources import with_sources
from index.data.origin import origin_of, version
from index.data.segment import Segment
from index.data.tables import Tables
from index.folder.layout import scratch_beside
from index.folder.lock import writing
from index.folder.sharded import whole_of
from index.folder.storage import open_index, save_index
from index.ranking.whole import WholeIndex
from index.settings import IndexSettings
from index.updating.catalogue import Catalogue
from index.updating.changes import Changes
from index.updating.scope import Entry, Plan, plan_removal, plan_update


def update_index(
    folder: str | os.PathLike[str],
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    settings: IndexSettings | None = None,
    on_skip: OnSkip = warn_of_skip,
    progress: Progress | None = None,
    memory: int | None = None,
    check: bool = False,
) -> Changes:
    """What changed in an index folder that now is as the files at the paths are; paths that are new to it are added.

    Without paths, those of the build are looked at again. An index of other settings, or of another version of
    citespan, is rebuilt from all its files; a folder that does not exist is built; an index in shards becomes one.
    A file whose size, times and number on disk are as before is not read, unless ``check`` asks to compare all.
    What ``memory`` (bytes) cannot hold of a build goes to files beside the index; what is copied is held in memory.
    Raises SourceError where a path does not exist or no document is left, and IndexFolderError where the folder
    cannot be used; the index is then as it was.
    """
    settings = settings if settings is not None else IndexSettings()
    with writing(folder) as target:
        absent = not target.exists() or (target.is_dir() and not any(target.iterdir()))
        old = None if absent and paths else whole_of(open_index(folder))
        catalogue = Catalogue(old)
        before = old.origin if old is not None and old.origin is not None else origin_of(Path.cwd(), ())
        plan = plan_update(replace(before, version=version()), catalogue.files, paths, on_skip)
        rewriting = _Rewriting(old, catalogue, plan, _why_rebuilt(old, settings), on_skip, check=check)
        return rewriting.save(target, settings, progress, memory)


def remove_from_index(folder: str | os.PathLike[str], names: Sequence[str | os.PathLike[str]]) -> Changes:
    """What changed in an index folder that now is without some source files and folders, or documents by id.

    What lies below a path of the build stays out of later updates, until it is named in one; a document, until its
    file is. Raises SourceError where the index has nothing of a name, or no document would be left; the index is
    then as it was.
    """
    with writing(folder) as target:
        old = whole_of(open_index(folder))
        catalogue = Catalogue(old)
        plan = plan_removal(old, catalogue, names)
        return _Rewriting(old, catalogue, plan, None, warn_of_skip).save(target, old.settings)


def _why_rebuilt(old: WholeIndex | None, settings: IndexSettings) -> str | None:
    """Why the documents of an index cannot be kept, in words; None where they can."""
    if old is None:
        return None
    different = [
        f"{part.name}.{one.name} was {was!r} and is {now!r}"
        for part in fields(settings)
        for one in fields(getattr(settings, part.name))
        if (was := getattr(getattr(old.settings, part.name), one.name))
        != (now := getattr(getattr(settings, part.name), one.name))
    ]
    if different:
        return f"other settings ({', '.join(different)})"
    if old.origin is not None and old.origin.version != version():
        return f"another version of citespan (was {old.origin.version} and is {version()})"
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """A document for the new index: the id that it wants, and where it is.

    ``number`` and ``name`` are its number and id in the old index; those of a ``document`` that was read are None.
    """

    wanted: str
    number: int | None = None
    name: str | None = None
    document: Document | None = None


class _Rewriting:
    """An index on its way to what the plan says: documents of the old one, and documents that are read."""

    def __init__(
        self,
        old: WholeIndex | None,
        catalogue: Catalogue,
        plan: Plan,
        rebuilt: str | None,
        on_skip: OnSkip,
        *,
        check: bool = False,
    ) -> None:
        self._old = old
        self._check = check
        self._catalogue = catalogue
        self._plan = plan
        self._rebuilt = rebuilt
        self._origins = Origins([Path(root) for root in plan.origin.roots], base=Path(plan.origin.base))
        self._on_skip = self._origins.telling(on_skip)
        self._ids = Ids()
        # Each document of the new index: its number in the old one, or -1 for the next of those that are read.
        self._order: list[int] = []
        self._files: list[Fingerprint] = []
        self._counts: list[int] = []
        self._added: list[str] = []
        self._changed: list[str] = []
        self._removed: list[str] = []

    def save(
        self, target: Path, settings: IndexSettings, progress: Progress | None = None, memory: int | None = None
    ) -> Changes:
        """What changed in the folder, which holds the new index then; it is not written where nothing changed."""
        if self._old is not None and self._settled(self._old):
            self._files = self._catalogue.files
            return self._changes(self._old)
        if self._old is not None:
            open_index(target, verify=True)  # what is copied gets new hashes: damage must not hide behind them
        if self._old is None or self._rebuilt:
            scratch = scratch_beside(target)
            index = build_index(self._new(), settings=settings, progress=progress, memory=memory, scratch=scratch)
            same = False
        else:
            index, same = self._merged(self._old, build_segment(self._new(), settings=settings, progress=progress))
        if not len(index):
            raise SourceError(
                f"{target}: no document would be left, so the index stays as it was; "
                "delete the folder to do away with it"
            )
        index = with_sources(index, self._plan.origin, self._files, self._counts)
        old = self._old
        if old is None or not same or (index.origin, index.tables.sources) != (old.origin, old.tables.sources[:]):
            save_index(index, target)
        return self._changes(index)

    def _settled(self, old: WholeIndex) -> bool:
        """Whether a look at the times of the files is enough to see that nothing changed."""
        files = [
            replace(self._catalogue.files[entry.known], root=entry.root)
            for entry in self._plan.entries
            if entry.known is not None
        ]
        return (
            not self._rebuilt
            and not self._plan.dropped
            and not any(entry.back for entry in self._plan.entries)
            and self._plan.origin == old.origin
            and len(files) == len(self._plan.entries)
            and files == self._catalogue.files
            and not any(
                entry.look and self._is_suspect(seen, self._place(entry))
                for entry, seen in zip(self._plan.entries, files, strict=True)
            )
        )

    def _changes(self, index: WholeIndex) -> Changes:
        """What was done, once every file has been looked at."""
        kept = {entry.known for entry in self._plan.entries}
        gone = [file.path for number, file in enumerate(self._catalogue.files) if number not in kept]
        return Changes(
            added=tuple(map(self._origins.named, self._added)),
            changed=tuple(map(self._origins.named, self._changed)),
            removed=tuple(map(self._origins.named, gone + self._removed)),
            unchanged=len(self._files) - len(self._added) - len(self._changed),
            rebuilt=self._rebuilt,
            documents=index.document_count,
            passages=len(index),
        )

    def _merged(self, old: WholeIndex, new: Segment) -> tuple[WholeIndex, bool]:
        """The index of documents of the old one and of new ones, and whether they are just those of the old one."""
        order = np.array(self._order, np.int64)
        read = order < 0
        if np.array_equal(order, np.arange(old.document_count)):
            return old, True
        if read.all():
            return weigh(new), False
        order[read] = old.document_count + np.arange(np.count_nonzero(read))
        return weigh(merge([segment_of(old), new], documents=order)), False

    def _new(self) -> Iterator[Document]:
        """The documents that are not copied, in their order; those that are copied are noted on the way."""
        for found in self._stored(range(self._catalogue.loose), {}):
            if found.number in self._plan.dropped:
                self._removed.append(found.wanted)
            else:
                yield from self._placed(found, self._ids.unique(found.wanted, Path(), Path()), range(0))
        for entry in self._plan.entries:
            data, seen = self._look(entry)
            if seen is not None:
                yield from self._file(entry, seen, data)

    def _look(self, entry: Entry) -> tuple[Content | None, Fingerprint | None]:
        """What a file holds, None if what is indexed of it stays, and its fingerprint, None if nothing is."""
        was, place = None, self._place(entry)
        if entry.known is not None:
            was = replace(self._catalogue.files[entry.known], root=entry.root)
            if not self._rebuilt and not entry.back and not (entry.look and self._is_suspect(was, place)):
                return None, was
        try:
            data, seen = load(place, entry.path.as_posix(), entry.root)
        except SourceError as error:
            skip = skipped(entry.path, error)
            self._on_skip(skip if was is None else replace(skip, cause=f"{skip.cause}; what was indexed of it stays"))
            return None, was
        if was is None or entry.back:
            return data, seen
        if not self._rebuilt and seen.sha256 == was.sha256:
            return None, replace(was, mtime_ns=seen.mtime_ns, ctime_ns=seen.ctime_ns, inode=seen.inode)
        return data, replace(seen, left_out=was.left_out)

    def _is_suspect(self, was: Fingerprint, place: Path) -> bool:
        """Whether a file must be read to see that it is as it was."""
        return self._check or not was.unchanged(place)

    def _place(self, entry: Entry) -> Path:
        return Path(self._plan.origin.base) / entry.path

    def _file(self, entry: Entry, seen: Fingerprint, data: Content | None) -> Iterator[Document]:
        """The documents of one file that are not copied, read anew or as they are stored."""
        stored = range(0) if entry.known is None else self._catalogue.documents(entry.known)
        documents: Iterator[_Found]
        if data is None:
            documents = self._stored(stored, dict(seen.renamed))
        else:
            read = self._parsed(entry, data)
            if read is None:  # damaged or refused: a good index must not lose what it has of the file
                seen = replace(self._catalogue.files[entry.known or 0], root=entry.root)
                data, documents = None, self._stored(stored, dict(seen.renamed))
            else:
                documents = (_Found(document.id, document=document) for document in read)
        before, renamed, left_out = len(self._order), [], dict.fromkeys(seen.left_out)
        for found in documents:
            if found.name is not None and found.number in self._plan.dropped:
                self._removed.append(found.name)
                left_out[found.wanted] = None
            elif found.document is None or found.wanted not in left_out:
                name = self._ids.unique(found.wanted, entry.path, Path(self._plan.origin.roots[entry.root]))
                if name != found.wanted:
                    renamed.append((name, found.wanted))
                yield from self._placed(found, name, stored)
        count, path = len(self._order) - before, entry.path.as_posix()
        if count:
            self._files.append(replace(seen, renamed=tuple(renamed), left_out=tuple(left_out)))
            self._counts.append(count)
            if data is not None:
                (self._added if entry.known is None else self._changed).append(path)
        elif entry.known is not None:
            self._removed.append(path)

    def _parsed(self, entry: Entry, data: Content) -> Iterator[Document] | None:
        """The documents read from a file, None where it has become unreadable and what is indexed of it stays."""
        copy = self._origins.copy_of(entry.path, entry.root)
        documents = iterate_copy(data, entry.path, self._on_skip, copy)
        try:
            first = next(documents, None)
        except SourceError as error:
            skip = skipped(entry.path, error)
            if entry.known is None or isinstance(error, EmptySourceError):
                self._on_skip(skip)
                return iter(())
            self._on_skip(replace(skip, cause=f"{skip.cause}; what was indexed of it stays"))
            return None
        rest = reported(documents, entry.path, self._on_skip)
        return rest if first is None else chain([first], rest)

    def _stored(self, numbers: range, wanted: dict[str, str]) -> Iterator[_Found]:
        """The documents of those numbers in the old index, which want those ids, if not their own."""
        for number in numbers:
            name = self._tables.facts(number).id
            yield _Found(wanted.get(name, name), number, name)

    def _placed(self, found: _Found, name: str, stored: range) -> Iterator[Document]:
        """Takes a document under an id: copied where the old index has the same among ``stored``, else yielded."""
        number, document = found.number, found.document
        if number is None or found.name != name or self._rebuilt:
            document = replace(document or self._tables.document(number or 0), id=name)
            number = self._same(document, stored)
        if number is None and document is not None:
            self._order.append(-1)
            yield document
        elif number is not None:
            self._order.append(number)

    def _same(self, document: Document, stored: range) -> int | None:
        """The number of the document of those stored that equals this one, None where none does or none may stay."""
        if self._rebuilt or not stored:
            return None
        try:
            number = self._tables.number(document.id)
        except KeyError:
            return None
        return number if number in stored and self._tables.document(number) == document else None

    @property
    def _tables(self) -> Tables:
        """The tables of the old index."""
        assert self._old is not None, "only an old index has stored documents"
        return self._old.tables
