# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Months, days of the week, and other words of time."""

from __future__ import annotations

MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
SEASONS = tuple("spring summer autumn fall winter".split())
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)


def _shortened(name: str) -> str:
    """The pattern of a name that may be shortened to three letters, September to four as well."""
    if name == "september":
        return "sep(?:t(?:ember)?)?"
    return f"{name[:3]}(?:{name[3:]})?" if name[3:] else name


# As patterns, in lower case: each name or its first three letters.
MONTH = "|".join(map(_shortened, MONTHS))
WEEKDAY = "|".join(WEEKDAYS)

# What names a time without a figure, besides months and days.
MOMENTS = tuple(
    """noon midnight morning afternoon evening night today tomorrow yesterday spring summer autumn fall winter weekends?
    weekdays? daily century centuries decades? easter christmas years? months? weeks? days? hours? minutes? before after
    during when until since while once early late now later ago age era period reign bce? ad""".split()
)
LENGTHS = tuple(
    """seconds? minutes? hours? days? nights? weeks? fortnight months? years? decades? centuries century forever life
    lifetime permanent\\w* indefinite\\w*""".split()
)
# Nouns of time, with what a question for one asks for.
TIME_NOUNS = {
    "year": "year", "years": "year", "date": "date", "day": "date", "month": "date", "century": "when",
    "decade": "when", "decades": "when", "era": "when", "period": "when", "season": "when", "time": "when",
    "centuries": "when", "months": "date", "days": "date", "dates": "date", "weekday": "date",
}  # fmt: skip
# Those that a pronoun stands for: "that year".
REFERRED_TIMES = frozenset("year time day date month period century moment decade era".split())
# What is said of a thing that lasts from one time to another.
LASTING = ("open", "closed", "shut", "available", "staffed", "manned", "valid", "served", "occupied", "on sale")
# What asks for what was, or for a year, as patterns: not for what is so now.
OF_THE_PAST = tuple(
    """was were did had used been before previous\\w* former\\w* original\\w* first oldest earl\\w+ until ago last past
    when years?""".split()
)
