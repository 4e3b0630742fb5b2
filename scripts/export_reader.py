"""Write the trained reader as one ONNX file for onnxruntime, and measure what that costs.

The graph is laid out by hand from the checkpoint's weights, so no exporter and no optimiser stands between
the weights and the file.  It was timed operator by operator: onnxruntime's own fused attention and 8-bit
products with scale and bias gain, its fused layer normalisation costs a fifth of all.  Attention without a
mask gains too, so rows of a batch must be of one length.  ``--precision`` says how the weight matrices are stored:

    float32   as they are: the reference
    blocks8   8 bits, one scale for each block of inputs (MatMulNBits); activations are rounded row by
              row, so a passage gets the same score whatever else is in its batch
    dynamic8  8 bits, one scale for each output (MatMulIntegerToFloat); activations are rounded for the
              whole batch at once, so a passage's score depends a little on its batch
    static8   the same, but the range of the activations is fixed beforehand on training passages

In the 8-bit forms the word embeddings are 8-bit rows with a scale each.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from reader_data import Collection, read_squad
from reader_scores import Logits, evaluate_gold, sample, windows
from tokenizers import Tokenizer

Weights = dict[str, npt.NDArray[np.float32]]
Readings = dict[str, npt.NDArray[np.float32]]

PRECISIONS = ("float32", "blocks8", "dynamic8", "static8")
HEADS = 12
BLOCK = 64  # inputs that share a scale; divides 384 and 1536
FUSED = "com.microsoft"
# x86 processors without VNNI add two products of an activation (to 255) and a weight in 16 bits.
LIMIT = 64
INPUTS = ("input_ids", "token_type_ids")
EPSILON = 1e-12  # of BERT's layer normalisation


def read_weights(*paths: Path) -> Weights:
    """Return the weights in training checkpoints, by name: their mean where there are several.

    The mean of runs that began alike reads better than each of them (Wortsman et al. 2022, "Model soups").
    """
    models = [torch.load(path, map_location="cpu", weights_only=True)["model"] for path in paths]
    return {
        name.removeprefix("bert."): np.mean([model[name].float().numpy() for model in models], axis=0)
        for name in models[0]
    }


def rounded(weight: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return the whole numbers [outputs, inputs] and scales [outputs] that stand for ``weight``."""
    scale = np.abs(weight).max(axis=1) / LIMIT
    return np.rint(weight / scale[:, None]).astype(np.int8), scale


