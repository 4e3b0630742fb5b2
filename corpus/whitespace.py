"""What counts as white space in a document, and how a window is trimmed of it."""

from __future__ import annotations

from corpus.patterns import pattern

BYTE_ORDER_MARK = "\ufeff"

# Every character for which str.isspace() holds, and the byte order mark, which some editors write at the head of a
# file. Written out, because asking a million code points takes longer than reading an article.
WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + BYTE_ORDER_MARK
)

LINE_END = pattern("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def has_blank_line(text: str, start: int, end: int) -> bool:
    """Whether two line ends or more stand in a stretch of white space.

    >>> has_blank_line("\\r\\n", 0, 2), has_blank_line("\\n \\n", 0, 3)
    (False, True)
    """
    first = LINE_END.search(text, start, end)
    return first is not None and LINE_END.search(text, first.end(), end) is not None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The window [start, end) of a text without the white space at its two ends.

    A window of white space alone gives an empty window at its own start.

    >>> trim("  tea \\n", 0, 7)
    (2, 5)
    """
    window = text[start:end]
    stripped = window.lstrip(WHITE_SPACE)
    if not stripped:
        return start, start
    first = end - len(stripped)
    return first, first + len(stripped.rstrip(WHITE_SPACE))
