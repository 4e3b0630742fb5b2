"""PPTX: the slides of a presentation in order, with titles, lists, tables and notes; hidden slides are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.charts import CHART, read_chart
from corpus.formats.packages import Package, outermost
from corpus.formats.raised import lowered, raised
from corpus.formats.signs import COMPOUND
from corpus.formats.slides import SlideWriter, slides_document
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_RUNNING = ("dt", "ftr", "sldNum", "hdr", "sldImg")  # what stands on every slide alike
_BODIES = ("body", "obj")
_OFF = ("0", "false")
_DEEPEST = 8


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a PPTX file."""
    if data.startswith(COMPOUND[:4]):
        raise SourceError(
            f"{source}: is encrypted, or an old PowerPoint file (.ppt); save it as PPTX without a password"
        )
    package = Package(data, source, "PPTX")
    main = package.main(_MAIN)
    relations = package.relations(main)
    writer = SlideWriter()
    failed: SourceError | None = None
    read = 0
    for number, listed in enumerate(package.xml(main).iter(f"{_P}sldId"), 1):
        _, place = relations.get(listed.get(f"{_R}id") or "", ("", ""))
        try:
            slide = package.xml(place)
        except SourceError as error:
            failed = failed or error
            on_skip(SkippedFile(f"{source}:slide {number}", str(error).removeprefix(f"{source}: ")))
            continue
        if (slide.get("show") or "1") in _OFF:
            words = " ".join(part.text or "" for part in slide.iter(f"{_A}t"))
            writer.dropped.append(Dropped.of("hidden slide", f"{number}: {words}"))
            on_skip(SkippedFile(f"{source}:slide {number}", "is hidden"))
            continue
        read += 1
        _Slide(package, place, writer).write(slide, number)
    if failed and not read:
        raise failed
    yield slides_document(writer, source, package.properties())


class _Line(NamedTuple):
    """A paragraph of a shape; ``mark`` is "-" for a bullet, "#" for a number, "" for none, None if nothing is said."""

    level: int
    words: str
    mark: str | None


