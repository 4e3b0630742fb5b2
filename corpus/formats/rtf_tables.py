"""What RTF says of its fonts and styles: which encoding a font has, and which heading a style makes."""

from __future__ import annotations

import re

from corpus.formats.rtf_tokens import CODE_PAGES, code_page, tokens
from corpus.sections import TITLE

DEEPEST = 9
"""The deepest level of headings and lists."""

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLES = ("title", "titel", "titre")


def fonts_of(table: bytes) -> dict[int, str]:
    r"""Return the encoding of each font of a table that has one of its own.

    >>> fonts_of(rb"{\f0\fcharset0 Serif;}{\f1\fcharset204 Cyr;}")
    {1: 'cp1251'}
    """
    fonts: dict[int, str] = {}
    number = None
    for token in tokens(table):
        if token.name == "f":
            number = token.number or 0
        elif token.name == "fcharset" and number is not None and token.number in CODE_PAGES:
            if token.number:  # the first is that of the file
                fonts[number] = CODE_PAGES[token.number]
        elif token.name == "cpg" and number is not None:
            fonts[number] = code_page(token.number)
    return fonts


def styles_of(table: bytes, encoding: str) -> dict[int, int]:
    r"""Return the level of the heading that each style of a table makes; TITLE for the title's.

    >>> styles_of(rb"{\s0 Normal;}{\s1\outlinelevel0 Own;}{\s2 heading 2;}", "cp1252")
    {1: 1, 2: 2}
    """
    styles: dict[int, int] = {}
    number: int | None = 0
    outline: int | None = None
    name = b""
    for token in tokens(table):
        if token.kind == "{":
            number, outline, name = 0, None, b""
        elif token.name == "s":
            number = token.number
        elif token.name in ("cs", "ds", "ts", "tsrowd"):
            number = None
        elif token.name == "outlinelevel":
            outline = token.number
        elif token.kind == "bytes":
            name += token.data
        elif token.kind == "}" and number is not None:
            words = name.decode(encoding, "replace").split(";")[0].strip()
            found = _HEADING.fullmatch(words)
            if words.lower() in _TITLE_STYLES:
                styles[number] = TITLE
            elif found:
                styles[number] = int(found[1])
            elif outline is not None and 0 <= outline < DEEPEST:
                styles[number] = outline + 1
    return styles
