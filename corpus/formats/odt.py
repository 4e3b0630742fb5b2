"""ODT: headings, paragraphs, lists, tables and notes of an OpenDocument text; what was deleted in it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.formats.assembled import processed
from corpus.formats.cells import add_table
from corpus.formats.layout import Layout
from corpus.formats.opendocument import DRAW, OFFICE, TABLE, TEXT, OpenDocument, opened, properties_of, table_rows
from corpus.formats.packages import outermost
from corpus.sections import TITLE
from corpus.skipped import OnSkip

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "text"
_DEEPEST = 9
_HEADING = re.compile(r"Heading_20_([1-9])")
_HOLDERS = frozenset(f"{DRAW}{name}" for name in ("frame", "text-box", "custom-shape", "g"))
# Lists that the program makes of the headings and the like, and what it keeps for itself.
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
    )
)  # fmt: skip


def read(data: bytes, source: str, _: OnSkip) -> Iterator[Document]:
    """Yield the document of an ODT file."""
    file, content = opened(data, source, _KIND)
    reader = _Reader(file)
    reader.blocks(content)
    reader.notes()
    yield processed(reader.layout, source, dropped=file.dropped, metadata=properties_of(file))


class _Reader:
    """Turns the blocks of a text into lines."""

    def __init__(self, file: OpenDocument) -> None:
        self.layout = Layout()
        self._file = file
        self._notes: list[str] = []
        self._counts: dict[str, int] = {}  # of the last numbered list of each style

    def blocks(self, parent: _Element) -> None:
        """Write the blocks inside an element, in order."""
        waiting = list(reversed(parent))
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag == f"{TEXT}h":
                self._heading(element)
            elif tag == f"{TEXT}p":
                self._paragraph(element)
            elif tag == f"{TEXT}list":
                self._list(element)
                self.layout.end_lines()
            elif tag == f"{TABLE}table":
                self._table(element)
            elif tag == f"{TEXT}tracked-changes":
                self._changes(element)
            elif tag in _INDEXES:
                self._drop("table of contents", element)
            elif tag == f"{TEXT}section" and element.get(f"{TEXT}display") == "none":
                self._drop("hidden", element)
            elif tag in _HOLDERS or (isinstance(tag, str) and not tag.startswith((DRAW, OFFICE))):
                waiting += list(reversed(element))

    def notes(self) -> None:
        """Write the footnotes and endnotes, after the text."""
        for words in self._notes:
            self.layout.paragraph(words)

    def _heading(self, element: _Element) -> None:
        words = " ".join(self._words(element).split())
        level = element.get(f"{TEXT}outline-level") or "1"
        self.layout.heading(min(int(level), 10) if level.isdigit() and int(level) else 1, words)
        self._hanging(element)

    def _paragraph(self, element: _Element) -> None:
        words = self._words(element)
        style = element.get(f"{TEXT}style-name") or ""
        level = self._level(style)
        if level is not None:
            self.layout.heading(level, " ".join(words.split()))
        elif words:
            self.layout.paragraph(words)
        self._hanging(element)

    def _level(self, style: str) -> int | None:
        """The level of the heading that a style of paragraphs makes, None for none."""
        seen: set[str] = set()
        while style and style not in seen:
            if style == "Title":
                return TITLE
            if found := _HEADING.fullmatch(style):
                return int(found[1])
            seen.add(style)
            style = self._file.parents.get(style, "")
        return None

    def _list(self, element: _Element) -> None:
        """Write a list and those inside its items."""
        waiting: list[tuple[_Element, int, str, str]] = [(element, 0, "", "")]  # what, depth, style, sign
        counts: dict[int, int] = {}
        while waiting:
            part, depth, style, sign = waiting.pop()
            if part.tag == f"{TEXT}list":
                style = part.get(f"{TEXT}style-name") or style
                numbered = (style, min(depth, _DEEPEST) + 1) in self._file.numbered
                goes_on = part.get(f"{TEXT}continue-numbering") == "true" and not depth
                counts[depth] = self._counts.get(style, 0) if goes_on else 0
                waiting += [(item, depth, style, "#" if numbered else "-") for item in reversed(part)]
            elif part.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                if sign == "#" and part.tag == f"{TEXT}list-item":
                    start = part.get(f"{TEXT}start-value") or ""
                    counts[depth] = int(start[:9]) if start.isdigit() else counts[depth] + 1
                    sign = f"{counts[depth]}."
                    self._counts[style] = counts[depth] if not depth else self._counts.get(style, 0)
                first = sign if part.tag == f"{TEXT}list-item" else ""
                following: list[tuple[_Element, int, str, str]] = []
                for child in part:
                    inner = child.tag == f"{TEXT}list"
                    following.append((child, depth + inner, style, "" if inner else first))
                    first = first if inner else ""
                waiting += reversed(following)
            else:
                self._item(part, min(depth, _DEEPEST), sign)

    def _item(self, element: _Element, depth: int, sign: str) -> None:
        """Write a block of an item: the first with its sign, the others under it."""
        if element.tag == f"{TEXT}h":
            self._heading(element)
        elif element.tag == f"{TEXT}p":
            words = self._words(element)
            indent = "  " * depth
            if words:
                self.layout.line(f"{indent}{sign} {words}" if sign else f"{indent}  {words}")
            self._hanging(element)
        else:
            self.blocks(element)

    def _table(self, table: _Element) -> None:
        """Write a table, its first row as the head."""
        add_table(self.layout, table_rows(table, self._words))
        for part in outermost(table, f"{TEXT}p", f"{TEXT}h"):
            self._collect(part)

    def _words(self, element: _Element) -> str:
        """The words of a paragraph, unless its style strikes them out or hides them."""
        words = self._file.words(element)
        look = self._file.look(element.get(f"{TEXT}style-name"))
        if words and (look.struck or look.hidden):
            self._file.dropped.append(Dropped.of("struck out" if look.struck else "hidden", words))
            return ""
        return words

    def _hanging(self, element: _Element) -> None:
        """Write the boxes that hang on a paragraph, and keep its notes for the end."""
        self._collect(element)
        for box in outermost(element, f"{DRAW}text-box", f"{DRAW}custom-shape"):
            if next(box.iterancestors(f"{DRAW}text-box", f"{DRAW}custom-shape"), None) is None:
                self.layout.end_lines()
                self.blocks(box)

    def _collect(self, element: _Element) -> None:
        for body in outermost(element, f"{TEXT}note-body"):
            lines = [self._words(part) for part in outermost(body, f"{TEXT}p")]
            if words := " ".join(line for line in lines if line):
                self._notes.append(words)

    def _changes(self, element: _Element) -> None:
        for deletion in outermost(element, f"{TEXT}deletion"):
            words = " ".join(self._file.words(part) for part in outermost(deletion, f"{TEXT}p", f"{TEXT}h"))
            if words.strip():
                self._file.dropped.append(Dropped.of("deleted", words))

    def _drop(self, kind: str, element: _Element) -> None:
        words = " ".join(map(str, element.itertext()))
        if words.strip():
            self._file.dropped.append(Dropped.of(kind, words))
