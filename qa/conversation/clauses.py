"""Where a question asks, and which of its words are verbs: by their endings, a list, and the place after "did"."""

from __future__ import annotations

from itertools import pairwise

from corpus.english.countries import ADJECTIVES
from corpus.english.function_words import ARTICLES, AUXILIARIES, DO, FUNCTION, MODALS, POSSESSIVES, PREPOSITIONS, WH
from corpus.english.modifiers import NOT_ADVERBS, PREDICATES
from corpus.english.verbs import OF_VERBS
from qa.conversation.words import Word, base_form, is_base, is_past

_ADJUNCTS = frozenset(("how", "when", "where", "why"))
_LIGHT = frozenset(("part", "place"))  # "take part": no thing of its own


def question_phrase(words: tuple[Word, ...]) -> tuple[int, int]:
    """The stretch of the question phrase: "In what year", "How many filling stations", "Who"."""
    at = next((i for i, word in enumerate(words[:4]) if word.lower in WH), None)
    if at is None or any(word.lower not in PREPOSITIONS | {"and", "but", "so", ","} for word in words[:at]):
        return 0, 0
    end = at + 1
    if words[at].lower in ("which", "what", "whose", "how"):
        while end < len(words) and nominal(words[end], words[end - 1]) and not _verb_in(words, end, at):
            end += 1
        while words[at].lower == "how" and end < len(words) and words[end].lower in ("many", "much", "of"):
            end += 1
            while end < len(words) and nominal(words[end], words[end - 1]) and not _verb_in(words, end, at + 1):
                end += 1
    return 0, end


def possesses(words: tuple[Word, ...], at: int) -> bool:
    """Whether "had" is itself the verb: "Which union had its headquarters there?"."""
    if words[at].lower not in ("has", "have", "had"):
        return False
    return not any(is_past(word.lower) and not word.capital for word in words[at + 1 :]) and (
        at + 1 < len(words) and (words[at + 1].lower in ARTICLES | POSSESSIVES or not words[at + 1].capital)
    )


def _verb_in(words: tuple[Word, ...], at: int, asking: int) -> bool:
    """Whether a verb follows the question phrase: "which country takes part", "which officers fight"."""
    if at <= asking + 1 or words[at].capital or not is_base(base_form(words[at].lower)[1]):
        return False
    return at + 1 < len(words) and words[at + 1].lower not in AUXILIARIES


def nominal(word: Word, before: Word) -> bool:
    """Whether a token may belong to a noun phrase: no function word, no sign, no past tense."""
    if word.lower == "'s":
        return True
    if not word.word or word.text == "I":
        return word.text == "I" and before.capital and before.lower not in FUNCTION  # "Peter I"
    if word.lower in FUNCTION:
        named = before.capital and before.lower not in FUNCTION  # "the Church Outside Russia"
        return word.capital and (named or word.text == "May" or (len(word.text) > 1 and word.text.isupper()))
    if word.capital:
        return True
    if word.lower.endswith("ly") and word.lower not in NOT_ADVERBS:
        return False
    if not is_past(word.lower):
        return True
    return before.lower in ARTICLES  # "the exiled Russian Church"


def verbs_of(words: tuple[Word, ...], asking: tuple[int, int], auxiliary: int | None) -> frozenset[int]:
    """The places of the verbs among the words of a question."""
    found = {
        i
        for i, word in enumerate(words)
        if i >= asking[1] and not word.capital and is_past(word.lower) and words[i - 1].lower not in ARTICLES
    }
    found |= {
        i + 1
        for i, (word, after) in enumerate(pairwise(words))
        if word.lower == "to" and not after.capital and is_base(after.lower)
    }
    found |= {
        i + 1
        for i, (word, after) in enumerate(pairwise(words))
        if word.lower in MODALS and not after.capital and is_base(after.lower)
    }
    found |= {
        i for i, word in enumerate(words) if word.lower in _LIGHT and i and base_form(words[i - 1].lower)[1] == "take"
    }
    if auxiliary is None and asking == (0, 0) and words and is_base(words[0].lower):
        found.add(0)  # "tell me more"
    if auxiliary is None:
        if asking[1] < len(words) and asking[1] and words[asking[1]].word:
            found.add(asking[1] + (words[asking[1]].lower.endswith("ly") and asking[1] + 1 < len(words)))
    elif words[auxiliary].lower in DO | MODALS:
        verb = _main_verb(words, auxiliary + 1)
        if verb is not None:
            found.add(verb)
    else:
        found |= _progressive(words, auxiliary)
        found |= {
            i
            for i, word in enumerate(words)
            if word.lower in PREDICATES
            and i > auxiliary + 1
            and words[i - 1].lower not in ARTICLES
            and not (i + 1 < len(words) and nominal(words[i + 1], word))
        }
    return frozenset(found)


