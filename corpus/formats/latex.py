"""LaTeX: headings, lists, tables, notes and formulas as text; comments, preamble and drawing commands are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Document
from corpus.encodings import decode
from corpus.errors import EmptySourceError
from corpus.formats.assembled import assembled
from corpus.formats.blocks import Blocks
from corpus.formats.latex_names import (
    CITES,
    ENVIRONMENT_ARGUMENTS,
    FILES,
    FIRST_GONE,
    LISTS,
    MATHS,
    NO_TEXT,
    PICTURES,
    REFERENCES,
    STRUCK,
)
from corpus.formats.latex_signs import ACCENTS, SIGNS, SYMBOLS, accented, formula, unit
from corpus.formats.latex_source import LatexSource, group, option
from corpus.formats.latex_tables import TABLES, table_rows
from corpus.formats.raised import lowered, raised
from corpus.sections import TITLE
from corpus.skipped import OnSkip
from corpus.whitespace import BYTE_ORDER_MARK

_LEVELS = {
    "part": 1,
    "chapter": 2,
    "section": 3,
    "subsection": 4,
    "subsubsection": 5,
    "paragraph": 6,
    "subparagraph": 7,
}
_FRAME = 8
_NEXT = re.compile(
    r"\\([A-Za-z]+\*?|.|\Z)|\$\$?|[{}~&]|-{2,3}|``|''|\"[`']|`|\n[ \t]*\n\s*|\ue000(\d+)\ue001", re.DOTALL
)
_SIGNS = {"~": "\xa0", "--": "–", "---": "—", "``": "“", "''": "”", '"`': "„", "\"'": "“", "`": "‘", "&": " "}
_LABELLED = re.compile(
    r"\\(?:part|chapter|(?:sub)*section)\*?\s*(?:\[[^\]]*\])?\s*\{([^{}\n]*)\}\s*\\label\s*\{([^{}]*)\}"
)
_DEEPEST = 30
# Characters of a text from which on a macro is read apart from what follows it, if it only says something in the line.
_SPLICED = 5_000
_SIMPLE = re.compile(
    r"(?:[^\\{}$]|\{[^{}]*\}|\\(?:emph|text[a-z]{2}|xspace|bf|it|tt|em|sc|ldots)(?=[^A-Za-z])|\\[^A-Za-z])*"
)


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a LaTeX file."""
    blocks = Blocks()
    ready = LatexSource(decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK), blocks.drop)
    preamble, body, rest = ready.parts()
    blocks.drop("after the end", rest)
    reader = _Reader(blocks, ready, dict((label, title) for title, label in _LABELLED.findall(ready.text)))
    reader.facts(f"{preamble}\n{body}")
    reader.read(body)
    if blocks.notes:
        blocks.layout.close(1)
        blocks.write_notes()
    if not blocks.layout.text:
        raise EmptySourceError(f"{source}: is empty: no text in it as LaTeX")
    yield assembled(blocks.layout, source, dropped=blocks.dropped, metadata=tuple(reader.metadata))


