"""AsciiDoc: headings, lists, tables, blocks and attributes; comments and what conditions exclude are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.asciidoc_inline import AsciidocInline
from corpus.formats.asciidoc_tables import table_rows
from corpus.formats.assembled import assembled
from corpus.formats.blocks import DEEPEST, Blocks, dedented, lines_of
from corpus.sections import TITLE
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

_HEADING = re.compile(r"(={1,6}|#{1,6})[ ]+(\S.*?)(?:[ ]+\1)?\Z")
_UNDERLINES = {"=": 0, "-": 1, "~": 2, "^": 3, "+": 4}
_ENTRY = re.compile(r":(!?[A-Za-z0-9_][\w-]*!?):(?:[ ]+(.*))?\Z")
_CONDITION = re.compile(r"(ifdef|ifndef|ifeval|endif)::([^\[\]]*)\[(.*)\]\Z")
_BLOCK_MACRO = re.compile(r"(include|image|video|audio|toc)::([^\[\]]*)\[(.*)\]\Z")
_LIST = re.compile(r"[ ]*(?P<mark>\*{1,6}|-|\.{1,6}|\d{1,4}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)[ ]+(?P<text>\S.*)\Z")
_TERM = re.compile(r"[ ]*(?P<term>(?!//)\S.*?)(?P<mark>:{2,4}|;;)(?:[ ]+(?P<text>.*))?\Z")
_DELIMITER = re.compile(r"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|`{3}.*|[|,:!]={3,})\Z")
_ATTRIBUTES = re.compile(r"\[(?!\[)([^\n]*)\]\Z")
_ANCHOR = re.compile(r"\[\[([^\],]+)(?:,[^\]]*)?\]\]\Z")
_ID = re.compile(r"#([\w:-]+)")
_NAMED = re.compile(r"(\w[\w-]*)=(?:\"([^\"]*)\"|([^,]*))")
_FACTS = ("author", "email", "revdate", "revnumber", "description", "keywords")
_AUTHOR = re.compile(r"[^\W\d_][^<>:;={}\n]*(?:<[^<>\s]+>)?\Z")
_LONGEST_VALUE = 2_000  # characters of an attribute


@dataclass(slots=True)
class _Style:
    """What the lines above a block say of it."""

    first: str = ""
    options: dict[str, str] = field(default_factory=dict)


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a file in AsciiDoc."""
    reader = _Reader(lines_of(decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK)))
    reader.read_all()
    blocks = reader.blocks
    facts = tuple((name, value[:1000]) for name in _FACTS if (value := reader.attributes.get(name, "")))
    yield assembled(blocks.layout, source, dropped=blocks.dropped, metadata=facts)


