"""The page at ``/check`` in a real browser."""

from collections.abc import Callable
from typing import Any

from qa.engine import Engine

Open = Callable[..., Any]

WRONG = "In 2012 entry visas between Russia and Serbia were abolished."
TEXT = f"Hello 🍵!\n\n{WRONG} Visas were abolished in 2009.\nThe moon is made of green cheese.\n"


def check(page: Any, text: str) -> Any:
    """The report on a text, once it is there."""
    page.get_by_label("Your text").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#report .summary, #report .problem").wait_for()
    return page.locator("#report")


def test_each_sentence_has_its_verdict_and_opens_its_evidence(visit: Open, engine: Engine) -> None:
    page = visit("/check")
    report = check(page, TEXT)
    own = engine.audit(TEXT)
    assert [claim.verdict for claim in own.claims] == ["not_a_claim", "contradicted", "supported", "not_found"]
    assert report.locator(".summary").inner_text() == own.summary.line()
    shown = report.locator(".checked .stretch")
    for number, claim in enumerate(own.claims):
        assert shown.nth(number).text_content().startswith(claim.text)
        assert claim.verdict in shown.nth(number).get_attribute("class")
    wrong = shown.nth(1)
    wrong.click()
    assert wrong.get_attribute("aria-expanded") == "true"
    found = report.locator(".found")
    assert own.claims[1].evidence[0].citation.quote in found.locator("blockquote").all_text_contents()
    assert found.locator(".differs li").inner_text() == "date: 2012; the source says 2009"
    assert "Russia–Serbia relations › Travel regime" in found.locator("a.place").first.text_content()
    wrong.press("Enter")
    assert found.count() == 0
    assert wrong.get_attribute("aria-expanded") == "false"
    shown.nth(3).press(" ")
    assert found.locator("blockquote").all_text_contents() == [near.quote for near in own.claims[3].nearest]
    assert page.locator("#status").text_content() == own.summary.line()


def test_the_whole_text_is_shown_as_it_was_written(visit: Open) -> None:
    page = visit("/check")
    report = check(page, TEXT)
    page.evaluate("document.querySelectorAll('#report .unseen').forEach(each => each.remove())")
    assert report.locator(".checked").text_content() == TEXT


def test_an_empty_text_and_one_that_is_too_long_are_told_and_not_sent(visit: Open) -> None:
    page = visit("/check")
    for text, told in ((" \n", "Paste a text first."), ("é" * 100_001, "The text has 100,001 characters; 100,000 can")):
        page.get_by_label("Your text").fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        assert page.locator("#draft-error").inner_text().startswith(told)
        assert page.get_by_label("Your text").get_attribute("aria-invalid") == "true"
        assert page.locator("#report").is_hidden()


def test_a_text_without_a_claim_says_so(visit: Open) -> None:
    report = check(visit("/check"), "Hello! How are you?")
    assert report.locator(".summary").inner_text() == "2 sentences: 0 claims; 2 not claims"
    assert report.locator(".notice").inner_text() == "No sentence of the text states what could be checked."


def test_the_text_is_never_read_as_markup(visit: Open) -> None:
    page = visit("/check")
    check(page, "<b>Visas</b> were <img src=x onerror='window.pwned = 1'> abolished in 2009.")
    assert page.locator("#report img, #report b").count() == 0
    assert page.evaluate("window.pwned") is None


def test_the_page_fits_a_telephone(visit: Open) -> None:
    page = visit("/check", viewport={"width": 320, "height": 640}, has_touch=True)
    check(page, TEXT).locator(".checked .stretch").nth(1).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