class _Reader:
    """Writes the blocks of a text."""

    def __init__(self, blocks: Blocks, ready: LatexSource, labels: dict[str, str], depth: int = 0) -> None:
        self.blocks = blocks
        self.metadata: list[tuple[str, str]] = []
        self._ready, self._labels, self._depth = ready, labels, depth
        self._words: list[str] = []
        self._lists: list[list[int]] = []  # of each open list: whether it is numbered, and how many items it has
        self._mark = ""
        self._absent: set[str] = set()  # signs that nothing after this place closes

    def facts(self, text: str) -> None:
        """Write the title, the author and the date."""
        for name in ("title", "author", "date"):
            found = re.search(rf"\\{name}\*?\s*(?:\[[^\]]*\])?\s*(?=\{{)", text)
            value = self.inline(group(text, found.end())[0].replace("\\and", "\ue004")) if found else ""
            value = re.sub("\\s*\ue004\\s*", ", ", value)
            if name == "title":
                self.blocks.heading(TITLE, value)
            elif value and "\\today" not in value:
                self.metadata.append((name, value[:1000]))
                self.blocks.item(0, f"{name.capitalize()}: {value}")
        self.blocks.layout.end_lines()

    def inline(self, text: str) -> str:
        """The text of an argument on one line."""
        if self._depth > _DEEPEST:
            return re.sub(r"\\[A-Za-z]+\*?|[{}\\]", "", text)
        inner = _Reader(Blocks(), self._ready, self._labels, self._depth + 1)
        inner.blocks.dropped, inner.blocks.notes = self.blocks.dropped, self.blocks.notes
        inner.read(text)
        return " ".join(inner.blocks.layout.text.split())

    def read(self, text: str) -> None:
        """Write a text as blocks."""
        place = 0
        while found := _NEXT.search(text, place):
            self._words.append(text[place : found.start()])
            sign = found[0]
            place = found.end()
            if found[2] is not None:
                self._held(int(found[2]))
            elif sign.startswith("\\"):
                text, place = self._command(found[1], text, place)
            elif sign.startswith("$"):
                place = self._formula(text, place, sign, shown=sign == "$$")
            elif sign.startswith("\n"):
                self._flush()
            else:
                self._words.append(_SIGNS.get(sign, ""))
        self._words.append(text[place:])
        self._flush()

    def _flush(self) -> None:
        """Write the words so far as a paragraph or an item."""
        lines = (" ".join(line.replace("\n", " ").split(" ")) for line in "".join(self._words).split("\ue003"))
        words = "\n".join(filter(None, (re.sub(r"[ \t]{2,}", " ", line).strip(" \t") for line in lines)))
        self._words.clear()
        if not words:
            return
        depth = len(self._lists)
        if self._mark:
            self.blocks.item(depth - 1, words, self._mark)
            self._mark = ""
        else:
            self.blocks.inside(depth, words)

    def _held(self, number: int) -> None:
        kind, body = self._ready.held[number] if number < len(self._ready.held) else ("verb", "")
        if kind == "verb":
            self._words.append(body)
        else:
            self._flush()
            self.blocks.inside(len(self._lists), body)

    def _formula(self, text: str, place: int, closer: str, *, shown: bool) -> int:
        """Write a formula that a closing sign ends; the place after it."""
        end = -1 if closer in self._absent else text.find(closer, place)
        if end < 0:
            self._absent.add(closer)
        while end > 0 and text[end - 1] == "\\" and closer.startswith("$"):
            end = text.find(closer, end + 1)
        if end < 0 or (closer.startswith("$") and text.find("\n\n", place, end) >= 0):
            self._words.append("$" if closer.startswith("$") else "")
            return place
        self._show(formula(text[place:end]), shown=shown)
        return end + len(closer)

    def _show(self, words: str, *, shown: bool) -> None:
        if shown:
            self._flush()
            self.blocks.inside(len(self._lists), words)
        else:
            self._words.append(words.replace("\n", " "))

    def _command(self, name: str, text: str, place: int) -> tuple[str, int]:
        """Do what a command says; the text and the place to go on at."""
        plain = name.rstrip("*")
        if plain == "\\":
            self._words.append("\ue003")
            place = place + 1 if text[place : place + 1] == "*" else place
            return text, option(text, place)[1]
        if name in ("(", "["):
            return text, self._formula(text, place, "\\)" if name == "(" else "\\]", shown=name == "[")
        if plain in ACCENTS and (not plain.isalpha() or text[place : place + 1] in ("{", " ")):
            letter, place = group(text, place)
            self._words.append(accented(plain, letter))
            return text, place
        if name in SYMBOLS:
            self._words.append(SYMBOLS[name])
            return text, place
        if plain in self._ready.macros and self._ready.room > 0:
            return self._expand(plain, text, place)
        if plain in SIGNS:
            self._words.append(SIGNS[plain])
            after = re.compile(r"\{\}|[ \t]*\n?[ \t]*(?!\n)").match(text, place)
            return text, after.end() if after else place
        if plain in ("begin", "end"):
            kind, place = group(text, place)
            return text, self._begin(kind.rstrip("*"), text, place) if plain == "begin" else self._end(
                kind.rstrip("*"), place
            )
        return text, self._known(plain, text, place)

    def _expand(self, name: str, text: str, place: int) -> tuple[str, int]:
        """Put what a macro stands for in the place of the text so far."""
        count, default, body = self._ready.macros[name]
        arguments: list[str] = []
        if default is not None and count:
            given, place = option(text, place)
            arguments.append(default if given is None else given)
        while len(arguments) < count:
            argument, place = group(text, place)
            arguments.append(argument)
        for number, argument in enumerate(arguments, 1):
            body = body.replace(f"#{number}", argument)
        if not count:
            place += len(re.compile(r"\{\}|[ \t]*").match(text, place)[0])  # type: ignore[index]  # matches anything
        self._ready.room -= len(body) + 1
        if self._depth > _DEEPEST:
            return text, place
        if len(text) - place < _SPLICED or not _SIMPLE.fullmatch(body):
            return body + text[place:], 0
        self._words.append(self.inline(body) if _NEXT.search(body) else body)
        return text, place

    def _known(self, name: str, text: str, place: int) -> int:
        """Do what a command with arguments says; the place after them."""
        if name in _LEVELS or name == "frametitle":
            _, place = option(text, place)
            words, place = group(text, place)
            self._flush()
            self.blocks.heading(_LEVELS.get(name, _FRAME), self.inline(words))
        elif name == "item":
            return self._item(text, place)
        elif name == "bibitem":
            _, place = option(text, place)
            key, place = group(text, place)
            self._flush()
            self._mark = f"- [{key}]"
        elif name in ("footnote", "thanks", "endnote", "footnotetext", "marginpar"):
            _, place = option(text, place)
            words, place = group(text, place)
            self.blocks.note(self.inline(words))
        elif name == "caption":
            _, place = option(text, place)
            words, place = group(text, place)
            self._flush()
            self.blocks.paragraph(self.inline(words))
        elif name in ("title", "author", "date", "subtitle", "institute", "maketitle", "tableofcontents"):
            place = group(text, place)[1] if text[place : place + 1] in "{" and name != "maketitle" else place
        elif name in FILES:
            words, place = group(text, option(text, place)[1])
            self.blocks.drop("included file", words)
        elif name == "includegraphics":
            words, place = group(text, option(text, place)[1])
            self.blocks.drop("picture", words)
        elif name == "par":
            self._flush()
        else:
            return self._said(name, text, place)
        return place

    def _said(self, name: str, text: str, place: int) -> int:
        """Write what a command puts into the line."""
        if name in REFERENCES:
            words, place = group(text, place)
            self._words.append(self.inline(self._labels.get(words, words)))
        elif CITES.fullmatch(name):
            while (given := option(text, place))[0] is not None:
                place = given[1]
            words, place = group(text, place)
            self._words.append(f"[{', '.join(part.strip() for part in words.split(','))}]")
        elif name in ("url", "path", "nolinkurl"):
            words, place = group(text, place)
            self._words.append(words.replace("\\", ""))
        elif name == "href":
            place = group(text, place)[1]
        elif name == "enquote":
            words, place = group(text, place)
            self._words.append(f"“{self.inline(words)}”")
        elif name in ("textsuperscript", "textsubscript"):
            return self._small(name, text, place)
        elif name in STRUCK:
            words, place = group(text, place)
            self.blocks.drop("struck out", self.inline(words))
        elif name in ("SI", "qty", "num", "si", "unit", "ang"):
            return self._quantity(name, text, place)
        else:
            return _after_arguments(name, text, place)
        return place

    def _small(self, name: str, text: str, place: int) -> int:
        """Write a raised or lowered mark."""
        words, place = group(text, place)
        before = "".join(self._words)[-40:]
        mark = self.inline(words)
        small = raised(before, mark, text[place : place + 1]) if name == "textsuperscript" else lowered(before, mark)
        if small is None:
            self.blocks.drop("footnote mark", mark)
        self._words.append(small or "")
        return place

    def _quantity(self, name: str, text: str, place: int) -> int:
        """Write a number with its unit."""
        _, place = option(text, place)
        number, place = group(text, place)
        of, place = group(text, place) if name in ("SI", "qty") else ("", place)
        shown = unit(number) if name in ("si", "unit") else number
        self._words.append(f"{shown}\xa0{unit(of)}" if of else shown + "°" * (name == "ang"))
        return place

    def _item(self, text: str, place: int) -> int:
        self._flush()
        term, place = option(text, place)
        if not self._lists:
            self._lists.append([0, 0])
        current = self._lists[-1]
        current[1] += 1
        self._mark = f"{current[1]}." if current[0] and term is None else "-"
        if term is not None and (words := self.inline(term)):
            self._words.append(words if words.endswith(":") else f"{words}: ")
        return place

    def _begin(self, kind: str, text: str, place: int) -> int:
        """Begin an environment; the place after its beginning, or after all of it."""
        closing = re.compile(rf"\\end\s*\{{{re.escape(kind)}\*?\}}")
        if kind in TABLES or kind in PICTURES or kind in MATHS:
            end = closing.search(text, place)
            stop, after = (end.start(), end.end()) if end else (len(text), len(text))
            self._flush()
            if kind in TABLES:
                rows, heads = table_rows(kind, text[place:stop], self.inline)
                self.blocks.table(rows, heads=heads, depth=len(self._lists))
            elif kind in PICTURES:
                self.blocks.drop("picture", text[place:stop])
            else:
                self.blocks.inside(
                    len(self._lists), formula(re.sub(r"\\(?:begin|end)\{\w+\*?\}", " ", text[place:stop]))
                )
            return after
        self._flush()
        if kind in LISTS and len(self._lists) < _DEEPEST:
            self._lists.append([int("enum" in kind), 0])
        elif kind == "abstract":
            self.blocks.heading(_LEVELS["section"], "Abstract")
        elif kind == "frame":
            _, place = option(text, place)
            words, place = group(text, place) if text[place : place + 1] == "{" else ("", place)
            self.blocks.heading(_FRAME, self.inline(words))
        elif kind in self._ready.theorems or kind == "proof":
            named, place = option(text, place)
            shown = self._ready.theorems.get(kind, "Proof")
            self._words.append(f"{shown} ({named}). " if named else f"{shown}. ")
        _, place = option(text, place)
        for _ in range(ENVIRONMENT_ARGUMENTS.get(kind, 0)):
            place = group(text, option(text, place)[1])[1]
        return place

    def _end(self, kind: str, place: int) -> int:
        self._flush()
        self._mark = ""
        if kind in LISTS and self._lists:
            self._lists.pop()
            if not self._lists:
                self.blocks.layout.end_lines()
        elif kind == "abstract":
            self.blocks.layout.close(_LEVELS["section"])
        return place


def _after_arguments(name: str, text: str, place: int) -> int:
    """The place after those arguments of a command that are no text; the others are read as if it were not there."""
    if name in NO_TEXT:
        for _ in range(NO_TEXT[name]):
            _, place = option(text, place)
            place = group(text, place)[1] if text[place : place + 1] in ("{", "\\") else place
        return option(text, place)[1]
    if name in FIRST_GONE:
        _, place = option(text, place)
        return group(text, place)[1] if text[place : place + 1] == "{" else place
    if text[place : place + 1] == "[":
        return option(text, place)[1]
    gap = re.compile(r"[ \t]+(?=\S)").match(text, place)
    return gap.end() if gap and name.isalpha() else place
