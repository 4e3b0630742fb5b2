"""The document of the pages of a PDF file: running lines left out, blocks put one after the other, headings found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from corpus.documents import Document, Dropped
from corpus.formats.base import id_of, title_of
from corpus.formats.ocr import Recognised
from corpus.formats.pdf_blocks import PageBlock, blocks_of, edges_of, goes_on
from corpus.formats.pdf_headings import key_of, marks_of
from corpus.formats.pdf_lines import PageLine, Pages
from corpus.marks import Mark
from corpus.sections import TITLE, Heading, split_sections

_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
# By hand: lines at the edge of a page that may be running ones, and the share of pages that must repeat them.
_EDGE_LINES = 2
_REPEATED = 0.3
_FEWEST = 3
_APART = 1.8  # of its size: the gap between a running line and the text, where only two pages show it
# By hand: how far from the start of the text a title may stand, in characters.
_TITLE_WITHIN = 300


def document_of(pages: Pages, source: str, recognised: Mapping[int, Recognised]) -> Document:
    """The document of the pages of a file; ``recognised`` are those (from 1) whose lines were, which have marks."""
    kept, dropped = _without_running_lines(pages)
    text = _Text(recognised)
    marks = marks_of(pages, kept)
    for number, lines in enumerate(kept, 1):
        text.page(number, blocks_of(lines, marks), edges_of(lines))
    headings, title = _titled(text.headings, pages, title_of(source))
    facts = (("title", pages.title), ("author", pages.author))
    whole = "".join(text.pieces)
    unclear = [words for _, page in sorted(recognised.items()) for words in page.unclear]
    return Document(
        id=id_of(source),
        title=title,
        text=whole,
        sections=split_sections(whole, headings),
        source=source,
        pages=tuple(text.starts),
        dropped=(
            *(Dropped.of("running line", line.text) for line in dropped),
            *(Dropped.of("unclear line", words) for words in unclear),
        ),
        metadata=tuple((name, value.strip()) for name, value in facts if value.strip()),
        marks=tuple(text.marks),
    )


def _titled(headings: list[Heading], pages: Pages, name: str) -> tuple[list[Heading], str]:
    """The headings, the first one as the title if it is the only one of the highest level; and the title."""
    own = " ".join(pages.title.split())
    if headings and headings[0].level == min(heading.level for heading in headings):
        first = headings[0]
        alone = sum(heading.level == first.level for heading in headings) == 1
        if key_of(first.text) == key_of(own) or (alone and first.start < _TITLE_WITHIN):
            return [Heading(TITLE, first.text, first.start, first.end), *headings[1:]], first.text
    usable = own and not re.search(
        r"\.(?:docx?|tex|dvi|pdf|indd|qxd)\Z|^(?:untitled|microsoft word)", own, re.IGNORECASE
    )
    return headings, own if usable else name


def _without_running_lines(pages: Pages) -> tuple[list[list[PageLine]], list[PageLine]]:
    """The lines of each page without running headers, footers and page numbers, and these."""
    edges = []
    for lines in pages.lines:
        by_height = sorted((line for line in lines if not line.table), key=lambda line: -line.top)
        top, bottom = by_height[:_EDGE_LINES], by_height[max(_EDGE_LINES, len(by_height) - _EDGE_LINES) :]
        edges.append([*top, *bottom])
    needed = max(_FEWEST, _REPEATED * len(pages.lines))
    alike: dict[tuple[str, int], list[PageLine]] = {}
    for line in chain.from_iterable(edges):
        alike.setdefault(_running_key(line), []).append(line)
    apart = {id(line) for lines in pages.lines for line in _standing_apart(lines)}
    repeated = set()
    shifts: set[int] = set()  # of the numbers of pages, printed over counted
    for key, group in alike.items():
        shown = len({line.page for line in group})
        few = len(pages.lines) < 2 * _FEWEST and shown > 1 and all(id(line) in apart for line in group)
        if (shown >= needed or few) and _counts_up(group):
            repeated.add(key)
            shifts |= _shifts(group)
    for key, group in alike.items():  # a chapter's, on few pages
        if len(group) > 1 and all(id(line) in apart for line in group) and _shifts(group) & shifts:
            repeated.add(key)
    kept: list[list[PageLine]] = []
    dropped: list[PageLine] = []
    for lines, edge in zip(pages.lines, edges, strict=True):
        running = {id(line) for line in edge if _running_key(line) in repeated}
        if len(pages.lines) > 1:
            outermost = {id(edge[0]), id(edge[-1])} if len(edge) > 1 else set()
            running |= {id(line) for line in edge if id(line) in outermost and _PAGE_NUMBER.fullmatch(line.text)}
        kept.append([line for line in lines if id(line) not in running])
        dropped += [line for line in lines if id(line) in running]
    if not any(kept):  # slides of one line each, say
        return [list(lines) for lines in pages.lines], []
    return kept, dropped


def _standing_apart(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """The highest and the lowest line of a page, if there is room between them and the rest."""
    by_height = sorted(lines, key=lambda line: -line.top)
    for outer, inner in (by_height[:2], by_height[-1:-3:-1]) if len(by_height) > 2 else ():
        if abs(outer.top - inner.top) > _APART * outer.size:
            yield outer


def _shifts(lines: Sequence[PageLine]) -> set[int]:
    """By how much numbers in lines are over the number of the page, where that is one for all of the lines."""
    found = [{number - line.page for number in _numbers(line)} for line in lines]
    return set.intersection(*found) if found and len({line.page for line in lines}) > 1 else set()


def _numbers(line: PageLine) -> list[int]:
    return [int(number) for number in _DIGITS.findall(line.text)[:9] if len(number) < 9]


def _counts_up(lines: Sequence[PageLine]) -> bool:
    """Whether lines alike but for their numbers are equal, or one of the numbers grows with the pages."""
    numbers = [_numbers(line) for line in lines]
    if all(each == numbers[0] for each in numbers):
        return True
    columns = zip(*numbers, strict=False)
    shifts = ([number - line.page for number, line in zip(column, lines, strict=False)] for column in columns)
    return any(shift.count(max(set(shift), key=shift.count)) > len(shift) / 2 for shift in shifts if shift)


def _running_key(line: PageLine) -> tuple[str, int]:
    """The words of a line with any number for each number, and about how high it stands."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.top / 6)


