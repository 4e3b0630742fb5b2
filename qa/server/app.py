"""The HTTP application: the engine's answers as the same JSON that the command line prints."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body, FastAPI
from pydantic import BaseModel, ConfigDict, Field

from qa import __version__
from qa.answers import Answer
from qa.engine import Engine

QUESTION_LIMIT = 20_000
"""The longest question accepted, in code points: far above any real question, far below any trouble."""


class AskRequest(BaseModel):
    """A question, how many answers to give and the probability under which to refuse."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(max_length=QUESTION_LIMIT, examples=["When were visas abolished?"])]
    top: Annotated[int, Field(ge=1, le=50, description="Answers to give, best first.")] = 3
    min_confidence: Annotated[
        float | None, Field(ge=0, le=1, description="Refuse below this probability of being right.")
    ] = None


class Health(BaseModel):
    """That the service is up, and how much it has indexed."""

    status: str
    documents: int
    passages: int


def create_app(engine: Engine) -> FastAPI:
    """The HTTP application that asks one engine.

    >>> import qa
    >>> [route.path for route in create_app(qa.default()).routes if route.path in ("/ask", "/healthz")]
    ['/ask', '/healthz']
    """
    app = FastAPI(
        title="citespan",
        version=__version__,
        description="Ask documents in plain words; get a verbatim, cited span or an honest refusal.",
    )

    # A plain function: FastAPI runs it in a thread, off the event loop, so that /healthz always answers.
    @app.post("/ask", response_model=Answer, summary="Answer a question, or refuse with the reason")
    def ask(request: Annotated[AskRequest, Body()]) -> dict[str, Any]:
        return engine.ask(request.question, top=request.top, min_confidence=request.min_confidence).to_dict()

    @app.get("/healthz", response_model=Health, summary="Whether the service is up")
    async def healthz() -> dict[str, Any]:
        return {"status": "ok", **engine.counts()}

    return app
