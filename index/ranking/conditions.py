"""Conditions on what documents state of themselves: ``key=value`` and its like, and the documents that meet them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.dates import period
from corpus.errors import SettingError, SourceError
from corpus.patterns import pattern
from index.data.metadata import Column, Metadata, some

OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "~")
"""is not, at most, at least, is, below, above, holds the text."""

Where = Mapping[str, str | float | bool] | Sequence[str]
"""Conditions as they are given: ``{"key": "value"}``, or texts such as "date>=2024", all of which must hold."""

PATTERN = r"[ \t\r\n]*[^=!<>~]*[^=!<>~ \t\r\n][ \t\r\n]*(?:!=|<=|>=|==?|<|>|~)[ \t\r\n]*[^ \t\r\n]"
"""A regular expression of any dialect that the beginning of a condition matches."""

_CONDITION = pattern(
    r"[ \t\r\n]*(?P<key>[^=!<>~]*[^=!<>~ \t\r\n])[ \t\r\n]*(?P<operator>!=|<=|>=|==?|<|>|~)[ \t\r\n]*"
    r"(?P<value>(?:.*[^ \t\r\n])?[^ \t\r\n])[ \t\r\n]*",
    re.DOTALL,
)
_NUMBER = pattern(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_REMEMBERED = 64  # conditions: 8 MB for a million documents
_LISTED = pattern(r"\s*[,;]\s*")


class UnknownMetadataError(SourceError):
    """No document has a key that a condition names, or none meets the condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the value of one key.

    Case and space around values do not count. A value that lists several, parted by commas or semicolons, is each of
    them. Numbers are equal however they are written, and so are dates; a date within a month or a year "is" that. A
    document without the key meets ``!=`` alone.

    >>> Condition.read("date >= 2024-03").holds("5 March 2024"), Condition.read("tags=hot").holds("green, Hot")
    (True, True)
    """

    key: str
    operator: str
    value: str

    @classmethod
    def read(cls, text: str) -> Condition:
        """The condition that a text states; raises SettingError where it states none."""
        found = _CONDITION.fullmatch(text)
        if found is None:
            raise SettingError(
                f"where is {text!r}; expected key=value, or one of {' '.join(OPERATORS)} between key and value, "
                "as in author=Ann or date>=2024-01-31"
            )
        return cls(found["key"], found["operator"].replace("==", "="), found["value"])

    def __str__(self) -> str:
        return f"{self.key}{self.operator}{self.value}"

    def holds(self, value: str) -> bool:
        """Whether a value meets the condition."""
        if self.operator == "~":
            return _folded(self.value) in _folded(value)
        if self.operator[0] in "<>":
            return any(_compared(one, self.operator, self.value) for one in _each(value))
        return any(_equal(one, self.value) for one in _each(value)) == (self.operator == "=")


def conditions_of(where: Where) -> tuple[Condition, ...]:
    """The conditions that a caller gave; raises SettingError where they are none."""
    if isinstance(where, str):
        raise SettingError(f"where is the text {where!r}; give a list, as in [{where!r}]")
    if isinstance(where, Mapping):
        return tuple(Condition(str(key), "=", _value(str(key), value)) for key, value in where.items())
    for text in where:
        if not isinstance(text, str):
            raise SettingError(f"where holds {text!r:.80}; expected texts such as 'author=Ann'")
    return tuple(map(Condition.read, where))


def meeting(metadata: Metadata, conditions: Sequence[Condition]) -> NDArray[np.int64]:
    """The numbers of the documents that meet all conditions, ascending.

    Raises UnknownMetadataError, which names the keys or values that there are, where none does.
    """
    met = np.ones(metadata.documents, np.bool_)
    for condition in conditions:
        column = metadata.columns.get(condition.key.strip().casefold())
        if column is None:
            raise UnknownMetadataError(_no_key(condition, metadata))
        own = _meets(column, condition, metadata)
        if not own.any():
            raise UnknownMetadataError(_no_value(condition, column, metadata))
        met &= own
    if not met.any():
        raise UnknownMetadataError(f"no document meets all of {', '.join(map(str, conditions))}, though some meet each")
    return np.flatnonzero(met)


def _meets(column: Column, condition: Condition, metadata: Metadata) -> NDArray[np.bool_]:
    """Whether each document meets a condition, which is remembered for the next question."""
    found = metadata.found.get(condition)
    if found is None:
        met = _looked_up(column, condition, metadata.documents)
        if len(metadata.found) >= _REMEMBERED:
            metadata.found.clear()
        metadata.found[condition] = np.packbits(met)
        return met
    return np.unpackbits(found, count=metadata.documents).astype(np.bool_)


def _looked_up(column: Column, condition: Condition, documents: int) -> NDArray[np.bool_]:
    denied = condition.operator == "!="
    wanted = Condition(condition.key, "=", condition.value) if denied else condition
    values = np.fromiter(map(wanted.holds, column.values), np.bool_, len(column.values))
    met = np.zeros(documents, np.bool_)
    met[column.documents[values[column.numbers]]] = True
    return ~met if denied else met


def _no_key(condition: Condition, metadata: Metadata) -> str:
    names = [column.name for column in metadata.columns.values()]
    if not names:
        return f"{condition}: the documents have no metadata; front matter, JSONL fields and file properties are such"
    near = difflib.get_close_matches(condition.key.casefold(), list(metadata.columns), n=1)
    meant = f"; did you mean {metadata.columns[near[0]].name}?" if near else ""
    return f"{condition}: no document has the key {condition.key!r}{meant}; {_keys(names)}"


def _no_value(condition: Condition, column: Column, metadata: Metadata) -> str:
    if condition.operator[0] in "<>" and _order(condition.value) is None:
        return (
            f"{condition}: {condition.value!r} is neither a number nor a date, so nothing is above or below it; a "
            "date is written as in 2024-01-31"
        )
    names = [each.name for each in metadata.columns.values()]
    what = "every document has it" if condition.operator == "!=" else "no document has that"
    return f"{condition}: {what}; values of {column.name}: {some(column.values)}; {_keys(names)}"


def _keys(names: list[str]) -> str:
    return f"keys: {some(names, joint=', ')}"


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise SettingError(f"where asks for {key} of {value!r:.80}; expected a text or a number")


def _each(value: str) -> list[str]:
    """A value, and the values that it lists; a number or a date with a comma lists none."""
    listed = [one for one in _LISTED.split(value) if one] if _order(value) is None else []
    return [value, *listed] if len(listed) > 1 else [value]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


_period = lru_cache(64)(period)  # of what is asked for, again and again


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _order(text: str) -> object | None:
    """What a text can be compared by, None for nothing."""
    number = _number(text)
    return period(text) if number is None else number


def _equal(value: str, wanted: str) -> bool:
    if _folded(value) == _folded(wanted):
        return True
    number = _number(wanted)
    if number is not None and _number(value) == number:
        return True
    outer = _period(wanted)
    inner = period(value) if outer is not None else None
    return outer is not None and inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def _compared(value: str, operator: str, limit: str) -> bool:
    """Whether a value is on that side of a limit; what cannot be compared with it is not."""
    numbers = _number(value), _number(limit)
    if numbers[0] is not None and numbers[1] is not None:
        begin = end = numbers[0]
        least = most = numbers[1]
        return {"<": end < least, "<=": end <= most, ">": begin > most, ">=": begin >= least}[operator]
    days, bounds = period(value), _period(limit)
    if days is None or bounds is None:
        return False
    return {
        "<": days[1] <= bounds[0],
        "<=": days[1] <= bounds[1],
        ">": days[0] >= bounds[1],
        ">=": days[0] >= bounds[0],
    }[operator]
