"""Which passages a question may find: those of some documents, of some sections, or a list of numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingError
from index.data.tables import Tables, damaged

if TYPE_CHECKING:
    from index.data.metadata import Metadata
    from index.ranking.conditions import Condition


def select(tables: Tables, documents: NDArray[np.int64] | None, sections: Sequence[str]) -> NDArray[np.int64]:
    """The numbers of the passages of those documents (None for all) and sections (none for all), ascending.

    ``documents`` are ascending.
    """
    if documents is None:
        numbers = np.arange(len(tables.passages))
    else:
        starts, ends = tables.documents["passage"][documents], tables.documents["passage"][documents + 1]
        sizes = ends - starts
        before = np.cumsum(sizes) - sizes  # of what is selected
        numbers = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
    if sections:
        paths = tables.passages["path"][numbers]
        numbers = numbers[np.isin(paths, _paths_below(tables, np.unique(paths), sections))]
    return numbers


def checked(within: NDArray[np.int64], passages: int) -> NDArray[np.int64]:
    """The numbers of passages as given, after a look at them; raises SettingError where they cannot be used."""
    numbers = np.asarray(within)
    if numbers.ndim != 1 or (len(numbers) and not np.issubdtype(numbers.dtype, np.integer)):
        raise SettingError(f"within has the shape {numbers.shape} of {numbers.dtype}; expected a list of whole numbers")
    if len(numbers) and (numbers[0] < 0 or numbers[-1] >= passages or (numbers[1:] <= numbers[:-1]).any()):
        raise SettingError(
            f"within is no ascending list of distinct passage numbers from 0 to {passages - 1}; "
            "make one with Index.within(documents, sections)"
        )
    return numbers.astype(np.int64, copy=False)


def is_below(path: Sequence[str], section: str) -> bool:
    """Whether a heading path is that section or a subsection of it.

    The section is named by its headings joined by " > ", or by its own heading alone; the case of letters and
    space around the name do not count. An empty name is the lead, which has no heading.

    >>> [is_below(("History", "Early", "Kings"), name) for name in ("history > early", "EARLY", "Kings", "Early > War")]
    [True, True, True, False]
    """
    wanted = section.strip().casefold()
    if not wanted:
        return not path
    joined = " > ".join(path).casefold()
    return joined == wanted or joined.startswith(wanted + " > ") or wanted in (heading.casefold() for heading in path)


def _paths_below(tables: Tables, numbers: NDArray[np.int32], sections: Sequence[str]) -> list[int]:
    """Those of the heading paths that are one of the sections or a subsection of one."""
    if 2 * len(numbers) > len(tables.path_starts):
        try:
            every = json.loads(b"[" + tables.paths[:].rstrip().replace(b"\n", b",") + b"]")  # far faster than by line
            paths = {int(number): every[number] for number in numbers}
        except (IndexError, ValueError) as error:
            raise damaged(error) from error
    else:
        paths = {int(number): list(tables.path(int(number))) for number in numbers}
    return [number for number, path in paths.items() if any(is_below(path, section) for section in sections)]


def documents_of(
    numbers: Sequence[int], metadata: Callable[[], Metadata], conditions: Sequence[Condition]
) -> NDArray[np.int64] | None:
    """The documents to look in, ascending: those of some numbers (none for all) that meet the conditions.

    None is all of them. Raises UnknownMetadataError as ``meeting`` does.
    """
    named = np.unique(np.array(numbers, np.int64)) if numbers else None
    if not conditions:
        return named
    from index.ranking.conditions import meeting

    met = meeting(metadata(), conditions)
    return met if named is None else np.intersect1d(named, met, assume_unique=True)
