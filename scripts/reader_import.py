"""Read the weights of a reader or judge back from the ONNX file that ``export_reader.py`` or ``export_judge.py`` wrote.

Where the checkpoint is gone, training goes on from what ships.  What 8 bits rounded off stays lost: the weights are
those that the file computes with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

__all__ = ["onnx_weights"]

Arrays = dict[str, npt.NDArray[Any]]

_LINEAR = {"qkv": "qkv", "out": "out", "up": "up", "down": "down"}
_NORMS = {"n1": "mid", "n2": "end"}


def onnx_weights(path: Path) -> dict[str, Tensor]:
    """Return the weights of a file of ``float32``, ``dynamic8`` or ``static8`` under the names of ``reader_model.py``.

    Raises SystemExit where the file has other tensors than these graphs.
    """
    arrays: Arrays = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    try:
        found = _named(arrays)
    except KeyError as error:
        told = f"{path}: no tensor {error}; expected a file that export_reader.py or export_judge.py wrote"
        raise SystemExit(told) from None
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in found.items()}


def _named(arrays: Arrays) -> Arrays:
    """Return the arrays under our names."""
    words = arrays["words"]
    found: Arrays = {
        "words.weight": words * arrays["words_scale"] if words.dtype == np.int8 else words,
        "types.weight": arrays["types"],
        "places.weight": arrays["places"],
        "norm.weight": arrays["embedded_weight"],
        "norm.bias": arrays["embedded_bias"],
    }
    head = "verdict" if arrays["head_w"].shape[1] > 2 else "span"
    found[f"{head}.weight"], found[f"{head}.bias"] = arrays["head_w"].T, arrays["head_b"]
    for number in range(1 + max(int(name[1 : name.index("_")]) for name in arrays if _of_layer(name))):
        for ours, theirs in _LINEAR.items():
            found[f"layers.{number}.{ours}.weight"] = _weight(arrays, f"l{number}_{theirs}")
            found[f"layers.{number}.{ours}.bias"] = arrays[f"l{number}_{theirs}_b"]
        for ours, theirs in _NORMS.items():
            for part in ("weight", "bias"):
                found[f"layers.{number}.{ours}.{part}"] = arrays[f"l{number}_{theirs}_{part}"]
    return found


def _of_layer(name: str) -> bool:
    return name.endswith("_qkv_w")


def _weight(arrays: Arrays, name: str) -> npt.NDArray[Any]:
    """Return a weight [outputs, inputs]; the file has its transpose, in 8 bits with a scale for each output."""
    weight = arrays[f"{name}_w"].T
    if weight.dtype != np.int8:
        return weight
    whole = weight * arrays[f"{name}_s"][:, None]
    return whole * arrays[f"{name}_m"] if f"{name}_m" in arrays else whole
