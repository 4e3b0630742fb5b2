"""Markdown: the text unchanged, its headings found by block structure."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.formats import markdown, read_file


def read(folder: Path, text: str) -> Document:
    path = folder / "green_tea.md"
    path.write_bytes(text.encode())
    (document,) = read_file(path)
    assert len(document.text) == len(text)
    assert all(shown in (letter, " ") for shown, letter in zip(document.text, text, strict=True))
    assert document.text == text or document.dropped
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


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="milk">Milk</h2>',
        '<H2 align="center">\n  <b>Milk</b>\n</H2>',
        '<div align="center">\n\n<h2>Milk</h2>\n\n</div>',
        "<h2>\n\nMilk\n\n</h2>",
        '<h2><a name="x"></a><img src="a.png"> *Milk*</h2>',
        '<p align="center"><h2>Milk</h2></p>',
        "Hot.\n<h2>Milk</h2>",
    ],
)
def test_an_html_heading_is_a_heading(tmp_path: Path, heading: str) -> None:
    paths = [section.path for section in read(tmp_path, f"# T\n\n{heading}\n\nCold.\n\n## Tea\n\nHot.\n").sections]
    assert paths[-2:] == [("Milk",), ("Tea",)]


def test_an_html_heading_of_the_first_level_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path, '<h1 align="center">Green &amp; <i>tea</i></h1>\n\nHot.\n')
    assert (document.title, layout(document)) == ("Green & tea", [((), "Hot.")])


@pytest.mark.parametrize("markup", ["```\n<h2>No</h2>\n```", "    <h2>No</h2>", "> <h2>No</h2>", "Say `<h2>No</h2>`."])
def test_an_html_heading_in_code_or_a_quotation_is_none(tmp_path: Path, markup: str) -> None:
    assert {section.path for section in read(tmp_path, f"# T\n\n{markup}\n").sections} == {()}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "unseen",
    [
        "<!-- Cold: 80 euros -->",
        "<!--\nCold:\n\n## Old\n\n80 euros\n-->",
        "Some <!-- Cold: 80 euros --> words.",
        "> <!-- Cold -->",
        "- item <!-- Cold -->",
        "[//]: # (Cold: 80 euros)",
        "[//]: # 'Cold'",
        "[comment]: <> (Cold (80 euros))",
        '[_note_]: # "Cold"',
        "[//]: #\n  (Cold)",
        "%% Cold: 80 euros %%",
        "%%\nCold:\n\n## Old\n\n80 euros\n%%",
        "Some %%Cold%% words.",
        "<script>\nvar cold = 'Cold';\n\nif (cold) {}\n</script>",
        "<style>\n.Cold { color: red }\n\n.b {}\n</style>",
        "It costs ~~Cold: 80 euros~~ nothing.",
        "It costs <del>Cold: 80 euros</del> nothing.",
        "It costs <s class=old>Cold</s> nothing.",
        "<del>\n\nCold: 80 euros\n\n</del>",
        "{% comment %}\nCold\n{% endcomment %}",
        "{/* Cold: 80 euros */}",
        "{{/* Cold */}}",
        "<!-- Cold, and never closed\n\n## Old\n",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_no_text(tmp_path: Path, unseen: str, line_end: str) -> None:
    text = f"# T\n\n## Tea\n\nHot.\n\n{unseen}\n"
    document = read(tmp_path, text.replace("\n", line_end))
    assert "old" not in document.text.lower()
    assert {section.path for section in document.sections} == {("Tea",)}
    assert any("Cold" in part.text for part in document.dropped)
    after = read(tmp_path, f"{text}\n## Milk\n\nWhite.\n".replace("\n", line_end))
    assert ("Milk",) in {section.path for section in after.sections} or "never closed" in unseen


@pytest.mark.parametrize(
    "seen",
    [
        "```html\n<!-- Cold -->\n```",
        "    <!-- Cold -->",
        "Write `<!-- Cold -->` there.",
        "Write `` `<!-- Cold --> `` there.",
        "Write \\<!-- Cold --> there.",
        "Some words <!-- Cold, never closed.",
        "100%% Cold and 50%% warm",
        "Cold ~~ and ~~ warm",
        "~~Cold\n\nwarm~~",
        "Cold ~ 5 and ~ 6",
        "[cold]: https://example.org (Cold)",
        "A <script> of Cold",
        "a < s > Cold",
        "`~~Cold~~`",
    ],
)
def test_what_only_looks_like_a_comment_stays(tmp_path: Path, seen: str) -> None:
    document = read(tmp_path, f"# T\n\nHot.\n\n{seen}\n")
    assert "Cold" in document.text or "cold" in document.text
    assert document.dropped == ()


@pytest.mark.parametrize("depth", [10, 11, 30, 60, 400])
@pytest.mark.parametrize("marker", ["- {}", "1. {}", "> {}", "* {}"])
def test_no_heading_is_lost_after_what_is_nested_deeply(tmp_path: Path, depth: int, marker: str) -> None:
    mark = marker.split()[0]
    step = " " * (len(mark) + 1)
    lines = [mark * level + " x" if mark == ">" else step * level + f"{mark} x" for level in range(1, depth)]
    text = "# T\n\n## Plan\n\n" + "\n".join(lines) + "\n\n## Fees\n\nForty euros.\n"
    assert layout(read(tmp_path, text))[-1] == (("Fees",), "Forty euros.")


def test_a_line_of_many_markers_loses_no_heading(tmp_path: Path) -> None:
    for marks in ("- " * 5000, ">" * 5000, "1. " * 5000, "    " * 5000):
        text = f"# T\n\n{marks}x\n\n## Fees\n\nForty euros.\n"
        assert layout(read(tmp_path, text))[-1] == (("Fees",), "Forty euros.")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("block", "title", "metadata"),
    [
        (
            '+++\n# made\ntitle = "Tea: hot"\ntags = ["a", "b"]\ndate = 2024-05-01\n[params]\nx = 1\n+++',
            "Tea: hot",
            {"title": "Tea: hot", "tags": "a, b", "date": "2024-05-01", "params.x": "1"},
        ),
        ("+++\ntitle = 'Tea'\nbad = = 1\n+++", "Tea", {}),
        (
            '---\n# made\ntitle: "Tea"  # hot\nauthor: Ann Lark\ntags:\n  - a\n  - "b"\nkeys: [c, d]\n---',
            "Tea",
            {"title": "Tea", "author": "Ann Lark", "tags": "a, b", "keys": "c, d"},
        ),
        ("---\nTitle: Tea\nabout: >\n  All of\n  it\n...", "Tea", {"Title": "Tea", "about": "All of it"}),
        ('{\n  "title": "Tea",\n  "draft": false\n}', "Tea", {"title": "Tea", "draft": "false"}),
    ],
)
def test_front_matter_gives_title_and_metadata(
    tmp_path: Path, block: str, title: str, metadata: dict[str, str], line_end: str
) -> None:
    document = read(tmp_path, f"{block}\n\nHot.\n".replace("\n", line_end))
    assert (document.title, dict(document.metadata)) == (title, metadata)
    assert layout(document) == [((), "Hot.")]


@pytest.mark.parametrize("text", ["+++\nHot.\n+++\nCold.", "+++\ntitle = 'Tea'\nCold.", '{\n "a": 1\n}\nCold.'])
def test_what_only_looks_like_front_matter_is_text(tmp_path: Path, text: str) -> None:
    assert layout(read(tmp_path, text)) == [((), text)]


PIECES = st.sampled_from(
    [
        *("<!--", "-->", "`", "``", "~~", "%%", "\n", "\n\n", "\r\n", "# A", "- ", "> ", "    ", "<del>", "</del>"),
        *(
            "<h2>",
            "</h2>",
            "[//]: # (x)",
            "word",
            " ",
            "{%",
            "%}",
            "---",
            "+++",
            "\ufeff",
            "```",
            "<script>",
            "é",
            "<s>",
        ),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_any_markdown_keeps_its_length_and_its_line_ends(pieces: list[str]) -> None:
    text = "".join(pieces)
    documents = list(markdown.read(text.encode(), "a.md", lambda _: None))
    shown = documents[0].text
    assert len(shown) == len(text)
    assert all(one == other or (one == " " and other not in "\r\n") for one, other in zip(shown, text, strict=True))
    for section in documents[0].sections:
        assert 0 <= section.start < section.end <= len(text)


@pytest.mark.parametrize("mark", ["{#water}", "{#water .wide}", "{.wide key=1}", "{:#water}", "{-}"])
def test_attributes_of_a_heading_are_no_words_of_it(tmp_path: Path, mark: str) -> None:
    assert layout(read(tmp_path, f"# T\n\n## Water {mark}\n\nBoil.\n")) == [(("Water",), "Boil.")]


@pytest.mark.parametrize("words", ["The set {1, 2}", "Use {name}"])
def test_braces_in_a_heading_are_words(tmp_path: Path, words: str) -> None:
    assert layout(read(tmp_path, f"# T\n\n## {words}\n\nBoil.\n")) == [((words,), "Boil.")]


@pytest.mark.parametrize(
    "hidden",
    [
        "{# no #}",
        "{{< comment >}}no{{< /comment >}}",
        "{{% comment %}}no{{% /comment %}}",
        "{%- comment -%}no{%- endcomment -%}",
        "<p hidden>no <p>no</p></p>",
        '<div style="display: none">no <div>no</div></div>',
        "{--no--}",
        "{>>no<<}",
        "{~~no~>",
    ],
)
def test_what_site_makers_and_editors_hide_is_not_seen(tmp_path: Path, hidden: str) -> None:
    document = read(tmp_path, f"# T\n\nTea {hidden} is hot.\n\n`{hidden}`\n")
    assert " ".join(document.text.split()).removesuffix(f"`{hidden}`") == "# T Tea is hot. "
    assert document.text.rstrip().endswith(f"`{hidden}`")


@pytest.mark.parametrize("shown", ["<p>hidden</p>", "<p class=hidden-line>Tea</p>", "{new++} ~~} Tea", "<div hidden>"])
def test_what_only_looks_hidden_is_seen(tmp_path: Path, shown: str) -> None:
    assert read(tmp_path, f"# T\n\n{shown} is hot.\n").text.endswith(f"{shown} is hot.\n")


@pytest.mark.parametrize(("words", "heading"), [("Mill ![build](b.svg) ![x](y)", "Mill"), ("![Mill](m.png)", "Mill")])
def test_a_picture_beside_the_words_of_a_heading_is_none_of_them(tmp_path: Path, words: str, heading: str) -> None:
    assert layout(read(tmp_path, f"# T\n\n## {words}\n\nIt runs.\n")) == [((heading,), "It runs.")]
