"""DOCX: files that the tests write themselves, part by part."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file
from corpus.formats.docx import read as read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H2"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", more: str = "") -> str:
    content = content if content.startswith("<") else run(content)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{more}</w:pPr>{content}</w:p>"


def item(content: str, number: int, level: int = 0) -> str:
    return paragraph(content, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: list[str]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def docx(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A DOCX file; ``parts`` are the inner XML of word/NAME.xml."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        contents = {"document": f"<w:body>{body}</w:body>", "styles": STYLES, "numbering": NUMBERING, **parts}
        for name, inner in contents.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{namespace}">{inner}</w:{name}>')
    return file.getvalue()


def read(folder: Path, data: bytes, name: str = "green_tea.docx") -> Document:
    path = folder / name
    path.write_bytes(data)
    (document,) = read_file(path)
    return document


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


@pytest.mark.parametrize("namespace", [W, "http://purl.oclc.org/ooxml/wordprocessingml/main"])
def test_styles_give_the_title_and_the_headings(tmp_path: Path, namespace: str) -> None:
    body = paragraph("Tea", "T") + paragraph("Hot.") + paragraph("Brewing", "H1") + paragraph("Water", "Own")
    body += paragraph("Boil it.") + paragraph("History", more='<w:outlineLvl w:val="0"/>') + paragraph("Old.")
    document = read(tmp_path, docx(body, namespace=namespace))
    assert document.title == "Tea"
    assert layout(document) == [((), "Hot."), (("Brewing", "Water"), "Boil it."), (("History",), "Old.")]


def test_lists_are_lines_with_their_numbers_and_depths(tmp_path: Path) -> None:
    body = (
        item("tea", 1) + item("green", 1, 1) + item("milk", 1) + paragraph("Then:") + item("boil", 2) + item("pour", 2)
    )
    assert read(tmp_path, docx(body)).text == "- tea\n  - green\n- milk\n\nThen:\n\n1. boil\n2. pour"


def test_a_table_has_its_head_and_merged_cells_are_repeated(tmp_path: Path) -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = table(
        ["Room", "Seats", "Price"],
        [tc("Oak", restart), "12", "80"],
        [tc("", goes_on), tc("closed", '<w:gridSpan w:val="2"/>')],
    )
    assert read(tmp_path, docx(rows)).text == (
        "Room | Seats | Price\n--- | --- | ---\nOak | 12 | 80\nOak | closed | closed"
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ('<w:del w:id="1"><w:r><w:delText>40</w:delText></w:r></w:del>', "deleted"),
        ('<w:moveFrom w:id="1"><w:r><w:t>40</w:t></w:r></w:moveFrom>', "deleted"),
        (run("40", "<w:strike/>"), "struck out"),
        (run("40", "<w:dstrike/>"), "struck out"),
        (run("40", "<w:vanish/>"), "hidden"),
    ],
)
def test_what_was_deleted_is_no_text_and_is_listed(tmp_path: Path, changed: str, kind: str) -> None:
    inserted = f'<w:ins w:id="2">{run("30")}</w:ins>'
    document = read(tmp_path, docx(paragraph(run("It costs ") + changed + inserted + run(" euros."))))
    assert document.text == "It costs 30 euros."
    assert [(part.kind, part.text) for part in document.dropped] == [(kind, "40")]


def test_a_switch_that_is_off_strikes_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, docx(paragraph(run("40", '<w:strike w:val="0"/>')))).text == "40"


def test_raised_digits_notes_and_boxes(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('A box.')}</w:txbxContent></w:pict></w:r>"
    body = paragraph(
        run("Holds 10") + run("6", raised) + run(" l.") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + box
    )
    notes = f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote><w:footnote w:id="2">{paragraph("Or so.")}'
    assert read(tmp_path, docx(body, footnotes=notes + "</w:footnote>")).text == "Holds 10^6 l.\n\nA box.\n\nOr so."


def test_content_controls_links_and_line_breaks_are_read(tmp_path: Path) -> None:
    inner = paragraph(f"<w:hyperlink>{run('Tea')}</w:hyperlink><w:r><w:t> is</w:t><w:br/><w:t>hot</w:t><w:tab/></w:r>")
    assert read(tmp_path, docx(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")).text == "Tea is\nhot"


def test_a_word_file_of_another_name_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, docx(paragraph("Hot.")), name="tea.txt").text == "Hot."


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "encrypted, or an old Word file"),
        (docx(paragraph("Hot."))[:-40], "is no whole DOCX file"),
        (b"PK\x03\x04nothing", "is no whole DOCX file"),
        (docx(""), "is empty"),
        (docx(paragraph("a" * 30_000_000)), "would unpack to"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, data)
    assert cause in str(error.value)
    assert "green_tea.docx" in str(error.value)


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entity = f'<!DOCTYPE w [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
        body = f'<w:document xmlns:w="{W}"><w:body>{paragraph("Hot. &e;")}</w:body></w:document>'
        archive.writestr("word/document.xml", entity + body)
    assert read(tmp_path, file.getvalue()).text.strip() == "Hot."


WHOLE = docx(paragraph("Tea", "T") + item("a", 2) + table(["a", "b"], ["c", "d"]) + paragraph("Hot."))


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        documents = list(read_docx(bytes(data), "a.docx", lambda _: None))
    except SourceError:
        return
    assert all(section.end <= len(document.text) for document in documents for section in document.sections)
