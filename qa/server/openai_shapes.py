"""What OpenAI's chat endpoints take and give, as far as it is read and filled here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from qa.server.openapi import EXAMPLE_ANSWER, EXAMPLE_CITATION
from qa.server.shapes import Conditions, Documents, MinConfidenceInBody, Sections, ServedAnswer, TopInBody, whole

MODEL = "citespan"
"""The one model that is listed; any other name is answered as well."""

EXAMPLE_REPLY: dict[str, Any] = {
    "id": "chatcmpl-5f0c1c4be6a94d0a9a3c8f1f6f0f7a11",
    "object": "chat.completion",
    "created": 1767225600,
    "model": MODEL,
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": "2009 [1]\n\n[1] Russia–Serbia relations > Travel regime: "
                f"“{EXAMPLE_CITATION['quote']}” (very likely, 93%)",
                "refusal": None,
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "start_index": 5,
                            "end_index": 8,
                            "title": "Russia–Serbia relations > Travel regime",
                            "url": "http://127.0.0.1:8000/read/russia-serbia-relations?start=35085&end=35089",
                        },
                    }
                ],
                "citespan": EXAMPLE_ANSWER,
            },
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 4, "completion_tokens": 30, "total_tokens": 34},
}


class MessagePart(BaseModel):
    """One part of a message's content; only text is read."""

    type: StrictStr
    text: StrictStr | None = None


class Message(BaseModel):
    """One message of the conversation; roles other than user and assistant are ignored."""

    role: StrictStr
    content: StrictStr | list[MessagePart] | None = None

    @property
    def text(self) -> str:
        """The text of the message, its text parts joined by line ends."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text is not None)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream tells besides the message."""

    include_usage: StrictBool | None = None


class AskOptions(BaseModel):
    """How to ask: an extension to OpenAI's request, for clients that can send fields of their own."""

    model_config = ConfigDict(extra="forbid")

    top: TopInBody = 3
    min_confidence: MinConfidenceInBody = None
    documents: Documents = []
    sections: Sections = []
    where: Conditions = []


class ChatRequest(BaseModel):
    """A conversation whose last user message is the question. Fields that are not listed here are ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "When were visas abolished?"}]}]
        }
    )

    messages: Annotated[
        list[Message],
        Field(
            min_length=1,
            json_schema_extra={"contains": {"properties": {"role": {"const": "user"}}, "required": ["role"]}},
        ),
    ]
    model: Annotated[StrictStr | None, Field(description="Any name; the answer comes from the documents.")] = MODEL
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[
        Annotated[StrictInt, Field(ge=1, le=1), BeforeValidator(whole)] | None,
        Field(description="There is one answer; alternatives are in `citespan`."),
    ] = None
    citespan: AskOptions | None = None


class UrlCitation(BaseModel):
    """What a mark in the content cites: ``content[start_index:end_index]`` is the mark, as in ``[1]``."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation, in the shape of OpenAI's annotations."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class ServedTask(BaseModel):
    """In an answer's place: that a chat client's own task was recognised, and that no document was asked."""

    task: Literal["title", "tags", "follow_ups", "queries", "completion", "image_prompt"]
    answered: Literal[False] = False


class ReplyMessage(BaseModel):
    """The reply: the answer or a refusal in words, its citations, and the whole answer as `citespan`."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]
    citespan: ServedAnswer | ServedTask


class Choice(BaseModel):
    """The one choice of a reply."""

    index: Literal[0] = 0
    message: ReplyMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Words, as white space parts them, of all messages sent and of the reply: nothing here counts tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """A reply in OpenAI's shape."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage


class Model(BaseModel):
    """A model, in OpenAI's shape."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = MODEL


class ModelList(BaseModel):
    """The models that can be named."""

    object: Literal["list"] = "list"
    data: list[Model]


class Failure(BaseModel):
    """What went wrong: the message is for people, ``param`` names the field, ``code`` is for programs."""

    message: str
    type: str
    param: str | None
    code: str | None


class FailureReply(BaseModel):
    """An error in OpenAI's shape."""

    error: Failure
