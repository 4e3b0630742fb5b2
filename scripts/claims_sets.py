"""Read the sets of claims with evidence that people labelled, and say which pages no training may see."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CONTRADICTED", "EITHER", "NOT_FOUND", "SUPPORTED", "Claim", "kept_out", "near_texts", "read_claims"]

SUPPORTED, CONTRADICTED, NOT_FOUND, EITHER = range(4)
"""The verdicts; the last is "contradicted or not found"."""

LABELS = {"supported": SUPPORTED, "contradicted": CONTRADICTED, "not_enough": NOT_FOUND}
KEPT_OUT = 0.2
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-COLON-": ":", "``": '"', "''": '"'}
_SMALL = frozenset(
    """
a an the is was are were be been of in on at by for to and as it its that with
""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, its evidence with the evidence's title, the verdict, the page they are of, and the kind of claim."""

    claim: str
    title: str
    evidence: str
    label: int
    page: str
    kind: str


def kept_out(page: str) -> bool:
    """Return whether a page (its title, or the passage where it has none) is kept out of all training.

    One fifth of the pages are, by their hash; they are for calibration and for figures.  The hash is salted:
    it says nothing about the halves of ``fit_judge.py``.

    >>> [kept_out(page) for page in ("Chicago", "chicago", "Paris")]
    [False, False, False]
    """
    name = " ".join(plain(page).casefold().split())
    return hashlib.sha256(f"kept out: {name}".encode()).digest()[0] < 256 * KEPT_OUT


def plain(text: str) -> str:
    """Return a text with the brackets and quotation marks that tokenized files write in letters.

    >>> plain("2 Hearts -LRB-song-RRB-")
    '2 Hearts (song)'
    """
    text = text.replace("_", " ")
    for coded, mark in _BRACKETS.items():
        text = text.replace(coded, mark)
    return text


def near_texts(text: str) -> set[frozenset[str]]:
    """Return the sets of words of a text, whole and without any one of its words.

    Two texts that share one of these sets differ by a word at most, small words and order aside.
    """
    words = [word for word in re.findall(r"\w+", text.lower()) if word not in _SMALL]
    return {frozenset(words)} | {frozenset(words[:place] + words[place + 1 :]) for place in range(len(words))}


def read(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_claims(folder: Path) -> Iterator[Claim]:
    """Yield all claims of all sets, but not those that are near a claim of FEVER symmetric, which only measures.

    Pages that are kept out are among them: ask ``kept_out(claim.page)``.
    """
    measured: set[frozenset[str]] = set()
    for row in read(folder / "fever-symmetric-dev.jsonl.gz"):
        measured |= near_texts(row["claim"])
    for claim in _all(folder):
        if measured.isdisjoint(near_texts(claim.claim)):
            yield claim


def _all(folder: Path) -> Iterator[Claim]:
    yield from _vitaminc(read(folder / "vitaminc-real.jsonl.gz"), "vitaminc-real")
    yield from _vitaminc(read(folder / "vitaminc-synthetic.jsonl.gz"), "vitaminc-synthetic")
    for row in read(folder / "fever.jsonl.gz"):
        yield Claim(row["claim"], "", row["evidence"], LABELS[row["label"]], row["evidence"], "fever")
    for row in read(folder / "feverous-dev-programfc-dev.jsonl.gz"):
        text = row["evidence"].replace("\t", " : ")
        yield Claim(row["claim"], "", text, LABELS[row["label"]], text.partition(" : ")[0], "feverous")
    for row in read(folder / "healthver-dev.jsonl.gz"):
        yield Claim(row["claim"].strip(), "", row["evidence"], LABELS[row["label"]], row["evidence"], "healthver")
    for row in read(folder / "climate-fever-climate-fever-pairs.jsonl.gz"):
        # Where the five people who labelled it disagreed, the label says little.
        if row["entropy"] < 0.7:
            article = plain(row["article"])
            yield Claim(row["claim"], article, row["evidence"], LABELS[row["label"]], article, "climate-fever")
    yield from _wice(read(folder / "wice-claim-dev.jsonl.gz"))
    tables = {table["table"]: table["rows"] for table in read(folder / "infotabs-tables.jsonl.gz")}
    for row in read(folder / "infotabs-train.jsonl.gz"):
        rows = tables[row["table"]]
        title = " ".join(rows["title"])
        yield Claim(row["claim"], title, table_text(rows), LABELS[row["label"]], row["table"], "infotabs")
    yield from _yes_no(read(folder / "boolq.jsonl.gz"), read(folder / "condaqa.jsonl.gz"))


def _vitaminc(rows: Iterable[dict[str, Any]], kind: str) -> Iterator[Claim]:
    for row in rows:
        page = plain(row["page"])
        yield Claim(plain(row["claim"]), page, plain(row["evidence"]), LABELS[row["label"]], page, kind)


def _wice(rows: Iterable[dict[str, Any]]) -> Iterator[Claim]:
    """Yield claims with the sentences that people marked; where there are none, with the page's beginning."""
    for row in rows:
        sentences = [sentence for sentence in row["evidence"] if not sentence.startswith("(meta data)")]
        title = next(
            (s.partition("TITLE:")[2].strip() for s in row["evidence"] if s.startswith("(meta data) TITLE")), ""
        )
        if row["label"] == "not_supported":
            yield Claim(row["claim"], title, " ".join(sentences)[:900], NOT_FOUND, row["claim"], "wice")
            continue
        label = SUPPORTED if row["label"] == "supported" else NOT_FOUND  # partly supported: the rest is not found
        for numbers in row["supporting"][:3]:
            text = " ".join(row["evidence"][number] for number in numbers)
            yield Claim(row["claim"], title, text, label, row["claim"], "wice")


def table_text(rows: dict[str, list[str]]) -> str:
    """Return an infobox as its lines of "- Key: value"."""
    return "\n".join(f"- {key}: {', '.join(values)}" for key, values in rows.items() if key != "title")


def _yes_no(boolq: Iterable[dict[str, Any]], condaqa: Iterable[dict[str, Any]]) -> Iterator[Claim]:
    for row in boolq:
        question = row["question"][0].upper() + row["question"][1:].rstrip("?") + "?"
        label = SUPPORTED if row["label"] else CONTRADICTED
        yield Claim(question, row["title"], plain(row["passage"]), label, row["title"], "boolq")
    verdicts = {"YES": SUPPORTED, "NO": CONTRADICTED, "DON'T KNOW": NOT_FOUND}
    page = ""
    for row in condaqa:
        # Its passages come in fours: one and three edits of it, which belong to the same page.
        if row["edit"] == 0 or not page:
            page = row["passage"]
        if row["label"] in verdicts:
            yield Claim(row["question"], "", row["passage"], verdicts[row["label"]], page, "condaqa")
