"""Numbers as words and digits: "fifty-two thousand", "two-thirds", "1.7 million", "52,000"."""

from __future__ import annotations

import re

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()  # noqa: SIM905
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
UNITS = {**{word: float(value) for value, word in enumerate(_SMALL)}, "dozen": 12.0}
UNITS |= {word: 10.0 * (place + 2) for place, word in enumerate(_TENS)}
ORDINALS = {word: float(value) for value, word in enumerate(_ORDINALS)}

_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
_LONG_SCALES = "hundred|thousand|million|billion|trillion|dozen"
NUMBER_WORDS = rf"(?:(?:{_WORDS}|an?(?=\s+(?:{_LONG_SCALES})\b))(?:(?:[\s-]+(?:and\s+)?)(?:{_WORDS}|{_LONG_SCALES}))*)"
"""A number in words, as a pattern; "a hundred" is one, "a" alone is none."""

FRACTION = (
    rf"(?:(?:(?:(?:{'|'.join(_SMALL[1:11])}|an?|one)[\s-]+)?(?:{'|'.join(_PARTS)}))(?=\s+of\b)|half(?=\s+the\b)"
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
    return count / _PARTS[words[-1]]


def number_of_digits(text: str) -> float:
    """The value of a number in digits.

    >>> number_of_digits("52,000"), number_of_digits("1.7")
    (52000.0, 1.7)
    """
    return float(re.sub("[,\u00a0\u202f]", "", text))
