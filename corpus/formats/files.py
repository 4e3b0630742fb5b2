"""The list of formats, and the one place where a file's bytes meet its format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePath

from corpus.contents import Content, LargeFile
from corpus.documents import Document
from corpus.errors import EmptySourceError
from corpus.fingerprints import load
from corpus.formats import plain, signs, wiki
from corpus.formats.base import Format, later
from corpus.formats.inside import Inside
from corpus.paths import shown
from corpus.skipped import OnSkip, SkippedFile, warn_of_skip

# Where formats share a suffix, the first that accepts the content reads it.
FORMATS: tuple[Format, ...] = (
    wiki.FORMAT,
    plain.FORMAT,
    later("markdown", "Markdown", (".md", ".markdown", ".mdown", ".mkd")),
    later("html", "HTML", (".html", ".htm", ".xhtml")),
    later("jsonl", "JSON lines", (".jsonl", ".ndjson"), by_line=True),
    later("pdf", "PDF", (".pdf",), told_by=signs.is_pdf),
    later("picture", "picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"), told_by=signs.is_picture),
    later("docx", "DOCX", (".docx", ".docm"), told_by=signs.is_docx),
    later("pptx", "PPTX", (".pptx", ".pptm", ".ppsx", ".potx"), told_by=signs.is_pptx),
    later("xlsx", "XLSX", (".xlsx", ".xlsm", ".xltx", ".xltm"), told_by=signs.is_xlsx),
    later("xls", "XLS", (".xls", ".xlsb", ".xlt"), told_by=signs.is_xls),
    later("ods", "ODS", (".ods", ".ots"), told_by=signs.is_ods),
    later("odt", "ODT", (".odt", ".ott"), told_by=signs.is_odt),
    later("odp", "ODP", (".odp", ".otp"), told_by=signs.is_odp),
    later("epub", "EPUB", (".epub",), told_by=signs.is_epub),
    later("rtf", "RTF", (".rtf",), told_by=signs.is_rtf),
    later("delimited", "CSV", (".csv", ".tsv", ".tab")),
    later("mail", "e-mail", (".eml",), told_by=signs.is_message, holds_files=True),
    later("mail:read_box", "mailbox", (".mbox", ".mbx"), by_line=True, told_by=signs.is_box, holds_files=True),
    later("msg", "MSG", (".msg",), told_by=signs.is_msg, holds_files=True),
    later("captions", "subtitles", (".srt", ".vtt"), told_by=signs.is_captions),
    later("notebook", "Jupyter notebook", (".ipynb",), told_by=signs.is_notebook),
    later("rst", "reStructuredText", (".rst", ".rest")),
    later("asciidoc", "AsciiDoc", (".adoc", ".asciidoc")),
    later("org", "Org", (".org",), told_by=signs.is_org),
    later("latex", "LaTeX", (".tex", ".latex", ".ltx"), told_by=signs.is_latex),
    later("mediawiki", "MediaWiki export", (".xml",), by_line=True, told_by=signs.is_export),
    later("archive:read_zip", "ZIP archive", (".zip",), by_line=True, told_by=signs.is_zip, holds_files=True),
    later("archive:read_tar", "TAR archive", (".tar",), by_line=True, told_by=signs.is_tar, holds_files=True),
    later("compressed:read_gzip", "gzip", (".gz", ".tgz"), by_line=True, told_by=signs.is_gzip, holds_files=True),
    later(
        "compressed:read_bzip2",
        "bzip2",
        (".bz2", ".tbz2"),
        by_line=True,
        told_by=signs.is_bzip2,
        holds_files=True,
    ),
    later("compressed:read_xz", "xz", (".xz", ".txz"), by_line=True, told_by=signs.is_xz, holds_files=True),
)


def readable_suffixes() -> list[str]:
    """Return the suffixes of every format, sorted.

    >>> ".txt" in readable_suffixes()
    True
    """
    return sorted({suffix for listed in FORMATS for suffix in listed.suffixes})


def read_file(path: str | os.PathLike[str], *, on_skip: OnSkip = warn_of_skip) -> list[Document]:
    """Return the documents of one file: one for most formats, one a line for JSONL.

    The content chooses the format where it can be one alone (PDF, an archive, an e-mail), else the suffix; a file with
    any other suffix is read as plain text if it is text. Raises
    SourceError, naming the file and the cause, where it cannot be read or holds no text; a part of it that cannot
    be read (a bad line) goes to ``on_skip`` and the rest is returned.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "green_tea.txt")
    ...     _ = path.write_text("Tea is hot.")
    ...     [document.title for document in read_file(path)]
    ['green tea']
    """
    return list(iterate_file(Path(path), on_skip))


def iterate_file(path: Path, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the documents of one file as they are parsed; for the rest see read_file."""
    data, _ = load(path, path.as_posix())
    yield from iterate_data(data, path.as_posix(), on_skip)


def iterate_data(data: Content, source: str, on_skip: OnSkip, around: Inside | None = None) -> Iterator[Document]:
    """Yield the documents of what a file holds; ``source`` is its path; for the rest see read_file.

    ``around`` is what reads the files of the file that this one is inside of, if it is.
    """
    source = shown(source)
    suffix = PurePath(source).suffix.lower()
    candidates = [listed for listed in FORMATS if suffix in listed.suffixes] or [wiki.FORMAT, plain.FORMAT]
    chosen = candidates[-1]
    if isinstance(data, LargeFile) and not chosen.by_line:
        data = data.whole()
    if isinstance(data, bytes):
        if not data.strip():
            raise EmptySourceError(f"{source}: is empty")
        told = [listed for listed in FORMATS if listed.told_by and listed.told_by(data)]
        told.sort(key=lambda listed: listed not in candidates)  # a file inside may have the signs of another format
        accepting = (listed for listed in candidates if listed.accepts and listed.accepts(data))
        chosen = next(chain(told, accepting), chosen)
    found = skipped = 0

    def count_skip(part: SkippedFile) -> None:
        nonlocal skipped
        skipped += not part.replaced
        on_skip(part)

    more = [Inside(iterate_data, readable_suffixes, around)] if chosen.holds_files else []
    for document in chosen.read(data, source, count_skip, *more):
        if document.sections:
            found += 1
            yield document
    if not found:
        parts = "parts" if chosen.holds_files else "lines"
        why = f"; all of its {skipped} {parts} were skipped" if skipped else ""
        raise EmptySourceError(f"{source}: is empty: no text in it as {chosen.name}{why}")
