"""The routes that read documents: the list, a whole document, and a citation of any place in one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from corpus.documents import stated
from corpus.errors import SourceError
from qa.citing import cite_place
from qa.engine import Engine
from qa.server.openapi import EXAMPLE_CITATION, example, problem_example
from qa.server.problems import JsonResponse, Problem, to_json
from qa.server.service import Service
from qa.server.shapes import DocumentPage, ServedDocument, VerifiedCitation

_LISTED = {
    **{name: EXAMPLE_CITATION[key] for name, key in (("id", "document"), ("title", "title"), ("source", "source"))},
    "length": 35_602,
    "sha256": EXAMPLE_CITATION["sha256"],
    "metadata": {"author": "Ann Berg", "date": "2024-03-05"},
}
_PAGE = {"total": 1, "offset": 0, "limit": 50, "next": None, "documents": [_LISTED]}
_SECTIONS = [{"path": [], "start": 28, "end": 1900}, {"path": ["Travel regime"], "start": 35_082, "end": 35_602}]
_DOCUMENT = {**_LISTED, "text": "= Russia–Serbia relations = ...", "sections": _SECTIONS, "pages": []}
_CITATION = {"text": "2009", "verified": True, "citation": EXAMPLE_CITATION}

_MOST = 2**53 - 1  # the largest whole number that every JSON reader takes exactly

Name = Annotated[str, Path(description="The document's id, as citations have it; it may hold slashes.")]


class _CitationRoute(APIRoute):
    """``.../citation`` with a place; without one it may be the id of a document that ends so."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A match only where the query names a place."""
        query = scope.get("query_string", b"")
        named = any(part.startswith((b"start=", b"end=")) for part in query.split(b"&"))
        return super().matches(scope) if named else (Match.NONE, {})


def _changed() -> Problem:
    return Problem(409, "changed", "The document has changed since that hash was taken; ask again.")


def router(service: Service) -> APIRouter:
    """The routes that read the documents of a service."""
    routes = APIRouter(tags=["documents"])
    placed = APIRouter(tags=["documents"], route_class=_CitationRoute)

    @routes.get(
        "/documents",
        response_model=DocumentPage,
        responses={200: example(_PAGE, "A stretch of the list.")},
        operation_id="list_documents",
        summary="List the documents, in the order in which they were read",
    )
    async def listed(
        offset: Annotated[int, Query(ge=0, le=_MOST, description="How many to pass over.")] = 0,
        limit: Annotated[int, Query(ge=1, le=500, description="How many to list.")] = 50,
    ) -> Response:
        engine = service.engine
        return JsonResponse(await service.run(lambda: _page(engine, offset, limit)))

    @placed.get(
        "/documents/{document:path}/citation",
        response_model=VerifiedCitation,
        responses={
            200: example(_CITATION, "The place, with the sentences around it and its section."),
            409: problem_example(_changed(), "The document is not the one that `sha256` was taken of."),
        },
        operation_id="cite",
        summary="Cite a place in a document, verified against its text",
        description="With `sha256` (a citation has it) the document must not have changed since: 409 where it has.",
    )
    async def citation(
        document: Name,
        start: Annotated[int, Query(ge=0, le=_MOST, description="Where the place begins, in code points.")],
        end: Annotated[int, Query(ge=1, le=_MOST, description="Where it ends, exclusive.")],
        sha256: Annotated[
            str | None, Query(pattern="^[0-9a-f]{64}$", description="The hash that the document's text must have.")
        ] = None,
    ) -> Response:
        engine = service.engine
        return JsonResponse(await service.run(lambda: _citation(engine, document, (start, end), sha256)))

    @routes.get(
        "/documents/{document:path}",
        response_model=ServedDocument,
        responses={200: example(_DOCUMENT, "The document.")},
        operation_id="read_document",
        summary="Read a whole document with its sections",
    )
    async def read(document: Name) -> Response:
        engine = service.engine
        # A text may be long: it is written out on the same thread.
        content = await service.run(lambda: to_json(_document(engine, document)))
        return Response(content, media_type="application/json")

    both = APIRouter()
    both.include_router(placed)
    both.include_router(routes)
    return both


def _page(engine: Engine, offset: int, limit: int) -> dict[str, Any]:
    index = engine.index
    total = index.document_count
    end = min(offset + limit, total)
    listed = [_facts(index.facts_of(number)) for number in range(min(offset, total), end)]
    return {"total": total, "offset": offset, "limit": limit, "next": end if end < total else None, "documents": listed}


def _facts(facts: Any) -> dict[str, Any]:
    own = {name: getattr(facts, name) for name in ("id", "title", "source", "length", "sha256")}
    return {**own, "metadata": stated(facts.metadata)}


def _document(engine: Engine, name: str) -> dict[str, Any]:
    document = engine.document(name)
    return {
        **_facts(engine.index.facts(name)),
        "text": document.text,
        "sections": [section.to_dict() for section in document.sections],
        "pages": list(document.pages),
    }


def _citation(engine: Engine, name: str, place: tuple[int, int], sha256: str | None) -> dict[str, Any]:
    start, end = place
    try:
        facts = engine.index.facts(name)
    except KeyError:
        raise SourceError(name) from None
    if sha256 not in (None, facts.sha256):
        raise _changed()
    if not start < end <= facts.length:
        raise Problem(
            404,
            "no_such_place",
            f"There is no place [{start}, {end}) in this document, which has {facts.length:,} code points; "
            "give start and end with 0 <= start < end <= length.",
        )
    found = cite_place(engine.index, name, start, end)
    return {"text": found.text, "verified": True, "citation": found.to_dict()}
