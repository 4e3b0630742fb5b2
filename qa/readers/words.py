"""What the lexical reader knows of each distinct word, as rows of arrays: seen once, looked up ever after.

A text becomes an array of row numbers, and every property of its words one indexing operation.
"""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.english.calendar import MONTHS, WEEKDAYS
from corpus.english.function_words import ANSWER_OPENINGS, CLASSES, STOP_WORDS
from corpus.english.numerals import NUMBER_SHAPES, SCALE_SHAPES
from corpus.english.units import UNIT_SHAPES
from corpus.patterns import pattern
from index.terms.analysis import Analyzer, fold
from qa.questions import WORD_PATTERN

MAX_WORDS: Final = 400_000  # about 40 bytes of arrays and 100 of dictionary each; then the table starts afresh
_CACHED_TEXTS: Final = 2048

# Every character is in exactly one piece, so that offsets are sums of lengths.
_PIECES = pattern(rf"\s+|{WORD_PATTERN.pattern}")

SHAPES: Final = (
    "pad", "space", "newline", "lower", "capital", "capitals", "mixed", "year", "integer", "decimal", "number_word",
    "scale", "month", "weekday", "ordinal", "decade", "alphanumeric", "initial", "determiner", "preposition",
    "conjunction", "auxiliary", "pronoun", "function", "possessive", "currency", "percent", "quote", "open", "close",
    "comma", "stop", "semicolon", "dash", "sign", "unit",
)  # fmt: skip
SHAPE: Final = {name: number for number, name in enumerate(SHAPES)}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LISTED: Final = {
    word: shape
    for shape, words in {
        "number_word": NUMBER_SHAPES,
        "scale": SCALE_SHAPES,
        "month": MONTHS,
        "weekday": WEEKDAYS,
        **CLASSES,
        "percent": ("%", "percent", "percentage"),
        "unit": UNIT_SHAPES,
    }.items()
    for word in words
}
_SIGNS: Final = {
    **dict.fromkeys("$£€¥₹", "currency"), **dict.fromkeys("\"“”„«»'’‘`", "quote"), **dict.fromkeys("([{", "open"),
    **dict.fromkeys(")]}", "close"), ",": "comma", **dict.fromkeys(".!?…", "stop"), **dict.fromkeys(";:", "semicolon"),
    **dict.fromkeys("-–—‑−", "dash"), "%": "percent", "'s": "possessive", "’s": "possessive",
}  # fmt: skip
_ORDINAL = pattern(r"\d+(?:st|nd|rd|th)")
_DECADE = pattern(r"\d{2,4}s")

