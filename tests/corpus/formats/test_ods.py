"""ODS: spreadsheets that the tests write themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import ods, read_file
from corpus.formats.ods import read as read_ods
from corpus.marks import place_of
from corpus.skipped import SkippedFile
from tests.corpus.formats.opendocuments import opendocument


def cell(shown: str, kind: str = "string", more: str = "") -> str:
    return f"<table:table-cell office:value-type='{kind}' {more}><text:p>{shown}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {more}>{inner}</table:table-row>"


def table(name: str, *rows: str, more: str = "") -> str:
    blank = (
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='1024'/>"
    )
    return f"<table:table table:name='{name}' {more}>{''.join(rows)}{blank}</table:table-row></table:table>"


PRICES = table(
    "Prices",
    row("Price list"),
    "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>",
    row("Service", "Price", "Tax"),
    row("Basic check", cell("49,50 €", "currency", "office:value='49.5'"), cell("25 %", "percentage")),
    row("Full service", cell("120,00 €", "currency", "office:value='120'"), cell("25 %", "percentage")),
)
TEXT = "Prices\n\nPrice list\n\nService | Price | Tax\n--- | --- | ---\n"
TEXT += "Basic check | 49,50 € | 25 %\nFull service | 120,00 € | 25 %"


def parse(content: str) -> tuple[Document, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    (document,) = read_ods(opendocument("spreadsheet", content), "bikes.ods", skipped.append)
    return document, skipped


@pytest.mark.parametrize("name", ["prices.ods", "prices.zip", "prices.xlsx"])
def test_cells_are_read_as_they_are_shown(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(opendocument("spreadsheet", PRICES, meta="<dc:title>Bike prices</dc:title>"))
    (document,) = read_file(path)
    assert (document.text, document.title) == (TEXT, "Bike prices")
    answer = qa.build([path], reader="neural").ask("How much is a full service?", min_confidence=0)
    assert answer.citation is not None
    assert (answer.text, answer.citation.sheet, answer.citation.cell) == ("120,00 €", "Prices", "B6")


def test_repeated_and_merged_cells_keep_their_places() -> None:
    wide = cell("closed", more="table:number-columns-spanned='2'") + "<table:covered-table-cell/>"
    rows = (
        row("Room", cell("Day", more="table:number-columns-repeated='2'"), "Note"),
        row("Oak", wide, "x"),
        row("Elm", "<table:table-cell table:number-columns-repeated='2'/>", "y", more="table:number-rows-repeated='2'"),
    )
    document, _ = parse(table("A", *rows))
    expected = "Room | Day | Day | Note\n--- | --- | --- | ---\nOak | closed | closed | x\nElm |  |  | y\nElm |  |  | y"
    assert document.text == f"A\n\n{expected}"
    start = document.text.rindex("y")
    assert place_of(document.marks, start, start + 1) == {"sheet": "A", "cell": "D4"}


def test_what_is_hidden_struck_out_or_a_comment_is_left_out_and_named() -> None:
    columns = "<table:table-column/><table:table-column table:visibility='collapse'/><table:table-column/>"
    noted = "<table:table-cell><office:annotation><text:p>ask Ann</text:p></office:annotation><text:p>5</text:p>"
    rows = (
        row("Item", "Cost", "Price"),
        row("Bell", "1", f"{noted}</table:table-cell>"),
        row("Lamp", "2", "6", more="table:visibility='collapse'"),
        row("Pump", "3", cell("9", more="table:style-name='S'")),
        row(
            "Tyre",
            "4",
            "<table:table-cell><text:p>1<text:span text:style-name='S'>0</text:span>2</text:p></table:table-cell>",
        ),
    )
    hidden = table("Costs", row("Oil", "3"), more="table:style-name='Gone'")
    document, skipped = parse(table("A", columns, *rows) + hidden)
    assert document.text == "A\n\nItem | Price\n--- | ---\nBell | 5\nPump |\nTyre | 12"
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("hidden columns", "A B1: Cost"),
        ("comment", "ask Ann"),
        ("hidden columns", "A B2: 1"),
        ("hidden rows", "A A3: Lamp 2 6"),
        ("struck out", "9"),
        ("hidden columns", "A B4: 3"),
        ("struck out", "0"),
        ("hidden columns", "A B5: 4"),
        ("hidden sheet", "Costs: Oil 3"),
    ]
    assert [str(part) for part in skipped] == ["bikes.ods:sheet Costs: is hidden"]


def test_too_many_cells_are_cut_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "MOST_CELLS", 4)
    document, skipped = parse(table("A", row("Item", "Price"), row("Bell", "5"), row("Lamp", "6")))
    assert document.text.endswith("Bell | 5")
    assert skipped[0].path == "bikes.ods:sheet A:row 3"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (opendocument("spreadsheet", PRICES)[:-60], "is no whole ODS file"),
        (opendocument("spreadsheet", PRICES, manifest="<manifest:encryption-data/>"), "is encrypted"),
        (opendocument("spreadsheet", ""), "is empty"),
        (opendocument("graphics", ""), "holds no spreadsheet"),
        (b"Room,Seats", "is no whole ODS file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "bikes.ods"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path)
    assert "bikes.ods" in str(error.value)


WORDS = st.one_of(st.none(), st.text("ab |é", max_size=4))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(WORDS, max_size=4), max_size=7))
def test_every_cell_is_in_the_text(rows: list[list[str | None]]) -> None:
    lines = [row(*(cell(each) if each else "<table:table-cell/>" for each in line)) for line in rows]
    text = parse(table("A", *lines))[0].text.replace("\\|", "|")
    assert all(" ".join(each.split()) in text for line in rows for each in line if each)


WHOLE = opendocument("spreadsheet", PRICES)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        list(read_ods(bytes(data), "a.ods", lambda _: None))
    except SourceError:
        return


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(PRICES)), st.integers(0, 9), st.text("<>/='0A:r9 ", max_size=5)), max_size=5)
)
def test_broken_xml_is_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    content = PRICES
    for place, length, new in changes:
        content = content[:place] + new + content[place + length :]
    try:
        parse(content)
    except SourceError:
        return
