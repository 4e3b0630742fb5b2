"""DOCX: headings, paragraphs, lists, tables and notes of a Word document; what was deleted in it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.assembled import processed
from corpus.formats.cells import add_table
from corpus.formats.charts import CHART, read_chart
from corpus.formats.docx_numbers import Numbers
from corpus.formats.layout import Layout
from corpus.formats.packages import Package, outermost
from corpus.formats.raised import lowered, raised
from corpus.formats.signs import COMPOUND
from corpus.sections import TITLE
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MAIN = "word/document.xml"
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:heading|\d)|table of figures", re.IGNORECASE)
_TITLE_STYLES = frozenset(("title", "titel", "titre"))
_DEEPEST = 9
_MOST_AROUND = 10  # text boxes inside each other
# Runs of these are no part of the text: deleted, moved away, or stand in for a newer form beside them.
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", _FALLBACK))
_PLAIN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a DOCX file."""
    if data.startswith(COMPOUND[:4]):
        raise SourceError(f"{source}: is encrypted, or an old Word file (.doc); save it as DOCX without a password")
    package = Package(data, source, "DOCX")
    main = package.main(_MAIN)
    root = package.xml(main)
    reader = _Reader(package, _Outside(package, main, source, on_skip))
    body = root.find(f"{_W}body")
    reader.blocks(root if body is None else body)
    for part in ("footnotes", "endnotes"):
        name = f"word/{part}.xml"
        if name in package:
            try:
                reader.notes(package.xml(name))
            except SourceError as error:
                on_skip(SkippedFile(f"{source}:{name}", str(error)))
    reader.dropped += _beside(package)
    yield processed(reader.layout, source, dropped=reader.dropped, metadata=package.properties())


def _beside(package: Package) -> Iterator[Dropped]:
    """What stands beside the text: comments, and what runs over and under the pages."""
    seen: set[str] = set()
    for name in package.names():
        kind = "comment" if name == "word/comments.xml" else "running line" if _RUNNING.fullmatch(name) else ""
        if not kind:
            continue
        try:
            root = package.xml(name)
        except SourceError:
            continue
        blocks = outermost(root, f"{_W}comment") if kind == "comment" else [root]
        for block in blocks:
            words = " ".join("".join(part.text or "" for part in block.iter(f"{_W}t")).split())
            if words and words not in seen:
                seen.add(words)
                yield Dropped.of(kind, words)


class _Outside:
    """Reads documents of other formats that are put into a document."""

    def __init__(self, package: Package, main: str, source: str, on_skip: OnSkip) -> None:
        self._package, self._source, self._on_skip = package, source, on_skip
        self._relations = package.relations(main)

    def chart(self, pointer: _Element) -> tuple[str, list[list[str]]]:
        """The title and the rows of a chart; none where it cannot be read."""
        _, place = self._relations.get(pointer.get(f"{_R}id") or "", ("", ""))
        try:
            return read_chart(self._package.xml(place))
        except SourceError:
            return "", []

    def read(self, pointer: _Element) -> tuple[Layout, list[Dropped]] | None:
        """The layout of what is put in at a place; None where it cannot be read, which is told."""
        from corpus.formats.html import read_markup

        _, place = self._relations.get(pointer.get(f"{_R}id") or "", ("", ""))
        name = f"{self._source}:{place or 'a document put in'}"
        if place.lower().endswith((".htm", ".html", ".xhtml")):
            try:
                _, layout, dropped = read_markup(self._package.read(place), name, self._on_skip)
            except SourceError as error:
                self._on_skip(SkippedFile(name, str(error).removeprefix(f"{name}: ").removeprefix(f"{self._source}: ")))
                return None
            return layout, list(dropped)
        self._on_skip(SkippedFile(name, "is put into the document in another format; save that in Word to take it in"))
        return None


def _value(element: _Element | None, path: str) -> str:
    """The value of the first element at a path, "" where there is none."""
    found = element.find(path) if element is not None else None
    return "" if found is None else found.get(f"{_W}val") or ""


def _is_on(element: _Element | None, path: str) -> bool:
    """Whether a switch is there and not turned off."""
    found = element.find(path) if element is not None else None
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off", "none")


