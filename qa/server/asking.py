"""The routes that ask: ``/ask``, ``/ask/batch`` and ``/search``."""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request
from pydantic import StrictStr
from starlette.responses import Response, StreamingResponse

from qa.batch import BatchLine, read_batch
from qa.conversation import Turn
from qa.server.openapi import EXAMPLE_ANSWER, EXAMPLE_CITATION, EXAMPLE_QUESTION, EXAMPLE_REFUSAL
from qa.server.problems import JsonResponse, Problem, to_json
from qa.server.service import Service
from qa.server.settings import QUESTION_LENGTH, Settings
from qa.server.shapes import (
    AskRequest,
    ConditionText,
    Found,
    MinConfidence,
    SearchRequest,
    ServedAnswer,
    Top,
    served_answer,
)
from qa.server.tokens import answer_id

JSON_LINES = "application/x-ndjson"

BATCH_TYPES = (JSON_LINES, "application/jsonl", "application/json", "text/plain", "application/octet-stream")
"""What a batch may be sent as; the content says which it is."""

_OnlyDocuments = Annotated[list[StrictStr], Query(alias="document", description="Only the document of this id.")]
_OnlySections = Annotated[
    list[StrictStr], Query(alias="section", description='Only this section, headings joined by " > ", or one alone.')
]
_OnlyWhere = Annotated[
    list[ConditionText],
    Query(description='Only documents whose metadata meet this condition, as in "author=Ann" or "date>=2024-01-31".'),
]
_BATCH_EXAMPLE = f'{{"id": 1, "question": "{EXAMPLE_QUESTION}"}}\n{{"id": 2, "question": "Who wrote Hamlet?"}}\n'
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer with its citation, or a refusal with its reason.",
        "content": {
            "application/json": {
                "examples": {
                    "answer": {"summary": "An answer", "value": EXAMPLE_ANSWER},
                    "refusal": {"summary": "A refusal", "value": EXAMPLE_REFUSAL},
                }
            }
        },
    }
}


def router(service: Service) -> APIRouter:
    """The routes that ask a service."""
    routes = APIRouter(tags=["asking"])
    settings = service.settings

    @routes.post(
        "/ask",
        response_model=ServedAnswer,
        responses=_ANSWERS,
        operation_id="ask",
        summary="Answer a question, or refuse with the reason",
    )
    async def ask(request: Annotated[AskRequest, Body()]) -> Response:
        answer = await service.ask(
            request.question,
            top=request.top,
            min_confidence=request.min_confidence,
            documents=request.documents,
            sections=request.sections,
            where=request.where,
            history=[Turn(turn.question, turn.answer) for turn in request.history],
        )
        return JsonResponse(served_answer(answer, answer_id(answer, settings.secret)))

    @routes.get(
        "/ask",
        response_model=ServedAnswer,
        responses=_ANSWERS,
        operation_id="ask_by_link",
        summary="Answer a question given in the address",
    )
    async def ask_by_link(
        q: Annotated[
            str,
            Query(
                description="The question, in plain words.",
                examples=[EXAMPLE_QUESTION],
                json_schema_extra={"maxLength": QUESTION_LENGTH},
            ),
        ],
        top: Annotated[Top, Query()] = 3,
        min_confidence: Annotated[MinConfidence, Query()] = None,
        documents: _OnlyDocuments = [],  # noqa: B006 -- FastAPI copies it
        sections: _OnlySections = [],  # noqa: B006
        where: _OnlyWhere = [],  # noqa: B006
    ) -> Response:
        options: dict[str, Any] = {"top": top, "min_confidence": min_confidence}
        answer = await service.ask(q, documents=documents, sections=sections, where=where, **options)
        return JsonResponse(served_answer(answer, answer_id(answer, settings.secret)))

    @routes.post(
        "/ask/batch",
        operation_id="ask_batch",
        summary="Answer many questions, each as soon as it is read",
        description="One question a line, as plain text or a JSON object with `question` (and `id`, kept), or one "
        "JSON list of these. One JSON answer a line comes back, in order, with `answer_id` for feedback; a line "
        "that cannot be used gives an object with `error`, and the rest goes on. The body may also be sent as "
        "application/x-ndjson, application/jsonl or application/json.",
        response_class=Response,
        responses={
            200: {
                "description": "One JSON object a line: an answer, or an error in its place.",
                "content": {JSON_LINES: {"schema": {"type": "string"}, "example": _batch_reply()}},
            }
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"text/plain": {"schema": {"type": "string", "minLength": 1}, "example": _BATCH_EXAMPLE}},
            }
        },
    )
    async def ask_batch(
        request: Request,
        top: Annotated[Top, Query()] = 3,
        min_confidence: Annotated[MinConfidence, Query()] = None,
        documents: _OnlyDocuments = [],  # noqa: B006
        sections: _OnlySections = [],  # noqa: B006
        where: _OnlyWhere = [],  # noqa: B006
    ) -> Response:
        _check_type(request.headers.get("content-type", ""))
        body = await request.body()
        if not body:
            raise Problem(422, "empty", 'The batch is empty; send questions, one a line, as in {"question": "..."}.')
        lines = await service.run(lambda: _lines(body, settings))
        filters = {"documents": documents, "sections": sections, "where": where}
        if documents or where:
            await service.search("?", documents=documents, where=where)  # what is unknown is told before the first line
        options = {"top": top, "min_confidence": min_confidence, **filters}
        return StreamingResponse(_answers(service, lines, options), media_type=JSON_LINES)

    @routes.post(
        "/search",
        response_model=Found,
        responses={
            200: {
                "description": "The passages, best first.",
                "content": {"application/json": {"example": _search_reply()}},
            }
        },
        operation_id="search",
        summary="Rank passages",
    )
    async def search(request: Annotated[SearchRequest, Body()]) -> Response:
        started = time.perf_counter()
        hits = await service.search(
            request.question,
            k=request.k,
            documents=request.documents,
            sections=request.sections,
            where=request.where,
        )
        elapsed = round(1000 * (time.perf_counter() - started), 3)
        found = {"question": request.question, "hits": [hit.to_dict() for hit in hits], "elapsed_ms": elapsed}
        return JsonResponse(found)

    return routes


