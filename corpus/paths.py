"""Full paths, as texts that can be compared."""

from __future__ import annotations

import os
import re
from pathlib import Path

from corpus.patterns import pattern

_LONE_SURROGATE = pattern("[\ud800-\udfff]")


def absolute(base: str | os.PathLike[str], path: str | os.PathLike[str]) -> str:
    """A path in full, seen from ``base`` unless it is absolute itself; links stay as they are.

    >>> Path(absolute("/home/ann", "../books/./tea.txt")).as_posix()
    '/home/books/tea.txt'
    """
    return os.path.normpath(Path(base, path))


def below(path: str, folder: str) -> bool:
    """Whether a full path is the folder's or leads into it.

    >>> below("/home/ann", "/home"), below("/home", "/home"), below("/homestead", "/home")
    (True, True, False)
    """
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def shown(path: str) -> str:
    """A path as text that any encoding can hold: bytes that are not UTF-8 are spelt out.

    >>> print(shown("docs/caf\\udce9.txt"))
    docs/caf\\xe9.txt
    """
    if path.isascii():
        return path

    def spelt(found: re.Match[str]) -> str:
        code = ord(found[0])
        return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"

    return _LONE_SURROGATE.sub(spelt, path)
