"""RTF: headings, paragraphs, lists, tables and notes of a rich text; what is deleted or hidden in it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.documents import Document, Dropped
from corpus.errors import SourceError
from corpus.formats.assembled import processed
from corpus.formats.cells import add_table
from corpus.formats.layout import Layout
from corpus.formats.raised import lowered, raised
from corpus.formats.rtf_tables import DEEPEST, fonts_of, styles_of
from corpus.formats.rtf_tokens import RtfToken, code_page, end_of_group, tokens
from corpus.skipped import OnSkip, SkippedFile

_SIGN = b"{\\rtf"
_MOST_OPEN = 10_000  # groups in groups
_SPECIAL = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "lbr": "\n", "softline": "\n", "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\n": "\n\n", "\r": "\n\n", "\\": "\\", "{": "{", "}": "}"}
# Groups that hold no text of the document, beside all that begin with "\\*".
_APART = frozenset(
    """
    fonttbl colortbl pict objdata fldinst datafield revtbl filetbl xe tc rxe bkmkstart bkmkend sp atnid atnauthor
    atntime atnref atnparent atndate atnicn ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn background ud themedata
    colorschememapping datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl pgptbl nonshppict
    """.split()  # noqa: SIM905
)
_RUNNING = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())  # noqa: SIM905
_STARRED_TEXT = frozenset(("shpinst", "shptxt", "annotation", "footnote"))  # groups of "\*" that are read


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    encoding: str = ""
    skipped: int = 1  # characters that stand in for one of Unicode
    hidden: str = ""  # why text is no text
    raised: int = 0
    into: str = ""  # where text goes: "" the document, else "note", "sign", "title", "author", "running", "comment"
    style: int | None = None
    outline: int | None = None
    level: int = 0
    listed: bool = False
    in_table: bool = False


@dataclass(slots=True)
class _Parts:
    """What was read so far of a paragraph, a row, and the rest."""

    pieces: list[str] = field(default_factory=list)
    sign: list[str] = field(default_factory=list)  # of the list's item
    aside: list[str] = field(default_factory=list)  # of a note, a comment, a header
    gone: list[str] = field(default_factory=list)  # that is hidden or struck out
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)  # how each cell of the row is merged
    merge: str = ""


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an RTF file."""
    start = data.find(_SIGN, 0, 200)
    if start < 0:
        raise SourceError(f"{source}: is no RTF file (it does not begin with {{\\rtf); save it anew and try again")
    reader = _Reader(data)
    whole = reader.read(start)
    if not whole:
        on_skip(SkippedFile(f"{source}:end", "the file is cut: what it held after this is missing"))
    metadata = tuple((name, words[:1000]) for name, words in reader.metadata.items() if words)
    yield processed(reader.layout, source, dropped=reader.dropped, metadata=metadata)


