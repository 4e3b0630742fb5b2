"""A segment in one file, with its terms counted, to be joined with others later: written once, then mapped.

The file is no index and lives only as long as the build that wrote it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.building.counting import count
from index.data.counts import Counts
from index.data.segment import Segment
from index.data.sequences import Sequences
from index.data.tables import DOCUMENT, PASSAGE, SECTION, Tables
from index.data.vocabulary import Vocabulary

if TYPE_CHECKING:
    from index.settings import IndexSettings

_ALIGNMENT = 64
_RECORDS = {"documents": DOCUMENT, "sections": SECTION, "passages": PASSAGE}
_TABLES = tuple(Tables.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Spill:
    """A segment with its counts: ``starts`` int64 (terms + 1,), where the rows of each term begin.

    ``passages`` int32 (rows,), ascending within a term; ``frequencies``: for each field (rows,), of the smallest
    type that holds them.
    """

    segment: Segment
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    frequencies: tuple[NDArray[Any], ...]

    def counts(self, places: NDArray[np.int32]) -> Counts:
        """The counts, terms numbered by the place that each has elsewhere."""
        return Counts(
            terms=np.repeat(places, np.diff(self.starts)),
            passages=self.passages,
            frequencies=self.frequencies,
            lengths=np.asarray(self.segment.sequences.lengths),
        )


def aligned(size: int) -> int:
    """A size in bytes, rounded up so that what comes after it begins where arrays may begin.

    >>> aligned(0), aligned(1), aligned(64)
    (0, 64, 64)
    """
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def spill(segment: Segment, path: str | os.PathLike[str]) -> None:
    """Writes a segment to a new file; raises OSError where that fails."""
    counts = count(segment.sequences)
    held = np.bincount(counts.terms, minlength=len(segment.vocabulary))
    arrays = {name: _array(getattr(segment.tables, name)) for name in _TABLES}
    arrays |= {
        "terms": _array(segment.vocabulary.terms),
        "term_starts": segment.vocabulary.term_starts,
        "sequence": segment.sequences.terms,
        "pieces": segment.sequences.segment_starts,
        "lengths": segment.sequences.lengths,
        "row_starts": np.concatenate([[0], np.cumsum(held)]).astype(np.int64),
        "row_passages": counts.passages,
    }
    for field, frequencies in enumerate(counts.frequencies):
        arrays[f"frequencies_{field}"] = frequencies.astype(np.min_scalar_type(int(frequencies.max(initial=0))))
    entries, place = {}, 0
    for name, array in arrays.items():
        kind = None if name in _RECORDS else array.dtype.str
        entries[name] = (kind, array.shape, place)
        place += aligned(array.nbytes)
    header = json.dumps(entries).encode("ascii")
    with open(path, "xb") as file:  # noqa: PTH123 (the path may be a text)
        file.write(len(header).to_bytes(_ALIGNMENT, "little") + header + bytes(-len(header) % _ALIGNMENT))
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
            file.write(bytes(-array.nbytes % _ALIGNMENT))


def open_spill(path: str | os.PathLike[str], settings: IndexSettings) -> Spill:
    """The segment of a file that ``spill`` has written, mapped."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = mmap(file.fileno(), 0, access=ACCESS_READ)
    size = int.from_bytes(content[:_ALIGNMENT], "little")
    origin = _ALIGNMENT + aligned(size)
    arrays: dict[str, Any] = {}
    for name, (kind, shape, place) in json.loads(content[_ALIGNMENT : _ALIGNMENT + size]).items():
        dtype = _RECORDS[name] if kind is None else np.dtype(kind)
        arrays[name] = np.ndarray(shape, dtype, content, origin + place)
    fields = sum(name.startswith("frequencies_") for name in arrays)
    for name in ("sources", "records", "texts", "paths", "terms"):
        arrays[name] = memoryview(arrays[name])
    return Spill(
        segment=Segment(
            settings=settings,
            tables=Tables(**{name: arrays[name] for name in _TABLES}),
            vocabulary=Vocabulary(arrays["terms"], arrays["term_starts"]),
            sequences=Sequences(arrays["sequence"], arrays["pieces"], arrays["lengths"]),
        ),
        starts=arrays["row_starts"],
        passages=arrays["row_passages"],
        frequencies=tuple(arrays[f"frequencies_{field}"] for field in range(fields)),
    )


def _array(value: Any) -> NDArray[Any]:
    """The value as an array; bytes as uint8."""
    return value if isinstance(value, np.ndarray) else np.frombuffer(value, np.uint8)
