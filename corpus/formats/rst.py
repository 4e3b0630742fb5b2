"""reStructuredText: headings, lists, tables, notes and directives, read by their indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Document
from corpus.encodings import decode
from corpus.formats.assembled import assembled
from corpus.formats.blocks import DEEPEST, Blocks, dedented, indent_of, lines_of
from corpus.formats.rst_directives import Directives
from corpus.formats.rst_inline import RstInline
from corpus.formats.rst_tables import grid_rows, simple_rows
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

_ADORNED = re.compile(r"([!-/:-@\[-`{-~])\1*")
_BULLET = re.compile(r"[-*+•‣⁃](?: +(?=\S)|\Z)")
_NUMBER = re.compile(r"\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8})(?:\.|\)) +(?=\S)")
_FIELD = re.compile(r":((?![\s:])(?:[^:\\]|\\.|:(?!\s|\Z))+?):(?: +|\Z)")
_OPTION = re.compile(
    r"(?:(?:--?[\w-]+|/\w+)(?:[ =]?<?[\w.:-]+>?)?)(?:, (?:--?[\w-]+|/\w+)(?:[ =]?<?[\w.:-]+>?)?)*(?=  +\S|\Z)"
)
_EXPLICIT = re.compile(r"\.\.(?: +|\Z)")
_TARGET = re.compile(r"_(?![ ])(?:`[^`]+`|(?:[^:\\]|\\.|:(?!\s|\Z))+):(?:\s|\Z)|_+:?(?: |\Z)")
_LABEL = re.compile(r"\.\. _`?([^:`\n]+)`?:\s*\Z")
_NOTE = re.compile(r"\[(\d{1,4}|#[\w.-]*|\*|[A-Za-z][\w.:+-]*)\](?: +|\Z)")
_SUBSTITUTION = re.compile(r"\|([^|]+)\| +([\w-]+)::(?: +|\Z)")
_DIRECTIVE = re.compile(r"([A-Za-z0-9][\w:+.-]*?) ?::(?: +|\Z)")
_SIMPLE_RULE = re.compile(r"=+(?: +=+)+ *\Z|=+(?: +=+)* *\Z")
_GRID_RULE = re.compile(r"\+(?:[-=]+\+)+\Z")
_META = frozenset(("author", "authors", "date", "version", "status", "organization", "contact", "copyright", "title"))


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a file in reStructuredText."""
    lines = lines_of(decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK))
    reader = _Reader(lines)
    reader.read(lines, 0, top=True)
    blocks = reader.blocks
    yield assembled(blocks.layout, source, dropped=blocks.dropped, metadata=tuple(reader.metadata))


