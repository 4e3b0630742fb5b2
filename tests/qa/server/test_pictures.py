"""Pages of PDF documents as pictures: over HTTP, and in the page's own viewer in a real browser."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import qa
from qa.engine import Engine
from qa.server import create_app
from qa.server.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))
pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

from pdf_writer import Page, write

QUESTION = "How much does a ticket to Lund cost?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first, second = Page(), Page()
    first.say(72, 760, "The harbour guide", size=20, font="Helvetica-Bold")
    first.say(72, 700, "The harbour office opens at 7 in the morning and closes at half past five.", size=11)
    second.say(72, 760, "Prices", size=14, font="Helvetica-Bold")
    second.say(72, 730, "A ticket to the island of Lund costs 14 euros, and a bicycle", size=11)
    second.say(72, 716, "costs 6 euros more in each direction.", size=11)
    folder = tmp_path_factory.mktemp("documents")
    (folder / "harbour guide.pdf").write_bytes(write([first, second]))
    (folder / "notes.txt").write_text("The harbour was built in 1911.")
    return folder


@pytest.fixture(scope="module")
def ferries(folder: Path) -> Engine:
    return qa.build([str(folder)], reader="lexical")


@pytest.fixture
def client(ferries: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(ferries)) as client:
        yield client


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """The width, height and rows of red, green and blue of a PNG without filters."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    at, packed = 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        packed += content if kind == b"IDAT" else b""
        at += 12 + size
    raw = zlib.decompress(packed)
    stride = 3 * width + 1
    return width, height, [raw[row * stride + 1 : (row + 1) * stride] for row in range(height)]


def test_a_picture_shows_the_page_with_the_span_marked_and_nothing_else(client: TestClient, ferries: Engine) -> None:
    citation = ferries.ask(QUESTION, min_confidence=0).citation
    assert citation is not None
    (box,) = citation.boxes
    assert (citation.page, box.page) == (2, 2)
    place = {"page": 2, "width": 595, "start": citation.start, "end": citation.end}
    response = client.get(f"/documents/{citation.document}/picture", params=place)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    width, height, rows = pixels(response.content)
    assert (width, height) == (595, 842)
    marked = [
        (column, row)
        for row, line in enumerate(rows)
        for column in range(width)
        if line[3 * column] > line[3 * column + 2] + 60
    ]
    across, down = [column for column, _ in marked], [row for _, row in marked]
    assert abs(min(across) - box.left) < 4
    assert abs(max(across) - box.right) < 4
    assert abs(min(down) - (842 - box.top)) < 4
    assert abs(max(down) - (842 - box.bottom)) < 4
    plain = client.get(f"/documents/{citation.document}/picture", params={"page": 2, "width": 595})
    assert all(line[0::3] == line[2::3] for line in pixels(plain.content)[2])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/documents/harbour-guide/picture?page=3", 404, "no_such_page"),
        ("/documents/notes/picture?page=1", 404, "no_such_page"),
        ("/documents/none/picture?page=1", 404, "unknown_document"),
        ("/documents/harbour-guide/picture?page=0", 422, "invalid"),
        ("/documents/harbour-guide/picture?page=1&width=99999", 422, "invalid"),
        ("/documents/harbour-guide/picture", 404, "unknown_document"),
    ],
)
def test_what_cannot_be_shown_is_a_problem(client: TestClient, path: str, status: int, code: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_file_that_is_gone_is_a_problem_and_its_citations_have_no_boxes(tmp_path: Path, folder: Path) -> None:
    copy = tmp_path / "guide.pdf"
    copy.write_bytes((folder / "harbour guide.pdf").read_bytes())
    engine = qa.build([str(copy)], reader="lexical")
    copy.unlink()
    with TestClient(create_app(engine)) as client:
        response = client.get("/documents/guide/picture?page=1")
    assert (response.status_code, response.json()["code"]) == (404, "no_picture")
    citation = engine.ask(QUESTION, min_confidence=0).citation
    assert citation is not None
    assert (citation.page, citation.boxes) == (2, ())
    assert "boxes" not in citation.to_dict()


def test_the_viewer_shows_the_page_that_an_answer_leads_to(
    browser: Any, ferries: Engine, serve: Callable[..., Any]
) -> None:
    with serve(ferries.over(ferries.index), Settings()) as site:
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(site)
        page.get_by_label("Your question").fill(QUESTION)
        page.keyboard.press("Enter")
        link = page.locator("#turns .turn a.leaf").first
        link.wait_for()
        assert link.inner_text() == "See it on page 2"
        link.click()
        picture = page.locator("#sheet img")
        picture.wait_for()
        citation = ferries.ask(QUESTION, min_confidence=0).citation
        assert citation is not None
        assert picture.get_attribute("alt") == f"Page 2, with “{citation.text}” marked"
        assert picture.evaluate("image => image.naturalWidth") >= 600
        assert page.locator("#quote").inner_text() == f"Marked: “{citation.text}”"
        assert page.locator("#title").inner_text() == "The harbour guide"
        assert page.locator("#leaves a[rel=next]").count() == 0
        page.locator("#leaves a[rel=prev]").click()
        page.locator("#leaves", has_text="Page 1 of 2").wait_for()
        page.locator("#leaves a", has_text="Read the text").click()
        page.locator("mark").wait_for()
        assert page.locator("mark").inner_text() == citation.text
        assert page.locator("#cited a", has_text="See it on page 2").count() == 1
        page.close()
    assert wrong == []
