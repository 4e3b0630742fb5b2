"""The page at ``/`` in a real browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.answers import confidence_words
from qa.engine import Engine
from qa.server.settings import Settings
from qa.wording import REASONS

Open = Callable[..., Any]

QUESTION = "When were visas abolished?"
ANSWER = "2009"


def ask(page: Any, question: str) -> Any:
    """The turn that a question leads to, once its answer is there."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator("#turns .turn").first
    turn.locator(".answer, .refusal, .problem").wait_for()
    return turn


def test_an_answer_shows_its_quote_its_place_and_how_likely_it_is(visit: Open, engine: Engine) -> None:
    page = visit()
    turn = ask(page, QUESTION)
    answer = engine.ask(QUESTION)
    assert answer.citation is not None
    assert turn.locator("h3").inner_text() == QUESTION
    assert turn.locator(".answer").inner_text() == answer.text == ANSWER
    assert turn.locator("blockquote").first.text_content() == answer.citation.quote
    assert turn.locator("mark").first.text_content() == answer.text
    assert "Russia–Serbia relations › Travel regime" in turn.locator("a.place").first.text_content()
    likely = turn.locator(".likelihood").inner_text()
    assert likely == f"{confidence_words(answer.confidence)} ({answer.confidence:.0%})"
    assert turn.locator(".others li").count() == len(answer.alternatives) > 0
    said = page.locator("#status").text_content()
    assert said.startswith(f"Answer: {ANSWER}. {confidence_words(answer.confidence)}")
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.get_by_label("Your question").input_value() == ""


def test_the_words_are_those_of_the_command_line(visit: Open) -> None:
    page = visit()
    grid = [step / 1000 for step in range(1001)]
    said = page.evaluate(f"async grid => grid.map((await import('{page.url}assets/answers.js')).confidenceWords)", grid)
    assert said == [confidence_words(confidence) for confidence in grid]
    assert page.evaluate(f"async () => (await import('{page.url}assets/answers.js')).REASONS") == REASONS


def test_a_refusal_tells_its_reason_and_shows_what_is_nearest(visit: Open, watch: Any, engine: Engine) -> None:
    page = visit()
    question = "Who wrote Hamlet in Moscow?"
    own = engine.ask(question)
    assert own.reason == "low_confidence"
    turn = ask(page, question)
    assert turn.locator(".refusal").inner_text() == f"No answer: {REASONS['low_confidence']}."
    assert turn.locator(".nearest blockquote").all_text_contents() == [citation.quote for citation in own.nearest]
    turn.get_by_role("button", name="Show the best guess anyway").click()
    page.locator(".answer").wait_for()
    assert page.locator("#turns .turn").count() == 1
    assert watch.asked[-1] == {"question": question, "min_confidence": 0}
    assert "No answer" in ask(page, "xylophone?").inner_text()
    assert REASONS["no_match"] in page.locator("#status").text_content()


def test_an_empty_question_is_told_and_not_sent(visit: Open, watch: Any) -> None:
    page = visit()
    page.get_by_label("Your question").fill("  \n ")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.locator("#question-error").inner_text() == "Write a question first."
    assert page.get_by_label("Your question").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "question"
    assert watch.asked == []
    page.get_by_label("Your question").fill("w")
    assert page.locator("#question-error").is_hidden()


def test_the_conversation_is_sent_with_a_follow_up_kept_on_reload_and_cleared(visit: Open, watch: Any) -> None:
    page = visit()
    ask(page, QUESTION)
    refused = "Who wrote Hamlet in Moscow?"
    ask(page, refused)
    ask(page, "Who was the first Russian consul in Serbia?")
    assert watch.asked[0] == {"question": QUESTION}
    assert watch.asked[2]["history"] == [
        {"question": QUESTION, "answer": ANSWER},
        {"question": refused, "answer": None},
    ]
    page.reload()
    asked = page.locator("#turns h3")
    assert asked.all_inner_texts() == ["Who was the first Russian consul in Serbia?", refused, QUESTION]
    page.get_by_role("button", name="Clear").click()
    assert asked.count() == 0
    page.reload()
    assert asked.count() == 0
    ask(page, QUESTION)
    assert watch.asked[-1] == {"question": QUESTION}


def test_a_question_that_was_rewritten_is_shown_as_it_was_understood(visit: Open, site: str) -> None:
    page = visit()

    def rewritten(route: Any) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "question": "When were <b>visas</b> abolished?"})

    page.route(f"{site}/ask", rewritten)
    turn = ask(page, QUESTION)
    assert turn.locator(".understood").inner_text() == "Understood as: When were <b>visas</b> abolished?"


def test_enter_asks_and_shift_enter_starts_a_line(visit: Open, watch: Any) -> None:
    page = visit()
    page.keyboard.type("When were")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("visas abolished?")
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    assert [body["question"] for body in watch.asked] == ["When were\nvisas abolished?"]


