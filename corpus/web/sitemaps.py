"""Sitemaps: the pages that a site lists, in XML, packed with gzip or as lines of text, and indexes of sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from corpus.errors import SourceError
from corpus.web.unpacking import gunzipped

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>/]")
_LINE = re.compile(r"https?://\S+\Z")
_MOST_LINES = 50_000  # of sitemaps.org


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, in order: pages, and other sitemaps; of one that is damaged, what stands before that."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    damage: str = ""


def parse(data: bytes, address: str, *, size: int) -> Sitemap | None:
    """What a sitemap lists, or None where the bytes are none.

    Raises SourceError where they unpack to more than ``size`` bytes.

    >>> parse(b"<urlset><url><loc> https://example.org/tea </loc></url></urlset>", "", size=99).pages
    ('https://example.org/tea',)
    """
    path = address.partition("?")[0].lower()
    if data.startswith(b"\x1f\x8b"):
        if "sitemap" not in path and not path.endswith(".xml.gz"):
            return None
        data = gunzipped(data, address, size=size)
    if _ROOT.search(data[:4096]) and not re.match(rb"\s*<(?:!doctype\s+)?html", data[:200], re.IGNORECASE):
        return _of_xml(data)
    if "sitemap" in path.rsplit("/", 1)[-1] and path.endswith(".txt"):
        lines = [line for line in map(str.strip, data.decode("utf-8-sig", "replace").splitlines()) if line]
        if lines and all(map(_LINE.match, lines[:_MOST_LINES])):
            return Sitemap(pages=tuple(lines[:_MOST_LINES]))
    return None


def _of_xml(data: bytes) -> Sitemap:
    from lxml import etree

    parser = etree.XMLPullParser(events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    damage = ""

    def take() -> None:
        for _, ended in parser.read_events():
            element = cast("_Element", ended)
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            parent = element.getparent()
            if name == "loc" and parent is not None and isinstance(parent.tag, str) and element.text:
                listed = found.get(etree.QName(parent).localname)
                if listed is not None:
                    listed.append(element.text.strip())
            elif name in found:
                element.clear()

    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
            take()
        parser.close()
        take()
    except etree.XMLSyntaxError as error:
        take()
        damage = str(error)
    return Sitemap(tuple(found["url"]), tuple(found["sitemap"]), damage)


def check_whole(sitemap: Sitemap, address: str) -> None:
    """Raises SourceError for a sitemap that lists nothing."""
    if not sitemap.pages and not sitemap.sitemaps:
        why = f"is damaged ({sitemap.damage})" if sitemap.damage else "lists no page"
        raise SourceError(f"{address}: is a sitemap and {why}")
