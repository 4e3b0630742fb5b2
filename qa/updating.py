"""Keeps an index folder up with its files: what changed is read again, what is no longer wanted is taken out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SettingError
from index.updating.changes import Changes

if TYPE_CHECKING:
    from corpus.skipped import SkippedFile
    from corpus.web.copies import Copies
    from corpus.web.limits import WebLimits
    from index.settings import IndexSettings

Name = str | os.PathLike[str]


def update(
    folder: Name,
    paths: Sequence[Name] = (),
    *,
    settings: IndexSettings | None = None,
    wait: float | None = None,
    on_skip: Callable[[SkippedFile], None] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
    memory: int | None = None,
    check: bool = False,
    web: WebLimits | None = None,
) -> Changes:
    """What changed in an index folder, which is then as a fresh build of its files would be.

    Without ``paths``, all that it was built from is looked at; a path that is new to it is added. Engines that are
    open go on with what they opened. ``wait`` is how many seconds another writer is waited for, None for as long as
    it takes; ``memory`` (bytes) bounds a build, as in ``qa.build``; ``check`` compares the content of every file, also
    of those that look unchanged. Web pages are asked for again, within the bounds of ``web``, and come only where they
    have changed. Raises SourceError where a path does not exist or no document would be left, and IndexFolderError
    where the folder cannot be used or another writer keeps it; the index is then as it was.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as place:
    ...     tea = pathlib.Path(place, "tea.txt")
    ...     _ = tea.write_text("Tea is hot.")
    ...     first = update(f"{place}/x.index", [tea])
    ...     _ = tea.write_text("Tea is cold.")
    ...     len(first.added), len(update(f"{place}/x.index").changed)
    (1, 1)
    """
    from index.folder.lock import writing
    from index.updating.update import update_index

    _check_list("paths", paths)
    on_skip = on_skip or (lambda _: None)
    with writing(folder, wait=wait):
        return update_index(
            folder,
            _fetched(folder, paths, web, on_skip, progress),
            settings=settings,
            on_skip=on_skip,
            progress=progress,
            memory=memory,
            check=check,
        )


def remove(folder: Name, names: Sequence[Name], *, wait: float | None = None) -> Changes:
    """What changed in an index folder, which is then without those source files and folders, or documents by id.

    What is still on disk below a path of the build stays out of later updates, until it is named in one. ``wait``
    and errors as for ``update``; a name of which the index has nothing is a SourceError with the nearest ones.
    """
    from index.folder.lock import writing
    from index.updating.update import remove_from_index

    _check_list("names", names)
    with writing(folder, wait=wait):
        known = _copies(folder)
        if not known:
            return remove_from_index(folder, names)
        from corpus.web.gathering import place_of

        places = [(isinstance(name, str) and place_of(name, known)) or name for name in names]
        changes = remove_from_index(folder, places)
        for copies in known:
            if copies.folder in places:
                shutil.rmtree(copies.folder, ignore_errors=True)
        return changes


def _fetched(
    folder: Name,
    paths: Sequence[Name],
    web: WebLimits | None,
    on_skip: Callable[[SkippedFile], None],
    progress: Callable[[int, int | None], None] | None,
) -> Sequence[Name]:
    """The paths as they are on disk, once the pages among them, or all of the index, have been asked for again."""
    from corpus.web.addresses import is_address

    known = _copies(folder)
    if not known and not any(isinstance(path, str) and is_address(path) for path in paths):
        return paths
    from corpus.web.gathering import gather, refresh

    if not paths:
        refresh(known, limits=web, on_skip=on_skip, progress=progress)
        return ()
    from index.folder.layout import copies_beside

    place = Path(web.place) if web is not None and web.place is not None else copies_beside(folder)
    return gather(paths, place=place, known=known, limits=web, on_skip=on_skip, progress=progress)


def _copies(folder: Name) -> list[Copies]:
    """The kept pages that an index was built from."""
    if not Path(folder, "manifest.json").exists():
        return []
    from index.folder.storage import open_index

    origin = open_index(folder).origin
    roots = [] if origin is None else [origin.full(root) for root in origin.roots]
    if not any(os.path.lexists(Path(root, ".copies.jsonl")) for root in roots):
        return []
    from corpus.web.gathering import copies_below

    return copies_below(roots)


def _check_list(name: str, given: object) -> None:
    if isinstance(given, str | os.PathLike):
        raise SettingError(f"{name} is {given!r}; give a list, as in [{given!r}]")
