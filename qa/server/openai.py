"""The endpoints that chat programs know: ``/v1/chat/completions`` and ``/v1/models``, in OpenAI's shapes.

Any client that takes a base URL can ask through them. The last user message is the question, earlier messages
are the conversation, and what would steer a text generator (system messages, temperature, tools) is ignored.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter, Body, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from qa.answers import Citation
from qa.conversation import Turn
from qa.server.cited_text import CitedText, cited_text, heard
from qa.server.openai_shapes import (
    EXAMPLE_REPLY,
    MODEL,
    AskOptions,
    ChatCompletion,
    ChatRequest,
    Failure,
    FailureReply,
    Message,
    Model,
    ModelList,
)
from qa.server.problems import JsonResponse, Problem, to_json
from qa.server.shapes import served_answer
from qa.server.tokens import answer_id

if TYPE_CHECKING:
    from qa.server.service import Service

_FAILURES = {
    400: ("invalid_request_error", None, "The request cannot be used; the message says what to change"),
    401: ("invalid_request_error", "invalid_api_key", "The key is missing or wrong"),
    404: ("invalid_request_error", "not_found", "No such model, document or endpoint"),
    405: ("invalid_request_error", "method_not_allowed", "The method is not allowed here"),
    413: ("invalid_request_error", "request_too_large", "The request is too large"),
    429: ("rate_limit_error", "rate_limit_exceeded", "Too many requests; wait for Retry-After seconds"),
    500: ("server_error", "internal_error", "A failure inside the service"),
    503: ("server_error", "overloaded", "Too many questions in flight; wait for Retry-After seconds"),
    504: ("server_error", "timeout", "The question took longer than the time limit"),
}
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    **{status: {"model": FailureReply, "description": told} for status, (_, _, told) in _FAILURES.items()},
    "default": {"model": FailureReply, "description": "Any other failure"},
}


def failure(
    status: int, message: str, *, param: str | None = None, code: str | None = None, headers: Any = None
) -> JSONResponse:
    """The response that tells a failure in OpenAI's shape, with that status.

    >>> failure(401, "no key").body
    b'{"error":{"message":"no key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}'
    """
    kind = status if status in _FAILURES else (500 if status >= 500 else 400)
    type_, usual, _ = _FAILURES[kind]
    error = Failure(message=message, type=type_, param=param, code=code or usual)
    return JSONResponse(FailureReply(error=error).model_dump(), status_code=status, headers=headers)


def problem_reply(error: HTTPException) -> JSONResponse:
    """The response, in OpenAI's shape, to what the service refuses; status and headers stay.

    Only a question that is too long, or a setting out of bounds, is 400 with these clients, where it is 422 elsewhere.
    """
    status = 400 if error.status_code == 422 else error.status_code
    # What a usual status says has a code of OpenAI's own; a Problem's code tells the rest.
    code = None if status in (401, 429) else getattr(error, "code", None)
    code = "context_length_exceeded" if code == "question_too_long" else code
    param = "messages" if code in ("context_length_exceeded", "no_question") else None
    return failure(status, str(error.detail), param=param, code=code, headers=error.headers)


class _Route(APIRoute):
    """A route whose failures are in OpenAI's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with failures turned into replies."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _invalid(error)
            except HTTPException as error:
                return problem_reply(error)

        return answer


def _invalid(error: RequestValidationError) -> JSONResponse:
    """The reply to a body that is not a request: its first fault, with the field."""
    fault = error.errors()[0]
    if fault["type"] == "json_invalid":
        return failure(400, f"the body is no JSON: {fault.get('ctx', {}).get('error', 'it cannot be parsed')}")
    steps = list(fault["loc"][1:])
    if not steps:
        return failure(400, 'the body must be a JSON object with "messages", sent as application/json')
    said = fault["msg"]
    if steps == ["messages"]:
        said = 'a list of messages was expected; the last one of the role "user" is the question'
    elif steps == ["n"]:
        said = "there is one answer, so n must be 1; alternatives are in the field citespan"
    elif "content" in steps:
        steps = steps[: steps.index("content") + 1]  # what follows names the alternatives of the type
        said = 'a string or a list of parts, as in {"type": "text", "text": "..."}, was expected'
    param = ".".join(map(str, steps))
    return failure(400, f"{param}: {said}", param=param)


