import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openai
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletionMessageParam

import qa
from qa.answers import Answer
from qa.conversation import Turn
from qa.server import create_app
from qa.server.openai_failures import failure
from qa.server.problems import Problem, busy
from qa.server.service import Service
from qa.server.settings import Settings

VISAS = "When were visas abolished?"
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": VISAS}]


class Watch:
    """Keeps what a service is asked, and refuses with ``problem`` where one is set."""

    def __init__(self, service: Service) -> None:
        self._ask = service.ask
        self.asked: list[dict[str, Any]] = []
        self.problem: Problem | None = None

    async def ask(self, question: str, **options: Any) -> Answer:
        self.asked.append({"question": question, **options})
        if self.problem is not None:
            raise self.problem
        return await self._ask(question, **options)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of an application that runs in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(qa.default(reader="lexical"), settings=Settings(question_length=5_000, api_key="s3cret"))


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def watch(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch(app.state.service)
    monkeypatch.setattr(app.state.service, "ask", watch.ask)
    return watch


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="s3cret", max_retries=0) as client:
        yield client


@pytest.fixture
def http(app: FastAPI) -> TestClient:
    return TestClient(app, headers={"authorization": "Bearer s3cret"})


def test_the_content_is_the_answer_with_a_numbered_citation(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="any-name", messages=ASKED)
    choice = reply.choices[0]
    lines = (choice.message.content or "").split("\n\n")
    assert lines[0] == "2009 [1]"
    assert lines[1].startswith("[1] Russia–Serbia relations > Travel regime: “In 2009 entry visas")
    assert (reply.model, reply.object, choice.finish_reason) == ("any-name", "chat.completion", "stop")


def test_the_citation_is_an_annotation_that_opens_the_place_in_the_document(client: openai.OpenAI) -> None:
    message = client.chat.completions.create(model="any", messages=ASKED).choices[0].message
    assert message.annotations is not None
    cited = message.annotations[0].url_citation
    assert (message.content or "")[cited.start_index : cited.end_index] == "[1]"
    assert cited.title == "Russia–Serbia relations > Travel regime"
    citation = qa.default(reader="lexical").ask(VISAS).citation
    assert citation is not None
    assert cited.url == f"{_origin(client)}/read/russia-serbia-relations?start={citation.start}&end={citation.end}"


def test_the_extension_field_holds_the_whole_answer(client: openai.OpenAI) -> None:
    message = client.chat.completions.create(model="any", messages=ASKED).choices[0].message
    assert message.model_extra is not None
    answer = message.model_extra["citespan"]
    own = qa.default(reader="lexical").ask(VISAS).to_dict()
    assert len(answer.pop("id")) > 20
    assert {**answer, "elapsed_ms": 0} == {**own, "elapsed_ms": 0}


