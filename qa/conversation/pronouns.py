"""Pronouns of a follow-up, replaced by what they mean where the question itself does not say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.english.calendar import MONTHS, REFERRED_TIMES
from corpus.english.function_words import (
    ARTICLES,
    AUXILIARIES,
    BE,
    DEMONSTRATIVES,
    DO,
    FUNCTION,
    FURTHER,
    MODALS,
    OWNING_OF_THIRDS,
    PERSONAL,
    PREPOSITIONS,
)
from corpus.english.modifiers import CLAIMED
from corpus.english.nouns import VAGUE
from corpus.english.verbs import MOVING, WITHOUT_OBJECT
from qa.conversation.binding import bound
from qa.conversation.kinds import NUMBER, PLACE, THING, TIME, Kinds, noun_kind
from qa.conversation.phrases import Parsed, parse
from qa.conversation.referents import (
    Fit,
    Referent,
    best,
    content_words,
    event,
    place,
    several,
    singular_person,
    thing,
    time,
    unnamed,
)
from qa.conversation.words import Word, base_form, is_base, is_past, is_plural, tokens

_HE = frozenset(("he", "him", "his"))
_SHE = frozenset(("she", "her", "hers"))
_IT = frozenset(("it", "its"))
_THEY = frozenset(("they", "them", "their", "theirs"))
_AFTERWARDS = frozenset(("after", "before", "since", "until", "during"))
_BARE = re.compile(r"(who|what)\s+(\w+)(\s+part)?\s*\??", re.IGNORECASE)
_MOVING = re.compile(
    rf"\b(?:{'|'.join(MOVING)})\s*$",
    re.I,
)
_ADVERBS = frozenset(("there", "then", "afterwards", "afterward", "next", "time"))
_JUDGED = f"(?:{'|'.join(CLAIMED)})"
_EXPLETIVES = re.compile(
    rf"\b(?:is|was|be|been|'s|isn't|wasn't|became|become)\s+it\s+(?:\w+\s+){{0,2}}?{_JUDGED}\b"
    rf"|\bit\s+(?:is|was|be|to be|has been|became|(?:{'|'.join(sorted(MODALS))})\s+be)\s+"
    rf"(?:\w+\s+)?{_JUDGED}\b"
    r"|\b(?:is|was)\s+it\s+(?:an?\s+\w+\s+to|called\s+(?:if|when))\b"
    r"|\b(?:has|had|is)\s+it\s+(?:been\s+)?since\b"
    rf"|\b(?:make|makes|made|find|found|consider|considered|think|thought)\s+it\s+(?:\w+\s+)?{_JUDGED}\b"
    r"|\b(?:is|was)\s+it\b[^?]*?\s(?:that|who|whom|when)\b"
    r"|\bit\s+(?:is|was)\s+(?:\w+\s+)?\w+(?:ed|n|t)\s+that\b"
    r"|\bit\s+(?:take|takes|took|cost|costs|become|becomes|became)\b[^?]*?\sto\b"
    r"|\bit\s+(?:seems?|seemed|appears?|appeared|turns? out|turned out|rains?|rained|snows?|snowed)\b"
    r"|\b(?:make|makes|made)\s+it\s+(?:to|through|into|onto)\b|\bdoes\s+it\s+(?:mean|matter)\b|\bwhat\s+time\s+is\s+it\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Anaphor:
    """A pronoun, or "this treaty": its tokens, and what it may mean."""

    first: int
    end: int
    fit: Fit
    owning: bool = False


def leans(text: str) -> bool:
    """Whether a question has a word that may lean on what was said before; asking costs nothing.

    >>> leans("When was it founded?"), leans("When did the Kosovo War begin?")
    (True, False)
    """
    words = tokens(text)
    return (
        any(_family(word.lower) or word.lower in DEMONSTRATIVES | _ADVERBS for word in words)
        or _BARE.fullmatch(text.strip()) is not None
        or (any(word.lower == "the" for word in words) and not any(word.capital for word in words[1:]))
    )


def resolve(text: str, found: Sequence[Referent], kinds: Kinds) -> str:
    """The question with its pronouns replaced by what they mean, or the same string where none needs it."""
    done: set[str] = set()
    start = 0
    for _ in range(4):  # a question has few pronouns; each pass replaces one
        parsed = parse(text)
        anaphor = next((a for a in _anaphors(parsed, found, kinds) if parsed.tokens[a.first].start >= start), None)
        if anaphor is None:
            break
        first = parsed.tokens[anaphor.first]
        family = _family(first.lower)
        start = first.end
        again = family in done and (anaphor.owning or first.lower not in ("him", "her", "it", "them"))
        if family and (again or bound(parsed, anaphor.first, family, kinds, owning=anaphor.owning)):
            continue
        last = parsed.tokens[anaphor.end - 1]
        referent = best(found, anaphor.fit, text[: first.start] + " " + text[last.end :], kinds)
        if referent is None:
            continue
        before, after = text[: first.start], text[last.end :]
        text = _replaced(parsed, anaphor, referent)
        done.add(family)
        start = len(text) - len(after) if text.endswith(after) else len(before)
    return text


def implied(text: str, found: Sequence[Referent], kinds: Kinds) -> str | None:
    """ "Who won?" with what was won, where a question leaves that out; None where it does not."""
    match = _BARE.fullmatch(text.strip())
    if match is None:
        return None
    verb = match[2].lower()
    if verb in AUXILIARIES or not (is_past(verb) or is_base(base_form(verb)[1])):
        return None
    referent = best(found, unnamed, text, kinds)
    if referent is None:
        return None
    joint = " in" if verb in WITHOUT_OBJECT or match[3] else ""
    return f"{match[1]} {match[2]}{match[3] or ''}{joint} {referent.text}?"


def _family(word: str) -> str:
    for name, family in (("he", _HE), ("she", _SHE), ("it", _IT), ("they", _THEY)):
        if word in family:
            return name
    return ""


def _anaphors(parsed: Parsed, found: Sequence[Referent], kinds: Kinds) -> list[_Anaphor]:
    """The words of a question that may lean on what was said before, in order."""
    words = parsed.tokens
    expletives = [match.span() for match in _EXPLETIVES.finditer(parsed.text)]
    anaphors: list[_Anaphor | None] = []
    for at, word in enumerate(words):
        if at and word.capital:
            continue  # a word of a title: "Britain Can Make It"
        if _family(word.lower):
            if word.lower != "it" or not any(start <= word.start < end for start, end in expletives):
                anaphors.append(_personal(words, at, kinds))
        elif word.lower in DEMONSTRATIVES:
            anaphors.append(_demonstrative(parsed, at, found, kinds))
        elif word.lower == "the":
            anaphors.append(_definite(parsed, at, found))
        else:
            anaphors.append(_adverb(words, at))
    return [anaphor for anaphor in anaphors if anaphor is not None]


def _personal(words: tuple[Word, ...], at: int, kinds: Kinds) -> _Anaphor:
    word, after = words[at].lower, words[at + 1 : at + 3]
    family = _family(word)
    fit = {"it": thing, "they": several}.get(family) or singular_person(family == "she", kinds)
    if word == "it" and len(after) == 2 and after[0].lower == "'s" and _noun_after(after[1]):
        return _Anaphor(at, at + 2, fit, owning=True)  # "it's report"
    owning = word in OWNING_OF_THIRDS and (word != "her" or (bool(after) and _noun_after(after[0])))
    return _Anaphor(at, at + 1, fit, owning=owning)


def _adverb(words: tuple[Word, ...], at: int) -> _Anaphor | None:
    """ "There", "then" and "afterwards", where they mean a place or a time."""
    word = words[at].lower
    if word == "there" and not _existential(words, at):
        return _Anaphor(at, at + 1, place)
    if word == "then" and _at_that_time(words, at):
        return _Anaphor(at, at + 1, time)
    next_event = word == "next" and at > 0 and words[at - 1].lower.startswith("happen")
    if (word in ("afterwards", "afterward") or next_event) and _closing(words, at):
        return _Anaphor(at, at + 1, event)
    return None


def _at_that_time(words: tuple[Word, ...], at: int) -> bool:
    """Whether a "then" is a time rather than a "so": "since then", "who was president then?"."""
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else "?"
    if before in ("", ",", "and", "if", *ARTICLES):
        return False
    return before in PREPOSITIONS or not after[0].isalnum() or (before in BE and after in ARTICLES)


def _closing(words: tuple[Word, ...], at: int) -> bool:
    """Whether a token is the last word."""
    return not any(word.word for word in words[at + 1 :])


def _noun_after(word: Word) -> bool:
    return word.word and (word.lower not in FUNCTION or word.lower == "own")


def _existential(words: tuple[Word, ...], at: int) -> bool:
    """ "Are there visas", "there is no war", "over there"."""
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    following = {word.lower for word in words[at + 1 : at + 3]}
    if before in ("over", "out", "up") or following & {"exist", "exists", "existed"}:
        return True
    if after in AUXILIARIES - DO | {"'s"}:
        return True
    return before in BE and not (words[0].lower == "who" and at == 2)  # "who was there?"


def _run_end(parsed: Parsed, at: int) -> int:
    """Where the nouns that start at a token end."""
    words, end = parsed.tokens, at
    while end < len(words) and words[end].word and words[end].lower not in FUNCTION and end not in parsed.verbs:
        if is_past(words[end].lower) or (end > at and is_base(words[end].lower)):
            break
        end += 1
    return end


def _demonstrative(parsed: Parsed, at: int, found: Sequence[Referent], kinds: Kinds) -> _Anaphor | None:
    """ "This treaty", "that year": a demonstrative with its noun, where the conversation knows such a thing."""
    words = parsed.tokens
    end = _run_end(parsed, at + 1)
    word = words[at].lower
    if word in ("that", "this") and at and words[at - 1].lower in _AFTERWARDS and _closing(words, at):
        return _Anaphor(at, at + 1, event)
    if end == at + 1 or words[at + 1].capital:
        return None
    if at and words[at - 1].lower in DO and is_base(words[at + 1].lower):
        return None  # "what does this take away": no noun of its own
    noun = words[end - 1].lower
    if word == "that" and is_plural(noun):
        return None  # "accept that birds are reptiles"
    before = words[at - 1].lower if at else ""
    certain = word != "that" or before in PREPOSITIONS | {""} or at == (parsed.auxiliary or -2) + 1
    named = _fit_noun(noun)
    if noun not in VAGUE and any(named(referent) for referent in found):
        return _Anaphor(at, end, named)
    if not certain or noun in VAGUE:
        return None
    if noun in REFERRED_TIMES:
        return _Anaphor(at, end, time)
    plural = is_plural(noun)
    kind = noun_kind(noun)

    def fit(referent: Referent) -> float:
        if referent.phrase.plural != plural:
            return 0.0
        if kind == THING:
            return (
                1.0
                if referent.kind == THING and referent.phrase.proper and kinds.told_with(referent.phrase, noun)
                else 0.0
            )
        if kind == PLACE and noun == "country":
            return 1.0 if kinds.country(referent.phrase) or referent.kind == PLACE else 0.0
        return 1.0 if referent.kind == kind else 0.0

    return _Anaphor(at, end, fit)


def _definite(parsed: Parsed, at: int, found: Sequence[Referent]) -> _Anaphor | None:
    """ "The treaty" alone, in a question without a name, where a treaty with a longer name was just spoken of."""
    words = parsed.tokens
    if [word.lower for word in words[at - 1 : at + 2]] == ["at", "the", "time"] and not any(
        word.word for word in words[at + 2 :]
    ):
        return _Anaphor(at, at + 2, time)
    if any(word.capital for word in words[1:]):
        return None
    end = _run_end(parsed, at + 1)
    after = words[end] if end < len(words) else None
    if end != at + 2 or words[at + 1].capital or words[at + 1].lower in VAGUE:
        return None
    if after is not None and (after.lower in FURTHER | ARTICLES | PERSONAL or after.capital):
        return None  # "the town the story is set in"
    named = _fit_noun(words[at + 1].lower)

    def fit(referent: Referent) -> float:
        return named(referent) if referent.turns_back <= 1 else 0.0

    return _Anaphor(at, end, fit) if any(fit(referent) for referent in found) else None


def _fit_noun(noun: str) -> Fit:
    """What has that noun for its head."""

    def fit(referent: Referent) -> float:
        named = referent.phrase.head == noun and len(content_words(referent.phrase)) > 1
        return 1.0 if named and referent.kind not in (TIME, NUMBER) else 0.0

    return fit


def _replaced(parsed: Parsed, anaphor: _Anaphor, referent: Referent) -> str:
    """The question with the pronoun's words replaced by the referent's."""
    text, words = parsed.text, parsed.tokens
    first, last = words[anaphor.first], words[anaphor.end - 1]
    before, after, name = text[: first.start], text[last.end :], referent.text
    word = first.lower
    if word == "there":
        joint = "" if before.rstrip().lower().endswith((" from", " in", " to", " near", " at")) else "in "
        if joint:
            joint = "to " if _MOVING.search(before) else "at " if referent.kind == THING else joint
        return f"{before}{joint}{name}{after}"
    if word in ("afterwards", "afterward", "next"):
        return f"{before}after {name}{after}"
    if referent.kind == TIME:
        year = re.search(r"\d{4}", name)
        if last.lower == "year" and year is not None:
            name = year[0]
        stem = before.rstrip()
        preposition = stem.rpartition(" ")[2]
        if preposition.lower() in ("in", "at", "on", "during"):
            before = stem[: len(stem) - len(preposition)]
        joined = preposition.lower() in PREPOSITIONS and before.rstrip() == stem
        return f"{before}{'' if joined else _when(name)}{name}{after}"
    if anaphor.owning:
        return _owned(parsed, anaphor, name)
    return f"{before}{name}{after}"


def _when(time_text: str) -> str:
    """The preposition of a date: "on 5 April 1941", "in June 1941"."""
    words = [token.lower for token in tokens(time_text)]
    if words and words[0] in PREPOSITIONS:
        return ""
    dated = any(word in MONTHS for word in words) and any(
        re.fullmatch(r"[1-3]?\d(?:st|nd|rd|th)?", word) for word in words
    )
    return "on " if dated else "in "


def _owned(parsed: Parsed, anaphor: _Anaphor, name: str) -> str:
    """ "its aims" as "X's aims", or as "the aims of X" where X is long."""
    text, words = parsed.text, parsed.tokens
    at = anaphor.first
    before, end = text[: words[at].start], anaphor.end
    if end < len(words) and words[end].lower == "own":
        end += 1
    run = _run_end(parsed, end)
    rest = text[words[end - 1].end :]
    simple = not any(word.lower in PREPOSITIONS or word.lower == "and" for word in tokens(name))
    if simple or run == end:
        ending = "'" if name.endswith("s") and is_plural(name.rpartition(" ")[2].lower()) else "'s"
        return f"{before}{name}{ending}{rest}"
    return f"{before}the {text[words[end].start : words[run - 1].end]} of {name}{text[words[run - 1].end :]}"
