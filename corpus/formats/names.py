"""What the class and the id of an element say of it, in the words that pages commonly use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_HUMPS = re.compile(r"[\s_]+")

# One word that may name furniture, and may as well name what a section is about.
_WORD = re.compile(
    r"(?:^|[ -])(?:cookies?|consent|gdpr|newsletter|subscribe|sidebar|breadcrumbs?|navbar|navbox|nav|navigation|menu"
    r"|share|sharing|social|toc|advert|advertisement|ads?|promo|popup|modal|pagination|pager|footer|masthead|noprint)"
    r"(?=$|[ -])"
)
# Two words that name furniture and little else.
_PAIR = re.compile(
    r"(?:^|[ -])(?:"
    r"(?:cookies?|consent|gdpr|privacy)-?(?:banner|bar|notice|popup|modal|dialog|overlay|law|warning|message)"
    r"|(?:site|main|top|page|global|primary|secondary|footer|header|mobile|side)-?(?:nav|navigation|menu|footer|header)"
    r"|nav-?(?:bar|box|menu|links?)|(?:share|sharing|social)-?(?:buttons?|links?|icons?|bar|media)"
    r"|newsletter-?(?:signup|sign-up|form|box|banner)|skip-?(?:link|nav|to-content)|adsense"
    r"|ads?-?(?:slot|unit|banner|container|wrapper)|(?:popup|modal)-?(?:overlay|window|dialog)"
    r")(?=$|[ -])"
)
_UNSEEN = re.compile(r"(?:^|[ -])(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text)(?=$|[ -])")
_HEADING_LINK = re.compile(r"(?:^|[ -])(?:editsection|headerlink|permalink|anchor-?link|heading-?anchor)(?=$|[ -])")
_NOTE_MARK = re.compile(r"(?:^|[ -])(?:footnote-?(?:ref|reference|mark)?|noteref|fnref|reference|note-?mark)(?=$|[ -])")
_NOTE_BOX = re.compile(
    r"(?:^|[ -])(?:note|tip|hint|warning|caution|danger|important|info|admonition|callout|alert|example)(?=$|[ -])"
)
_PANEL = re.compile(
    r"(?:^|[ -])(?:accordion|collaps(?:e|ed|ible)|panel|tab-?pane|tab-?panel|tab-?content|toggle|expand(?:able|er|ed)?"
    r"|fold(?:ed|able)?|faq|answer|spoiler|details|disclosure)(?=$|[ -])"
)
_STRUCK = re.compile(r"(?:^| )(?:line-through|strikethrough|strike-through)(?=$| )")


def names(element: HtmlElement) -> str:
    """Return the class and the id of an element in lower case, its words joined by hyphens.

    >>> from lxml.html import fromstring
    >>> names(fromstring('<div class="siteNav top" id="main_menu"></div>'))
    'site-nav top main-menu'
    """
    found = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if not found:
        return ""
    parts = (_HUMPS.sub("-", _CAMEL.sub("-", part)) for part in found.split())
    return " ".join(parts).lower()


def names_furniture(words: str) -> bool:
    """Return whether one word of a name may mean furniture, which by itself is no proof."""
    return _WORD.search(words) is not None or _PAIR.search(words) is not None


def names_furniture_twice(words: str) -> bool:
    """Return whether two words of a name mean furniture together.

    >>> names_furniture_twice("cookie-banner"), names_furniture_twice("menu-item")
    (True, False)
    """
    return _PAIR.search(words) is not None


def names_unseen(words: str) -> bool:
    """Return whether a name means a text that is read out and not shown."""
    return _UNSEEN.search(words) is not None


def names_heading_link(words: str) -> bool:
    """Return whether a name means the sign beside a heading that links to it, or edits it."""
    return _HEADING_LINK.search(words) is not None


def names_note_mark(words: str) -> bool:
    """Return whether a name means the mark of a footnote."""
    return _NOTE_MARK.search(words) is not None


def names_note_box(words: str) -> bool:
    """Return whether a name means a box with a note on the text."""
    return _NOTE_BOX.search(words) is not None


def names_panel(words: str) -> bool:
    """Return whether a name means a part that a reader folds and unfolds.

    >>> names_panel("accordion-body"), names_panel("error")
    (True, False)
    """
    return _PANEL.search(words) is not None


def names_struck(words: str) -> bool:
    """Return whether a name means a text with a line through it."""
    return _STRUCK.search(words) is not None
