"""What stands in a claim in the place of something else: both texts laid side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.english.calendar import MONTHS, WEEKDAYS
from corpus.english.function_words import ACTING, APPROXIMATE
from index.terms.analysis import fold
from qa.audit.names import begins, name_places

LONGEST = 80  # words of either text that are compared
ALIKE = 0.5  # of the claim's words must stand in the other text in the same order
ROOT = 4  # letters that words of one root share: Japan and Japanese

Kind = Literal["number", "date", "name"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_YEAR = re.compile(r"(?:1\d|20)\d\d\Z")
_ACTS = re.compile(rf"\s+(?:{'|'.join(sorted(ACTING))}|\w+ed|\w+s)\b|\s*,|['’]s")


@dataclass(frozen=True, slots=True)
class AlignedToken:
    """A name, a number or a word of a text, with where it stands, and what it is compared by."""

    start: int
    end: int
    key: str
    name: bool


def replacements(claim: str, told: str) -> list[tuple[str, str, Kind]]:
    """What a claim states, what a sentence that is nearly the same states in its place, and of what kind both are.

    >>> replacements("Disney sold them to Young Broadcasting in July.", "Disney sold them to Knight Ridder in June.")
    [('Young Broadcasting', 'Knight Ridder', 'name'), ('July', 'June', 'date')]
    """
    ours, theirs = _tokens(claim), _tokens(told)
    if not ours or not theirs or max(len(ours), len(theirs)) > LONGEST:
        return []
    matcher = SequenceMatcher(None, [one.key for one in ours], [one.key for one in theirs], autojunk=False)
    codes = matcher.get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    if same < ALIKE * len(ours):
        return []
    found: list[tuple[str, str, Kind]] = []
    for tag, start, end, other_start, other_end in codes:
        if tag == "replace" and end - start == other_end - other_start:
            before = ours[start - 1].key if start else ""
            for first, second in zip(ours[start:end], theirs[other_start:other_end], strict=True):
                kind = _kind(claim, first, told, second, before in APPROXIMATE)
                if kind is not None:
                    found.append((claim[first.start : first.end], told[second.start : second.end], kind))
    return found


def _tokens(text: str) -> list[AlignedToken]:
    return list(_named_tokens(text))


def _named_tokens(text: str) -> Iterator[AlignedToken]:
    place = 0
    for start, end in [*name_places(text), (len(text), len(text))]:
        for match in _TOKEN.finditer(text, place, start):
            yield AlignedToken(match.start(), match.end(), fold(match[0]), name=False)
        if start < end:
            yield AlignedToken(start, end, fold(text[start:end]), name=True)
        place = end


def _kind(claim: str, ours: AlignedToken, told: str, theirs: AlignedToken, about: bool) -> Kind | None:
    """Of what kind two tokens in the same place are; None where they may be the same, or say nothing exact."""
    if ours.key in _CALENDAR and theirs.key in _CALENDAR:
        return "date"
    if ours.key[0].isdigit() and theirs.key[0].isdigit():
        if _YEAR.match(ours.key) and _YEAR.match(theirs.key):
            return "date"
        return None if about and _rounded(ours.key, theirs.key) else "number"
    if ours.name and theirs.name and _is_name(claim, ours) and _is_name(told, theirs):
        return None if _one_name(ours.key, theirs.key) else "name"
    return None


def _is_name(text: str, token: AlignedToken) -> bool:
    """Whether a token is a name for sure: not a single word that begins a sentence, unless it acts."""
    single = " " not in token.key and begins(text, token.start)
    return not single or _ACTS.match(text, token.end) is not None


def _one_name(ours: str, theirs: str) -> bool:
    """Whether two names may be of the same: one is a part of the other, or they have a root in common."""
    first, second = set(ours.split()), set(theirs.split())
    return first <= second or second <= first or ours[:ROOT] == theirs[:ROOT]


def _rounded(ours: str, theirs: str) -> bool:
    """Whether a number is another one, rounded.

    >>> _rounded("1.2", "1.23"), _rounded("490", "500")
    (True, False)
    """
    first, second = (number.replace(",", "") for number in (ours, theirs))
    digits = len(first.strip("0.").replace(".", "").lstrip("0"))
    try:
        return float(f"{float(second):.{max(digits, 1)}g}") == float(first)
    except ValueError:
        return False
