"""Markdown: the text stays as it is in the file, and markdown-it-py says which of its lines are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.base import Format, id_of, title_of
from corpus.sections import TITLE, Heading, split_sections
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The line ends of CommonMark, which are also those that markdown-it-py counts.
_LINE_END = re.compile("\r\n|\n|\r")
# The line after the opening "---" must not be blank, or it is a thematic break (Pandoc, yaml_metadata_block).
# Atomic groups: a line end of two characters must not be tried as two line ends, again and again.
_FRONT_MATTER = re.compile(
    "---[ \t]*(?>\r\n|\n|\r)(?![ \t]*[\r\n])"
    "(?P<yaml>(?:(?!(?:---|\\.\\.\\.)[ \t]*(?:[\r\n]|\\Z))(?>[^\r\n]*)(?>\r\n|\n|\r))*+)"
    "(?:---|\\.\\.\\.)[ \t]*(?:\r\n|\n|\r|\\Z)"
)
# A mapping in YAML: its first line, after comments, begins with a key.
_MAPPING = re.compile("(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*+[\\w\"'$@][^\r\n]*?:[ \t\r\n]")
_FRONT_TITLE = re.compile("(?:^|[\r\n])title[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    text = decode(data, source, on_skip=on_skip)
    body_start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    title = ""
    front_matter = _FRONT_MATTER.match(text, body_start)
    if front_matter and (not front_matter["yaml"] or _MAPPING.match(front_matter["yaml"])):
        body_start = front_matter.end()
        title = _front_title(front_matter[0])
    headings = list(_headings(text, body_start))
    if headings and headings[0].level == 1 and title in ("", headings[0].text):
        title = headings[0].text
        headings[0] = replace(headings[0], level=TITLE)
    sections = split_sections(text, headings, start=body_start)
    yield Document(id=id_of(source), title=title or title_of(source), text=text, sections=sections, source=source)


def _front_title(front_matter: str) -> str:
    """The title in YAML front matter, if it is a plain or quoted string on one line."""
    found = _FRONT_TITLE.search(front_matter)
    value = found[1].strip() if found else ""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return "" if value[:1] in ("|", ">", "[", "{", "&", "*", "!") else value.split(" #", 1)[0].strip()


def _headings(text: str, start: int) -> Iterator[Heading]:
    """The headings at the top level of text[start:]: none in code, quotations or lists."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    # Only the blocks are wanted, except for the words of a heading.
    parser.core.ruler.disable(["inline", "text_join"])
    references: dict[str, Any] = {}
    body = text[start:]
    line_starts = [start, *(start + match.end() for match in _LINE_END.finditer(body)), len(text)]
    for token, inline in pairwise(parser.parse(body, references)):
        if token.type == "heading_open" and token.level == 0 and token.map:
            first, after = token.map
            words = _words(parser, inline.content, references)
            yield Heading(int(token.tag[1:]), words, line_starts[first], line_starts[min(after, len(line_starts) - 1)])


def _words(parser: MarkdownIt, content: str, references: dict[str, Any]) -> str:
    """A heading's words without their mark-up: emphasis, code, links."""
    tokens: list[Token] = []
    parser.inline.parse(content, parser, references, tokens)
    return " ".join(
        "".join(
            " " if token.type.endswith("break") else token.content for token in tokens if token.type != "html_inline"
        ).split()
    )


FORMAT = Format("Markdown", (".md", ".markdown", ".mdown", ".mkd"), _read)
