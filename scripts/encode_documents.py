"""Encode questions about whole documents for training the reader, as the reader is shown them at run time.

Reads JSON lines as ``reader_structures.py`` and ``reader_contrasts.py`` write them: ``title``, ``text`` (Markdown or
plain), ``question``, ``answers`` ([start, end] in ``text``; none = the document does not answer) and ``kind``. The
document is read, cut into passages and laid out by the program's own code, so what is learned is what is read.
A folder is one of documents with questions that were written (``written.py``).

    encode_documents.py scripts/written/train/questions --tokenizer TOKENIZER.json -o written.npz
    encode_documents.py structured.jsonl.gz contrasts.jsonl.gz --tokenizer TOKENIZER.json -o documents.npz

An answerable question gives the passage that holds its answer, and in three of ten another passage of its document as
one that does not answer; an unanswerable one gives up to two passages, those that search ranks first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import numpy as np
from reader_arrays import Example, write_examples
from tokenizers import Tokenizer
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))

from written import question_rows

from corpus.documents import Document
from corpus.formats import markdown
from index.building.build import build_index
from index.ranking.search import Index
from qa.readers.neural import HEADING_TOKENS, QUESTION_TOKENS
from qa.readers.views import NOWHERE, View, view_of

MAX_TOKENS = 320
OTHERS = 0.3  # the share of answerable questions that also come with a passage that does not answer
UNANSWERED = 2  # passages of a question that its document does not answer


def rows_of(paths: Sequence[Path], count: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the questions of some files or folders, in order, the first ``count`` of each."""
    for path in paths:
        if path.is_dir():
            yield from islice(question_rows(path), count)
            continue
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, islice(file, count))


def document_of(title: str, text: str) -> Document:
    """Return the document that a Markdown text makes; ``title`` is for one that has none of its own."""
    (document,) = markdown.read(text.encode("utf-8"), f"{title or 'document'}.md", lambda _: None)
    return document


class Encoder:
    """Turns a question and a view into the reader's input."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
        self._views: dict[int, tuple[Any, ...]] = {}

    def forget(self) -> None:
        """Drop what was encoded of the last document."""
        self._views.clear()

    def example(self, question: str, view: View, answer: tuple[int, int] | None, kind: str) -> Example | None:
        """Return the input with that answer (bounds in the document), or None where the view does not hold it once."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        ids, places, ends, stretches = self._encoded(view)
        second = len(asked) + 2
        room = MAX_TOKENS - second - 1
        start = end = 0
        if answer is not None:
            found = _token_spans(places[:room], ends[:room], stretches[:room], *answer)
            if not found:
                return None
            start, end = (second + place for place in found[0])
        allowed = np.concatenate([np.zeros(second, bool), stretches[:room] >= 0, [False]])
        return Example(
            [self._cls, *asked, self._sep, *ids[:room], self._sep], second, allowed, int(start), int(end), kind
        )

    def _encoded(self, view: View) -> tuple[Any, ...]:
        """Ids, the document's place of each token's first character and past its last, and its stretch."""
        if id(view) not in self._views:
            parts = []
            for text, layout, shift in (
                (view.heading, view.heading_layout, 0),
                (view.text, view.layout, len(view.headings)),
            ):
                encoding = self._tokenizer.encode(text, add_special_tokens=False)
                keep = slice(-HEADING_TOKENS, None) if not shift else slice(None)
                first = np.array([start for start, _ in encoding.offsets[keep]], np.int64)
                last = np.array([end - 1 for _, end in encoding.offsets[keep]], np.int64)
                stretch = layout[1][first] if len(first) else np.zeros(0, np.int32)
                stretch = np.where(stretch >= 0, stretch + shift, NOWHERE)
                where = layout[0]
                parts.append((encoding.ids[keep], where[first], where[last] + 1, stretch))
            ids, *arrays = zip(*parts, strict=True)
            self._views[id(view)] = ([*ids[0], *ids[1]], *(np.concatenate(each) for each in arrays))
        return self._views[id(view)]


def _token_spans(places: Any, ends: Any, stretches: Any, start: int, end: int) -> list[tuple[int, int]]:
    """The first and last token of each place where [start, end) of the document is laid out in one stretch."""
    found = []
    for first in np.flatnonzero((places <= start) & (ends > start) & (stretches >= 0)).tolist():
        inside = np.flatnonzero((stretches == stretches[first]) & (places < end) & (ends >= end))
        inside = inside[inside >= first]
        if len(inside):
            found.append((first, int(inside[0])))
    return found


def examples_of(rows: Sequence[dict[str, Any]], encoder: Encoder, rng: np.random.Generator) -> Iterator[Example]:
    """Yield the examples of one document's questions."""
    document = document_of(rows[0]["title"], rows[0]["text"])
    index = build_index([document])
    views = [view_of(passage, index.surroundings(passage)) for passage in index.passages()]
    for row in rows:
        answers = [tuple(answer) for answer in row["answers"]]
        if answers:
            made = [(place, encoder.example(row["question"], view, answer, row["kind"]))
                    for answer in answers for place, view in enumerate(views)]  # fmt: skip
            held = [(place, example) for place, example in made if example is not None]
            if not held:
                continue
            places = {place for place, _ in held}
            yield held[0][1]
            others = [place for place in range(len(views)) if place not in places]
            if others and rng.random() < OTHERS:
                yield from _without(row, encoder, [views[int(rng.choice(others))]])
        else:
            yield from _without(row, encoder, [views[n] for n in ranked(index, row["question"])[:UNANSWERED]])


def _without(row: dict[str, Any], encoder: Encoder, views: Sequence[View]) -> Iterator[Example]:
    for view in views:
        example = encoder.example(row["question"], view, None, f"{row['kind']}-none")
        if example is not None:
            yield example


def ranked(index: Index, question: str) -> list[int]:
    """Return the passages that search finds, best first."""
    return [int(number) for number in index.search(question, 4).numbers]


def main() -> None:
    """Encode the files named and print how many examples of each kind there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--tokenizer", type=Path, required=True, help="the base's tokenizer.json")
    parser.add_argument("--count", type=int, help="questions of each, from its start; all if left out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder, rng = Encoder(tokenizer), np.random.default_rng(args.seed)

    def all_of() -> Iterator[Example]:
        for _, rows in groupby(
            tqdm(rows_of(args.files, args.count), unit=" questions", mininterval=5), key=lambda row: row["text"]
        ):
            yield from examples_of(list(rows), encoder, rng)
            encoder.forget()

    counts = write_examples(args.output, all_of())
    for kind, count in sorted(counts.items()):
        print(f"{count:8,} {kind}")


if __name__ == "__main__":
    main()
