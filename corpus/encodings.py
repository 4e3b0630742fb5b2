"""Bytes to text: UTF-8 first, then what a byte order mark says, then detection; binary content is refused."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from corpus.errors import SourceError

# The first bytes of common files that hold no plain text, and what to call them.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (sound, video or WebP image)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

# UTF-32 stands before UTF-16: the mark of UTF-16 little-endian is the beginning of UTF-32's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Windows-1250 and -1252 often come out equal. Western text is the commoner, unless these languages were recognised.
_CENTRAL_EUROPEAN = frozenset(("Croatian", "Czech", "Hungarian", "Polish", "Romanian", "Slovak", "Slovene"))

# Codecs of Python that are no encoding of a text: escapes, names of hosts, and what differs between machines.
_NO_CHARSETS = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))

_SAVE_AS_UTF8 = "save it as UTF-8 text and try again"


def decode(data: bytes, source: str, *, declared: str | None = None) -> str:
    """Return the text of a file's bytes, unchanged: a byte order mark and the line ends stay in it.

    UTF-8 is tried first, then the encoding that a UTF-16 or UTF-32 byte order mark or the caller (from a
    declaration in the file) names, then the one that charset-normalizer detects. A declared name that is no
    charset is passed over. Raises SourceError, naming the source, for binary content and for text whose encoding
    cannot be told.

    >>> decode("Café".encode("utf-16"), "menu.txt")
    '\\ufeffCafé'
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{source}: is {name}, not text; extract its text first and read that")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding, source)
    position = data.find(b"\0")
    if position >= 0:
        raise SourceError(
            f"{source}: is binary (a NUL byte at byte {position}); expected text, so if it is UTF-16 or UTF-32 "
            f"without a byte order mark, {_SAVE_AS_UTF8}"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_detected(data, source, error, declared)


def is_plain_utf8(blocks: Iterable[bytes]) -> bool:
    """Whether bytes are UTF-8 without a NUL among them, in whatever blocks they come.

    >>> is_plain_utf8([b"caf\\xc3", b"\\xa9"]), is_plain_utf8([b"caf\\xe9"])
    (True, False)
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks:
            if b"\0" in block:
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decode_strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{source}: its byte order mark says {encoding.upper()}, but byte {error.start} is not valid in it; "
            f"{_SAVE_AS_UTF8}"
        ) from error


def _decode_declared(data: bytes, declared: str) -> str | None:
    """The text of bytes in the encoding that they declare, or None where it cannot be that one."""
    try:
        name = codecs.lookup(declared).name
        # The declaration was read as ASCII: UTF-16, UTF-32 and EBCDIC would have hidden it.
        if name.replace("_", "-") in _NO_CHARSETS or b"charset".decode(name) != "charset":
            return None
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None


def _decode_detected(data: bytes, source: str, error: UnicodeDecodeError, declared: str | None) -> str:
    """The text of bytes that are not UTF-8, by declaration or detection."""
    # A wrong declaration is common on the web; detection comes next.
    text = _decode_declared(data, declared) if declared else None
    if text is not None:
        return text
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise SourceError(
            f"{source}: is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}) and its encoding could not be "
            f"detected; {_SAVE_AS_UTF8}"
        ) from error
    equals = [match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    western = "cp1252" in equals and best.language not in _CENTRAL_EUROPEAN
    return data.decode("cp1252" if western else best.encoding)
