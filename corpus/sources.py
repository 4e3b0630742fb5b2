"""Files and folders to documents: what to read, in which order, under which ids, and what was left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.base import slug
from corpus.formats.files import iterate_file, readable_suffixes
from corpus.formats.wiki import parse
from corpus.skipped import OnSkip, warn_of_skip
from corpus.skipped import SkippedFile as SkippedFile

_DEFAULT_ARTICLE = "russia-serbia-relations"

# A folder with both of these is an index that citespan wrote, not a source.
_INDEX_FILES = ("manifest.json", "documents.jsonl")


def default_article() -> Document:
    """Return the article that comes with citespan, on Russia–Serbia relations.

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
    """Return an iterator of the documents of files and folders, in the order given, folders in sorted order.

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
    roots = [Path(paths)] if isinstance(paths, (str, os.PathLike)) else [Path(path) for path in paths]
    for root in roots:
        if not os.path.lexists(root):
            raise SourceError(_missing(root))
    return _documents(roots, on_skip)


def _missing(path: Path) -> str:
    """The message for a path that does not exist, with the nearest name that does."""
    import difflib

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1)
    hint = f"did you mean {(path.parent / near[0]).as_posix()}?" if near else "check the spelling and the folder"
    return f"{path.as_posix()}: no such file or folder; {hint}"


def _documents(roots: list[Path], on_skip: OnSkip) -> Iterator[Document]:
    """The documents of all roots, with unique ids."""
    taken: set[str] = set()
    seen: set[tuple[int, int]] = set()
    for root in roots:
        for path in _files(root, on_skip, seen):
            try:
                for document in iterate_file(path, on_skip):
                    unique = _unique_id(document.id, path, root, taken)
                    taken.add(unique)
                    yield document if unique == document.id else replace(document, id=unique)
            except SourceError as error:
                on_skip(SkippedFile(path.as_posix(), str(error).removeprefix(f"{path.as_posix()}: ")))


def _unique_id(wanted: str, path: Path, root: Path, taken: set[str]) -> str:
    """The id itself, else the one of the path inside the root, else with the first free number."""
    if wanted not in taken:
        return wanted
    if path != root and slug(path.stem) == wanted:
        wanted = slug(path.relative_to(root).with_suffix("").as_posix())
    number, unique = 1, wanted
    while unique in taken:
        number += 1
        unique = f"{wanted}-{number}"
    return unique


def _files(root: Path, on_skip: OnSkip, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """The readable files under a root (or the root itself, if it is a file), in sorted order."""
    suffixes = readable_suffixes()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            entries = sorted(path.iterdir(), reverse=True) if path.is_dir() else None
        except OSError as error:
            cause = "is a link to nothing" if path.is_symlink() and not path.exists() else error.strerror or str(error)
            on_skip(SkippedFile(path.as_posix(), cause))
            continue
        # A link back to an open folder, or the same file named twice. Some systems give every file the number 0.
        identity = (status.st_dev, status.st_ino)
        if identity in seen and status.st_ino:
            continue
        seen.add(identity)
        if entries is None:
            if path == root or (path.suffix.lower() in suffixes and path.is_file()):
                yield path
            else:
                on_skip(SkippedFile(path.as_posix(), _no_reader(path, suffixes)))
        elif all((path / name).is_file() for name in _INDEX_FILES):
            on_skip(SkippedFile(path.as_posix(), "is an index folder; open it with --index instead"))
        else:
            waiting += [entry for entry in entries if not (entry.name.startswith(".") or entry.name == "__pycache__")]


def _no_reader(path: Path, suffixes: list[str]) -> str:
    """Why a file found in a folder is left out."""
    if not path.is_file():
        return "is not a regular file"
    kind = path.suffix.lower() or "a name without suffix"
    return f"no reader for {kind}; readable: {' '.join(suffixes)}"
