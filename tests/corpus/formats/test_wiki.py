"""Wiki text: headings, the title line and infobox lines, with every kind of line end."""

from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.formats import read_file
from corpus.formats.wiki import FORMAT, parse

TEXT = """\
= Green tea =

Infobox
- Colour: green

Tea is hot.

==Brewing==
=== Water ===
Boil it. 1 = 1 = 1

== History ==

It is old.
"""


def read(text: str) -> Document:
    return parse(text, id="tea", title="fallback", source="tea.txt")


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\n\n"])
def test_headings_give_the_title_and_the_sections(line_end: str, mark: str) -> None:
    text = (mark + TEXT).replace("\n", line_end)
    document = read(text)
    assert document.text == text
    assert document.title == "Green tea"
    assert layout(document) == [
        ((), "Infobox\n- Colour: green\n\nTea is hot.".replace("\n", line_end)),
        (("Brewing", "Water"), "Boil it. 1 = 1 = 1"),
        (("History",), "It is old."),
    ]


def test_without_a_title_line_the_title_passed_in_stays() -> None:
    assert read("== A ==\nText.").title == "fallback"


def test_a_title_line_after_text_is_a_section() -> None:
    assert layout(read("Lead.\n= A =\nText.")) == [((), "Lead."), (("A",), "Text.")]


def test_a_second_heading_of_the_first_level_is_a_section() -> None:
    assert layout(read("= T =\nLead.\n= A =\nText.\n== B ==\nMore.")) == [
        ((), "Lead."),
        (("A",), "Text."),
        (("A", "B"), "More."),
    ]


@pytest.mark.parametrize("line", ["=====", "a == b ==", " == indented ==", "= unclosed", "=", "== =="])
def test_a_line_of_another_kind_is_no_heading(line: str) -> None:
    assert layout(read(f"Text.\n{line}\nMore.")) == [((), f"Text.\n{line}\nMore.")]


def test_uneven_marks_count_as_the_fewer() -> None:
    assert layout(read("=== A ==\nText."))[0][0] == ("= A",)


def test_bold_and_italic_marks_are_no_part_of_a_heading() -> None:
    assert layout(read("== '''A''' ''b'' ==\nText."))[0][0] == ("A b",)


@pytest.mark.parametrize("name", ["''", "''''''", "''' '''"])
def test_a_heading_of_marks_alone_closes_the_section_and_names_none(name: str) -> None:
    assert layout(read(f"== A ==\nText.\n== {name} ==\nMore.")) == [(("A",), "Text."), ((), "More.")]


def test_a_title_line_of_marks_alone_leaves_the_title_passed_in() -> None:
    assert read("= '' =\nText.").title == "fallback"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_wiki_text_is_recognised_in_any_encoding(encoding: str) -> None:
    assert FORMAT.accepts is not None
    assert FORMAT.accepts("= Café =\nText.".encode(encoding))
    assert not FORMAT.accepts("Text = more.\n======\nThe end.".encode(encoding))


def read_page(folder: Path, text: str) -> Document:
    path = folder / "tea.wiki"
    path.write_text(text, encoding="utf-8", newline="")
    (document,) = read_file(path)
    assert len(document.text) == len(text)
    return document


@pytest.mark.parametrize(
    "heading",
    [
        "== Milk == <!-- keep -->",
        "== Milk ==<!-- a --> <!-- b -->  ",
        "<!-- keep -->== Milk ==",
        "== <!-- keep -->Milk ==",
        "== Milk ==<ref>Board, May.</ref>",
        '== Milk<ref name="a"/> ==',
        "== {{anchor|Old}} Milk ==",
        '== <span id="old">Milk</span> ==',
        "<h2>Milk</h2>",
    ],
)
def test_a_heading_is_one_whatever_stands_beside_it(tmp_path: Path, heading: str) -> None:
    document = read_page(tmp_path, f"= Tea =\nHot.\n\n{heading}\nCold.\n")
    assert layout(document) == [((), "Hot."), (("Milk",), "Cold.")]
    assert [section.path for section in read(f"Hot.\n{heading}\nCold.").sections] == [(), ("Milk",)]


@pytest.mark.parametrize("tag", ["pre", "nowiki", "syntaxhighlight lang='x'", "source", "math", "PRE"])
def test_there_are_no_headings_and_comments_in_verbatim_parts(tmp_path: Path, tag: str) -> None:
    inner = f"<{tag}>\n== no ==\n<!-- seen -->\n</{tag.split()[0]}>"
    document = read_page(tmp_path, f"== Milk ==\n{inner}\nCold.")
    assert layout(document) == [(("Milk",), f"{inner}\nCold.")]


def test_comments_and_struck_text_are_no_text(tmp_path: Path) -> None:
    text = "<!-- first -->\n= Tea =\nHot.<!-- or cold\n== Old ==\n--> It costs <s>40</s> <del>35</del> 30.\n"
    document = read_page(tmp_path, text)
    assert document.title == "Tea"
    ((path, words),) = layout(document)
    assert (path, words.split()) == ((), ["Hot.", "It", "costs", "30."])
    assert [part.kind for part in document.dropped] == ["comment", "comment", "struck out", "struck out"]


@pytest.mark.parametrize("line", ["a <!-- b -->== c ==", "== a == b", "<nowiki>== a ==</nowiki>"])
def test_what_only_looks_like_a_heading_beside_markup_is_none(line: str) -> None:
    assert [section.path for section in read(f"Text.\n{line}\nMore.").sections] == [()]


def test_a_text_whose_only_heading_is_followed_by_a_comment_is_wiki_text() -> None:
    assert FORMAT.accepts is not None
    assert FORMAT.accepts(b"Hot.\n== Milk == <!-- keep -->\nCold.")


def test_references_are_left_out_and_told_of() -> None:
    text = "= Tower =\nLit in 1871<ref name=a /> and in 1900<ref>See p. 4.</ref>.\n"
    (document,) = FORMAT.read(text.encode(), "tower.wiki", lambda _: None)
    assert " ".join(document.text.split()) == "= Tower = Lit in 1871 and in 1900 ."
    assert len(document.text) == len(text)
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("reference", "<ref name=a />"),
        ("reference", "<ref>See p. 4.</ref>"),
    ]


@pytest.mark.parametrize("name", ["[[Port]]", "[[Harbour|Port]]", "[https://example.org Port]", "''[[Port]]''"])
def test_links_in_a_heading_are_read_as_their_words(name: str) -> None:
    assert layout(read(f"= T =\n== {name} ==\nBoats.\n")) == [(("Port",), "Boats.")]
