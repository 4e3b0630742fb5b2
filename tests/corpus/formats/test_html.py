"""HTML: the main text as readable lines, with its headings, and none of the furniture."""

from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats import read_file


def read(folder: Path, markup: str | bytes) -> Document:
    path = folder / "green_tea.html"
    path.write_bytes(markup.encode() if isinstance(markup, str) else markup)
    (document,) = read_file(path)
    return document


def body(folder: Path, markup: str) -> str:
    return read(folder, f"<html><body>{markup}</body></html>").text


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


def test_headings_give_the_title_and_the_sections(tmp_path: Path) -> None:
    markup = "<h1>Green tea</h1><p>Lead.</p><h2>Brewing <a class=headerlink>¶</a></h2><h3>Water</h3><p>Boil.</p>"
    markup += "<h2>Old</h2>It is."
    document = read(tmp_path, markup)
    assert document.title == "Green tea"
    assert layout(document) == [((), "Lead."), (("Brewing", "Water"), "Boil."), (("Old",), "It is.")]


def test_without_a_heading_the_title_element_names_the_page(tmp_path: Path) -> None:
    assert read(tmp_path, "<title>Green\n tea &amp; milk</title><p>Hot.").title == "Green tea & milk"


def test_without_either_the_name_of_the_file_does(tmp_path: Path) -> None:
    assert read(tmp_path, "<p>Hot.").title == "green tea"


@pytest.mark.parametrize(
    "furniture",
    [
        "<script>var tea = 1;</script>",
        "<style>p { color: green }</style>",
        "<noscript>Switch it on.</noscript>",
        "<nav><ul><li>Home</li></ul></nav>",
        "<header>Site name</header>",
        "<footer>Imprint</footer>",
        "<aside>See also</aside>",
        "<form><label>Name</label><input><button>Send</button></form>",
        '<div id="cookie-banner">We use cookies.</div>',
        '<div class="site-nav top">Up</div>',
        '<div role="navigation">Up</div>',
        "<p hidden>Secret</p>",
        '<p style="display: none">Secret</p>',
        '<span aria-hidden="true">#</span>',
        "<!-- a remark -->",
        "<?php echo 1 ?>",
        "<template><p>Later</p></template>",
    ],
)
def test_furniture_is_left_out_and_what_follows_it_stays(tmp_path: Path, furniture: str) -> None:
    prose = "Tea is hot and should be drunk while it is, for cold tea has lost what made it tea."
    assert body(tmp_path, f"<p>{prose}</p>{furniture}and more<p>End.</p>") == f"{prose}\n\nand more\n\nEnd."


@pytest.mark.parametrize("element", ["main", "article", "div role=main"])
def test_the_main_element_is_preferred_to_the_body(tmp_path: Path, element: str) -> None:
    inner = "<header><h1>Tea</h1></header><p>Tea is hot and green.</p>"
    closing = element.split()[0]
    document = read(tmp_path, f"<body><div>Top bar</div><{element}>{inner}</{closing}><div>Bottom</div></body>")
    assert document.text == "Tea\n\nTea is hot and green."


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Tea ¶", "Tea"), ("§ 5 Tea", "5 Tea"), ("C#", "C#"), ("Tea\xa0<br>#", "Tea"), ("\n A  b", "A b")],
)
def test_a_heading_loses_the_sign_that_links_to_it(tmp_path: Path, heading: str, expected: str) -> None:
    assert read(tmp_path, f"<h1>{heading}</h1><p>Hot.").title == expected


def test_a_heading_or_its_section_named_like_furniture_stays(tmp_path: Path) -> None:
    prose = "<p>Tea is served hot from nine until five, every day of the week but one.</p>"
    markup = f'{prose}<h2 id="menu">Menu</h2><div id="cookies"><h2>Cookies</h2>Sweet.</div>'
    assert body(tmp_path, markup).endswith("Menu\n\nCookies\n\nSweet.")


def test_a_header_with_the_only_great_heading_stays(tmp_path: Path) -> None:
    document = read(tmp_path, "<body><header><h1>Tea</h1><nav>Home</nav></header><p>Tea is hot and green.</p></body>")
    assert (document.title, document.text) == ("Tea", "Tea\n\nTea is hot and green.")


def test_a_page_inside_one_form_or_an_ill_named_box_is_read(tmp_path: Path) -> None:
    assert body(tmp_path, '<form><div class="has-sidebar menu"><p>Tea is hot.</p></div></form>') == "Tea is hot."


def test_lists_become_lines_and_nested_ones_are_indented(tmp_path: Path) -> None:
    markup = "<p>Take:</p><ul><li>tea<li>milk<ol><li>cold</ol></ul><ol><li><p>Boil.</p><p>Wait.</p></ol>"
    assert body(tmp_path, markup) == "Take:\n\n- tea\n- milk\n  - cold\n\n- Boil.\n  Wait."


def test_definitions_become_key_lines(tmp_path: Path) -> None:
    assert body(tmp_path, "<dl><dt>Gong:</dt><dd>A bowl.</dd><dt>Cha</dt></dl>") == "- Gong: A bowl.\n- Cha"


def test_a_table_of_two_columns_becomes_key_lines(tmp_path: Path) -> None:
    rows = "<tr><th>Colour</th><td>green<br>black</td></tr><tr><td>From:<td><ul><li>China<li>India</ul></tr>"
    assert body(tmp_path, f"<table><caption>Tea</caption>{rows}</table>") == (
        "Tea\n\n- Colour: green; black\n- From: China; India"
    )


def test_other_tables_become_rows_of_cells(tmp_path: Path) -> None:
    rows = "<tr><th>Year<th>Tea<th>Milk</tr><tr><td>1990<td><td>5</tr><tr><td colspan=3>later</tr>"
    assert body(tmp_path, f"<table>{rows}</table><table><tr><td>a<td>b<td>c</table>") == (
        "Year | Tea | Milk\n1990 |  | 5\nlater\n\na | b | c"
    )


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs(tmp_path: Path) -> None:
    assert body(tmp_path, "<table><tr><td><h2>Tea</h2><p>Hot.</p><td>Cold.</table>") == "Tea\n\nHot.\n\nCold."


def test_white_space_breaks_entities_and_preformatted_text(tmp_path: Path) -> None:
    markup = "<p>  Tea\n\t is <b>very</b>&nbsp;hot &lt;&eacute;&#x1f375; so\u00adft<br>really<br><br>New</p>"
    markup += "<pre>\na  b\n  c\n</pre>"
    assert body(tmp_path, markup) == "Tea is very\xa0hot <é🍵 soft\nreally\n\nNew\n\na  b\n  c"


def test_the_declared_encoding_is_honoured(tmp_path: Path) -> None:
    markup = '<html><head><meta charset="windows-1251"></head><body><p>Чай</p></body></html>'
    assert read(tmp_path, markup.encode("cp1251")).text == "Чай"


def test_an_xml_declaration_does_no_harm(tmp_path: Path) -> None:
    assert (
        read(tmp_path, '\ufeff<?xml version="1.0" encoding="ascii"?><html><body><p>Tééé</p></body></html>').text
        == "Tééé"
    )


def test_a_page_nested_deeper_than_python_recurses_is_read(tmp_path: Path) -> None:
    assert body(tmp_path, "<div>" * 1500 + "Tea is hot." + "</div>" * 1500) == "Tea is hot."


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<script>1</script>", "<!-- -->"])
def test_a_page_without_text_is_empty(tmp_path: Path, markup: str) -> None:
    with pytest.raises(SourceError, match="is empty"):
        read(tmp_path, markup)
