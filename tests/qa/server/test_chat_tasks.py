"""Tasks that chat clients set on their own are told from questions, and cost no search."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from qa.engine import Engine
from qa.server import Settings
from qa.server.chat_tasks import chat_task
from qa.server.openai_shapes import Message

FIELD = Path(__file__).parents[4] / "shared" / "field" / "b22-chat-ui-tasks" / "requests.json"
TALK = "<chat_history>\nUSER: When were visas abolished?\nASSISTANT: 2009 [1]\n</chat_history>"


def framed(wish: str, form: str, history: str = TALK) -> str:
    """A task as one family of clients frames it."""
    return f"### Task:\n{wish}\n\n### Guidelines:\n- Be brief.\n\n### Output:\nJSON format: {form}\n\n{history}"


def task(*said: str) -> tuple[str, str] | None:
    """The task that a conversation of these messages, the user's and the assistant's in turn, ends with."""
    roles = ("user", "assistant")
    found = chat_task([Message(role=roles[number % 2], content=text) for number, text in enumerate(said)])
    return None if found is None else (found.kind, found.reply)


@pytest.mark.parametrize(
    ("form", "kind", "reply"),
    [
        ('{ "title": "your title" }', "title", '{"title": "When were visas abolished"}'),
        ('{ "tags": ["tag1", "tag2"] }', "tags", '{"tags": []}'),
        ('{ "follow_ups": ["Question 1?"] }', "follow_ups", '{"follow_ups": []}'),
        ('{"queries":["query1"]}', "queries", '{"queries": []}'),
        ('{\n  "text": "<completion>"\n}', "completion", '{"text": ""}'),
        ('{ "prompt": "a picture" }', "image_prompt", '{"prompt": ""}'),
    ],
)
def test_a_framed_task_is_answered_in_its_form_and_makes_nothing_up(form: str, kind: str, reply: str) -> None:
    assert task(framed("Do it for the chat below.", form)) == (kind, reply)


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ("Generate a concise title for this conversation.", "title"),
        ("Provide a concise, 5-word-or-less title for the conversation, using its same language.", "title"),
        ("Please generate a four to five word title summarizing our conversation without any lead-in.", "title"),
        ("Based on the chat history, give this conversation a name. Keep it short.", "title"),
        ("Write one short title for the above discussion", "title"),
        ("Suggest three follow-up questions for this conversation.", "follow_ups"),
        ("Generate 1-3 broad tags for the chat history.", "tags"),
        ("Generate a search query for the following conversation", "queries"),
    ],
)
def test_a_plain_task_about_the_chat_is_one(wish: str, kind: str) -> None:
    found = task("When were visas abolished?", "2009 [1]", wish)
    assert found == (kind, "When were visas abolished" if kind == "title" else "")
    assert task(f"{wish}\n\nUser: When were visas abolished?\nAI: 2009") == found


@pytest.mark.parametrize(
    "question",
    [
        "What is the title of the conversation between Tito and Stalin?",
        "Give the title of the third chapter",
        "Give a title of the conversation between Tito and Stalin",
        "Write a name for the chat between the two consuls",
        "Which tags does the chat use?",
        "Who suggested a title for the conversation?",
        "Generate a title",
        "How do I generate a short title for this conversation?",
        "Can follow-up questions be asked in the chat?",
        "Suggest a search query for visas",
        "What does the JSON format { \"title\": \"...\" } mean?",
        "### Task:\nWhen were visas abolished?",
        "### Task:\nAnswer from the context.\n<context>...</context>\nWhat is the title?",
        "Where is <chat_history> documented?",
        framed("Answer the question from the chat.", '{ "answer": "..." }'),
        "",
    ],
)  # fmt: skip
def test_a_question_that_only_speaks_of_such_things_is_none(question: str) -> None:
    assert task(question) is None
    assert task("When were visas abolished?", "2009 [1]", question) is None


def test_what_is_quoted_in_the_chat_is_not_taken_for_the_form() -> None:
    talk = '<chat_history>\nUSER: What does { "tags": [] } mean?\nASSISTANT: ...\n</chat_history>'
    assert task(f"### Task:\nA title, please.\n{talk}\n### Output:\n{{ \"title\": \"...\" }}") == (
        "title",
        json.dumps({"title": 'What does { "tags": [] } mean'}),
    )  # fmt: skip
    assert task(f"### Task:\nWhat is this about?\n{talk}") is None


def test_a_title_is_short_and_of_the_users_words_alone() -> None:
    long = f"USER: {'x' * 300}"
    form = '{ "title": "t" }'
    assert task(framed("t", form, f"<chat_history>\n{long}\n</chat_history>")) == (
        "title",
        f'{{"title": "{"x" * 60}"}}',
    )
    assert task(framed("t", form, "<chat_history>\n</chat_history>")) == ("title", '{"title": ""}')
    many = "USER: Which of the many treaties that Serbia and Russia signed was the first?"
    assert task(framed("t", form, f"<chat_history>\n{many}\n</chat_history>")) == (
        "title", '{"title": "Which of the many treaties that Serbia and"}',
    )  # fmt: skip


def test_a_message_made_to_take_long_does_not() -> None:
    started = time.perf_counter()
    for part in ("<chat_history>", "### Task: {", '{ "a', "\n" * 20, "generate a title the chat ", "user:"):
        task(part * (1_000_000 // len(part)))
    assert time.perf_counter() - started < 5


@pytest.fixture(scope="module")
def client(engine: Engine, serve: Callable[..., Any]) -> Iterator[openai.OpenAI]:
    with (
        serve(engine, Settings()) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client,
    ):
        yield client


def metrics(client: openai.OpenAI) -> str:
    import httpx

    return httpx.get(str(client.base_url).replace("/v1/", "/metrics")).text


def test_a_task_is_told_apart_in_the_reply_and_the_figures_on_both_endpoints(client: openai.OpenAI) -> None:
    asked: Any = [{"role": "user", "content": framed("Tags, please.", '{ "tags": ["tag1"] }')}]
    message = client.chat.completions.create(model="any", messages=asked).choices[0].message
    assert (message.content, message.annotations) == ('{"tags": []}', [])
    assert (message.model_extra or {})["citespan"] == {"task": "tags", "answered": False}
    with client.chat.completions.stream(model="any", messages=asked) as stream:
        assert stream.get_final_completion().choices[0].message.content == '{"tags": []}'
    response = client.responses.create(model="any", input=asked)
    assert response.output_text == '{"tags": []}'
    with client.responses.stream(model="any", input=asked) as events:
        assert events.get_final_response().output_text == '{"tags": []}'
    plain: Any = [{"role": "user", "content": "Generate 3 tags for this chat."}]
    with client.chat.completions.stream(model="any", messages=plain) as stream:
        assert stream.get_final_completion().choices[0].message.content == ""
    figures = metrics(client)
    assert 'citespan_chat_tasks_total{task="tags"} 5.0' in figures
    assert "citespan_questions_total 0.0" in figures


def test_the_tasks_of_the_field_are_recognised() -> None:
    if not FIELD.exists():
        pytest.skip("the field's requests are not there")
    kinds = {"title": "title", "tags": "tags", "search queries": "queries"}
    requests = json.loads(FIELD.read_text())
    assert {request["task"] for request in requests} == set(kinds)
    for request in requests:
        found = task(request["content"])
        assert found is not None
        assert found[0] == kinds[request["task"]]
