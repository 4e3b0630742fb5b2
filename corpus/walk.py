"""Which files lie below the paths that were named, in the order in which they are read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from corpus.errors import SourceError
from corpus.formats.files import readable_suffixes
from corpus.paths import absolute, below
from corpus.skipped import OnSkip, SkippedFile


def walk(
    roots: Sequence[Path], *, base: Path, left_out: Collection[str] = (), on_skip: OnSkip
) -> Iterator[tuple[int, Path]]:
    """Yields the number of a root and the path of each readable file below it, roots in order, folders sorted.

    Roots and paths are relative to ``base`` unless they are absolute. Whatever cannot be read goes to ``on_skip``
    with its cause. A file that is reached twice comes once. Where a walk comes to a path of ``left_out``, given in
    full, it passes over what is there.
    """
    seen: set[tuple[int, int]] = set()
    named = {absolute(base, root) for root in roots}

    def skip(file: SkippedFile) -> None:
        if absolute(base, file.path) not in named or Path(file.path) == root:  # it is read in its own turn
            on_skip(file)

    for number, root in enumerate(roots):
        for path in _files(root, base, left_out, skip, seen):
            yield number, path


def check_roots(roots: Sequence[Path], *, base: Path) -> None:
    """Raise SourceError for the first root that does not exist, with the nearest name that does."""
    for root in roots:
        if not os.path.lexists(base / root):
            raise SourceError(missing(root, base=base))


def missing(path: Path, *, base: Path = Path()) -> str:
    """The message for a path that does not exist, with the nearest name that does."""
    import difflib

    try:
        names = sorted(entry.name for entry in (base / path).parent.iterdir())
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1)
    hint = f"did you mean {(path.parent / near[0]).as_posix()}?" if near else "check the spelling and the folder"
    return f"{path.as_posix()}: no such file or folder; {hint}"


def reaches(root: str, path: str, left_out: Collection[str] = ()) -> bool:
    """Whether a walk from a root comes to a path, both in full, whatever is there.

    >>> reaches("/books", "/books/tea.txt"), reaches("/books", "/books/.old/tea.txt")
    (True, False)
    """
    if not below(path, root) or any(below(path, hidden) and not below(root, hidden) for hidden in left_out):
        return False
    inner = Path(path).relative_to(root).parts
    readable = not inner or not Path(path).is_file() or Path(path).suffix.lower() in readable_suffixes()
    return readable and not any(map(_passed_over, inner))


def _is_index(folder: Path, entries: Collection[Path]) -> bool:
    """Whether a folder is an index that citespan wrote, in one or in shards, and no source."""
    if not (folder / "manifest.json").is_file():
        return False
    return (folder / "documents.jsonl").is_file() or any(entry.name.startswith("shard-") for entry in entries)


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def _files(
    root: Path, base: Path, left_out: Collection[str], on_skip: OnSkip, seen: set[tuple[int, int]]
) -> Iterator[Path]:
    """The readable files under a root (or the root itself, if it is a file), in sorted order."""
    suffixes = readable_suffixes()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        place = base / path
        if left_out and absolute(base, path) in left_out:
            continue
        try:
            status = place.stat()
            entries = sorted(place.iterdir(), reverse=True) if S_ISDIR(status.st_mode) else None
        except OSError as error:
            gone = place.is_symlink() and not place.exists()
            on_skip(SkippedFile(path.as_posix(), "is a link to nothing" if gone else error.strerror or str(error)))
            continue
        # A link back to an open folder, or the same file named twice. Some systems give every file the number 0.
        identity = (status.st_dev, status.st_ino)
        if identity in seen and status.st_ino:
            continue
        if entries is None and path != root and (path.suffix.lower() not in suffixes or not S_ISREG(status.st_mode)):
            on_skip(SkippedFile(path.as_posix(), _no_reader(place, suffixes)))
            continue
        seen.add(identity)
        if entries is None:
            yield path
        elif _is_index(place, entries):
            on_skip(SkippedFile(path.as_posix(), "is an index folder; open it with --index instead"))
        else:
            waiting += [path / entry.name for entry in entries if not _passed_over(entry.name)]


def _no_reader(path: Path, suffixes: list[str]) -> str:
    """Why a file found in a folder is left out."""
    if not path.is_file():
        return "is not a regular file"
    kind = path.suffix.lower() or "a name without suffix"
    return f"no reader for {kind}; readable: {' '.join(suffixes)}"
