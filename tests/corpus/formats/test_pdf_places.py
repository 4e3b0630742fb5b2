"""From offsets in the text of a PDF file to boxes on its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

from measure_pdf import TWO_COLUMNS, read
from pdf_papers import Style, paper
from pdf_writer import Page, width, write

import qa
from corpus.boxes import Box
from corpus.documents import Document
from corpus.formats.pdf import read_here
from corpus.formats.pdf_places import boxes_of, page_maps


def read_page(page: Page) -> tuple[bytes, Document]:
    data = write([page])
    (document,) = read_here(data, "a.pdf", lambda _: None)
    return data, document


def boxes(data: bytes, document: Document, words: str) -> list[Box]:
    start = document.text.index(words)
    (shown,) = page_maps(data, document)
    return shown.boxes(start, start + len(words))


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0, 0)), (0, (-100, 50)), (90, (0, 0)), (180, (30, 30)), (270, (-7, 11))]
)
def test_a_box_is_where_the_words_were_set_whatever_the_turn_of_the_page(
    turn: int, corner: tuple[float, float]
) -> None:
    page = Page(width=500, height=700, turn=turn, corner=corner)
    before = "The ferry to Lund leaves "
    page.say(72, 600, f"{before}at seven in the morning.", size=12, font="Helvetica")
    (box,) = boxes(*read_page(page), "at seven")
    left = 72 + width(before, "Helvetica", 12)
    assert (box.page, box.page_width, box.page_height) == (1, 500, 700)
    assert box.left == pytest.approx(left, abs=1.5)
    assert box.right == pytest.approx(left + width("at seven", "Helvetica", 12), abs=1.5)
    assert 596 <= box.bottom <= 600.5
    assert 605 <= box.top <= 612


def test_a_span_over_two_lines_has_two_boxes_and_one_over_two_cells_too() -> None:
    page = Page()
    page.say(72, 700, "The ferry to Lund leaves at", size=12)
    page.say(72, 686, "seven in the morning.", size=12)
    for height in (600, 580, 560):
        page.rule(72, height, 300, height)
    for place in (72, 180, 300):
        page.rule(place, 600, place, 560)
    for place, text in ((76, "Boat"), (184, "Built")):
        page.say(place, 586, text, size=9)
    for place, text in ((76, "Tern"), (184, "2016")):
        page.say(place, 566, text, size=9)
    data, document = read_page(page)
    assert [round(box.bottom) // 10 for box in boxes(data, document, "leaves at\nseven")] == [70, 68]
    cells = boxes(data, document, "Tern | 2016")
    assert [round(box.left) for box in cells] == [76, 184]


def test_a_broken_word_has_a_box_for_each_part() -> None:
    page = Page()
    page.say(72, 700, "Nobody may leave the pier without a regis-", size=12)
    page.say(72, 686, "tered ticket.", size=12)
    first, second = boxes(*read_page(page), "regis-\ntered")
    assert first.left > 200
    assert second.left == pytest.approx(72, abs=1)


def test_each_character_of_a_paper_has_the_place_that_pdfium_gives_it() -> None:
    import pypdfium2 as pdfium

    for number, style in enumerate(TWO_COLUMNS[::3]):
        made = paper(40 + number, style, sections=2)
        document = read(made)
        file = pdfium.PdfDocument(made.data)
        checked = 0
        for shown, start in zip(page_maps(made.data, document), document.pages, strict=True):
            text = file[shown.page - 1].get_textpage()
            for offset, sides in enumerate(shown.sides):
                letter = document.text[start + offset]
                assert (sides is None) == letter.isspace()
                if sides is not None and letter.isalpha():
                    middle = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
                    found = text.get_index(*middle, 0.1, 0.1)
                    checked += chr(pdfium.raw.FPDFText_GetUnicode(text.raw, found)) == letter
        assert checked >= 0.99 * sum(letter.isalpha() for letter in document.text)


def test_a_running_line_that_reads_like_the_text_does_not_take_its_place() -> None:
    pages = []
    for number in range(4):
        page = Page()
        page.say(72, 800, "Ferries", size=9)
        page.say(72, 700, "Ferries sail to " + ("Lund", "Ven", "Malta", "Crete")[number], size=12)
        for line in range(6):
            page.say(72, 686 - 14 * line, f"and to {'abcd'[number] * 4} {'uvwxyz'[line] * 3}", size=12)
        pages.append(page)
    data = write(pages)
    (document,) = read_here(data, "a.pdf", lambda _: None)
    assert "Ferries\n" not in document.text
    for shown in page_maps(data, document):
        (box,) = shown.boxes(0, len("Ferries"))
        assert box.bottom < 710


def test_another_file_of_the_same_name_gives_no_boxes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    made, other = paper(1, Style(), sections=2), paper(2, Style(), sections=2)
    document = read(made)

    def text(start: int, end: int | None) -> str:
        return document.text[start:end]

    at = document.text.index(made.sentences[5].split()[0])
    path.write_bytes(made.data)
    assert boxes_of(str(path), document.pages, text, at, at + 4)
    path.write_bytes(other.data + b"\n")
    assert boxes_of(str(path), document.pages, text, at, at + 4) == ()
    path.write_bytes(b"no PDF")
    assert boxes_of(str(path), document.pages, text, at, at + 4) == ()
    path.unlink()
    assert boxes_of(str(path), document.pages, text, at, at + 4) == ()


def test_a_citation_has_its_boxes_and_a_link_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Page(), Page()
    first.say(72, 700, "The harbour opens at 7 in the morning.", size=12)
    second.say(72, 700, "A ticket to Lund costs 14 euros.", size=12)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "the guide.pdf").write_bytes(write([first, second]))
    monkeypatch.chdir(tmp_path)
    qa.build(["docs"]).save("guide.index")
    monkeypatch.chdir("/")
    answer = qa.open(str(tmp_path / "guide.index"), reader="lexical").ask("What does a ticket cost?", min_confidence=0)
    assert answer.citation is not None
    cited = answer.citation.to_dict()
    assert cited["page"] == 2
    assert cited["link"] == "docs/the%20guide.pdf#page=2"
    (box,) = cited["boxes"]
    assert box["page"] == 2
    before = second.parts[0][1].split("(")[1].index(answer.citation.text)
    assert box["left"] == pytest.approx(
        72 + width("A ticket to Lund costs 14 euros."[:before], "Times-Roman", 12), abs=2
    )
