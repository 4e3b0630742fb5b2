"""Texts as arrays of bytes, one for each character, in which many documents are looked through at once."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.whitespace import BYTE_ORDER_MARK, WHITE_SPACE

# What stands for a character outside ASCII.
WORDLIKE = 0xFF  # a letter, digit or mark, or a sign that may stand inside a word
WHITE = 0xFE
BYTE_ORDER = 0xFD
LINE = 0xFC  # a line end
STOP = 0xFB  # a stop that may end a sentence
OTHER = 0xF0
APOSTROPHE = ord("'")  # for the typographic one, which is treated alike wherever the difference could matter

PADDING = 16
"""How many zeros follow the last character, so that the bytes after any place can be taken as whole words."""

_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_STOPS = ".!?…‥‽。！？｡།॥۔؟።։។।"

# Punctuation and symbols of these blocks never stand inside a word; of others they may, as far as is known here.
_SIGNS = ((0x80, 0x5FF), (0x2000, 0x2BFF), (0x2E00, 0x303F), (0xFF00, 0xFFEF))

_stand_ins = np.zeros(0, np.uint8)  # by code point; 0 where it is not known yet


def characters(text: str) -> NDArray[np.uint8]:
    """A byte for each character of a text, itself in ASCII and one of the stand-ins beyond; then PADDING zeros.

    >>> characters("né…")[:3].tolist() == [ord("n"), WORDLIKE, STOP]
    True
    """
    if text.isascii():
        return np.frombuffer(text.encode("ascii") + bytes(PADDING), np.uint8)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    low = np.zeros(len(codes) + PADDING, np.uint8)
    low[: len(codes)] = codes
    places = np.flatnonzero(codes > 127)
    low[places] = _stand_ins_of(codes[places])
    return low


def extra_bytes(text: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many bytes more than characters the UTF-8 of a text has before each place.

    >>> extra_bytes("né…!", np.array([1, 2, 3]))
    array([0, 1, 3])
    """
    if text.isascii():
        return np.zeros(places.shape, np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    wide = np.flatnonzero(codes > 127)
    sizes = 1 + (codes[wide] > 0x7FF).astype(np.int64) + (codes[wide] > 0xFFFF)
    return np.concatenate([[0], np.cumsum(sizes)])[np.searchsorted(wide, places)]


def classes(low: NDArray[np.uint8], table: bytes) -> NDArray[np.uint8]:
    """The entry of a table of 256 for each byte."""
    return np.frombuffer(low.tobytes().translate(table), np.uint8)


def runs(mask: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the stretches of ones begin and end in an array of zeros and ones that ends in a zero.

    >>> runs(np.array([1, 1, 0, 1, 0], np.uint8))
    (array([0, 3]), array([2, 4]))
    """
    edges = np.flatnonzero(mask[1:] != mask[:-1]) + 1
    if mask[0]:
        edges = np.concatenate([[0], edges])
    return edges[::2], edges[1::2]


def among(values: NDArray[Any], members: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each value is one of the members, which ascend; np.isin would import numpy.ma.

    >>> among(np.array([1, 2, 5]), np.array([2, 4])).tolist()
    [False, True, False]
    """
    places = np.minimum(np.searchsorted(members, values), len(members) - 1)
    found: NDArray[np.bool_] = members[places] == values
    return found


def table_of(kinds: dict[int, str | bytes]) -> bytes:
    """A table for ``classes``: each byte's kinds, ored together; characters given as text or as bytes.

    >>> table_of({1: "ab", 2: b"b"})[97:100]
    b'\\x01\\x03\\x00'
    """
    table = bytearray(256)
    for kind, members in kinds.items():
        for byte in members.encode("latin-1") if isinstance(members, str) else members:
            table[byte] |= kind
    return bytes(table)


def _stand_ins_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    global _stand_ins
    if not len(_stand_ins):
        _stand_ins = np.zeros(0x110000, np.uint8)
    found = _stand_ins[codes]
    if not found.all():
        for code in set(codes[found == 0].tolist()):  # np.unique would import numpy.ma
            _stand_ins[code] = _stand_in(code)
        found = _stand_ins[codes]
    return found


def _stand_in(code: int) -> int:
    sign = chr(code)
    for members, byte in (
        ("’", APOSTROPHE),
        (BYTE_ORDER_MARK, BYTE_ORDER),
        (_LINE_ENDS, LINE),
        (WHITE_SPACE, WHITE),
        (_STOPS, STOP),
    ):
        if sign in members:
            return byte
    is_sign = unicodedata.category(sign)[0] in "PSZ" and any(first <= code <= last for first, last in _SIGNS)
    return OTHER if is_sign and not sign.isalnum() else WORDLIKE
