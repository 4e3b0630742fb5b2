"""Measures citespan beside scikit-learn and bm25s, in one run, on the same work; prints tables, writes JSON.

Parts (``--only`` chooses; a part whose data or packages are missing is skipped with the reason):

- ``retrieval``: SQuAD paragraphs pooled and cut into citespan's passages, ranked by each; and a BEIR folder.
- ``speed``: time to index passages of a large corpus, and to search them, question by question in turn.
- ``ask``: a whole answer over the same passages, in process.
- ``start``: ``qa "..."`` as a whole process beside ``python -c "import numpy"``, run alternately.

The folder given with ``--shared`` holds ``squad/dev-a-v1.1.json.gz``, ``retrieval/scifact/`` and
``corpora/simplewiki.jsonl.gz`` (lines with ``title`` and ``text``).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.documents import Document, Passage, Section
from corpus.passages import split_passages
from index.build import IndexSettings, build_index
from index.search import Index
from index.weighting import WEIGHTINGS, WeightingSettings
from qa import metrics
from qa.datasets import Dataset, LabelledQuestion, read_dataset

QUESTION = "when were visas abolished?"
READERS = ("lexical", "neural")
DEPTH = 100
Row = dict[str, Any]


class MissingError(Exception):
    """What a part needs is not there; the text says what."""


class Citespan:
    """This project's index, over documents that it cuts into passages itself."""

    def __init__(self, weighting: str) -> None:
        self.name = f"citespan {weighting}"
        self._settings = IndexSettings(weighting=WeightingSettings(name=weighting))
        self.index: Index

    def build(self, documents: Sequence[Document], _passages: Sequence[Passage]) -> None:
        """Indexes the documents."""
        self.index = build_index(documents, settings=self._settings)

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best passages."""
        numbers: list[int] = self.index.search(question, k).numbers.tolist()
        return numbers


class ScikitLearn:
    """TfidfVectorizer, as it comes or with sublinear counts and Snowball stems; title and text together."""

    def __init__(self, *, stems: bool) -> None:
        self.name = "scikit-learn TF-IDF" + (", sublinear, stems" if stems else "")
        self._stems = stems
        self._vectorizer: Any
        self._matrix: Any

    def build(self, _documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Indexes the passages."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=self._stems)
        if self._stems:
            from Stemmer import Stemmer

            words, stemmer = TfidfVectorizer(sublinear_tf=True).build_analyzer(), Stemmer("english")
            self._vectorizer = TfidfVectorizer(sublinear_tf=True, analyzer=lambda text: stemmer.stemWords(words(text)))
        # A row for each term, so that a search touches the terms of its question only.
        self._matrix = self._vectorizer.fit_transform(map(titled, passages)).T.tocsr()

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best passages."""
        scores = (self._vectorizer.transform([question]) @ self._matrix).toarray().ravel()
        best = np.argpartition(-scores, min(k, len(scores) - 1))[:k]
        return [int(number) for number in best[np.argsort(-scores[best], kind="stable")] if scores[number] > 0]


