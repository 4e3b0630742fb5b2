"""What a question asks for: its kind, the type of answer that it expects, and the words that carry it.

Rules over the words alone, made by reading questions: no tagger and no parser. Everything here is about
the question; how an answer is found and weighed is the readers' business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.english.calendar import LASTING, TIME_NOUNS
from corpus.english.function_words import ASKING_AUXILIARIES, ASKING_ENDS, DENYING, STOP_WORDS, WH
from corpus.english.nouns import KINDS, PERSONS, PLACES, QUANTITIES
from corpus.english.units import MEASURED
from corpus.english.verbs import NAMED, NAMING, TELLING
from corpus.patterns import pattern

MAX_ANALYSED = 600  # characters; the longest of SQuAD's 87,599 training questions has under 300

# Abbreviations, numbers with inner points, words without hyphens, possessive endings, single signs.
WORD_PATTERN = pattern(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*(?!\w)|['’][sS]\b|\w+(?:['’](?![sS]\b)\w+)*|[^\w\s]",
)

_DENIAL = pattern(rf"\b(?:{'|'.join(DENYING)})\b|n['’]t\b", re.IGNORECASE)
_ADDING = pattern(
    r"\b(?:in total|in all|altogether|together|combined|in sum|on average|(?:total|sum|average) of|difference)\b",
    re.IGNORECASE,
)
_WHEN = pattern(r"\b(?:when|what (?:time|hours|times|days)|which (?:hours|times|days))\b", re.IGNORECASE)
_LASTING = pattern(
    rf"\b(?:is|are|was|were|be)\b.*\b(?:{'|'.join(LASTING)})\b",
    re.IGNORECASE,
)
_ONE_END = pattern(r"\b(?:from when|since when|until when|till when|by when|from what|until what|first|last)\b", re.I)
_QUOTED = pattern(r"\"([^\"]{2,80})\"|“([^”]{2,80})”|«([^»]{2,80})»|(?<!\w)'([^']{2,80})'(?!\w)")
_NUMBER = pattern(r"\d+(?:[.,]\d+)*")
_EXPECTED = {
    "who": "person", "whose": "person", "when": "time", "year": "time", "date": "time", "where": "place",
    "how_many": "number", "how_much": "number", "why": "reason", "how": "manner", "yes_no": "yes_no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    ``words`` are its words and signs in order (of its first MAX_ANALYSED characters). ``kind`` is one of
    who, whose, when, year, date, where, how_many, how_much, how_measure, why, how, which, what, called,
    definition, yes_no, other; ``expects`` one of person, place, time, number, percent, duration, measure,
    frequency, reason, manner, yes_no, thing. The question phrase ("in what year", "which treaty") is
    ``words[phrase[0]:phrase[1]]``, and ``head`` the lower-cased noun that names what is asked for ("treaty"),
    or "". ``focus`` are the positions of the words that carry content outside the question phrase; ``names``
    the positions of those that are written like names, ``numbers`` of those that are numbers. ``quoted`` are
    the strings in quotation marks. ``denied`` says that it asks for what is not so, ``lasting`` during which time
    something is so, rather than when that begins or ends, and ``adding`` for a sum, an average or a difference.
    """

    text: str
    words: tuple[str, ...]
    kind: str
    expects: str
    head: str
    phrase: tuple[int, int]
    focus: tuple[int, ...]
    names: tuple[int, ...]
    numbers: tuple[int, ...]
    quoted: tuple[str, ...]
    denied: bool = False
    lasting: bool = False
    adding: bool = False


def analyse_question(text: str) -> Question:
    """The question taken apart; any string gives one, be it empty or no question at all.

    >>> question = analyse_question("In what year did Serbia and Russia sign the treaty?")
    >>> question.kind, question.expects, [question.words[i] for i in question.focus]
    ('year', 'time', ['Serbia', 'Russia', 'sign', 'treaty'])
    >>> [analyse_question(text).denied for text in ("Who didn't recognise Kosovo?", "Who won the Nobel Prize?")]
    [True, False]
    >>> question = analyse_question("What do they cost altogether when the archive is open?")
    >>> question.adding, question.lasting
    (True, True)
    """
    read = text[:MAX_ANALYSED]
    words = tuple(WORD_PATTERN.findall(read))
    lower = [word.lower().replace("’", "'") for word in words]
    opening = opening_of(lower)
    at = _question_word(lower, opening)
    if at is None:
        kind, head, phrase = ("other" if opening is None else "yes_no"), "", (0, 0)
    else:
        kind, head, end = _kind(lower, at)
        phrase = (at, end)
    focus = tuple(
        i
        for i, word in enumerate(lower)
        if word not in STOP_WORDS
        and (word[0].isalnum() or len(word) > 1)
        and word not in ASKING_AUXILIARIES
        and not phrase[0] <= i < phrase[1]
    )
    # The first word of a question is capitalised whatever it is.
    names = tuple(i for i in focus if words[i][0].isupper() and (i > 0 or words[i].isupper()))
    return Question(
        text=text,
        words=words,
        kind=kind,
        expects=_expected(kind, head, lower, phrase),
        head=head,
        phrase=phrase,
        focus=focus,
        names=names,
        numbers=tuple(i for i in focus if _NUMBER.fullmatch(words[i])),
        quoted=tuple("".join(match) for match in _QUOTED.findall(read)),
        denied=_DENIAL.search(read) is not None,
        lasting=bool(_WHEN.search(read) and _LASTING.search(read)) and not _ONE_END.search(read),
        adding=_ADDING.search(read) is not None,
    )


