"""A text cut into sentences and claims with their positions, and what in it is no claim at all.

A claim is a stretch of a sentence that can be right or wrong alone: the whole sentence, or each of its parts between
semicolons, or before and after "and", "but" or "while" where each part has its own subject and verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents import Document
from corpus.english.function_words import AUXILIARIES, CLAUSE_SUBJECTS, FINITE_AUXILIARIES
from corpus.english.modifiers import OPINIONS
from corpus.english.verbs import FINITE, OPINING
from corpus.passages import KEY_LINE
from corpus.sentences import split_sentences
from corpus.whitespace import trim
from qa.conversation.words import is_past, tokens

SHORTEST = 8  # characters of a part of a sentence that may be a claim of its own

_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|dear|greetings|welcome|good (?:morning|afternoon|evening|day)|thank(?:s| you)|cheers|sorry"
    r"|(?:best|kind|warm|many)?\s*regards|sincerely|yours|bye|goodbye|see you|enjoy|congratulations|sure|certainly"
    r"|of course|great question|please|let me know|i hope|hope this|feel free|here (?:is|are)"
    r"|in (?:summary|conclusion)\W*$)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    rf"\b(?:(?:i|we) (?:also |really |do |would |personally )*(?:{'|'.join(OPINING)})"
    r"|in (?:my|our) (?:\w+ )?(?:opinion|view)|if you ask me|unfortunately|fortunately|sadly|luckily"
    r"|it is (?:\w+ )?(?:sad|nice|great|good|bad|interesting|fascinating|a pity|a shame|wonderful) (?:that|to))\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    rf"\b(?:is|are|was|were|looks?|seems?|remains?)\s+(?:\w+\s+){{0,3}}?(?:{'|'.join(OPINIONS)})\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[?？؟][\"'”’»)\]*_]*\Z")
_MARK = re.compile(r"(?:#{1,6}[ \t]+|[-*•‣◦▪●+][ \t]+|>[ \t]*|\(?\d{1,3}[.)][ \t]+)*")
_ENDED = re.compile(r"[.!…。！:;][\"'”’»)\]*_\d]*\Z")
# Without a comma, "and" more often joins two names than two sentences.
_PART = re.compile(
    r";\s+|,\s+(?:and|but|while|whereas|although|though|yet)\s+|\s+(?:and|but)\s+(?=(?:it|he|she|they)\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]")
_FINITE = re.compile(rf"\b(?:{'|'.join((*sorted(FINITE_AUXILIARIES), *FINITE))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch ``[start, end)`` of a text, in code points, and the number of its sentence, from 0.

    ``stated`` says whether it states something that can be right or wrong: it is no question, greeting, opinion or
    heading. ``said`` is its text without list marks, for reading.
    """

    text: str
    start: int
    end: int
    sentence: int
    stated: bool
    said: str


def split_claims(document: Document) -> Iterator[Claim]:
    """The claims of a document in reading order, those that are none among them; together they hold all its words.

    >>> from corpus.documents import Section
    >>> text = "Is tea hot? Tea is hot; ice is cold."
    >>> document = Document("t", "T", text, (Section((), 0, len(text)),), "t.txt")
    >>> [(claim.text, claim.sentence, claim.stated) for claim in split_claims(document)]
    [('Is tea hot?', 0, False), ('Tea is hot', 1, True), ('ice is cold.', 1, True)]
    """
    text = document.text
    number = 0
    for start, end, heading in _stretches(document):
        for sentence in split_sentences(text, start, end):
            if not _has_words(text, *sentence):
                continue
            stated = not heading and is_claim(text[slice(*sentence)])
            for part in _parts(text, *sentence) if stated else [sentence]:
                said = text[slice(*part)]
                said = said[_MARK.match(said).end() :]  # type: ignore[union-attr]
                yield Claim(text[slice(*part)], *part, number, stated, " ".join(said.split()))
            number += 1


def is_claim(sentence: str) -> bool:
    """Whether a sentence states something that can be right or wrong.

    >>> [is_claim(text) for text in ("Tea is hot.", "Is tea hot?", "Dear Sir,", "I like tea.", "Tea and cake")]
    [True, False, False, False, False]
    """
    mark = _MARK.match(sentence)
    said = sentence[mark.end() :] if mark else sentence
    if sentence.lstrip().startswith("#") or not _WORD.search(said):
        return False
    if _ASKED.search(said) or _GREETING.match(said) or _OPINION.search(said) or _JUDGED.search(said):
        return False
    if KEY_LINE.match(sentence):
        return True
    return _has_verb(said) if not _ENDED.search(said) or len(said.split()) < 4 else True


def _has_verb(text: str) -> bool:
    words = tokens(text)
    return _FINITE.search(text) is not None or any(
        word.lower in AUXILIARIES or (place and not word.capital and is_past(word.lower))
        for place, word in enumerate(words)
    )


def _has_words(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])


def _stretches(document: Document) -> Iterator[tuple[int, int, bool]]:
    """The sections of a document, and what stands between them: headings, which belong to none."""
    place = 0
    for section in sorted(document.sections, key=lambda section: section.start):
        if section.start > place:
            yield place, section.start, True
        if section.end > max(place, section.start):
            yield max(place, section.start), section.end, False
        place = max(place, section.end)
    if place < len(document.text):
        yield place, len(document.text), bool(document.sections)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The claims of a sentence: cut where both sides have a subject and a verb of their own."""
    parts, begin = [], start
    for match in _PART.finditer(text, start, end):
        before, after = text[begin : match.start()], text[match.end() : end]
        if match.start() - begin < SHORTEST or end - match.end() < SHORTEST or _inside(text, start, match.start()):
            continue
        if _has_verb(before) and (_has_verb(after) if match[0][0] == ";" else _is_clause(after)):
            parts.append(trim(text, begin, match.start()))
            begin = match.end()
    parts.append(trim(text, begin, end))
    return parts


def _inside(text: str, start: int, at: int) -> bool:
    """Whether a place of a sentence is inside brackets or a quotation."""
    before = text[start:at]
    return before.count("(") > before.count(")") or before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _is_clause(text: str) -> bool:
    """Whether a stretch begins with a subject of its own, and a verb soon after it."""
    words = [word for word in tokens(text) if word.word][:9]
    if not words or not (words[0].capital or words[0].lower in CLAUSE_SUBJECTS):
        return False
    opening = " ".join(word.lower for word in words[1:])
    return _FINITE.search(opening) is not None or any(
        word.lower in AUXILIARIES or is_past(word.lower) for word in words[1:]
    )
