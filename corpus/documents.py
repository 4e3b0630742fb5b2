"""Documents and the windows cut from them: the records that every later layer points into.

A position is ``start``, ``end``: half-open, in Unicode code points, into ``Document.text``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.marks import Mark
from corpus.records import Record

LONGEST_DROPPED = 300
"""Characters that are kept of a part left out of a document."""


@dataclass(frozen=True, slots=True)
class Section(Record):
    """A stretch of a document under one heading, without the heading line itself.

    ``path`` is the heading path without the title; ``()`` is the lead. ``start`` and ``end`` bound the
    section's own text: a nested heading begins a section of its own.
    """

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped(Record):
    """A part of a file that is no part of its document's text: why, in a word or two, and what it says, if short.

    >>> Dropped.of("navigation", "Home  News\\n")
    Dropped(kind='navigation', text='Home News')
    """

    kind: str
    text: str

    @classmethod
    def of(cls, kind: str, text: str) -> Dropped:
        """A dropped part with its white space folded, cut after LONGEST_DROPPED characters."""
        words = " ".join(text[: 4 * LONGEST_DROPPED].split())
        return cls(kind, words if len(words) <= LONGEST_DROPPED else f"{words[:LONGEST_DROPPED]}…")


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One text with its title, its sections in reading order and where it came from.

    ``text`` of a text file is the file's decoded content, of the same length (line ends, byte order mark and all),
    so that an offset can be checked against the file; blanks stand for what no reader of the page would see, such as
    comments. Of HTML and other formats it is the extracted text. ``pages`` holds the start of each page for paged
    formats and is empty otherwise; ``marks``, by their starts, say where else in the file the text stands: on which
    slide, in which cell, at what time. ``dropped`` are the parts of the file that were left out of the text;
    ``metadata`` pairs names and values that the file states of itself, as in front matter.

    >>> document = Document("note", "Note", "Tea is hot.", (Section((), 0, 11),), "note.txt")
    >>> document.text[0:3], document.page_at(0)
    ('Tea', None)
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source: str
    pages: tuple[int, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
        import hashlib  # a few milliseconds that most callers never need

        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def page_at(self, position: int) -> int | None:
        """The number of the page (from 1) that holds a position, or None for a format without pages."""
        return page_of(self.pages, position)

    def stated(self) -> dict[str, str]:
        """The metadata by name."""
        return stated(self.metadata)


def stated(metadata: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Metadata by name; where a name comes twice, its values are joined by commas.

    >>> stated((("to", "Ann"), ("date", "2024"), ("to", "Ben")))
    {'to': 'Ann, Ben', 'date': '2024'}
    """
    found: dict[str, str] = {}
    for name, value in metadata:
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def page_of(pages: tuple[int, ...], position: int) -> int | None:
    """The number of the page (from 1) that holds a position, given the start of each; None where there are none.

    >>> page_of((0, 100), 100), page_of((), 100)
    (2, None)
    """
    return bisect_right(pages, position) or None if pages else None


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """A window of whole sentences inside one section: what is ranked, and what a reader reads.

    ``sentences`` holds each sentence's ``(start, end)``, in positions of the document like ``start`` and
    ``end``. ``text`` is ``document.text[start:end]``; ``document`` is the document's id.
    """

    document: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...]

    def slice(self, start: int, end: int) -> str:
        """The text at the document's ``[start, end)``, which must be inside the passage.

        >>> Passage("tea", "Tea", (), 5, 16, "Tea is hot.", ((5, 16),)).slice(5, 8)
        'Tea'
        """
        return self.text[start - self.start : end - self.start]

    def with_headings(self) -> str:
        """The text, and after it the title and the headings.

        >>> Passage("tea", "Tea", ("Origin",), 0, 11, "Tea is hot.", ((0, 11),)).with_headings()
        'Tea is hot. Tea Origin'
        """
        return " ".join((self.text, self.title, *self.section))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a passage's text does not say of where it stands.

    ``headings``: for its title and each heading of its section, where it begins in the document, or None where the
    text does not hold it. ``before``: the text of its section that ends where the passage begins, as much as matters.
    """

    headings: tuple[int | None, ...] = ()
    before: str = ""
