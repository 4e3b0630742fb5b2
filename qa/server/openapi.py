"""The OpenAPI document: examples, and every error of every operation, told in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI

from qa.server.problems import MEDIA_TYPE, Problem, ProblemDetails, busy, internal
from qa.server.settings import Settings

EXAMPLE_QUESTION = "When were visas abolished?"

EXAMPLE_CITATION: dict[str, Any] = {
    "document": "russia-serbia-relations",
    "title": "Russia–Serbia relations",
    "source": "corpus/articles/russia-serbia-relations.txt",
    "section": ["Travel regime"],
    "page": None,
    "start": 35085,
    "end": 35089,
    "quote": "In 2009 entry visas between Russia and Serbia were abolished for the citizens of both countries "
    "by mutual agreement.",
    "quote_start": 35082,
    "quote_end": 35198,
    "sha256": "7ab91af71a06394b143122e47ce6d0010280b0f526d656dbaa9c9298a8056337",
}

EXAMPLE_ANSWER: dict[str, Any] = {
    "question": EXAMPLE_QUESTION,
    "answered": True,
    "text": "2009",
    "confidence": 0.93,
    "score": 9.1,
    "citation": EXAMPLE_CITATION,
    "alternatives": [],
    "reason": None,
    "nearest": [],
    "elapsed_ms": 23.1,
    "confidence_level": "very likely",
    "did_you_mean": None,
    "kind": "span",
    "id": "anXw4AJCASTuSk1vQ2mVd1PpXj0Qv8G7c5sZt2yLwKEo",
}

EXAMPLE_REFUSAL: dict[str, Any] = {
    **EXAMPLE_ANSWER,
    "question": "Who wrote Hamlet?",
    "answered": False,
    "text": None,
    "confidence": 0.02,
    "confidence_level": "unlikely",
    "score": 0.4,
    "citation": None,
    "reason": "low_confidence",
    "nearest": [EXAMPLE_CITATION],
}

_COMMON = {
    "400": ("The body is no JSON.", Problem(400, "not_json", "The body is no JSON: Expecting value at position 0.")),
    "401": (
        "The key is missing or wrong (where the service has one).",
        Problem(401, "unauthorized", "This needs the service's key: Authorization: Bearer KEY."),
    ),
    "403": (
        "The key has not the right (where keys have rights).",
        Problem(403, "forbidden", "The key 'desk' has the rights ask; this needs metrics."),
    ),
    "404": (
        "There is no such thing.",
        Problem(404, "unknown_document", "No document of that id is indexed; GET /documents lists those that are."),
    ),
    "405": (
        "The path cannot be called with this method.",
        Problem(405, "method_not_allowed", "/search cannot be called with GET; use POST."),
    ),
    "408": (
        "The body did not come in time.",
        Problem(408, "too_slow_body", "The body has not come within 30 s; send the request again."),
    ),
    "413": ("The body is too large.", Problem(413, "too_large", "The body is larger than 1,048,576 bytes.")),
    "415": (
        "The body has a content type that is not read.",
        Problem(415, "not_json", "The content type of the body is 'text/html'; send JSON."),
    ),
    "421": (
        "The service is called by a name that is not its own (where it is for this machine alone).",
        Problem(421, "misdirected", "This service answers to localhost or 127.0.0.1, not to 'example.org'."),
    ),
    "422": (
        "A field cannot be used.",
        Problem(422, "invalid", "body.top: Input should be less than or equal to 50, not 99."),
    ),
    "429": (
        "Too many requests from this address (where the service bounds them).",
        Problem(429, "too_many", "At most 60 per minute are served to one address; ask again in 12 s."),
    ),
    "500": ("A bug.", internal()),
    "503": ("Too many questions are in flight.", busy(2)),
    "504": (
        "Reading took too long.",
        Problem(504, "too_slow", "The answer took longer than 30 s; ask a shorter question, or fewer documents."),
    ),
}
"""The errors that any operation may have, each with what it means and an example."""

_WITH_RETRY = ("429", "503")
_NEED_BODY = ("400", "408", "413", "415", "422")
OPEN_PATHS = ("/healthz", "/readyz")


def example(value: Any, description: str, *, media: str = "application/json", **more: Any) -> dict[str, Any]:
    """What ``responses`` of a route takes for an answer that is documented with an example.

    >>> example({"status": "ok"}, "It is up.")["content"]["application/json"]["example"]
    {'status': 'ok'}
    """
    return {"description": description, "content": {media: {"example": value, **more}}}


def problem_example(problem: Problem, description: str) -> dict[str, Any]:
    """What ``responses`` of a route takes for an error of its own.

    >>> problem_example(Problem(409, "changed", "It has changed."), "It has changed.")["description"]
    'It has changed.'
    """
    return _documented(str(problem.status_code), description, problem.to_dict())


def install(app: FastAPI, settings: Settings) -> None:
    """Makes an application's OpenAPI document complete."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(made, settings)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(made: Callable[[], dict[str, Any]], settings: Settings) -> dict[str, Any]:
    document = made()
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= {**problem.pop("$defs"), "ProblemDetails": problem}
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "QA_API_KEY of the service, where it has one."}
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _complete(operation)
            if settings.all_keys and path not in OPEN_PATHS:
                operation["security"] = [{"key": []}] + ([{}] if settings.public else [])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return document


def _complete(operation: dict[str, Any]) -> None:
    """Adds the errors that an operation may have and does not tell itself."""
    responses = operation["responses"]
    if "default" in responses:  # it tells every error itself, in another shape
        return
    if "HTTPValidationError" in str(responses.get("422", "")):
        del responses["422"]
    for status, (description, problem) in _COMMON.items():
        if status in responses or (status in _NEED_BODY and not _takes_input(operation, status)):
            continue
        responses[status] = _documented(status, description, problem.to_dict())


def _takes_input(operation: Mapping[str, Any], status: str) -> bool:
    return "requestBody" in operation or (status in ("422",) and bool(operation.get("parameters")))


def _documented(status: str, description: str, details: dict[str, Any]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}, "example": details}}
    told: dict[str, Any] = {"description": description, "content": content}
    if status in _WITH_RETRY:
        told["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return told
