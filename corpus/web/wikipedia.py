"""Articles of Wikipedia by their titles: ``wikipedia:TITLE``, ``wikipedia:de:TITLE``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from corpus.errors import SettingError, SourceError

_ADDRESS = re.compile(
    r"wikipedia:(?:(?P<language>[a-z]{2,3}(?:-[a-z]{2,12}){0,2}|simple):)?(?P<title>.*)\Z", re.IGNORECASE
)
_FORBIDDEN = re.compile(r"[\[\]{}|<>#\n\r\t]")
_USUAL = "https://{language}.wikipedia.org"


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its title, the ``page`` that people read, and the ``export`` that the API gives of it."""

    language: str
    title: str
    page: str
    export: str


def article(address: str) -> Article:
    """The article that an address names; ``QA_WIKIPEDIA`` may name another server, with ``{language}`` in it.

    Raises SourceError where no article can have that title.

    >>> article("wikipedia:de:Grüner Tee").page
    'https://de.wikipedia.org/wiki/Gr%C3%BCner_Tee'
    """
    found = _ADDRESS.match(address.strip())
    title = " ".join((found["title"] if found else "").replace("_", " ").split())
    if found is None or not title or _FORBIDDEN.search(title):
        raise SourceError(f"{address}: names no article; expected wikipedia:TITLE, or wikipedia:de:TITLE for German")
    language = (found["language"] or "en").lower()
    host = os.environ.get("QA_WIKIPEDIA", _USUAL).replace("{language}", language).rstrip("/")
    if not re.match(r"https?://[^/]", host):
        raise SettingError(f"QA_WIKIPEDIA is {host!r}; an address was expected, as in {_USUAL}")
    title = title[0].upper() + title[1:]
    asked = {"action": "query", "export": "1", "exportnowrap": "1", "redirects": "1", "titles": title}
    name = quote(title.replace(" ", "_"), safe="/:@!$&'()*,;~-._")
    return Article(language, title, f"{host}/wiki/{name}", f"{host}/w/api.php?{urlencode(asked)}")


def check_export(body: bytes, wanted: Article) -> None:
    """Raises SourceError where an answer of the API holds no article."""
    if b"<mediawiki" not in body[:2000]:
        raise SourceError(f"{wanted.page}: the server's answer is no export of MediaWiki; is it a wiki?")
    if b"<page>" not in body:
        raise SourceError(
            f"{wanted.page}: no article is called {wanted.title!r} in {wanted.language}; check the spelling, or name "
            "another language as in wikipedia:de:TITLE"
        )
