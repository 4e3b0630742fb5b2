"""Segments: whatever they are joined from, what is weighed and saved is what a fresh build gives."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.documents import Document, Section
from corpus.errors import SettingError, SourceError
from corpus.passages import PassageSettings
from index.building.build import build_index, build_segment
from index.building.counting import add_totals, totals, weigh
from index.building.merging import merge, segment_of
from index.folder import storage
from index.folder.storage import open_index, save_index
from index.ranking.search import Index
from index.ranking.weighting import WEIGHTINGS
from index.settings import IndexSettings, WeightingSettings

WORDS = st.sampled_from(
    [
        "tea",
        "Teas.",
        "Ice is cold.",
        "U.S.",
        "1,200",
        "Đorđe",
        "\n\n",
        "= Tea =\n",
        "- Key: value\n",
        "",
        "\ud800",
        "水",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
PATHS = st.lists(st.sampled_from(["Tea", "Ice", "水"]), max_size=2).map(tuple)
SETTINGS = st.builds(
    IndexSettings,
    passages=st.builds(PassageSettings, max_words=st.integers(2, 9), overlap_sentences=st.integers(0, 1)),
    weighting=st.builds(
        WeightingSettings,
        name=st.sampled_from([weighting.name for weighting in WEIGHTINGS]),
        title=st.sampled_from([0.0, 2.0]),
        heading=st.sampled_from([0.0, 1.0]),
    ),
)


@st.composite
def collections(draw: st.DrawFn) -> list[Document]:
    """Documents with distinct ids, of one section or two, some from files that exist."""
    documents = []
    for number, text in enumerate(draw(st.lists(TEXTS, max_size=7))):
        middle = draw(st.integers(0, len(text)))
        documents.append(
            Document(
                id=f"{draw(st.sampled_from(['a', 'b', '水']))}{number}",
                title=draw(TEXTS),
                text=text,
                sections=(Section((), 0, middle), Section(draw(PATHS), middle, len(text))),
                source=draw(st.sampled_from([__file__, storage.__file__, "-"])),
            )
        )
    return documents


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def content(index: Index) -> dict[str, bytes]:
    """Every file of an index as it is saved."""
    with tempfile.TemporaryDirectory() as place:
        save_index(index, Path(place) / "x")
        return {path.name: path.read_bytes() for path in (Path(place) / "x").iterdir()}


def impacts(index: Index, term: int) -> NDArray[np.float32]:
    """The impacts of the term of that number."""
    return index.postings.impacts[slice(*index.postings.starts[term : term + 2].tolist())]


def parted(documents: Sequence[Document], cuts: list[int]) -> list[list[Document]]:
    """The documents in parts, some of which may be empty."""
    edges = [0, *sorted(min(cut, len(documents)) for cut in cuts), len(documents)]
    return [list(documents[start:end]) for start, end in pairwise(edges)]


@settings(max_examples=20, deadline=None)
@given(collections(), SETTINGS, st.lists(st.integers(0, 7), max_size=3), st.data())
def test_segments_merged_are_what_a_fresh_build_gives_byte_for_byte(
    documents: list[Document], chosen: IndexSettings, cuts: list[int], data: st.DataObject
) -> None:
    parts = [build_segment(part, settings=chosen) for part in parted(documents, cuts)]
    assert content(weigh(merge(parts))) == content(build_index(documents, settings=chosen))
    order = data.draw(st.permutations(range(len(documents))))[: data.draw(st.integers(0, len(documents)))]
    wanted = build_index([documents[number] for number in order], settings=chosen)
    assert content(weigh(merge(parts, documents=np.array(order, np.int64)))) == content(wanted)


def test_an_opened_index_is_merged_with_new_documents(tmp_path: Path) -> None:
    documents = [Document(f"d{n}", "Tea", f"Tea {n} is hot.", (Section((), 0, 13),), __file__) for n in range(9)]
    save_index(build_index(documents[:6]), tmp_path / "x")
    opened = segment_of(open_index(tmp_path / "x"))
    merged = merge([opened, build_segment(documents[6:])], documents=np.array([0, 1, 3, 6, 7, 8]))
    save_index(weigh(merged), tmp_path / "x")  # in place of the files that it came from
    wanted = build_index([documents[number] for number in (0, 1, 3, 6, 7, 8)])
    assert content(open_index(tmp_path / "x")) == content(wanted)
    assert open_index(tmp_path / "x").document("d8") == documents[8]


@settings(max_examples=15, deadline=None)
@given(collections(), SETTINGS, st.lists(st.integers(0, 7), max_size=3))
def test_shards_weighed_together_score_as_one_index(
    documents: list[Document], chosen: IndexSettings, cuts: list[int]
) -> None:
    one = build_index(documents, settings=chosen)
    shards = [build_segment(part, settings=chosen) for part in parted(documents, cuts)]
    whole = add_totals([totals(shard) for shard in shards])
    indexes = [weigh(shard, whole) for shard in shards]
    for index in indexes:
        assert list(index.vocabulary) == list(one.vocabulary)
        assert index.statistics.passages == len(one)
        assert index.statistics.mean_lengths.tolist() == one.statistics.mean_lengths.tolist()
        assert index.statistics.document_frequencies.tolist() == one.statistics.document_frequencies.tolist()
        assert [index.idf(term) for term in ("tea", "ice", "水")] == [one.idf(term) for term in ("tea", "ice", "水")]
    for number in range(len(one.vocabulary)):
        assert np.concatenate([impacts(index, number) for index in indexes]).tobytes() == impacts(one, number).tobytes()
    again = merge([segment_of(index) for index in indexes])
    assert content(weigh(again)) == content(one)


def test_a_shard_is_saved_with_the_totals_of_its_collection(tmp_path: Path) -> None:
    shards = [
        build_segment([Document(name, "", f"Tea {name}.", (Section((), 0, len(name) + 5),), "-")]) for name in "ab"
    ]
    index = weigh(shards[0], add_totals([totals(shard) for shard in shards]))
    save_index(index, tmp_path / "x")
    opened = open_index(tmp_path / "x", verify=True)
    assert (len(opened), opened.statistics.passages, opened.idf("b")) == (1, 2, index.idf("b"))
    assert opened.search("tea b").terms == index.search("tea b").terms


def test_totals_that_lack_a_shard_are_refused() -> None:
    shards = [build_segment([Document("d", "", name, (Section((), 0, 3),), "-")]) for name in ("tea", "ice")]
    with pytest.raises(SettingError, match="totals of every shard"):
        weigh(shards[0], totals(shards[1]))
    with pytest.raises(SettingError, match="no totals"):
        add_totals([])


def test_segments_that_do_not_fit_together_are_refused() -> None:
    documents = [Document("d", "", "tea", (Section((), 0, 3),), "note.txt")]
    segment = build_segment(documents)
    other = build_segment(documents, settings=IndexSettings(passages=PassageSettings(max_words=5)))
    with pytest.raises(SettingError, match="different settings"):
        merge([segment, other])
    with pytest.raises(SourceError, match=r"note\.txt: the document id 'd' is taken"):
        merge([segment, segment])
    with pytest.raises(SettingError, match="numbered from 0 to 1"):
        merge([segment, segment], documents=np.array([2]))
    with pytest.raises(SettingError, match="no segment"):
        merge([])
    assert merge([segment, segment], documents=np.array([1])).documents == 1


def test_ids_of_one_key_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("data.tables", "building.collecting"):
        monkeypatch.setattr(f"index.{module}.id_key", lambda _: 7)
    parts = [build_segment([Document(name, "", "tea", (Section((), 0, 3),), "-")]) for name in "abc"]
    index = weigh(merge(parts))
    assert [index.document(name).id for name in "abc"] == ["a", "b", "c"]
    with pytest.raises(KeyError):
        index.document("d")
    with pytest.raises(SourceError, match="'b' is taken"):
        merge([*parts, parts[1]])