def test_the_keyboard_reaches_everything_in_order_and_focus_is_seen(visit: Open) -> None:
    page = visit()
    ask(page, QUESTION)
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    page.keyboard.press("Tab")
    seen = []
    for _ in range(13):
        seen.append(
            page.evaluate(
                "(() => { const it = document.activeElement; const style = getComputedStyle(it);"
                " return [it.ariaLabel || it.id || it.textContent.trim(), style.outlineStyle !== 'none'"
                " || it.closest('.field') !== null]; })()"
            )
        )
        page.keyboard.press("Tab")
    names = [name for name, _ in seen]
    tabs = ["Ask", "Check a text", "Documents"]
    assert names[:8] == ["Skip to the question", "citespan", *tabs, "question", "Ask", "clear"]
    assert names[8].startswith("Russia–Serbia relations › Travel regime")
    assert names[10:13] == ["Copy", "This answer is right", "This answer is wrong"]
    assert all(outlined for _, outlined in seen)


def test_a_screen_reader_finds_landmarks_labels_and_headings(visit: Open) -> None:
    page = visit()
    ask(page, QUESTION)
    for role in ("banner", "main"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("navigation", name="Pages").count() == 1
    assert page.get_by_role("status").first.get_attribute("id") == "status"
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("article", name=QUESTION).count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, a, input, textarea')]"
        ".filter(it => !(it.ariaLabel || it.textContent.trim() || it.labels?.length)).length"
    )
    assert unnamed == 0


def test_feedback_is_stored_with_the_verdict(visit: Open, verdicts: Path) -> None:
    page = visit()
    turn = ask(page, QUESTION)
    right = turn.get_by_role("button", name="This answer is right")
    right.click()
    turn.get_by_text("Thank you.").wait_for()
    assert right.get_attribute("aria-pressed") == "true"
    stored = json.loads(verdicts.read_text().splitlines()[-1])
    assert (stored["verdict"], stored["question"], stored["text"]) == ("right", QUESTION, ANSWER)


def test_what_goes_wrong_is_told_with_what_to_do(visit: Open, site: str) -> None:
    page = visit()
    page.route(f"{site}/ask", lambda route: route.abort())
    turn = ask(page, QUESTION)
    assert (
        turn.get_by_role("alert").inner_text().startswith("The service cannot be reached\n\nCheck that it is running")
    )
    page.unroute(f"{site}/ask")
    busy = {"title": "Service Unavailable", "status": 503, "detail": "Full.", "code": "busy"}
    page.route(f"{site}/ask", lambda route: route.fulfill(status=503, json=busy, headers={"retry-after": "7"}))
    turn = ask(page, QUESTION)
    assert turn.get_by_role("alert").inner_text() == "The service is busy\n\nFull. Try again in 7 seconds."
    page.unroute(f"{site}/ask")
    turn.get_by_role("button", name="Try again").click()
    page.locator(".answer").wait_for()
    assert page.locator(".problem").count() == 1  # the first, which was not tried again
    assert "at most 20,000" in ask(page, "x" * 20_001).get_by_role("alert").inner_text()


def test_a_key_is_asked_for_once_and_kept_in_the_tab(visit: Open, watch: Any, serve: Open, engine: Engine) -> None:
    with serve(engine, Settings(api_key="open sesame")) as address:
        watch.allowed.append(address)
        page = visit(address + "/")
        page.get_by_label("Your question").fill(QUESTION)
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="This service asks for a key")
        dialog.get_by_label("Key").fill("guess")
        page.keyboard.press("Enter")
        dialog.get_by_text("That key was not accepted.").wait_for()
        dialog.get_by_label("Key").fill("open sesame")
        page.keyboard.press("Enter")
        page.locator(".answer").wait_for()
        ask(page, "Who was the first Russian consul in Serbia?")
        page.goto(f"{address}/read/russia-serbia-relations?start=0&end=5")
        page.locator("#title", has_text="Russia–Serbia relations").wait_for()
        assert dialog.count() == 0
        assert page.evaluate("localStorage.length") == 0
        assert "open sesame" not in page.content()
        other = visit(address + "/browse")
        other.get_by_role("button", name="Cancel").click()
        assert "A key is needed" in other.get_by_role("alert").inner_text()


@pytest.mark.parametrize(
    ("path", "ready"),
    [("/", "#turns li"), ("/browse", "#documents li"), ("/read/russia-serbia-relations?start=35085&end=35089", "mark")],
)
def test_a_phone_needs_no_sideways_scrolling(visit: Open, path: str, ready: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    if path == "/":
        ask(page, QUESTION).locator("summary").click()
        assert page.evaluate("document.activeElement.id") != "question"  # its keyboard would hide the answer
    page.locator(ready).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        "[...document.querySelectorAll('button, .button, summary, nav a')].filter(it => it.checkVisibility())"
        ".map(it => [it.textContent.trim(), it.getBoundingClientRect().height]).filter(([, height]) => height < 24)"
    )
    assert small == []  # WCAG 2.5.8, the least size of a target


def test_the_systems_wish_for_dark_and_for_stillness_is_followed(visit: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(color_scheme="light"), visit(color_scheme="dark", reduced_motion="reduce")
    assert light.evaluate(ground) == "rgb(246, 247, 247)"
    assert dark.evaluate(ground) == "rgb(18, 21, 24)"
    dots = "(() => { const it = document.createElement('span'); it.className = 'dots'; document.body.append(it);"
    dots += " return getComputedStyle(it, '::after').animationName; })()"
    assert light.evaluate(dots) == "breathe"
    assert dark.evaluate(dots) == "none"
