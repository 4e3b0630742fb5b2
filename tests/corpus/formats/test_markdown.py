"""Markdown: the text unchanged, its headings found by block structure."""

from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.formats import read_file


def read(folder: Path, text: str) -> Document:
    path = folder / "green_tea.md"
    path.write_bytes(text.encode())
    (document,) = read_file(path)
    assert document.text == text
    return document


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_headings_of_both_kinds_give_the_sections(tmp_path: Path, line_end: str, mark: str) -> None:
    text = "# Green *tea*\n\nLead.\n\nBrewing\n---\nBoil.\n\n### Water `hot` ###\nPure.\n\n## [History](h.md)\n\nOld.\n"
    document = read(tmp_path, (mark + text).replace("\n", line_end))
    assert document.title == "Green tea"
    assert layout(document) == [
        ((), "Lead."),
        (("Brewing",), "Boil."),
        (("Brewing", "Water hot"), "Pure."),
        (("History",), "Old."),
    ]


@pytest.mark.parametrize(
    "block",
    ["```\n# no heading\n```", "~~~\nno\n---\n~~~", "    # indented code", "> # quoted", "- # in a list", "#hash"],
)
def test_what_only_looks_like_a_heading_is_text(tmp_path: Path, block: str) -> None:
    assert layout(read(tmp_path, f"# T\n\nText.\n\n{block}\n")) == [((), f"Text.\n\n{block}")]


def test_front_matter_gives_the_title_and_is_no_text(tmp_path: Path) -> None:
    document = read(tmp_path, '---\nlayout: page\ntitle: "Green: tea"\n---\n# Brewing\nBoil.\n')
    assert document.title == "Green: tea"
    assert layout(document) == [(("Brewing",), "Boil.")]


def test_a_first_heading_that_repeats_the_front_matter_is_the_title(tmp_path: Path) -> None:
    assert layout(read(tmp_path, "---\ntitle: Tea\n---\n# Tea\nHot.\n")) == [((), "Hot.")]


@pytest.mark.parametrize("value", ["|", "[a, b]", ">-", ""])
def test_a_title_that_is_no_plain_string_is_passed_over(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, f"---\ntitle: {value}\n---\nHot.\n").title == "green tea"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "opening",
    ["\nHot.\n", "\nHot.\n\n---", "\ntitle: Hot.\n\n---", "Hot.\n\n---", "> Hot: yes.\n\n---", " \t\nHot: yes.\n\n---"],
)
def test_a_thematic_break_at_the_start_is_no_front_matter(tmp_path: Path, opening: str, line_end: str) -> None:
    text = f"---\n{opening}\n\nCold.\n".replace("\n", line_end)
    assert layout(read(tmp_path, text)) == [((), text.strip())]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "lines", ["", "tags:\n  - tea\n", "# remark\n\n'a b': 1\n", "og:title: Tea\n\nx: 1\n", "название: чай\n"]
)
def test_front_matter_of_other_kinds_is_no_text(tmp_path: Path, lines: str, line_end: str) -> None:
    text = f"---\n{lines}---\nHot.\n".replace("\n", line_end)
    assert layout(read(tmp_path, text)) == [((), "Hot.")]


@pytest.mark.parametrize("heading", ["##", "## ##", "## ![](leaf.png)", "## <br>", "![](leaf.png)\n---"])
def test_a_heading_without_words_closes_the_section_and_names_none(tmp_path: Path, heading: str) -> None:
    text = f"# T\n\n## A\n\n### B\n\nHot.\n\n{heading}\n\nCold.\n"
    assert layout(read(tmp_path, text)) == [(("A", "B"), "Hot."), ((), "Cold.")]


def test_without_a_heading_the_name_of_the_file_is_the_title(tmp_path: Path) -> None:
    assert read(tmp_path, "Hot.").title == "green tea"


def test_text_above_the_title_is_the_lead_too(tmp_path: Path) -> None:
    assert layout(read(tmp_path, "Above.\n\n# T\n\nBelow.\n")) == [((), "Above."), ((), "Below.")]


def test_front_matter_that_never_ends_is_text_and_costs_no_time(tmp_path: Path) -> None:
    text = "---\r\n" + "key: value\r\n" * 5000
    assert "key: value" in read(tmp_path, text).text
