"""What documents state of themselves, key by key: which documents have which value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.data.tables import Tables, damaged

_STATED = b', "metadata": [['
"""In the record of a document that states anything; quotes are escaped in titles and ids."""

_AFTER = b'], "dropped": ['
_TOLD = 8  # keys or values that a message names
_LONGEST = 60  # characters of a value in a message


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one key: ``name`` as it is written first, and its distinct ``values`` in the order of documents.

    ``documents`` int32 (pairs,), ascending, and ``numbers`` int32 (pairs,) say which document has which value.
    """

    name: str
    values: tuple[str, ...]
    documents: NDArray[np.int32]
    numbers: NDArray[np.int32]


class Metadata:
    """The metadata of all documents of a collection; upper and lower case of a key are one.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> tea = Document("tea", "Tea", "Hot.", (Section((), 0, 4),), "tea.md", metadata=(("Author", "Ann"),))
    >>> Metadata.of([build_index([tea]).tables]).columns["author"].values
    ('Ann',)
    """

    def __init__(self, documents: int, columns: dict[str, Column]) -> None:
        self.documents = documents
        self.columns = columns

    @classmethod
    def of(cls, parts: Iterable[Tables]) -> Metadata:
        """The metadata of documents whose numbers run through all the tables.

        Raises IndexFolderError where the records are damaged.
        """
        first, kept = 0, _Kept()
        for tables in parts:
            kept.take(tables, first)
            first += len(tables.document_order)
        return cls(first, kept.columns())


def some(words: Sequence[str], *, joint: str = "; ") -> str:
    """The first of some keys or values, for a message, and how many more there are."""
    told = [word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in words[:_TOLD]]
    more = len(words) - len(told)
    return joint.join(told) + (f" and {more:,} more" if more else "")


class _Kept:
    """Columns that grow document by document."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, dict[str, int]] = {}
        self._documents: dict[str, list[int]] = {}
        self._numbers: dict[str, list[int]] = {}

    def take(self, tables: Tables, first: int) -> None:
        """Takes in what the documents of some tables state, the first of them under a number."""
        records, starts = tables.records, tables.documents["record"]
        places, lists = [], []
        place = records.find(_STATED)
        while place >= 0:
            begin, end = place + len(_STATED) - 2, records.find(b"\n", place)
            more = records.find(_AFTER, begin, end)
            lists.append(records[begin : more + 1 if more >= 0 else records.rfind(b"}", begin, end)])
            places.append(place)
            place = records.find(_STATED, end)
        try:
            stated = json.loads(b"[" + b",".join(lists) + b"]")  # far faster than one by one
            numbers = (np.searchsorted(starts, places, side="right") - 1 + first).tolist()
            for number, pairs in zip(numbers, stated, strict=True):
                for key, value in pairs:
                    self._add(number, key, value)
        except (AttributeError, TypeError, ValueError) as error:
            raise damaged(error) from error

    def _add(self, number: int, key: str, value: str) -> None:
        folded = key.casefold()
        if folded not in self._names:
            self._names[folded], self._values[folded] = key, {}
            self._documents[folded], self._numbers[folded] = [], []
        values = self._values[folded]
        self._documents[folded].append(number)
        self._numbers[folded].append(values.setdefault(value, len(values)))

    def columns(self) -> dict[str, Column]:
        """The columns, by key in lower case, in the order of the keys."""
        return {
            key: Column(
                self._names[key],
                tuple(self._values[key]),
                np.array(self._documents[key], np.int32),
                np.array(self._numbers[key], np.int32),
            )
            for key in sorted(self._names)
        }
