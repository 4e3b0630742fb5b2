"""``/v1/responses`` with the client that speaks it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest
from fastapi.testclient import TestClient

from qa.conversation import Turn
from qa.engine import Engine
from qa.server import Settings, create_app

VISAS = "When were visas abolished?"


@pytest.fixture(scope="module")
def client(engine: Engine, serve: Callable[..., Any]) -> Iterator[openai.OpenAI]:
    with (
        serve(engine, Settings(api_key="s3cret", question_length=5_000)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="s3cret", max_retries=0) as client,
    ):
        yield client


@pytest.fixture
def http(engine: Engine) -> TestClient:
    return TestClient(create_app(engine))


def test_the_output_text_is_the_answer_with_a_numbered_citation(client: openai.OpenAI) -> None:
    response = client.responses.create(model="any-name", input=VISAS)
    first, second = response.output_text.split("\n\n")
    assert first == "2009 [1]"
    assert second.startswith("[1] Russia–Serbia relations > Travel regime: “In 2009 entry visas")
    assert (response.model, response.status, response.error) == ("any-name", "completed", None)
    assert (response.model_extra or {})["citespan"]["text"] == "2009"


def test_the_citation_is_an_annotation_that_opens_the_place_in_the_document(
    client: openai.OpenAI, engine: Engine
) -> None:
    output: Any = client.responses.create(model="any", input=VISAS).output[0]
    cited = output.content[0].annotations[0]
    assert cited.type == "url_citation"
    assert output.content[0].text[cited.start_index : cited.end_index] == "[1]"
    assert cited.title == "Russia–Serbia relations > Travel regime"
    citation = engine.ask(VISAS).citation
    assert citation is not None
    origin = str(client.base_url).removesuffix("/v1/")
    assert cited.url == f"{origin}/read/russia-serbia-relations?start={citation.start}&end={citation.end}"


def test_a_stream_tells_the_same_step_by_step(client: openai.OpenAI) -> None:
    whole = client.responses.create(model="any", input=VISAS)
    events: list[Any] = list(client.responses.create(model="any", input=VISAS, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    kinds = [event.type.removeprefix("response.") for event in events]
    assert list(dict.fromkeys(kinds)) == [
        "created", "in_progress", "output_item.added", "content_part.added", "output_text.delta",
        "output_text.annotation.added", "output_text.done", "content_part.done", "output_item.done", "completed",
    ]  # fmt: skip
    assert "".join(event.delta for event in events if event.type.endswith("delta")) == whole.output_text
    assert events[-1].response.output_text == whole.output_text
    assert events[-1].response.output[0].content == events[-2].item.content
    assert events[0].response.id == events[-1].response.id


def test_the_clients_own_stream_reader_puts_the_response_together(client: openai.OpenAI) -> None:
    with client.responses.stream(model="any", input=VISAS) as stream:
        response = stream.get_final_response()
    assert response.output_text.startswith("2009 [1]")
    output: Any = response.output[0]
    assert output.content[0].annotations[0].start_index == 5


def test_a_conversation_is_understood_and_what_steers_a_generator_is_ignored(
    client: openai.OpenAI, http: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.responses.create(model="any", input="Who was the first Russian consul in Serbia?")
    conversation: list[Any] = [
        {"role": "developer", "content": "Answer in French."},
        {"role": "user", "content": "Who was the first Russian consul in Serbia?"},
        *(item.model_dump() for item in first.output),
        {"type": "function_call", "call_id": "1", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "1", "output": "x"},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "And who received him?"}]},
    ]
    reply = client.responses.create(
        model="any", input=conversation, instructions="You are a pirate.", temperature=0.5, max_output_tokens=16,
        extra_body={"citespan": {"min_confidence": 0, "top": 1}},
    )  # fmt: skip
    assert "Gerasim Vashchenko" in (reply.model_extra or {})["citespan"]["question"]

    service: Any = http.app.state.service  # type: ignore[attr-defined]
    asked: list[Any] = []
    ask = service.ask

    async def watched(question: str, **options: Any) -> Any:
        asked.append((question, options["history"]))
        return await ask(question, **options)

    monkeypatch.setattr(service, "ask", watched)
    assert http.post("/v1/responses", json={"input": conversation}).status_code == 200
    answer = "Gerasim Vashchenko"
    assert asked == [("And who received him?", [Turn("Who was the first Russian consul in Serbia?", answer)])]


def test_a_refusal_is_a_text_with_the_reason_and_the_nearest_passages(client: openai.OpenAI) -> None:
    response = client.responses.create(model="any", input="Who wrote Hamlet?", metadata={"chat": "7"})
    assert response.output_text.startswith("I found no answer to that in the documents: ")
    assert response.status == "completed"
    assert response.metadata == {"chat": "7"}
    assert (response.model_extra or {})["citespan"]["answered"] is False


def test_usage_counts_words(client: openai.OpenAI) -> None:
    response = client.responses.create(model="any", input=VISAS)
    assert response.usage is not None
    assert response.usage.input_tokens == 4
    assert response.usage.output_tokens == len(response.output_text.split())
    assert response.usage.total_tokens == 4 + response.usage.output_tokens


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "input"),
        ({"input": []}, "input"),
        ({"input": 5}, "input"),
        ({"input": [{"role": "user", "content": 5}]}, "input"),
        ({"input": [{"role": "system", "content": "Be brief."}]}, "input"),
        ({"input": VISAS, "stream": "yes"}, "stream"),
        ({"input": VISAS, "previous_response_id": "resp_1"}, "previous_response_id"),
        ({"input": VISAS, "background": True}, "background"),
        ({"input": VISAS, "citespan": {"tpo": 3}}, "citespan.tpo"),
        ([], None),
    ],
)
def test_a_request_that_cannot_be_used_is_told_in_openais_shape(http: TestClient, body: Any, param: str | None) -> None:
    response = http.post("/v1/responses", json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["message"].startswith(param or "the body")
    if param is None:
        assert '"input"' in error["message"]


def test_a_stored_response_is_told_to_be_sent_again(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match=r"nothing is stored.*send the earlier messages"):
        client.responses.create(model="any", input="And when?", previous_response_id="resp_1")
    with pytest.raises(openai.NotFoundError, match="POST /v1/responses"):
        client.responses.retrieve("resp_1")


def test_a_wrong_key_a_wrong_method_and_a_long_question_are_told_in_openais_shape(client: openai.OpenAI) -> None:
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="guess").responses.create(model="any", input=VISAS)
    with pytest.raises(openai.BadRequestError, match="5,000") as caught:
        client.responses.create(model="any", input="why " * 2_000)
    assert (caught.value.code, caught.value.param) == ("context_length_exceeded", "input")


def test_a_wrong_method_is_told_with_the_right_one(http: TestClient) -> None:
    response = http.get("/v1/responses")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_the_documented_example_is_what_is_answered(http: TestClient) -> None:
    operation = http.get("/openapi.json").json()["paths"]["/v1/responses"]["post"]
    told = operation["responses"]["200"]["content"]["application/json"]["example"]
    given = http.post("/v1/responses", json={"input": VISAS}).json()
    assert set(told) == set(given)
    assert json.dumps(told["usage"]).count("tokens") == json.dumps(given["usage"]).count("tokens")
    example, output = told["output"][0]["content"][0], given["output"][0]["content"][0]
    assert example["text"].rpartition(" (")[0] == output["text"].rpartition(" (")[0]
    assert set(example) == set(output)
    assert set(example["annotations"][0]) == set(output["annotations"][0])
