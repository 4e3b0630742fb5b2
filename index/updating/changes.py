"""What an update of an index did."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Record


@dataclass(frozen=True, slots=True)
class Changes(Record):
    """What became of the source files, by their paths in order, and how much is indexed now.

    ``unchanged`` counts files. ``rebuilt`` says why every file was read anew, and is None where that was not so.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    rebuilt: str | None
    documents: int
    passages: int

    def summary(self) -> str:
        """How much is indexed now, and what became of the source files, in words.

        >>> Changes(("a.txt",), (), (), 2, None, 3, 1).summary()
        '3 documents, 1 passage; files: 1 added, 0 changed, 0 removed, 2 unchanged'
        """
        total = {"document": self.documents, "passage": self.passages}
        files = {name: len(getattr(self, name)) for name in ("added", "changed", "removed")}
        return (
            ", ".join(f"{count:,} {name}{'s' * (count != 1)}" for name, count in total.items())
            + "; files: "
            + ", ".join(f"{count:,} {name}" for name, count in {**files, "unchanged": self.unchanged}.items())
        )