def test_a_stream_begins_with_the_role_and_ends_with_stop_and_holds_the_same(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="any", messages=ASKED).choices[0].message
    chunks = list(client.chat.completions.create(model="any", messages=ASKED, stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert len({chunk.id for chunk in chunks}) == 1
    last = deltas[-2].model_extra
    assert last is not None
    assert last["citespan"]["text"] == "2009"
    assert last["annotations"][0]["url_citation"]["title"] == "Russia–Serbia relations > Travel regime"
    assert all(not delta.model_extra for delta in deltas[:-2])


def test_the_clients_own_stream_reader_puts_the_message_together(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="any", messages=ASKED) as stream:
        message = stream.get_final_completion().choices[0].message
    assert message.content is not None
    assert message.content.startswith("2009 [1]")
    assert message.annotations is not None
    assert message.annotations[0].url_citation.start_index == 5


def test_the_events_of_a_stream_are_lines_of_data_and_the_last_is_done(http: TestClient) -> None:
    response = http.post("/v1/chat/completions", json={"messages": ASKED, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    *events, done, nothing = response.text.split("\n\n")
    assert (done, nothing) == ("data: [DONE]", "")
    assert all(event.startswith("data: {") and "\n" not in event for event in events)


def test_the_usage_comes_last_in_a_stream_that_asks_for_it(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="any", messages=ASKED)
    chunks = list(
        client.chat.completions.create(model="any", messages=ASKED, stream=True, stream_options={"include_usage": True})
    )
    assert chunks[-1].choices == []
    assert chunks[-1].usage == whole.usage
    assert all(chunk.usage is None for chunk in chunks[:-1])


def test_usage_counts_words(client: openai.OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": "Be brief."}, *ASKED]
    reply = client.chat.completions.create(model="any", messages=messages)
    assert reply.usage is not None
    assert reply.usage.prompt_tokens == 6
    assert reply.usage.completion_tokens == len((reply.choices[0].message.content or "").split())
    assert reply.usage.total_tokens == 6 + reply.usage.completion_tokens


def test_a_refusal_is_a_message_with_the_reason_and_the_nearest_passages(client: openai.OpenAI) -> None:
    choice = client.chat.completions.create(
        model="any", messages=[{"role": "user", "content": "Who wrote Hamlet?"}]
    ).choices[0]
    content = choice.message.content or ""
    assert content.startswith("I found no answer to that in the documents: nothing found is likely enough")
    assert choice.finish_reason == "stop"
    assert choice.message.refusal is None
    marks = [annotation.url_citation for annotation in choice.message.annotations or []]
    assert [content[mark.start_index : mark.end_index] for mark in marks] == ["[1]", "[2]", "[3]"]
    assert (choice.message.model_extra or {})["citespan"]["reason"] == "low_confidence"


def test_system_messages_and_settings_of_text_generators_are_ignored(client: openai.OpenAI, watch: Watch) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "developer", "content": "Answer in French."},
        {"role": "assistant", "content": "How can I help?"},
        {"role": "user", "content": [{"type": "text", "text": "When were visas"}, {"type": "text", "text": "ended?"}]},
    ]
    client.chat.completions.create(
        model="any", messages=messages, temperature=0.7, max_tokens=5, seed=1, user="u", top_p=0.1, n=1,
        tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}],
    )  # fmt: skip
    assert watch.asked[0]["question"] == "When were visas\nended?"
    assert watch.asked[0]["history"] == []


def test_earlier_messages_are_the_conversation(client: openai.OpenAI, watch: Watch) -> None:
    first = client.chat.completions.create(model="any", messages=ASKED).choices[0].message.content
    refusal = (
        client.chat.completions.create(model="any", messages=[{"role": "user", "content": "Who wrote Hamlet?"}])
        .choices[0]
        .message.content
    )
    messages: list[ChatCompletionMessageParam] = [
        *ASKED,
        {"role": "assistant", "content": first},
        {"role": "user", "content": "Who wrote Hamlet?"},
        {"role": "assistant", "content": [{"type": "text", "text": refusal or ""}]},
        {"role": "user", "content": "Hello?"},
        {"role": "user", "content": "And who abolished them?"},
    ]
    client.chat.completions.create(model="any", messages=messages)
    assert watch.asked[-1]["question"] == "And who abolished them?"
    assert watch.asked[-1]["history"] == [
        Turn(VISAS, "2009"),
        Turn("Who wrote Hamlet?", None),
        Turn("Hello?", None),
    ]


def test_a_follow_up_to_a_follow_up_is_understood(client: openai.OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = []
    understood = []
    for question in ("Who was the first Russian consul in Serbia?", "And who received him?", "When?"):
        messages.append({"role": "user", "content": question})
        reply = (
            client.chat.completions.create(
                model="any", messages=messages, extra_body={"citespan": {"min_confidence": 0}}
            )
            .choices[0]
            .message
        )
        messages.append({"role": "assistant", "content": reply.content})
        understood.append((reply.model_extra or {})["citespan"]["question"])
    assert understood[0] == messages[0]["content"]
    # What the second question meant is known to the third from the second message alone.
    assert "Gerasim Vashchenko" in understood[1]
    assert "Gerasim Vashchenko" in understood[2]
    assert f"Understood as: “{understood[2]}”" in str(messages[-1]["content"])


def test_how_to_ask_can_be_told_in_an_extension_field(client: openai.OpenAI, watch: Watch) -> None:
    options = {"top": 1, "min_confidence": 0.0, "sections": ["Travel regime"]}
    reply = client.chat.completions.create(model="any", messages=ASKED, extra_body={"citespan": options})
    assert {name: watch.asked[0][name] for name in options} == options
    assert (reply.choices[0].message.model_extra or {})["citespan"]["alternatives"] == []


def test_a_document_of_the_web_is_cited_by_its_own_address(tmp_path: Any) -> None:
    address = "https://example.org/tea"
    path = tmp_path / "web.jsonl"
    path.write_text(json.dumps({"title": "Tea", "text": "Tea was first drunk in China.", "url": address}))
    app = create_app(qa.build([str(path)], reader="lexical"))
    body = {
        "messages": [{"role": "user", "content": "Where was tea first drunk?"}],
        "citespan": {"min_confidence": 0},
    }
    message = TestClient(app).post("/v1/chat/completions", json=body).json()["choices"][0]["message"]
    assert message["annotations"][0]["url_citation"]["url"] == address


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "messages"),
        ({"messages": []}, "messages"),
        ({"messages": "When?"}, "messages"),
        ({"messages": [{"role": "system", "content": "Be brief."}]}, "messages"),
        ({"messages": [{"content": "When?"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": 5}]}, "messages.0.content"),
        ({"messages": ASKED, "n": 2}, "n"),
        ({"messages": ASKED, "stream": "yes"}, "stream"),
        ({"messages": ASKED, "citespan": {"tpo": 3}}, "citespan.tpo"),
        ([], None),
    ],
)
def test_a_request_that_cannot_be_used_is_told_in_openais_shape(http: TestClient, body: Any, param: str | None) -> None:
    response = http.post("/v1/chat/completions", json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert error["message"].startswith(param or "the body")


def test_a_body_that_is_no_json_is_told_in_openais_shape(http: TestClient) -> None:
    response = http.post("/v1/chat/completions", content=b"{", headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"]["message"].startswith("the body is no JSON")


def test_an_empty_question_is_refused_in_words(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="any", messages=[{"role": "user", "content": ""}])
    assert "holds no word to look for" in (reply.choices[0].message.content or "")


def test_a_full_service_is_told_with_the_time_to_wait(client: openai.OpenAI, watch: Watch) -> None:
    watch.problem = busy(7)
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model="any", messages=ASKED, stream=True)
    assert caught.value.status_code == 503
    assert caught.value.code == "busy"
    assert caught.value.response.headers["retry-after"] == "7"


def test_a_question_that_is_too_long_is_a_bad_request(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="5,000") as caught:
        client.chat.completions.create(model="any", messages=[{"role": "user", "content": "why " * 2_000}])
    assert caught.value.code == "context_length_exceeded"


def test_a_wrong_key_is_an_authentication_error(address: str) -> None:
    with (
        openai.OpenAI(base_url=f"{address}/v1", api_key="guess", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        client.chat.completions.create(model="any", messages=ASKED)
    assert (caught.value.type, caught.value.param, caught.value.code) == (
        "invalid_request_error",
        None,
        "invalid_api_key",
    )
    assert "Authorization: Bearer KEY" in caught.value.message


def test_failures_of_the_service_and_of_the_client_differ_in_type() -> None:
    assert json.loads(bytes(failure(418, "no").body))["error"]["type"] == "invalid_request_error"
    assert json.loads(bytes(failure(507, "no").body))["error"]["type"] == "server_error"


def test_one_model_is_listed_and_can_be_looked_up(client: openai.OpenAI) -> None:
    listed = client.models.list().data
    assert [model.id for model in listed] == ["citespan"]
    assert client.models.retrieve("citespan") == listed[0]
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-9")
    assert caught.value.code == "model_not_found"


def test_an_endpoint_that_is_not_there_is_told_with_those_that_are(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="POST /v1/chat/completions"):
        client.embeddings.create(model="any", input="tea")


def test_a_wrong_method_is_told_with_the_right_one(http: TestClient) -> None:
    response = http.get("/v1/chat/completions")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert http.delete("/v1/models").status_code == 405


def test_the_documented_example_is_what_is_answered(app: FastAPI, http: TestClient) -> None:
    operation = app.openapi()["paths"]["/v1/chat/completions"]["post"]
    told = operation["responses"]["200"]["content"]["application/json"]["example"]
    given = http.post("/v1/chat/completions", json={"messages": ASKED}).json()
    example, reply = told["choices"][0]["message"], given["choices"][0]["message"]
    assert example["content"].rpartition(" (")[0] == reply["content"].rpartition(" (")[0]
    assert set(example) == set(reply) - {"refusal"}  # FastAPI leaves null out of examples
    assert set(told) == set(given)
    assert told["usage"] == given["usage"] | {
        "completion_tokens": len(example["content"].split()),
        "total_tokens": 4 + len(example["content"].split()),
    }


def _origin(client: openai.OpenAI) -> str:
    return str(client.base_url).removesuffix("/v1/")
