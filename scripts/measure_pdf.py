"""Measures the PDF reader on papers that it typesets itself: sentences, headings, places and speed; prints a table.

    python scripts/measure_pdf.py
    python scripts/measure_pdf.py --papers 5 --show
    python scripts/measure_pdf.py --speed some.pdf

A sentence is whole if the document holds its words in a row; it is in order if it stands after the one before it that
was whole. A heading is found if it stands in the path of a section, and it counts against the reader if a section's
path names what is no heading. A row of an unruled table is found if it is a line of cells under its head; lists, forms,
tables of contents and papers in columns must hold none.

With --speed a file of your own is read, again and again, in this process: as an index reads it, and with the boxes that
citing reads, which an index does not keep; by kreuzberg too where that is installed. Each way takes its turn, and the
fastest of its runs counts.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pdf_papers import Paper, Style, paper
from pdf_tables import page_of, page_without

from corpus.documents import Document
from corpus.formats.pdf import read_here

TWO_COLUMNS = (
    Style(),
    Style(by_word=True, justified=True),
    Style(emission="lines"),
    Style(emission="lines", by_word=True, justified=False, gutter=12),
    Style(emission="shuffled", justified=False),
    Style(size=8.5, gutter=10, indent=False, gap=5),
    Style(body="Helvetica", size=9, gutter=24, emission="lines"),
    Style(columns=3, size=8, gutter=14, figures=False),
    Style(columns=3, size=8, gutter=14, emission="lines", notes=False, figures=False),
)
"""Papers in columns, drawn column by column, line by line across the page, or in no order."""

HEADINGS = tuple(
    replace(style, heading=heading)
    for style in (
        Style(columns=1, size=11),
        Style(columns=1, body="Helvetica", indent=False, gap=6, justified=False, notes=False),
        Style(columns=2),
        Style(columns=2, body="Helvetica", size=9, emission="lines"),
    )
    for heading in ("bold larger", "larger", "bold", "capitals", "numbered", "numbered bold")
)
"""Papers whose headings look each another way."""


def read(made: Paper) -> Document:
    """Return the document that the reader makes of a paper."""
    (document,) = read_here(made.data, "paper.pdf", lambda _: None)
    return document


def folded(text: str) -> str:
    """Return a text with its white space folded and words joined that a line end breaks.

    >>> folded("to regis-\\nter a\\nname")
    'to register a name'
    """
    return " ".join(re.sub(r"(?<=[^\\W\\d])-\n(?=[^\\W\\d])", "", text).split())


def whole_sentences(made: Paper, document: Document) -> tuple[int, list[str]]:
    """Return how many sentences of a paper stand whole and in order in a document, and those that do not."""
    text, at, right, lost = folded(document.text), 0, 0, []
    for said in made.sentences:
        place = text.find(said, at)
        if place < 0:
            lost.append(said)
        else:
            right, at = right + 1, place + len(said)
    return right, lost


def headings(made: Paper, document: Document) -> tuple[int, list[str], list[str]]:
    """Return how many headings of a paper head a section of a document, those that do not, and others that do."""
    named = {heading for section in document.sections for heading in section.path}
    wanted = [words for _, words in made.headings]
    missing = [words for words in wanted if words not in named]
    return len(wanted) - len(missing), missing, sorted(named - set(wanted))


def _share(right: int, of: int) -> str:
    return f"{right} of {of} ({right / max(1, of):.1%})"


def _sentences(papers: int, show: bool) -> None:
    all_right = all_of = 0
    for number, style in enumerate(TWO_COLUMNS):
        right = of = 0
        for seed in range(papers):
            made = paper(1000 * number + seed, style)
            found, lost = whole_sentences(made, read(made))
            right, of = right + found, of + len(made.sentences)
            if show and lost:
                print(f"  {number}/{seed}", *lost[:3], sep="\n    ")
        all_right, all_of = all_right + right, all_of + of
        print(f"{style.columns} columns, {style.emission:9}{' by word' * style.by_word:8}  {_share(right, of)}")
    print(f"sentences whole and in order           {_share(all_right, all_of)}")


def _headings(papers: int, show: bool) -> None:
    for name, options in (("outline", {"outlined": True}), ("tags", {"tagged": True}), ("neither", {})):
        right = of = others = 0
        by_kind: dict[str, list[int]] = {}
        for number, style in enumerate(HEADINGS):
            for seed in range(papers):
                made = paper(5000 + 100 * number + seed, style, **options)
                found, missing, wrong = headings(made, read(made))
                right, of, others = right + found, of + len(made.headings), others + len(wrong)
                kind = by_kind.setdefault(style.heading, [0, 0])
                kind[0] += found
                kind[1] += len(made.headings)
                if show and (missing or wrong):
                    print(f"  {name} {number}/{seed} missing {missing} wrong {wrong}")
        kinds = "" if options else "; " + ", ".join(f"{kind} {_share(*counts)}" for kind, counts in by_kind.items())
        print(f"headings found by {name:8} {_share(right, of)}, {others} that are none{kinds}")


def _tables(papers: int, show: bool) -> None:
    """Rows of tables without ruling lines that stand under their head, and tables found where there are none."""
    right = of = wrong = 0
    for seed in range(20 * papers):
        data, rows = page_of(20_000 + seed)
        (document,) = read_here(data, "table.pdf", lambda _: None)
        head, *others = [" | ".join(row) for row in rows]
        _, found, rest = document.text.partition(f"{head}\n{' | '.join(['---'] * len(rows[0]))}\n")
        lines = set(rest.split("\n")) if found else set()
        right, of = right + sum(row in lines for row in others), of + len(others)
        if show and not lines.issuperset(others):
            print(f"  table {seed}:", *rows[:3], document.text[:400], sep="\n    ")
    pages = [page_without(30_000 + seed) for seed in range(20 * papers)]
    pages += [paper(40_000 + seed, style).data for seed, style in enumerate(TWO_COLUMNS * papers)]
    for number, data in enumerate(pages):
        (document,) = read_here(data, "none.pdf", lambda _: None)
        wrong += "--- | ---" in document.text
        if show and "--- | ---" in document.text:
            print(f"  none {number}:", document.text[:400])
    print(
        f"rows of unruled tables under their head {_share(right, of)}; files of {len(pages)} with one too many: {wrong}"
    )


def _speed(data: bytes, name: str, runs: int) -> None:
    from corpus.formats.pdf_places import read_with_boxes

    works = {
        "pdfium's own text alone": lambda: _plain(data),
        "the document": lambda: sum(len(document.pages) for document in read_here(data, name, lambda _: None)),
        "lines with their boxes": lambda: read_with_boxes(data, each=""),
        "and a box for each word": lambda: read_with_boxes(data, each="word"),
        "or one for each character": lambda: read_with_boxes(data, each="character"),
    }
    if find_spec("kreuzberg"):
        works["kreuzberg"] = lambda: _kreuzberg(data)
    best = dict.fromkeys(works, 9e9)
    pages = _plain(data)
    for _ in range(runs):
        for told, work in works.items():
            start = time.process_time()
            work()
            best[told] = min(best[told], time.process_time() - start)
    for told, seconds in best.items():
        print(f"{name}: {pages} pages, {told}: {pages / seconds:.0f} pages a second of this process")


def _plain(data: bytes) -> int:
    """What pdfium says of each page, without order, headings or places; returns how many pages there are."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(file)


def _kreuzberg(data: bytes) -> None:
    import kreuzberg

    kreuzberg.extract_bytes_sync(data, "application/pdf")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--papers", type=int, default=4, metavar="N", help="papers of each style (4)")
    parser.add_argument("--show", action="store_true", help="name the sentences and headings that were lost")
    parser.add_argument("--speed", metavar="FILE", help="measure only the speed on a PDF file")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="readings of which the fastest counts (5)")
    given = parser.parse_args(arguments)
    if given.speed:
        _speed(Path(given.speed).read_bytes(), Path(given.speed).name, given.runs)
        return
    _sentences(given.papers, given.show)
    _headings(given.papers, given.show)
    _tables(given.papers, given.show)


if __name__ == "__main__":
    main()
