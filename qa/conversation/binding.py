"""Whether a question itself says what a pronoun of it means, so that the conversation has no say."""

from __future__ import annotations

from corpus.english.function_words import AUXILIARIES, CLAUSE_ENDS, FUNCTION, PREPOSITIONS
from qa.conversation.kinds import NUMBER, PERSON, THING, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase
from qa.conversation.words import is_past, is_plural


def bound(parsed: Parsed, at: int, family: str, kinds: Kinds, *, owning: bool) -> bool:
    """Whether the question itself says what a pronoun means: "Did Serbia change its position?".

    ``at`` is the token of the pronoun, ``family`` one of he, she, it and they, ``owning`` tells "his" from "him".
    An owner may be anything named before; the object of a verb is not the subject of the same clause.
    """
    words = parsed.tokens
    word = words[at]
    own = [p for p in (*_asking_phrases(parsed), *parsed.phrases) if _may_mean(p, family, kinds)]
    before = [p for p in own if p.end <= word.start]
    embedded = _embedded(parsed, at)
    if owning and family == "they" and parsed.wh == "who" and parsed.auxiliary is None:
        return True  # "Who called their system polyphase?"
    if embedded and parsed.wh in ("who", "which", "what") and parsed.auxiliary is None:
        return True  # "Who said that he was no fool?"
    if before and (owning or embedded):
        return True
    clause = (
        CLAUSE_ENDS if family in ("he", "she") else CLAUSE_ENDS - {"to"}
    )  # "declined to sign it" is not its subject
    whole = [p for p in before if not any(o.start <= p.start and p.end <= o.end and o != p for o in before)]
    for phrase in whole:
        between = [w.lower for w in words if phrase.end <= w.start < word.start]
        if between[:1] in (["which"], ["that"], ["who"]) and not any(p.start >= phrase.end for p in whole):
            continue  # "the law which imposed it"
        if any(w in clause for w in between) or any(phrase.end <= p.start for p in whole):
            return True
    # "In its reply, what did the Soviet Union insist on": the pronoun comes first.
    comma = next((w.start for w in words if w.text == "," and w.start > word.start), None)
    return comma is not None and any(p.start > comma for p in own)


def _embedded(parsed: Parsed, at: int) -> bool:
    """Whether a pronoun is the subject of a clause within the question: "cities [they conquered]"."""
    word, words = parsed.tokens[at].lower, parsed.tokens
    if at == 0 or word not in ("he", "she", "it", "they") or at == (parsed.auxiliary or -2) + 1:
        return False
    before = words[at - 1].lower
    if word != "it":
        return before not in AUXILIARIES | {"and", "but"}
    after = words[at + 1].lower if at + 1 < len(words) else ""
    return before not in AUXILIARIES and (after in AUXILIARIES or is_past(after)) and before not in PREPOSITIONS


def _asking_phrases(parsed: Parsed) -> list[Phrase]:
    """The noun of the question phrase, where it is the subject ("Which country"), and the names in it."""
    asking = parsed.tokens[slice(*parsed.asking)]
    found = []
    nouns = [token for token in asking if token.lower not in FUNCTION and token.word]
    if nouns and parsed.auxiliary is None:
        noun = nouns[-1].lower
        found.append(Phrase(noun, asking[0].start, nouns[-1].end, noun, is_plural(noun), False, "subject"))
    for name in nouns:
        if name.capital:
            found.append(Phrase(name.text, name.start, name.end, name.lower, False, True, "inner"))
    return found


def _may_mean(phrase: Phrase, family: str, kinds: Kinds) -> bool:
    """Whether a phrase of the question itself may be what a pronoun means; an unknown name may be anything."""
    kind = kinds.of(phrase)
    if kind in (TIME, NUMBER):
        return False
    if family == "they":
        return True
    if kinds.unknown(phrase):
        return True
    if family == "it":
        return kind != PERSON and not (phrase.plural and phrase.role != "subject")
    named = phrase.proper and kind == THING and not kinds.thing_by_name(phrase) and not phrase.text.startswith("the ")
    return (kind == PERSON or named) and not phrase.plural
