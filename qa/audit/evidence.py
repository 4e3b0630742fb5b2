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

    ``covered`` is the share of the claim's terms, by idf, that stand in it or in what is ``above`` it: its title and
    headings, and a question in the text that it answers, as in an FAQ.
    """

    passage: Passage
    start: int
    end: int
    covered: float
    above: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text of the piece."""
        return self.passage.slice(self.start, self.end)

    @property
    def title(self) -> str:
        """What the judge reads before it."""
        return " > ".join(self.above)


def whole_piece(title: str, text: str) -> Piece:
    """A text that comes with a claim, as one piece.

    >>> whole_piece("Tea", "Tea is hot.").text
    'Tea is hot.'
    """
    passage = Passage("evidence", title, (), 0, len(text), text, ((0, len(text)),))
    return Piece(passage, 0, len(text), 1.0, (title,) if title else ())


def find_pieces(engine: Asker, claim: str) -> list[Piece]:
    """The pieces that may tell of a claim, those that hold most of its terms first; none where no passage holds any.

    >>> import qa
    >>> find_pieces(qa.default(reader="lexical"), "Visas were abolished in 2009.")[0].passage.section
    ('Travel regime',)
    """
    hits = engine.search(claim, k=PASSAGES)
    return choose_pieces(engine, claim, [hit.passage for hit in hits])


def choose_pieces(engine: Asker, claim: str, passages: Sequence[Passage]) -> list[Piece]:
    """The pieces of some passages that may tell of a claim, best first. A question tells nothing, what follows it may.

    >>> import qa
    >>> from corpus.documents import Document, Section
    >>> text = "Do you take cards? We take cash only."
    >>> engine = qa.build_documents([Document("faq", "FAQ", text, (Section((), 0, len(text)),), "faq.txt")])
    >>> [(piece.title, piece.text) for piece in find_pieces(engine, "You take cards.")]
    [('FAQ > Do you take cards?', 'We take cash only.')]
    """
    weights = {term: engine.index.idf(term) for term in engine.index.analyzer.content_terms(claim)}
    total = sum(weights.values()) or 1.0
    words = {term: weight for term, weight in weights.items() if not term.isdigit()}
    pairs: list[tuple[Piece, float]] = []
    for passage in passages:
        said = [passage.slice(start, end) for start, end in passage.sentences]
        terms = [set(engine.index.analyzer.terms(each)) for each in said]
        asks = [is_question(each) for each in said]
        heads: dict[tuple[str, ...], set[str]] = {}
        for first, last in _windows(asks):
            start, end = passage.sentences[first][0], passage.sentences[last - 1][1]
            above = _above(passage, said, asks, first)
            if above not in heads:
                heads[above] = set(engine.index.analyzer.terms(" ".join(above)))
            held = heads[above].union(*terms[first:last])
            covered, worded = (
                sum(weight for term, weight in asked.items() if term in held) for asked in (weights, words)
            )
            pairs.append((Piece(passage, start, end, covered / total, above), worded))
    best = sorted(pairs, key=lambda one: -one[0].covered)[:PAIRS]
    return [piece for piece, worded in best if worded >= LEAST * best[0][1]]


def _above(passage: Passage, said: Sequence[str], asks: Sequence[bool], first: int) -> tuple[str, ...]:
    """Title and headings of the sentences from ``first`` on, with a question just before them.

    A heading that asks is left out where another question stands in between: they answer that one.
    """
    headings = passage.section
    if headings and is_question(headings[-1]) and any(asks[:first]):
        headings = headings[:-1]
    question = said[first - 1].strip() if first and asks[first - 1] else ""
    return tuple(filter(None, (passage.title, *headings, question)))


def is_question(text: str) -> bool:
    """Whether a sentence asks, whatever marks of emphasis stand around it.

    >>> is_question("**Do you take cards?**"), is_question("Who knows.")
    (True, False)
    """
    return text.rstrip(" \t\r\n*_`\"'”’)#").endswith(("?", "？"))


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


def _windows(asks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Pairs of neighbouring sentences that are no questions, and those that have no such neighbour alone."""
    for first, asking in enumerate(asks):
        follows = not asking and first + 1 < len(asks) and not asks[first + 1]
        if follows:
            yield first, first + 2
        elif not asking and (first == 0 or asks[first - 1]):
            yield first, first + 1
