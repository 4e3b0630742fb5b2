"""Text with MediaWiki-style headings: ``= Title =``, ``== Section ==``, ``=== Subsection ===``, infobox lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.base import Format, id_of, title_of
from corpus.sections import TITLE, Heading, split_sections
from corpus.skipped import OnSkip
from corpus.whitespace import WHITE_SPACE

# A line that begins with "=": at the start of the text (a byte order mark may stand before it) or after a line end.
# The sign first, which the search skips to.
_LINE = re.compile("=(?<![^\r\n\ufeff]=)[^\r\n]*")
_LINE_OF_BYTES = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])={1,6}[^=\r\n][^\r\n]*=[ \t]*(?=[\r\n]|\Z)"
)
_DEEPEST = 6


def parse(text: str, *, id: str, title: str, source: str) -> Document:
    """Return the document of a text with wiki headings, or with none.

    A first line ``= Title =`` gives the title, in place of the one passed in, and is in no section.

    >>> document = parse("= Tea =\\nHot.\\n== Milk ==\\nCold.", id="tea", title="?", source="tea.txt")
    >>> document.title, [section.path for section in document.sections]
    ('Tea', [(), ('Milk',)])
    """
    headings = list(_headings(text))
    if headings and headings[0].level == 1 and not text[: headings[0].start].strip(WHITE_SPACE):
        title = headings[0].text or title
        headings[0] = replace(headings[0], level=TITLE)
    return Document(id=id, title=title, text=text, sections=split_sections(text, headings), source=source)


def _headings(text: str) -> Iterator[Heading]:
    """The heading lines of a text. The shorter run of "=" gives the level; what is left over belongs to the name."""
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        name = line.strip("=")
        if not name.strip():
            continue
        level = min(len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("=")), _DEEPEST)
        if level:
            name = line[level:-level].replace("'''", "").replace("''", "").strip()
            yield Heading(level, name, match.start(), match.end())


def _accepts(data: bytes) -> bool:
    # Without its NUL bytes, the ASCII part of UTF-16 and UTF-32 reads like that of UTF-8.
    return _LINE_OF_BYTES.search(data.replace(b"\0", b"") if b"\0" in data else data) is not None


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    yield parse(decode(data, source, on_skip=on_skip), id=id_of(source), title=title_of(source), source=source)


FORMAT = Format("wiki text", (".txt", ".text", ".wiki", ".mediawiki"), _read, _accepts)
