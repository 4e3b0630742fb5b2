"""Where a cited span stands in its file, for people to follow: the boxes of a PDF page, and a link that opens there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.patterns import pattern

if TYPE_CHECKING:
    from corpus.boxes import Box
    from index.data.tables import Facts
    from index.ranking.search import Index

_WEB = pattern(r"https?://", re.IGNORECASE)
_LONGEST = 80  # characters of a text fragment; of a longer span the beginning and the end are named


def file_of(index: Index, source: str) -> str:
    """The path of a source file, in full where the index knows from where it was read; of a web page, of its copy."""
    origin = getattr(index, "origin", None)
    if origin is not None and is_web(source):
        from corpus.web.gathering import copies_below

        for copies in copies_below(map(origin.full, origin.roots)):
            if (copy := copies.named(source.partition("#")[0])) is not None:
                return str(copies.folder / copy.file)
        return source
    return source if origin is None else str(origin.full(source))


def boxes_of(index: Index, facts: Facts, start: int, end: int) -> tuple[Box, ...]:
    """The boxes around ``[start, end)`` of a document on the pages of its PDF file, or of its pictures.

    They are read out of the file, page by page as they are asked for; empty for other formats, and where the file is
    gone or another one now. The index knows those of pages that were recognised.
    """
    if not facts.pages:
        return ()
    marks = index.marks(facts.id, start, end)
    if any(mark.box for mark in marks):
        from corpus.boxes import recognised_boxes

        found = recognised_boxes(marks, lambda first, last: index.text(facts.id, first, last), start, end)
        pages = {box.page for box in found}
        others = [box for box in _read_boxes(index, facts, start, end) if box.page not in pages]
        return tuple(sorted([*others, *found], key=lambda box: box.page))
    return _read_boxes(index, facts, start, end)


def _read_boxes(index: Index, facts: Facts, start: int, end: int) -> tuple[Box, ...]:
    """The boxes around ``[start, end)`` that are read out of a document's PDF file."""
    from corpus.formats.pdf_places import boxes_of as boxes_in  # needs a library that few questions need

    return boxes_in(
        file_of(index, facts.source),
        facts.pages,
        lambda first, last: index.text(facts.id, first, facts.length if last is None else last),
        start,
        end,
    )


def is_web(source: str) -> bool:
    """Whether a source is the address of a web page."""
    return _WEB.match(source) is not None


def link_of(source: str, page: int | None, text: str) -> str | None:
    """A link that opens a source where a text stands: at a page, or at the text itself on a web page.

    A relative path is one from where the documents were read; None where the format has no such links.

    >>> link_of("papers/on tea.pdf", 12, "green")
    'papers/on%20tea.pdf#page=12'
    >>> link_of("https://example.org/tea", None, "Tea, hot")
    'https://example.org/tea#:~:text=Tea%2C%20hot'
    """
    if page is not None:
        address = source
        if not is_web(source):
            path = Path(source)
            address = path.as_uri() if path.is_absolute() else quote(path.as_posix())
        return f"{address.partition('#')[0]}#page={page}"
    if not is_web(source):
        return None
    words = " ".join(text.split())
    named = [words]
    if len(words) > _LONGEST:
        parts = words.split(" ")
        named = [" ".join(parts[:4]), " ".join(parts[-4:])] if len(parts) > 8 else [words[:_LONGEST]]
    # A hyphen has a meaning of its own there.
    fragment = ",".join(quote(part, safe="").replace("-", "%2D") for part in named)
    return f"{source.partition('#')[0]}#:~:text={fragment}"
