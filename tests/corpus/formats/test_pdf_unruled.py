"""Tables without ruling lines on PDF pages, and what looks like one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

from measure_pdf import TWO_COLUMNS, read
from pdf_papers import paper
from pdf_tables import page_of, page_without
from pdf_writer import Page, width, write

from corpus.documents import Document
from corpus.formats.pdf import read_here
from corpus.formats.pdf_places import page_maps

PRICES = (("Boat", "Built", "Seats"), ("Sanna", "1987", "120"), ("Old Karin", "n/a", "8"), ("Vega", "2003", "1,044"))
LINES = "Boat | Built | Seats\n--- | --- | ---\nSanna | 1987 | 120\nOld Karin | n/a | 8\nVega | 2003 | 1,044"


def document_of(page: Page) -> Document:
    (document,) = read_here(write([page]), "a.pdf", lambda _: None)
    return document


def put(
    page: Page, rows: Sequence[Sequence[str]], *, across: Sequence[float], right: int = 9, base: float = 600
) -> None:
    """Sets rows of cells; those from the column of that number on end where the others begin."""
    for number, row in enumerate(rows):
        for place, (left, cell) in enumerate(zip(across, row, strict=True)):
            shift = width(cell, "Times-Roman", 10) if place >= right else 0.0
            page.say(left - shift, base - 15 * number, cell, size=10)


def prose(page: Page, left: float, base: float, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        page.say(left, base - 12 * number, line, size=10)


def test_a_table_without_lines_is_rows_under_their_head() -> None:
    page = Page()
    prose(page, 72, 640, ["The boats of the harbour are listed here, each with its year and its seats."])
    put(page, PRICES, across=(72, 240, 330), right=2)
    prose(page, 72, 520, ["None of them sails in winter, and none of them on Sundays."])
    text = document_of(page).text
    assert text.split("\n\n") == [
        "The boats of the harbour are listed here, each with its year and its seats.",
        LINES,
        "None of them sails in winter, and none of them on Sundays.",
    ]


def test_a_cell_that_is_cited_has_its_box() -> None:
    page = Page()
    put(page, PRICES, across=(72, 240, 330))
    data = write([page])
    (document,) = read_here(data, "a.pdf", lambda _: None)
    (shown,) = page_maps(data, document)
    start = document.text.index("1,044")
    (box,) = shown.boxes(start, start + 5)
    assert box.left == pytest.approx(330, abs=1.5)
    assert 550 < box.bottom < 556


def test_a_table_beside_a_column_of_prose_is_one_and_the_prose_is_whole() -> None:
    page = Page()
    said = ["The ferry to Lund leaves at seven in", "the morning and comes back at nine, but"] * 8
    prose(page, 54, 700, said[:6])
    put(page, PRICES, across=(54, 160, 220), base=600)
    prose(page, 54, 530, said[:6])
    prose(page, 310, 700, said + said[:6])
    text = document_of(page).text
    assert LINES in text
    assert " | The ferry" not in text


def test_two_rows_and_rows_that_are_not_under_each_other_are_no_table() -> None:
    page = Page()
    put(page, PRICES[:2], across=(72, 240, 330))
    assert "---" not in document_of(page).text
    page = Page()
    for number, row in enumerate(PRICES):
        put(page, [row], across=(72, 200 + 20 * number, 330 + 13 * number), base=600 - 15 * number)
    assert "---" not in document_of(page).text


def test_lists_forms_contents_and_prose_in_columns_are_no_tables() -> None:
    for seed in range(500, 520):
        (document,) = read_here(page_without(seed), "a.pdf", lambda _: None)
        assert "--- | ---" not in document.text, seed
    for seed, style in enumerate(TWO_COLUMNS):
        assert "--- | ---" not in read(paper(600 + seed, style, sections=3)).text


def test_most_tables_that_are_typeset_are_found() -> None:
    right = of = 0
    for seed in range(900, 915):
        data, rows = page_of(seed)
        (document,) = read_here(data, "a.pdf", lambda _: None)
        lines = set(document.text.split("\n"))
        right, of = right + sum(" | ".join(row) in lines for row in rows), of + len(rows)
    assert right / of >= 0.85
