import json
from dataclasses import replace

import pytest

import qa
from corpus.documents import Document, Section
from corpus.errors import ModelError, SpanError
from qa.answers import Answer, Citation, Item
from qa.enumerations import is_separator, items_of
from qa.lists import Listed, ListModel, Regression, listed, shape
from qa.opening import build_documents
from qa.plurality import plurality
from qa.questions import analyse_question
from qa.readers.readings import Reading, Span

LEASE = (
    "The landlord repairs the roof, the outer walls, the windows and the main drains. "
    "The tenant repairs the taps. In Setúbal people speak Portuguese and Turkish. "
    "The garden was laid out by Ines Sandhu in 1931, and Omar Falk enlarged it in 1950."
)
ALWAYS, NEVER = Regression({}, 9.0, 0.5), Regression({}, -9.0, 0.5)


def asked_of(text: str, question: str, reader: str = "neural") -> Answer:
    document = Document("d", "Notes", text, (Section((), 0, len(text)),), "d.txt")
    return build_documents([document], reader=reader).ask(question, min_confidence=0.0)


def items(text: str, before: str = "") -> list[str]:
    return [text[start:end] for start, end in items_of(text, before=before)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Portuguese and Turkish", ["Portuguese", "Turkish"]),
        ("the roof, the walls, and the drains", ["the roof", "the walls", "the drains"]),
        ("red; green, blue; black", ["red", "green, blue", "black"]),
        ("both tea and coffee", ["tea", "coffee"]),
        ("Austin, Texas and Denver, Colorado", ["Austin, Texas", "Denver, Colorado"]),
        ("smoke (tobacco and other), dust and fumes", ["smoke (tobacco and other)", "dust", "fumes"]),
        ("Smith and Sons, Brown and Co., and Jones", ["Smith and Sons", "Brown and Co.", "Jones"]),
        ("Martin Luther King, Jr. and Malcolm X", ["Martin Luther King, Jr.", "Malcolm X"]),
        ("3 May, 2010 and 4 June, 2011", ["3 May, 2010", "4 June, 2011"]),
        ("12,500 and 13,000", ["12,500", "13,000"]),
    ],
)
def test_an_enumeration_is_split_at_its_top_level_and_the_words_between_are_dropped(
    text: str, parts: list[str]
) -> None:
    assert items(text) == parts


@pytest.mark.parametrize("text", ["14 May, 2020", "1,000", "Paris, France", "tea", "", "between 5 and 9", "; ,"])
def test_dates_numbers_places_pairs_and_single_words_are_no_enumeration(text: str) -> None:
    assert items(text) == []


def test_what_stands_after_between_is_a_pair() -> None:
    assert items("5 and 9 km", before="between ") == []
    assert items("5 and 9 km", before="of ") == ["5", "9 km"]


