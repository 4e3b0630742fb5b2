"""What OpenAI's endpoint ``/v1/responses`` takes and gives, as far as it is read and filled here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictStr

from qa.server.openai_shapes import EXAMPLE_REPLY, MODEL, AskOptions, Message, MessagePart, ServedTask
from qa.server.openapi import EXAMPLE_ANSWER
from qa.server.shapes import ServedAnswer

_SAID = EXAMPLE_REPLY["choices"][0]["message"]

EXAMPLE_RESPONSE: dict[str, Any] = {
    "id": "resp_5f0c1c4be6a94d0a9a3c8f1f6f0f7a11",
    "object": "response",
    "created_at": 1767225600,
    "completed_at": 1767225600,
    "status": "completed",
    "model": MODEL,
    "output": [
        {
            "id": "msg_5f0c1c4be6a94d0a9a3c8f1f6f0f7a11",
            "type": "message",
            "status": "completed",
            "role": "assistant",
            "content": [
                {
                    "type": "output_text",
                    "text": _SAID["content"],
                    "annotations": [{"type": "url_citation", **_SAID["annotations"][0]["url_citation"]}],
                    "logprobs": [],
                }
            ],
        }
    ],
    "citespan": EXAMPLE_ANSWER,
    "usage": {
        "input_tokens": 4,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": 30,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 34,
    },
    "metadata": {},
    "parallel_tool_calls": False,
    "tool_choice": "none",
    "tools": [],
    "store": False,
}


def _at_once(given: bool) -> bool:
    if given:
        raise ValueError("a response is given at once")
    return given


_AtOnce = Annotated[StrictBool, AfterValidator(_at_once), Field(json_schema_extra={"const": False})]


class InputItem(BaseModel):
    """One item of the conversation; what is no message of the user or the assistant is ignored."""

    type: StrictStr | None = None
    role: StrictStr | None = None
    content: StrictStr | list[MessagePart] | None = None


class ResponsesRequest(BaseModel):
    """A question, or a conversation whose last user message is the question. Fields not listed here are ignored."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"model": MODEL, "input": "When were visas abolished?"}]},
    )

    input: Annotated[
        StrictStr | Annotated[list[InputItem], Field(min_length=1)],
        Field(
            json_schema_extra={
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/InputItem"},
                        "contains": {"properties": {"role": {"const": "user"}}, "required": ["role"]},
                    },
                ]
            }
        ),
    ]
    model: Annotated[StrictStr | None, Field(description="Any name; the answer comes from the documents.")] = MODEL
    stream: StrictBool | None = None
    metadata: dict[StrictStr, StrictStr] | None = None
    previous_response_id: Annotated[
        None, Field(description="Nothing is stored here: earlier messages are sent in `input`.")
    ] = None
    background: Annotated[_AtOnce | None, Field(description="A response is given at once.")] = None
    citespan: AskOptions | None = None

    @property
    def messages(self) -> list[Message]:
        """The conversation as chat messages."""
        if isinstance(self.input, str):
            return [Message(role="user", content=self.input)]
        return [Message(role=item.role, content=item.content) for item in self.input if item.role is not None]


class UrlCitationAnnotation(BaseModel):
    """What a mark in the text cites: ``text[start_index:end_index]`` is the mark, as in ``[1]``."""

    type: Literal["url_citation"] = "url_citation"
    start_index: int
    end_index: int
    title: str
    url: str


class OutputText(BaseModel):
    """The answer or a refusal in words, with its citations."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[UrlCitationAnnotation]
    logprobs: list[Any] = []


class OutputMessage(BaseModel):
    """The one message of a response."""

    id: str
    type: Literal["message"] = "message"
    status: Literal["completed"] = "completed"
    role: Literal["assistant"] = "assistant"
    content: list[OutputText]


class ResponseUsage(BaseModel):
    """Words, as white space parts them, of the input and of the reply: nothing here counts tokens."""

    input_tokens: int
    input_tokens_details: dict[str, int]
    output_tokens: int
    output_tokens_details: dict[str, int]
    total_tokens: int


class ResponseReply(BaseModel):
    """A response in OpenAI's shape, with the whole answer as `citespan`."""

    id: str
    object: Literal["response"] = "response"
    created_at: int
    completed_at: int | None
    status: Literal["completed"]
    model: str
    output: list[OutputMessage]
    citespan: ServedAnswer | ServedTask
    usage: ResponseUsage
    metadata: dict[str, str]
    parallel_tool_calls: bool = False
    tool_choice: Literal["none"] = "none"
    tools: list[Any] = []
    store: Literal[False] = False
