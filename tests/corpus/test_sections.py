"""Sections: the heading stack pops, and the windows hold what stands between headings."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.sections import TITLE, Heading, split_sections


def paths(levels: list[int]) -> list[tuple[str, ...]]:
    """The paths of sections that each hold one word, under headings H0, H1, ... of these levels."""
    text, headings = "", []
    for number, level in enumerate(levels):
        name = f"H{number}"
        headings.append(Heading(level, name, len(text), len(text) + len(name)))
        text += f"{name}\nword\n"
    return [section.path for section in split_sections(text, headings)]


def test_a_shallower_heading_closes_the_deeper_ones() -> None:
    assert paths([2, 3, 4, 3, 2]) == [("H0",), ("H0", "H1"), ("H0", "H1", "H2"), ("H0", "H3"), ("H4",)]


def test_a_skipped_level_nests_in_what_is_open() -> None:
    assert paths([2, 5, 3, 4, 2]) == [("H0",), ("H0", "H1"), ("H0", "H2"), ("H0", "H2", "H3"), ("H4",)]


def test_a_document_may_begin_with_a_deep_heading() -> None:
    assert paths([4, 2, 3]) == [("H0",), ("H1",), ("H1", "H2")]


def test_the_title_names_no_section() -> None:
    assert paths([TITLE, 2]) == [(), ("H1",)]


def test_a_section_without_text_is_left_out() -> None:
    text = "A\nB\nword"
    sections = split_sections(text, [Heading(2, "A", 0, 1), Heading(3, "B", 2, 3)])
    assert [(section.path, text[section.start : section.end]) for section in sections] == [(("A", "B"), "word")]


def test_a_heading_without_words_closes_the_deeper_ones_and_names_nothing() -> None:
    text = "A.B.C.#.D.#."
    levels = [(2, "A"), (3, "B"), (4, "C"), (3, ""), (4, "D"), (2, "")]
    headings = [Heading(level, name, 2 * at, 2 * at + 1) for at, (level, name) in enumerate(levels)]
    assert [section.path for section in split_sections(text, headings)] == [
        ("A",),
        ("A", "B"),
        ("A", "B", "C"),
        ("A",),
        ("A", "D"),
        (),
    ]


@given(st.lists(st.integers(1, 6), max_size=12))
def test_a_path_holds_the_last_heading_and_only_shallower_ones_above_it(levels: list[int]) -> None:
    for number, path in enumerate(paths(levels)):
        above = [levels[int(name[1:])] for name in path]
        assert path[-1] == f"H{number}"
        assert above == sorted(set(above))
