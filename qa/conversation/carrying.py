"""What a follow-up carries over from the last question: its readings, and the one that is likeliest.

"What about a windscreen replacement?" after "How much is a tyre change for the Corvo City?" may stand in place of
the tyre change, of the car, or of both. Each reading is a full question; a linear model scores it by what is put
in the place of what, how much of the last question is kept, and whether the documents tell of it.
``scripts/fit_follow_ups.py`` fits the model, ``models/follow_ups/card.md`` tells how well it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.english.function_words import ARTICLES, PREPOSITIONS
from qa.conversation.kinds import PERSON, PLACE, THING, TIME, Kinds
from qa.conversation.phrases import Parsed, Phrase, asked_noun, parse
from qa.conversation.weights import weights
from qa.conversation.words import sentence, tokens

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

_HITS: Final = 8
_NEAR: Final = 0.25  # what a word elsewhere in the passage counts beside one in the sentence
_JOINTS: Final = {TIME: "in", PLACE: "for"}


@dataclass(frozen=True, slots=True)
class FullQuestion:
    """One full question that a follow-up may stand for, with the evidence for it by name."""

    question: str
    evidence: Mapping[str, float]

    def score(self, fitted: Mapping[str, float]) -> float:
        """How likely this reading is; only comparable within one follow-up."""
        return sum(fitted.get(name, 0.0) * value for name, value in self.evidence.items())


def likeliest(readings: Sequence[FullQuestion]) -> FullQuestion | None:
    """The reading with the best score, the first of equals; None where there is none."""
    return max(readings, key=lambda reading: reading.score(weights("readings")), default=None)


def readings(phrase: Phrase, preposition: str, parsed: Parsed, kinds: Kinds) -> list[FullQuestion]:
    """The last question about a phrase instead: in place of each of its own phrases, or added to them.

    ``preposition`` stands before the phrase in the follow-up, or is "". A phrase that ends in "one" takes the noun
    of what it replaces.
    """
    told = _Told(f"{parsed.text} {phrase.text}", kinds)
    found: list[FullQuestion] = []
    noun = asked_noun(parsed)
    for target in (*parsed.phrases, *([noun] if noun is not None and not preposition else [])):
        new = _with_noun(phrase, target)
        if new is None or new.text.casefold() == target.text.casefold():
            continue
        before, joint = _before(parsed, target)
        if preposition and not joint:
            continue
        if preposition and (kinds.of(target) == TIME) != (kinds.of(new) == TIME):
            continue
        if preposition and not (joint == "of" and kinds.of(target) == TIME):
            before = f"{before.rstrip()[: len(before.rstrip()) - len(joint)]}{preposition} "
        full = sentence(f"{before}{_with_article(new, target)}{parsed.text[target.end :]}")
        found.append(
            FullQuestion(full, _evidence(new, target, (preposition, joint), parsed, kinds) | told.of(full, parsed))
        )
    added = preposition or _JOINTS.get(kinds.of(phrase), "")
    if added and _with_noun(phrase, None) is not None:
        full = sentence(f"{parsed.text.rstrip(' ?!.')} {added} {phrase.text}")
        alike = any(kinds.of(p) == kinds.of(phrase) and p.role == "inner" for p in parsed.phrases)
        found.append(FullQuestion(full, {"added": 1.0, "added to its like": float(alike)} | told.of(full, parsed)))
    return found


def completed(text: str, last: Turn, kinds: Kinds) -> str | None:
    """A question with the thing of the last question that its own noun leaves out, or None where it leaves none out.

    "And how much is a tyre change?" after a question about the Alder E3 leaves out "for the Alder E3": one sentence
    tells of tyre changes and the Alder E3, and another of tyre changes without it.
    """
    parsed = parse(text)
    if not parsed.wh or any(token.capital for token in parsed.tokens[1:]):
        return None
    noun = next((phrase for phrase in parsed.phrases if phrase.role == "subject"), None)
    if noun is None or " of " in noun.text or len(parsed.phrases) > 1:
        return None
    before = last.parsed
    told = _Told(f"{last.question} {text}", kinds)
    near: str | None = None
    for thing in sorted(before.phrases, key=lambda phrase: phrase.role == "subject", reverse=True):
        inside = any(o != thing and thing.start <= o.start and o.end <= thing.end for o in before.phrases)
        if inside or kinds.of(thing) not in (THING, PLACE) or thing.plural:
            continue
        joint = told.joint(noun.text, thing.text)
        if joint is None:
            continue
        word, within = joint
        full = sentence(f"{text[: noun.end]} {word} {thing.text}{text[noun.end :]}")
        if within:
            return full
        near = near or full
    return near


def _before(parsed: Parsed, target: Phrase) -> tuple[str, str]:
    """The text before a phrase, and the preposition that it ends in, or ""."""
    before = parsed.text[: target.start]
    word = before.rstrip().rpartition(" ")[2].lower()
    return before, word if word in PREPOSITIONS else ""


def _with_noun(phrase: Phrase, target: Phrase | None) -> Phrase | None:
    """The phrase with its target's noun for "one": "a colour one" of "a black cartridge"; None where none fits."""
    words = tokens(phrase.text)
    if words[-1].lower not in ("one", "ones"):
        return phrase
    if target is None or target.proper or " of " in target.text:
        return None
    text = f"{phrase.text[: words[-1].start]}{target.head}"
    return Phrase(text, 0, len(text), target.head, target.plural, False, phrase.role)


