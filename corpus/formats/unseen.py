"""What no reader of a Markdown or wiki page sees, although it stands in the file: comments, scripts, struck text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.documents import Dropped
from corpus.patterns import pattern

_DASHES = pattern(r"[-\s]")
_BLANK_LINE = pattern(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_NO_LINE_END = pattern("[^\r\n]")
_LINE_START = pattern(r"(?:^|[\r\n])[ ]{0,3}\Z")
# The longest stretch of struck text, over which its end is looked for.
_LONGEST_STRUCK = 5000
# The longest hidden element, likewise.
_LONGEST_HIDDEN = 20_000


@dataclass(frozen=True, slots=True)
class Unseen:
    """A stretch [start, end) of a text that is not seen, and why."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """What opens an unseen stretch; ``closer`` ends it.

    At the beginning of a line it may go on over blank lines if it is a ``block``, and to the end of the text if it
    is ``endless``; elsewhere it ends inside its paragraph.
    """

    closer: str
    kind: str
    block: bool = False
    endless: bool = False


_COMMENT = _Mark("-->", "comment", block=True, endless=True)
_STRUCK = "struck out"
_MARKS = {
    "<!--": _COMMENT,
    "<script": _Mark("</script>", "script", block=True, endless=True),
    "<style": _Mark("</style>", "script", block=True, endless=True),
    "<del": _Mark("</del>", _STRUCK, block=True),
    "<s": _Mark("</s>", _STRUCK, block=True),
    "<strike": _Mark("</strike>", _STRUCK, block=True),
    "~~": _Mark("~~", _STRUCK),
    "%%": _Mark("%%", "comment", block=True),
    "<ref": _Mark("</ref>", "reference", block=True),
    "{%comment": _Mark("endcomment", "comment", block=True),
    "{{<comment": _Mark("/comment", "comment", block=True),
    "{{%comment": _Mark("/comment", "comment", block=True),
    "{#": _Mark("#}", "comment"),
    "{--": _Mark("--}", _STRUCK),
    "{>>": _Mark("<<}", "comment"),
    "{~~": _Mark("~>", _STRUCK),
    "{/*": _Mark("*/}", "comment", block=True),
    "{{/*": _Mark("*/}}", "comment", block=True),
    "{{</*": _Mark("*/>}}", "comment", block=True),
}
# What ends the tag that such a closing mark stands in.
_TAG_ENDS = {"endcomment": "%}", "/comment": "}}"}
_MARKDOWN_OPENER = pattern(
    r"\\[!-/:-@\[-`{-~]|(?:~~|--|\+\+|==)\}|(?P<code>`+)|(?P<mark><!--|<(?:script|style|del|strike|s)(?=[\s>])"
    r"|(?<!~)~~(?![~\s])|(?<![^\s(\[>])%%(?!%)|\{%-?[ \t]*comment|\{\{[<%][ \t]*comment(?=[ \t])"
    r"|\{#(?=\s)|\{--(?!-)|\{>>|\{~~|\{/\*|\{\{/\*|\{\{</\*)"
    r"|<(?P<hidden>[a-z][a-z0-9]*)(?=\s[^<>]*(?:(?<=\s)hidden(?=[\s=>/])|\bdisplay\s*:\s*none))[^<>]*>",
    re.IGNORECASE,
)
# A definition of a link to nowhere is a comment by custom: "[//]: # (text)", "[comment]: <> (text)".
_DEFINITION = pattern(r"(?:(?<=[\r\n])|\A) {0,3}\[[^\]\r\n]{1,99}\]:[ \t]*(?:#|<#?>)(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)")

_WIKI_OPENER = pattern(
    r"(?P<empty><ref(?:\s[^<>]*)?/>)|(?P<mark><!--|<(?:del|strike|s|ref)(?=[\s>]))"
    r"|<(?P<verbatim>pre|nowiki|syntaxhighlight|source|math|score)(?=[\s>])[^<>]*>",
    re.IGNORECASE,
)


def unseen_in_markdown(text: str, start: int, code: Iterable[tuple[int, int]]) -> list[Unseen]:
    """Return what is not seen of Markdown from ``start`` on, given the stretches that are code blocks.

    >>> unseen_in_markdown("Tea. <!-- no --> `<!-- yes -->`", 0, [])
    [Unseen(start=5, end=16, kind='comment')]
    """
    blocks = sorted(code)
    spans = [
        Unseen(match.start(), match.end(), "comment")
        for match in _DEFINITION.finditer(text, start)
        if not any(first <= match.start() < last for first, last in blocks)
    ]
    closers = Closers(text)
    position = start
    while match := _MARKDOWN_OPENER.search(text, position):
        inside = next((last for first, last in blocks if first <= match.start() < last), None)
        if inside is not None:
            position = inside
        elif match["code"]:
            position = closers.code(match.end(), len(match["code"]))
        elif match["mark"]:
            name = match["mark"].lower()
            mark = _MARKS[_DASHES.sub("", name) if name.endswith("comment") else name]
            span = closers.span(match.start(), match.end(), mark)
            position = match.end() if span is None else span.end
            spans += [] if span is None else [span]
        elif match["hidden"]:
            position = closers.element(match["hidden"].lower(), match.end())
            spans += [Unseen(match.start(), position, "hidden")] if position > match.end() else []
        else:
            position = match.end()
    return sorted(spans, key=lambda span: span.start)


def unseen_in_wiki(text: str) -> tuple[list[Unseen], list[tuple[int, int]]]:
    """Return what is not seen of wiki text, and the stretches that are verbatim: no headings and comments in them.

    >>> unseen_in_wiki("Tea. <!-- no --> <pre><!-- yes --></pre>")
    ([Unseen(start=5, end=16, kind='comment')], [(22, 34)])
    """
    spans: list[Unseen] = []
    verbatim: list[tuple[int, int]] = []
    closers = Closers(text)
    position = 0
    while match := _WIKI_OPENER.search(text, position):
        position = match.end()
        if match["empty"]:
            spans.append(Unseen(match.start(), match.end(), "reference"))
            continue
        if match["verbatim"]:
            end = -1 if match[0].endswith("/>") else closers.find(f"</{match['verbatim'].lower()}", match.end())
            if end >= 0:
                verbatim.append((match.end(), end))
                position = end
            continue
        mark = _MARKS[match["mark"].lower()]
        span = closers.span(match.start(), match.end(), mark, anywhere=True)
        if span is not None:
            spans.append(span)
            position = span.end
    return spans, verbatim


class Closers:
    """Finds where what was opened in a text closes; what is nowhere after a place is not looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text if text.isascii() and text.islower() else _lower(text)
        self._absent: set[str] = set()

    def find(self, closer: str, start: int) -> int:
        """The place of a closing mark, -1 if there is none."""
        if closer in self._absent:
            return -1
        found = self._lower.find(closer, start)
        if found < 0:
            self._absent.add(closer)
        return found

    def code(self, start: int, ticks: int) -> int:
        """The end of a code span that was opened before ``start`` by so many ticks, else ``start``."""
        paragraph = _BLANK_LINE.search(self._text, start)
        end = paragraph.start() if paragraph else len(self._text)
        for run in re.finditer("`+", self._text[start:end]):
            if len(run[0]) == ticks:
                return start + run.end()
        return start

    def element(self, tag: str, start: int) -> int:
        """The end of an element that was opened before ``start``, else ``start``."""
        if self.find(f"</{tag}", start) < 0:
            return start
        depth = 1
        for part in re.finditer(rf"<(/?){tag}(?=[\s>/])[^<>]*>", self._lower[start : start + _LONGEST_HIDDEN]):
            depth += -1 if part[1] else 1
            if not depth:
                return start + part.end()
        return start

    def span(self, start: int, inner: int, mark: _Mark, *, anywhere: bool = False) -> Unseen | None:
        """The unseen stretch that a mark at ``start`` opens, None where nothing closes it."""
        text = self._text
        opens_line = anywhere or _LINE_START.search(text[max(0, start - 4) : start]) is not None
        found = self.find(mark.closer, inner)
        if found < 0:
            return Unseen(start, len(text), mark.kind) if mark.endless and opens_line else None
        if mark.kind == _STRUCK and found - start > _LONGEST_STRUCK:
            return None
        if not (mark.block and (opens_line or mark.kind == _STRUCK)) and _BLANK_LINE.search(text, start, found):
            return None
        if mark.closer == "~~" and text[found - 1].isspace():
            return None
        end = found + len(mark.closer)
        if mark.closer in _TAG_ENDS:
            end = max(end, text.find(_TAG_ENDS[mark.closer], end) + 2)
        return Unseen(start, end, mark.kind)


