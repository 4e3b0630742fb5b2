"""The endpoints that chat programs know: ``/v1/chat/completions`` and ``/v1/models``, in OpenAI's shapes.

Any client that takes a base URL can ask through them. The last user message is the question, earlier messages
are the conversation, and what would steer a text generator (system messages, temperature, tools) is ignored.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import StreamingResponse

from qa.server import openai_replies as replies
from qa.server.openai_failures import DOCUMENTED, OpenAIRoute, failure
from qa.server.openai_shapes import EXAMPLE_REPLY, MODEL, ChatCompletion, ChatRequest, Message, Model, ModelList
from qa.server.problems import JsonResponse, to_json

if TYPE_CHECKING:
    from qa.server.service import Service


def router(service: Service) -> APIRouter:
    """The routes ``/v1/chat/completions`` and ``/v1/models``, which ask one service."""
    routes = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["OpenAI shape"])
    listed = Model(id=MODEL, created=int(time.time()))

    @routes.post(
        "/chat/completions",
        response_model=ChatCompletion,
        responses={
            200: {
                "description": "The reply; with `stream` as server-sent events that end with `[DONE]`.",
                "content": {"application/json": {"example": EXAMPLE_REPLY}, "text/event-stream": {}},
            },
            **DOCUMENTED,
        },
        operation_id="chat_completions",
        summary="Answer the last user message of a conversation, in OpenAI's shape",
    )
    async def chat_completions(request: Request, chat: Annotated[ChatRequest, Body()]) -> Any:
        reply = await replies.reply(service, chat.messages, chat.citespan, base=str(request.base_url))
        annotations = [{"type": "url_citation", "url_citation": link.citation()} for link in reply.links]
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": chat.model or MODEL}
        extras = {"annotations": annotations, "citespan": reply.citespan}
        usage = _usage(chat.messages, reply.text)
        if chat.stream:
            counted = usage if chat.stream_options and chat.stream_options.include_usage else None
            return StreamingResponse(
                _events(head, reply.parts, extras, counted),
                media_type="text/event-stream",
                headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
            )
        message = {"role": "assistant", "content": reply.text, "refusal": None, **extras}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JsonResponse({**head, "object": "chat.completion", "choices": [choice], "usage": usage})

    @routes.get(
        "/models",
        response_model=ModelList,
        responses=DOCUMENTED,
        operation_id="models",
        summary="The models that can be named",
    )
    async def models() -> ModelList:
        return ModelList(data=[listed])

    @routes.get(
        "/models/{model}", response_model=Model, responses=DOCUMENTED, operation_id="model", summary="One model"
    )
    async def model(model: str) -> Any:
        if model == listed.id:
            return listed
        message = f"no model {model!r}; there is one, {MODEL!r}, and a question may name any"
        return failure(404, message, param="model", code="model_not_found")

    # What else clients look for (embeddings, ...) and the wrong methods, told in the shape they read.
    @routes.api_route("/{path:path}", methods=[*_METHODS], include_in_schema=False)
    async def nothing_here(request: Request, path: str) -> Response:
        for method, known in _ALLOWED.items():
            if path in known or (method == "GET" and path.startswith("models/")):
                message = f"{request.method} is not allowed on /v1/{path}; use {method}"
                return failure(405, message, headers={"allow": method})
        message = f"no endpoint /v1/{path}; there are POST /v1/chat/completions, POST /v1/responses and GET /v1/models"
        return failure(404, message)

    return routes


_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
_ALLOWED = {"POST": ("chat/completions", "responses"), "GET": ("models",)}


def _usage(messages: Sequence[Message], reply: str) -> dict[str, int]:
    """The words of what was sent and of what was answered."""
    prompt, completion = sum(len(message.text.split()) for message in messages), len(reply.split())
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _events(
    head: dict[str, Any], parts: Sequence[str], extras: dict[str, Any], usage: dict[str, int] | None
) -> Iterator[bytes]:
    """The server-sent events of a reply: its role, its parts, its end, the usage if asked for, and ``[DONE]``."""

    def event(choices: list[dict[str, Any]], **more: Any) -> bytes:
        chunk = {**head, "object": "chat.completion.chunk", "choices": choices, **more}
        return b"data: " + to_json(chunk) + b"\n\n"

    def delta(finish_reason: str | None = None, **fields: Any) -> list[dict[str, Any]]:
        return [{"index": 0, "delta": fields, "finish_reason": finish_reason, "logprobs": None}]

    # A client that asks for the usage expects the field, empty, in every chunk before it.
    more = {} if usage is None else {"usage": None}
    yield event(delta(role="assistant", content=""), **more)
    for part in parts[:-1]:
        yield event(delta(content=part), **more)
    yield event(delta(content=parts[-1], **extras), **more)
    yield event(delta("stop"), **more)
    if usage is not None:
        yield event([], usage=usage)
    yield b"data: [DONE]\n\n"
