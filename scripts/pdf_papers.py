"""Typesets papers whose sentences and headings are known: columns, notes, figures, running lines, many layouts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pdf_writer import Page, Target, width, write

_WORDS = re.findall(
    r"\w+",
    "river stone market garden window letter harbour winter copper signal bridge valley forest engine mirror "
    "orchard ladder basket paper summer island village kitchen station meadow lantern cotton silver hammer "
    "pepper timber measure carry gather follow answer explain consider produce remain suggest contain describe "
    "improve narrow gentle common early heavy simple golden quiet careful steady sudden ancient broad slowly "
    "often nearly seldom together almost ",
)
_SMALL = re.findall(
    r"\w+",
    "the of in and to a with for on by from that which after before under ",
)
_NAMES = re.findall(
    r"\w+",
    "Anders Belgrade Clara Dresden Emil Geneva Hanover Ingrid Kyoto Lima Marta Norwich ",
)
_HEADS = re.findall(
    r"\w[^;]*\w",
    "Introduction; Materials and methods; Results; Discussion; Related work; Conclusions; The first "
    "survey; Data and sources; How the samples were taken; Limits of the method; A second look at the "
    "harbour; Acknowledgements; Prices since the war; Terms and conditions; Opening hours; Safety rules; "
    "Delivery and returns; What members pay; Care of the garden ",
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper looks."""

    columns: int = 2
    body: str = "Times-Roman"
    size: float = 10
    heading: str = "bold larger"  # or "larger", "bold", "capitals", "numbered", "numbered bold"
    justified: bool = True
    by_word: bool = False  # each word drawn by itself
    emission: str = "columns"  # or "lines": across the page, line after line; "shuffled"
    gutter: float = 18
    indent: bool = True
    gap: float = 0  # between paragraphs, in points
    running: bool = True
    notes: bool = True
    figures: bool = True


@dataclass(slots=True)
class Paper:
    """A typeset paper: its file, its sentences in order, and its headings in order with their levels."""

    data: bytes = b""
    sentences: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    words: list[str]
    font: str
    size: float
    left: float = 0.0
    stretch: bool = False
    tag: str = ""
    centred: bool = False