def _lower(text: str) -> str:
    """The text with ASCII capitals made small: of the same length, which lower() does not promise."""
    return text.translate({capital: capital + 32 for capital in range(65, 91)})


def blanked(text: str, spans: Iterable[Unseen], *, filler: str = " ") -> str:
    """Return a text of the same length with a filler for each character in the spans, line ends aside.

    >>> blanked("Tea <!-- no -->.", [Unseen(4, 15, "comment")])
    'Tea            .'
    """
    pieces, position = [], 0
    for span in spans:
        if span.start >= position:
            pieces += [text[position : span.start], _NO_LINE_END.sub(filler, text[span.start : span.end])]
            position = span.end
    return "".join([*pieces, text[position:]])


def as_dropped(text: str, spans: Iterable[Unseen]) -> Iterator[Dropped]:
    """Yield the unseen stretches of a text as parts that were left out."""
    for span in spans:
        if words := text[span.start : span.end].strip():
            yield Dropped.of(span.kind, words)


_HTML_HEADING = pattern(r"<h([1-6])(?=[\s>])[^<>]*>((?:(?!<h[1-6][\s>])[\s\S]){0,1000}?)</h\1\s*>", re.IGNORECASE)


def html_headings(
    text: str, stretches: Iterable[tuple[int, int]], words: Callable[[str], str]
) -> Iterator[tuple[int, str, int, int]]:
    """Yield level, words, start and end of each HTML heading that begins in one of the stretches of a text."""
    position = 0
    for start, end in stretches:
        while match := _HTML_HEADING.search(text, max(start, position)):
            if match.start() >= end:
                break
            position = match.end()
            yield int(match[1]), words(match[2]), match.start(), match.end()
