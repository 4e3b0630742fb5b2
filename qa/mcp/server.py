"""An MCP server: language models ask, search and read the documents through the Model Context Protocol.

Tools answer with text for the model and with the same JSON as everywhere else; every document is a resource.
Needs the package ``mcp`` (the extra ``[mcp]``), which only this module imports.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote

import anyio
from mcp import MCPError, types
from mcp.server import Server, ServerRequestContext
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from corpus.documents import Document
from corpus.errors import CitespanError, SourceError
from corpus.records import Record
from index.folder.layout import stamp
from index.folder.storage import open_index
from qa.answers import Answer
from qa.mcp.tools import SCHEME, Tool, tools_of
from qa.version import __version__

if TYPE_CHECKING:
    from index.data.tables import Facts
    from qa.engine import Engine

T = TypeVar("T")

Context = ServerRequestContext[Any]

PAGE = 500
"""How many resources a page of their list has."""

_INSTRUCTIONS = (
    "Answers questions about {summary} with the shortest verbatim span and a citation that can be checked, or says "
    "that it found none. Ask one full question at a time with `ask`; give its citation with what you tell the user. "
    "Where it finds no answer, look with `search` and `read_document` before you say that the documents do not tell."
)


class Host:
    """What an MCP server asks: one engine, on threads of its own, for one client at the other end of a pipe.

    Where ``folder`` names the index folder of the engine and it is replaced, the new index is asked from then on.
    A service that serves many is a host of its own kind.
    """

    def __init__(self, engine: Engine, folder: str | None = None) -> None:
        self._engine = engine
        self._folder = folder
        # Reading fills a core; more threads would only thrash.
        self._threads = anyio.CapacityLimiter(max(2, os.cpu_count() or 2))

    @property
    def engine(self) -> Engine:
        """The engine to ask now."""
        if self._folder is not None:
            found = stamp(self._folder)
            if found is not None and found != self._engine.index.stamp:
                # A folder that is being copied is not whole yet: it is looked at again.
                with suppress(CitespanError):
                    self._engine = self._engine.over(open_index(self._folder))
                    for doubt in self._engine.doubts():
                        print(f"qa: {doubt}", file=sys.stderr)
        return self._engine

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, run off the event loop; raises HTTPException where a limit does not allow it."""
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    def answered(self, answer: Answer, *, seconds: float) -> None:
        """Is told of each answer that is given, and how long it took."""


def server(host: Host) -> Server[Any]:
    """The MCP server over a host, to be run on any of the protocol's transports.

    >>> import qa
    >>> server(Host(qa.default(reader="lexical"))).name
    'citespan'
    """
    handlers = _Handlers(host)
    return Server(
        "citespan",
        version=__version__,
        title="citespan",
        description="Ask documents in plain words; get a verbatim, cited span or an honest refusal.",
        instructions=_INSTRUCTIONS.format(summary=host.engine.summary()),
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_resource_templates,
        on_read_resource=handlers.read_resource,
    )


class _Handlers:
    """What the server does with each kind of request."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._tools = {tool.name: tool for tool in tools_of()}

    async def list_tools(self, _: Context, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        del params
        return types.ListToolsResult(tools=[_listed(tool) for tool in self._tools.values()])

    async def call_tool(self, _: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = self._tools.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"no tool {params.name!r}; there are {', '.join(self._tools)}")
        started = time.perf_counter()
        try:
            arguments = tool.arguments.model_validate(params.arguments or {})
            done = await self._host.run(partial(_attempt, tool, self._host.engine, arguments))
        except ValidationError as error:
            return _failed(tool.faults(error))
        except HTTPException as error:
            return _failed(str(error.detail))
        if isinstance(done, str):
            return _failed(done)
        text, result = done
        if isinstance(result, Answer):
            self._host.answered(result, seconds=time.perf_counter() - started)
        return types.CallToolResult(content=[_text(text)], structured_content=result.to_dict())

    async def list_resources(
        self, _: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        index, first = self._host.engine.index, _cursor(params)
        count = index.document_count
        return types.ListResourcesResult(
            resources=[_resource(index.facts_of(number)) for number in range(first, min(first + PAGE, count))],
            next_cursor=str(first + PAGE) if first + PAGE < count else None,
        )

    async def list_resource_templates(
        self, _: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        del params
        template = types.ResourceTemplate(
            uri_template=f"{SCHEME}{{id}}",
            name="document",
            title="Document by id",
            description="The whole text of the document of that id.",
            mime_type="text/plain",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(self, _: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        if not uri.startswith(SCHEME):
            raise MCPError(types.INVALID_PARAMS, f"no resource {uri!r}; a document is {SCHEME}ID", {"uri": uri})
        try:
            document = await self._host.run(partial(_document, self._host.engine, unquote(uri.removeprefix(SCHEME))))
        except HTTPException as error:
            raise MCPError(types.INTERNAL_ERROR, str(error.detail), {"uri": uri}) from None
        if document is None:
            message = f"no resource {uri!r}; the list of resources names every document"
            raise MCPError(types.INVALID_PARAMS, message, {"uri": uri})
        contents = types.TextResourceContents(uri=params.uri, mime_type="text/plain", text=document.text)
        return types.ReadResourceResult(contents=[contents])


def _listed(tool: Tool) -> types.Tool:
    """A tool as clients are told of it."""
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema(),
        output_schema=tool.output_schema(),
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _attempt(tool: Tool, engine: Engine, arguments: Any) -> tuple[str, Record] | str:
    """What the tool gives, or in one sentence why it gives nothing."""
    try:
        return tool.run(engine, arguments)
    except CitespanError as error:
        return str(error)


def _document(engine: Engine, name: str) -> Document | None:
    try:
        return engine.document(name)
    except SourceError:
        return None


def _resource(facts: Facts) -> types.Resource:
    return types.Resource(
        uri=f"{SCHEME}{quote(facts.id, safe='')}",
        name=facts.id,
        title=facts.title,
        description=f"{facts.length:,} characters, from {facts.source}",
        mime_type="text/plain",
    )


def _cursor(params: types.PaginatedRequestParams | None) -> int:
    """The number of the first resource of a page."""
    cursor = params.cursor if params is not None else None
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 12):
        raise MCPError(types.INVALID_PARAMS, f"no such cursor: {cursor!r}; list the resources from the beginning")
    return int(cursor)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[_text(message)], is_error=True)


def _text(text: str) -> types.ContentBlock:
    return types.TextContent(type="text", text=text)
