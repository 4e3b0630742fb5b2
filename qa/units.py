"""What a measure measures, by its unit, and what a question asks to be measured: money, a length, a weight, a time.

"24 V" is no price, "7.2 Ah" no time and "50 kg" no number of people, whatever stands beside them. Only an answer that
is a number with its unit is judged, and only where the question says what it wants.
"""

from __future__ import annotations

from corpus.patterns import pattern
from qa.questions import Question

_UNITS = {
    "money": r"dollars? euros? cents? pence pennies eur usd gbp chf francs? rupees? roubles? rubles? kronor",
    "duration": r"seconds? secs? s minutes? mins? min hours? hrs? h nights? days? weeks? fortnights? months? years? "
    r"yrs? decades? centuries century ms",
    "length": r"km mm cm m nm µm (?:kilo|centi|milli)?met(?:re|er)s? miles? mi feet foot ft inch(?:es)? yards? yd",
    "area": r"[ckm]?m[²2] ft² ha hectares? acres? (?:sq\.?|square)\s(?:\w+)",
    "volume": r"[ckm]?m³ m3 l ml cl dl lit(?:re|er)s? millilit(?:re|er)s? gallons? pints? cubic\s\w+",
    "mass": r"kg g mg kilos? kilograms? grams? tonnes? tons? lbs? oz ounces?",
    "temperature": r"°\s?[cf] ° degrees(?:\s(?:celsius|fahrenheit|centigrade|c|f))?",
    "speed": r"km/h kmh kph mph m/s knots? kn rpm "
    r"(?:miles|kilomet(?:re|er)s|met(?:re|er)s|km|feet)\s(?:an|a|per)\s(?:hour|second|minute)",
    "electricity": r"[km]?v volts? m?a amps? amperes? [kmg]?w (?:kilo|mega|giga)?watts? [kmg]?wh m?ah ω ohms? "
    r"hp horsepower [km]?j",
    "frequency": r"[kmg]?hz",
    "sound": r"db(?:\(a\))? decibels?",
    "pressure": r"m?bar psi [hkm]?pa",
    "data": r"[kmgt]b (?:kilo|mega|giga|tera)?bytes? [kmg]bit/s",
    "share": r"% ‰ percent per\scent",
}
_SPACE = frozenset({"length", "area", "volume"})
_PER = r"(?:\s?(?:/|per|a|an|each|every)\s.*|/\w+)?"
_UNIT = {name: pattern("|".join(units.split(" "))) for name, units in _UNITS.items()}
_UNIT_PER = {name: pattern(rf"(?:{units.pattern}){_PER}") for name, units in _UNIT.items()}
_NUMBER = r"[-−+±~]?\s?\d[\d.,:\s]*(?:\s?(?:-|–|to|by|x|×)\s?\d[\d.,]*)?"
_ABOUT = (
    r"(?:(?:at least|at most|up to|about|around|approximately|some|over|under|more than|less than|from|nearly|almost|"
    r"only|just)\s)*"
)
_SIGN = r"(?:(?:us|nz|[ac])?[$€£¥₹]|\b(?:eur|usd|gbp|chf)\b)"
_MEASURE = pattern(rf"{_ABOUT}{_NUMBER}\s?-?(?P<unit>[^\d\s].*)")
_MONEY = pattern(rf"{_ABOUT}(?:{_SIGN}\s?{_NUMBER}|{_NUMBER}{_SIGN})(?:\s?(?:thousand|million|billion|k|m|bn))?{_PER}")
_PRICED = pattern(rf"{_SIGN}|\b(?:prices?|costs?|fees?|charges?|tariffs?|rates?)\b")
_ASKED = {
    "money": "price prices cost costs fee fees rent deposit fine salary wage charge tariff fare",
    "mass": "weight mass",
    "length": "length height width depth diameter distance altitude thickness radius circumference wingspan",
    "area": "area",
    "temperature": "temperature",
    "speed": "speed",
    "share": "percentage percent proportion share",
    "duration": "duration",
}
_ASKED_OF = {noun: name for name, nouns in _ASKED.items() for noun in nouns.split()}
_HOW = {
    "tall": _SPACE, "deep": _SPACE, "wide": _SPACE, "thick": _SPACE, "heavy": frozenset({"mass"}),
    "far": _SPACE | {"duration"}, "hot": frozenset({"temperature"}), "cold": frozenset({"temperature"}),
    "old": frozenset({"duration"}), "fast": frozenset({"speed", "duration"}), "soon": frozenset({"duration"}),
    "long": _SPACE | {"duration"},
}  # fmt: skip
_LASTING = pattern(r"\bhow long\b.*\b(?:last|take|takes|took|stay|stayed|wait|valid|keep|kept|run|ago|before|after)\b")
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
        wanted_of = _HOW.get(question.head)
        return wanted_of is not None and name not in wanted_of
    asked = _ASKED_OF.get(question.head, "money" if _PAID.search(low) and question.kind in ("what", "which") else "")
    return bool(asked) and name != asked and not (asked in _SPACE and name in _SPACE) and "share" not in (asked, name)
