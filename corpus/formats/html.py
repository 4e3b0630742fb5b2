"""HTML: the main text of a page, with its headings; scripts, navigation and other furniture are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.documents import Document, Dropped
from corpus.encodings import decode
from corpus.errors import EmptySourceError
from corpus.formats.base import id_of, title_of
from corpus.formats.elements import ElementReader
from corpus.formats.furniture import Furniture, size_of
from corpus.formats.layout import Layout
from corpus.sections import split_sections, titled
from corpus.skipped import OnSkip

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A page declares its encoding within its first 1,024 bytes (HTML Living Standard, 4.2.5.4).
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# A heading with its end tag, and the blocks that make libxml2 end a heading where they begin.
_HEADING = re.compile(r"<h([1-6])(?=[\s>])[^<]*(?:<(?!/?h[1-6])[^<]*)*</h\1\s*>", re.IGNORECASE)
_ENDS_HEADING = re.compile(r"<(/?)(?:p|table)(?=[\s>/])([^>]*+>)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")

# The share of the page's text that <main> or <article> must hold to be taken for the whole of it. Set by hand.
_MAIN_SHARE = 0.25
# The share of the text of all articles that one must hold for the others to be teasers beside it, and the share of
# the page's text that what holds several articles must, or the prose may stand outside of them. Set by hand.
_ALONE_SHARE = 0.9
_GROUP_SHARE = 0.5


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a page."""
    page = read_page(_decoded(data, source, on_skip), source)
    named, headings = titled(page.layout.headings)
    title = named or page.title or title_of(source)
    text = page.layout.text
    sections = split_sections(text, headings)
    yield Document(id=id_of(source), title=title, text=text, sections=sections, source=source, dropped=page.dropped)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page's root, its main text with its headings, the title in its head ("" if none), and what was left out."""

    root: HtmlElement
    layout: Layout
    title: str
    dropped: tuple[Dropped, ...]


def read_markup(data: bytes, source: str, on_skip: OnSkip) -> tuple[HtmlElement, Layout, tuple[Dropped, ...]]:
    """Return the root of a page, its main text with its headings, and what was left out of that.

    Raises EmptySourceError where there is no element in it.
    """
    page = read_page(_decoded(data, source, on_skip), source)
    return page.root, page.layout, page.dropped


def _decoded(data: bytes, source: str, on_skip: OnSkip) -> str:
    return decode(data, source, declared=_declared_encoding(data), on_skip=on_skip)


def read_page(markup: str, source: str) -> HtmlPage:
    """Return the main text of a page; raises SourceError, naming the source, where it holds no element."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    markup = _HEADING.sub(_keep_heading_open, _XML_DECLARATION.sub("", markup))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(markup.encode("utf-8"), parser=parser)
    except ParserError as error:
        raise EmptySourceError(f"{source}: is empty: no element in it as HTML") from error
    body = root.find("body")
    body = root if body is None else body
    size = size_of(body)
    main = _main_element(body, size)
    reader = ElementReader(Furniture(body, main, size).reason)
    layout = reader.read(main)
    title = _words(root.find(".//title")) or _words(root.find(".//h1")) or _stated_title(root)
    return HtmlPage(root, layout, title, (*_outside(body, main), *reader.dropped))


def _outside(body: HtmlElement, main: HtmlElement) -> Iterator[Dropped]:
    """What stands outside of the main element, part by part."""
    above = {main, *main.iterancestors()}
    for element in body.iter() if main is not body else ():
        parent = element.getparent()
        if element not in above and parent in above and parent is not main and isinstance(element.tag, str):
            text = element.text_content().strip()
            if text and element.tag not in ("script", "style"):
                yield Dropped.of("outside the main text", text)


def _declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares. As in browsers, ISO-8859-1 and ASCII mean Windows-1252."""
    found = _DECLARED.search(data, 0, 1024)
    if not found:
        return None
    name = found[1].decode("ascii", "ignore").lower()
    return "cp1252" if name in ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name


def _keep_heading_open(heading: re.Match[str]) -> str:
    """A heading's mark-up with inline elements, between breaks, in the place of what would end it."""
    return _ENDS_HEADING.sub(lambda tag: f"<br><{tag[1]}span{tag[2]}<br>", heading[0])


def _stated_title(root: HtmlElement) -> str:
    """The title that a page states for those who link to it."""
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title", "dc.title"):
            return " ".join((meta.get("content") or "").split())
    return ""


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _main_element(body: HtmlElement, size: int) -> HtmlElement:
    """The element that holds the page's own text: <main>, else what holds its articles, else the body."""
    for path in (".//main", ".//*[@role='main']"):
        found = body.findall(path)
        if found:
            largest = max(found, key=size_of)
            if size_of(largest) >= _MAIN_SHARE * size:
                return largest
    articles = _articles(body, size)
    # A page that hides all its articles shows them by a script.
    largest = max(articles or body.findall(".//article"), key=size_of, default=body)
    if size_of(largest) < _ALONE_SHARE * sum(map(size_of, articles)):
        around = set(articles[-1].iterancestors())
        group = next(element for element in articles[0].iterancestors() if element in around)
        return group if size_of(group) >= _GROUP_SHARE * size else body
    return largest if size_of(largest) >= _MAIN_SHARE * size else body


def _articles(body: HtmlElement, size: int) -> list[HtmlElement]:
    """The outermost articles of a page that are no furniture, in reading order."""
    if body.find(".//article") is None:
        return []
    articles = []
    furniture = Furniture(body, body, size)
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag == "article":
            articles.append(element)
        else:
            waiting += [child for child in reversed(element) if furniture.reason(child) is None]
    return articles