def _check_type(content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    # A form's type is what curl -d and --data-binary say unless told otherwise; the body is lines all the same.
    if kind and kind not in (*BATCH_TYPES, "application/x-www-form-urlencoded"):
        raise Problem(
            415,
            "not_lines",
            f"The content type of the body is {kind[:80]!r}; send questions, one a line or as JSON, with the header "
            f"Content-Type: {JSON_LINES}.",
        )


def _lines(body: bytes, settings: Settings) -> list[BatchLine]:
    """The questions of a batch; raises Problem where there are none, or too many."""
    lines = []
    for line in read_batch(io.BytesIO(body)):
        lines.append(line)
        if len(lines) > settings.batch_size:
            raise Problem(
                413, "too_large", f"The batch has more than {settings.batch_size:,} questions; send it in parts."
            )
    return lines


async def _answers(service: Service, lines: Sequence[BatchLine], options: dict[str, Any]) -> AsyncIterator[bytes]:
    """The answers as lines of JSON, each when it is there."""
    for line in lines:
        record: dict[str, Any] = {**line.fields, "line": line.number}
        if line.error is not None:
            record["error"] = line.error
        else:
            try:
                answer = await service.ask(line.question, **options, patient=True)
            except Problem as problem:
                record["error"] = problem.detail
            else:
                record = {**line.fields, **answer.to_dict(), "answer_id": answer_id(answer, service.settings.secret)}
        yield to_json(record) + b"\n"


def _batch_reply() -> str:
    answer = {"id": 1, **{name: value for name, value in EXAMPLE_ANSWER.items() if name != "id"}}
    answer["answer_id"] = EXAMPLE_ANSWER["id"]
    error = {"line": 2, "error": 'no field \'question\'; expected {"question": "..."}'}
    return b"".join(to_json(record) + b"\n" for record in (answer, error)).decode()


def _search_reply() -> dict[str, Any]:
    start, end = EXAMPLE_CITATION["quote_start"], EXAMPLE_CITATION["quote_end"]
    passage = {name: EXAMPLE_CITATION[name] for name in ("document", "title", "section")}
    passage |= {"start": start, "end": end, "text": EXAMPLE_CITATION["quote"], "sentences": [[start, end]]}
    return {"question": "visas", "hits": [{"passage": passage, "score": 11.2}], "elapsed_ms": 1.4}
