"""ODP: the slides of an OpenDocument presentation, with titles, lists, tables and notes; hidden ones are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.formats.opendocument import (
    DRAW,
    PRESENTATION,
    TABLE,
    TEXT,
    OpenDocument,
    opened,
    properties_of,
    table_rows,
)
from corpus.formats.slides import SlideWriter, slides_document
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "presentation"
_RUNNING = ("footer", "header", "date-time", "page-number")
_DEEPEST = 8


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an ODP file."""
    file, content = opened(data, source, _KIND)
    writer = SlideWriter()
    for number, page in enumerate(content.iterchildren(f"{DRAW}page"), 1):
        if not file.look(page.get(f"{DRAW}style-name")).shown:
            words = " ".join(" ".join(map(str, page.itertext())).split())
            writer.dropped.append(Dropped.of("hidden slide", f"{number}: {words}"))
            on_skip(SkippedFile(f"{source}:slide {number}", "is hidden"))
            continue
        _slide(file, page, number, writer)
    writer.dropped += file.dropped
    yield slides_document(writer, source, properties_of(file))


def _slide(file: OpenDocument, page: _Element, number: int, writer: SlideWriter) -> None:
    """Write one slide."""
    shapes = list(_shapes(page))
    kinds = [shape.get(f"{PRESENTATION}class") or "" for shape in shapes]
    titles = [shape for shape, kind in zip(shapes, kinds, strict=True) if kind == "title"]
    words = " ".join(" ".join(line.split()) for shape in titles for _, line, _ in _lines(file, shape))
    writer.begin(number, words, opens="subtitle" in kinds)
    for shape, kind in zip(shapes, kinds, strict=True):
        if kind in _RUNNING:
            running = " ".join(line for _, line, _ in _lines(file, shape))
            if running:
                writer.dropped.append(Dropped.of("running line", running))
        elif kind != "title":
            for table in shape.iterchildren(f"{TABLE}table"):
                writer.table(table_rows(table, file.words))
            for level, line, mark in _lines(file, shape):
                writer.line(level, line, mark or ("-" if kind == "outline" else ""))
            writer.end()
    for notes in page.iterchildren(f"{PRESENTATION}notes"):
        spoken = [shape for shape in _shapes(notes) if shape.get(f"{PRESENTATION}class") == "notes"]
        writer.notes([line for shape in spoken for _, line, _ in _lines(file, shape)])


def _shapes(page: _Element) -> Iterator[_Element]:
    """The shapes of a slide in order, those of groups one by one."""
    waiting = list(reversed(page))
    while waiting:
        shape = waiting.pop()
        if shape.tag == f"{DRAW}g":
            waiting += list(reversed(shape))
        elif isinstance(shape.tag, str) and shape.tag.startswith(DRAW):
            yield shape


def _lines(file: OpenDocument, shape: _Element) -> Iterator[tuple[int, str, str]]:
    """The paragraphs of a shape that hold text: the level, the words, and "-" or "#" for an item of a list."""
    waiting: list[tuple[_Element, int, str, str]] = [(child, 0, "", "") for child in reversed(shape)]
    while waiting:
        part, level, style, mark = waiting.pop()
        if part.tag in (f"{TEXT}p", f"{TEXT}h"):
            if words := file.words(part):
                yield min(max(level - 1, 0), _DEEPEST), words, mark
        elif part.tag == f"{TEXT}list":
            style = part.get(f"{TEXT}style-name") or style
            sign = "#" if (style, level + 1) in file.numbered else "-"
            waiting += [(child, level + 1, style, sign) for child in reversed(part)]
        elif part.tag in (f"{TEXT}list-item", f"{TEXT}list-header", f"{DRAW}text-box"):
            waiting += [(child, level, style, mark) for child in reversed(part)]
