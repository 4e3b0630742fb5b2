"""Conditions on metadata: which values meet them, which documents, and what is said where none does."""

import pytest

from corpus.documents import Document, Section
from corpus.errors import SettingError
from index.building.build import build_index, build_segment
from index.building.counting import add_totals, totals, weigh
from index.folder.sharded import ShardedIndex
from index.ranking.conditions import Condition, UnknownMetadataError, conditions_of
from index.ranking.search import Index


def document(name: str, **stated: str) -> Document:
    text = f"The kettle of {name} is hot.\nIt is green."
    return Document(name, name, text, (Section((), 0, len(text)),), f"{name}.md", metadata=tuple(stated.items()))


DOCUMENTS = [
    document("oslo", Department="HR", date="2024-03-05", tags="leave, pay", price="9.50"),
    document("rome", department="IT", date="12 December 2023", price="1,200", draft="true"),
    document("bern", department="hr", date="2023", tags="travel; pay"),
    document("none"),
]
INDEX = build_index(DOCUMENTS)


def met(*where: str, index: Index = INDEX) -> list[str]:
    numbers = index.within(where=conditions_of(where))
    return [index.passage(number).document for number in numbers.tolist()]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("department=HR", ["oslo", "bern"]),
        ("DEPARTMENT = hr ", ["oslo", "bern"]),
        ("department!=HR", ["rome", "none"]),
        ("tags=pay", ["oslo", "bern"]),
        ("tags=leave, pay", ["oslo"]),
        ("tags!=travel", ["oslo", "rome", "none"]),
        ("draft=TRUE", ["rome"]),
        ("date=2023", ["rome", "bern"]),
        ("date=2023-12-12", ["rome"]),
        ("date=5 March 2024", ["oslo"]),
        ("date>2023", ["oslo"]),
        ("date>=2023", ["oslo", "rome", "bern"]),
        ("date<2024-03-05", ["rome", "bern"]),
        ("date<=2024-03-05", ["oslo", "rome", "bern"]),
        ("date<2023-06", []),
        ("price>10", ["rome"]),
        ("price=1200.0", ["rome"]),
        ("price<=9.5", ["oslo"]),
        ("price!=9.5", ["rome", "bern", "none"]),
        ("tags~ea", ["oslo"]),
    ],
)
def test_documents_that_meet_a_condition(condition: str, names: list[str]) -> None:
    if names:
        assert met(condition) == names
    else:
        with pytest.raises(UnknownMetadataError):
            met(condition)


def test_several_conditions_must_all_hold() -> None:
    assert met("department=HR", "date>=2024") == ["oslo"]
    with pytest.raises(UnknownMetadataError, match="no document meets all of department=IT, tags=pay"):
        met("department=IT", "tags=pay")


def test_conditions_go_with_documents_and_sections() -> None:
    where = conditions_of(["department=HR"])
    assert INDEX.within(["bern", "rome"], where=where).tolist() == INDEX.within(["bern"]).tolist()
    assert INDEX.within(["rome"], where=where).tolist() == []
    assert INDEX.within(sections=["", "Elsewhere"], where=where).tolist() == INDEX.within(["oslo", "bern"]).tolist()


def test_an_index_in_shards_finds_what_one_index_does() -> None:
    segments = [build_segment(DOCUMENTS[:2]), build_segment(DOCUMENTS[2:])]
    whole = add_totals([totals(segment) for segment in segments])
    shards = ShardedIndex([weigh(segment, whole) for segment in segments])
    for where in (["department=hr"], ["date<2024"], ["tags!=travel"], ["tags=travel"]):
        assert met(*where, index=shards) == met(*where)
        found = shards.search("kettle", within=shards.within(where=conditions_of(where)))
        assert sorted(shards.passage(n).document for n in found.numbers.tolist()) == sorted(met(*where))
    with pytest.raises(UnknownMetadataError, match="keys: date, Department, draft, price, tags"):
        met("colour=red", index=shards)


def test_marks_and_dropped_parts_beside_it_do_not_hide_metadata() -> None:
    from corpus.documents import Dropped
    from corpus.marks import Mark

    odd = document('odd ", "metadata": [[', note='a"], "dropped": ["b')
    odd = Document(
        odd.id,
        odd.title,
        odd.text,
        odd.sections,
        odd.source,
        (0,),
        (Dropped("menu", "x"),),
        odd.metadata,
        (Mark(0, 1),),
    )
    index = build_index([odd, document("plain", note="c")])
    assert index.metadata.columns["note"].values == ('a"], "dropped": ["b', "c")
    assert met("note=c", index=index) == ["plain"]


def test_an_unknown_key_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownMetadataError) as caught:
        met("departement=HR")
    assert str(caught.value) == (
        "departement=HR: no document has the key 'departement'; did you mean Department?; "
        "keys: date, Department, draft, price, tags"
    )


def test_a_value_that_no_document_has_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownMetadataError) as caught:
        met("department=Sales")
    assert str(caught.value) == (
        "department=Sales: no document has that; values of Department: HR; IT; hr; "
        "keys: date, Department, draft, price, tags"
    )


def test_nothing_is_above_a_word() -> None:
    with pytest.raises(UnknownMetadataError, match="date>soon: 'soon' is neither a number nor a date"):
        met("date>soon")


def test_an_empty_value_is_had_by_none() -> None:
    for where in ({"department": " "}, {"": "HR"}):
        with pytest.raises(UnknownMetadataError):
            INDEX.within(where=conditions_of(where))


def test_documents_without_metadata_say_so() -> None:
    with pytest.raises(UnknownMetadataError, match="the documents have no metadata"):
        met("a=b", index=build_index([document("none")]))


@pytest.mark.parametrize("text", ["", "department", "=HR", "department=", "!=x", "a!=", "a=  "])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="where is "):
        Condition.read(text)


def test_a_value_may_hold_what_parts_a_condition() -> None:
    assert Condition.read("formula = a=b<c") == Condition("formula", "=", "a=b<c")
    assert conditions_of({"a>b": "=x"}) == (Condition("a>b", "=", "=x"),)


def test_conditions_may_be_a_mapping() -> None:
    assert conditions_of({"year": 2024, "draft": False, "rate": 0.5}) == (
        Condition("year", "=", "2024"),
        Condition("draft", "=", "false"),
        Condition("rate", "=", "0.5"),
    )


@pytest.mark.parametrize("where", ["a=b", [3], {"a": None}, {"a": ["b"]}])
def test_conditions_of_another_kind_are_refused(where: object) -> None:
    with pytest.raises(SettingError, match="where "):
        conditions_of(where)  # type: ignore[arg-type]


def test_a_number_with_a_comma_lists_nothing() -> None:
    assert not Condition.read("price=200").holds("1,200")
    assert not Condition.read("date=2024").holds("about March 5, 2023")


def test_metadata_are_the_same_however_many_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.data.metadata._BATCH", 2)
    index = build_index([*DOCUMENTS, document("last", tags="pay")])
    assert met("tags=pay", index=index) == ["oslo", "bern", "last"]
    assert met("tags=pay", "date!=2023", index=index) == ["oslo", "last"]
    assert met("tags=pay", "date!=2023", index=index) == ["oslo", "last"]  # as it is remembered
