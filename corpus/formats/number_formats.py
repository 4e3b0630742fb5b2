"""Numbers and dates of spreadsheets as the format of their cell shows them.

The codes are those of ECMA-376 Part 1, 18.8.31: "0.00%", '#,##0.00 "kg"', "d mmmm yyyy", "[h]:mm". Signs for decimals
and thousands are those of the code; a date that follows the reader's own settings is shown as 2024-03-05.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from corpus.english.calendar import MONTHS, WEEKDAYS

GENERAL = "General"
ISO_DATE = "yyyy-mm-dd"
_DOLLARS = '_("$"* #,##0{0}_);_("$"* (#,##0{0});_("$"* "-"_);_(@_)'
_PLAIN = '_(* #,##0{0}_);_(* (#,##0{0});_(* "-"_);_(@_)'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: ISO_DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: f"{ISO_DATE} h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: _PLAIN.format(""), 42: _DOLLARS.format(""), 43: _PLAIN.format(".00"),
    44: _DOLLARS.format(".00"), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), ISO_DATE),
}  # fmt: skip
"""The codes that a workbook names by their number alone (18.8.30)."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<symbol>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|g+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[]|[\\\["])*', re.DOTALL)
_PLAIN_DIGITS = re.compile(r"\A\0*(?:#,##0|0)(\.0+)?\0*\Z")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_MONTHS, _DAYS = (tuple(map(str.title, names)) for names in (MONTHS, WEEKDAYS))
_LAST_DAY = 2_958_466  # of the year 9999
_MOST_DECIMALS = 30
Token = tuple[str, str]


def is_date(code: str) -> bool:
    """Return whether a code shows a number as a date or a time.

    >>> is_date("d mmm yyyy"), is_date('0.0 "days"'), is_date("[Red]0")
    (True, False, False)
    """
    return any(kind in ("date", "elapsed", "half") for kind, _ in _tokens(_sections(code)[0]))


@lru_cache(maxsize=20_000)
def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return a number as a cell of that format shows it; dates count days from 1900, or from 1904.

    >>> shown(0.125, "0.0%"), shown(-1234.5, '#,##0.00 "EUR"'), shown(45356, "d mmmm yyyy")
    ('12.5%', '-1,234.50 EUR', '5 March 2024')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    simple = _simple(code)
    if simple is not None and value > 0 and (digits := _exact(value, simple)) is not None:
        return digits
    section, value = _chosen(value, _sections(code))
    tokens = _tokens(section)
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed", "half"}:
        return _date(value, tokens, from_1904)
    if "general" in kinds or not code:
        return "".join(general(value) if kind == "general" else text for kind, text in tokens) or general(value)
    if "digit" not in kinds:
        literal = "".join(text for _, text in tokens)
        return literal.replace("@", general(value)).strip()
    return _number(value, tokens)


def general(value: float) -> str:
    """Return a number as it is shown without a format.

    >>> general(12.0), general(0.1 + 0.2), general(1 / 3), general(2.5e20)
    ('12', '0.3', '0.3333333333', '2.5E+20')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return text.replace("e", "E") if "e" in text else text


class _Simple(NamedTuple):
    """A code that writes all digits before the point, and so many after it."""

    before: str
    grouped: bool
    decimals: int
    after: str


@lru_cache(maxsize=512)
def _simple(code: str) -> _Simple | None:
    """A code as a simple one, as most are; None where it is not."""
    tokens = _tokens(_sections(code)[0])
    found = _PLAIN_DIGITS.match("".join("\0" if kind == "text" else text for kind, text in tokens))
    kinds = {kind for kind, _ in tokens}
    if found is None or _CONDITION.search(code) or kinds - {"text", "digit", ",", "."}:
        return None
    first = next(place for place, (kind, _) in enumerate(tokens) if kind != "text")
    last = max(place for place, (kind, _) in enumerate(tokens) if kind != "text")
    before, after = ("".join(text for _, text in part) for part in (tokens[:first], tokens[last + 1 :]))
    return _Simple(before, "," in kinds, len(found[1] or ".") - 1, after)


def _exact(value: float, simple: _Simple) -> str | None:
    """A number that needs no rounding, under a simple code."""
    whole, _, digits = repr(value).partition(".")
    digits = "" if digits == "0" else digits
    if not whole.isdigit() or len(digits) > simple.decimals or not (digits.isdigit() or not digits):
        return None
    written = f"{int(whole):,}" if simple.grouped else whole
    if simple.decimals:
        written += "." + digits.ljust(simple.decimals, "0")
    return " ".join(f"{simple.before}{written}{simple.after}".split())


@lru_cache(maxsize=512)
def _sections(code: str) -> list[str]:
    """The parts of a code for numbers above, below and at zero, and for text."""
    found, place = [], 0
    while place <= len(code):
        match = _SECTION.match(code, place)
        end = match.end() if match else len(code)
        found.append(code[place:end])
        place = end + 1
    return found[:4]


@lru_cache(maxsize=512)
def _tokens(section: str) -> Sequence[Token]:
    """The parts of a section: (kind, text); the kind of plain text is "text"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup
        if kind in ("quoted", "escaped", "symbol"):
            found.append(("text", match[kind]))
        elif kind == "other" and match[0] in ".,%/":
            found.append((match[0], match[0]))
        elif kind == "other":
            found.append(("text", match[0]))
        elif kind is not None:
            found.append((kind, match[kind]))
        elif match[0][0] in "_*":
            found.append(("text", " "))
    return found


