"""Follow-ups that change one thing of the last question: "what about Serbia?", "and in 2009?", "the second one?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.conversation.kinds import PERSON, PLACE, THING, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase, answer_phrase, asked_noun, parse
from qa.conversation.words import (
    ADJECTIVES,
    ARTICLES,
    AUXILIARIES,
    COUNTRIES,
    ORDINALS,
    PREPOSITIONS,
    WH,
    Word,
    is_plural,
    sentence,
    tokens,
)

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

ABOUT = re.compile(r"^(?:what|how)\s+(?:about|of)\s+|^what(?:'s|’s| is)\s+with\s+", re.IGNORECASE)


_ONE = re.compile(r"\b(?:the|which)\s+\w+\s+(ones?)\W*$", re.IGNORECASE)
_OPENING = frozenset("if because unless while although whether tell show give explain describe".split())  # noqa: SIM905


_LIKENESS = 1.0  # below it a phrase of the last question is nothing like the one that is to take its place


def about(text: str, last: Turn, kinds: Kinds, *, marked: bool) -> str | None:
    """The last question about something else ("what about X", "and in 2009?"), or None where this is no such follow-up.

    ``marked`` says that the follow-up began with "and" or the like. X takes the place of what is most like it:
    a country that of a country, a year that of a year.
    """
    match = ABOUT.match(text)
    asked = bool(match)
    rest = (text[match.end() :] if match else text).rstrip(" ?!.…")
    words = [token for token in tokens(rest) if token.word]
    if not words or len(words) > 10:
        return None
    if _is_sentence(words) or (not asked and (len(words) > 8 or words[0].lower in _OPENING)):
        return None
    if not (asked or marked) and not (len(words) <= 3 and text.rstrip().endswith("?")):
        return None  # a few words without more may be a question of their own: "kosovo war"
    parsed = parse(last.question)
    preposition = ""
    if words[0].lower in PREPOSITIONS and len(words) > 1:
        preposition = words[0].lower
        rest = rest[words[1].start :]
    ordinal = _ordinal(rest, parsed, last)
    if ordinal is not None:
        return ordinal
    phrase = _whole(re.sub(r"['’]s$", "", rest))
    if preposition and phrase is not None:
        return _after_preposition(preposition, phrase, parsed, kinds)
    if phrase is None or not (asked or marked or phrase.proper or kinds.of(phrase) == TIME):
        return None
    country = kinds.country(phrase)
    old = next((token for token in parsed.tokens if token.text in ADJECTIVES), None)
    others = {kinds.country(other) for other in parsed.phrases} - {"", country}
    if country and old is not None and ADJECTIVES[old.text] != country and not others:
        return _other_country(parsed, old, COUNTRIES[country])
    target = _alike(phrase, parsed, kinds, strict=not (asked or marked))
    if target is not None:
        return _substituted(parsed, target, phrase, kinds)
    joint = {TIME: "in", PLACE: "for"}.get(kinds.of(phrase))
    if joint and (asked or marked):
        return sentence(f"{parsed.text.rstrip(' ?!.')} {joint} {phrase.text}")
    return None


def is_about(text: str) -> bool:
    """Whether a follow-up begins with "what about" or the like."""
    return ABOUT.match(text) is not None


def _is_sentence(words: list[Word]) -> bool:
    """Whether a follow-up asks or states something of its own, so that it is more than a phrase."""
    return any(word.lower in WH | AUXILIARIES for word in words) or bool(parse(" ".join(w.text for w in words)).verbs)


def _whole(text: str) -> Phrase | None:
    """The phrase that a fragment is, all of it."""
    words = [token for token in tokens(text) if token.word]
    if not words:
        return None
    phrases = [phrase for phrase in parse(f"is {text}").phrases]
    longest = max(phrases, key=lambda phrase: phrase.end - phrase.start, default=None)
    if longest is None:
        return None
    proper = longest.proper
    return Phrase(text, 0, len(text), longest.head, longest.plural, proper, "answer")


def _ordinal(rest: str, parsed: Parsed, last: Turn) -> str | None:
    """ "The second one" and "the second wave" after a question about the first."""
    words = tokens(rest)
    given = next((word for word in words if word.lower in (*ORDINALS, "other", "last", "next")), None)
    one = words[-1].lower in ("one", "ones") if words else False
    noun = words[-1].lower if words else ""
    if given is not None:
        for token in parsed.tokens:
            same_noun = (
                one
                or noun == given.lower
                or any(phrase.head == noun and phrase.start <= token.start < phrase.end for phrase in parsed.phrases)
            )
            if token.lower in ORDINALS and token.lower != given.lower and same_noun:
                number = given.text if given.lower != "other" else "second" if token.lower == "first" else "first"
                number = number.capitalize() if token.capital else number.lower()
                return sentence(parsed.text[: token.start] + number + parsed.text[token.end :])
        if last.answer is not None and given.lower in ORDINALS and one:
            parts = re.split(r",\s+(?:and\s+)?|\s+and\s+", last.answer)
            place = ORDINALS.index(given.lower)
            if len(parts) > 1 and place < len(parts):
                return sentence(f"What about {parts[place]}")
        return None
    if not one or len(words) < 2:
        return None
    # "The Serbian one": the adjective takes the place of the last question's.
    adjective = words[-2]
    for phrase in parsed.phrases:
        found = [t for t in parsed.tokens if phrase.start <= t.start < phrase.end and t.text in _adjectives()]
        if adjective.text in _adjectives() and found:
            return _other_country(parsed, found[0], adjective.text)
    return None


def _other_country(parsed: Parsed, old: Word, adjective: str) -> str:
    """ "The Russian embassy in Serbia" as "the Serbian embassy in Russia"."""
    text = parsed.text
    new, former = ADJECTIVES[adjective], ADJECTIVES[old.text]
    changed = text[: old.start] + adjective + text[old.end :]
    return sentence(re.sub(rf"\b{re.escape(new)}\b", former, changed))


def named_again(text: str, last: Turn) -> str:
    """A question with the noun for its "one": "who is the Serbian one?" as "who is the Serbian envoy?"."""
    match = _ONE.search(text)
    if match is None or ABOUT.match(text) or not _is_sentence(tokens(text)):
        return text
    nouns = [phrase for phrase in parse(last.question).phrases if not phrase.proper and phrase.role != "inner"]
    if not nouns:
        return text
    return text[: match.start(1)] + nouns[0].head + text[match.end(1) :]


def _adjectives() -> set[str]:
    return set(COUNTRIES.values())


def _after_preposition(preposition: str, phrase: Phrase, parsed: Parsed, kinds: Kinds) -> str | None:
    """ "And in 2009?", "for Russia?": in place of a like phrase, first after the same preposition; else added."""
    kind = kinds.of(phrase)
    best: tuple[float, Phrase] | None = None
    for other in parsed.phrases:
        if (kinds.of(other) == TIME) != (kind == TIME):
            continue
        before = parsed.text[: other.start].rstrip().rpartition(" ")[2].lower()
        score = 1.5 * (before == preposition) + 0.5 * (kinds.of(other) == kind) + 0.5 * (kind == TIME)
        if score >= 1 and (best is None or score > best[0]):
            best = (score, other)
    if best is None:
        ending = parsed.text.rstrip(" ?!.")
        return sentence(f"{ending} {preposition} {phrase.text}")
    other = best[1]
    stem = parsed.text[: other.start].rstrip()
    before = stem.rpartition(" ")[2]
    if before.lower() in PREPOSITIONS and not (kind == TIME and before.lower() == "of"):
        stem = stem[: len(stem) - len(before)] + preposition
    return sentence(f"{stem} {phrase.text}{parsed.text[other.end :]}")


def _alike(phrase: Phrase, parsed: Parsed, kinds: Kinds, *, strict: bool) -> Phrase | None:
    """The phrase of the last question that is most like another, or None where none is."""
    kind, country = kinds.of(phrase), kinds.country(phrase)
    scored = []
    noun = asked_noun(parsed)
    for other in (*parsed.phrases, *([noun] if noun is not None else [])):
        if other.text.casefold() == phrase.text.casefold():
            continue
        score = 1.0 * (kinds.of(other) == kind)
        score -= 0.3 * (kind == THING and other.proper != phrase.proper)
        if kinds.of(other) != kind and phrase.proper and other.proper and not {kind, kinds.of(other)} & {PERSON, TIME}:
            score += 0.6  # a name that the documents do not tell the kind of
        score += 1.5 * (other.head == phrase.head and not other.proper)
        score += 0.5 * (bool(country) and bool(kinds.country(other)))
        score += 0.3 * (other.proper == phrase.proper) + 0.2 * (other.plural == phrase.plural)
        score += {"subject": 0.25, "object": 0.1}.get(other.role, 0.0)
        score += 0.2 * (other.text.startswith(("the ", "The ")) == phrase.text.startswith(("the ", "The ")))
        scored.append((score, other))
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < _LIKENESS + (0.5 if strict else 0.0):
        return None
    return best[1]


def _substituted(parsed: Parsed, target: Phrase, phrase: Phrase, kinds: Kinds) -> str:
    """The last question with one phrase for another; where the other stood there too, the two change places."""
    text = parsed.text
    same = next((p for p in parsed.phrases if p.text.casefold() == phrase.text.casefold()), None)
    if same is not None and kinds.of(same) == kinds.of(target):
        first, second = sorted((same, target), key=lambda p: p.start)
        swapped = text[: first.start] + second.text + text[first.end : second.start] + first.text + text[second.end :]
        return sentence(swapped)
    name = phrase.text
    article = target.text.split()[0].lower() in ARTICLES
    if article and phrase.text.split()[0].lower() not in ARTICLES and not phrase.proper:
        name = f"{target.text.split()[0]} {name}"
    return sentence(text[: target.start] + name + text[target.end :])


def owned_fragment(text: str, last: Turn, kinds: Kinds) -> str | None:
    """ "X's successor" as "Who was X's successor?", in the tense of the last question; None where it is a sentence."""
    words = [token for token in tokens(text) if token.word]
    if not words or _is_sentence(words) or words[0].lower in _OPENING:
        return None
    head = answer_phrase(text)
    kind = kinds.of(Phrase(text, 0, len(text), words[-1].lower, is_plural(words[-1].lower), False, "answer"))
    present = any(token.lower in ("is", "are", "does", "do", "has", "have") for token in tokens(last.question))
    plural = is_plural(words[-1].lower) if " of " not in text else head.plural
    be = ("are" if plural else "is") if present else ("were" if plural else "was")
    return sentence(f"{'Who' if kind == PERSON else 'What'} {be} {text.rstrip(' ?!.')}")
