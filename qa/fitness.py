"""Whether an answer is of the sort that was asked for: a number, a time, a place, a person."""

from __future__ import annotations

import re

from qa.questions import Question

_NUMBER = re.compile(
    r"\d|\b(?:zero|no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|both|single|"
    r"once|twice|third|quarter|several|unlimited|all)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"%|\bper ?cent\b|\bpercentage\b|\b(?:half|third|quarter|fifth|tenth)s?\b|\d ?/ ?\d", re.IGNORECASE
)
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_TIME = re.compile(
    rf"\b(?:1\d{{3}}|20\d\d)\b|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}} ?[ap]\.?m\b|\b(?:{_MONTH})\b|\d(?:st|nd|rd|th)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:noon|midnight|morning|afternoon|evening|night|today|"
    r"tomorrow|yesterday|spring|summer|autumn|fall|winter|weekends?|weekdays?|daily|century|centuries|decades?|"
    r"easter|christmas|years?|months?|weeks?|days?|hours?|minutes?|before|after|during|when|until|since|while|once|"
    r"early|late|now|later|ago|age|era|period|reign|bce?|ad)\b|\d{2,4}s\b",
    re.IGNORECASE,
)
_PURE_TIME = re.compile(
    rf"(?:(?:on|in|at|from|to|until|and|the|of|since|by|between)\s+|(?:{_MONTH})\b\.?|\d{{1,4}}(?:st|nd|rd|th|s)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|[ap]\.?m\.?|[\s,.:/–-])+\Z",
    re.IGNORECASE,
)
_LENGTH_OF_TIME = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnight|months?|years?|decades?|centuries|century|forever|"
    r"life|lifetime|permanent\w*|indefinite\w*)\b|\d ?(?:h|min|s|d|y)\b|\buntil\b|\d[:.–-]\d",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_CAPITAL = re.compile(r"\b[^\W\d_a-z]", re.UNICODE)
_AMOUNT = re.compile(r"\b(?:free|nothing|gratis|included|complimentary)\b|[$€£¥₹]", re.IGNORECASE)


def fitness(question: Question, text: str) -> float:
    """1 where an answer is of the sort that was asked for, -1 where it is of another, 0 where that cannot be told.

    >>> from qa.questions import analyse_question
    >>> [fitness(analyse_question("How many died?"), text) for text in ("38", "11.7%", "fewer")]
    [1.0, -1.0, -1.0]
    """
    expects = question.expects
    if question.kind == "how_many":
        return _sign(bool(_NUMBER.search(text)) and ("%" not in text or "percent" in question.text.lower()))
    if question.kind == "how_much":
        return _sign(bool(_NUMBER.search(text) or _AMOUNT.search(text)))
    if expects == "percent":
        return _sign(bool(_PERCENT.search(text) or _NUMBER.search(text)))
    if expects == "duration":
        return _sign(bool(_LENGTH_OF_TIME.search(text) or _NUMBER.search(text)))
    if expects == "time":
        return _sign(bool(_TIME.search(text)))
    if expects == "measure":
        return 1.0 if _NUMBER.search(text) else 0.0
    if expects in ("person", "place"):
        if _PURE_TIME.match(text) or not _LETTER.search(text):
            return -1.0
        return 1.0 if _CAPITAL.search(text) else 0.0
    return 0.0


def _sign(holds: bool) -> float:
    return 1.0 if holds else -1.0
