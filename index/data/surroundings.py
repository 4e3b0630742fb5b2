"""Where a passage stands: the places of its headings in the document, and what its section holds before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from corpus.documents import Passage, Surroundings
from index.data.tables import Tables

BEFORE = 4_000  # characters: a list's parents and a table's head are looked for so far back
FURTHEST = 64  # sections: a heading that is further up is read, but cannot be an answer
_OPENS_LINE = frozenset("-*+•‣◦▪●|(0123456789")


def surroundings_of(tables: Tables, document: int, passage: Passage) -> Surroundings:
    """The surroundings of a passage of the document of that number."""
    first, last = tables.documents["section"][document : document + 2].tolist()
    sections = tables.sections[first:last]
    own = int(np.searchsorted(sections["start"], passage.start, side="right")) - 1
    if own < 0:
        return Surroundings()
    begin = int(sections["start"][own])
    before = ""
    if passage.start > begin and (passage.text[:1] in _OPENS_LINE or "\t" in passage.text or " | " in passage.text):
        before = tables.text(document, max(begin, passage.start - BEFORE), passage.start)
    return Surroundings(_headings(tables, document, passage, sections, own), before)


def _headings(tables: Tables, document: int, passage: Passage, sections: Any, own: int) -> tuple[int | None, ...]:
    """Where the title and each heading of the passage's section begin, None where the text does not hold them."""
    names = (passage.title, *passage.section)
    found: list[int | None] = [None] * len(names)
    wanted = len(names) - 1  # headings are found from the last one upwards
    for start, text, path in islice(_gaps(tables, document, sections, own), FURTHEST):
        while wanted and path[:wanted] != passage.section[:wanted]:
            wanted -= 1  # its heading should have come by now: it reads otherwise in the text (mark-up)
        end = len(text)
        while wanted and (at := text.rfind(names[wanted], 0, end)) >= 0:
            found[wanted], end, wanted = start + at, at, wanted - 1
        if not wanted:
            break
    if len(sections) and (at := tables.text(document, 0, int(sections["start"][0])).find(names[0])) >= 0:
        found[0] = at
    return tuple(found)


def _gaps(tables: Tables, document: int, sections: Any, own: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """What stands before each section, from that one backwards: where it begins, its text, and the section's path."""
    for number in range(own, -1, -1):
        start = int(sections["end"][number - 1]) if number else 0
        stop = int(sections["start"][number])
        yield start, tables.text(document, start, stop), tables.path(int(sections["path"][number]))
