"""The pages that list and show documents, in a real browser."""

import random
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from qa.engine import Engine

Open = Callable[..., Any]

ARTICLE = "russia-serbia-relations"

BLOCKS = "#text :is(p, .items, table)"

SEEN = (
    "(its => its.map(it => { const copy = it.cloneNode(true); copy.querySelectorAll('.signs').forEach(x => x.remove());"
    " return copy.textContent; }))"
)

CLIPBOARD = ["clipboard-read", "clipboard-write"]

IN_VIEW = (
    "() => { const it = document.querySelector('mark').getBoundingClientRect();"
    " return it.top >= 0 && it.bottom <= innerHeight && it.height > 0; }"
)


def place(engine: Engine, name: str, words: str) -> tuple[int, int]:
    """Where the words stand in a document, in code points."""
    start = engine.document(name).text.index(words)
    return start, start + len(words)


def address(name: str, span: tuple[int, int], **more: str) -> str:
    """The shared address of a place in a document."""
    query = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/read/{quote(name)}?start={span[0]}&end={span[1]}{query}"


def test_a_citation_leads_to_its_place_and_back_to_the_conversation(visit: Open) -> None:
    page = visit()
    page.get_by_label("Your question").fill("When were visas abolished?")
    page.keyboard.press("Enter")
    page.locator("a.place").first.click()
    mark = page.locator("mark")
    mark.wait_for()
    assert mark.text_content() == "2009"
    assert page.evaluate(IN_VIEW)
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    assert page.evaluate("[...document.querySelectorAll('.sentence, mark')].map(it => it.textContent).join('')") == (
        "In 2009 entry visas between Russia and Serbia were abolished for the citizens of both countries"
        " by mutual agreement."
    )
    assert page.locator("#cited").inner_text().startswith("Cited: “2009” in Travel regime")
    assert re.search(r"/read/russia-serbia-relations\?start=\d+&end=\d+&sha256=[0-9a-f]{16}$", page.url)
    assert page.title() == "Russia–Serbia relations · citespan"
    shared = visit(page.url)
    shared.locator("mark").wait_for()
    assert shared.evaluate(IN_VIEW)
    page.go_back()
    assert page.locator(".answer").inner_text() == "2009"


def test_the_document_stands_under_its_headings_with_all_its_words(visit: Open, engine: Engine) -> None:
    page = visit(f"/read/{ARTICLE}")
    page.locator("#text h2").first.wait_for()
    document = engine.document(ARTICLE)
    headings = page.locator("#text :is(h2, h3)").all_text_contents()
    parts = [path for section in document.sections for path in section.path]
    assert sorted(set(headings)) == sorted(set(parts))
    assert page.locator("#contents a").all_text_contents() == headings
    text = document.text
    sections = [text[section.start : section.end].split() for section in document.sections]
    words = [word for part in page.locator(BLOCKS).all_text_contents() for word in part.split()]
    assert words == [word for section in sections for word in section]
    page.get_by_role("link", name="Economic relations").click()
    page.wait_for_function("() => Math.abs(document.querySelector(location.hash).getBoundingClientRect().top) < 40")
    assert page.locator("#cited").is_hidden()


def test_a_span_after_emoji_is_marked_exactly(visit: Open, engine: Engine) -> None:
    name = "notes/tea & cake?#1"
    for words in ("𝒜da", "🫖 teapot was bought", "Øslo"):
        page = visit(address(name, place(engine, name, words)))
        page.locator("mark").wait_for()
        assert page.locator("mark").text_content() == words
        assert page.locator("h1").inner_text() == "Tea 🍵"


def test_tables_and_lists_are_shown_as_such_and_no_character_is_lost(visit: Open, engine: Engine) -> None:
    page = visit("/read/prices")
    page.locator("table").first.wait_for()
    rows = page.evaluate(f"[...document.querySelectorAll('tr')].map(row => {SEEN}([...row.cells]))")
    assert rows == [
        ["Room", "Weekday", "Sunday"],
        [r"Hall \| stage", "£120", "£160"],
        ["Attic", "", "£30"],
        ["Room", "Seats"],
        ["Hall", "80"],
    ]
    assert page.locator("table th").count() == 5
    assert page.evaluate(f"{SEEN}([...document.querySelectorAll('.items li')])") == [
        "**Tables** and chairs: free\nwithin reason",
        "more than 40: £12",
        "1. Book.",
        "2. Pay.",
    ]
    assert page.locator(".items li").nth(1).get_attribute("class") == "depth-2"
    texts = page.locator(BLOCKS).all_text_contents()
    assert "".join("".join(texts).split()) == "".join(engine.document("prices").text.split())


