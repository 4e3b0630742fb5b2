"""Regular expressions that are compiled when they are first used: most are for a few texts, and compiling is slow."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled at its first use; its methods are those of ``re.compile``.

    An error in it is raised then, as ``re.error``.

    >>> pattern(r"\\d+").search("in 2009").group()
    '2009'
    """
    return cast("re.Pattern[AnyStr]", _Later(source, flags))


class _Later:
    """Has the attributes of a compiled expression, each from when it is first asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # The next use finds it in the instance, as fast as in the expression itself.
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value
