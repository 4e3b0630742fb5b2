"""Items that a tagger marked: which are taken, and what decides that they are the answer."""

import pytest

from corpus.documents import Document, Section
from index.building.build import build_index
from qa.lists import ListModel, Regression, listed
from qa.plurality import may_ask_for_several
from qa.questions import analyse_question
from qa.readers.readings import Reading, Span
from qa.tagged import tagged_items

NEVER = Regression({}, -9.0, 0.5)
TEXT = "Ines Sandhu led the choir first. Omar Falk led it later. Tove Lind wrote about Omar Falk."


def span(text: str, sure: float, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Span(0, start, start + len(text), (0, len(TEXT)), 3.0, text, TEXT, evidence=(("tag", sure),))


def passages() -> list:
    return list(build_index([Document("d", "d", TEXT, (Section((), 0, len(TEXT)),), "d.txt")]).passages())


def reading(best: Span, *spans: Span) -> Reading:
    return Reading((best,), 0.0, tagged=lambda wanted: tuple(each for each in spans if each.passage in wanted))


def test_items_are_distinct_in_order_and_sure_enough() -> None:
    best = span("Ines Sandhu", 0.9)
    read = reading(best, span("Omar Falk", 0.8), best, span("Omar Falk", 0.6, 1), span("Tove Lind", 0.05))
    assert [item.text for item in tagged_items(best, read, passages())] == ["Ines Sandhu", "Omar Falk"]


def test_there_are_none_where_the_best_answer_is_none_of_them() -> None:
    best = span("Tove Lind", 0.9)
    assert tagged_items(best, reading(best, span("Ines Sandhu", 0.9), span("Omar Falk", 0.9)), passages()) == ()


@pytest.mark.parametrize(
    ("question", "tagged", "texts"),
    [
        ("Which women and men led the choir?", True, ["Ines Sandhu", "Omar Falk"]),
        ("Which women and men led the choir?", False, []),
        ("Who led the choir?", True, []),
        ("Which woman led the choir?", True, []),
    ],
)
def test_marked_items_are_the_answer_where_several_are_asked_for(question: str, tagged: bool, texts: list[str]) -> None:
    best = span("Ines Sandhu", 0.9)
    read = reading(best, best, span("Omar Falk", 0.8))
    found = listed(analyse_question(question), best, read, passages(), ListModel(NEVER, NEVER, tagged))
    assert [item.text for item in found.items] == texts
    assert found.whole == best


def test_part_of_another_item_is_none() -> None:
    best = span("Ines Sandhu", 0.9)
    read = reading(best, best, span("Omar Falk", 0.8), span("Omar", 0.9, 1))
    assert [item.text for item in tagged_items(best, read, passages())] == ["Ines Sandhu", "Omar Falk"]


def test_one_marked_item_is_no_list() -> None:
    best = span("Ines Sandhu", 0.9)
    model = ListModel(NEVER, NEVER, tagged=True)
    found = listed(analyse_question("Which people led it?"), best, reading(best, best), passages(), model)
    assert (found.whole, found.items) == (best, ())


def test_a_question_for_one_thing_is_not_asked_of_the_tagger() -> None:
    def refuse(wanted: object) -> tuple[Span, ...]:
        raise AssertionError(wanted)

    best = span("Ines Sandhu", 0.9)
    question = analyse_question("Which woman led the choir?")
    assert not may_ask_for_several(question)
    found = listed(question, best, Reading((best,), 0.0, tagged=refuse), passages(), ListModel(NEVER, NEVER, True))
    assert found.items == ()
