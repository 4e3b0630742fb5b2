"""Bytes to text: UTF-8 first, also with a few bad bytes in it, then detection; binary content is refused."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import SourceError
from corpus.patterns import pattern
from corpus.skipped import OnSkip, SkippedFile, warn_of_skip

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

# Windows-1250 and -1252 often come out nearly equal. Western text is commoner, unless these languages were recognised.
_CENTRAL_EUROPEAN = frozenset(("Croatian", "Czech", "Hungarian", "Polish", "Romanian", "Slovak", "Slovene"))

_NEAR = 0.1

# Codecs of Python that are no encoding of a text: escapes, names of hosts, and what differs between machines.
_NO_CHARSETS = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))

_SAVE_AS_UTF8 = "save it as UTF-8 text and try again"


# What surrogateescape makes of a byte that is not UTF-8; valid UTF-8 never gives it.
_BAD = pattern("[\udc80-\udcff]")
_BAD_OR_NUL = pattern("[\0\udc80-\udcff]")
_VALID = pattern("[^\0-\x7f\udc80-\udcff]+")
# A text cut inside a character ends in two bytes or more of it, or in one that begins common characters in UTF-8
# and ends no word in Windows-1252.
_CUT = pattern(rb"(?:[\xc2\xc3\xe2\xf0]|[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})\Z")
# The share of NUL bytes up to which they are slips in a text, and of bad bytes up to which a text is still one. By
# hand; in programs, pictures and UTF-16 a tenth and more are NUL.
_NULS, _LEGIBLE = 0.001, 0.05
# What text does not hold, unlike programs and pictures.
_CONTROL = pattern(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# How many valid characters in UTF-8 outweigh a declaration of another encoding, for each bad byte. By hand.
_OUTWEIGHS = 8
# Characters from which on a text may have one bad place.
_SHORT = 20
# A detector needs more bytes than this to tell an encoding.
_TOO_FEW = 2
_SAMPLE = 1_000_000  # bytes of bad lines that are looked at to tell their encoding

REPLACEMENT = "\ufffd"


def decode(data: bytes, source: str, *, declared: str | None = None, on_skip: OnSkip = warn_of_skip) -> str:
    """The text of a file's bytes, unchanged: a byte order mark and the line ends stay in it.

    UTF-8 is tried first, then the encoding that a UTF-16 or UTF-32 byte order mark or the caller (from a
    declaration in the file) names, then the one that charset-normalizer detects. A declared name that is no
    charset is passed over. A text that is UTF-8 but for a few bytes stays UTF-8: each of them is read as "\ufffd",
    and ``on_skip`` is told how many there are. Raises SourceError, naming the source, for binary content and for
    text whose encoding cannot be told.

    >>> decode("Café".encode("utf-16"), "menu.txt")
    '\\ufeffCafé'
    """
    refuse_binary(data, source)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, source, on_skip)
    nuls = data.count(b"\0")
    if nuls > _NULS * len(data) and not _is_torn(data):
        raise SourceError(
            f"{source}: is binary (a NUL byte at byte {data.index(0)}); expected text, so if it is UTF-16 or UTF-32 "
            f"without a byte order mark, {_SAVE_AS_UTF8}"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, source, error, declared, on_skip)
    return replaced(text, source, on_skip) if nuls else text


def _is_torn(data: bytes) -> bool:
    """Whether bytes are UTF-8 text with one run of NUL bytes in it, as a disk leaves in a log that was cut off."""
    first = data.index(0)
    rest = data[first:].lstrip(b"\0")
    if b"\0" in rest:
        return False
    text = data[:first] + rest
    return len(text) > _SHORT and _CONTROL.search(text) is None and is_plain_utf8((text,))


def refuse_binary(data: bytes, source: str) -> None:
    """Raise SourceError for bytes that begin like a known kind of file that is no text."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{source}: is {name}, not text; extract its text first and read that")


def is_marked(data: bytes) -> bool:
    """Whether bytes begin with the byte order mark of UTF-16 or UTF-32.

    >>> is_marked("Tea".encode("utf-16")), is_marked(b"Tea")
    (True, False)
    """
    return data.startswith(tuple(mark for mark, _ in _MARKS))


