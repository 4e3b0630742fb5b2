"""Words that the rules of conversation know: tokens, function words, verbs and their bases, countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corpus.english.countries import ADJECTIVES, COUNTRIES, PEOPLES
from corpus.english.nouns import CONVERSED_PLURALS
from corpus.english.verbs import IRREGULAR, NOT_PARTICIPLES, REGULAR

_TOKEN = re.compile(r"\b[A-Z]\.(?=\s?[A-Z])|['’][sS]\b|[$€£]?\w+(?:[-–/.,]\w+|['’](?![sS]\b)\w+)*%?|[^\w\s]")


class Word(NamedTuple):
    """A word or sign of a question, as written and lower-cased, with its place."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: "Masri", "al-Masri"."""
        return self.text[0].isupper() or self.text.rpartition("-")[2][:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or number rather than a sign or a possessive ending."""
        return (self.text[-1].isalnum() or self.text[0].isalnum()) and self.lower != "'s"


def tokens(text: str) -> list[Word]:
    """The words and signs of a question; hyphenated words are one, a possessive ending stands alone.

    >>> [token.text for token in tokens("Serbia's MiG-29 cost $1.7 billion?")]
    ['Serbia', "'s", 'MiG-29', 'cost', '$1.7', 'billion', '?']
    """
    return [
        Word(match[0], match[0].lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


@cache
def _pasts() -> dict[str, str]:
    pairs = (pair.split(":") for pair in IRREGULAR.split())
    return {past: base for pasts, base in pairs for past in pasts.split(",")}


@cache
def _bases() -> frozenset[str]:
    return frozenset(_pasts().values()) | frozenset(REGULAR.split())


def is_base(word: str) -> bool:
    """Whether a lower-case word is the base of a common verb."""
    return word in _bases()


def is_past(word: str) -> bool:
    """Whether a lower-case word looks like a past tense or a participle."""
    return word in _pasts() or (word.endswith("ed") and len(word) > 3 and word not in NOT_PARTICIPLES)


def base_form(verb: str) -> tuple[str, str]:
    """The auxiliary and the base of a verb: what "ordered" becomes in a question with "did".

    >>> base_form("ordered"), base_form("led"), base_form("proposed"), base_form("carries")
    (('did', 'order'), ('did', 'lead'), ('did', 'propose'), ('does', 'carry'))
    """
    if verb in _pasts():
        return "did", _pasts()[verb]
    if verb.endswith("ied"):
        return "did", verb[:-3] + "y"
    if verb.endswith("ed"):
        return "did", _without_ending(verb[:-2])
    if verb.endswith("ies"):
        return "does", verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return "does", verb[:-2]
    if verb.endswith("s") and not verb.endswith("ss"):
        return "does", verb[:-1]
    return "do", verb


def _without_ending(stem: str) -> str:
    """The base of a verb in -ed without that ending: known, or by the usual spelling."""
    for base in (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        if base in _bases():
            return base
    if stem[-2:-1] == stem[-1:] and stem[-1] not in "slfz":
        return stem[:-1]
    mute = re.search(
        r"(?:[aeiou][csvzgu]|[aiou]t|dg|rg|[^aeiouwl]l|[^aeiou][rs]v|[^aeo]ir|tor|plor|scor|n[cs]|rs|u[rmn]|id)$", stem
    )
    return stem + "e" if mute and not re.search(r"(?:ss|x|w|it|et)$", stem) else stem


def is_plural(word: str) -> bool:
    """Whether a lower-case noun looks like a plural."""
    return word in CONVERSED_PLURALS or (word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")))


def is_people(word: str) -> bool:
    """Whether a capitalised word is the plural name of a people: "Russians", "Serbs"."""
    return word.endswith("s") and (word[:-1] in ADJECTIVES or word[:-1] in PEOPLES)


def is_abbreviated_plural(word: str) -> bool:
    """Whether a word is the plural of an abbreviation: "DVDs"."""
    return len(word) > 2 and word[:-1].isupper() and word[-1] == "s"


def country_of(name: str) -> str:
    """The country that a name or an adjective stands for, in any case of letters, or "".

    >>> country_of("russian"), country_of("Soviet Union"), country_of("Tito")
    ('Russia', 'Soviet Union', '')
    """
    return _countries().get(name.casefold(), "")


@cache
def _countries() -> dict[str, str]:
    adjectives = {adjective.casefold(): country for adjective, country in ADJECTIVES.items()}
    return adjectives | {country.casefold(): country for country in COUNTRIES}


def joined(words: Sequence[Word], text: str) -> str:
    """The stretch of the text that the tokens cover."""
    return text[words[0].start : words[-1].end] if words else ""


def sentence(text: str) -> str:
    """The text as a question: a capital first, a question mark last."""
    stripped = " ".join(text.split()).rstrip(" ?!.,;")
    return stripped[:1].upper() + stripped[1:] + "?"
