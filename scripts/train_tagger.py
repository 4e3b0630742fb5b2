"""Train the tagger: the reader's last layers once more, learned to mark every answer instead of the best one.

    python scripts/train_tagger.py FEATURES --layers 2 --minutes 30 -o tagger.pt

FEATURES is the folder that ``tag_features.py`` wrote; the layers begin as those of the shipped reader.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from reader_model import Layer

from qa.readers.neural import MODEL
from qa.readers.tagging import likeliest

WIDTH, LAYERS = 384, 6
LONGEST = 288  # tokens of a window that is learned from
# How often the rows of a kind are drawn.
SHARES = {
    "listed": 2.0,
    "several": 2.0,
    "whole": 2.0,
    "named": 0.7,
    "apart": 0.7,
    "single": 1.0,
    "none": 1.0,
    "case several": 6.0,
    "case one": 6.0,
    "case none": 6.0,
}


class Tagger(nn.Module):
    """The last layers of the reader, and for each token the logits of outside, first and inside."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(WIDTH, 1e-12) for _ in range(layers))
        self.tags = nn.Linear(WIDTH, 3)
        nn.init.normal_(self.tags.weight, std=0.02)
        nn.init.zeros_(self.tags.bias)

    def forward(self, x: Tensor, mask: Tensor | None, drop: float = 0.0) -> Tensor:
        """The logits [batch, tokens, 3] for hidden states [batch, tokens, width]."""
        x = functional.dropout(x, drop, self.training)
        for layer in self.layers:
            x = layer(x, mask, drop)
        found: Tensor = self.tags(x.float())
        return found


def shipped_layers(model: Tagger) -> None:
    """Fill the layers from the shipped reader's last ones, read back from its 8 bits."""
    graph = onnx.load(str(MODEL / "reader.onnx")).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    count = len(model.layers)
    state: dict[str, Tensor] = {}
    for number in range(count):
        at = f"l{LAYERS - count + number}"
        for part in ("qkv", "out", "up", "down"):
            whole = stored[f"{at}_{part}_w"].T.astype(np.float32)
            weight = whole * stored[f"{at}_{part}_s"][:, None] * stored[f"{at}_{part}_m"]
            state[f"{number}.{part}.weight"] = torch.from_numpy(weight)
            state[f"{number}.{part}.bias"] = torch.from_numpy(stored[f"{at}_{part}_b"].copy())
        for ours, theirs in (("n1", "mid"), ("n2", "end")):
            for part in ("weight", "bias"):
                state[f"{number}.{ours}.{part}"] = torch.from_numpy(stored[f"{at}_{theirs}_{part}"].copy())
    model.layers.load_state_dict(state)


