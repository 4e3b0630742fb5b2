"""Follow-ups that are no sentence: "why?", "and in 2009?", "what about Serbia?", completed from the last question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.english.function_words import ARTICLES, AUXILIARIES, BE, FUNCTION, PERSONAL, PREPOSITIONS, WH
from corpus.english.modifiers import MANNER
from corpus.english.verbs import HAPPENING
from qa.conversation.phrases import Parsed, asked_noun, parse
from qa.conversation.substitution import ABOUT
from qa.conversation.words import Word, base_form, is_base, is_past, joined, sentence, tokens

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

_ADJUNCTS = ("when", "where", "why", "how")
_LONG_ANSWER = 8  # words


def asked_again(text: str, last: Turn) -> str | None:
    """The last question asked with another question word ("why?", "by whom?"), or None where this is no such follow-up.

    >>> from qa.conversation.turns import Turn
    >>> asked_again("why?", Turn("When did Austria-Hungary annex Bosnia?", "1908"))
    'Why did Austria-Hungary annex Bosnia?'
    >>> asked_again("when?", Turn("Who led the Partisans?", "Tito"))
    'When did Tito lead the Partisans?'
    """
    words = [token for token in tokens(text) if token.word]
    at = next((i for i, word in enumerate(words) if word.lower in WH), None)
    if at is None or at > 1 or any(word.lower not in PREPOSITIONS for word in words[:at]):
        return None
    asking = _only_asks(words, at)
    if asking is None:
        return None
    if (about_it := ABOUT.match(last.question)) is not None:
        return sentence(f"{joined(asking, text)} is {last.question[about_it.end() :]}")
    return _with_asking(joined(asking, text), last.parsed, last.answer)


def counted_again(text: str, last: Turn) -> str:
    """A question with the noun that its "how many" leaves out: "how many came since 2022?" after one about Russians."""
    parsed = parse(text)
    asking = [token.lower for token in parsed.tokens[slice(*parsed.asking)]]
    if asking[-2:] != ["how", "many"] or any(token.capital for token in parsed.tokens[1:]):
        return text
    following = parsed.rest[:1]
    verb = bool(following) and following[0].lower not in FUNCTION and parsed.asking[1] in parsed.verbs
    if not following or not (following[0].lower in AUXILIARIES or verb):
        return text
    before = last.parsed
    noun = asked_noun(before)
    if noun is None or not noun.plural:
        noun = next((phrase for phrase in before.phrases if phrase.plural and phrase.role != "inner"), None)
    if noun is None or " and " in noun.text:
        return text
    name = noun.text.removeprefix("the ").removeprefix("The ")
    return f"{text[: following[0].start]}{name} {text[following[0].start :]}"


def _only_asks(words: list[Word], at: int) -> list[Word] | None:
    """The words that ask, where a follow-up has nothing besides: "why", "and when was that", "since when"."""
    end = at + 1
    while end < len(words) and words[end].lower not in AUXILIARIES:
        if words[end].lower in HAPPENING or (words[end].lower in FUNCTION and words[end].lower not in MANNER):
            break
        end += 1
    rest = words[end:]
    pointing = any(word.lower in ("that", "this") for word in rest)
    if any(is_past(word.lower) for word in words[at + 1 : end]):
        return None  # "which countries joined?" says what was done
    if rest and not (pointing and all(word.lower in HAPPENING | AUXILIARIES for word in rest)):
        return None
    if rest and words[at].lower in ("who", "what", "which") and not at:
        return None  # "what is that?" asks about a thing
    if not rest and any(word.lower not in MANNER for word in words[at + 1 : end]):
        counts = words[at].lower == "how" and words[at + 1].lower in ("many", "much")
        longest = {"which": 3, "what": 2, "how": 4 if counts else 0}.get(words[at].lower, 0)
        if end - at > longest or is_base(base_form(words[at + 1].lower)[1]):
            return None
    return words[:end]


def _with_asking(asking: str, parsed: Parsed, answer: str | None) -> str | None:
    """The question with other words that ask; its answer, where there is one, takes the place it asked for."""
    asked_subject = parsed.auxiliary is None and parsed.wh in ("who", "what", "which")
    if asking.lower().endswith("how many") or (asking.lower().endswith("how much") and not asked_subject):
        return _counted(asking, parsed)
    if asking.lower() == "how come":
        asking = "why"
    rest = list(parsed.rest)
    if not rest:
        return None
    text = joined(rest, parsed.text)
    if asking.lower().endswith(" else") or (not parsed.wh and parsed.auxiliary is None):
        return sentence(f"{asking} {text}")  # the last question was a few words: "visas abolished"
    if rest[0].lower in AUXILIARIES and parsed.auxiliary is not None:
        return sentence(_after_auxiliary(asking, parsed, answer))
    # The question phrase was the subject: "Who ordered the murder?".
    verb = next((i for i, word in enumerate(rest) if not word.lower.endswith("ly")), 0)
    auxiliary, base = ("did", "have") if rest[verb].lower == "had" else base_form(rest[verb].lower)
    noun = asked_noun(parsed)
    subject = _found(parsed, answer) or (noun.text if noun else {"who": "someone"}.get(parsed.wh, "that"))
    after = " ".join(filter(None, (joined(rest[:verb], parsed.text), base, joined(rest[verb + 1 :], parsed.text))))
    return sentence(f"{asking} {auxiliary} {subject} {after}")


def _after_auxiliary(asking: str, parsed: Parsed, answer: str | None) -> str:
    """The words that ask, then what follows in the last question: its auxiliary, its subject, and so on."""
    rest = list(parsed.rest)
    auxiliary, after = rest[0].lower, joined(rest[1:], parsed.text)
    if asking.lower() in ("why not", "how not"):
        subject = next((p for p in parsed.phrases if p.role == "subject"), None)
        end = subject.end if subject else rest[0].end
        head, tail = parsed.text[rest[0].end : end], parsed.text[end : rest[-1].end]
        return f"{asking.split()[0]} {auxiliary}{head} not{tail}"
    found = _found(parsed, answer)
    if not found or parsed.wh not in ("who", "whom", "what", "which", "how"):
        return f"{asking} {auxiliary} {after}"
    has_subject = any(phrase.role == "subject" for phrase in parsed.phrases) or _pronoun_follows(rest)
    if not has_subject or (parsed.wh == "who" and auxiliary in BE and not parsed.verbs):
        # "Who was the first consul?": "when was Vashchenko the first consul?"
        return f"{asking} {auxiliary} {found} {after}"
    if auxiliary in BE or asking.lower().split()[0] in ("who", "what", "which"):
        return f"{asking} {auxiliary} {after}"
    # The object takes its place after the verb: "since when has Serbia held [150 exercises] with NATO?".
    verb = max((i for i in parsed.verbs if i > (parsed.auxiliary or 0)), default=None)
    place = parsed.tokens[verb].end if verb is not None and parsed.tokens[verb] in rest else rest[-1].end
    return f"{asking} {auxiliary}{parsed.text[rest[0].end : place]} {found}{parsed.text[place : rest[-1].end]}"


def _pronoun_follows(rest: list[Word]) -> bool:
    return len(rest) > 1 and rest[1].lower in PERSONAL


def _found(parsed: Parsed, answer: str | None) -> str:
    """The answer as a noun phrase that can stand in the question it answers, or ""."""
    if answer is None or parsed.wh in (*_ADJUNCTS[:3], "") or len(answer.split()) > _LONG_ANSWER:
        return ""
    words = tokens(answer)
    if words and words[0].text in ARTICLES | {"The", "A", "An"}:
        answer = answer[0].lower() + answer[1:]
    noun = asked_noun(parsed)
    if parsed.wh == "how":
        if noun is None:
            return ""
        of = "of " if " of " in joined(list(parsed.tokens[slice(*parsed.asking)]), parsed.text) else ""
        return answer if noun.head in answer.lower() else f"{answer} {of}{noun.text}"
    return answer


def _counted(asking: str, parsed: Parsed) -> str | None:
    """ "How many?" with the noun that the last question held: "How many stores does Svetofor have?"."""
    rest = joined(list(parsed.rest), parsed.text)
    noun = asked_noun(parsed)
    if noun is not None and parsed.wh in ("which", "what") and (asking.lower().endswith("much") or noun.plural):
        return sentence(f"{asking} {noun.text} {rest}")
    plural = next((p for p in parsed.phrases if p.plural and " and " not in p.text and " of " not in p.text), None)
    if asking.lower().endswith("much") or plural is None:
        return sentence(f"{asking} {rest}") if rest else None
    shortest = min(
        (p for p in parsed.phrases if p.plural and p.start == plural.start), key=lambda p: p.end, default=plural
    )
    name = re.sub(r"^(?:the|any|some)\s+", "", shortest.text, flags=re.IGNORECASE)
    base = parsed.rest[0].start if parsed.rest else 0
    before, after = parsed.text[base : shortest.start], parsed.text[shortest.end :]
    if not parsed.asking[1]:
        before = before[:1].lower() + before[1:]
    return sentence(" ".join(f"{asking} {name} {before}{after}".split()))