def test_a_span_in_a_table_is_marked_exactly(visit: Open, engine: Engine) -> None:
    for words, seen in (
        ("£160", 1),
        ("Attic | | £30", 2),
        ("Sunday |\n| --- | ---: | :-: |\n| Hall", 2),
        ("chairs", 1),
    ):
        page = visit(address("prices", place(engine, "prices", words)))
        page.locator("mark").first.wait_for(state="attached")
        assert "".join(page.locator("mark").all_text_contents()) == words
        assert page.locator(":not(.signs) > mark").count() == seen
        assert page.evaluate("document.activeElement.textContent.trim() !== '|'")
        assert page.locator("#cited").inner_text().startswith("Cited: “")


def test_a_link_to_a_selection_over_cells_leads_to_their_text(visit: Open) -> None:
    page = visit("/read/prices", permissions=CLIPBOARD)
    page.locator("table").first.wait_for()
    page.evaluate(
        "const cells = document.querySelectorAll('tbody td'); const range = document.createRange();"
        " const words = [...cells].map(cell => [...cell.childNodes].find(it => it.nodeType === Node.TEXT_NODE));"
        " range.setStart(words[1], 1); range.setEnd(words[2], 3);"
        " getSelection().removeAllRanges(); getSelection().addRange(range);"
    )
    page.locator("#cited", has_text="Selected: ").get_by_role("button", name="Copy link").click()
    page.locator("#cited", has_text="Copied").wait_for()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    page.locator("mark").first.wait_for()
    assert "".join(page.locator("mark").all_text_contents()) == "120 | £16"


def test_a_link_to_selected_text_can_be_shared(visit: Open, engine: Engine) -> None:
    page = visit(address("notes/tea & cake?#1", place(engine, "notes/tea & cake?#1", "teapot")), permissions=CLIPBOARD)
    page.locator("mark").wait_for()
    page.evaluate(
        "const its = document.querySelectorAll('#text p'); const range = document.createRange();"
        " range.setStart(its[0].firstChild, its[0].textContent.indexOf('🍵'));"
        " range.setEnd(its[1].lastChild.firstChild ?? its[1].lastChild, 4);"
        " getSelection().removeAllRanges(); getSelection().addRange(range);"
    )
    chosen = page.evaluate("getSelection().toString()")
    page.locator("#cited", has_text="Selected: ").get_by_role("button", name="Copy link").click()
    page.locator("#cited", has_text="Copied").wait_for()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    page.locator("mark").first.wait_for()
    assert page.locator("mark").count() == 2
    assert " ".join(page.locator("mark").all_text_contents()).split() == chosen.split()
    assert page.locator("#cited").inner_text().startswith("Cited: “🍵")


def test_positions_are_converted_as_python_counts_them(visit: Open) -> None:
    chance = random.Random(5)
    cases = []
    for _ in range(300):
        text = "".join(chance.choice("a é\u0301ß中\n🍵🇷👩\u200d𝒜") for _ in range(chance.randrange(40)))
        positions = [chance.randrange(len(text) + 1) for _ in range(4)]
        cases.append([text, positions])
    page = visit("/browse")
    slices = page.evaluate(
        f"async cases => {{ const its = await import('{page.url.removesuffix('browse')}assets/positions.js');"
        " return cases.map(([text, at]) => [its.codePoints(text),"
        " its.unitOffsets(text, at).map(unit => text.slice(0, unit))]); }",
        cases,
    )
    expected = [[len(text), [text[:position] for position in positions]] for text, positions in cases]
    assert slices == expected


def test_markup_in_a_document_stays_text(visit: Open, engine: Engine) -> None:
    page = visit(address("lantern", place(engine, "lantern", "<b>magic lantern</b>")))
    page.locator("mark").wait_for()
    assert page.locator("mark").text_content() == "<b>magic lantern</b>"
    assert page.locator("h1").text_content() == "<i>Lantern</i>"
    assert page.locator("#text h2").text_content() == "<u>Optics</u>"
    assert page.locator("#text p").text_content() == engine.document("lantern").text
    page.get_by_role("link", name="Ask this document").click()
    page.locator("#scope", has_text="Only in <i>Lantern</i>").wait_for()
    page.get_by_label("Your question").fill("When was the magic lantern patented?")
    page.keyboard.press("Enter")
    assert page.locator(".answer").inner_text() == "1659"
    assert page.locator(".turn .understood").inner_text() == "In: <i>Lantern</i>"
    assert page.locator(".turn blockquote").first.text_content() in engine.document("lantern").text
    assert page.evaluate("window.pwned") is None
    assert page.locator("main :is(img, b, i, u, script)").count() == 0


