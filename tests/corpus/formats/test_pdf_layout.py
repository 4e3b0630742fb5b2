"""PDF pages of many layouts: columns, notes, figures, running lines, headings and ruled tables."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

from measure_pdf import HEADINGS, TWO_COLUMNS, folded, headings, read, whole_sentences
from pdf_papers import paper
from pdf_writer import Page, Target, width, write

from corpus.documents import Document
from corpus.formats.pdf import read_here


def document_of(*pages: Page, outline: tuple[Target, ...] = ()) -> Document:
    (document,) = read_here(write(pages, outline=outline), "paper.pdf", lambda _: None)
    return document


def test_sentences_of_papers_in_columns_are_whole_and_in_order() -> None:
    right = of = 0
    for number, style in enumerate(TWO_COLUMNS):
        made = paper(77 + number, style, sections=4)
        found, _ = whole_sentences(made, read(made))
        right, of = right + found, of + len(made.sentences)
    assert right / of >= 0.97


def test_a_heading_of_the_outline_or_of_tags_is_found() -> None:
    for options in ({"outlined": True}, {"tagged": True}):
        found = of = others = 0
        for number, style in enumerate(HEADINGS[::4]):
            made = paper(900 + number, style, sections=5, **options)
            right, _, wrong = headings(made, read(made))
            found, of, others = found + right, of + len(made.headings), others + len(wrong)
        assert found / of >= 0.98
        assert others == 0


def test_headings_are_told_by_how_they_look() -> None:
    found = of = others = 0
    for number, style in enumerate(HEADINGS):
        made = paper(300 + number, style, sections=3)
        right, _, wrong = headings(made, read(made))
        found, of, others = found + right, of + len(made.headings), others + len(wrong)
    assert found / of >= 0.9
    assert others / of <= 0.05


def test_the_level_of_a_heading_is_that_of_its_tag() -> None:
    page = Page()
    for place, (tag, text) in enumerate(
        [("H1", "Boats"), ("P", "All boats float."), ("H2", "Ferries"), ("P", "They sail.")]
    ):
        page.say(72, 700 - 30 * place, text, size=11, tag=tag)
    page.say(72, 500, "Trains", size=11, tag="H1")
    page.say(72, 470, "They run on rails.", size=11, tag="P")
    sections = document_of(page).sections
    assert [section.path for section in sections] == [("Boats",), ("Boats", "Ferries"), ("Trains",)]


def test_an_outline_names_headings_without_their_numbers_and_over_two_lines() -> None:
    page = Page()
    lines = [
        "Chapter 3",
        "A long history of the",
        "harbour of Lund",
        "It was built in 1911.",
        "3.1 Walls",
        "They are thick.",
    ]
    for place, text in enumerate(lines):
        page.say(72, 700 - 14 * place, text, size=11)
    document = document_of(
        page, outline=(Target(1, "A long history of the harbour of Lund", 0, 712), Target(2, "Walls", 0, 650))
    )
    title = "Chapter 3 A long history of the harbour of Lund"
    assert [(section.path, document.text[section.start : section.end]) for section in document.sections] == [
        ((), "It was built in 1911."),
        (("3.1 Walls",), "They are thick."),
    ]
    assert document.title == title


def test_a_footnote_and_a_figure_do_not_stand_within_a_sentence() -> None:
    page = Page()
    left = [
        "The harbour was built by a company from the north, which",
        "had come to the island for the stone and stayed for the",
    ]
    right = [
        "herring that came by every autumn. It was sold",
        "to the town in the year after the great storm, and the",
        "town has kept it until today in spite of the cost.",
    ]
    for number in range(12):
        page.say(50, 640 - 14 * number, "The water of the bay is deep and cold in all months.", size=9)
    for number, text in enumerate(left):
        page.say(50, 472 - 14 * number, text, size=9)
    page.say(50, 90, "1 The company had two ships.", size=7)
    page.box(320, 560, 545, 650)
    page.say(320, 545, "Figure 1: The harbour from the sea.", size=8)
    for number, text in enumerate(right):
        page.say(320, 520 - 14 * number, text, size=9)
    for number in range(8):
        page.say(320, 478 - 14 * number, "The walls of the bay are high and steep on all sides.", size=9)
    text = folded(document_of(page).text)
    assert "stayed for the herring that came by every autumn." in text
    assert "Figure 1: The harbour from the sea." in text
    assert "1 The company had two ships." in text


def test_a_line_that_is_drawn_word_by_word_in_any_order_is_one_line() -> None:
    page = Page()
    words, left = ["The", "ferry", "to", "the", "island", "leaves", "at", "seven."], 72.0
    places = []
    for word in words:
        places.append((left, word))
        left += width(word, "Times-Roman", 11) + 3
    for place, word in reversed(places):
        page.say(place, 700, word, size=11)
    assert document_of(page).text == " ".join(words)


def test_the_header_of_a_chapter_goes_even_if_few_pages_have_it() -> None:
    pages = []
    for number in range(1, 8):
        page = Page()
        page.say(72, 800, f"{'Ferries' if number < 4 else 'Trains' if number < 6 else 'Buses'} {number + 4}", size=9)
        for line in range(20):
            page.say(
                72,
                740 - 14 * line,
                f"Line {'abcdefg'[number - 1] * 3} {'pqrstuvwxyzabcdefghij'[line] * 3} is here.",
                size=11,
            )
        pages.append(page)
    document = document_of(*pages)
    assert [part.text for part in document.dropped] == [
        "Ferries 5", "Ferries 6", "Ferries 7", "Trains 8", "Trains 9", "Buses 10", "Buses 11",
    ]  # fmt: skip


def ruled(page: Page, rows: list[list[str]], *, across: list[float], top: float = 600, high: float = 20) -> None:
    """Draws a table with all its lines."""
    for number in range(len(rows) + 1):
        page.rule(across[0], top - high * number, across[-1], top - high * number)
    for place in across:
        page.rule(place, top, place, top - high * len(rows))
    for number, row in enumerate(rows):
        for left, cell in zip(across, row, strict=False):
            page.say(left + 4, top - high * (number + 1) + 6, cell, size=9, font="Helvetica")


def tables_of(document: Document) -> list[str]:
    return [block for block in document.text.split("\n\n") if "---" in block]


ROWS = [["Boat", "Seats", "Built in"], ["Amalia", "120", "1987"], ["Korsar", "45", "2004"]]
AS_TEXT = "Boat | Seats | Built in\n--- | --- | ---\nAmalia | 120 | 1987\nKorsar | 45 | 2004"


def test_a_ruled_table_is_rows_under_their_head() -> None:
    page = Page()
    page.say(72, 650, "These are the boats of the harbour.", size=11)
    ruled(page, ROWS, across=[72, 190, 290, 400])
    page.say(72, 480, "All of them are for hire.", size=11)
    assert document_of(page).text == f"These are the boats of the harbour.\n\n{AS_TEXT}\n\nAll of them are for hire."


def test_a_table_drawn_as_boxes_around_its_cells_is_one() -> None:
    page = Page()
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            left, top = 72 + 110 * column, 600 - 20 * row
            page.box(left, top - 20, left + 110, top)
            page.say(left + 4, top - 14, cell, size=9)
    assert tables_of(document_of(page)) == [AS_TEXT]


def test_a_table_with_level_lines_alone_has_the_columns_of_its_gaps() -> None:
    page = Page()
    for height in (600, 580, 540):
        page.rule(72, height, 400, height)
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            page.say(72 + 110 * column, 586 - 20 * row + (4 if row else 0), cell, size=9)
    assert tables_of(document_of(page)) == [AS_TEXT]


def test_cells_that_span_columns_or_rows_are_repeated_and_lines_of_a_cell_are_joined() -> None:
    page = Page()
    for height, start in ((600, 72), (580, 72), (540, 160), (500, 72)):
        page.rule(start, height, 400, height)
    for place, top in ((72, 600), (160, 600), (280, 580), (400, 600)):
        page.rule(place, top, place, 500)
    page.say(76, 586, "Pier", size=9)
    page.say(164, 586, "Boats and where they go", size=9)
    page.say(76, 540, "North", size=9)
    page.say(164, 566, "Amalia", size=9)
    page.say(284, 568, "Lund, and in", size=9)
    page.say(284, 556, "summer Ven", size=9)
    page.say(164, 526, "Tern", size=9)
    page.say(284, 526, "Ven", size=9)
    assert tables_of(document_of(page)) == [
        "Pier | Boats and where they go | Boats and where they go\n--- | --- | ---\n"
        "North | Amalia | Lund, and in summer Ven\nNorth | Tern | Ven"
    ]


def test_a_frame_around_prose_is_no_table() -> None:
    page = Page()
    page.box(60, 400, 540, 800)
    page.rule(300, 400, 300, 800)
    page.rule(60, 760, 540, 760)
    for line in range(20):
        page.say(70, 740 - 14 * line, "The left column tells of the boats and of piers.", size=9)
        page.say(310, 740 - 14 * line, "The right column tells of trains and of rails.", size=9)
    text = document_of(page).text
    assert "|" not in text
    assert text.index("piers") < text.rindex("piers") < text.index("rails")


@pytest.mark.parametrize(("turn", "corner"), [(0, (-100, 50)), (90, (0, 0)), (180, (30, 30)), (270, (-7, 11))])
def test_a_page_is_read_as_it_is_shown(turn: int, corner: tuple[float, float]) -> None:
    texts = []
    for page in (Page(), Page(turn=turn, corner=corner)):
        for line in range(9):
            page.say(60, 740 - 14 * line, f"The left column tells of the boats and pier {line}.", size=9)
            page.say(310, 740 - 14 * line, f"The right column tells of the trains and rail {line}.", size=9)
        ruled(page, ROWS, across=[72, 190, 290, 400])
        texts.append(document_of(page).text)
    assert texts[0] == texts[1]
    assert texts[0].endswith(AS_TEXT)
    assert texts[0].index("pier 8") < texts[0].index("rail 0")
