"""PDF: paragraphs and headings with page numbers; running headers, footers and page numbers are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.base import Format, id_of, title_of
from corpus.formats.pdf_lines import Line, Pages, read_pages
from corpus.sections import TITLE, Heading, split_sections
from corpus.skipped import OnSkip, SkippedFile

_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:;…。]['\"”’»)\]]*\Z")
_ITEM = re.compile(r"(?:[-*•‣◦▪●–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_LEADERS = re.compile(r"(?:\.\s?){4}")  # of a table of contents
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
# By hand: lines at the edge of a page that may be running ones, and the share of pages that must repeat them.
_EDGE_LINES = 2
_REPEATED = 0.3
_FEWEST = 3
# By hand: how much larger than the text a heading's type is, and the longest heading.
_LARGER = 1.12
_LONGEST_HEADING = 120
_MOST_LEVELS = 4
# By hand: the gap between lines, over the usual one, from which on a paragraph ends.
_GAP = 1.45
# By hand: how much the height of a line's type varies.
_SAME = 0.15


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    pages = read_pages(data, source)
    blank = [number for number, lines in enumerate(pages.lines, 1) if not lines]
    if len(blank) == len(pages.lines):
        count = f"{len(blank)} page{'s' * (len(blank) != 1)}"
        raise SourceError(
            f"{source}: is a PDF file without text ({count}, scanned perhaps); "
            "run it through text recognition and try again"
        )
    if blank:
        numbers = ", ".join(map(str, blank[:20])) + (", ..." if len(blank) > 20 else "")
        on_skip(SkippedFile(f"{source}:page {numbers}", "holds no text, scanned perhaps"))
    kept, dropped = _without_running_lines(pages)
    text = _Text()
    levels = _levels(pages, kept)
    for lines in kept:
        text.page(_paragraphs(lines, levels))
    headings, title = _titled(text.headings, pages, title_of(source))
    facts = (("title", pages.title), ("author", pages.author))
    whole = "".join(text.pieces)
    yield Document(
        id=id_of(source),
        title=title,
        text=whole,
        sections=split_sections(whole, headings),
        source=source,
        pages=tuple(text.starts),
        dropped=tuple(Dropped.of("running line", line.text) for line in dropped),
        metadata=tuple((name, value.strip()) for name, value in facts if value.strip()),
    )


def _titled(headings: list[Heading], pages: Pages, name: str) -> tuple[list[Heading], str]:
    """The headings, the first one as the title if it is the only one of the highest level; and the title."""
    own = " ".join(pages.title.split())
    if headings and headings[0].level == min(heading.level for heading in headings):
        first = headings[0]
        alone = sum(heading.level == first.level for heading in headings) == 1
        if _key(first.text) == _key(own) or (alone and first.start == 0):
            return [Heading(TITLE, first.text, first.start, first.end), *headings[1:]], first.text
    usable = own and not re.search(
        r"\.(?:docx?|tex|dvi|pdf|indd|qxd)\Z|^(?:untitled|microsoft word)", own, re.IGNORECASE
    )
    return headings, own if usable else name


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _without_running_lines(pages: Pages) -> tuple[list[list[Line]], list[Line]]:
    """The lines of each page without running headers, footers and page numbers, and these."""
    edges = []
    for lines in pages.lines:
        by_height = sorted(lines, key=lambda line: -line.top)
        top, bottom = by_height[:_EDGE_LINES], by_height[max(_EDGE_LINES, len(by_height) - _EDGE_LINES) :]
        edges.append([*top, *bottom])
    needed = max(_FEWEST, _REPEATED * len(pages.lines))
    alike: dict[tuple[str, int], list[Line]] = {}
    for line in chain.from_iterable(edges):
        alike.setdefault(_running_key(line), []).append(line)
    repeated = {
        key for key, group in alike.items() if len({line.page for line in group}) >= needed and _counts_up(group)
    }
    kept: list[list[Line]] = []
    dropped: list[Line] = []
    for lines, edge in zip(pages.lines, edges, strict=True):
        running = {id(line) for line in edge if _running_key(line) in repeated}
        if len(pages.lines) > 1:
            outermost = {id(edge[0]), id(edge[-1])} if len(edge) > 1 else set()
            running |= {id(line) for line in edge if id(line) in outermost and _PAGE_NUMBER.fullmatch(line.text)}
        kept.append([line for line in lines if id(line) not in running])
        dropped += [line for line in lines if id(line) in running]
    return kept, dropped


def _counts_up(lines: Sequence[Line]) -> bool:
    """Whether lines alike but for their numbers are equal, or one of the numbers grows with the pages."""
    numbers = [[int(number) for number in _DIGITS.findall(line.text)[:9] if len(number) < 9] for line in lines]
    if all(each == numbers[0] for each in numbers):
        return True
    columns = zip(*numbers, strict=False)
    shifts = ([number - line.page for number, line in zip(column, lines, strict=False)] for column in columns)
    return any(shift.count(max(set(shift), key=shift.count)) > len(shift) / 2 for shift in shifts if shift)


def _running_key(line: Line) -> tuple[str, int]:
    """The words of a line with any number for each number, and about how high it stands."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.top / 6)