def sentence(chance: random.Random) -> str:
    """Return a made-up sentence of 5 to 24 words."""
    words = []
    for _ in range(chance.randint(5, 24)):
        pool = chance.choices((_WORDS, _SMALL, _NAMES), (6, 4, 1))[0]
        words.append(chance.choice(pool))
    if chance.random() < 0.2:
        words.insert(chance.randrange(1, len(words)), str(chance.randint(2, 2019)))
    if words[-1] in _SMALL:
        words[-1] = chance.choice(_WORDS)
    words[0] = words[0].capitalize()
    if chance.random() < 0.3:
        words[len(words) // 2 - 1] += ","
    return " ".join(words) + "."


def paper(seed: int, style: Style, *, sections: int = 6, outlined: bool = False, tagged: bool = False) -> Paper:
    """Return a paper of a style, the same for the same seed."""
    return _Setter(random.Random(seed), style, outlined, tagged).set(sections)


_Piece = tuple[str, float, float, str, float, str]  # text, left, base, font, size, tag


class _Setter:
    def __init__(self, chance: random.Random, style: Style, outlined: bool, tagged: bool) -> None:
        self.chance, self.style, self.outlined, self.tagged = chance, style, outlined, tagged
        self.paper = Paper()
        self.pages: list[Page] = []
        self.targets: list[Target] = []
        self.margin = 54.0
        self.inner = 595 - 2 * self.margin
        self.column_width = (self.inner - (style.columns - 1) * style.gutter) / style.columns
        self.drawings: list[_Piece] = []
        self.column, self.base, self.top = 0, 0.0, 0.0
        self.floor = 90.0
        self.starts: dict[int, float] = {}

    def set(self, sections: int) -> Paper:
        style = self.style
        self._page()
        self._title()
        counts = [0, 0]
        heads = self.chance.sample(_HEADS, sections)
        for number, head in enumerate(heads):
            level = 2 if number and self.chance.random() < 0.3 else 1
            counts = [counts[0] + 1, 0] if level == 1 else [counts[0], counts[1] + 1]
            label = f"{counts[0]} " if level == 1 else f"{counts[0]}.{counts[1]} "
            self._heading(level, label + head if "numbered" in style.heading else head)
            for _ in range(self.chance.randint(1, 4)):
                self._paragraph([sentence(self.chance) for _ in range(self.chance.randint(2, 7))])
            if style.figures and self.chance.random() < 0.3:
                self._figure(number + 1)
        self._close()
        self.paper.data = write(self.pages, outline=self.targets if self.outlined else ())
        return self.paper

    def _page(self) -> None:
        if self.pages:
            self._close()
        self.pages.append(Page())
        self.column, self.top = 0, 790.0
        self.base, self.floor = self.top, 80.0
        self.drawings, self.starts = [], {}
        self._notes()
        if self.style.running:
            page = self.pages[-1]
            page.say(self.margin, 812, "Journal of made-up studies, volume 7", size=8, font="Times-Italic")
            page.say(290, 40, str(len(self.pages)), size=9)

    def _notes(self) -> None:
        """Sets a footnote below the column that begins."""
        self.floor = 80.0
        if not self.style.notes or self.chance.random() > 0.4:
            return
        said = sentence(self.chance)
        lines = list(self._broken(f"{self.chance.randint(1, 9)} {said}".split(), "Times-Roman", self.style.size * 0.8))
        size = self.style.size * 0.8
        base = 72.0 + 1.2 * size * (len(lines) - 1)
        self.floor = base + 2.2 * self.style.size
        left = self._left()
        for words in lines:
            self.drawings.append((" ".join(words), left, base, "Times-Roman", size, ""))
            base -= 1.2 * size

    def _left(self) -> float:
        return self.margin + self.column * (self.column_width + self.style.gutter)

    def _close(self) -> None:
        """Draws what was set, in the order that the style says."""
        drawn = list(self.drawings)
        if self.style.emission == "lines":
            drawn.sort(key=lambda piece: (-piece[2], piece[1]))
        elif self.style.emission == "shuffled":
            self.chance.shuffle(drawn)
        for text, left, base, font, size, tag in drawn:
            self.pages[-1].say(left, base, text, font=font, size=size, tag=tag)

    def _room(self, height: float) -> None:
        """Goes to the next column or page where there is no room."""
        while self.base - height < self.floor:
            if self.column + 1 < self.style.columns:
                self.column += 1
                self.base = self.starts.get(self.column, self.top)
                self._notes()
            else:
                self._page()

    def _line(self, line: _Line, leading: float) -> None:
        self._room(leading)
        self.base -= leading
        left = self._left() + line.left
        room = self.column_width - line.left
        whole = width(" ".join(line.words), line.font, line.size)
        if line.centred:
            left += (room - whole) / 2
        space = width(" ", line.font, line.size)
        extra = (room - whole) / (len(line.words) - 1) if line.stretch and len(line.words) > 1 else 0.0
        tag = line.tag if self.tagged else ""
        if self.style.by_word or extra:
            for word in line.words:
                self.drawings.append((word, left, self.base, line.font, line.size, tag))
                left += width(word, line.font, line.size) + space + extra
        else:
            self.drawings.append((" ".join(line.words), left, self.base, line.font, line.size, tag))

    def _broken(self, words: list[str], font: str, size: float, indent: float = 0.0) -> Iterator[list[str]]:
        """Lines of words that fit the column, long words broken where they do not."""
        room = self.column_width - indent
        line: list[str] = []
        for word in words:
            if width(" ".join([*line, word]), font, size) <= room:
                line.append(word)
                continue
            cut = len(word) // 2
            if (
                len(word) > 6
                and word.isalpha()
                and self.chance.random() < 0.4
                and width(" ".join([*line, word[:cut] + "-"]), font, size) <= room
            ):
                yield [*line, word[:cut] + "-"]
                line = [word[cut:]]
            else:
                yield line
                line = [word]
            room = self.column_width
        yield line

    def _paragraph(self, said: list[str]) -> None:
        style = self.style
        self.paper.sentences += said
        leading = 1.2 * style.size
        indent = style.size * 1.2 if style.indent else 0.0
        lines = list(self._broken(" ".join(said).split(), style.body, style.size, indent))
        for number, words in enumerate(lines):
            stretch = style.justified and number + 1 < len(lines)
            left = 0.0 if number else indent
            self._line(_Line(words, style.body, style.size, left, stretch, tag="P"), leading)
        self.base -= style.gap

    def _heading(self, level: int, words: str) -> None:
        style, size = self.style, self.style.size
        font = style.body
        if "larger" in style.heading:
            size *= 1.45 if level == 1 else 1.2
        if "bold" in style.heading:
            font = "Helvetica-Bold" if font.startswith("Helvetica") else "Times-Bold"
        if style.heading == "capitals":
            words = words.upper()
        lines = list(self._broken(words.split(), font, size))
        self._room(1.2 * size * len(lines) + 3.5 * style.size)
        self.base -= 0.8 * size if self.base < self.top else 0.0
        self.paper.headings.append((level, words))
        for number, line in enumerate(lines):
            self._line(_Line(line, font, size, tag=f"H{level}"), 1.2 * size)
            if number == 0:
                self.targets.append(Target(level, words, len(self.pages) - 1, self.base + size))
        self.base -= 0.35 * size

    def _title(self) -> None:
        """A title and an abstract over all columns."""
        page, style = self.pages[-1], self.style
        words = f"On the {self.chance.choice(_WORDS)} and the {self.chance.choice(_WORDS)}"
        size = style.size * 1.9
        font = "Helvetica-Bold" if style.body.startswith("Helvetica") else "Times-Bold"
        page.say((595 - width(words, font, size)) / 2, 760, words, size=size, font=font)
        said = [sentence(self.chance) for _ in range(4)]
        self.paper.sentences += said
        column, self.column_width = self.column_width, self.inner
        base = 725.0
        for line in self._broken(" ".join(said).split(), style.body, style.size):
            page.say(self.margin, base, " ".join(line), size=style.size, font=style.body)
            base -= 1.2 * style.size
        self.column_width = column
        self.top = self.base = base - style.size

    def _figure(self, number: int) -> None:
        """A frame with a caption at the top of the next column, in the midst of what is being said."""
        if self.column + 1 >= self.style.columns:
            return
        size = self.style.size * 0.9
        caption = f"Figure {number}: {sentence(self.chance)}"
        column, self.column = self.column, self.column + 1
        left, high = self._left(), self.top
        self.pages[-1].box(left, high - 80, left + self.column_width, high)
        base = high - 80 - 1.4 * size
        for words in self._broken(caption.split(), "Times-Roman", size):
            self.drawings.append((" ".join(words), left, base, "Times-Roman", size, ""))
            base -= 1.2 * size
        self.starts[self.column] = base - self.style.size
        self.column = column
