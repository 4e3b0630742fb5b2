"""Which lines of a PDF file are headings: by its tags, by its outline, else by their type and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.formats.pdf_lines import OutlineEntry, PageLine, Pages

ENDED = re.compile(r"[.!?:;…。]['\"”’»)\]]*\Z")
"""How the last line of a paragraph ends."""

ITEM = re.compile(r"(?:[-*•‣◦▪●–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
"""How an item of a list begins."""

_SIGNS = re.compile(r"[\W_]+")
_LEADERS = re.compile(r"(?:\.\s?){4}")  # of a table of contents
_NUMBERED = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2})*)\.?|[A-Z]\.|[IVX]{1,5}\.)\s+\S")
_LABEL = (
    r"(?:(?:chapter|part|section|appendix|kapitel|teil|anhang|chapitre)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-z])"
)
_LABELS = re.compile(rf"{_LABEL}\s*[.:)–—-]?\s+(?=\S)", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"{_LABEL}\s*[.:]?", re.IGNORECASE)
_CAPTION = re.compile(r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle)\s*\d", re.IGNORECASE)
# By hand: how much larger than the text a heading's type is, the longest heading, and the most levels by size.
_LARGER = 1.12
_LONGEST = 140
_MOST_LEVELS = 4
_MOST_LINES = 4
# By hand: a size of which more of the text is than this share is no heading's.
_COMMON = 0.25


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """That a line is part of a heading: its level from 1, and a number that the lines of one heading share."""

    level: int
    group: int


def marks_of(pages: Pages, kept: Sequence[Sequence[PageLine]]) -> dict[int, HeadingMark]:
    """The lines that are headings, by ``id``, among those of each page that are kept."""
    tagged = _by_tags(kept)
    outlined = _by_outline(pages.outline, kept)
    if len(set(outlined[1].values())) >= max(1, len(pages.outline) / 2):
        return {**outlined[0], **tagged}
    return tagged or _by_type(kept)


def key_of(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return _SIGNS.sub("", text.casefold())


def _by_tags(kept: Sequence[Sequence[PageLine]]) -> dict[int, HeadingMark]:
    marks: dict[int, HeadingMark] = {}
    group, last = 0, None
    for page in kept:
        for line in page:
            if line.tag is None:
                last = None
                continue
            apart = last is None or line.tag != last.tag or last.top - line.top > 2.2 * line.size
            group += apart or last is None or last.page != line.page
            marks[id(line)] = HeadingMark(line.tag, group)
            last = line
    return marks


def _by_outline(
    outline: Sequence[OutlineEntry], kept: Sequence[Sequence[PageLine]]
) -> tuple[dict[int, HeadingMark], dict[int, int]]:
    """The lines that entries of the outline name; and for each of these lines the number of the entry."""
    marks: dict[int, HeadingMark] = {}
    entries: dict[int, int] = {}
    keys: dict[int, list[str]] = {}
    for number, entry in enumerate(outline):
        wanted = {key_of(entry.words), key_of(_LABELS.sub("", entry.words, count=1))} - {""}
        best: tuple[tuple[float, ...], list[PageLine]] | None = None
        for page in (entry.page, entry.page + 1, entry.page - 1):
            if not 0 <= page < len(kept):
                continue
            lines = kept[page]
            if page not in keys:
                keys[page] = [key_of(line.text) for line in lines]
            for found in _named(lines, keys[page], wanted, entries):
                exact = key_of(" ".join(line.text for line in found)) != key_of(entry.words)
                away = 0.0 if entry.height is None else abs(found[0].top - entry.height)
                rank = (abs(page - entry.page), exact, away, -found[0].size)
                if best is None or rank < best[0]:
                    best = rank, found
            if best is not None:
                break
        if best is None:
            continue
        for line in best[1]:
            marks[id(line)] = HeadingMark(min(entry.level, 6), number)
            entries[id(line)] = number
    return marks, entries


def _named(
    lines: Sequence[PageLine], keys: Sequence[str], wanted: set[str], taken: dict[int, int]
) -> Iterator[list[PageLine]]:
    """The runs of lines that read as is wanted, perhaps after a number or "Chapter 1"."""
    longest = max(map(len, wanted), default=0)
    for start, line in enumerate(lines):
        if line.table or id(line) in taken:
            continue
        if not keys[start] or len(keys[start]) > longest + 20:
            continue
        label = _LABELS.match(line.text)
        bare = key_of(line.text[label.end() :]) if label else keys[start]
        whole, rest = "", ""
        for end in range(start, min(start + _MOST_LINES, len(lines))):
            if lines[end].table:
                break
            whole += keys[end]
            rest += bare if end == start else keys[end]
            if len(rest) > longest and len(whole) > longest:
                break
            if whole in wanted or rest in wanted:
                first = start
                if start and _LABEL_ALONE.fullmatch(lines[start - 1].text) and lines[start - 1].size >= line.size * 0.7:
                    first = start - 1
                yield list(lines[first : end + 1])
                break


def _by_type(kept: Sequence[Sequence[PageLine]]) -> dict[int, HeadingMark]:
    """The lines that stand out: larger type; bold, capitals or a number in a line of their own."""
    lines = [line for page in kept for line in page if not line.table]
    if not lines:
        return {}
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.bold
    total = sum(sizes.values())
    body = sizes.most_common(1)[0][0]
    levels = _size_levels(sizes, body, total)
    marks: dict[int, HeadingMark] = {}
    group = 0
    for page in kept:
        gaps = sorted(before.top - after.top for before, after in pairwise(page) if 2 < before.top - after.top < 60)
        usual = gaps[len(gaps) // 2] if gaps else 1.2 * body
        widths: dict[int, float] = {}
        for line in page:
            widths[line.column] = max(widths.get(line.column, 0.0), line.right)
        at = 0
        while at < len(page):
            end = at + 1
            capitals = _is_capitals(page[at].text)
            stands_out = page[at].size in levels or page[at].bold or capitals
            while (
                stands_out
                and end < len(page)
                and end - at < _MOST_LINES
                and _is_alike(page[end - 1], page[end])
                and capitals <= _is_capitals(page[end].text)
            ):
                end += 1
            whole = page[at:end]
            after = page[end] if end < len(page) else None
            before = page[at - 1] if at else None
            level = _level(whole, before, after, levels, body, bold > total / 2, usual, widths)
            if level is not None:
                group += 1
                for line in whole:
                    marks[id(line)] = HeadingMark(level, group)
                at = end
            else:
                at += 1
    return marks


def _size_levels(sizes: Counter[float], body: float, total: int) -> dict[float, int]:
    """The level of each size that is larger than the text's; sizes that differ by a rounding are one."""
    levels: dict[float, int] = {}
    for size in sorted((size for size in sizes if size > _LARGER * body), reverse=True):
        if sizes[size] > _COMMON * total and total > 400:
            continue
        near = next((known for known in levels if known - size < 0.4), None)
        levels[size] = levels[near] if near is not None else min(len(set(levels.values())) + 1, _MOST_LEVELS)
    return levels


