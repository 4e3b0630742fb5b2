"""Codes of a question: a version, an issue's number, a model, a serial, a room, a time of day.

A reader takes 3.2.0 for 3.0.2, as most of its tokens are there. But who asks for a code wants that very one: an answer
from a document that does not have it, or from a line that is about another code of its shape, answers something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from corpus.english.calendar import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from corpus.english.function_words import STOP_WORDS
from corpus.english.modifiers import BEFORE_AMOUNTS, RELATING
from corpus.patterns import pattern

_DASH = r"\-‐‑‒–—"
_CODES = pattern(
    rf"(?<![\w.#@/{_DASH}])(?:"
    r"#\d{1,7}"  # of an issue
    r"|[vV]?\d{1,4}(?:\.\d{1,5}){2,4}"  # of a version
    rf"|(?=[\w.{_DASH}]*\d)[A-Za-z]{{1,8}}(?:[{_DASH}./]?(?:[A-Z]{{1,5}}|\d{{1,10}}))+[a-z]?"  # letters, then digits
    r"|\d{1,4}[A-Z]"  # a room's
    rf")(?![\w/@]|[{_DASH}]\w|\.\d)"
)
_CLOCK = pattern(r"(?<![\w.:,£$€])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\w:%]|[.,]\d|\s?[ap]\.?m\b)")
_AFTER_VERSION = pattern(r"\b(?:version|release|v\.?)\s?(\d{1,4}\.\d{1,5})(?![\w.]*\d)", re.IGNORECASE)
_NUMBERED = pattern(r"\b([A-Za-z]{3,20}) (?:(?:no\.?|number|nr\.?) )?(\d{1,6})(?![\w%]|[.,:]\d)")
_TWO_DIGITS = pattern(r"\d\d")
_SHORT = 4  # letters
_BEFORE_YEARS = frozenset(("mid", "pre", "post", "ca", "early", "late"))
_BETWEEN = rf"[\s./{_DASH}]?"
_PARTS = pattern(r"\d+|[^\W\d_]+")
_NEIGHBOUR = pattern(rf"\b(?:{'|'.join(RELATING)})\b", re.IGNORECASE)
_RANGE = pattern(rf"\d[:.]\d\d(?:\s?[ap]\.?m\.?)?\s?(?:[{_DASH}]|to\b|until\b|till\b|and\b)\s?\d", re.IGNORECASE)
_UNITS = BEFORE_AMOUNTS | {*MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS}


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its letters and digits, and ``shape``, which codes of the same sort share."""

    written: str
    shape: str

    def stands_in(self, text: str) -> bool:
        """Whether a text has the code, as a word of its own, whatever its case, spaces and dashes.

        >>> Code("CV-70421", "cv-9").stands_in("Serial cv 70421, zone 3"), Code("3.1.0", "9.9").stands_in("in 13.1.0")
        (True, False)
        """
        found = self._pattern()
        anchor = max(_PARTS.findall(self.written), key=lambda part: (part.isdigit(), len(part)))
        if self.shape == "9:9":  # the hour may be written otherwise
            anchor = _PARTS.findall(self.written)[-1]
        if not anchor.isdigit():
            return found.search(text) is not None
        at, reach = text.find(anchor), 2 * len(self.written) + 8
        while at >= 0:
            if found.search(text[max(0, at - reach) : at + reach]):
                return True
            at = text.find(anchor, at + 1)
        return False

    def _pattern(self) -> re.Pattern[str]:
        parts = _PARTS.findall(self.written)
        if self.shape == "9.9":
            numbers = parts[1:] if parts[0] in ("v", "V") else parts
            # 5.1 and 5.1.0 are one version; who asks for 5.1 may mean 5.1.2.
            while len(numbers) > 2 and numbers[-1] == "0":
                numbers = numbers[:-1]
            more = r"(?:\.0)*(?!\.?\d)" if len(numbers) < len(parts) or len(numbers) > 2 else r"(?!\d)"
            return re.compile(
                rf"(?<!\d\.)(?<![^\W\d_][^\W\d_])(?<!\d)(?:v\.?)?{_joined(numbers, '[.]')}{more}", re.IGNORECASE
            )
        if self.shape == "9:9":
            hour, minute = int(parts[0]), parts[1]
            forms = {str(hour), f"{hour:02}"} | ({str(hour - 12), f"{hour - 12:02}"} if hour > 12 else set())
            return re.compile(rf"(?<!\d)(?<!\d[.:])(?:{'|'.join(sorted(forms))})[:.]{minute}(?!\d)")
        return re.compile(rf"(?<!\w){_joined(parts, _BETWEEN)}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a question, and the numbers after a noun ("office 5"); ``near``: it may ask for another code's.

    >>> [code.written for code in codes_of("When was 3.2.0 with #812 released?").codes]
    ['3.2.0', '#812']
    """

    codes: tuple[Code, ...] = ()
    numbered: tuple[tuple[str, str], ...] = ()
    near: bool = False

    def __bool__(self) -> bool:
        return bool(self.codes or self.numbered)

    def absent(self, text: str, more: Callable[[], str]) -> bool:
        """Whether a code is in neither of two texts; ``more``, the whole document, is read where the first has none.

        A number after a noun counts where the noun has other numbers: "office 3" says that office 5 would be one.
        """
        for code in self.codes:
            if code.stands_in(text):
                continue
            whole = more()
            if not code.stands_in(whole) and (code.shape != "9:9" or _lists_times(whole)):
                return True
        return any(
            not _number(number).search(text)
            and re.search(rf"\b{noun}s? (?:no\.?|number |nr\.? )?\d", more(), re.IGNORECASE)
            and not _number(number).search(more())
            for noun, number in self.numbered
        )

    def of_another(self, *scopes: str) -> bool:
        """Whether the nearest of some scopes that has a code of a shape asked for has only others."""
        if self.near:
            return False
        for _, group in groupby(sorted(self.codes, key=_shape), key=_shape):
            asked = list(group)
            for scope in scopes:
                same = [code for code in _codes(scope) if code.shape == asked[0].shape]
                if any(code.stands_in(scope) for code in asked):
                    break
                if same:
                    return True
        return False


def codes_of(question: str) -> Codes:
    """The codes of a question; mostly none, and then nothing is looked for."""
    if not any(sign.isdigit() for sign in question):
        return Codes()
    codes = tuple(
        dict.fromkeys((*_codes(question), *(Code(found, "9.9") for found in _AFTER_VERSION.findall(question))))
    )
    inside = " ".join(code.written for code in codes)
    numbered = tuple(
        (noun.lower(), number)
        for noun, number in _NUMBERED.findall(question)
        if noun.lower() not in STOP_WORDS and noun.lower() not in _UNITS and number not in inside
    )
    return Codes(codes, numbered, _NEIGHBOUR.search(question) is not None)


def _codes(text: str) -> list[Code]:
    found = [Code(each, shape) for each in _CODES.findall(text) if (shape := _form(each))]
    return found + [Code(each, "9:9") for each in _CLOCK.findall(text)]


def _form(written: str) -> str:
    """The shape of a code, as in "cve-9", or "" where it is none: mid-1970s."""
    if written.startswith("#"):
        return "#9"
    letters = [part for part in _PARTS.findall(written) if not part.isdigit()]
    if not letters or (letters[0] in ("v", "V") and "." in written):
        return "9.9"
    if written[0].isdigit():
        return "9a"
    if letters[0].islower() and written[0] != "v" and not (len(letters[0]) <= _SHORT and _TWO_DIGITS.search(written)):
        return ""  # a formula, or a word with a number
    return "" if letters[0].lower() in _BEFORE_YEARS else letters[0].lower() + "9"


def _joined(parts: Iterable[str], between: str) -> str:
    return between.join(map(re.escape, parts))


def _lists_times(text: str) -> bool:
    """Whether a text has times of day, and none that is one end of a range."""
    return _CLOCK.search(text) is not None and not _RANGE.search(text)


def _number(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,]){number}(?![\d]|[.,]\d)")


def _shape(code: Code) -> str:
    return code.shape