class _Reader:
    """Writes the blocks of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.blocks = Blocks()
        self.attributes: dict[str, str] = {}
        self.inline = AsciidocInline(self.attributes, _titles(lines), self.blocks.dropped, self.blocks.note)
        self._lines = self._seen(lines)
        self._style = _Style()
        self._marks: list[str] = []  # of the lists that are open

    def read_all(self) -> None:
        """Write the whole text."""
        self.read(self._head(self._lines))
        self.blocks.layout.close(1) if self.blocks.notes else None
        self.blocks.write_notes()

    def _seen(self, lines: list[str]) -> list[str]:
        """The lines without those that conditions exclude, as far as the text itself sets what they ask for."""
        kept: list[str] = []
        excluded: list[str] = []
        known: set[str] = {match[1] for line in lines if (match := _ENTRY.match(line)) and "!" not in match[1]}
        states: list[bool] = []
        for line in lines:
            found = _CONDITION.match(line) if line.startswith(("if", "endif")) else None
            if found is None:
                (kept if all(states) else excluded).append(line)
                continue
            kind, names, inner = found.groups()
            if kind == "endif":
                states = states[:-1]
                continue
            asked = [name in known for name in re.split("[,+]", names)]
            met = kind == "ifeval" or (any(asked) if "," in names else all(asked)) == (kind == "ifdef")
            if inner and kind != "ifeval":
                (kept if met and all(states) else excluded).append(inner)
            else:
                states.append(met)
        self.blocks.drop("excluded", "\n".join(excluded))
        return kept

    def _head(self, lines: list[str]) -> list[str]:
        """Read the title, the author, the revision and the attributes; the lines after them."""
        place = 0
        while place < len(lines) and (not lines[place] or self._is_aside(lines[place])):
            place += 1
        found = _HEADING.match(lines[place]) if place < len(lines) else None
        if found is None or len(found[1]) != 1:
            return lines
        title, place = found[2], place + 1
        seen = 0
        while place < len(lines) and lines[place]:
            line = lines[place]
            if not self._is_aside(line):
                seen += 1
                if seen == 1 and _AUTHOR.match(line):
                    self.attributes.setdefault("author", self.inline.text(re.sub(r"\s*<[^<>]*>", "", line)))
                elif seen == 2 and re.match(r"v?\d", line):
                    self.attributes.setdefault("revdate", line)
                else:
                    break
            place += 1
        self.blocks.heading(TITLE, self.inline.text(title))
        for name, label in (("author", "Author"), ("revdate", "Revision")):
            if self.attributes.get(name):
                self.blocks.item(0, f"{label}: {self.attributes[name]}")
        self.blocks.layout.end_lines()
        return lines[place:]

    def _is_aside(self, line: str) -> bool:
        """Whether a line is a comment or sets an attribute."""
        if line.startswith("//") and not line.startswith("///"):
            self.blocks.drop("comment", line)
            return True
        entry = _ENTRY.match(line) if line.startswith(":") else None
        if entry is None:
            return False
        name = entry[1].strip("!").lower()
        if "!" in entry[1]:
            self.attributes.pop(name, None)
        else:
            self.attributes[name] = self.inline.attributes((entry[2] or "").removesuffix(" \\"))[:_LONGEST_VALUE]
        return True

    def read(self, lines: list[str], depth: int = 0) -> None:
        """Write lines as blocks; ``depth`` is the number of blocks and lists around them."""
        place = 0
        while place < len(lines):
            line = lines[place]
            if not line.strip():
                place += 1
            elif line.startswith("///") and _DELIMITER.match(line):
                end = _closing(lines, place)
                self.blocks.drop("comment", "\n".join(lines[place + 1 : end]))
                place = end + 1
            elif self._is_aside(line):
                place += 1
            else:
                place = self._block(lines, place, depth)

    def _block(self, lines: list[str], place: int, depth: int) -> int:
        """Write the block that begins in a line, or keep what the line says of the next; the next line's number."""
        line = lines[place]
        style = self._style
        attributes = _ATTRIBUTES.match(line)
        if attributes and place + 1 < len(lines):
            self._style = _styled(attributes[1], style)
            return place + 1
        if _ANCHOR.match(line):
            return place + 1
        if line.startswith(".") and re.match(r"\.[^\s.]", line):
            self.blocks.inside(self._depth(depth), self.inline.text(line[1:]))
            return place + 1
        self._style = _Style()
        if _DELIMITER.match(line):
            return self._delimited(lines, place, depth, style)
        macro = _BLOCK_MACRO.match(line)
        if macro:
            kinds = {"include": "included file", "toc": "table of contents"}
            self.blocks.drop(kinds.get(macro[1], "picture"), f"{macro[2]} {macro[3]}".strip() or macro[1])
            return place + 1
        if line in ("'''", "<<<", "---", "***", "+"):
            return place + 1
        heading = self._heading(lines, place, depth)
        if heading:
            return heading
        found = _LIST.match(line) or _TERM.match(line)
        if found and not style.first.startswith(("source", "listing", "literal", "verse")):
            return self._list(lines, place, depth)
        return self._paragraph(lines, place, depth, style)

    def _depth(self, depth: int) -> int:
        return min(depth, DEEPEST)

    def _heading(self, lines: list[str], place: int, depth: int) -> int:
        """Write the heading that begins in a line, if one does; the number of the line after it, else 0."""
        found = _HEADING.match(lines[place])
        under = lines[place + 1] if place + 1 < len(lines) else ""
        if depth:
            return 0
        if found:
            self.blocks.heading(max(1, len(found[1]) - 1), self.inline.text(found[2]))
            return place + 1
        line = lines[place]
        drawn = len(under) > 2 and under[0] in _UNDERLINES and under == under[0] * len(under)
        named = abs(len(under) - len(line)) < 2 and re.search(r"\w", line) is not None
        if drawn and named and (place == 0 or not lines[place - 1]):
            level = _UNDERLINES[under[0]]
            self.blocks.heading(level or TITLE, self.inline.text(line))
            return place + 2
        return 0

    def _delimited(self, lines: list[str], place: int, depth: int, style: _Style) -> int:
        """Write a block between two like lines."""
        line = lines[place]
        end = _closing(lines, place)
        body = lines[place + 1 : end]
        sign = line[0] if line != "--" else "--"
        if line.endswith("===") and sign in "|,:!":
            rows, heads = table_rows(body, self._table_options(style, sign), separator=sign, text=self._cell)
            self.blocks.table(rows, heads=heads, depth=self._depth(depth))
        elif sign == "+" and not style.first.startswith(("stem", "latexmath", "asciimath")):
            self.blocks.drop("raw", "\n".join(body))
        elif sign == "/" or style.first == "comment":
            self.blocks.drop("comment", "\n".join(body))
        elif sign in "-.`+" or (style.first.startswith(("source", "listing", "verse", "literal"))):
            self.blocks.inside(self._depth(depth), "\n".join(_without_callouts(dedented(body))))
        else:
            outer, self._marks = self._marks, []
            self.read(body, depth) if depth < DEEPEST else self.blocks.inside(depth, "\n".join(body))
            self._marks = outer
        return end + 1

    def _table_options(self, style: _Style, sign: str) -> dict[str, str]:
        formats = {",": "csv", ":": "dsv"}
        return {**style.options, **({"format": formats[sign]} if sign in formats else {})}

    def _cell(self, text: str) -> str:
        """The text of a cell on one line."""
        parts = (self.inline.text(part.strip()) for part in re.split(r"\n\s*\n|\n(?=[*.-]+ )", text))
        return "; ".join(re.sub(r"^[*.-]+ ", "", " ".join(part.split())) for part in parts if part.strip())

    def _list(self, lines: list[str], place: int, depth: int) -> int:
        """Write an item of a list or a term, with the lines and the blocks that go on with it."""
        line = lines[place]
        found = _LIST.match(line) or _TERM.match(line)
        if found is None:
            return place + 1
        mark = re.sub(r"\d+|[a-zA-Z](?=\.)", "1", found["mark"])
        if mark in self._marks:
            del self._marks[self._marks.index(mark) + 1 :]
        else:
            self._marks.append(mark)
        level = depth + len(self._marks) - 1
        end, words = _continued(lines, place + 1, found["text"] or "")
        text = self.inline.text(" ".join(words))
        if "term" in found.re.groupindex:
            term = self.inline.text(found["term"])
            if not text and (following := _next_filled(lines, end)) is not None and self._defines(lines[following]):
                end, words = _continued(lines, following + 1, lines[following].strip())
                text = self.inline.text(" ".join(words))
            self.blocks.item(level, f"{term}: {text}" if text else term)
        else:
            self.blocks.item(level, text, _shown(found["mark"]))
        while end < len(lines) and lines[end] == "+":
            end = self._attached(lines, end + 1, level + 1)
        following = _next_filled(lines, end)
        goes_on = following is not None and (_LIST.match(lines[following]) or _TERM.match(lines[following]))
        if not goes_on or (following is not None and following > end + 1):
            self._marks = self._marks if goes_on else []
            if not goes_on and not depth:
                self.blocks.layout.end_lines()
        return end

    def _defines(self, line: str) -> bool:
        """Whether a line is the text of the term before it."""
        others = (_LIST, _TERM, _DELIMITER, _ATTRIBUTES, _HEADING)
        return not any(each.match(line) for each in others) and line != "+"

    def _attached(self, lines: list[str], place: int, depth: int) -> int:
        """Write the block that a "+" attaches to an item."""
        marks, self._marks = self._marks, []
        while place < len(lines) and _ATTRIBUTES.match(lines[place]):
            self._style = _styled(_ATTRIBUTES.match(lines[place])[1], self._style)  # type: ignore[index]  # matches
            place += 1
        if place < len(lines) and lines[place].strip():
            if _DELIMITER.match(lines[place]):
                style, self._style = self._style, _Style()
                place = self._delimited(lines, place, depth, style)
            else:
                end = place
                while end < len(lines) and lines[end].strip() and lines[end] != "+" and not _LIST.match(lines[end]):
                    end += 1
                self.blocks.inside(self._depth(depth), self.inline.text("\n".join(lines[place:end])))
                place = max(end, place + 1) if end == place else end
        self._marks = marks
        return place

    def _paragraph(self, lines: list[str], place: int, depth: int, style: _Style) -> int:
        end = place + 1
        while end < len(lines) and lines[end].strip() and not _DELIMITER.match(lines[end]) and lines[end] != "+":
            if _ATTRIBUTES.match(lines[end]) and end + 1 < len(lines):
                break
            end += 1
        body = lines[place:end]
        verbatim = style.first.startswith(("source", "listing", "literal")) or lines[place].startswith(" ")
        if style.first == "comment":
            self.blocks.drop("comment", "\n".join(body))
            return end
        comments = [line for line in body if line.startswith("//") and not verbatim]
        self.blocks.drop("comment", "\n".join(comments))
        body = [line for line in body if line not in comments]
        text = "\n".join(dedented(body)) if verbatim else self.inline.text("\n".join(body))
        self.blocks.inside(self._depth(depth), text)
        return end


