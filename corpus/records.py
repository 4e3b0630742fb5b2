"""What every result record shares: a dictionary made from its fields."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class Record:
    """Gives a frozen dataclass its ``to_dict``, made from the fields so that none can be forgotten."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready values: nested records become dictionaries, tuples become lists."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
