"""Which documents of an index came from which of its source files."""

from __future__ import annotations

import numpy as np

from corpus.errors import IndexFolderError
from corpus.fingerprints import Fingerprint
from index.ranking.whole import WholeIndex


class Catalogue:
    """The source files of an index in order, with the numbers of their documents; empty for no index.

    ``loose`` documents, the first ones, came from no file. Raises IndexFolderError where the list of files is damaged.
    """

    def __init__(self, index: WholeIndex | None) -> None:
        self.files: list[Fingerprint] = []
        self.loose = index.document_count if index is not None else 0
        self._firsts = np.array([self.loose])
        if index is not None and index.origin is not None:
            try:
                self.files = list(index.fingerprints())
            except (KeyError, TypeError, ValueError) as error:
                raise IndexFolderError(
                    f"sources.jsonl: damaged: no list of source files ({error!r}); "
                    "build the index anew: qa index PATH... -o DIR"
                ) from error
            sources = index.tables.documents["source"][:-1]
            self._firsts = np.searchsorted(sources, np.arange(len(self.files) + 1))
            self.loose = int(self._firsts[0])

    def documents(self, file: int) -> range:
        """The numbers of the documents of a file."""
        return range(int(self._firsts[file]), int(self._firsts[file + 1]))
