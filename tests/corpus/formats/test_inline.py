"""HTML: numbers of lists, pictures that say something, blocks inside lines, words that a style sheet sets apart."""

import pytest

from tests.corpus.formats.mutations import layout, read


def body(markup: str) -> str:
    ((document,), _) = read(f"<html><body>{markup}</body></html>".encode(), "a.html")
    return document.text


@pytest.mark.parametrize(
    ("markup", "marks"),
    [
        ("<ol><li>x<li>x</ol>", "1. 2."),
        ("<ol start=4><li>x<li value=9>x<li>x</ol>", "4. 9. 10."),
        ("<ol type=a><li>x<li>x</ol>", "a. b."),
        ("<ol type=I start=4><li>x<li>x</ol>", "IV. V."),
        ("<ol reversed><li>x<li>x</ol>", "2. 1."),
        ("<ol start=much><li>x</ol>", "1."),
        ("<ol style='list-style: none'><li>x</ol>", "-"),
        ("<ul><li>x<li>x</ul>", "- -"),
    ],
)
def test_an_item_begins_with_the_number_that_a_reader_sees(markup: str, marks: str) -> None:
    assert " ".join(line.split()[0] for line in body(markup).splitlines()) == marks


def test_an_item_without_text_still_counts() -> None:
    assert body("<ol><li></li><li>Wait.</li></ol>") == "2. Wait."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Rated <img alt='4 of 5 stars'> by guests.</p>", "Rated 4 of 5 stars by guests."),
        ("<p>Good<img alt='!'> Very.</p>", "Good! Very."),
        (
            "<table><tr><th>Lift<th>Bath<tr><td><img alt=yes><td><img alt=no></table>",
            "Lift | Bath\n--- | ---\nyes | no",
        ),
        ("<p>Tea.</p><p><img alt='A cup on a desk'></p>", "Tea."),
        ("<p>Tea <img alt='' src=x> is hot.</p>", "Tea is hot."),
        ("<p>Tea <img alt=arrow role=presentation> is hot.</p>", "Tea is hot."),
    ],
)
def test_a_picture_in_a_line_or_alone_in_a_cell_is_what_it_stands_for(markup: str, text: str) -> None:
    assert body(markup) == text


def test_what_stands_for_another_picture_is_told_of() -> None:
    ((document,), _) = read(b"<p>Tea.</p><p><img alt='A cup on a desk'></p>", "a.html")
    assert [(part.kind, part.text) for part in document.dropped] == [("picture", "A cup on a desk")]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div>It costs $<div style='display:inline'><span>5.22</span></div> each.</div>", "It costs $5.22 each."),
        ("<div>It costs <div>five</div> each.</div>", "It costs\n\nfive\n\neach."),
    ],
)
def test_a_block_that_is_shown_in_a_line_stands_in_it(markup: str, text: str) -> None:
    assert body(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div><span>Children</span><span>4 euros</span></div>", "Children 4 euros"),
        ("<li><a>Monday</a><span>Closed</span></li>", "Monday Closed"),
        ("<div><b>4</b><span>kg</span></div>", "4 kg"),
        ("<div><span>1</span><span>st</span></div>", "1st"),
        ("<div><span>un</span><span>told</span></div>", "untold"),
        ("<p><span>H</span><span>2</span>O</p>", "H2O"),
        ("<div>H<b>2</b></div>", "H2"),
    ],
)
def test_words_in_boxes_of_their_own_do_not_run_into_each_other(markup: str, text: str) -> None:
    assert body(markup).removeprefix("- ") == text


def test_an_element_whose_role_is_that_of_a_heading_is_one() -> None:
    markup = b"<h1>T</h1><div role=heading aria-level=3>Rates</div><p>Nine.</p><p role=heading>Staff</p><p>Ann.</p>"
    ((document,), _) = read(markup, "a.html")
    assert layout(document) == [(("Rates",), "Nine."), (("Staff",), "Ann.")]


def test_the_footer_of_an_article_is_text_where_it_has_sentences() -> None:
    article = "<article><h1>T</h1><p>Bake it for an hour.</p><footer>{}</footer></article>"
    assert "three days" in body(article.format("<p>It keeps for three days in a tin.</p>"))
    for footer in ("<p>Filed under <a href=x>bread</a></p>", "<p>© Mill Press. All rights are reserved here.</p>"):
        assert body(article.format(footer)) == "T\n\nBake it for an hour."


@pytest.mark.parametrize(
    "style", ["position:absolute; left:-9999px", "font-size: 0", "text-indent:-5000em", "clip: rect(0 0 0 0)"]
)
def test_what_a_style_moves_off_the_page_is_not_seen(style: str) -> None:
    assert body(f"<p>Tea<span style='{style}'> milk</span> is hot.</p>") == "Tea is hot."


@pytest.mark.parametrize("style", ["left:-9px", "font-size: 0.9em", "font-size:08pt", "margin-left:-12px"])
def test_what_a_style_moves_a_little_is_seen(style: str) -> None:
    assert body(f"<p>Tea<span style='{style}'> milk</span> is hot.</p>") == "Tea milk is hot."


def test_a_page_without_a_title_has_the_one_it_states_for_links() -> None:
    ((document,), _) = read(
        b"<head><meta property='og:title' content='Ferry  guide'></head><p>It leaves.</p>", "a.html"
    )
    assert document.title == "Ferry guide"
