"""Read what was written for training: documents with questions, and texts with claims.

A case is a folder with ``docs/*.md`` and one of

- ``questions.json``: a list of ``{"question", "answers", "in"}``.  ``answers`` are the wordings of the answer, the
  shortest first; none: the documents do not tell.  ``in`` is a stretch of a document that stands there once and holds
  the first answer: it says which place is meant.  Where all of several spans are the answer, ``items`` has each of them
  with such a stretch of its own;
- ``claims.json``: a list of ``{"claim", "verdict", "evidence"}``.  ``evidence`` stands in the document, and decides the
  claim, or comes nearest to it.

    python scripts/written.py scripts/written

checks that all of it stands where it is said to stand.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from claims_sets import NOT_FOUND, Claim

import qa
from corpus.documents import Document
from corpus.formats import markdown
from qa.audit.calibration import VERDICTS
from qa.audit.evidence import find_pieces

__all__ = ["Case", "claim_examples", "item_rows", "question_rows", "read_cases"]

ELSEWHERE = 0.35
"""The share of the pieces without a claim's evidence that are shown as telling nothing of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """The documents of a case, what is asked of them and what is claimed."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[dict[str, Any], ...]
    claims: tuple[dict[str, Any], ...]


def read_cases(folder: Path) -> Iterator[Case]:
    """Yield the cases below a folder, by name. Raises SystemExit where something does not stand where it is said to."""
    for docs in sorted(folder.glob("**/docs")):
        name = docs.parent.name
        documents = []
        for path in sorted(docs.glob("*.md")):
            documents += markdown.read(path.read_bytes(), path.name, lambda _: None)
        case = Case(name, tuple(documents), *(_rows(docs.parent / f"{what}.json") for what in ("questions", "claims")))
        for row in case.questions:
            for answer, stretch in row.get("items") or [(row["answers"][0], row["in"])] if row["answers"] else ():
                _place(case, answer, stretch)
        for row in case.claims:
            _holder(case, row["evidence"])
        yield case


def _rows(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ()


def _holder(case: Case, text: str) -> tuple[Document, int]:
    """Return the document that a text stands in, and where."""
    for document in case.documents:
        if (start := document.text.find(text)) >= 0:
            return document, start
    raise SystemExit(f"{case.name}: {text!r} stands in none of its documents; copy it from there")


def _place(case: Case, answer: str, stretch: str) -> tuple[Document, int, int]:
    """Return where an answer stands in the stretch of a document that holds it."""
    document, start = _holder(case, stretch)
    within = stretch.find(answer)
    if within < 0:
        raise SystemExit(f"{case.name}: {stretch!r} does not hold {answer!r}; lengthen it")
    return document, start + within, start + within + len(answer)


def question_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the questions of a folder as ``encode_documents.py`` reads them, those of one document together."""
    for case in read_cases(folder):
        for document in case.documents:
            for row in case.questions:
                answers: list[list[int]] = []
                if row["answers"]:
                    held, start, end = _place(case, row["answers"][0], row["in"])
                    if held is not document:
                        continue
                    answers = [[start, end]]
                yield {"title": document.title, "text": document.text, "question": row["question"],
                       "answers": answers, "kind": "case"}  # fmt: skip


def item_rows(folder: Path, *, kept: bool) -> Iterator[dict[str, Any]]:
    """Yield the questions of a folder with all their items, as ``tag_features.py`` reads them."""
    for case in read_cases(folder):
        (document,) = case.documents
        for row in case.questions:
            places = [_place(case, *item)[1:] for item in row.get("items", ())]
            yield {"title": document.title, "text": document.text, "question": row["question"],
                   "answers": sorted(places), "kind": ("case none", "case one", "case several")[min(2, len(places))],
                   "kept": kept, "structured": True}  # fmt: skip


def claim_examples(folder: Path, rng: random.Random) -> Iterator[Claim]:
    """Yield the claims of a folder with the pieces of its documents that the program judges them by.

    A piece that holds a claim's evidence decides it as the evidence does.  Of those that hold none of it, some are
    shown as telling nothing; those that hold a part are left out.  The evidence itself is shown in any case.
    """
    for case in read_cases(folder):
        engine = qa.build_documents(case.documents, reader="lexical")
        for row in case.claims:
            label = VERDICTS.index(row["verdict"])
            document, start = _holder(case, row["evidence"])
            end = start + len(row["evidence"])
            seen = False
            for piece in find_pieces(engine, row["claim"]):
                same = piece.passage.document == document.id
                if same and piece.start <= start and end <= piece.end:
                    seen = True
                    yield Claim(row["claim"], piece.title, piece.text, label, case.name, "case")
                elif not (same and piece.start < end and start < piece.end) and rng.random() < ELSEWHERE:
                    yield Claim(row["claim"], piece.title, piece.text, NOT_FOUND, case.name, "case elsewhere")
            if not seen:
                yield Claim(row["claim"], document.title, row["evidence"], label, case.name, "case")


def main() -> None:
    """Check the folders named and print what is in them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    counts: Counter[str] = Counter()
    for folder in parser.parse_args().folders:
        for case in read_cases(folder):
            counts["cases"] += 1
            counts["answerable"] += sum(bool(row["answers"]) for row in case.questions)
            counts["unanswerable"] += sum(not row["answers"] for row in case.questions)
            counts.update(row["verdict"] for row in case.claims)
    print(", ".join(f"{name} {count:,}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