class _Reader:
    """Writes the blocks of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.blocks = Blocks()
        self.metadata: list[tuple[str, str]] = []
        self.inline = RstInline(_substitutions(lines), _labels(lines), self.blocks.dropped)
        self.directives = Directives(self.blocks, self.inline, self.read)
        self._styles: list[tuple[str, bool]] = []

    def read(self, lines: list[str], depth: int, *, top: bool = False, mark: str = "") -> None:
        """Write lines whose indentation is taken off; the first paragraph as an item, if there is a mark for one."""
        place = 0
        while place < len(lines):
            if not lines[place].strip():
                place += 1
                continue
            before = self.blocks.layout.length
            place = self._block(lines, place, depth, top=top, mark=mark)
            if self.blocks.layout.length > before:
                mark = ""

    def _block(self, lines: list[str], place: int, depth: int, *, top: bool, mark: str) -> int:
        """Write the block that begins in a line; the number of the line after it."""
        line = lines[place]
        if top and (after := self._heading(lines, place)):
            return after
        if line.startswith(" "):
            end = _indented(lines, place)
            self._deeper(dedented(lines[place:end]), depth, mark)
            return end
        if _EXPLICIT.match(line):
            return self._explicit(lines, place, depth)
        if _GRID_RULE.match(line) or (_SIMPLE_RULE.match(line) and " " in line):
            return self._table(lines, place, depth)
        if _BULLET.match(line) or (_NUMBER.match(line) and _is_numbered(lines, place)):
            return self._item(lines, place, depth)
        if _FIELD.match(line):
            return self._field(lines, place, depth, top=top)
        if line.startswith("| ") or line == "|":
            return self._verses(lines, place, depth, mark)
        if line.startswith(">>> "):
            end = next((number for number in range(place, len(lines)) if not lines[number].strip()), len(lines))
            self._write("\n".join(lines[place:end]), depth, mark)
            return end
        if line.startswith("__ ") or (_ADORNED.fullmatch(line) and len(line) > 3 and not _next_filled(lines, place)):
            return place + 1
        option = _OPTION.match(line) if line[0] in "-/" else None
        if option:
            return self._term(lines, place, depth, option[0], line[option.end() :].strip())
        return self._paragraph(lines, place, depth, mark)

    def _heading(self, lines: list[str], place: int) -> int:
        """Write the heading that begins in a line, if one does; the number of the line after it, else 0."""
        line = lines[place]
        rest = lines[place + 1 : place + 3]
        over = _ADORNED.fullmatch(line)
        if (
            over
            and len(rest) == 2
            and rest[0].strip()
            and rest[1] == line
            and len(line) >= min(4, len(rest[0].strip()))
        ):
            words, style, after = rest[0].strip(), (line[0], True), place + 3
        elif rest and not line.startswith(" ") and _underlines(rest[0], line):
            words, style, after = line, (rest[0][0], False), place + 2
        else:
            return 0
        if style not in self._styles:
            self._styles.append(style)
        self.blocks.heading(self._styles.index(style) + 1, self.inline.text(words))
        return after

    def _deeper(self, lines: list[str], depth: int, mark: str) -> None:
        """Write an indented block: a quotation."""
        if depth >= DEEPEST:
            self._write("\n".join(lines), depth, mark)
        else:
            self.read(lines, depth, mark=mark)

    def _write(self, text: str, depth: int, mark: str) -> None:
        if mark:
            self.blocks.item(depth - 1, text, mark)
        else:
            self.blocks.inside(depth, text)

    def _explicit(self, lines: list[str], place: int, depth: int) -> int:
        """Write a note or a directive; leave out a comment and what defines links and substitutions."""
        end = _indented(lines, place + 1)
        head = lines[place][_EXPLICIT.match(lines[place]).end() :]  # type: ignore[union-attr]  # has matched
        body = lines[place + 1 : end]
        note, directive = _NOTE.match(head), _DIRECTIVE.match(head)
        if note:
            words = "\n".join(dedented([head[note.end() :].strip(), *dedented(body)]))
            self.blocks.inside(depth, f"[{note[1].lstrip('#') or '#'}] {self.inline.text(words)}")
        elif directive:
            self.blocks.layout.end_lines() if not depth else None
            self.directives.write(directive[1].lower(), head[directive.end() :], body, min(depth, DEEPEST))
        elif not _TARGET.match(head) and not _SUBSTITUTION.match(head):
            if not head and not any(line.strip() for line in lines[place + 1 : place + 2]):
                return place + 1  # an empty comment ends a block and takes nothing with it
            self.blocks.drop("comment", "\n".join([head, *body]))
        return end

    def _table(self, lines: list[str], place: int, depth: int) -> int:
        if _GRID_RULE.match(lines[place]):
            end = next(
                (number for number in range(place, len(lines)) if lines[number][:1] not in ("+", "|")), len(lines)
            )
            rows, heads = grid_rows(lines[place:end])
        else:
            rules = [place]
            end = place + 1
            while end < len(lines) and not (len(rules) > 1 and not lines[end].strip()):
                if _SIMPLE_RULE.match(lines[end]):
                    rules.append(end)
                    if len(rules) == 3 or not _next_filled(lines, end):
                        end += 1
                        break
                end += 1
            if len(rules) < 2:
                return self._paragraph(lines, place, depth, "")
            rows, heads = simple_rows(lines[place:end])
        texts = [[self._cell(cell, depth) for cell in row] for row in rows]
        self.blocks.table(texts, heads=heads, depth=depth)
        return end

    def _cell(self, lines: list[str], depth: int) -> str:
        """The text of a cell on one line."""
        inner = _Reader([])
        inner.inline = self.inline
        inner.directives = Directives(inner.blocks, self.inline, inner.read)
        if depth < DEEPEST:
            inner.read(dedented(lines), 0)
        self.blocks.dropped += inner.blocks.dropped
        words = (line.strip().removeprefix("- ") for line in inner.blocks.layout.text.split("\n\n"))
        return "; ".join(" ".join(line.split()) for block in words for line in block.split("\n- ") if line.strip())

    def _item(self, lines: list[str], place: int, depth: int) -> int:
        found = _BULLET.match(lines[place]) or _NUMBER.match(lines[place])
        width = found.end() if found else 2
        width = width if len(lines[place]) > width else len(found[0].rstrip()) + 1 if found else 2
        end = _indented(lines, place + 1, least=1)
        mark = "-" if found is None or lines[place][0] in "-*+•‣⁃" else found[0].strip()
        mark = "#" if "#" in mark else mark
        body = [lines[place][width:], *(line[min(width, indent_of(line)) :] for line in lines[place + 1 : end])]
        if depth >= DEEPEST or not any(line.strip() for line in body):
            self._write("\n".join(filter(None, body)), depth + 1, mark)
        else:
            self.read(body, depth + 1, mark=mark)
        self._end_list(lines, end, depth)
        return end

    def _end_list(self, lines: list[str], place: int, depth: int) -> None:
        """End the lines of a list at the top level where it ends."""
        following = next((lines[number] for number in range(place, len(lines)) if lines[number].strip()), "")
        option = following[:1] in ("-", "/") and _OPTION.match(following)
        if not depth and not (option or any(each.match(following) for each in (_BULLET, _NUMBER, _FIELD))):
            self.blocks.layout.end_lines()

    def _field(self, lines: list[str], place: int, depth: int, *, top: bool) -> int:
        found = _FIELD.match(lines[place])
        if found is None:
            return self._paragraph(lines, place, depth, "")
        name = found[1]
        first = lines[place][found.end() :].strip()
        if top and not self.blocks.layout.length and name.lower() == "orphan":
            return place + 1
        if top and name.lower() in _META and first:
            self.metadata.append((name.lower(), self.inline.text(first)[:1000]))
        return self._term(lines, place, depth, self.inline.text(name), first)

    def _term(self, lines: list[str], place: int, depth: int, term: str, first: str) -> int:
        """Write a term with what it means, which goes on in indented lines."""
        end = _indented(lines, place + 1)
        body = dedented(lines[place + 1 : end])
        stop = next((number for number, line in enumerate(body) if not line.strip()), len(body))
        plain = stop if body and not _begins_block(body, 0) else 0
        words = " ".join([first, *body[:plain]]).strip()
        literal = words.endswith("::") and stop < len(body)
        words = words[:-1] if literal else words
        self.blocks.item(depth, f"{term}: {self.inline.text(words)}" if words else term)
        if literal:
            self.blocks.inside(depth + 1, "\n".join(dedented(body[plain:])))
        elif depth < DEEPEST:
            self.read(body[plain:], depth + 1)
        self._end_list(lines, end, depth)
        return end

    def _verses(self, lines: list[str], place: int, depth: int, mark: str) -> int:
        """Write a block of lines that each begin with a bar."""
        end = place
        while end < len(lines) and lines[end].startswith(("|", " ")):
            end += 1
        verses = [line[2:] if line.startswith("|") else line.strip() for line in lines[place:end]]
        self._write(self.inline.text("\n".join(verses)), depth, mark)
        return end

    def _paragraph(self, lines: list[str], place: int, depth: int, mark: str) -> int:
        """Write a paragraph, or a term with its definition, and the literal block that it announces."""
        end = place + 1
        while end < len(lines) and lines[end].strip() and not (lines[end].startswith(" ") and end == place + 1):
            end += 1
        if end < len(lines) and end == place + 1 and lines[end].startswith(" ") and not lines[place].endswith("::"):
            term = re.split(r" +: +", lines[place])
            return self._term(lines, place, depth, self.inline.text(", ".join(term)), "")
        words = "\n".join(lines[place:end])
        if not words.endswith("::"):
            self._write(self.inline.text(words), depth, mark)
            return end
        before = self.inline.text(words[:-2].rstrip() if words[-3:-2] in ("", " ", "\n") else words[:-1])
        if before.strip():
            self._write(before, depth, mark)
        start = next((number for number in range(end, len(lines)) if lines[number].strip()), end)
        stop = _indented(lines, start)
        if stop == start:  # a literal block may be quoted instead of indented
            while stop < len(lines) and lines[stop].strip() and lines[stop][0] in ">|+*-#$":
                stop += 1
        self.blocks.inside(depth, "\n".join(dedented(lines[start:stop])))
        return max(stop, end)


def _underlines(line: str, words: str) -> bool:
    """Whether a line is drawn under the words of a heading: as long as they are, or a slip shorter."""
    if not _ADORNED.fullmatch(line) or _ADORNED.fullmatch(words):
        return False
    return len(line) >= min(len(words), 4) and not (len(line) < len(words) - 3 and line in ("...", "::", "----"))


def _next_filled(lines: list[str], place: int) -> bool:
    return place + 1 < len(lines) and bool(lines[place + 1].strip())


def _is_numbered(lines: list[str], place: int) -> bool:
    """Whether a line that begins with a number is an item: the next one is indented, an item, or blank."""
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return not following.strip() or following.startswith(" ") or _NUMBER.match(following) is not None


def _begins_block(lines: list[str], place: int) -> bool:
    line = lines[place]
    matchers = (_BULLET, _EXPLICIT, _FIELD, _GRID_RULE)
    return any(each.match(line) for each in matchers) or (
        _NUMBER.match(line) is not None and _is_numbered(lines, place)
    )


def _indented(lines: list[str], place: int, *, least: int = 1) -> int:
    """The number of the line after those from a place on that are indented or blank, blank ones at the end left."""
    end = last = place
    while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) >= least):
        end += 1
        if lines[end - 1].strip():
            last = end
    return last


def _substitutions(lines: list[str]) -> dict[str, str]:
    """What the names between bars stand for."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        head = _SUBSTITUTION.match(line[3:]) if line.startswith(".. |") else None
        if head:
            body = dedented(lines[number + 1 : _indented(lines, number + 1)])
            text = " ".join([line[3 + head.end() :], *(part for part in body if not part.startswith(":"))]).strip()
            name = " ".join(head[1].split())
            if head[2] == "unicode":
                codes = re.findall(r"(?:0x|x|U\+|u)([0-9A-Fa-f]{2,6})\b", text)
                valid = [int(code, 16) for code in codes if not 0xD800 <= int(code, 16) <= 0xDFFF]
                found[name] = "".join(chr(code) for code in valid if code < 0x110000)
            elif head[2] == "replace":
                found[name] = text
            elif head[2] == "image":
                found[name] = ""
    return found


def _labels(lines: list[str]) -> dict[str, str]:
    """The title that follows each label."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for number, line in enumerate(lines):
        label = _LABEL.match(line)
        if label:
            waiting.append(" ".join(label[1].lower().split()))
        elif line.strip() and waiting:
            under = lines[number + 1] if number + 1 < len(lines) else ""
            if _ADORNED.fullmatch(line) and under.strip():
                continue
            if _underlines(under, line.strip()):
                found.update(dict.fromkeys(waiting, line.strip()))
            waiting.clear()
    return found