class _Slide:
    """Writes one slide."""

    def __init__(self, package: Package, place: str, writer: SlideWriter) -> None:
        self._package, self._writer = package, writer
        self._relations = package.relations(place)

    def write(self, slide: _Element, number: int) -> None:
        """Write a slide and its notes."""
        shapes = sorted(_shapes(slide), key=lambda shape: _kind(shape) not in _TITLES)
        titles = [shape for shape in shapes if _kind(shape) in _TITLES]
        words = " ".join(" ".join(line.words.split()) for shape in titles for line in self._lines(shape))
        self._writer.begin(number, words, opens=any(_kind(shape) == "ctrTitle" for shape in titles))
        for shape in shapes[len(titles) :]:
            self._shape(shape)
        self._comments()
        for kind, place in self._relations.values():
            if kind == "notesSlide" and place in self._package:
                self._notes(place)

    def _notes(self, place: str) -> None:
        try:
            notes = self._package.xml(place)
        except SourceError:
            self._writer.dropped.append(Dropped("damaged notes", place))
            return
        words = [line.words for shape in _shapes(notes) if _kind(shape) == "body" for line in self._lines(shape)]
        self._writer.notes(words)

    def _comments(self) -> None:
        for kind, place in self._relations.values():
            if kind == "comments" and place in self._package:
                try:
                    root = self._package.xml(place)
                except SourceError:
                    continue
                words = " ".join(part.text or "" for part in root.iter(f"{_P}text", f"{_A}t"))
                self._writer.dropped.append(Dropped.of("comment", words))

    def _shape(self, shape: _Element) -> None:
        kind = _kind(shape)
        named = next(shape.iter(f"{_P}cNvPr"), None)
        if named is not None and (named.get("hidden") or "0") not in _OFF:
            self._writer.dropped.append(Dropped.of("hidden", " ".join(line.words for line in self._lines(shape))))
        elif kind in _RUNNING:
            words = " ".join(line.words for line in self._lines(shape))
            if words:
                self._writer.dropped.append(Dropped.of("running line", words))
        elif shape.tag == f"{_P}graphicFrame":
            self._frame(shape)
        elif shape.tag == f"{_P}sp":
            usual = "-" if kind in _BODIES else ""
            for line in self._lines(shape):
                mark = usual if line.mark is None else line.mark
                self._writer.line(line.level, line.words, mark or ("-" if line.level and line.mark is None else ""))
            self._writer.end()
        else:
            self._drawn("picture", shape)

    def _drawn(self, kind: str, shape: _Element) -> None:
        """Keep what a picture or a chart is said to show as dropped."""
        named = next(shape.iter(f"{_P}cNvPr"), None)
        told = "" if named is None else named.get("descr") or named.get("name") or ""
        self._writer.dropped.append(Dropped.of(kind, told))

    def _frame(self, frame: _Element) -> None:
        """Write a table or the words of a diagram; a chart is dropped."""
        table = next(frame.iter(f"{_A}tbl"), None)
        if table is not None:
            self._writer.table(self._rows(table))
            return
        chart = next(frame.iter(CHART), None)
        if chart is not None and self._chart(chart):
            return
        pointer = next(frame.iter(f"{_DIAGRAM}relIds"), None)
        place = "" if pointer is None else self._relations.get(pointer.get(f"{_R}dm") or "", ("", ""))[1]
        if place not in self._package:
            self._drawn("chart or object", frame)
            return
        try:
            root = self._package.xml(place)
        except SourceError:
            self._drawn("damaged diagram", frame)
            return
        for body in outermost(root, f"{_DIAGRAM}t"):
            for line in self._lines(body):
                self._writer.line(0, line.words, "-")
        self._writer.end()

    def _chart(self, pointer: _Element) -> bool:
        """Write what a chart shows; whether it could be read."""
        _, place = self._relations.get(pointer.get(f"{_R}id") or "", ("", ""))
        try:
            title, rows = read_chart(self._package.xml(place))
        except SourceError:
            return False
        if title:
            self._writer.line(0, title, "")
            self._writer.end()
        self._writer.table(rows)
        return bool(rows)

    def _rows(self, table: _Element) -> list[list[str]]:
        rows: list[list[str]] = []
        for row in table.iterchildren(f"{_A}tr"):
            cells: list[str] = []
            for cell in row.iterchildren(f"{_A}tc"):
                text = "; ".join(line.words.replace("\n", " ") for line in self._lines(cell))
                if (cell.get("hMerge") or "0") not in _OFF and cells:
                    text = cells[-1]
                elif (cell.get("vMerge") or "0") not in _OFF and rows and len(cells) < len(rows[-1]):
                    text = rows[-1][len(cells)]
                cells.append(text)
            rows.append(cells)
        return rows

    def _lines(self, shape: _Element) -> Iterator[_Line]:
        """The paragraphs of a shape that hold text."""
        for paragraph in outermost(shape, f"{_A}p"):
            properties = paragraph.find(f"{_A}pPr")
            words = self._words(paragraph)
            if not words:
                continue
            level, mark = 0, None
            if properties is not None:
                given = properties.get("lvl") or "0"
                level = min(int(given), _DEEPEST) if given.isdigit() else 0
                signs = (("buNone", ""), ("buChar", "-"), ("buBlip", "-"), ("buAutoNum", "#"))
                mark = next((sign for name, sign in signs if properties.find(f"{_A}{name}") is not None), None)
            yield _Line(level, words, mark)

    def _words(self, paragraph: _Element) -> str:
        pieces: list[str] = []
        for part in paragraph.iter(f"{_A}r", f"{_A}br", f"{_A}fld", _MATH_TEXT):
            if part.tag == f"{_A}br":
                pieces.append("\n")
                continue
            if part.tag == _MATH_TEXT:
                pieces.append(part.text or "")
                continue
            text, properties = part.findtext(f"{_A}t") or "", part.find(f"{_A}rPr")
            strike = "" if properties is None else properties.get("strike") or ""
            if strike not in ("", "noStrike") and text.strip():
                self._writer.dropped.append(Dropped.of("struck out", text))
                continue
            given = "" if properties is None else properties.get("baseline") or ""
            shift = given.rstrip("%")
            mark, before = text.strip(), "".join(pieces[-4:])
            if mark and shift.lstrip("-").isdigit() and int(shift):
                written = raised(before, mark, "") if int(shift) > 0 else lowered(before, mark)
                if written is None:
                    self._writer.dropped.append(Dropped.of("footnote mark", mark))
                text = written or ""
            pieces.append(text)
        lines = (" ".join(line.split()) for line in "".join(pieces).replace("\v", "\n").split("\n"))
        return "\n".join(line for line in lines if line)


def _shapes(slide: _Element) -> Iterator[_Element]:
    """The shapes of a slide in order, those of groups one by one."""
    tree = slide.find(f"{_P}cSld/{_P}spTree")
    waiting = [] if tree is None else list(reversed(tree))
    while waiting:
        shape = waiting.pop()
        if shape.tag in (f"{_P}sp", f"{_P}graphicFrame", f"{_P}pic"):
            yield shape
        elif isinstance(shape.tag, str) and shape.tag != _FALLBACK:
            waiting += list(reversed(shape))


def _kind(shape: _Element) -> str:
    """The kind of placeholder that a shape is, "" for none."""
    holder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if holder is None else holder.get("type") or "obj"
