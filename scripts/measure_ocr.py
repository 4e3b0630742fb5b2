"""Measures text recognition on papers that are typeset, drawn as pictures and worn like scans; prints a table.

    python scripts/measure_ocr.py
    python scripts/measure_ocr.py --papers 1 --worn

A character is right if it stands in the alignment of a page's recognised text with what was typeset, both in reading
order, white space and hyphens at line ends folded. Needs pip install '.[ocr]'. The seconds are those of all cores
together, in this process.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.metadata
import io
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import pypdfium2 as pdfium
from measure_pdf import folded, headings, whole_sentences
from pdf_papers import Paper, Style, paper
from PIL import Image, ImageFilter

from corpus.documents import Document
from corpus.formats import ocr, pdf
from corpus.formats.ocr_worker import recognise
from corpus.formats.pdf import read_here

STYLES = {
    "one column": Style(columns=1, size=11),
    "one column, Helvetica": Style(columns=1, body="Helvetica", indent=False, gap=6, heading="larger"),
    "two columns": Style(columns=2),
    "two columns, small": Style(columns=2, size=8, gutter=14),
}
_DOTS = 200  # an inch, of the scans


def scanned(data: bytes, *, worn: bool, seed: int) -> tuple[bytes, int]:
    """Return a PDF file of pictures of another one's pages, and how many; worn ones are pale, blurred and askew."""
    chance = np.random.default_rng(seed)
    pages = []
    for page in pdfium.PdfDocument(data):
        bitmap = page.render(scale=_DOTS / 72, rev_byteorder=True, prefer_bgrx=False)
        image = Image.fromarray(bitmap.to_numpy()).convert("L")
        if worn:
            image = image.rotate(chance.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=255)
            shades = np.asarray(image.filter(ImageFilter.GaussianBlur(0.9)), np.float32)
            shades = shades * 0.75 + 40 + chance.normal(0, 12, shades.shape)
            image = Image.fromarray(np.uint8(np.clip(shades, 0, 255)))
        pages.append(image)
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=_DOTS)
    return file.getvalue(), len(pages)


def read_scan(data: bytes, pages: int) -> Document:
    """Return the document of a scan, read in this process."""
    numbers = list(range(1, pages + 1))
    told, _ = recognise(data, "scan.pdf", pages=numbers, within=1e9, recogniser=ocr.RECOGNISER)
    found = ocr.packed({number: ocr.unpacked(one) for number, one in zip(numbers, told, strict=True)})
    return pdf.unpacked_document(*pdf.read_packed(data, "scan.pdf", found=found))


def letters_right(said: str, wanted: str) -> tuple[int, int]:
    """Return how many characters of a text stand in another in order, and how many there are."""
    matcher = difflib.SequenceMatcher(None, folded(wanted).split(), folded(said).split(), autojunk=False)
    right = 0
    for kind, start, end, other, last in matcher.get_opcodes():
        one, two = " ".join(matcher.a[start:end]), " ".join(matcher.b[other:last])
        if kind == "equal":
            right += len(one) + 1
        elif kind == "replace" and len(one) < 2_000:
            inner = difflib.SequenceMatcher(None, one, two, autojunk=False)
            right += sum(block.size for block in inner.get_matching_blocks())
    whole = len(" ".join(matcher.a))
    return min(right, whole), whole


def measure(made: Paper, *, worn: bool, seed: int) -> np.ndarray:
    """Return pages, seconds, characters right and all, sentences whole and all, headings found, all and wrong."""
    data, pages = scanned(made.data, worn=worn, seed=seed)
    (wanted,) = read_here(made.data, "typeset.pdf", lambda _: None)
    start = time.process_time()
    document = read_scan(data, pages)
    seconds = time.process_time() - start
    whole, _ = whole_sentences(made, document)
    found, _, wrong = headings(made, document)
    return np.array(
        [
            pages,
            seconds,
            *letters_right(document.text, wanted.text),
            whole,
            len(made.sentences),
            found,
            len(made.headings),
            len(wrong),
        ]
    )


def sizes() -> str:
    """Return what the packages of the extra take as installed, in MB, without those that citespan needs anyway."""
    total = 0.0
    for name in ("rapidocr", "opencv-python-headless", "pillow", "shapely", "pyclipper", "omegaconf", "PyYAML"):
        files = importlib.metadata.files(name) or []
        total += sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())
    return f"{total / 1e6:.0f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--papers", type=int, default=2, metavar="N", help="papers of each style (2)")
    parser.add_argument("--sections", type=int, default=3, metavar="N", help="sections of a paper (3)")
    parser.add_argument("--worn", action="store_true", help="only the worn scans")
    given = parser.parse_args(arguments)
    blank, _ = scanned(paper(1, Style(columns=1), sections=1).data, worn=False, seed=1)
    read_scan(blank, 1)  # loads the models
    print("| scan | pages | characters | sentences whole | headings (none) | CPU seconds a page |")
    print("| --- | --- | --- | --- | --- | --- |")
    for worn in (True,) if given.worn else (False, True):
        for name, style in STYLES.items():
            made = [
                paper(9000 + seed, replace(style, figures=False), sections=given.sections)
                for seed in range(given.papers)
            ]
            sums = sum(measure(each, worn=worn, seed=seed) for seed, each in enumerate(made))
            pages, seconds, right, of, whole, said, found, heads, wrong = sums.tolist()
            told = f"{name}{', worn' * worn}"
            print(
                f"| {told} | {pages:.0f} | {right / of:.2%} | {whole:.0f} of {said:.0f} | "
                f"{found:.0f} of {heads:.0f} ({wrong:.0f}) | {seconds / pages:.1f} |",
                flush=True,
            )
    print(f"installed: {sizes()} MB more")


if __name__ == "__main__":
    main()
