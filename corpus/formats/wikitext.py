"""The text of a page of MediaWiki as it is read: without mark-up, references and templates that say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from corpus.formats.blocks import Blocks
from corpus.formats.raised import lowered, raised
from corpus.formats.unseen import Closers
from corpus.formats.wikitext_tables import table_rows
from corpus.formats.wikitext_templates import Templates

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_VERBATIM = re.compile(r"<(?P<kind>nowiki|pre|syntaxhighlight|source|math|code)(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_REFERENCE = re.compile(r"<(?P<kind>ref)(?:\s[^<>]*)?>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(?P<kind>gallery|timeline|imagemap|templatedata|score|del|s|strike|references|includeonly|graph)(?:\s[^<>]*)?(?<!/)>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s*>")
_MOST_CLOSERS = 20  # marks that may begin like the one that closes an element and are none
_SMALL = re.compile(r"<(?P<kind>sup|sub)(?:\s[^<>]*)?>(?P<mark>[^<>\n]{0,60})</(?P=kind)\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|center|blockquote)\s*>|<(?:p|div|blockquote)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_TABLE = re.compile(r"(?:^|(?<=\n))[ \t:]*\{\|((?:(?!\{\||\n[ \t]*\|\}).)*)(?:\n[ \t]*\|\}|\Z)", re.DOTALL)
_INNER_LINK = re.compile(r"\[\[([^\[\]]*)\]\]([^\W\d_]*)")
_OUTER_LINK = re.compile(r"\[(?:https?:|ftp:|mailto:|//)[^\s\[\]]+(?:[ \t]+([^\[\]\n]*))?\]")
_EMPHASIS = re.compile("'{2,5}")
_MAGIC = re.compile(r"__[A-Z]{3,25}__")
_HEADING = re.compile(r"(={1,6})(.+?)\1[ \t]*\Z")
_FILE = re.compile(r"\s*:?(?:file|image|datei|bild|fichier|archivo|media)\s*:", re.IGNORECASE)
_CATEGORY = re.compile(
    r"\s*(?:category|kategorie|catégorie|categoría|categoria|категория)\s*:\s*([^|]*)", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?:")
_HELD = re.compile("\ue000(\\d+)\ue001")
_EMPTY_BRACKETS = re.compile(r"(?<!\s)\s*\(\s*(?:[;,]\s*)*\)")
_PARAMETERS = re.compile(
    r"thumb|frame|frameless|border|left|right|center|none|upright.*|\d*x?\d+px|alt=.*|link=.*|class=.*"
)


def _replaced(text: str, opener: re.Pattern[str], write: Callable[[str, str], str]) -> tuple[str, int]:
    """A text with its elements of some kinds replaced, given the kind and what is inside; and how many there were."""
    closers = Closers(text)
    pieces: list[str] = []
    position = count = 0
    while found := opener.search(text, position):
        kind, inner = found["kind"].lower(), found.end()
        body, end = "", inner if found[0].endswith("/>") else -1
        closing = -1 if end >= 0 else closers.find(f"</{kind}", inner)
        for _ in range(_MOST_CLOSERS):
            if closing < 0:
                break
            if closed := _CLOSED.match(text, closing + len(kind) + 2):
                body, end = text[inner:closing], closed.end()
                break
            closing = closers.find(f"</{kind}", closing + 1)
        pieces.append(text[position : found.start() if end >= 0 else inner])
        if end >= 0:
            pieces.append(write(kind, body))
            count += 1
        position = max(end, inner)
    return "".join([*pieces, text[position:]]), count


class Wikitext:
    """Writes the text of one page; ``categories`` are what it is filed under."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.categories: list[str] = []
        self._held: list[str] = []
        self._tables: dict[int, tuple[str, list[list[str]], int]] = {}

    def read(self, text: str) -> None:
        """Write the text of a page."""
        text = text.replace("\r\n", "\n").translate({0xE000 + sign: None for sign in range(8)})
        references = 0
        text = _COMMENT.sub("", text)
        text, _ = _replaced(text, _VERBATIM, self._verbatim)
        text, references = _replaced(text, _REFERENCE, lambda *_: "")
        text, unseen = _replaced(text, _UNSEEN, lambda *_: "")
        templates = Templates()
        text = templates.replaced(text)
        for _ in range(5):
            changed = _TABLE.sub(self._table, text)
            if changed == text:
                break
            text = changed
        self._lines(self._inline(text))
        if references:
            self.blocks.drop("references", f"{references:,}")
        if unseen:
            self.blocks.drop("galleries and struck text", f"{unseen:,}")
        if templates.left_out:
            named = ", ".join(f"{name} ({count})" for name, count in templates.left_out.most_common(20))
            self.blocks.drop("templates", f"{templates.left_out.total():,}: {named}")

    def _verbatim(self, kind: str, body: str) -> str:
        body = unescape(body)
        self._held.append(body.strip("\n") if kind in ("pre", "syntaxhighlight", "source") else body)
        block = kind in ("pre", "syntaxhighlight", "source") and "\n" in body
        holder = f"\ue000{len(self._held) - 1}\ue001"
        return f"\n\n{holder}\n\n" if block else holder

    def _table(self, found: re.Match[str]) -> str:
        """Hold a table; inside a cell of another one, its text stands on one line."""
        rows = table_rows(found[1], lambda cell: " ".join(self._flat(self._inline(cell)).split()))
        number = len(self._held)
        self._tables[number] = rows
        self._held.append("; ".join(" ".join(filter(None, row)) for row in rows[1]))
        return f"\n\n\ue000{number}\ue001\n\n"

    def _flat(self, text: str) -> str:
        """The lines of a cell, items and all, on one."""
        lines = (re.sub(r"^[*#:;]+\s*", "", line.strip()) for line in self._shown(text).split("\n"))
        return "; ".join(line.strip("\ue006 ") for line in lines if line)

    def _shown(self, text: str) -> str:
        return _HELD.sub(lambda found: self._held[int(found[1])] if int(found[1]) < len(self._held) else "", text)

    def _inline(self, text: str) -> str:
        """The text without the mark-up inside its lines."""
        for _ in range(4):
            changed = _INNER_LINK.sub(self._link, text)
            if changed == text:
                break
            text = changed
        text = _OUTER_LINK.sub(lambda found: found[1] or "", text)
        text = _SMALL.sub(self._small, text)
        text = _TAG.sub("", _BREAK.sub("\n", text))
        text = _MAGIC.sub("", _EMPHASIS.sub("", text))
        return unescape(_EMPTY_BRACKETS.sub("", text))

    def _link(self, found: re.Match[str]) -> str:
        target, bar, words = found[1].partition("|")
        if _FILE.match(target):
            parts = [part.strip() for part in words.split("|")]
            caption = parts[-1] if parts and not _PARAMETERS.fullmatch(parts[-1]) else ""
            self.blocks.drop("picture", target)
            framed = caption and any(part in ("thumb", "frame") for part in parts)
            return f"\n\n{caption}\n\n{found[2]}" if framed else found[2]
        category = _CATEGORY.match(target)
        if category:
            self.categories.append(category[1].strip())
            return found[2]
        if not bar and _LANGUAGE.match(target) and " " not in target.partition(":")[0]:
            return found[2]
        if bar and not words.strip():
            words = re.sub(r"\s*\([^()]*\)\Z|,.*\Z", "", target.rpartition(":")[2])
        return (words.rpartition("|")[2] if bar else target.lstrip(":")) + found[2]

    def _small(self, found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - 40) : found.start()]
        mark = found["mark"].strip()
        if not mark:
            return ""
        if found["kind"].lower() == "sub":
            return lowered(before, mark)
        return raised(before, mark, found.string[found.end() : found.end() + 1]) or ""

    def _lines(self, text: str) -> None:
        """Write the lines of a text as blocks."""
        paragraph: list[str] = []

        def flush() -> None:
            if paragraph:
                self.blocks.paragraph("\n".join(paragraph))
                paragraph.clear()

        for line in text.split("\n"):
            stripped = line.strip()
            held = _HELD.fullmatch(stripped)
            if not stripped:
                flush()
            elif held and int(held[1]) in self._tables:
                flush()
                caption, rows, heads = self._tables[int(held[1])]
                self.blocks.paragraph(caption)
                self.blocks.table(rows, heads=heads)
            elif heading := _HEADING.match(stripped):
                flush()
                self.blocks.heading(len(heading[1]), self._shown(heading[2]))
            elif stripped[0] in "*#:;\ue006":
                flush()
                self._item(stripped)
            elif not re.fullmatch(r"-{4,}", stripped):
                shown = self._shown(stripped)
                if not paragraph:
                    self.blocks.layout.end_lines()
                paragraph.append(" ".join(shown.split()) if not held else shown)
        flush()

    def _item(self, line: str) -> None:
        """Write an item of a list, a fact, or an indented line."""
        signs = re.match("[*#:;]*", line.lstrip("\ue006"))
        marks = signs[0] if signs else ""
        words = self._shown(line.lstrip("\ue006")[len(marks) :].strip())
        if marks.startswith(";"):
            term, colon, meaning = words.partition(" : ")
            self.blocks.item(0, f"{term.strip()}: {meaning.strip()}" if colon else words)
        elif marks and set(marks) == {":"}:
            self.blocks.inside(len(marks) - 1, words)
        else:
            mark = "#" if marks.endswith("#") else "-"
            self.blocks.item(max(0, len(marks) - 1), " ".join(words.split()), mark)