def _question_word(lower: list[str], opening: int | None) -> int | None:
    """The position of the word that asks: at the start or after a preposition, else the last what/which/how.

    ``opening`` is where the auxiliary of a yes/no question stands, see ``opening_of``.
    """
    found = [i for i, word in enumerate(lower) if word in WH]
    if not found:
        return None
    if opening is not None and opening < found[0] and TELLING.isdisjoint(lower[: found[-1]]):
        return None  # after the auxiliary it begins a relative clause, but in "do you know who"
    if found[0] <= 1:
        return found[0]
    asking = [i for i in found if lower[i] in ("what", "how") or _asks_after(lower, i)]
    return asking[-1] if asking else found[0]


def opening_of(lower: Sequence[str]) -> int | None:
    """Where the auxiliary stands that opens a yes/no question, in words of small letters; None where there is none.

    >>> opening_of(["is", "it", "open"]), opening_of(["in", "may", ",", "is", "it", "open"]), opening_of(["it", "is"])
    (0, 3, None)
    """
    places = (0, *(i + 1 for i, word in enumerate(lower) if word == ","))
    return next((at for at in places if at < len(lower) and lower[at] in ASKING_AUXILIARIES), None)


def _asks_after(lower: list[str], at: int) -> bool:
    """Whether a who/which/when/where inside the question asks, rather than begins a relative clause."""
    before = lower[at - 1]
    return before in (",", "in", "by", "to", "of", "from", "on", "for", "with", "at", "is", "was", "did") and (
        lower[at] != "which" or before != ","
    )


def _kind(lower: list[str], at: int) -> tuple[str, str, int]:
    """The kind of question, the head noun and the end of the question phrase."""
    word = lower[at]
    if word in ("who", "whom"):
        return "who", "", at + 1
    if word in ("when", "where", "why"):
        return word, "", at + 1
    if word == "how":
        return _how(lower, at)
    head, end = _noun_phrase(lower, at + 1)
    if word == "whose":
        return "whose", head, at + 1
    if not head:
        return _bare_what(lower, at)
    if head in TIME_NOUNS:
        return TIME_NOUNS[head], head, end
    if head == "reason" and at > 0 and lower[at - 1] == "for":
        return "why", head, end
    return word, head, end


def _how(lower: list[str], at: int) -> tuple[str, str, int]:
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if after == "many":
        head, _ = _noun_phrase(lower, at + 2)
        return "how_many", head, at + 2
    if after == "much":
        head, _ = _noun_phrase(lower, at + 2)
        return "how_much", head, at + 2
    if after in MEASURED:
        return "how_measure", after, at + 2
    return "how", "", at + 1


def _noun_phrase(lower: list[str], start: int) -> tuple[str, int]:
    """The noun of a phrase like "royal house" in "which royal house returned", and where the phrase ends."""
    if start + 1 < len(lower) and lower[start] in KINDS and lower[start + 1] == "of":
        head, end = _noun_phrase(lower, start + 2)
        return (head, end) if head else (lower[start], start + 1)
    end = start
    while end < len(lower) and end - start < 4:
        word = lower[end]
        if word in ASKING_AUXILIARIES or word in ASKING_ENDS or not word[0].isalnum():
            break
        # A past tense after a noun is the verb: "which house returned".
        if end > start and (word.endswith("ed") or word in STOP_WORDS):
            break
        end += 1
    return (lower[end - 1], end) if end > start else ("", start)


def _bare_what(lower: list[str], at: int) -> tuple[str, str, int]:
    """ "What is the capacity of ..." has a head of its own; "what is X called" and "what is X" are kinds."""
    rest = lower[at + 1 :]
    asked_of = rest[:1] and rest[0] in ("did", "do", "does")
    if any(word in NAMED or (asked_of and word in NAMING) for word in rest):
        kind = "called"
    elif len(rest) > 1 and rest[0] in ("is", "are", "'s") and len(rest) <= 5 and "of" not in rest:
        kind = "definition"
    else:
        kind = "what"
    if len(rest) > 2 and rest[0] in ("is", "are", "was", "were", "'s") and rest[1] in ("the", "a", "an", "one", "some"):
        start = at + 3
        if rest[2:4] == ["name", "of"] or (rest[2] in KINDS and rest[3:4] == ["of"]):
            start += 3 if rest[4:5] in (["the"], ["a"], ["an"]) else 2
        head, _ = _noun_phrase(lower, start)
        if head in TIME_NOUNS:
            kind = TIME_NOUNS[head]
        return kind, head, at + 1
    return kind, "", at + 1


def _expected(kind: str, head: str, lower: list[str], phrase: tuple[int, int]) -> str:
    if kind == "how_measure":
        return MEASURED[head]
    if kind == "how_much" and head in ("percent", "percentage"):
        return "percent"
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    heads = {head, *lower[phrase[0] : phrase[1]]}
    if heads & {"percentage", "percent", "proportion"}:
        return "percent"
    return _sort(head)


def named_by(noun: str) -> str:
    """What a noun in lower case names: a person, a place, a number or another thing.

    >>> named_by("consul"), named_by("river"), named_by("treaty")
    ('person', 'place', 'thing')
    """
    head, _ = _noun_phrase(WORD_PATTERN.findall(noun), 0)
    return _sort(head)


def _sort(head: str) -> str:
    for names, expected in ((PERSONS, "person"), (PLACES, "place"), (QUANTITIES, "number")):
        if head in names:
            return expected
    return "thing"
