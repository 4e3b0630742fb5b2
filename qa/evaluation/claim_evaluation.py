"""How well claims are judged: accuracy, macro-F1, each verdict's precision and recall, confusions, and calibration."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.documents import Document, Section
from corpus.progress import Progress
from corpus.records import Record
from corpus.sentences import split_sentences
from qa.audit.auditing import Judged
from qa.audit.calibration import VERDICTS
from qa.audit.claim_files import LabelledClaim
from qa.audit.evidence import Piece, find_pieces, whole_piece
from qa.evaluation import metrics
from qa.evaluation.figures import skipped_lines
from qa.labelled import SkippedQuestion
from qa.wording import counted

if TYPE_CHECKING:
    from qa.asker import Asker

READ_WHOLE = 4  # sentences: longer evidence is searched, as documents are


@dataclass(frozen=True, slots=True)
class JudgedRow(Record):
    """One claim with its right verdict, the one that was given, and its confidence."""

    id: str
    claim: str
    right: str
    verdict: str
    confidence: float
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class ClassFigures(Record):
    """How well one verdict is given: of those given, and of those that are right; F1 of both."""

    claims: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class ClaimFigures(Record):
    """What judged claims add up to; shares are from 0 to 1.

    ``macro_f1`` is the mean F1 of the verdicts that are right for any claim, ``two_class_macro_f1`` that of supported
    and not. ``confusions`` counts the verdicts given for each right one. ``contradicted_called_supported`` is the share
    of the contradicted claims that were called supported. ``complete`` is false where it was stopped.
    """

    name: str
    mode: str
    claims: int
    accuracy: float
    macro_f1: float
    two_class_macro_f1: float
    contradicted_called_supported: float | None
    ece: float | None
    verdicts: dict[str, Any]
    confusions: dict[str, dict[str, int]]
    p50_ms: float
    p95_ms: float
    complete: bool = True
    skipped: tuple[SkippedQuestion, ...] = ()

    def table(self) -> str:
        """The figures as text for a terminal."""
        lines = [f"{self.name}: {counted(self.claims, 'claim')}, {self.mode}"]
        for label, share in (
            ("accuracy", self.accuracy),
            ("macro-F1", self.macro_f1),
            ("macro-F1, supported or not", self.two_class_macro_f1),
            ("contradicted, called supported", self.contradicted_called_supported),
        ):
            if share is not None:
                lines.append(f"  {label:<34}{100 * share:8.1f} %")
        if self.ece is not None:
            lines.append(f"  {'ECE, 10 bins of equal mass':<34}{self.ece:8.3f}")
        lines.append(f"  {'time a claim, p50 / p95':<34}{self.p50_ms:8.1f} ms / {self.p95_ms:.1f} ms")
        for name, figures in self.verdicts.items():
            told = "  ".join(
                f"{label} {100 * figures[label]:.1f} %"
                for label in ("precision", "recall", "f1")
                if figures[label] is not None
            )
            lines.append(f"  {name.replace('_', ' '):<14} {figures['claims']:>6,} claims  {told}")
            given = ", ".join(
                f"{count:,} {other.replace('_', ' ')}" for other, count in self.confusions[name].items() if count
            )
            lines.append(f"  {'':<14} called {given or 'nothing'}")
        lines += skipped_lines(self.skipped, "claim")
        return "\n".join(lines)


def evaluate_claims(
    claims: Sequence[LabelledClaim],
    open_engine: Callable[[], Asker],
    *,
    name: str,
    skipped: tuple[SkippedQuestion, ...] = (),
    progress: Progress | None = None,
) -> tuple[ClaimFigures, list[JudgedRow]]:
    """How well claims are judged, each by its own evidence, or where it has none by what an engine finds.

    The engine is opened only where it is needed. On Ctrl-C the figures are of the claims judged so far.
    """
    rows: list[JudgedRow] = []
    alone = sum(claim.evidence is not None for claim in claims)
    engine = open_engine() if alone < len(claims) else None
    complete = True
    try:
        for number, claim in enumerate(claims, start=1):
            started = time.perf_counter()
            pieces = find_pieces(engine, claim.claim) if claim.evidence is None and engine else _given(claim)
            judged = Judged(claim.claim, pieces)
            own = claim.evidence is not None and len(pieces) == 1
            likely = judged.pieces[0] if own else judged.total
            verdict = int(np.argmax(likely)) if own else judged.verdict
            rows.append(
                JudgedRow(
                    id=claim.id,
                    claim=claim.claim,
                    right=VERDICTS[claim.verdict],
                    verdict=VERDICTS[verdict],
                    confidence=round(float(likely[verdict]), 4),
                    elapsed_ms=round(1000 * (time.perf_counter() - started), 3),
                )
            )
            if progress is not None:
                progress(number, len(claims))
    except KeyboardInterrupt:
        complete = False
    mode = (
        "each by its own evidence" if engine is None else "evidence found" + (" where none is given" if alone else "")
    )
    return figures_of(rows, name=name, mode=mode, complete=complete, skipped=skipped), rows


def figures_of(
    rows: Sequence[JudgedRow],
    *,
    name: str = "claims",
    mode: str = "",
    complete: bool = True,
    skipped: tuple[SkippedQuestion, ...] = (),
) -> ClaimFigures:
    """What judged claims add up to.

    >>> right = JudgedRow("1", "Tea is hot.", "supported", "supported", 0.9, 5.0)
    >>> figures = figures_of([right, JudgedRow("2", "Tea is old.", "not_found", "supported", 0.6, 5.0)])
    >>> figures.accuracy, figures.verdicts["supported"]["precision"], figures.confusions["not_found"]["supported"]
    (0.5, 0.5, 1)
    """
    named = [verdict for verdict in VERDICTS if any(row.right == verdict for row in rows)]
    pairs = [(row.right, row.verdict) for row in rows]
    single = {verdict: _of_class([(right == verdict, given == verdict) for right, given in pairs]) for verdict in named}
    two = [
        _of_class([((right == "supported") == side, (given == "supported") == side) for right, given in pairs])
        for side in (True, False)
    ]
    wrong = [row.verdict == "supported" for row in rows if row.right == "contradicted"]
    times = [row.elapsed_ms for row in rows]
    return ClaimFigures(
        name=name,
        mode=mode,
        claims=len(rows),
        accuracy=metrics.mean([float(right == given) for right, given in pairs]) or 0.0,
        macro_f1=metrics.mean([figures.f1 or 0.0 for figures in single.values()]) or 0.0,
        two_class_macro_f1=metrics.mean([figures.f1 or 0.0 for figures in two if figures.claims]) or 0.0,
        contradicted_called_supported=metrics.mean([float(called) for called in wrong]),
        ece=metrics.calibration_error([row.confidence for row in rows], [right == given for right, given in pairs]),
        verdicts={verdict: figures.to_dict() for verdict, figures in single.items()},
        confusions={verdict: {other: pairs.count((verdict, other)) for other in VERDICTS} for verdict in named},
        p50_ms=metrics.percentile(times, 0.5) or 0.0,
        p95_ms=metrics.percentile(times, 0.95) or 0.0,
        complete=complete,
        skipped=skipped,
    )


def _of_class(pairs: Sequence[tuple[bool, bool]]) -> ClassFigures:
    """The figures of one verdict, from whether it is right and whether it was given, for each claim."""
    right, given = sum(truth for truth, _ in pairs), sum(said for _, said in pairs)
    both = sum(truth and said for truth, said in pairs)
    precision = both / given if given else None
    recall = both / right if right else None
    return ClassFigures(right, precision, recall, 2 * both / (right + given) if right + given else None)


def _given(claim: LabelledClaim) -> list[Piece]:
    """The evidence that a claim comes with, as one piece; long evidence as the pieces that tell most of the claim."""
    from qa.opening import build_documents

    text = claim.evidence or ""
    if not text.strip():
        return []
    if len(split_sentences(text)) <= READ_WHOLE:
        return [whole_piece(claim.title, text)]
    document = Document("evidence", claim.title, text, (Section((), 0, len(text)),), "evidence")
    return find_pieces(build_documents([document], reader="lexical"), claim.claim) or [whole_piece(claim.title, text)]
