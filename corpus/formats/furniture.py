"""Which elements of a page are no part of its text, and why: two signs speak against each, or its very kind does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.formats import names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that never show text of the page.
_WITHOUT_TEXT = frozenset(
    """
    script style template head iframe object embed canvas video audio map noscript svg input select textarea datalist
    """.split()  # noqa: SIM905
)
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar".split()  # noqa: SIM905
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Moved off the page, of no size, or cut to nothing: for programs that read pages out.
_UNSEEN_STYLE = re.compile(
    r"\b(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|\bfont-size\s*:\s*0(?:px|r?em|pt|%)?\s*(?:[;!]|\Z)"
    r"|\bclip\s*:\s*rect\(\s*[01]",
    re.IGNORECASE,
)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK = frozenset(("del", "s", "strike"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Of a block alone a name may say that it is furniture.
_NAMED = frozenset(("div", "section", "ul", "ol", "header", "table", "center", "menu", "fieldset", "figure"))
INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em i ins kbd label mark q samp small span strong time u var".split()  # noqa: SIM905
)
_CONTROLS = "input", "select", "textarea", "button"
# The header inside one of these belongs to it, and not to the site (HTML-AAM 1.0, "header").
_SECTIONING = "article", "main", "section"

# A sentence: four words or more, and a stop.
_SENTENCE = re.compile(r"\w+[^\w.!?]+\w+[^\w.!?]+\w+[^\w.!?]+\w[^.!?]*[.!?…。！？](?=[\"'”’»)\]\s]|\Z)")
_WORDS = re.compile(r"\w+")
_RIGHTS = re.compile("©|copyright|all rights reserved", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]+|(?:note|nb|fn)\s*\d+)\s*[\])]?", re.IGNORECASE)
# A number to which a raised number that leads to another page is more likely a power than a note.
_POWER_OF = re.compile(r"(?<![\d.,$€£])\d{1,2}\Z")
_BACK_LINK = re.compile("[↩↵↑⤴^\ufe0e\ufe0f\\s]+")
# The share of the page's text above which an element is no furniture whatever speaks for it (a page may sit in one
# <form>), and the share of its own text in links above which a block is a list of links. Set by hand.
_SHARE = 0.5
_LINKED = 0.5


class Furniture:
    """Tells the furniture of a page from its text; ``main`` holds the text, of a page with ``size`` characters."""

    def __init__(self, page: HtmlElement, main: HtmlElement, size: int) -> None:
        self._main = main
        self._size = size
        self._controlled = _controlled(page)

    def reason(self, element: HtmlElement) -> str | None:
        """Return why an element inside the main one is no part of the text, in a word or two; None if it is."""
        tag = element.tag
        if not isinstance(tag, str):
            return "comment"
        if tag in _WITHOUT_TEXT:
            return "no text"
        words = names.names(element)
        if tag == "nav" or (tag == "footer" and not _in_quotation(element) and not _ends_article(element, words)):
            return "navigation" if tag == "nav" else "footer"
        if tag in _STRUCK or _is_struck(element, words):
            return "struck out"
        if self._is_hidden(element, words):
            return "hidden"
        if _is_note_mark(element, words):
            return "footnote mark"
        if tag == "button":
            return None if self._is_text(element) else "button"
        if tag == "aside" or element.get("role") == "complementary":
            return None if self._is_note(element, words) else "aside"
        return self._suspected(element, words)

    def _suspected(self, element: HtmlElement, words: str) -> str | None:
        """Why an element whose kind or name makes it suspect is furniture."""
        tag, why = element.tag, None
        if tag == "form":
            why = None if _has_prose(element) and not names.names_furniture(words) else "form"
        elif tag == "header" and self._is_site_header(element):
            why = "header of the site"
        elif element.get("role") in _ROLES:
            why = element.get("role")
        elif tag == "dialog" and element.get("open") is None:
            why = "dialog"
        elif (tag == "menu" or tag in _NAMED) and _is_named_furniture(element, words):
            why = "page furniture"
        return why if why is not None and size_of(element) <= _SHARE * self._size else None

    def _is_hidden(self, element: HtmlElement, words: str) -> bool:
        """Whether a reader can never see an element; what a click unfolds is only folded."""
        hidden = element.get("hidden")
        if hidden == "until-found":
            return False
        if (
            hidden is None
            and element.get("aria-hidden") != "true"
            and not _HIDDEN_STYLE.search(element.get("style") or "")
        ):
            moved = element.tag not in _HEADINGS and _UNSEEN_STYLE.search(element.get("style") or "")
            unseen = (moved or names.names_unseen(words)) and element.find(".//math") is None
            return unseen or (names.names_heading_link(words) and _is_sign(element))
        if element.find(".//math") is not None:
            return False  # shown as a picture
        return not self._is_folded(element, words)

    def _is_folded(self, element: HtmlElement, words: str) -> bool:
        """Whether a hidden element is a panel, a tab or an answer that a click shows."""
        if element.tag in INLINE or element.tag in ("p", "dialog") or element.get("role") in _ROLES:
            return element.tag == "p" and self._follows_opener(element)
        if names.names_furniture(words) or (_links_share(element) > _LINKED and not _has_prose(element)):
            return False
        parent = element.getparent()
        return (
            element.get("role") in ("tabpanel", "region")
            or element.get("id") in self._controlled
            or names.names_panel(words)
            or (parent is not None and names.names_panel(names.names(parent)))
            or self._follows_opener(element)
        )

    @staticmethod
    def _follows_opener(element: HtmlElement) -> bool:
        """Whether an element stands right after the heading or button that opens it."""
        before = element.getprevious()
        if before is None:
            return False
        opener = before.tag in ("button", "summary") or before.get("aria-expanded") is not None
        inside = any(
            part.get("aria-expanded") is not None or part.tag == "button" for part in before.iter("button", "a")
        )
        return opener or inside or (before.tag in _HEADINGS and _has_prose(element))

    def _is_text(self, button: HtmlElement) -> bool:
        """Whether the words of a button are part of a heading or a sentence, or head what it unfolds."""
        if next(button.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend"), None) is not None:
            return True
        element: HtmlElement = button
        while True:
            if has_words_beside(element):
                return True
            parent = element.getparent()
            if parent is None or parent.tag not in INLINE:
                break
            element = parent
        following = button.getnext()
        opens = button.get("aria-controls") is not None or button.get("aria-expanded") is not None
        panel = following is not None and names.names_panel(names.names(following))
        return (opens or panel) and len(_WORDS.findall(button.text_content())) > 1

    def _is_note(self, aside: HtmlElement, words: str) -> bool:
        """Whether an aside is a note on the text, and not a bar beside it."""
        if aside.find(".//article") is not None or names.names_furniture_twice(words):
            return False
        if _links_share(aside) > _LINKED:
            return False
        if names.names_note_box(words) or aside.get("role") == "note":
            return True
        if names.names_furniture(words) and next(aside.iterdescendants(*_CONTROLS), None) is not None:
            return False
        return _has_prose(aside) or len(_WORDS.findall(_text(aside))) > 3

    def _is_site_header(self, header: HtmlElement) -> bool:
        """Whether a header is that of the site, and holds no title of the page."""
        sectioned = self._main.get("role") == "main" or next(header.iterancestors(*_SECTIONING), None) is not None
        return not sectioned and header.find(".//h1") is None


def size_of(element: HtmlElement) -> int:
    """Return how many characters of text an element holds, without scripts and styles."""
    scripts = sum(len(inner.text or "") for inner in element.iter("script", "style"))
    return len(element.text_content()) - scripts


def _text(element: HtmlElement) -> str:
    """The text of an element as a reader sees it, without scripts, styles and controls."""
    left_out = {*element.iter("script", "style", "template", "button", "select", "textarea", "label", "legend")}
    if not left_out:
        return " ".join(element.text_content().split())
    pieces: list[str] = []
    waiting: list[tuple[HtmlElement, bool]] = [(element, True)]
    while waiting:
        part, entering = waiting.pop()
        if entering and part not in left_out:
            pieces.append((part.text or "") if isinstance(part.tag, str) else "")
            waiting.append((part, False))
            waiting += [(child, True) for child in reversed(part)]
            continue
        if part is not element and (not entering or part in left_out):
            pieces.append(part.tail or "")
    return " ".join(" ".join(pieces).split())


def _has_prose(element: HtmlElement) -> bool:
    return _SENTENCE.search(_text(element)) is not None


def _links_share(element: HtmlElement) -> float:
    """The share of an element's text that stands in links."""
    whole = len("".join(element.text_content().split()))
    links = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return links / whole if whole else 0.0


