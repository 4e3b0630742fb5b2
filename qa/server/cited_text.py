"""An answer as a chat message: the words, a numbered citation under them, and where its marks stand.

A chat client sends earlier messages back with the next question, so what is written here is also read here:
``heard`` gets the answer and the question as understood out of a message of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answers import Answer, Citation, confidence_words, percent
from qa.wording import REASONS, place, printable

_REFUSAL = "I found no answer to that in the documents: "
_UNDERSTOOD = "Understood as: "
_OURS = re.compile(rf"(?P<answer>.*?)(?: \[\d+\])?\n\n{_UNDERSTOOD}“(?P<question>[^\n]*)”(?:\n\n|\Z)")
_ANSWER = re.compile(r"(?P<answer>[^\n]*) \[\d+\]\n\n\[1\] ")
_INNER_MARK = re.compile(r" \[\d+\], ")
_MARK = re.compile(r"\s*\[\d+\]\Z")

LONGEST_HEARD = 200
"""A message of another writer is taken for an answer up to this many code points; beyond it, it is talk."""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A number in brackets that stands in a text at ``[start, end)`` and the citation that it stands for."""

    start: int
    end: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitedText:
    """A message in parts that follow one another, and its marks, whose positions count through all parts."""

    parts: tuple[str, ...]
    marks: tuple[CitationMark, ...]

    @property
    def text(self) -> str:
        """The whole message."""
        return "".join(self.parts)


def cited_text(answer: Answer, *, asked: str | None = None) -> CitedText:
    """The message that gives an answer with its citation, or refuses politely with the reason and what is near.

    ``asked`` is the question as it was typed; where the answer is to another one (a follow-up that was written
    out, typing errors corrected), the message says how the question was understood.

    >>> import qa
    >>> print(cited_text(qa.default().ask("When were visas abolished?")).parts[0])
    2009 [1]
    """
    parts: list[str] = []
    marks: list[CitationMark] = []

    def mark(number: int, citation: Citation, *, before: str) -> str:
        start = sum(map(len, parts)) + len(before)
        marks.append(CitationMark(start, start + len(f"[{number}]"), citation))
        return f"{before}[{number}]"

    meant = answer.did_you_mean or answer.question
    understood = ""
    if (answer.question if asked is None else asked).strip() != meant.strip():
        understood = f"\n\n{_UNDERSTOOD}“{printable(meant)}”"
    if answer.answered and answer.citation is not None:
        quoted = answer.quoted()
        for number, citations in enumerate(quoted, 1):
            # Items that stand together are said as they stand.
            together = len(quoted) == 1 and answer.citation.end >= citations[-1].end
            said = answer.text or "" if together else ", ".join(citation.text for citation in citations)
            joined = ", " if number > 1 else ""
            parts.append(
                mark(number, answer.citation if together else citations[0], before=f"{joined}{printable(said)} ")
            )
        parts.append(understood)
        sure = f" ({confidence_words(answer.confidence)}, {percent(answer.confidence)})"
        for number, (citation, *_) in enumerate(quoted, 1):
            parts.append(f"\n\n[{number}] {place(citation)}: “{printable(citation.quote)}”{sure}")
            sure = ""
    else:
        parts.append(f"{_REFUSAL}{REASONS[answer.reason or 'low_confidence']}.")
        parts.append(understood)
        if answer.nearest:
            listed = answer.reason == "needs_arithmetic"
            parts.append("\n\nWhat they list:" if listed else "\n\nThe nearest passages:")
        for number, citation in enumerate(answer.nearest, 1):
            line = mark(number, citation, before="\n\n")
            parts.append(f"{line} {place(citation)}: “{printable(citation.quote)}”")
    return CitedText(tuple(part for part in parts if part), tuple(marks))


def heard(message: str) -> tuple[str | None, str | None]:
    """The answer that a message gave and the question as it was understood; None for what it does not tell.

    A refusal gave no answer. A short message that is not of ``cited_text``'s making, or of which a client kept the
    first line alone, is an answer as it stands.

    >>> heard("2009 [1]\\n\\n[1] Russia–Serbia relations > Travel regime: “In 2009 ...” (likely, 80%)")
    ('2009', None)
    """
    message = message.strip()
    understood = _OURS.match(message)
    question = understood["question"] if understood else None
    if message.startswith(_REFUSAL):
        return None, question
    answer = understood or _ANSWER.match(message)
    if answer:
        return _INNER_MARK.sub(", ", answer["answer"]) or None, question
    message = _MARK.sub("", message)
    return (message if 0 < len(message) <= LONGEST_HEARD else None), None
