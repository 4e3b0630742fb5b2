"""Sections from headings: a stack of the headings that are open gives each stretch of text its path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.documents import Document, Section
from corpus.errors import SourceError
from corpus.whitespace import WHITE_SPACE, trim

# The level of the heading that is the document's title: the lead goes on around it.
TITLE = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its level (1 is the highest, TITLE the title's), its words, and its lines' [start, end)."""

    level: int
    text: str
    start: int
    end: int


def titled(
    headings: Iterable[Heading], *, text: str = "", known: str = "", level: int = 1
) -> tuple[str, list[Heading]]:
    """The title that a first heading of the highest ``level`` gives, and the headings with it as that; "" for none.

    In ``text``, where it is given, nothing but white space may stand before it; and it must say the title that is
    ``known``, if one is.

    >>> title, headings = titled([Heading(1, "Tea", 0, 5), Heading(1, "Milk", 9, 14)], text="# Tea\\nHot")
    >>> title, [heading.level for heading in headings]
    ('Tea', [0, 1])
    >>> titled([Heading(1, "Tea", 4, 9)], text="Hot # Tea")[0]
    ''
    """
    found = list(headings)
    if not found or found[0].level not in (TITLE, level) or text[: found[0].start].strip(WHITE_SPACE):
        return "", found
    if known not in ("", found[0].text):
        return "", found
    found[0] = replace(found[0], level=TITLE)
    return found[0].text, found


def split_sections(text: str, headings: Iterable[Heading], *, start: int = 0) -> tuple[Section, ...]:
    """The sections that headings, given in reading order, make of text[start:].

    A heading closes every open heading of its own level or deeper, so that a shallower heading after a deeper
    one, and one after a skipped level, get the right path; one without words closes them and names nothing. A
    section runs from the end of its heading to the start of the next one, without the white space at its ends;
    one that holds no text is left out.

    >>> text = "Lead. A One. B Two."
    >>> headings = [Heading(2, "A", 6, 7), Heading(3, "B", 13, 14)]
    >>> [(section.path, text[section.start:section.end]) for section in split_sections(text, headings)]
    [((), 'Lead.'), (('A',), 'One.'), (('A', 'B'), 'Two.')]
    """
    sections: list[Section] = []
    open_headings: list[tuple[int, str]] = []
    begin = start

    def close(end: int) -> None:
        first, last = trim(text, begin, end)
        if last > first:
            sections.append(Section(tuple(name for _, name in open_headings), first, last))

    for heading in headings:
        close(heading.start)
        while open_headings and open_headings[-1][0] >= heading.level:
            open_headings.pop()
        if heading.level != TITLE and heading.text:
            open_headings.append((heading.level, heading.text))
        begin = heading.end
    close(len(text))
    return tuple(sections)


def section_named(document: Document, path: str) -> Section:
    """The first section whose headings, joined by " > ", or whose last read like ``path``, with its subsections.

    "" is the lead alone. Raises SourceError where the document has no such section.

    >>> from corpus.documents import Document
    >>> tea = Document("tea", "Tea", "Hot.", (Section(("Taste", "Now"), 0, 4),), "tea.txt")
    >>> section_named(tea, "now").path
    ('Taste', 'Now')
    """
    wanted = path.strip().casefold()
    for section in document.sections:
        if not wanted and not section.path:
            return section
        for depth in range(1, len(section.path) + 1):
            above = section.path[:depth]
            if wanted in (" > ".join(above).casefold(), above[-1].casefold()):
                inside = [other for other in document.sections if other.path[:depth] == above]
                return Section(above, inside[0].start, inside[-1].end)
    known = ", ".join(repr(" > ".join(section.path)) for section in document.sections)
    raise SourceError(f"{document.id} has no section {path!r}; its sections are {known}")
