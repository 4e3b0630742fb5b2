"""Numbers as words and digits: "fifty-two thousand", "two-thirds", "1.7 million", "52,000"."""

from __future__ import annotations

import re

from corpus.english.numerals import ORDINAL_WORDS, PARTS, SCALE_WORDS, SCALES, SMALL, TENS

UNITS = {**{word: float(value) for value, word in enumerate(SMALL)}, "dozen": 12.0}
UNITS |= {word: 10.0 * (place + 2) for place, word in enumerate(TENS)}
ORDINALS = {word: float(value) for value, word in enumerate(ORDINAL_WORDS)}

_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
_LONG_SCALES = "|".join((*SCALE_WORDS, "dozen"))
NUMBER_WORDS = rf"(?:(?:{_WORDS}|an?(?=\s+(?:{_LONG_SCALES})\b))(?:(?:[\s-]+(?:and\s+)?)(?:{_WORDS}|{_LONG_SCALES}))*)"
"""A number in words, as a pattern; "a hundred" is one, "a" alone is none."""

FRACTION = (
    rf"(?:(?:(?:(?:{'|'.join(SMALL[1:11])}|an?|one)[\s-]+)?(?:{'|'.join(PARTS)}))(?=\s+of\b)|half(?=\s+the\b)"
    r"|(?:two|three|four|five)[\s-](?:thirds|quarters|fifths))"
)
"""A fraction in words, as a pattern: "two-thirds", "a quarter of"."""

DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""A number in digits, as a pattern; commas and narrow spaces may part thousands."""


def number_of_words(text: str) -> float:
    """The value of a number in words.

    >>> number_of_words("fifty-two thousand"), number_of_words("a hundred and five"), number_of_words("two dozen")
    (52000.0, 105.0, 24.0)
    """
    total = group = 0.0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "dozen":
            group = max(group, 1.0) * 12
        elif word in UNITS:
            group += UNITS[word]
        elif word == "hundred":
            group = max(group, 1.0) * 100
        elif word in SCALES:
            total, group = total + max(group, 1.0) * SCALES[word], 0.0
    return total + group


def fraction_of_words(text: str) -> float:
    """The value of a fraction in words, from 0 to 1.

    >>> fraction_of_words("three quarters"), fraction_of_words("a third"), fraction_of_words("half")
    (0.75, 0.3333333333333333, 0.5)
    """
    words = re.findall(r"[a-z]+", text.lower())
    count = UNITS.get(words[0], 1.0) if len(words) > 1 else 1.0
    return count / PARTS[words[-1]]


def number_of_digits(text: str) -> float:
    """The value of a number in digits.

    >>> number_of_digits("52,000"), number_of_digits("1.7")
    (52000.0, 1.7)
    """
    return float(re.sub("[,\u00a0\u202f]", "", text))
