"""Failures in OpenAI's shape, and the route that tells them so."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from qa.server.openai_shapes import Failure, FailureReply

_FAILURES = {
    400: ("invalid_request_error", None, "The request cannot be used; the message says what to change"),
    401: ("invalid_request_error", "invalid_api_key", "The key is missing or wrong"),
    403: ("invalid_request_error", "insufficient_permissions", "The key has not the right to ask"),
    404: ("invalid_request_error", "not_found", "No such model, document or endpoint"),
    405: ("invalid_request_error", "method_not_allowed", "The method is not allowed here"),
    413: ("invalid_request_error", "request_too_large", "The request is too large"),
    429: ("rate_limit_error", "rate_limit_exceeded", "Too many requests; wait for Retry-After seconds"),
    500: ("server_error", "internal_error", "A failure inside the service"),
    503: ("server_error", "overloaded", "Too many questions in flight; wait for Retry-After seconds"),
    504: ("server_error", "timeout", "The question took longer than the time limit"),
}
DOCUMENTED: dict[int | str, dict[str, Any]] = {
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


def problem_reply(error: HTTPException, *, field: str = "messages") -> JSONResponse:
    """The response, in OpenAI's shape, to what the service refuses; status and headers stay.

    Only a question that is too long, or a setting out of bounds, is 400 with these clients, where it is 422 elsewhere.
    ``field`` is the one that holds the question.
    """
    status = 400 if error.status_code == 422 else error.status_code
    # What a usual status says has a code of OpenAI's own; a Problem's code tells the rest.
    code = None if status in (401, 403, 429) else getattr(error, "code", None)
    code = "context_length_exceeded" if code == "question_too_long" else code
    param = field if code in ("context_length_exceeded", "no_question") else None
    message = f"{field}: {error.detail}" if code == "no_question" else str(error.detail)
    return failure(status, message, param=param, code=code, headers=error.headers)


class OpenAIRoute(APIRoute):
    """A route whose failures are in OpenAI's shape; ``field`` is the one that holds the question."""

    field = "messages"

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with failures turned into replies."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _invalid(error, self.field)
            except HTTPException as error:
                return problem_reply(error, field=self.field)

        return answer


def _invalid(error: RequestValidationError, field: str) -> JSONResponse:
    """The reply to a body that is not a request: its first fault, with the field."""
    fault = error.errors()[0]
    if fault["type"] == "json_invalid":
        return failure(400, f"the body is no JSON: {fault.get('ctx', {}).get('error', 'it cannot be parsed')}")
    steps = list(fault["loc"][1:])
    if not steps:
        return failure(400, f'the body must be a JSON object with "{field}", sent as application/json')
    said = fault["msg"]
    if steps == ["messages"]:
        said = 'a list of messages was expected; the last one of the role "user" is the question'
    elif steps[0] == "input":
        steps = ["input"]  # what follows names the alternatives of the type
        said = 'a question or a list of messages, as in {"role": "user", "content": "..."}, was expected'
    elif steps == ["previous_response_id"]:
        said = "nothing is stored here; send the earlier messages in input"
    elif steps == ["background"]:
        said = "a response is given at once; leave this out"
    elif steps == ["n"]:
        said = "there is one answer, so n must be 1; alternatives are in the field citespan"
    elif "content" in steps:
        steps = steps[: steps.index("content") + 1]  # what follows names the alternatives of the type
        said = 'a string or a list of parts, as in {"type": "text", "text": "..."}, was expected'
    param = ".".join(map(str, steps))
    return failure(400, f"{param}: {said}", param=param)
