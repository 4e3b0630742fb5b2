"""HTML furniture: what is left out of a page and why, and what only looks like furniture and stays."""

from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.formats import read_file

PROSE = "<p>Tea is hot and should be drunk while it is, for cold tea has lost what made it tea.</p>"


def read(folder: Path, markup: str) -> Document:
    path = folder / "tea.html"
    path.write_text(f"<html><body>{markup}</body></html>", encoding="utf-8")
    (document,) = read_file(path)
    return document


@pytest.mark.parametrize("word", ["menu-item", "cookies", "share", "social", "toc", "ad", "popup", "footer", "nav"])
@pytest.mark.parametrize(
    "markup",
    [
        '<div class="{}"><p>The trout costs nineteen euros.</p></div>',
        '<section id="{}"><p>The trout costs nineteen euros.</p></section>',
        '<p id="{}">The trout costs nineteen euros.</p>',
        '<p>The <span class="{}">trout</span> costs nineteen euros.</p>',
        '<ul class="{}"><li>The trout costs nineteen euros.</li></ul>',
        '<table><tr><td class="{}">The trout costs nineteen euros.</td></tr></table>',
        '<div class="{}">Trout: 19 euros</div>',
        '<div class="{}"><a href="/trout">The trout costs nineteen euros.</a></div>',
    ],
)
def test_one_word_of_a_class_or_an_id_removes_nothing(tmp_path: Path, word: str, markup: str) -> None:
    document = read(tmp_path, PROSE + markup.format(word))
    assert "rout" in document.text
    assert "euros" in document.text
    assert document.dropped == ()


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ('<div class="cookie-banner"><p>We use cookies to know you better.</p><button>OK</button></div>', None),
        ('<div class="cookieConsentBanner menu"><a href=a>More</a><a href=b>Less</a></div>', None),
        ('<div class="share"><a href=a>Post this</a> <a href=b>Tell a friend</a></div>', None),
        ('<ul class="menu"><li><a href=a>Home</a><li><a href=b>News</a></ul>', None),
        ('<div class="newsletter">Our letter <input><button>Go</button></div>', None),
        ('<table class="navbox"><tr><td><a href=a>Oolong</a></td><td><a href=b>Assam</a></td></tr></table>', None),
        ("<nav>Home</nav>", "navigation"),
        ("<footer>Imprint</footer>", "footer"),
        ("<form><label>Name</label><input></form>", "form"),
        ('<div role="dialog"><p>Please sign in to read all of this.</p></div>', "dialog"),
        ("<aside><a href=a>Another page of ours</a></aside>", "aside"),
        ("<p><button>Save</button> <button>Cancel</button></p>", "button"),
        ('<span class="sr-only">opens a window</span>', "hidden"),
        ("<p hidden>Secret</p>", "hidden"),
        ('<div hidden class="modal"><p>Please sign in to read all of this.</p></div>', "hidden"),
        ("<del>Cold</del>", "struck out"),
        ("<s>Cold</s>", "struck out"),
        ("<strike>Cold</strike>", "struck out"),
        ('<span style="color:red; text-decoration: line-through">Cold</span>', "struck out"),
        ('<sup><a href="#n1">1</a></sup>', "footnote mark"),
        ('<a href="#n1"><sup>1</sup></a>', "footnote mark"),
        ('<a class="footnote-ref" href="#n1">12</a>', "footnote mark"),
        ('<sup class="reference"><a href="#cite-1">[a]</a></sup>', "footnote mark"),
        ('<sup>[<i><a href="/wiki/x">citation needed</a></i>]</sup>', "footnote mark"),
        ('<a href="#fnref1">↩</a>', "footnote mark"),
    ],
)
def test_what_is_left_out_is_listed_with_its_kind(tmp_path: Path, markup: str, kind: str | None) -> None:
    document = read(tmp_path, f"{PROSE}{PROSE}{markup}{PROSE}")
    assert set(document.text.split("\n\n")) == {PROSE[3:-4]}
    assert {part.kind for part in document.dropped} == {kind or "page furniture"}


def test_what_stands_outside_the_main_text_is_listed(tmp_path: Path) -> None:
    document = read(tmp_path, f"<div>Top bar</div><main>{PROSE}</main><div>Call <b>us</b></div>")
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("outside the main text", "Top bar"),
        ("outside the main text", "Call us"),
    ]


def test_a_long_part_that_was_dropped_is_cut(tmp_path: Path) -> None:
    (part,) = read(tmp_path, f"<main>{PROSE * 99}</main><div>{'word ' * 999}</div>").dropped
    assert part.text == "word " * 59 + "word …"


@pytest.mark.parametrize(
    "markup",
    [
        '<button class="accordion">When do you open?</button><div class="panel" style="display:none">{}</div>',
        '<h3>When?</h3><div style="display: none">{}</div>',
        '<h3><button aria-expanded="false">When?</button></h3><div hidden>{}</div>',
        '<button aria-controls="p1">When do you open?</button><b>!</b><div id="p1" hidden>{}</div>',
        '<a data-bs-target="#p1">When?</a><p>Well:</p><div id="p1" aria-hidden="true">{}</div>',
        '<ul role="tablist"><li><a role="tab" href="#t">Hours</a></ul><div>Now:</div><div id="t" hidden>{}</div>',
        '<div role="tabpanel" hidden>{}</div>',
        '<div class="tab-content"><div style="display:none">{}</div></div>',
        '<div class="faqAnswer collapse" style="visibility:hidden">{}</div>',
        '<div hidden="until-found">{}</div>',
        "<details><summary>When?</summary>{}</details>",
    ],
)
def test_what_a_click_unfolds_is_text(tmp_path: Path, markup: str) -> None:
    assert "We open at nine each day." in read(tmp_path, PROSE + markup.format("<p>We open at nine each day.</p>")).text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h2><button>Open?</button></h2><p>At nine.</p>", "Open?\n\nAt nine."),
        ("<p>Press the <button>Mute</button> button.</p>", "Press the Mute button."),
        ("<p>Press <b>the</b> <button>Mute</button></p>", "Press the Mute"),
        ("<ul><li>Press <span><button>Mute</button></span> twice</ul>", "- Press Mute twice"),
        ("<div>Then <button>Mute</button>, then <button>Send</button>.</div>", "Then Mute, then Send."),
    ],
)
def test_the_words_of_a_button_in_a_heading_or_a_sentence_are_text(tmp_path: Path, markup: str, expected: str) -> None:
    assert read(tmp_path, markup).text == expected


@pytest.mark.parametrize(
    "aside",
    [
        '<aside class="note"><p>12 GB needed</p></aside>',
        "<aside>Stop the mailer before you restore.</aside>",
        '<div role="complementary">Stop the mailer before you restore.</div>',
        '<aside class="sidebar"><p>Stop the mailer before you restore.</p></aside>',
        '<div class="admonition warning"><p>Never as root.</p></div>',
    ],
)
def test_a_note_beside_the_text_is_text(tmp_path: Path, aside: str) -> None:
    document = read(tmp_path, f"<article><h1>Tea</h1>{PROSE}{aside}</article>")
    assert document.dropped == ()


def test_a_form_that_holds_prose_is_read(tmp_path: Path) -> None:
    form = "<form><p>You may cancel within nine days.</p><label>Name</label><input></form>"
    assert "cancel within nine days" in read(tmp_path, PROSE * 3 + form).text
