"""Counts of terms: what a dictionary counts, in the order of term and passage."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.building.counting import count
from index.data.counts import FIELDS
from index.data.sequences import Sequences

# Terms on both sides of what two bytes hold, and above.
TERMS = st.one_of(st.integers(0, 3), st.sampled_from([255, 65_535, 65_536, 65_537, 131_072]))
PASSAGES = st.lists(st.tuples(*[st.lists(TERMS, max_size=5)] * 3), max_size=9)  # title, heading path and text


@settings(deadline=None)
@given(PASSAGES)
def test_terms_are_counted_for_each_field_of_each_passage(passages: list[tuple[list[int], ...]]) -> None:
    names = ("title", "heading", "text")
    naive = Counter(
        (term, number, name)
        for number, passage in enumerate(passages)
        for name, terms in zip(names, passage, strict=True)
        for term in terms
    )
    sizes = [[len(passage[names.index(name)]) for passage in passages] for name in FIELDS]
    counts = count(
        Sequences(
            terms=np.array([term for passage in passages for part in passage for term in part], np.int32),
            segment_starts=np.zeros(1, np.int64),
            lengths=np.array(sizes, np.int32).reshape(len(FIELDS), len(passages)),
        )
    )
    rows = list(zip(counts.terms.tolist(), counts.passages.tolist(), strict=True))
    assert rows == sorted({(term, number) for term, number, _ in naive})
    for field, frequencies in zip(FIELDS, counts.frequencies, strict=True):
        assert frequencies.tolist() == [naive[term, number, field] for term, number in rows]
    assert all(column.dtype == np.int32 for column in (counts.terms, counts.passages, *counts.frequencies))
