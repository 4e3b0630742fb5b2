"""Marks: where in its file a stretch of text stands, kept by an index and told by citations."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from corpus.documents import Document, Section
from corpus.marks import PLACES, Mark, packed, place_of, unpacked, unpacked_around
from index.building.build import build_index
from index.building.counting import weigh
from index.building.merging import merge, segment_of
from index.building.worker import packed as packed_documents
from index.building.worker import unpacked as unpacked_documents
from index.cluster.distributed import renamed
from index.folder.storage import open_index, save_index
from qa.audit.receipts import citation_of
from qa.citing import cite_place
from qa.terminal import place

NUMBERS = st.none() | st.integers(1, 999)
NAMES = st.none() | st.text(max_size=4)
MARKS = st.builds(Mark, start=st.integers(0, 10_000), page=NUMBERS, slide=NUMBERS, sheet=NAMES, cell=NAMES, time=NAMES)
TEXT = "Room | Price\n--- | ---\nOak | 80 euros"
SHEET = (
    Mark(0, sheet="Rooms", cell="A1"),
    Mark(7, sheet="Rooms", cell="B1"),
    Mark(23, sheet="Rooms", cell="A2"),
    Mark(29, sheet="Rooms", cell="B2"),
)


def document(name: str = "rooms", *, marks: tuple[Mark, ...] = SHEET) -> Document:
    return Document(name, name, TEXT, (Section((), 0, len(TEXT)),), f"{name}.xlsx", marks=marks)


@given(st.lists(MARKS, max_size=9).map(lambda marks: tuple(sorted(marks, key=lambda mark: mark.start))))
def test_marks_come_back_as_they_were_packed(marks: tuple[Mark, ...]) -> None:
    assert unpacked(packed(marks).encode()) == marks


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((29, 31), {"sheet": "Rooms", "cell": "B2"}),
        ((23, 37), {"sheet": "Rooms", "cell": "A2:B2"}),
        ((6, 7), {"sheet": "Rooms", "cell": "A1"}),
    ],
)
def test_a_place_is_that_of_the_last_mark_before_it(span: tuple[int, int], expected: dict[str, Any]) -> None:
    assert place_of(SHEET, *span) == expected


@given(st.integers(0, 3000), st.integers(1, 900))
def test_of_many_marks_those_around_a_place_tell_it(start: int, length: int) -> None:
    marks = [Mark(2 * number, sheet="A", cell=f"A{number}") for number in range(1300)]
    lines = packed(marks).encode()
    assert place_of(unpacked_around(lines, start, start + length), start, start + length) == place_of(
        marks, start, start + length
    )
    assert unpacked(lines) == tuple(marks)
    assert len(unpacked_around(lines, 4, 5)) < 600


def test_before_the_first_mark_nothing_is_known() -> None:
    assert place_of((Mark(5, slide=1),), 4, 9) == {}
    assert place_of((), 0, 1) == {}


def test_cells_of_two_sheets_make_no_range() -> None:
    marks = (Mark(0, sheet="A", cell="A1"), Mark(4, sheet="B", cell="C3"))
    assert place_of(marks, 0, 8) == {"sheet": "A", "cell": "A1"}


def test_an_index_keeps_marks_and_its_citations_tell_them(tmp_path: Path) -> None:
    plain = document("plain", marks=())
    slides = document("slides", marks=(Mark(0, slide=1), Mark(23, slide=2)))
    index = build_index([plain, document(), slides])
    save_index(index, tmp_path / "one")
    opened = open_index(tmp_path / "one", verify=True)
    assert list(opened.documents()) == [plain, document(), slides]
    cited = cite_place(opened, "rooms", 29, 31).to_dict()
    assert {name: cited.get(name) for name in PLACES} == {
        "page": None, "slide": None, "sheet": "Rooms", "cell": "B2", "time": None,
    }  # fmt: skip
    assert "slide" not in cited
    assert "time" not in cited
    assert cite_place(opened, "slides", 29, 31).slide == 2
    assert not set(PLACES) - {"page"} & set(cite_place(opened, "plain", 29, 31).to_dict())


def test_a_mark_may_tell_the_page() -> None:
    index = build_index([document(marks=(Mark(0, page=4),))])
    assert cite_place(index, "rooms", 29, 31).page == 4


def test_marks_survive_joining_renaming_and_another_process() -> None:
    one, other = build_index([document("a")]), build_index([document("b", marks=()), document("c")])
    joined = merge([segment_of(one), segment_of(other)])
    assert list(weigh(joined).documents()) == [document("a"), document("b", marks=()), document("c")]
    changed = [each.id for each in weigh(renamed(joined, ["x", "b", "z"])).documents()]
    assert changed == ["x", "b", "z"]
    kept = [each.marks for each in weigh(renamed(joined, ["x", "b", "z"])).documents()]
    assert kept == [SHEET, (), SHEET]
    both = [document("a"), document("b", marks=())]
    assert unpacked_documents(*packed_documents(both)) == both


def test_a_person_reads_the_cell_and_the_sheet_where_it_is_no_section() -> None:
    cited = cite_place(build_index([document()]), "rooms", 29, 31)
    assert place(cited) == "rooms, sheet Rooms, cell B2"
    assert place(replace(cited, section=("Rooms",))) == "rooms > Rooms, cell B2"


def test_a_citation_in_json_is_read_back_with_its_place() -> None:
    cited = cite_place(build_index([document()]), "rooms", 29, 31)
    stored = json.loads(json.dumps(cited.to_dict()))
    assert citation_of(stored) == cited
    with pytest.raises(ValueError, match=r"citation\.slide is 'two'; a whole number or null was expected"):
        citation_of({**stored, "slide": "two"})


def test_an_answer_of_the_tools_fits_their_schema_without_places() -> None:
    from pydantic import TypeAdapter

    schema = TypeAdapter(qa.Answer).json_schema(mode="serialization")
    assert "cell" not in schema["$defs"]["Citation"]["required"]