class _Reader:
    """Reads the tokens of one file."""

    def __init__(self, data: bytes) -> None:
        self.layout = Layout()
        self.dropped: list[Dropped] = []
        self.metadata: dict[str, str] = {}
        self._data = data
        self._state = _State(encoding="cp1252")
        self._open: list[_State] = []
        self._parts = _Parts()
        self._notes: list[str] = []
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, int] = {}
        self._page = "cp1252"  # the code page of the whole file
        self._bytes = b""  # of text that is not decoded yet
        self._units: list[int] = []  # of UTF-16
        self._skip = 0

    def read(self, start: int) -> bool:
        """Read the file; whether it is whole."""
        place, first = start, False
        while place < len(self._data):
            jump = None
            for token in tokens(self._data, place):
                place = token.end
                jump = self._take(token, first)
                first = token.kind == "{" or (first and token.kind == "symbol" and token.name == "*")
                if jump is not None or (not self._open and token.kind == "}"):
                    break
            else:
                break
            if jump is None:
                break
            place, first = jump, False
        whole = not self._open
        self._flush()
        self._end_paragraph()
        self._end_table()
        for words in self._notes:
            self.layout.paragraph(words)
        return whole

    def _take(self, token: RtfToken, first: bool) -> int | None:
        """Read a token; where to go on if not after it. ``first`` says that it is the first one of its group."""
        if token.kind == "bytes":
            self._text(token.data)
            return None
        if token.kind == "symbol" and token.name == "'":
            return None
        self._flush()
        if token.kind == "{":
            if len(self._open) >= _MOST_OPEN:
                return len(self._data)
            self._open.append(self._state)
        elif token.kind == "}":
            self._close()
        elif token.kind == "symbol":
            if token.name == "*" and first:
                found = next(tokens(self._data, token.end), None)
                if found is None or found.name not in _STARRED_TEXT:
                    return end_of_group(self._data, token.end)
            self._write(_SYMBOLS.get(token.name, ""))
        else:
            return self._word(token, first)
        return None

    def _close(self) -> None:
        before = self._state
        self._state = self._open.pop() if self._open else before
        if before.hidden != self._state.hidden:
            self._drop(before.hidden)
        if before.into != self._state.into and before.into != "sign":
            words = " ".join("".join(self._parts.aside).split())
            self._parts.aside = []
            if before.into == "note" and words:
                self._notes.append(words)
            elif before.into in ("title", "author", "subject"):
                self.metadata[before.into] = words
            elif words:
                self.dropped.append(Dropped.of(before.into, words))

    def _word(self, token: RtfToken, first: bool) -> int | None:
        name, number = token.name, token.number
        if first and (name in _APART or name == "stylesheet"):
            end = end_of_group(self._data, token.end)
            if name == "fonttbl":
                self._fonts |= fonts_of(self._data[token.end : end])
            elif name == "stylesheet":
                self._styles |= styles_of(self._data[token.end : end], self._page)
            return end
        if first and self._begins_aside(name):
            return None
        if name in _SPECIAL:
            self._write(_SPECIAL[name])
        elif name == "u" and number is not None:
            self._units.append(number % 65_536)
            self._skip = self._state.skipped
        elif name in ("cell", "nestcell", "row", "nestrow", "trowd", "cellx", "intbl") or name.startswith("cl"):
            self._table_word(name)
        else:
            self._property(name, number)
        return None

    def _begins_aside(self, name: str) -> bool:
        """Whether a group is a note, or another text beside the document's."""
        asides = {"footnote": "note", "annotation": "comment", "listtext": "sign", "pntext": "sign"}
        if name in _RUNNING:
            asides[name] = "running line"
        elif name in ("title", "author", "subject"):
            asides[name] = name
        elif name == "info":
            asides[name] = "property"
        if name not in asides:
            return False
        if asides[name] == "sign":
            self._parts.sign = []
        self._state = replace(self._state, into=asides[name])
        return True

    def _property(self, name: str, number: int | None) -> None:
        state, value = self._state, max(number or 0, 0)
        if name == "pard":
            self._state = _State(state.encoding, state.skipped, state.hidden, state.raised, state.into)
        elif name == "s":
            self._state = replace(state, style=number)
        elif name == "outlinelevel":
            self._state = replace(state, outline=number)
        elif name == "ls":
            self._state = replace(state, listed=True)
        elif name == "ilvl":
            self._state = replace(state, level=min(value, DEEPEST))
        elif name == "uc":
            self._state = replace(state, skipped=min(value, 16))
        elif name == "f":
            self._state = replace(state, encoding=self._fonts.get(value, self._page))
        elif name in ("mac", "pc", "pca", "ansicpg"):
            known = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
            self._page = known.get(name) or code_page(number)
            self._state = replace(state, encoding=self._page)
        else:
            self._character(name, on=number != 0)

    def _character(self, name: str, *, on: bool) -> None:
        """Take what a control word makes of the characters after it."""
        if name == "plain":
            self._set_hidden("")
            self._state = replace(self._state, raised=0)
        elif name in ("super", "sub", "nosupersub"):
            self._state = replace(self._state, raised={"super": 1, "sub": -1}.get(name, 0) if on else 0)
        elif name in ("v", "deleted", "strike", "striked"):
            why = {"v": "hidden", "deleted": "deleted"}.get(name, "struck out")
            self._set_hidden(why if on else "")

    def _set_hidden(self, why: str) -> None:
        if self._state.hidden != why:
            self._drop(self._state.hidden)
            self._state = replace(self._state, hidden=why)

    def _drop(self, why: str) -> None:
        words = "".join(self._parts.gone)
        self._parts.gone = []
        if why and words.strip():
            self.dropped.append(Dropped.of(why, words))

    def _text(self, data: bytes) -> None:
        """Take bytes of text, without those that stand in for a character of Unicode."""
        if self._skip:
            left = data[self._skip :]
            self._skip = max(0, self._skip - len(data))
            data = left
        if data:
            if self._units:
                self._flush()
            self._bytes += data

    def _flush(self) -> None:
        """Write what was waiting to be decoded."""
        if self._bytes:
            text, self._bytes = self._bytes.decode(self._state.encoding or "cp1252", "replace"), b""
            self._write(text)
        if self._units and not self._skip:
            units, self._units = self._units, []
            high = 0xD800 <= units[-1] < 0xDC00
            if high:  # its other half comes
                self._units = [units.pop()]
            joined = b"".join(unit.to_bytes(2, "little") for unit in units)
            self._write(joined.decode("utf-16-le", "replace"))

    def _write(self, text: str) -> None:
        if not text:
            return
        state, parts = self._state, self._parts
        text = text.replace("\0", "")
        if state.into == "sign":
            parts.sign.append(text)
        elif state.into:
            parts.aside.append(" " if text.isspace() else text)
        elif text == "\n\n":
            self._end_paragraph()
        elif state.hidden:
            parts.gone.append(text)
        elif state.raised and text.strip():
            before, mark = "".join(parts.pieces[-4:]), text.strip()
            written = raised(before, mark, "") if state.raised > 0 else lowered(before, mark)
            if written is None:
                self.dropped.append(Dropped.of("footnote mark", mark))
            parts.pieces.append(written or "")
        else:
            parts.pieces.append(text)

    def _paragraph(self) -> str:
        """The words of the paragraph that ends."""
        lines = "".join(self._parts.pieces).replace("\t", " ").split("\n")
        self._parts.pieces = []
        folded = (" ".join(line.split(" ")).strip() for line in lines)
        return re.sub(" {2,}", " ", "\n".join(line for line in folded if line))

    def _end_paragraph(self) -> None:
        words, state = self._paragraph(), self._state
        sign = "".join(self._parts.sign).strip()
        self._parts.sign = []
        if state.in_table:
            if words:
                self._parts.cell.append(words.replace("\n", " "))
            return
        self._end_table()
        level = state.outline + 1 if state.outline is not None and 0 <= state.outline < DEEPEST else None
        if state.outline is None and state.style is not None:
            level = self._styles.get(state.style)
        if level is not None:
            self.layout.heading(level, " ".join(words.split()))
        elif words and (sign or state.listed):
            indent = "  " * state.level
            mark = sign if any(map(str.isalnum, sign)) and sign.isascii() and len(sign) > 1 else "-"
            self.layout.line(f"{indent}{mark} " + words.replace("\n", f"\n{indent}  "))
        else:
            self.layout.paragraph(words)

    def _table_word(self, name: str) -> None:
        parts = self._parts
        if name == "intbl":
            self._state = replace(self._state, in_table=True)
        elif name == "trowd":
            parts.merged, parts.merge = [], ""
        elif name in ("clmrg", "clvmrg"):
            parts.merge = name
        elif name == "cellx":
            parts.merged.append(parts.merge)
            parts.merge = ""
        elif name in ("cell", "nestcell"):
            if words := self._paragraph():
                parts.cell.append(words.replace("\n", " "))
            parts.sign = []
            parts.cells.append("; ".join(parts.cell))
            parts.cell = []
        elif name in ("row", "nestrow") and parts.cells:
            above = parts.rows[-1] if parts.rows else []
            for place, merge in enumerate(parts.merged[: len(parts.cells)]):
                if merge == "clmrg" and place:
                    parts.cells[place] = parts.cells[place - 1]
                elif merge == "clvmrg" and place < len(above):
                    parts.cells[place] = above[place]
            parts.rows.append(parts.cells)
            parts.cells = []

    def _end_table(self) -> None:
        parts = self._parts
        rows, parts.rows = parts.rows, []
        if parts.cells or parts.cell:  # of a row that the file does not end
            rows.append([*parts.cells, *parts.cell])
            parts.cells, parts.cell = [], []
        if rows:
            add_table(self.layout, rows)
