"""Say a number of a sentence only nearly: "about seventy", "more than 150", "over two-thirds", and falsely so."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator

__all__ = ["approximations", "in_words"]

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
""".split()  # noqa: SIM905
_TENS = """
- - twenty thirty forty fifty sixty seventy eighty ninety
""".split()  # noqa: SIM905
_PLAIN = re.compile(
    r"(?<=[a-z] )(?P<money>[$£€]?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale> (?:million|billion|trillion))?"
    r"(?P<percent> ?%| percent| per cent)?"
    r"(?P<after> (?!(?:and|or|to|of|in|on|at|by|as|is|was|were|had|have|has|ad|bc|am|pm|years? old)\b)[a-z]{3,})?"
)
_ALREADY = re.compile(
    r"\b(?:about|around|over|under|than|nearly|almost|approximately|roughly|some|least|most|to|and|or|between|from|circa|up"
    r"|below|above|just|only|another|exceeding|estimated|of|no|number|page|chapter|article|section|age|aged|level|until"
    r"|by|since|during|day|the|first|last|exactly|in|on|at|all|his|her|its|their|per|additional|low|high|more|these"
    r"|those|other|any|every|each|both|equal|that|top|final|within|a|an|grade|channel|world|type|class|version|next"
    r"|past) $"
)
_ABOUT = ("about", "around", "approximately", "roughly", "some", "close to")
_MORE = ("more than", "over", "at least", "upwards of")
_LESS = ("fewer than", "less than", "under", "at most")
_NEARLY = ("almost", "nearly", "just under")
_PARTS = (
    (1 / 4, "a quarter"), (1 / 3, "a third"), (2 / 5, "two-fifths"), (1 / 2, "half"), (3 / 5, "three-fifths"),
    (2 / 3, "two-thirds"), (3 / 4, "three-quarters"), (4 / 5, "four-fifths"), (9 / 10, "nine-tenths"),
)  # fmt: skip


def in_words(number: int) -> str:
    """Return a number below 1,000 in words.

    >>> in_words(70), in_words(42), in_words(150)
    ('seventy', 'forty-two', 'a hundred and fifty')
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    start = "a hundred" if hundreds == 1 else f"{_ONES[hundreds]} hundred"
    return start + (f" and {in_words(rest)}" if rest else "")


def _steps(value: float) -> Iterator[float]:
    """Yield round numbers around a value, of one and of two figures."""
    size = 10 ** math.floor(math.log10(value))
    for part in (1.0, 0.5, 0.1):
        step = size * part
        base = math.floor(value / step) * step
        yield from (base + step * offset for offset in range(-4, 6))


def _round(value: float) -> list[float]:
    return sorted({round(step, 6) for step in _steps(value) if step > 0})


def _written(value: float, money: str, like: str, rng: random.Random, *, words: bool) -> str:
    if value == int(value):
        whole = int(value)
        if words and not money and whole < 1000 and rng.random() < 0.35:
            return in_words(whole)
        return f"{money}{whole:,}" if "," in like or whole < 1000 or rng.random() < 0.6 else f"{money}{whole}"
    return f"{money}{value:g}"


def nearly(value: float, rng: random.Random, *, fits: bool, whole: bool = True) -> tuple[str, float] | None:
    """Return words and a round number that together hold of ``value``, or that clearly do not."""
    options: list[tuple[str, float]] = []
    for number in _round(value):
        if (whole and number != int(number)) or number == value:
            continue
        ratio = number / value
        if fits:
            if 0.96 < ratio < 1.04:
                options.append((rng.choice(_ABOUT), number))
            if 0.5 < ratio < 1:
                options.append((rng.choice(_MORE), number))
            if 1 < ratio < 2:
                options.append((rng.choice(_LESS), number))
            if 1 < ratio < 1.06:
                options.append((rng.choice(_NEARLY), number))
        else:
            if ratio < 0.75 or ratio > 1.35:
                options.append((rng.choice(_ABOUT), number))
            if ratio > 1.02:
                options.append((rng.choice(_MORE), number))
            if ratio < 0.98:
                options.append((rng.choice(_LESS), number))
            if ratio < 0.97 or ratio > 1.35:
                options.append((rng.choice(_NEARLY), number))
    return rng.choice(options) if options else None


def _share(percent: float, rng: random.Random, *, fits: bool) -> str | None:
    """Return a fraction in words that holds of a percentage, or that clearly does not."""
    value, options = percent / 100, []
    for part, name in _PARTS:
        gap = value - part
        if fits:
            if abs(gap) < 0.02:
                options.append(f"{rng.choice(_ABOUT[:4])} {name}")
            if 0.005 < gap < 0.2:
                options.append(f"{rng.choice(('more than', 'over'))} {name}")
            if 0.005 < -gap < 0.2:
                options.append(f"{rng.choice(('less than', 'under'))} {name}")
            if 0.002 < -gap < 0.04:
                options.append(f"{rng.choice(_NEARLY)} {name}")
        elif 0.03 < abs(gap) < 0.4:
            options.append(f"{rng.choice(('more than', 'over') if gap < 0 else ('less than', 'under'))} {name}")
            if abs(gap) > 0.1:
                options.append(f"{rng.choice(_ABOUT[:4])} {name}")
    return rng.choice(options) if options else None


def approximations(sentence: str, rng: random.Random) -> Iterator[tuple[str, str, bool]]:
    """Yield (claim, evidence, whether it fits): the sentence with one number said only nearly, and as it is."""
    for place in _PLAIN.finditer(sentence):
        before, number = sentence[: place.start()], place["number"].rstrip(",")
        if (
            _ALREADY.search(before)
            or not re.search(r"(?:^|\s)[a-z][\w’'-]* $", before)
            or number != place["number"]
            or not re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?", number)
        ):
            continue
        if re.match(r"[-–/:]\S|\w|[.,]\d| (?:to|and|or) \d", sentence[place.end("number") :]):
            continue
        measured = place["percent"] or place["scale"] or place["money"] or place["after"]
        value = float(number.replace(",", ""))
        if not measured or value < 4 or (re.fullmatch(r"1\d\d\d|20\d\d", number) and not place["scale"]):
            continue
        end = place.end("percent") if place["percent"] else place.end("number")
        for fits in (True, False, True, False):
            if rng.random() < 0.2:
                continue
            if place["percent"] and rng.random() < 0.6:
                part = _share(value, rng, fits=fits)
                following = re.match(r"\s+of\b", sentence[place.end("percent") :])
                if part and following:
                    yield before + part + sentence[end:], sentence, fits
                continue
            said = nearly(value, rng, fits=fits, whole=not (place["scale"] or place["percent"]))
            if said is None:
                continue
            manner = "less than" if said[0] == "fewer than" and measured != place["after"] else said[0]
            text = (
                f"{manner} {_written(said[1], place['money'], number, rng, words='%' not in (place['percent'] or ''))}"
            )
            yield before + text + sentence[place.end("number") :], sentence, fits
