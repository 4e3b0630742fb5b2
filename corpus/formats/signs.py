"""The signs by which a file's bytes tell its format, whatever it is called."""

from __future__ import annotations

import re
from collections.abc import Callable

_PROOF = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_SENDER = re.compile(rb"^(?:from|sender|return-path)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_KNOWN = re.compile(rb"^(?:from|to|cc|date|subject|message-id|received)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_LONGEST_HEAD = 64_000
_SRT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\d{1,6}[ \t]*\r?\n[ \t]*\d{1,3}:\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->")
_VTT = re.compile(rb"\A(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|\Z)")
_VERSION = re.compile(rb'"nbformat"\s*:\s*\d')
_CELLS = re.compile(rb'"(?:cells|worksheets)"\s*:\s*\[')
_ORG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:#[ \t][^\n]*\n|-\*- mode: org[^\n]*\n)*#\+(?:title|author|startup|options):",
    re.IGNORECASE,
)
_LATEX = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n)*\\document(?:class|style)\b")
_EXPORT_HEAD = 4_096  # bytes in which the root element begins
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")  # the name of a stream that every message has
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 66_000  # bytes in which the end of a ZIP archive stands: a record of 22, and a comment
# The first files in archives that are documents of their own kind.
_OFFICE = re.compile(
    rb"\[Content_Types\]|mimetype|META-INF/|_rels/|word/|xl/|ppt/|docProps/|content\.xml|AndroidManifest"
)


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
    return data.startswith(_OLE) and _PROPERTIES in data


def is_zip(data: bytes) -> bool:
    """Return whether bytes are a ZIP archive to its end, and no document of an office program."""
    whole = data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and b"PK\x05\x06" in data[-_END:]
    return whole and _OFFICE.match(data, 30) is None


def is_tar(data: bytes) -> bool:
    """Return whether bytes begin like a TAR archive."""
    return data[257:262] == b"ustar"


def _begins_with(*signs: bytes) -> Callable[[bytes], bool]:
    """Return a function that says whether bytes begin with one of the signs."""
    return lambda data: data.startswith(signs)


is_gzip = _begins_with(b"\x1f\x8b\x08")
is_bzip2 = _begins_with(b"BZh")
is_xz = _begins_with(b"\xfd7zXZ\x00")
