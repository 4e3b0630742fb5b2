"""What a pronoun may refer to: the phrases of the turns before it, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.english.function_words import ARTICLES, PREPOSITIONS
from corpus.english.verbs import MAKING
from qa.conversation.kinds import NUMBER, PERSON, PLACE, THING, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase, answer_phrase, asked_noun
from qa.conversation.sexes import told_female
from qa.conversation.weights import weights
from qa.conversation.words import base_form, country_of, tokens

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

# Chosen on the development half of tests/data/follow-ups.json.
_DECAY = 0.55  # a turn further back
_PRIOR = {"answer": 1.0, "subject": 0.9, "object": 0.8, "inner": 0.5}
_LONG_ANSWER = 10  # words; a clause rather than a name
_HITS = 5
_MENTIONS = 3  # more turns that speak of a thing make it no likelier
_ATTACHED = 0.75  # "Milan Gorkić" in "the murder of Milan Gorkić"
_ELSEWHERE = 0.3  # of the support where the sentence does not hold the noun of a longer phrase
_ANY = (" any ", " other ", " no ", " many ", " else ")  # "did they release any other albums?" speaks of none
_OTHERWISE = 0.1  # "he" for whom the documents seem to call "she"
_ADJUNCT_WORDS = ("when", "where", "why", "how")


@dataclass(frozen=True, slots=True)
class Referent:
    """A phrase that was spoken of: its kind, how present it is (0 to 1), and how many turns back.

    ``female`` is what the question says of it ("X's mother"), where it says that.
    """

    phrase: Phrase
    kind: str
    prior: float
    turns_back: int
    female: bool | None = None

    @property
    def text(self) -> str:
        """The phrase as it stands inside a question: an article at its start is not capitalised."""
        first, _, rest = self.phrase.text.partition(" ")
        return f"{first.lower()} {rest}" if first in ("The", "A", "An") and rest else self.phrase.text


Fit = Callable[[Referent], float]


def referents(history: Sequence[Turn], kinds: Kinds) -> list[Referent]:
    """The phrases of a conversation, the latest turn's first; ``history`` has the oldest turn first."""
    found: list[Referent] = []
    for back, turn in enumerate(reversed(history)):
        parsed = turn.parsed
        phrases = _of_question(parsed, turn, kinds)
        if turn.answer is not None and turn.answer not in ("Yes", "No"):
            phrases.insert(0, _of_answer(parsed, turn.asked.expects, turn.answer, kinds))
        subject = next((phrase for phrase in parsed.phrases if phrase.role == "subject"), None)
        sexes = {"answer": kinds.sex_asked(subject)}
        if turn.answer is not None and _describes(parsed):
            sexes["subject"] = _told(turn.answer)
        found += [
            Referent(phrase, kind, prior * _DECAY**back, back, sexes.get(phrase.role))
            for phrase, kind, prior in phrases
        ]
    return found


def _told(name: str) -> bool | None:
    return told_female([token.lower for token in tokens(name) if token.word])


def _describes(parsed: Parsed) -> bool:
    """Whether the answer is what the subject describes: "Who was the first consul?", "What was the centre of X?"."""
    return (
        parsed.wh in ("who", "what", "which")
        and parsed.auxiliary is not None
        and not parsed.verbs
        and parsed.tokens[parsed.auxiliary].lower in ("is", "was", "are", "were")
    )


def _of_answer(parsed: Parsed, expects: str, answer: str, kinds: Kinds) -> tuple[Phrase, str, float]:
    phrase = answer_phrase(answer)
    kind = kinds.of(phrase)
    # The question says what its answer is, where the words of the answer do not.
    if kind not in (TIME, NUMBER) and expects in (PERSON, PLACE) and phrase.proper and not kinds.thing_by_name(phrase):
        kind = PLACE if expects == PLACE else (kind if phrase.plural else PERSON)
    prior = _PRIOR["answer"]
    if parsed.wh == "where":
        prior = 0.8
    elif parsed.wh in (*_ADJUNCT_WORDS, ""):
        prior = 0.3
    elif parsed.wh == "who" and kind == THING:
        prior = 0.7  # "it" is rather what was done than who did it
    elif parsed.wh == "what" and not phrase.proper:
        prior = 0.4  # "an anti-tank missile": a description of what was asked about
    if len(answer.split()) > _LONG_ANSWER:
        prior = 0.0
    return phrase, kind, prior


