"""Unpacks what a server sends packed, up to a size: a small answer may unpack to more than fits in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from corpus.errors import SourceError

_GZIP = 16 + zlib.MAX_WBITS


def unpacked(blocks: Iterable[bytes], coding: str, address: str, *, size: int) -> bytes:
    """The bytes of an answer in a content coding ("" is none), of at most ``size`` bytes.

    Raises SourceError where it is larger, damaged, cut off, or in a coding that was not asked for.

    >>> import gzip
    >>> unpacked([gzip.compress(b"Tea")], "gzip", "https://example.org/", size=10)
    b'Tea'
    """
    codings = [name for name in map(str.strip, coding.lower().split(",")) if name not in ("", "identity")]
    if not codings:
        return _bounded(blocks, address, size)
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"{address}: is sent in the coding {coding}, which was not asked for; gzip is read")
    return _bounded(_inflated(blocks, codings[0] == "deflate", address, size), address, size)


def gunzipped(data: bytes, address: str, *, size: int) -> bytes:
    """The content of a gzip file, of at most ``size`` bytes; raises SourceError as ``unpacked`` does."""
    return _bounded(_inflated([data], False, address, size), address, size)


def _bounded(blocks: Iterable[bytes], address: str, size: int) -> bytes:
    total, kept = 0, []
    for block in blocks:
        total += len(block)
        if total > size:
            raise too_large(address, size)
        kept.append(block)
    return b"".join(kept)


def too_large(address: str, size: int) -> SourceError:
    """What to raise for an answer of more than ``size`` bytes."""
    return SourceError(f"{address}: is larger than {size / 1e6:g} MB, unpacked; set QA_WEB_MEGABYTES to read more")


def _inflated(blocks: Iterable[bytes], is_deflate: bool, address: str, size: int) -> Iterable[bytes]:
    unpacker = None
    ended = False
    try:
        for block in blocks:
            while block:
                if unpacker is None:
                    # What is called deflate comes with zlib's header, or without any.
                    bare = is_deflate and not (block[0] & 15 == 8 and int.from_bytes(block[:2], "big") % 31 == 0)
                    unpacker = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS if is_deflate else _GZIP)
                yield unpacker.decompress(block, size + 1)
                block = unpacker.unconsumed_tail
                if unpacker.eof:
                    ended, block = True, unpacker.unused_data
                    if is_deflate or not block.startswith(b"\x1f\x8b"):  # padding after the last part
                        return
                    unpacker, ended = None, False
    except zlib.error as error:
        raise SourceError(f"{address}: is sent packed and is damaged ({error}); try again later") from error
    if not ended and unpacker is not None and not unpacker.eof:
        raise SourceError(f"{address}: is sent packed and cut off; try again later")