class Features:
    """The windows of a folder: hidden states, labels, and what each row is."""

    def __init__(self, folder: Path, layer: int) -> None:
        self.hidden = np.load(folder / f"hidden-{layer}.npy", mmap_mode="r")
        self.labels = np.load(folder / "labels.npy")
        self.rows: list[dict[str, Any]] = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
        self.edges = np.concatenate([[0], np.cumsum([row["tokens"] for row in self.rows])])

    def batch(self, numbers: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Hidden states, labels and the mask of the attention, padded to the longest."""
        size = max(self.rows[number]["tokens"] for number in numbers)
        hidden = np.zeros((len(numbers), size, WIDTH), np.float32)
        labels = np.full((len(numbers), size), -1, np.int64)
        for place, number in enumerate(numbers):
            start, end = self.edges[number], self.edges[number + 1]
            hidden[place, : end - start] = self.hidden[start:end]
            labels[place, : end - start] = self.labels[start:end]
        sizes = torch.tensor([self.rows[number]["tokens"] for number in numbers])
        mask = (torch.arange(size)[None, :] < sizes[:, None])[:, None, None, :]
        return torch.from_numpy(hidden), torch.from_numpy(labels), mask


def batches(features: Features, rng: np.random.Generator, size: int) -> Iterator[list[int]]:
    """Batches of windows of about one length, for ever."""
    own = [number for number, row in enumerate(features.rows) if not row["kept"] and row["tokens"] <= LONGEST]
    share = np.array([SHARES.get(features.rows[number]["kind"], 1.0) for number in own])
    while True:
        drawn = rng.random(len(own)) * np.ceil(share) < share
        order = [number for number, take in zip(own, drawn, strict=True) if take]
        order += [number for number, each in zip(own, share, strict=True) if each > 1 and rng.random() < each - 1]
        keys = [features.rows[number]["tokens"] + rng.random() * 24 for number in order]
        ranked = [order[place] for place in np.argsort(keys)]
        groups = [ranked[at : at + size] for at in range(0, len(ranked), size)]
        rng.shuffle(groups)
        yield from groups


def decode(logits: NDArray[np.float32], allowed: NDArray[np.bool_], bias: float = 0.0) -> list[tuple[int, int]]:
    """The spans [first, last] of the likeliest tags; ``bias`` is taken from the logit of outside."""
    logits = logits - logits.max(axis=1, keepdims=True)
    logits[:, 0] -= bias
    return likeliest(logits.tolist(), (allowed.astype(int) - 1).tolist())


def gold_spans(labels: NDArray[Any]) -> list[tuple[int, int]]:
    """The spans that labels mark."""
    spans = []
    for at, label in enumerate(labels):
        if label == 1:
            spans.append([at, at])
        elif label == 2 and spans and spans[-1][1] == at - 1:
            spans[-1][1] = at
    return [(first, last) for first, last in spans]


@torch.no_grad()
def measure(model: Tagger, features: Features, biases: Sequence[float], limit: int = 200) -> str:
    """Exact F1 of spans for each kind that has several, and the share of lists for those that have one or none."""
    model.eval()
    kinds: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(features.rows):
        if row["kept"]:
            made = row["structured"] and not row["kind"].startswith("case")
            kinds["lines" if made else row["kind"]].append(number)
    lines = []
    for kind, numbers in sorted(kinds.items()):
        found: dict[float, list[int]] = {bias: [0, 0, 0, 0] for bias in biases}
        for at in range(0, min(limit, len(numbers)), 16):
            group = numbers[at : min(limit, at + 16)]
            hidden, labels, mask = features.batch(group)
            logits = model(hidden, mask).numpy()
            for one, own in zip(logits, labels.numpy(), strict=True):
                gold = set(gold_spans(own))
                for bias in biases:
                    ours = set(decode(one, own >= 0, bias))
                    for place, count in enumerate((len(ours & gold), len(ours), len(gold), len(ours) > 1)):
                        found[bias][place] += int(count)
        asked = min(limit, len(numbers))
        texts = [f"{200 * right / max(1, given + wanted):5.1f} ({100 * many / asked:3.0f})"
                 for right, given, wanted, many in found.values()]  # fmt: skip
        lines.append(f"  {kind:9} " + " ".join(texts))
    model.train()
    return "\n".join(lines)


def main() -> None:
    """Trains by the clock; prints the figures of the kept articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--stop", type=int, help="the step after which to stop, with the rate of --steps")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    features = Features(args.features, LAYERS - 1 - args.layers)
    model = Tagger(args.layers)
    shipped_layers(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01)
    given = batches(features, np.random.default_rng(args.seed), args.batch)
    begun, total = time.time(), 0.0
    for step in range(1, (args.stop or args.steps) + 1):
        share = step / args.steps
        rate = args.rate * min(1.0, step / (0.06 * args.steps), 0.5 + 0.5 * math.cos(math.pi * share))
        for group in optimizer.param_groups:
            group["lr"] = rate
        hidden, labels, mask = features.batch(next(given))
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(hidden, mask, args.drop)
        loss = functional.cross_entropy(logits.float().view(-1, 3), labels.view(-1), ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += float(loss.detach())
        if step % 50 == 0:
            print(f"{step} loss {total / 50:.4f} {time.time() - begun:.0f} s", flush=True)
            total = 0.0
            torch.save({"model": model.state_dict()}, args.output)
        if step % 400 == 0 and step < args.steps:
            print(measure(model, features, (0.0, 1.0), 48), flush=True)
    torch.save({"model": model.state_dict()}, args.output)
    print(measure(model, features, (0.0, 0.5, 1.0, 1.5, 2.0), 400), flush=True)


if __name__ == "__main__":
    main()
