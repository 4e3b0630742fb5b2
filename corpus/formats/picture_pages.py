"""The pages of a picture file as pictures of a known size, and as PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_SMALLEST = 24  # pixels of a side: a smaller picture holds no text
_USUAL = 842.0  # points of the longer side of a page whose file does not say how large it is: A4
_LARGEST = 2_000.0


def count(data: bytes, source: str) -> tuple[int, bytes]:
    """How many pages a picture has, 0 if it is too small to hold text; read in this process."""
    with _opened(data, source) as image:
        return 0 if min(image.size) < _SMALLEST else getattr(image, "n_frames", 1), b""


def pictures(
    data: bytes, source: str, pages: Sequence[int], longest: int
) -> Iterator[tuple[float, float, NDArray[np.uint8]]]:
    """The width and height in points of each of those pages (from 1), and its picture of red, green and blue.

    Its longer side has at most ``longest`` pixels.
    """
    import numpy as np

    with _opened(data, source) as image:
        for page in pages:
            shown = _shown(image, page)
            width, height = _size(shown)
            shown.thumbnail((longest, longest))
            yield width, height, np.asarray(shown)


def as_pdf(data: bytes, source: str, page: int) -> bytes:
    """A page (from 1) of a picture as a PDF file of one page; raises SourceError where there is none."""
    with _opened(data, source) as image:
        if not 1 <= page <= getattr(image, "n_frames", 1):
            raise SourceError(f"{source}: has no page {page}; it has {getattr(image, 'n_frames', 1)}")
        shown = _shown(image, page)
        file = io.BytesIO()
        shown.save(file, "PDF", resolution=72 * shown.width / _size(shown)[0])
        return file.getvalue()


@contextmanager
def _opened(data: bytes, source: str) -> Iterator[Any]:
    from PIL import Image

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            warnings.simplefilter("ignore")
            yield image
    except Image.DecompressionBombError as error:
        raise SourceError(f"{source}: is a picture of too many pixels; save it smaller and try again") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise SourceError(f"{source}: is a picture that is damaged ({error}); save it anew and try again") from error


def _shown(image: Any, page: int) -> Any:
    """A page of a picture as it is shown: turned as its camera says, on white, in red, green and blue."""
    import numpy as np
    from PIL import Image, ImageOps

    image.seek(page - 1)
    shown = ImageOps.exif_transpose(image)
    if shown.mode.startswith(("I", "F")):  # of more than 256 shades
        shades = np.nan_to_num(np.asarray(shown, np.float64))
        shown = Image.fromarray(np.uint8((shades - shades.min()) * (255 / max(np.ptp(shades), 1e-9))))
    if "A" in shown.getbands() or "transparency" in shown.info:
        ground = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(ground, shown.convert("RGBA"))
    turned = shown.convert("RGB")
    turned.info = image.info
    return turned


def _size(shown: Any) -> tuple[float, float]:
    """Width and height of a picture in points: as its file says, if that can be, else those of an A4 page."""
    across, up = shown.size
    try:
        dots = float(min(shown.info["dpi"]))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        dots = 0.0
    if not 72 < dots <= 1_200 or 72 * max(across, up) / dots > _LARGEST:
        dots = 72 * max(across, up) / _USUAL
    return 72 * across / dots, 72 * up / dots
