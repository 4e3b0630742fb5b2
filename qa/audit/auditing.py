"""The audit: cuts a text into claims, finds what the documents say to each, and judges it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Section
from corpus.english.function_words import STOP_WORDS
from corpus.progress import Progress
from index.terms.analysis import fold
from qa.answers import Citation
from qa.audit.calibration import (
    CONTRADICTED,
    NOT_FOUND,
    SUPPORTED,
    VERDICTS,
    claim_features,
    load_calibration,
    piece_features,
)
from qa.audit.checks import SAME_MATTER, Checked, Difference, Stated, check, within
from qa.audit.claims import Claim, split_claims
from qa.audit.evidence import Piece, find_pieces, narrowest, nearest_sentence
from qa.audit.judge import load_judge
from qa.audit.quotations import misquoted
from qa.audit.report import AuditReport, Evidence, JudgedClaim, Summary, Verdict

if TYPE_CHECKING:
    from qa.asker import Asker

REMEMBERED = 4  # sentences before a claim that its pronouns may lean on
NEAREST = 3
OFFERED = 0.5  # a piece of evidence is shown where its own probability is above this
SURE_OF_NO_CLAIM = 0.95  # by hand: rules say what is no claim
SURE_OF_WORDS = 0.9  # by hand: words that are quoted, and stand otherwise in a source


_OTHER_LANGUAGE = "the text does not look like English, the only language that the judge has learned"
_EMPTY = "the text is empty"
_NO_CLAIM = "no sentence of the text states what could be checked"
_LOOKED_AT = 20_000  # code points
_FEW_WORDS = 15
_SMALL_WORDS = 0.12  # of the words; of the default article they are 0.4


class Judged:
    """The pieces of evidence of one claim, judged: how likely each verdict is, by each piece and by all together.

    ``pieces`` are float64 (3,) each, ``total`` is float64 (3,), in the order of ``VERDICTS``; ``verdict`` is
    the number of one of them.
    """

    def __init__(self, claim: str, pieces: Sequence[Piece]) -> None:
        calibration, judge = load_calibration(), load_judge()
        stated = Stated.of(claim)
        self.found = list(pieces)
        theirs = [Stated.of(piece.text) for piece in pieces]
        logits = [
            judge.logits(within(stated, told), [(piece.title, piece.text)])[0]
            for piece, told in zip(pieces, theirs, strict=True)
        ]
        self.checks: list[Checked] = []
        self.pieces: list[NDArray[np.float64]] = []
        for piece, told, row in zip(pieces, theirs, logits, strict=True):
            checked = check(stated, told, piece.title)
            self.checks.append(checked)
            self.pieces.append(calibration.piece.probabilities(piece_features(row, checked)))
        self.total = calibration.claim.probabilities(claim_features(self.pieces, self.checks))
        self.verdict = calibration.verdict(self.total)

    def best(self, verdict: int) -> int | None:
        """The number of the piece that speaks most for a verdict; None where there is no piece."""
        if not self.pieces:
            return None
        return max(range(len(self.pieces)), key=lambda number: (self.pieces[number][verdict], -number))


def audit(engine: Asker, text: str, *, source: str = "text", progress: Progress | None = None) -> AuditReport:
    """What the engine's documents say to each claim of a plain text.

    >>> import qa
    >>> report = audit(qa.default(), "Visas were abolished in 2012.")
    >>> report.claims[0].verdict, report.claims[0].differs[0].source
    ('contradicted', '2009')
    """
    return audit_document(engine, text_document(text, source), progress=progress)


def text_document(text: str, source: str = "text") -> Document:
    """A plain text as a document of one section."""
    return Document("text", "", text, (Section((), 0, len(text)),), source)


def audit_document(engine: Asker, document: Document, *, progress: Progress | None = None) -> AuditReport:
    """What the engine's documents say to each claim of a document; on Ctrl-C, to those judged so far."""
    claims = list(split_claims(document))
    judged: list[JudgedClaim] = []
    complete = True
    try:
        for number, claim in enumerate(judge_claims(engine, claims), start=1):
            judged.append(claim)
            if progress is not None:
                progress(number, len(claims))
    except KeyboardInterrupt:
        complete = False
    return report_of(document, judged, complete=complete)


def report_of(document: Document, judged: Sequence[JudgedClaim], *, complete: bool = True) -> AuditReport:
    """The report of a document's claims that were judged."""
    summary = Summary.of(judged)
    notes = [] if looks_english(document.text) else [_OTHER_LANGUAGE]
    if complete and not summary.claims:
        notes.append(_NO_CLAIM if document.text.strip() else _EMPTY)
    return AuditReport(document.source, document.sha256, tuple(judged), summary, complete, tuple(notes))


