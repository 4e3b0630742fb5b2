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
from reader_contrast_frames import Ask, Frame, check_frames, read_frames
from reader_contrast_prose import Sentence, laid_out, rendered, units
from reader_contrast_questions import asked
from reader_contrast_values import VALUES
from reader_contrast_words import Words

__all__ = ["Example", "contrasts"]

UNANSWERABLE = 0.43  # the chance of a draw; 47 % in the end, as some frames have no question that is answered


@dataclass(frozen=True, slots=True)
class Example:
    """One question about one document; no ``answers`` where the document does not answer it."""

    title: str
    text: str
    question: str
    answers: tuple[tuple[int, int], ...]
    kind: str


@dataclass(slots=True)
class _Told:
    """A frame with its slots filled: the sentences it puts into the document, and what may be asked."""

    frame: Frame
    values: dict[str, str]
    sentences: list[Sentence] = field(default_factory=list)
    asks: list[tuple[Ask, Sentence | None]] = field(default_factory=list)


def _filled(words: Words, frame: Frame) -> dict[str, str]:
    values: dict[str, str] = {}
    for kind, group in itertools.groupby(frame.slots(), key=lambda slot: slot[0]):
        numbers = [number for _, number in group]
        for number, text in zip(numbers, words.draw([kind] * len(numbers)), strict=True):
            values[kind + number] = text
    return values


def _named_again(rng: np.random.Generator, told: _Told) -> dict[str, str]:
    """Return the values for a second sentence about the same person: now and then the surname alone."""
    if "person1" not in told.frame.keys or rng.random() > 0.35:
        return told.values
    return {name: text.split()[-1] if name == "person1" else text for name, text in told.values.items()}


def _told(rng: np.random.Generator, words: Words, frame: Frame, stated: Sequence[bool]) -> _Told:
    told = _Told(frame, _filled(words, frame))
    for part, is_stated in zip(frame.parts, stated, strict=True):
        sentence = None
        if is_stated:
            wording = part.wordings[int(rng.integers(len(part.wordings)))]
            sentence = rendered(rng, wording, _named_again(rng, told) if told.sentences else told.values)
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


def _spans(sentence: Sentence, names: Sequence[str], text: str) -> tuple[tuple[int, int], ...]:
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
    pools: list[tuple[list[Example], list[Example]]] = []
    for told in tellings:
        can, cannot = [], []
        for ask, sentence in told.asks:
            question = asked(rng, ask, told.values)
            if sentence is None:
                cannot.append(Example(title, text, question, (), told.frame.kind))
            elif spans := _spans(sentence, ask.answers, text):
                can.append(Example(title, text, question, spans, told.frame.kind))
        pools.append((can, cannot))
    for _ in range(int(rng.integers(3, 7))):
        can, cannot = pools[int(rng.integers(len(pools)))]
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
    groups: list[list[Sentence]] = []
    for _, group in itertools.groupby(tellings, key=lambda told: id(told.frame)):
        groups += units(rng, [sentence for told in group for sentence in told.sentences])
    fillers = [domain.fillers[int(at)] for at in rng.permutation(len(domain.fillers))[: int(rng.integers(1, 5))]]
    groups += [[Sentence(filler, {})] for filler in fillers]
    if rng.random() < 0.7:
        groups = [groups[int(at)] for at in rng.permutation(len(groups))]
    title = domain.titles[int(rng.integers(len(domain.titles)))]
    text = laid_out(rng, title, domain.headings, groups)
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
