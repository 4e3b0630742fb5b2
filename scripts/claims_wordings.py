"""Say a sentence in another way that means the same or less: shorter, another order, other words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

__all__ = ["MONTHS", "NUMBERS", "may_be_claim", "reworded"]

MONTHS = """
January February March April May June July August September October November December
""".split()  # noqa: SIM905
NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve
""".split()  # noqa: SIM905
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_POINTING = re.compile(
    r"(?:He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|This|That|These|Those|Such|Here|Another|Others?|One|Both|Some"
    r"|Many|Most|Each|Either|Neither|As|Then|Thus|And|But|Or|So|Who|What|When|Where|Why|How|If|Yet|Nor|For|Because"
    r"|Following|There|Same|All|Several|Later|Soon|Today|Also|Only|Even|Afterwards|Within|Meanwhile)\b"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|him|them|this|these|those|such|former|latter|we|our|I|you|above|below"
    r"|that (?:year|city|time|period|day|month|season|point))\b"
)
_OPENING = re.compile(
    r"^(?:However|Therefore|Additionally|Furthermore|Moreover|In fact|In addition|For example|For instance|Also|Thus"
    r"|Hence|Consequently|As a result|Nevertheless|Nonetheless|Meanwhile|Similarly|Likewise|On the other hand"
    r"|In general|Generally|Typically|Historically|Currently|Indeed|Finally|In contrast|By contrast|Overall"
    r"|Instead|Besides|Accordingly|Notably|Of course|In particular|Conversely|Today|Traditionally), (?=\S)"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|could|will|would|may|did|does|do|became|began|\w{3,}ed)\b")
_SYNONYMS = """
began=started; film=movie; large=big; approximately=about; located in=situated in; founded=established;
purchased=bought; assisted=helped; children=kids; also known as=also called; numerous=many; received=got;
residents=inhabitants; constructed=built; attempted=tried; primarily=mainly; entire=whole; famous=well-known;
whilst=while; obtained=got; during=in the course of; usually=normally; nearly=almost; required=needed;
ended=finished; throughout=all over; employs=gives work to; showed=demonstrated; near=close to;
commenced=began; prior to=before; due to=because of; roughly=about; sufficient=enough; currently=at present;
announced=made public; often=frequently; utilized=used; main=principal; stated=said; rapidly=quickly; killed=slain
"""
SYNONYMS = {first: second for first, second in (pair.strip().split("=") for pair in _SYNONYMS.split(";"))}
_SYNONYM = re.compile(r"\b(?:" + "|".join(SYNONYMS) + r")\b")


def may_be_claim(sentence: str) -> bool:
    """Return whether a sentence can be understood without those around it, as far as its words tell."""
    if not 35 <= len(sentence) <= 260 or not sentence[0].isupper() or sentence[-1] not in '."':
        return False
    first = _OPENING.sub("", sentence)
    return not (
        _POINTING.match(first[0].upper() + first[1:])
        or _PRONOUN.search(first)
        or first.count('"') % 2
        or first.count("(") != first.count(")")
        or not _FINITE.search(first)
    )


def _no_opening(text: str, _: random.Random) -> str:
    return _upper(_OPENING.sub("", text))


def _no_brackets(text: str, _: random.Random) -> str:
    return re.sub(r"\s+([,.;])", r"\1", re.sub(r"\s*\([^()]*\)", "", text))


def _no_aside(text: str, _: random.Random) -> str:
    """Leave out ", which ..." and ", who ..." between commas or at the end."""
    shorter = re.sub(
        r", (?:which|who|where|whose) [^,]{8,80}(?:,(?= (?:is|was|are|were|has|had|and)\b)|(?=\.$))", "", text
    )
    return shorter if len(shorter) > 30 else text


