"""Measures answers that are lists: each question asked of its own text, all of whose answers must be given.

The measures are MultiSpanQA's (Li et al. 2022): over all questions together, the precision and recall of spans that
equal a gold answer after SQuAD's normalisation, and of the parts of spans that overlap one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.errors import SettingError
from corpus.progress import Progress
from corpus.records import Record
from qa import agreement
from qa.evaluation.datasets import Dataset
from qa.evaluation.figures import skipped_lines
from qa.evaluation.sampling import drawn, gathered
from qa.labelled import LabelledQuestion, SkippedQuestion
from qa.wording import counted


@dataclass(frozen=True, slots=True)
class JudgedList(Record):
    """One question with its gold answers and the texts that were answered; ``exact`` of them equal a gold one."""

    id: str
    question: str
    answers: tuple[str, ...]
    texts: tuple[str, ...]
    exact: int
    kind: str


@dataclass(frozen=True, slots=True)
class ListEvaluation(Record):
    """What lists of answers add up to, never refusing; shares are from 0 to 1.

    ``lists`` is the share of the questions that were answered by a list. ``complete`` is False after Ctrl-C.
    """

    name: str
    reader: str
    questions: int
    planned: int
    complete: bool
    lists: float
    exact_precision: float
    exact_recall: float
    exact_f1: float
    overlap_precision: float
    overlap_recall: float
    overlap_f1: float
    skipped: tuple[SkippedQuestion, ...] = ()
    rows: tuple[JudgedList, ...] = ()

    def figures(self) -> dict[str, object]:
        """Everything but the single questions, as JSON-ready values."""
        everything = self.to_dict()
        del everything["rows"]
        return everything

    def table(self) -> str:
        """The figures as text for a terminal, one a line."""
        asked = counted(self.questions, "question")
        lines = [f"{self.name}: all answers of {asked}, each of its own text, never refusing, {self.reader} reader"]
        if not self.complete:
            lines.append(f"stopped early: {self.questions:,} of {self.planned:,} questions, drawn at random")
        for label, share in (
            ("answered by a list", self.lists),
            ("exact match of spans, precision", self.exact_precision),
            ("exact match of spans, recall", self.exact_recall),
            ("exact match of spans, F1", self.exact_f1),
            ("partial overlap of spans, precision", self.overlap_precision),
            ("partial overlap of spans, recall", self.overlap_recall),
            ("partial overlap of spans, F1", self.overlap_f1),
        ):
            lines.append(f"  {label:<36}{100 * share:8.1f} %")
        return "\n".join([*lines, *skipped_lines(self.skipped, "question")])


def evaluate_lists(
    dataset: Dataset,
    *,
    reader: str | None = None,
    threads: int = 1,
    limit: int | None = None,
    seed: int = 13,
    progress: Progress | None = None,
) -> ListEvaluation:
    """The figures of a file whose questions each have a ``context`` and all its ``answers``.

    ``limit`` measures a random sample, the same for the same ``seed``. Ctrl-C gives the figures so far. Raises
    SettingError where the file is of another kind.
    """
    from qa.opening import build_documents

    if dataset.kind != "multi-span":
        raise SettingError(f"{dataset.name}: its questions have no 'context'; lists are measured each in its own text")
    documents = {document.id: document for document in dataset.documents}
    order = drawn(len(dataset.questions), limit, seed)
    engine = None

    def judge(question: LabelledQuestion) -> JudgedList:
        nonlocal engine
        own = build_documents([documents[question.document or ""]], reader=reader, threads=threads)
        engine = own if engine is None else engine.over(own.index)  # its reader is loaded once
        answer = engine.ask(question.question, min_confidence=0.0)
        exact = len(_names(answer.texts) & _names(question.answers))
        return JudgedList(question.id, question.question, question.answers, answer.texts, exact, answer.kind)

    judged = gathered(((number, judge(dataset.questions[number])) for number in order), len(order), progress)
    return ListEvaluation(
        name=dataset.name,
        reader="" if engine is None else engine.reader.name,
        questions=len(judged),
        planned=len(order),
        complete=len(judged) == len(order),
        lists=sum(row.kind == "list" for row in judged) / len(judged),
        **list_figures([(row.texts, row.answers) for row in judged]),
        skipped=dataset.skipped,
        rows=tuple(judged),
    )


def list_figures(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, float]:
    """Precision, recall and F1, exact and by overlap, of predicted texts against gold ones, over all pairs together.

    A predicted text overlaps by its longest run of characters in common with a gold one: over its own length that
    is its precision, over the gold one's length the recall.

    >>> figures = list_figures([(("the penis", "testes"), ("penis", "testicles"))])
    >>> figures["exact_precision"], figures["exact_recall"], figures["exact_f1"]
    (0.5, 0.5, 0.5)
    """
    exact = overlap_p = overlap_r = 0.0
    given = wanted = 0
    for texts, answers in pairs:
        ours, golds = _names(texts), _names(answers)
        given += len(ours)
        wanted += len(golds)
        exact += len(ours & golds)
        if ours and golds:
            overlap_p += sum(max(_common(text, gold) for gold in golds) / len(text) for text in ours if text)
            overlap_r += sum(max(_common(text, gold) for text in ours) / len(gold) for gold in golds if gold)
    return {
        **_shares("exact", exact / max(given, 1), exact / max(wanted, 1)),
        **_shares("overlap", overlap_p / max(given, 1), overlap_r / max(wanted, 1)),
    }


def _shares(name: str, precision: float, recall: float) -> dict[str, float]:
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": both}


def _common(one: str, other: str) -> int:
    """How many characters the longest run has that both texts hold."""
    return SequenceMatcher(None, one, other).find_longest_match().size


def _names(texts: Sequence[str]) -> set[str]:
    return {agreement.normalise_answer(text) for text in texts}
