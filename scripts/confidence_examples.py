"""Asks labelled questions in the ways that people ask, and keeps the evidence of each best answer.

SQuAD's articles are asked all together, each alone, a short document of one to three paragraphs, an article without
the paragraphs that hold the answer, and an article, or a few paragraphs of one, that have nothing to do with the
question. Other files of SQuAD's form are asked document by document, and field cases (``docs/`` and
``questions.json``) as they are. An answer is right when it has a SQuAD F1 of at least 0.5 with a gold answer.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tqdm import tqdm

import qa
from corpus.documents import Passage
from qa import agreement
from qa.engine import Engine
from qa.evaluation.datasets import Dataset, read_dataset
from qa.evaluation.figures import OVERLAP
from qa.labelled import LabelledQuestion
from qa.opening import build_documents

SHORT_OFF_TOPIC = 0.5  # of the questions that are asked of another article, those that are asked of a part of it
ANSWERABLE_WAYS = ("pooled", "alone", "short")


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked in one way: the evidence of its best answer, whether that is right, and where it is from.

    ``group`` is the article or case: what is fitted on one is never measured on it. ``kind`` is the kind of text.
    """

    evidence: dict[str, float]
    right: bool
    answerable: bool
    group: str
    way: str
    kind: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions of a SQuAD file are asked in each way, and of a file of another kind."""

    pooled: int = 3000
    alone: int = 2000
    short: int = 1000
    removed: int = 2000
    off_topic: int = 1000
    other: int = 800


def read_examples(path: Path) -> list[Example]:
    """The examples that ``write_examples`` kept."""
    with path.open(encoding="utf-8") as file:
        return [Example(**json.loads(line)) for line in file]


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Keeps examples as JSON lines, so that fits can be tried without asking again."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(example)) + "\n" for example in examples)


def squad_examples(dataset: Dataset, counts: Counts, reader: str, chance: random.Random) -> Iterator[Example]:
    """The questions of a SQuAD file in every way."""
    alone = {
        article: build_documents([d for d in dataset.documents if _article(d.id) == article], reader=reader)
        for article in sorted({_article(document.id) for document in dataset.documents})
    }
    pooled = build_documents(list(dataset.documents), reader=reader)
    others = sorted(alone)
    for way, number in (
        ("pooled", counts.pooled),
        ("alone", counts.alone),
        ("short", counts.short),
        ("removed", counts.removed),
        ("off-topic", counts.off_topic),
    ):
        chosen = chance.sample(dataset.questions, min(number, len(dataset.questions)))
        for row in tqdm(chosen, desc=f"{dataset.name}, {way}", mininterval=10):
            own = _article(row.document)
            engine = pooled
            if way in ("alone", "removed"):
                engine = alone[own]
            elif way == "short":
                engine = _short(dataset, row, chance, reader)
            elif way == "off-topic":
                engine = alone[chance.choice([other for other in others if other != own])]
                if chance.random() < SHORT_OFF_TOPIC:
                    strange = [each for each in dataset.questions if _article(each.document) != own]
                    engine = _short(dataset, chance.choice(strange), chance, reader)
            example = _ask(
                engine, row.question, row.answers, own, way, "squad", without=row if way == "removed" else None
            )
            if example is not None:
                yield example


def document_examples(dataset: Dataset, count: int, reader: str, chance: random.Random) -> Iterator[Example]:
    """Questions of a file of SQuAD's form, each asked of its own document."""
    documents = {document.id: document for document in dataset.documents}
    chosen = chance.sample(dataset.questions, min(count, len(dataset.questions)))
    kind = Path(dataset.name).name.split(".")[0]
    progress = tqdm(total=len(chosen), desc=kind, mininterval=10)
    for name, rows in groupby(sorted(chosen, key=lambda row: row.document or ""), key=lambda row: row.document or ""):
        engine = build_documents([documents[name]], reader=reader) if name in documents else None
        for row in rows:
            progress.update()
            if engine is not None:
                example = _ask(engine, row.question, row.answers, f"{kind}:{_article(name)}", "alone", kind)
                if example is not None:
                    yield example
    progress.close()


def field_examples(folder: Path, reader: str) -> Iterator[Example]:
    """The questions of field cases, each asked of its case's documents."""
    for case in tqdm(sorted(path.parent for path in folder.glob("*/questions.json")), desc=folder.name):
        engine = qa.build([str(case / "docs")], reader=reader)
        for row in json.loads((case / "questions.json").read_text(encoding="utf-8")):
            example = _ask(engine, row["question"], row["answers"], f"field:{case.name}", "alone", "field")
            if example is not None:
                yield example


def read_kind(path: Path) -> Dataset:
    """A file of SQuAD's form."""
    return read_dataset(path)


def _article(document: str | None) -> str:
    """The article that a paragraph is from: its id without the paragraph's number."""
    return (document or "").rpartition("-")[0]


def _short(dataset: Dataset, row: LabelledQuestion, chance: random.Random, reader: str) -> Engine:
    """An engine over the question's own paragraph and at most two of the paragraphs that follow it."""
    names = [document.id for document in dataset.documents]
    place = names.index(row.document or "")
    following = dataset.documents[place : place + chance.randint(1, 3)]
    return build_documents([d for d in following if _article(d.id) == _article(row.document)], reader=reader)


def _ask(
    engine: Engine,
    question: str,
    answers: Sequence[str],
    group: str,
    way: str,
    kind: str,
    *,
    without: LabelledQuestion | None = None,
) -> Example | None:
    if without is not None:
        passages = engine.reader.passages
        hits = [hit for hit in engine.search(question, k=3 * passages) if not _holds(hit.passage, without)]
        candidates = engine.read(question, hits=hits[:passages])
    else:
        candidates = engine.read(question)
    if not candidates.spans:
        return None
    answerable = bool(answers) and way in ANSWERABLE_WAYS
    right = answerable and agreement.f1(candidates.spans[0].text, answers) >= OVERLAP
    return Example(candidates.evidence(0), right, answerable, group, way, kind)


def _holds(passage: Passage, row: LabelledQuestion) -> bool:
    """Whether a passage is of the question's own paragraph or holds one of its answers anyway."""
    return passage.document == row.document or any(agreement.holds(passage.text, answer) for answer in row.answers)
