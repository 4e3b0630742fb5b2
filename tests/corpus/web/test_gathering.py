"""Pages as sources: which are fetched, how they are kept and asked for again, and what is said of the rest."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.reading import SourceReading
from corpus.skipped import SkippedFile
from corpus.web.copies import LIST, Copies
from corpus.web.gathering import gather
from corpus.web.limits import WebLimits
from tests.corpus.web.site import HTML, Site, html

ALLOWED = WebLimits(allow_private=True, seconds=5)


class Sources:
    """Addresses that are fetched into a folder and read."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.skipped: list[SkippedFile] = []

    def gather(self, *addresses: str, limits: WebLimits = ALLOWED) -> list[Path]:
        self.skipped.clear()
        return [Path(path) for path in gather(addresses, place=self.place, limits=limits, on_skip=self.skipped.append)]

    def read(self, *addresses: str, limits: WebLimits = ALLOWED) -> list[Document]:
        return list(SourceReading(self.gather(*addresses, limits=limits), on_skip=self.skipped.append))

    def causes(self) -> dict[str, str]:
        return {skip.path: skip.cause for skip in self.skipped}


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path / "kept")


def sitemap(*addresses: str, kind: str = "url") -> str:
    listed = "".join(f"<{kind}><loc>{address}</loc></{kind}>" for address in addresses)
    root = "urlset" if kind == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


def test_a_page_becomes_a_document_whose_source_is_its_address(site: Site, sources: Sources) -> None:
    url = site.put("/guide/green-tea", html("Green tea", "Tea is hot."))
    (document,) = sources.read(f"{url}#origin")
    assert (document.id, document.title, document.source) == ("green-tea", "Green tea", url)
    assert "Tea is hot." in document.text
    assert dict(document.metadata)["fetched"].endswith("+00:00")
    assert not sources.skipped


def test_the_copy_is_kept_as_it_came_with_its_date(site: Site, sources: Sources) -> None:
    url = site.put(
        "/tea", html("Tea", "Hot."), headers={"ETag": '"7"', "Last-Modified": "Tue, 01 Oct 2024 10:00:00 GMT"}
    )
    (folder,) = sources.gather(url)
    assert (folder / "tea.html").read_text() == html("Tea", "Hot.")
    head, line = map(json.loads, (folder / LIST).read_text().splitlines())
    assert head == {"address": url, "pages": None}
    assert (line["url"], line["etag"], line["modified"]) == (url, '"7"', "Tue, 01 Oct 2024 10:00:00 GMT")
    assert line["date"].startswith("20")
    assert (line["file"], line["size"]) == ("tea.html", len(html("Tea", "Hot.")))


