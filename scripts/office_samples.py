"""Small files of office programs and books, each with two headings, prose and a table."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.corpus.formats.opendocuments import opendocument
from tests.corpus.formats.workbooks import xlsx as workbook

Rows = Sequence[Sequence[str]]
_OPEN = "http://schemas.openxmlformats.org"
_WORD = f"{_OPEN}/wordprocessingml/2006/main"
_POINTS = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}/package/2006/relationships"
_SLIDE = f'xmlns:a="{_OPEN}/drawingml/2006/main" xmlns:p="{_OPEN}/presentationml/2006/main" xmlns:r="{_POINTS}"'


def _packed(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(hours: str, rows: Rows, note: str) -> bytes:
    """A Word file."""

    def paragraph(text: str, style: str = "") -> str:
        kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{kind}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    body = paragraph("Handbook", "T") + paragraph("Opening hours", "H1") + paragraph(hours) + paragraph("Prices", "H1")
    body += f"<w:tbl>{cells}</w:tbl>{paragraph(note)}"
    style = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in (("T", "Title"), ("H1", "heading 1"))
    )
    return _packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{style}</w:styles>',
        }
    )


def pptx(hours: str, rows: Rows, note: str) -> bytes:
    """A presentation of two slides."""

    def line(text: str) -> str:
        return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"

    def shape(kind: str, text: str) -> str:
        holder = f"<p:nvSpPr><p:cNvPr id='1' name='x'/><p:nvPr><p:ph{kind}/></p:nvPr></p:nvSpPr>"
        return f"<p:sp>{holder}<p:txBody>{line(text)}</p:txBody></p:sp>"

    cells = "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody>{line(cell)}</a:txBody></a:tc>' for cell in row)}</a:tr>" for row in rows
    )
    table = f"<a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic>"
    title = " type='title'"
    slides = [
        shape(title, "Opening hours") + shape("", hours),
        shape(title, "Prices") + f"<p:graphicFrame>{table}</p:graphicFrame>" + shape("", note),
    ]
    listed = "".join(f"<p:sldId id='{number}' r:id='r{number}'/>" for number in (1, 2))
    pointers = "".join(
        f"<Relationship Id='r{number}' Type='{_POINTS}/slide' Target='slides/slide{number}.xml'/>" for number in (1, 2)
    )
    parts = {
        "ppt/presentation.xml": f"<p:presentation {_SLIDE}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships xmlns='{_PACKAGE}'>{pointers}</Relationships>",
    }
    for number, inner in enumerate(slides, 1):
        tree = f"<p:cSld><p:spTree>{inner}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_SLIDE}>{tree}</p:sld>"
    return _packed(parts)


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook."""
    return workbook(sheets)


def _table(rows: Rows) -> str:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return cells


def odt(hours: str, rows: Rows, note: str) -> bytes:
    """An OpenDocument text."""

    def heading(level: int, words: str) -> str:
        return f"<text:h text:outline-level='{level}'>{words}</text:h>"

    body = heading(1, "Handbook") + heading(2, "Opening hours") + f"<text:p>{hours}</text:p>" + heading(2, "Prices")
    body += f"<table:table table:name='T'>{_table(rows)}</table:table><text:p>{note}</text:p>"
    return opendocument("text", body)


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """An OpenDocument workbook."""
    body = "".join(f"<table:table table:name='{name}'>{_table(rows)}</table:table>" for name, rows in sheets.items())
    return opendocument("spreadsheet", body)


def odp(hours: str, rows: Rows, note: str) -> bytes:
    """An OpenDocument presentation of two slides."""

    def frame(kind: str, inner: str) -> str:
        return f"<draw:frame presentation:class='{kind}'>{inner}</draw:frame>"

    def box(kind: str, text: str) -> str:
        return frame(kind, f"<draw:text-box><text:p>{text}</text:p></draw:text-box>")

    table = frame("table", f"<table:table>{_table(rows)}</table:table>")
    pages = [
        box("title", "Opening hours") + box("outline", hours),
        box("title", "Prices") + table + box("outline", note),
    ]
    return opendocument("presentation", "".join(f"<draw:page>{page}</draw:page>" for page in pages))


def epub(body: str) -> bytes:
    """A book of one chapter."""
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{body}</body></html>"
    kind = "media-type='application/xhtml+xml'"
    about = "<dc:title>Handbook</dc:title>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<metadata>{about}</metadata><manifest><item id='one' href='one.xhtml' {kind}/></manifest>"
        "<spine><itemref idref='one'/></spine></package>"
    )
    return _packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
            ),
            "OEBPS/book.opf": package,
            "OEBPS/one.xhtml": page,
        }
    )
