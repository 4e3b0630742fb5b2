"""Exports of MediaWiki (XML dumps): one document for each article, read as a stream."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from corpus.contents import Content, LargeFile
from corpus.documents import Document, Dropped
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.base import slug
from corpus.formats.wikitext import Wikitext
from corpus.sections import split_sections
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_CATEGORIES = 30


def read(data: Content, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the articles of an export of MediaWiki."""
    with data.path.open("rb") if isinstance(data, LargeFile) else io.BytesIO(data) as file:
        yield from read_stream(file, source, on_skip)


def read_stream(file: IO[bytes], source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the articles of an export; pages of other kinds are counted and told at the end.

    Raises SourceError, naming the source, where it is no export.
    """
    from lxml import etree

    export = _Export(source)
    try:
        events = etree.iterparse(
            file, events=("start", "end"), huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            document = export.take(element, ended=event == "end")
            if document is not None:
                yield document
    except etree.XMLSyntaxError as error:
        if not export.found and not export.left_out:
            raise SourceError(f"{source}: is no whole XML file ({error}); export it anew and try again") from error
        on_skip(SkippedFile(source, f"is damaged after {export.found:,} articles ({error}); the rest is left out"))
    if export.left_out:
        told = ", ".join(f"{count:,} {name}" for name, count in export.left_out.most_common())
        on_skip(SkippedFile(source, f"pages left out: {told}"))
    if not export.found:
        raise EmptySourceError(f"{source}: is empty: no article in this export of MediaWiki")


class _Export:
    """What is known of an export so far: ``found`` articles, and ``left_out`` by the reason."""

    def __init__(self, source: str) -> None:
        self.found = 0
        self.left_out: Counter[str] = Counter()
        self._source = source
        self._base = ""
        self._names: dict[str, str] = {}
        self._begun = False

    def take(self, element: _Element, *, ended: bool) -> Document | None:
        """Take an element as it begins or ends; the document of an article that ends."""
        tag = _local(element)
        if not self._begun and tag != "mediawiki":
            raise SourceError(f"{self._source}: is XML, but no export of MediaWiki (its root element is {tag})")
        self._begun = True
        if not ended:
            return None
        if tag == "base":
            self._base = (element.text or "").rpartition("/")[0]
        elif tag == "namespace":
            self._names[element.get("key") or ""] = element.text or "articles"
        elif tag == "page":
            document = _page(element, self._source, self._base, self._names, self.left_out)
            _forget(element)
            if document is not None and document.sections:
                self.found += 1
                return document
            self.left_out["pages without text"] += document is not None
            self.left_out += Counter()  # without those that count 0
        return None


def _page(element: _Element, source: str, base: str, names: dict[str, str], left_out: Counter[str]) -> Document | None:
    """The document of a page, None for one that is no article."""
    parts = {_local(child): child for child in element}
    title = (parts["title"].text or "").strip() if "title" in parts else ""
    namespace = (parts["ns"].text or "0").strip() if "ns" in parts else "0"
    if namespace != "0":
        left_out[f"of {names.get(namespace, f'namespace {namespace}')}"] += 1
        return None
    revision = parts.get("revision")  # the last one of several
    fields = {_local(child): child.text or "" for child in revision} if revision is not None else {}
    text = fields.get("text", "")
    if "redirect" in parts or text[:60].lstrip().lower().startswith(("#redirect", "#weiterleitung", "#redirection")):
        left_out["redirects"] += 1
        return None
    if fields.get("model", "wikitext") != "wikitext" or not title:
        left_out["pages that are no wiki text"] += 1
        return None
    reader = Wikitext()
    reader.read(text)
    blocks = reader.blocks
    written = blocks.layout.text
    facts = [
        ("date", fields.get("timestamp", "")),
        ("categories", ", ".join(reader.categories[:_MOST_CATEGORIES])[:1000]),
    ]
    if base.startswith("http"):
        facts.append(("url", f"{base}/{quote(title.replace(' ', '_'))}"))
    return Document(
        id=slug(title),
        title=title,
        text=written,
        sections=split_sections(written, blocks.layout.headings),
        source=f"{source}:{title}",
        dropped=tuple(_merged(blocks.dropped)),
        metadata=tuple((name, value) for name, value in facts if value),
    )


def _merged(dropped: list[Dropped]) -> Iterator[Dropped]:
    """What was dropped, with one entry for all pictures."""
    pictures = [part.text for part in dropped if part.kind == "picture"]
    yield from (part for part in dropped if part.kind != "picture")
    if pictures:
        yield Dropped.of("pictures", f"{len(pictures):,}: {', '.join(pictures)}")


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: _Element) -> None:
    """Free the memory of a page and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
