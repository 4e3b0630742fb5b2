"""HTML elements to readable text: paragraphs, headings, "- item" lists, "cell | cell" and "- Key: value" rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.documents import Dropped
from corpus.formats.cells import HEAD_AGAIN
from corpus.formats.inline import gap_before, is_inline, picture_words
from corpus.formats.layout import Layout
from corpus.formats.mathml import formula
from corpus.formats.numbering import Numbering
from corpus.formats.raised import lowered, raised
from corpus.formats.tables import row_text, rows_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The white space that HTML collapses; a no-break space is not among it.
_COLLAPSED = re.compile("[ \t\n\r\f]+")
_SOFT_HYPHEN = "\u00ad"
# Stands for <br> until a block is written; no text that was decoded as text holds it.
_BREAK = "\0"
_PARAGRAPH_BREAK = re.compile("\0[ \t\n\r\f\xa0]*\0[\0 \t\n\r\f\xa0]*")

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "dl"))
# A heading inside one of these heads nothing outside of it. Of an article it may: text follows that belongs to it.
_SCOPES = frozenset(("section", "aside", "details"))
_BLOCKS = frozenset(
    """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure header hgroup hr li
    main ol p pre section summary table tbody td tfoot th thead tr ul html legend option footer form
    """.split()  # noqa: SIM905
)
_LAYOUT_INSIDE = ".//table", ".//h1", ".//h2", ".//h3", ".//h4", ".//h5", ".//h6"
# A longer <sup> or <sub> is no mark. Set by hand.
_LONGEST_MARK = 12
# So many of the last pieces of inline text hold the word before a mark.
_LAST_PIECES = 4
# A longer heading that holds blocks was never closed, and they are the text under it. Set by hand.
_LONGEST_HEADING = 250


class ElementReader:
    """Turns one element into text; ``why_left_out`` gives the reason for elements inside it that are no text.

    ``dropped`` grows while it reads: what was left out.
    """

    def __init__(self, why_left_out: Callable[[HtmlElement], str | None]) -> None:
        self.dropped: list[Dropped] = []
        self._why_left_out = why_left_out
        self._layout = Layout()
        self._inline: list[str] = []
        self._prefix = ""
        self._depth = 0
        self._numbering = Numbering()
        self._terms: list[str] = []  # of a definition list, whose definition comes
        self._heading: HtmlElement | None = None
        self._scopes: list[int] = []  # how many headings there were before each open element of _SCOPES

    def read(self, root: HtmlElement) -> Layout:
        """Return the text and the headings of an element."""
        # A stack of our own: a page may be nested more deeply than Python recurses.
        waiting: list[tuple[HtmlElement, bool]] = [(root, True)]
        while waiting:
            element, entering = waiting.pop()
            if entering and self._enter(element, root):
                waiting.append((element, False))
                waiting += [(child, True) for child in reversed(element)]
                continue
            if not entering:
                self._leave(element)
            if element is not root and element.tail:
                self._inline.append(element.tail)
        self._flush()
        return self._layout

    def _enter(self, element: HtmlElement, root: HtmlElement) -> bool:
        """Begin an element and say whether to read on inside it."""
        tag = element.tag
        if not isinstance(tag, str) or (element is not root and self._skips(element)):
            return False
        if tag == "br":
            self._inline.append(_BREAK)
            return False
        if tag == "math":
            self._inline.append(formula(element))
            return False
        if tag == "img":
            self._picture(element)
            return False
        if tag in ("sup", "sub") and self._mark(element):
            return False
        if self._heading is not None:
            self._part_of_heading(element)
        elif not self._enter_block(element):
            return False
        self._inline.append(gap_before(element, self._inline[-1] if self._inline else ""))
        if element.text:
            self._inline.append(element.text)
        return True

    def _enter_block(self, element: HtmlElement) -> bool:
        """Begin an element outside headings and say whether it is still to be read."""
        tag = element.tag
        if is_inline(element):
            return True
        if tag == "dt" and element.getparent().tag == "dt":  # the one before was not closed
            self._end_term()
        if tag in _BLOCKS or level_of(element):
            self._flush()
        if tag == "pre":
            self._layout.paragraph("\n".join(_preformatted(element).splitlines()).strip("\n"))
            return False
        if tag == "table" and _is_data_table(element):
            self._table(element)
            return False
        if tag in _SCOPES:
            self._scopes.append(len(self._layout.headings))
        if tag in _LISTS:
            self._depth += 1
            self._numbering.enter(element)
        elif tag in ("li", "dt", "dd"):
            self._enter_item(element)
        elif level_of(element) and _is_heading(element):
            self._heading = element
        return True

    def _enter_item(self, element: HtmlElement) -> None:
        """Begin an item, a term or what a term means: the mark that its first line begins with."""
        tag, indent = element.tag, "  " * max(0, self._depth - 1)
        if tag == "dd":
            if not self._terms:
                return
            self._prefix = f"{indent}- {', '.join(self._terms)}: "
            following = element.getnext()
            if (following is None or following.tag != "dd") and element.find("dd") is None:
                self._terms = []
            return
        before = element.getprevious()
        beside = element.getparent() if before is None else before
        if tag == "li" or beside is None or beside.tag != "dt":
            self._name_terms()
        mark = self._numbering.mark(element) if tag == "li" else "-"
        self._prefix = f"{indent}{mark} "

    def _part_of_heading(self, element: HtmlElement) -> None:
        """Keep the words of a block inside a heading apart from those beside it."""
        if element.tag in _BLOCKS:
            self._inline.append(" ")

    def _leave(self, element: HtmlElement) -> None:
        """End an element: write the block that it makes."""
        tag = element.tag
        if is_inline(element):
            return
        if element is self._heading:
            # Without the sign that some pages add as a link to the heading itself.
            words = " ".join(self._take().replace(_BREAK, " ").split()).strip("¶§ ").removesuffix(" #")
            self._layout.heading(level_of(element), words)
            self._heading = None
        elif self._heading is not None:
            self._part_of_heading(element)
            return
        elif tag == "dt":
            self._end_term()
        elif tag in _BLOCKS or level_of(element):
            self._flush()
        if tag in _SCOPES:
            self._close_scope()
        if tag in _LISTS:
            self._name_terms()
            self._numbering.leave()
            self._depth -= 1
            if not self._depth:
                self._layout.end_lines()
        if tag in ("li", "dd"):
            if tag == "dd" and self._prefix.strip(" -"):  # a term whose definition holds no text
                self._layout.line(self._prefix.rstrip(": "))
            self._prefix = ""

    def _close_scope(self) -> None:
        """End the headings inside an element that is left, unless what they head comes after it."""
        inside = self._layout.headings[self._scopes.pop() :]
        if inside and self._layout.length > inside[-1].end:
            self._layout.close(min(heading.level for heading in inside))

    def _end_term(self) -> None:
        """Keep the inline text so far as a term, which opens the line of each of its definitions."""
        if term := _collapse(self._take()).replace(_BREAK, " ").strip().rstrip(":"):
            self._terms.append(term)
        self._prefix = ""

    def _name_terms(self) -> None:
        """Write the terms that no definition follows, each as an item."""
        for term in self._terms:
            self._layout.line("  " * max(0, self._depth - 1) + f"- {term}")
        self._terms = []

    def _skips(self, element: HtmlElement) -> bool:
        """Whether an element is left out; what it says is kept as dropped."""
        why = self._why_left_out(element)
        if why is not None and (text := element.text_content().strip()) and element.tag not in ("script", "style"):
            self.dropped.append(Dropped.of(why, text))
        return why is not None

    def _mark(self, element: HtmlElement) -> bool:
        """Write a raised or lowered mark as such; whether it is one, and not a longer text."""
        text = " ".join(element.text_content().split())
        if len(text) > _LONGEST_MARK or any(self._why_left_out(inner) for inner in element.iterdescendants()):
            return False
        before = "".join(self._inline[-_LAST_PIECES:])
        written = lowered(before, text) if element.tag == "sub" else raised(before, text, element.tail or "")
        if written is None:
            self.dropped.append(Dropped.of("footnote mark", text))
        self._inline.append(written or "")
        return True

    def _picture(self, picture: HtmlElement) -> None:
        """Write what stands for a picture inside a line or a cell; that of any other is kept as dropped."""
        words, inside = picture_words(picture)
        if not words:
            return
        if inside:
            self._inline.append(f" {words} " if words[0].isalnum() else words)
        else:
            self.dropped.append(Dropped.of("picture", words))

    def _take(self) -> str:
        """The inline text since the last block."""
        text = "".join(self._inline).replace(_SOFT_HYPHEN, "")
        self._inline.clear()
        return text

    def _flush(self) -> None:
        """Write the inline text so far as a block: a line of a list inside one, else a paragraph."""
        for block in _PARAGRAPH_BREAK.split(self._take()):
            lines = [line for line in (_collapse(part).strip() for part in block.split(_BREAK)) if line]
            if not lines:
                continue
            if self._depth:
                # The second block of an item is indented, which makes it go on.
                self._layout.line(self._prefix + f"\n{'  ' * self._depth}".join(lines))
                self._prefix = "  " * self._depth
            else:
                self._layout.paragraph("\n".join(lines))

    def _table(self, table: HtmlElement) -> None:
        """Write a data table, a line for each row; a line of dashes follows the head."""
        self._layout.end_lines()
        for caption in table.iter("caption"):
            self._layout.paragraph(self._cell(caption))
        head, begun = "", 0
        for row in rows_of(table, self._cell, self._skips):
            if head and not row.head and self._layout.length - begun > HEAD_AGAIN:
                self._layout.end_lines()
                begun = self._table_head(head, len(row.texts))
            if row.whole:
                self._layout.line(row.whole)
            elif row.pair and all(row.texts):
                self._layout.line(f"- {row.texts[0].rstrip(': ')}: {row.texts[1]}")
            elif row.head:
                head = row_text(row.texts)
                begun = self._table_head(head, len(row.texts))
            else:
                self._layout.line(row_text(row.texts))
        self._layout.end_lines()

    def _table_head(self, head: str, width: int) -> int:
        """Write the head of a table, and the dashes under it; where its rows begin."""
        self._layout.line(head)
        self._layout.line(" | ".join(["---"] * width))
        return self._layout.length

    def _cell(self, cell: HtmlElement) -> str:
        """A cell's text on one line; its own lines and list items are joined by semicolons."""
        reader = ElementReader(self._why_left_out)
        text = reader.read(cell).text
        self.dropped += reader.dropped
        lines = (line.strip().removeprefix("- ").strip() for line in text.split("\n"))
        return "; ".join(line for line in lines if line)


