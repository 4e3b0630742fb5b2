"""A message as a document: its subject, "- Key: value" lines for its head, its text, and its attachments beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.documents import Document, Dropped
from corpus.errors import EmptySourceError
from corpus.formats.assembled import assembled
from corpus.formats.html import read_page
from corpus.formats.inside import Inside
from corpus.formats.layout import Layout
from corpus.sections import TITLE
from corpus.skipped import OnSkip, SkippedFile

_LINE_END = re.compile("\r\n?|\n")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_PATH_SIGNS = re.compile(r"[\\/\0]+")
_QUOTED = re.compile(">*")
_TEXT_IN_HTML = 3  # how many times longer an HTML version is that has more to say than the plain one. By hand.


@dataclass(slots=True)
class Letter:
    """What a message holds: its head, its text as plain text or HTML, and attached files by name."""

    subject: str = ""
    head: list[tuple[str, str]] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)  # of the head, for the metadata alone


def letter_document(letter: Letter, source: str) -> Document:
    """Return the document of a message."""
    layout = Layout()
    subject = " ".join(letter.subject.split())
    layout.heading(TITLE, subject)
    head = [(name, " ".join(value.split())) for name, value in letter.head]
    names = ", ".join(name for name, _ in letter.attached)
    for name, value in [*head, ("Attachments", names)]:
        if value:
            layout.line(f"- {name}: {value}")
    layout.end_lines()
    dropped = list(letter.dropped)
    plain = "\n\n".join(filter(None, map(_tidy, letter.plain)))
    for markup in letter.html:
        try:
            page = read_page(markup, source)
        except EmptySourceError:
            continue
        if plain and len(page.layout.text) < _TEXT_IN_HTML * len(plain):
            continue
        plain = ""
        dropped += page.dropped
        _append(layout, page.layout)
    for paragraph in plain.split("\n\n"):
        layout.paragraph(paragraph)
    metadata = tuple((name.lower(), value[:1000]) for name, value in [*head, *letter.other] if value)
    return assembled(layout, source, dropped=dropped, metadata=metadata)


def attached_documents(letter: Letter, source: str, *, id: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of the files attached to a message; those that cannot be read are skipped by name."""
    seen: dict[str, int] = {}
    for name, data in letter.attached:
        seen[name] = seen.get(name, 0) + 1
        own = name if seen[name] == 1 else f"{seen[name]}-{name}"
        place = f"{source}/{own}"
        if inside.left < len(data):
            on_skip(SkippedFile(place, "is left out: the files inside the file take up too much together"))
            continue
        inside.spend(len(data))
        yield from inside.read(data, place, id=f"{id}/{own}", on_skip=on_skip)


def file_name(name: str, number: int, suffix: str) -> str:
    """Return the name of an attached file without folders, or one for a file that has none.

    >>> file_name("../up/plan.pdf", 1, ".pdf"), file_name("", 2, ".txt")
    ('plan.pdf', 'attachment-2.txt')
    """
    last = " ".join(_PATH_SIGNS.split(name.strip())[-1].split()).strip(". ")
    return last[-150:] or f"attachment-{number}{suffix}"


def unflowed(text: str, *, delete_spaces: bool = False) -> str:
    """Return a text of "format=flowed" (RFC 3676) with its paragraphs on one line each.

    >>> unflowed("Tea is \\nhot.\\n> So \\n> it is.")
    'Tea is hot.\\n> So it is.'
    """
    lines: list[str] = []
    open_depth = -1  # of the line before, if the next one goes on with it
    for line in _LINE_END.split(text):
        depth = len(_QUOTED.match(line)[0])  # type: ignore[index]  # matches anything
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        words = words[:-1] if flows and delete_spaces else words
        if depth == open_depth and words != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if flows else -1
    return "\n".join(lines)


def _tidy(text: str) -> str:
    """A plain text with the line ends of Unix, no white space at the end of lines and no more than one blank line."""
    text = "\n".join(line.rstrip() for line in _LINE_END.split(text))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def _append(layout: Layout, more: Layout) -> None:
    """Write a layout behind another one, with its headings."""
    if not more.text:
        return
    layout.end_lines()
    layout.paragraph(more.text)
    shift = layout.length - more.length
    layout.headings += [
        replace(heading, level=max(1, heading.level), start=heading.start + shift, end=heading.end + shift)
        for heading in more.headings
    ]
