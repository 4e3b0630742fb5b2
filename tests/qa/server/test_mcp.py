"""The MCP endpoint of the service as the protocol's own client sees it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

import qa
from qa.engine import Engine
from qa.mcp.server import server
from qa.server.mcp import ServiceHost
from qa.server.problems import busy
from qa.server.service import Service
from qa.server.settings import Settings

T = TypeVar("T")
ARTICLE = "russia-serbia-relations"
VISAS = {"question": "When were visas abolished?"}


@pytest.fixture(scope="module")
def article() -> Engine:
    return qa.default(reader="lexical")


def talk(target: Any, say: Callable[[Client], Awaitable[T]], *, mode: str = "auto") -> T:
    """What is said with a client that is connected to a server; a protocol error is raised by itself, in no group."""

    async def run() -> T | MCPError:
        async with Client(target, mode=mode) as client:
            try:
                return await say(client)
            except MCPError as error:
                return error

    said = anyio.run(run)
    if isinstance(said, MCPError):
        raise said
    return said


@pytest.fixture(scope="module")
def endpoint(article: Engine, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(article, Settings(mcp=True, api_key="s3cret")) as address:
        yield f"{address}/mcp"


@asynccontextmanager
async def over_http(address: str, **headers: str) -> AsyncIterator[Any]:
    async with (
        httpx2.AsyncClient(headers={"authorization": "Bearer s3cret", **headers}, timeout=60) as http,
        streamable_http_client(address, http_client=http) as streams,
    ):
        yield streams


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_same_tools_and_resources_are_served_over_http(endpoint: str, article: Engine, mode: str) -> None:
    async def session(client: Client) -> tuple[Any, int, bool, str]:
        answer = await client.call_tool("ask", VISAS)
        tools = await client.list_tools()
        wrong = await client.call_tool("read_document", {"document": "nope"})
        contents = (await client.read_resource(f"citespan://documents/{ARTICLE}")).contents[0]
        return answer.structured_content["text"], len(tools.tools), wrong.is_error, str(contents.text)  # type: ignore[union-attr]

    told = talk(over_http(endpoint), session, mode=mode)
    assert told == ("2009", 4, True, article.document(ARTICLE).text)


def test_answers_over_http_are_counted_with_those_of_the_service(endpoint: str) -> None:
    def questions() -> float:
        metrics = httpx2.get(endpoint.replace("/mcp", "/metrics"), headers={"authorization": "Bearer s3cret"}).text
        return next(
            float(line.split()[1]) for line in metrics.splitlines() if line.startswith("citespan_questions_total")
        )

    before = questions()
    talk(over_http(endpoint), lambda client: client.call_tool("ask", VISAS))
    assert questions() == before + 1


def test_without_the_key_nothing_is_served_over_http(endpoint: str) -> None:
    with pytest.raises(BaseExceptionGroup) as caught:
        talk(over_http(endpoint, authorization="Bearer guess"), lambda client: client.list_tools())
    assert caught.group_contains(MCPError)
    assert httpx2.post(endpoint, json={}).status_code == 401


def test_a_page_of_another_site_cannot_call_over_http(endpoint: str) -> None:
    headers = {
        "authorization": "Bearer s3cret",
        "accept": "application/json, text/event-stream",
        "origin": "https://example.org",
    }
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    refused = httpx2.post(endpoint, headers=headers, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    headers["origin"] = "http://localhost:6274"
    assert httpx2.post(endpoint, headers=headers, json=body).status_code == 200


def test_a_full_service_is_a_tool_error_that_says_so(article: Engine) -> None:
    class Full(Service):
        async def run(self, work: Any, *, patient: bool = False) -> Any:
            del work, patient
            raise busy(3)

    full = server(ServiceHost(Full(article)))
    result = talk(full, lambda client: client.call_tool("ask", VISAS))
    assert result.is_error
    assert "ask again in 3 s" in str(result.content)
    with pytest.raises(MCPError, match="ask again in 3 s"):
        talk(full, lambda client: client.read_resource(f"citespan://documents/{ARTICLE}"))
