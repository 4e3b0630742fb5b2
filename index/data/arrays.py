"""Reads ``.npy`` files, from several threads at once."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEADERS = Lock()  # numpy parses a header with ast.literal_eval, which fails in CPython 3.11 where two threads meet


def read_array(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """The array in a ``.npy`` file, of the shape and type that its header names.

    Args:
        path: The file.
        mapped: Whether the numbers stay on disk until they are used.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no ``.npy`` file, is damaged, or holds Python objects.
    """
    with _HEADERS:
        try:
            # without the class that np.load maps a file as, which makes every access slow
            return np.asarray(np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False))
        except (EOFError, SyntaxError, TypeError, KeyError, TokenError) as error:  # of a broken header
            raise ValueError(str(error)) from error
