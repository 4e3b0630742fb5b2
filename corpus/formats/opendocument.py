"""What OpenDocument files share: their parts, their styles, and the text of a paragraph as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.documents import Dropped
from corpus.errors import SourceError
from corpus.formats.packages import Package, outermost
from corpus.formats.raised import lowered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE = _URN % "office", _URN % "text", _URN % "table"
STYLE, DRAW, META = _URN % "style", _URN % "drawing", _URN % "meta"
PRESENTATION = _URN % "presentation"
_FO = _URN % "xsl-fo-compatible"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = _URN % "manifest"
_MOST_SPACES = 40
_MOST_SPANNED = 100
# What hangs on a paragraph and is no part of its words; annotations are kept as dropped.
_APART = frozenset((f"{DRAW}frame", f"{DRAW}text-box", f"{DRAW}custom-shape", f"{TEXT}note"))
_ANNOTATIONS = frozenset((f"{OFFICE}annotation",))
_PLAIN = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n", f"{TEXT}soft-page-break": ""}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style makes of its text, as far as the text's meaning goes."""

    bold: bool = False
    struck: bool = False
    hidden: bool = False
    raised: int = 0  # 1 above the line, -1 below
    shown: bool = True  # of a sheet or a slide


@dataclass(slots=True)
class OpenDocument:
    """An OpenDocument file that is being read."""

    package: Package
    name: str
    looks: dict[str, Look] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    numbered: set[tuple[str, int]] = field(default_factory=set)  # the styles of lists, and their levels
    dropped: list[Dropped] = field(default_factory=list)

    def look(self, style: str | None) -> Look:
        """The look of a style by its name."""
        return self.looks.get(style or "", Look())

    def words(self, element: _Element) -> str:
        """The text inside an element, without what hangs on it; what is struck out or hidden is kept as dropped.

        Frames and notes inside are the caller's to read.
        """
        pieces: list[str] = []
        # A stack of our own: a file may be nested more deeply than Python recurses.
        waiting: list[_Element | str] = [element]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                pieces.append(part)
                continue
            if part is not element:
                if part.tail:
                    waiting.append(part.tail)
                if not isinstance(part.tag, str) or self._is_apart(part, pieces):
                    continue
            waiting += [child for child in reversed(part)]
            if part.text:
                pieces.append(part.text.replace("\n", " "))
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        return "\n".join(line for line in lines if line)

    def _is_apart(self, part: _Element, pieces: list[str]) -> bool:
        """Whether an element is no run of text, or one that is written here otherwise than it stands."""
        if part.tag in _APART:
            return True
        if part.tag in _ANNOTATIONS:
            self.dropped.append(Dropped.of("comment", " ".join(map(str, part.itertext()))))
            return True
        if part.tag == f"{TEXT}s":
            count = part.get(f"{TEXT}c") or "1"
            pieces.append(" " * (min(int(count), _MOST_SPACES) if count.isdigit() else 1))
            return True
        if part.tag in _PLAIN:
            pieces.append(_PLAIN[part.tag])
            return True
        if part.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            told = part.get(f"{TEXT}string-value") or " ".join(map(str, part.itertext()))
            self.dropped += [Dropped.of("hidden", told)] * bool(told.strip())
            return True
        if part.tag == f"{TEXT}ruby-text":
            return True
        return part.tag == f"{TEXT}span" and self._is_marked(part, pieces)

    def _is_marked(self, span: _Element, pieces: list[str]) -> bool:
        """Whether a run is struck out, hidden, raised or lowered; then it is written, or dropped, as that."""
        look = self.look(span.get(f"{TEXT}style-name"))
        text = "".join(map(str, span.itertext()))
        if not text.strip() or not (look.struck or look.hidden or look.raised):
            return False
        if look.struck or look.hidden:
            self.dropped.append(Dropped.of("struck out" if look.struck else "hidden", text))
            return True
        before = "".join(pieces[-4:])
        written = raised(before, text.strip(), "") if look.raised > 0 else lowered(before, text.strip())
        if written is None:
            self.dropped.append(Dropped.of("footnote mark", text))
        pieces.append(written or "")
        return True


