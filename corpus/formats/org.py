"""Org: outlines with their headings, lists, tables, blocks and dates; drawers and comments are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.assembled import assembled
from corpus.formats.blocks import Blocks, dedented, indent_of, lines_of
from corpus.formats.org_inline import OrgInline
from corpus.sections import TITLE
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

_STARS = re.compile(r"(\*+) +(\S.*)?\Z")
_KEYWORD = re.compile(r"[ ]*#\+([A-Za-z][\w-]*(?:\[[^\]]*\])?):[ ]*(.*)\Z")
_BEGIN = re.compile(r"[ ]*#\+begin_(\w+)(?:[ ]+(.*))?\Z", re.IGNORECASE)
_END = re.compile(r"[ ]*(?:#\+end_(\w+)\b|:end:\Z)", re.IGNORECASE)
_ITEM = re.compile(r"([ ]*)(?:(-|\+|(?<=[ ])\*)|(\d{1,4}[.)]|[A-Za-z][.)]))(?:[ ]+|\Z)(?:\[@\d+\] )?(.*)\Z")
_TERM = re.compile(r"(.+?)[ ]+::(?:[ ]+|\Z)(.*)\Z")
_RULE = re.compile(r"[ ]*\|[-+|: ]*-[-+|: ]*\Z")
_COOKIE = re.compile(r"<[lrc]?\d*>|")
_DRAWER = re.compile(r"[ ]*:([\w-]+):[ ]*\Z")
_PLANNING = re.compile(r"[ ]*(?:(?:SCHEDULED|DEADLINE|CLOSED): [<\[][^<>\[\]]*[>\]][ ]*)+\Z")
_PLAN = re.compile(r"(SCHEDULED|DEADLINE|CLOSED): ([<\[][^<>\[\]]*[>\]])")
_NOTE = re.compile(r"\[fn:([\w-]{1,50})\][ ]*(.*)\Z")
_TAGS = re.compile(r"[ \t]+:(?:[\w@#%]+:)+[ \t]*\Z")
_STATES = ("TODO", "DONE", "NEXT", "WAITING", "HOLD", "CANCELLED", "CANCELED", "STARTED", "IN-PROGRESS")
_FACTS = ("author", "date", "email", "description", "keywords", "language")
_LONGEST_DRAWER = 300  # lines
_VERBATIM = ("src", "example", "verse")


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an Org file."""
    lines = lines_of(decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK))
    reader = _Reader(lines)
    reader.read()
    blocks = reader.blocks
    yield assembled(blocks.layout, source, dropped=blocks.dropped, metadata=tuple(reader.metadata.items()))


