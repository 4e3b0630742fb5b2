"""Pages as a scanner makes them, and stand-ins for what recognises them: names that another process can import."""

from __future__ import annotations

import ctypes
import io
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.formats.ocr import Found, Recognise

LINES: tuple[Found, ...] = (
    ("Opening hours", 0.99, 150, 150, 520, 190, 40),
    ("The desk opens at nine", 0.98, 150, 260, 560, 290, 30),
    ("and closes at six.", 0.97, 150, 300, 470, 330, 30),
    ("l||. ,;", 0.31, 150, 700, 300, 730, 30),
)


def says() -> Recognise:
    return lambda _: list(LINES)


def says_nothing() -> Recognise:
    return lambda _: []


def says_how_dark() -> Recognise:
    """Says the mean of the red, and the size of the picture."""

    def find(pixels: NDArray[np.uint8]) -> list[Found]:
        height, width = pixels.shape[:2]
        return [(f"red {pixels[..., 0].mean():.0f} of {width} by {height}", 0.9, 0, 0, width, 20, 20)]

    return find


def two_columns() -> Recognise:
    left = [f"The ferry to Lund leaves at number {row}, says the board at" for row in range(6)]
    right = [f"the harbour, and comes back before row {row} of the tide" for row in range(6)]
    lines = [
        (said, 0.99, edge, 200.0 + 40 * row, edge + 480, 230.0 + 40 * row, 30.0)
        for row, pair in enumerate(zip(left, right, strict=True))
        for said, edge in zip(pair, (100.0, 650.0), strict=True)
    ]
    return lambda _: lines


def fails_on_dark() -> Recognise:
    """Ends its process on a black page."""

    def find(pixels: NDArray[np.uint8]) -> list[Found]:
        if pixels.mean() < 60:
            os._exit(9)
        return list(LINES)

    return find


def hangs_on_dark() -> Recognise:
    def find(pixels: NDArray[np.uint8]) -> list[Found]:
        if pixels.mean() < 60:
            time.sleep(60)
        return list(LINES)

    return find


def scan(*shades: int, text: str = "") -> bytes:
    """A PDF file with a picture of one shade on each page, and a line of text on each, if any."""
    import pypdfium2 as pdfium

    file = pdfium.PdfDocument.new()
    font = pdfium.raw.FPDFText_LoadStandardFont(file, b"Helvetica")
    for shade in shades:
        page = file.new_page(595, 842)
        bitmap = pdfium.PdfBitmap.new_native(60, 84, pdfium.raw.FPDFBitmap_BGR)
        bitmap.fill_rect((shade, shade, shade, 255), 0, 0, 60, 84)
        image = pdfium.PdfImage.new(file)
        image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page.insert_obj(image)
        if text:
            written = pdfium.raw.FPDFPageObj_CreateTextObj(file, font, 10)
            units = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
            pdfium.raw.FPDFText_SetText(written, units)
            pdfium.raw.FPDFPageObj_Transform(written, 1, 0, 0, 1, 72, 30)
            pdfium.raw.FPDFPage_InsertObject(page, written)
        page.gen_content()
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()
