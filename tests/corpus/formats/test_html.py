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


PROSE = "Tea is hot and should be drunk while it is. " * 10


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<article>{PROSE}</article><article>Short.</article>", PROSE.strip()),
        (f"<article>{PROSE}<article>A comment.</article></article>", f"{PROSE.strip()}\n\nA comment."),
        (f"<article>{PROSE}</article><aside><article>{PROSE}</article></aside>", PROSE.strip()),
        (f"<article>{PROSE}</article><article hidden>{PROSE}</article>", PROSE.strip()),
        (f"<article hidden>{PROSE}</article>", PROSE.strip()),
    ],
)
def test_an_article_that_holds_nearly_all_the_text_is_taken_alone(tmp_path: Path, markup: str, expected: str) -> None:
    assert body(tmp_path, f"<div>Top bar</div>{markup}<div>Bottom</div>") == expected


@pytest.mark.parametrize("count", [2, 3, 12])
def test_several_articles_are_all_kept_with_what_stands_between_them(tmp_path: Path, count: int) -> None:
    articles = "".join(
        f"<article><header><h2>Tea {number}</h2></header><p>It is hot.</p></article>Tail {number}."
        for number in range(count)
    )
    page = f"<header>Site name</header><section><h1>Teas</h1>{articles}</section><div>Bottom</div>"
    for markup in (page, page.replace("section", "div")):
        document = read(tmp_path, f"<html><body>{markup}</body></html>")
        assert document.title == "Teas"
        assert layout(document) == [((f"Tea {number}",), f"It is hot.\n\nTail {number}.") for number in range(count)]


def test_articles_that_share_only_the_body_are_all_kept(tmp_path: Path) -> None:
    markup = "<header>Site name</header><article>Hot tea.</article><div><article>Cold tea.</article></div>"
    assert body(tmp_path, markup) == "Hot tea.\n\nCold tea."


def test_prose_outside_of_several_small_articles_is_kept(tmp_path: Path) -> None:
    teasers = "<section><article>Cold tea, and how to keep it.</article><article>Old tea.</article></section>"
    assert body(tmp_path, f"<div>{PROSE}</div>{teasers}").startswith(PROSE.strip())


@pytest.mark.parametrize(
    "heading",
    [
        "<h2><div>Foo</div></h2>",
        "<h2><p>Foo</p></h2>",
        "<H2 class=a><P class=b>Foo</H2>",
        "<h2><center><div><a href=x>Foo</a></div></center></h2>",
        "<h2><table><tr><td>Foo</td></tr></table></h2>",
        "<h2><ul><li>Foo</ul></h2>",
        "<h2><pre>Foo</pre></h2>",
        f"<h2><style>{'a' * 300}</style><div>Foo</div></h2>",
    ],
)
def test_a_heading_that_holds_a_block_is_a_heading(tmp_path: Path, heading: str) -> None:
    document = read(tmp_path, f"<h1>T</h1>{heading}<p>Bar.</p><ul><li>Baz.</ul>")
    assert document.text == "T\n\nFoo\n\nBar.\n\n- Baz."
    assert layout(document) == [(("Foo",), "Bar.\n\n- Baz.")]


@pytest.mark.parametrize("markup", ["A<p>B</p>C", "A<div>B</div>C", "<p>A</p><p>B<p>C", "<dl><dt>A<dd>B</dl>C"])
def test_blocks_keep_the_words_of_a_heading_apart(tmp_path: Path, markup: str) -> None:
    assert read(tmp_path, f"<h1>{markup}</h1><p>Hot.").title == "A B C"


def test_a_heading_that_is_never_closed_takes_no_text_with_it(tmp_path: Path) -> None:
    markup = f"<h1>T</h1><h2>Foo<div>{PROSE}</div><h2>Bar</h2><div>Hot.</div><h3>Baz<div>{PROSE}</div>"
    prose = PROSE.strip()
    assert layout(read(tmp_path, markup)) == [((), f"Foo\n\n{prose}"), (("Bar",), f"Hot.\n\nBaz\n\n{prose}")]


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
    assert body(tmp_path, markup) == "Take:\n\n- tea\n- milk\n  1. cold\n\n1. Boil.\n  Wait."


def test_definitions_become_key_lines(tmp_path: Path) -> None:
    assert body(tmp_path, "<dl><dt>Gong:</dt><dd>A bowl.</dd><dt>Cha</dt></dl>") == "- Gong: A bowl.\n- Cha"


@pytest.mark.parametrize("definition", ["<dd></dd>", "<dd hidden>A bowl.</dd>"])
def test_a_term_without_a_definition_to_show_stays(tmp_path: Path, definition: str) -> None:
    assert body(tmp_path, f"<dl><dt>Gong</dt>{definition}<dt>Cha<dd>Tea.</dl>") == "- Gong\n- Cha: Tea."


