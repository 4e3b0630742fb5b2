"""Sample files of every format, each with the same short handbook in it: headings, prose, a list and a table."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent.parent))

from office_samples import docx, epub, odp, ods, odt, pptx, xlsx
from pdf_writer import Page, write

from tests.corpus.formats.binary_workbooks import xls, xlsb
from tests.corpus.formats.compound import Folder, compound

HEADINGS = ("Opening hours", "Prices")
HOURS = "The desk opens at nine and closes at six."
ROWS = (("Service", "Price"), ("Basic check", "50 euros"), ("Full service", "120 euros"))
NOTE = "Repairs take two days; the café on the corner keeps your key."
WORDS = (HOURS, NOTE, *(cell for row in ROWS for cell in row))
"""What a reader must find in each sample."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its format, its name, its bytes, and what its format can say.

    ``headings`` are those that stand as sections, ``place`` the mark that a citation in it has, ``tables`` whether it
    has the table with its head, ``words`` what it says, ``extra`` what reading it needs. ``places`` is where each of
    the words stands, by the fields of a citation; ``spot`` is where a box begins, in points: its left and its base.
    """

    format: str
    name: str
    data: bytes
    headings: tuple[str, ...] = HEADINGS
    place: str = ""
    tables: bool = True
    words: tuple[str, ...] = WORDS
    extra: str = ""
    places: tuple[dict[str, Any], ...] = ()


def _lines(bar: str) -> list[str]:
    return [bar.join(row) for row in ROWS]


_MARKDOWN = (
    f"# Handbook\n\n## Opening hours\n\n{HOURS}\n\n- bring the key\n- ring twice\n\n## Prices\n\n"
    "| Service | Price |\n| --- | --- |\n| Basic check | 50 euros |\n| Full service | 120 euros |\n\n" + NOTE + "\n"
)
_TABLE = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS[1:])
_TABLE = f"<table><tr><th>Service</th><th>Price</th></tr>{_TABLE}</table>"
_BODY = (
    f"<h1>Handbook</h1><h2>Opening hours</h2><p>{HOURS}</p><ul><li>bring the key</li><li>ring twice</li></ul>"
    f"<h2>Prices</h2>{_TABLE}<p>{NOTE}</p>"
)
_HTML = f"<!doctype html><html><head><meta charset='utf-8'><title>Handbook</title></head><body>{_BODY}</body></html>"
_WIKITABLE = (
    '{| class="wikitable"\n! Service !! Price\n|-\n| Basic check || 50 euros\n|-\n| Full service || 120 euros\n|}\n'
)
_WIKI = f"= Handbook =\n== Opening hours ==\n{HOURS}\n* bring the key\n== Prices ==\n{_WIKITABLE}\n{NOTE}\n"
_RST = (
    f"Handbook\n========\n\nOpening hours\n-------------\n\n{HOURS}\n\n- bring the key\n- ring twice\n\n"
    "Prices\n------\n\n============ =========\nService      Price\n============ =========\nBasic check  50 euros\n"
    f"Full service 120 euros\n============ =========\n\n{NOTE}\n"
)
_ASCIIDOC = (
    f"= Handbook\n\n== Opening hours\n\n{HOURS}\n\n* bring the key\n* ring twice\n\n== Prices\n\n|===\n"
    f"|Service |Price\n\n|Basic check |50 euros\n|Full service |120 euros\n|===\n\n{NOTE}\n"
)
_ORG = (
    f"#+TITLE: Handbook\n\n* Opening hours\n\n{HOURS}\n\n- bring the key\n- ring twice\n\n* Prices\n\n"
    f"| Service | Price |\n|---------+-------|\n| Basic check | 50 euros |\n| Full service | 120 euros |\n\n{NOTE}\n"
)
_LATEX = (
    "\\documentclass{article}\n\\title{Handbook}\n\\begin{document}\n\\maketitle\n\\section{Opening hours}\n"
    f"{HOURS}\n\\begin{{itemize}}\n\\item bring the key\n\\item ring twice\n\\end{{itemize}}\n\\section{{Prices}}\n"
    "\\begin{tabular}{ll}\n\\hline Service & Price \\\\ \\hline\nBasic check & 50 euros \\\\\n"
    f"Full service & 120 euros \\\\\n\\end{{tabular}}\n\n{NOTE}\n\\end{{document}}\n"
)
_RTF_ROWS = "".join(
    "\\trowd\\cellx3000\\cellx6000 " + "".join(f"\\pard\\intbl {cell}\\cell " for cell in row) + "\\row\n"
    for row in ROWS
)
_RTF = (
    "{\\rtf1\\ansi\\ansicpg1252{\\stylesheet{\\s1 heading 1;}{\\s2 heading 2;}}\n"
    f"\\pard\\s1\\outlinelevel0 Handbook\\par\n\\pard\\s2\\outlinelevel1 Opening hours\\par\n"
    f"\\pard {HOURS}\\par\n\\pard\\s2\\outlinelevel1 Prices\\par\n"
    f"{_RTF_ROWS}\\pard {NOTE}\\par\n}}"
)
_NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": _MARKDOWN.splitlines(keepends=True)},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": ["print(7 * 6)"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["42\n"]}],
        },
    ],
}
_EXPORT = (
    "<mediawiki xmlns='http://www.mediawiki.org/xml/export-0.11/'><page><title>Handbook</title><ns>0</ns><id>1</id>"
    f"<revision><id>2</id><text xml:space='preserve'>{escape(_WIKI)}</text></revision></page></mediawiki>"
)
_HEAD = "From: Zo <zo@example.org>\r\nTo: Bo <bo@example.org>\r\nSubject: Handbook\r\n"
_HEAD += "Date: Tue, 3 Mar 2026 10:15:00 +0100\r\nMIME-Version: 1.0\r\n"
_MAIL = f"{_HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{_HTML}\r\n".encode()
_CUES = [HOURS, NOTE, "Service: price. Basic check: 50 euros.", "Service: price. Full service: 120 euros."]
_SAID = (HOURS, NOTE, "50 euros", "120 euros")


def _cues(point: str, numbered: bool) -> str:
    told = ""
    for at, words in enumerate(_CUES):
        number = f"{at + 1}\n" if numbered else ""
        told += f"{number}00:00:{10 * at:02}{point}000 --> 00:00:{10 * at + 8:02}{point}000\n{words}\n\n"
    return told


def _msg() -> bytes:
    texts = {0x1A: "IPM.Note", 0x37: "Handbook", 0x7D: _HEAD, 0x1000: "\r\n\r\n".join((HOURS, NOTE, *_lines(": ")))}
    streams: Folder = {}
    table = b"\0" * 32
    for number, value in texts.items():
        data = value.encode("utf-16-le")
        streams[f"__substg1.0_{number:04X}001F"] = data
        table += struct.pack("<HHIQ", 0x1F, number, 6, len(data))
    return compound({"__properties_version1.0": table, **streams})


_SHEETS = (
    {"sheet": "Opening hours", "cell": "A2"},
    {"sheet": "Opening hours", "cell": "A3"},
    *({"sheet": "Prices", "cell": f"{column}{row}"} for row in (1, 2, 3) for column in "AB"),
)
_SLIDES = ({"slide": 1}, *[{"slide": 2}] * 7)
_TIMES = tuple({"time": f"00:00:{10 * at:02}.000"} for at in range(4))
_PDF = (
    {"page": 1, "spot": (72, 735)},
    {"page": 2, "spot": (90, 700)},
    *({"page": 1, "spot": (left, 666 - 20 * line)} for line in range(3) for left in (76, 184)),
)


def _pdf() -> bytes:
    page, other = Page(), Page()
    page.say(72, 760, "Opening hours", size=18)
    page.say(72, 700, "Prices", size=18)
    for line in range(4):
        page.rule(72, 680 - 20 * line, 300, 680 - 20 * line)
    for left in (72, 180, 300):
        page.rule(left, 680, left, 620)
    for words, place in zip(WORDS, _PDF, strict=True):
        (page, other)[place["page"] - 1].say(*place["spot"], words, size=10)
    return write([page, other])


def _zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def _tarred(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def samples() -> list[Sample]:
    """The samples, in the order of the documentation's table.

    >>> {"PDF", "Word", "LaTeX"} <= {sample.format for sample in samples()}
    True
    """
    sheets = {"Prices": ROWS, "Opening hours": (("Words",), (HOURS,), (NOTE,))}
    csv = "\n".join([*_lines(","), f'"{HOURS}","{NOTE}"', ""])
    files = {"tea/handbook.md": _MARKDOWN.encode(), "tea/page.html": _HTML.encode()}
    packed: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
    }
    documents = "documents"
    return [
        Sample("plain text", "a.txt", "\n\n".join((HOURS, NOTE, *_lines(": "))).encode(), (), tables=False),
        Sample("MediaWiki", "a.wiki", _WIKI.encode()),
        Sample("Markdown", "a.md", _MARKDOWN.encode()),
        Sample("HTML", "a.html", _HTML.encode()),
        Sample("JSON lines", "a.jsonl", b"".join(_json(title) for title in HEADINGS), (), tables=False),
        Sample("CSV", "a.csv", csv.encode(), ()),
        Sample("TSV", "a.tsv", "\n".join([*_lines("\t"), f"{HOURS}\t{NOTE}", ""]).encode(), ()),
        Sample("Word", "a.docx", docx(HOURS, ROWS, NOTE)),
        Sample("PowerPoint", "a.pptx", pptx(HOURS, ROWS, NOTE), place="slide", places=_SLIDES),
        Sample("Excel", "a.xlsx", xlsx(sheets), place="cell", places=_SHEETS),
        Sample("Excel, binary (XLS)", "a.xls", xls(sheets), place="cell", extra=documents, places=_SHEETS),
        Sample("Excel, binary (XLSB)", "a.xlsb", xlsb(sheets), place="cell", extra=documents, places=_SHEETS),
        Sample("OpenDocument text", "a.odt", odt(HOURS, ROWS, NOTE)),
        Sample("OpenDocument sheet", "a.ods", ods(sheets), place="cell", places=_SHEETS),
        Sample("OpenDocument slides", "a.odp", odp(HOURS, ROWS, NOTE), place="slide", places=_SLIDES),
        Sample("EPUB", "a.epub", epub(_BODY)),
        Sample("RTF", "a.rtf", _RTF.encode("cp1252")),
        Sample("e-mail", "a.eml", _MAIL),
        Sample("mailbox", "a.mbox", (b"From zo@example.org Tue Mar  3 10:15:00 2026\n" + _MAIL + b"\n") * 2),
        Sample("Outlook", "a.msg", _msg(), (), tables=False, extra=documents),
        Sample("subtitles (SRT)", "a.srt", _cues(",", True).encode(), (), "time", False, _SAID, places=_TIMES),
        Sample(
            "subtitles (VTT)",
            "a.vtt",
            f"WEBVTT\n\n{_cues('.', False)}".encode(),
            (),
            "time",
            False,
            _SAID,
            places=_TIMES,
        ),
        Sample("Jupyter", "a.ipynb", json.dumps(_NOTEBOOK).encode()),
        Sample("reStructuredText", "a.rst", _RST.encode()),
        Sample("AsciiDoc", "a.adoc", _ASCIIDOC.encode()),
        Sample("Org", "a.org", _ORG.encode()),
        Sample("LaTeX", "a.tex", _LATEX.encode()),
        Sample("MediaWiki export", "a.xml", _EXPORT.encode()),
        Sample("ZIP", "a.zip", _zipped(files)),
        *(
            Sample(f"TAR {suffix}".strip(), f"a.tar.{suffix}".strip("."), pack(_tarred(files)))
            for suffix, pack in packed.items()
        ),
        Sample("PDF", "a.pdf", _pdf(), place="page", extra=documents, places=_PDF),
    ]


def _json(title: str) -> bytes:
    text = "\n\n".join((HOURS, NOTE, *_lines(": ")))
    return json.dumps({"title": title, "text": text}, ensure_ascii=False).encode() + b"\n"
