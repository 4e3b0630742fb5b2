"""XLSX: workbooks that the tests write themselves; what a person sees in their cells, and which cell it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file, sheets
from corpus.formats import xlsx as reader
from corpus.formats.sheets import cell_name
from corpus.formats.xlsx import read as read_xlsx
from corpus.marks import place_of
from corpus.skipped import SkippedFile
from tests.corpus.formats.workbooks import BOLD, DATE, EURO, PERCENT, STRICT, STRUCK, P, R, Value, merged, sheet, xlsx

PRICES: list[list[Value]] = [
    ["Price list of the workshop"],
    [],
    ["Service", "Price", "Valid from"],
    ["Basic check", (49.5, EURO), (45356, DATE)],
    ["Full service", (120, EURO), (45356, DATE)],
]
TABLE = "Service | Price | Valid from\n--- | --- | ---\nBasic check | 49.50 € | 5 March 2024\n"
TABLE += "Full service | 120.00 € | 5 March 2024"


def parse(data: bytes, name: str = "green_bikes.xlsx") -> tuple[Document, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    (document,) = read_xlsx(data, name, skipped.append)
    return document, skipped


def text(*rows: Sequence[Value], **options: str) -> str:
    """The text of a sheet, without the heading that its name makes."""
    return parse(xlsx({"Sheet": sheet(rows, **options)}))[0].text.removeprefix("Sheet\n\n")


def cell_of(document: Document, words: str) -> object:
    start = document.text.index(words)
    return place_of(document.marks, start, start + len(words)).get("cell")


@pytest.mark.parametrize("name", ["prices.xlsx", "prices.bin", "prices.docx", "prices"])
def test_each_sheet_is_a_section_whose_table_has_its_head(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(xlsx({"Prices": PRICES, "Staff": [["Name", "Phone"], ["Ann Lark", "555-1"]]}))
    (document,) = read_file(path)
    assert document.text == (
        f"Prices\n\nPrice list of the workshop\n\n{TABLE}\n\nStaff\n\nName | Phone\n--- | ---\nAnn Lark | 555-1"
    )
    assert [section.path for section in document.sections] == [("Prices",), ("Staff",)]
    assert (document.title, cell_of(document, "120.00 €")) == ("prices", "B5")
    assert cell_of(document, "Full service | 120.00 €") == "A5:B5"


def test_the_strict_form_is_read_as_the_usual_one() -> None:
    assert parse(xlsx({"Prices": PRICES}, namespace=STRICT))[0] == parse(xlsx({"Prices": PRICES}))[0]


@pytest.mark.parametrize("name", ["lexical", "neural"])
def test_a_price_is_answered_from_its_cell(tmp_path: Path, name: str) -> None:
    path = tmp_path / "prices.xlsx"
    rows = [*PRICES, [], ["Scooters"], ["Full service", (90, EURO), (45356, DATE)]]
    path.write_bytes(xlsx({"Prices": rows, "Staff": [["Name", "Phone"], ["Ann Lark", "555-1"], ["Bo Finch", "555-2"]]}))
    engine = qa.build([path], reader=name)
    wanted = {
        "How much is a basic check?": ("49.50 €", "Prices", "B4"),
        "How much is a full service for scooters?": ("90.00 €", "Prices", "B8"),
        "What is the phone of Bo Finch?": ("555-2", "Staff", "B3"),
    }
    for question, expected in wanted.items():
        answer = engine.ask(question, min_confidence=0)
        assert answer.citation is not None
        assert (answer.text, answer.citation.sheet, answer.citation.cell) == expected
        document = engine.document("prices")
        assert document.text[answer.citation.start : answer.citation.end] == answer.text


def test_how_much_a_full_service_is_is_answered_from_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "prices.xlsx"
    path.write_bytes(xlsx({"Prices": PRICES}))
    for name in ("lexical", "neural"):
        answer = qa.build([path], reader=name).ask("How much is a full service?", min_confidence=0)
        assert answer.citation is not None
        assert (answer.text, answer.citation.cell) == ("120.00 €", "B5")


def test_the_head_of_a_long_table_is_written_again(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Part", "Shelf"], *([f"Part number {n}", f"shelf {n * 7}"] for n in range(1, 1001))]
    path = tmp_path / "parts.xlsx"
    path.write_bytes(xlsx({"Parts": rows}))
    (document,) = read_file(path)
    place = 0
    for line in document.text.split("\n"):
        if line.startswith("Part number"):
            assert place - document.text.rindex("Part | Shelf", 0, place) < 3_000
        place += len(line) + 1
    assert cell_of(document, "shelf 3500") == "B501"
    answer = qa.build([path], reader="lexical").ask("On which shelf is part number 912?", min_confidence=0)
    assert answer.citation is not None
    assert (answer.text, answer.citation.cell) == ("shelf 6384", "B913")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((0.25, PERCENT), "25%"),
        ((1234.5, EURO), "1,234.50 €"),
        ((45356.0, DATE), "5 March 2024"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c t='str'><f>A1&amp;B1</f><v>tea cup</v></c>", "tea cup"),
        ("<c><f>SUM(B1:B9)</f><v>12</v></c>", "12"),
        ("<c t='d'><v>2024-03-05T00:00:00</v></c>", "2024-03-05"),
        ("<c t='s'><v>0</v></c>", "rich text"),
        ("<c t='s'><v>1</v></c>", "東京"),
    ],
)
def test_a_cell_shows_what_a_person_sees(value: Value, expected: str) -> None:
    strings = [
        "<r><t>rich</t></r><r><rPr><strike/></rPr><t>old</t></r><r><t xml:space='preserve'> text</t></r>",
        "<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>",
    ]
    document, _ = parse(xlsx({"Sheet": [["Name", "Value", "Seats"], ["it", value, 1]]}, strings=strings))
    assert f"it | {expected} | 1" in document.text
    assert [(part.kind, part.text) for part in document.dropped] == [("struck out", "old")]


def test_dates_may_count_from_1904() -> None:
    book = xlsx({"S": [["Day", "Seats"], [(43894, DATE), 3]]}, workbook="<workbookPr date1904='1'/>")
    assert "5 March 2024 | 3" in parse(book)[0].text


def test_lines_above_the_head_are_no_head() -> None:
    rows = [["Rooms 2024"], ["Date:", "5 May"], [], ["Room", "Seats", "Price"], ["Oak", 12, 80], ["Elm", 30, 150]]
    assert text(*rows) == (
        "Rooms 2024\n\n- Date: 5 May\n\nRoom | Seats | Price\n--- | --- | ---\nOak | 12 | 80\nElm | 30 | 150"
    )


def test_a_blank_row_ends_no_table_and_another_head_begins_one() -> None:
    rows = [["Room", "Seats"], [], ["Oak", 12], [], ["Elm", 30], [], ["Person", "Phone"], ["Ann", 5551]]
    expected = "Room | Seats\n--- | ---\nOak | 12\nElm | 30\n\nPerson | Phone\n--- | ---\nAnn | 5551"
    assert text(*rows) == expected


def test_a_line_above_a_further_table_is_its_heading() -> None:
    rows = [["Room", "Seats"], ["Oak", 12], [], ["People"], ["Person", "Phone"], ["Ann", 5551]]
    document, _ = parse(xlsx({"S": rows}))
    assert [section.path for section in document.sections] == [("S",), ("S", "People")]


def test_merged_cells_of_a_head_are_joined_and_those_of_rows_repeated() -> None:
    rows = [
        ["Rooms of the house", None, None],
        ["Room", "Price", None],
        [None, "Day", "Week"],
        ["Oak", 80, 400],
        [None, 90, 450],
    ]
    expected = "Rooms of the house\n\nRoom | Price Day | Price Week\n--- | --- | ---\nOak | 80 | 400\nOak | 90 | 450"
    assert text(*rows, after=merged("A1:C1", "A2:A3", "B2:C2", "A4:A5")) == expected


def test_a_merged_line_inside_a_table_names_the_rows_after_it() -> None:
    rows = [["Item", "Price"], ["Bell", 5], ["For children", None], ["Bell", 3]]
    document, _ = parse(xlsx({"S": sheet(rows, after=merged("A3:B3"))}))
    assert [(section.path, document.text[section.start : section.end]) for section in document.sections] == [
        (("S",), "Item | Price\n--- | ---\nBell | 5"),
        (("S", "For children"), "Item | Price\n--- | ---\nBell | 3"),
    ]


def test_a_row_with_one_cell_stays_in_its_table() -> None:
    assert text(["Item", "Price"], ["Bell"], ["Lamp", 3]).endswith("Bell |\nLamp | 3")


def test_years_may_head_columns() -> None:
    rows = [["Product", 2023, 2024], ["Tea", 120.5, 130.25], ["Milk", 80.5, 85.75]]
    assert text(*rows) == "Product | 2023 | 2024\n--- | --- | ---\nTea | 120.5 | 130.25\nMilk | 80.5 | 85.75"


def test_a_bold_row_is_a_head_among_words() -> None:
    rows = [[("Tea", BOLD), ("Milk", BOLD)], ["green", "whole"], [("Cup", BOLD), ("Pot", BOLD)], ["blue", "red"]]
    assert text(*rows) == "Tea | Milk\n--- | ---\ngreen | whole\n\nCup | Pot\n--- | ---\nblue | red"


def test_names_with_their_values_are_pairs() -> None:
    rows = [["Name", "Green Bikes"], ["Founded", 1999], ["City", "Lund"], ["Staff", 12]]
    assert text(*rows) == "- Name: Green Bikes\n- Founded: 1999\n- City: Lund\n- Staff: 12"
    assert text(["Name:", "Tea"], ["Price:", "low"]) == "- Name: Tea\n- Price: low"


def test_a_table_that_the_file_declares_has_its_head() -> None:
    rows = [["a", "b"], ["c", "d"], ["Tea", "Milk"], ["e", "f"]]
    assert "Tea | Milk\n--- | ---\ne | f" in text(*rows, after="<autoFilter ref='A3:B4'/>")


def test_a_bar_in_a_cell_parts_no_cells() -> None:
    assert text(["Key", "Value"], ["a | b", 3]).endswith("a \\| b | 3")


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    rows = [["Item", "Cost", "Price"], ["Bell", 1, 5], ["Lamp", 2, 6]]
    data = xlsx(
        {
            "A": sheet(rows, before="<cols><col min='2' max='2' hidden='1'/></cols>", hidden=[3]),
            "Costs": rows,
            "X": rows,
        },
        states={"Costs": "hidden", "X": "veryHidden"},
    )
    document, skipped = parse(data)
    assert document.text == "A\n\nItem | Price\n--- | ---\nBell | 5"
    assert [str(part) for part in skipped] == [
        "green_bikes.xlsx:sheet Costs: is hidden",
        "green_bikes.xlsx:sheet X: is hidden",
    ]
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("hidden rows", "A A3:C3: Lamp 2 6"),
        ("hidden columns", "A B1:B2: Cost 1"),
        ("hidden sheet", "Costs: Item Cost Price Bell 1 5 Lamp 2 6"),
        ("hidden sheet", "X: Item Cost Price Bell 1 5 Lamp 2 6"),
    ]


def test_rows_that_a_filter_hides_are_read() -> None:
    filtered = "<autoFilter ref='A1:B3'><filterColumn colId='0'/></autoFilter>"
    rows = [["Item", "Price"], ["Bell", 5], ["Lamp", 6]]
    document, _ = parse(xlsx({"A": sheet(rows, after=filtered, hidden=[3])}))
    assert "Lamp | 6" in document.text
    assert document.dropped == ()


def test_what_is_struck_out_commented_or_drawn_is_listed() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships xmlns='{P}'>"
        f"<Relationship Id='c' Type='{R}/comments' Target='../comments1.xml'/></Relationships>",
        "xl/comments1.xml": "<comments xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        "<commentList><comment ref='B2'><text><t>ask Ann</t></text></comment></commentList></comments>",
    }
    document, _ = parse(xlsx({"A": [["Item", "Price"], ["Bell", ("7 euros", STRUCK)], ["Lamp", 6]]}, parts=parts))
    assert document.text.endswith("Bell |\nLamp | 6")
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("struck out", "7 euros"),
        ("comment", "B2: ask Ann"),
    ]


def test_formulas_without_a_value_are_counted_and_the_first_is_named() -> None:
    _, skipped = parse(xlsx({"A": [["Item", "Price"], ["Bell", "<c><f>1+1</f></c>"], ["Lamp", "<c><f>2+1</f></c>"]]}))
    assert [str(part) for part in skipped] == [
        "green_bikes.xlsx:A!B2: is one of 2 formulas without a stored value; open and save the file in a spreadsheet "
        "program"
    ]


def test_a_damaged_sheet_is_named_and_the_others_are_read() -> None:
    data = xlsx({"A": "", "B": PRICES}).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    document, skipped = parse(data)
    assert [section.path for section in document.sections] == [("B",)]
    assert skipped[0].path == "green_bikes.xlsx:sheet A"
    assert "has no part xl/worksheets/sheet1.xml" in skipped[0].cause


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9, "is encrypted"),
        (xlsx({"A": PRICES})[:-60], "is no whole XLSX file"),
        (b"PK\x03\x04nothing", "is no whole XLSX file"),
        (xlsx({"A": []}), "is empty"),
        (xlsx({"A": [["x" * 30_000_000]]}), "would unpack to"),
        (xlsx({"A": PRICES}).replace(b"sheet1.xml", b"sheet9.xml"), "has no part xl/worksheets/sheet1.xml"),
        (b"Room,Seats\nOak,12\n", "is no whole XLSX file"),
        (b"  \n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "green_bikes.xlsx"
    path.write_bytes(data)
    with pytest.raises(SourceError) as error:
        read_file(path, on_skip=lambda _: None)
    assert cause in str(error.value)
    assert "green_bikes.xlsx" in str(error.value)


def test_a_workbook_with_too_many_cells_is_read_up_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CELLS", 6)
    document, skipped = parse(xlsx({"A": [["Item", "Price"], *([f"i{n}", n] for n in range(9))]}))
    assert document.text.endswith("i1 | 1")
    assert [skip.path for skip in skipped] == ["green_bikes.xlsx:sheet A:row 3"]
    assert "split it" in skipped[0].cause


def test_beyond_many_cells_a_row_has_one_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_MARKED", 4)
    document, _ = parse(xlsx({"A": PRICES}))
    assert cell_of(document, "120.00") == "A5:C5"


def test_cells_far_apart_fill_no_memory() -> None:
    cells = "".join(f"<row r='{n}'><c r='{cell_name(0, n)[:-1]}{n}'><v>{n}</v></c></row>" for n in range(1, 3000))
    document, _ = parse(xlsx({"A": f"<sheetData>{cells}</sheetData>"}))
    assert len(document.text) < 40_000


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    data = xlsx({"A": [["a", "b"], ["c", "<c t='inlineStr'><is><t>d &e;</t></is></c>"]]})
    assert "secret" not in parse(data)[0].text


CELLS = st.one_of(
    st.none(), st.text("ab |é\n:&", max_size=5), st.integers(-9, 9999), st.tuples(st.floats(0, 99), st.integers(0, 6))
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=4), max_size=9))
def test_every_cell_is_in_the_text_where_its_mark_says(rows: list[list[Value]]) -> None:
    document, _ = parse(xlsx({"Sheet": sheet(rows)}))
    starts = [mark.start for mark in document.marks] or [0]
    assert starts == sorted(starts)
    texts = {}
    for mark, end in zip(document.marks, [*starts[1:], len(document.text)], strict=bool(document.marks)):
        if mark.cell:
            texts.setdefault(mark.cell, document.text[mark.start : end])
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str) and value.strip() and not value.startswith("<"):
                shown = " ".join(value.split())
                told = texts[cell_name(number, place)]
                assert told.replace("\\|", "|").startswith(shown.rstrip(": ") or shown)


WHOLE = xlsx(
    {"Prices": PRICES, "B": sheet([["a", None], ["b", 3]], after=merged("A1:B1"))},
    strings=["<t>x</t>"],
    states={"B": "hidden"},
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        documents = list(read_xlsx(bytes(data), "a.xlsx", lambda _: None))
    except SourceError:
        return
    assert all(section.end <= len(document.text) for document in documents for section in document.sections)


SHEET = sheet(PRICES, before="<cols><col min='2' max='2' hidden='1'/></cols>", after=merged("A1:C1"))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(SHEET)), st.integers(0, 9), st.text("<>/='0A:r9 ", max_size=5)), max_size=5)
)
def test_a_sheet_of_broken_xml_is_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    inner = SHEET
    for place, length, new in changes:
        inner = inner[:place] + new + inner[place + length :]
    try:
        parse(xlsx({"A": inner}))
    except SourceError:
        return
