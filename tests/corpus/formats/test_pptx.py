"""PPTX: presentations that the tests write themselves, slide by slide."""

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
from corpus.formats.pptx import read as read_pptx
from corpus.marks import place_of
from corpus.skipped import SkippedFile

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    return f"<a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r>"


def line(content: str, level: int = 0, sign: str = "") -> str:
    content = content if content.startswith("<") else run(content)
    return f"<a:p><a:pPr lvl='{level}'>{sign}</a:pPr>{content}</a:p>"


def shape(kind: str, *lines: str) -> str:
    """A placeholder of a kind, or a text box for "none"."""
    holder = "" if kind == "none" else f"<p:ph{f' type={kind!r}' if kind != 'obj' else ''}/>"
    body = "".join(each if each.startswith("<") else line(each) for each in lines)
    head = f"<p:nvSpPr><p:cNvPr id='1' name='x'/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
    return f"<p:sp>{head}<p:txBody>{body}</p:txBody></p:sp>"


def table(*rows: Sequence[str]) -> str:
    def cell(text: str) -> str:
        return text if text.startswith("<") else f"<a:tc><a:txBody>{line(text)}</a:txBody></a:tc>"

    inner = "".join(f"<a:tr>{''.join(map(cell, row))}</a:tr>" for row in rows)
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{inner}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def tree(inner: str, name: str = "sld", more: str = "") -> str:
    return f"<p:{name} {NAMES} {more}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:{name}>"


def pointer(id: str, kind: str, target: str) -> str:
    return f"<Relationship Id='{id}' Type='{R}/{kind}' Target='{target}'/>"


def relations(*pointers: str) -> str:
    return f"<Relationships xmlns='{RELATIONS}'>{''.join(pointers)}</Relationships>"


