"""The widget on another site's page, in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from qa.engine import Engine
from qa.server.settings import Settings

Open = Callable[..., Any]

QUESTION = "When were visas abolished?"

PAGE = """<!doctype html><html lang="en" style="font-size: 40px"><title>Handbook</title><meta charset="utf-8">
<link rel="icon" href="data:,"><style>* {{ color: red !important; }} p {{ font-size: 60px; }}</style>
<h1>Handbook</h1><script src="{service}/widget.js" data-title="Ask the handbook" {more}></script><p>After it.</p>"""

STRICT = "default-src 'none'; script-src {service}; connect-src {service}; style-src 'unsafe-inline'; img-src data:; "
STRICT += "require-trusted-types-for 'script'; trusted-types 'none'"


@pytest.fixture(scope="module")
def sites(engine: Engine, serve: Open, host: Open) -> Iterator[dict[str, str]]:
    """The addresses of a public service, of a site that it allows, and of one that it does not."""
    pages: dict[str, tuple[str, str]] = {}
    with ExitStack() as stack:
        allowed, other = (stack.enter_context(host(pages)) for _ in range(2))
        settings = Settings(api_key="key", public=True, rate="30/minute", cors=(allowed,))
        service = stack.enter_context(serve(engine, settings))
        policy = STRICT.format(service=service)
        page = PAGE.format(service=service, more="")
        pages["/"] = (policy, page)
        pages["/dark"] = (policy, page.replace("<meta ", '<meta name="color-scheme" content="light dark"><meta ', 1))
        pages["/here"] = (policy, PAGE.format(service=service, more='data-place="here" data-theme="dark"'))
        yield {"allowed": allowed, "other": other, "service": service}


@pytest.fixture(autouse=True)
def _allow(watch: Any, sites: dict[str, str]) -> None:
    watch.allowed += sites.values()


def test_it_opens_asks_and_closes_by_keyboard_under_a_strict_policy(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/")
    opener = page.get_by_role("button", name="Ask the handbook")
    opener.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Ask the handbook")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    panel.locator(".answer").wait_for()
    assert panel.locator(".answer").inner_text() == "2009"
    assert panel.locator("mark").text_content() == "2009"
    assert panel.get_by_role("status").text_content().startswith("Answer: 2009. ")
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert opener.evaluate("it => it.getRootNode().activeElement === it")


def test_its_link_opens_the_document_at_the_place(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/here")
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Russia–Serbia relations › Travel regime").click()
    document = opened.value
    document.locator("mark").wait_for()
    assert document.url.startswith(sites["service"] + "/read/russia-serbia-relations?start=")
    assert document.locator("mark").text_content() == "2009"


def test_the_pages_styles_stay_out_and_its_own_stay_in(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/here")
    region = page.get_by_role("region", name="Ask the handbook")
    style = "it => { const s = getComputedStyle(it); return [s.color, s.fontSize, s.backgroundColor]; }"
    assert region.evaluate(style) == ["rgb(230, 234, 237)", "16px", "rgb(26, 31, 35)"]  # data-theme="dark"
    assert page.locator("p", has_text="After it.").evaluate(style)[:2] == ["rgb(255, 0, 0)", "60px"]
    above = "document.querySelector('[data-citespan-widget]').previousElementSibling.tagName"
    assert page.evaluate(above) == "SCRIPT"


def test_a_light_page_gets_a_light_box_and_one_that_can_be_dark_a_dark_one(visit: Open, sites: dict[str, str]) -> None:
    ground = "it => getComputedStyle(it.parentElement.querySelector('.panel')).backgroundColor"
    page = visit(sites["allowed"] + "/", color_scheme="dark")
    assert page.get_by_role("button", name="Ask the handbook").evaluate(ground) == "rgb(255, 255, 255)"
    page.goto(sites["allowed"] + "/dark")
    assert page.get_by_role("button", name="Ask the handbook").evaluate(ground) == "rgb(26, 31, 35)"


def test_it_fits_a_phone(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/", viewport={"width": 320, "height": 480}, has_touch=True)
    page.get_by_role("button", name="Ask the handbook").click()
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 480


def test_it_tells_what_it_does_not_find_and_what_goes_wrong(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/here")
    field = page.get_by_label("Your question")
    field.fill("xylophone?")
    field.press("Enter")
    page.get_by_text("No answer: no word of the question is in the documents.", exact=True).last.wait_for()
    page.route("**/ask", lambda route: route.abort())
    field.fill(QUESTION)
    field.press("Enter")
    page.locator(".bad", has_text="The service cannot be reached. Try again in a moment.").wait_for()
    assert field.input_value() == QUESTION


def test_a_site_that_is_not_allowed_gets_no_answer(visit: Open, watch: Any, sites: dict[str, str]) -> None:
    page = visit(sites["other"] + "/here")
    with page.expect_console_message(lambda message: "must allow the origin" in message.text):
        page.get_by_label("Your question").fill(QUESTION)
        page.keyboard.press("Enter")
    assert page.locator(".bad").inner_text() == "The service cannot be reached. Try again in a moment."
    watch.wrong.clear()  # the browser's own line on the call that it did not allow


def test_an_address_that_asks_too_often_is_told_when_to_come_back(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["allowed"] + "/here")
    fire = "service => Promise.all([...Array(31)].map(() => fetch(`${service}/ask?q=a`, {mode: 'no-cors'})))"
    page.evaluate(fire, sites["service"])
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    assert "ask again in" in page.locator(".bad").inner_text()


def test_its_words_are_those_of_the_page(visit: Open, sites: dict[str, str]) -> None:
    page = visit(sites["service"] + "/browse")
    script = page.evaluate("async () => await (await fetch('/widget.js')).text()")
    answers = page.evaluate("async () => await (await fetch('/assets/answers.js')).text()")
    for line in ("the question holds no word to look for", "no word of the question is in the documents"):
        assert line in script
        assert line in answers
    bounds = '[0.9, "very likely"], [0.7, "likely"], [0.5, "more likely than not"], [0.25, "uncertain"]'
    assert bounds in script
    assert bounds in answers
