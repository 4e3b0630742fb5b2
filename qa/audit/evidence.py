"""The pieces of the documents that a claim is judged by: pairs of sentences of the best passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.documents import Passage

if TYPE_CHECKING:
    from qa.asker import Asker

PASSAGES = 5  # the best for a claim
PAIRS = 4  # pairs of sentences that are judged, of all these passages, ...
LEAST = 0.6  # ... that hold so much of what the best one holds of the claim's words: another number is no other matter


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``[start, end)`` of a passage, in positions of the document, and how much of a claim it covers.

    ``covered`` is the share of the claim's terms, by idf, that stand in it or in its title and headings.
    """

    passage: Passage
    start: int
    end: int
    covered: float

    @property
    def text(self) -> str:
        """The text of the piece."""
        return self.passage.slice(self.start, self.end)

    @property
    def title(self) -> str:
        """What the judge reads before it: the title and the headings."""
        return " > ".join(filter(None, (self.passage.title, *self.passage.section)))


def whole_piece(title: str, text: str) -> Piece:
    """A text that comes with a claim, as one piece.

    >>> whole_piece("Tea", "Tea is hot.").text
    'Tea is hot.'
    """
    passage = Passage("evidence", title, (), 0, len(text), text, ((0, len(text)),))
    return Piece(passage, 0, len(text), 1.0)


def find_pieces(engine: Asker, claim: str) -> list[Piece]:
    """The pieces that may tell of a claim, those that hold most of its terms first; none where no passage holds any.

    >>> import qa
    >>> find_pieces(qa.default(reader="lexical"), "Visas were abolished in 2009.")[0].passage.section
    ('Travel regime',)
    """
    hits = engine.search(claim, k=PASSAGES)
    return choose_pieces(engine, claim, [hit.passage for hit in hits])


def choose_pieces(engine: Asker, claim: str, passages: Sequence[Passage]) -> list[Piece]:
    """The pieces of some passages, best first, that may tell of a claim."""
    weights = {term: engine.index.idf(term) for term in engine.index.analyzer.content_terms(claim)}
    total = sum(weights.values()) or 1.0
    words = {term: weight for term, weight in weights.items() if not term.isdigit()}
    pairs: list[tuple[Piece, float]] = []
    for passage in passages:
        headings = set(engine.index.analyzer.terms(" ".join((passage.title, *passage.section))))
        terms = [set(engine.index.analyzer.terms(passage.slice(start, end))) for start, end in passage.sentences]

        count = len(passage.sentences)
        for first, last in _windows(count):
            start, end = passage.sentences[first][0], passage.sentences[last - 1][1]
            held = headings.union(*terms[first:last])
            covered, worded = (
                sum(weight for term, weight in asked.items() if term in held) for asked in (weights, words)
            )
            pairs.append((Piece(passage, start, end, covered / total), worded))
    best = sorted(pairs, key=lambda one: -one[0].covered)[:PAIRS]
    return [piece for piece, worded in best if worded >= LEAST * best[0][1]]


def narrowest(engine: Asker, claim: str, piece: Piece) -> tuple[int, int]:
    """The sentences of a piece that tell as much of a claim as all of it: its decisive stretch."""
    held = _held(engine, claim, piece)
    most = held(piece.start, piece.end)
    for length in (1, 2):
        best = max(_runs(piece, length), key=lambda place: held(*place), default=None)
        if best is not None and held(*best) >= _ENOUGH * most:
            return best
    return piece.start, piece.end


def nearest_sentence(engine: Asker, claim: str, piece: Piece) -> tuple[int, int]:
    """The sentence of a piece that tells most of a claim, where none decides it."""
    held = _held(engine, claim, piece)
    return max(_runs(piece, 1), key=lambda place: held(*place), default=(piece.start, piece.end))


def _held(engine: Asker, claim: str, piece: Piece) -> Callable[[int, int], float]:
    """How much of a claim's terms, by idf, a stretch of a piece holds."""
    weights = {term: engine.index.idf(term) for term in engine.index.analyzer.content_terms(claim)}

    def held(start: int, end: int) -> float:
        terms = set(engine.index.analyzer.terms(piece.passage.slice(start, end)))
        return sum(weight for term, weight in weights.items() if term in terms)

    return held


def _runs(piece: Piece, length: int) -> list[tuple[int, int]]:
    """The stretches of so many neighbouring sentences of a piece."""
    inside = [place for place in piece.passage.sentences if piece.start <= place[0] and place[1] <= piece.end]
    return [(inside[n][0], inside[n + length - 1][1]) for n in range(len(inside) - length + 1)]


_ENOUGH = 0.85  # of what the piece holds of the claim's terms, by hand


def _windows(count: int) -> Iterator[tuple[int, int]]:
    """Pairs of neighbouring sentences, or the only one there is."""
    if count <= 1:
        yield 0, count
    for first in range(count - 1):
        yield first, first + 2
