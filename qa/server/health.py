"""The routes for those who run the service: ``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from qa.server.measures import MEDIA_TYPE
from qa.server.openapi import example
from qa.server.problems import JsonResponse, Problem
from qa.server.service import Service

_COUNTS = {"documents": 1, "passages": 52}


class Health(BaseModel):
    """That the service is up, how much it has indexed, and what whoever runs it should look at."""

    status: Literal["ok"]
    documents: Annotated[int, Field(ge=0)]
    passages: Annotated[int, Field(ge=0)]
    warnings: Annotated[
        list[str] | None, Field(description="Why the promise of the service's calibration may not hold now, if so.")
    ] = None


class Readiness(BaseModel):
    """That the service answers questions, of how much, and by which reader."""

    status: Literal["ready"]
    documents: Annotated[int, Field(ge=0)]
    passages: Annotated[int, Field(ge=0)]
    reader: str


def router(service: Service) -> APIRouter:
    """The routes that tell how a service is."""
    routes = APIRouter(tags=["running"])

    @routes.head("/healthz", include_in_schema=False)
    @routes.get(
        "/healthz",
        response_model=Health,
        responses={200: example({"status": "ok", **_COUNTS}, "It is up.")},
        operation_id="healthz",
        summary="Whether the service is up; never asks for a key",
    )
    async def healthz() -> Response:
        warned = {"warnings": list(service.doubts)} if service.doubts else {}
        return JsonResponse({"status": "ok", **service.engine.counts(), **warned})

    @routes.head("/readyz", include_in_schema=False)
    @routes.get(
        "/readyz",
        response_model=Readiness,
        responses={200: example({"status": "ready", **_COUNTS, "reader": "neural"}, "It answers questions.")},
        operation_id="readyz",
        summary="Whether the service answers questions; never asks for a key",
    )
    async def readyz() -> Response:
        if not service.ready:
            raise Problem(
                503, "starting", "The service is loading its reader; ask again in 1 s.", headers={"Retry-After": "1"}
            )
        engine = service.engine
        return JsonResponse({"status": "ready", **engine.counts(), "reader": engine.reader.name})

    @routes.get(
        "/metrics",
        response_class=Response,
        responses={
            200: {
                "description": "The figures, in the text form of Prometheus.",
                "content": {"text/plain": {"schema": {"type": "string"}, "example": "citespan_questions_total 12.0\n"}},
            }
        },
        operation_id="metrics",
        summary="Questions, refusals, latency and confidence, for Prometheus",
    )
    async def metrics() -> Response:
        return Response(service.measures.text(), media_type=MEDIA_TYPE)

    return routes
