"""Text with MediaWiki-style headings: ``= Title =``, ``== Section ==``, ``=== Subsection ===``, infobox lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import starmap

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.base import Format, id_of, title_of
from corpus.formats.unseen import Unseen, as_dropped, blanked, html_headings, unseen_in_wiki
from corpus.patterns import pattern
from corpus.sections import Heading, split_sections, titled
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

# A line that begins with "=": at the start of the text (a byte order mark may stand before it) or after a line end.
# The sign first, which the search skips to.
_LINE = pattern("=(?<![^\r\n\ufeff]=)[^\r\n]*")
_LINE_OF_BYTES = pattern(
    rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])={1,6}[^=\r\n][^\r\n]*="
    rb"[ \t]*(?:(?:<!--|<ref)[^\r\n]*)?(?=[\r\n]|\Z)"
)
_DEEPEST = 6
# What is no part of a heading's line: references and anchors. Comments are none either.
_ASIDE = pattern(r"\{\{\s{0,9}anchor[^{}\r\n]*\}\}", re.IGNORECASE)
_TAG = pattern(r"</?[a-z][^<>\r\n]*>", re.IGNORECASE)
# "[[Port]]", "[[Harbour|Port]]", "[https://example.org Port]"
_LINK = pattern(r"\[\[([^\[\]]*)\]\]|\[(?:https?:)?//[^\s\[\]]+[ \t]+([^\[\]]+)\]")
_MAY_HIDE = pattern("<[!a-z]|\\{\\{", re.IGNORECASE)


def parse(text: str, *, id: str, title: str, source: str, shown: str | None = None) -> Document:
    """Return the document of a text with wiki headings, or with none.

    A first line ``= Title =`` gives the title, in place of the one passed in, and is in no section. ``shown`` is the
    text with blanks for what is not seen of it, and then that of the document; without it, the text stays as it is.

    >>> document = parse("= Tea =\\nHot.\\n== Milk ==\\nCold.", id="tea", title="?", source="tea.txt")
    >>> document.title, [section.path for section in document.sections]
    ('Tea', [(), ('Milk',)])
    """
    shown = text if shown is None else shown
    named, headings = titled(_headings(text), text=shown)
    return Document(id=id, title=named or title, text=shown, sections=split_sections(shown, headings), source=source)


def _headings(text: str) -> Iterator[Heading]:
    """The headings of a text by MediaWiki's rules: none in comments and verbatim parts."""
    if not _MAY_HIDE.search(text):
        yield from _lines(text, text)
        return
    comments, verbatim = unseen_in_wiki(text)
    # A byte order mark in the place of each character that counts for nothing: the line may begin after it.
    visible = blanked(
        text, [span for span in comments if span.kind in ("comment", "reference")], filler=BYTE_ORDER_MARK
    )
    visible = _ASIDE.sub(lambda aside: BYTE_ORDER_MARK * len(aside[0]), visible)
    seen = blanked(visible, [Unseen(start, end, "verbatim") for start, end in verbatim])
    outside = [
        (end, start)
        for end, start in zip(
            [0, *(end for _, end in verbatim)], [*(start for start, _ in verbatim), len(text)], strict=True
        )
    ]
    tagged = starmap(Heading, html_headings(seen, outside, lambda words: " ".join(_TAG.sub("", words).split())))
    yield from sorted([*_lines(text, seen), *tagged], key=lambda heading: heading.start)


def _lines(text: str, visible: str) -> Iterator[Heading]:
    """The heading lines of a text. The shorter run of "=" gives the level; what is left over belongs to the name."""
    for match in _LINE.finditer(visible):
        begin = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        line = match[0].replace(BYTE_ORDER_MARK, "").rstrip()
        name = line.strip("=")
        if not name.strip() or visible[begin : match.start()].strip(BYTE_ORDER_MARK):
            continue
        level = min(len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("=")), _DEEPEST)
        if level:
            name = _LINK.sub(_link_words, _TAG.sub("", line[level:-level]))
            name = name.replace("'''", "").replace("''", "").strip()
            yield Heading(level, name, match.start(), match.end())


def _link_words(link: re.Match[str]) -> str:
    """What a reader sees of a link."""
    return link[2] or link[1].rpartition("|")[2]


def _accepts(data: bytes) -> bool:
    # Without its NUL bytes, the ASCII part of UTF-16 and UTF-32 reads like that of UTF-8.
    return _LINE_OF_BYTES.search(data.replace(b"\0", b"") if b"\0" in data else data) is not None


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    text = decode(data, source, on_skip=on_skip)
    unseen, _ = unseen_in_wiki(text)
    shown = blanked(text, unseen)
    document = parse(text, id=id_of(source), title=title_of(source), source=source, shown=shown)
    yield replace(document, dropped=tuple(as_dropped(text, unseen))) if unseen else document


FORMAT = Format("wiki text", (".txt", ".text", ".wiki", ".mediawiki"), _read, _accepts)