def _first_clause(text: str, _: random.Random) -> str:
    """Keep what stands before ", and the ..." or "; ..." where it is a sentence of its own."""
    for place in re.finditer(r"; |, (?:and|but) (?=(?:the|it|they|he|she|his|its|in|there|a|an)\b|[A-Z])", text):
        first, rest = text[: place.start()], text[place.end() :]
        whole = not re.match(
            r"(?:While|Although|Though|When|If|Because|Since|After|Before|As|Both|Neither|Not)\b", first
        )
        if whole and len(first) > 30 and _FINITE.search(first) and _FINITE.search(rest) and "," not in first:
            return first + "."
    return text


def _time_last(text: str, _: random.Random) -> str:
    found = re.match(
        rf"^(In|On|By|Since) ((?:{_MONTH} )?(?:\d{{1,2}}, )?\d{{4}}), (?=[A-Z]|the |a |an )([^,;]+)\.$", text
    )
    return f"{_upper(found[3])} {found[1].lower()} {found[2]}." if found else text


def _time_first(text: str, _: random.Random) -> str:
    found = re.match(rf"^((?:The|[A-Z]\w+) [^,;:]+) (in|on) ((?:{_MONTH} )?(?:\d{{1,2}}, )?\d{{4}})\.$", text)
    if not found or re.search(r"\b(?:and|that|who|which|from|between)\b", found[1]):
        return text
    start = found[1]
    return f"{found[2].title()} {found[3]}, {'the' + start[3:] if start.startswith('The ') else start}."


def _other_words(text: str, rng: random.Random) -> str:
    return _SYNONYM.sub(lambda m: SYNONYMS[m[0]] if rng.random() < 0.7 else m[0], text)


def _digits(text: str, rng: random.Random) -> str:
    """Write small numbers in digits, or the other way."""
    if rng.random() < 0.5:
        pattern = r"(?<=[a-z] )(" + "|".join(NUMBERS[2:]) + r")(?= [a-z]{3,})(?! of)"
        return re.sub(pattern, lambda m: str(NUMBERS.index(m[1])), text)
    if re.search(_MONTH, text):
        return text
    return re.sub(r"(?<=[a-z] )([2-9]|1[0-2])(?= [a-z]{3,}s\b)", lambda m: NUMBERS[int(m[1])], text)


def _dates(text: str, _: random.Random) -> str:
    if re.search(rf"\b{_MONTH} \d{{1,2}}, \d{{4}}", text):
        return re.sub(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}}),?(?=\W)", r"\2 \1 \3", text)
    return re.sub(rf"\b(\d{{1,2}}) ({_MONTH}) (\d{{4}})\b", r"\2 \1, \3", text)


def _percent(text: str, _: random.Random) -> str:
    if "%" in text:
        return re.sub(r"(\d) ?%", r"\1 percent", text)
    return re.sub(r"(\d) per ?cent\b", r"\1%", text)


def _description(text: str, _: random.Random) -> str:
    """Of "X, a Y, was ..." keep "X was a Y"."""
    found = re.match(r"^((?:[A-Z][\w.'’-]+ ?){1,4}), (an? [^,;()]{6,60}|the [^,;()]{6,60}), (was|is)\b", text)
    return f"{found[1]} {found[3]} {found[2]}." if found else text


def _careless(text: str, rng: random.Random) -> str:
    text = text.rstrip(".")
    return text if rng.random() < 0.6 else text.lower()


_WAYS: tuple[tuple[float, Callable[[str, random.Random], str]], ...] = (
    (0.95, _no_opening),
    (0.12, _description),
    (0.7, _no_brackets),
    (0.45, _no_aside),
    (0.5, _first_clause),
    (0.4, _time_last),
    (0.3, _time_first),
    (0.5, _other_words),
    (0.4, _digits),
    (0.4, _dates),
    (0.3, _percent),
)


def reworded(sentence: str, rng: random.Random) -> str:
    """Return the sentence shorter, in another order or in other words; what it states, the sentence states too."""
    for share, way in _WAYS:
        if rng.random() < share:
            sentence = way(sentence, rng)
    return sentence


def careless(text: str, rng: random.Random) -> str:
    """Return the text as it is, or now and then without its full stop or its capitals."""
    return _careless(text, rng) if rng.random() < 0.1 else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
