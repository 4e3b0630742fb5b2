"""What an audit gives: each claim of a text with its verdict, the quotes for and against it, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Record
from qa.answers import Citation
from qa.audit.checks import Difference

Verdict = Literal["supported", "contradicted", "not_found", "not_a_claim"]
VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "not_found", "not_a_claim")


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """A quote that speaks ``for`` or ``against`` a claim."""

    stance: Literal["for", "against"]
    citation: Citation


@dataclass(frozen=True, slots=True)
class JudgedClaim(Record):
    """A claim of a text and what the documents say to it.

    ``text`` is the audited text's ``[start, end)``, in code points; ``sentence`` is the number of its sentence, from
    0. ``understood`` is the claim as it was judged, where its pronouns were replaced by what they mean, else null.
    ``confidence`` is the calibrated probability of the verdict. A verdict but ``not_found`` has ``evidence`` with at
    least one quote; ``not_found`` lists what is ``nearest``. ``differs`` says what the claim has and what the source
    has instead. ``known`` marks what an earlier report (the baseline) had with the same verdict.
    """

    text: str
    start: int
    end: int
    sentence: int
    verdict: Verdict
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    differs: tuple[Difference, ...] = ()
    nearest: tuple[Citation, ...] = ()
    understood: str | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Summary(Record):
    """How much of a text was covered: its sentences, the claims among them, and their verdicts.

    >>> Summary(52, 40, 33, 2, 5, 12).line()
    '52 sentences: 40 claims, 33 supported, 2 contradicted, 5 not found; 12 not claims'
    """

    sentences: int
    claims: int
    supported: int
    contradicted: int
    not_found: int
    not_a_claim: int

    @classmethod
    def of(cls, claims: Sequence[JudgedClaim]) -> Summary:
        """What claims add up to."""
        counts = Counter(claim.verdict for claim in claims)
        found = {verdict: counts[verdict] for verdict in VERDICTS}
        return cls(len({claim.sentence for claim in claims}), len(claims) - found["not_a_claim"], **found)

    def line(self) -> str:
        """The summary in words."""
        claims = f"{self.claims:,} claim{'s' if self.claims != 1 else ''}"
        told = [f"{getattr(self, verdict):,} {verdict.replace('_', ' ')}" for verdict in VERDICTS[:3] if self.claims]
        others = f"; {self.not_a_claim:,} not claims" if self.not_a_claim else ""
        sentences = f"{self.sentences:,} sentence{'s' if self.sentences != 1 else ''}"
        return f"{sentences}: {', '.join([claims, *told])}{others}"


@dataclass(frozen=True, slots=True)
class AuditReport(Record):
    """The claims of a text in its order with their verdicts; ``complete`` is false where the audit was stopped.

    ``sha256`` is that of the audited text, whose positions the claims have. ``notes`` tell what may make the
    verdicts less sure, as a text that is not English.
    """

    source: str
    sha256: str
    claims: tuple[JudgedClaim, ...]
    summary: Summary
    complete: bool = True
    notes: tuple[str, ...] = ()
