"""Make claims about made documents: lists, tables and opening hours, and prose that is easily misread."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from claims_questions import Answers, another_number, said_as, shape
from claims_sets import CONTRADICTED, EITHER, NOT_FOUND, SUPPORTED, Claim, kept_out, read
from claims_squad import LONGEST
from claims_statements import Statements
from reader_contrasts import contrasts
from reader_structures import makers
from reader_words import Taste

from corpus.sentences import split_sentences

__all__ = ["document_claims", "piece"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a document, with the spans of the text that answer it."""

    question: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its questions."""

    title: str
    text: str
    asked: list[Asked]
    kind: str


class Known:
    """The answers of earlier documents by the first words of their questions, for what a document does not tell."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = defaultdict(list)

    def add(self, question: str, answer: str) -> None:
        """Keep an answer; old ones make room."""
        kept = self._found[self._key(question)]
        kept.append(answer)
        del kept[:-60]

    def one(self, question: str, rng: random.Random) -> str | None:
        """Return an answer of a question that began like this one."""
        kept = self._found.get(self._key(question))
        return rng.choice(kept) if kept else None

    def _key(self, question: str) -> str:
        return " ".join(question.lower().rstrip("?").split()[:4])


def piece(text: str, start: int) -> tuple[str, str]:
    """Return the heading over a position (empty for the title) and the line there with what it needs.

    A row of a table comes with the table's head, an item of a list with the items that it is nested in, and a line of
    prose as its sentence.

    >>> piece("# Fees\\n\\n## Cats\\n\\n- Blood test: 9 €\\n", 20)
    ('Cats', '- Blood test: 9 €')
    """
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)]
    before = text[:begin].split("\n")[:-1]
    headings: dict[int, str] = {}
    for other in before:
        if found := re.match(r"(#+) (.+)", other):
            level = len(found[1])
            headings = {kept: name for kept, name in headings.items() if kept < level} | {level: found[2]}
    heading = " > ".join(name for level, name in sorted(headings.items()) if level > 1)
    if line.startswith("|"):
        rows = []
        for other in reversed(before):
            if not other.startswith("|"):
                break
            rows.append(other)
        return heading, "\n".join([*rows[-1:-3:-1], line])
    if re.match(r"\s*(?:[-*+]|\d+\.) ", line) or ":" in line:
        held, indent = [line], len(line) - len(line.lstrip())
        for other in reversed(before):
            depth = len(other) - len(other.lstrip())
            if other.strip() and not other.startswith("#") and depth < indent:
                held.append(other)
                indent = depth
            if not other.strip() or not indent:
                break
        return heading, "\n".join(reversed(held))
    sentences = split_sentences(text, begin)
    first, last = next(((a, b) for a, b in sentences if a <= start < b), (begin, begin + len(line)))
    return heading, " ".join(text[first:last].split())


def _structured(rng: np.random.Generator, infoboxes: list[dict[str, list[str]]]) -> Iterator[Page]:
    choices = makers(infoboxes)
    weights = np.array([weight for _, weight in choices])
    while True:
        taste = Taste(rng)
        draft = choices[int(rng.choice(len(choices), p=weights / weights.sum()))][0](taste)
        if draft is not None:
            asked = [Asked(one.question[0].upper() + one.question[1:], tuple(one.spans)) for one in draft.asked]
            yield Page(draft.title, draft.page.text.rstrip() + "\n", asked, "documents")


def _contrasting(rng: np.random.Generator) -> Iterator[Page]:
    asked: list[Asked] = []
    title, text = "", ""
    for example in contrasts(rng):
        if example.text != text and asked:
            yield Page(title, text, asked, "contrasts")
            asked = []
        title, text = example.title, example.text
        asked.append(Asked(example.question, example.answers))


