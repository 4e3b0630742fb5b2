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
from qa.server.openapi import EXAMPLE_ANSWER, EXAMPLE_CITATION, example
from qa.server.problems import JsonResponse, Problem
from qa.server.service import Service

MOST_ANSWERS = 1_000
"""How many saved answers one request may hold."""


LONGEST_TEXT = 100_000
"""How long a text may be that one request has audited, in code points."""

_EXAMPLE_TEXT = "Visas between Russia and Serbia were abolished in 2012."


_EXAMPLE_REPORT: dict[str, Any] = {
    "source": "text",
    "sha256": "1d1d1f2a5c8f5a9b8e0e64f0d1c5b1cf0c0f5bb0a0c3f4f4e5f7f1a7e6c1a9d0",
    "claims": [
        {
            "text": _EXAMPLE_TEXT,
            "start": 0,
            "end": len(_EXAMPLE_TEXT),
            "sentence": 0,
            "verdict": "contradicted",
            "confidence": 0.93,
            "evidence": [{"stance": "against", "citation": EXAMPLE_CITATION}],
            "differs": [{"claim": "2012", "source": "2009", "kind": "date"}],
            "nearest": [],
            "understood": None,
            "known": False,
        }
    ],
    "summary": {
        "sentences": 1, "claims": 1, "supported": 0, "contradicted": 1, "not_found": 0, "not_a_claim": 0,
    },
    "complete": True,
    "notes": [],
}  # fmt: skip
_EXAMPLE_VERIFIED: dict[str, Any] = {
    "ok": False,
    "results": [
        {
            "line": 1,
            "question": "When were visas abolished?",
            "ok": False,
            "status": "changed",
            "cause": "citation: the document has changed, and the quote is no longer in it",
            "checks": [
                {
                    "place": "citation",
                    "document": "russia-serbia-relations",
                    "status": "changed",
                    "cause": "the document has changed, and the quote is no longer in it",
                    "start": None,
                    "end": None,
                }
            ],
            "replay": None,
            "notes": [],
        }
    ],
}


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
        responses={200: example(_EXAMPLE_REPORT, "The claims with their verdicts.")},
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
        responses={200: example(_EXAMPLE_VERIFIED, "What became of each saved answer.")},
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
