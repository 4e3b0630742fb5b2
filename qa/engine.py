"""The engine: open or build an index, ask it, and get cited answers or honest refusals."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from corpus.documents import Document, Passage, Section
from corpus.errors import SettingError
from corpus.progress import Progress
from corpus.sections import section_named
from index.wording.understanding import Understood, search, understand
from qa.answers import Alternative, Answer
from qa.arithmetic import misses_sum, uncounted
from qa.candidates import Candidates, Hit, likelier, nearest, read_candidates
from qa.citing import cite_span
from qa.confidence import Asked, Confidence
from qa.filters import no_document, passages_within
from qa.lists import ListModel, cite_list, list_of, others
from qa.questions import analyse_question
from qa.readers import DEFAULT_READER, THREADS, Reader, check_reader, load_reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.ranking.conditions import Where
    from index.ranking.search import Index
    from qa.audit.report import AuditReport
    from qa.audit.verification import Verification
    from qa.calibration import Calibration

SHORT_PASSAGES = 2
"""How many times as many passages as the reader takes are looked at, in case that they are short."""


class Engine:
    """Answers questions from one immutable index; threads may share it.

    ``min_confidence`` is the threshold under which it refuses: the reader's own, chosen for a stated
    precision, unless another is given here or with a question. ``threads`` read one question.
    """

    def __init__(
        self,
        index: Index,
        *,
        reader: str | None = None,
        min_confidence: float | None = None,
        threads: int = THREADS,
    ) -> None:
        self.index = index
        self.calibration: Calibration | None = None
        self._opening = (reader or DEFAULT_READER, threads)
        check_reader(*self._opening)
        self._min_confidence = None if min_confidence is None else _probability(min_confidence)

    def __repr__(self) -> str:
        """As in ``<Engine: 1 document, 55 passages, neural reader>``."""
        return f"<Engine: {self.summary()}, {self.reader_name} reader>"

    @cached_property
    def reader(self) -> Reader:
        """The reader, loaded when it is first needed: searching needs none. Raises ModelError where it cannot be."""
        name, threads = self._opening
        return load_reader(name, threads=threads)

    @property
    def reader_name(self) -> str:
        """The name of the reader, known before it is loaded."""
        return self._opening[0]

    @cached_property
    def confidence(self) -> Confidence:
        """The calibration of the reader in use."""
        return Confidence.load(self.reader.name)

    @property
    def min_confidence(self) -> float:
        """The probability of being right under which a question is refused."""
        return self.confidence.threshold if self._min_confidence is None else self._min_confidence

    def calibrated(self, calibration: Calibration, *, on_doubt: Callable[[str], None] | None = None) -> Engine:
        """The same engine, refusing under the threshold of a calibration that was made for its reader.

        ``on_doubt`` is told why the promise may not hold, as where the index has changed since; without it that is
        a Python warning. Raises DataError where the calibration was made for another reader.
        """
        doubts = calibration.check(self)
        for doubt in doubts:
            on_doubt(doubt) if on_doubt is not None else warnings.warn(doubt, stacklevel=2)
        engine = copy(self)
        engine.calibration, engine._min_confidence = calibration, calibration.threshold
        return engine

    def doubts(self) -> tuple[str, ...]:
        """Why the promise of its calibration may not hold for what it asks now; empty without a calibration."""
        return () if self.calibration is None else self.calibration.doubts(self)

    def ask(
        self,
        question: str,
        *,
        top: int = 3,
        min_confidence: float | None = None,
        documents: Sequence[str] = (),
        sections: Sequence[str] = (),
        where: Where = (),
    ) -> Answer:
        """The answer to a question with up to ``top`` - 1 alternatives, or a refusal with its reason.

        With ``documents`` (ids), ``sections`` or ``where`` only those are read, as ``search`` has it; ``no_match`` then
        says that none of them holds a term of the question. Where there are so few passages that all can be read, they
        are, and one that holds no term may answer. Raises SettingError where ``top`` is below 1 or
        ``min_confidence`` is outside 0 to 1, and errors as ``search`` does.

        >>> import qa
        >>> qa.default().ask("When were visas abolished?").text
        '2009'
        """
        started = time.perf_counter()
        if top < 1:
            raise SettingError(f"top is {top}; at least 1 answer must be asked for")
        threshold = self.min_confidence if min_confidence is None else _probability(min_confidence)
        within = passages_within(self.index, documents, sections, where)
        meant = understand(question, self.index)
        answer = self._answer(meant, top, threshold, within, min_confidence)
        elapsed = _milliseconds_since(started)
        did_you_mean = answer.question if answer.question != question else None
        return replace(answer, question=question, did_you_mean=did_you_mean, elapsed_ms=elapsed)

    def _answer(
        self,
        meant: Understood,
        top: int,
        threshold: float,
        within: NDArray[np.int64] | None,
        min_confidence: float | None,
    ) -> Answer:
        """The answer to a question as it was understood."""
        started, question = time.perf_counter(), meant.question
        asked = self._asked(meant)
        if not asked.terms:
            return Answer.refusal(question, "empty_question", elapsed_ms=_milliseconds_since(started))
        matching = self._matching(meant, asked, within)
        if matching and asked.question.kind == "yes_no":
            decided = self._ask_yes_no(meant, within, min_confidence)
            if decided is not None:
                return decided
        hits = self._with_all_of_few(matching, within)
        if not hits:
            return Answer.refusal(question, "no_match", elapsed_ms=_milliseconds_since(started))
        candidates = self._read_meant(meant, asked, hits, within)
        question = meant.perhaps if meant.perhaps == candidates.asked.question.text else question
        answers = self._alternatives(candidates, top)
        if not matching:  # then the words say nothing for an answer, and the reader alone has to be sure
            threshold = max(threshold, self.confidence.threshold)
        refused = not answers or answers[0].confidence < threshold
        if refused and not matching:
            return Answer.refusal(question, "no_match", elapsed_ms=_milliseconds_since(started))
        uncounted_items = uncounted(candidates, self.index) if refused or misses_sum(candidates) else ()
        if refused or uncounted_items:
            return Answer.refusal(
                question,
                "needs_arithmetic" if uncounted_items else "low_confidence",
                confidence=answers[0].confidence if answers else 0.0,
                score=answers[0].score if answers else candidates.reading.no_answer,
                nearest=uncounted_items or nearest(candidates, self.index),
                elapsed_ms=_milliseconds_since(started),
            )
        best = answers[0]
        citation, items = cite_list(list_of(candidates, ListModel.load(self.reader.name)), candidates, self.index)
        return Answer(
            question=question,
            answered=True,
            text=citation.text,
            confidence=best.confidence,
            score=best.score,
            citation=citation,
            spans=items,
            alternatives=others(answers[1:], items),
            elapsed_ms=_milliseconds_since(started),
        )

    def ask_many(
        self, questions: Iterable[str], *, top: int = 3, min_confidence: float | None = None, where: Where = ()
    ) -> Iterator[Answer]:
        """The answers to any iterable of questions, in its order, each as soon as it is there.

        Raises SettingError where ``questions`` is one text, and errors for ``where`` as ``search`` does.
        """
        if isinstance(questions, str):
            raise SettingError(f"questions is the text {questions[:80]!r}; give a list of questions, or call ask")
        for question in questions:
            yield self.ask(question, top=top, min_confidence=min_confidence, where=where)

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        documents: Sequence[str] = (),
        sections: Sequence[str] = (),
        where: Where = (),
    ) -> list[Hit]:
        """The ``k`` best passages for a question, best first; fewer where fewer hold a term of it.

        ``documents`` (ids) and ``sections`` bound where they are looked for; a section is named by its headings
        joined by " > " or by its own heading, and its subsections belong to it. ``where`` are conditions on metadata:
        ``{"author": "Ann"}``, or texts such as "date>=2024". Raises SettingError where ``k`` is below 1 or ``where`` is
        no condition, and SourceError for the id of a document that is not there, for sections in which nothing stands
        and for conditions that no document meets.

        >>> import qa
        >>> qa.default().search("visas", k=1)[0].passage.section
        ('Travel regime',)
        """
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        return self._hits(understand(question, self.index), k, passages_within(self.index, documents, sections, where))

    def audit(self, text: str, *, progress: Progress | None = None) -> AuditReport:
        """What the documents say to each claim of a plain text: its verdict, the quotes, and what differs.

        The judge is loaded at the first call. Raises ModelError where it cannot be.

        >>> import qa
        >>> qa.default().audit("Visas were abolished in 2009.").claims[0].verdict
        'supported'
        """
        from qa.audit.auditing import audit

        return audit(self, text, progress=progress)

    def verify(self, answer: Answer | Mapping[str, Any], *, replay: bool = False) -> Verification:
        """Whether a saved answer (or its JSON) still holds: each quote, verbatim, where its citation says.

        With ``replay`` the question is asked again as well, and must give the same.

        >>> import qa
        >>> engine = qa.default(reader="lexical")
        >>> engine.verify(engine.ask("When were visas abolished?").to_dict()).ok
        True
        """
        from qa.audit.verification import verify

        return verify(self, answer, replay=replay)

    def documents(self) -> Iterator[Document]:
        """The indexed documents, in the order in which they were read."""
        return self.index.documents()

    def passages(self) -> Iterator[Passage]:
        """The indexed passages, by passage number."""
        return self.index.passages()

    def document(self, name: str) -> Document:
        """The document of that id.

        Raises SourceError where no document has it.
        """
        try:
            return self.index.document(name)
        except KeyError:
            raise no_document(name) from None

    def section(self, name: str, path: str) -> Section:
        """The first section of a document whose headings, or their last, read like ``path``, with its subsections.

        Headings are joined by " > "; "" is the lead alone. Raises SourceError where the document has no such section.
        """
        return section_named(self.document(name), path)

    def save(self, folder: str) -> None:
        """Writes the index to a folder that ``qa.open`` opens; an index that stands there is replaced.

        Raises IndexFolderError where the folder cannot be written or holds something else.
        """
        from index.folder.storage import save_index

        save_index(self.index, folder)

    def over(self, index: Index) -> Engine:
        """An engine with the same reader and threshold over another index."""
        engine = copy(self)
        engine.index = index
        return engine

    def counts(self) -> dict[str, int]:
        """How much is indexed: documents and passages."""
        return {"documents": self.index.document_count, "passages": len(self.index)}

    def summary(self) -> str:
        """How much is indexed, in words."""
        return ", ".join(f"{count:,} {name if count != 1 else name[:-1]}" for name, count in self.counts().items())

    def read(self, question: str, *, hits: Sequence[Hit] | None = None) -> Candidates:
        """What ranking and reading find for a question, before confidence decides on it.

        ``hits`` are the passages to read, best first; without them the best of the index are.

        >>> import qa
        >>> candidates = qa.default().read("When were visas abolished?")
        >>> candidates.hits[candidates.spans[0].passage].passage.section
        ('Travel regime',)
        """
        meant = understand(question, self.index)
        asked = self._asked(meant)
        if hits is not None:
            return read_candidates(self.index, self.reader, asked, hits)
        return self._read_meant(meant, asked, self._with_all_of_few(self._matching(meant, asked, None), None), None)

    def _asked(self, meant: Understood) -> Asked:
        """The question taken apart, once for all that ranks, reads and decides."""
        terms = meant.terms(self.index)
        return Asked(analyse_question(meant.question), terms, meant.known(terms, self.index), meant.trust)

    def _read_meant(
        self, meant: Understood, asked: Asked, hits: Sequence[Hit], within: NDArray[np.int64] | None
    ) -> Candidates:
        """What is found for a question, for it in the documents' words, or for what may have been meant."""
        read = partial(read_candidates, self.index, self.reader)
        found = read(asked, hits)
        if (other := meant.in_their_words) is not None:
            found = max(found, read(self._asked(other), hits), key=lambda each: self._confidence(each, 0))
        if (other := meant.other) is None:
            return found
        asked = self._asked(other)
        hits = self._with_all_of_few(self._matching(other, asked, within), within)
        return likelier(found, read(asked, hits), meant.likely)

    def _confidence(self, candidates: Candidates, rank: int) -> float:
        if rank >= len(candidates.spans):
            return 0.0
        return candidates.asked.trust * self.confidence.probability(candidates.evidence(rank))

    def _ask_yes_no(
        self, meant: Understood, within: NDArray[np.int64] | None, min_confidence: float | None
    ) -> Answer | None:
        """Yes or No with the quote that decides it, or a refusal; None where the question asks for something else."""
        from qa.audit.yes_no import ask_yes_no

        threshold = self._min_confidence if min_confidence is None else min_confidence

        def found(text: str, k: int) -> list[Hit]:
            return self._hits(understand(text, self.index), k, within)

        return ask_yes_no(self, meant.question, search=found, min_confidence=threshold)

    def _matching(self, meant: Understood, asked: Asked, within: NDArray[np.int64] | None) -> list[Hit]:
        """The passages worth reading that hold a term of the question, best first."""
        return self._hits(meant, self._most_hits, within) if meant.can_match(asked.known, self.index) else []

    def _with_all_of_few(self, hits: list[Hit], within: NDArray[np.int64] | None) -> list[Hit]:
        """Hits and, where there are so few passages that all could be hits, the others in their order.

        In a price list of ten lines a question may well use none of its words.
        """
        pool = range(len(self.index)) if within is None else within
        if not self.reader.knows_other_words or len(hits) >= len(pool) or len(pool) > self._most_hits:
            return hits
        found = {(hit.passage.document, hit.passage.start) for hit in hits}
        others = (self.index.passage(int(number)) for number in pool)
        return [*hits, *(Hit(each, 0.0) for each in others if (each.document, each.start) not in found)]

    @property
    def _most_hits(self) -> int:
        return SHORT_PASSAGES * self.reader.passages

    def _hits(self, meant: Understood, k: int, within: NDArray[np.int64] | None) -> list[Hit]:
        hits = search(meant, self.index, k, within=within)
        return [
            Hit(self.index.passage(int(number)), float(score))
            for number, score in zip(hits.numbers, hits.scores, strict=True)
        ]

    def _alternatives(self, candidates: Candidates, top: int) -> list[Alternative]:
        """The best answers, cited and with their confidence, best first."""
        answers: list[Alternative] = []
        for rank, span in enumerate(candidates.spans[:top]):
            citation = cite_span(span, candidates.hits[span.passage].passage, self.index)
            confidence = round(self._confidence(candidates, rank), 4)
            confidence = min([confidence, *(answer.confidence for answer in answers)])  # the best is the surest
            answers.append(Alternative(citation.text, confidence, round(span.score, 4), citation))
        return answers


def _probability(given: float) -> float:
    if not 0 <= given <= 1:
        raise SettingError(f"min_confidence is {given}; a probability from 0 to 1 was expected")
    return given


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
