"""Markdown: the text stays as it is in the file, and markdown-it-py says which of its lines are headings.

Blanks stand for what no reader of the page sees (comments, scripts, struck text), so that places stay the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, starmap
from typing import TYPE_CHECKING, Any

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.base import id_of, title_of
from corpus.formats.front_matter import front_matter
from corpus.formats.unseen import Unseen, as_dropped, blanked, html_headings, unseen_in_markdown
from corpus.sections import Heading, split_sections, titled
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The line ends of CommonMark, which are also those that markdown-it-py counts.
_LINE_END = re.compile("\r\n|\n|\r")
_NO_LINE_END = re.compile("[^\r\n]")
# Whether a text may hold what is not seen at all: worth a look of its own.
_SUSPECT = re.compile(
    r"<(?:script|style|del|strike|s)\b|<!--|~~|%%|\{[%#>~{-]|/\*|\]:[ \t]*(?:#|<#?>)|<[a-z][^<>]*(?:hidden|:\s*none)",
    re.IGNORECASE,
)
# Lists and quotations nested more deeply than in so many columns are not followed: no heading at the top level is in
# them. The parser, which recurses, is allowed more levels than these columns can hold.
_DEEPEST_COLUMN = 100
_MOST_NESTED = 250
# The inline parser takes time that grows with the square of a heading's length, or of its open brackets.
_LONGEST_HEADING = 2_000
_MOST_BRACKETS = 60
_LONG_PREFIX = re.compile(r"^[ \t>\-+*\d.)]{25,}", re.MULTILINE)
# Attributes at the end of a heading, as Pandoc, kramdown and many site makers write them: "{#prices .wide}".
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s\"{}]+)|-)(?:[ \t]+[^{}]*)?\}\Z")
_PREFIX = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*")


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a Markdown file."""
    yield parse(decode(data, source, on_skip=on_skip), source)


def parse(written: str, source: str) -> Document:
    """Return the document of a text in Markdown: the text itself, with blanks for what is not seen of it.

    >>> parse("# Tea\\n<!-- no -->Hot.", "drinks.md").title
    'Tea'
    """
    body_start = 1 if written.startswith(BYTE_ORDER_MARK) else 0
    front = front_matter(written, body_start)
    if front is not None:
        body_start = front.end
    title = front.title if front is not None else ""
    unseen = list(_unseen(written, body_start))
    text = blanked(written, unseen)
    named, headings = titled(_headings(text, body_start), known=title)
    return Document(
        id=id_of(source),
        title=named or title or title_of(source),
        text=text,
        sections=split_sections(text, headings, start=body_start),
        source=source,
        dropped=tuple(as_dropped(written, unseen)),
        metadata=front.metadata if front is not None else (),
    )


class _Blocks:
    """The blocks of text[start:] and the places of their lines."""

    def __init__(self, text: str, start: int) -> None:
        from markdown_it import MarkdownIt

        self.parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED})
        # Only the blocks are wanted, except for the words of a heading.
        self.parser.core.ruler.disable(["inline", "text_join"])
        self.references: dict[str, Any] = {}
        body = text[start:]
        self._starts = [start, *(start + match.end() for match in _LINE_END.finditer(body)), len(text)]
        self.tokens = self.parser.parse(_shallow(body), self.references)

    def place(self, lines: Sequence[int]) -> tuple[int, int]:
        """Where the lines of a token begin and end in the text."""
        first, after = lines
        return self._starts[first], self._starts[min(after, len(self._starts) - 1)]


def _shallow(body: str) -> str:
    """The text with a blank line for each one that is nested too deeply."""
    if not _LONG_PREFIX.search(body):
        return body
    pieces = []
    for line in body.splitlines(keepends=True):
        prefix = _PREFIX.match(line.expandtabs(4))
        deep = prefix is not None and len(prefix[0]) > _DEEPEST_COLUMN
        pieces.append(_NO_LINE_END.sub("", line) if deep else line)
    return "".join(pieces)


def _unseen(text: str, start: int) -> Iterator[Unseen]:
    """What no reader of the page sees: comments, scripts, struck text."""
    if not _SUSPECT.search(text, start):
        return
    blocks = _Blocks(text, start)
    code = [blocks.place(token.map) for token in blocks.tokens if token.type in ("fence", "code_block") and token.map]
    spans = unseen_in_markdown(text, start, code)
    for reference in blocks.references.get("references", {}).values():
        if reference["href"] in ("", "#") and (lines := reference.get("map")):
            first, last = blocks.place(lines)
            spans.append(Unseen(first, last, "comment"))
    position = start
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > position:
            yield span if span.start >= position else replace(span, start=position)
            position = span.end


def _headings(text: str, start: int) -> Iterator[Heading]:
    """The headings at the top level of text[start:], in HTML too: none in code, quotations or lists."""
    blocks = _Blocks(text, start)
    parser, references = blocks.parser, blocks.references
    found: list[Heading] = []
    markup: list[tuple[int, int]] = []
    for token, following in pairwise([*blocks.tokens, None]):
        if token is None or token.level != 0 or not token.map:
            continue
        if token.type == "html_block":
            markup.append(blocks.place(token.map))
        elif token.type == "heading_open" and following is not None:
            first, last = blocks.place(token.map)
            found.append(Heading(int(token.tag[1:]), _words(parser, following.content, references), first, last))
    found += starmap(Heading, html_headings(text, markup, lambda words: _words(parser, words, references)))
    position = start
    for heading in sorted(found, key=lambda heading: heading.start):
        if heading.start >= position:
            yield heading
            position = heading.end


def _words(parser: MarkdownIt, content: str, references: dict[str, Any]) -> str:
    """A heading's words without their mark-up: emphasis, code, links."""
    if len(content) > _LONGEST_HEADING or content.count("[") > _MOST_BRACKETS:
        return " ".join(content.split())
    tokens: list[Token] = []
    parser.inline.parse(_ATTRIBUTES.sub("", content), parser, references, tokens)
    words = [token for token in tokens if token.type not in ("html_inline", "image")]
    if not any(token.content.strip() for token in words):
        words = [token for token in tokens if token.type == "image"]  # badges beside words are no words of it
    return " ".join("".join(" " if token.type.endswith("break") else token.content for token in words).split())
