"""Full paths, as texts that can be compared."""

from __future__ import annotations

import os
from pathlib import Path


def absolute(base: str | os.PathLike[str], path: str | os.PathLike[str]) -> str:
    """Return a path in full, seen from ``base`` unless it is absolute itself; links stay as they are.

    >>> Path(absolute("/home/ann", "../books/./tea.txt")).as_posix()
    '/home/books/tea.txt'
    """
    return os.path.normpath(Path(base, path))


def below(path: str, folder: str) -> bool:
    """Return whether a full path is the folder's or leads into it.

    >>> below("/home/ann", "/home"), below("/home", "/home"), below("/homestead", "/home")
    (True, True, False)
    """
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
