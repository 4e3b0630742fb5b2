"""Whether an answer is of the sort that was asked for: a number, a length of time, a place, a person."""

from __future__ import annotations

import re

from corpus.patterns import pattern
from qa.questions import Question
from qa.units import is_other_measure

_NUMBER = pattern(
    r"\d|\b(?:zero|no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|both|single|"
    r"once|twice|third|quarter|several|unlimited|all)\b",
    re.IGNORECASE,
)
_PERCENT = pattern(r"%|\bper ?cent\b|\bpercentage\b|\b(?:half|third|quarter|fifth|tenth)s?\b|\d ?/ ?\d", re.IGNORECASE)
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_TIME = pattern(
    rf"\b(?:1\d{{3}}|20\d\d)\b|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}} ?[ap]\.?m\b|\b(?:{_MONTH})\b|\d(?:st|nd|rd|th)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:noon|midnight|morning|afternoon|evening|night|today|"
    r"tomorrow|yesterday|spring|summer|autumn|fall|winter|weekends?|weekdays?|daily|century|centuries|decades?|"
    r"easter|christmas|years?|months?|weeks?|days?|hours?|minutes?|before|after|during|when|until|since|while|once|"
    r"early|late|now|later|ago|age|era|period|reign|bce?|ad)\b|\d{2,4}s\b",
    re.IGNORECASE,
)
_PURE_TIME = pattern(
    rf"(?:(?:on|in|at|from|to|until|and|the|of|since|by|between)\s+|(?:{_MONTH})\b\.?|\d{{1,4}}(?:st|nd|rd|th|s)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|[ap]\.?m\.?|[\s,.:/–-])+\Z",
    re.IGNORECASE,
)
_LENGTH_OF_TIME = pattern(
    r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnight|months?|years?|decades?|centuries|century|forever|"
    r"life|lifetime|permanent\w*|indefinite\w*)\b|\d ?(?:h|min|s|d|y)\b|\buntil\b|\d[:.–-]\d",
    re.IGNORECASE,
)
_LETTER = pattern(r"[^\W\d_]")
_AMOUNT = pattern(r"\b(?:free|nothing|gratis|included|complimentary)\b|[$€£¥₹]", re.IGNORECASE)


_COMING = pattern(
    r"\b(?:new|next|incoming|future|successor|will (?:be|become|follow|head|lead|run)|succeed\w*|tak(?:es?|ing) over|"
    r"is to (?:be|become))\b",
    re.IGNORECASE,
)
_LEAVING = (
    r"(?:retir\w+|leav(?:es|ing)|left|step(?:s|ped|ping)? down|resign\w*|depart\w*|quits?|outgoing|former|previous)"
)
_LEAVES = pattern(rf"\b{_LEAVING}\b", re.IGNORECASE)
_LEAVES_BEFORE = pattern(rf"\b{_LEAVING}\s(?:[a-z-]+\s){{0,3}},?\s?(?:[A-Z]\w+\s)?\Z")
_APART = pattern(r"[.;:](?:\s|\Z)|\s(?:and|but|while|whereas|or)\s|[A-Z]")


def unfit(question: Question, text: str, beside: str = "") -> bool:
    """Whether an answer is plainly not of the sort that was asked for; ``beside`` is its sentence or line.

    Of 34 best spans that were so, on the questions that the neural reader's confidence was fitted on, two were right.

    >>> from qa.questions import analyse_question
    >>> [unfit(analyse_question("How many died?"), text) for text in ("38", "11.7%", "fewer")]
    [False, True, True]
    """
    kind, expects = question.kind, question.expects
    if is_other_measure(question, text, beside) or (kind == "who" and _is_leaving(question.text, text, beside)):
        return True
    if kind == "how_many":
        return not _NUMBER.search(text) or ("%" in text and "percent" not in question.text.lower())
    if kind == "how_much":
        return not (_NUMBER.search(text) or _AMOUNT.search(text))
    if expects == "percent":
        return not (_PERCENT.search(text) or _NUMBER.search(text))
    if kind == "how_measure" and expects == "duration":
        return not (_LENGTH_OF_TIME.search(text) or _NUMBER.search(text))
    if kind == "year":
        return not _TIME.search(text)
    if kind in ("who", "whose", "where"):
        return bool(_PURE_TIME.match(text)) or not _LETTER.search(text)
    return False


def _is_leaving(question: str, text: str, beside: str) -> bool:
    """Whether who comes is asked for and a person is said to leave, in their own clause and before other names."""
    at = beside.find(text)
    if at < 0 or not _COMING.search(question) or _LEAVES.search(question):
        return False
    after = beside[at + len(text) :]
    stop = _APART.search(after)
    own = after[: stop.start()] if stop else after
    return bool(_LEAVES.search(own) or _LEAVES_BEFORE.search(beside[:at]))
