"""The tokens of RTF: groups, control words, and text in the encoding of its font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_BRACES = re.compile(rb"\\(?:bin(\d{1,9}) ?|.)|[{}]", re.DOTALL)
# The code pages of the character sets of fonts (RTF Specification 1.9.1, \fcharset).
CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip


class RtfToken(NamedTuple):
    """A part of a file: "{", "}", "word" (with its name and number), "symbol", "bytes" (of one or more characters).

    ``end`` is where the next one begins.
    """

    kind: str
    name: str
    number: int | None
    data: bytes
    end: int


def tokens(data: bytes, place: int = 0) -> Iterator[RtfToken]:
    """Yield the tokens of RTF from a place on; what follows the bytes of "\\bin" is skipped with them."""
    while place < len(data):
        found = _TOKEN.match(data, place)
        if found is None:
            place += 1
            continue
        place = found.end()
        kind = found.lastgroup
        if kind in ("open", "close"):
            yield RtfToken("{" if kind == "open" else "}", "", None, b"", place)
        elif kind in ("word", "number"):
            name = found["word"].decode("ascii")
            number = None if found["number"] is None else int(found["number"])
            if name == "bin" and number:
                place += max(0, number)
                continue
            yield RtfToken("word", name, number, b"", place)
        elif kind == "hex":
            yield RtfToken("bytes", "", None, bytes((int(found["hex"], 16),)), place)
        elif kind == "symbol":
            yield RtfToken("symbol", found["symbol"].decode("latin-1"), None, b"", place)
        elif kind == "text":
            yield RtfToken("bytes", "", None, found["text"], place)


def end_of_group(data: bytes, place: int) -> int:
    """Return where the group that a place is in ends, before its brace: pictures are skipped in one go."""
    depth = 1
    while depth:
        found = _BRACES.search(data, place)
        if found is None:
            return len(data)
        place = found.end()
        if found[1]:
            place += int(found[1])
        elif found[0] == b"{":
            depth += 1
        elif found[0] == b"}":
            depth -= 1
    return place - 1


def code_page(number: int | None) -> str:
    """Return the name of the encoding of a code page, Windows-1252 for one that Python does not know.

    >>> code_page(1250), code_page(99999)
    ('cp1250', 'cp1252')
    """
    name = {65001: "utf-8", 10000: "mac_roman", 708: "iso8859-6"}.get(number or 0, f"cp{number}")
    try:
        b"a".decode(name)
    except LookupError:
        return "cp1252"
    return name
