"""PDF: paragraphs and headings with page numbers; running headers, footers and page numbers are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from corpus.documents import Document, Dropped, Section
from corpus.errors import SourceError
from corpus.formats import ocr
from corpus.formats.ocr import Recognised
from corpus.formats.ocr_lines import lines_of
from corpus.formats.pdf_document import document_of
from corpus.formats.pdf_lines import NEEDED, PageLine, Pages, read_pages
from corpus.isolation import isolated
from corpus.marks import packed, unpacked
from corpus.skipped import OnSkip, SkippedFile

_MORE = 3  # times as many letters must be recognised on a page as it has, to be taken in their place. By hand.


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a PDF file, read in another process: pdfium may never come back from a damaged one.

    Pages without text are recognised where the extra for that is installed.
    """
    if find_spec("pypdfium2") is None:
        raise SourceError(f"{source}: is a PDF file; reading it needs pypdfium2: {NEEDED}")
    recognises = ocr.is_installed()
    answer, text = _isolated(data, source, told=recognises)
    if recognises and answer["scanned"]:
        found = ocr.recognised(data, source, answer["scanned"], on_skip)
        answer, text = _isolated(data, source, found=ocr.packed(found))
    for path, cause in answer["skipped"]:
        on_skip(SkippedFile(path, cause))
    yield unpacked_document(answer, text)


def unpacked_document(answer: Any, text: bytes) -> Document:
    """The document of what ``read_packed`` gave."""
    fields = answer["fields"]
    for name in ("pages", "metadata"):
        fields[name] = tuple(tuple(value) if isinstance(value, list) else value for value in fields[name])
    return Document(
        text=text.decode("utf-8", "surrogatepass"),
        sections=tuple(Section(tuple(path), start, end) for path, start, end in fields.pop("sections")),
        dropped=tuple(Dropped(kind, words) for kind, words in fields.pop("dropped")),
        marks=unpacked(fields.pop("marks").encode()),
        **fields,
    )


def _isolated(data: bytes, source: str, **options: Any) -> tuple[Any, bytes]:
    try:
        return isolated("corpus.formats.pdf:read_packed", data, source, **options)
    except RuntimeError as error:  # a fault of ours, which must not cost the other files
        raise SourceError(f"{source}: cannot be read ({error}); please report it") from error


def read_packed(data: bytes, source: str, *, told: bool = False, found: str = "") -> tuple[Any, bytes]:
    """The document of a PDF file and what was skipped of it, as JSON can hold it, and its text as UTF-8.

    Where pages look scanned and ``told`` is set, their numbers are given instead. ``found`` is what was recognised.
    """
    pages = read_pages(data, source)
    if told and pages.scanned:
        return {"scanned": pages.scanned}, b""
    skipped: list[SkippedFile] = []
    document = _document(pages, source, skipped.append, ocr.unpacked_pages(found) if found else None)
    fields = {name: getattr(document, name) for name in ("id", "title", "source", "pages", "metadata")}
    fields["sections"] = [(section.path, section.start, section.end) for section in document.sections]
    fields["dropped"] = [(part.kind, part.text) for part in document.dropped]
    fields["marks"] = packed(document.marks)
    parts = [(part.path, part.cause) for part in skipped]
    return {"fields": fields, "skipped": parts, "scanned": ()}, document.text.encode("utf-8", "surrogatepass")


def read_here(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """The document of a PDF file, read in this process, without text recognition.

    Raises SourceError where it is encrypted, damaged or without text, or where pypdfium2 is not installed.
    """
    yield _document(read_pages(data, source), source, on_skip, None)


def _document(pages: Pages, source: str, on_skip: OnSkip, found: dict[int, Recognised] | None) -> Document:
    """The document of pages; ``found`` is what was recognised on them, None where nothing could be."""
    used = _with_recognised(pages, found or {})
    blank = [number for number, lines in enumerate(pages.lines, 1) if not lines]
    needed = f"; recognising its text needs rapidocr: {ocr.NEEDED}" if found is None and pages.scanned else ""
    if len(blank) == len(pages.lines):
        count = f"{len(blank)} page{'s' * (len(blank) != 1)}, scanned perhaps"
        told = "; no text was recognised" if found else needed
        raise SourceError(f"{source}: is a PDF file without text ({count}){told}")
    damaged, pictures = set(pages.damaged), set(pages.scanned)
    empty = [number for number in blank if number not in damaged]
    scanned = [number for number in empty if number in pictures]
    covered = sorted(pictures.difference(empty, damaged))
    for numbers, cause in (
        ([number for number in empty if number not in pictures], "holds no text, scanned perhaps"),
        (scanned if found is None else [], f"holds no text, scanned perhaps{needed}"),
        (covered if found is None else [], f"is a picture with little text, scanned perhaps{needed}"),
        ([number for number in scanned if found and number in found], "holds no text, and none was recognised"),
        (pages.damaged, "is damaged and was not read"),
    ):
        if numbers:
            on_skip(SkippedFile(f"{source}:page {ocr.listed(numbers)}", cause))
    return document_of(pages, source, used)


def _with_recognised(pages: Pages, found: dict[int, Recognised]) -> dict[int, Recognised]:
    """Puts recognised lines in the place of those of pages that say much less; returns what was put there."""
    used = {}
    for number, page in found.items():
        lines = lines_of(page, number - 1)
        own = pages.lines[number - 1]
        if lines and _letters(lines) > _MORE * _letters(own):
            pages.lines[number - 1] = lines
            used[number] = page
    return used


def _letters(lines: Sequence[PageLine]) -> int:
    return sum(len(line.text) for line in lines)
