"""Files and folders to documents: what to read, in which order, under which ids, and what was left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.wiki import parse
from corpus.skipped import OnSkip, warn_of_skip
from corpus.skipped import SkippedFile as SkippedFile

_DEFAULT_ARTICLE = "russia-serbia-relations"


def default_article() -> Document:
    """The article that comes with citespan, on Russia–Serbia relations.

    >>> default_article().title
    'Russia–Serbia relations'
    """
    path = Path(__file__).parent / "articles" / f"{_DEFAULT_ARTICLE}.txt"
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(
            f"{path}: the default article is missing ({error.strerror}); install citespan again"
        ) from error
    return parse(text, id=_DEFAULT_ARTICLE, title=_DEFAULT_ARTICLE, source=f"corpus/articles/{path.name}")


def read_sources(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, on_skip: OnSkip = warn_of_skip
) -> Iterator[Document]:
    """An iterator of the documents of files and folders, in the order given, folders in sorted order.

    Folders are read with their subfolders; hidden entries and ``__pycache__`` are passed over. Whatever else cannot
    be read goes to ``on_skip`` with its cause (without it, to a Python warning) and the rest is read. A file that is
    reached twice is read once. Ids are unique: the file's name, where that is taken its path inside the folder,
    where that is taken too a number after it. Raises SourceError at once for a path that does not exist.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("b.txt", "a.txt"):
    ...         _ = pathlib.Path(folder, name).write_text("Tea is hot.")
    ...     [document.id for document in read_sources([folder])]
    ['a', 'b']
    """
    from corpus.reading import SourceReading  # which the default article has no use for

    roots = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return iter(SourceReading(roots, on_skip=on_skip))
