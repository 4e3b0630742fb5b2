"""The routes that check: ``/verify`` (saved answers against the sources)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from corpus.records import Record
from qa.audit.verification import Verification, verify
from qa.server.openapi import EXAMPLE_ANSWER
from qa.server.problems import JsonResponse, Problem
from qa.server.service import Service

MOST_ANSWERS = 1_000
"""How many saved answers one request may hold."""


@dataclass(frozen=True, slots=True)
class Verified(Record):
    """What became of saved answers, in their order; ``ok`` where none of them fails."""

    ok: bool
    results: tuple[Verification, ...]


def router(service: Service) -> APIRouter:
    """The routes that check texts and answers with a service's documents."""
    routes = APIRouter(tags=["auditing"])

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
