"""What a text states exactly: numbers, shares, sums of money, measures and dates, each as the values it allows.

"About seventy" allows what is near 70, "more than 150" all that is above, "1941-1945" all between, "May 1941" any day
of that month. Two quantities agree where the values they allow overlap.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from corpus.english.calendar import MONTH, MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from corpus.english.function_words import NO_UNITS
from corpus.english.numerals import SCALE_WORDS, SCALES
from corpus.english.units import CURRENCIES, MANNERS, MEASURES, MONEY
from qa.audit.numerals import (
    DIGITS,
    FRACTION,
    NUMBER_WORDS,
    ORDINALS,
    fraction_of_words,
    number_of_digits,
    number_of_words,
)

ABOUT = 0.1  # of a value: "about 70" is from 63 to 77
_AROUND = 20_000  # two years, as YYYYMMDD
_JUST = 1e-6  # of a value: "more than 30" does not hold 30
ROUNDED = 0.5  # of the last digit written before "million": "1.7 million" is from 1.65 to 1.75 million

_YEAR = r"[12]\d{3}"
_DASH = r"\s?[-–—]\s?"
_DATE = re.compile(
    rf"\b(?:(?P<y1>{_YEAR})-(?P<n1>\d\d)-(?P<e1>\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH})\b\.?(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{MONTH})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[:%])(?:,?\s+(?P<y3>{_YEAR}))?"
    rf"|(?P<m4>{MONTH})\b\.?,?\s+(?:of\s+)?(?P<y4>{_YEAR})"
    rf"|(?P<y5>{_YEAR})(?:{_DASH}|\s+(?:to|until)\s+)(?P<z5>{_YEAR}|\d\d)\b(?!\s*(?:%|percent|per\s+cent))"
    rf"|(?P<s6>[12]\d\d0)[’']?s\b"
    rf"|(?P<c7>\d{{1,2}})(?:st|nd|rd|th)[\s-]century"
    rf"|(?P<y8>{_YEAR})\b(?![,.]\d)(?!\s*(?:%|percent|per\s+cent|km|kilomet|met[er]{{2}}|miles?|people|men|soldiers|members|years)))",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(rf"\b(?:in|during)\s+(?P<month>{'|'.join(MONTHS)})\b(?!\s+\d)", re.IGNORECASE)
_SHORT_DAY = f"(?:{'|'.join(SHORT_WEEKDAYS).title()})"
_WEEKDAY = re.compile(
    rf"\b(?:(?P<day>{'|'.join(WEEKDAYS)})s?|(?P<week>weekdays?|working days?)|(?P<end>weekends?)|daily|every day"
    rf"|(?-i:(?P<first>{_SHORT_DAY})\.?{_DASH}(?P<last>{_SHORT_DAY})))\b",
    re.IGNORECASE,
)
_MONEY = r"US\$|[$€£¥₽]"
_NUMBER = re.compile(
    rf"(?P<money>{_MONEY})?\s?(?:(?<![\w.,])(?<![^\W\d_]-)(?P<digits>{DIGITS})|\b(?P<fraction>{FRACTION})|\b(?P<words>{NUMBER_WORDS})\b)"
    rf"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    rf"(?:[\s-]*(?P<scale>dozen|{'|'.join(SCALE_WORDS)}|bn|mn|tn|k|m)\b(?!\s*(?:long|high|tall|above|wide|deep)))?"
    rf"(?P<percent>\s*%|\s+percent(?:age)?\b|\s+per\s+cent\b)?"
    rf"(?:\s+(?P<currency>{MONEY})\b)?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b", re.IGNORECASE)
_UNIT = re.compile(r"[\s-]*(?:(?:[^\W\d_]+(?:ed|ing|al|ern|ian|ish|an)\s+)?)(?P<unit>[^\W\d_]+|°\s?[CF])")
_BEFORE = tuple(
    (name, re.compile(rf"(?<!\w)(?:{words})\s*(?:the\s+|a\s+|US)?$", re.IGNORECASE)) for name, words in MANNERS.items()
)
_MORE_AFTER = re.compile(r"\s+(?:or|and) (?:more|above|over|older)\b", re.I)
_LESS_AFTER = re.compile(r"\s+or (?:less|fewer|under|younger)\b", re.I)
_RANGE = re.compile(r"^(?:\s?[-–—]\s?|\s+to\s+|\s+and\s+)$", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something exact that a text states at ``[start, end)``.

    ``kind`` is ``date``, ``weekday``, ``share``, ``money``, ``measure``, ``number`` or ``ordinal``; ``[low, high]`` are
    the values that it allows (of a date: days, as YYYYMMDD; of a weekday: from 1, Monday, to 7; of a share: from 0 to
    1; of a measure: in its base unit). ``unit`` is what it counts or measures, "" where that is not told, ``written``
    the unit as the text has it; ``loose`` says that it is an approximation, a bound or a range.
    """

    kind: str
    low: float
    high: float
    unit: str
    start: int
    end: int
    text: str
    loose: bool = False
    written: str = ""

    @property
    def bounded(self) -> bool:
        """Whether it has a lower and an upper bound, unlike "more than 150"."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def yearless(self) -> bool:
        """Whether it is a day without its year: from 101 (1 January) to 1231."""
        return self.kind == "date" and (self.high if math.isfinite(self.high) else self.low) < _FIRST_YEAR

    def lies_in(self, other: Quantity) -> bool:
        """Whether it is a day, and one of a stretch of days that the other names.

        >>> quantities("on Fridays")[0].lies_in(quantities("Tuesday to Saturday")[0])
        True
        """
        days = self.kind == other.kind and self.kind in ("date", "weekday") and self.yearless == other.yearless
        inside = other.low <= self.low and self.high <= other.high
        return days and inside and other.loose and other.bounded and (other.low, other.high) != (self.low, self.high)

    def agrees(self, other: Quantity) -> bool:
        """Whether both can be true of the same thing: the values that they allow overlap.

        >>> claim, source = quantities("about seventy ships")[0], quantities("72 ships")[0]
        >>> claim.agrees(source), quantities("70 ships")[0].agrees(source)
        (True, False)
        """
        if self.yearless != other.yearless:
            return _same_day(*((self, other) if self.yearless else (other, self)))
        slack = 0.0
        if self.kind == other.kind == "measure" and self.written != other.written:
            slack = 0.03 * max(abs(self.low), abs(other.low))  # "100 km" and "62 miles"
        return self.low - slack <= other.high + 1e-9 and other.low - slack <= self.high + 1e-9


_FIRST_YEAR = 1e4  # dates with a year are larger, as YYYYMMDD
_WHOLE_YEAR = 1300.0  # a date that spans as much holds every day


def _same_day(day: Quantity, other: Quantity) -> bool:
    """Whether a day without its year ("5 May") may be, or be in, another date."""
    if other.kind != "date" or not other.bounded or other.high - other.low >= _WHOLE_YEAR:
        return True
    return other.low % _FIRST_YEAR <= day.high and day.low <= other.high % _FIRST_YEAR


def quantities(text: str) -> list[Quantity]:
    """What a text states exactly, in its order.

    >>> [(found.kind, found.text) for found in quantities("In May 1941, over two-thirds of 52,000 men left.")]
    [('date', 'May 1941'), ('share', 'two-thirds'), ('number', '52,000')]
    """
    found = [*_dates(text), *_weekdays(text)]
    taken = [(quantity.start, quantity.end) for quantity in found]
    for match in _NUMBER.finditer(text):
        start = (
            match.start("money")
            if match["money"]
            else min(match.start(name) for name in ("digits", "fraction", "words") if match[name])
        )
        if any(begin < match.end() and start < end for begin, end in taken):
            continue
        quantity = _number(text, match, start)
        if quantity is not None:
            found.append(quantity)
            taken.append((quantity.start, quantity.end))
    for match in _ORDINAL.finditer(text):
        if not any(begin < match.end() and match.start() < end for begin, end in taken):
            value = ORDINALS[match[0].lower()]
            found.append(Quantity("ordinal", value, value, "", *match.span(), match[0]))
    return _joined(text, sorted(found, key=lambda quantity: quantity.start))


def _dates(text: str) -> list[Quantity]:
    found = []
    for match in _DATE.finditer(text):
        span = _days(match)
        if span is None:
            continue
        low, high = span
        loose = False
        manner = _manner(text, match.start())
        if manner == "before":
            low, high, loose = 0.0, low - 1, True
        elif manner == "after":
            low, high, loose = high + 1, math.inf, True
        elif manner in ("about", "almost"):
            low, high, loose = low - _AROUND, high + _AROUND, True
        found.append(Quantity("date", low, high, "", *match.span(), match[0], loose))
    for match in _IN_MONTH.finditer(text):
        month = _month(match["month"])
        found.append(Quantity("date", month * 100.0, month * 100.0 + 31, "", *match.span("month"), match["month"]))
    return found


def _weekdays(text: str) -> list[Quantity]:
    """The days of the week that a text names, each by itself or as a range.

    >>> [(found.low, found.high, found.text) for found in quantities("Open Tuesday to Friday and at weekends.")]
    [(2.0, 5.0, 'Tuesday to Friday'), (6.0, 7.0, 'weekends')]
    """
    found = []
    for match in _WEEKDAY.finditer(text):
        if match["first"]:
            low, high = (
                1.0 + next(place for place, name in enumerate(WEEKDAYS) if name.startswith(match[end].lower()))
                for end in ("first", "last")
            )
        elif match["day"]:
            low = high = 1.0 + WEEKDAYS.index(match["day"].lower())
        else:
            low, high = (1.0, 5.0) if match["week"] else (6.0, 7.0) if match["end"] else (1.0, 7.0)
        if low <= high:
            found.append(Quantity("weekday", low, high, "", *match.span(), match[0], loose=low < high))
    return found


def _days(match: re.Match[str]) -> tuple[float, float] | None:
    """The first and the last day of a date, as YYYYMMDD; a day without a year is MMDD."""
    get = match.groupdict()
    if get["y1"]:
        return (float(get["y1"] + get["n1"] + get["e1"]),) * 2
    for number in ("2", "3"):
        if get[f"m{number}"]:
            month, day = _month(get[f"m{number}"]), int(get[f"d{number}"])
            if not 1 <= day <= 31:
                return None
            year = get[f"y{number}"]
            value = float(f"{year or ''}{month:02d}{day:02d}")
            return value, value
    if get["m4"]:
        month = _month(get["m4"])
        return float(f"{get['y4']}{month:02d}00"), float(f"{get['y4']}{month:02d}99")
    if get["y5"]:
        last = get["z5"] if len(get["z5"]) == 4 else get["y5"][:2] + get["z5"]
        return float(f"{get['y5']}0000"), float(f"{last}9999")
    if get["s6"]:
        return float(f"{get['s6']}0000"), float(f"{int(get['s6']) + 9}9999")
    if get["c7"]:
        century = int(get["c7"])
        return (century - 1) * 1e6, century * 1e6 - 1
    year = get["y8"]
    return float(f"{year}0000"), float(f"{year}9999")


def _month(name: str) -> int:
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def _number(text: str, match: re.Match[str], start: int) -> Quantity | None:
    """The quantity of a match of a number, or None where the words are no number here ("one of them")."""
    end = match.end()
    if match["words"] is not None and match["words"].lower() in ("one", "a", "an", "zero") and not match["scale"]:
        return None
    if match["digits"]:
        value, written = number_of_digits(match["digits"]), match["digits"]
    elif match["fraction"]:
        value, written = fraction_of_words(match["fraction"]), ""
    else:
        value, written = number_of_words(match["words"]), ""
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    decimals = len(written.partition(".")[2])
    half = ROUNDED * 10.0**-decimals * scale if scale > 1 and written else 0.0
    value *= scale
    kind, unit, factor, unit_written = _kind(text, match, end)
    if match["ordinal"]:
        kind, unit, factor = "ordinal", "", 1.0
    if match["fraction"] or kind == "share":
        kind, value = "share", value if match["fraction"] else value / 100
    low, high, loose = _bounds(text, start, end, value * factor, half * factor)
    return Quantity(kind, low, high, unit, start, end, text[start:end].strip(), loose, unit_written)


def _kind(text: str, match: re.Match[str], end: int) -> tuple[str, str, float, str]:
    """The kind of a number, its unit, what it is multiplied with, and the unit as it is written."""
    if match["percent"]:
        return "share", "", 1.0, ""
    if match["money"] or match["currency"]:
        name = (match["money"] or match["currency"]).lower().rstrip("s")
        return "money", CURRENCIES.get(name, name), 1.0, ""
    unit = _UNIT.match(text, end)
    word = unit["unit"].lower() if unit else ""
    if word in NO_UNITS:
        return "number", "", 1.0, ""
    stem = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    stem = f"{stem[:-2]}y" if stem.endswith("ie") else stem
    if stem in MEASURES:
        measured, factor = MEASURES[stem]
        return "measure", stem if measured == "time" else measured, factor, stem
    return "number", stem, 1.0, stem


def _bounds(text: str, start: int, end: int, value: float, half: float) -> tuple[float, float, bool]:
    """The values that a number allows, by the words around it."""
    manner = _manner(text, start)
    if manner == "least" or _MORE_AFTER.match(text, end):
        return value, math.inf, True
    if manner == "most" or _LESS_AFTER.match(text, end):
        return -math.inf, value, True
    if manner == "above":
        return value + _JUST * max(1.0, abs(value)), math.inf, True
    if manner == "below":
        return -math.inf, value - _JUST * max(1.0, abs(value)), True
    if manner == "almost":
        return value * (1 - ABOUT), value, True
    if manner == "about":
        return value * (1 - ABOUT), value * (1 + ABOUT), True
    return value - half, value + half, False


def _manner(text: str, start: int) -> str:
    before = text[max(0, start - 30) : start]
    return next((name for name, pattern in _BEFORE if pattern.search(before)), "")


def _factor(quantity: Quantity) -> float:
    """What a bare number before "to" is multiplied with to be of the same kind as the quantity after it."""
    if quantity.kind == "measure":
        return MEASURES[quantity.written][1]
    return 0.01 if quantity.kind == "share" else 1.0


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, with "10 to 20 men" and "between 10 and 20" as one each."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        between = text[last.end : quantity.start] if last else ""
        if last and last.kind in ("number", quantity.kind) and quantity.kind != "ordinal" and _RANGE.match(between):
            opened = text[max(0, last.start - 9) : last.start].lower().endswith("between ")
            low = last.low if last.kind == quantity.kind else last.low * _factor(quantity)
            if (opened or "and" not in between) and low < quantity.high and last.kind in ("number", quantity.kind):
                joined[-1] = replace(
                    quantity, low=low, start=last.start, text=text[last.start : quantity.end], loose=True
                )
                continue
        joined.append(quantity)
    return joined
