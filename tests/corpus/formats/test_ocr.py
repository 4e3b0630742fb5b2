"""Text recognition with stand-ins for what recognises: which pages, what becomes of the lines, and where they stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

from corpus import isolation
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import ocr
from corpus.formats.files import iterate_data
from corpus.formats.pdf_picture import picture_of
from index.building.build import build_index
from index.folder.storage import open_index, save_index
from qa.citing import cite_place

from .ocr_samples import scan

Read = Callable[..., tuple[Document, list[str]]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    isolation.close()
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(ocr, "is_installed", lambda: True)

    def reading(data: bytes, by: str = "says", name: str = "a.pdf") -> tuple[Document, list[str]]:
        monkeypatch.setattr(ocr, "RECOGNISER", f"ocr_samples:{by}")
        skipped: list[str] = []
        (document,) = iterate_data(data, name, lambda skip: skipped.append(str(skip)))
        return document, skipped

    return reading


def picture(kind: str, *sizes: tuple[int, int], colour: str = "white", **options: object) -> bytes:
    images = pytest.importorskip("PIL.Image", reason="pillow is not installed: citespan[ocr]")
    first, *others = [images.new("RGB", size, colour) for size in sizes]
    file = io.BytesIO()
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(file, kind, **more, **options)
    return file.getvalue()


def test_a_scanned_page_is_read_and_what_is_not_clear_is_left_out_and_told(read: Read) -> None:
    document, skipped = read(scan(250))
    assert document.text == "Opening hours\n\nThe desk opens at nine\nand closes at six."
    assert [section.path for section in document.sections] == [()]
    assert document.title == "Opening hours"
    assert [(part.kind, part.text) for part in document.dropped] == [("unclear line", "l||. ,;")]
    assert (document.pages, skipped) == ((0,), [])


def test_only_pages_whose_text_is_in_a_picture_are_recognised(read: Read) -> None:
    said = "A page of text that is long enough not to be taken for the mark of an archive on a scan. "
    pytest.importorskip("pypdfium2")
    assert read(scan(250, text=said * 3))[0].text.startswith("A page of text")
    stamped, skipped = read(scan(250, text="Archive 7"))
    assert (stamped.text[:13], skipped) == ("Opening hours", [])
    assert read(scan(250, text="Archive 7"), "says_nothing")[0].text == "Archive 7"


def test_columns_are_read_one_after_the_other(read: Read) -> None:
    text = read(scan(250), "two_columns")[0].text.split("\n")
    assert [line.split()[0] for line in text if line] == ["The"] * 6 + ["the"] * 6


def test_a_page_is_drawn_with_150_dots_an_inch_and_read_as_it_is_seen(read: Read) -> None:
    assert read(scan(200), "says_how_dark")[0].text == "red 200 of 1240 by 1755"


@pytest.mark.parametrize(("by", "told"), [("fails_on_dark", "it ended the process"), ("hangs_on_dark", "longer than")])
def test_a_page_that_cannot_be_recognised_is_named_and_the_rest_is_read(
    read: Read, by: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_FILE_SECONDS", "20")
    monkeypatch.setattr(ocr, "_LONGER", 0.2)
    monkeypatch.setattr(ocr, "_AT_ONCE", 1.0)
    document, (skipped,) = read(scan(250, 0, 250), by)
    assert {document.page_at(mark.start) for mark in document.marks if mark.box} == {1, 3}
    assert skipped.startswith("a.pdf:page 2: could not be recognised: ")
    assert told in skipped


def test_pages_beyond_the_limit_are_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_OCR_PAGES", "1")
    document, skipped = read(scan(250, 240, 230))
    assert document.text.startswith("Opening")
    assert skipped == ["a.pdf:page 2, 3: was not recognised: only 1 pages of a file are; set QA_OCR_PAGES to more"]


def test_pages_on_which_nothing_is_recognised_are_named(read: Read) -> None:
    with pytest.raises(SourceError, match=r"without text \(2 pages, scanned perhaps\); no text was recognised"):
        read(scan(250, 250), "says_nothing")


def test_without_the_extra_the_pages_are_named_with_the_command_that_installs_it(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    needed = r"; recognising its text needs rapidocr: pip install 'citespan\[ocr\]'"
    with pytest.raises(SourceError, match=rf"a\.pdf: is a PDF file without text \(2 pages, scanned perhaps\){needed}"):
        read(scan(250, 250))
    document, skipped = read(scan(250, text="Archive 7"))
    assert document.text == "Archive 7"
    assert skipped[0].startswith("a.pdf:page 1: is a picture with little text, scanned perhaps; recognising")
    with pytest.raises(SourceError, match=r"a\.png: is a picture; recognising its text needs rapidocr: pip install"):
        read(picture("PNG", (400, 300)), name="a.png")


def test_a_citation_of_a_scanned_page_has_a_box_for_each_line_after_an_index_was_saved(
    read: Read, tmp_path: Path
) -> None:
    document, _ = read(scan(250, 250))
    save_index(build_index([document]), tmp_path / "a.index")
    index = open_index(tmp_path / "a.index")
    start = document.text.rindex("nine\nand")
    citation = cite_place(index, document.id, start, start + len("nine\nand"))
    assert (citation.page, citation.text) == (2, "nine\nand")
    first, second = citation.boxes
    assert (first.page, first.page_width, first.page_height) == (2, 595, 842)
    # "nine" ends its line, which ends at 560 of the 1,240 pixels that are 595 points, and is 270 to 290 pixels down.
    assert first.right == pytest.approx(560 * 0.48, abs=0.2)
    assert first.left == pytest.approx((560 - 4 / 22 * 410) * 0.48, abs=6)
    assert (first.top, first.bottom) == (
        pytest.approx(842 - 260 * 0.48, abs=0.2),
        pytest.approx(842 - 290 * 0.48, abs=0.2),
    )
    assert second.left == pytest.approx(150 * 0.48, abs=0.2)
    assert second.right < 150 * 0.48 + 60


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_picture_is_a_page(read: Read, kind: str) -> None:
    document, skipped = read(picture(kind, (1240, 1755)), name="scans/front_door.png")
    assert (document.id, document.title, document.pages, skipped) == ("front-door", "Opening hours", (0,), [])
    assert document.text.endswith("closes at six.")
    assert document.marks[0].paper == pytest.approx((595, 842), abs=0.5)


def test_each_page_of_a_tiff_is_one_and_a_large_picture_is_made_smaller(read: Read) -> None:
    document, _ = read(picture("TIFF", (600, 400), (5000, 2500)), "says_how_dark", "a.tif")
    assert document.text == "red 255 of 600 by 400\n\nred 255 of 2500 by 1250"
    assert len(document.pages) == 2


def test_the_ground_of_a_picture_that_lets_through_is_white(read: Read) -> None:
    images = pytest.importorskip("PIL.Image")
    file = io.BytesIO()
    images.new("RGBA", (90, 60), (0, 0, 0, 0)).save(file, "PNG")
    assert read(file.getvalue(), "says_how_dark", "a.png")[0].text == "red 255 of 90 by 60"


def test_a_picture_without_text_or_damaged_is_named(read: Read) -> None:
    whole = picture("PNG", (300, 200))
    for data, told in (
        (picture("PNG", (20, 20)), "is a picture in which no text was found: no text was recognised"),
        (whole[:60], "is a picture in which no text was found: could not be recognised: is a picture that is damaged"),
        (b"no picture", "is a picture that is damaged"),
    ):
        with pytest.raises(SourceError, match=rf"a\.png: {told}"):
            read(data, name="a.png")


def test_a_picture_is_shown_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture("JPEG", (1240, 1755), dpi=(150, 150)))
    shown = picture_of(str(path), "a.jpg", 1, width=300, boxes=[(72, 700, 200, 720)])
    images = pytest.importorskip("PIL.Image")
    image = images.open(io.BytesIO(shown))
    assert image.size == (300, pytest.approx(425, abs=1))
    scale = 300 / 595
    assert image.getpixel((round(100 * scale), round((842 - 710) * scale)))[2] < 160
    assert image.getpixel((round(300 * scale), round((842 - 710) * scale)))[2] > 240
    with pytest.raises(SourceError, match="has no page 2; it has 1"):
        picture_of(str(path), "a.jpg", 2, width=300)


def test_rapidocr_reads_a_page_that_was_drawn(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed: citespan[ocr]")
    from pdf_writer import Page, write

    page = Page(width=300, height=120)
    page.say(20, 80, "The museum opens at nine", size=14)
    page.say(20, 60, "and closes at six on Mondays.", size=14)
    png = picture_of(_written(tmp_path, write([page])), "a.pdf", 1, width=900)
    (document,) = iterate_data(png, "a.png", lambda _: None)
    assert document.text == "The museum opens at nine\nand closes at six on Mondays."


def _written(folder: Path, data: bytes) -> str:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return str(path)
