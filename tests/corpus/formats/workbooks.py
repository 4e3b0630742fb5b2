"""Workbooks that the tests write themselves, as XLSX: cell by cell, with the parts that they need alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMATS = ["General", "0%", '#,##0.00 "€"', "d mmmm yyyy", "yyyy-mm-dd"]
EURO, PERCENT, DATE = 2, 1, 3
BOLD, STRUCK = len(FORMATS), len(FORMATS) + 1
STYLES = (
    "<numFmts>"
    + "".join(f"<numFmt numFmtId='{170 + n}' formatCode={quoteattr(code)}/>" for n, code in enumerate(FORMATS))
    + "</numFmts><fonts><font/><font><b/></font><font><strike/></font></fonts><cellXfs>"
    + "".join(f"<xf numFmtId='{170 + n if n else 0}' fontId='0'/>" for n in range(len(FORMATS)))
    + "<xf numFmtId='0' fontId='1'/><xf numFmtId='0' fontId='2'/></cellXfs>"
)
Value = str | int | float | bool | tuple[str | float, int] | None
"""What a cell holds; a pair is a value with its style. A text that begins with "<" is the XML of the cell."""


def column(number: int) -> str:
    return column(number // 26 - 1) + chr(65 + number % 26) if number >= 26 else chr(65 + number)


def cell(value: Value, place: str) -> str:
    style = ""
    if isinstance(value, tuple):
        value, style = value[0], f" s='{value[1]}'"
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"<c r='{place}' t='b'{style}><v>{int(value)}</v></c>"
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("<c", f"<c r='{place}'", 1)
    if isinstance(value, str):
        return f"<c r='{place}' t='inlineStr'{style}><is><t>{escape(value)}</t></is></c>"
    return f"<c r='{place}'{style}><v>{value!r}</v></c>"


def sheet(rows: Sequence[Sequence[Value]], *, before: str = "", after: str = "", hidden: Sequence[int] = ()) -> str:
    """The inner XML of a sheet; an empty row is a blank one."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(value, f"{column(place)}{number}") for place, value in enumerate(row))
        unseen = " hidden='1'" if number in hidden else ""
        lines.append(f"<row r='{number}'{unseen}>{cells}</row>" if cells else "")
    return f"{before}<sheetData>{''.join(lines)}</sheetData>{after}"


def merged(*areas: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(area)}/>' for area in areas)}</mergeCells>"


def xlsx(
    sheets: Mapping[str, str | Sequence[Sequence[Value]]],
    *,
    states: Mapping[str, str] | None = None,
    strings: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
    namespace: str = S,
    workbook: str = "",
) -> bytes:
    """An XLSX file; ``strings`` are the inner XML of shared strings, ``parts`` are further parts by their names."""
    states = states or {}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        listed, pointers = "", ""
        for number, (name, content) in enumerate(sheets.items(), 1):
            state = f" state='{states[name]}'" if name in states else ""
            listed += f"<sheet name={quoteattr(name)} sheetId='{number}'{state} r:id='r{number}'/>"
            pointers += f"<Relationship Id='r{number}' Type='{R}/worksheet' Target='worksheets/sheet{number}.xml'/>"
            inner = content if isinstance(content, str) else sheet(content)
            archive.writestr(f"xl/worksheets/sheet{number}.xml", f"<worksheet xmlns='{namespace}'>{inner}</worksheet>")
        pointers += f"<Relationship Id='rs' Type='{R}/styles' Target='styles.xml'/>"
        pointers += f"<Relationship Id='rt' Type='{R}/sharedStrings' Target='/xl/sharedStrings.xml'/>"
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook xmlns='{namespace}' xmlns:r='{R}'>{workbook}<sheets>{listed}</sheets></workbook>",
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{P}'>{pointers}</Relationships>")
        archive.writestr("xl/styles.xml", f"<styleSheet xmlns='{namespace}'>{STYLES}</styleSheet>")
        items = "".join(f"<si>{item}</si>" for item in strings)
        archive.writestr("xl/sharedStrings.xml", f"<sst xmlns='{namespace}'>{items}</sst>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return file.getvalue()
