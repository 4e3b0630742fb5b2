"""Jupyter notebooks: Markdown cells as Markdown, code between fences, and the text that the code gave."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.documents import Document, Dropped
from corpus.encodings import decode
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.base import title_of
from corpus.formats.html import read_page
from corpus.formats.markdown import parse
from corpus.marks import Mark
from corpus.skipped import OnSkip, SkippedFile
from corpus.whitespace import BYTE_ORDER_MARK

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OVERWRITTEN = re.compile(r"^[^\n]*\r(?=[^\n])", re.MULTILINE)  # what a progress bar writes over
_TICKS = re.compile("`{3,}")
_LONGEST_OUTPUT = 100_000  # characters of one output; a longer one is a dump. By hand.


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a Jupyter notebook."""
    text = decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK)
    try:
        notebook = json.loads(text)
    except RecursionError as error:
        raise SourceError(f"{source}: is nested too deeply to be a notebook") from error
    except ValueError as error:
        raise SourceError(f"{source}: is no whole notebook ({error}); save it anew and try again") from error
    cells = _cells(notebook)
    if cells is None:
        raise SourceError(f"{source}: is no notebook: it has no list of cells")
    dropped: list[Dropped] = []
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for number, cell in enumerate(cells, 1):
        try:
            written = "\n\n".join(filter(None, _parts(cell, _language(notebook), dropped)))
        except (TypeError, AttributeError) as error:
            on_skip(SkippedFile(f"{source}:cell {number}", f"is no cell of a notebook ({error})"))
            continue
        if written:
            length += 2 if pieces else 0
            marks.append(Mark(length, cell=str(number)))
            pieces.append(written)
            length += len(written)
    if not pieces:
        raise EmptySourceError(f"{source}: is empty: a notebook without text")
    document = parse("\n\n".join(pieces), source)
    own = _field(notebook.get("metadata"), "title")
    if isinstance(own, str) and own.strip() and document.title == title_of(source):
        document = replace(document, title=" ".join(_clean(own).split()))
    yield replace(document, dropped=(*document.dropped, *dropped), marks=tuple(marks))


def _cells(notebook: Any) -> list[Any] | None:
    """The cells of a notebook of version 4, or of 3 with its worksheets."""
    cells = _field(notebook, "cells")
    sheets = _field(notebook, "worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [cell for sheet in sheets for cell in _field(sheet, "cells") or ()]
    return cells if isinstance(cells, list) else None


def _language(notebook: Any) -> str:
    """The name of the language of the code."""
    metadata = _field(notebook, "metadata")
    name = _field(_field(metadata, "language_info"), "name") or _field(_field(metadata, "kernelspec"), "language")
    return name if isinstance(name, str) and re.fullmatch(r"[\w+#.-]{1,30}", name) else ""


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _parts(cell: Any, language: str, dropped: list[Dropped]) -> Iterator[str]:
    """The texts of a cell: its own and those of its outputs."""
    kind = cell.get("cell_type")
    text = _text(cell.get("source", cell.get("input")))
    if kind == "code":
        yield _fenced(text, language)
        for output in cell.get("outputs") or ():
            yield _output(output, dropped)
    elif kind == "heading":
        level = cell.get("level")
        yield f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {' '.join(text.split())}"
    elif kind == "raw" and _field(cell.get("metadata"), "format") == "text/html":
        yield _page(text, dropped)
    else:
        yield text.strip("\n")


def _output(output: Any, dropped: list[Dropped]) -> str:
    """The text of one output; pictures and the like are dropped."""
    kind = output.get("output_type")
    if kind == "stream":
        return _fenced(_shortened(_text(output.get("text")), dropped))
    if kind in ("error", "pyerr"):
        trace = _text(output.get("traceback"))
        if trace:
            dropped.append(Dropped.of("traceback", trace))
        return _fenced(f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}")
    data = output.get("data")
    versions = {name: value for name, value in (data if isinstance(data, dict) else output).items() if value}
    short = {"text/markdown": "markdown", "text/html": "html", "text/plain": "text"}
    texts = {long: _text(versions.get(long, versions.get(old))) for long, old in short.items()}
    for name in versions:
        if name.startswith("image/") or name in ("png", "jpeg", "svg") or name.startswith("application/"):
            dropped.append(Dropped.of("picture or data", name))
    if texts["text/markdown"]:
        return texts["text/markdown"].strip("\n")
    if texts["text/html"] and ("<table" in texts["text/html"] or not texts["text/plain"]):
        return _page(texts["text/html"], dropped)
    pictured = any(name.startswith("image/") or name in ("png", "jpeg", "svg") for name in versions)
    if pictured and re.fullmatch(r"\s*<[^\n]*>\s*", texts["text/plain"]):  # "<Figure size 640x480 with 1 Axes>"
        return ""
    return _fenced(_shortened(texts["text/plain"], dropped))


def _page(markup: str, dropped: list[Dropped]) -> str:
    """The text of an output in HTML."""
    try:
        page = read_page(markup, "output")
    except EmptySourceError:
        return ""
    dropped += page.dropped
    return page.layout.text


def _text(value: Any) -> str:
    """A text, or one given as a list of lines, without the signs for colours and what was written over."""
    if isinstance(value, list):
        value = "\n".join(map(str, value)) if _are_lines(value) else "".join(map(str, value))
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {type(value).__name__}")
    return _clean(value)


def _are_lines(lines: list[Any]) -> bool:
    """Whether the lines of a list have lost their line ends, as those of tracebacks have."""
    return len(lines) > 1 and not any(str(line).endswith("\n") for line in lines)


def _clean(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", _ESCAPES.sub("", text)).replace("\r\n", "\n")
    return _CONTROLS.sub("", _OVERWRITTEN.sub("", text).replace("\r", "\n"))


def _shortened(text: str, dropped: list[Dropped]) -> str:
    if len(text) <= _LONGEST_OUTPUT:
        return text
    end = text.rfind("\n", 0, _LONGEST_OUTPUT) + 1 or _LONGEST_OUTPUT
    dropped.append(Dropped.of(f"output over {_LONGEST_OUTPUT:,} characters", text[end:]))
    return text[:end]


def _fenced(text: str, language: str = "") -> str:
    """A text between fences longer than any in it."""
    text = text.strip("\n")
    if not text.strip():
        return ""
    ticks = "`" * max(3, *(len(run) + 1 for run in _TICKS.findall(text)), 3)
    return f"{ticks}{language}\n{text}\n{ticks}"
