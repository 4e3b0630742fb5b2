"""An index in shards: everything that is asked of it is what one index of everything says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError, SettingError
from corpus.passages import PassageSettings
from corpus.reading import SourceReading
from corpus.skipped import SkippedFile
from index.building.build import build_index, build_segment
from index.building.counting import add_totals, totals, weigh
from index.folder.addresses import send_folder, write_manifest
from index.folder.sharded import ShardedIndex, shard_at
from index.folder.storage import open_index, replacing, save_index, save_shards, shards_manifest
from index.ranking.search import Index
from index.settings import EvidenceSettings, IndexSettings

SENTENCES = st.sampled_from(
    [
        "Tea is hot.",
        "Who drank tea in 1900?",
        "Serbia drank tea.",
        "The river Tea.",
        "\n\n",
        "水 is cold.",
        "War 1,200.",
    ]
)
QUESTIONS = st.lists(
    st.sampled_from(["who", "drank", "tea", "Tea", "in", "1900", "Serbia", "river", "水", "when", "unheard"]),
    max_size=6,
).map(" ".join)


@st.composite
def collections(draw: st.DrawFn) -> list[Document]:
    """Documents, most of them with passages, in two sections."""
    documents = []
    for number, sentences in enumerate(draw(st.lists(st.lists(SENTENCES, max_size=9), min_size=1, max_size=9))):
        text = " ".join(sentences)
        middle = draw(st.integers(0, len(text)))
        sections = (Section((), 0, middle), Section(("History",), middle, len(text)))
        documents.append(Document(f"d{number}", "Tea", text, sections, "tea.txt"))
    return documents


def parted(documents: Sequence[Document], cuts: list[int], chosen: IndexSettings) -> ShardedIndex:
    """The documents as an index in shards, cut at those places."""
    edges = sorted({0, *(min(cut, len(documents)) for cut in cuts), len(documents)})
    segments = [build_segment(documents[start:end], settings=chosen) for start, end in pairwise(edges)]
    whole = add_totals([totals(segment) for segment in segments])
    return ShardedIndex([weigh(segment, whole) for segment in segments])


def written(documents: Sequence[Document], cuts: list[int], folder: Path) -> None:
    """Writes the documents as an index in shards."""
    with replacing(folder) as new:
        shards = []
        for number, shard in enumerate(parted(documents, cuts, IndexSettings()).shards):
            save_index(shard, new / f"shard-{number}")
            shards.append(shard_at(f"shard-{number}", new / f"shard-{number}"))
        save_shards(shards, new)


TEAS = [Document(f"d{n}", "Tea", f"Tea {n} is hot.", (Section((), 0, 13),), "tea.txt") for n in range(9)]


@settings(max_examples=50, deadline=None)
@given(
    collections(),
    st.lists(st.integers(0, 9), max_size=3),
    st.lists(QUESTIONS, min_size=1, max_size=3),
    st.integers(1, 12),
    st.integers(0, 4),
)
def test_shards_find_what_one_index_finds_with_the_same_scores(
    documents: list[Document], cuts: list[int], questions: list[str], k: int, depth: int
) -> None:
    chosen = IndexSettings(
        passages=PassageSettings(max_words=7, overlap_sentences=1), evidence=EvidenceSettings(depth=depth)
    )
    one, shards = build_index(documents, settings=chosen), parted(documents, cuts, chosen)
    within = one.within(["d0"], ["History"])
    assert shards.within(["d0"], ["History"]).tolist() == within.tolist()
    assert shards.within(sections=[""]).tolist() == one.within(sections=[""]).tolist()
    for question in questions:
        for some in (None, within):
            hits, expected = shards.search(question, k, within=some), one.search(question, k, within=some)
            assert hits.numbers.tolist() == expected.numbers.tolist()
            assert hits.scores.tobytes() == expected.scores.tobytes()
            assert hits.terms == expected.terms
    for many, expected in zip(shards.search_many(questions, k), one.search_many(questions, k), strict=True):
        assert many.numbers.tolist() == expected.numbers.tolist()
        assert many.scores.tobytes() == expected.scores.tobytes()
    numbers = np.arange(len(one))[::-1]
    assert shards.evidence(questions[0], numbers).tobytes() == one.evidence(questions[0], numbers).tobytes()


@settings(max_examples=40, deadline=None)
@given(collections(), st.lists(st.integers(0, 9), max_size=3))
def test_shards_hold_what_one_index_holds(documents: list[Document], cuts: list[int]) -> None:
    one, shards = build_index(documents), parted(documents, cuts, IndexSettings())
    assert (len(shards), shards.document_count) == (len(one), one.document_count)
    assert list(shards.passages()) == list(one.passages())
    assert [shards.passage(number) for number in range(len(one))] == list(one.passages())
    assert list(shards.documents()) == list(one.documents())
    for number, document in enumerate(documents):
        assert shards.document(document.id) == document
        assert shards.facts(document.id) == one.facts(document.id) == shards.facts_of(number)
        assert shards.text(document.id, 1, 4) == one.text(document.id, 1, 4)
        assert shards.number(document.id) == number
    every = np.arange(len(one))
    rows = shards.rows(every)
    assert all((rows[name] == one.tables.passages[every][name]).all() for name in ("document", "start", "end"))
    assert [(shards.holds(term), shards.idf(term)) for term in ("tea", "unheard")] == [
        (one.holds(term), one.idf(term)) for term in ("tea", "unheard")
    ]


def test_every_public_way_to_ask_an_index_is_answered_by_all_shards() -> None:
    public = {name for name in vars(Index) if not name.startswith("_")} | {"__len__"}
    assert public <= set(vars(ShardedIndex))


def test_what_is_not_there_is_said_as_one_index_says_it() -> None:
    index = parted(TEAS, [3, 5], IndexSettings())
    for ask in (index.document, index.facts, lambda name: index.within([name])):
        with pytest.raises(KeyError, match="nowhere"):
            ask("nowhere")
    with pytest.raises(IndexError, match="numbered from 0"):
        index.passage(9)
    with pytest.raises(SettingError, match="at least 1"):
        index.search("tea", 0)
    with pytest.raises(SettingError, match="ascending"):
        index.search("tea", within=np.array([3, 1]))


def test_shards_saved_as_one_index_are_what_a_fresh_build_gives(tmp_path: Path) -> None:
    written(TEAS, [2, 7], tmp_path / "x")
    opened = open_index(tmp_path / "x")
    assert isinstance(opened, ShardedIndex)
    save_index(opened, tmp_path / "x")  # in place of the shards
    save_index(build_index(TEAS), tmp_path / "one")
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()} == files


def test_shards_take_the_place_of_an_index_and_no_other_folder(tmp_path: Path) -> None:
    save_index(build_index(TEAS), tmp_path / "x")
    written(TEAS, [4], tmp_path / "x")
    assert len(open_index(tmp_path / "x", verify=True)) == 9
    (tmp_path / "x" / "letter.txt").write_text("Dear Ann")
    with pytest.raises(IndexFolderError, match=r"letter\.txt"):
        written(TEAS, [4], tmp_path / "x")


@pytest.mark.parametrize("damage", ["missing", "other", "counts", "entry", "none"])
def test_a_damaged_index_in_shards_is_named(tmp_path: Path, damage: str) -> None:
    written(TEAS, [4], tmp_path / "x")
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_bytes())
    if damage == "missing":
        (tmp_path / "x" / "shard-1" / "manifest.json").unlink()
    elif damage == "other":
        save_index(build_index(TEAS[:5]), tmp_path / "x" / "shard-1")
    elif damage == "counts":
        manifest["counts"]["passages"] = 8
    elif damage == "entry":
        del manifest["shards"][1]["place"]
    else:
        manifest["shards"] = []
    (tmp_path / "x" / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(IndexFolderError, match=r"x.*(anew|make one|made with)"):
        open_index(tmp_path / "x")


def test_an_index_at_an_address_is_copied_once_and_again_when_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed: citespan[cluster]")
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    for count, cuts in ((9, [4]), (8, [2, 5])):
        written(TEAS[:count], cuts, tmp_path / "x")
        shards = [shard_at(path.name, path) for path in sorted((tmp_path / "x").glob("shard-*"))]
        for shard in shards:
            send_folder(tmp_path / "x" / shard.place, f"memory://books/tea.index/{shard.place}")
        write_manifest("memory://books/tea.index", shards_manifest(shards))
        for _ in range(2):
            assert list(open_index("memory://books/tea.index").documents()) == TEAS[:count]
    assert len([path for path in (tmp_path / "cache").iterdir() if path.is_dir()]) == 2
    save_index(build_index(TEAS[:3]), tmp_path / "one")
    send_folder(tmp_path / "one", "memory://books/one.index")
    assert open_index("memory://books/one.index").document("d2") == TEAS[2]
    with pytest.raises(IndexFolderError, match="no index folder"):
        open_index("memory://books/none.index")
    with pytest.raises(IndexFolderError, match="strange"):
        open_index("strange://books/none.index")


def test_fsspec_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(IndexFolderError, match=r"citespan\[cluster\]"):
        open_index("memory://books/tea.index")


def test_an_index_in_shards_is_no_source(tmp_path: Path) -> None:
    written(TEAS, [4], tmp_path / "x")
    skipped: list[SkippedFile] = []
    assert list(SourceReading([tmp_path], on_skip=skipped.append)) == []
    assert [(Path(file.path).name, file.cause) for file in skipped] == [
        ("x", "is an index folder; open it with --index instead")
    ]


def test_temporary_folders_are_gone_after_a_failed_build(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError), replacing(tmp_path / "x"):
        raise OSError("no power")
    assert list(tmp_path.iterdir()) == []
