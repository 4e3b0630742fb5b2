"""The charts of office documents as tables: a row for each category, a column for each series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.formats.number_formats import general

if TYPE_CHECKING:
    from lxml.etree import _Element

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = f"{_C}chart"
"""What points to a chart in a document or on a slide."""

_MOST_SERIES = 50
_MOST_ROWS = 1_000


def read_chart(root: _Element) -> tuple[str, list[list[str]]]:
    """The title of a chart, "" if it has none, and its rows under their head; no rows where it keeps no values."""
    title = root.find(f".//{CHART}/{_C}title")
    words = "" if title is None else " ".join("".join(part.text or "" for part in title.iter(f"{_A}t")).split())
    series = [each for _, each in zip(range(_MOST_SERIES), root.iter(f"{_C}ser"), strict=False)]
    names: dict[int, str] = {}
    columns: list[tuple[str, dict[int, str]]] = []
    for number, each in enumerate(series, 1):
        names.update(_points(each, "cat") or _points(each, "xVal"))
        columns.append((_name(each) or f"Series {number}", _points(each, "val") or _points(each, "yVal")))
    places = sorted({place for _, values in columns for place in values})[:_MOST_ROWS]
    if not places:
        return words, []
    head = ["", *(name for name, _ in columns)]
    rows = [[names.get(place, str(place + 1)), *(values.get(place, "") for _, values in columns)] for place in places]
    return words, [head, *rows]


def _name(series: _Element) -> str:
    told = series.find(f"{_C}tx")
    return "" if told is None else " ".join(" ".join(value.text or "" for value in told.iter(f"{_C}v")).split())


def _points(series: _Element, name: str) -> dict[int, str]:
    """The values kept of one side of a series, by their places; of names in several levels the nearest."""
    side = series.find(f"{_C}{name}")
    if side is None:
        return {}
    level = next(side.iter(f"{_C}lvl"), side)
    found: dict[int, str] = {}
    for point in level.iter(f"{_C}pt"):
        place = point.get("idx") or ""
        if place.isdecimal() and len(place) < 7:
            found[int(place)] = _shown(" ".join((point.findtext(f"{_C}v") or "").split()))
    return found


def _shown(value: str) -> str:
    """A value without the digits that a program kept and nobody sees.

    >>> _shown("0.30000000000000004"), _shown("Adults")
    ('0.3', 'Adults')
    """
    try:
        return general(float(value)) if "." in value or "E" in value.upper() else value
    except (ValueError, OverflowError):
        return value
