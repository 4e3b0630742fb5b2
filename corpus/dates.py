"""Dates as files write them: the stretch of time that a text names."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from corpus.english.calendar import SHORT_MONTHS
from corpus.patterns import pattern

Period = tuple[datetime, datetime]
"""When it begins and when the next one would; as written, whatever the time zone."""

_MONTH = rf"(?P<month>{'|'.join(SHORT_MONTHS)})[a-z]{{0,6}}\.?"
_TIME = r"(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"\s*(?:z|utc|gmt|[+-]\d\d:?(?:\d\d)?'?(?:\d\d'?)?|[a-z]{2,5})?(?:\s*\([^)]*\))?"
_FORMS = [
    pattern(form + r"\s*$", re.IGNORECASE)
    for form in (
        # 2024, 2024-03, 2024-03-05, 2024/03/05, with or without a time: ISO 8601
        rf"(?P<year>\d{{4}})(?:(?P<part>[-/])(?P<number>\d\d?)(?:(?P=part)(?P<day>\d\d?)(?:(?:t|,?\s+){_TIME}{_ZONE})?)?)?",
        # D:20240305101500+01'00', as in PDF files
        rf"d:(?P<year>\d{{4}})(?:(?P<number>\d\d)(?:(?P<day>\d\d)(?:{_TIME}{_ZONE})?)?)?",
        # 5 March 2024, Tue, 5 Mar 2024 10:15:00 +0100 (RFC 5322), March 2024
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?:(?P<day>\d\d?)(?:st|nd|rd|th|\.)?\s+)?(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})"
        rf"(?:,?\s+{_TIME}{_ZONE})?",
        # March 5, 2024
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?:,?\s+{_TIME}{_ZONE})?",
        # 5.3.2024
        rf"(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?(?P<year>\d{{4}})(?:,?\s+{_TIME}{_ZONE})?",
    )
]


def period(text: str) -> Period | None:
    """The year, month, day or minute that a text names and nothing else; None where it names none.

    A day that is written with slashes begins with its year, or is none: nobody can tell 3/5/2024 from 5/3/2024.

    >>> period("March 2024")
    (datetime.datetime(2024, 3, 1, 0, 0), datetime.datetime(2024, 4, 1, 0, 0))
    >>> period("2024-02-29") == period("29 February 2024"), period("2023-02-29")
    (True, None)
    """
    text = text.strip()
    if not 4 <= len(text) <= 60:
        return None
    found = next((match for form in _FORMS if (match := form.match(text))), None)
    if found is None:
        return None
    named = {name: value for name, value in found.groupdict().items() if value}
    try:
        return _period(named)
    except (ValueError, OverflowError):
        return None


def _period(named: dict[str, str]) -> Period:
    """What the parts of a date name; raises ValueError or OverflowError where there is no such date."""
    year = int(named["year"])
    month = SHORT_MONTHS.index(named["month"].lower()[:3]) + 1 if "month" in named else int(named.get("number", 0))
    if not month:
        return datetime(year, 1, 1), datetime(year + 1, 1, 1)
    if "day" not in named:
        return datetime(year, month, 1), datetime(year + month // 12, month % 12 + 1, 1)
    day = datetime(year, month, int(named["day"]))
    if "hour" not in named:
        return day, day + timedelta(days=1)
    begin = day.replace(hour=int(named["hour"]), minute=int(named["minute"]), second=int(named.get("second", 0)))
    return begin, begin + (timedelta(seconds=1) if "second" in named else timedelta(minutes=1))