def _of_question(parsed: Parsed, turn: Turn, kinds: Kinds) -> list[tuple[Phrase, str, float]]:
    described = turn.answer is not None and _describes(parsed)
    found = []
    subject: Phrase | None = None
    made = parsed.wh == "who" and any(base_form(parsed.tokens[verb].lower)[1] in MAKING for verb in parsed.verbs)
    for phrase in parsed.phrases:
        kind, prior = kinds.of(phrase), _PRIOR[phrase.role]
        if made and kind == PERSON and phrase.role == "object":
            kind = THING  # "Who wrote Hamlet?"
        if phrase.role == "subject":
            subject = phrase
        inside = subject is not None and subject.start <= phrase.start and phrase.end <= subject.end
        if described and inside and not (parsed.wh == "what" and subject is not None and _is_whole(subject)):
            if phrase is subject or phrase.start == (subject.start if subject else -1):
                prior = 0.9 if phrase.possessor else 0.2
            else:
                prior = 0.85  # "the Pančevo refinery" in "the capacity of the Pančevo refinery"
        elif phrase.role == "inner" and inside and parsed.text[: phrase.start].endswith((" of ", " for ", " on ")):
            # "Milan Gorkić" in "the murder of Milan Gorkić", but not "Yugoslavia" in "the Kingdom of Yugoslavia".
            prior = _ATTACHED if _common_before(parsed, phrase) else 0.4
        elif phrase.role == "inner" and parsed.text[: phrase.start].endswith(" of "):
            prior = _ATTACHED if _common_before(parsed, phrase) else 0.4
        if parsed.text[: phrase.start].lower().endswith(_ANY):
            prior = 0.1
        found.append((phrase, kind, prior))
    return found if turn.answer is not None and parsed.wh != "how" else found + _of_asking(turn, kinds)


def _common_before(parsed: Parsed, phrase: Phrase) -> bool:
    before = [token for token in parsed.tokens if token.end <= phrase.start]
    return len(before) > 1 and not before[-2].capital


def _is_whole(subject: Phrase) -> bool:
    """Whether a subject names a thing of its own ("the R-77") rather than a part of one ("the centre of X")."""
    return " of " not in subject.text and "'s " not in subject.text and "’s " not in subject.text


def _of_asking(turn: Turn, kinds: Kinds) -> list[tuple[Phrase, str, float]]:
    """The noun that a question phrase holds, where the answer does not stand for it: "How many treaties ..."."""
    parsed = turn.parsed
    noun = asked_noun(parsed)
    if noun is None or turn.asked.expects in ("time", "measure", "duration"):
        return []
    return [(noun, kinds.of(noun), 0.8 if noun.plural else 0.6 if parsed.wh == "how" else 0.3)]


def best(found: Sequence[Referent], fit: Fit, follow_up: str, kinds: Kinds) -> Referent | None:
    """The referent that fits best, by its kind, how present it is, and what the documents say; None where none fits.

    ``fit`` gives 0 for what cannot be meant, up to 1. ``follow_up`` is the question without the pronoun.
    """
    fitted = weights("referents")
    spoken = follow_up.casefold()
    asked = {token.lower for token in tokens(follow_up)[1:] if token.capital}
    fitting: dict[str, tuple[float, Referent]] = {}
    for referent in found:
        share = fit(referent)
        name = referent.text.casefold()
        if share * referent.prior <= 0 or _bare(name) in spoken or _names(referent) & asked:
            continue
        score = share * referent.prior + fitted["mentions"] * min(_mentions(referent, found) - 1, _MENTIONS)
        if name not in fitting or score > fitting[name][0]:
            fitting[name] = (score, referent)
    if not fitting:
        return None
    if len(fitting) > 1:
        fitting = {
            name: (score + fitted["support"] * _support(referent.phrase, referent.text, follow_up, kinds), referent)
            for name, (score, referent) in fitting.items()
        }
    return _in_full(max(fitting.values(), key=lambda scored: scored[0])[1], found)


def _names(referent: Referent) -> set[str]:
    """The lower-case words of a person's name: who is named in a question is not what its pronoun means."""
    if referent.kind != PERSON or not referent.phrase.proper or referent.phrase.plural:
        return set()
    return {token.lower for token in tokens(referent.text) if token.capital and token.word}


def _mentions(referent: Referent, found: Sequence[Referent]) -> int:
    """How many turns speak of a referent, by its name or the last word of it."""
    name = _bare(referent.text.casefold())
    return len({other.turns_back for other in found if name in other.text.casefold()})