def _is_alike(line: PageLine, other: PageLine) -> bool:
    """Whether two lines that follow each other may be one heading."""
    down = line.top - other.top
    return (
        not line.table
        and not other.table
        and line.column == other.column
        and abs(line.size - other.size) < 0.4
        and line.bold == other.bold
        and 0 < down < 1.6 * line.size
        and not _NUMBERED.match(other.text)
    )


def _is_capitals(words: str) -> bool:
    high = sum(map(str.isupper, words))
    return high > 3 and high > 0.9 * sum(map(str.isalpha, words))


def _level(
    lines: Sequence[PageLine],
    before: PageLine | None,
    after: PageLine | None,
    levels: dict[float, int],
    body: float,
    body_is_bold: bool,
    usual: float,
    widths: dict[int, float],
) -> int | None:
    """The level of the heading that lines of one type make, None if they make none."""
    first, last = lines[0], lines[-1]
    words = " ".join(line.text for line in lines)
    marked = first.bold and not body_is_bold
    if first.size not in levels and not marked and not _NUMBERED.match(words) and not _is_capitals(words):
        return None
    if first.table or first.note or len(words) > _LONGEST or _LEADERS.search(words) or not any(map(str.isalpha, words)):
        return None
    if sum(map(str.isalpha, words)) < 3 and not _NUMBERED.match(words):
        return None
    level = levels.get(first.size)
    if level is not None:
        return level
    if first.size < 0.93 * body or ENDED.search(words) or _CAPTION.match(words) or len(lines) > 2:
        return None
    if after is None and before is not None and first.column == before.column and before.top - first.top < 1.3 * usual:
        return None
    numbered = _NUMBERED.match(words)
    if ITEM.match(words) and numbered is None:
        return None
    depth = numbered[1].count(".") if numbered and numbered[1] else 0
    above = before is None or before.column != first.column or before.top - first.top > 1.25 * usual
    under = after is not None and after.column == last.column and last.top - after.top > 1.15 * usual
    capitals = _is_capitals(words)
    short = last.right < widths[last.column] - 3 * last.size or len(lines) > 1
    if marked and (above or under or not ITEM.match(words)):
        return len(set(levels.values())) + 1 + depth
    if capitals and short and (above or under):
        return len(set(levels.values())) + 1 + depth
    named = numbered is not None and words[numbered.end() - 1].isupper()
    if named and above and short and len(words) < 80 and len(lines) == 1:
        # An item of a list is followed by another.
        follows = after is not None and _NUMBERED.match(after.text) is None
        return len(set(levels.values())) + 1 + depth if follows and (depth or under) else None
    return None


def groups(
    lines: Sequence[PageLine], marks: dict[int, HeadingMark]
) -> Iterator[tuple[HeadingMark | None, list[PageLine]]]:
    """The lines of a page, those of one heading together."""
    for mark, group in groupby(lines, key=lambda line: marks.get(id(line))):
        yield mark, list(group)
