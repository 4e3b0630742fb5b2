"""What a format is, and the names that a file gives to its document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Any

from corpus.documents import Document

# Letters that do not come apart into a base letter and a mark.
_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, its suffixes in lower case, and how its bytes become documents.

    ``read(data, source, on_skip)`` yields documents whose ids need not be unique; it raises SourceError where the
    whole file cannot be read and calls ``on_skip`` for a part that cannot. ``accepts(data)`` says whether the bytes
    look like this format, for a suffix that several formats share: the first one listed that accepts them reads them,
    else the last one listed. ``told_by(data)`` says whether bytes can be this format alone, whatever the file is
    called. A format that is read ``by_line`` may be given a large file in the place of its bytes. One that
    ``holds_files`` is read with a fourth argument, a ``corpus.formats.inside.Inside``, which reads them.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[..., Iterator[Document]]
    accepts: Callable[[bytes], bool] | None = None
    by_line: bool = False
    told_by: Callable[[bytes], bool] | None = None
    holds_files: bool = False


def later(
    module: str,
    name: str,
    suffixes: tuple[str, ...],
    *,
    told_by: Callable[[bytes], bool] | None = None,
    by_line: bool = False,
    holds_files: bool = False,
) -> Format:
    """Return a format whose module in ``corpus.formats`` is imported when the first file of it is read.

    The module is named with the function that reads, "module:function", or alone if that is ``read``.
    """
    place, _, function = module.partition(":")

    def read(*given: Any) -> Iterator[Document]:
        reader: Callable[..., Iterator[Document]] = getattr(
            import_module(f"corpus.formats.{place}"), function or "read"
        )
        return reader(*given)

    return Format(name, suffixes, read, by_line=by_line, told_by=told_by, holds_files=holds_files)


def slug(name: str) -> str:
    """Return a name as an id: lower case, letters and digits of any script, joined by hyphens.

    >>> slug("Travel Rules (2024)")
    'travel-rules-2024'
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-") or "document"


def title_of(source: str) -> str:
    """Return the title that a file's name gives: its stem with spaces for underscores and hyphens.

    >>> title_of("handbook/travel_rules.txt")
    'travel rules'
    """
    stem = PurePath(source).stem
    return re.sub(r"[\s_-]+", " ", stem).strip() or stem


def id_of(source: str) -> str:
    """Return the id that a file's name gives.

    >>> id_of("handbook/travel_rules.txt")
    'travel-rules'
    """
    return slug(PurePath(source).stem)
