"""The signs by which a file's bytes tell its format, whatever it is called."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from corpus.patterns import pattern

_PROOF = pattern(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_SENDER = pattern(rb"^(?:from|sender|return-path)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FIELD = pattern(rb"[!-9;-~]+[ \t]*:")
_KNOWN = pattern(rb"^(?:from|to|cc|date|subject|message-id|received)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BLANK = pattern(rb"\r?\n[ \t]*\r?\n")
_LONGEST_HEAD = 64_000
_SRT = pattern(rb"\A(?:\xef\xbb\xbf)?\s*\d{1,6}[ \t]*\r?\n[ \t]*\d{1,3}:\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->")
_VTT = pattern(rb"\A(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|\Z)")
_VERSION = pattern(rb'"nbformat"\s*:\s*\d')
_CELLS = pattern(rb'"(?:cells|worksheets)"\s*:\s*\[')
_ORG = pattern(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:#[ \t][^\n]*\n|-\*- mode: org[^\n]*\n)*#\+(?:title|author|startup|options):",
    re.IGNORECASE,
)
_LATEX = pattern(rb"\A(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*\\document(?:class|style)\b")
_EXPORT_HEAD = 4_096  # bytes in which the root element begins
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")  # the name of a stream that every message has
_END = 66_000  # bytes in which the end of a ZIP archive stands: a record of 22, and a comment
_LISTED = b"PK\x05\x06"  # the end of the list of parts at the end of an archive
# The first files in archives that are documents of their own kind.
_OFFICE = pattern(rb"\[Content_Types\]|mimetype|META-INF/|_rels/|word/|xl/|ppt/|docProps/|content\.xml|AndroidManifest")

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old office file begins, and a new one under a password."""


def head_of(data: bytes) -> bytes:
    """Return the lines before the first blank one."""
    start = data[:_LONGEST_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    end = _BLANK.search(start)
    return start[: end.start()] if end else start


def is_message(data: bytes) -> bool:
    """Return whether bytes begin with the head of an e-mail that a mail program wrote."""
    if not _FIELD.match(data):
        return False
    head = head_of(data)
    return _PROOF.search(head) is not None and _SENDER.search(head) is not None and _KNOWN.search(head) is not None


def is_box(data: bytes) -> bool:
    """Return whether bytes begin like a mailbox: a line "From ", and the head of a message."""
    if not data.startswith(b"From "):
        return False
    _, _, rest = data[:_LONGEST_HEAD].partition(b"\n")
    return _FIELD.match(rest) is not None and _KNOWN.search(head_of(rest)) is not None


def names_mail(data: bytes) -> bool:
    """Return whether the lines before the first blank one hold a field that messages have."""
    return _KNOWN.search(head_of(data)) is not None


def is_captions(data: bytes) -> bool:
    """Return whether bytes begin like subtitles in SRT or WebVTT."""
    return _SRT.match(data) is not None or _VTT.match(data) is not None


def is_notebook(data: bytes) -> bool:
    """Return whether bytes are a Jupyter notebook."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and _VERSION.search(data) is not None and _CELLS.search(data) is not None


def is_org(data: bytes) -> bool:
    """Return whether bytes begin with a keyword of Org."""
    return _ORG.match(data[:4096]) is not None


def is_latex(data: bytes) -> bool:
    """Return whether bytes begin with the class of a LaTeX document."""
    return _LATEX.match(data[:20_000]) is not None


def is_export(data: bytes) -> bool:
    """Return whether bytes begin like an export of MediaWiki."""
    return b"<mediawiki" in data[:_EXPORT_HEAD]


def is_msg(data: bytes) -> bool:
    """Return whether bytes are a message that Outlook saved."""
    return data.startswith(COMPOUND) and _PROPERTIES in data


def is_zip(data: bytes) -> bool:
    """Return whether bytes are a ZIP archive to its end, and no document of an office program."""
    whole = data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and b"PK\x05\x06" in data[-_END:]
    if not whole or _OFFICE.match(data, 30):
        return False
    return b"META-INF/manifest.xml" not in data[-_END:] or b"content.xml" not in data[-_END:]


def is_tar(data: bytes) -> bool:
    """Return whether bytes begin like a TAR archive."""
    return data[257:262] == b"ustar"


def lists(data: bytes, name: str) -> bool:
    """Return whether bytes are an archive that has a part of that name, as far as its own list of parts tells."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    end = data.rfind(_LISTED)
    listed = data
    if 0 <= end <= len(data) - 20:
        size, start = struct.unpack_from("<II", data, end + 12)
        listed = data[start : start + size] if size and start + size <= end else data
    return name.encode() in listed


def holds_stream(data: bytes, name: str) -> bool:
    """Return whether bytes are a compound file that may have a stream of that name."""
    return data.startswith(COMPOUND) and name.encode("utf-16-le") in data


def is_epub(data: bytes) -> bool:
    """Return whether bytes are an EPUB file: its first part, unpacked, says so, or it lists what only EPUB has."""
    return _is_kind("epub+zip")(data) or (
        lists(data, "META-INF/container.xml") and not lists(data, "META-INF/manifest.xml")
    )


def is_xls(data: bytes) -> bool:
    """Return whether bytes are a workbook in a binary form."""
    return lists(data, "xl/workbook.bin") or (
        (holds_stream(data, "Workbook") or holds_stream(data, "Book"))
        and not any(holds_stream(data, name) for name in ("WordDocument", "PowerPoint Document"))
    )


def is_rtf(data: bytes) -> bool:
    """Return whether bytes begin like RTF, after white space and marks."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _is_kind(kind: str) -> Callable[[bytes], bool]:
    """Return a function that says whether bytes are an archive whose first part, unpacked, names that kind."""
    sign = f"mimetypeapplication/{kind}".encode()
    return lambda data: data.startswith(b"PK\x03\x04") and data.startswith(sign, 30)


def _has_part(name: str) -> Callable[[bytes], bool]:
    """Return a function that says whether bytes are an archive that lists a part of that name."""
    return lambda data: lists(data, name)


def _begins_with(*signs: bytes) -> Callable[[bytes], bool]:
    """Return a function that says whether bytes begin with one of the signs."""
    return lambda data: data.startswith(signs)


is_gzip = _begins_with(b"\x1f\x8b\x08")
is_bzip2 = _begins_with(b"BZh")
is_xz = _begins_with(b"\xfd7zXZ\x00")
is_pdf = _begins_with(b"%PDF-")
is_docx = _has_part("word/document")
is_pptx = _has_part("ppt/presentation.xml")
is_xlsx = _has_part("xl/workbook.xml")
is_odt = _is_kind("vnd.oasis.opendocument.text")
is_ods = _is_kind("vnd.oasis.opendocument.spreadsheet")
is_odp = _is_kind("vnd.oasis.opendocument.presentation")


def is_picture(data: bytes) -> bool:
    """Return whether bytes begin like a picture in PNG, JPEG, TIFF or WebP.

    >>> is_picture(b"RIFF....WEBPVP8 ")
    True
    """
    if data.startswith(_PICTURES):
        return True
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"