@dataclass(slots=True)
class _Text:
    """The text of the pages so far, where each page starts, the headings, and the marks of what was recognised."""

    recognised: Mapping[int, Recognised]
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    last: PageBlock | None = None
    edges: dict[int, float] = field(default_factory=dict)

    def page(self, number: int, blocks: Sequence[PageBlock], edges: dict[int, float]) -> None:
        """Add a page (from 1); ``edges`` is how far its columns reach."""
        for place, block in enumerate(blocks):
            on = place == 0 and self.last is not None and goes_on(self.last, block, self.edges)
            if self.pieces:
                self._add("\n" if on else "\n\n")
            if place == 0:
                self.starts.append(self.length)
            if number in self.recognised:
                self.marks += _marks(block, self.length, number, self.recognised[number])
            self._add(block.text)
            if block.level is not None:
                self.headings.append(Heading(block.level, block.text, self.length - len(block.text), self.length))
        if blocks:
            self.last, self.edges = blocks[-1], edges
        else:
            self.starts.append(self.length)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _marks(block: PageBlock, start: int, page: int, recognised: Recognised) -> Iterator[Mark]:
    """Where the runs of a block that begins at ``start`` stand on their page, and where what has no box begins."""
    size = recognised.width, recognised.height
    at = ended = 0
    for run in (run for line in block.lines for run in line.parts()):
        begin = block.text.find(run.text, at)
        if begin < 0 or run.box is None:
            continue
        if ended and begin > ended + 1:
            yield Mark(start + ended, page=page)
        at = ended = begin + len(run.text)
        yield Mark(start + begin, page=page, box=run.box, paper=size)
    if ended:
        yield Mark(start + ended, page=page)
