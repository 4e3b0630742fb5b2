"""The route that shows a page of a PDF file as a picture, with a cited span marked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from corpus.errors import SourceError
from qa.engine import Engine
from qa.places import boxes_of, file_of
from qa.server.problems import Problem
from qa.server.service import Service

_WIDEST = 2_400
_USUAL = 1_200
_MOST = 2**53 - 1


class _PictureRoute(APIRoute):
    """``.../picture`` with the number of a page; without one it may be the id of a document that ends so."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A match only where the query names a page."""
        query = scope.get("query_string", b"")
        named = any(part.startswith(b"page=") for part in query.split(b"&"))
        return super().matches(scope) if named else (Match.NONE, {})


def router(service: Service) -> APIRouter:
    """The route of the pictures of a service's documents."""
    routes = APIRouter(tags=["documents"], route_class=_PictureRoute)

    @routes.get(
        "/documents/{document:path}/picture",
        response_class=Response,
        responses={
            200: {
                "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
                "description": "The page as PNG.",
            }
        },
        operation_id="picture",
        summary="A page of a PDF document as a picture, with a place in it marked",
        description="`start` and `end`, as a citation has them, are marked where they stand on that page.",
    )
    async def picture(
        document: Annotated[str, Path(description="The document's id, as citations have it; it may hold slashes.")],
        page: Annotated[int, Query(ge=1, le=1_000_000, description="The number of the page, from 1.")],
        start: Annotated[int, Query(ge=0, le=_MOST, description="Where the place begins, in code points.")] = 0,
        end: Annotated[int, Query(ge=0, le=_MOST, description="Where it ends, exclusive; 0 marks nothing.")] = 0,
        width: Annotated[int, Query(ge=100, le=_WIDEST, description="How wide the picture is, in pixels.")] = _USUAL,
    ) -> Response:
        engine = service.engine
        content = await service.run(lambda: _picture(engine, document, page, (start, end), width))
        return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=300"})

    return routes


def _picture(engine: Engine, name: str, page: int, place: tuple[int, int], width: int) -> bytes:
    from corpus.formats.pdf_picture import picture_of

    try:
        facts = engine.index.facts(name)
    except KeyError:
        raise SourceError(name) from None
    if not 1 <= page <= len(facts.pages):
        count = len(facts.pages)
        told = f"it has {count}" if count else "only PDF documents have pages"
        raise Problem(404, "no_such_page", f"There is no page {page} in this document; {told}.")
    start, end = place
    boxes = boxes_of(engine.index, facts, start, min(end, facts.length)) if start < end else ()
    sides = [(box.left, box.bottom, box.right, box.top) for box in boxes if box.page == page]
    try:
        return picture_of(file_of(engine.index, facts.source), facts.source, page, width=width, boxes=sides)
    except SourceError as error:
        told = str(error)
        raise Problem(
            404,
            "no_picture",
            f"This page cannot be shown ({told}); its text is at GET /documents/ID.",
        ) from None
