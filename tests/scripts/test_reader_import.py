"""Weights come back from the ONNX file that they were written to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: citespan[train]")
onnx = pytest.importorskip("onnx", reason="onnx is not installed: citespan[train]")

from export_judge import judge  # noqa: E402
from export_reader import Graph, measure  # noqa: E402
from reader_import import onnx_weights  # noqa: E402
from reader_model import BertReader, load_weights, to_transformers  # noqa: E402

ROW = (np.array([1, 5, 2, 9, 8, 7, 2]), 3)


def small(seed: int) -> BertReader:
    torch.manual_seed(seed)
    return BertReader(50, 24, 2).eval()


@pytest.mark.parametrize(("precision", "apart"), [("float32", 1e-5), ("static8", 0.05)])
def test_a_judge_read_from_its_onnx_file_judges_alike(tmp_path: Path, precision: str, apart: float) -> None:
    model, again = small(1), small(2)
    named = to_transformers(model.state_dict())
    weights = {name.removeprefix("bert."): tensor.numpy() for name, tensor in named.items()}
    plain = Graph(weights, "float32")
    readings = measure(plain, judge(plain), [ROW])
    path = tmp_path / "judge.onnx"
    onnx.save(judge(Graph(weights, precision, readings)), path)
    load_weights(again, path)
    given = torch.from_numpy(ROW[0][None]), torch.tensor([ROW[1]]), torch.tensor([len(ROW[0])])
    with torch.no_grad():
        first, second = (reader.verdicts(reader(*given)) for reader in (model, again))
    assert torch.allclose(first, second, atol=apart)


def test_another_onnx_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "other.onnx"
    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "empty", [], [])), path)
    with pytest.raises(SystemExit, match=r"other\.onnx: no tensor 'words'"):
        onnx_weights(path)
