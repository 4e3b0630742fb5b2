"""Whether an answer is of the sort that was asked for: a number, a length of time, a place, a person."""

from __future__ import annotations

import re

from corpus.english.calendar import LENGTHS, MOMENTS, MONTH, WEEKDAY
from corpus.english.numerals import NUMBERS
from corpus.patterns import pattern
from qa.questions import Question
from qa.units import is_other_measure

_NUMBER = pattern(rf"\d|\b(?:{NUMBERS})\b", re.IGNORECASE)
_PERCENT = pattern(r"%|\bper ?cent\b|\bpercentage\b|\b(?:half|third|quarter|fifth|tenth)s?\b|\d ?/ ?\d", re.IGNORECASE)
_TIME = pattern(
    rf"\b(?:1\d{{3}}|20\d\d)\b|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}} ?[ap]\.?m\b|\b(?:{MONTH})\b|\d(?:st|nd|rd|th)\b|"
    rf"\b(?:{WEEKDAY})s?\b|\b(?:{'|'.join(MOMENTS)})\b|\d{{2,4}}s\b",
    re.IGNORECASE,
)
_PURE_TIME = pattern(
    rf"(?:(?:on|in|at|from|to|until|and|the|of|since|by|between)\s+|(?:{MONTH})\b\.?|\d{{1,4}}(?:st|nd|rd|th|s)?|"
    rf"(?:{WEEKDAY})s?|[ap]\.?m\.?|[\s,.:/–-])+\Z",
    re.IGNORECASE,
)
_LENGTH_OF_TIME = pattern(
    rf"\b(?:{'|'.join(LENGTHS)})\b|\d ?(?:h|min|s|d|y)\b|\buntil\b|\d[:.–-]\d",
    re.IGNORECASE,
)
_ASKED_FOR = (  # what names a sign of its own, and what the sign looks like
    (pattern(r"\be-?mail address\b|['’]s? e-?mail\s*\?*\Z", re.IGNORECASE), pattern("@")),
    (
        pattern(
            r"(?:tele)?(?:phone|fax) number(?: of\b.*| for\b.*)?\s*\?*\Z|\bnumber\b.*\b(?:call|ring|phone|dial)\b", re.I
        ),
        pattern(r"(?:\d[\s()./–-]*){3}"),
    ),
    (pattern(r"\b(?:which|what) cve\b|\bcve (?:number|id)\b", re.IGNORECASE), pattern(r"\bCVE\b", re.IGNORECASE)),
)
_ISSUE = pattern(r"\bwhich (?:issue|ticket|bug|pull request)\b|\b(?:issue|ticket|bug) number\b", re.IGNORECASE)
_ISSUE_NUMBER = pattern(r"#\d")
_VERSION = pattern(r"v?\d+(?:\.\d+)+\Z")
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


def unfit(question: Question, text: str, statement: str = "") -> bool:
    """Whether an answer is plainly not of the sort that was asked for; ``statement`` is the sentence that holds it.

    Of 34 best spans that were so, on the questions that the neural reader's confidence was fitted on, two were right.

    >>> from qa.questions import analyse_question
    >>> [unfit(analyse_question("How many died?"), text) for text in ("38", "11.7%", "fewer")]
    [False, True, True]
    """
    kind, expects = question.kind, question.expects
    if is_other_measure(question, text, statement) or (kind == "who" and _is_leaving(question.text, text, statement)):
        return True
    if kind in ("which", "what", "definition", "other") and _is_another_sign(question.text, text, statement):
        return True
    if kind == "how_many":
        return not _NUMBER.search(text) or (
            "%" in text and not any("percent" in word.lower() for word in question.words)
        )
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


def _is_another_sign(question: str, text: str, statement: str) -> bool:
    """Whether an e-mail address, a telephone number or the number of an issue is asked for, and a text has none."""
    if any(asked.search(question) and not sign.search(text) for asked, sign in _ASKED_FOR):
        return True
    if not _ISSUE.search(question):
        return False
    return bool(_VERSION.match(text) or (_ISSUE_NUMBER.search(statement) and not _ISSUE_NUMBER.search(text)))


def _is_leaving(question: str, text: str, beside: str) -> bool:
    """Whether who comes is asked for and a person is said to leave, in their own clause and before other names."""
    at = beside.find(text)
    if at < 0 or not _COMING.search(question) or _LEAVES.search(question):
        return False
    after = beside[at + len(text) :]
    stop = _APART.search(after)
    own = after[: stop.start()] if stop else after
    return bool(_LEAVES.search(own) or _LEAVES_BEFORE.search(beside[:at]))
