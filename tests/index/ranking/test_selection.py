"""Searching within some documents and sections: nothing else is found, and nothing of theirs is lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError, SettingError
from index.building.build import build_index
from index.ranking.search import Index
from index.ranking.selection import select
from index.settings import EvidenceSettings, IndexSettings

WORDS = ["treaty", "visa", "river", "gas", "army", "church", "tsar", "saint"]
PATHS: list[tuple[str, ...]] = [(), ("History",), ("History", "Early years"), ("Economy",), ("Économie", "History")]


def document(name: str, *, paths: list[tuple[str, ...]]) -> Document:
    """A document with one short section a path."""
    line = "The treaty of the river.\n"
    sections = tuple(Section(path, n * len(line), (n + 1) * len(line)) for n, path in enumerate(paths))
    return Document(name, name.title(), line * len(paths), sections, f"{name}.txt")


def headings(index: Index, sections: list[str], documents: list[str] | None = None) -> list[tuple[str, str]]:
    numbers = index.within(documents or (), sections)
    assert numbers.dtype == np.int64
    passages = [index.passage(int(number)) for number in numbers]
    return [(passage.document, " > ".join(passage.section)) for passage in passages]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index([document("tea", paths=PATHS), document("coffee", paths=PATHS[:3])])


def test_nothing_named_is_everything(index: Index) -> None:
    assert index.within().tolist() == list(range(len(index)))


def test_documents_give_their_passages_in_order_and_once(index: Index) -> None:
    assert index.within(["tea"]).tolist() == [0, 1, 2, 3, 4]
    assert index.within(["coffee"]).tolist() == [5, 6, 7]
    assert index.within(["coffee", "tea", "coffee"]).tolist() == list(range(8))


def test_an_unknown_document_is_named(index: Index) -> None:
    with pytest.raises(KeyError, match="cocoa"):
        index.within(["tea", "cocoa"])


def test_a_section_brings_its_subsections(index: Index) -> None:
    assert headings(index, ["history"], ["coffee"]) == [("coffee", "History"), ("coffee", "History > Early years")]
    assert headings(index, [" HISTORY > early YEARS "]) == [
        ("tea", "History > Early years"),
        ("coffee", "History > Early years"),
    ]


def test_a_section_may_be_named_by_its_own_heading_in_any_case(index: Index) -> None:
    assert headings(index, ["early years"], ["tea"]) == [("tea", "History > Early years")]
    assert headings(index, ["éCONOMIE"]) == [("tea", "Économie > History")]


def test_an_empty_name_is_the_lead_alone(index: Index) -> None:
    assert headings(index, [""]) == [("tea", ""), ("coffee", "")]


def test_several_sections_are_added_up_and_met_by_the_documents(index: Index) -> None:
    assert headings(index, ["Economy", "Early years"], ["tea"]) == [
        ("tea", "History > Early years"),
        ("tea", "Economy"),
    ]


def test_an_unknown_section_gives_no_passage_and_so_no_hit(index: Index) -> None:
    nothing = index.within(sections=["Geography"])
    assert nothing.tolist() == []
    assert len(index.search("treaty river", 5, within=nothing)) == 0
    assert index.search("treaty unheard", 5, within=nothing).terms == index.search("treaty unheard", 5).terms


def test_an_empty_index_has_nothing_within() -> None:
    assert build_index([]).within(sections=["History"]).tolist() == []
    assert len(build_index([]).search("treaty", within=build_index([]).within())) == 0


@pytest.mark.parametrize("within", [[-1, 0], [0, 8], [1, 1], [2, 1], [[0, 1]], [0.5]])
def test_a_list_that_is_no_ascending_list_of_numbers_is_refused(index: Index, within: list[int]) -> None:
    with pytest.raises(SettingError, match="within"):
        index.search("treaty", within=np.array(within))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=200),
    st.lists(st.sampled_from([*WORDS, "unheard"]), min_size=1, max_size=4),
    st.data(),
)
def test_hits_within_are_those_of_all_that_are_within(
    texts: list[list[str]], question: list[str], data: st.DataObject
) -> None:
    documents = [
        Document(f"d{n}", "", " ".join(text), (Section((), 0, len(" ".join(text))),), f"d{n}.txt")
        for n, text in enumerate(texts)
    ]
    index = build_index(documents, settings=IndexSettings(evidence=EvidenceSettings(depth=0)))
    within = np.array(sorted(data.draw(st.sets(st.integers(0, len(index) - 1)))), np.int64)
    k = data.draw(st.integers(1, 40))
    everything = index.search(" ".join(question), len(index))
    kept = np.isin(everything.numbers, within)
    hits = index.search(" ".join(question), k, within=within)
    assert hits.numbers.tolist() == everything.numbers[kept][:k].tolist()
    assert hits.scores.tolist() == everything.scores[kept][:k].tolist()


def test_evidence_counts_within_as_it_does_in_all() -> None:
    texts = ["The red river of tea.", "River tea red, red.", "Tea river."]
    documents = [Document(f"d{n}", "", text, (Section((), 0, len(text)),), f"d{n}.txt") for n, text in enumerate(texts)]
    index = build_index(documents)
    everything = index.search("Where is the red river?", 3)
    within = index.search("Where is the red river?", 3, within=np.array([0, 1]))
    assert within.numbers.tolist() == [0, 1]
    kept = everything.numbers < 2
    assert within.scores.tolist() == everything.scores[kept].tolist()


@pytest.mark.parametrize("harm", [b"[", b"\n"])
def test_damaged_heading_paths_are_told_as_such(index: Index, harm: bytes) -> None:
    tables = replace(index.tables, paths=harm * len(index.tables.paths))
    with pytest.raises(IndexFolderError, match="the index is damaged"):
        select(tables, None, ["History"])