def opened(data: bytes, name: str, kind: str) -> tuple[OpenDocument, _Element]:
    """Return an OpenDocument file and the element that holds its content.

    Raises SourceError where it is damaged, encrypted, or of another kind than ``kind`` ("text", "spreadsheet",
    "presentation").
    """
    package = Package(data, name, {"text": "ODT", "spreadsheet": "ODS", "presentation": "ODP"}[kind])
    if "META-INF/manifest.xml" in package:
        manifest = package.xml("META-INF/manifest.xml")
        if next(manifest.iter(f"{_MANIFEST}encryption-data", f"{_MANIFEST}encrypted-key"), None) is not None:
            raise SourceError(f"{name}: is encrypted; save it without a password and try again")
    root = package.xml("content.xml")
    source = OpenDocument(package, name)
    if "styles.xml" in package:
        _styles(source, package.xml("styles.xml"))
    _styles(source, root)
    content = root.find(f"{OFFICE}body/{OFFICE}{kind}")
    if content is None:
        raise package.damaged(f"its content.xml holds no {kind}")
    return source, content


def table_rows(table: _Element, words: Callable[[_Element], str]) -> list[list[str]]:
    """Return the cells of a table's rows, merged ones repeated; ``words`` reads a paragraph."""
    rows: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}  # by column: the text of a cell above, and for how many rows yet
    for row in _own(table, f"{TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = _number(cell, "number-columns-repeated")
            text = "; ".join(filter(None, map(words, outermost(cell, f"{TEXT}p", f"{TEXT}h")))).replace("\n", " ")
            if cell.tag == f"{TABLE}covered-table-cell":
                above, left = below.get(len(cells), ("", 0))
                text = above if left else cells[-1] if cells else ""
            down = _number(cell, "number-rows-spanned")
            for column in range(len(cells), len(cells) + times):
                above, left = below.get(column, ("", 0))
                below[column] = (text, down - 1) if down > 1 else (above, max(0, left - 1))
                cells.append(text)
        rows.append(cells)
    return rows


def _own(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table, those of groups too, none of a table inside."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif isinstance(element.tag, str) and element.tag.startswith(TABLE):
            waiting += list(reversed(element))


def _number(cell: _Element, name: str) -> int:
    given = cell.get(f"{TABLE}{name}") or "1"
    return min(int(given[:6]), _MOST_SPANNED) if given.isdigit() else 1


def _styles(source: OpenDocument, root: _Element) -> None:
    """Take up the styles of a part."""
    for listed in root.iter(f"{TEXT}list-style"):
        for level in listed.iterchildren(f"{TEXT}list-level-style-number"):
            given = level.get(f"{TEXT}level") or ""
            if given.isdigit() and level.get(f"{STYLE}num-format"):
                source.numbered.add((listed.get(f"{STYLE}name") or "", int(given)))
    for style in root.iter(f"{STYLE}style"):
        name = style.get(f"{STYLE}name") or ""
        base = source.look(style.get(f"{STYLE}parent-style-name"))
        bold, struck, hidden, place, shown = base.bold, base.struck, base.hidden, base.raised, base.shown
        for properties in style:
            weight = properties.get(f"{_FO}font-weight")
            bold = weight in ("bold", "600", "700", "800", "900") if weight else bold
            line = properties.get(f"{STYLE}text-line-through-style") or properties.get(f"{STYLE}text-line-through-type")
            struck = line != "none" if line else struck
            display = properties.get(f"{_TEXT_DISPLAY}")
            hidden = display == "none" if display else hidden
            position = (properties.get(f"{STYLE}text-position") or "").split()
            if position:
                place = 1 if position[0] == "super" or _sign(position[0]) > 0 else -1
                place = 0 if position[0].startswith("0") else place
            if properties.get(f"{TABLE}display") == "false":
                shown = False
            if properties.get(f"{PRESENTATION}visibility") == "hidden":
                shown = False
        source.looks[name] = Look(bold, struck, hidden, place, shown)
        source.parents[name] = style.get(f"{STYLE}parent-style-name") or ""


_TEXT_DISPLAY = f"{TEXT}display"


def _sign(position: str) -> int:
    return 0 if position == "sub" else -1 if position.startswith("-") else 1


def properties_of(source: OpenDocument) -> tuple[tuple[str, str], ...]:
    """Return what the file says of itself."""
    if "meta.xml" not in source.package:
        return ()
    try:
        root = source.package.xml("meta.xml")
    except SourceError:
        return ()
    tags = (("title", f"{_DC}title"), ("author", f"{META}initial-creator"), ("subject", f"{_DC}subject"))
    found = [(name, " ".join((root.findtext(f".//{tag}") or "").split())) for name, tag in tags]
    found.append(("description", " ".join((root.findtext(f".//{_DC}description") or "").split())))
    return tuple((name, value[:1000]) for name, value in found if value)
