"""The noun phrases of a question: what a follow-up may refer to, found by rules over its words.

No tagger and no parser: a phrase is an optional article, then words that are neither function words nor verbs,
with what "of" adds to it; which words are verbs follows from their endings, a list, and the place after "did".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.english.calendar import MONTHS
from corpus.english.countries import COUNTRIES
from corpus.english.function_words import ARTICLES, ATTACHING, AUXILIARIES, PREPOSITIONS, WH
from corpus.english.nouns import ORGANIZED
from qa.conversation.clauses import nominal, possesses, question_phrase, verbs_of
from qa.conversation.words import Word, is_abbreviated_plural, is_people, is_plural, tokens

_MAX_JOINED = 3  # "the X of the Y of Z": what hangs on a noun beyond that is no help


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its text and place (code points of the question), and its lower-case head noun.

    ``role`` is one of subject, object, inner (inside a longer phrase, or after a preposition) and answer.
    ``possessor`` says that it stands before a possessive ending.
    """

    text: str
    start: int
    end: int
    head: str
    plural: bool
    proper: bool
    role: str
    possessor: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question taken apart: its tokens, where its words that ask stand, its auxiliary, verbs and phrases.

    ``asking`` is the half-open stretch of tokens of the question phrase with a preposition before it ("in which
    town"), empty at 0 where there is none; ``auxiliary`` the token after which the subject stands, or None
    where the question phrase is itself the subject; ``verbs`` the tokens that are verbs.
    """

    text: str
    tokens: tuple[Word, ...]
    asking: tuple[int, int]
    auxiliary: int | None
    verbs: frozenset[int]
    phrases: tuple[Phrase, ...]

    @property
    def wh(self) -> str:
        """The word that asks; "" for none."""
        return next((token.lower for token in self.tokens[slice(*self.asking)] if token.lower in WH), "")

    @property
    def rest(self) -> tuple[Word, ...]:
        """The tokens after the question phrase, without closing signs."""
        end = len(self.tokens)
        while end > self.asking[1] and not self.tokens[end - 1].word and self.tokens[end - 1].lower != "'s":
            end -= 1
        return self.tokens[self.asking[1] : end]


def parse(text: str) -> Parsed:
    """A question taken apart; any string gives something.

    >>> parsed = parse("In which town was the church administration of Serbia set up?")
    >>> [(phrase.text, phrase.role) for phrase in parsed.phrases]
    [('the church administration of Serbia', 'subject'), ('the church administration', 'inner'), ('Serbia', 'inner')]
    """
    words = tuple(tokens(text))
    asking = question_phrase(words)
    auxiliary = asking[1] if asking[1] < len(words) and words[asking[1]].lower in AUXILIARIES else None
    if auxiliary is not None and possesses(words, auxiliary):
        auxiliary = None
    elif asking == (0, 0) and auxiliary is None:
        auxiliary = next((i for i, word in enumerate(words[:1]) if word.lower in AUXILIARIES), None)
    verbs = verbs_of(words, asking, auxiliary)
    return Parsed(text, words, asking, auxiliary, verbs, tuple(_phrases(text, words, asking, auxiliary, verbs)))


def _phrases(
    text: str, words: tuple[Word, ...], asking: tuple[int, int], auxiliary: int | None, verbs: frozenset[int]
) -> list[Phrase]:
    spans = _runs(words, asking[1] if auxiliary is None else auxiliary + 1, verbs)
    found: list[Phrase] = []
    covered: set[tuple[int, int]] = set()
    subject_due = auxiliary is not None
    taken = 0
    for number, (start, end) in enumerate(spans):
        last, joined = end, 0
        for following, until in spans[number + 1 :]:
            between = [word.lower for word in words[last:following]]
            linked = between == ["of"] or (
                len(between) == 1
                and between[0] in ATTACHING
                and _common(words[end - 1])
                and not is_time([word.lower for word in words[following:until]])
            )
            # "Bosnia and Herzegovina", "Serbia and Russia": the whole, and below each half.
            linked = linked or (between == ["and"] and words[last - 1].capital and words[following].capital)
            linked = linked or (between == ["and"] and joined > 0 and words[last - 1].capital)
            if not linked or joined == _MAX_JOINED:
                break
            last, joined = until, joined + 1
        if start < taken:
            continue  # half of one name
        after_preposition = start > 0 and words[start - 1].lower in PREPOSITIONS
        role = "subject" if subject_due and not after_preposition else "object"
        if after_preposition or any(start >= begin and end <= stop for begin, stop in covered):
            role = "inner"
        elif subject_due:
            subject_due = False
        if last > end:
            whole = _phrase(text, words, (start, last), (start, end), role)
            found.append(whole)
            if "and" in whole.text.split() and not whole.plural and whole.proper:
                taken = last
                continue
            covered.add((start, last))
            role = "inner"
        if last == end or not words[end - 1].capital:  # "the Treaty" of "the Treaty of Berlin" is no thing of its own
            found.append(_phrase(text, words, (start, end), (start, end), role))
        found += _owners(text, words, start, end)
    return found


def _common(word: Word) -> bool:
    return word.word and not word.capital and not word.text[0].isdigit()


def _runs(words: tuple[Word, ...], at: int, verbs: frozenset[int]) -> list[tuple[int, int]]:
    """The stretches of tokens that are an article and nominal words, verbs left out."""
    runs = []
    while at < len(words):
        start = at
        if words[at].lower in ARTICLES:
            at += 1
        first = at
        while (
            at < len(words)
            and at not in verbs
            and (nominal(words[at], words[at - 1]) or (at > first and _epithet(words, at)))
        ):
            at += 1
        if at > first and words[first].lower != "'s":
            runs.append((start, at))
        at = max(at, start + 1)
    return runs


def _epithet(words: tuple[Word, ...], at: int) -> bool:
    """Whether a "the" is part of a name: "Ivan the Terrible"."""
    return words[at].lower == "the" and words[at - 1].capital and at + 1 < len(words) and words[at + 1].capital


def is_time(words: list[str]) -> bool:
    """Whether lower-case words are a date or a year and nothing else."""
    named = [word for word in words if word not in ARTICLES and word[0].isalnum()]
    return any(word in MONTHS or re.search(r"\d{4}|century|\d0s", word) for word in named) and all(
        word in MONTHS
        or re.fullmatch(r"1\d{3}s?|20\d\ds?|[1-3]?\d(?:st|nd|rd|th)?|\d+(?:th|st|nd|rd)|century|late|early", word)
        for word in named
    )


def _phrase(text: str, words: tuple[Word, ...], span: tuple[int, int], core: tuple[int, int], role: str) -> Phrase:
    """The phrase over ``span``; ``core`` is the stretch that ends in its head noun."""
    start, end = words[span[0]].start, words[span[1] - 1].end
    head = words[core[1] - 1]
    inner = [word for word in words[core[0] : core[1]] if word.lower not in ARTICLES]
    coordinated = span != core and any(word.lower == "and" for word in words[core[1] : core[1] + 1])
    coordinated = coordinated and words[span[1] - 1].lower not in ORGANIZED  # "the Victoria and Albert Museum"
    name = text[start:end]
    return Phrase(
        text=name,
        start=start,
        end=end,
        head=head.lower,
        plural=(coordinated and name not in COUNTRIES)
        or (is_plural(head.lower) and (not head.capital or words[core[0]].lower == "the"))
        or is_people(head.text)
        or is_abbreviated_plural(head.text),
        proper=all(word.capital or not word.word or word.text[0].isdigit() for word in inner)
        and not is_abbreviated_plural(head.text),
        role=role,
    )  # fmt: skip


def _owners(text: str, words: tuple[Word, ...], start: int, end: int) -> list[Phrase]:
    """ "Serbia" in "Serbia's gas consumption", and the name alone in "the Pančevo refinery"."""
    found = []
    for at in range(start + 1, end):
        named = words[start].lower in ARTICLES and at + 1 < end and words[at + 1].capital  # "the People's Party"
        if words[at].lower == "'s" and not named:
            inner = _phrase(text, words, (start, at), (start, at), "inner")
            found.append(replace(inner, possessor=True))
    return found


def asked_noun(parsed: Parsed) -> Phrase | None:
    """The noun phrase that a question phrase holds: "bilateral treaties" in "How many bilateral treaties"; or None."""
    words = [
        token
        for token in parsed.tokens[slice(*parsed.asking)]
        if token.lower not in WH | PREPOSITIONS and token.lower not in ("many", "much") and token.word
    ]
    counted = any(token.lower in ("many", "much") for token in parsed.tokens[slice(*parsed.asking)])
    if not words or parsed.wh not in ("how", "which", "what") or (parsed.wh == "how" and not counted):
        return None
    head = words[-1]
    return Phrase(
        text=parsed.text[words[0].start : head.end],
        start=words[0].start,
        end=head.end,
        head=head.lower,
        plural=is_people(head.text) or is_plural(head.lower),
        proper=all(word.capital for word in words),
        role="object",
    )


def answer_phrase(answer: str) -> Phrase:
    """The answer's text as one phrase; its head is its last word before any "of" or comma.

    A preposition before it is left out: "in 1856".
    """
    words = tokens(answer)
    if len(words) > 1 and words[0].lower in PREPOSITIONS:
        answer = answer[words[1].start :]
        words = words[1:]
    core = words
    for at, word in enumerate(words):
        if at and (word.lower in PREPOSITIONS or word.text in ",;("):
            core = words[:at]
            break
    named = [word for word in core if word.word and word.lower not in ARTICLES]
    head = named[-1] if named else None
    both = any(word.lower == "and" for word in words) and sum(word.capital for word in words) > 1
    return Phrase(
        text=answer,
        start=0,
        end=len(answer),
        head=head.lower if head else "",
        plural=(both and answer not in COUNTRIES)
        or (head is not None and (is_people(head.text) or (is_plural(head.lower) and not head.capital))),
        proper=bool(named) and named[-1].capital,
        role="answer",
    )
