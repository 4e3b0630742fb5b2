"""ODT and ODP: texts and presentations that the tests write themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import odp, odt, read_file
from corpus.marks import place_of
from corpus.skipped import SkippedFile
from tests.corpus.formats.opendocuments import opendocument

LISTS = (
    "<text:list-style style:name='N'><text:list-level-style-number text:level='1' style:num-format='1'/>"
    "<text:list-level-style-bullet text:level='2'/></text:list-style>"
)


def p(text: str, style: str = "") -> str:
    return f"<text:p{f' text:style-name={style!r}' if style else ''}>{text}</text:p>"


def h(text: str, level: int = 1) -> str:
    return f"<text:h text:outline-level='{level}'>{text}</text:h>"


def items(*inner: str, more: str = "") -> str:
    return f"<text:list {more}>{''.join(f'<text:list-item>{each}</text:list-item>' for each in inner)}</text:list>"


def table(*rows: list[str]) -> str:
    def cell(text: str) -> str:
        return text if text.startswith("<") else f"<table:table-cell>{p(text)}</table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f"<table:table>{lines}</table:table>"


Reader = Callable[..., Iterator[Document]]


def parse(content: str, **options: str) -> Document:
    (document,) = odt.read(opendocument("text", content, **options), "green_bikes.odt", lambda _: None)
    return document


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


BOOK = (
    p("Green Bikes", "Title")
    + p("A workshop.")
    + h("Prices")
    + table(["Service", "Price"], ["Basic check", "50 euros"], ["Full service", "120 euros"])
    + h("Brakes", 2)
    + p("Wear them in.")
    + h("People")
    + items(p("Ann") + items(p("brakes"), p("gears")), p("Bo"))
)


@pytest.mark.parametrize("name", ["bikes.odt", "bikes.docx", "bikes"])
def test_headings_lists_and_tables(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(opendocument("text", BOOK))
    (document,) = read_file(path)
    assert document.title == "Green Bikes"
    assert layout(document) == [
        ((), "A workshop."),
        (("Prices",), "Service | Price\n--- | ---\nBasic check | 50 euros\nFull service | 120 euros"),
        (("Prices", "Brakes"), "Wear them in."),
        (("People",), "- Ann\n  - brakes\n  - gears\n- Bo"),
    ]
    for reader in ("lexical", "neural"):
        answer = qa.build([path], reader=reader).ask("How much is a full service?", min_confidence=0)
        assert answer.text == "120 euros"


def test_numbers_of_lists_go_on_where_they_are_told_to() -> None:
    named = "text:style-name='N'"
    content = items(p("boil") + items(p("well")), p("pour") + p("slowly"), more=named) + p("Then:")
    content += items(p("drink"), more=f"{named} text:continue-numbering='true'")
    assert parse(content, styles=LISTS).text == "1. boil\n  - well\n2. pour\n  slowly\n\nThen:\n\n3. drink"


def test_merged_cells_are_repeated() -> None:
    wide = f"<table:table-cell table:number-columns-spanned='2'>{p('closed')}</table:table-cell>"
    tall = f"<table:table-cell table:number-rows-spanned='2'>{p('Oak')}</table:table-cell>"
    covered = "<table:covered-table-cell/>"
    content = table(["Room", "Day", "Week"], [tall, wide, covered], [covered, "1", "2"])
    assert parse(content).text == "Room | Day | Week\n--- | --- | ---\nOak | closed | closed\nOak | 1 | 2"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ("<text:span text:style-name='S'>40</text:span>", "struck out"),
        ("<text:span text:style-name='V'>40</text:span>", "hidden"),
        ("<office:annotation><text:p>40</text:p></office:annotation>", "comment"),
    ],
)
def test_what_is_struck_out_or_hidden_is_no_text_and_is_listed(changed: str, kind: str) -> None:
    document = parse(p(f"It costs {changed}<text:span text:style-name='B'>30</text:span> euros."))
    assert document.text == "It costs 30 euros."
    assert [(part.kind, part.text) for part in document.dropped] == [(kind, "40")]


def test_deleted_text_and_tables_of_contents_are_listed() -> None:
    region = f"<text:changed-region><text:deletion>{p('40 euros')}</text:deletion></text:changed-region>"
    contents = f"<text:table-of-content><text:index-body>{p('Prices 3')}</text:index-body></text:table-of-content>"
    document = parse(f"<text:tracked-changes>{region}</text:tracked-changes>{contents}{p('<text:change/>30 euros')}")
    assert document.text == "30 euros"
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("deleted", "40 euros"),
        ("table of contents", "Prices 3"),
    ]


def test_notes_stand_at_the_end_and_boxes_after_their_paragraph() -> None:
    note = f"<text:note-citation>1</text:note-citation><text:note-body>{p('Or so.')}</text:note-body>"
    box = f"<draw:frame><draw:text-box>{p('A box.')}</draw:text-box></draw:frame>"
    up = "10<text:span text:style-name='Up'>6</text:span>"
    content = p(f"Holds {up} l.<text:note>{note}</text:note>{box}") + p(
        "one<text:line-break/>two<text:s text:c='2'/>three<text:tab/>four"
    )
    assert parse(content).text == "Holds 10^6 l.\n\nA box.\n\none\ntwo three four\n\nOr so."


def test_a_style_under_a_heading_is_one() -> None:
    master = "<style:style style:name='Mine' style:parent-style-name='Heading_20_2'/>"
    content = h("Tea") + p("Hot.") + p("Brewing", "Mine") + p("Boil.")
    assert layout(parse(content, master=master)) == [((), "Hot."), (("Brewing",), "Boil.")]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (opendocument("text", BOOK)[:-60], "is no whole ODT file"),
        (opendocument("text", BOOK, manifest="<manifest:encryption-data/>"), "is encrypted"),
        (opendocument("text", ""), "is empty"),
        (b"just words", "is no whole ODT file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "green_bikes.odt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path)
    assert "green_bikes.odt" in str(error.value)


def frame(kind: str, inner: str) -> str:
    return f"<draw:frame presentation:class='{kind}'><draw:text-box>{inner}</draw:text-box></draw:frame>"


def page(*frames: str, more: str = "") -> str:
    return f"<draw:page {more}>{''.join(frames)}</draw:page>"


DECK = (
    page(frame("title", p("Green Bikes")), frame("subtitle", p("A workshop")))
    + page(frame("title", p("Old")), more="draw:style-name='Unseen'")
    + page(
        frame("title", p("Opening hours")),
        frame("outline", items(p("Weekdays: 9 to 18") + items(p("Lunch: 12 to 13")), p("Saturdays: 10 to 14"))),
        frame("footer", p("2024")),
        f"<draw:g><draw:custom-shape>{p('Ring the bell.')}</draw:custom-shape></draw:g>",
        f"<draw:frame>{table(['Day', 'Staff'], ['Monday', 'Ann'])}</draw:frame>",
        f"<presentation:notes>{frame('notes', p('Closed in July.'))}</presentation:notes>",
    )
)


@pytest.mark.parametrize("name", ["bikes.odp", "bikes.pptx"])
def test_slides_with_their_numbers(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(opendocument("presentation", DECK))
    skipped: list[SkippedFile] = []
    (document,) = read_file(path, on_skip=skipped.append)
    assert document.title == "Green Bikes"
    assert layout(document) == [
        ((), "A workshop"),
        (
            ("Opening hours",),
            "- Weekdays: 9 to 18\n  - Lunch: 12 to 13\n- Saturdays: 10 to 14\n\nRing the bell.\n\n"
            "Day | Staff\n--- | ---\nMonday | Ann\n\nNotes: Closed in July.",
        ),
    ]
    assert [(mark.start, mark.slide) for mark in document.marks] == [(0, 1), (document.text.index("Opening"), 3)]
    assert place_of(document.marks, len(document.text) - 2, len(document.text)) == {"slide": 3}
    assert [str(part) for part in skipped] == [f"{path.as_posix()}:slide 2: is hidden"]
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("hidden slide", "2: Old"),
        ("running line", "2024"),
    ]


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from([("text", BOOK, odt.read), ("presentation", DECK, odp.read)]),
    st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9), st.text("<>/='0t:p9 ", max_size=5)), max_size=5),
)
def test_broken_xml_is_read_or_refused(kind: tuple[str, str, Reader], changes: list[tuple[int, int, str]]) -> None:
    name, content, form = kind
    for place, length, new in changes:
        place %= len(content)
        content = content[:place] + new + content[place + length :]
    try:
        list(form(opendocument(name, content), "a", lambda _: None))
    except SourceError:
        return


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from([("text", BOOK, odt.read), ("presentation", DECK, odp.read)]),
    st.lists(st.tuples(st.integers(4, 9999), st.binary(max_size=4)), min_size=1, max_size=6),
)
def test_a_damaged_file_is_read_or_refused(kind: tuple[str, str, Reader], changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(opendocument(kind[0], kind[1]))
    for place, new in changes:
        place %= len(data)
        data[place : place + len(new)] = new
    try:
        documents = list(kind[2](bytes(data), "a", lambda _: None))
    except SourceError:
        return
    assert all(section.end <= len(document.text) for document in documents for section in document.sections)
