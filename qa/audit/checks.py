"""Exact checks of a claim against a piece of evidence: what they state alike, and what differs, in words.

They explain themselves and know nothing of meaning: whether a difference matters is for the judge to say, and what
both together are worth is fitted (``scripts/fit_judge.py``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.english.function_words import DENIALS, STOP_WORDS
from corpus.english.opposites import OPPOSITES
from corpus.english.units import MEASURES
from corpus.records import Record
from index.terms.analysis import fold
from qa.audit.alignment import Kind, replacements
from qa.audit.names import name_places
from qa.audit.quantities import Quantity, quantities

DifferenceKind = Literal["number", "date", "unit", "name", "denial", "roles", "quote"]

NEAR = 2.0  # numbers of other things are compared only where neither is more than twice the other, ...
SMALLEST = 10.0  # ... and neither is so small that it may count anything
SAME_MATTER = 0.5  # of a claim's words: evidence with fewer speaks of something else
ALIKE = 5  # letters: words that begin alike count as one, so that Serbia covers Serbian

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_DENIAL = re.compile(
    rf"\b(?:{'|'.join(DENIALS)}|failed to|fails to|refused|refuses|rejected"
    r"|denied|denies|declined|unable|lacks?|lacked|opposed)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """What a claim says and what the source says instead, each in its own words, and of what kind it is."""

    claim: str
    source: str
    kind: DifferenceKind


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text states exactly: its quantities, its names, its words, and how often it denies."""

    text: str
    quantities: tuple[Quantity, ...]
    names: tuple[str, ...]
    words: frozenset[str]
    denials: int

    @classmethod
    def of(cls, text: str) -> Stated:
        """What a text states.

        >>> stated = Stated.of("Gerasim Vashchenko did not visit Belgrade in 1838.")
        >>> stated.names, stated.denials, [found.text for found in stated.quantities]
        (('Gerasim Vashchenko', 'Belgrade'), 1, ['1838'])
        """
        return cls(
            text=text,
            quantities=tuple(quantities(text)),
            names=tuple(_names(text)),
            words=frozenset(_content(text)),
            denials=len(_DENIAL.findall(text)),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found of a claim in one piece of evidence, as numbers for the fitted verdict, and in words.

    ``matched``, ``conflicting`` and ``missing`` count the claim's quantities that the evidence agrees with, states
    otherwise, or does not state; ``unnamed`` is the share of the claim's names that are not in the evidence;
    ``covered`` the share of its other words that are; ``replaced`` counts what stands in the place of another number,
    date or name of a sentence that is nearly the same.
    """

    matched: int
    conflicting: int
    missing: int
    unnamed: float
    covered: float
    replaced: int
    differs: tuple[Difference, ...]

    def features(self) -> list[float]:
        """The numbers that the verdict is fitted on, besides the judge's logits, in the order of ``FEATURES``."""
        return [float(min(self.matched, 2)), float(self.conflicting > 0), float(self.missing > 0)]


FEATURES = ("matched", "conflicting", "missing")


def check(claim: Stated, evidence: Stated, context: str = "") -> Checked:
    """What the checks find of a claim in a piece of evidence; ``context`` is what its title and headings say.

    >>> found = check(Stated.of("Visas were abolished in 2012."), Stated.of("In 2009 visas were abolished."))
    >>> found.conflicting, found.differs
    (1, (Difference(claim='2012', source='2009', kind='date'),))
    """
    told = _closest(claim, evidence.text)
    theirs = _of_its_days(evidence.quantities, told)
    matched, missing, differs = _compared(claim.quantities, theirs)
    conflicting = len(differs)
    around = frozenset(_content(context))
    known = evidence.words | around
    unnamed = [name for name in claim.names if not _named(name, known)]
    replaced = replacements(claim.text, told)
    differs = [*differs, *_unsaid(replaced, differs)]
    differs += _other_names(claim, evidence, [name for name in unnamed if not _told(name, differs)], around)
    named = {word for name in claim.names for word in _content(name)}
    others = claim.words - named
    covered = sum(word in known for word in others) / len(others) if others else 1.0
    denial = int(claim.denials % 2 != len(_DENIAL.findall(told)) % 2)
    if denial and covered >= SAME_MATTER:
        differs.append(_denied(claim.text, told))
    opposite = _opposite(claim.text, told) if covered >= SAME_MATTER else None
    if opposite is not None:
        conflicting += 1
        differs.append(opposite)
    swapped = _swapped(claim, evidence)
    if swapped is not None:
        differs.append(swapped)
    return Checked(
        matched=matched,
        conflicting=conflicting,
        missing=missing,
        unnamed=len(unnamed) / len(claim.names) if claim.names else 0.0,
        covered=covered,
        replaced=len(replaced),
        differs=tuple(differs),
    )


def within(claim: Stated, evidence: Stated) -> str:
    """The claim with its days named as the stretch of days that they lie in, in a sentence that has its other words.

    >>> within(Stated.of("It is open on Fridays."), Stated.of("It is open Tuesday to Saturday."))
    'It is open on Tuesday to Saturday.'
    """
    if not any(quantity.kind in ("date", "weekday") for quantity in claim.quantities):
        return claim.text
    told = _closest(claim, evidence.text)
    said, text, days = frozenset(_content(told)), claim.text, quantities(told)
    for day in reversed(claim.quantities):
        stretch = next((other for other in days if day.lies_in(other)), None)
        if stretch is not None and claim.words - frozenset(_content(day.text)) <= said:
            text = text[: day.start] + stretch.text + text[day.end :]
    return text


def _of_its_days(theirs: Sequence[Quantity], told: str) -> Sequence[Quantity]:
    """The quantities of the evidence, of days of the week only those in the sentence that is closest."""
    others = [quantity for quantity in theirs if quantity.kind != "weekday"]
    if len(others) == len(theirs):
        return theirs
    return [*others, *(quantity for quantity in quantities(told) if quantity.kind == "weekday")]


def _unsaid(replaced: Iterable[tuple[str, str, Kind]], differs: Sequence[Difference]) -> list[Difference]:
    """The replacements of which no difference tells yet."""
    return [Difference(ours, theirs, kind) for ours, theirs, kind in replaced if not _told(ours, differs)]


def _told(words: str, differs: Sequence[Difference]) -> bool:
    return any(words in one.claim or one.claim in words for one in differs)


def _compared(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> tuple[int, int, list[Difference]]:
    """How many of the claim's quantities the evidence agrees with and lacks, and those that it states otherwise."""
    matched = missing = 0
    differs: list[Difference] = []
    agreeing: set[int] = set()
    open_: list[Quantity] = []
    for quantity in ours:
        found = _agreeing(quantity, theirs)
        if found is None:
            open_.append(quantity)
        else:
            matched += 1
            agreeing.add(found)
    for quantity in open_:
        rivals = [other for place, other in enumerate(theirs) if place not in agreeing and _rivals(quantity, other)]
        if not rivals:
            missing += 1
            continue
        rival = min(rivals, key=lambda other: (_other_unit(quantity, other), _distance(quantity, other)))
        kind: DifferenceKind = "date" if quantity.kind in ("date", "weekday") else "number"
        if quantity.low == rival.low and quantity.high == rival.high:
            kind = "unit"
        differs.append(Difference(quantity.text, rival.text, kind))
    return matched, missing, differs


def _agreeing(quantity: Quantity, theirs: Sequence[Quantity]) -> int | None:
    """The place of the evidence's quantity that agrees; of a bound ("more than 150"), only the one it speaks of may."""
    alike = [place for place, other in enumerate(theirs) if _alike(quantity, other)]
    if quantity.bounded or not alike:
        return min(alike, default=None, key=lambda place: _other_unit(quantity, theirs[place]))
    meant = [place for place, other in enumerate(theirs) if place in alike or _rivals(quantity, other)]
    nearest = min(meant, key=lambda place: (_other_unit(quantity, theirs[place]), _distance(quantity, theirs[place])))
    return nearest if nearest in alike else None


def _other_unit(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities are told to count different things."""
    return quantity.unit[:ALIKE] != other.unit[:ALIKE]


def _alike(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be the same: of one kind (a bare number is of any), and they agree."""
    if quantity.kind != other.kind:
        bare = "number" in (quantity.kind, other.kind) and "" in (quantity.unit, other.unit)
        if not bare or "share" in (quantity.kind, other.kind) or "ordinal" in (quantity.kind, other.kind):
            return False
        if "date" in (quantity.kind, other.kind) or "measure" in (quantity.kind, other.kind):
            return False
    if quantity.kind == other.kind == "money" and quantity.unit != other.unit:
        return False
    if quantity.kind == other.kind == "measure" and not _same_dimension(quantity, other):
        return False
    return quantity.agrees(other)


def _same_dimension(quantity: Quantity, other: Quantity) -> bool:
    return MEASURES[quantity.written][0] == MEASURES[other.written][0]


def _rivals(quantity: Quantity, other: Quantity) -> bool:
    """Whether a quantity of the evidence may be said in place of one of the claim."""
    if quantity.kind != other.kind:
        return False
    if quantity.kind == "measure":
        return _same_dimension(quantity, other)
    if quantity.kind == "number" and quantity.unit and other.unit and _other_unit(quantity, other):
        return _distance(quantity, other) < math.log(NEAR) and min(_value(quantity), _value(other)) >= SMALLEST
    return True


def _distance(quantity: Quantity, other: Quantity) -> float:
    """How far two quantities are apart, as the logarithm of their ratio; of dates, in years."""
    if quantity.kind == "date":
        return abs(_value(quantity) - _value(other)) / 1e4
    return abs(math.log(_value(quantity) + 1) - math.log(_value(other) + 1))


def _value(quantity: Quantity) -> float:
    """The middle of what a quantity allows, or its bound."""
    if quantity.bounded:
        return abs(quantity.low + quantity.high) / 2
    return abs(quantity.low if math.isfinite(quantity.low) else quantity.high)


def _names(text: str) -> Iterable[str]:
    return (text[start:end] for start, end in name_places(text))


def _content(text: str) -> Iterable[str]:
    """The first letters of the words of a text that carry content."""
    for match in _WORD.finditer(text):
        word = fold(match[0]).removesuffix("'s").removesuffix("’s")
        if word not in STOP_WORDS and not _DENIAL.fullmatch(word):
            yield word[:ALIKE]


def _named(name: str, known: frozenset[str]) -> bool:
    """Whether a text of those words holds a name: all its words, or its last one ("Putin")."""
    words = list(_content(name))
    return not words or words[-1] in known or all(word in known for word in words)


def _other_names(claim: Stated, evidence: Stated, unnamed: Sequence[str], around: frozenset[str]) -> list[Difference]:
    """For a name that the evidence lacks, the one that it has in the same place: after or before the same word."""
    found = []
    for name in unnamed:
        other = _in_place_of(name, claim, evidence)
        if other is not None and not _named(other, claim.words | around):
            found.append(Difference(name, other, "name"))
    return found


def _in_place_of(name: str, claim: Stated, evidence: Stated) -> str | None:
    """The evidence's name whose neighbours are most like those of the claim's."""
    ours = _neighbours(claim.text, name)
    best, most = None, 0
    for other in evidence.names:
        if any(word in claim.words for word in _content(other)):
            continue
        shared = len(ours & _neighbours(evidence.text, other))
        if shared > most:
            best, most = other, shared
    return best


def _neighbours(text: str, name: str) -> set[str]:
    """The content words within six words of a name."""
    at = text.find(name)
    before = list(_content(text[max(0, at - 60) : at]))[-6:]
    after = list(_content(text[at + len(name) : at + len(name) + 60]))[:6]
    return {*before, *after}


def _closest(claim: Stated, text: str) -> str:
    """The sentence of a text that has most of the claim's words."""
    sentences = _SENTENCE_END.split(text)
    if len(sentences) == 1:
        return text
    return max(sentences, key=lambda sentence: len(claim.words & frozenset(_content(sentence))))


def _denied(claim: str, told: str) -> Difference:
    ours, theirs = _DENIAL.search(claim), _DENIAL.search(told)
    return Difference(_around(claim, ours), _around(told, theirs), "denial")


def _opposite(claim: str, told: str) -> Difference | None:
    """The word of a claim in whose place the sentence that is closest has its opposite, each text having one alone."""
    ours, theirs = (frozenset(fold(match[0]) for match in _WORD.finditer(text)) for text in (claim, told))
    for first, second in OPPOSITES:
        for one, other in ((first, second), (second, first)):
            if one in ours - theirs and other in theirs - ours:
                return Difference(one, other, "denial")
    return None


def _around(text: str, match: re.Match[str] | None) -> str:
    """The denial with the two words after it, or that there is none."""
    if match is None:
        return "(no denial)"
    rest = re.match(r"(?:\s+\S+){0,2}", text[match.end() :])
    return (match[0] + (rest[0] if rest else "")).rstrip(".,;")


def _swapped(claim: Stated, evidence: Stated) -> Difference | None:
    """The roles of two names that stand the other way round about the same verb, neither text being in the passive."""
    ours = _roles(claim)
    if ours is None:
        return None
    first, verb, second = ours
    for sentence in _SENTENCE_END.split(evidence.text):
        theirs = _places(sentence, (second, verb, first))
        straight = _places(sentence, (first, verb, second))
        if theirs is not None and straight is None and _passive(sentence, verb) == _passive(claim.text, verb):
            start, end = theirs
            return Difference(f"{first} … {second}", " ".join(sentence[start:end].split()), "roles")
    return None


def _roles(claim: Stated) -> tuple[str, str, str] | None:
    """The first two names of a claim and the word between them that carries content."""
    for first, second in pairwise(dict.fromkeys(claim.names)):
        start, end = claim.text.find(first) + len(first), claim.text.find(second)
        between = list(_content(claim.text[start:end])) if start <= end else []
        if between and end - start <= 40:
            return first, between[0], second
    return None


def _places(sentence: str, order: tuple[str, str, str]) -> tuple[int, int] | None:
    """Where three words stand in that order, close to one another."""
    first, verb, second = order
    start = sentence.find(first)
    end = sentence.find(second, start + len(first)) if start >= 0 else -1
    if start < 0 or end < 0 or end - start - len(first) > 60:
        return None
    between = list(_content(sentence[start + len(first) : end]))
    return (start, end + len(second)) if between[:1] == [verb] else None


def _passive(text: str, verb: str) -> bool:
    """Whether the verb is followed by "by", as in "was received by"."""
    return re.search(rf"\b(?:was|were|is|are|been|being)\s+\w*\s*{re.escape(verb)}\w*\s+by\b", text, re.I) is not None
