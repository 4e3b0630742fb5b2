"""Text recognition: what pages without text say, page by page in another process, where the extra is installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from corpus.bounds import bound
from corpus.errors import SourceError
from corpus.isolation import SECONDS, isolated
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEEDED = "pip install 'citespan[ocr]'"
"""The command that installs what text recognition needs."""

MOST_PAGES = 1_000
"""How many pages of one file are recognised; ``QA_OCR_PAGES`` sets another limit."""

RESOLUTION = 150
"""Dots an inch at which a page is drawn to be recognised."""

LONGEST = 2_500
"""Pixels of the longer side of a page or picture at most; a larger one is drawn smaller."""

LEAST = 0.6
"""The confidence below which a line is left out, and counted among what was."""

RECOGNISER = "corpus.formats.ocr_rapid:recogniser"
"""What gives the function that recognises: a seam for tests."""

_LONGER = 3  # times as long as a file each page may take
_AT_ONCE = 20.0  # seconds after which the process that recognises tells what it has

Found = tuple[str, float, float, float, float, float, float]
"""A line: its text and the confidence, left, top, right and bottom in pixels of the picture, and how high it is.

It is less high than its box where it runs aslant.
"""

Recognise = Callable[["NDArray[np.uint8]"], list[Found]]
"""What finds the lines of a picture of red, green and blue: uint8 (height, width, 3)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A recognised line, its box in points from the lower left corner of the page as it is shown, and its height."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page: its width and height in points, its lines, and those that are not clear."""

    width: float
    height: float
    lines: tuple[Said, ...]
    unclear: tuple[str, ...] = ()


def is_installed() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None


def recognised(data: bytes, source: str, pages: Sequence[int], on_skip: OnSkip) -> dict[int, Recognised]:
    """What is recognised on those pages (from 1) of a PDF file or a picture.

    A page that cannot be recognised, or takes too long, goes to ``on_skip``, and so do those beyond MOST_PAGES.
    """
    most = int(bound("QA_OCR_PAGES", MOST_PAGES))
    found: dict[int, Recognised] = {}
    waiting = list(pages[:most])
    seconds = _AT_ONCE
    while waiting:
        try:
            told = _isolated(data, source, waiting, seconds)
        except SourceError as error:
            if seconds:
                seconds = 0.0  # one page at a time, to know which it is
                continue
            cause = f"could not be recognised: {str(error).removeprefix(f'{source}: ')}"
            on_skip(SkippedFile(f"{source}:page {waiting.pop(0)}", cause))
            continue
        for page, one in zip(waiting, told, strict=False):
            found[page] = unpacked(one)
        waiting = waiting[len(told) :]
        seconds = _AT_ONCE
    if len(pages) > most:
        cause = f"was not recognised: only {most:,} pages of a file are; set QA_OCR_PAGES to more"
        on_skip(SkippedFile(f"{source}:page {listed(pages[most:])}", cause))
    return found


def listed(pages: Sequence[int]) -> str:
    """The numbers of pages for a message.

    >>> listed([2, 5])
    '2, 5'
    """
    return ", ".join(map(str, pages[:20])) + (", ..." if len(pages) > 20 else "")


def _isolated(data: bytes, source: str, pages: Sequence[int], seconds: float) -> list[Any]:
    """What is recognised on the first of those pages, and on as many more as are begun within so many seconds."""
    longest = seconds + _LONGER * bound("QA_FILE_SECONDS", SECONDS)
    try:
        told, _ = isolated(
            "corpus.formats.ocr_worker:recognise",
            data,
            source,
            seconds=longest,
            pages=list(pages),
            within=seconds,
            recogniser=RECOGNISER,
        )
    except RuntimeError as error:
        raise SourceError(f"{source}: cannot be recognised ({error})") from error
    listed_pages: list[Any] = told
    return listed_pages


def packed(pages: dict[int, Recognised]) -> str:
    """Recognised pages as JSON."""
    told = {
        page: [
            one.width,
            one.height,
            [[said.text, said.left, said.bottom, said.right, said.top, said.height] for said in one.lines],
            one.unclear,
        ]
        for page, one in pages.items()
    }
    return json.dumps(told)


def unpacked_pages(text: str) -> dict[int, Recognised]:
    """The recognised pages of what ``packed`` gave.

    >>> pages = {2: Recognised(595, 842, (Said("Tea", 72, 700, 90, 712, 12),))}
    >>> unpacked_pages(packed(pages)) == pages
    True
    """
    return {int(page): unpacked(one) for page, one in json.loads(text).items()}


def unpacked(told: Sequence[Any]) -> Recognised:
    """A page of what the other process tells."""
    width, height, lines, unclear = told
    return Recognised(width, height, tuple(Said(*line) for line in lines), tuple(unclear))
