"""From what the judge and the checks say to probabilities of the three verdicts, as fitted by ``scripts/fit_judge.py``.

Both steps are softmax regressions whose coefficients lie beside the judge: one weighs a piece of evidence, the other
all the pieces that were found.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from qa.audit.checks import FEATURES, Checked

CALIBRATION = Path(__file__).parent.parent / "models" / "judge" / "calibration.json"

SUPPORTED, CONTRADICTED, NOT_FOUND = range(3)
VERDICTS = ("supported", "contradicted", "not_found")
_LOGITS = ("judge_supported", "judge_contradicted", "judge_not_found")
PIECE = (*_LOGITS, *FEATURES)
"""What one piece of evidence is weighed by, in the order of the coefficients."""

CLAIM = ("supported", "contradicted", "not_found", "differs", "replaced", "covered")
"""What a claim is weighed by: the best log-odds of either verdict over its pieces and the least of not found; of the
piece that has it, whether it states another quantity beside all the claim's words, whether another name, number or date
stands in the place of one beside all of them, and the share of these words that it has."""

_ALL = 0.99  # of the words
_FAR = 12.0  # log-odds beyond which nothing changes


@dataclass(frozen=True, slots=True)
class Softmax:
    """A softmax regression: ``weights`` float64 (3, features) and ``bias`` float64 (3,)."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def probabilities(self, features: Sequence[float]) -> NDArray[np.float64]:
        """The probabilities (3,) of supported, contradicted and not found.

        >>> Softmax(np.zeros((3, 1)), np.zeros(3)).probabilities([1.0]).round(2).tolist()
        [0.33, 0.33, 0.33]
        """
        logits = self.weights @ np.asarray(features, np.float64) + self.bias
        raised = np.exp(logits - logits.max())
        return np.asarray(raised / raised.sum())


@dataclass(frozen=True, slots=True)
class JudgeCalibration:
    """The two fitted steps: of a claim with one piece of evidence, and of a claim with all of them.

    A claim is called supported only where that is as likely as ``supported_at``.
    """

    piece: Softmax
    claim: Softmax
    supported_at: float = 0.0

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> JudgeCalibration:
        """The calibration that ships with the judge.

        Raises ModelError where its file is missing or damaged.

        >>> JudgeCalibration.load().piece.weights.shape
        (3, 6)
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                _softmax(record["piece"], PIECE),
                _softmax(record["claim"], CLAIM),
                float(record["supported_at"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"{path}: the calibration of the judge cannot be read ({error!r}); install citespan again"
            ) from error

    def verdict(self, total: NDArray[np.float64]) -> int:
        """The verdict of a claim: the likeliest, but supported only where it is likely enough.

        >>> none = Softmax(np.zeros((3, 1)), np.zeros(3))
        >>> [JudgeCalibration(none, none, 0.7).verdict(np.array(total)) for total in ([0.8, 0.1, 0.1], [0.6, 0.3, 0.1])]
        [0, 1]
        """
        number = int(np.argmax(total))
        if number == SUPPORTED and total[SUPPORTED] < self.supported_at:
            return 1 + int(np.argmax(total[1:]))
        return number


@lru_cache
def load_calibration() -> JudgeCalibration:
    """``JudgeCalibration.load`` of the one that ships, read once."""
    return JudgeCalibration.load()


def piece_features(logits: NDArray[np.float32], checked: Checked) -> list[float]:
    """What one piece of evidence is weighed by, in the order of ``PIECE``: the judge's logits lose their mean."""
    return [*(logits - logits.mean()).tolist(), *checked.features()]


def claim_features(pieces: Sequence[NDArray[np.float64]], checks: Sequence[Checked]) -> list[float]:
    """What a claim is weighed by, in the order of ``CLAIM``, from the probabilities and the checks of its pieces.

    >>> from qa.audit.checks import Stated, check
    >>> checked = check(Stated.of("Visas were abolished in 2012."), Stated.of("In 2009 visas were abolished."))
    >>> claim_features([np.array([0.2, 0.5, 0.3])], [checked])[3:]
    [1.0, 0.0, 1.0]
    """
    if not pieces:
        return [-_FAR, -_FAR, _FAR, 0.0, 0.0, 0.0]
    says = [max(log_odds(float(piece[verdict])) for piece in pieces) for verdict in (SUPPORTED, CONTRADICTED)]
    number = int(np.argmin([piece[NOT_FOUND] for piece in pieces]))
    told, least = checks[number], log_odds(float(pieces[number][NOT_FOUND]))
    whole = told.covered >= _ALL
    return [*says, least, float(whole and told.conflicting > 0), float(whole and told.replaced > 0), told.covered]


def log_odds(probability: float) -> float:
    """The log-odds of a probability, from -12 to 12.

    >>> log_odds(0.5), log_odds(1.0)
    (0.0, 12.0)
    """
    kept = min(max(probability, 1e-12), 1 - 1e-12)
    return max(-_FAR, min(_FAR, math.log(kept / (1 - kept))))


def _softmax(record: dict[str, Any], names: Sequence[str]) -> Softmax:
    weights = [[float(record["weights"][verdict][name]) for name in names] for verdict in VERDICTS]
    return Softmax(np.array(weights), np.array([float(record["bias"][verdict]) for verdict in VERDICTS]))
