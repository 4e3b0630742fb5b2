"""The endpoint ``/v1/responses``, in the shape of OpenAI's Responses, for clients that no longer speak chat."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import StreamingResponse

from qa.server.openai_failures import DOCUMENTED, OpenAIRoute
from qa.server.openai_replies import Reply, reply, words
from qa.server.openai_shapes import MODEL
from qa.server.problems import JsonResponse, to_json
from qa.server.responses_shapes import EXAMPLE_RESPONSE, ResponseReply, ResponsesRequest

if TYPE_CHECKING:
    from qa.server.service import Service


class _Route(OpenAIRoute):
    """A route that names ``input`` where a question cannot be used."""

    field = "input"


def router(service: Service) -> APIRouter:
    """The route ``/v1/responses``, which asks one service."""
    routes = APIRouter(prefix="/v1", route_class=_Route, tags=["OpenAI shape"])

    @routes.post(
        "/responses",
        response_model=ResponseReply,
        responses={
            200: {
                "description": "The response; with `stream` as server-sent events that end with `response.completed`.",
                "content": {"application/json": {"example": EXAMPLE_RESPONSE}, "text/event-stream": {}},
            },
            **DOCUMENTED,
        },
        operation_id="responses",
        summary="Answer a question or a conversation, in the shape of OpenAI's Responses",
    )
    async def responses(request: Request, asked: Annotated[ResponsesRequest, Body()]) -> Any:
        began = int(time.time())
        told = await reply(service, asked.messages, asked.citespan, base=str(request.base_url))
        if not asked.stream:
            return JsonResponse(_whole(asked, told, _head(asked, began)))
        return StreamingResponse(
            _events(asked, told, _head(asked, began)),
            media_type="text/event-stream",
            headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
        )

    return routes


def _head(asked: ResponsesRequest, began: int) -> dict[str, Any]:
    """What a response tells from its beginning to its end."""
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": began,
        "model": asked.model or MODEL,
        "metadata": asked.metadata or {},
        "parallel_tool_calls": False,
        "tool_choice": "none",
        "tools": [],
        "store": False,
    }


def _whole(asked: ResponsesRequest, told: Reply, head: dict[str, Any]) -> dict[str, Any]:
    """The whole response."""
    sent, said = words(asked.messages), len(told.text.split())
    usage = {
        "input_tokens": sent,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": said,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": sent + said,
    }
    return {
        **head,
        "status": "completed",
        "completed_at": int(time.time()),
        "output": [_message(head, [_text(told.text, _annotations(told))])],
        "citespan": told.citespan,
        "usage": usage,
    }


def _message(head: dict[str, Any], content: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": head["id"].replace("resp_", "msg_", 1),
        "type": "message",
        "status": "completed" if content else "in_progress",
        "role": "assistant",
        "content": content,
    }


def _text(text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}


def _annotations(told: Reply) -> list[dict[str, Any]]:
    return [{"type": "url_citation", **link.citation()} for link in told.links]


def _events(asked: ResponsesRequest, told: Reply, head: dict[str, Any]) -> Iterator[bytes]:
    """The server-sent events of a response, numbered; the last holds it whole."""
    for number, (kind, fields) in enumerate(_steps(asked, told, head)):
        event = {"type": f"response.{kind}", "sequence_number": number, **fields}
        yield f"event: response.{kind}\ndata: ".encode() + to_json(event) + b"\n\n"


def _steps(asked: ResponsesRequest, told: Reply, head: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a response in order: kind and fields."""
    begun = {"response": {**head, "status": "in_progress", "output": []}}
    item = {"output_index": 0}
    text = {**item, "content_index": 0, "item_id": _message(head, [])["id"]}
    whole = _whole(asked, told, head)
    message = whole["output"][0]
    yield "created", begun
    yield "in_progress", begun
    yield "output_item.added", {**item, "item": _message(head, [])}
    yield "content_part.added", {**text, "part": _text("", [])}
    for part in told.parts:
        yield "output_text.delta", {**text, "delta": part, "logprobs": []}
    for number, annotation in enumerate(message["content"][0]["annotations"]):
        yield "output_text.annotation.added", {**text, "annotation_index": number, "annotation": annotation}
    yield "output_text.done", {**text, "text": told.text, "logprobs": []}
    yield "content_part.done", {**text, "part": message["content"][0]}
    yield "output_item.done", {**item, "item": message}
    yield "completed", {"response": whole}
