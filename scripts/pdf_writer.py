"""Writes PDF files from runs of words and lines at given places: pages whose text and layout are known."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

FONTS = (
    "Helvetica",
    "Helvetica-Bold",
    "Times-Roman",
    "Times-Bold",
    "Times-Italic",
    "Courier",
    "Helvetica-Oblique",
)
_LETTERS = "".join(map(chr, range(32, 127))) + "•–—’“”äöüßé§†"


_TURNED = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}


@dataclass(slots=True)
class Page:
    """What is drawn on a page, in order: each entry is a piece of its content stream, perhaps under a tag.

    ``width`` and ``height`` are those of the page as it is shown, after its ``turn`` of 0, 90, 180 or 270 degrees.
    ``corner`` is what the lower left corner is called on its plane.
    """

    width: float = 595
    height: float = 842
    turn: int = 0
    corner: tuple[float, float] = (0, 0)
    parts: list[tuple[str, str]] = field(default_factory=list)  # tag, drawing

    def say(
        self, left: float, base: float, text: str, *, size: float, font: str = "Times-Roman", tag: str = ""
    ) -> None:
        """Writes a run at a place in points from the lower left corner."""
        number = FONTS.index(font) + 1
        x, y = self._place(left, base)
        self.parts.append(
            (tag, f"BT /F{number} {size:g} Tf {_TURNED[self.turn]} {x:.3f} {y:.3f} Tm ({_escaped(text)}) Tj ET\n")
        )

    def rule(self, left: float, bottom: float, right: float, top: float, *, thick: float = 0.6) -> None:
        """Draws a straight line."""
        (x0, y0), (x1, y1) = self._place(left, bottom), self._place(right, top)
        self.parts.append(("", f"{thick:g} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S\n"))

    def box(self, left: float, bottom: float, right: float, top: float) -> None:
        """Draws a frame."""
        (x0, y0), (x1, y1) = self._place(left, bottom), self._place(right, top)
        self.parts.append(("", f"0.6 w {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S\n"))

    @property
    def plane(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the page on its plane, before its turn."""
        width, height = (self.width, self.height) if self.turn % 180 == 0 else (self.height, self.width)
        return self.corner[0], self.corner[1], self.corner[0] + width, self.corner[1] + height

    def _place(self, across: float, up: float) -> tuple[float, float]:
        """The place on the plane of a place on the page as it is shown."""
        left, bottom, right, top = self.plane
        return {
            0: (left + across, bottom + up),
            90: (right - up, bottom + across),
            180: (right - across, top - up),
            270: (left + up, top - across),
        }[self.turn]


@dataclass(frozen=True, slots=True)
class Target:
    """An entry of an outline: its level from 1, its words, and the page (from 0) and height that it leads to."""

    level: int
    words: str
    page: int
    height: float


