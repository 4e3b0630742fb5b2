"""Tables of the quality of each ranking: SQuAD pooled, SciFact, Cranfield and MED."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmark_rankings import Bm25s, Citespan, Ranking, ScikitLearn, Sqlite, Tantivy, titled
from benchmark_report import MissingError, Row, Work, needed

from corpus.documents import Document, Passage, Section
from corpus.passages import split_passages
from index.ranking.weighting import WEIGHTINGS
from qa.evaluation import metrics
from qa.evaluation.datasets import Dataset, read_dataset
from qa.labelled import LabelledQuestion

DEPTH = 100


def quality(work: Work) -> dict[str, list[Row]]:
    """The tables; a set that is not there is left out, and so is a peer that is not installed."""
    tables: dict[str, list[Row]] = {}
    squad = read_dataset(needed(work.shared, "squad/dev-a-v1.1.json.gz"))
    asked = sample(squad.questions, 400 if work.quick else len(squad.questions))
    tables[f"quality: SQuAD dev-a, {len(squad.documents):,} paragraphs pooled, {len(asked):,} questions"] = squad_rows(
        squad, asked, work
    )
    readers: dict[str, Callable[[Path], Dataset]] = {"SciFact": read_dataset, "Cranfield": cranfield, "MED": med}
    found: dict[str, list[Row]] = {}
    sizes: list[str] = []
    for name, read in readers.items():
        try:
            dataset = read(needed(work.shared, f"retrieval/{name.lower()}"))
        except MissingError as reason:
            work.skip(f"quality of {name}", str(reason))
            continue
        sizes.append(f"{name} {len(dataset.documents):,} documents, {len(dataset.questions)} queries")
        found[name] = judged_rows(dataset, work)
    if found:
        rows = [{"ranking": row["ranking"]} for row in next(iter(found.values()))]
        for name, measured in found.items():
            for row, of_set in zip(rows, measured, strict=True):
                row |= {f"{name} {figure}": of_set[figure] for figure in ("nDCG@10", "R@100")}
        tables[f"quality: whole documents ranked; {'; '.join(sizes)}"] = rows
    return tables


def rankings(work: Work) -> list[Ranking]:
    """Every ranking whose quality is compared; rank_bm25 has the formula of bm25s."""
    ours: list[Ranking] = []
    for weighting in WEIGHTINGS:
        ours.append(Citespan(f"citespan {weighting.name}", weighting=weighting.name))
        if weighting is WEIGHTINGS[0]:
            ours.append(Citespan(f"citespan {weighting.name}, without evidence", evidence=False))
    peers = [
        *(Bm25s(compiled=False), Bm25s(compiled=False, stopped=True)),
        *(ScikitLearn(stems=False), ScikitLearn(stems=True), Tantivy(), Sqlite()),
    ]
    return [*ours, *work.installed(peers)]


def made(ranking: Ranking, documents: Sequence[Document], units: Sequence[Passage], place: Path) -> Ranking:
    """The ranking, built over the documents or over what the peers are given, and open."""
    folder = place / re.sub(r"\W+", "-", ranking.name)
    ranking.load()
    ranking.build(documents if ranking.cuts else [titled(unit) for unit in units], folder)
    ranking.open(folder)
    return ranking


def squad_rows(dataset: Dataset, questions: Sequence[LabelledQuestion], work: Work) -> list[Row]:
    """The ranks of the passage that holds a gold answer, and of the first passage of its paragraph."""
    passages = [passage for document in dataset.documents for passage in split_passages(document)]
    rows = []
    with tempfile.TemporaryDirectory(prefix="citespan-") as place:
        for ranking in rankings(work):
            made(ranking, dataset.documents, passages, Path(place))
            held, paragraphs = [], []
            found = ranking.search_many([question.question for question in questions], DEPTH, 1)
            for question, numbers in zip(questions, found, strict=True):
                ranked = [passages[number] for number in numbers]
                held.append(first(holds(passage, question) for passage in ranked))
                names = dict.fromkeys(passage.document for passage in ranked)
                paragraphs.append(first(name == question.document for name in names))
            row: Row = {"ranking": ranking.name}
            for unit, ranks in (("answer", held), ("paragraph", paragraphs)):
                row |= {f"{unit} R@{k}": metrics.recall_at(ranks, k) for k in (1, 5, 20)}
                row |= {f"{unit} MRR": metrics.mean_reciprocal_rank(ranks)}
            rows.append(row)
    return rows


def judged_rows(dataset: Dataset, work: Work) -> list[Row]:
    """nDCG@10 and recall@100; citespan ranks a document by its best passage, the others index it whole."""
    passages = [passage for document in dataset.documents for passage in split_passages(document)]
    whole = [Passage(each.id, each.title, (), 0, len(each.text), each.text, ()) for each in dataset.documents]
    rows = []
    with tempfile.TemporaryDirectory(prefix="citespan-") as place:
        for ranking in rankings(work):
            units = passages if ranking.cuts else whole
            made(ranking, dataset.documents, units, Path(place))
            ndcg, recall = [], []
            found = ranking.search_many([question.question for question in dataset.questions], 5 * DEPTH, 1)
            for question, numbers in zip(dataset.questions, found, strict=True):
                names = list(dict.fromkeys(units[number].document for number in numbers))
                names = [name for name in names if name != question.id][:DEPTH]
                ndcg.append(metrics.ndcg_at(names, question.judgements))
                recall.append(metrics.share_found(names, question.judgements, DEPTH))
            rows.append({"ranking": ranking.name, "nDCG@10": metrics.mean(ndcg), "R@100": metrics.mean(recall)})
    return rows


def first(gold: Iterable[bool]) -> int | None:
    """The rank, from 1, of the first that is gold."""
    return next((rank for rank, is_gold in enumerate(gold, 1) if is_gold), None)


def holds(passage: Passage, question: LabelledQuestion) -> bool:
    """Whether a passage holds the span of a gold answer."""
    return passage.document == question.document and any(
        passage.start <= start and end <= passage.end for start, end in question.spans
    )


def sample(questions: Sequence[LabelledQuestion], count: int) -> list[LabelledQuestion]:
    """Questions evenly spread over the file, the same ones each time."""
    return list(questions[:: max(1, len(questions) // count)])


def cranfield(folder: Path) -> Dataset:
    """The Cranfield collection; its judgements name the queries by their place in the file."""
    texts = (folder / "cran.all.1400.xml").read_text(encoding="utf-8", errors="replace")
    queries = (folder / "cran.qry.xml").read_text(encoding="utf-8", errors="replace")
    documents = [
        _document(f"d{_field(doc, 'docno')}", _field(doc, "title"), _field(doc, "text"))
        for doc in re.findall(r"<doc>.*?</doc>", texts, re.DOTALL)
    ]
    asked = [_field(top, "title") for top in re.findall(r"<top>.*?</top>", queries, re.DOTALL)]
    return _judged("Cranfield", documents, dict(enumerate(asked, 1)), folder / "cranqrel.trec.txt", (0, 2, 3))


def med(folder: Path) -> Dataset:
    """The MED (Medline) collection; its documents have no titles."""
    documents = [_document(f"d{number}", "", text) for number, text in _smart(folder / "MED.ALL").items()]
    return _judged("MED", documents, _smart(folder / "MED.QRY"), folder / "MED.REL", (0, 1, 2))


def _smart(path: Path) -> dict[int, str]:
    """The texts of a file in the form of the SMART system, by number."""
    records = re.split(r"^\.I +(\d+)\s*$", path.read_text(encoding="utf-8", errors="replace"), flags=re.MULTILINE)
    pairs = zip(records[1::2], records[2::2], strict=True)
    return {int(number): " ".join(text.split(".W", 1)[-1].split()) for number, text in pairs}


def _field(text: str, name: str) -> str:
    """The content of an element, without its line breaks."""
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def _document(name: str, title: str, text: str) -> Document:
    return Document(name, title, text, (Section((), 0, len(text)),), name)


def _judged(
    name: str, documents: list[Document], queries: dict[int, str], path: Path, columns: tuple[int, int, int]
) -> Dataset:
    """A collection with the judgements of a file whose columns give the query, the document and the grade."""
    judgements: dict[int, dict[str, int]] = {number: {} for number in queries}
    query, document, grade = columns
    for line in path.read_text(encoding="ascii").splitlines():
        parts = line.split()
        if parts and int(parts[grade]) > 0:
            judgements[int(parts[query])][f"d{parts[document]}"] = int(parts[grade])
    # An empty text is a document without passages, which citespan does not take.
    held = [each for each in documents if each.text]
    questions = [
        LabelledQuestion(f"q{number}", text, judgements=judgements[number])
        for number, text in queries.items()
        if judgements[number]
    ]
    return Dataset("beir", name, tuple(questions), tuple(held))
