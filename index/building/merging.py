"""Segments: indexed documents before their terms are weighed, so that they can be joined, thinned and shared out.

    documents -> build_segment -> Segment ─┐
    index folder -> open_index -> segment ─┼-> merge -> Segment -> weigh -> Index -> save_index
    documents -> build_segment -> Segment ─┘

Whatever way a segment came to be, weighing it gives the index, byte for byte, that a fresh build of the same
documents in the same order gives. Shards of one collection are weighed with the totals of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingError
from index.building.laying import Run, lay_tables
from index.data.joining import join_vocabularies
from index.data.segment import Segment
from index.data.sequences import Sequences
from index.data.vocabulary import Vocabulary, lines_of, vocabulary_of_lines

if TYPE_CHECKING:
    from index.ranking.whole import WholeIndex


def segment_of(index: WholeIndex) -> Segment:
    """The segment that an index was made of, one opened from a folder too: nothing is read or copied."""
    return Segment(index.settings, index.tables, index.vocabulary, index.sequences)


def merge(segments: Sequence[Segment], *, documents: NDArray[np.integer[Any]] | None = None) -> Segment:
    """One segment with the documents of all, in memory and independent of the files that they came from.

    ``documents`` says which ones and in what order, by their numbers in the segments laid end to end (the
    first of the second segment has the number ``segments[0].documents``, and so on); without it all stay, in
    that order. Runs of neighbours are copied at once, so an order of long runs is fast. Where a source file
    occurs in several segments, its first fingerprint stays.

    Raises SettingError where there is no segment, or their settings differ, and SourceError where two documents
    that stay have one id: leave out the old one before a new one of that id is merged.
    """
    if not segments:
        raise SettingError("no segment to merge; expected one or more")
    settings = segments[0].settings
    for segment in segments[1:]:
        if segment.settings != settings:
            raise SettingError(
                f"segments of different settings cannot be merged: {segment.settings} and {settings}; "
                "build one of them anew"
            )
    runs = _runs(segments, documents)
    terms = _joined([run.segment.sequences.terms[slice(*run.terms)] for run in runs], np.int32)
    vocabulary = _renumber(segments, runs, terms)
    sequences = Sequences(
        terms=terms,
        segment_starts=_starts(
            [run.segment.sequences.segment_starts[run.pieces[0] : run.pieces[1] + 1] for run in runs]
        ),
        lengths=np.concatenate(
            [
                np.empty((len(segments[0].sequences.lengths), 0), np.int32),
                *(run.segment.sequences.lengths[:, slice(*run.bounds("passage"))] for run in runs),
            ],
            axis=1,
        ),
    )
    return Segment(settings, lay_tables(segments, runs), vocabulary, sequences)


def _runs(segments: Sequence[Segment], documents: NDArray[np.integer[Any]] | None) -> list[Run]:
    """The wanted documents as runs, in their order."""
    firsts = np.cumsum([0, *(segment.documents for segment in segments)])
    if documents is None:
        return [Run(segment, n, 0, segment.documents) for n, segment in enumerate(segments) if segment.documents]
    wanted = np.asarray(documents, np.int64)
    if len(wanted) == 0:
        return []
    if wanted.min() < 0 or wanted.max() >= firsts[-1]:
        raise SettingError(f"documents to merge are numbered from 0 to {firsts[-1] - 1}; got {wanted.tolist()[:9]}")
    owners = np.searchsorted(firsts, wanted, side="right") - 1
    breaks = np.flatnonzero((np.diff(wanted) != 1) | (np.diff(owners) != 0)) + 1
    edges = [0, *breaks.tolist(), len(wanted)]
    runs = []
    for start, end in pairwise(edges):
        owner = int(owners[start])
        first = int(wanted[start] - firsts[owner])
        runs.append(Run(segments[owner], owner, first, first + end - start))
    return runs


def _renumber(segments: Sequence[Segment], runs: list[Run], terms: NDArray[np.int32]) -> Vocabulary:
    """The vocabulary of the joined term numbers, which are changed, in place, into places there."""
    held = [np.zeros(len(segment.vocabulary), np.bool_) for segment in segments]
    sizes = [run.terms[1] - run.terms[0] for run in runs]
    ends = np.cumsum([0, *sizes]).tolist()
    for run, (start, end) in zip(runs, pairwise(ends), strict=True):
        held[run.number][terms[start:end]] = True
    kept = [_kept(segment.vocabulary, mask) for segment, mask in zip(segments, held, strict=True)]
    vocabulary, numbers = join_vocabularies(kept)
    places = []
    for mask, some in zip(held, numbers, strict=True):
        place = np.full(len(mask), -1, np.int32)
        place[mask] = some
        places.append(place)
    for run, (start, end) in zip(runs, pairwise(ends), strict=True):
        terms[start:end] = places[run.number][terms[start:end]]
    return vocabulary


def _kept(vocabulary: Vocabulary, mask: NDArray[np.bool_]) -> Vocabulary:
    """The vocabulary of those terms alone."""
    if mask.all():
        return vocabulary
    lines = lines_of(vocabulary)
    return vocabulary_of_lines([lines[place] for place in np.flatnonzero(mask).tolist()])


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *parts])


def _starts(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The starts of stretches laid end to end, given the starts of each part with its end."""
    lengths = _joined([np.diff(part) for part in parts], np.int64)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
