"""Evaluation: asks an engine labelled questions, and gives the figures of answers, ranking and speed.

One path serves the library, the command line and the tests. Every question is asked once with no
threshold; which answers the threshold would have refused follows from their confidences, so that all
figures and curves come from one pass. ``qa.evaluation.figures`` says what is reported under which threshold.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.documents import Passage
from corpus.errors import SettingError
from corpus.progress import Progress
from qa import agreement
from qa.evaluation import metrics
from qa.evaluation.datasets import Dataset, read_dataset
from qa.evaluation.figures import Evaluation, JudgedQuestion, answer_figures, ranking_figures
from qa.evaluation.sampling import drawn, gathered
from qa.labelled import LabelledQuestion
from qa.readers import THREADS

if TYPE_CHECKING:
    from corpus.documents import Document
    from index.ranking.conditions import Where
    from index.settings import IndexSettings
    from qa.answers import Citation
    from qa.engine import Engine

Target = str | Path | Sequence[str | Path] | Dataset

DEPTH = 100
"""How far down a ranking is looked at; MRR counts what stands deeper as not found."""

RECALL_DEPTHS = (1, 5, 20, 100)


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """How to evaluate.

    ``gold_passage`` (SQuAD) asks each question of its own paragraph only: reading alone. ``sources`` are
    the files and folders to ask (lists of questions). ``limit`` measures a random sample of so many
    questions, the same for the same ``seed``. ``reader``, ``threads`` and ``index`` are what the engine is built with,
    ``min_confidence`` stands in for the engine's threshold. ``where`` (lists of questions) are conditions on the
    metadata of the documents that are asked.

    >>> EvaluationSettings(limit=200).seed
    13
    """

    gold_passage: bool = False
    sources: tuple[str, ...] = ()
    limit: int | None = None
    seed: int = 13
    reader: str | None = None
    threads: int = THREADS
    min_confidence: float | None = None
    index: IndexSettings | None = None
    where: Where = ()

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise SettingError(f"limit is {self.limit}; at least 1 question must be measured")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise SettingError(f"min_confidence is {self.min_confidence}; a probability from 0 to 1 was expected")


def evaluate(
    target: Target,
    *,
    settings: EvaluationSettings | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """The figures of an evaluation file: SQuAD 1.1 or 2.0 JSON, a list of questions, or a BEIR folder.

    SQuAD and BEIR bring their own documents. Each SQuAD paragraph becomes a document, built and split like
    any user's, and every question is asked of all of them together, or with ``gold_passage`` of its own
    alone; several SQuAD files are pooled. A list of questions is asked of ``engine``, else of
    ``settings.sources``, else of the default article. A BEIR document ranks by its best passage, and, as
    BEIR has it, never for a query of its own id.

    ``progress`` is told (done, total). Questions are asked in an order that is random but fixed, so that
    Ctrl-C gives the figures of a fair sample, with ``complete`` False; rows are in the file's order.

    Raises SourceError or DataError for a file that cannot be used and SettingError for settings that do
    not fit it. A bad question among good ones is in ``skipped``.

    >>> import json, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "questions.json")
    ...     _ = path.write_text(json.dumps([{"question": "When were visas abolished?", "answers": ["2009"]}]))
    ...     evaluate(path).em
    1.0
    """
    settings = settings or EvaluationSettings()
    dataset = target if isinstance(target, Dataset) else read_dataset(target)
    _check(dataset, settings, engine)
    order = drawn(len(dataset.questions), settings.limit, settings.seed)
    pool = _Pool()

    def rows() -> Iterator[tuple[int, JudgedQuestion]]:
        for numbers, asked in _groups(dataset, order, settings, engine):
            first = not pool.documents
            judge = pool.judge(dataset, asked, settings)
            if first:
                judge(dataset.questions[numbers[0]])  # What loads at the first question is not its own time.
            for number in numbers:
                yield number, judge(dataset.questions[number])

    judged = gathered(rows(), len(order), progress)
    return Evaluation(
        name=dataset.name,
        mode="each question over its own paragraph" if settings.gold_passage else _MODES[dataset.kind],
        reader=pool.reader,
        min_confidence=pool.min_confidence,
        documents=pool.documents,
        passages=pool.passages,
        complete=len(judged) == len(order),
        questions=len(judged),
        planned=len(order),
        **answer_figures(judged),
        **ranking_figures(judged),
        p50_ms=metrics.percentile([row.elapsed_ms for row in judged], 0.5),
        p95_ms=metrics.percentile([row.elapsed_ms for row in judged], 0.95),
        skipped=dataset.skipped,
        rows=tuple(judged),
    )


_MODES = {"squad": "all paragraphs pooled", "questions": "questions", "beir": "ranking of documents"}


def _check(dataset: Dataset, settings: EvaluationSettings, engine: Engine | None) -> None:
    """Raises SettingError where settings do not fit what is evaluated."""
    if dataset.kind not in _MODES:
        raise SettingError(
            f"{dataset.name}: its questions are each asked of their own text; qa eval, evaluate_lists and "
            "evaluate_yes_no measure those"
        )
    if settings.gold_passage and dataset.kind != "squad":
        raise SettingError(f"{dataset.name}: gold_passage is for SQuAD files, which say where the answer stands")
    if dataset.kind != "questions" and (settings.sources or settings.where or engine is not None):
        raise SettingError(
            f"{dataset.name}: brings its own documents; an index, sources or conditions are for lists of questions"
        )
    if engine is not None and (settings.sources or settings.reader or settings.index):
        raise SettingError("sources, reader and index build an engine; leave them out where one is given")


def _groups(
    dataset: Dataset, order: Sequence[int], settings: EvaluationSettings, engine: Engine | None
) -> Iterator[tuple[Sequence[int], Engine]]:
    """The numbers of the questions that are asked of one engine, and the engine, built when it is its turn."""
    if not settings.gold_passage:
        yield order, engine or _engine(dataset, settings)
        return
    documents = {document.id: document for document in dataset.documents}
    groups: dict[str, list[int]] = {}
    for number in order:
        groups.setdefault(dataset.questions[number].document or "", []).append(number)
    for name, numbers in groups.items():
        yield numbers, _build([documents[name]], settings)


def _engine(dataset: Dataset, settings: EvaluationSettings) -> Engine:
    if dataset.kind != "questions":
        return _build(dataset.documents, settings)
    if settings.sources:
        from qa.opening import build

        return build(settings.sources, reader=settings.reader, settings=settings.index, threads=settings.threads)
    from corpus.sources import default_article

    return _build([default_article()], settings)


def _build(documents: Sequence[Document], settings: EvaluationSettings) -> Engine:
    from qa.opening import build_documents

    return build_documents(documents, reader=settings.reader, settings=settings.index, threads=settings.threads)


class _Pool:
    """What has been asked so far: how much text, by which reader, under which threshold."""

    def __init__(self) -> None:
        self.documents = self.passages = 0
        self.reader: str | None = None
        self.min_confidence: float | None = None

    def judge(
        self, dataset: Dataset, engine: Engine, settings: EvaluationSettings
    ) -> Callable[[LabelledQuestion], JudgedQuestion]:
        """Takes an engine in, and gives the function that asks it a question and judges what comes."""
        counts = engine.counts()
        self.documents += counts["documents"]
        self.passages += counts["passages"]
        if dataset.kind == "beir":
            return lambda question: _judge_ranking(question, engine)
        threshold = engine.min_confidence if settings.min_confidence is None else settings.min_confidence
        self.reader, self.min_confidence = engine.reader.name, threshold
        return lambda question: _judge_answer(question, engine, threshold, settings)


def _judge_answer(
    question: LabelledQuestion, engine: Engine, threshold: float, settings: EvaluationSettings
) -> JudgedQuestion:
    ranked = not settings.gold_passage
    started = time.perf_counter()
    answer = engine.ask(question.question, min_confidence=0.0, where=settings.where)
    elapsed = 1000 * (time.perf_counter() - started)
    rank = _passage_rank(question, engine, settings.where) if ranked and question.answers else None
    citation = answer.citation
    return JudgedQuestion(
        id=question.id,
        question=question.question,
        answers=question.answers,
        answerable=bool(question.answers),
        text=answer.text,
        confidence=answer.confidence if answer.answered else 0.0,
        refused=not answer.answered or answer.confidence < threshold,
        reason=answer.reason or ("low_confidence" if answer.confidence < threshold else None),
        em=agreement.exact_match(answer.text, question.answers),
        f1=agreement.f1(answer.text, question.answers),
        **_judge_citation(question, citation),
        document=citation.document if citation else None,
        section=citation.section if citation else None,
        start=citation.start if citation else None,
        end=citation.end if citation else None,
        **(_rank_judgements(rank) if ranked and question.answers else {}),
        elapsed_ms=round(elapsed, 3),
    )


def _judge_citation(question: LabelledQuestion, citation: Citation | None) -> dict[str, Any]:
    """Whether the quote, the document and the section are right, as far as the question is labelled."""
    if not question.answers:
        return {}
    right: dict[str, Any] = {}
    if question.document is not None:
        found = citation if citation is not None and citation.document == question.document else None
        right["right_document"] = found is not None
        right["quote_holds_gold"] = found is not None and _covers(question, found.quote_start, found.quote_end)
    else:
        right["quote_holds_gold"] = citation is not None and _tells(question, citation.quote)
    if question.section is not None:
        right["right_section"] = citation is not None and citation.section == question.section
    return right


def _passage_rank(question: LabelledQuestion, engine: Engine, where: Where) -> int | None:
    """The rank of the first passage that holds a gold answer, in its labelled place where there is one."""
    for rank, hit in enumerate(engine.search(question.question, k=DEPTH, where=where), 1):
        if _holds_gold(question, hit.passage):
            return rank
    return None


def _holds_gold(question: LabelledQuestion, passage: Passage) -> bool:
    if question.document is not None:
        return passage.document == question.document and _covers(question, passage.start, passage.end)
    in_place = question.section is None or passage.section == question.section
    return in_place and _tells(question, passage.text)


def _covers(question: LabelledQuestion, start: int, end: int) -> bool:
    """Whether a stretch of the gold document holds a gold answer's span."""
    return any(start <= gold_start and gold_end <= end for gold_start, gold_end in question.spans)


