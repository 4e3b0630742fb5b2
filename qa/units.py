"""What a measure measures, by its unit, and what a question asks to be measured: money, a length, a weight, a time.

"24 V" is no price, "7.2 Ah" no time and "50 kg" no number of people, whatever stands beside them. Only an answer that
is a number with its unit is judged, and only where the question says what it wants.
"""

from __future__ import annotations

from corpus.english.units import MANNERS, MEASURED_BY, MEASURED_NOUNS, TAKING_TIME, UNIT_PATTERNS
from corpus.patterns import pattern
from qa.questions import Question

_SPACE = frozenset({"length", "area", "volume"})
_PER = r"(?:\s?(?:/|per|an?|each|every)(?:\s.*)?|/\w+)?"
_UNIT = {name: pattern("|".join(units.split(" "))) for name, units in UNIT_PATTERNS.items()}
_UNIT_PER = {name: pattern(rf"(?:{units.pattern}){_PER}") for name, units in _UNIT.items()}
_NUMBER = r"[-−+±~]?\s?\d[\d.,:\s]*(?:\s?(?:-|–|to|by|x|×)\s?\d[\d.,]*)?"
_ABOUT = rf"(?:(?:from|only|{'|'.join(MANNERS.values())})\s)*"
_SIGN = r"(?:(?:us|nz|[ac])?[$€£¥₹]|\b(?:eur|usd|gbp|chf)\b)"
_MEASURE = pattern(rf"{_ABOUT}{_NUMBER}\s?-?(?P<unit>[^\d\s].*)")
_MONEY = pattern(rf"{_ABOUT}(?:{_SIGN}\s?{_NUMBER}|{_NUMBER}{_SIGN})(?:\s?(?:thousand|million|billion|k|m|bn))?{_PER}")
_PRICED = pattern(rf"{_SIGN}|\b(?:prices?|costs?|fees?|charges?|tariffs?|rates?)\b")
_ASKED_OF = {noun: name for name, nouns in MEASURED_NOUNS.items() for noun in nouns.split()}
_LASTING = pattern(rf"\bhow long\b.*\b(?:{'|'.join(TAKING_TIME)})\b")
_WEIGHED = pattern(r"\bweigh")
_WHAT_IS = pattern(r"\bhow much (?:is|are|was|were|for|'s)\b")
_PAID = pattern(r"\b(?:costs?|charged?|paid|pay|prices?|fees?)\b")


def measured(text: str) -> str:
    """What an answer that is a number with its unit measures; "" for any other answer.

    >>> [measured(text) for text in ("£9.80 each", "24 V", "up to 20 minutes", "30", "50 people")]
    ['money', 'electricity', 'duration', '', '']
    """
    low = " ".join(text.lower().split())
    if _MONEY.fullmatch(low):
        return "money"
    found = _MEASURE.fullmatch(low)
    if found is None:
        return ""
    unit = found["unit"].rstrip(" .")
    whole = (name for name, units in _UNIT.items() if units.fullmatch(unit))
    return next(whole, None) or next((name for name, units in _UNIT_PER.items() if units.fullmatch(unit)), "")


def is_other_measure(question: Question, text: str, beside: str = "") -> bool:
    """Whether an answer measures something else than what is asked for; ``beside`` is its sentence or line.

    >>> from qa.questions import analyse_question
    >>> cost, length = (analyse_question(text) for text in ("What does the pump cost?", "How long is the rope?"))
    >>> is_other_measure(cost, "24 V"), is_other_measure(cost, "£89"), is_other_measure(length, "12 m")
    (True, False, False)
    """
    name = measured(text)
    if not name:
        return False
    low = question.text.lower()
    if question.kind == "how_many":
        wanted = next((each for each, units in _UNIT.items() if units.fullmatch(question.head)), "")
        return name != wanted and not (name in _SPACE and wanted in _SPACE)
    if question.kind in ("who", "whose", "when", "year", "date"):
        return name != "duration" or question.kind.startswith("who")
    if question.kind == "how_much":
        if _WEIGHED.search(low):
            return name != "mass"
        # "How much is the pump?" asks for its price where one stands beside it.
        paid = _PAID.search(low) or (_WHAT_IS.search(low) and _PRICED.search(beside.lower()))
        return bool(paid) and not question.head and name not in ("money", "share")
    if question.kind == "how_measure":
        if _LASTING.search(low):
            return name != "duration"
        wanted_of = MEASURED_BY.get(question.head, "").split()
        return bool(wanted_of) and name not in wanted_of
    asked = _ASKED_OF.get(question.head, "money" if _PAID.search(low) and question.kind in ("what", "which") else "")
    return bool(asked) and name != asked and not (asked in _SPACE and name in _SPACE) and "share" not in (asked, name)
