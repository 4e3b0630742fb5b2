"""Weighing: from a segment's terms to an index, alone or as one shard of a collection.

    totals of each shard ──> add_totals ──> Totals of the collection
    segment of a shard ──> weigh(segment, totals) ──> Index whose scores are those of one big index

A passage's score in a shard weighed so equals, bit for bit, its score in the index of the whole collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingError
from index.data.counts import FIELDS, Counts
from index.data.joining import join_vocabularies
from index.data.postings import Postings
from index.data.segment import Segment
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.vocabulary import Vocabulary, lines_of
from index.ranking.weighting import weighting
from index.ranking.whole import WholeIndex

_FIELD_BITS = 2


@dataclass(frozen=True, slots=True)
class Totals:
    """What a collection counts, of one shard or of several together; small, held in memory, sent as it is.

    ``document_frequencies`` int64 (terms,): passages that hold each term of ``vocabulary``. ``lengths`` int64
    (fields,): terms in each field of all passages.
    """

    passages: int
    vocabulary: Vocabulary
    document_frequencies: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @property
    def statistics(self) -> Statistics:
        """What a weighting needs to know of the collection, its terms numbered by ``vocabulary``."""
        return Statistics(
            passages=self.passages,
            document_frequencies=self.document_frequencies,
            mean_lengths=self.lengths / max(self.passages, 1),
        )


def totals(segment: Segment) -> Totals:
    """What one segment counts; independent of the files that it came from."""
    return _totals(segment, count(segment.sequences))


def add_totals(shards: Sequence[Totals]) -> Totals:
    """The totals of several shards together; the order of the shards makes no difference.

    Raises SettingError where there is none.
    """
    if not shards:
        raise SettingError("no totals to add; expected those of one shard or more")
    vocabulary, places = join_vocabularies([shard.vocabulary for shard in shards])
    frequencies = np.zeros(len(vocabulary), np.int64)
    for shard, place in zip(shards, places, strict=True):
        frequencies[place] += shard.document_frequencies  # distinct places: each term once a shard
    return Totals(
        passages=sum(shard.passages for shard in shards),
        vocabulary=vocabulary,
        document_frequencies=frequencies,
        lengths=np.sum([shard.lengths for shard in shards], axis=0),
    )


def weigh(segment: Segment, whole: Totals | None = None) -> WholeIndex:
    """The index of a segment; with ``whole``, as one shard of the collection that those totals count.

    A shard's index has the vocabulary of the whole collection, so that every shard numbers terms alike and
    knows what each tells, also those that no passage of its own holds. Raises SettingError where ``whole``
    lacks a term of the segment, which then is no part of it.
    """
    sequences, vocabulary = segment.sequences, segment.vocabulary
    if whole is not None:
        sequences, vocabulary = _renumbered(segment, whole.vocabulary), whole.vocabulary
    counts = count(sequences)
    statistics = (whole or _totals(segment, counts)).statistics
    held = np.bincount(counts.terms, minlength=len(vocabulary))
    postings = Postings(
        starts=np.concatenate([[0], np.cumsum(held)]).astype(np.int64),
        passages=counts.passages,
        impacts=weighting(segment.settings.weighting.name).impacts(counts, statistics, segment.settings.weighting),
    )
    return WholeIndex(segment.settings, segment.tables, vocabulary, postings, sequences, statistics)


def count(sequences: Sequences) -> Counts:
    """How often each term stands in each field of each passage."""
    lengths, terms = np.asarray(sequences.lengths), sequences.terms
    fields, passages = lengths.shape
    order = [FIELDS.index(name) for name in ("title", "heading", "text")]
    kind = np.min_scalar_type(-max(passages << _FIELD_BITS, 1))
    # Passage and field in one number, the text's being 0: brought together by term, they still ascend by passage.
    places = (np.arange(passages, dtype=kind)[:, None] << _FIELD_BITS) | np.array(order, kind)
    places = np.repeat(places.ravel(), lengths[order].T.ravel()).take(_by_term(terms))
    ends = np.cumsum(np.bincount(terms))
    held = places & ((1 << _FIELD_BITS) - 1)
    places >>= _FIELD_BITS
    new = _steps(places)
    new[ends[ends < len(places)]] = True
    rows = np.flatnonzero(new)
    frequencies = np.zeros((fields, len(rows)), np.int32)
    frequencies[0] = np.diff(rows, append=len(places))
    for field in range(1, fields):
        labelled = np.searchsorted(rows, np.flatnonzero(held == field), side="right") - 1
        np.add.at(frequencies[field], labelled, 1)
        np.subtract.at(frequencies[0], labelled, 1)
    held_by = np.diff(np.searchsorted(rows, ends), prepend=0)
    return Counts(
        terms=np.repeat(np.arange(len(ends), dtype=np.int32), held_by),
        passages=places[rows].astype(np.int32),
        frequencies=list(frequencies),
        lengths=lengths,
    )


def _by_term(terms: NDArray[np.int32]) -> NDArray[np.int64]:
    """The places of terms in the order of the terms, those of one ascending: sorted by two bytes, then the rest."""
    order = np.argsort(terms.astype(np.uint16), kind="stable")
    high = terms >> 16
    most = int(high.max(initial=0))
    if not most:
        return order
    kind = np.min_scalar_type(most)  # of at most two bytes, for which numpy counts instead of comparing
    return order[np.argsort(high.astype(kind)[order], kind="stable")]


def _totals(segment: Segment, counts: Counts) -> Totals:
    vocabulary = segment.vocabulary
    return Totals(
        passages=segment.passages,
        vocabulary=Vocabulary(vocabulary.terms[:], np.array(vocabulary.term_starts)),
        document_frequencies=np.bincount(counts.terms, minlength=len(vocabulary)).astype(np.int64),
        lengths=counts.lengths.sum(axis=1, dtype=np.int64),
    )


def _renumbered(segment: Segment, vocabulary: Vocabulary) -> Sequences:
    """The sequences of a segment in the term numbers of a larger vocabulary."""
    sequences, lines = segment.sequences, lines_of(segment.vocabulary)
    numbers = {line: number for number, line in enumerate(lines_of(vocabulary))}
    places = np.fromiter((numbers.get(line, -1) for line in lines), np.int32, len(lines))
    terms = places[sequences.terms]
    if len(terms) and terms.min() < 0:
        raise SettingError("the totals lack a term of the segment; add the totals of every shard before weighing")
    return Sequences(terms, sequences.segment_starts, sequences.lengths)


def _steps(keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each of ascending keys is another than the one before it."""
    steps = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=steps[1:])
    return steps
