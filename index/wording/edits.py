"""Typing errors as edits: what one edit makes of a word, and how many edits lie between words.

An edit changes, loses or adds one letter, or swaps two neighbours (Damerau 1964, "A technique for computer
detection and correction of spelling errors"). Distances are those of optimal string alignment: no letter is
touched twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψως", "абвгдежзиклмнопрстуфхцчшщъыьэюяђјљњћџіїєґ")

# How likely a typist makes each edit, beside a swap: a letter lost or added, one of a double letter, one changed.
_SWAPPED, _DOUBLED, _LOST, _ADDED, CHANGED = 1.0, 1.0, 0.7, 0.2, 0.2
FIRST = 0.2  # the first letter is seldom the wrong one


def single_edits(word: str) -> dict[str, float]:
    """What the writer of ``word`` may have meant, one edit away, with how likely the edit is (0 to 1).

    ``word`` is folded (``index.terms.analysis.fold``). Letters come from its own alphabet; a word of another script
    can only have lost none.

    >>> meant = single_edits("vizas")
    >>> meant["visas"], meant["viza"], "visa" in meant
    (0.2, 0.2, False)
    """
    letters = next((alphabet for alphabet in _ALPHABETS if word[:1] in alphabet), "")
    found: dict[str, float] = {}

    def add(meant: str, likely: float, place: int) -> None:
        likely = likely if place else likely * FIRST
        if likely > found.get(meant, 0.0):
            found[meant] = likely

    for place in range(len(word)):
        before, sign, after = word[:place], word[place], word[place + 1 :]
        add(before + after, _DOUBLED if sign in (before[-1:], after[:1]) else _ADDED, place)
        if after and after[0] != sign:
            add(before + after[0] + sign + after[1:], _SWAPPED, place)
        for letter in letters:
            add(before + letter + after, CHANGED, place)
            add(before + letter + sign + after, _DOUBLED if letter == sign else _LOST, place)
    for letter in letters:
        add(word + letter, _LOST, len(word))
    found.pop(word, None)
    found.pop("", None)
    return found


def distance(one: str, other: str) -> int:
    """How many edits lie between two words.

    >>> distance("adlut", "adult"), distance("begginers", "beginners"), distance("tea", "coffee")
    (1, 2, 5)
    """
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        last, before, row = before, row, [place]
        for at, letter in enumerate(other, 1):
            least = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sign != letter))
            if place > 1 and at > 1 and sign == other[at - 2] and one[place - 2] == letter:
                least = min(least, last[at - 2] + 1)
            row.append(least)
    return row[-1]


def distances(word: bytes, terms: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How many edits lie between the beginnings of a word and each of some terms: uint8 (len(word) + 1, terms).

    ``terms`` uint8 (terms, longest) are ASCII, filled up with zeros; row ``n`` is of the first ``n`` letters.

    >>> found = distances(b"adlut", np.array([list(b"adult"), list(b"ad\\0\\0\\0")], np.uint8))
    >>> found[5].tolist(), found[2].tolist()
    ([1, 3], [3, 0])
    """
    count, longest = terms.shape
    sizes = (terms > 0).sum(axis=1)
    steps = np.arange(longest + 1, dtype=np.int16)
    row = np.repeat(steps[None, :], count, axis=0)
    before = last = row
    rows = [row]
    for place, sign in enumerate(word, 1):
        last, before = before, row
        row = before + 1
        np.minimum(row[:, 1:], before[:, :-1] + (terms != sign), out=row[:, 1:])
        if place > 1:
            swapped = (terms[:, 1:] == word[place - 2]) & (terms[:, :-1] == sign)
            np.minimum(row[:, 2:], np.where(swapped, last[:, :-2] + 1, longest + place), out=row[:, 2:])
        row = np.minimum.accumulate(row - steps, axis=1) + steps
        rows.append(row)
    return np.array([each[np.arange(count), sizes] for each in rows], np.uint8)