def _progressive(words: tuple[Word, ...], auxiliary: int) -> set[int]:
    """The form in -ing after "is" or "were" and its subject: "how many were fighting", "are teachers using"."""
    for at in range(auxiliary + 1, len(words)):
        word = words[at]
        if not word.word or word.lower in PREPOSITIONS:
            break
        before = words[at - 1]
        if word.lower.endswith("ing") and not word.capital and before.lower not in ARTICLES and len(word.lower) > 4:
            noun_follows = at + 1 < len(words) and nominal(words[at + 1], word) and at == auxiliary + 1
            subject = at == auxiliary + 1 and words[0].lower in _ADJUNCTS  # "how much is parking?"
            of = at + 1 < len(words) and words[at + 1].lower == "of"
            return set() if noun_follows or subject or of else {at}
    return set()


def _main_verb(words: tuple[Word, ...], at: int) -> int | None:
    """The base verb after "did" and its subject: "did [Russia] mobilize", "did [the drills] start"."""
    while at < len(words):
        if words[at].lower in ("have", "be", "do") and words[at - 1].lower not in ("to", ","):
            return at
        article = words[at].lower in ARTICLES
        if article or (words[at].lower in FUNCTION and not words[at].capital):
            at += 1
        run = at
        while run < len(words) and nominal(words[run], words[run - 1]):
            run += 1
        if run > at and run < len(words) and (words[run].lower in ("have", "be", "do") or is_base(words[run].lower)):
            return run
        lower = [i for i in range(at, run) if not words[i].capital and words[i].word]
        capitals = run - at - len(lower)
        if lower:
            verb = _verb_among(words, lower, capitals=capitals > 0, article=article)
            if verb is not None and not (verb == run - 1 and not capitals and _qualified(words, run)):
                return verb
        at = max(run, at + (run == at))
    return None


def _verb_among(words: tuple[Word, ...], lower: list[int], *, capitals: bool, article: bool) -> int | None:
    first = words[lower[0]].lower
    # An adjective of a country takes a noun: "did Russian refugees come".
    adjective = words[lower[0] - 1].text in ADJECTIVES
    if len(lower) == 1:
        if words[lower[0] - 1].lower in ARTICLES:
            return None  # "a visit"
        return lower[0] if is_base(first) or (capitals and not adjective) else None
    if capitals and not article and not adjective:
        return lower[0]
    known = [i for i in lower[0 if capitals else 1 :] if is_base(words[i].lower)]
    if known and not capitals and known[-1] == lower[-1] and not any(word.word for word in words[lower[-1] + 1 :]):
        return known[-1]  # "how long does parental leave last?"
    return known[0] if known else lower[-1]


def _qualified(words: tuple[Word, ...], at: int) -> bool:
    """Whether a noun before a preposition is no verb, since the verb comes later: "does a [cartridge] for X cost"."""
    if at >= len(words) or words[at].lower not in PREPOSITIONS:
        return False
    if words[at].lower == "of" and words[at - 1].lower in OF_VERBS:
        return False
    if words[at].lower != "of" and is_base(words[at - 1].lower):
        return False
    following = [i for i in range(at + 1, len(words)) if words[i].word]
    return any(
        is_base(words[i].lower)
        and words[i - 1].lower not in ARTICLES | PREPOSITIONS
        and (i == following[-1] or words[i + 1].lower in PREPOSITIONS)
        for i in following
    )
