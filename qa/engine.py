"""The engine: open or build an index, ask it, and get cited answers or honest refusals."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpus.documents import Document, Passage, Section
from corpus.errors import SettingError, SourceError
from corpus.records import Record
from qa.answers import Alternative, Answer, Citation
from qa.citing import cite, merge_spans
from qa.confidence import Asked, Confidence, Seen, evidence
from qa.questions import analyse_question, is_denied
from qa.readers import DEFAULT_READER, THREADS, Reader, check_reader, load_reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.sources import SkippedFile
    from index.analysis import Analyzer
    from index.build import IndexSettings
    from index.search import Index
    from qa.audit.report import AuditReport
    from qa.audit.verification import Verification
    from qa.readers.base import Reading, Span

Progress = Callable[[int, int | None], None]

NEAREST = 3
"""How many of the nearest sentences a refusal shows."""


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """One ranked passage: ``score`` is the weighting's, comparable within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What ranking and reading found: the passages, the spans and the distinct answers among them, best first."""

    asked: Asked
    hits: Sequence[Hit]
    seen: Seen
    reading: Reading
    spans: Sequence[Span]
    analyzer: Analyzer

    def evidence(self, rank: int) -> dict[str, float]:
        """What speaks for and against the answer at that rank, from 0."""
        span = self.spans[rank]
        passage = self.hits[span.passage].passage
        start, end = span.sentence
        sentence = self.analyzer.terms(passage.text[start - passage.start : end - passage.start])
        return evidence(self.asked, self.seen, self.reading, self.spans, rank, sentence=sentence)


