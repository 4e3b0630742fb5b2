"""A page of a PDF file as a picture, with boxes on it marked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from corpus.formats import signs
from corpus.formats.pdf_lines import opened
from corpus.formats.picture_pages import as_pdf
from corpus.isolation import isolated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDEST = 2400
"""The widest picture, in pixels; also the highest, for a page that is higher than wide."""

_SECONDS = 20.0
_MARK = (255, 222, 110)  # what the marked is multiplied with: red, green, blue
_EDGE = (200, 120, 0)
_ROOM = 1.5  # points around a box


def picture_of(
    path: str, source: str, page: int, *, width: int, boxes: Sequence[tuple[float, float, float, float]] = ()
) -> bytes:
    """A page (from 1) of the PDF file or picture at a path as PNG of that width in pixels, drawn in another process.

    ``boxes`` are left, bottom, right and top in points, as ``corpus.boxes.Box`` has them. Raises SourceError where
    the file is gone or cannot be drawn, or has no such page.
    """
    _, content = isolated(
        "corpus.formats.pdf_picture:draw",
        b"",
        source,
        seconds=_SECONDS,
        path=path,
        page=page,
        width=width,
        boxes=list(boxes),
    )
    return content


def draw(data: bytes, source: str, *, path: str, page: int, width: int, boxes: list[list[float]]) -> tuple[Any, bytes]:
    """The size of the picture and its PNG, drawn in this process; without ``data`` the file at the path is read."""
    try:
        number = page
        if not data and signs.is_picture(_head(path)):
            data, number = as_pdf(Path(path).read_bytes(), source, page), 1
        with opened(data or path, source) as (_, file):
            if not 1 <= number <= len(file):
                raise SourceError(f"{source}: has no page {page}; it has {len(file)}")
            drawn = file[number - 1]
            across, up = drawn.get_size()
            scale = min(width / max(across, 1.0), WIDEST / max(across, up, 1.0))
            bitmap = drawn.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            if bitmap.n_channels != 3:
                raise SourceError(f"{source}: page {page} was drawn in {bitmap.n_channels} colours; 3 were expected")
            pixels = bytearray(memoryview(bitmap.buffer).cast("B"))
            high, wide, stride = bitmap.height, bitmap.width, bitmap.stride
            bitmap.close()
            drawn.close()
    except FileNotFoundError as error:
        raise SourceError(f"{source}: is not there any more") from error
    except RuntimeError as error:  # pdfium's own errors are such
        raise SourceError(f"{source}: page {page} cannot be drawn ({error})") from error
    for left, bottom, right, top in boxes:
        _mark(
            pixels,
            stride,
            (wide, high),
            (
                (left - _ROOM) * scale,
                (up - top - _ROOM) * scale,
                (right + _ROOM) * scale,
                (up - bottom + _ROOM) * scale,
            ),
        )
    return [wide, high], _png(pixels, wide, high, stride)


def pictures(
    data: bytes, source: str, pages: Sequence[int], resolution: int, longest: int
) -> Iterator[tuple[float, float, NDArray[np.uint8]]]:
    """The width and height in points of each of those pages (from 1), and its picture of red, green and blue.

    It is drawn with so many dots an inch, fewer where its longer side would have more than ``longest``.
    """
    for page in pages:
        with opened(data, source) as (_, file):
            drawn = file[page - 1]
            width, height = drawn.get_size()
            scale = min(resolution / 72, longest / max(width, height, 1.0))
            bitmap = drawn.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            pixels = bitmap.to_numpy().copy()
            bitmap.close()
            drawn.close()
        yield width, height, pixels


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(16)


def _mark(pixels: bytearray, stride: int, size: tuple[int, int], box: tuple[float, float, float, float]) -> None:
    """Colours a box (left, top, right, bottom in pixels) like a text marker, and underlines it."""
    left, right = max(0, int(box[0])), min(size[0], int(box[2]) + 1)
    top, bottom = max(0, int(box[1])), min(size[1], int(box[3]) + 1)
    if left >= right:
        return
    tables = [bytes(value * share // 255 for value in range(256)) for share in _MARK]
    line = max(1, size[0] // 600)
    for row in range(top, bottom):
        start, end = row * stride + 3 * left, row * stride + 3 * right
        for colour, table in enumerate(tables):
            if row >= bottom - line:
                pixels[start + colour : end : 3] = bytes([_EDGE[colour]]) * (right - left)
            else:
                pixels[start + colour : end : 3] = pixels[start + colour : end : 3].translate(table)


def _png(pixels: bytearray, width: int, height: int, stride: int) -> bytes:
    """Rows of red, green and blue as PNG."""
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + 3 * width] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
