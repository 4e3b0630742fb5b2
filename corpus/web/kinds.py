"""Which of our formats an answer of a server is in: by its media type, its name and its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.formats.files import readable_suffixes

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    f"{_OPEN}text": ".odt",
    f"{_OPEN}spreadsheet": ".ods",
    f"{_OPEN}presentation": ".odp",
    "text/vtt": ".vtt",
    "text/x-rst": ".rst",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)


def suffix_of(url: str, type: str, body: bytes) -> str:
    """The suffix under which an answer is kept and read: one of our formats', ".txt" where nothing tells another.

    >>> suffix_of("https://example.org/tea.php", "text/html", b"")
    '.html'
    >>> suffix_of("https://example.org/tea.md", "text/plain", b"")
    '.md'
    """
    readable = readable_suffixes()
    known = _SUFFIXES.get(type, "")
    if known in readable:
        return known
    own = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    if type != "text/plain" and _MARKUP.match(body[:4096]):
        return ".html"
    return own if own in readable else ".txt"