def test_only_what_parts_items_is_a_separator() -> None:
    assert [is_separator(text) for text in (", ", " and ", ", or ", " in 2012, ", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_question_tells_whether_it_asks_for_several() -> None:
    def told(question: str) -> set[str]:
        return {name for name, value in plurality(analyse_question(question)).items() if value}

    assert told("Which clans fought in the war?") == {"plural"}
    assert told("Which country won?") == {"singular", "one"}
    assert told("What two men signed it?") == {"plural", "counted"}
    assert "plural" not in told("How many members are there?")


def test_shapes_tell_names_from_numbers_and_words() -> None:
    assert [shape(text) for text in ("Ines Sandhu", "2,400", "the roof", "the Main roof")] == [
        "name",
        "number",
        "lower",
        "mixed",
    ]


def spans_of(text: str, *texts: str) -> list[Span]:
    return [
        Span(0, text.index(each), text.index(each) + len(each), (0, len(text)), 9.0 - at, each, text)
        for at, each in enumerate(texts)
    ]


def found(text: str, model: ListModel, *texts: str) -> Listed:
    document = Document("d", "d", text, (Section((), 0, len(text)),), "d.txt")
    passages = list(build_documents([document], reader="lexical").passages())
    best, *further = spans_of(text, *texts)
    reading = Reading((best,), 0.0, further=(best, *further))
    return listed(analyse_question("Which colours?"), best, reading, passages, model)


def test_items_that_stand_together_keep_the_whole_run_as_the_text() -> None:
    answer = found("It is red, green and blue.", ListModel(ALWAYS, NEVER), "red, green and blue")
    assert answer.whole.text == "red, green and blue"
    assert [item.text for item in answer.items] == ["red", "green", "blue"]


def test_a_further_item_of_the_same_run_widens_it() -> None:
    answer = found("It is red and blue.", ListModel(ALWAYS, ALWAYS), "blue", "red")
    assert (answer.whole.text, [item.text for item in answer.items]) == ("red and blue", ["red", "blue"])


def test_of_items_that_stand_apart_the_surest_is_the_text() -> None:
    answer = found("It was red once, later it became blue.", ListModel(ALWAYS, ALWAYS), "blue", "red")
    assert (answer.whole.text, [item.text for item in answer.items]) == ("blue", ["red", "blue"])


def test_the_model_can_leave_an_enumeration_whole_and_further_spans_out() -> None:
    answer = found("It is red and blue, later green.", ListModel(NEVER, NEVER), "red and blue", "green")
    assert (answer.whole.text, answer.items) == ("red and blue", ())


def test_the_same_words_are_listed_once_and_empty_words_never() -> None:
    answer = found("Several are red. Red or blue.", ListModel(ALWAYS, ALWAYS), "red", "Several", "Red", "blue")
    assert [item.text for item in answer.items] == ["red", "blue"]


@pytest.mark.parametrize("reader", ["neural", "lexical"])
def test_every_item_of_an_answer_is_verbatim_the_document(reader: str) -> None:
    questions = ("Which languages do people speak in Setúbal?", "Which parts does the landlord repair?", "Who repairs?")
    for question in questions:
        answer = asked_of(LEASE, question, reader)
        assert answer.answered
        for item in answer.spans:
            assert LEASE[item.citation.start : item.citation.end] == item.text
        assert answer.texts == (tuple(item.text for item in answer.spans) or (answer.text,))
        assert answer.kind == ("list" if answer.spans else "span")


def test_a_list_asked_for_is_split_and_its_text_stays_the_run() -> None:
    answer = asked_of(LEASE, "Which languages do people speak in Setúbal?")
    assert (answer.kind, answer.texts) == ("list", ("Portuguese", "Turkish"))
    assert answer.text == "Portuguese and Turkish"


def test_a_single_answer_has_no_items() -> None:
    answer = qa.default().ask("When were visas abolished?")
    assert (answer.kind, answer.spans, answer.texts) == ("span", (), ("2009",))


def cited(text: str, part: str) -> Citation:
    start = text.index(part)
    return Citation("d", "d", "d.txt", (), None, start, start + len(part), text, 0, len(text), "0" * 64)


def test_a_list_of_one_or_of_overlapping_items_is_an_error() -> None:
    whole = cited(LEASE, "Portuguese and Turkish")
    first, last = (Item(part, cited(LEASE, part)) for part in ("Portuguese", "Turkish"))
    answer = Answer("Which?", True, whole.text, 0.9, 1.0, whole, spans=(first, last))
    assert json.loads(json.dumps(answer.to_dict()))["texts"] == ["Portuguese", "Turkish"]
    for wrong in ((first,), (last, first), (first, Item(whole.text, whole))):
        with pytest.raises(SpanError):
            replace(answer, spans=wrong)
    with pytest.raises(SpanError):
        Item("portuguese", first.citation)


def test_a_reader_without_its_lists_is_one_clear_error(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.lists.MODELS", tmp_path)
    with pytest.raises(ModelError, match="install citespan again"):
        ListModel.load("missing")
