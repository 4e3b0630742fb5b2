"""What could not be read: a file, a line of one, or some of its bytes, by name and cause."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was left out, or one line of it (``path`` is then ``file:line``), and why.

    ``replaced`` is 0 for these. Else the file or line was read, and so many of its bytes, which are no text, came out
    as replacement characters.

    >>> print(SkippedFile("notes/photo.png", "no reader for .png"))
    notes/photo.png: no reader for .png
    """

    path: str
    cause: str
    replaced: int = 0

    def __str__(self) -> str:
        return f"{self.path}: {self.cause}"


OnSkip = Callable[[SkippedFile], None]


def warn_of_skip(skipped: SkippedFile) -> None:
    """Issue a Python warning for a skipped file or bad bytes: what happens where the caller says nothing else.

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn_of_skip(SkippedFile("a.png", "no reader for .png"))
    >>> str(caught[0].message)
    'skipped a.png: no reader for .png'
    """
    warnings.warn(str(skipped) if skipped.replaced else f"skipped {skipped}", stacklevel=2)
