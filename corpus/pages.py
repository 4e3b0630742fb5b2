"""A text as arrays of bytes, with what cutting many texts at once looks up in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus import passages as blockwise
from corpus.characters import BYTE_ORDER, LINE, STOP, WHITE, WORDLIKE, classes, runs, table_of

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

DIGITS = b"0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
IN_WORD, SPACE, LINE_END, ENDING, LETTER, UPPER, BAR = 1, 2, 4, 8, 16, 32, 64  # what ``Page.kinds`` adds up
INSIDE = _LETTERS.encode() + DIGITS + bytes([WORDLIKE])
_TABLE = table_of(
    {
        IN_WORD: INSIDE,
        SPACE: b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f " + bytes([WHITE, LINE, BYTE_ORDER]),
        LINE_END: b"\n\r\x0b\x0c" + bytes([LINE]),
        ENDING: b".!?" + bytes([STOP]),
        LETTER: _LETTERS,
        UPPER: _LETTERS[:26],
        BAR: "\t|",
    }
)


class Page:
    """A text with what every step looks up in it."""

    def __init__(self, text: str, low: NDArray[np.uint8], length: int) -> None:
        self.text, self.low = text, low
        self.kinds = classes(low[:length], _TABLE)  # the last character is a line end
        white = self.kinds & SPACE
        self.filled = white == 0
        self.begins, self.stops = runs(self.filled.view(np.uint8))  # of what stands between white space
        self.line_ends = np.flatnonzero((self.kinds & LINE_END) != 0)
        # The second half of "\r\n" ends no line of its own.
        at = self.line_ends
        self.lines_ended = at[~((low[at] == 10) & (low[at - 1] == 13) & (at > 0))]

    def is_plain(self, sheets: list[int]) -> bool:
        """Whether white space is the same for every rule: so unless a byte order mark stands inside a text."""
        marks = np.flatnonzero(self.low == BYTE_ORDER)
        return not len(marks) or bool(np.isin(marks, np.cumsum([0, *(size + 1 for size in sheets)])).all())

    def trim(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        """The windows that hold more than white space, without the white space at their ends."""
        begins = np.append(self.begins, len(self.kinds))
        first = np.where(self.filled[starts], starts, begins[np.searchsorted(self.begins, starts)])
        kept = first < ends
        first, ends = first[kept], ends[kept]
        last = np.where(self.filled[ends - 1], ends, self.stops[np.searchsorted(self.stops, ends, side="right") - 1])
        return first, last

    def blank_between(self, ends: Places, starts: Places) -> Flags:
        """Whether two line ends or more stand between an end and the start after it."""
        counts: Places = np.searchsorted(self.lines_ended, starts) - np.searchsorted(self.lines_ended, ends)
        return counts > 1

    def eights(self, places: Places) -> NDArray[np.uint64]:
        """The eight bytes from each place on as one number, the first being the least."""
        eights: NDArray[np.uint64] = np.ndarray((len(self.low) - 7,), "<u8", self.low, strides=(1,))[places]
        return eights

    def words(self, sentences: Places) -> Places:
        """How many words each sentence has."""
        starts, ends = np.ascontiguousarray(sentences[:, 0]), np.ascontiguousarray(sentences[:, 1])
        words: Places = np.searchsorted(self.begins, ends) - np.searchsorted(self.begins, starts, side="right") + 1
        counts: Places = np.maximum(words, (ends - starts) // blockwise.CHARACTERS_A_WORD)
        return counts


def merged(*parts: Places) -> Places:
    """The places of all parts in order, those of each ascending already."""
    return np.sort(np.concatenate(parts), kind="stable")
