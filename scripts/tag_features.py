"""Read questions with all their answers as the program does, and keep what the reader makes of each token.

    python scripts/tag_features.py tags.jsonl.gz [structured.jsonl.gz ...] --written scripts/written --layer 3 -o DIR

Writes ``hidden.npy`` (the states after the given layer of the shipped reader, float16, tokens one after the other),
``labels.npy`` (of each token: 0 outside, 1 the first of an answer, 2 inside, -1 where no answer may lie) and
``rows.json`` (tokens of each window, its row and kind). Reads about 60 windows a second on a core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from encode_documents import document_of
from written import item_rows

from corpus.documents import Document, Section
from index.building.build import build_index
from qa.readers.neural import MODEL, NeuralReader
from qa.readers.views import view_of

TOKENS = 288
OUTSIDE, FIRST, INSIDE, BARRED = 0, 1, 2, -1


class Exposed:
    """The shipped reader with the states after some of its layers as further outputs."""

    def __init__(self, layers: Sequence[int], threads: int) -> None:
        model = onnx.load(str(MODEL / "reader.onnx"))
        self.names = [f"l{layer}_end" for layer in layers]
        for name in self.names:
            shape = ["batch", "sequence", 384]
            if name not in {output.name for output in model.graph.output}:
                model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options)

    def states(self, ids: Sequence[int], types: Sequence[int]) -> list[NDArray[np.float32]]:
        """The states [tokens, width] after each of the layers."""
        fed = {"input_ids": np.array([ids], np.int64), "token_type_ids": np.array([types], np.int64)}
        return [np.asarray(state)[0] for state in self._session.run(self.names, fed)]


def rows_of(paths: Sequence[Path], count: int) -> Iterator[dict[str, Any]]:
    """The questions of the first file, and so many of each further one that have at most one answer."""
    for number, path in enumerate(paths):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = map(json.loads, file)
            if not number:
                yield from rows
                continue
            some = (row for row in rows if len(row["answers"]) < 2)
            for place, row in enumerate(islice(some, count)):
                yield {**row, "kept": place % 8 == 0, "structured": True}


def windows_of(reader: NeuralReader, row: dict[str, Any]) -> Iterator[tuple[Any, NDArray[np.int8]]]:
    """Each window of a row's document with the labels of its tokens, in the window's ids."""
    title, text = row["title"], row["text"]
    document = (
        document_of(title, text)
        if row.get("structured")
        else Document("d", title, text, (Section((), 0, len(text)),), "d")
    )
    index = build_index([document])
    asked = reader._ids(row["question"])[:64]
    for number, passage in enumerate(index.passages()):
        view = view_of(passage, index.surroundings(passage))
        places = view.layout[0]
        for window in reader._windows(asked, number, view):
            labels = np.full(len(window.ids), BARRED, np.int8)
            shown = window.offsets[window.headings :]
            own = window.first + window.headings
            stretches = window.stretches[window.headings :]
            for at, ((begin, finish), stretch) in enumerate(zip(shown, stretches, strict=True)):
                if begin < finish and stretch >= 0 and places[begin] >= 0:
                    labels[own + at] = OUTSIDE
                    for start, end in row["answers"]:
                        if start <= places[begin] and places[finish - 1] < end:
                            opens = at == 0 or labels[own + at - 1] < FIRST or places[shown[at - 1][0]] < start
                            labels[own + at] = FIRST if opens else INSIDE
            yield window, labels


def main() -> None:
    """Reads the rows and writes the arrays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--written", type=Path, help="a folder of train/lists and kept/lists, see written.py")
    parser.add_argument("--count", type=int, default=2500, help="questions of each further file")
    parser.add_argument("--layer", type=int, nargs="+", default=[3])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, help="a folder")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    reader, exposed = NeuralReader(threads=1), Exposed(args.layer, args.threads)
    states: list[list[NDArray[np.float16]]] = [[] for _ in args.layer]
    labels, rows = [], []
    asked = [rows_of(args.files, args.count)]
    if args.written:
        asked += [item_rows(args.written / part / "lists", kept=part == "kept") for part in ("train", "kept")]
    for number, row in enumerate(chain.from_iterable(asked)):
        for window, own in windows_of(reader, row):
            own = own[:TOKENS]
            if row["answers"] and not (own > OUTSIDE).any():
                continue  # a passage that does not answer says nothing new
            for kept, state in zip(states, exposed.states(window.ids[:TOKENS], window.types[:TOKENS]), strict=True):
                kept.append(state.astype(np.float16))
            labels.append(own)
            rows.append({"row": number, "tokens": len(own), "kind": row["kind"], "kept": bool(row["kept"]),
                         "structured": bool(row.get("structured")), "answers": len(row["answers"])})  # fmt: skip
        if number % 1000 == 0:
            print(number, len(rows), flush=True)
    for layer, kept in zip(args.layer, states, strict=True):
        np.save(args.output / f"hidden-{layer}.npy", np.concatenate(kept))
    np.save(args.output / "labels.npy", np.concatenate(labels))
    (args.output / "rows.json").write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