def pptx(
    *slides: str,
    order: Sequence[int] = (),
    notes: Mapping[int, str] | None = None,
    hidden: Sequence[int] = (),
    title: str = "",
) -> bytes:
    """A PPTX file; slides are numbered from 1 as they are given, and shown in ``order``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(f"<p:sldId id='{n}' r:id='r{n}'/>" for n in order or range(1, len(slides) + 1))
        main = f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        archive.writestr("ppt/presentation.xml", main)
        pointers = [pointer(f"r{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
        archive.writestr("ppt/_rels/presentation.xml.rels", relations(*pointers))
        for number, inner in enumerate(slides, 1):
            more = "show='0'" if number in hidden else ""
            archive.writestr(f"ppt/slides/slide{number}.xml", tree(inner, more=more))
        for number, words in (notes or {}).items():
            to_notes = pointer("n", "notesSlide", f"../notesSlides/notesSlide{number}.xml")
            archive.writestr(f"ppt/slides/_rels/slide{number}.xml.rels", relations(to_notes))
            inner = shape("body", words) + shape("sldNum", "7")
            archive.writestr(f"ppt/notesSlides/notesSlide{number}.xml", tree(inner, "notes"))
        core = f"<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{title}</dc:title></c>"
        archive.writestr("docProps/core.xml", core)
    return file.getvalue()


def parse(data: bytes) -> tuple[Document, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    (document,) = read_pptx(data, "green_bikes.pptx", skipped.append)
    return document, skipped


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


DECK = pptx(
    shape("subTitle", "A workshop in Lund") + shape("ctrTitle", "Green Bikes"),
    shape("title", "Opening hours")
    + shape("obj", "Weekdays: 9 to 18", line("Lunch: 12 to 13", 1), "Saturdays: 10 to 14"),
    shape("title", "Prices") + table(["Service", "Price"], ["Basic check", "50 euros"], ["Full service", "120 euros"]),
    notes={2: "The shop is closed in July."},
)


@pytest.mark.parametrize("name", ["deck.pptx", "deck.pdf", "deck"])
def test_each_slide_is_a_section_under_its_title(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(DECK)
    (document,) = read_file(path)
    assert document.title == "Green Bikes"
    assert layout(document) == [
        ((), "A workshop in Lund"),
        (
            ("Opening hours",),
            "- Weekdays: 9 to 18\n  - Lunch: 12 to 13\n- Saturdays: 10 to 14\n\nNotes: The shop is closed in July.",
        ),
        (("Prices",), "Service | Price\n--- | ---\nBasic check | 50 euros\nFull service | 120 euros"),
    ]
    starts = [document.text.index(words) for words in ("Green", "Opening", "closed", "Prices", "120")]
    assert [place_of(document.marks, start, start + 1)["slide"] for start in starts] == [1, 2, 2, 3, 3]


@pytest.mark.parametrize("reader", ["lexical", "neural"])
def test_an_answer_tells_its_slide(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(DECK)
    answer = qa.build([path], reader=reader).ask("How much is a full service?", min_confidence=0)
    assert answer.citation is not None
    assert (answer.text, answer.citation.slide, answer.citation.section) == ("120 euros", 3, ("Prices",))


def test_slides_come_in_the_order_in_which_they_are_shown() -> None:
    slides = [shape("title", name) + shape("obj", f"{name} text") for name in ("One", "Two", "Three")]
    document, _ = parse(pptx(*slides, order=(3, 1, 2), title="PowerPoint Presentation"))
    assert [section.path for section in document.sections] == [("Three",), ("One",), ("Two",)]
    assert document.title == "Three"
    assert [mark.slide for mark in document.marks] == [1, 2, 3]


def test_hidden_and_damaged_slides_are_named_and_the_others_keep_their_numbers() -> None:
    data = pptx(
        shape("title", "One"), shape("title", "Two") + shape("obj", "old price"), shape("obj", "Three"), hidden=[2]
    )
    document, skipped = parse(data.replace(b"slides/slide1.xml", b"slides/slide8.xml"))
    assert [(mark.slide, document.text[mark.start :]) for mark in document.marks] == [(3, "Three")]
    assert [part.path for part in skipped] == ["green_bikes.pptx:slide 1", "green_bikes.pptx:slide 2"]
    assert skipped[1].cause == "is hidden"
    assert [(part.kind, part.text) for part in document.dropped] == [("hidden slide", "2: Two old price")]


def test_a_slide_without_a_title_goes_under_its_number() -> None:
    document, _ = parse(pptx(shape("title", "Tea") + shape("none", "Hot."), shape("none", "Cold.")))
    assert layout(document) == [(("Tea",), "Hot."), (("Slide 2",), "Cold.")]


def test_text_boxes_groups_numbers_and_breaks() -> None:
    number = "<a:buAutoNum type='arabicPeriod'/>"
    group = f"<p:grpSp>{shape('none', 'In a group.')}</p:grpSp>"
    steps = shape("none", line("Boil", sign=number), line("Pour", sign=number), line("slowly", 1, number))
    plain = shape("obj", line("Free.", sign="<a:buNone/>"), line("Prose.", sign="<a:buNone/>"))
    broken = shape("none", line(f"{run('one')}<a:br/>{run('two')}"))
    document, _ = parse(pptx(shape("title", "T") + group + steps + plain + broken))
    assert layout(document) == [(("T",), "In a group.\n\n1. Boil\n2. Pour\n  1. slowly\n\nFree.\n\nProse.\n\none\ntwo")]


def test_what_is_struck_out_raised_or_on_every_slide_alike() -> None:
    words = run("It costs ") + run("40", "strike='sngStrike'") + run("30 euros, or 10") + run("6", "baseline='30000'")
    document, _ = parse(pptx(shape("title", "T") + shape("none", line(words)) + shape("ftr", "Green Bikes 2024")))
    assert layout(document) == [(("T",), "It costs 30 euros, or 10^6")]
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("struck out", "40"),
        ("running line", "Green Bikes 2024"),
    ]


def test_merged_cells_are_repeated() -> None:
    wide = f"<a:tc gridSpan='2'><a:txBody>{line('closed')}</a:txBody></a:tc>"
    rows = (["Room", "Day", "Week"], ["Oak", wide, "<a:tc hMerge='1'/>"], ["<a:tc vMerge='1'/>", "1", "2"])
    document, _ = parse(pptx(shape("title", "T") + table(*rows)))
    assert document.text.endswith("Room | Day | Week\n--- | --- | ---\nOak | closed | closed\nOak | 1 | 2")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "is encrypted, or an old PowerPoint file"),
        (DECK[:-60], "is no whole PPTX file"),
        (pptx(), "is empty"),
        (pptx(shape("none", "x" * 30_000_000)), "would unpack to"),
        (DECK.replace(b"ppt/slides/slide", b"ppt/slides/slice"), "has no part ppt/slides/slide1.xml"),
        (b"no slides", "is no whole PPTX file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "green_bikes.pptx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path, on_skip=lambda _: None)
    assert "green_bikes.pptx" in str(error.value)


LEVELS = st.integers(0, 3)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.lists(st.tuples(st.text("ab é-", min_size=1, max_size=4), st.integers(0, 3)), max_size=4), max_size=4)
)
def test_every_line_is_in_the_text_of_its_slide(slides: list[list[tuple[str, int]]]) -> None:
    document, _ = parse(pptx(*(shape("obj", *(line(words, level) for words, level in lines)) for lines in slides)))
    starts = [*(mark.start for mark in document.marks), len(document.text)]
    texts = {mark.slide: document.text[mark.start : end] for mark, end in zip(document.marks, starts[1:], strict=True)}
    for number, lines in enumerate(slides, 1):
        assert all(" ".join(words.split()) in texts.get(number, "") for words, _ in lines)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(4, len(DECK) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(DECK)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        list(read_pptx(bytes(data), "a.pptx", lambda _: None))
    except SourceError:
        return


SLIDE = shape("title", "T") + shape("obj", "a", line("b", 1)) + table(["c", "d"], ["e", "f"])


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(SLIDE)), st.integers(0, 9), st.text("<>/='0a:p9 ", max_size=5)), max_size=5)
)
def test_broken_xml_is_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    inner = SLIDE
    for place, length, new in changes:
        inner = inner[:place] + new + inner[place + length :]
    try:
        parse(pptx(inner))
    except SourceError:
        return