def _is_data_table(table: HtmlElement) -> bool:
    """Whether a table holds data, and not the layout of a page."""
    return table.get("role") != "presentation" and all(table.find(path) is None for path in _LAYOUT_INSIDE)


def level_of(element: HtmlElement) -> int:
    """The level of a heading, also of an element whose role is that of one; 0 for any other element."""
    if element.get("role") == "heading":
        told = element.get("aria-level") or ""
        return min(int(told), 6) if told.isdecimal() and int(told) else 2
    return _HEADINGS.get(element.tag, 0)


def _is_heading(element: HtmlElement) -> bool:
    """Whether a heading's element holds the words of one heading, and not the text under it."""
    if next(element.iterdescendants(*_HEADINGS), None) is not None:
        return False
    if next(element.iterdescendants(*_BLOCKS), None) is None:
        return True
    texts = element.xpath("descendant::text()[not(parent::script or parent::style)]")
    return len(" ".join("".join(texts).split())) <= _LONGEST_HEADING


def _preformatted(element: HtmlElement) -> str:
    """The text of an element as it stands, with a line end for each <br>."""
    nodes = element.xpath("descendant::node()[self::text() or self::br]")
    return "".join(node if isinstance(node, str) else "\n" for node in nodes)


def _collapse(text: str) -> str:
    return _COLLAPSED.sub(" ", text)