def _in_full(referent: Referent, found: Sequence[Referent]) -> Referent:
    """The person by the longest name that the conversation has: "William H. Seward" for "Seward"."""
    own = _names(referent)
    if len(own) != 1:
        return referent
    words = {*PREPOSITIONS, *ARTICLES, "and", "'s"}
    longer = [
        other
        for other in found
        if own < _names(other) and not words & {token.lower for token in tokens(other.text)} and len(_names(other)) <= 4
    ]
    return max(longer, key=lambda other: len(other.text), default=referent)


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _support(phrase: Phrase, name: str, follow_up: str, kinds: Kinds) -> float:
    """How well some sentence near a name answers to the rest of the follow-up, from 0 to 1."""
    engine = kinds.engine
    analyzer = engine.index.analyzer
    own = {term: engine.index.idf(term) for term in analyzer.content_terms(name)}
    others = {term: engine.index.idf(term) for term in analyzer.content_terms(follow_up) if term not in own}
    if not own or not others:
        return 0.0
    head = "" if phrase.proper or phrase.role == "answer" else analyzer.term(phrase.head)
    support = 0.0
    for hit in engine.search(f"{name} {follow_up}", k=_HITS):
        passage = hit.passage
        around = set(analyzer.terms(passage.with_headings()))
        for start, end in passage.sentences:
            sentence = analyzer.terms(passage.slice(start, end))
            told = _share(others, sentence)
            if told > support:
                here = _share(own, sentence) * _nearness(own, others, sentence)
                if head and head not in sentence:
                    here *= _ELSEWHERE
                support = max(support, told * (0.4 * _share(own, around) + 0.6 * here))
    return support


def _share(weights: Mapping[str, float], terms: Collection[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in terms) / sum(weights.values())


def _nearness(own: Collection[str], others: Collection[str], sentence: Sequence[str]) -> float:
    """How near the other terms stand to the name, 1 for the next word: of two names the verb goes with the nearer."""
    places = [at for at, term in enumerate(sentence) if term in own]
    if not places:
        return 0.0
    gaps = [min(abs(at - place) for place in places) for at, term in enumerate(sentence) if term in others]
    return 1.0 / (1.0 + 0.15 * (min(gaps) - 1)) if gaps else 0.0


def singular_person(female: bool, kinds: Kinds) -> Fit:
    """What "he" or "she" may mean."""

    def fit(referent: Referent) -> float:
        bare = " " not in referent.text and not referent.phrase.proper  # "father": someone's
        if referent.kind != PERSON or referent.phrase.plural or bare:
            return 0.0
        told = _told(referent.text) if referent.female is None else referent.female
        if told is not None:
            return float(told is female)
        spoken = kinds.female(referent.phrase)
        return 0.95 if spoken is None else (1.0 if spoken is female else _OTHERWISE)

    return fit


def thing(referent: Referent) -> float:
    """What "it" may mean."""
    if referent.phrase.plural or referent.kind not in (THING, PLACE):
        return 0.0
    share = 1.0 if referent.kind == THING else 0.8
    bare = " " not in referent.text and not referent.phrase.proper  # "settlement": hardly a thing of its own
    return share * 0.4 if bare else share


def several(referent: Referent) -> float:
    """What "they" may mean."""
    if referent.kind in (TIME, NUMBER):
        return 0.0
    if referent.phrase.plural:
        return 0.6 if referent.kind == PLACE else 1.0
    if not referent.phrase.proper:
        return 0.0
    if referent.kind == PLACE and not country_of(_bare(referent.text)):
        return 0.0
    return {THING: 0.3, PLACE: 0.25, PERSON: 0.15}[referent.kind]


def place(referent: Referent) -> float:
    """What "there" may mean."""
    if referent.kind == PLACE:
        return 1.0
    return 0.4 if referent.kind == THING and referent.phrase.proper else 0.0


def time(referent: Referent) -> float:
    """What "then" may mean."""
    return 1.0 if referent.kind == TIME else 0.0


def unnamed(referent: Referent) -> float:
    """What "who won?" may leave out: a thing or several that were just spoken of."""
    return max(thing(referent), several(referent)) if referent.kind == THING and referent.turns_back <= 1 else 0.0


def event(referent: Referent) -> float:
    """What "that" in "after that" may mean: a date before all."""
    return {TIME: 1.0, THING: 0.2}.get(referent.kind, 0.0) if referent.turns_back <= 2 else 0.0


def content_words(phrase: Phrase) -> list[str]:
    """The lower-case words of a phrase without its article."""
    return [token.lower for token in tokens(phrase.text) if token.word and token.lower not in ARTICLES]
