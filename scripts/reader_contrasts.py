"""Make training examples for the reader out of invented prose that is easily misread.

    python scripts/reader_contrasts.py --count 40000 --seed 1 -o contrasts.jsonl.gz

Each document states a few facts; each has a near twin that it does not state: the opposite event, the
second of two values, the same fact about somebody else, what was denied or only planned.  The questions
ask for both.  One JSON object a line: ``title``, ``text``, ``question``, ``answers`` (lists of start and
end in ``text``, code points, half-open; empty where the document does not answer) and ``kind``.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from reader_contrast_clauses import CLAUSES
from reader_contrast_dealings import DEALINGS
from reader_contrast_denials import DENIALS
from reader_contrast_documents import DOMAINS, Domain
from reader_contrast_events import EVENTS
from reader_contrast_frames import CHOICE, SLOT, Ask, Frame, check_frames, read_frames
from reader_contrast_values import VALUES
from reader_contrast_words import Words

__all__ = ["Example", "contrasts"]

UNANSWERABLE = 0.475
KEYWORDS, CARELESS, POLITE = 0.12, 0.08, 0.05
_MARKED = re.compile(r"<([a-z]+\d*):|>|\{([a-z]+)(\d*)\}")
_LED_BY_SLOT = re.compile(r"(?:<\w+:)?\{")
_JOINTS = ("and", "while", "and", "whereas")
_OPENINGS = (
    "Please note that",
    "For the record,",
    "It should be added that",
    "According to our notes,",
    "As far as we know,",
    "It has been confirmed that",
)
_LEFT_OUT = re.compile("(?:the|an?|is|are|was|were|does|do|did|will|has|have|had|been|there|to|of|that)", re.IGNORECASE)
_PREFIXES = (
    "Hello, {}",
    "Please tell me: {}",
    "Quick question: {}",
    "According to the document, {}",
    "Sorry to bother you, but {}",
    "Could you look this up? {}",
)


@dataclass(frozen=True, slots=True)
class Example:
    """One question about one document; no ``answers`` where the document does not answer it."""

    title: str
    text: str
    question: str
    answers: tuple[tuple[int, int], ...]
    kind: str


@dataclass(slots=True)
class _Sentence:
    text: str
    spans: dict[str, list[tuple[int, int]]]
    small: bool = False  # whether the first letter may be small: no name
    start: int = -1

    def begun(self, opening: str) -> None:
        """Put ``opening`` before the sentence; the spans move with it."""
        text = self.text[0].lower() + self.text[1:] if self.small else self.text
        self.text = f"{opening} {text}"
        by = len(opening) + 1
        self.spans = {name: [(start + by, end + by) for start, end in spans] for name, spans in self.spans.items()}


@dataclass(slots=True)
class _Told:
    """A frame with its slots filled: the sentences it puts into the document, and what may be asked."""

    frame: Frame
    values: dict[str, str]
    sentences: list[_Sentence] = field(default_factory=list)
    asks: list[tuple[Ask, _Sentence | None]] = field(default_factory=list)


def _chosen(rng: np.random.Generator, text: str) -> str:
    while True:
        found = CHOICE.search(text)
        if found is None:
            return text
        options = found.group(1).split("/")
        text = text[: found.start()] + options[int(rng.integers(len(options)))] + text[found.end() :]


def _sentence(rng: np.random.Generator, template: str, values: dict[str, str]) -> _Sentence:
    template = _chosen(rng, template)
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
    return _Sentence(out[0].upper() + out[1:], spans, small)


def _units(rng: np.random.Generator, sentences: Sequence[_Sentence]) -> list[list[_Sentence]]:
    """Return the sentences of one frame in groups that stay together: two clauses of one sentence, or one."""
    units: list[list[_Sentence]] = []
    for sentence in sentences:
        plain = not any(mark in sentence.text for mark in ":;?")
        last = units[-1][-1] if units and len(units[-1]) == 1 else None
        if last and plain and rng.random() < 0.25 and not any(mark in last.text for mark in ":;?"):
            last.text = last.text[:-1] + "," if rng.random() < 0.7 else last.text[:-1] + ";"
            if last.text[-1] == ",":
                sentence.begun(_JOINTS[int(rng.integers(len(_JOINTS)))])
            elif sentence.small:
                sentence.text = sentence.text[0].lower() + sentence.text[1:]
            units[-1].append(sentence)
            continue
        if plain and rng.random() < 0.1:
            sentence.begun(_OPENINGS[int(rng.integers(len(_OPENINGS)))])
        units.append([sentence])
    return units


def _question(rng: np.random.Generator, template: str, values: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        text = values[found.group(1) + found.group(2)]
        # People call people by one of their names.
        if found.group(1) == "person" and rng.random() < 0.25:
            return text.split()[-1]
        return text

    text = SLOT.sub(value, _chosen(rng, template))
    return text[0].upper() + text[1:]


def _careless(question: str) -> str:
    return question.rstrip("?").lower()


def _keywords(question: str) -> str:
    words = [word for word in question.rstrip("?").split() if not _LEFT_OUT.fullmatch(word)]
    if words and words[0] == "What":
        words = words[1:]
    return " ".join(words).lower() if len(words) > 1 else question


def _polite(rng: np.random.Generator, question: str) -> str:
    prefix = _PREFIXES[int(rng.integers(len(_PREFIXES)))]
    if prefix.endswith(("? {}", ": {}")):
        return prefix.format(question)
    return prefix.format(question[0].lower() + question[1:])


def _asked(rng: np.random.Generator, ask: Ask, values: dict[str, str]) -> str:
    roll = rng.random()
    queries = [wording for wording in ask.wordings if not wording.endswith("?")]
    whole = [wording for wording in ask.wordings if wording.endswith("?")]
    if roll < KEYWORDS and queries:
        return _question(rng, queries[int(rng.integers(len(queries)))], values).lower()
    question = _question(rng, whole[int(rng.integers(len(whole)))], values)
    if roll < KEYWORDS:
        return _keywords(question)
    if roll < KEYWORDS + CARELESS:
        return _careless(question)
    return _polite(rng, question) if roll < KEYWORDS + CARELESS + POLITE else question


def _filled(words: Words, frame: Frame) -> dict[str, str]:
    values: dict[str, str] = {}
    for kind, group in itertools.groupby(frame.slots(), key=lambda slot: slot[0]):
        numbers = [number for _, number in group]
        for number, text in zip(numbers, words.draw([kind] * len(numbers)), strict=True):
            values[kind + number] = text
    return values


def _told(rng: np.random.Generator, words: Words, frame: Frame, stated: Sequence[bool]) -> _Told:
    told = _Told(frame, _filled(words, frame))
    for part, is_stated in zip(frame.parts, stated, strict=True):
        sentence = None
        if is_stated:
            wording = part.wordings[int(rng.integers(len(part.wordings)))]
            sentence = _sentence(rng, wording, told.values)
            told.sentences.append(sentence)
        told.asks.extend((ask, sentence) for ask in part.asks if is_stated or not ask.only_stated)
    told.asks.extend((ask, None) for ask in frame.never)
    return told


def _stated(rng: np.random.Generator, frame: Frame) -> list[bool]:
    """Return which parts the document states: one of two most often, all of them now and then."""
    count = len(frame.parts)
    if count == 1 or rng.random() < 0.25:
        return [True] * count
    stated = [bool(rng.random() < 0.5) for _ in range(count)]
    if all(stated) or not any(stated):
        stated = [False] * count
        stated[int(rng.integers(count))] = True
    return stated


def _tellings(rng: np.random.Generator, words: Words, frames: Sequence[Frame]) -> list[_Told]:
    found = []
    for frame in frames:
        stated = _stated(rng, frame)
        found.append(_told(rng, words, frame, stated))
        if frame.repeats() and rng.random() < 0.5:
            # The same frame about somebody else, most often with the other part stated.
            other = [not is_stated for is_stated in stated]
            if not any(other) or rng.random() < 0.3:
                other = _stated(rng, frame)
            found.append(_told(rng, words, frame, other))
    return found


def _paragraphs(rng: np.random.Generator, units: list[list[_Sentence]]) -> list[list[list[_Sentence]]]:
    groups: list[list[list[_Sentence]]] = []
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


def _laid_out(rng: np.random.Generator, title: str, headings: Sequence[str], units: list[list[_Sentence]]) -> str:
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


def _spans(sentence: _Sentence, names: Sequence[str], text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for name in names:
        for start, end in sentence.spans.get(name, ()):
            span = sentence.start + start, sentence.start + end
            answer = text[slice(*span)]
            if not answer or answer != answer.strip() or answer[-1] in ",;:":
                raise ValueError(f"the answer {answer!r} is not a clean stretch of {sentence.text!r}")
            if " ".join(answer.split()) != sentence.text[start:end]:
                raise ValueError(f"the answer {answer!r} is not where {sentence.text[start:end]!r} was put")
            found.append(span)
    return tuple(found)


def _picked(rng: np.random.Generator, tellings: Sequence[_Told], text: str, title: str) -> Iterator[Example]:
    can: list[Example] = []
    cannot: list[Example] = []
    for told in tellings:
        for ask, sentence in told.asks:
            question = _asked(rng, ask, told.values)
            if sentence is None:
                cannot.append(Example(title, text, question, (), told.frame.kind))
            elif spans := _spans(sentence, ask.answers, text):
                can.append(Example(title, text, question, spans, told.frame.kind))
    for _ in range(int(rng.integers(3, 7))):
        pool = cannot if rng.random() < UNANSWERABLE else can
        if pool:
            yield pool.pop(int(rng.integers(len(pool))))


def _frames() -> tuple[Frame, ...]:
    frames = tuple(frame for text in (EVENTS, DEALINGS, VALUES, DENIALS, CLAUSES) for frame in read_frames(text))
    check_frames(frames)
    return frames


def _chosen_frames(rng: np.random.Generator, frames: Sequence[Frame]) -> list[Frame]:
    """Return two to four frames, no two with the same tag."""
    chance = np.array([0.15 if "any" in frame.domains else 1.0 for frame in frames])
    count = min(int(rng.integers(2, 5)), len(frames))
    chosen: dict[str, Frame] = {}
    for at in rng.choice(len(frames), count, replace=False, p=chance / chance.sum()):
        chosen.setdefault(frames[int(at)].tag or str(at), frames[int(at)])
    return list(chosen.values())


def _document(rng: np.random.Generator, domain: Domain, frames: Sequence[Frame]) -> Iterator[Example]:
    tellings = _tellings(rng, Words(rng), frames)
    units: list[list[_Sentence]] = []
    for _, group in itertools.groupby(tellings, key=lambda told: id(told.frame)):
        units += _units(rng, [sentence for told in group for sentence in told.sentences])
    fillers = [domain.fillers[int(at)] for at in rng.permutation(len(domain.fillers))[: int(rng.integers(1, 5))]]
    units += [[_Sentence(filler, {})] for filler in fillers]
    if rng.random() < 0.7:
        units = [units[int(at)] for at in rng.permutation(len(units))]
    title = domain.titles[int(rng.integers(len(domain.titles)))]
    text = _laid_out(rng, title, domain.headings, units)
    yield from _picked(rng, tellings, text, title)


def contrasts(rng: np.random.Generator) -> Iterator[Example]:
    """Yield examples without end, the same ones for the same state of ``rng``."""
    frames = _frames()
    fitting = {name: [frame for frame in frames if name in frame.domains or "any" in frame.domains] for name in DOMAINS}
    names = sorted(DOMAINS)
    # A domain comes up as often as it has frames of its own, so that frames come up about equally often.
    weights = np.array([1.0 + sum(name in frame.domains for frame in frames) for name in names])
    while True:
        name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
        try:
            examples = list(_document(rng, DOMAINS[name], _chosen_frames(rng, fitting[name])))
        except LookupError:
            continue  # a list of words ran dry: this document would repeat a value
        yield from examples


def _written(count: int, seed: int, path: Path) -> Counter[tuple[str, bool]]:
    counts: Counter[tuple[str, bool]] = Counter()
    examples = itertools.islice(contrasts(np.random.default_rng(seed)), count)
    lines = []
    for example in examples:
        counts[example.kind, bool(example.answers)] += 1
        lines.append(json.dumps(asdict(example), ensure_ascii=False))
    data = ("\n".join(lines) + "\n").encode()
    # Without a time of day in the file, the same seed makes the same bytes.
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the examples to a file and print how many there are of each kind; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=40_000, help="examples to write (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same examples (default: %(default)s)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a .jsonl or .jsonl.gz file")
    options = parser.parse_args(arguments)
    if options.count < 1:
        parser.error(f"--count: expected 1 or more, not {options.count}")
    try:
        counts = _written(options.count, options.seed, options.output)
    except OSError as error:
        print(f"cannot write {options.output}: {error.strerror}", file=sys.stderr)
        return 3
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:<24} {counts[kind, True]:>7} answered {counts[kind, False]:>7} not")
    answered = sum(number for (_, has), number in counts.items() if has)
    print(f"{'all':<24} {answered:>7} answered {options.count - answered:>7} not")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