def best_step(
    read: npt.NDArray[np.float32], weight: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], float, float]:
    """Return the smoothing [inputs], least value and step width that keep ``read @ weight.T`` best.

    SmoothQuant (Xiao et al. 2023, equation 4): channels of ``read`` [tokens, inputs] that reach far
    are scaled down and their weights up, so that one range serves all channels.
    """
    reach = np.maximum(np.abs(read).max(axis=0), 1e-3)
    strength = np.abs(weight).max(axis=0)
    some = read[:: max(1, len(read) // 1024)]
    wanted = some @ weight.T
    found: list[tuple[float, npt.NDArray[np.float32], float, float]] = []
    for power, kept in itertools.product((0.4, 0.5, 0.6, 0.7, 0.8, 0.9), (1.0, 0.7, 0.5)):
        smooth = (reach**power / strength ** (1 - power)).astype(np.float32)
        even = read / smooth
        bottom, top = min(0.0, kept * float(even.min())), kept * float(even.max())
        width = (top - bottom) / 255
        zero = np.rint(-bottom / width)
        steps = np.clip(np.rint(some / smooth / width) + zero, 0, 255) - zero
        whole, scale = rounded(weight * smooth)
        error = float(np.square((steps * width) @ (whole * scale[:, None]).T - wanted).mean())
        found.append((error, smooth, bottom, width))
    return min(found, key=lambda choice: choice[0])[1:]


class Graph:
    """Collects the nodes and stored tensors of the model."""

    def __init__(self, weights: Weights, precision: str, readings: Readings | None = None) -> None:
        self.weights, self.precision, self.readings = weights, precision, readings or {}
        self.read: list[str] = []  # what the matrix products read, to be measured
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def store(self, name: str, array: npt.NDArray[Any]) -> str:
        """Keep an array in the file under ``name``."""
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **more: Any) -> str:
        """Add an operator with one output and return the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **more))
        return output

    def embed(self, ids: str) -> str:
        """Return the word embeddings [batch, sequence, hidden] of ``ids``."""
        table = self.weights["embeddings.word_embeddings.weight"]
        if self.precision == "float32":
            return self.node("Gather", [self.store("words", table), ids], "words_read")
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        scale[scale == 0] = 1
        rows = self.store("words", np.rint(table / scale).astype(np.int8))
        small = self.node("Gather", [rows, ids], "words_small")
        wide = self.node("Cast", [small], "words_wide", to=TensorProto.FLOAT)
        scales = self.node("Gather", [self.store("words_scale", scale), ids], "words_scales")
        return self.node("Mul", [wide, scales], "words_read")

    def linear(self, x: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32], name: str) -> str:
        """Return ``x`` times the transpose of ``weight`` [outputs, inputs], plus ``bias`` [outputs]."""
        added = self.store(f"{name}_b", bias)
        if self.precision not in ("float32", "blocks8"):
            return self._whole(x, weight, added, name)
        if self.precision == "blocks8":
            product = self._blocks(x, weight, f"{name}_p")
        else:
            self.read.append(x)
            product = self.node("MatMul", [x, self.store(f"{name}_w", weight.T)], f"{name}_p")
        return self.node("Add", [product, added], name)

    def _blocks(self, x: str, weight: npt.NDArray[np.float32], name: str) -> str:
        outputs, inputs = weight.shape
        parts = weight.reshape(outputs, inputs // BLOCK, BLOCK)
        scale = np.abs(parts).max(axis=2) / 127
        scale[scale == 0] = 1
        whole = (np.rint(parts / scale[:, :, None]) + 128).astype(np.uint8)
        names = [self.store(f"{name}_w", whole), self.store(f"{name}_s", scale.ravel())]
        sizes = {"K": inputs, "N": outputs, "bits": 8, "block_size": BLOCK}
        # Level 4: activations go to 8 bits too, a scale for each block of a row.
        return self.node("MatMulNBits", [x, *names], name, FUSED, accuracy_level=4, **sizes)

    def _whole(self, x: str, weight: npt.NDArray[np.float32], bias: str, name: str) -> str:
        small, step, zero = f"{name}_q", f"{name}_qs", f"{name}_qz"
        if self.precision == "dynamic8":
            made = helper.make_node("DynamicQuantizeLinear", [x], [small, step, zero])
            self.nodes.append(made)
        else:
            smooth, bottom, width = best_step(self.readings[x], weight)
            weight = weight * smooth
            x = self.node("Mul", [x, self.store(f"{name}_m", 1 / smooth)], f"{name}_even")
            self.store(step, np.array(width, np.float32))
            self.store(zero, np.array(np.clip(np.rint(-bottom / width), 0, 255), np.uint8))
            self.node("QuantizeLinear", [x, step, zero], small)
        whole, scale = rounded(weight)
        inputs = [small, self.store(f"{name}_w", whole.T), step, self.store(f"{name}_s", scale), zero, "", bias]
        return self.node("MatMulIntegerToFloat", inputs, name, FUSED)

    def normalise(self, x: str, skip: str, prefix: str, name: str) -> str:
        """Return layer normalisation of ``x + skip``."""
        kept = [self.store(f"{name}_{part}", self.weights[f"{prefix}.LayerNorm.{part}"]) for part in ("weight", "bias")]
        both = self.node("Add", [x, skip], f"{name}_sum")
        return self.node("LayerNormalization", [both, *kept], name, axis=-1, epsilon=EPSILON)

    def layer(self, x: str, number: int, first: bool = False) -> str:
        """Return the output of one transformer layer; with ``first`` that of the first token alone."""
        at, n = f"encoder.layer.{number}", f"l{number}"
        inner = [self._dense(f"{at}.attention.self.{part}") for part in ("query", "key", "value")]
        weight, bias = (np.concatenate(parts) for parts in zip(*inner, strict=True))
        heads = self.linear(x, weight, bias, f"{n}_qkv")
        split = [f"{n}_query", f"{n}_key", f"{n}_value"]
        self.nodes.append(helper.make_node("Split", [heads], split, name=f"{n}_split", axis=2, num_outputs=3))
        if first:
            opening = self.store("first", np.array([0]))
            split[0] = self.node("Gather", [split[0], opening], f"{n}_asking", axis=1)
            x = self.node("Gather", [x, opening], f"{n}_first", axis=1)
        seen = self.node("MultiHeadAttention", split, f"{n}_seen", FUSED, num_heads=HEADS)
        out = self.linear(seen, *self._dense(f"{at}.attention.output.dense"), f"{n}_out")
        x = self.normalise(out, x, f"{at}.attention.output", f"{n}_mid")
        wide = self.linear(x, *self._dense(f"{at}.intermediate.dense"), f"{n}_up")
        wide = self.node("Gelu", [wide], f"{n}_gelu", FUSED)
        out = self.linear(wide, *self._dense(f"{at}.output.dense"), f"{n}_down")
        return self.normalise(out, x, f"{at}.output", f"{n}_end")

    def _dense(self, name: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        return self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]

    def encode(self, first: bool = False) -> str:
        """Return the last hidden states [batch, sequence, hidden] of the two inputs; with ``first`` of one token."""
        ids, kinds_of = INPUTS
        words = self.embed(ids)
        types = self.store("types", self.weights["embeddings.token_type_embeddings.weight"])
        kinds = self.node("Gather", [types, kinds_of], "types_read")
        places = self.store("places", self.weights["embeddings.position_embeddings.weight"])
        size = self.node("Shape", [ids], "size", start=1, end=2)
        zero, one = self.store("zero", np.array([0])), self.store("one", np.array([1]))
        near = self.node("Slice", [places, zero, size, zero, one], "places_read")
        both = self.node("Add", [words, near], "words_placed")
        x = self.normalise(both, kinds, "embeddings", "embedded")
        layers = 1 + max(int(n.split(".")[2]) for n in self.weights if n.startswith("encoder."))
        for number in range(layers):
            x = self.layer(x, number, first and number == layers - 1)
        return x

    def head(self, x: str, prefix: str, name: str) -> str:
        """Return ``x`` through a last step, which is small and decides everything: it stays in float32."""
        weight = self.store("head_w", self.weights[f"{prefix}.weight"].T)
        product = self.node("MatMul", [x, weight], "head")
        return self.node("Add", [product, self.store("head_b", self.weights[f"{prefix}.bias"])], name)

    def build(self) -> onnx.ModelProto:
        """Return the whole model: two int64 inputs, start and end logits [batch, sequence]."""
        pair = self.head(self.encode(), "qa_outputs", "pair")
        last = self.store("last", np.array([2]))
        starts, ends = ["start_logits", "end_logits"]
        parts = ["start_column", "end_column"]
        self.nodes.append(helper.make_node("Split", [pair], parts, axis=2, num_outputs=2))
        self.node("Squeeze", [parts[0], last], starts)
        self.node("Squeeze", [parts[1], last], ends)
        return self.model("reader", {starts: ["batch", "sequence"], ends: ["batch", "sequence"]})

    def model(self, name: str, outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
        """Return what was laid out as a model with those float outputs, each with its shape."""
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"]) for n in INPUTS],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
            self.stored,
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="citespan")
        model.ir_version = 9  # the oldest that opset 20 goes with
        return model


def measure(graph: Graph, model: onnx.ModelProto, rows: Iterable[tuple[npt.NDArray[np.int64], int]]) -> Readings:
    """Return what the matrix products of a float32 model read over ``rows``, [tokens, width] each.

    A row is the ids of a window and where its second part begins.
    """
    names = sorted(set(graph.read))
    model.graph.output.extend(
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ["batch", "sequence", "width"]) for n in names
    )
    inner = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, list[npt.NDArray[np.float32]]] = {name: [] for name in names}
    for row, second in rows:
        ids = np.array([row])
        types = (np.arange(ids.shape[1])[None, :] >= second).astype(np.int64)
        fed = dict(zip(INPUTS, (ids, types), strict=True))
        for name, array in zip(names, inner.run(names, fed), strict=True):
            found[name].append(np.asarray(array)[0])
    return {name: np.concatenate(arrays) for name, arrays in found.items()}


def rows_of(texts: Collection, tokenizer: Tokenizer) -> Iterator[tuple[npt.NDArray[np.int64], int]]:
    """Yield the first window of each question of ``texts``, and where its second part begins."""
    for question in texts.questions:
        pair = (texts.headings[question.paragraph], texts.paragraphs[question.paragraph])
        window = next(windows(tokenizer, question.question, [pair]))
        yield np.array(window.ids), window.second


def session(path: Path, threads: int) -> Logits:
    """Return the logits function of an ONNX file, which reads row by row, as the program does."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    inner = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def logits(ids: Any, types: Any, mask: Any) -> tuple[Any, Any]:
        found = np.zeros((2, *ids.shape), np.float32)
        for row, size in enumerate(mask.sum(axis=1)):
            fed = {"input_ids": ids[row : row + 1, :size], "token_type_ids": types[row : row + 1, :size]}
            found[:, row, :size] = np.concatenate(inner.run(["start_logits", "end_logits"], fed))
        return found[0], found[1]

    return logits


def milliseconds(logits: Logits, passages: int = 10, tokens: int = 128) -> float:
    """Return the median time for one passage, over 15 times so many passages."""
    ids = np.random.default_rng(0).integers(1000, 20000, (passages, tokens))
    types, mask = np.ones_like(ids), np.ones_like(ids)
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        logits(ids, types, mask)
        times.append(time.perf_counter() - begun)
    return 1000 * float(np.median(times)) / passages


def write_tokenizer(source: Path, target: Path) -> Tokenizer:
    """Write the tokenizer without padding and truncation, and return it."""
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    target.write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, indent=0))
    return tokenizer


