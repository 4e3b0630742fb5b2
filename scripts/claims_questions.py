"""Make statements and yes/no questions, with evidence, of questions with answers."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from claims_changes import other_number
from claims_sets import CONTRADICTED, EITHER, NOT_FOUND, SUPPORTED, Claim
from claims_squad import Article, Paragraph, titled
from claims_statements import Said, Statements
from claims_wordings import MONTHS, careless

__all__ = ["Answers", "plausible_claims", "question_claims", "said_as", "shape"]

ASKED = 0.35  # the share of statements that are put as a yes/no question
_COUNTABLE = ("year", "number", "date", "percent", "money")


def shape(answer: str) -> str:
    """Return the form of an answer: two of one form could answer one question.

    >>> [shape(text) for text in ("1990", "May 3", "5 %", "$3", "12 cows", "Paris", "blue", "on the far side")]
    ['year', 'date', 'percent', 'money', 'number', 'name', 'word', 'phrase']
    """
    if re.fullmatch(r"(?:in )?(?:1\d|20)\d\d", answer):
        return "year"
    if re.search(r"\d", answer):
        if any(month in answer for month in MONTHS):
            return "date"
        return "money" if re.search(r"[$£€]", answer) else "percent" if re.search(r"%|per ?cent", answer) else "number"
    words = answer.split()
    large = sum(word[0].isupper() for word in words)
    return "name" if large * 2 > len(words) else "word" if len(words) < 3 else "phrase"


class Answers:
    """The answers of a paragraph or of a document, by the beginning of their questions."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, question: str, answer: str) -> None:
        """Keep an answer."""
        self._found[_beginning(question), shape(answer)].add(answer)

    def others(self, question: str, answer: str) -> list[str]:
        """Return answers of questions of the same form, but none that shares a word with this one or the question."""
        mine, asked = set(_words(answer)), question.lower()
        pool = self._found[_beginning(question), shape(answer)]
        return sorted(other for other in pool if not mine & set(_words(other)) and other.lower() not in asked)


def _beginning(question: str) -> str:
    words = question.lower().split()
    if words[0] in ("who", "when", "where", "whom"):
        return words[0]
    return " ".join(words[:3] if words[0] in ("what", "which", "how") and words[1] not in ("is", "was") else words[:2])


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 2 or word.isdigit()]


def other_answer(
    question: str, answer: str, text: str, near: Answers, far: Answers, rng: random.Random
) -> tuple[str, int] | None:
    """Return a wrong answer and the verdict on it: of the same form, from the same text if there is one."""
    form = shape(answer)
    if form in _COUNTABLE:
        options = near.others(question, answer)
        if options and rng.random() < 0.4:
            return rng.choice(options), CONTRADICTED
        return (changed, CONTRADICTED) if (changed := another_number(answer, rng)) else None
    options = [other for other in near.others(question, answer) if not together(answer, other, text)]
    verdict = CONTRADICTED
    if not options or rng.random() < 0.3:
        options = far.others(question, answer) or options
    if form in ("word", "phrase"):
        verdict = EITHER  # two common words may both be right
    elif not question.lower().startswith(("who", "when", "where")):
        verdict = CONTRADICTED if rng.random() < 0.6 else EITHER
    options = [other for other in options if not together(answer, other, text)]
    return (rng.choice(options), verdict) if options else None


