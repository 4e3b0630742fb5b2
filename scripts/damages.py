"""Damaged copies of files: bytes, numbers and parts changed, in the file itself or in what is packed inside it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import zipfile
import zlib
from collections.abc import Callable

_NUMBER = re.compile(rb"\d+")
_SIZES = (1, 2, 8, 60, 900)
_NUMBERS = (0, 1, 7, 255, 65_535, 2**31 - 1, 2**31, 2**63, 10**12, 10**40)
_SWOLLEN = 1_000_000  # bytes put into a part of an archive
_LONG = 30_000  # signs of one kind in a row
_OPENERS = (
    "(", "[", "{", "<", "<div>", "<b>", "<table><tr><td>", "<ul><li>", "> ", "- ", "  * ", "\t", "*", "_", "`", "~",
    "|", "||", "[[", "{{", "{|\n|", "''", "\\", "\\begin{itemize}\\item ", "{\\b ", "\\emph{", "$", "\n=", "\n* ",
    "\n#", "\n", "\r", "a", "9", "a,", '"', '"",', "a ", "a.", "&", "&#", "://", "@", ":", "::", "=?", "..", "+-",
    "|===\n", "====\n", '{"a":', '["', "<!--", "<![CDATA[", "</", "\0", "\u00e9", "^", "ifdef::a[]\n",
    "#+begin_quote\n", "From a\n", "--a\n",
)  # fmt: skip
"""What nests, or makes a reader look far ahead, where it stands thousands of times."""

_PACKED: tuple[tuple[bytes, Callable[[bytes], bytes], Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", gzip.decompress, lambda data: gzip.compress(data, 1)),
    (b"BZh", bz2.decompress, bz2.compress),
    (b"\xfd7zXZ", lzma.decompress, lambda data: lzma.compress(data, preset=0)),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A damaged copy of a file; of a packed one mostly a copy in which what is packed is damaged.

    >>> damaged(b"Tea is hot.", random.Random(2)) != b"Tea is hot."
    True
    """
    if chance.random() < 0.75:
        if data[:2] == b"PK":
            return _rezipped(data, chance)
        for sign, unpack, pack in _PACKED:
            if data.startswith(sign):
                return pack(_changed(unpack(data), chance))
        if data.startswith(b"%PDF") and chance.random() < 0.4:
            return _restreamed(data, chance)
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    """A copy changed in one or several places."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place = chance.randrange(max(1, len(changed)))
        end = min(len(changed), place + chance.choice(_SIZES))
        chance.choice(_WAYS)(changed, place, end, chance)
    return bytes(changed)


def _bits(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    for at in range(place, end):
        if chance.random() < 0.3:
            changed[at] ^= 1 << chance.randrange(8)


def _bytes(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    for at in range(place, end):
        if chance.random() < 0.5:
            changed[at] = chance.randrange(256)


def _lost(changed: bytearray, place: int, end: int, chance: random.Random) -> None:  # noqa: ARG001 -- ways are alike
    del changed[place:end]


def _doubled(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    changed[place:place] = changed[place:end] * chance.choice((1, 2, 40))


def _moved(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    part = bytes(changed[place:end])
    del changed[place:end]
    other = chance.randrange(max(1, len(changed)))
    changed[other:other] = part


def _swapped(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    other = chance.randrange(max(1, len(changed)))
    size = min(end - place, len(changed) - other)
    part = bytes(changed[place : place + size])
    changed[place : place + size] = changed[other : other + size]
    changed[other : other + size] = part


def _numbers(changed: bytearray, place: int, end: int, chance: random.Random) -> None:  # noqa: ARG001 -- ways are alike
    found = list(_NUMBER.finditer(changed, place, min(len(changed), place + 2_000)))
    if found:
        start, stop = chance.choice(found).span()
        changed[start:stop] = str(chance.choice(_NUMBERS) * chance.choice((1, 1, -1))).encode()


def _repeated(changed: bytearray, place: int, end: int, chance: random.Random) -> None:
    if chance.random() < 0.1:
        changed[place:place] = changed[place : min(end, place + 60)] * chance.choice((300, 3_000))


def _nested(changed: bytearray, place: int, end: int, chance: random.Random) -> None:  # noqa: ARG001 -- ways are alike
    if chance.random() < 0.15:
        opener = chance.choice(_OPENERS).encode()
        changed[place:place] = opener * (chance.choice((200, 3_000, _LONG)) // len(opener))


def _cut(changed: bytearray, place: int, end: int, chance: random.Random) -> None:  # noqa: ARG001 -- ways are alike
    if chance.random() < 0.3:
        del changed[place:]


_WAYS = (_bits, _bytes, _lost, _doubled, _moved, _swapped, _numbers, _repeated, _nested, _cut)


def _rezipped(data: bytes, chance: random.Random) -> bytes:
    """A copy of a ZIP file, whole as such, with one of its parts damaged, swollen, lost, or there twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(member.filename, archive.read(member)) for member in archive.infolist()]
    at = chance.randrange(len(parts))
    name, part = parts[at]
    way = chance.randrange(40)
    if way == 0:
        parts[at] = (name, part + b" " * _SWOLLEN)
    elif way == 1:
        del parts[at]
    elif way == 2:
        parts.insert(at, ("../" + name, part))
    elif way == 3:
        other = chance.randrange(len(parts))
        parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
    else:
        parts[at] = (name, _changed(part, chance) if part else b"<")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return file.getvalue()


_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _restreamed(data: bytes, chance: random.Random) -> bytes:
    """A copy of a PDF file in which what one of its packed streams says is damaged."""
    found = list(_STREAM.finditer(data))
    if not found:
        return _changed(data, chance)
    start, end = chance.choice(found).span(1)
    try:
        stream = zlib.compress(_changed(zlib.decompress(data[start:end]), chance), 1) + b"\n"
    except zlib.error:
        stream = _changed(data[start:end], chance)
    return data[:start] + stream + data[end:]
