"""Indexed documents before their terms are weighed."""

from __future__ import annotations

from dataclasses import dataclass

from index.data.sequences import Sequences
from index.data.tables import Tables
from index.data.vocabulary import Vocabulary
from index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Segment:
    """Everything that is known of some documents before weighing; its arrays may be mapped from files.

    ``sequences.terms`` are numbers in ``vocabulary``, which may hold terms that no passage of the segment has.
    Cheap to make, to send to another process (after ``loaded``) and to throw away.
    """

    settings: IndexSettings
    tables: Tables
    vocabulary: Vocabulary
    sequences: Sequences

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self.tables.document_order)

    @property
    def passages(self) -> int:
        """The number of passages."""
        return len(self.tables.passages)
