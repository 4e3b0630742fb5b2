"""PDF: pages that the tests write themselves, their paragraphs, headings and page numbers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file
from corpus.formats.pdf import _document as make_document
from corpus.formats.pdf import read as read_pdf
from corpus.formats.pdf_lines import read_pages
from corpus.skipped import SkippedFile

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")

Run = tuple[float, float, float, str, str]  # left, height, size, font (F1 or F2, which is bold), text


def pdf(pages: list[list[Run]], *, outline: list[tuple[str, int]] = (), title: str = "", extra: str = "") -> bytes:  # type: ignore[assignment]
    """A PDF file with lines of text on its pages, and an outline of titles and page numbers from 0."""
    objects = ["", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    kids = []
    for runs in pages:
        stream = "".join(
            f"BT /{font} {size} Tf 1 0 0 1 {left} {height} Tm ({escaped(text)}) Tj ET\n"
            for left, height, size, font, text in runs
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}endstream")
        resources = "<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        box = "/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {len(objects)} 0 R/Resources{resources}>>")
        kids.append(len(objects))
    first = len(objects) + 2
    if outline:
        last = first + len(outline) - 1
        objects.append(f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(outline)}>>")
        for number, (words, page) in enumerate(outline):
            follows = f"/Next {first + number + 1} 0 R" if number + 1 < len(outline) else ""
            place = f"/Dest[{kids[page]} 0 R/XYZ 0 800 0]"
            objects.append(f"<</Title({escaped(words)})/Parent {first - 1} 0 R{place}{follows}>>")
    objects.append(f"<</Title({escaped(title)})>>")
    objects[0] = "<</Type/Catalog/Pages 2 0 R" + (f"/Outlines {first - 1} 0 R" if outline else "") + ">>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R{extra}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def lines(*texts: str, left: float = 72, top: float = 700, size: float = 11, font: str = "F1") -> list[Run]:
    return [(left, top - 14 * number, size, font, text) for number, text in enumerate(texts)]


def read(folder: Path, data: bytes, name: str = "tea.pdf") -> tuple[Document, list[SkippedFile]]:
    path = folder / name
    path.write_bytes(data)
    skipped: list[SkippedFile] = []
    (document,) = read_file(path, on_skip=skipped.append)
    return document, skipped


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


BODY = ["Tea is hot and should be drunk while it is hot, for cold tea has", "lost what made it tea. Nobody drinks it."]
MORE = ["Milk is white and goes in after the tea, as many people hold to", "be right. Others pour it first of all."]


def test_headings_are_told_by_their_type_and_paragraphs_by_their_gaps(tmp_path: Path) -> None:
    page = [
        *lines("The tea book", size=24, top=780),
        *lines("Brewing", size=16, top=730),
        *lines(*BODY, top=700),
        *lines(*MORE, top=650),
        *lines("Water", font="F2", top=600),
        *lines("Boil it for a minute.", top=580),
        *lines("History", size=16, top=530),
        *lines("Tea is old.", top=500),
    ]
    document, skipped = read(tmp_path, pdf([page]))
    assert document.title == "The tea book"
    assert layout(document) == [
        (("Brewing",), "\n".join(BODY) + "\n\n" + "\n".join(MORE)),
        (("Brewing", "Water"), "Boil it for a minute."),
        (("History",), "Tea is old."),
    ]
    assert skipped == []


def test_the_outline_tells_the_headings_where_there_is_one(tmp_path: Path) -> None:
    pages = [[*lines("Brewing", *BODY)], [*lines("History of tea", *MORE), *lines("Not so", size=30, top=400)]]
    data = pdf(pages, outline=[("Brewing", 0), ("History of tea", 1)], title="All about tea")
    document, _ = read(tmp_path, data)
    assert document.title == "All about tea"
    assert [path for path, _ in layout(document)] == [("Brewing",), ("History of tea",)]


def test_pages_are_numbered_and_running_lines_go(tmp_path: Path) -> None:
    pages = [
        [
            *lines(f"The tea book, part {number}", top=810, size=9),
            *lines(
                f"{'Tea is ' * number}hot.", f"It costs {number * 37 % 50} euros.", *BODY, f"Sum: {number * 31 % 17}"
            ),
            *lines(f"– {number} –", top=30, size=9),
        ]
        for number in range(1, 6)
    ]
    document, _ = read(tmp_path, pdf(pages))
    assert len(document.pages) == 5
    for number in range(1, 6):
        assert document.page_at(document.text.index(f"costs {number * 37 % 50} e")) == number
    assert document.text.count("Sum: ") == 5
    assert "part" not in document.text
    assert "–" not in document.text
    assert [part.kind for part in document.dropped] == ["running line"] * 10


def test_a_sentence_goes_on_over_the_page_and_a_broken_word_over_the_line(tmp_path: Path) -> None:
    pages = [
        lines("Tea is hot, as everyone who has ever burnt a tongue with tea will regis-", "ter and"),
        lines("say."),
    ]
    document, _ = read(tmp_path, pdf(pages))
    assert document.text.endswith("regis-\nter and\nsay.")
    assert document.pages == (0, document.text.index("say."))


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = [*lines(*BODY, size=8, left=40), *lines(*MORE, size=8, left=320)]
    assert read(tmp_path, pdf([page]))[0].text.split() == " ".join(BODY + MORE).split()


def test_a_page_without_text_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    document, skipped = read(tmp_path, pdf([lines(*BODY), [], lines(*MORE)]))
    assert [document.page_at(document.text.index(word)) for word in ("Tea", "Milk")] == [1, 3]
    assert [skip.cause for skip in skipped] == ["holds no text, scanned perhaps"]
    assert skipped[0].path.endswith("tea.pdf:page 2")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (pdf([[], []]), "without text (2 pages, scanned perhaps)"),
        (b"%PDF-1.7\nnothing", "is a PDF file that is damaged"),
        (pdf([lines(*BODY)])[:300], "is a PDF file that is damaged"),
        (
            pdf(
                [lines(*BODY)],
                extra="/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + "x" * 32 + ")/U(" + "y" * 32 + ")>>",
            ),
            "is a PDF file that is encrypted",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, data)
    assert cause in str(error.value)


def test_a_pdf_file_of_another_name_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, pdf([lines(*BODY)]), name="tea.txt")[0].pages == (0,)


def test_without_pypdfium2_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(SourceError, match=r"pip install 'citespan\[documents\]'"):
        read(tmp_path, pdf([lines(*BODY)]))


WHOLE = pdf([lines(*BODY), lines(*MORE)], outline=[("Tea", 0)])


class Unsearched(tuple[int, ...]):
    """Numbers of pages that may be gone through, not looked into for each page: there may be 65,535."""

    def __contains__(self, number: object) -> bool:
        raise AssertionError(f"page {number} is looked for among all")


def test_damaged_pages_are_told_in_time_that_grows_with_their_count() -> None:
    pages = read_pages(pdf([lines(*BODY)]), "x.pdf")
    pages = replace(pages, lines=[*pages.lines, [], [], []], damaged=Unsearched((2, 3)), scanned=Unsearched((4,)))
    told: list[SkippedFile] = []
    assert make_document(pages, "x.pdf", told.append, {}).text
    assert [(each.path, each.cause.split(",")[0]) for each in told] == [
        ("x.pdf:page 2, 3", "is damaged and was not read"),
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(8, len(WHOLE) - 1), st.binary(max_size=5)), min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        documents = list(read_pdf(bytes(data), "a.pdf", lambda _: None))
    except SourceError:
        return
    for document in documents:
        assert list(document.pages) == sorted(document.pages)
        assert all(section.end <= len(document.text) for section in document.sections)