def test_a_page_is_asked_for_again_and_comes_only_if_it_changed(site: Site, sources: Sources) -> None:
    url = site.put("/tea", html("Tea", "Hot."), headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    (folder,) = sources.gather(url)
    before = (folder / "tea.html").stat()
    assert sources.gather(url) == [folder]
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert site.asked[-1][1]["If-Modified-Since"] == "yesterday"
    assert (folder / "tea.html").stat() == before
    site.put("/tea", html("Tea", "Cold."), headers={"ETag": '"2"'})
    assert "Cold." in sources.read(url)[0].text
    kept = Copies.load(folder)
    assert kept is not None
    assert [copy.etag for copy in kept] == ['"2"']


def test_the_same_page_without_an_etag_leaves_the_copy_alone(site: Site, sources: Sources) -> None:
    url = site.put("/tea", html("Tea", "Hot."))
    (folder,) = sources.gather(url)
    before = (folder / "tea.html").stat()
    sources.gather(url)
    assert (folder / "tea.html").stat() == before


@pytest.mark.parametrize(
    ("path", "type", "body", "text"),
    [
        ("/a", HTML, b"<p>Tea is hot.", "Tea is hot."),
        ("/a", "text/html; charset=windows-1251", "<p>Чай горячий.".encode("cp1251"), "Чай горячий."),
        ("/a.md", "text/plain", b"# Tea\n\nTea is hot.", "Tea is hot."),
        ("/a.csv", "application/octet-stream", b"drink,heat\ntea,hot\n", "tea"),
        ("/a", "", b"<!DOCTYPE html><p>Tea is hot.", "Tea is hot."),
        ("/a", "text/plain; charset=utf-8", b"Tea <b>is</b> hot.", "Tea <b>is</b> hot."),
        ("/a.php?x=1", "text/csv", b"drink,heat\ntea,hot\n", "hot"),
    ],
)  # fmt: skip
def test_a_page_is_read_by_its_type_and_content(
    site: Site, sources: Sources, path: str, type: str, body: bytes, text: str
) -> None:
    (document,) = sources.read(site.put(path, body, type=type))
    assert text in document.text
    assert not sources.skipped


def test_pages_that_cannot_be_had_are_named_and_the_rest_is_read(site: Site, sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A note.")
    good = site.put("/tea", html("Tea", "Hot."))
    gone = f"{site.address}/gone"
    documents = sources.read(gone, str(tmp_path / "note.txt"), "ftp://x/y", "http://user:word@x/", good)
    assert [document.title for document in documents] == ["note", "Tea"]
    causes = sources.causes()
    assert causes[gone] == "the server answers 404 (no page is there)"
    assert "only http and https addresses are read" in causes["ftp://x/y"]
    assert "holds a password" in causes["http://user:word@x/"]


def test_nothing_at_all_is_an_error_with_the_causes(site: Site, sources: Sources) -> None:
    gone = f"{site.address}/gone"
    with pytest.raises(SourceError, match=f"nothing could be fetched: {gone}: the server answers 404"):
        sources.gather(gone)


def test_an_empty_page_is_named_by_its_address(site: Site, sources: Sources) -> None:
    url = site.put("/tea", "")
    assert sources.read(url) == []
    assert sources.causes() == {url: "is empty"}


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_was_kept_of_a_page_that_fails_stays(site: Site, sources: Sources, status: int) -> None:
    url = site.put("/tea", html("Tea", "Hot."))
    sources.gather(url)
    site.put("/tea", status=status)
    assert "Hot." in sources.read(url)[0].text
    (cause,) = sources.causes().values()
    assert cause.startswith(f"the server answers {status}")
    assert cause.endswith(" stays")


def test_all_pages_of_a_sitemap_are_read_and_bad_ones_named(site: Site, sources: Sources) -> None:
    pages = [site.put(f"/guide/{name}", html(name, f"On {name}.")) for name in ("tea", "milk")]
    gone = f"{site.address}/gone"
    place = site.put("/sitemap.xml", sitemap(pages[0], gone, pages[1], pages[0]), type="application/xml")
    documents = sources.read(place)
    assert sorted(document.source for document in documents) == sorted(pages)
    assert sources.causes() == {gone: "the server answers 404 (no page is there)"}


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_indexes_of_packed_sitemaps_are_followed(site: Site, sources: Sources, coding: str) -> None:
    tea = site.put("/tea", html("Tea", "Hot."))
    milk = site.put("/milk", html("Milk", "Cold."))
    first = site.put("/a.xml.gz", gzip.compress(sitemap(tea).encode()), type="application/x-gzip")
    second = site.put("/b.txt", f"{milk}\n", type="text/plain")
    second = site.put("/sitemap-b.txt", f"{milk}\n", type="text/plain")
    body = sitemap(first, second, f"{site.address}/index.xml", kind="sitemap").encode()
    headers = {"Content-Encoding": coding} if coding else {}
    place = site.put("/index.xml", gzip.compress(body) if coding else body, type="text/xml", headers=headers)
    assert [document.title for document in sources.read(place)] == ["Milk", "Tea"]
    assert not sources.skipped


def test_a_sitemap_is_bounded_in_pages_and_in_size(site: Site, sources: Sources) -> None:
    pages = [site.put(f"/{number}", html(f"Page {number}", "Text.")) for number in range(5)]
    place = site.put("/sitemap.xml", sitemap(*pages), type="text/xml")
    assert len(sources.read(place, limits=WebLimits(allow_private=True, pages=3))) == 3
    assert "the first 3 are read; --pages N reads more" in sources.causes()[place]
    assert len(sources.read(place)) == 3  # as it was asked for before
    assert len(sources.read(place, limits=WebLimits(allow_private=True, pages=5))) == 5
    assert not sources.skipped
    bomb = site.put("/sitemap.xml.gz", gzip.compress(b" " * 10_000_000), type="application/gzip")
    with pytest.raises(SourceError, match="is larger than 1 MB, unpacked"):
        sources.gather(bomb, limits=WebLimits(allow_private=True, size=1_000_000))


def test_a_sitemap_with_a_declared_entity_does_not_unfold_it(site: Site, sources: Sources) -> None:
    tea = site.put("/tea", html("Tea", "Hot."))
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{sitemap(tea, "&e;").split("?>")[1]}'
    (document,) = sources.read(site.put("/sitemap.xml", evil, type="text/xml"))
    assert document.source == tea


def test_pages_that_a_sitemap_no_longer_lists_go_unless_a_part_of_it_failed(site: Site, sources: Sources) -> None:
    tea, milk = (site.put(f"/{name}", html(name, "Text.")) for name in ("tea", "milk"))
    place = site.put("/sitemap.xml", sitemap(tea, milk), type="text/xml")
    assert len(sources.read(place)) == 2
    site.put("/sitemap.xml", sitemap(f"{site.address}/gone.xml", kind="sitemap"), type="text/xml")
    assert len(sources.read(place)) == 2
    site.put("/sitemap.xml", status=500)
    assert len(sources.read(place)) == 2
    assert sources.causes()[place].endswith("; the copies stay")
    site.put("/sitemap.xml", sitemap(milk), type="text/xml")
    assert [document.source for document in sources.read(place)] == [milk]


def test_a_sitemap_may_not_lead_into_a_private_network(site: Site, sources: Sources) -> None:
    tea = site.put("/tea", html("Tea", "Hot."))
    place = site.put("/sitemap.xml", sitemap("http://10.0.0.1/", tea), type="text/xml")
    assert [document.source for document in sources.read(place)] == [tea]
    assert "is a private, loopback or link-local address" in sources.causes()["http://10.0.0.1/"]


def test_two_addresses_of_one_page_are_one_document(site: Site, sources: Sources) -> None:
    tea = site.put("/tea", html("Tea", "Hot."))
    old = site.put("/old", status=301, headers={"Location": "/tea"})
    place = site.put("/sitemap.xml", sitemap(old, tea), type="text/xml")
    for _ in range(2):
        assert [document.source for document in sources.read(place)] == [tea]


def test_pages_of_one_name_have_files_and_ids_of_their_own(site: Site, sources: Sources) -> None:
    names = ["/a/tea", "/b/tea", "/a", "/a/", "/a?b=1", "/a?b=2", "/A", "/a.html/x", "/.hidden", "/con", "/x%2e%2e/y"]
    pages = [site.put(name, html(name, f"On {name}.")) for name in names]
    place = site.put("/sitemap.xml", sitemap(*pages), type="text/xml")
    documents = sources.read(place)
    assert sorted(document.title for document in documents) == sorted(names)
    assert len({document.id for document in documents}) == len(names)
    assert not sources.skipped


def test_what_was_fetched_before_an_interrupt_is_kept(site: Site, sources: Sources) -> None:
    tea, milk = (site.put(f"/{name}", html(name, "Text."), headers={"ETag": name}) for name in ("tea", "milk"))
    place = site.put("/sitemap.xml", sitemap(tea, milk), type="text/xml")

    def interrupt(done: int, _: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather([place], place=sources.place, limits=ALLOWED, on_skip=sources.skipped.append, progress=interrupt)
    site.asked.clear()
    assert len(sources.read(place)) == 2
    assert {path: "If-None-Match" in headers for path, headers in site.asked}["/tea"]


def test_a_damaged_list_of_copies_is_named(site: Site, sources: Sources) -> None:
    url = site.put("/tea", html("Tea", "Hot."))
    (folder,) = sources.gather(url)
    (folder / LIST).write_text("{")
    with pytest.raises(SourceError, match="damaged: no list of copies"):
        sources.gather(url)


EXPORT = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">
<siteinfo><sitename>Wikipedia</sitename><base>http://x/wiki/Main</base></siteinfo>
<page><title>Green tea</title><ns>0</ns><id>1</id><revision><id>2</id><timestamp>2024-10-01T10:00:00Z</timestamp>
<model>wikitext</model><text>'''Green tea''' is a [[tea]].

== Origin ==
It was first drunk in [[China]].</text></revision></page></mediawiki>"""


def test_an_article_of_wikipedia_is_asked_of_its_api(
    site: Site, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_WIKIPEDIA", f"{site.address}/{{language}}")
    site.put("/robots.txt", "User-agent: *\nDisallow: /de/w/", type="text/plain")
    asked = "/de/w/api.php?action=query&export=1&exportnowrap=1&redirects=1&titles=Green+tea"
    site.put(asked, EXPORT, type="text/xml")
    (document,) = sources.read("wikipedia:de:green_tea")
    assert (document.title, document.source) == ("Green tea", f"{site.address}/de/wiki/Green_tea")
    assert [section.path for section in document.sections] == [(), ("Origin",)]
    assert "It was first drunk in China." in document.text


def test_an_article_that_is_not_there_is_told(site: Site, sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_WIKIPEDIA", site.address)
    asked = "/w/api.php?action=query&export=1&exportnowrap=1&redirects=1&titles=Nothing"
    site.put(asked, EXPORT[: EXPORT.index("<page>")] + "</mediawiki>", type="text/xml")
    with pytest.raises(
        SourceError, match="wikipedia:en:Nothing: no article is called 'Nothing' in en; check the spelling"
    ):
        sources.gather("wikipedia:Nothing")
    with pytest.raises(SourceError, match="names no article"):
        sources.gather("wikipedia:")
