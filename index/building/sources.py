"""Writes into an index which files its documents were read from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.fingerprints import Fingerprint
from index.data.origin import Origin
from index.ranking.whole import WholeIndex


def with_sources(index: WholeIndex, origin: Origin, files: Sequence[Fingerprint], counts: Sequence[int]) -> WholeIndex:
    """The same index, knowing its origin, its source files in order, and how many documents each gave.

    Documents that no file gave are the first ones.
    """
    documents = index.tables.documents.copy()
    documents["source"] = -1
    loose = index.document_count - sum(counts)
    documents["source"][loose:-1] = np.repeat(np.arange(len(files)), counts)
    lines = (json.dumps(file.to_dict(), ensure_ascii=True).encode("ascii") + b"\n" for file in files)
    return WholeIndex(
        settings=index.settings,
        tables=replace(index.tables, sources=b"".join(lines), documents=documents),
        vocabulary=index.vocabulary,
        postings=index.postings,
        sequences=index.sequences,
        statistics=index.statistics,
        origin=origin,
    )