def test_a_table_of_two_columns_becomes_key_lines(tmp_path: Path) -> None:
    rows = "<tr><th>Colour</th><td>green<br>black</td></tr><tr><td>From:<td><ul><li>China<li>India</ul></tr>"
    assert body(tmp_path, f"<table><caption>Tea</caption>{rows}</table>") == (
        "Tea\n\n- Colour: green; black\n- From: China; India"
    )


def test_other_tables_become_rows_of_cells(tmp_path: Path) -> None:
    rows = "<tr><th>Year<th>Tea<th>Milk</tr><tr><td>1990<td><td>5</tr><tr><td colspan=3>later</tr>"
    assert body(tmp_path, f"<table>{rows}</table><table><tr><td>a<td>b<td>c</table>") == (
        "Year | Tea | Milk\n--- | --- | ---\n1990 |  | 5\nlater\n\na | b | c"
    )


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs(tmp_path: Path) -> None:
    assert body(tmp_path, "<table><tr><td><h2>Tea</h2><p>Hot.</p><td>Cold.</table>") == "Tea\n\nHot.\n\nCold."


def test_white_space_breaks_entities_and_preformatted_text(tmp_path: Path) -> None:
    markup = "<p>  Tea\n\t is <b>very</b>&nbsp;hot &lt;&eacute;&#x1f375; so\u00adft<br>really<br><br>New</p>"
    markup += "<pre>\na  b\n  c\n</pre>"
    assert body(tmp_path, markup) == "Tea is very\xa0hot <é🍵 soft\nreally\n\nNew\n\na  b\n  c"


def test_a_break_in_preformatted_text_is_a_line_end(tmp_path: Path) -> None:
    assert body(tmp_path, "<pre>one<br>  two <b>x<br/>y</b> z<br><br>end<br></pre>tail") == (
        "one\n  two x\ny z\n\nend\n\ntail"
    )


@pytest.mark.parametrize("declared", ["undefined", "unicode_escape", "raw_unicode_escape", "idna", "punycode"])
def test_a_declared_codec_that_is_no_charset_is_passed_over(tmp_path: Path, declared: str) -> None:
    prose = "Le café ferme à midi, près de la rivière \\ud800, et le marché aussi. " * 5
    markup = f'<html><head><meta charset="{declared}"></head><body><p>{prose}</p></body></html>'
    assert read(tmp_path, markup.encode("cp1252")).text == prose.strip()


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


@pytest.mark.parametrize("element", ["section", "aside", "details"])
def test_a_heading_inside_a_box_heads_nothing_outside_of_it(tmp_path: Path, element: str) -> None:
    box = f"<{element}><h3>Milk</h3><p>Milk goes in last of all.</p></{element}>"
    document = read(tmp_path, f"<h1>T</h1><h2>Tea</h2><p>Hot.</p>{box}<p>Drink it.</p>")
    assert layout(document) == [
        (("Tea",), "Hot."),
        (("Tea", "Milk"), "Milk goes in last of all."),
        (("Tea",), "Drink it."),
    ]


def test_a_box_that_holds_a_heading_alone_heads_what_follows(tmp_path: Path) -> None:
    markup = "<h1>T</h1><section><h2>Tea</h2></section><section><p>Hot.</p></section>"
    assert layout(read(tmp_path, markup)) == [(("Tea",), "Hot.")]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<dt>A</dt><dt>B</dt><dd>One.", "- A, B: One."),
        ("<dt>A<dt>B<dd>One.<dd>Two.", "- A, B: One.\n- A, B: Two."),
        ("<dt>A<dd>One.</dd><dd>Two.<dt>B<dd>Three.", "- A: One.\n- A: Two.\n- B: Three."),
        ("<div><dt>A</dt><dd><p>One.</p><p>Two.</p></dd></div><div><dt>B</dt></div>", "- A: One.\n  Two.\n- B"),
        ("<dt>A<dd>One:<dl><dt>B<dd>Two.</dl><dt>C<dd>Three.", "- A: One:\n  - B: Two.\n- C: Three."),
        ("<dd>One.<dt>A", "One.\n- A"),
    ],
)
def test_every_definition_keeps_its_terms(tmp_path: Path, markup: str, expected: str) -> None:
    assert body(tmp_path, f"<dl>{markup}</dl>") == expected


def test_a_formula_is_text(tmp_path: Path) -> None:
    math = "<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>"
    hidden = f'<span style="display: none">{math}</span>'
    assert body(tmp_path, f"<p>So {math}.</p><p>So {hidden}.</p>") == "So E = mc^2.\n\nSo E = mc^2."
