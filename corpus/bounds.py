"""Bounds that a variable of the environment may change."""

from __future__ import annotations

import os

from corpus.errors import SettingError


def bound(name: str, usual: float) -> float:
    """The number that a variable of the environment gives, else the usual one; raises SettingError for no number.

    >>> bound("QA_NOT_SET", 60)
    60
    """
    given = os.environ.get(name)
    if given is None:
        return usual
    try:
        value = float(given)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise SettingError(f"{name} is {given!r}; a number above 0 was expected")
    return value
