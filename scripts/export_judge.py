"""Write the judge of claims as one ONNX file for onnxruntime, and measure what its 8 bits cost.

    export_judge.py --checkpoint judge.pt --tokenizer qa/models/neural/tokenizer.json --claims CLAIMS \
        --out qa/models/judge/judge.onnx

The checkpoint is what ``train_reader.py`` writes.  The graph is that of ``export_reader.py`` with another last step:
three logits of the [CLS] token, for supported, contradicted and not found.  The ranges of its activations are measured
on claims of every set in the folder ``CLAIMS`` that training saw.  Its accuracy is that of the logits alone on FEVER
symmetric, which no training saw; ``--precision float32`` tells what the 8 bits cost.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from claims_sets import LABELS, Claim, kept_out, read, read_claims
from export_reader import INPUTS, PRECISIONS, Graph, measure, read_weights
from tokenizers import Tokenizer

CLAIM_TOKENS, EVIDENCE_TOKENS = 64, 220  # as in training
EACH = 12  # claims of each set whose activations are measured
Row = tuple[npt.NDArray[np.int64], int]


def judge(graph: Graph) -> onnx.ModelProto:
    """Return the whole model: two int64 inputs, the logits [batch, 3] of the first token's verdict."""
    logits = graph.head(graph.encode(first=True), "verdict", "verdict")
    graph.node("Squeeze", [logits, graph.store("sequence", np.array([1]))], "verdict_logits")
    return graph.model("judge", {"verdict_logits": ["batch", 3]})


def rows_of(claims: Sequence[Claim], tokenizer: Tokenizer) -> Iterator[Row]:
    """Yield the ids of each claim with its evidence, and where the evidence begins."""
    for claim in claims:
        ours = tokenizer.encode(claim.claim, add_special_tokens=False).ids[:CLAIM_TOKENS]
        text = f"{claim.title} : {claim.evidence}" if claim.title else claim.evidence
        theirs = tokenizer.encode(text, add_special_tokens=False).ids[:EVIDENCE_TOKENS]
        yield np.array([101, *ours, 102, *theirs, 102]), len(ours) + 2


def some_of_each(folder: Path, count: int, seed: int = 0) -> list[Claim]:
    """Return that many claims of each kind that training saw, drawn at random."""
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for claim in read_claims(folder):
        if not kept_out(claim.page):
            kinds[claim.kind].append(claim)
    rng = random.Random(seed)
    return [claim for group in kinds.values() for claim in rng.sample(group, min(count, len(group)))]


def symmetric(folder: Path) -> list[Claim]:
    """Return the claims of FEVER symmetric."""
    rows = read(folder / "fever-symmetric-dev.jsonl.gz")
    return [Claim(row["claim"], "", row["evidence"], LABELS[row["label"]], "", "symmetric") for row in rows]


def accuracy(path: Path, claims: Sequence[Claim], tokenizer: Tokenizer, threads: int) -> float:
    """Return the share of claims whose likeliest verdict is right."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    right = 0
    for (ids, second), claim in zip(rows_of(claims, tokenizer), claims, strict=True):
        types = (np.arange(len(ids)) >= second).astype(np.int64)
        logits = session.run(None, dict(zip(INPUTS, (ids[None], types[None]), strict=True)))[0]
        right += int(np.argmax(logits[0]) == claim.label)
    return right / len(claims)


def main() -> None:
    """Write the ONNX file and print a line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several: the mean of their weights")
    parser.add_argument("--tokenizer", type=Path, required=True, help="qa/models/neural/tokenizer.json")
    parser.add_argument("--claims", type=Path, required=True, help="the folder of claims")
    parser.add_argument("--out", type=Path, required=True, help="the ONNX file")
    parser.add_argument("--precision", choices=PRECISIONS, default="static8")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    weights, readings = read_weights(*args.checkpoint), None
    if args.precision == "static8":
        graph = Graph(weights, "float32")
        readings = measure(graph, judge(graph), rows_of(some_of_each(args.claims, EACH), tokenizer))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(judge(Graph(weights, args.precision, readings)), args.out)
    claims = symmetric(args.claims)
    right = accuracy(args.out, claims, tokenizer, args.threads)
    print(
        f"{args.out.name} {args.precision} {args.out.stat().st_size / 1e6:.1f} MB, "
        f"FEVER symmetric: accuracy {right:.3f} of {len(claims):,}"
    )


if __name__ == "__main__":
    main()
