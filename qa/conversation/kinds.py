"""What kind of thing a phrase names: a person, a place, a time, a number, or another thing.

Words decide where they can (a year, "the king", "the Treaty of ..."); how the documents speak of a name decides
elsewhere: what stands after "in" is a place, what is followed by "he" or said something is a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.english.countries import ADJECTIVES, COUNTRIES
from corpus.english.function_words import ARTICLES
from corpus.english.nouns import CROWDS, MEN, ORGANIZED, PLACE_HEADS, TITLES, WOMEN
from corpus.english.verbs import SPEAKING
from index.terms.analysis import fold
from qa.conversation.phrases import Phrase, answer_phrase, is_time
from qa.conversation.sexes import told_female
from qa.conversation.words import Word, country_of, is_people, tokens
from qa.questions import named_by

if TYPE_CHECKING:
    from qa.asker import Asker

PERSON, PLACE, TIME, NUMBER, THING = "person", "place", "time", "number", "thing"

_PASSAGES = 4  # what the documents say of a name is in the best few
_NO_PLACES = frozenset(("place", "places", "state", "site", "port"))  # places only with a name
_NUMERAL = re.compile("[IVX]+")  # Alexander I


class Kinds:
    """Tells what phrases name, from their words and from what the engine's documents say; remembers within itself."""

    def __init__(self, engine: Asker) -> None:
        self.engine = engine
        self._known: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def of(self, phrase: Phrase) -> str:
        """One of person, place, time, number and thing."""
        if phrase.text not in self._known:
            self._known[phrase.text] = self._kind(phrase)
        return self._known[phrase.text]

    def female(self, phrase: Phrase) -> bool | None:
        """Whether the documents go on from a name with "she" (True) or "he" (False), or None where nothing tells."""
        name = re.escape(_last_name(phrase.text))
        told = rf"{name}\b[^.]{{0,80}}?\b(he|his|him|she|her|{'|'.join(sorted(WOMEN | MEN))})\b"
        after = re.findall(told, self._text(phrase.text))
        if not after:
            return None
        return sum(word in WOMEN for word in after) * 2 > len(after)

    def surely_person(self, phrase: Phrase) -> bool:
        """Whether a name has a title or a given name, or the documents go on from it with "he" or "she"."""
        words = [token.lower for token in tokens(phrase.text) if token.word]
        return bool(set(words) & TITLES) or told_female(words) is not None or self.female(phrase) is not None

    def sex_asked(self, phrase: Phrase | None) -> bool | None:
        """Whether a phrase speaks of a woman (True) or a man (False) by its own words, or None: "X's mother"."""
        head = phrase.head if phrase is not None else ""
        return told_female([head])

    def unknown(self, phrase: Phrase) -> bool:
        """Whether a phrase is a name of which neither its words nor the documents tell what it names."""
        if not phrase.proper or self.country(phrase) or phrase.text.split()[0].lower() in ARTICLES:
            return False
        named = self._kind(phrase) in (THING, PERSON) and not self.thing_by_name(phrase)
        return named and not self._text(phrase.text)

    def thing_by_name(self, phrase: Phrase) -> bool:
        """Whether a name says that it names no person: "the Regent Council"."""
        return any(token.lower in ORGANIZED | PLACE_HEADS for token in tokens(phrase.text))

    def told_with(self, phrase: Phrase, noun: str) -> bool:
        """Whether some sentence of the documents holds both a phrase and a noun: "Svetofor, a retail chain"."""
        analyzer = self.engine.index.analyzer
        own, wanted = set(analyzer.content_terms(phrase.text)), analyzer.term(noun)
        if not own or wanted in own:
            return bool(own)
        return any(
            own | {wanted} <= set(analyzer.terms(passage.slice(start, end)))
            for passage in (hit.passage for hit in self.engine.search(f"{phrase.text} {noun}", k=_PASSAGES))
            for start, end in passage.sentences
        )

    def country(self, phrase: Phrase) -> str:
        """The country that a phrase names or whose adjective it is; "" for none."""
        name = " ".join(token.text for token in tokens(phrase.text) if token.lower not in ARTICLES)
        return country_of(name)

    def _kind(self, phrase: Phrase) -> str:
        words = [token for token in tokens(phrase.text) if token.word]
        lower = [word.lower for word in words]
        if is_time(lower):
            return TIME
        if (
            not words
            or words[0].text[0] in "$€£0123456789"
            or lower[0] in ("about", "almost", "some", "over", "roughly")
        ):
            return NUMBER if any(word[0].isdigit() or word[0] in "$€£" for word in lower) else THING
        if self.country(phrase):
            return PLACE
        if phrase.head in TITLES or phrase.head.removesuffix("s") in TITLES:
            return PERSON
        if " and " in phrase.text and phrase.plural:
            half = phrase.text.rpartition(" and ")[2]
            return self.of(answer_phrase(half)) if half.strip() else THING
        if is_people(phrase.head.title()):
            return PERSON
        if not phrase.proper:
            return noun_kind(phrase.head)
        if lower[0] in TITLES or (len(lower) > 1 and lower[1] in TITLES and lower[0] not in ARTICLES):
            return PERSON
        return self._named(phrase, words)

    def _named(self, phrase: Phrase, words: list[Word]) -> str:
        lower = [word.lower for word in words]
        head = phrase.head
        if head in PLACE_HEADS:
            return PLACE
        if set(lower) & ORGANIZED or any(char.isdigit() for char in phrase.text) or _acronym(name := words[-1].text):
            return THING
        if name.rpartition("-")[2] in COUNTRIES:
            return PLACE  # "New Serbia", "Slavo-Serbia"
        if len(words) > 1 and any(word.text in ADJECTIVES for word in words):
            return THING
        if lower[0] in ARTICLES:
            return noun_kind(head)
        return self._voted(phrase.text, len(words))

    def _voted(self, name: str, words: int) -> str:
        text, known = self._text(name), re.escape(name)
        last = re.escape(_last_name(name))
        place = 2 * len(re.findall(rf"\b(?:in|at|near|outside|inside)\s+{known}\b(?!['’]s)(?! and)", text))
        place += len(re.findall(rf"\b(?:to|from|into)\s+{known}\b", text))
        thing = 2 * len(re.findall(rf"\bthe\s+{known}\b(?!['’]s|\s+[a-z]+(?<!is)(?<!was)\b)", text))
        person = 2 * len(re.findall(rf"\b{last}['’]?s?\b[^.]{{0,60}}\b(?:he|his|him|she|her|himself|who|whom)\b", text))
        person += 2 * len(re.findall(rf"\b{last}\b(?:,[^,.]*,)?\s+(?:{'|'.join(SPEAKING)})\b", text))
        person += 2 * len(re.findall(rf"\b(?:{'|'.join(sorted(TITLES))})\s+(?:\w+\s+)?{last}\b", text, re.IGNORECASE))
        person += words in (2, 3)  # a first name and a last name
        person += words == 1 and bool(re.search(rf"(?<![.!?] )\b(?!The )[A-Z]\w+\s+{known}\b", text))
        best = max((person, PERSON), (place, PLACE), (thing, THING), key=lambda vote: vote[0])
        return best[1] if best[0] else THING

    def _text(self, name: str) -> str:
        if name not in self._texts:
            hits = self.engine.search(name, k=_PASSAGES)
            found = (hit.passage.text for hit in hits)
            wanted = fold(_last_name(name))
            self._texts[name] = " ".join(text for text in found if wanted in fold(text))
        return self._texts[name]


def noun_kind(noun: str) -> str:
    """The kind of what a common noun names: "consul" a person, "town" a place."""
    if noun in CROWDS or noun.removesuffix("s") in CROWDS:
        return PERSON
    found = {named_by(form) for form in (noun, noun.removesuffix("s"))}
    if noun not in _NO_PLACES and PLACE in found:
        return PLACE
    return PERSON if PERSON in found else THING


def _acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not _NUMERAL.fullmatch(word)


def _last_name(name: str) -> str:
    """The last word of a name written with a capital: what a text goes on to call a person."""
    words = [
        token.text for token in tokens(name) if token.word and token.capital and not _NUMERAL.fullmatch(token.text)
    ]
    return words[-1] if words else name
