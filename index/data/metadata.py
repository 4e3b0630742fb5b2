"""What documents state of themselves, key by key: which documents have which value."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.data.tables import Tables, damaged

_STATED = b', "metadata": [['
"""In the record of a document that states anything; quotes are escaped in titles and ids."""

_AFTER = b'], "dropped": ['
_BATCH = 4096  # documents: their lists are gone before Python looks for cycles in them
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
        self.found: dict[object, NDArray[np.uint8]] = {}  # what was looked for lately: which documents, in bits

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
        self._columns: dict[str, _Growing] = {}
        self._by_name: dict[str, _Growing] = {}  # as it is written

    def take(self, tables: Tables, first: int) -> None:
        """Takes in what the documents of some tables state, the first of them under a number."""
        records = tables.records
        places: list[int] = []
        lists: list[bytes] = []
        place = records.find(_STATED)
        while place >= 0:
            if len(places) == _BATCH:
                self._add(tables, first, places, lists)
                places, lists = [], []
            begin, end = place + len(_STATED) - 2, records.find(b"\n", place)
            more = records.find(_AFTER, begin, end)
            lists.append(records[begin : more + 1 if more >= 0 else records.rfind(b"}", begin, end)])
            places.append(place)
            place = records.find(_STATED, end)
        self._add(tables, first, places, lists)

    def _add(self, tables: Tables, first: int, places: list[int], lists: list[bytes]) -> None:
        """Takes in what stands at places in the records, as JSON."""
        starts = tables.documents["record"]
        try:
            stated = json.loads(b"[" + b",".join(lists) + b"]")  # far faster than one by one
            numbers = (np.searchsorted(starts, places, side="right") - 1 + first).tolist()
            columns = self._by_name
            for number, pairs in zip(numbers, stated, strict=True):
                for name, value in pairs:
                    column = columns.get(name) or self._column(name)
                    column.documents.append(number)
                    column.numbers.append(column.values.setdefault(value, len(column.values)))
        except (AttributeError, TypeError, ValueError) as error:
            raise damaged(error) from error

    def _column(self, name: str) -> _Growing:
        column = self._columns.setdefault(name.casefold(), _Growing(name))
        self._by_name[name] = column
        return column

    def columns(self) -> dict[str, Column]:
        """The columns, by key in lower case, in the order of the keys."""
        return {
            key: Column(
                column.name,
                tuple(column.values),
                np.array(column.documents, np.int32),
                np.array(column.numbers, np.int32),
            )
            for key, column in sorted(self._columns.items())
        }


class _Growing:
    """A column on its way: the number of each value, and of each pair, the document and the value's number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[str, int] = {}
        self.documents = array("i")
        self.numbers = array("i")