def write(pages: Sequence[Page], *, outline: Sequence[Target] = (), title: str = "", compressed: bool = False) -> bytes:
    """Return a PDF file of pages; it is tagged where anything on them has a tag."""
    objects: list[str] = ["", ""]
    fonts = []
    for name in FONTS:
        objects.append(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
        fonts.append(f"/F{len(fonts) + 1} {len(objects)} 0 R")
    kids: list[int] = []
    marked: list[list[str]] = []
    for page in pages:
        stream, tags = "", []
        for tag, drawing in page.parts:
            if tag:
                stream += f"/{tag} <</MCID {len(tags)}>> BDC\n{drawing}EMC\n"
                tags.append(tag)
            else:
                stream += drawing
        marked.append(tags)
        content, packed = stream.encode("cp1252"), ""
        if compressed:
            content, packed = zlib.compress(content), "/Filter/FlateDecode"
        said = content.decode("latin-1") if compressed else stream
        objects.append(f"<</Length {len(content)}{packed}>>stream\n{said}\nendstream")
        frame = f"/MediaBox[{' '.join(f'{side:g}' for side in page.plane)}]/Rotate {page.turn}"
        resources = f"/Resources<</Font<<{''.join(fonts)}>>>>/StructParents {len(kids)}"
        objects.append(f"<</Type/Page/Parent 2 0 R{frame}/Contents {len(objects)} 0 R{resources}>>")
        kids.append(len(objects))
    catalog = "/Type/Catalog/Pages 2 0 R"
    if any(marked):
        catalog += f"/MarkInfo<</Marked true>>/StructTreeRoot {_tree(objects, kids, marked)} 0 R"
    if outline:
        catalog += f"/Outlines {_outline(objects, kids, outline)} 0 R"
    objects.append(f"<</Title({_escaped(title)})>>")
    objects[0] = f"<<{catalog}>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1" if compressed else "cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def _tree(objects: list[str], kids: Sequence[int], marked: Sequence[Sequence[str]]) -> int:
    root = len(objects) + 1
    objects.append("")
    elements: list[int] = []
    parents = []
    for number, (kid, tags) in enumerate(zip(kids, marked, strict=True)):
        first = len(elements)
        for place, tag in enumerate(tags):
            objects.append(f"<</Type/StructElem/S/{tag}/P {root} 0 R/Pg {kid} 0 R/K {place}>>")
            elements.append(len(objects))
        parents.append(f"{number} [{' '.join(f'{element} 0 R' for element in elements[first:])}]")
    objects.append(f"<</Nums[{' '.join(parents)}]>>")
    listed = " ".join(f"{element} 0 R" for element in elements)
    objects[root - 1] = f"<</Type/StructTreeRoot/K[{listed}]/ParentTree {len(objects)} 0 R>>"
    return root


def _outline(objects: list[str], kids: Sequence[int], outline: Sequence[Target]) -> int:
    root = len(objects) + 1
    objects.append("")
    numbers = [root + 1 + place for place in range(len(outline))]

    def children(start: int, level: int) -> list[int]:
        found = []
        for place in range(start, len(outline)):
            if outline[place].level < level:
                break
            if outline[place].level == level:
                found.append(place)
        return found

    def ends(places: Sequence[int]) -> str:
        return f"/First {numbers[places[0]]} 0 R/Last {numbers[places[-1]]} 0 R/Count {len(places)}" if places else ""

    for place, target in enumerate(outline):
        above = next((at for at in range(place - 1, -1, -1) if outline[at].level < target.level), None)
        beside = children(0 if above is None else above + 1, target.level)
        at = beside.index(place)
        before = f"/Prev {numbers[beside[at - 1]]} 0 R" if at else ""
        after = f"/Next {numbers[beside[at + 1]]} 0 R" if at + 1 < len(beside) else ""
        parent = root if above is None else numbers[above]
        leads = f"/Dest[{kids[target.page]} 0 R/XYZ 0 {target.height:g} 0]"
        below = ends(children(place + 1, target.level + 1))
        objects.append(f"<</Title({_escaped(target.words)})/Parent {parent} 0 R{leads}{before}{after}{below}>>")
    objects[root - 1] = f"<</Type/Outlines{ends(children(0, 1))}>>"
    return root


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def width(text: str, font: str, size: float) -> float:
    """Return how wide a text is in points."""
    known = _widths(font)
    return size * sum(known.get(letter, 0.5) for letter in text)


@cache
def _widths(font: str) -> dict[str, float]:
    """The width of each letter in a font of size 1, as pdfium has it."""
    import pypdfium2 as pdfium

    page = Page(width=4000)
    for number, letter in enumerate(_LETTERS[1:]):
        page.say(10 + 30 * number, 400, f"{letter}n", size=10, font=font)
    page.say(10, 300, "n n", size=10, font=font)
    file = pdfium.PdfDocument(write([page]))
    text = file[0].get_textpage()
    found: dict[str, float] = {}
    box, x, y = pdfium.raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for place in range(text.count_chars() - 1):
        letter = chr(pdfium.raw.FPDFText_GetUnicode(text.raw, place))
        pdfium.raw.FPDFText_GetLooseCharBox(text.raw, place, box)
        pdfium.raw.FPDFText_GetCharOrigin(text.raw, place, x, y)
        if letter not in found and letter in _LETTERS and box.right > box.left:
            found[letter] = (box.right - x.value) / 10
    return found | {" ": found.get(" ", 0.25)}
