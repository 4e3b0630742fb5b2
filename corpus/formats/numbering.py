"""The marks of the items of HTML lists: numbers and letters where a reader sees them, hyphens elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_NUMBERS = re.compile(
    r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)\b|\bdisplay\s*:\s*(?:inline|flex|grid|block)",
    re.IGNORECASE,
)
_MOST = 1_000_000  # a larger number is a slip
_ROMAN: tuple[tuple[int, str], ...]
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN = (*_ROMAN, (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts the items of the lists that are open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int] | None] = []  # kind, next number, step

    def enter(self, parent: HtmlElement) -> None:
        """Begin a list."""
        if parent.tag != "ol" or _NO_NUMBERS.search(parent.get("style") or ""):
            self._open.append(None)
            return
        backwards = parent.get("reversed") is not None
        first = sum(child.tag == "li" for child in parent) if backwards else 1
        self._open.append((parent.get("type") or "1", _number(parent.get("start"), first), -1 if backwards else 1))

    def leave(self) -> None:
        """End the innermost list."""
        self._open.pop()

    def mark(self, item: HtmlElement) -> str:
        """What stands before an item."""
        current = self._open[-1] if self._open else None
        if current is None:
            return "-"
        kind, expected, step = current
        number = _number(item.get("value"), expected)
        self._open[-1] = kind, number + step, step
        return f"{spelt(number, kind)}."


def spelt(number: int, kind: str) -> str:
    """A number as a list of a kind writes it.

    >>> [spelt(4, kind) for kind in ("1", "a", "I")]
    ['4', 'd', 'IV']
    """
    if kind in ("i", "I") and 0 < number < 4000:
        letters = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            letters += sign * count
    elif kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(ord("a") + digit) + letters
    else:
        return str(number)
    return letters.upper() if kind.isupper() else letters


def _number(told: str | None, usual: int) -> int:
    try:
        number = int(told) if told else usual
    except ValueError:
        return usual
    return number if abs(number) <= _MOST else usual