@dataclass(frozen=True, slots=True)
class LineDecoder:
    """Decodes the lines of one file, each by itself: ``other`` is the encoding of those that are not UTF-8."""

    other: str = "utf-8"

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> LineDecoder:
        """The decoder of a file's lines, all of which are looked at.

        >>> LineDecoder.of([b"Tea", "Kännchen".encode(), b"caf\\xe9"]).other
        'utf-8'
        """
        valid = bad = size = 0
        odd: list[bytes] = []
        for line in lines:
            text = line.decode("utf-8", "surrogateescape")
            valid += _count_valid(text)
            if found := len(_BAD.findall(text)):
                bad += found
                if size < _SAMPLE:
                    odd.append(line)
                    size += len(line)
        if not bad or (valid and bad <= valid):
            return cls()
        return cls(_detected(b"\n".join(odd), bad) or "utf-8")

    def decode(self, line: bytes, place: str, on_skip: OnSkip) -> str:
        """The text of one line; ``on_skip`` is told of bytes in it that are replaced."""
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            text = None if self.other == "utf-8" else _strictly(line, self.other)
        return replaced(line.decode("utf-8", "surrogateescape"), place, on_skip) if text is None else text


def replaced(text: str, source: str, on_skip: OnSkip) -> str:
    """A text decoded with surrogateescape, with "\ufffd" for each bad byte and each NUL, and tell of them."""
    first = _BAD_OR_NUL.search(text)
    if first is None:
        return text
    count = len(_BAD_OR_NUL.findall(text))
    value = ord(first[0]) & 0xFF
    before = text[: first.start()]
    line = f", line {before.count(chr(10)) + 1:,}" if "\n" in text else ""
    place = f"byte {len(before.encode()) + 1:,}{line}"
    byte = "1 byte is not valid UTF-8" if count == 1 else f"{count:,} bytes are not valid UTF-8"
    cause = f"{byte} (0x{value:02x} at {place}); read as {REPLACEMENT}"
    on_skip(SkippedFile(source, cause, replaced=count))
    return _BAD_OR_NUL.sub(REPLACEMENT, text)


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


def _decode_marked(data: bytes, encoding: str, source: str, on_skip: OnSkip) -> str:
    """The text of bytes whose byte order mark says UTF-16 or UTF-32, also if it was cut inside a character."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        count = text.count(REPLACEMENT)
        if count > max(len(text) > _SHORT, _LEGIBLE * len(text)):
            raise SourceError(
                f"{source}: its byte order mark says {encoding.upper()}, but byte {error.start} is not valid in it; "
                f"{_SAVE_AS_UTF8}"
            ) from error
        places = "1 place is" if count == 1 else f"{count:,} places are"
        cause = f"{places} not valid {encoding.upper()} (the first at byte {error.start + 1:,}); read as {REPLACEMENT}"
        on_skip(SkippedFile(source, cause, replaced=count))
        return text


def _count_valid(text: str) -> int:
    """How many characters beyond ASCII a text has that were valid UTF-8."""
    return 0 if text.isascii() else sum(map(len, _VALID.findall(text)))


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text of bytes in an encoding, or None where it cannot be that one."""
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


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


def _decode_other(data: bytes, source: str, error: UnicodeDecodeError, declared: str | None, on_skip: OnSkip) -> str:
    """The text of bytes that are not all UTF-8: UTF-8 with bad bytes, what they declare, or what is detected."""
    mixed = data.decode("utf-8", "surrogateescape")
    valid = _count_valid(mixed)
    cut = _CUT.search(data)
    bad = len(_BAD.findall(mixed)) - (len(cut[0]) if cut else 0)
    # A wrong declaration is common on the web; detection comes next.
    text = _decode_declared(data, declared) if declared else None
    outweighed = text is None or valid >= _OUTWEIGHS * max(bad, 1)
    if outweighed and bad <= valid and (valid or cut):
        return replaced(mixed, source, on_skip)
    if text is None:
        encoding = _detected(data, bad)
        text = _strictly(data, encoding) if encoding else None
    if text is not None:
        return text
    if bad <= _LEGIBLE * len(data):
        return replaced(mixed, source, on_skip)
    raise SourceError(
        f"{source}: is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}) and its encoding could not be "
        f"detected; {_SAVE_AS_UTF8}"
    ) from error


def _detected(data: bytes, bad: int) -> str | None:
    """The encoding that bytes seem to have, one that leaves ASCII as it is; None where none is likely."""
    if bad <= _TOO_FEW:
        return "cp1252" if _strictly(data, "cp1252") is not None else None
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None or b"charset".decode(best.encoding, "replace") != "charset":
        return None
    near = [match for match in matches if match.chaos == best.chaos and match.coherence >= best.coherence - _NEAR]
    western = any(match.encoding == "cp1252" for match in near) and best.language not in _CENTRAL_EUROPEAN
    return "cp1252" if western and _strictly(data, "cp1252") is not None else best.encoding
