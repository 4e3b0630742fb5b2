"""Write the trained tagger as an ONNX file that goes on from the reader's states, and let the reader give them.

    python scripts/export_tagger.py tagger.pt --features FEATURES --out qa/models/neural

``reader.onnx`` gains an output and stays what it was; ``tagger.onnx`` reads it and gives the logits of outside, first
and inside for each token. Prints how far the 8-bit file is from the weights it was made of, and its time.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from export_reader import FUSED, Graph, Weights
from train_tagger import LAYERS, WIDTH, Features, Tagger

STATES, TAGS = "states", "tags"
_NAMES = {"out": "attention.output.dense", "n1": "attention.output.LayerNorm", "up": "intermediate.dense",
          "down": "output.dense", "n2": "output.LayerNorm"}  # fmt: skip


def weights_of(model: Tagger) -> Weights:
    """The weights under the names that ``Graph`` lays a layer out from."""
    found: Weights = {}
    for name, tensor in model.state_dict().items():
        array = tensor.numpy()
        if name.startswith("tags."):
            found[name] = array
            continue
        _, number, part, kind = name.split(".")
        at = f"encoder.layer.{number}"
        if part == "qkv":
            for ours, piece in zip(("query", "key", "value"), np.split(array, 3), strict=True):
                found[f"{at}.attention.self.{ours}.{kind}"] = piece
        else:
            found[f"{at}.{_NAMES[part]}.{kind}"] = array
    return found


def build(model: Tagger, precision: str) -> onnx.ModelProto:
    """The model: states [batch, sequence, width] in, tags [batch, sequence, 3] out."""
    graph = Graph(weights_of(model), precision)
    x = STATES
    for number in range(len(model.layers)):
        x = graph.layer(x, number)
    graph.head(x, "tags", TAGS)
    inner = helper.make_graph(
        graph.nodes,
        "tagger",
        [helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["batch", "sequence", WIDTH])],
        [helper.make_tensor_value_info(TAGS, TensorProto.FLOAT, ["batch", "sequence", 3])],
        graph.stored,
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    made = helper.make_model(inner, opset_imports=opsets, producer_name="citespan")
    made.ir_version = 9
    return made


def expose(path: Path, layer: int) -> None:
    """Let the reader give its states after a layer as a further output, once."""
    model = onnx.load(str(path))
    for output in list(model.graph.output):
        if output.name == STATES:
            model.graph.output.remove(output)
    for node in list(model.graph.node):
        if node.output[0] == STATES:
            model.graph.node.remove(node)
    model.graph.node.append(helper.make_node("Identity", [f"l{layer}_end"], [STATES], name=STATES))
    shape = ["batch", "sequence", WIDTH]
    model.graph.output.append(helper.make_tensor_value_info(STATES, TensorProto.FLOAT, shape))
    onnx.save(model, str(path))


def main() -> None:
    """Writes both files and prints what was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--features", type=Path, required=True, help="what tag_features.py wrote, to compare on")
    parser.add_argument("--precision", default="dynamic8")
    parser.add_argument("--out", type=Path, required=True, help="the folder of reader.onnx")
    args = parser.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)["model"]
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    model = Tagger(layers).eval()
    model.load_state_dict(state)
    onnx.save(build(model, args.precision), str(args.out / "tagger.onnx"))
    expose(args.out / "reader.onnx", LAYERS - 1 - layers)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(str(args.out / "tagger.onnx"), options)
    features = Features(args.features, LAYERS - 1 - layers)
    same = tokens = 0
    times = []
    for number in [number for number, row in enumerate(features.rows) if row["kept"]][:200]:
        hidden, labels, mask = features.batch([number])
        begun = time.perf_counter()
        (found,) = session.run([TAGS], {STATES: hidden.numpy()})
        times.append(time.perf_counter() - begun)
        with torch.no_grad():
            wanted = model(hidden, mask).numpy()
        own = labels.numpy()[0] >= 0
        same += int((found[0].argmax(-1) == wanted[0].argmax(-1))[own].sum())
        tokens += int(own.sum())
    size = (args.out / "tagger.onnx").stat().st_size / 1e6
    alike = 100 * same / tokens
    print(f"tagger.onnx {size:.1f} MB, {1000 * np.median(times):.1f} ms a window, {alike:.2f} % of tags the same")


if __name__ == "__main__":
    main()
