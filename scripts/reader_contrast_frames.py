"""Read the templates of ``reader_contrasts.py``: what a document may state and what may be asked of it.

A frame is a few lines of text; the first sign of a line says what it is:

    # opposites                              the kind of the frames that follow
    = shop town / shop %hours                a frame: its domains / what it is about, if it may be told of two;
                                             frames with the same % tag never share a document
    + {shop} opens at {time1}. | ...         a part that the document may state, in several wordings
    ? When does {shop} open? | ... = time1   a question that this part answers; no answer where it is not stated
    ! Who ...? = person1                     a question asked only where the part is stated
    - Why does {shop} open? | ...            a question that no part answers

``{time1}`` is a slot, ``<why:because {reason}>`` a stretch with a name, ``[opens/starts]`` a choice.  A line
that begins with two spaces goes on with the line before.  A wording of a question without a question mark
is a keyword query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SLOT = re.compile(r"\{([a-z]+)(\d*)\}")
CHOICE = re.compile(r"\[([^\[\]]*/[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Ask:
    """The wordings of one question, and the names of the slots and stretches that answer it."""

    wordings: tuple[str, ...]
    answers: tuple[str, ...]
    only_stated: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The wordings of one statement with the questions that it answers."""

    wordings: tuple[str, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Statements that are easily taken for each other; ``never`` holds questions that none of them answers."""

    kind: str
    domains: tuple[str, ...]
    keys: tuple[str, ...]
    parts: tuple[Part, ...]
    never: tuple[Ask, ...]
    tag: str = ""

    def repeats(self) -> bool:
        """Return whether the frame may be told of two things: every answered question names its own."""
        wordings = [text for part in self.parts for ask in part.asks for text in ask.wordings]
        return bool(self.keys) and all(SLOT.search(text) for text in wordings)

    def slots(self) -> tuple[tuple[str, str], ...]:
        """Return the (type, number) of every slot that the frame names, sorted."""
        asks = [*self.never, *(ask for part in self.parts for ask in part.asks)]
        texts = [text for part in self.parts for text in part.wordings] + [
            text for ask in asks for text in ask.wordings
        ]
        return tuple(sorted({(kind, number) for text in texts for kind, number in SLOT.findall(text)}))


def _wordings(text: str) -> tuple[str, ...]:
    return tuple(wording.strip() for wording in text.split(" | "))


def _ask(text: str, *, only_stated: bool = False) -> Ask:
    question, _, answers = text.rpartition(" = ")
    if not question:
        raise ValueError(f"a question needs ' = ' and the slot that answers it: {text!r}")
    return Ask(_wordings(question), tuple(answer.strip() for answer in answers.split(",")), only_stated)


def _lines(text: str) -> Iterator[str]:
    line = ""
    for raw in text.splitlines():
        if raw.startswith("  ") and raw.strip():
            line += " " + raw.strip()
            continue
        if line:
            yield line
        line = raw.strip()
    if line:
        yield line


class _Draft:
    def __init__(self, kind: str, head: str) -> None:
        head, _, self.tag = head.partition(" %")
        domains, _, keys = head.partition("/")
        self.kind, self.domains, self.keys = kind, tuple(domains.split()), tuple(keys.split())
        self.parts: list[tuple[tuple[str, ...], list[Ask]]] = []
        self.never: list[Ask] = []

    def frame(self) -> Frame:
        parts = tuple(Part(wordings, tuple(asks)) for wordings, asks in self.parts)
        never = tuple(self.never)
        if len(parts) == 1:
            # No other part stays unstated, so each of these is a question of its own.
            never = tuple(Ask((text,), ()) for ask in never for text in ask.wordings if text.endswith("?"))
        return Frame(self.kind, self.domains, self.keys, parts, never, self.tag)


def read_frames(text: str) -> tuple[Frame, ...]:
    """Return the frames written in ``text``; a line with an unknown sign raises ``ValueError``."""
    drafts: list[_Draft] = []
    kind = ""
    for line in _lines(text):
        sign, rest = line[0], line[1:].strip()
        if sign == "#":
            kind = rest
        elif sign == "=":
            drafts.append(_Draft(kind, rest))
        elif sign == "+":
            drafts[-1].parts.append((_wordings(rest), []))
        elif sign in "?!":
            drafts[-1].parts[-1][1].append(_ask(rest, only_stated=sign == "!"))
        elif sign == "-":
            drafts[-1].never.append(Ask(_wordings(rest), ()))
        else:
            raise ValueError(f"a line of a frame begins with one of # = + ? ! -, not {line!r}")
    return tuple(draft.frame() for draft in drafts)


def check_frames(frames: Sequence[Frame]) -> None:
    """Raise ``ValueError`` for a frame whose answer is not in any of its statement's wordings."""
    for frame in frames:
        for part in frame.parts:
            for ask in part.asks:
                for answer in ask.answers:
                    if not any(f"{{{answer}}}" in text or f"<{answer}:" in text for text in part.wordings):
                        raise ValueError(f"no wording of {part.wordings[0]!r} holds the answer {answer!r}")