def _styled(inner: str, before: _Style) -> _Style:
    """What the line of attributes above a block says of it, with those above it."""
    options = dict(before.options)
    for name, quoted, plain in _NAMED.findall(inner):
        options[{"opts": "options"}.get(name, name)] = quoted or plain.strip()
    first = "" if "=" in inner.split(",")[0] else inner.split(",")[0]
    shorthand = re.findall(r"%([\w-]+)", first)
    if shorthand:
        options["options"] = ",".join([options.get("options", ""), *shorthand])
    return _Style(re.split("[.#%]", first)[0].strip() or before.first, options)


def _closing(lines: list[str], place: int) -> int:
    """The number of the line that ends a block, or of the one after the last."""
    opening = "```" if lines[place].startswith("```") else lines[place]
    return next((number for number in range(place + 1, len(lines)) if lines[number] == opening), len(lines))


def _shown(mark: str) -> str:
    """The mark of an item as it is read: its own number, "#" for the next one, "-" for none."""
    if mark[0] == ".":
        return "#"
    return mark if mark[0].isdigit() else "-"


def _continued(lines: list[str], place: int, text: str) -> tuple[int, list[str]]:
    """The number of the line after an item's own lines, and these."""
    words = [text] if text else []
    while place < len(lines) and lines[place].strip() and lines[place] != "+":
        line = lines[place]
        if any(each.match(line) for each in (_LIST, _TERM, _DELIMITER, _ATTRIBUTES, _ENTRY)) or line.startswith("//"):
            break
        words.append(line.strip())
        place += 1
    return place, words


def _next_filled(lines: list[str], place: int) -> int | None:
    return next((number for number in range(place, min(len(lines), place + 9)) if lines[number].strip()), None)


def _without_callouts(lines: list[str]) -> list[str]:
    return [re.sub(r"(?:\s*(?://|#|;;|<!--)?\s*<(?:\d+|\.)>(?:-->)?)+\s*\Z", "", line) for line in lines]


def _titles(lines: list[str]) -> dict[str, str]:
    """The titles of the headings by the names that references may use."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in lines:
        anchor = _ANCHOR.match(line)
        attributes = _ATTRIBUTES.match(line) if anchor is None else None
        heading = _HEADING.match(line)
        if anchor:
            names.append(anchor[1])
        elif attributes and (named := _ID.search(attributes[1])):
            names.append(named[1])
        elif heading:
            title = heading[2]
            own = "_" + re.sub(r"[\s.-]+", "_", re.sub(r"[^\w\s.-]", "", title.lower())).strip("_")
            found.update(dict.fromkeys([*names, own, title], title))
            names = []
        elif line.strip():
            if line.startswith(".") and len(line) > 1:
                found.update(dict.fromkeys(names, line[1:]))
            names = [] if not line.startswith(("[", ".")) else names
    return found
