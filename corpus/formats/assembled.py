"""A document made of a layout: the first heading gives the title where it stands above everything."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.documents import Document, Dropped
from corpus.formats.base import id_of, title_of
from corpus.formats.layout import Layout
from corpus.sections import TITLE, Heading, split_sections, titled


def assembled(
    layout: Layout,
    source: str,
    *,
    title: str = "",
    dropped: Iterable[Dropped] = (),
    metadata: tuple[tuple[str, str], ...] = (),
) -> Document:
    """Return the document of a layout.

    A heading of level TITLE gives the title; so does a first heading that nothing stands before and that alone is of
    the highest level. Else it is the one passed in, else the one in the metadata, else that of the file's name.

    >>> layout = Layout()
    >>> layout.heading(1, "Tea")
    >>> layout.paragraph("Hot.")
    >>> assembled(layout, "drinks.org").title
    'Tea'
    """
    text = layout.text
    headings = list(layout.headings)
    named = next((heading.text for heading in headings if heading.level == TITLE), "") or title
    if not named and headings and _stands_above(headings):
        named, headings = titled(headings, text=text, level=headings[0].level)
    return Document(
        id=id_of(source),
        title=named or dict(metadata).get("title", "") or title_of(source),
        text=text,
        sections=split_sections(text, headings),
        source=source,
        dropped=tuple(dropped),
        metadata=metadata,
    )


def processed(
    layout: Layout, source: str, *, dropped: Iterable[Dropped], metadata: tuple[tuple[str, str], ...]
) -> Document:
    """Return the document of a text processor's layout, which may have many headings of the highest level.

    A first heading of level TITLE or 1 that nothing stands before gives the title, else the metadata, else the file's
    name.

    >>> layout = Layout()
    >>> layout.heading(1, "Tea")
    >>> layout.heading(1, "Milk")
    >>> processed(layout, "drinks.odt", dropped=(), metadata=()).title
    'Tea'
    """
    text = layout.text
    named, headings = titled(layout.headings, text=text)
    title = named or dict(metadata).get("title", title_of(source))
    return Document(
        id=id_of(source),
        title=title,
        text=text,
        sections=split_sections(text, headings),
        source=source,
        dropped=tuple(dropped),
        metadata=metadata,
    )


def _stands_above(headings: list[Heading]) -> bool:
    """Whether the first heading alone is of the highest level."""
    return all(heading.level > headings[0].level for heading in headings[1:] if heading.text)
