"""From documents to a segment, many at once: what each document gives by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import SourceError
from corpus.passages import PassageSettings, split_passages
from index.building import collecting
from index.building.collecting import Collector
from index.building.counting import weigh
from index.data.segment import Segment
from index.settings import IndexSettings, WeightingSettings
from index.terms.analysis import Analyzer

WORDS = [
    "tea",
    "Teas",
    "Serbia's",
    "U.S.",
    "1,200",
    "Đorđe",
    "水茶",
    "\ud800",
    "Mi35",
    "hot.",
    "Ice",
    "\n",
    "\n\n",
    "- Key: value\n",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)
PATHS = st.lists(st.sampled_from(["Tea", "Ice cream", "水"]), max_size=2).map(tuple)


@st.composite
def many(draw: st.DrawFn) -> list[Document]:
    documents = []
    for number, text in enumerate(draw(st.lists(TEXTS, max_size=6))):
        middle = draw(st.integers(0, len(text)))
        sections = (Section((), 0, middle), Section(draw(PATHS), draw(st.integers(0, middle)), len(text)))
        pages = tuple(draw(st.lists(st.integers(0, 9), max_size=2)))
        documents.append(Document(f"d{number}", draw(TEXTS), text, sections, "é.txt", pages))
    return documents


def one_by_one(document: Document, chosen: IndexSettings, analyzer: Analyzer) -> list[tuple[int, list[list[str]]]]:
    """Each passage of a document: how many terms of its label are the title's, and the terms of label and sentences."""
    title = analyzer.terms(document.title) if chosen.weighting.title else []
    found = []
    for passage in split_passages(document, chosen.passages):
        heading = analyzer.terms(" ".join(passage.section)) if chosen.weighting.heading else []
        sentences = [document.text[start:end] for start, end in passage.sentences]
        found.append((len(title), [title + heading, *map(analyzer.terms, sentences)]))
    return found


def held(segment: Segment) -> list[tuple[int, list[list[str]]]]:
    """The same of all documents of a segment."""
    sequences, terms, found, piece = segment.sequences, list(segment.vocabulary), [], 0
    for number, count in enumerate(segment.tables.passages["sentences"].tolist()):
        bounds = sequences.segment_starts[piece : piece + count + 2]
        found.append(
            (
                int(sequences.lengths[1, number]),
                [[terms[n] for n in sequences.terms[a:b]] for a, b in pairwise(bounds)],
            )
        )
        piece += count + 1
        lengths = [len(found[-1][1][0]), sum(map(len, found[-1][1][1:]))]
        assert sequences.lengths[:, number].tolist() == [lengths[1], found[-1][0], lengths[0] - found[-1][0]]
    assert piece == len(sequences.segment_starts) - 1
    return found


@settings(max_examples=40, deadline=None)
@given(
    many(),
    st.builds(PassageSettings, max_words=st.integers(1, 9), overlap_sentences=st.integers(0, 2)),
    st.sampled_from([0.0, 2.0]),
    st.sampled_from([0.0, 1.0]),
    st.sampled_from([1, 40, 1_000_000]),
)
def test_a_segment_holds_what_each_document_gives_by_itself(
    documents: list[Document], passages: PassageSettings, title: float, heading: float, batch: int
) -> None:
    chosen = IndexSettings(passages=passages, weighting=WeightingSettings(title=title, heading=heading))
    collector, analyzer = Collector(chosen), Analyzer()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(collecting, "_BATCH", batch)
        for _ in range(2):  # the second time every word is known
            for document in documents:
                collector.add(document)
            segment = collector.segment()
            assert held(segment) == [row for document in documents for row in one_by_one(document, chosen, analyzer)]
            assert sorted(segment.vocabulary) == sorted({t for _, rows in held(segment) for row in rows for t in row})
            index = weigh(segment)
            assert list(index.documents()) == documents
            assert list(index.passages()) == [p for d in documents for p in split_passages(d, passages)]
            assert [index.facts(d.id).sha256 for d in documents] == [d.sha256 for d in documents]


def test_an_id_that_is_taken_is_refused_and_free_again_in_the_next_segment() -> None:
    collector = Collector(IndexSettings())
    document = Document("tea", "Tea", "Tea.", (Section((), 0, 4),), "tea.txt")
    collector.add(document)
    with pytest.raises(SourceError, match=r"tea\.txt: the document id 'tea' is taken"):
        collector.add(document)
    assert collector.segment().documents == 1
    collector.add(document)
    assert collector.segment().documents == 1
    assert np.array_equal(collector.segment().sequences.segment_starts, [0])
