"""Put statements into words: one sentence with its spans, clauses joined, a document laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from reader_contrast_frames import CHOICE

__all__ = ["Sentence", "chosen", "laid_out", "rendered", "units"]

_MARKED = re.compile(r"<([a-z]+\d*):|>|\{([a-z]+)(\d*)\}")
_LED_BY_SLOT = re.compile(r"(?:<\w+:)?\{")
_THING = re.compile(r"\{((?:shop|machine|item|project|firm|org|medicine|street|room)\d*)\}")
_JOINTS = ("and", "while", "and", "whereas")
_OPENINGS = (
    "Please note that",
    "For the record,",
    "It should be added that",
    "According to our notes,",
    "As far as we know,",
    "It has been confirmed that",
)


@dataclass(slots=True)
class Sentence:
    """A sentence and where its slots are; ``start`` is its place in the document once it is laid out."""

    text: str
    spans: dict[str, list[tuple[int, int]]]
    small: bool = False  # whether the first letter may be small: no name
    topic: str = ""  # the thing, no person, that the sentence begins with
    start: int = -1

    def begun(self, opening: str) -> None:
        """Put ``opening`` before the sentence; the spans move with it."""
        text = self.text[0].lower() + self.text[1:] if self.small else self.text
        self.text = f"{opening} {text}"
        self._moved(len(opening) + 1)

    def shortened(self) -> None:
        """Say "it" for the thing that the sentence begins with."""
        self.text = "It" + self.text[len(self.topic) :]
        self._moved(2 - len(self.topic))
        self.small = True
        self.topic = ""

    def _moved(self, by: int) -> None:
        # The slot that "it" stands for now has no span left in the sentence.
        moved = {name: [(start + by, end + by) for start, end in spans] for name, spans in self.spans.items()}
        self.spans = {name: [span for span in spans if span[0] >= 0] for name, spans in moved.items()}


def chosen(rng: np.random.Generator, text: str) -> str:
    while True:
        found = CHOICE.search(text)
        if found is None:
            return text
        options = found.group(1).split("/")
        text = text[: found.start()] + options[int(rng.integers(len(options)))] + text[found.end() :]


def rendered(rng: np.random.Generator, template: str, values: Mapping[str, str]) -> Sentence:
    template = chosen(rng, template)
    out, at, open_at = "", 0, ("", 0)
    spans: dict[str, list[tuple[int, int]]] = {}
    for found in _MARKED.finditer(template):
        out += template[at : found.start()]
        at = found.end()
        if found.group(1):
            open_at = found.group(1), len(out)
        elif found.group(2):
            name = found.group(2) + found.group(3)
            spans.setdefault(name, []).append((len(out), len(out) + len(values[name])))
            out += values[name]
        else:
            spans.setdefault(open_at[0], []).append((open_at[1], len(out)))
    out += template[at:]
    # Only a slot can begin with a name.
    small = out[0].islower() or not _LED_BY_SLOT.match(template)
    first = _THING.match(template)
    topic = values[first.group(1)] if first and out[len(values[first.group(1)])] == " " else ""
    return Sentence(out[0].upper() + out[1:], spans, small, topic)


def units(rng: np.random.Generator, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the sentences of one frame in groups that stay together: two clauses of one sentence, or one."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        plain = not any(mark in sentence.text for mark in ":;?")
        last = groups[-1][-1] if groups and len(groups[-1]) == 1 else None
        if last and plain and rng.random() < 0.25 and not any(mark in last.text for mark in ":;?"):
            if last.topic and sentence.topic == last.topic and rng.random() < 0.6:
                sentence.shortened()
            last.text = last.text[:-1] + "," if rng.random() < 0.7 else last.text[:-1] + ";"
            if last.text[-1] == ",":
                sentence.begun(_JOINTS[int(rng.integers(len(_JOINTS)))])
            elif sentence.small:
                sentence.text = sentence.text[0].lower() + sentence.text[1:]
            groups[-1].append(sentence)
            continue
        if plain and rng.random() < 0.1:
            sentence.begun(_OPENINGS[int(rng.integers(len(_OPENINGS)))])
        groups.append([sentence])
    return groups


def _paragraphs(rng: np.random.Generator, units: list[list[Sentence]]) -> list[list[list[Sentence]]]:
    groups: list[list[list[Sentence]]] = []
    at = 0
    while at < len(units):
        size = int(rng.integers(1, 6))
        groups.append(units[at : at + size])
        at += size
    return groups


def _wrapped(text: str, width: int) -> str:
    """Return ``text`` with some spaces turned into line ends: one character for one."""
    lines = []
    for line in text.split("\n"):
        start = 0
        while len(line) - start > width:
            space = line.rfind(" ", start, start + width)
            if space <= start:
                break
            line = line[:space] + "\n" + line[space + 1 :]
            start = space + 1
        lines.append(line)
    return "\n".join(lines)


def laid_out(rng: np.random.Generator, title: str, headings: Sequence[str], units: list[list[Sentence]]) -> str:
    """Return the document's text; sets ``start`` of each sentence."""
    markdown = rng.random() < 0.6
    text = f"# {title}\n\n" if markdown else (f"{title}\n\n" if rng.random() < 0.7 else "")
    paragraphs = _paragraphs(rng, units)
    names = [headings[int(at)] for at in rng.permutation(len(headings))]
    chance = 0.55 if rng.random() < 0.6 else 0.0
    for paragraph in paragraphs:
        if names and rng.random() < chance:
            name = names.pop()
            text += f"## {name}\n\n" if markdown else f"{name}\n\n"
        bullets = markdown and len(paragraph) > 1 and rng.random() < 0.08
        for number, unit in enumerate(paragraph):
            text += "- " if bullets else (" " if number else "")
            for clause, sentence in enumerate(unit):
                text += " " if clause else ""
                sentence.start = len(text)
                text += sentence.text
            text += "\n" if bullets else ""
        text += "\n" if bullets else "\n\n"
    text = text.rstrip("\n") + "\n"
    return _wrapped(text, int(rng.integers(96, 120))) if rng.random() < 0.5 else text
