"""Follow-ups that change one thing of the last question: "what about Serbia?", "and in 2009?", "the second one?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.english.function_words import AUXILIARIES, PREPOSITIONS, WH
from corpus.english.numerals import FIRST_ORDINALS
from corpus.english.verbs import SENTENCE_OPENINGS
from qa.conversation.carrying import likeliest, readings
from qa.conversation.kinds import PERSON, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase, answer_phrase, parse
from qa.conversation.words import Word, is_plural, sentence, tokens

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

ABOUT = re.compile(r"^(?:what|how)\s+(?:about|of)\s+|^what(?:'s|’s| is)\s+with\s+", re.IGNORECASE)


_ONE = re.compile(r"\b(?:the|which)\s+\w+\s+(ones?)\W*$", re.IGNORECASE)


def about(text: str, last: Turn, kinds: Kinds, *, marked: bool) -> str | None:
    """The last question about something else ("what about X", "and in 2009?"), or None where this is no such follow-up.

    ``marked`` says that the follow-up began with "and" or the like. X takes the place of what is most like it:
    a country that of a country, a year that of a year.
    """
    parts = fragment(text, marked=marked)
    if parts is None:
        return None
    preposition, rest = parts
    parsed = last.parsed
    ordinal = _ordinal(rest, parsed, last)
    if ordinal is not None:
        return ordinal
    phrase = whole(rest)
    certain = marked or is_about(text) or preposition != ""
    if phrase is None or not (certain or phrase.proper or kinds.of(phrase) == TIME):
        return None
    if not preposition:
        changed = _swapped(phrase, parsed, kinds)
        if changed is not None:
            return changed
    best = likeliest(readings(phrase, preposition, parsed, kinds))
    if best is None or not (certain or best.evidence.get("same kind")):
        return None
    return best.question


def fragment(text: str, *, marked: bool) -> tuple[str, str] | None:
    """The preposition ("" for none) and the rest of a follow-up that is no sentence; None where it is one."""
    match = ABOUT.match(text)
    asked = bool(match)
    rest = (text[match.end() :] if match else text).rstrip(" ?!.…")
    words = [token for token in tokens(rest) if token.word]
    if not words or len(words) > 10:
        return None
    if _is_sentence(words) or (not asked and (len(words) > 8 or words[0].lower in SENTENCE_OPENINGS)):
        return None
    if not (asked or marked) and not (len(words) <= 3 and text.rstrip().endswith("?")):
        return None  # a few words without more may be a question of their own: "kosovo war"
    if words[0].lower in PREPOSITIONS and len(words) > 1:
        return words[0].lower, rest[words[1].start :]
    return "", rest


def is_about(text: str) -> bool:
    """Whether a follow-up begins with "what about" or the like."""
    return ABOUT.match(text) is not None


def _is_sentence(words: list[Word]) -> bool:
    """Whether a follow-up asks or states something of its own, so that it is more than a phrase."""
    return any(word.lower in WH | AUXILIARIES and word.text != "May" for word in words) or bool(
        parse(" ".join(w.text for w in words)).verbs
    )


def whole(text: str) -> Phrase | None:
    """The phrase that a fragment is, all of it but a possessive ending."""
    text = re.sub(r"['’]s$", "", text)
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
    given = next((word for word in words if word.lower in (*FIRST_ORDINALS, "other", "last", "next")), None)
    one = words[-1].lower in ("one", "ones") if words else False
    noun = words[-1].lower if words else ""
    if given is not None:
        for token in parsed.tokens:
            same_noun = (
                one
                or noun == given.lower
                or any(phrase.head == noun and phrase.start <= token.start < phrase.end for phrase in parsed.phrases)
            )
            if token.lower in FIRST_ORDINALS and token.lower != given.lower and same_noun:
                number = given.text if given.lower != "other" else "second" if token.lower == "first" else "first"
                number = number.capitalize() if token.capital else number.lower()
                return sentence(parsed.text[: token.start] + number + parsed.text[token.end :])
        if last.answer is not None and given.lower in FIRST_ORDINALS and one:
            parts = re.split(r",\s+(?:and\s+)?|\s+and\s+", last.answer)
            place = FIRST_ORDINALS.index(given.lower)
            if len(parts) > 1 and place < len(parts):
                return sentence(f"What about {parts[place]}")
    return None


def named_again(text: str, last: Turn) -> str:
    """A question with the noun for its "one": "who is the Serbian one?" as "who is the Serbian envoy?"."""
    match = _ONE.search(text)
    if match is None or ABOUT.match(text) or not _is_sentence(tokens(text)):
        return text
    nouns = [phrase for phrase in last.parsed.phrases if not phrase.proper and phrase.role != "inner"]
    if not nouns:
        return text
    return text[: match.start(1)] + nouns[0].head + text[match.end(1) :]


def _swapped(phrase: Phrase, parsed: Parsed, kinds: Kinds) -> str | None:
    """The last question with two of its phrases changing places, where the fragment is one of them; or None."""
    same = next((p for p in parsed.phrases if p.text.casefold() == phrase.text.casefold()), None)
    if same is None:
        return None
    apart = [p for p in parsed.phrases if p.end <= same.start or same.end <= p.start]
    alike = [p for p in apart if kinds.of(p) == kinds.of(same) and p.proper == same.proper]
    if not alike:
        return None
    first, second = sorted((same, alike[0]), key=lambda p: p.start)
    before, between, after = (
        parsed.text[start:end]
        for start, end in ((0, first.start), (first.end, second.start), (second.end, len(parsed.text)))
    )
    return sentence(f"{before}{second.text}{between}{first.text}{after}")


def owned_fragment(text: str, last: Turn, kinds: Kinds) -> str | None:
    """ "X's successor" as "Who was X's successor?", in the tense of the last question; None where it is a sentence."""
    words = [token for token in tokens(text) if token.word]
    if not words or _is_sentence(words) or words[0].lower in SENTENCE_OPENINGS:
        return None
    head = answer_phrase(text)
    kind = kinds.of(Phrase(text, 0, len(text), words[-1].lower, is_plural(words[-1].lower), False, "answer"))
    present = any(token.lower in ("is", "are", "does", "do", "has", "have") for token in tokens(last.question))
    plural = is_plural(words[-1].lower) if " of " not in text else head.plural
    be = ("are" if plural else "is") if present else ("were" if plural else "was")
    return sentence(f"{'Who' if kind == PERSON else 'What'} {be} {text.rstrip(' ?!.')}")
