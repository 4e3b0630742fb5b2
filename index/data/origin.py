"""Where an index came from: the paths that were named, and the files that were read below them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.paths import absolute
from corpus.records import Record


@dataclass(frozen=True, slots=True)
class Origin(Record):
    """The paths that an index was built from, as they were given.

    ``roots`` are seen from the full path ``base`` unless they are absolute, and so are ``left_out``: files and
    folders below the roots that were removed from the index. ``version`` is that of the citespan that read them.
    """

    base: str
    roots: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    version: str = ""

    def stored(self, place: Path) -> dict[str, Any]:
        """The origin for the manifest of an index in the folder ``place``, from where ``base`` is then seen.

        An index and its sources may so be moved together.
        """
        try:
            base = Path(os.path.relpath(self.base, place)).as_posix()
        except ValueError:  # on another drive
            base = self.base
        return self.to_dict() | {"base": base}

    @classmethod
    def opened(cls, fields: dict[str, Any], place: Path) -> Origin:
        """The origin that ``stored`` gave; raises TypeError or KeyError for anything else.

        >>> origin = Origin(absolute("/home/ann", "."), ("books",))
        >>> Origin.opened(origin.stored(Path("/home/ann/indexes")), Path("/home/ann/indexes")) == origin
        True
        """
        paths = {name: tuple(fields[name]) for name in ("roots", "left_out")}
        return cls(**{**fields, **paths, "base": absolute(place, fields["base"])})

    def full(self, path: str) -> str:
        """A root, a path that is left out or a source, in full."""
        return absolute(self.base, path)

    def named(self, path: str | os.PathLike[str], seen_from: str) -> str:
        """The name under which a path that was given, seen from a folder, is kept here."""
        if Path(path).is_absolute() or seen_from == self.base:
            return Path(path).as_posix()
        full = absolute(seen_from, path)
        try:
            return Path(os.path.relpath(full, self.base)).as_posix()
        except ValueError:  # on another drive
            return Path(full).as_posix()


def origin_of(base: str | os.PathLike[str], roots: Sequence[str | os.PathLike[str]]) -> Origin:
    """The origin of an index that this citespan builds."""
    return Origin(str(base), tuple(Path(root).as_posix() for root in roots), version=version())


def version() -> str:
    """The version of citespan that is installed, or "unknown" where it runs from a checkout."""
    from importlib import metadata

    try:
        return metadata.version("citespan")
    except metadata.PackageNotFoundError:
        return "unknown"