def document_claims(statements: Statements, count: int, folder: Path | None, rng: random.Random) -> Iterator[Claim]:
    """Yield ``count`` claims about made documents, three of five about lists and tables, the others about prose."""
    infoboxes = []
    if folder:
        tables = read(folder / "infotabs-tables.jsonl.gz")
        infoboxes = [table["rows"] for table in tables if not kept_out(table["table"])]
    streams = (
        (_structured(np.random.default_rng(rng.randrange(2**32)), infoboxes), count * 3 // 5),
        (_contrasting(np.random.default_rng(rng.randrange(2**32))), count - count * 3 // 5),
    )
    for pages, wanted in streams:
        known, made = Known(), 0
        for number, page in enumerate(pages):
            for claim in _of_page(page, number, statements, known, rng):
                made += number > 200  # the first documents only teach what answers there are
                if number > 200:
                    yield claim
            if made >= wanted:
                break


def _of_page(page: Page, number: int, statements: Statements, known: Known, rng: random.Random) -> Iterator[Claim]:
    near, place = Answers(), f"{page.kind} {number}"
    answered = [(one, page.text[slice(*one.spans[0])]) for one in page.asked if len(one.spans) == 1]
    for one, answer in answered:
        near.add(one.question, answer)
        known.add(one.question, answer)
    for one, answer in rng.sample(answered, min(6, len(answered))):
        said = statements.of(one.question, answer)
        if said is None:
            continue
        roll = rng.random()
        if roll < 0.5:
            yield _told(page, said_as(said, rng), one, SUPPORTED, place, rng)
        if roll > 0.35 and roll < 0.85:
            wrong = _wrong(one.question, answer, near, rng)
            changed = statements.of(one.question, wrong) if wrong and wrong not in one.question else None
            if changed is not None:
                denied = changed.denial if rng.random() < 0.06 else None
                claim, label = (denied, SUPPORTED) if denied else (said_as(changed, rng), CONTRADICTED)
                yield _told(page, claim, one, label, place, rng)
        elif roll > 0.93 and said.denial:
            yield _told(page, said.denial, one, CONTRADICTED, place, rng)
        elif roll >= 0.85 and page.kind == "documents":
            text = _without(page.text, one.spans[0][0], rng)
            if text is not None and answer not in text:
                yield Claim(said_as(said, rng), page.title, text, NOT_FOUND, place, page.kind)
    yield from _refused(page, place, answered, statements, known, rng)


def _refused(
    page: Page,
    place: str,
    answered: list[tuple[Asked, str]],
    statements: Statements,
    known: Known,
    rng: random.Random,
) -> Iterator[Claim]:
    """Yield claims of questions that the page does not answer, with answers of others."""
    refused = [one for one in page.asked if not one.spans]
    for one in rng.sample(refused, min(3, len(refused))):
        answers = [known.one(one.question, rng)]
        if page.kind == "contrasts":
            # The near twin's value is the one that a careless reader takes.
            answers += sorted(
                {other for asked, other in answered if asked.question.split()[0] == one.question.split()[0]}
            )
        answer = rng.choice([text for text in answers if text] or [""])
        said = statements.of(one.question, answer)
        if said is not None and (page.kind == "contrasts" or answer not in page.text or rng.random() < 0.3):
            label = EITHER if page.kind == "contrasts" else NOT_FOUND
            title = page.title if rng.random() < 0.7 else ""
            yield Claim(said_as(said, rng), title, _cut(page.text, 0, rng), label, place, page.kind)


def _wrong(question: str, answer: str, near: Answers, rng: random.Random) -> str | None:
    options = near.others(question, answer)
    if re.search(r"\d", answer) and (not options or rng.random() < 0.55) and shape(answer) != "name":
        return another_number(answer, rng)
    return rng.choice(options) if options else None


def _told(page: Page, claim: str, one: Asked, label: int, place: str, rng: random.Random) -> Claim:
    """Return the claim with the line that tells it, or with the document."""
    start = one.spans[0][0]
    line = page.text.rfind("\n", 0, start) + 1
    if rng.random() < 0.5 and page.text[line] != "#":
        heading, text = piece(page.text, start)
        title = f"{page.title} > {heading}" if heading else page.title
        return Claim(claim, title, text, label, place, page.kind)
    title = page.title if rng.random() < 0.7 or not page.text.startswith("# ") else ""
    return Claim(claim, title, _cut(page.text, start, rng), label, place, page.kind)


def _cut(text: str, start: int, rng: random.Random) -> str:
    """Return the document; of a long one, the whole lines around a position, and the last heading before them."""
    text = text.strip("\n")
    if len(text) < LONGEST * 0.7:
        return text
    lines = text.split("\n")
    at, reached = 0, 0
    for number, line in enumerate(lines):
        at = number
        reached += len(line) + 1
        if reached > start:
            break
    low = high = at
    size = len(lines[at])
    while low > 0 or high < len(lines) - 1:
        side = low - 1 if low > 0 and (high == len(lines) - 1 or rng.random() < 0.7) else high + 1
        size += len(lines[side]) + 1
        if size > LONGEST * 0.65:
            break
        low, high = min(low, side), max(high, side)
    heads = [line for line in lines[:low] if line.startswith("#")][-1:]
    if lines[at].startswith("|") and low > 0:
        first = next((n for n in range(at, -1, -1) if n == 0 or not lines[n - 1].startswith("|")), at)
        heads += lines[first : first + 2] if first < low else []
    return "\n".join([*heads, *lines[low : high + 1]])


def _without(text: str, start: int, rng: random.Random) -> str | None:
    """Return the document without the line at a position."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    rest = text[:begin] + text[end + 1 :]
    return _cut(rest, max(0, begin - 1), rng) if len(rest) > 40 else None
