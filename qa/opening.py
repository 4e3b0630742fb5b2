"""Opens engines: over files, documents or an index folder, or over the default article."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.documents import Document
from corpus.errors import SettingError, SourceError
from corpus.progress import Progress
from qa.engine import Engine
from qa.readers import THREADS

if TYPE_CHECKING:
    from corpus.sources import SkippedFile
    from corpus.web.limits import WebLimits
    from index.settings import IndexSettings


def build(
    paths: Sequence[str],
    *,
    reader: str | None = None,
    threads: int = THREADS,
    settings: IndexSettings | None = None,
    on_skip: Callable[[SkippedFile], None] | None = None,
    progress: Progress | None = None,
    memory: int | None = None,
    scratch: str | os.PathLike[str] | None = None,
    web: WebLimits | None = None,
) -> Engine:
    """An engine in memory over the files, folders and addresses named.

    ``on_skip`` is told each file that could not be read, with the cause; the rest goes on. What ``memory``
    (bytes, about) cannot hold goes to files in ``scratch``, a folder that is made and deleted again.
    Pages at addresses (``https://...``, ``wikipedia:TITLE``) are fetched within the bounds of ``web``.
    Raises SourceError where a path does not exist or nothing at all could be read.
    """
    from corpus.reading import SourceReading
    from index.building.build import build_index
    from index.building.sources import with_sources
    from index.data.origin import origin_of

    refuse_single(paths)
    skipped: list[SkippedFile] = []

    def skip(file: SkippedFile) -> None:
        skipped.append(file)
        if on_skip is not None:
            on_skip(file)

    reading = SourceReading(_gathered(paths, web, skip, progress), on_skip=skip)
    index = build_index(reading, settings=settings, progress=progress, memory=memory, scratch=scratch)
    if len(index) == 0:
        causes = "; ".join(f"{file.path}: {file.cause}" for file in skipped[:3])
        more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
        raise SourceError(
            f"no document to read in {', '.join(map(str, paths))}" + (f" ({causes}{more})" if causes else "")
        )
    index = with_sources(index, origin_of(reading.base, reading.roots), reading.files, reading.counts)
    return Engine(index, reader=reader, threads=threads)


def refuse_single(paths: object) -> None:
    """Raises SettingError where one path stands for the list of paths that is expected."""
    if isinstance(paths, str | os.PathLike):
        raise SettingError(f"paths is {paths!r} alone; give a list of paths, as in [{os.fspath(paths)!r}]")


def _gathered(
    paths: Sequence[str], web: WebLimits | None, on_skip: Callable[[SkippedFile], None], progress: Progress | None
) -> Sequence[str | os.PathLike[str]]:
    """The paths, with the folder of its kept pages in the place of each address."""
    from corpus.web.addresses import is_address

    if not any(map(is_address, paths)):
        return paths
    from corpus.web.gathering import gather
    from index.folder.addresses import cache_folder

    place = Path(web.place) if web is not None and web.place is not None else cache_folder() / "web"
    return gather(paths, place=place, limits=web, on_skip=on_skip, progress=progress)


def build_documents(
    documents: Iterable[Document],
    *,
    reader: str | None = None,
    threads: int = THREADS,
    settings: IndexSettings | None = None,
    progress: Progress | None = None,
) -> Engine:
    """An engine in memory over documents that are already there.

    >>> from corpus.documents import Document, Section
    >>> text = "Tea was first drunk in China."
    >>> tea = Document("tea", "Tea", text, (Section((), 0, len(text)),), "tea.txt")
    >>> build_documents([tea]).counts()
    {'documents': 1, 'passages': 1}
    """
    from index.building.build import build_index
    from index.settings import IndexSettings

    index = build_index(documents, settings=settings or IndexSettings(), progress=progress)
    return Engine(index, reader=reader, threads=threads)


def open(folder: str, *, reader: str | None = None, threads: int = THREADS, verify: bool = False) -> Engine:
    """An engine over an index folder, memory-mapped: it opens in milliseconds, whatever the size.

    With ``verify`` every file is checked against its hash. Raises IndexFolderError where the folder is
    not an index, is damaged, or is of a newer format.
    """
    from index.folder.storage import open_index

    return Engine(open_index(folder, verify=verify), reader=reader, threads=threads)


def default(*, reader: str | None = None, threads: int = THREADS) -> Engine:
    """An engine over the default article, which comes with the package."""
    from corpus.sources import default_article

    return build_documents([default_article()], reader=reader, threads=threads)