# A candidate neither begins nor ends with these.
_NEVER_FIRST = _words(
    "pad space newline possessive percent quote open close comma stop semicolon dash conjunction auxiliary sign"
)
_NEVER_LAST = _words(
    "quote pad space newline currency open comma stop semicolon dash conjunction auxiliary sign determiner preposition"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What was counted in the training text. Words and terms are known by the CRC-32 of their UTF-8 bytes.

    ``term_keys``, sorted uint32 of shape (terms,), have the inverse document frequencies ``term_idf``, float32;
    every other term has ``rare_idf``. ``word_keys``, sorted uint32 of shape (words,), have the classes
    ``word_classes``, uint8: words with like neighbours share a class. ``common`` are the keys of the words so
    frequent that each is a class of its own.
    """

    term_keys: NDArray[np.uint32]
    term_idf: NDArray[np.float32]
    rare_idf: float
    word_keys: NDArray[np.uint32]
    word_classes: NDArray[np.uint8]
    common: frozenset[int]

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        at = _place(self.term_keys, _key(term))
        return self.rare_idf if at is None else float(self.term_idf[at])

    def word_class(self, word: str) -> int | None:
        """The class of a lower-case word, or None where it is too rare to have one."""
        at = _place(self.word_keys, _key(word))
        return None if at is None else int(self.word_classes[at])


def _key(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _place(keys: NDArray[np.uint32], key: int) -> int | None:
    at = int(np.searchsorted(keys, key))
    return at if at < len(keys) and int(keys[at]) == key else None


@dataclass(slots=True)
class _Columns:
    term: NDArray[np.int32]
    prefix: NDArray[np.uint64]  # the first eight letters of the term, first letter highest
    length: NDArray[np.int8]  # of the term; 0 where a common beginning says nothing
    word: NDArray[np.uint32]
    kind: NDArray[np.uint32]
    shape: NDArray[np.uint8]
    idf: NDArray[np.float32]
    content: NDArray[np.bool_]
    first: NDArray[np.bool_]  # may begin a candidate
    last: NDArray[np.bool_]

    @classmethod
    def empty(cls, size: int) -> _Columns:
        return cls(
            *(
                np.zeros(size, dtype=dtype)
                for dtype in (
                    np.int32,
                    np.uint64,
                    np.int8,
                    np.uint32,
                    np.uint32,
                    np.uint8,
                    np.float32,
                    bool,
                    bool,
                    bool,
                )
            )
        )

    def grown(self) -> _Columns:
        larger = _Columns.empty(2 * len(self.term))
        for name in _Columns.__slots__:
            getattr(larger, name)[: len(self.term)] = getattr(self, name)
        return larger


class _Rows(dict[str, int]):
    """The row of each piece seen; a missing one is described when it is asked for."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, piece: str) -> int:
        return self._table.add(piece)


class WordTable:
    """The rows of all words seen so far; safe to share between threads. Row 0 is padding.

    >>> none = np.zeros(0, np.uint32)
    >>> table = WordTable(Lexicon(none, none.astype(np.float32), 9.0, none, none.astype(np.uint8), frozenset()))
    >>> rows, places = table.pieces("Visas, in 2009")
    >>> places.tolist(), [SHAPES[shape] for shape in table.columns.shape[rows]]
    ([[0, 5, 7, 10], [5, 6, 9, 14]], ['capital', 'comma', 'preposition', 'year'])
    """

    def __init__(self, lexicon: Lexicon, analyzer: Analyzer | None = None) -> None:
        self.lexicon = lexicon
        self._analyzer = analyzer if analyzer is not None else Analyzer()
        self._lock = threading.Lock()
        self._terms: dict[str, int] = {}
        self.columns = _Columns.empty(1 << 14)
        self.rows = _Rows(self)
        self.rows["\0pad"] = 0
        self.columns.term[0] = -1  # no term, hence like no term of a question
        self.pieces = lru_cache(maxsize=_CACHED_TEXTS)(self._pieces)

    @property
    def is_full(self) -> bool:
        """Whether so many words were seen that a fresh table is due."""
        return len(self.rows) >= MAX_WORDS

    def _pieces(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The rows of a text's pieces, int32 of shape (pieces,), and their starts and ends; plain space left out."""
        found = _PIECES.findall(text)
        count = len(found)
        rows = np.fromiter(map(self.rows.__getitem__, found), np.int32, count)
        ends = np.cumsum(np.fromiter(map(len, found), np.int32, count), dtype=np.int32)
        kept = np.flatnonzero(self.columns.shape[rows] != SHAPE["space"])
        starts = np.zeros(count, np.int32)
        starts[1:] = ends[:-1]
        return rows[kept], np.stack((starts[kept], ends[kept]))

    def add(self, piece: str) -> int:
        """The row of a piece that was not seen before, now described."""
        with self._lock:
            if piece in self.rows:
                return self.rows[piece]
            row = len(self.rows)
            if row >= len(self.columns.term):
                self.columns = self.columns.grown()
            self._describe(piece, row)
            self.rows[piece] = row
            return row

    def _describe(self, piece: str, row: int) -> None:
        columns = self.columns
        lower = piece.lower().replace("’", "'")
        shape = _shape(piece, lower)
        if shape in ("space", "newline"):
            columns.shape[row] = SHAPE[shape]
            columns.term[row] = -1
            columns.word[row] = columns.kind[row] = _key(shape)
            columns.idf[row] = 0.0
            return
        alphanumeric = piece[0].isalnum()
        # "Envoy1" of an infobox stands for "envoy".
        named = piece.rstrip("0123456789") if piece[:1].isalpha() else piece
        term = self._analyzer.term(named) if alphanumeric else piece
        word = _key(lower)
        columns.term[row] = self._terms.setdefault(term, len(self._terms))
        if term[:1].isalpha() and len(term) >= 4:
            letters = [min(ord(letter), 255) for letter in term[:8]]
            columns.prefix[row] = int.from_bytes(bytes(letters).ljust(8, b"\0"), "big")
            columns.length[row] = min(len(term), 100)
        columns.word[row] = word
        if word in self.lexicon.common or not alphanumeric or lower in STOP_WORDS:
            columns.kind[row] = word
        else:
            group = self.lexicon.word_class(lower) if shape in _CLASSED else None
            ending = fold(piece)[-2:] if shape in _CLASSED else ""
            columns.kind[row] = _key(f"{shape}:{ending if group is None else group}")
        columns.shape[row] = SHAPE[shape]
        columns.content[row] = alphanumeric and lower not in STOP_WORDS
        columns.idf[row] = self.lexicon.idf(term) if alphanumeric else 0.0
        columns.first[row] = shape not in _NEVER_FIRST or lower in ANSWER_OPENINGS
        columns.last[row] = shape not in _NEVER_LAST


_CLASSED = _words("lower capital capitals mixed unit")


def _shape(piece: str, lower: str) -> str:
    if piece.isspace():
        return "newline" if "\n" in piece or "\r" in piece else "space"
    if lower in _SIGNS:
        return _SIGNS[lower]
    if lower in _LISTED and not (lower == "may" and piece[0].isupper()):
        return "month" if piece == "May" else _LISTED[lower]
    if piece == "May":
        return "month"
    if piece[0].isdigit():
        return _number_shape(piece, lower)
    if not piece[0].isalpha():
        return "sign"
    if lower in STOP_WORDS:
        return "function"
    if len(piece) == 1 and piece.isupper():
        return "initial"
    if piece.isupper():
        return "capitals"
    if piece[0].isupper():
        return "capital"
    return "lower" if piece.islower() or not any(letter.isupper() for letter in piece) else "mixed"


def _number_shape(piece: str, lower: str) -> str:
    if piece.isdigit():
        return "year" if len(piece) == 4 and piece[0] in "12" else "integer"
    if _ORDINAL.fullmatch(lower):
        return "ordinal"
    if _DECADE.fullmatch(lower):
        return "decade"
    return "decimal" if not any(letter.isalpha() for letter in piece) else "alphanumeric"
