"""Make training examples for the reader out of structured documents: lists, tables, FAQ, release notes.

Every document is made from a seed, from invented words or from the given sources, so their number has no end.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from reader_articles import Articles
from reader_boxes import Boxes
from reader_events import steps, timeline
from reader_lists import hours, ingredients, offices, pairs
from reader_notes import changelog, duties, faq, tour
from reader_pages import Draft, choose, typed
from reader_prices import branches, prices
from reader_records import records
from reader_words import Taste

__all__ = ["Example", "structured"]

REFUSED = 0.42  # pages with no unanswerable question left bring this down to about .40


@dataclass(frozen=True, slots=True)
class Example:
    """A document, a question, and the spans of the text that answer it (none: it does not)."""

    title: str
    text: str
    question: str
    answers: tuple[tuple[int, int], ...]
    kind: str


Maker = Callable[[Taste], Draft | None]


def makers(infoboxes: Sequence[dict] = (), articles: Sequence[dict] = ()) -> list[tuple[Maker, float]]:
    """The makers of documents with their weights."""
    found: list[tuple[Maker, float]] = [
        (records, 30.0),
        (prices, 10.0),
        (branches, 3.0),
        (pairs, 5.0),
        (hours, 3.5),
        (timeline, 6.0),
        (offices, 4.0),
        (ingredients, 3.0),
        (steps, 2.0),
        (changelog, 6.0),
        (tour, 3.0),
        (duties, 2.5),
        (faq, 4.0),
    ]
    if infoboxes:
        boxes = Boxes(infoboxes)
        found += [(boxes.box, 9.0), (boxes.grid, 7.0)]
    if articles:
        prose = Articles(articles)
        found += [(prose.faq, 10.0), (prose.listed, 10.0), (prose.chapters, 14.0)]
    return found


def checked(example: Example) -> Example:
    """The example, once its spans are seen to be whole and clean."""
    for start, end in example.answers:
        answer = example.text[start:end]
        if not answer or answer != answer.strip() or "\n" in answer or end > len(example.text):
            raise ValueError(
                f"{example.kind}: span {start}:{end} of {example.title!r} is {answer!r}, not a clean answer"
            )
    return example


def structured(
    rng: np.random.Generator, *, infoboxes: Sequence[dict] = (), articles: Sequence[dict] = ()
) -> Iterator[Example]:
    """Examples without end; the same generator state gives the same examples."""
    choices = makers(infoboxes, articles)
    weights = np.array([weight for _, weight in choices])
    while True:
        taste = Taste(rng)
        draft = choices[int(rng.choice(len(choices), p=weights / weights.sum()))][0](taste)
        if draft is None:
            continue
        text = draft.page.text.rstrip("\n") + "\n"
        for asked in choose(taste, draft.asked, taste.number(2, 5), REFUSED):
            yield checked(Example(draft.title, text, typed(taste, asked), asked.spans, draft.kind))


def read_infoboxes(path: Path) -> list[dict]:
    """The tables of an InfoTabS file, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["rows"] for line in lines]


def read_articles(path: Path) -> list[dict]:
    """The articles of a SQuAD file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(json.load(file)["data"])


def show(examples: list[Example]) -> None:
    """Print examples for a person to judge."""
    for example in examples:
        answers = [example.text[start:end] for start, end in example.answers]
        print(f"=== {example.kind} | {example.title}\n{example.text}--- {example.question}\n>>> {answers}\n")


def main() -> None:
    """Write or show examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squad", type=Path, help="a SQuAD 1.1 training file, gzipped")
    parser.add_argument("--infotabs", type=Path, help="InfoTabS tables, one JSON object a line, gzipped")
    parser.add_argument("--count", type=int, default=1000, help="examples to make (default 1000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, help="the JSONL file; .gz compresses it")
    parser.add_argument("--check", action="store_true", help="make the examples, verify every span, write nothing")
    parser.add_argument("--show", type=int, default=0, help="print this many examples, each of another document")
    options = parser.parse_args()
    stream = structured(
        np.random.default_rng(options.seed),
        infoboxes=read_infoboxes(options.infotabs) if options.infotabs else [],
        articles=read_articles(options.squad) if options.squad else [],
    )
    if options.show:
        shown: dict[str, Example] = {}
        for example in stream:
            shown.setdefault(example.text, example)
            if len(shown) >= options.show:
                break
        show(list(shown.values()))
        return
    kinds: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    lines = []
    for example, _ in zip(stream, range(options.count), strict=False):
        kinds[example.kind] += 1
        refused[example.kind] += not example.answers
        lines.append(json.dumps(asdict(example), ensure_ascii=False))
    if options.output and not options.check:
        opened = gzip.open if options.output.suffix == ".gz" else open
        with opened(options.output, "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    for kind, count in sorted(kinds.items()):
        print(f"{kind:22} {count:7}  unanswerable {refused[kind] / count:.2f}", file=sys.stderr)
    print(f"{'all':22} {kinds.total():7}  unanswerable {refused.total() / kinds.total():.2f}", file=sys.stderr)


if __name__ == "__main__":
    main()