def router(service: Service) -> APIRouter:
    """The routes ``/v1/chat/completions`` and ``/v1/models``, which ask one service."""
    routes = APIRouter(prefix="/v1", route_class=_Route, tags=["OpenAI shape"])
    listed = Model(id=MODEL, created=int(time.time()))

    @routes.post(
        "/chat/completions",
        response_model=ChatCompletion,
        responses={
            200: {
                "description": "The reply; with `stream` as server-sent events that end with `[DONE]`.",
                "content": {"application/json": {"example": EXAMPLE_REPLY}, "text/event-stream": {}},
            },
            **_DOCUMENTED,
        },
        operation_id="chat_completions",
        summary="Answer the last user message of a conversation, in OpenAI's shape",
    )
    async def chat_completions(request: Request, chat: Annotated[ChatRequest, Body()]) -> Any:
        question, history = _conversation(chat.messages)
        options = chat.citespan or AskOptions()
        answer = await service.ask(question, history=history, **options.model_dump())
        message = cited_text(answer, asked=question)
        annotations = [
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": mark.start,
                    "end_index": mark.end,
                    "title": " > ".join((mark.citation.title, *mark.citation.section)),
                    "url": _url(mark.citation, str(request.base_url)),
                },
            }
            for mark in message.marks
        ]
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": chat.model or MODEL}
        extras = {
            "annotations": annotations,
            "citespan": served_answer(answer, answer_id(answer, service.settings.secret)),
        }
        usage = _usage(chat.messages, message)
        if chat.stream:
            counted = usage if chat.stream_options and chat.stream_options.include_usage else None
            return StreamingResponse(
                _events(head, message, extras, counted),
                media_type="text/event-stream",
                headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
            )
        reply = {"role": "assistant", "content": message.text, "refusal": None, **extras}
        choice = {"index": 0, "message": reply, "finish_reason": "stop", "logprobs": None}
        return JsonResponse({**head, "object": "chat.completion", "choices": [choice], "usage": usage})

    @routes.get(
        "/models",
        response_model=ModelList,
        responses=_DOCUMENTED,
        operation_id="models",
        summary="The models that can be named",
    )
    async def models() -> ModelList:
        return ModelList(data=[listed])

    @routes.get(
        "/models/{model}", response_model=Model, responses=_DOCUMENTED, operation_id="model", summary="One model"
    )
    async def model(model: str) -> Any:
        if model == listed.id:
            return listed
        message = f"no model {model!r}; there is one, {MODEL!r}, and a question may name any"
        return failure(404, message, param="model", code="model_not_found")

    # What else clients look for (embeddings, responses, ...) and the wrong methods, told in the shape they read.
    @routes.api_route("/{path:path}", methods=[*_METHODS], include_in_schema=False)
    async def nothing_here(request: Request, path: str) -> Response:
        for method, known in _ALLOWED.items():
            if path in known or (method == "GET" and path.startswith("models/")):
                message = f"{request.method} is not allowed on /v1/{path}; use {method}"
                return failure(405, message, headers={"allow": method})
        message = f"no endpoint /v1/{path}; there are POST /v1/chat/completions and GET /v1/models"
        return failure(404, message)

    return routes


_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
_ALLOWED = {"POST": ("chat/completions",), "GET": ("models",)}


def _conversation(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question and the turns before it.

    Raises Problem 400 where no message is the user's.
    """
    last = max((number for number, message in enumerate(messages) if message.role == "user"), default=None)
    if last is None:
        raise Problem(400, "no_question", 'messages: none has the role "user"; the last one that has is the question')
    turns: list[Turn] = []
    for message in messages[:last]:
        if message.role == "user":
            turns.append(Turn(message.text, None))
        elif message.role == "assistant" and turns:
            answer, understood = heard(message.text)
            turns[-1] = Turn(understood or turns[-1].question, answer)
    return messages[last].text, turns


def _url(citation: Citation, base: str) -> str:
    """Where a citation can be looked up: the document's own address on the web, else its page in this service."""
    if urlsplit(citation.source).scheme in ("http", "https"):
        return citation.source
    place = urlencode({"start": citation.start, "end": citation.end})
    return f"{base.rstrip('/')}/read/{quote(citation.document, safe='')}?{place}"


def _usage(messages: Sequence[Message], reply: CitedText) -> dict[str, int]:
    """The words of what was sent and of what was answered."""
    prompt, completion = sum(len(message.text.split()) for message in messages), len(reply.text.split())
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _events(
    head: dict[str, Any], message: CitedText, extras: dict[str, Any], usage: dict[str, int] | None
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
    for part in message.parts[:-1]:
        yield event(delta(content=part), **more)
    yield event(delta(content=message.parts[-1], **extras), **more)
    yield event(delta("stop"), **more)
    if usage is not None:
        yield event([], usage=usage)
    yield b"data: [DONE]\n\n"
