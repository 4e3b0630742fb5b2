"""The fitted weights of what a follow-up carries over; ``scripts/fit_follow_ups.py`` fits them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from corpus.errors import ModelError

MODEL: Final = Path(__file__).parent.parent / "models" / "follow_ups" / "linear.json"


@cache
def weights(of: str) -> Mapping[str, float]:
    """The weights by the name of their evidence: those of "readings" or of "referents".

    Raises ModelError where their file is missing or damaged.

    >>> weights("referents")["support"] > 0
    True
    """
    try:
        record = json.loads(MODEL.read_text(encoding="utf-8"))
        return {str(name): float(value) for name, value in record[of].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{MODEL}: the weights of follow-ups cannot be read ({error!r}); install citespan again"
        raise ModelError(message) from error
