"""Passages: windows of whole sentences inside one section that leave nothing out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SettingError
from corpus.formats.wiki import parse
from corpus.passages import PassageSettings, split_passages
from corpus.whitespace import WHITE_SPACE

LINES = st.one_of(
    st.sampled_from(["= Title =", "== One ==", "=== Two ===", "==== Three ====", "====== Six ======", "=Odd==", "==="]),
    st.sampled_from(["Infobox", "- Key: value", "- Envoy1: Ana", "* item", "| a | b |", "1. item", "Short line"]),
    st.sampled_from(
        ["Tea is hot. Ice is cold. Gen. Wrangel left the U.S. in 1920.", "お茶は熱い。雪は冷たい。", "word " * 90]
    ),
    st.sampled_from(["e\u0301te\u0301.", "👩\u200d🚀!", "\u200b", "\xa0", "\x0c", "\ufeff", "", "", "", "x" * 300]),
    st.text(max_size=30),
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"])
TEXTS = st.tuples(
    st.sampled_from(["", "\ufeff"]),
    st.lists(st.tuples(LINES, ENDS), max_size=20).map(lambda pairs: "".join(line + end for line, end in pairs)),
).map("".join)
SETTINGS = st.builds(
    PassageSettings,
    max_words=st.integers(1, 60),
    overlap_sentences=st.integers(0, 3),
    join_paragraphs=st.booleans(),
)


def document(text: str) -> Document:
    return parse(text, id="d", title="D", source="d.txt")


def texts(text: str, **settings: int) -> list[str]:
    return [passage.text for passage in split_passages(document(text), PassageSettings(**settings))]


def test_a_paragraph_that_fits_stays_whole() -> None:
    assert texts("One two three. Four five.\n\nSix seven eight nine.", max_words=5) == [
        "One two three. Four five.",
        "Six seven eight nine.",
    ]


def test_short_neighbours_are_joined_up_to_the_bound() -> None:
    assert texts("One two.\n\nThree four.\n\nFive six.", max_words=4) == ["One two.\n\nThree four.", "Five six."]


def test_paragraphs_stay_apart_where_joining_is_off() -> None:
    settings = PassageSettings(max_words=10, join_paragraphs=False)
    passages = split_passages(document("One two.\n\nThree four."), settings)
    assert [passage.text for passage in passages] == ["One two.", "Three four."]


def test_a_long_paragraph_is_split_into_windows_of_about_equal_length() -> None:
    passages = texts(" ".join(["One two three four five."] * 8), max_words=30)
    assert [len(passage.split()) for passage in passages] == [20, 20]


def test_a_sentence_longer_than_the_bound_is_a_passage_of_its_own() -> None:
    assert texts("A b. C d e f g h i j. K l.", max_words=4) == ["A b.", "C d e f g h i j.", "K l."]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_another_kind_give_the_same_passages(line_end: str) -> None:
    text = "Lead one.\nLead two.\n\nLead three.\n== A ==\n- x: 1\n- y: 2\n\nShort line\nAnd a longer line of prose."
    plain = [passage.text for passage in split_passages(document(text), PassageSettings(max_words=4))]
    other = split_passages(document(text.replace("\n", line_end)), PassageSettings(max_words=4))
    assert [passage.text.replace(line_end, "\n") for passage in other] == plain


def test_an_infobox_is_a_passage_apart_from_the_lead() -> None:
    text = "= T =\n\nInfobox\n- Envoy1: Ana\n- Mission1: Embassy\n\nThe lead is short.\n\nSo is this."
    assert texts(text, max_words=100) == [
        "Infobox\n- Envoy1: Ana\n- Mission1: Embassy",
        "The lead is short.\n\nSo is this.",
    ]


def test_an_overlap_repeats_the_last_sentences_of_the_passage_before() -> None:
    assert texts("A b. C d. E f. G h.", max_words=4, overlap_sentences=1) == ["A b. C d.", "C d. E f. G h."]


def test_a_script_without_spaces_is_split_too() -> None:
    assert len(texts("お茶は熱い。雪はとても冷たいものです。" * 40, max_words=20)) > 1


def test_passages_carry_the_title_and_the_path_of_their_section() -> None:
    (passage,) = split_passages(document("= Tea =\n== A ==\n=== B ===\nHot."))
    assert (passage.document, passage.title, passage.section) == ("d", "Tea", ("A", "B"))


@pytest.mark.parametrize(("name", "value"), [("max_words", 0), ("overlap_sentences", -1)])
def test_a_setting_out_of_range_is_refused_by_name_and_value(name: str, value: int) -> None:
    with pytest.raises(SettingError, match=f"{name} is {value}"):
        PassageSettings(**{name: value})


@given(TEXTS, SETTINGS)
def test_every_character_of_a_section_is_in_a_passage_of_that_section(text: str, settings: PassageSettings) -> None:
    parsed = document(text)
    passages = split_passages(parsed, settings)
    for section in parsed.sections:
        inside = [passage for passage in passages if section.start <= passage.start and passage.end <= section.end]
        covered = {at for passage in inside for at in range(passage.start, passage.end)}
        assert {at for at in range(section.start, section.end) if text[at] not in WHITE_SPACE} <= covered
        assert all(passage.section == section.path for passage in inside)
    owners = [sum(s.start <= p.start and p.end <= s.end for s in parsed.sections) for p in passages]
    assert owners == [1] * len(passages)


@given(TEXTS, SETTINGS)
def test_a_passage_is_its_window_and_its_sentences_are_in_order(text: str, settings: PassageSettings) -> None:
    for passage in split_passages(document(text), settings):
        assert passage.text == text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0][0], passage.sentences[-1][1])
        bounds = [bound for sentence in passage.sentences for bound in sentence]
        assert bounds == sorted(bounds)
        assert all(text[start:end].strip(WHITE_SPACE) == text[start:end] != "" for start, end in passage.sentences)


@given(TEXTS, st.integers(1, 60))
def test_a_passage_keeps_to_the_bound_unless_it_is_one_sentence(text: str, max_words: int) -> None:
    for passage in split_passages(document(text), PassageSettings(max_words=max_words)):
        assert len(passage.text.replace("\ufeff", " ").split()) <= max_words or len(passage.sentences) == 1


@given(TEXTS)
def test_sections_are_in_order_and_never_overlap(text: str) -> None:
    bounds = [bound for section in document(text).sections for bound in (section.start, section.end)]
    assert bounds == sorted(bounds)
