"""Typing errors as edits: what one edit makes of a word, and how many edits lie between words.

An edit changes, loses or adds one letter, or swaps two neighbours (Damerau 1964, "A technique for computer
detection and correction of spelling errors"). Distances are those of optimal string alignment: no letter is
touched twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψως", "абвгдежзиклмнопрстуфхцчшщъыьэюяђјљњћџіїєґ")

# How likely a typist makes each edit, beside a swap: a letter lost or added, one of a double letter, one changed. In
# errors made at random a letter becomes each other one as often; people hit the next key or write what sounds alike.
_SWAPPED, _DOUBLED, _LOST, _ADDED, _CHANGED, _ALIKE = 1.0, 1.0, 1.0, 0.04, 0.05, 0.15
FIRST = 0.5  # the first letter is seldom the wrong one
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("aeiouy", "szc", "ckq", "fv", "gj", "dt", "bp", "mn")


def _alike() -> frozenset[str]:
    """Two letters, for each two that are beside each other on a keyboard or sound alike."""
    places = {letter: (at, row) for row, letters in enumerate(_ROWS) for at, letter in enumerate(letters)}
    near = {
        one + other
        for one, (at, row) in places.items()
        for other, (place, line) in places.items()
        if (row == line and abs(at - place) == 1) or (line - row == 1 and at - place in (0, 1))
    }
    pairs = near | {one + other for letters in _SOUNDS for one in letters for other in letters if one != other}
    return frozenset(pairs | {pair[::-1] for pair in pairs})


_NEAR = _alike()


def single_edits(word: str) -> dict[str, float]:
    """What the writer of ``word`` may have meant, one edit away, with how likely the edit is (0 to 1).

    ``word`` is folded (``index.terms.analysis.fold``). Letters come from its own alphabet; a word of another script
    can only have lost none.

    >>> meant = single_edits("vizas")
    >>> meant["visas"], meant["viza"], "visa" in meant
    (0.15, 0.04, False)
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
            add(before + letter + after, _ALIKE if sign + letter in _NEAR else _CHANGED, place)
            add(before + letter + sign + after, _DOUBLED if letter == sign else _LOST, place)
    for letter in letters:
        add(word + letter, _LOST, len(word))
    found.pop(word, None)
    found.pop("", None)
    return found


def likelihood(typed: str, meant: str) -> float:
    """How likely a word one edit away was meant, as ``single_edits`` has it; 0 for any other word.

    >>> likelihood("vizas", "visas"), likelihood("vizas", "visa")
    (0.15, 0)
    """
    if typed == meant:
        return 0
    same = next(
        (at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    first = 1.0 if same else FIRST
    mine, other = typed[same:], meant[same:]
    if len(mine) == len(other) and mine[1:] == other[1:]:
        return first * (_ALIKE if mine[0] + other[0] in _NEAR else _CHANGED)
    if len(mine) == len(other) and mine[2:] == other[2:] and mine[:2] == other[1::-1]:
        return first * _SWAPPED
    if mine == other[1:]:
        return first * (_DOUBLED if other[0] == typed[same - 1 : same] else _LOST)
    if mine[1:] == other:
        return first * (_DOUBLED if mine[0] == typed[same - 1 : same] else _ADDED)
    return 0


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
