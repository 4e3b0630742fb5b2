"""Pictures of text (PNG, JPEG, TIFF, WebP): a page each, read by text recognition."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import ocr
from corpus.formats.ocr_lines import lines_of
from corpus.formats.pdf_document import document_of
from corpus.formats.pdf_lines import Pages
from corpus.isolation import isolated
from corpus.skipped import OnSkip, SkippedFile


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a picture."""
    if not (ocr.is_installed() and find_spec("PIL")):
        raise SourceError(f"{source}: is a picture; recognising its text needs rapidocr: {ocr.NEEDED}")
    try:
        count, _ = isolated("corpus.formats.picture_pages:count", data, source)
    except RuntimeError as error:
        raise SourceError(f"{source}: is no picture that can be read ({error})") from error
    failed: list[SkippedFile] = []
    found = ocr.recognised(data, source, range(1, count + 1), failed.append) if count else {}
    if not any(page.lines for page in found.values()):
        cause = failed[0].cause if failed else "no text was recognised"
        raise SourceError(f"{source}: is a picture in which no text was found: {cause}")
    for skipped in failed:
        on_skip(skipped)
    lines = [lines_of(found[number], number - 1) if number in found else [] for number in range(1, count + 1)]
    yield document_of(Pages(lines, [], "", ""), source, found)
