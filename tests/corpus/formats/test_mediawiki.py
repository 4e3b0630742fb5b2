"""Exports of MediaWiki: articles as they are read, the rest counted."""

import bz2
import gzip
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.wikitext import Wikitext
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives

HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>'
    "<base>https://wiki.example.org/wiki/Main_Page</base>"
    '<namespaces><namespace key="0" /><namespace key="1">Talk</namespace></namespaces></siteinfo>'
)


def page(title: str, text: str, *, ns: int = 0, redirect: bool = False) -> str:
    more = '<redirect title="Oak"/>' if redirect else ""
    old = "<revision><text>Old.</text></revision>" if ns == 0 and not redirect else ""
    return (
        f"<page><title>{escape(title)}</title><ns>{ns}</ns>{more}{old}<revision><timestamp>2026-03-03T00:00:00Z"
        f"</timestamp><model>wikitext</model><text>{escape(text)}</text></revision></page>"
    )


def export(*pages: str) -> bytes:
    return f"{HEAD}{''.join(pages)}</mediawiki>".encode()


ARTICLE = """{{Short description|no}}
{{Infobox building
| name = Oak Room
| seats = {{formatnum:12}}
| opened = {{start date|2001|1|2}}
| image = a.png
| owners = {{ubl|Ann|[[Bo Finch|Bo]]}}
}}
[[File:a.png|thumb|upright=1.2|The '''way''' in [[Riga]]]]
The '''Oak Room''' is a [[room (building)|room]] of
{{convert|12|m2|sqft}} in [[Riga]].<ref name="a">{{cite web|x}}</ref><ref name="a"/>
It has 10<sup>6</sup> books<!-- no -->.{{citation needed}}

== History ==
It was built ''twice''.

=== Fire ===
* In [[1890s|1890]]
** by [https://x.org lightning]
* In 1910
# First

; Owner : Ann
: Indented.

== Rates ==
{| class="wikitable"
|+ Prices
! Room !! colspan="2" | Price
|-
! !! Week !! End
|-
| rowspan=2 | Oak || 80 || [[End|90]]
|-
| 70
| style="x" | 75<br>or 80
|}

<pre>
* not an item
</pre>
__NOTOC__
[[Category:Rooms]] [[de:Eichenraum]] &ndash; <s>gone</s> <nowiki>[[x]]</nowiki>
"""


def articles(data: bytes, name: str = "dump.xml") -> list[Document]:
    return read(data, name)[0]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("dump.xml", bytes), ("dump.xml.bz2", bz2.compress), ("dump.xml.gz", gzip.compress), ("a.txt", bytes)],
)
def test_an_article_is_read_as_its_readers_see_it(name: str, pack: type[bytes]) -> None:
    (document,) = articles(pack(export(page("Oak Room", ARTICLE))), name)
    assert (document.id, document.title, document.source) == ("oak-room", "Oak Room", f"{name}:Oak Room")
    assert layout(document) == [
        (
            (),
            "- Name: Oak Room\n- Seats: 12\n- Opened: 2001-01-02\n- Owners: Ann, Bo\n\nThe way in Riga\n\n"
            "The Oak Room is a room of\n12 m2 in Riga.\nIt has 10^6 books.",
        ),
        (("History",), "It was built twice."),
        (("History", "Fire"), "- In 1890\n  - by lightning\n- In 1910\n1. First\n- Owner: Ann\n\nIndented."),
        (
            ("Rates",),
            "Prices\n\nRoom | Price Week | Price End\n--- | --- | ---\nOak | 80 | 90\nOak | 70 | 75; or 80\n\n"
            "* not an item\n\n– [[x]]",
        ),
    ]
    assert dict(document.metadata) == {
        "date": "2026-03-03T00:00:00Z",
        "categories": "Rooms",
        "url": "https://wiki.example.org/wiki/Oak_Room",
    }
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("references", "2"),
        ("galleries and struck text", "1"),
        ("templates", "2: short description (1), citation needed (1)"),
        ("pictures", "1: File:a.png"),
    ]


def test_redirects_and_other_namespaces_are_counted() -> None:
    data = export(
        page("Oak", "Tea."), page("Oaks", "#REDIRECT [[Oak]]", redirect=True), page("Talk:Oak", "Hi.", ns=1),
        page("Elm", "#redirect [[Oak]]"), page("Void", "{{stub}}"),
    )  # fmt: skip
    documents, skipped = read(data, "dump.xml")
    assert [document.title for document in documents] == ["Oak"]
    assert list(map(str, skipped)) == ["dump.xml: pages left out: 2 redirects, 1 of Talk, 1 pages without text"]


def test_a_cut_export_gives_the_pages_before() -> None:
    data = export(page("Oak", "Tea."), page("Elm", "Ice."))
    documents, skipped = read(data[:-60], "dump.xml")
    assert [document.title for document in documents] == ["Oak"]
    assert "is damaged after 1 articles" in str(skipped[0])


@pytest.mark.parametrize(
    "data", [b"<rss><x/></rss>", b"Tea is hot.", b"<mediawiki></mediawiki>", export(), b"<mediawiki"]
)
def test_a_file_that_is_no_export_is_named(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^dump\.xml: is"):
        read(data, "dump.xml")


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE mediawiki [<!ENTITY a "tea"><!ENTITY b "&a;&a;&a;">]>' + export(page("Oak", "Hot."))
    (document,) = articles(bomb.replace(b"Hot.", b"Hot &b;."))
    assert "tea" not in document.text


PIECES = [
    "{{",
    "}}",
    "[[",
    "]]",
    "{|",
    "|}",
    "|-",
    "\n|",
    "\n!",
    "||",
    "'''",
    "==",
    "\n* ",
    "<ref>",
    "</ref>",
    "a",
    "<pre>",
    "\n",
]


@settings(deadline=None, max_examples=200)
@given(CHANGES, st.lists(st.sampled_from(PIECES), max_size=30))
def test_a_harmed_export_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], pieces: list[str]) -> None:
    assert survives(harmed(export(page("Oak", ARTICLE), page("Elm", "Ice.")), changes), "dump.xml")
    reader = Wikitext()
    reader.read(ARTICLE + "".join(pieces))
    assert "Oak Room" in reader.blocks.layout.text
