"""Write the judge of claims as one ONNX file for onnxruntime, and measure what its 8 bits cost.

The weights come from ``shared/reader/weights/judge-*.npz`` (named as a plain encoder names them, without the word
embeddings, which are the base's and were never trained). The graph is that of ``export_reader.py`` with another last
step: three logits of the [CLS] token, for supported, contradicted and not found. Its tokenizer is the neural
reader's.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from export_reader import INPUTS, PRECISIONS, Graph, Weights, measure
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LABELS = {"supported": 0, "contradicted": 1, "not_enough": 2}
CLAIM_TOKENS, EVIDENCE_TOKENS = 64, 220  # as in training
PARTS = {
    "out": "attention.output.dense",
    "n1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "n2": "output.LayerNorm",
}

Row = tuple[npt.NDArray[np.int64], int]


def read_judge(paths: Sequence[Path], base: Path) -> Weights:
    """Return the weights of the judge by the names that the graph knows, with the base's word embeddings."""
    stored: Weights = {}
    for path in paths:
        with np.load(path, allow_pickle=False) as part:
            stored |= {name.removeprefix("f:"): part[name].astype(np.float32) for name in part.files}
    words = next(array for name, array in load_file(base).items() if name.endswith("word_embeddings.weight"))
    found = {
        "embeddings.word_embeddings.weight": words.astype(np.float32),
        "embeddings.position_embeddings.weight": stored["places.weight"],
        "embeddings.token_type_embeddings.weight": stored["types.weight"],
    }
    for part in ("weight", "bias"):
        found[f"embeddings.LayerNorm.{part}"] = stored[f"norm.{part}"]
        found[f"verdict.{part}"] = stored[f"verdict.{part}"]
    layers = 1 + max(int(name.split(".")[1]) for name in stored if name.startswith("layers."))
    for number in range(layers):
        ours, theirs = f"encoder.layer.{number}", f"layers.{number}"
        for part in ("weight", "bias"):
            rows = np.split(stored[f"{theirs}.qkv.{part}"], 3)
            for name, row in zip(("query", "key", "value"), rows, strict=True):
                found[f"{ours}.attention.self.{name}.{part}"] = row
            for name, long in PARTS.items():
                found[f"{ours}.{long}.{part}"] = stored[f"{theirs}.{name}.{part}"]
    return found


def judge(graph: Graph) -> onnx.ModelProto:
    """Return the whole model: two int64 inputs, the logits [batch, 3] of the first token's verdict."""
    logits = graph.head(graph.encode(first=True), "verdict", "verdict")
    graph.node("Squeeze", [logits, graph.store("sequence", np.array([1]))], "verdict_logits")
    return graph.model("judge", {"verdict_logits": ["batch", 3]})


def rows_of(claims: Sequence[dict[str, Any]], tokenizer: Tokenizer) -> Iterator[Row]:
    """Yield the ids of each claim with its evidence, and where the evidence begins."""
    for claim in claims:
        ours = tokenizer.encode(claim["claim"], add_special_tokens=False).ids[:CLAIM_TOKENS]
        title = f"{claim['page']} : " if claim.get("page") else ""
        theirs = tokenizer.encode(title + claim["evidence"], add_special_tokens=False).ids[:EVIDENCE_TOKENS]
        yield np.array([101, *ours, 102, *theirs, 102]), len(ours) + 2


def read_claims(path: Path, count: int, seed: int = 0) -> list[dict[str, Any]]:
    """Return that many claims of a file, drawn at random; all of them for 0."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        claims = [json.loads(line) for line in lines]
    if not count:
        return claims
    picked = np.random.default_rng(seed).permutation(len(claims))[:count]
    return [claims[place] for place in picked]


def accuracy(path: Path, claims: Sequence[dict[str, Any]], tokenizer: Tokenizer, threads: int) -> float:
    """Return the share of claims whose likeliest verdict is right."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    right = 0
    for (ids, second), claim in zip(rows_of(claims, tokenizer), claims, strict=True):
        types = (np.arange(len(ids)) >= second).astype(np.int64)
        logits = session.run(None, dict(zip(INPUTS, (ids[None], types[None]), strict=True)))[0]
        right += int(np.argmax(logits[0]) == LABELS[claim["label"]])
    return right / len(claims)


def main() -> None:
    """Write ``judge.onnx`` and print a line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, nargs="+", required=True, help="the parts of the judge, judge-*.npz")
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--tokenizer", type=Path, required=True, help="qa/models/neural/tokenizer.json")
    parser.add_argument("--claims", type=Path, required=True, help="claims with evidence, to measure activations on")
    parser.add_argument("--out", type=Path, required=True, help="the ONNX file")
    parser.add_argument("--precision", choices=PRECISIONS, default="static8")
    parser.add_argument("--dev", type=Path, help="claims with evidence, to measure accuracy on")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    weights, readings = read_judge(args.weights, args.base), None
    if args.precision == "static8":
        graph = Graph(weights, "float32")
        readings = measure(graph, judge(graph), rows_of(read_claims(args.claims, 96), tokenizer))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(judge(Graph(weights, args.precision, readings)), args.out)
    print(f"{args.out.name} {args.precision} {args.out.stat().st_size / 1e6:.1f} MB")
    if args.dev:
        claims = read_claims(args.dev, 0)
        print(f"{args.dev.name}: accuracy {accuracy(args.out, claims, tokenizer, args.threads):.3f} of {len(claims):,}")


if __name__ == "__main__":
    main()