class _Reader:
    """Writes the blocks of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.blocks = Blocks()
        self.metadata: dict[str, str] = {}
        self._lines = lines
        self._macros: dict[str, str] = {}
        self._states: set[str] = set(_STATES)
        self._inline = OrgInline(self._macros, self.blocks.dropped, self.blocks.note)
        self._title: list[str] = []
        self._last: dict[str, int] = {}  # the last line that ends a block of each kind, or a drawer
        self._indents: list[int] = []  # of the items that are open
        self._look()

    def _look(self) -> None:
        """Read the keywords that hold for all of the text."""
        for number, line in enumerate(self._lines):
            if ending := _END.match(line):
                self._last[(ending[1] or ":end:").lower()] = number
            found = _KEYWORD.match(line)
            if found is None:
                continue
            name, value = found[1].lower(), found[2].strip()
            if name == "title":
                self._title.append(value)
            elif name in _FACTS and value:
                self.metadata[name] = " ".join(filter(None, [self.metadata.get(name), value]))[:1000]
            elif name == "macro":
                key, _, expansion = value.partition(" ")
                self._macros[key.lower()] = expansion.strip()
            elif name in ("todo", "seq_todo", "typ_todo"):
                self._states |= {re.sub(r"\(.*", "", state) for state in value.split() if state != "|"}
        facts = {"title": " ".join(self._title), **self.metadata}
        self._macros.update({name: value for name, value in facts.items() if name not in self._macros})

    def read(self) -> None:
        """Write the whole text."""
        if self._title:
            self.blocks.heading(TITLE, self._inline.text(" ".join(self._title)))
        for name in ("author", "date"):
            if name in self.metadata:
                self.blocks.item(0, f"{name.capitalize()}: {self._inline.text(self.metadata[name])}")
        self.blocks.layout.end_lines()
        place = 0
        while place < len(self._lines):
            place = self._block(place)
        if self.blocks.notes:
            self.blocks.layout.close(1)
            self.blocks.write_notes()

    def _block(self, place: int) -> int:
        """Write the block that begins in a line; the number of the line after it."""
        line = self._lines[place]
        if not line.strip():
            return place + 1
        if stars := _STARS.match(line):
            return self._heading(place, len(stars[1]), stars[2] or "")
        if begin := _BEGIN.match(line):
            return self._delimited(place, begin[1].lower())
        item = _ITEM.match(line)
        depth = self._depth(line) if self._indents and item is None else 0
        if not depth and item is None:
            self._end_list()
        if line.lstrip().startswith("|"):
            return self._table(place, depth)
        if item:
            return self._item(place, item)
        for written in (self._keyword, self._aside):
            if after := written(place):
                return after
        if line.lstrip().startswith(": ") or line.strip() == ":":
            end = self._while(place + 1, lambda other: re.match(r"[ ]*:(?: |\Z)", other) is not None)
            self.blocks.inside(depth, "\n".join(dedented([other.lstrip()[2:] for other in self._lines[place:end]])))
            return end
        if re.fullmatch(r"-{5,}", line):
            return place + 1
        if note := _NOTE.match(line):
            end = self._while(place + 1, lambda other: self._is_prose(other) and _NOTE.match(other) is None)
            text = " ".join([note[2], *(other.strip() for other in self._lines[place + 1 : end])])
            self.blocks.paragraph(f"[{note[1]}] {self._inline.text(text)}")
            return end
        end = self._while(place + 1, self._is_prose)
        self.blocks.inside(depth, self._inline.text("\n".join(other.strip() for other in self._lines[place:end])))
        return end

    def _while(self, place: int, goes_on: Callable[[str], bool]) -> int:
        while place < len(self._lines) and goes_on(self._lines[place]):
            place += 1
        return place

    def _is_prose(self, line: str) -> bool:
        """Whether a line goes on with the paragraph before it."""
        if not line.strip() or line.lstrip().startswith(("|", "# ", ": ")):
            return False
        return not any(each.match(line) for each in (_STARS, _BEGIN, _ITEM, _KEYWORD, _DRAWER, _NOTE))

    def _depth(self, line: str) -> int:
        """In how many items a line stands, by its indentation; the others are ended."""
        indent = indent_of(line)
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        return len(self._indents)

    def _end_list(self) -> None:
        self.blocks.layout.end_lines()
        self._indents.clear()

    def _heading(self, place: int, level: int, words: str) -> int:
        self._end_list()
        tags = _TAGS.search(words)
        if tags:
            words = words[: tags.start()]
            self.blocks.drop("tags", tags[0])
        state, _, rest = words.partition(" ")
        if state in self._states:
            self.blocks.drop("state", state)
            words = rest
        words = re.sub(r"\A\s*\[#\w\]\s*", "", words)
        words = re.sub(r"\s*\[\d*(?:/\d*|%)\]", "", words)
        if words.split(" ")[0] == "COMMENT":
            end = place + 1
            while end < len(self._lines) and not ((found := _STARS.match(self._lines[end])) and len(found[1]) <= level):
                end += 1
            self.blocks.drop("comment", "\n".join(self._lines[place:end]))
            return end
        self.blocks.heading(level, self._inline.text(words))
        place += 1
        if place < len(self._lines) and _PLANNING.match(self._lines[place]):
            for name, date in _PLAN.findall(self._lines[place]):
                self.blocks.item(0, f"{name.capitalize()}: {self._inline.text(date)}")
            self.blocks.layout.end_lines()
            place += 1
        return place

    def _delimited(self, place: int, kind: str) -> int:
        """Write a block between #+begin_ and #+end_."""
        ending = re.compile(rf"[ ]*#\+end_{re.escape(kind)}\b", re.IGNORECASE)
        end = place + 1
        while self._last.get(kind, 0) > place and not ending.match(self._lines[end]):
            end += 1
        if self._last.get(kind, 0) <= place:  # never closed: a line like any other
            self.blocks.drop("keyword", self._lines[place])
            return place + 1
        body = self._lines[place + 1 : end]
        depth = self._depth(self._lines[place]) if self._indents else 0
        if kind in ("comment", "export"):
            self.blocks.drop("comment" if kind == "comment" else "raw", "\n".join(body))
        elif kind in _VERBATIM:
            text = "\n".join(re.sub(r"^(\s*),(?=[*#,])", r"\1", line) for line in dedented(body))
            self.blocks.inside(depth, self._inline.text(text) if kind == "verse" else text)
        else:
            outer, indents, self._indents = self._lines, self._indents, []
            self._lines, last = [line for line in dedented(body) if not _BEGIN.match(line)], self._last
            self._last = {}
            inner = 0
            while inner < len(self._lines):
                inner = self._block(inner)
            self._lines, self._indents, self._last = outer, indents, last
        return end + 1

    def _table(self, place: int, depth: int) -> int:
        end = self._while(place, lambda line: line.lstrip().startswith("|"))
        rows: list[list[str]] = []
        heads = 0
        for line in self._lines[place:end]:
            if _RULE.match(line):
                heads = heads or len(rows)
                continue
            cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
            if not all(_COOKIE.fullmatch(cell) for cell in cells):
                rows.append([self._inline.text(cell).replace("\\vert", "|") for cell in cells])
        self.blocks.table(rows, heads=heads if heads < len(rows) and heads < 4 else 0, depth=depth)
        return end

    def _item(self, place: int, found: re.Match[str]) -> int:
        indent, text = len(found[1]), found[4]
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        depth = len(self._indents)
        self._indents.append(indent)
        end = place + 1
        words = [text]
        while end < len(self._lines) and self._is_prose(self._lines[end]) and indent_of(self._lines[end]) > indent:
            words.append(self._lines[end].strip())
            end += 1
        term = _TERM.match(words[0]) if found[2] else None
        if term:
            meaning = self._inline.text("\n".join(filter(None, [term[2], *words[1:]])))
            self.blocks.item(depth, f"{self._inline.text(term[1])}: {meaning}" if meaning else term[1])
        else:
            self.blocks.item(depth, self._inline.text("\n".join(filter(None, words))), found[3] or "-")
        return end

    def _keyword(self, place: int) -> int:
        found = _KEYWORD.match(self._lines[place])
        if found is None:
            return 0
        name, value = found[1].lower().partition("[")[0], found[2]
        if name == "caption":
            self.blocks.paragraph(self._inline.text(value))
        elif name == "include":
            self.blocks.drop("included file", value)
        elif name in ("html", "latex"):
            self.blocks.drop("raw", value)
        elif name == "tblfm":
            self.blocks.drop("formula", value)
        return place + 1

    def _aside(self, place: int) -> int:
        """Leave out a comment or a drawer; the number of the line after it, 0 where there is none."""
        line = self._lines[place]
        if re.match(r"[ ]*#(?: |\Z)", line):
            end = self._while(place, lambda other: re.match(r"[ ]*#(?: |\Z)", other) is not None)
            self.blocks.drop("comment", "\n".join(self._lines[place:end]))
            return end
        if _DRAWER.match(line) and self._last.get(":end:", 0) > place:
            for end in range(place + 1, min(len(self._lines), place + _LONGEST_DRAWER)):
                if self._lines[end].strip().upper() == ":END:":
                    self.blocks.drop("drawer", "\n".join(self._lines[place + 1 : end]))
                    return end + 1
                if self._lines[end].startswith("*"):
                    break
        return 0