def _with_article(phrase: Phrase, target: Phrase) -> str:
    """The phrase with the article of its target, where it is a common noun without one."""
    article = target.text.split()[0]
    bare = phrase.text.split()[0].lower() not in ARTICLES and not phrase.proper
    return f"{article} {phrase.text}" if bare and article.lower() in ARTICLES else phrase.text


def _evidence(new: Phrase, target: Phrase, joints: tuple[str, str], parsed: Parsed, kinds: Kinds) -> dict[str, float]:
    """How alike a phrase and its target are: kinds, nouns, articles, and their place in the question."""
    kind, other = kinds.of(new), kinds.of(target)
    shared = {word.lower for word in tokens(new.text)} & {word.lower for word in tokens(target.text)} - ARTICLES
    named = new.proper and target.proper and kind != other and not {kind, other} & {PERSON, TIME}
    facts = {
        "same kind": kind == other,
        "name for name": named,
        "name for noun": kind == THING and new.proper != target.proper,
        "same noun": new.head == target.head and not target.proper,
        "shared word": bool(shared),
        "both countries": bool(kinds.country(new)) and bool(kinds.country(target)),
        "both names": new.proper == target.proper,
        "same number": new.plural == target.plural,
        "same article": _article(new.text) == _article(target.text),
        "time for time": kind == other == TIME,
        "same preposition": joints[0] != "" and joints[0] == joints[1],
        "subject": target.role == "subject",
        "object": target.role == "object",
        "whole": any(p != target and target.start <= p.start and p.end <= target.end for p in parsed.phrases),
        "more than asked": _qualified(new)
        and any(p.start == target.start and p.end > target.end for p in parsed.phrases),
        "last": not any(p.start > target.start for p in parsed.phrases),
    }
    return {name: 1.0 for name, true in facts.items() if true}


def _qualified(phrase: Phrase) -> bool:
    """Whether a phrase says itself which of its kind it means: "the envoy in Moscow"."""
    return any(token.lower in PREPOSITIONS for token in tokens(phrase.text)[1:])


def _article(text: str) -> str:
    first = text.split()[0].lower()
    return {"an": "a"}.get(first, first) if first in ARTICLES else ""


class _Told:
    """What the sentences near a question's words tell of its readings."""

    def __init__(self, text: str, kinds: Kinds) -> None:
        self._index = kinds.engine.index
        self._unknown = self._index.idf("")
        analyzer = self._index.analyzer
        self._sentences: list[tuple[set[str], set[str]]] = []
        self._texts: list[str] = []
        for hit in kinds.engine.search(text, k=_HITS):
            passage = hit.passage
            around = set(analyzer.terms(passage.with_headings()))
            for start, end in passage.sentences:
                own = set(analyzer.terms(passage.text[start - passage.start : end - passage.start]))
                self._sentences.append((own, around))
                self._texts.append(passage.text[start - passage.start : end - passage.start])

    def joint(self, noun: str, thing: str) -> tuple[str, bool] | None:
        """The preposition between a noun and a thing, where one sentence tells of both and another of the noun alone.

        "for" where the sentence has none before the thing; with it, whether the sentence itself names the thing
        rather than its passage. None where nothing tells so.
        """
        nouns, things = set(self._weights(noun)), set(self._weights(thing))
        if not nouns or not things or nouns & things:
            return None
        telling = [
            (text, things <= own, things <= around)
            for (own, around), text in zip(self._sentences, self._texts, strict=True)
            if nouns <= own
        ]
        within = any(here for _, here, _ in telling)
        both = [text for text, here, near in telling if (here if within else near)]
        if not both or len(both) == len(telling):
            return None
        bare = " ".join(token.text for token in tokens(thing) if token.lower not in ARTICLES)
        found = (re.search(rf"\b(\w+)\s+(?:(?:the|a|an)\s+)?{re.escape(bare)}", text, re.IGNORECASE) for text in both)
        joints = [match[1].lower() for match in found if match is not None]
        return next((joint for joint in joints if joint in PREPOSITIONS), "for"), within

    def of(self, question: str, parsed: Parsed) -> dict[str, float]:
        """The share of a reading's words that one sentence tells ("told"), and of the last question's it keeps."""
        return {"told": self.told(question), "kept": self._kept(question, parsed.text)}

    def told(self, text: str) -> float:
        """How much of a text one sentence holds, by idf; a word elsewhere in its passage counts less."""
        rarity = {term: weight for term, weight in self._weights(text).items() if weight < self._unknown}
        total = sum(rarity.values())
        best = 0.0
        for own, around in self._sentences:
            found = sum(w * (1.0 if t in own else _NEAR if t in around else 0.0) for t, w in rarity.items())
            best = max(best, found)
        return best / total if total else 0.0

    def _kept(self, question: str, last: str) -> float:
        rarity = self._weights(last)
        kept = set(self._weights(question))
        total = sum(rarity.values())
        return sum(w for term, w in rarity.items() if term in kept) / total if total else 0.0

    def _weights(self, text: str) -> dict[str, float]:
        return {term: self._index.idf(term) for term in self._index.analyzer.content_terms(text)}
