"""RTF: texts that the tests write themselves, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file
from corpus.formats.rtf import read as read_rtf
from corpus.skipped import SkippedFile

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Jap;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}"
    r"{\s3 Title;}{\s4\outlinelevel1 Own;}{\*\cs9 heading 3;}}"
)


def rtf(body: str, end: str = "}") -> bytes:
    return f"{HEAD}{body}{end}".encode("latin-1")


def parse(body: str) -> tuple[Document, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    (document,) = read_rtf(rtf(body), "green_bikes.rtf", skipped.append)
    return document, skipped


def text(body: str) -> str:
    return parse(body)[0].text


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


def row(*cells: str, merged: str = "") -> str:
    widths = "".join(f"{each}\\cellx{n}" for n, each in enumerate(merged.split(",") if merged else [""] * len(cells)))
    return rf"\trowd{widths}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row" + "\n"


BOOK = (
    r"\pard\s3 Green Bikes\par\pard A workshop.\par\pard\s1 Prices\par "
    + row("Service", "Price")
    + row("Basic check", "50 euros")
    + row("Full service", "120 euros")
    + r"\pard\s4 Brakes\par\pard Wear them in.\par\pard\outlinelevel0 People\par"
    + r"\pard{\listtext\'b7\tab}\ls1\ilvl0 Ann\par\pard{\listtext o\tab}\ls1\ilvl1 brakes\par"
)


@pytest.mark.parametrize("name", ["bikes.rtf", "bikes.doc", "bikes.txt"])
def test_headings_lists_and_tables(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(rtf(BOOK))
    (document,) = read_file(path)
    assert document.title == "Green Bikes"
    assert layout(document) == [
        ((), "A workshop."),
        (("Prices",), "Service | Price\n--- | ---\nBasic check | 50 euros\nFull service | 120 euros"),
        (("Prices", "Brakes"), "Wear them in."),
        (("People",), "- Ann\n  - brakes"),
    ]
    answer = qa.build([path], reader="neural").ask("How much is a full service?", min_confidence=0)
    assert answer.text == "120 euros"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"caf\'e9 \u8364?5", "café €5"),
        (r"{\f1 \'cf\'f0\'e8}vet", "Приvet"),
        (r"{\f2 \'93\'8c\'8b\'9e}", "東京"),
        (r"\u-10179?\u-8704?!", "\U0001f600!"),
        (r"{\uc2 \u233\'c3\'a9t\'e9}", "été"),
        (r"a\~b\_c\-d", "a\u00a0b-cd"),
        (r"\ldblquote x\rdblquote\emdash y\endash\lquote z\rquote\bullet", "“x”—y–‘z’•"),
        (r"one\line two\tab three", "one\ntwo three"),
        (r"\{a\}\\b", r"{a}\b"),
        ("over\r\ntwo lines", "overtwo lines"),
        (r"10{\super 6} and 25 euros{\super 1)}", "10^6 and 25 euros1)"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the link}}", "the link"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Boxed.\par}}}", "Boxed."),
        (r"a{\pict\pngblip 89504e47}b", "ab"),
        (r"a{\*\unknown b}c", "ac"),
        (r"a\bin5 {}{}{b", "ab"),
    ],
)
def test_characters_and_groups(body: str, expected: str) -> None:
    assert text(body) == expected


def test_numbered_items_keep_their_numbers() -> None:
    body = r"\pard{\listtext 1.\tab}\ls1 boil\par\pard{\pntext\f0 2.\tab}pour\par\pard Then.\par"
    assert text(body) == "1. boil\n2. pour\n\nThen."


def test_merged_cells_are_repeated() -> None:
    body = row("Room", "Day", "Week") + row("Oak", "closed", "", merged="\\clvmgf,\\clmgf,\\clmrg")
    body += row("", "1", "2", merged="\\clvmrg,,")
    assert text(body) == "Room | Day | Week\n--- | --- | ---\nOak | closed | closed\nOak | 1 | 2"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (r"{\deleted 40}", "deleted"),
        (r"{\strike 40}", "struck out"),
        (r"\strike 40\strike0 ", "struck out"),
        (r"{\striked1 40}", "struck out"),
        (r"{\v 40}", "hidden"),
        (r"{\*\annotation 40}", "comment"),
    ],
)
def test_what_was_deleted_is_no_text_and_is_listed(changed: str, kind: str) -> None:
    document, _ = parse(rf"It costs {changed}{{\b 30}} euros.\par")
    assert document.text == "It costs 30 euros."
    assert [(part.kind, part.text) for part in document.dropped] == [(kind, "40")]


def test_notes_running_lines_and_properties() -> None:
    body = r"{\info{\title Tea}{\author Ann}{\creatim\yr2024}}{\header Page \chpgn}Hot{\super\chftn}"
    body += r"{\footnote Or so.}.\par"
    document, _ = parse(body)
    assert (document.title, document.text) == ("Tea", "Hot.\n\nOr so.")
    assert dict(document.metadata) == {"title": "Tea", "author": "Ann"}
    assert [(part.kind, part.text) for part in document.dropped] == [("running line", "Page")]


def test_a_file_that_is_cut_is_read_up_to_its_end_and_named() -> None:
    skipped: list[SkippedFile] = []
    (document,) = read_rtf(rtf(r"\pard Hot.\par\pard Cold", end=""), "a.rtf", skipped.append)
    assert document.text == "Hot.\n\nCold"
    assert [part.path for part in skipped] == ["a.rtf:end"]


@pytest.mark.parametrize(
    ("data", "cause"), [(b"just words", "is no RTF file"), (rtf(""), "is empty"), (b" \n", "is empty")]
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "green_bikes.rtf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path)
    assert "green_bikes.rtf" in str(error.value)


def test_groups_in_groups_without_end_are_read() -> None:
    assert parse("a" + "{" * 200_000)[0].text == "a"


WORDS = st.text("ab é€Ж東\\{}-", min_size=1, max_size=6).filter(str.strip)


@settings(deadline=None, max_examples=100)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_paragraph_is_in_the_text(paragraphs: list[str]) -> None:
    def written(letter: str) -> str:
        return f"\\{letter}" if letter in "\\{}" else letter if ord(letter) < 128 else f"\\u{ord(letter)}?"

    body = "".join("".join(map(written, words)) + "\\par\n" for words in paragraphs)
    assert text(body).split("\n\n") == [" ".join(words.split()) for words in paragraphs]


WHOLE = rtf(BOOK)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(6, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        documents = list(read_rtf(bytes(data), "a.rtf", lambda _: None))
    except SourceError:
        return
    assert all(section.end <= len(document.text) for document in documents for section in document.sections)


@settings(deadline=None, max_examples=300)
@given(st.text("\\{}'*;-019 parucellowdsitbfnvqx\n", max_size=60))
def test_any_words_of_control_are_read(body: str) -> None:
    list(read_rtf(rtf(body), "a.rtf", lambda _: None))
