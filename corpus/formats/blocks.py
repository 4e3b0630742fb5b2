"""Writes the blocks of a mark-up text in the one form that all formats share, and keeps what is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.documents import Dropped
from corpus.formats.cells import table_lines
from corpus.formats.layout import Layout
from corpus.formats.tables import row_text

DEEPEST = 40
"""Levels of lists and quotations inside each other that are followed."""

_INDENT = re.compile("[ ]*")


class Blocks:
    """Collects headings, paragraphs, items, tables and notes; ``dropped`` is what is no part of the text."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.dropped: list[Dropped] = []
        self.notes: list[str] = []
        self._counts: dict[int, int] = {}  # of the numbered lists that are open, by depth

    def heading(self, level: int, text: str) -> None:
        """Write a heading; ``level`` counts from 1, the title's is TITLE."""
        self.layout.end_lines()
        self._counts.clear()
        self.layout.heading(level, " ".join(text.split()))

    def paragraph(self, text: str) -> None:
        """Write a paragraph."""
        self.layout.end_lines()
        self._counts.clear()
        self.layout.paragraph(text.strip("\n"))

    def item(self, depth: int, text: str, mark: str = "-") -> None:
        """Write an item of a list; ``depth`` is the number of lists around its own, "#" the mark of the next number."""
        indent = "  " * min(depth, DEEPEST)
        text = text.strip()
        for other in [each for each in self._counts if each > depth or (each == depth and mark != "#")]:
            del self._counts[other]
        if mark == "#":
            self._counts[depth] = self._counts.get(depth, 0) + 1
            mark = f"{self._counts[depth]}."
        if text:
            self.layout.line(f"{indent}{mark} " + text.replace("\n", f"\n{indent}  "))

    def inside(self, depth: int, text: str) -> None:
        """Write a paragraph inside an item, or one of its own where ``depth`` is 0."""
        text = text.strip("\n")
        if not depth:
            self.paragraph(text)
        elif text.strip():
            indent = "  " * min(depth, DEEPEST)
            self.layout.line(indent + text.replace("\n", f"\n{indent}"))

    def table(self, rows: Sequence[Sequence[str]], *, heads: int = 1, depth: int = 0) -> None:
        """Write a table of which the first ``heads`` rows are its head, made one."""
        if heads > 1:
            merged = [" ".join(dict.fromkeys(filter(None, column))) for column in _columns(rows[:heads])]
            rows = [merged, *rows[heads:]]
        if heads:
            lines = list(table_lines(rows))
        else:
            folded = [[" ".join(cell.split()) for cell in row] for row in rows]
            lines = [row_text(row) if len(row) > 1 else row[0] for row in folded if any(row)]
        self.layout.end_lines()
        for line in lines:
            self.layout.line("  " * min(depth, DEEPEST) + line)
        self.layout.end_lines()

    def drop(self, kind: str, text: str) -> None:
        """Keep a part as dropped."""
        if text.strip():
            self.dropped.append(Dropped.of(kind, text))

    def note(self, text: str) -> None:
        """Keep the text of a note, which stands at the end."""
        if text.strip():
            self.notes.append(" ".join(text.split()))

    def write_notes(self) -> None:
        """Write the notes, each a paragraph, under no heading below the highest."""
        for number, note in enumerate(self.notes, 1):
            self.paragraph(f"[{number}] {note}")
        self.notes.clear()


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    width = max(map(len, rows), default=0)
    for column in range(width):
        yield [row[column] if column < len(row) else "" for row in rows]


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return _INDENT.match(line).end()  # type: ignore[union-attr]  # matches anything


def dedented(lines: Sequence[str]) -> list[str]:
    """Return lines without the indentation that they share, and without blank ones at the ends.

    >>> dedented(["", "  a", "    b", ""])
    ['a', '  b']
    """
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return []
    least = min(indent_of(lines[number]) for number in filled)
    return [line[least:] for line in lines[filled[0] : filled[-1] + 1]]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with tabs made spaces and no white space at their ends."""
    return [line.expandtabs(8).rstrip() for line in re.split("\r\n?|\n", text)]