def test_asking_one_document_asks_only_that_one(visit: Open, watch: Any) -> None:
    page = visit("/?document=lantern&title=Lantern")
    assert page.locator("#scope").inner_text() == "Only in Lantern ask all documents"
    page.get_by_label("Your question").fill("When were visas abolished?")
    page.keyboard.press("Enter")
    page.locator(".refusal").wait_for()
    page.get_by_role("button", name="ask all documents").click()
    page.get_by_label("Your question").fill("When were visas abolished?")
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    assert [body.get("documents") for body in watch.asked] == [["lantern"], None]


def test_a_link_that_no_longer_fits_is_told(visit: Open, engine: Engine) -> None:
    length = len(engine.document("lantern").text)
    for query in (f"start=5&end={length + 1}", "start=x&end=9"):
        page = visit(f"/read/lantern?{query}")
        assert "a place that the document does not have" in page.get_by_role("alert").inner_text()
        assert page.locator("#text p").count() == 1
    page = visit(address("lantern", (0, 4), sha256="0123456789abcdef"))
    assert "The document has changed" in page.get_by_role("alert").inner_text()
    assert page.locator("mark").text_content() == "<img"
    page = visit("/read/no%20such%2Fdocument")
    page.locator("#status", has_text="This document is not here").wait_for()
    page.get_by_role("link", name="See all documents").click()
    page.locator("#documents li").first.wait_for()


def long_document(sections: int = 3_000) -> dict[str, Any]:
    """A document of some two million characters as the service gives it, with an emoji at its front."""
    line = "Shelf {0} of the archive holds letters about weather, crops and roads. "
    text, found = "🗄️\n\n", []
    for number in range(sections):
        start = len(text)
        text += line.format(number) * 9 + f"\n\nThe keeper of shelf {number} is Keeper{number}."
        found.append({"path": ["Archive", f"Shelf {number}"], "start": start, "end": len(text)})
        text += "\n\n"
    return {"id": "long", "title": "Long", "source": "long.txt", "sha256": "0" * 64, "text": text, "sections": found}


def test_a_long_document_is_shown_quickly_at_its_place(visit: Open) -> None:
    document = long_document()
    words, text = "Keeper2987", document["text"]
    assert len(text) > 1_900_000
    page = visit("/browse")
    page.route("**/documents/long", lambda route: route.fulfill(json=document))
    page.route("**/documents/long/citation?*", lambda route: route.fulfill(status=404, json={}))
    started = time.monotonic()
    page.goto(page.url.replace("/browse", address("long", (text.index(words), text.index(words) + len(words)))))
    page.locator("mark").wait_for()
    assert time.monotonic() - started < 15  # about one second on an idle machine
    assert page.locator("mark").text_content() == words
    page.wait_for_function(IN_VIEW)
    assert page.locator("#contents a").count() == 3_001
    seen = "it => it.map(chunk => chunk.firstChild.checkVisibility({ contentVisibilityAuto: true }))"
    drawn = page.locator(".chunk").evaluate_all(seen)
    assert len(drawn) == 3_000
    assert sum(drawn) < 50  # the rest is laid out when it comes near


def test_the_list_shows_more_and_filters(visit: Open, engine: Engine) -> None:
    page = visit("/browse")
    rows = page.locator("#documents li")
    rows.first.wait_for()
    total = engine.counts()["documents"]
    assert page.locator("#count").inner_text() == f"{total} documents"
    assert rows.count() == 100
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function(f"() => document.querySelectorAll('#documents li').length === {total}")
    assert page.evaluate("document.activeElement.textContent") == rows.nth(100).locator("a").text_content()
    assert page.get_by_role("button", name="Show more").is_hidden()
    page.get_by_label("Find a document by its title or source").fill("FILLER 119")
    page.wait_for_function("() => document.querySelectorAll('#documents li').length === 1")
    assert page.locator("#count").inner_text() == f"1 of {total} documents"
    rows.get_by_role("link").click()
    page.locator("h1", has_text="Filler 119").wait_for()