def looks_english(text: str) -> bool:
    """Whether a text may be English: of its first words, some are the small words of English; a short text may be.

    >>> looks_english("The tea is hot and the ice is cold, as it was in the book that he read to us on that day.")
    True
    """
    words = [fold(word) for word in text[:_LOOKED_AT].split()]
    return len(words) < _FEW_WORDS or sum(word in STOP_WORDS for word in words) >= _SMALL_WORDS * len(words)


def judge_claims(engine: Asker, claims: Sequence[Claim]) -> Iterator[JudgedClaim]:
    """Each claim with its verdict, as soon as it is there."""
    before: deque[str] = deque(maxlen=REMEMBERED)
    for claim in claims:
        if not claim.stated:
            yield JudgedClaim(claim.text, claim.start, claim.end, claim.sentence, "not_a_claim", SURE_OF_NO_CLAIM)
        else:
            full = in_full(engine, claim.said, list(before))
            yield judge_claim(engine, claim, full)
            before.append(full)


def in_full(engine: Asker, said: str, before: Sequence[str]) -> str:
    """A claim with its pronouns replaced by what they mean, from the sentences before it.

    >>> import qa
    >>> in_full(qa.default(reader="lexical"), "It opened in 1987.", ["The library was designed by Ada Brunner."])
    'The library opened in 1987.'
    """
    from qa.conversation import Turn
    from qa.conversation.kinds import Kinds
    from qa.conversation.pronouns import leans, resolve
    from qa.conversation.referents import referents
    from qa.questions import MAX_ANALYSED

    history = [Turn(sentence, None) for sentence in before if len(sentence) <= MAX_ANALYSED]
    if not history or len(said) > MAX_ANALYSED or not leans(said):
        return said
    kinds = Kinds(engine)
    resolved = resolve(said, referents(history, kinds), kinds)
    return resolved[:1].upper() + resolved[1:] if resolved != said else said


def judge_claim(engine: Asker, claim: Claim, full: str) -> JudgedClaim:
    """A claim with its verdict, the quotes for and against it, and what differs."""
    found = Judged(full, find_pieces(engine, full))
    number = found.verdict
    verdict: Verdict = VERDICTS[number]  # type: ignore[assignment]
    evidence = [
        (stance, place)
        for stance, decided in (("for", SUPPORTED), ("against", CONTRADICTED))
        if (place := found.best(decided)) is not None and (decided == number or found.pieces[place][decided] >= OFFERED)
    ]
    wrong = misquoted(engine, full) if number != NOT_FOUND or found.found else None
    differs: tuple[Difference, ...] = ()
    if number != SUPPORTED and found.found:
        place = found.best(CONTRADICTED) if number == CONTRADICTED else 0
        checked = found.checks[place or 0]
        if number == CONTRADICTED or checked.covered >= SAME_MATTER:
            differs = checked.differs
    quotes = [
        Evidence(stance, cite_piece(engine, full, found.found[place]))  # type: ignore[arg-type]
        for stance, place in (evidence if number != NOT_FOUND else [])
    ]
    if wrong is not None:
        verdict, differs = "contradicted", (wrong[0], *differs)
        quotes = [quote for quote in quotes if quote.stance == "against"] + [Evidence("against", wrong[1])]
    # The quote that decides comes first.
    quotes.sort(key=lambda quote: (quote.stance == "for") != (verdict == "supported"))
    return JudgedClaim(
        text=claim.text,
        start=claim.start,
        end=claim.end,
        sentence=claim.sentence,
        verdict=verdict,
        confidence=round(float(found.total[number]), 4) if wrong is None else SURE_OF_WORDS,
        evidence=tuple(quotes),
        differs=differs,
        nearest=nearest_of(engine, full, found) if verdict == "not_found" else (),
        understood=full if full != claim.said else None,
    )


def cite_piece(engine: Asker, claim: str, piece: Piece) -> Citation:
    """The citation of what in a piece of evidence speaks to a claim."""
    from qa.citing import cite

    return cite(piece.passage, *narrowest(engine, claim, piece), engine.index)


def nearest_of(engine: Asker, claim: str, found: Judged) -> tuple[Citation, ...]:
    """The nearest distinct sentences of a claim that was not found."""
    from qa.citing import cite

    cited: dict[tuple[str, int], Citation] = {}
    for piece in found.found:
        citation = cite(piece.passage, *nearest_sentence(engine, claim, piece), engine.index)
        cited.setdefault((citation.document, citation.quote_start), citation)
    return tuple(list(cited.values())[:NEAREST])
