"""Text recognition by RapidOCR with the models that its package holds: nothing is fetched while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.formats.ocr import Found, Recognise

_MODELS = {"Det": "det_small", "Rec": "rec_small"}


def recogniser() -> Recognise:
    """What finds the lines of a picture; raises SourceError where the package does not hold its models."""
    import numpy as np
    import rapidocr

    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 10_000,  # what it is given has the size that is wanted
            "Global.use_cls": False,  # it takes long lines for upside down
            "Global.text_score": 0.0,  # what is not clear is told apart by whoever asks
            **{f"{part}.model_path": _model(Path(rapidocr.__file__).parent, name) for part, name in _MODELS.items()},
        }
    )

    def find(pixels: NDArray[np.uint8]) -> list[Found]:
        told: Any = engine(pixels[:, :, ::-1], return_word_box=False)  # as blue, green and red
        if told.txts is None or told.boxes is None:
            return []
        sides = zip(told.boxes.min(1).tolist(), told.boxes.max(1).tolist(), strict=True)
        down = told.boxes[:, [3, 2]] - told.boxes[:, [0, 1]]  # at both ends of a line
        heights = np.hypot(down[..., 0], down[..., 1]).mean(1).tolist()
        return [
            (text, float(score), *low, *high, height)
            for text, score, (low, high), height in zip(told.txts, told.scores, sides, heights, strict=True)
        ]

    return find


def _model(folder: Path, name: str) -> str:
    """The path of a model that comes with the package."""
    found = sorted((folder / "models").glob(f"*{name}.onnx"))
    if not found:
        raise SourceError(f"{folder.name}: holds no model {name}; install it anew: pip install 'citespan[ocr]'")
    return str(found[0])
