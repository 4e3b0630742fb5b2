"""Whether a question asks for several things: by a number, by a plural, or by neither."""

from __future__ import annotations

from corpus.english.nouns import PLURAL_MODIFIERS, PLURALS, SINGULARS
from corpus.english.numerals import COUNTS
from qa.questions import Question

_MANY = frozenset("are were".split())  # noqa: SIM905
_ONE = frozenset("is was 's has does".split())  # noqa: SIM905
_NUMBERS = ("how_many", "how_much", "how_measure")
_LISTING = frozenset("list name enumerate".split())  # noqa: SIM905


def plurality(question: Question) -> dict[str, float]:
    """What in a question says how many answers it asks for, each 0 or 1.

    ``counted``: a number or "both", "several", "all" stands before the noun; ``plural``: the noun that is asked for is
    a plural, or "are" follows the question word; ``singular``: the noun is none, or "is" follows; ``one``: the noun
    follows the question word and is no plural, as in "which country"; ``listing``: it asks
    for a list.

    >>> from qa.questions import analyse_question
    >>> asked = plurality(analyse_question("Which presidents of Serbia visited Moscow?"))
    >>> asked["plural"], asked["singular"]
    (1.0, 0.0)
    """
    words = [word.lower() for word in question.words]
    begin, end = question.phrase
    following = words[end] if end < len(words) and end > 0 else ""
    opening = words[begin : end + 4] if end else words[:5]
    numbered = question.kind not in _NUMBERS
    bare = end - begin == 1
    phrase = [word for word in words[begin + 1 : end] if word not in PLURAL_MODIFIERS] or [question.head]
    # "Which clans fought" has the verb for its last word.
    many = any(map(is_plural, phrase[-2:]))
    plural = many or (bare and following in _MANY)
    singular = bool(question.head and not many) or (bare and following in _ONE and not plural)
    if question.kind == "other":
        plural = any(is_plural(word) for word in words[:3])
    return {
        "counted": float(numbered and any(word in COUNTS for word in opening)),
        "plural": float(numbered and plural),
        "singular": float(singular or not numbered),
        "one": float(numbered and end - begin > 1 and bool(question.head) and not plural),
        "listing": float((bool(words) and words[0] in _LISTING) or words[:3] == ["what", "are", "the"]),
    }


def may_ask_for_several(question: Question) -> bool:
    """Whether a question asks for several things by its form: by a number, a plural, or as a list.

    >>> from qa.questions import analyse_question
    >>> may_ask_for_several(analyse_question("Which kings came?")), may_ask_for_several(analyse_question("Who came?"))
    (True, False)
    """
    asked = plurality(question)
    return any(asked[name] for name in ("counted", "plural", "listing")) and question.kind not in _NUMBERS


def is_plural(noun: str) -> bool:
    """Whether an English noun is a plural, by its ending.

    >>> is_plural("countries"), is_plural("people"), is_plural("bus")
    (True, True, False)
    """
    if noun in PLURALS:
        return True
    return (
        len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s")) and noun not in SINGULARS
    )
