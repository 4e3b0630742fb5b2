"""HTML: the main text of a page, with its headings; scripts, navigation and other furniture are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.documents import Document
from corpus.encodings import decode
from corpus.errors import EmptySourceError
from corpus.formats.base import Format, id_of, title_of
from corpus.formats.elements import ElementReader
from corpus.sections import TITLE, split_sections
from corpus.skipped import OnSkip

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A page declares its encoding within its first 1,024 bytes (HTML Living Standard, 4.2.5.4).
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# A heading with its end tag, and the blocks that make libxml2 end a heading where they begin.
_HEADING = re.compile(r"<h([1-6])(?=[\s>])[^<]*+(?:<(?!/?h[1-6])[^<]*+)*+</h\1\s*>", re.IGNORECASE)
_ENDS_HEADING = re.compile(r"<(/?)(?:p|table)(?=[\s>/])([^>]*+>)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")

# Elements that are never the text of a page.
_FURNITURE = frozenset(
    """
    script style noscript template nav footer aside button input select textarea svg math iframe object embed canvas
    video audio map dialog menu head
    """.split()  # noqa: SIM905
)
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar".split()  # noqa: SIM905
)
# Words in a class or an id that name furniture.
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscribe|sidebar|breadcrumbs?|navbar|navbox|nav|navigation|menu"
    r"|share|sharing|social|toc|advert|advertisement|ads?|promo|popup|modal|skip-?(?:link|nav|to-content)?|pagination"
    r"|pager|editsection|headerlink|permalink|footer|masthead|noprint|sr-only|visually-hidden|screen-reader-text)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# The header inside one of these belongs to it, and not to the site (HTML-AAM 1.0, "header").
_SECTIONING = "article", "main", "section"

# Elements whose id is often made from a heading's words ("menu", "navigation").
_HEADED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "body", "main", "article"))

# The share of the page's text that <main> or <article> must hold to be taken for the whole of it, and the share
# above which an element is no furniture whatever its name says (a page may sit in one <form>). Set by hand.
_MAIN_SHARE = 0.25
_FURNITURE_SHARE = 0.5
# The share of the text of all articles that one must hold for the others to be teasers beside it, and the share of
# the page's text that what holds several articles must, or the prose may stand outside of them. Set by hand.
_ALONE_SHARE = 0.9
_GROUP_SHARE = 0.5


def _read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    markup = _XML_DECLARATION.sub("", decode(data, source, declared=_declared_encoding(data), on_skip=on_skip))
    markup = _HEADING.sub(_keep_heading_open, markup)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(markup.encode("utf-8"), parser=parser)
    except ParserError as error:
        raise EmptySourceError(f"{source}: is empty: no element in it as HTML") from error
    body = root.find("body")
    body = root if body is None else body
    size = _size(body)
    main = _main_element(body, size)
    layout = ElementReader(lambda element: _is_furniture(element, main, size)).read(main)
    headings = list(layout.headings)
    if headings and headings[0].level == 1:
        title = headings[0].text
        headings[0] = replace(headings[0], level=TITLE)
    else:
        title = _words(root.find(".//title")) or _words(root.find(".//h1")) or title_of(source)
    sections = split_sections(layout.text, headings)
    yield Document(id=id_of(source), title=title, text=layout.text, sections=sections, source=source)


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


def _size(element: HtmlElement) -> int:
    """How many characters of text an element holds, without scripts and styles."""
    scripts = sum(len(inner.text or "") for inner in element.iter("script", "style"))
    return len(element.text_content()) - scripts


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _main_element(body: HtmlElement, size: int) -> HtmlElement:
    """The element that holds the page's own text: <main>, else what holds its articles, else the body."""
    for path in (".//main", ".//*[@role='main']"):
        found = body.findall(path)
        if found:
            largest = max(found, key=_size)
            if _size(largest) >= _MAIN_SHARE * size:
                return largest
    articles = _articles(body, size)
    # A page that hides all its articles shows them by a script.
    largest = max(articles or body.findall(".//article"), key=_size, default=body)
    if _size(largest) < _ALONE_SHARE * sum(map(_size, articles)):
        around = set(articles[-1].iterancestors())
        group = next(element for element in articles[0].iterancestors() if element in around)
        return group if _size(group) >= _GROUP_SHARE * size else body
    return largest if _size(largest) >= _MAIN_SHARE * size else body


def _articles(body: HtmlElement, size: int) -> list[HtmlElement]:
    """The outermost articles of a page that are no furniture, in reading order."""
    if body.find(".//article") is None:
        return []
    articles = []
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag == "article":
            articles.append(element)
        else:
            waiting += [child for child in reversed(element) if not _is_furniture(child, body, size)]
    return articles


def _is_furniture(element: HtmlElement, main: HtmlElement, size: int) -> bool:
    """Whether an element inside the main one is no part of the text."""
    tag = element.tag
    if tag in _FURNITURE:
        parent = element.getparent()
        return not (tag == "footer" and parent is not None and parent.tag == "blockquote")
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if tag == "sup" and "reference" in (element.get("class") or ""):
        return True
    suspect = (
        tag == "form"
        or (tag == "header" and _is_site_header(element, main))
        or element.get("role") in _FURNITURE_ROLES
        or _FURNITURE_NAME.search(_names(element)) is not None
    )
    return suspect and _size(element) <= _FURNITURE_SHARE * size


def _is_site_header(header: HtmlElement, main: HtmlElement) -> bool:
    """Whether a header is that of the site, and holds no title of the page."""
    sectioned = main.get("role") == "main" or next(header.iterancestors(*_SECTIONING), None) is not None
    return not sectioned and header.find(".//h1") is None


def _names(element: HtmlElement) -> str:
    """The class and the id of an element, without an id that was made from the words of a heading."""
    if element.tag in _HEADED:
        return ""
    names = element.get("class") or ""
    first = next(iter(element), None)
    return names if first is not None and first.tag in _HEADED else f"{names} {element.get('id') or ''}"


FORMAT = Format("HTML", (".html", ".htm", ".xhtml"), _read)
