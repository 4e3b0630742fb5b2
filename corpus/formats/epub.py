"""EPUB: the chapters of a book in reading order, each read as HTML; its table of contents is no text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from corpus.documents import Document, Dropped
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.base import id_of, title_of
from corpus.formats.html import read_markup
from corpus.formats.packages import Package, outermost
from corpus.sections import TITLE, Heading, split_sections
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPS = "{http://www.idpf.org/2007/ops}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
# An element without content, as XHTML may write any and HTML only some: a parser of HTML would not end it.
_CLOSED = re.compile(rb"<(?!(?:br|hr|img|input|meta|link|col|area|base|wbr|source|track|embed|param)\b)"
                     rb"([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/>", re.IGNORECASE)  # fmt: skip
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of an EPUB file."""
    package = Package(data, source, "EPUB")
    _check_open(package, source)
    book = _Book(package)
    pieces: list[str] = []
    headings: list[Heading] = []
    length = 0
    failed: SourceError | None = None
    for place, is_contents in book.pages():
        name = f"{source}:{place}"
        try:
            markup = _CLOSED.sub(rb"<\1\2></\1>", package.read(place))
            root, layout, dropped = read_markup(markup, name, on_skip)
        except EmptySourceError:
            continue
        except SourceError as error:
            failed = failed or error
            on_skip(SkippedFile(name, str(error).removeprefix(f"{name}: ").removeprefix(f"{source}: ")))
            continue
        if is_contents:
            book.dropped.append(Dropped.of("table of contents", root.text_content()))
            continue
        book.dropped += dropped
        if not layout.text:
            continue
        start = length + 2 * bool(pieces)
        if not layout.headings and (label := book.labels.get(place)):
            headings.append(Heading(1, label, start, start))
        headings += [replace(each, start=each.start + start, end=each.end + start) for each in layout.headings]
        pieces.append(layout.text)
        length = start + len(layout.text)
    if failed and not pieces:
        raise failed
    text = "\n\n".join(pieces)
    title = dict(book.metadata).get("title", title_of(source))
    key = title.casefold()
    headings = [replace(each, level=TITLE) if each.text.casefold() == key else each for each in headings]
    yield Document(
        id=id_of(source),
        title=title,
        text=text,
        sections=split_sections(text, headings),
        source=source,
        dropped=tuple(book.dropped),
        metadata=book.metadata,
    )


def _check_open(package: Package, source: str) -> None:
    """Raise SourceError where more than fonts is encrypted."""
    if _ENCRYPTION not in package:
        return
    for element in package.xml(_ENCRYPTION).iter("{*}EncryptedData"):
        method = next(element.iter("{*}EncryptionMethod"), None)
        if method is None or method.get("Algorithm") not in _FONTS:
            raise SourceError(f"{source}: is encrypted (protected against copying); an open copy of the book is needed")


class _Book:
    """What the package file of a book says of it: ``metadata``, and the ``labels`` of its pages in its contents."""

    def __init__(self, package: Package) -> None:
        self._package = package
        rootfile = next(package.xml(_CONTAINER).iter("{*}rootfile"), None)
        place = "" if rootfile is None else rootfile.get("full-path") or ""
        self._root = package.xml(place)
        self._folder = posixpath.dirname(place)
        self._items = {item.get("id") or "": item for item in self._root.iter("{*}item")}
        self.dropped: list[Dropped] = []
        self.metadata = tuple(self._metadata())
        self.labels = dict(reversed(list(self._labels())))  # the first label of each page

    def pages(self) -> Iterator[tuple[str, bool]]:
        """The parts of the book in reading order, and whether each is its table of contents."""
        seen = set()
        for pointer in self._root.iter("{*}itemref"):
            item = self._items.get(pointer.get("idref") or "")
            if item is None or item in seen:
                continue
            seen.add(item)
            kind, place = item.get("media-type") or "", self._place(item.get("href") or "", self._folder)
            if kind in _PAGES:
                yield place, "nav" in (item.get("properties") or "").split()
            else:
                self.dropped.append(Dropped(kind or "page of an unknown kind", place))

    def _place(self, href: str, folder: str) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))).lstrip("/")

    def _metadata(self) -> Iterator[tuple[str, str]]:
        for name, tag in (("title", "title"), ("author", "creator"), ("language", "language"), ("date", "date")):
            values = [
                " ".join("".join(map(str, each.itertext())).split()) for each in outermost(self._root, f"{_DC}{tag}")
            ]
            if value := ", ".join(value for value in values if value) if tag == "creator" else next(iter(values), ""):
                yield name, value[:1000]

    def _labels(self) -> Iterator[tuple[str, str]]:
        """What the table of contents calls each page."""
        for item in self._items.values():
            is_nav = "nav" in (item.get("properties") or "").split()
            if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
                continue
            place = self._place(item.get("href") or "", self._folder)
            try:
                root = self._package.xml(place)
            except SourceError:
                continue
            folder = posixpath.dirname(place)
            if is_nav:
                for link in self._links(root):
                    yield self._place(link.get("href") or "", folder), _words(link)
            for point in root.iter("{*}navPoint"):
                content, label = point.find("{*}content"), point.find("{*}navLabel/{*}text")
                if content is not None and label is not None:
                    yield self._place(content.get("src") or "", folder), _words(label)

    def _links(self, root: _Element) -> Iterator[_Element]:
        """The links of the part of a navigation page that is the table of contents."""
        for nav in root.iter("{*}nav"):
            if (nav.get(f"{_OPS}type") or "toc") == "toc":
                yield from nav.iter("{*}a")


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
