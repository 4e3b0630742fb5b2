"""The numbers of a Word document's lists and headings as they are shown: "1.", "b)", "7.3", "Article IV"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.numbering import spelt
from corpus.formats.packages import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/numbering.xml"
_PLACE = re.compile("%([1-9])")
_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_UNMARKED = ("none", "")
_LONGEST = 40  # characters of a mark; a longer one is no number. By hand.


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: the kind of its numbers, what stands around them, and where they start."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _List:
    """One list: the levels it counts by, shared with others of its kind, and where it starts anew."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    anew: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the paragraphs that are numbered, in the order of the document."""

    def __init__(self, package: Package) -> None:
        self._lists: dict[str, _List] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        if _PART in package:
            self._read(package.xml(_PART))

    def _read(self, root: _Element) -> None:
        kinds: dict[str, dict[int, _Level]] = {}
        counts: dict[str, dict[int, int]] = {}
        styles: dict[str, list[tuple[str, int]]] = {}
        for abstract in root.iter(f"{_W}abstractNum"):
            name = abstract.get(f"{_W}abstractNumId") or ""
            kinds[name], counts[name] = {}, {}
            for level in abstract.iter(f"{_W}lvl"):
                depth = _number(level.get(f"{_W}ilvl") or "0", 0)
                kinds[name][depth] = _level(level, depth)
                if style := _value(level, "pStyle"):
                    styles.setdefault(name, []).append((style, depth))
        for number in root.iter(f"{_W}num"):
            own, wanted = number.get(f"{_W}numId") or "", _value(number, "abstractNumId")
            if wanted not in kinds:
                continue
            found = _List(dict(kinds[wanted]), counts[wanted])
            for override in number.iter(f"{_W}lvlOverride"):
                depth = _number(override.get(f"{_W}ilvl") or "0", 0)
                if start := _value(override, "startOverride"):
                    found.anew[depth] = _number(start, 1)
                own_level = override.find(f"{_W}lvl")
                if own_level is not None:
                    found.levels[depth] = _level(own_level, depth)
            self._lists[own] = found
            for style, depth in styles.get(wanted, ()):
                self._of_style.setdefault(style, (own, depth))

    def of_style(self, style: str, number: str) -> tuple[str, int]:
        """The list that a style of paragraphs belongs to, if it names that one, and the level in it."""
        linked = self._of_style.get(style)
        if linked is not None and (not number or self._same(linked[0], number)):
            return number or linked[0], linked[1]
        return number, 0

    def _same(self, one: str, other: str) -> bool:
        lists = self._lists
        return one in lists and other in lists and lists[one].counts is lists[other].counts

    def mark(self, number: str, depth: int) -> str:
        """What stands before the next paragraph of a list at a level: "-" for a bullet, "" for nothing."""
        found = self._lists.get(number)
        level = found.levels.get(depth) if found is not None else None
        if found is None or level is None or level.form == "bullet":
            return "-"
        if level.form in _UNMARKED:
            return ""
        counts = found.counts
        if depth in found.anew:
            counts[depth] = found.anew.pop(depth) - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]

        def shown(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            kind = found.levels.get(other, level)
            return spelt(counts.get(other, kind.start), _KINDS.get(kind.form, "1"))

        return " ".join(_PLACE.sub(shown, level.text).split())[:_LONGEST]


def _level(level: _Element, depth: int) -> _Level:
    text = level.find(f"{_W}lvlText")
    shown = f"%{depth + 1}." if text is None else text.get(f"{_W}val") or ""
    return _Level(_value(level, "numFmt"), shown, _number(_value(level, "start"), 1))


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val") or ""


def _number(told: str, usual: int) -> int:
    return int(told) if told.isdecimal() and len(told) < 7 else usual
