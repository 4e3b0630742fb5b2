"""Paragraphs, headings, tables and notes of the pages of a PDF file, and how they follow each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.pdf_headings import ENDED, ITEM, HeadingMark, groups
from corpus.formats.pdf_lines import PageLine

# By hand: the gap between lines, over the usual one, from which on a paragraph ends.
_GAP = 1.45
# By hand: how much the height of a line's type varies.
_SAME = 0.15
_CAPTION = re.compile(r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle)\s*\d+\s*[.:–|]", re.IGNORECASE)


@dataclass(slots=True)
class PageBlock:
    """Lines that belong together, and the level of the heading that they are, or None.

    What ``floats`` stands between the lines of a text without being part of it: a table, a caption, a footnote.
    """

    lines: list[PageLine]
    text: str
    level: int | None = None
    floats: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is a paragraph whose last sentence may go on."""
        return self.level is None and not self.floats and ENDED.search(self.text) is None


def blocks_of(lines: Sequence[PageLine], marks: dict[int, HeadingMark]) -> list[PageBlock]:
    """The blocks of a page in the order in which they are read, none between the lines of a paragraph."""
    edges: dict[int, float] = {}
    for line in lines:
        edges[line.column] = max(edges.get(line.column, 0.0), line.right)
    blocks: list[PageBlock] = []
    for mark, group in groups(lines, marks):
        if mark is not None:
            blocks.append(PageBlock(group, " ".join(line.text for line in group), mark.level))
        else:
            blocks += _paragraphs(group)
    return _arranged(blocks, edges)


def goes_on(block: PageBlock, other: PageBlock, edges: dict[int, float]) -> bool:
    """Whether a paragraph goes on in another block, in the next column or on the next page.

    ``edges`` is how far each column of the block's page reaches.
    """
    if not block.is_open or other.level is not None or other.floats or ITEM.match(other.text):
        return False
    if other.text[:1].islower() or block.text.endswith("-"):
        return True
    last, first = block.lines[-1], other.lines[0]
    alike = abs(last.size - first.size) <= _SAME * first.size and last.bold == first.bold
    return alike and len(block.lines) > 1 and last.right >= edges.get(last.column, 0.0) - 2.5 * last.size


def edges_of(lines: Sequence[PageLine]) -> dict[int, float]:
    """How far to the right each column of a page reaches, in points."""
    edges: dict[int, float] = {}
    for line in lines:
        edges[line.column] = max(edges.get(line.column, 0.0), line.right)
    return edges


def _arranged(blocks: list[PageBlock], edges: dict[int, float]) -> list[PageBlock]:
    """The blocks with each paragraph whole: what floats in it comes after it; footnotes before one that goes on."""
    arranged: list[PageBlock] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        arranged.append(block)
        if not block.is_open:
            continue
        between: list[PageBlock] = []
        while waiting and waiting[-1].floats and not waiting[-1].lines[0].note:
            between.append(waiting.pop())
        if waiting:
            other = waiting[-1]
            moved = bool(between) or other.lines[0].column != block.lines[-1].column
            if moved and not other.lines[0].note and goes_on(block, other, edges):
                waiting.pop()
                waiting += reversed(between)
                block.text = f"{block.text}\n{other.text}"
                block.lines += other.lines
                waiting.append(arranged.pop())
                continue
        waiting += reversed(between)
        if between:
            arranged += [waiting.pop() for _ in between]
    notes = [block for block in arranged if block.lines[0].note]
    rest = [block for block in arranged if not block.lines[0].note]
    if notes and len(rest) > 1 and rest[-1].is_open:
        return [*rest[:-1], *notes, rest[-1]]
    return rest + notes


def _paragraphs(lines: Sequence[PageLine]) -> Iterator[PageBlock]:
    """The paragraphs of lines none of which is a heading."""
    gaps = sorted(
        before.bottom - after.top for before, after in itertools.pairwise(lines) if 0 < before.bottom - after.top < 60
    )
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    block: list[PageLine] = []
    for line in lines:
        if block and _begins_anew(block, line, usual):
            yield _block(block)
            block = []
        block.append(line)
    if block:
        yield _block(block)


def _block(lines: list[PageLine]) -> PageBlock:
    text = "\n".join(line.text for line in lines)
    return PageBlock(lines, text, floats=lines[0].table or lines[0].note or _CAPTION.match(text) is not None)


def _begins_anew(block: list[PageLine], line: PageLine, usual: float) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last = block[-1]
    if last.table or line.table or last.column != line.column or last.note != line.note:
        return True
    if abs(last.size - line.size) > _SAME * line.size:
        return True
    down = last.bottom - line.top
    if down > _GAP * max(usual, line.size) or down < -line.size:
        return True
    if ITEM.match(line.text):
        return True
    indented = line.left - min(each.left for each in block) > line.size and down > 0
    short = last.right < max(each.right for each in block) - 4 * line.size
    return ENDED.search(last.text) is not None and (indented or short)