def _styles(package: Package) -> dict[str, int]:
    """The level of the heading that each style of paragraphs makes; TITLE for the title's."""
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    if "word/styles.xml" not in package:
        return levels
    for style in package.xml("word/styles.xml").iter(f"{_W}style"):
        name, own = style.get(f"{_W}styleId") or "", _value(style, f"{_W}name")
        outline = _value(style, f"{_W}pPr/{_W}outlineLvl")
        found = _HEADING.fullmatch(own.strip())
        bases[name] = _value(style, f"{_W}basedOn")
        if own.strip().lower() in _TITLE_STYLES:
            levels[name] = TITLE
        elif found:
            levels[name] = int(found[1])
        elif outline.isdigit() and int(outline) < _DEEPEST:
            levels[name] = int(outline) + 1
    for name in bases:
        above, seen = bases[name], {name}
        while name not in levels and above and above not in seen:
            seen.add(above)
            if above in levels and levels[above] != TITLE:
                levels[name] = levels[above]
            above = bases.get(above, "")
    return levels


def _listed(package: Package) -> tuple[dict[str, tuple[str, int]], frozenset[str]]:
    """The list and the level in it that each style of paragraphs numbers by, and the styles of tables of contents."""
    lists: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    contents = set()
    if "word/styles.xml" not in package:
        return lists, frozenset()
    for style in package.xml("word/styles.xml").iter(f"{_W}style"):
        name, number = style.get(f"{_W}styleId") or "", _value(style, f"{_W}pPr/{_W}numPr/{_W}numId")
        bases[name] = _value(style, f"{_W}basedOn")
        if number:
            lists[name] = number, _depth(_value(style, f"{_W}pPr/{_W}numPr/{_W}ilvl"))
        if _CONTENTS.fullmatch(_value(style, f"{_W}name").strip()):
            contents.add(name)
    for name in bases:
        above, seen = bases[name], {name}
        while name not in lists and above and above not in seen:
            seen.add(above)
            if above in lists:
                lists[name] = lists[above]
            above = bases.get(above, "")
    return lists, frozenset(contents)


def _depth(level: str) -> int:
    return min(int(level), _DEEPEST) if level.isdecimal() else 0