class UnknownSectionError(SourceError):
    """No passage stands in the sections that were named."""


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
        self._opening = (reader or DEFAULT_READER, threads)
        check_reader(*self._opening)
        self._min_confidence = None if min_confidence is None else _probability(min_confidence)

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

    def ask(
        self,
        question: str,
        *,
        top: int = 3,
        min_confidence: float | None = None,
        documents: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question with up to ``top`` - 1 alternatives, or a refusal with its reason.

        With ``documents`` (ids) or ``sections`` only those are read, as ``search`` has it; ``no_match`` then says
        that none of them holds a term of the question. Raises SettingError where ``top`` is below 1 or
        ``min_confidence`` is outside 0 to 1, and SourceError for the id of a document that is not there and for
        sections in which nothing stands.

        >>> import qa
        >>> qa.default().ask("When were visas abolished?").text
        '2009'
        """
        started = time.perf_counter()
        if top < 1:
            raise SettingError(f"top is {top}; at least 1 answer must be asked for")
        threshold = self.min_confidence if min_confidence is None else _probability(min_confidence)
        within = self._within(documents, sections)
        asked = self._asked(question)
        if not asked.terms:
            return Answer.refusal(question, "empty_question", elapsed_ms=_milliseconds_since(started))
        if not asked.known:
            return Answer.refusal(question, "no_match", elapsed_ms=_milliseconds_since(started))
        if analyse_question(question).kind == "yes_no":
            decided = self._ask_yes_no(question, within, min_confidence)
            if decided is not None:
                return replace(decided, elapsed_ms=_milliseconds_since(started))
        hits = self._hits(question, self.reader.passages, within)
        if not hits:
            return Answer.refusal(question, "no_match", elapsed_ms=_milliseconds_since(started))
        candidates = self._read(question, asked, hits)
        answers = self._alternatives(candidates, top)
        if not answers or answers[0].confidence < threshold:
            return Answer.refusal(
                question,
                "low_confidence",
                confidence=answers[0].confidence if answers else 0.0,
                score=answers[0].score if answers else candidates.reading.no_answer,
                nearest=self._nearest(candidates),
                elapsed_ms=_milliseconds_since(started),
            )
        best = answers[0]
        return Answer(
            question=question,
            answered=True,
            text=best.text,
            confidence=best.confidence,
            score=best.score,
            citation=best.citation,
            alternatives=tuple(answers[1:]),
            elapsed_ms=_milliseconds_since(started),
        )

    def ask_many(
        self, questions: Iterable[str], *, top: int = 3, min_confidence: float | None = None
    ) -> Iterator[Answer]:
        """The answers to any iterable of questions, in its order, each as soon as it is there.

        Raises SettingError where ``questions`` is one text.
        """
        if isinstance(questions, str):
            raise SettingError(f"questions is the text {questions[:80]!r}; give a list of questions, or call ask")
        for question in questions:
            yield self.ask(question, top=top, min_confidence=min_confidence)

    def search(
        self, question: str, *, k: int = 5, documents: Sequence[str] = (), sections: Sequence[str] = ()
    ) -> list[Hit]:
        """The ``k`` best passages for a question, best first; fewer where fewer hold a term of it.

        ``documents`` (ids) and ``sections`` bound where they are looked for; a section is named by its headings
        joined by " > " or by its own heading, and its subsections belong to it. Raises SettingError where ``k`` is
        below 1, and SourceError for the id of a document that is not there and for sections in which nothing stands.

        >>> import qa
        >>> qa.default().search("visas", k=1)[0].passage.section
        ('Travel regime',)
        """
        if k < 1:
            raise SettingError(f"k is {k}; at least 1 passage must be asked for")
        return self._hits(question, k, self._within(documents, sections))

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
            raise _no_document(name) from None

    def section(self, name: str, path: str) -> Section:
        """The first section of a document whose headings, or their last, read like ``path``, with its subsections.

        Headings are joined by " > "; "" is the lead alone. Raises SourceError where the document has no such section.
        """
        return section_of(self.document(name), path)

    def save(self, folder: str) -> None:
        """Writes the index to a folder that ``qa.open`` opens; an index that stands there is replaced.

        Raises IndexFolderError where the folder cannot be written or holds something else.
        """
        from index.storage import save_index

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
        hits = self.search(question, k=self.reader.passages) if hits is None else hits
        return self._read(question, self._asked(question), hits)

    def _asked(self, question: str) -> Asked:
        terms = dict.fromkeys(self.index.analyzer.content_terms(question))
        return Asked(
            kind=analyse_question(question).kind,
            terms={term: self.index.idf(term) for term in terms},
            known=frozenset(term for term in terms if self.index.holds(term)),
            denied=is_denied(question),
        )

    def _read(self, question: str, asked: Asked, hits: Sequence[Hit]) -> Candidates:
        analyzer = self.index.analyzer
        passages = [hit.passage for hit in hits]
        scores = [hit.score for hit in hits]
        seen = Seen.of(asked, scores, [analyzer.terms(passage.with_headings()) for passage in passages])
        worth = seen.worth_reading(self.reader.least_coverage)
        reading = self.reader.read(question, passages[:worth], scores[:worth])
        spans = merge_spans(reading.spans, passages, reading.no_answer)
        return Candidates(asked, hits, seen, reading, spans, analyzer)

    def _ask_yes_no(
        self, question: str, within: NDArray[np.int64] | None, min_confidence: float | None
    ) -> Answer | None:
        """Yes or No with the quote that decides it, or a refusal; None where the question asks for something else."""
        from qa.audit.yes_no import ask_yes_no

        threshold = self._min_confidence if min_confidence is None else min_confidence
        return ask_yes_no(self, question, search=lambda text, k: self._hits(text, k, within), min_confidence=threshold)

    def _hits(self, question: str, k: int, within: NDArray[np.int64] | None) -> list[Hit]:
        hits = self.index.search(question, k, within=within)
        return [
            Hit(self.index.passage(int(number)), float(score))
            for number, score in zip(hits.numbers, hits.scores, strict=True)
        ]

    def _within(self, documents: Sequence[str], sections: Sequence[str]) -> NDArray[np.int64] | None:
        """The passages of those documents and sections, or None where all may be found."""
        for name, given in (("documents", documents), ("sections", sections)):
            if isinstance(given, str):
                raise SettingError(f"{name} is the text {given!r}; give a list, as in [{given!r}]")
        if not documents and not sections:
            return None
        try:
            within = self.index.within(documents, sections)
        except KeyError as error:
            raise _no_document(str(error.args[0])) from None
        if sections and not len(within):
            raise UnknownSectionError(
                f"nothing stands in a section {' or '.join(map(repr, sections))} of the documents asked; name it by "
                'its heading, or by its headings joined by " > ", without the title'
            )
        return within

    def _alternatives(self, candidates: Candidates, top: int) -> list[Alternative]:
        """The best answers, cited and with their confidence, best first."""
        answers = []
        for rank, span in enumerate(candidates.spans[:top]):
            citation = cite(candidates.hits[span.passage].passage, span.start, span.end, self.index)
            confidence = round(self.confidence.probability(candidates.evidence(rank)), 4)
            answers.append(Alternative(citation.text, confidence, round(span.score, 4), citation))
        return answers

    def _nearest(self, candidates: Candidates) -> tuple[Citation, ...]:
        """Citations of the nearest distinct sentences: those the reader ranked best, then passage openings."""
        hits = candidates.hits
        places = [(span.passage, span.sentence) for span in candidates.reading.spans]
        places += [(number, hit.passage.sentences[0]) for number, hit in enumerate(hits) if hit.passage.sentences]
        nearest: dict[tuple[str, int], Citation] = {}
        for number, (start, end) in places:
            passage = hits[number].passage
            if len(nearest) < NEAREST and (passage.document, start) not in nearest:
                nearest[passage.document, start] = cite(passage, start, end, self.index)
        return tuple(nearest.values())


def build(
    paths: Sequence[str],
    *,
    reader: str | None = None,
    threads: int = THREADS,
    settings: IndexSettings | None = None,
    on_skip: Callable[[SkippedFile], None] | None = None,
    progress: Progress | None = None,
    memory: int | None = None,
    scratch: str | os.PathLike[str] | None = None,
) -> Engine:
    """An engine in memory over the files and folders named.

    ``on_skip`` is told each file that could not be read, with the cause; the rest goes on. What ``memory``
    (bytes, about) cannot hold goes to files in ``scratch``, a folder that is made and deleted again.
    Raises SourceError where a path does not exist or nothing at all could be read.
    """
    from corpus.reading import Reading
    from index.build import build_index
    from index.origin import origin_of
    from index.sources import with_sources

    if isinstance(paths, str):
        raise SettingError(f"paths is the text {paths!r}; give a list of paths, as in [{paths!r}]")
    skipped: list[SkippedFile] = []

    def skip(file: SkippedFile) -> None:
        skipped.append(file)
        if on_skip is not None:
            on_skip(file)

    reading = Reading(paths, on_skip=skip)
    index = build_index(reading, settings=settings, progress=progress, memory=memory, scratch=scratch)
    if len(index) == 0:
        causes = "; ".join(f"{file.path}: {file.cause}" for file in skipped[:3])
        more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
        raise SourceError(
            f"no document to read in {', '.join(map(str, paths))}" + (f" ({causes}{more})" if causes else "")
        )
    index = with_sources(index, origin_of(reading.base, reading.roots), reading.files, reading.counts)
    return Engine(index, reader=reader, threads=threads)


def build_documents(
    documents: Iterable[Document],
    *,
    reader: str | None = None,
    threads: int = THREADS,
    settings: IndexSettings | None = None,
    progress: Progress | None = None,
) -> Engine:
    """An engine in memory over documents that are already there.

    >>> from corpus.documents import Document, Section
    >>> text = "Tea was first drunk in China."
    >>> tea = Document("tea", "Tea", text, (Section((), 0, len(text)),), "tea.txt")
    >>> build_documents([tea]).counts()
    {'documents': 1, 'passages': 1}
    """
    from index.build import IndexSettings, build_index

    index = build_index(documents, settings=settings or IndexSettings(), progress=progress)
    return Engine(index, reader=reader, threads=threads)


def open(folder: str, *, reader: str | None = None, threads: int = THREADS, verify: bool = False) -> Engine:
    """An engine over an index folder, memory-mapped: it opens in milliseconds, whatever the size.

    With ``verify`` every file is checked against its hash. Raises IndexFolderError where the folder is
    not an index, is damaged, or is of a newer format.
    """
    from index.storage import open_index

    return Engine(open_index(folder, verify=verify), reader=reader, threads=threads)


def default(*, reader: str | None = None, threads: int = THREADS) -> Engine:
    """An engine over the default article, which comes with the package."""
    from corpus.sources import default_article

    return build_documents([default_article()], reader=reader, threads=threads)


def section_of(document: Document, path: str) -> Section:
    """``Engine.section`` of a document that is already there."""
    wanted = path.strip().casefold()
    for section in document.sections:
        if not wanted and not section.path:
            return section
        for depth in range(1, len(section.path) + 1):
            above = section.path[:depth]
            if wanted in (" > ".join(above).casefold(), above[-1].casefold()):
                inside = [other for other in document.sections if other.path[:depth] == above]
                return Section(above, inside[0].start, inside[-1].end)
    known = ", ".join(repr(" > ".join(section.path)) for section in document.sections)
    raise SourceError(f"{document.id} has no section {path!r}; its sections are {known}")


def _no_document(name: str) -> SourceError:
    return SourceError(f"no document {name!r} in this index; `qa show` lists the documents")


def _probability(given: float) -> float:
    if not 0 <= given <= 1:
        raise SettingError(f"min_confidence is {given}; a probability from 0 to 1 was expected")
    return given


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
