"""Which files an update looks at, which it keeps as they are, and what a removal takes out."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import SourceError
from corpus.fingerprints import Fingerprint
from corpus.paths import absolute, below
from corpus.skipped import OnSkip, SkippedFile
from corpus.walk import missing, reaches, walk
from index.data.origin import Origin
from index.ranking.whole import WholeIndex
from index.updating.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the index to come: the number of its root, its path, its number in the old index, if it was there.

    ``look`` says whether it is looked at; else it stays as it is. ``back`` says that what was removed of it by id
    comes back.
    """

    root: int
    path: Path
    known: int | None
    look: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What an index is to hold: its origin, its files in order, and which documents are taken out by number."""

    origin: Origin
    entries: tuple[Entry, ...]
    dropped: frozenset[int] = frozenset()


def plan_update(
    origin: Origin, files: Sequence[Fingerprint], paths: Sequence[str | os.PathLike[str]], on_skip: OnSkip
) -> Plan:
    """The plan for looking at some paths, or at all that the index was built from where none is given.

    Raises SourceError for a path that does not exist and of which the index has nothing.
    """
    named = [absolute(Path.cwd(), path) for path in paths] or [origin.full(root) for root in origin.roots]
    if not named:
        raise SourceError(
            "the index was not built from files, so there is nothing to look at again; "
            "name the files or folders to add: qa index PATH... --update -o DIR"
        )
    _check(origin, files, named, paths)
    origin = _extended(origin, paths)
    wanted = {spelling for full in named for spelling in (full, os.path.realpath(full))}
    everywhere = all(_within(origin.full(root), wanted) for root in origin.roots)
    real = [(origin.full(root), os.path.realpath(origin.full(root))) for root in origin.roots]

    def spelt(root: int, path: str) -> list[str]:
        """A path in full, as it is spelt here and with the links to its root resolved."""
        full, (place, resolved) = origin.full(path), real[root]
        return [full] if place == resolved else [full, resolved + full[len(place) :]]

    def looked_at(root: int, path: str) -> bool:
        """Whether a path is wanted."""
        return everywhere or any(_within(full, wanted) for full in spelt(root, path))

    def back(root: int, path: str, known: int | None) -> bool:
        """Whether a file of which documents were removed is itself named, and not just a folder above it."""
        return bool(paths and known is not None and files[known].left_out) and not wanted.isdisjoint(spelt(root, path))

    skips: list[SkippedFile] = []
    entries, left = [], {file.path: number for number, file in enumerate(files)}
    for root, path in _walk(origin, skips.append):
        known = left.pop(path.as_posix(), None)
        look = looked_at(root, path.as_posix())
        if look or known is not None:
            entries.append(Entry(root, path, known, look, back(root, path.as_posix(), known)))
    closed = {origin.full(skip.path) for skip in skips if _closed(Path(origin.full(skip.path)))}
    kept = [
        Entry(files[number].root, Path(path), number, look=False)
        for path, number in left.items()
        if not looked_at(files[number].root, path) or _within(origin.full(path), closed)
    ]
    if kept:
        entries = sorted([*entries, *kept], key=lambda entry: (entry.root, entry.path))
    for skip in skips:
        full = origin.full(skip.path)
        if _within(full, wanted):
            stays = full in closed and any(below(origin.full(entry.path.as_posix()), full) for entry in kept)
            on_skip(replace(skip, cause=f"{skip.cause}; what was indexed from there stays") if stays else skip)
    return Plan(origin, tuple(entries))


def plan_removal(index: WholeIndex, catalogue: Catalogue, names: Sequence[str | os.PathLike[str]]) -> Plan:
    """The plan for taking out files and folders, by path, and documents, by id.

    Raises SourceError where the index has nothing of a name.
    """
    origin = index.origin if index.origin is not None else Origin(str(Path.cwd()), ())
    full = [origin.full(file.path) for file in catalogue.files]
    gone: set[int] = set()
    dropped: set[int] = set()
    taken: set[str] = set()
    for name in [os.fspath(name) for name in names]:
        roots = [origin.full(root) for root in origin.roots]
        for place in (absolute(Path.cwd(), name), origin.full(name)):
            if any(below(path, place) for path in (*full, *roots)):
                gone.update(number for number, path in enumerate(full) if below(path, place))
                taken.add(place)
                break
        else:
            try:
                dropped.add(index.tables.number(name))
            except KeyError:
                raise SourceError(_unknown(name, index, catalogue.files)) from None
    for number in range(len(full)):
        if dropped.issuperset(catalogue.documents(number)):
            gone.add(number)
            taken.add(full[number])
    stay = [root for root in origin.roots if not _within(origin.full(root), taken)]
    numbers = {origin.roots.index(root): place for place, root in enumerate(stay)}
    entries = tuple(
        Entry(numbers[file.root], Path(file.path), number, look=False)
        for number, file in enumerate(catalogue.files)
        if number not in gone
    )
    return Plan(_without(origin, stay, taken), entries, frozenset(dropped))


def _check(
    origin: Origin, files: Sequence[Fingerprint], wanted: Sequence[str], paths: Sequence[str | os.PathLike[str]]
) -> None:
    """Raises SourceError for a path that is not there, unless it was below one of the build and is gone now."""
    roots = {origin.full(root) for root in origin.roots}
    for place, full in enumerate(wanted):
        if os.path.lexists(full):
            continue
        if full in roots:
            name = os.fspath(paths[place]) if paths else full
            raise SourceError(
                f"{name}: no such file or folder any more, and the index is left as it was; bring it back, or take "
                f"its documents out: qa index --remove {name} -o DIR"
            )
        if not any(below(origin.full(file.path), full) for file in files):
            raise SourceError(missing(Path(paths[place])))


def _extended(origin: Origin, paths: Iterable[str | os.PathLike[str]]) -> Origin:
    """The origin with the paths that it does not cover yet."""
    here = str(Path.cwd())
    for path in paths:
        full = absolute(here, path)
        left_out = tuple(entry for entry in origin.left_out if origin.full(entry) != full)
        origin = replace(origin, left_out=left_out)
        hidden = {origin.full(entry) for entry in left_out}
        roots = [origin.full(root) for root in origin.roots]
        if not any(
            reaches(root, full, hidden) or reaches(os.path.realpath(root), os.path.realpath(full), hidden)
            for root in roots
        ):
            origin = replace(origin, roots=(*origin.roots, origin.named(path, here)))
    return origin


def _without(origin: Origin, roots: Sequence[str], taken: Iterable[str]) -> Origin:
    """The origin with those roots alone; of what is taken out, the paths below them that exist are left out."""
    fulls = [origin.full(root) for root in roots]
    stay = [entry for entry in origin.left_out if not _within(origin.full(entry), taken)]
    new = [path for path in sorted(taken) if os.path.lexists(path)]
    names = [*stay, *(os.path.relpath(path, origin.base) if below(path, origin.base) else path for path in new)]
    kept = dict.fromkeys(name for name in names if any(below(origin.full(name), root) for root in fulls))
    return replace(origin, roots=tuple(roots), left_out=tuple(kept))


def _walk(origin: Origin, on_skip: OnSkip) -> Iterable[tuple[int, Path]]:
    hidden = {origin.full(entry) for entry in origin.left_out}
    return walk([Path(root) for root in origin.roots], base=Path(origin.base), left_out=hidden, on_skip=on_skip)


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(below(path, folder) for folder in folders)


def _closed(path: Path) -> bool:
    """Whether a path is a folder that may not be listed, so that what is in it is not known to be gone."""
    try:
        if path.is_dir():
            next(iter(path.iterdir()), None)
    except OSError:
        return True
    return False


def _unknown(name: str, index: WholeIndex, files: Sequence[Fingerprint]) -> str:
    """The message for a name of which the index has nothing, with the nearest ones that it has."""
    paths = {part.as_posix() for file in files for part in (Path(file.path), *Path(file.path).parents)}
    ids = {index.tables.facts(number).id for number in range(index.document_count)}
    near = difflib.get_close_matches(name, sorted((paths | ids) - {".", "/"}), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "qa show --index DIR lists what is indexed"
    return f"{name}: the index has no source file, folder or document of that name; {hint}"