def main() -> None:
    """Write ``reader.onnx`` and ``tokenizer.json``, and print a line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several: the mean of their weights")
    parser.add_argument("--tokenizer", type=Path, required=True, help="the base's tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    parser.add_argument("--name", default="reader.onnx")
    parser.add_argument("--precision", choices=PRECISIONS, default="static8")
    parser.add_argument("--squad", type=Path, help="SQuAD 1.1 train, for static8")
    parser.add_argument("--dev", type=Path, help="SQuAD 1.1 dev, to measure EM and F1")
    parser.add_argument("--dev-questions", type=int, default=600, help="0 = all of them")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / args.name
    tokenizer = write_tokenizer(args.tokenizer, args.out / "tokenizer.json")
    weights, readings = read_weights(*args.checkpoint), None
    if args.precision == "static8":
        if not args.squad:
            parser.error("--precision static8 needs --squad, to measure the activations on")
        graph = Graph(weights, "float32")
        texts = sample(read_squad(args.squad), 48)
        readings = measure(graph, graph.build(), rows_of(texts, tokenizer))
    onnx.save(Graph(weights, args.precision, readings).build(), path)
    logits = session(path, args.threads)
    size = path.stat().st_size / 1e6
    print(f"{path.name} {args.precision} {size:.1f} MB {milliseconds(logits):.1f} ms a passage")
    if args.dev:
        dev = read_squad(args.dev)
        dev = sample(dev, args.dev_questions or len(dev.questions))
        print(evaluate_gold(logits, dev, tokenizer))


if __name__ == "__main__":
    main()
