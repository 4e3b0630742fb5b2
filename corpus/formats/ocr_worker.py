"""What recognises pages, in a process of its own: pages drawn, lines found, told in points."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.formats import pdf_picture, picture_pages, signs
from corpus.formats.ocr import LEAST, LONGEST, RESOLUTION, Recognise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def recognise(data: bytes, source: str, *, pages: list[int], within: float, recogniser: str) -> tuple[list[Any], bytes]:
    """What is recognised on the pages that are begun in time, at least on one, as JSON can hold it; in this process."""
    find = _recogniser(recogniser)
    late = time.monotonic() + within
    told: list[Any] = []
    for width, height, pixels in _pictures(data, source, pages):
        across, up = width / pixels.shape[1], height / pixels.shape[0]
        lines, unclear = [], []
        for text, confidence, left, top, right, bottom, high in find(pixels):
            words = " ".join(text.split())
            if words and confidence < LEAST:
                unclear.append(words)
            elif words:
                sides = left * across, height - bottom * up, right * across, height - top * up, high * up
                lines.append([words, *(round(side, 1) for side in sides)])
        told.append([round(width, 2), round(height, 2), lines, unclear])
        if time.monotonic() >= late:
            break
    return told, b""


@cache
def _recogniser(name: str) -> Recognise:
    module, _, function = name.partition(":")
    made: Recognise = getattr(import_module(module), function)()
    return made


def _pictures(data: bytes, source: str, pages: Sequence[int]) -> Iterator[tuple[float, float, NDArray[np.uint8]]]:
    """The width and height in points of each page, and its picture."""
    if signs.is_picture(data):
        return picture_pages.pictures(data, source, pages, LONGEST)
    return pdf_picture.pictures(data, source, pages, RESOLUTION, LONGEST)
