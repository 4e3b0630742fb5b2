"""Errors over HTTP as problem details (RFC 9457): a status, a code for programs, a sentence for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

MEDIA_TYPE = "application/problem+json"

SHOWN_ERRORS = 10


class FieldError(BaseModel):
    """One field of a request that cannot be used."""

    field: Annotated[str, Field(description="Where it stands, as in body.top or query.k.")]
    message: str


class ProblemDetails(BaseModel):
    """Why a request was not served, and what to do (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"required": ["type", "title", "status", "detail", "code"]})

    type: Annotated[str, Field(description="Always about:blank: the status says what kind of problem it is.")] = (
        "about:blank"
    )
    title: Annotated[str, Field(description="The status in words.")]
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, Field(description="What is wrong and what to do, in a sentence.")]
    code: Annotated[str, Field(description="The cause, for programs.")]
    errors: Annotated[list[FieldError] | None, Field(description="The fields that cannot be used.")] = None


class JsonResponse(Response):
    """JSON of any value; text that is no valid Unicode (half a surrogate pair) is escaped, never an error."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The value as UTF-8 bytes."""
        return to_json(content)


def to_json(content: Any) -> bytes:
    """The value as JSON in UTF-8.

    >>> to_json({"text": "é"}).decode()
    '{"text": "é"}'
    """
    try:
        return json.dumps(content, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(content).encode("ascii")


class Problem(HTTPException):
    """A request that is not served: raise it anywhere under the application.

    ``code`` names the cause for programs, ``detail`` says in a sentence what to do.

    >>> Problem(404, "unknown_document", "There is no such document.").to_dict()["title"]
    'Not Found'
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[FieldError] = (),
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code
        self.errors = tuple(errors)

    def to_dict(self) -> dict[str, Any]:
        """The problem details as JSON-ready values."""
        details = {
            "type": "about:blank",
            "title": _title(self.status_code),
            "status": self.status_code,
            "detail": self.detail,
            "code": self.code,
        }
        return details | ({"errors": [error.model_dump() for error in self.errors]} if self.errors else {})

    def response(self) -> Response:
        """The problem as a response."""
        return Response(to_json(self.to_dict()), self.status_code, self.headers, MEDIA_TYPE)


def busy(seconds: int) -> Problem:
    """The problem of a service that has no room for another question now."""
    return Problem(
        503,
        "busy",
        f"The service is answering as many questions as it can; ask again in {seconds} s.",
        headers={"Retry-After": str(seconds)},
    )


def internal() -> Problem:
    """The problem of a bug: nothing of its cause is told."""
    return Problem(
        500,
        "internal",
        "Something went wrong while answering; the cause is in the service's log. Ask again, or tell who runs it.",
    )


def install(app: FastAPI) -> None:
    """Makes every error of an application a problem."""

    @app.exception_handler(Problem)
    async def problem(_: Request, error: Problem) -> Response:
        return error.response()

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return _validation_problem(request, error).response()

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return _http_problem(request, error).response()


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _validation_problem(request: Request, error: RequestValidationError) -> Problem:
    found = error.errors()
    given = request.headers.get("content-type", "")
    if any(entry["type"] == "json_invalid" for entry in found):
        cause = found[0].get("ctx", {}).get("error", "it cannot be parsed")
        place = found[0]["loc"][-1]
        return Problem(400, "not_json", f"The body is no JSON: {cause} at position {place}. Send one JSON object.")
    if any(entry["loc"] == ("body",) and entry["type"] != "missing" for entry in found) and not _is_json(given):
        kind = f"{given[:80]!r}" if given else "not given"
        return Problem(
            415,
            "not_json",
            f"The content type of the body is {kind}; send JSON with the header Content-Type: application/json.",
        )
    errors = [FieldError(field=".".join(map(str, entry["loc"])), message=_said(entry)) for entry in found]
    listed = "; ".join(f"{entry.field}: {entry.message}" for entry in errors[:3])
    return Problem(422, "invalid", f"{listed}. GET /docs shows what is expected.", errors=errors[:SHOWN_ERRORS])


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _said(entry: Mapping[str, Any]) -> str:
    message = str(entry["msg"])
    given = entry.get("input")
    return f"{message}, not {given!r:.60}" if isinstance(given, int | float | bool) else message


def _http_problem(request: Request, error: HTTPException) -> Problem:
    """The problem for what routing and body parsing refuse."""
    path = request.url.path[:200]
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return Problem(404, "not_found", f"There is nothing at {path}; GET /docs lists what there is.", headers=headers)
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(request))
        return Problem(
            405,
            "method_not_allowed",
            f"{path} cannot be called with {request.method[:20]}; use {headers['Allow'].replace(', ', ' or ')}.",
            headers=headers,
        )
    if error.status_code == 400:
        return Problem(400, "not_json", "The body cannot be read as JSON; send one JSON object in UTF-8.")
    code = _title(error.status_code).lower().replace(" ", "_")
    return Problem(error.status_code, code, str(error.detail), headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods that the request's path can be called with."""
    scopes = {
        method: {**request.scope, "method": method} for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
    }
    return [
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    ]