def _is_named_furniture(element: HtmlElement, words: str) -> bool:
    """Whether a block that is named like furniture is also made like it."""
    if not words or not names.names_furniture(words):
        return False
    if _named_by_heading(element):
        return False
    controls = next(element.iterdescendants(*_CONTROLS), None) is not None
    prose = _has_prose(element)
    if names.names_furniture_twice(words):
        return controls or not prose or _links_share(element) > _LINKED
    return not prose and (controls or _links_share(element) > _LINKED)


def _named_by_heading(element: HtmlElement) -> bool:
    """Whether an id was made from the words of the heading inside."""
    name = element.get("id")
    heading = next(element.iterdescendants(*_HEADINGS), None)
    if not name or heading is None or element.get("class"):
        return False
    return set(re.findall(r"\w+", name.lower().replace("_", "-"))) <= set(
        re.findall(r"\w+", heading.text_content().lower())
    )


def _is_struck(element: HtmlElement, words: str) -> bool:
    return (
        element.get("role") == "deletion"
        or _STRUCK_STYLE.search(element.get("style") or "") is not None
        or names.names_struck(words)
    )


def _is_note_mark(element: HtmlElement, words: str) -> bool:
    """Whether an element is the mark of a footnote that links to it, or the link back from there."""
    tag, text = element.tag, ""
    if tag not in ("sup", "a", "span", "small"):
        return False
    text = " ".join(element.text_content().split())
    if tag == "a":
        href = element.get("href") or ""
        role = f"{element.get('role') or ''} {element.get('epub:type') or ''}"
        named = "noteref" in role or (names.names_note_mark(words) and href.startswith("#"))
        back = href.startswith("#") and bool(text) and _BACK_LINK.fullmatch(text) is not None
        raised = (
            href.startswith("#")
            and len(element) == 1
            and element[0].tag == "sup"
            and not (element.text or "").strip()
            and not (element[0].tail or "").strip()
        )
        bracketed = href.startswith("#") and text.startswith("[")
        return back or ((named or raised or bracketed) and _MARK.fullmatch(text) is not None)
    links = list(element.iter("a"))
    if tag == "sup":
        if not links:
            return names.names_note_mark(words) and _MARK.fullmatch(text) is not None
        bracketed = text.startswith("[") and text.endswith("]")
        away = not any("#" in (link.get("href") or "#") for link in links)
        if away and text.isdigit() and _POWER_OF.search(_text_before(element)):
            return False
        return bracketed or all(_MARK.fullmatch(part) for part in re.split(r"[\s,;–-]+", text) if part)
    return "noteref" in (element.get("role") or "") and _MARK.fullmatch(text) is not None


