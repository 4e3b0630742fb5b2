"""Lines that belong together because their keys bear one number: "Envoy2: ..." and "Mission2: ..." of an infobox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.patterns import pattern
from corpus.whitespace import trim

Bounds = tuple[int, int]

LONGEST_PAIRED = 80  # characters: a value that says what its like belongs to is a name, not a paragraph
_MOST_PAIRED = 3  # by hand: more lines of one number are a list of their own
_KEY = pattern(r"(?:[-*•]\s*)?(?P<name>[^\W\d]+)(?P<number>\d+)\s*:")  # "- Envoy1: ..." of an infobox


def has_numbered_keys(text: str) -> bool:
    """Whether some line of a text may begin with a key that ends in a number."""
    return _KEY.search(text) is not None


def paired(text: str, lines: Mapping[int, Bounds]) -> Iterable[tuple[int, tuple[Bounds, ...]]]:
    """For each line whose key bears the number of others, the values of those, in their order.

    ``lines`` has the bounds in the text of lines that stand alone, each by its own number.

    >>> text = "Envoy1: Ann\\nMission1: Rome\\nArea: 9"
    >>> [(line, [text[start:end] for start, end in values]) for line, values in paired(text, {0: (0, 11), 1: (12, 26)})]
    [(0, ['Rome']), (1, ['Ann'])]
    """
    values: dict[str, dict[int, Bounds]] = {}
    for line, (start, end) in lines.items():
        key = _KEY.match(text, start, end)
        if key:
            start, end = trim(text, key.end(), end)
            if 0 < end - start <= LONGEST_PAIRED:
                values.setdefault(key["number"], {})[line] = (start, end)
    for group in values.values():
        for line in group:
            others = tuple(value for other, value in group.items() if other != line)
            if len(others) <= _MOST_PAIRED:
                yield line, others
