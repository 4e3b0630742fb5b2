"""CSV and TSV: a table with its head, a line for each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.documents import Document
from corpus.encodings import decode
from corpus.errors import SourceError
from corpus.formats.base import id_of, title_of
from corpus.formats.cells import table_lines
from corpus.sections import split_sections
from corpus.skipped import OnSkip, SkippedFile
from corpus.whitespace import BYTE_ORDER_MARK

_DELIMITERS = ",;\t|"
_MOST_ABOVE = 30  # lines above the head of a table. By hand.
_SAMPLE = 50  # records that are looked at to tell the delimiter
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # a first line that some spreadsheets write
# A cell may be as long as a file; the limit of the csv module is for all of the process, so it is set once.
_LONGEST_CELL = 100_000_000


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a CSV or TSV file."""
    text = decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK)
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else delimiter_of(text, tab=source.lower().endswith((".tsv", ".tab")))
    rows = list(_rows(text[declared.end() if declared else 0 :], delimiter, source, on_skip))
    begin = _head_of(rows)
    title_row = next((row for row in rows[begin:] if any(row)), [])
    before = [" | ".join(cell for cell in row if cell) for row in rows[:begin] if any(row)]
    lines = "\n".join([*before, *[""] * bool(before), *table_lines(rows[begin:])])
    document = Document(id=id_of(source), title=title_of(source), text=lines, sections=(), source=source)
    if title_row and lines.count("\n") > 1:
        document = replace(document, metadata=(("columns", ", ".join(cell for cell in title_row if cell)[:1000]),))
    yield replace(document, sections=split_sections(lines, ()))


def _head_of(rows: list[list[str]]) -> int:
    """The number of the row that heads the table: below what some programs write over it, which is narrower.

    >>> _head_of([["Report"], [], ["Room", "Seats"], ["Oak", "4"], ["Elm", "6"]])
    2
    """
    widths = [max((place + 1 for place, cell in enumerate(row) if cell.strip()), default=0) for row in rows]
    filled = [width for width in widths if width]
    common = max(set(filled), key=lambda width: (filled.count(width), width), default=0)
    head = next((number for number, width in enumerate(widths) if width >= common), 0)
    above = widths[:head]
    if common < 2 or head > _MOST_ABOVE or not any(above) or widths[head + 1 : head + 2] in ([], [0]):
        return 0
    return head if widths[head - 1] == 0 or max(above) == 1 else 0


def delimiter_of(text: str, *, tab: bool = False) -> str:
    """Return the sign that divides the cells of a table: the one that gives most rows the same number of cells.

    >>> delimiter_of("room;price\\n1;2,5\\n2;3,5\\n")
    ';'
    """
    best, chosen = 0.0, "\t" if tab else ","
    for delimiter in sorted(_DELIMITERS, key=lambda sign: sign != chosen):
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        try:
            for row in reader:
                widths += [len(row)] if row else []
                if len(widths) == _SAMPLE:
                    break
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=0)
        share = widths.count(common) / len(widths) if common > 1 else 0.0
        if share > best:
            best, chosen = share, delimiter
    return chosen


def _rows(text: str, delimiter: str, source: str, on_skip: OnSkip) -> Iterator[list[str]]:
    """The rows of a table; what is lost after a damaged one is named."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = False
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not found:
                raise SourceError(f"{source}: is no table of cells ({error} in line {reader.line_num})") from error
            on_skip(SkippedFile(f"{source}:{reader.line_num}", f"is no row of cells ({error})"))
            continue
        found = True
        yield row
