"""Measures the reader of each format on samples that it writes itself; prints the table of qa/docs/formats.md.

    python scripts/measure_formats.py
    python scripts/measure_formats.py --seconds 0.2

A format has its text right if a sample's words are all there, its headings if they stand in the path of a section, its
tables if the head and the rows are lines in a row. Each sample is indexed; the index is saved and opened again. Offsets
hold if a citation of each sentence, and of each word in it, has what the document says there, a quote around it, and
the hash of the text. The place holds if a citation of each of the sample's words tells the slide, the cell, the time,
or the page and the box on it, where the sample put it. The speed is that of one core, in files of the sample a second
and megabytes of file a second.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from format_samples import ROWS, Sample, samples

from corpus.documents import Document
from corpus.formats.files import iterate_data
from corpus.sources import read_sources
from index.building.build import build_index
from index.folder.storage import open_index, save_index
from index.ranking.search import Index
from qa.citing import cite_place

_CELLS = re.compile(r"\s*[|\t,&!]\s*")
_WORD = re.compile(r"\S+")
_NEAR = 1.5  # points
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_YES, _NO, _NONE = "yes", "NO", "-"


def documents_of(sample: Sample) -> list[Document]:
    """The documents of a sample."""
    return list(iterate_data(sample.data, sample.name, lambda _: None))


def findings(sample: Sample) -> dict[str, bool | None]:
    """What holds of a sample's documents: text, headings, place, tables, offsets; None where the format has none."""
    with TemporaryDirectory() as folder:
        path = Path(folder, sample.name)
        path.write_bytes(sample.data)
        documents = list(read_sources([path]))
        save_index(build_index(documents), Path(folder, "samples.index"))
        index = open_index(Path(folder, "samples.index"))
        placed = all(
            any(_is_placed(index, document, words, place) for document in documents)
            for words, place in zip(sample.words, sample.places, strict=False)
        )
        offsets = all(_holds(document) and _is_cited(index, document) for document in documents)
    whole = "\n".join(document.text for document in documents)
    headings = {heading for document in documents for section in document.sections for heading in section.path}
    return {
        "text": all(words in whole for words in sample.words),
        "headings": set(sample.headings) <= headings if sample.headings else None,
        "place": placed and len(sample.places) == len(sample.words) if sample.place else None,
        "tables": any(_has_table(document.text) for document in documents) if sample.tables else None,
        "offsets": offsets,
    }


def _is_placed(index: Index, document: Document, words: str, place: dict[str, Any]) -> bool:
    """Whether a citation of words tells where in the file they stand."""
    start = document.text.rfind(words)
    if start < 0:
        return False
    citation = cite_place(index, document.id, start, start + len(words))
    if "spot" in place:
        left, base = place["spot"]
        if len(citation.boxes) != 1 or citation.boxes[0].page != place["page"]:
            return False
        (box,) = citation.boxes
        if abs(box.left - left) > _NEAR or not box.bottom - _NEAR <= base < box.top:
            return False
    return all(getattr(citation, name) == value for name, value in place.items() if name != "spot")


def _is_cited(index: Index, document: Document) -> bool:
    """Whether a citation of each sentence of a document, and of each word, has what the document says there."""
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    sentences = 0
    for number in index.within([document.id]):
        passage = index.passage(int(number))
        for start, end in passage.sentences:
            sentences += 1
            said = document.text[start:end]
            for begin, stop in [(0, len(said)), *(word.span() for word in _WORD.finditer(said))]:
                citation = cite_place(index, document.id, start + begin, start + stop)
                quoted = document.text[citation.quote_start : citation.quote_end]
                if citation.text != said[begin:stop] or citation.quote != quoted or citation.sha256 != digest:
                    return False
    return sentences > 0


def _has_table(text: str) -> bool:
    """Whether the head and the rows of the table stand in lines that follow each other."""
    lines = [
        tuple(cell for cell in _CELLS.split(line.strip().strip("|!").strip()) if cell) for line in text.split("\n")
    ]
    lines = [line for line in lines if line and not all(set(cell) <= set("-:+=") for cell in line)]
    return any(tuple(lines[at : at + len(ROWS)]) == ROWS for at in range(len(lines)))


def _holds(document: Document) -> bool:
    """Whether sections are inside the text, in order, and neither begin nor end with white space."""
    last = 0
    for section in document.sections:
        said = document.text[section.start : section.end]
        if not last <= section.start < section.end or len(said) != section.end - section.start or said != said.strip():
            return False
        last = section.end
    return True


def speed(sample: Sample, seconds: float) -> float:
    """How many samples are read in a second, after one that is not counted."""
    documents_of(sample)
    count, start = 0, time.perf_counter()
    while (took := time.perf_counter() - start) < seconds:
        documents_of(sample)
        count += 1
    return count / took


def size_of_extra(extra: str) -> int:
    """How many bytes the packages of an extra take as installed, without those that the base has too."""
    own, base = set[str](), set[str]()
    for needed in importlib.metadata.requires("citespan") or []:
        found = _NAME.match(needed)
        if found and "extra ==" not in needed:
            base.add(found[0])
        elif found and re.search(rf"extra == ['\"]{extra}['\"]", needed):
            own.add(found[0])
    size = 0
    for name in own - base:
        try:
            files = importlib.metadata.files(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        size += sum(Path(str(file.locate())).stat().st_size for file in files if Path(str(file.locate())).is_file())
    return size


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the table; 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=1.0, metavar="S", help="how long to read each sample (1)")
    given = parser.parse_args(arguments)
    wrong = 0
    sizes = {"": 0, "documents": size_of_extra("documents")}
    print("| format | text | headings | place | tables | offsets | files a second | MB a second | extra, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for sample in samples():
        found = findings(sample)
        wrong += sum(value is False for value in found.values())
        told = [_NONE if value is None else _YES if value else _NO for value in found.values()]
        if found["place"]:
            told[2] = sample.place
        rate = speed(sample, given.seconds)
        extra = f"{sizes[sample.extra] / 1e6:.0f}" if sample.extra else _NONE
        print(f"| {' | '.join([sample.format, *told])} | {rate:,.0f} | {rate * len(sample.data) / 1e6:.1f} | {extra} |")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