@dataclass(frozen=True, slots=True)
class _Levels:
    """Which lines are headings: by the outline (page and key), else by their type."""

    outline: dict[tuple[int, str], int]
    sizes: dict[float, int]
    body: float
    body_is_bold: bool

    def of(self, lines: Sequence[Line]) -> int | None:
        """The level of the heading that neighbouring lines of one type make, None if they make none."""
        words = " ".join(line.text for line in lines)
        if self.outline:
            return self.outline.get((lines[0].page, _key(words)))
        if len(words) > _LONGEST_HEADING or _LEADERS.search(words) or not any(map(str.isalpha, words)):
            return None
        level = self.sizes.get(lines[0].size)
        if level is not None:
            return level
        numbered = _NUMBERED.match(words)
        alone = lines[0].bold and not self.body_is_bold and lines[0].size >= self.body * 0.95
        if not alone or len(lines) > 2 or _ENDED.search(words) or (_ITEM.match(words) and numbered is None):
            return None
        depth = numbered[1].count(".") if numbered else 0
        return len(self.sizes) + 1 + depth


def _levels(pages: Pages, kept: list[list[Line]]) -> _Levels:
    lines = [line for page in kept for line in page]
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.bold
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > _LARGER * body), reverse=True)
    # Sizes that differ by a rounding are one.
    levels: dict[float, int] = {}
    for size in larger:
        near = next((known for known in levels if known - size < 0.4), None)
        levels[size] = levels[near] if near is not None else min(len(set(levels.values())) + 1, _MOST_LEVELS)
    outline = {(page, _key(words)): level for level, words, page in pages.outline if _key(words)}
    found = {(line.page, _key(line.text)) for line in lines}
    known = outline if sum(entry in found for entry in outline) >= max(1, len(outline) / 2) else {}
    return _Levels(known, levels, body, bold > sum(sizes.values()) / 2)


def _paragraphs(lines: Sequence[Line], levels: _Levels) -> Iterator[tuple[str, int | None]]:
    """The paragraphs and headings of a page, each with the level of the heading that it is or None."""
    gaps = sorted(before.bottom - after.top for before, after in pairwise(lines) if 0 < before.bottom - after.top < 60)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    block: list[Line] = []
    for line in lines:
        if block and _begins_anew(block, line, usual, levels):
            yield from _block(block, levels)
            block = []
        block.append(line)
    if block:
        yield from _block(block, levels)


def _begins_anew(block: list[Line], line: Line, usual: float, levels: _Levels) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last = block[-1]
    above, own = levels.of(block), levels.of([line])
    if above != own:
        return True
    if abs(last.size - line.size) > _SAME * line.size or (last.bold != line.bold and own is not None):
        return True
    down = last.bottom - line.top
    if down > _GAP * max(usual, line.size):
        return True
    if down < -line.size:  # the next column
        return _ENDED.search(last.text) is not None and not line.text[:1].islower()
    if _ITEM.match(line.text):
        return True
    indented = line.left - min(each.left for each in block) > line.size and down > 0
    short = last.right < max(each.right for each in block) - 4 * line.size
    return _ENDED.search(last.text) is not None and (indented or short)


def _block(lines: list[Line], levels: _Levels) -> Iterator[tuple[str, int | None]]:
    """A block as one heading, or line by line where each is one by the outline, or as a paragraph."""
    level = levels.of(lines)
    if level is not None:
        yield " ".join(line.text.replace("-\n", "") for line in lines), level
        return
    prose: list[str] = []
    for line in lines:
        own = levels.of([line]) if levels.outline else None
        if own is None:
            prose.append(line.text)
            continue
        if prose:
            yield "\n".join(prose), None
            prose = []
        yield line.text, own
    if prose:
        yield "\n".join(prose), None


@dataclass(slots=True)
class _Text:
    """The text of the pages so far, where each page starts, and the headings."""

    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    length: int = 0
    open: bool = False  # whether the last paragraph goes on on the next page

    def page(self, paragraphs: Iterator[tuple[str, int | None]]) -> None:
        """Add a page."""
        first = True
        for words, level in paragraphs:
            goes_on = first and self.open and level is None and words[:1].islower()
            if self.pieces:
                self._add("\n" if goes_on else "\n\n")
            if first:
                self.starts.append(self.length)
                first = False
            self._add(words)
            if level is not None:
                self.headings.append(Heading(level, words, self.length - len(words), self.length))
            self.open = level is None and _ENDED.search(words) is None
        if first:
            self.starts.append(self.length)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


FORMAT = Format("PDF", (".pdf",), _read, told_by=_is_pdf)
