"""DOCX: numbers as they are shown, tables of contents, documents put in, and what stands beside the text."""

import io
import zipfile

from corpus.documents import Document
from tests.corpus.formats.mutations import layout, read
from tests.corpus.formats.test_docx import STYLES, docx, item, paragraph, run

LEGAL = """
<w:abstractNum w:abstractNumId="5">
<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="5"/>
<w:lvlOverride w:ilvl="2"><w:startOverride w:val="3"/></w:lvlOverride></w:num>
<w:num w:numId="9"><w:abstractNumId w:val="6"/></w:num>
"""
NUMBERED = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
MORE = f"""
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="List Bullet"/>{NUMBERED.format(9)}</w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>
"""


def one(data: bytes) -> Document:
    ((document,), skipped) = read(data, "a.docx")
    assert not skipped
    return document


def test_headings_and_clauses_have_the_numbers_that_a_reader_sees() -> None:
    styles = STYLES.replace("</w:style>", NUMBERED.format(7) + "</w:style>")
    body = (
        paragraph("A lease.")
        + paragraph("Rent", "H1")
        + paragraph("Payment", "H2")
        + item("Monthly.", 7, 2)
        + item("In advance.", 7, 2)
    )
    body += paragraph("Delay", "H2") + item("Nine days.", 7, 2) + item("Ten.", 8, 2) + paragraph("End", "H1")
    document = one(docx(body + paragraph("Ann."), styles=styles, numbering=LEGAL))
    assert layout(document) == [
        ((), "A lease."),
        (("4. Rent", "4.1 Payment"), "(a) Monthly.\n    (b) In advance."),
        (("4. Rent", "4.2 Delay"), "(a) Nine days.\n    (c) Ten."),
        (("5. End",), "Ann."),
    ]


def test_a_style_may_make_items_and_a_level_may_have_no_mark() -> None:
    body = paragraph("Bring tea.", "B") + paragraph("Bring milk.", "B") + item("Wait.", 7, 3)
    assert one(docx(body, styles=STYLES + MORE, numbering=LEGAL)).text == "- Bring tea.\n- Bring milk.\n      - Wait."


def test_a_table_of_contents_is_no_text_and_told_of() -> None:
    document = one(docx(paragraph("Rent 4", "C") + paragraph("It is due."), styles=STYLES + MORE))
    assert document.text == "It is due."
    assert [(part.kind, part.text) for part in document.dropped] == [("table of contents", "Rent 4")]


def test_comments_running_lines_and_pictures_are_told_of() -> None:
    ns = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    picture = f'<w:r><w:drawing><p:docPr xmlns:p="{ns}" descr="A lamp"/></w:drawing></w:r>'
    parts = {
        "comments": f"<w:comment>{paragraph('Is it?')}</w:comment>",
        "header1": paragraph("Mill Press"),
        "header2": paragraph("Mill Press"),
    }
    document = one(docx(paragraph(run("It is due.") + picture), **parts))
    assert document.text == "It is due."
    assert {(part.kind, part.text) for part in document.dropped} == {
        ("picture", "A lamp"),
        ("comment", "Is it?"),
        ("running line", "Mill Press"),
    }


def _with_part(name: str, data: bytes) -> bytes:
    file = io.BytesIO(docx(paragraph("Before.") + '<w:altChunk xmlns:r="R" r:id="r1"/>'.replace('"R"', f'"{_R}"')))
    kind = f"{_R}/aFChunk"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(f"word/{name}", data)
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_R.replace("officeDocument", "package")}">'
            f'<Relationship Id="r1" Type="{kind}" Target="{name}"/></Relationships>',
        )
    return file.getvalue()


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_web_page_put_into_a_document_is_read() -> None:
    document = one(_with_part("afchunk.html", b"<html><body><h2>Fees</h2><p>Nine euros.</p></body></html>"))
    assert layout(document) == [((), "Before."), (("Fees",), "Nine euros.")]


def test_another_document_put_into_a_document_is_told_of() -> None:
    (documents, skipped) = read(_with_part("afchunk.rtf", b"{\\rtf1 Tea}"), "a.docx")
    assert [document.text for document in documents] == ["Before."]
    assert [part.path for part in skipped] == ["a.docx:word/afchunk.rtf"]