def another_number(answer: str, rng: random.Random) -> str | None:
    """Return an answer with one of its numbers, or its month, changed."""
    numbers = list(re.finditer(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", answer))
    months = [month for month in MONTHS if month in answer]
    if months and rng.random() < 0.5:
        return answer.replace(months[0], rng.choice([month for month in MONTHS if month not in answer]))
    if not numbers:
        return None
    place = rng.choice(numbers)
    if place[0].startswith("0") or len(place[0]) > 12:
        return None
    new = other_number(place[0], rng)
    if months and len(place[0]) < 3:
        new = str(rng.choice([day for day in range(1, 29) if str(day) != place[0]]))
    return answer[: place.start()] + new + answer[place.end() :]


def together(first: str, second: str, text: str) -> bool:
    """Return whether a text tells two answers in one breath ("A and B"): then both may be right."""
    near = [text[max(0, at - 25 - len(second)) : at + len(first) + 25 + len(second)] for at in _places(text, first)]
    return any(second in part for part in near)


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def said_as(said: Said, rng: random.Random) -> str:
    """Return a statement, or its yes/no question."""
    if said.question and rng.random() < ASKED:
        return said.question if rng.random() < 0.85 else said.question.lower().rstrip("?")
    return careless(said.statement, rng)


def _spot(paragraph: Paragraph, start: int) -> int:
    """Return the number of the sentence that holds a position."""
    return next((place for place, (_, end) in enumerate(paragraph.spans) if start < end), len(paragraph.spans) - 1)


def question_claims(article: Article, statements: Statements, rng: random.Random) -> Iterator[Claim]:
    """Yield claims made of an article's questions and answers."""
    far = Answers()
    for paragraph in article.paragraphs:
        for qa in paragraph.questions:
            if qa["answers"]:
                far.add(qa["question"], qa["answers"][0]["text"])
    for paragraph in article.paragraphs:
        near = Answers()
        for qa in paragraph.questions:
            if qa["answers"]:
                near.add(qa["question"], qa["answers"][0]["text"])
        for qa in paragraph.questions:
            if qa["answers"]:
                yield from _of_question(article, paragraph, qa, statements, (near, far), rng)


def _of_question(
    article: Article,
    paragraph: Paragraph,
    qa: dict[str, Any],
    statements: Statements,
    answers: tuple[Answers, Answers],
    rng: random.Random,
) -> Iterator[Claim]:
    question, answer = qa["question"].strip(), qa["answers"][0]["text"].strip()
    said = statements.of(question, answer)
    if said is None:
        return
    place = _spot(paragraph, qa["answers"][0]["answer_start"])

    def made(claim: str, evidence: str, label: int) -> Claim:
        title = titled(article.title, rng)
        return Claim(claim, title, evidence, label, article.title, "statements")

    def evidence() -> str:
        return paragraph.around(place, rng, least=rng.choice([0, 1, 1, 2, 9]))

    roll = rng.random()
    if roll < 0.75:
        yield made(said_as(said, rng), evidence(), SUPPORTED)
    other = other_answer(question, answer, paragraph.text, *answers, rng)
    if other is not None and (wrong := statements.of(question, other[0])) is not None:
        counted = shape(answer) in _COUNTABLE
        if counted and wrong.denial and rng.random() < 0.12:
            yield made(careless(wrong.denial, rng), evidence(), SUPPORTED)
        elif rng.random() < 0.8:
            yield made(said_as(wrong, rng), evidence(), other[1])
    if said.denial and rng.random() < 0.12:
        yield made(careless(said.denial, rng), evidence(), CONTRADICTED)
    if rng.random() < 0.3:
        claim = said.denial if said.denial and rng.random() < 0.08 else said_as(said, rng)
        text = paragraph.without(place, claim) if rng.random() < 0.5 else article.elsewhere(claim, paragraph, rng)
        if text is not None and answer.lower() not in text.lower():
            yield made(claim, text, NOT_FOUND)


def plausible_claims(article: Article, statements: Statements, rng: random.Random) -> Iterator[Claim]:
    """Yield statements made of unanswerable questions and plausible answers, which the paragraph does not support."""
    for paragraph in article.paragraphs:
        for qa in paragraph.questions:
            if qa.get("placed") == "doubtful":
                continue
            for answer in qa.get("plausible_answers", [])[:1]:
                said = statements.of(qa["question"].strip(), answer["text"].strip())
                if said is not None:
                    place = _spot(paragraph, answer["answer_start"])
                    text = paragraph.around(place, rng, least=rng.choice([1, 2, 9]))
                    title = titled(article.title, rng)
                    yield Claim(said_as(said, rng), title, text, EITHER, article.title, "plausible")
