from pathlib import Path

import pytest

from corpus.errors import SettingError
from qa.evaluation.figures import JudgedQuestion
from qa.evaluation.plots import plot_confidence

SCORES = [float(n > 9) for n in range(20)]
ROWS = [
    JudgedQuestion(str(n), "When?", ("1816",), True, "1816", n / 20, em=score, f1=score)
    for n, score in enumerate(SCORES)
]


@pytest.mark.parametrize(("name", "signature"), [("plot.png", b"\x89PNG"), ("plot.svg", b"<?xml")])
def test_the_suffix_chooses_the_picture_format(tmp_path: Path, name: str, signature: bytes) -> None:
    pytest.importorskip("matplotlib", reason="plots need matplotlib, which is an extra")
    plot_confidence(ROWS, tmp_path / name, title="Test")
    assert (tmp_path / name).read_bytes().startswith(signature)


def test_an_unknown_suffix_is_named(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots need matplotlib, which is an extra")
    with pytest.raises(SettingError, match=r"plot\.xyz"):
        plot_confidence(ROWS, tmp_path / "plot.xyz")


def test_nothing_asked_is_nothing_to_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots need matplotlib, which is an extra")
    with pytest.raises(SettingError, match="nothing to plot"):
        plot_confidence([], tmp_path / "plot.png")