def _tells(question: LabelledQuestion, text: str) -> bool:
    return any(agreement.holds(text, answer) for answer in question.answers)


def _rank_judgements(rank: int | None) -> dict[str, Any]:
    return {
        **{f"recall_at_{k}": float(rank is not None and rank <= k) for k in RECALL_DEPTHS},
        "reciprocal_rank": 1 / rank if rank else 0.0,
    }


def _judge_ranking(question: LabelledQuestion, engine: Engine) -> JudgedQuestion:
    """The judgement of a BEIR query: its documents in the order of their best passages."""
    started = time.perf_counter()
    ranking = _ranked_documents(question, engine)
    elapsed = 1000 * (time.perf_counter() - started)
    relevant = (rank for rank, name in enumerate(ranking, 1) if question.judgements.get(name, 0) > 0)
    first = next(relevant, None)
    found: dict[str, Any] = {
        f"recall_at_{k}": metrics.share_found(ranking, question.judgements, k) for k in RECALL_DEPTHS
    }
    return JudgedQuestion(
        id=question.id,
        question=question.question,
        **found,
        reciprocal_rank=1 / first if first else 0.0,
        ndcg_at_10=metrics.ndcg_at(ranking, question.judgements),
        elapsed_ms=round(elapsed, 3),
    )


def _ranked_documents(question: LabelledQuestion, engine: Engine) -> list[str]:
    """The ids of the best documents; more passages are fetched until enough documents are among them."""
    k = 2 * DEPTH
    while True:
        hits = engine.search(question.question, k=k)
        names = dict.fromkeys(hit.passage.document for hit in hits)
        names.pop(question.id, None)
        if len(names) >= DEPTH or len(hits) < k:
            return list(names)[:DEPTH]
        k *= 2
