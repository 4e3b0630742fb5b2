"""The routes that check: ``/audit`` (a text against the sources) and ``/verify`` (saved answers)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field, StrictStr
from starlette.responses import Response

from corpus.records import Record
from qa.audit.auditing import judge_claims, report_of, text_document
from qa.audit.claims import split_claims
from qa.audit.report import AuditReport
from qa.audit.verification import Verification, verify
from qa.server.openapi import EXAMPLE_ANSWER
from qa.server.problems import JsonResponse, Problem
from qa.server.service import Service

MOST_ANSWERS = 1_000
"""How many saved answers one request may hold."""


LONGEST_TEXT = 100_000
"""How long a text may be that one request has audited, in code points."""

_EXAMPLE_TEXT = "Visas between Russia and Serbia were abolished in 2012."


class AuditRequest(BaseModel):
    """A text whose claims are checked, and what to call it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": _EXAMPLE_TEXT}]})

    text: Annotated[StrictStr, Field(max_length=LONGEST_TEXT, description="The text, plain.")]
    source: Annotated[StrictStr, Field(max_length=1_000, description="The name of the text.")] = "text"


@dataclass(frozen=True, slots=True)
class Verified(Record):
    """What became of saved answers, in their order; ``ok`` where none of them fails."""

    ok: bool
    results: tuple[Verification, ...]


def router(service: Service) -> APIRouter:
    """The routes that check texts and answers with a service's documents."""
    routes = APIRouter(tags=["auditing"])

    @routes.post(
        "/audit",
        response_model=AuditReport,
        operation_id="audit",
        summary="Check each claim of a text against the documents",
        description="The text is cut into claims; each is `supported`, `contradicted`, `not_found` or `not_a_claim`, "
        "with the quotes for and against it, and what differs. Positions are code points of the text sent.",
    )
    async def audit_text(request: Annotated[AuditRequest, Body()]) -> Response:
        engine = service.engine
        document = text_document(request.text, request.source)
        claims = await service.run(lambda: list(split_claims(document)))
        judging = judge_claims(engine, claims)
        # Claim by claim, so that a long text does not keep others waiting and no limit is overrun.
        judged = [await service.run(partial(next, judging), patient=True) for _ in claims]
        return JsonResponse(report_of(document, judged).to_dict())

    @routes.post(
        "/verify",
        response_model=Verified,
        operation_id="verify",
        summary="Check saved answers: is each quote still where it was?",
        description="The body is one saved answer (as `/ask`, `/v1` or the command line gave it, or a receipt), or "
        f'`{{"answers": [...]}}` with up to {MOST_ANSWERS:,} of them. What cannot be read is told in its result.',
    )
    async def verify_answers(
        request: Annotated[dict[str, Any], Body(examples=[EXAMPLE_ANSWER])],
        replay: Annotated[bool, Query(description="Ask each question again as well, and compare.")] = False,
    ) -> Response:
        answers = request["answers"] if isinstance(request.get("answers"), list) else [request]
        if len(answers) > MOST_ANSWERS:
            raise Problem(413, "too_large", f"More than {MOST_ANSWERS:,} answers were sent; send them in parts.")
        engine = service.engine
        if replay:
            for answer in answers:
                question = answer.get("question") if isinstance(answer, dict) else None
                service.check_question(question if isinstance(question, str) else "")
        results = [await service.run(partial(verify, engine, answer, replay=replay)) for answer in answers]
        return JsonResponse(Verified(all(result.ok for result in results), tuple(results)).to_dict())

    return routes