def _chosen(value: float, sections: list[str]) -> tuple[str, float]:
    """The section for a value, and the value as it is shown there: without its sign where the section has its own."""
    for section in sections:
        condition = _CONDITION.search(section)
        if condition:
            try:
                bound = float(condition[2])
            except ValueError:
                continue
            sign = condition[1]
            holds = {
                "<": value < bound, ">": value > bound, "=": value == bound,
                "<=": value <= bound, ">=": value >= bound, "<>": value != bound,
            }[sign]  # fmt: skip
            if holds:
                return section, abs(value) if bound <= 0 and "<" in sign else value
    if any(map(_CONDITION.search, sections)):
        return next((section for section in reversed(sections[:3]) if not _CONDITION.search(section)), GENERAL), value
    if value < 0 and len(sections) > 1:
        return sections[1] or sections[0], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _date(value: float, tokens: Sequence[Token], from_1904: bool) -> str:
    seconds = Decimal(repr(value)) * 86_400
    decimals = max((len(text.partition(".")[2]) for kind, text in tokens if kind == "date"), default=0)
    rounded = seconds.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if abs(value) < 1e9 else seconds
    if not 0 <= value < _LAST_DAY:
        return general(value)
    day = int(rounded // 86_400)
    # The 29th of February 1900, which never was, is day 60.
    origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if day < 60 else 30)
    moment = origin + timedelta(days=day, microseconds=int(rounded % 86_400 * 1_000_000))
    half = any(kind == "half" for kind, _ in tokens)
    pieces: list[str] = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
            pieces.append(str(int(rounded // unit)).zfill(len(text)))
        elif kind == "half":
            word = "AM" if moment.hour < 12 else "PM"
            pieces.append(word if len(text) > 3 else word[0])
        elif kind == "date":
            pieces.append(_part(moment, text.lower(), half, minutes=_is_minutes(tokens, place)))
        else:
            pieces.append(text)
    return " ".join("".join(pieces).replace("@", "").split())


def _is_minutes(tokens: Sequence[Token], place: int) -> bool:
    """Whether an "m" after hours, or before seconds, means minutes."""
    times = ("date", "elapsed")
    before = next((text for kind, text in reversed(tokens[:place]) if kind in times), "")
    after = next((text for kind, text in tokens[place + 1 :] if kind in times), "")
    return len(tokens[place][1]) < 3 and (before[:1].lower() == "h" or after[:1].lower() == "s")


def _part(moment: datetime, text: str, half: bool, *, minutes: bool) -> str:
    sign, size = text[0], len(text.partition(".")[0])
    if sign == "y":
        return str(moment.year) if size > 2 else f"{moment.year % 100:02}"
    if sign == "e":
        return str(moment.year)
    if sign == "m" and not minutes:
        name = _MONTHS[moment.month - 1]
        return str(moment.month).zfill(size) if size < 3 else name[: {3: 3, 5: 1}.get(size, 9)]
    if sign == "d" and size > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if size == 3 else name
    decimals = len(text.partition(".")[2])
    if sign == "s" and decimals:
        return f"{moment.second:0{size}}.{moment.microsecond:06}"[: size + 1 + decimals]
    numbers = {"m": moment.minute, "d": moment.day, "h": (moment.hour - 1) % 12 + 1 if half else moment.hour}
    return str(numbers.get(sign, moment.second)).zfill(size) if sign != "g" else ""


def _number(value: float, tokens: Sequence[Token]) -> str:
    kinds = [kind for kind, _ in tokens]
    number = Decimal(repr(float(value))).scaleb(2 * kinds.count("%"))
    digits = [place for place, kind in enumerate(kinds) if kind == "digit"]
    point = next((place for place, kind in enumerate(kinds) if kind == "." and place <= digits[-1] + 1), None)
    power = next((place for place, kind in enumerate(kinds) if kind == "power"), None)
    if "/" in kinds and power is None and point is None:
        return _fraction(number, tokens, kinds.index("/"))
    end = power if power is not None else len(tokens)
    whole = [place for place in digits if place < (point if point is not None else end)]
    decimals = [place for place in digits if point is not None and point < place < end][:_MOST_DECIMALS]
    last = max(whole + decimals, default=-1)
    scale = 0
    while last >= 0 and last + 1 + scale < len(kinds) and kinds[last + 1 + scale] == ",":
        scale += 1
    grouped = any(kind == "," and whole and whole[0] < place < whole[-1] for place, kind in enumerate(kinds))
    exponent = 0
    if power is not None and number:
        exponent = number.adjusted()
        exponent -= exponent % max(1, len(whole)) if len(whole) > 1 else 0
        number = number.scaleb(-exponent)
    try:
        number = number.scaleb(-3 * scale).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except InvalidOperation:
        return general(value)
    sign, text = ("-" if number < 0 else ""), f"{abs(number):f}"
    before, _, after = text.partition(".")
    while after.endswith("0") and tokens[decimals[len(after) - 1]][1] != "0":
        after = after[:-1]
    needed = sum(tokens[place][1] == "0" for place in whole)
    before = before.lstrip("0").rjust(needed, "0")
    pieces = _placed(before, whole, grouped)
    for place, (kind, text) in enumerate(tokens):
        if kind == "." and place == point:
            pieces[place] = "." if after or not decimals else ""
        elif place in decimals:
            number_at = decimals.index(place)
            pieces[place] = after[number_at] if number_at < len(after) else ""
        elif kind == "power":
            width = sum(other > place for other in digits)
            plus = "+" if "+" in text and exponent >= 0 else ""
            pieces[place] = f"E{plus if exponent >= 0 else '-'}{str(abs(exponent)).zfill(width)}"
        elif kind in ("text", "%") or (kind in "./" and place != point):
            pieces[place] = text
    written = "".join(pieces.get(place, "") for place in range(len(tokens)))
    return sign + " ".join(written.split()) if any(map(str.isdigit, written)) else f"{sign}0"


def _placed(digits: str, whole: list[int], grouped: bool) -> dict[int, str]:
    """The digits before the point by the place of the token that shows them; the first takes all that are left."""
    pieces: dict[int, str] = {}
    counted = 0
    for place in reversed(whole):
        taken = digits[-1:] if place != whole[0] else digits
        digits = digits[: len(digits) - len(taken)]
        written = ""
        for digit in reversed(taken):
            written = digit + ("," if grouped and counted and counted % 3 == 0 else "") + written
            counted += 1
        pieces[place] = written
    return pieces


def _fraction(number: Decimal, tokens: Sequence[Token], bar: int) -> str:
    size = sum(kind == "digit" for kind, _ in tokens[bar + 1 :])
    given = "".join(text for kind, text in tokens[bar + 1 :] if kind in ("digit", "text")).strip()
    exact = Fraction(number)
    if given.isdigit() and int(given):
        near = Fraction(round(exact * int(given)), int(given))
    else:
        near = exact.limit_denominator(10 ** min(max(size, 1), 4) - 1)
    sign = "-" if near < 0 else ""
    whole, rest = divmod(abs(near), 1)
    parts = [str(whole)] if whole or not rest else []
    return sign + " ".join([*parts, f"{rest.numerator}/{rest.denominator}"] if rest else parts)