def _is_sign(element: HtmlElement) -> bool:
    """Whether an element shows a sign or a word in brackets."""
    text = " ".join(element.text_content().split())
    return len(text) < 4 or (text.startswith("[") and text.endswith("]"))


def has_words_beside(element: HtmlElement) -> bool:
    """Whether an inline element stands in a run of text."""
    if (element.tail or "").strip(" \t\r\n\f\xa0|·,/"):
        return True
    if _text_before(element).strip(" \t\r\n\f\xa0|·,/"):
        return True
    before, after = element.getprevious(), element.getnext()
    return any(
        beside is not None
        and beside.tag in INLINE
        and beside.tag not in ("a", "label")
        and beside.text_content().strip()
        for beside in (before, after)
    )


def _text_before(element: HtmlElement) -> str:
    """The text directly before an element."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return text or ""


def _in_quotation(element: HtmlElement) -> bool:
    """Whether an element says who is quoted."""
    parent = element.getparent()
    return element.tag == "footer" and parent is not None and parent.tag == "blockquote"


def _ends_article(footer: HtmlElement, words: str) -> bool:
    """Whether a footer closes an article with sentences of its own, and not with links and rights."""
    if next(footer.iterancestors("article", "section"), None) is None or names.names_furniture(words):
        return False
    return _has_prose(footer) and _links_share(footer) <= _LINKED and not _RIGHTS.search(footer.text_content())


def _controlled(page: HtmlElement) -> frozenset[str]:
    """The ids of what the controls of a page show and hide."""
    found: set[str] = set()
    for element in page.iter("button", "a", "div", "span", "li", "h1", "h2", "h3", "h4", "h5", "h6", "label"):
        found.update((element.get("aria-controls") or "").split())
        for name in ("data-target", "data-bs-target"):
            found.add((element.get(name) or "").removeprefix("#"))
        if element.tag == "a" and (element.get("role") in ("tab", "button") or element.get("data-toggle")):
            found.add((element.get("href") or "").removeprefix("#"))
    return frozenset(found - {""})