class Bm25s:
    """bm25s with its Lucene variant, its own tokens and stop words, and Snowball stems; title and text together."""

    name = "bm25s lucene, stems"

    def build(self, _documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Indexes the passages."""
        import bm25s
        from Stemmer import Stemmer

        self._bm25s, self._stemmer = bm25s, Stemmer("english")
        self._count = len(passages)
        self._index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._index.index(self._tokens([titled(passage) for passage in passages]), show_progress=False)

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best passages."""
        numbers, scores = self._index.retrieve(
            self._tokens([question]), k=min(k, self._count), show_progress=False, sorted=True
        )
        return [int(number) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    def _tokens(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


Ranker = Citespan | ScikitLearn | Bm25s


def titled(passage: Passage) -> str:
    """The title and the text of a passage, for peers without fields."""
    return f"{passage.title}\n{passage.text}"


def rankers() -> list[Ranker]:
    """Every ranking that is compared."""
    return [
        *(Citespan(weighting.name) for weighting in WEIGHTINGS),
        Bm25s(),
        ScikitLearn(stems=False),
        ScikitLearn(stems=True),
    ]


def cut(documents: Sequence[Document]) -> list[Passage]:
    """The passages of the documents, in the order in which the index numbers them."""
    return [passage for document in documents for passage in split_passages(document)]


def retrieval(options: argparse.Namespace) -> dict[str, list[Row]]:
    """Tables of the quality of each ranking: SQuAD pooled, and the BEIR folder."""
    squad = read_dataset(needed(options.shared, "squad/dev-a-v1.1.json.gz"))
    beir = read_dataset(needed(options.shared, "retrieval/scifact"))
    return {
        f"SQuAD dev-a, {len(squad.documents):,} paragraphs pooled": squad_rows(squad, options),
        f"SciFact, {len(beir.documents):,} documents, {len(beir.questions)} queries": beir_rows(beir),
    }


def squad_rows(dataset: Dataset, options: argparse.Namespace) -> list[Row]:
    """The ranks of the passage that holds a gold answer, and of the first passage of its paragraph."""
    passages, questions = cut(dataset.documents), sample(dataset.questions, options.questions * 4)
    rows = []
    for ranker in rankers():
        ranker.build(dataset.documents, passages)
        held, paragraphs = [], []
        for question in questions:
            ranked = [passages[number] for number in ranker.search(question.question, DEPTH)]
            held.append(first(ranked, lambda passage, gold=question: holds(passage, gold)))
            names = dict.fromkeys(passage.document for passage in ranked)
            paragraphs.append(first(list(names), lambda name, gold=question: name == gold.document))
        row: Row = {"ranking": ranker.name, "questions": len(questions), "passages": len(passages)}
        for unit, ranks in (("answer", held), ("paragraph", paragraphs)):
            row |= {f"{unit} R@{k}": metrics.recall_at(ranks, k) for k in (1, 5, 20)}
            row |= {f"{unit} MRR": metrics.mean_reciprocal_rank(ranks)}
        rows.append(row)
    return rows


def beir_rows(dataset: Dataset) -> list[Row]:
    """nDCG@10 and recall@100; citespan ranks a document by its best passage, the others index it whole."""
    passages = cut(dataset.documents)
    whole = [
        Passage(document.id, document.title, (), 0, len(document.text), document.text, ())
        for document in dataset.documents
    ]
    rows = []
    for ranker in rankers():
        units = passages if isinstance(ranker, Citespan) else whole
        ranker.build(dataset.documents, units)
        ndcg, recall = [], []
        for question in dataset.questions:
            numbers = ranker.search(question.question, 5 * DEPTH)
            names = list(dict.fromkeys(units[number].document for number in numbers))
            names = [name for name in names if name != question.id][:DEPTH]
            ndcg.append(metrics.ndcg_at(names, question.judgements))
            recall.append(metrics.share_found(names, question.judgements, DEPTH))
        rows.append({"ranking": ranker.name, "nDCG@10": metrics.mean(ndcg), "R@100": metrics.mean(recall)})
    return rows


def first(ranked: Sequence[Any], is_gold: Callable[[Any], bool]) -> int | None:
    """The rank, from 1, of the first that is gold."""
    return next((rank for rank, found in enumerate(ranked, 1) if is_gold(found)), None)


def holds(passage: Passage, question: LabelledQuestion) -> bool:
    """Whether a passage holds the span of a gold answer."""
    return passage.document == question.document and any(
        passage.start <= start and end <= passage.end for start, end in question.spans
    )


def sample(questions: Sequence[LabelledQuestion], count: int) -> list[LabelledQuestion]:
    """Questions evenly spread over the file, the same ones each time."""
    step = max(1, len(questions) // count)
    return list(questions[::step])


def speed(options: argparse.Namespace) -> dict[str, list[Row]]:
    """A table of the time to index and to search many passages.

    The peers are given the passages; citespan is given the documents, so its time to index has the time to
    cut them in it, which is shown besides.
    """
    documents, passages, questions = large(options)
    started = time.perf_counter()
    cut(documents)
    cutting = time.perf_counter() - started
    compared = rankers()
    rows: list[Row] = []
    for ranker in compared:
        ranker.build(documents[:10], cut(documents[:10]))  # Imports and first calls are not the work compared.
        started = time.perf_counter()
        ranker.build(documents, passages)
        seconds = time.perf_counter() - started
        rows.append(
            {
                "ranking": ranker.name,
                "build s": seconds,
                "of it cutting s": cutting if isinstance(ranker, Citespan) else 0.0,
            }
        )
    times: list[list[float]] = [[] for _ in compared]
    for turn, question in enumerate(questions):
        for place in range(len(compared)):
            number = (place + turn) % len(compared)
            started = time.perf_counter()
            compared[number].search(question, 10)
            times[number].append(1000 * (time.perf_counter() - started))
    for row, milliseconds in zip(rows, times, strict=True):
        row |= {f"search p{share} ms": metrics.percentile(milliseconds, share / 100) for share in (50, 95)}
    return {f"{len(passages):,} passages, {len(questions)} questions, 10 best": rows}


def ask(options: argparse.Namespace) -> dict[str, list[Row]]:
    """A table of the time for a whole answer, by reader; each question is asked of the readers in turn."""
    from qa.engine import Engine, build_documents

    documents, passages, questions = large(options)
    index = build_documents(documents, reader=READERS[0]).index
    engines = [Engine(index, reader=name) for name in READERS]
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for engine in engines:
        engine.ask(questions[0])
    for question in questions:
        for engine in engines:
            started = time.perf_counter()
            engine.ask(question)
            times[engine.reader.name].append(1000 * (time.perf_counter() - started))
    rows: list[Row] = [
        {"reader": name} | {f"p{share} ms": metrics.percentile(spent, share / 100) for share in (50, 95)}
        for name, spent in times.items()
    ]
    return {f"qa ask, {len(passages):,} passages, {len(questions)} questions": rows}


def large(options: argparse.Namespace) -> tuple[list[Document], list[Passage], list[str]]:
    """Documents of the large corpus with about as many passages as asked for, and questions to ask of them."""
    path = needed(options.shared, "corpora/simplewiki.jsonl.gz")
    dataset = read_dataset(needed(options.shared, "squad/dev-a-v1.1.json.gz"))
    documents: list[Document] = []
    passages: list[Passage] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            text = record["text"]
            document = Document(str(number), record["title"], text, (Section((), 0, len(text)),), path.name)
            documents.append(document)
            passages += split_passages(document)
            if len(passages) >= options.passages:
                break
    return documents, passages, [question.question for question in sample(dataset.questions, options.questions)]


def start(options: argparse.Namespace) -> dict[str, list[Row]]:
    """A table of the wall time of whole processes, run in turn."""
    script = Path(sys.executable).with_name("qa")
    answer = [str(script)] if script.exists() else [sys.executable, "-m", "qa"]
    commands = {
        **{f'qa "{QUESTION}" --reader {name}': [*answer, QUESTION, "--reader", name] for name in READERS},
        'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    environment = {name: value for name, value in os.environ.items() if name != "QA_INDEX"}
    for turn in range(options.starts + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            if ended.returncode:
                raise MissingError(f"{name} ended with code {ended.returncode}: {ended.stderr.strip()[-300:]}")
            if turn:  # The first run of each fills the file cache.
                times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    base = medians['python -c "import numpy"']
    return {
        f"cold start, median of {options.starts} alternate runs": [
            {"command": name, "s": median, "times numpy": median / base} for name, median in medians.items()
        ]
    }


PARTS = {"retrieval": retrieval, "speed": speed, "ask": ask, "start": start}


def needed(shared: Path | None, name: str) -> Path:
    """A path under the data folder."""
    if shared is None:
        raise MissingError("needs the data folder; give --shared DIR")
    if not (shared / name).exists():
        raise MissingError(f"{shared / name} is not there")
    return shared / name


def machine() -> dict[str, Any]:
    """The machine and the versions that the figures hold for."""
    information = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in lines_of(information) if line.startswith("model name")]
    packages = ("citespan", "numpy", "PyStemmer", "scikit-learn", "scipy", "bm25s", "onnxruntime")
    return {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{name: version for name in packages if (version := version_of(name))},
    }


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file, none where there is no such file."""
    if path.exists():
        yield from path.read_text(encoding="utf-8").splitlines()


def version_of(package: str) -> str | None:
    """The installed version of a package, None where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def table(title: str, rows: Sequence[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [f"\n{title}\n", "| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    lines += ["| " + " | ".join(cell(name, value) for name, value in row.items()) + " |" for row in rows]
    return "\n".join(lines)


def cell(name: str, value: Any) -> str:
    """A value as a table shows it: shares with three decimals, times with two."""
    if isinstance(value, float):
        return f"{value:.2f}" if name.split()[-1] in ("ms", "s", "numpy") else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def main() -> int:
    """Runs the parts asked for; 0 when at least one could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, metavar="DIR", help="the data folder")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, for a first look")
    parser.add_argument("--passages", type=int, default=20_000, metavar="N", help="passages for speed and ask")
    parser.add_argument("--questions", type=int, default=1_000, metavar="N", help="questions for speed and ask")
    parser.add_argument("--starts", type=int, default=21, metavar="N", help="runs of each command for start")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    options = parser.parse_args()
    if options.quick:
        options.passages, options.questions, options.starts = options.passages // 10, options.questions // 10, 5
    report: dict[str, Any] = {"machine": machine(), "tables": {}, "skipped": {}}
    print(", ".join(f"{name} {value}" for name, value in report["machine"].items()))
    for name in options.only:
        try:
            tables = PARTS[name](options)
        except (MissingError, ImportError) as reason:
            report["skipped"][name] = str(reason)
            print(f"\n{name}: skipped, {reason}")
            continue
        for title, rows in tables.items():
            print(table(title, rows), flush=True)
        report["tables"] |= tables
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0 if report["tables"] else 1


if __name__ == "__main__":
    sys.exit(main())