class _Reader:
    """Turns the blocks of a document into text."""

    def __init__(self, package: Package, outside: _Outside) -> None:
        self.layout = Layout()
        self.dropped: list[Dropped] = []
        self._styles = _styles(package)
        self._lists, self._contents = _listed(package)
        self._numbers = Numbers(package)
        self._outside = outside
        self._around = 0  # text boxes that are open

    def blocks(self, parent: _Element) -> None:
        """Write the paragraphs and tables inside an element, in order."""
        waiting = list(reversed(parent))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag in _GONE:
                self._drop(element)
            elif element.tag == f"{_W}altChunk":
                self._put_in(element)
            else:
                waiting += reversed(element)  # a content control, custom XML, inserted blocks

    def _put_in(self, pointer: _Element) -> None:
        """Write a document of another format that is put in."""
        found = self._outside.read(pointer)
        if found is not None:
            self.layout.add(found[0])
            self.dropped += found[1]

    def notes(self, root: _Element) -> None:
        """Write the footnotes or endnotes, after the text."""
        for note in root:
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            lines = [self._words(paragraph) for paragraph in outermost(note, f"{_W}p")]
            self.layout.end_lines()
            self.layout.paragraph(" ".join(line for line in lines if line))

    def _paragraph(self, paragraph: _Element) -> None:
        properties = paragraph.find(f"{_W}pPr")
        words = self._words(paragraph)
        if words:
            self._write(words, properties)
        for picture in paragraph.iter(_PICTURE):
            if told := picture.get("descr"):
                self.dropped.append(Dropped.of("picture", told))
        for pointer in paragraph.iter(CHART):
            title, rows = self._outside.chart(pointer)
            if title and rows:
                self.layout.paragraph(title)
            if rows:
                add_table(self.layout, rows)
            else:
                self.dropped.append(Dropped.of("chart", title or "without values"))
        for box in _boxes(paragraph):
            if self._around >= _MOST_AROUND:
                self._drop(box)
                continue
            self._around += 1
            self.layout.end_lines()
            self.blocks(box)
            self._around -= 1

    def _write(self, words: str, properties: _Element | None) -> None:
        """Write the words of a paragraph as what its properties make of it."""
        outline = _value(properties, f"{_W}outlineLvl")
        style = _value(properties, f"{_W}pStyle")
        if style in self._contents:
            self.dropped.append(Dropped.of("table of contents", words))
            return
        level = self._styles.get(style)
        if outline.isdigit():
            level = int(outline) + 1 if int(outline) < _DEEPEST else None
        number, depth = self._place(properties, style)
        mark = self._numbers.mark(number, depth) if number and number != "0" else None
        if level is not None:
            shown = f"{mark} " if mark and mark != "-" else ""
            self.layout.heading(level, shown + " ".join(words.split()))
        elif mark is not None:
            indent = "  " * depth
            self.layout.line(f"{indent}{mark or '-'} " + words.replace("\n", f"\n{indent}  "))
        else:
            self.layout.paragraph(words)

    def _place(self, properties: _Element | None, style: str) -> tuple[str, int]:
        """The list that a paragraph is numbered in, "" for none, and the level: its own, else those of its style."""
        own, level = (_value(properties, f"{_W}numPr/{_W}{name}") for name in ("numId", "ilvl"))
        if own:
            return own, _depth(level) if level else self._numbers.of_style(style, own)[1]
        number, depth = self._lists.get(style, ("", 0))
        linked, linked_depth = self._numbers.of_style(style, number)
        return linked, linked_depth or depth

    def _table(self, table: _Element) -> None:
        """Write a table, its first row as the head."""
        rows: list[list[str]] = []
        for row in _children(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self._drop(row)
                continue
            cells: list[str] = []
            for cell in _children(row, f"{_W}tc"):
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                text = "; ".join(filter(None, (self._words(part) for part in outermost(cell, f"{_W}p"))))
                above = rows[-1] if rows else []
                if merged is not None and merged.get(f"{_W}val") != "restart" and len(cells) < len(above):
                    text = above[len(cells)]
                span = _value(cell, f"{_W}tcPr/{_W}gridSpan")
                cells += [text] * (min(int(span), 100) if span.isdigit() else 1)
            rows.append(cells)
        add_table(self.layout, rows)

    def _words(self, paragraph: _Element) -> str:
        """The text of a paragraph, as it stands once every change is accepted."""
        pieces: list[str] = []
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag in _GONE:
                self._drop(element)
            elif tag == f"{_W}r":
                self._run(element, pieces)
            elif tag == _MATH_TEXT:
                pieces.append(element.text or "")
            elif tag != f"{_W}pPr" and isinstance(tag, str):
                waiting += reversed(element)
        lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).replace("\t", " ").split("\n"))
        return re.sub(" {2,}", " ", "\n".join(line for line in lines if line))

    def _run(self, run: _Element, pieces: list[str]) -> None:
        """Add the text of a run, unless it is struck out or hidden."""
        properties = run.find(f"{_W}rPr")
        text = "".join(
            (part.text or "") if part.tag == f"{_W}t" else _PLAIN.get(part.tag, "")
            for part in run
            if isinstance(part.tag, str)
        )
        for switch, kind in (("strike", "struck out"), ("dstrike", "struck out"), ("vanish", "hidden")):
            if text and _is_on(properties, f"{_W}{switch}"):
                self.dropped.append(Dropped.of(kind, text))
                return
        place = _value(properties, f"{_W}vertAlign")
        mark, before = text.strip(), "".join(pieces[-4:])
        if place == "superscript" and mark:
            written = raised(before, mark, "")
            if written is None:
                self.dropped.append(Dropped.of("footnote mark", mark))
            text = written or ""
        elif place == "subscript" and mark:
            text = lowered(before, mark)
        pieces.append(text)

    def _drop(self, element: _Element) -> None:
        """Keep what was deleted as dropped."""
        if element.tag == _FALLBACK:
            return
        words = "".join(part.text or "" for part in element.iter(f"{_W}delText", f"{_W}t"))
        if words.strip():
            self.dropped.append(Dropped.of("deleted", words))


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those in content controls too, none of a table inside."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif element.tag != f"{_W}tbl" and isinstance(element.tag, str):
            waiting += reversed(element)


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    """The text boxes that hang on a paragraph."""
    for box in outermost(paragraph, f"{_W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield box
