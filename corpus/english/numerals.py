# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Numbers in words: cardinals, ordinals, parts and scales."""

from __future__ import annotations

SMALL = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
)
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
CARDINALS = (*SMALL, *TENS)
# From "zeroth", each in the place of its number.
ORDINAL_WORDS = tuple(
    """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
)
FIRST_ORDINALS = ORDINAL_WORDS[1:11]
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
SCALE_WORDS = tuple("hundred thousand million billion trillion".split())
SCALES = {
    "dozen": 12.0, **{word: value for word, value in zip(SCALE_WORDS, (1e2, 1e3, 1e6, 1e9, 1e12), strict=True)},
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip

# As a pattern: the cardinals, those in -teen by their ending.
CARDINAL = "|".join((*SMALL[1:13], r"\w+teen", *TENS))
# What an answer with no figure may say a number with, as a pattern.
NUMBERS = "|".join(
    (
        *("zero", "no", "none", CARDINAL),
        *(f"{scale}s?" for scale in SCALE_WORDS),
        *"dozens? half both single once twice third quarter several unlimited all".split(),
    )
)
# The words that count the things a question asks for.
COUNTS = frozenset((*SMALL[2:13], *"both several all some few various".split()))
# Of a reader's words: those that it takes for a number, and for a scale.
NUMBER_SHAPES = frozenset((*CARDINALS, *"half dozen dozens both".split()))
SCALE_SHAPES = frozenset((*SCALE_WORDS, *(f"{scale}s" for scale in SCALE_WORDS[:4])))
