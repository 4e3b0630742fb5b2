"""Make claims out of the sentences of SQuAD's paragraphs: right, changed, or without what they state."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from claims_approximations import approximations
from claims_changes import Change, changed
from claims_sets import CONTRADICTED, NOT_FOUND, SUPPORTED, Claim, kept_out
from claims_wordings import careless, may_be_claim, reworded
from reader_data import Bm25

from corpus.sentences import split_sentences

__all__ = ["Article", "Paragraph", "read_articles", "sentence_claims"]

LONGEST = 780  # characters of evidence: what is longer might be cut where it is told
WITH_TITLE = 0.7
KNOWN = 0.55  # of a claim's words in one sentence: it may state the claim
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "or",
        "for",
        "by",
        "with",
        "from",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "as",
        "it",
        "its",
        "that",
        "this",
    ]
)
_DETAIL = re.compile(
    r",? \b(?:in|on|since|until|by|during) (?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:1\d|20)\d\d\b,?|,? \([^()]*\)"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its article's title and its questions."""

    title: str
    text: str
    questions: list[dict[str, Any]]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The (start, end) of its sentences."""
        return split_sentences(self.text)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return [self.text[start:end] for start, end in self.spans]

    def around(self, place: int, rng: random.Random, *, instead: str | None = None, least: int = 0) -> str:
        """Return the sentence at ``place``, alone or with some of those around it, or with ``instead``."""
        low = high = place
        roll = rng.random()
        reach = 0 if roll < 0.25 else rng.choice([1, 2, 3]) if roll < 0.6 else len(self.spans)
        sentence = self.sentences[place] if instead is None else instead
        reach = max(reach, least)
        size = len(sentence)
        for step in range(1, reach + 1):
            sides = [place - step, place + step]
            rng.shuffle(sides)
            for side in sides:
                if 0 <= side < len(self.spans) and side in (low - 1, high + 1):
                    if size + len(self.sentences[side]) > LONGEST:
                        continue
                    if reach < 3 and rng.random() < 0.3:
                        continue
                    size += len(self.sentences[side])
                    low, high = min(low, side), max(high, side)
        return " ".join([*self.sentences[low:place], sentence, *self.sentences[place + 1 : high + 1]])

    def without(self, place: int, claim: str) -> str | None:
        """Return the paragraph without one sentence; None where another may state the claim, or little is left."""
        others = self.sentences[:place] + self.sentences[place + 1 :]
        kept: list[str] = []
        for sentence in others[max(0, place - 3) :]:
            if sum(map(len, kept)) + len(sentence) < LONGEST:
                kept.append(sentence)
        text = " ".join(kept)
        return text if len(text) > 80 and not tells(text, claim) else None


@dataclass(frozen=True)
class Article:
    """The paragraphs of one article."""

    title: str
    paragraphs: list[Paragraph]

    @cached_property
    def search(self) -> Bm25:
        """A search over its paragraphs."""
        return Bm25([paragraph.text for paragraph in self.paragraphs])

    def near(self, paragraph: Paragraph) -> str:
        """Return the text of a paragraph and of the one after it, whose names may stand for one another."""
        place = self.places[id(paragraph)]
        return " ".join(part.text for part in self.paragraphs[place : place + 2])

    @cached_property
    def places(self) -> dict[int, int]:
        """The number of each paragraph."""
        return {id(paragraph): place for place, paragraph in enumerate(self.paragraphs)}

    def elsewhere(self, claim: str, paragraph: Paragraph, rng: random.Random) -> str | None:
        """Return sentences of another paragraph that search finds for the claim, which do not state it."""
        if len(self.paragraphs) < 8:
            return None
        found = [self.paragraphs[number] for number in self.search.best(claim, 5)]
        found = [other for other in found if other is not paragraph]
        if not found:
            return None
        other = rng.choice(found[:3])
        best = max(range(len(other.sentences)), key=lambda place: known(other.sentences[place], claim))
        text = other.around(best, rng)[: LONGEST + 100]
        return None if tells(text, claim) else text


def words(text: str) -> set[str]:
    """Return the beginnings of a text's words, small words aside."""
    return {word[:5] for word in re.findall(r"\w+", text.lower()) if word not in _SMALL}


def known(sentence: str, claim: str) -> float:
    """Return the share of a claim's words that a sentence holds."""
    asked = words(claim)
    return len(asked & words(sentence)) / max(1, len(asked))


def tells(text: str, claim: str) -> bool:
    """Return whether one sentence of a text holds so many words of a claim that it may state it."""
    return any(known(text[start:end], claim) > KNOWN for start, end in split_sentences(text))


