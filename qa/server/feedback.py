"""The route that takes verdicts on answers and appends them to a file, which ``qa eval --feedback`` reads."""

from __future__ import annotations

import asyncio
import errno
import os
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field, StrictStr
from starlette.responses import Response

from qa.server.openapi import EXAMPLE_ANSWER, EXAMPLE_QUESTION, problem_example
from qa.server.problems import JsonResponse, Problem, to_json
from qa.server.service import LOG, Service
from qa.server.settings import QUESTION_LENGTH, Settings
from qa.server.tokens import AnswerToken, read_answer_id

_EXAMPLE = {"id": EXAMPLE_ANSWER["id"], "verdict": "right", "question": EXAMPLE_QUESTION, "text": "2009"}


class Feedback(BaseModel):
    """A verdict on an answer or a refusal.

    ``question`` and ``text`` are the answer's; with them the file tells what was judged.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    id: Annotated[StrictStr, Field(max_length=100, description="The answer's id (in a batch: its answer_id).")]
    verdict: Annotated[
        Literal["right", "wrong"],
        Field(description="A refusal is right where the documents do not tell, and wrong where they do."),
    ]
    question: Annotated[StrictStr | None, Field(max_length=QUESTION_LENGTH)] = None
    text: Annotated[StrictStr | None, Field(max_length=QUESTION_LENGTH)] = None
    expected: Annotated[
        StrictStr | None, Field(max_length=2_000, description="What would have been right, where it was wrong.")
    ] = None
    comment: Annotated[StrictStr | None, Field(max_length=2_000)] = None


class Stored(BaseModel):
    """That a verdict is in the file."""

    id: str
    verdict: Literal["right", "wrong"]
    stored: bool


def _off() -> Problem:
    return Problem(409, "feedback_off", "This service stores no verdicts; start it with --feedback FILE.")


def _not_stored() -> Problem:
    return Problem(507, "not_stored", "The verdict could not be stored; tell who runs the service.")


def router(service: Service) -> APIRouter:
    """The route that takes verdicts on the answers of a service."""
    routes = APIRouter(tags=["feedback"])
    settings = service.settings

    @routes.post(
        "/feedback",
        status_code=201,
        response_model=Stored,
        responses={
            201: {
                "description": "The verdict is stored.",
                "content": {
                    "application/json": {"example": {"id": EXAMPLE_ANSWER["id"], "verdict": "right", "stored": True}}
                },
            },
            409: problem_example(_off(), "The service stores no verdicts."),
            507: problem_example(_not_stored(), "The file cannot be written or is full."),
        },
        operation_id="feedback",
        summary="Say whether an answer was right",
    )
    async def feedback(verdict: Annotated[Feedback, Body()]) -> Response:
        if settings.feedback is None:
            raise _off()
        token = read_answer_id(verdict.id, settings.secret)
        if token is None:
            raise Problem(
                404,
                "unknown_answer",
                "No answer of that id was given since the service started; send its id as it was.",
            )
        if verdict.question is not None and not token.is_of(verdict.question, verdict.text):
            raise Problem(
                404, "unknown_answer", "The id was given for another question or text; send all three as they were."
            )
        await asyncio.to_thread(_append, settings, _record(verdict, token))
        service.measures.judged(verdict.verdict)
        return JsonResponse({"id": verdict.id, "verdict": verdict.verdict, "stored": True}, status_code=201)

    return routes


def _record(verdict: Feedback, token: AnswerToken) -> dict[str, Any]:
    """The line of the file: what the id tells is the service's own word, the rest the caller's."""
    return {
        "id": verdict.id,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict.verdict,
        "answered": token.answered,
        "confidence": token.confidence,
        "question": verdict.question,
        "text": verdict.text,
        "expected": verdict.expected,
        "comment": verdict.comment,
    }


def _append(settings: Settings, record: dict[str, Any]) -> None:
    """Adds one line, in one write, so that workers may share the file."""
    assert settings.feedback is not None
    try:
        file = os.open(settings.feedback, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(file).st_size > settings.feedback_bytes:
                raise OSError(errno.EFBIG, f"has reached {settings.feedback_bytes:,} bytes")
            os.write(file, to_json(record) + b"\n")
        finally:
            os.close(file)
    except OSError as error:
        LOG.error("%s: a verdict was not stored: %s", settings.feedback, error.strerror)
        raise _not_stored() from None
