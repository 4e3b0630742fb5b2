"""Whether a question itself says what a pronoun of it means, so that the conversation has no say."""

from __future__ import annotations

from corpus.english.calendar import MONTHS
from corpus.english.function_words import (
    AUXILIARIES,
    CLAUSE_ENDS,
    DO,
    FUNCTION,
    HAVE,
    OWNING_OF_THIRDS,
    PREPOSITIONS,
)
from qa.conversation.kinds import NUMBER, PERSON, THING, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase
from qa.conversation.words import Word, is_past, is_plural


def bound(parsed: Parsed, at: int, family: str, kinds: Kinds, *, owning: bool) -> bool:
    """Whether the question itself says what a pronoun means: "Did Serbia change its position?".

    ``at`` is the token of the pronoun, ``family`` one of he, she, it and they, ``owning`` tells "his" from "him".
    An owner may be anything named before; the object of a verb is not the subject of the same clause.
    """
    words = parsed.tokens
    word = words[at]
    own = [p for p in (*_asking_phrases(parsed), *parsed.phrases, *_names(parsed)) if _may_mean(p, family, kinds)]
    before = [p for p in own if p.end <= word.start]
    if owning and words[min(at + 1, len(words) - 1)].lower == "own" and parsed.wh == "who":
        return True  # "Who hosts its own festival?"
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
        owner = between[:1] == ["'s"] or phrase.text.endswith(("'s", "’s"))
        if owner and any(w in DO for w in between):
            return True  # "What part of Ada's name did she leave out?"
    auxiliary = next((n for n, w in enumerate(words) if n > at and w.lower in DO), None) if owning else None
    if auxiliary is not None and any(p.proper and p.start == words[auxiliary].end + 1 for p in own):
        return True  # "How many copies of her album did Ada sell?"
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
    """The noun of the question phrase, where it is the subject: "Which country"."""
    asking = parsed.tokens[slice(*parsed.asking)]
    found = []
    nouns = [token for token in asking if token.lower not in FUNCTION and token.word]
    if nouns and _asks_for_subject(parsed):
        noun = nouns[-1].lower
        found.append(Phrase(noun, asking[0].start, nouns[-1].end, noun, is_plural(noun), False, "subject"))
    return found


def _asks_for_subject(parsed: Parsed) -> bool:
    """Whether what is asked for acts itself: "Which model has lost its battery?", not "Which model has he lost?"."""
    if parsed.auxiliary is None:
        return True
    after = parsed.auxiliary + 1
    own = after < len(parsed.tokens) and parsed.tokens[after].lower in OWNING_OF_THIRDS
    return after in parsed.verbs or (own and parsed.tokens[parsed.auxiliary].lower in HAVE)


def _names(parsed: Parsed) -> list[Phrase]:
    """The names in a question that no phrase of it ends in: "Ada" in "What did Ada finish her book for?"."""
    found: list[Phrase] = []
    run: list[Word] = []
    for token in (*parsed.tokens[1:], None):
        if token is not None and token.capital and token.lower not in MONTHS:
            run.append(token)
            continue
        if run and not any(p.start <= run[0].start and p.end == run[-1].end for p in parsed.phrases):
            start, end = run[0].start, run[-1].end
            found.append(Phrase(parsed.text[start:end], start, end, run[-1].lower, False, True, "inner"))
        run = []
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
        it = kind != PERSON or (phrase.proper and not kinds.surely_person(phrase))
        return it and not (phrase.plural and phrase.role != "subject")
    named = phrase.proper and kind == THING and not kinds.thing_by_name(phrase) and not phrase.text.startswith("the ")
    return (kind == PERSON or named) and not phrase.plural