def read_articles(path: Path) -> list[Article]:
    """Return the articles of a SQuAD file whose titles are not kept out of training."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)["data"]
    articles = []
    for article in data:
        title = article["title"].replace("_", " ")
        if not kept_out(title):
            paragraphs = [Paragraph(title, tidy(part["context"]), part["qas"]) for part in article["paragraphs"]]
            articles.append(Article(title, paragraphs))
    return articles


def tidy(text: str) -> str:
    """Return a text with each white space as one blank; offsets stay."""
    return re.sub(r"\s", " ", text)


def titled(title: str, rng: random.Random) -> str:
    """Return the title of an article, or none for some."""
    return title if rng.random() < WITH_TITLE else ""


def sentence_claims(article: Article, rng: random.Random) -> Iterator[Claim]:
    """Yield claims made of the sentences of an article."""
    for paragraph in article.paragraphs:
        for place, sentence in enumerate(paragraph.sentences):
            if may_be_claim(sentence):
                yield from _of_sentence(article, paragraph, place, rng)
            for text, original, fits in approximations(sentence, rng):
                if may_be_claim(text):
                    label = SUPPORTED if fits else CONTRADICTED
                    evidence = paragraph.around(place, rng, instead=original)
                    said = careless(text, rng)
                    yield Claim(said, titled(article.title, rng), evidence, label, article.title, "approximations")


def _of_sentence(article: Article, paragraph: Paragraph, place: int, rng: random.Random) -> Iterator[Claim]:
    sentence = paragraph.sentences[place]

    def made(claim: str, evidence: str, label: int, kind: str = "sentences") -> Claim:
        return Claim(careless(claim, rng), titled(article.title, rng), evidence, label, article.title, kind)

    for _ in range(2 if rng.random() < 0.3 else 1):
        claim = reworded(sentence, rng)
        change = changed(claim, paragraph.text, rng) if rng.random() < 0.25 else None
        both = _moved(change, claim, sentence)
        if change is not None and both is not None and change.kind != "denial":
            yield made(change.on(claim), paragraph.sentences[place] and both, SUPPORTED)
        else:
            yield made(claim, paragraph.around(place, rng), SUPPORTED)
    claim = reworded(sentence, rng)
    change = changed(claim, article.near(paragraph), rng)
    if change is not None:
        kind = f"changed {change.kind}"
        other = _moved(change, claim, sentence)
        rest = " ".join(paragraph.sentences[:place] + paragraph.sentences[place + 1 :])
        if other is not None and rng.random() < (0.15 if change.kind == "denial" else 0.45):
            alone = change.kind == "denial" or claim[change.start : change.end] in rest
            evidence = other if alone else paragraph.around(place, rng, instead=other)
            yield made(claim, evidence, CONTRADICTED, kind)
        else:
            yield made(change.on(claim), paragraph.around(place, rng), CONTRADICTED, kind)
    if rng.random() < 0.42:
        claim = reworded(sentence, rng)
        if rng.random() < 0.4 and (change := changed(claim, paragraph.text, rng)) is not None:
            claim = change.on(claim)
        found = _not_found(article, paragraph, place, claim, rng)
        if found is not None:
            yield made(claim, found, NOT_FOUND)
    if rng.random() < 0.6 and (detail := _detail(sentence, paragraph, rng)) is not None:
        yield made(sentence, detail, NOT_FOUND, "details")


def _moved(change: Change | None, claim: str, sentence: str) -> str | None:
    """Return the sentence with the change of the claim; None where it does not hold once what is changed."""
    if change is None:
        return None
    old = claim[change.start : change.end]
    place = sentence.find(old)
    end = place + len(old)
    if place < 0 or sentence.count(old) != 1:
        return None
    left, right = sentence[max(0, place - 1) : place] + old[0], old[-1] + sentence[end : end + 1]
    if (len(left) == 2 and left.isalnum()) or (len(right) == 2 and right.isalnum()):
        return None  # only a part of a word
    return sentence[:place] + change.new + sentence[end:]


def _not_found(article: Article, paragraph: Paragraph, place: int, claim: str, rng: random.Random) -> str | None:
    if rng.random() < 0.55:
        return paragraph.without(place, claim)
    return article.elsewhere(claim, paragraph, rng)


def _detail(sentence: str, paragraph: Paragraph, rng: random.Random) -> str | None:
    """Return the evidence without a date or a note that the sentence holds."""
    found = [
        place
        for place in _DETAIL.finditer(sentence)
        if place.start()
        and ("(" not in place[0] or re.search(r"\d{3}", place[0]))
        and not re.match(r",? by\b", place[0])
        and not re.search(r"\b(?:and|or|from|early|late|between)$", sentence[: place.start()])
        and not re.match(r" (?:and|or|to|the|[a-z]+s)\b|[–-]|s\b", sentence[place.end() :])
    ]
    if not found:
        return None
    place = rng.choice(found)
    value = re.findall(r"\d+", place[0])
    shorter = sentence[: place.start()] + sentence[place.end() :]
    rest = shorter + " " + paragraph.text.replace(sentence, "")
    if any(number in rest for number in value):
        return None if any(number in shorter for number in value) else shorter
    at = paragraph.sentences.index(sentence)
    return paragraph.around(at, rng, instead=shorter)
