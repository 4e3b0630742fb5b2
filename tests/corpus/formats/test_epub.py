"""EPUB: books that the tests write themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file
from corpus.formats.epub import read as read_epub
from corpus.skipped import SkippedFile

DC = "http://purl.org/dc/elements/1.1/"
OPF = "http://www.idpf.org/2007/opf"
OPS = "http://www.idpf.org/2007/ops"
NAV = "<ol><li><a href='two.xhtml'>Second part</a></li><li><a href='three.xhtml#x'>End</a></li></ol>"
NAV = f"<nav epub:type='toc'>{NAV}</nav>"


def page(body: str) -> str:
    return (
        f"<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='{OPS}'><head><title/></head><body>{body}</body></html>"
    )


def epub(
    pages: Mapping[str, str], *, order: Sequence[str] = (), nav: str = NAV, parts: Mapping[str, str] | None = None
) -> bytes:
    """An EPUB file; ``pages`` are the bodies of its parts by name, in the order of the spine unless told otherwise."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        root = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
        archive.writestr("META-INF/container.xml", root)
        kind = "media-type='application/xhtml+xml'"
        items = "".join(f"<item id='{name}' href='{name}.xhtml' {kind}/>" for name in pages)
        items += f"<item id='nav' href='nav.xhtml' {kind} properties='nav'/>"
        spine = "".join(f"<itemref idref='{name}'/>" for name in order or ["nav", *pages])
        about = "<dc:title>Tea &amp; Milk</dc:title><dc:creator>Ann Lark</dc:creator>"
        archive.writestr(
            "OEBPS/book.opf",
            f"<package xmlns='{OPF}' xmlns:dc='{DC}'><metadata>{about}</metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>",
        )
        for name, body in {**pages, "nav": nav}.items():
            archive.writestr(f"OEBPS/{name}.xhtml", page(body))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def parse(data: bytes) -> tuple[Document, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    (document,) = read_epub(data, "tea.epub", skipped.append)
    return document, skipped


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


PAGES = {
    "one": "<h1>Brewing</h1><p>Boil&#160;it.</p><h2>Green</h2><a id='p1'/><p>At 80 degrees.</p>",
    "two": "<p>No heading here.</p>"
    "<table><tr><th>Tea</th><th>Price</th></tr><tr><td>Oolong</td><td>9 euros</td></tr></table>",
    "three": "<h1>Notes</h1><ul><li>one<ul><li>two</li></ul></li></ul>",
}
BOOK = epub(PAGES)


@pytest.mark.parametrize("name", ["tea.epub", "tea.zip", "tea"])
def test_chapters_are_read_in_order_under_their_headings(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOOK)
    (document,) = read_file(path)
    assert document.title == "Tea & Milk"
    assert dict(document.metadata) == {"title": "Tea & Milk", "author": "Ann Lark"}
    assert layout(document) == [
        (("Brewing",), "Boil\u00a0it."),
        (("Brewing", "Green"), "At 80 degrees."),
        (("Second part",), "No heading here.\n\nTea | Price\n--- | ---\nOolong | 9 euros"),
        (("Notes",), "- one\n  - two"),
    ]
    assert [(part.kind, part.text) for part in document.dropped] == [("table of contents", "Second partEnd")]
    answer = qa.build([path], reader="neural").ask("How much is oolong?", min_confidence=0)
    assert answer.citation is not None
    assert (answer.text, answer.citation.section) == ("9 euros", ("Second part",))


def test_the_spine_gives_the_order_and_a_part_twice_is_read_once() -> None:
    document, _ = parse(epub(PAGES, order=["three", "one", "three"]))
    assert [section.path[0] for section in document.sections] == ["Notes", "Brewing", "Brewing"]


def test_a_heading_that_is_the_title_of_the_book_is_no_section() -> None:
    document, _ = parse(epub({"one": "<h1>TEA &amp; Milk</h1><p>By Ann.</p>", "two": "<h1>Brewing</h1><p>Boil.</p>"}))
    assert layout(document) == [((), "By Ann."), (("Brewing",), "Boil.")]


def test_labels_of_an_older_book_come_from_its_ncx() -> None:
    ncx = "<ncx><navPoint><navLabel><text>Old way</text></navLabel><content src='one.xhtml'/></navPoint></ncx>"
    data = epub({"one": "<p>Boil.</p>"}, nav="<p/>", parts={"OEBPS/toc.ncx": ncx})
    assert layout(parse(data)[0]) == [((), "Boil.")]  # the package file does not list it


def test_a_missing_part_is_named_and_the_rest_is_read() -> None:
    document, skipped = parse(BOOK.replace(b"OEBPS/one.xhtml", b"OEBPS/gone.xhtm"))
    assert [section.path[0] for section in document.sections] == ["Second part", "Notes"]
    assert [part.path for part in skipped] == ["tea.epub:OEBPS/one.xhtml"]


def encrypted(algorithm: str) -> str:
    return f"<encryption><EncryptedData><EncryptionMethod Algorithm='{algorithm}'/></EncryptedData></encryption>"


def test_fonts_may_be_encrypted_and_nothing_else() -> None:
    fonts = encrypted("http://www.idpf.org/2008/embedding")
    assert parse(epub(PAGES, parts={"META-INF/encryption.xml": fonts}))[0].text
    with pytest.raises(SourceError, match="is encrypted"):
        parse(epub(PAGES, parts={"META-INF/encryption.xml": encrypted("http://www.w3.org/2001/04/xmlenc#aes256-cbc")}))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (BOOK[:-60], "is no whole EPUB file"),
        (epub({}), "is empty"),
        (BOOK.replace(b"META-INF/container.xml", b"META-INF/containez.xml"), "has no part META-INF/container.xml"),
        (epub({"one": "x" * 30_000_000}), "would unpack to"),
        (b"words", "is no whole EPUB file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "tea.epub"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path, on_skip=lambda _: None)
    assert "tea.epub" in str(error.value)


BODY = PAGES["one"] + PAGES["two"]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, len(BODY)), st.integers(0, 9), st.text("<>/='0hp9 ", max_size=5)), max_size=5))
def test_broken_pages_are_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    body = BODY
    for place, length, new in changes:
        body = body[:place] + new + body[place + length :]
    try:
        document, _ = parse(epub({"one": body}))
    except SourceError:
        return
    assert all(section.end <= len(document.text) for section in document.sections)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(4, len(BOOK) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(BOOK)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        list(read_epub(bytes(data), "a.epub", lambda _: None))
    except SourceError:
        return
