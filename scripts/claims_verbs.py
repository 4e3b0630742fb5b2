"""Forms of verbs, small words, and the prepositions of times and places, as the making of statements needs them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from claims_wordings import MONTHS

_IRREGULAR = """
be was been; become became become; begin began begun; break broke broken; bring brought brought; build built built;
buy bought bought; catch caught caught; choose chose chosen; come came come; cost cost cost; cut cut cut;
draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen; feel felt felt; fight fought fought;
find found found; flee fled fled; fly flew flown; forbid forbade forbidden; get got gotten; give gave given;
go went gone; grow grew grown; have had had; hear heard heard; hold held held; keep kept kept; know knew known;
lead led led; leave left left; lend lent lent; let let let; lose lost lost; make made made; mean meant meant;
meet met met; pay paid paid; put put put; read read read; rise rose risen; run ran run; say said said; see saw seen;
seek sought sought; sell sold sold; send sent sent; set set set; show showed shown; shoot shot shot; sing sang sung;
sink sank sunk; sit sat sat; speak spoke spoken; spend spent spent; split split split; spread spread spread;
stand stood stood; steal stole stolen; strike struck struck; swear swore sworn; sweep swept swept; swim swam swum;
take took taken; teach taught taught; tell told told; think thought thought; throw threw thrown;
understand understood understood; wear wore worn; win won won; write wrote written; do did done; hit hit hit;
overthrow overthrew overthrown; withdraw withdrew withdrawn; undergo underwent undergone; forget forgot forgotten
"""
PAST: dict[str, str] = {}
PARTICIPLES = {"born", "left", "held", "known", "used"}
for _line in _IRREGULAR.split(";"):
    _base, _past, _participle = _line.split()
    PAST[_base] = _past
    PARTICIPLES.add(_participle)
PARTICIPLES -= {"come", "run", "read", "put", "set", "let", "cut", "hit", "cost", "split", "spread"}
_DOUBLED = frozenset(
    [
        "stop",
        "plan",
        "refer",
        "occur",
        "permit",
        "admit",
        "control",
        "transfer",
        "prefer",
        "commit",
        "submit",
        "ship",
        "drop",
        "plot",
        "ban",
    ]
)
BE = frozenset(["is", "are", "was", "were"])
DO = {"did": "past", "does": "third", "do": "base"}
MODAL = frozenset(
    """
has have had can could will would should may might must
""".split()  # noqa: SIM905
)
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "this",
        "that",
        "these",
        "those",
        "each",
        "every",
        "no",
        "any",
        "some",
        "most",
        "more",
        "many",
    ]
)
PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "as",
        "into",
        "about",
        "between",
        "during",
        "after",
        "before",
        "under",
        "over",
        "through",
        "against",
        "within",
        "near",
        "around",
        "and",
        "or",
        "than",
        "not",
        "like",
        "since",
        "until",
        "that",
        "who",
        "which",
        "what",
    ]
)
TIMED = re.compile(
    r"^(?:in|on|at|by|from|since|until|after|before|during|around|about|between|for|as|when|while|under|within)\b", re.I
)
PLACED = re.compile(
    r"^(?:in|on|at|by|from|near|along|between|outside|inside|under|above|below|around|across|through|to|within|behind|beside|north|south|east|west|throughout|over|off|into|next|underneath|among)\b",
    re.I,
)


def past_of(verb: str) -> str:
    """Return the past of a base.

    >>> [past_of(verb) for verb in ("write", "carry", "move", "plan", "open")]
    ['wrote', 'carried', 'moved', 'planned', 'opened']
    """
    if verb in PAST:
        return PAST[verb]
    if verb in _DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + "ed"


def third_of(verb: str) -> str:
    """Return the form of a base after "he".

    >>> [third_of(verb) for verb in ("have", "go", "carry", "reach", "open")]
    ['has', 'goes', 'carries', 'reaches', 'opens']
    """
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def verbs_of(texts: Iterable[str]) -> set[str]:
    """Return the bases of verbs: words that often follow "to" and whose past occurs too."""
    after_to: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for text in texts:
        low = text.lower()
        after_to.update(re.findall(r"\bto ([a-z]{2,})\b", low))
        seen.update(re.findall(r"[a-z]{3,}", low))
    found = {word for word, count in after_to.items() if count >= 4 and seen[past_of(word)] >= 3}
    return (found | set(PAST)) - DETERMINERS - PREPOSITIONS - {"be", "do"}


def is_participle(word: str) -> bool:
    """Return whether a word looks like a past participle."""
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > 4 and word.islower())


def timed(answer: str) -> str | None:
    """Return a time with its preposition, or None where it is not clear which.

    >>> timed("1990"), timed("12 May 1990"), timed("May 1990"), timed("9:30"), timed("soon")
    ('in 1990', 'on 12 May 1990', 'in May 1990', 'at 9:30', None)
    """
    if TIMED.match(answer):
        return answer[0].lower() + answer[1:]
    if (
        re.fullmatch(r"(?:the )?(?:early |late |mid-?)?(?:the )?\d{3,4}s?(?: (?:BC|AD|BCE|CE))?", answer)
        or "century" in answer
    ):
        return f"in {answer}"
    if re.fullmatch(r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight", answer):
        return f"at {answer}"
    if any(month in answer for month in MONTHS):
        day = re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", re.sub(r"\d{4}", "", answer))
        return f"on {answer}" if day else f"in {answer}"
    if re.fullmatch(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4}", answer):
        return f"on {answer}"
    return None


def placed(answer: str) -> str:
    """Return a place with its preposition."""
    return answer[0].lower() + answer[1:] if PLACED.match(answer) and " " in answer else f"in {answer}"
