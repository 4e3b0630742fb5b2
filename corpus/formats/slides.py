"""Slides as text: each is a section under its title, with its lists, tables and notes, and its number as the mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Document, Dropped
from corpus.formats.base import id_of, title_of
from corpus.formats.cells import add_table
from corpus.formats.layout import Layout
from corpus.marks import Mark
from corpus.sections import TITLE, Heading, split_sections

NOTES = "Notes"
"""What stands before the notes of a slide."""

# What PowerPoint calls a file that was given no title.
_GENERIC = ("", "powerpoint presentation", "powerpoint-präsentation", "présentation powerpoint")


class SlideWriter:
    """Writes slides one after the other; ``title`` is that of the presentation, once a slide has given it."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.marks: list[Mark] = []
        self.dropped: list[Dropped] = []
        self.title = ""
        self._waiting: Mark | None = None  # of a slide on which nothing is written yet
        self._lines: list[tuple[int, str, str]] = []

    def begin(self, number: int, title: str, *, opens: bool = False) -> None:
        """Begin a slide; ``opens`` says that its title is that of the presentation, if it is the first with one."""
        self._waiting = Mark(0, slide=number)
        if not title:
            self.layout.headings.append(Heading(1, f"Slide {number}", self.layout.length, self.layout.length))
            return
        is_title = opens and not self.layout.length
        self.layout.heading(TITLE if is_title else 1, title)
        self.title = title if is_title else self.title
        self._mark(len(title))

    def line(self, level: int, words: str, mark: str) -> None:
        """Add a paragraph of a shape; ``mark`` is "-" for an item, "#" for a numbered one, "" for none."""
        self._lines.append((level, words, mark))

    def end(self) -> None:
        """End a shape: its items are a list, but one alone is a paragraph."""
        lines, self._lines = self._lines, []
        counts: dict[int, int] = {}
        for level, words, mark in lines:
            for deeper in [each for each in counts if each > level]:
                del counts[deeper]
            if not mark or len(lines) == 1:
                self._put(words, line=False)
                continue
            indent = "  " * level
            counts[level] = counts.get(level, 0) + 1 if mark == "#" else 0
            sign = f"{counts[level]}." if mark == "#" else "-"
            self._put(f"{indent}{sign} " + words.replace("\n", f"\n{indent}  "), line=True)
        self.layout.end_lines()

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, its first row as the head."""
        before = self.layout.length
        add_table(self.layout, rows)
        self._mark(max(0, self.layout.length - before - 2 * bool(before)))

    def notes(self, lines: Sequence[str]) -> None:
        """Add the speaker's notes, marked as such."""
        if lines:
            self._put(f"{NOTES}: " + "\n".join(lines), line=False)

    def _put(self, text: str, *, line: bool) -> None:
        (self.layout.line if line else self.layout.paragraph)(text)
        self._mark(len(text))

    def _mark(self, written: int) -> None:
        if self._waiting is not None and written:
            self.marks.append(replace(self._waiting, start=self.layout.length - written))
            self._waiting = None


def slides_document(writer: SlideWriter, source: str, metadata: tuple[tuple[str, str], ...]) -> Document:
    """Return the document that slides make; its title is that of its first slide, or the file's own."""
    text = writer.layout.text
    headings = _with_words(text, writer.layout.headings)
    own = dict(metadata).get("title", "")
    if own.lower() in _GENERIC:
        own = next((heading.text for heading in headings[:1] if heading.end > heading.start), "")
    return Document(
        id=id_of(source),
        title=writer.title or own or title_of(source),
        text=text,
        sections=split_sections(text, headings),
        source=source,
        dropped=tuple(writer.dropped),
        metadata=metadata,
        marks=tuple(writer.marks),
    )


def _with_words(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, but a title that is all that its slide says is the text of its section too."""
    ends = [*(heading.start for heading in headings[1:]), len(text)][: len(headings)]
    alone = [not text[heading.end : end].strip() for heading, end in zip(headings, ends, strict=True)]
    return [
        replace(heading, end=heading.start) if only and (heading.level != TITLE or all(alone)) else heading
        for heading, only in zip(headings, alone, strict=True)
    ]
