"""The MCP server as the protocol's own client sees it: in process, and over stdin and stdout."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client, MCPError, StdioServerParameters, types
from mcp.client.stdio import stdio_client

import qa
import qa.mcp.server
from qa.cli import main
from qa.engine import Engine
from qa.mcp.server import Host, server
from qa.mcp.tools import READ_LIMIT

T = TypeVar("T")
ARTICLE = "russia-serbia-relations"
ROOT = Path(__file__).parents[3]
VISAS = {"question": "When were visas abolished?"}
ODD_ID = "a/../b ü?#%"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return qa.default(reader="lexical")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    rows = [{"id": f"book-{number}", "title": f"Book {number}", "text": f"Page {number}."} for number in range(4)]
    rows.append({"id": ODD_ID, "title": "Odd", "text": "An odd id is an id too."})
    path = tmp_path_factory.mktemp("shelf") / "books.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return qa.build([str(path)], reader="lexical")


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


def call(target: Any, tool: str, **arguments: Any) -> types.CallToolResult:
    if isinstance(target, Engine):
        target = server(Host(target))
    return talk(target, lambda client: client.call_tool(tool, arguments))


def text(result: types.CallToolResult) -> str:
    assert [block.type for block in result.content] == ["text"]
    return str(result.content[0].text)  # type: ignore[union-attr]


def test_there_are_four_tools_that_only_read_and_say_what_they_give(engine: Engine) -> None:
    tools = talk(server(Host(engine)), lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "read_document", "audit"]
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"


def test_ask_gives_the_answer_as_text_and_as_the_json_of_everywhere(engine: Engine) -> None:
    result = call(engine, "ask", **VISAS, top=2)
    lines = text(result).splitlines()
    assert lines[0] == "2009"
    assert lines[2].startswith("“In 2009 entry visas")
    assert lines[3].startswith(f"Russia–Serbia relations > Travel regime (document '{ARTICLE}', characters ")
    own = engine.ask(VISAS["question"], top=2).to_dict()
    assert {**result.structured_content, "elapsed_ms": 0} == {**own, "elapsed_ms": 0}


def test_a_refusal_is_no_error_and_names_what_is_near(engine: Engine) -> None:
    result = call(engine, "ask", question="Who wrote Hamlet?")
    assert not result.is_error
    assert text(result).startswith("No answer: nothing found is likely enough")
    assert result.structured_content["reason"] == "low_confidence"
    assert result.structured_content["nearest"][0]["quote"] in text(result)


def test_ask_and_search_keep_to_the_sections_that_are_named(engine: Engine) -> None:
    result = call(engine, "ask", **VISAS, sections=["Cultural cooperation"], min_confidence=0)
    assert result.structured_content["citation"] is None or result.structured_content["citation"]["section"] == [
        "Cultural cooperation"
    ]
    hits = call(engine, "search", query="Serbia", top=50, sections="Travel regime").structured_content["hits"]
    assert {tuple(hit["passage"]["section"]) for hit in hits} == {("Travel regime",)}


def test_a_list_that_a_model_wrote_as_a_string_is_read(engine: Engine) -> None:
    named = call(engine, "search", query="Serbia", sections='["Travel regime"]').structured_content
    assert named == call(engine, "search", query="Serbia", sections=["Travel regime"]).structured_content


def test_search_gives_whole_passages_with_their_places(engine: Engine) -> None:
    result = call(engine, "search", query="visas", top=1)
    passage = result.structured_content["hits"][0]["passage"]
    assert passage["text"] in text(result)
    assert engine.document(ARTICLE).text[passage["start"] : passage["end"]] == passage["text"]
    assert text(call(engine, "search", query="xylophone")) == "No passage holds any of these words."


def test_a_section_is_read_with_the_sections_under_it(engine: Engine) -> None:
    document = engine.document(ARTICLE)
    inside = [section for section in document.sections if section.path[:1] == ("Political relations",)]
    assert len(inside) > 1
    read = call(engine, "read_document", document=ARTICLE, section="political relations").structured_content
    assert (read["start"], read["end"]) == (inside[0].start, inside[-1].end)
    assert read["text"] == document.text[inside[0].start : inside[-1].end]


def test_a_long_document_is_read_in_parts_that_make_the_whole(engine: Engine) -> None:
    document = engine.document(ARTICLE)
    assert len(document.text) > READ_LIMIT
    parts, start = [], 0
    while start is not None:
        result = call(engine, "read_document", document=ARTICLE, start=start)
        parts.append(result.structured_content["text"])
        start = result.structured_content["next_start"]
        assert (f"To read on: start={start}" in text(result)) == (start is not None)
    assert "".join(parts) == document.text
    assert max(map(len, parts)) == READ_LIMIT


def test_a_range_is_read_exactly(engine: Engine) -> None:
    result = call(engine, "read_document", document=f"citespan://documents/{ARTICLE}", start=100, end=120)
    assert result.structured_content["text"] == engine.document(ARTICLE).text[100:120]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {}, "question: Field required"),
        ("ask", {"question": "why?", "tpo": 1}, "it takes question, top, min_confidence, documents, sections"),
        ("ask", {"question": "why?", "top": 0}, "greater than or equal to 1"),
        ("ask", {"question": "visas?", "documents": ["nope"]}, "no document 'nope'"),
        ("read_document", {"document": "russia-serbia"}, f"did you mean '{ARTICLE}'?"),
        ("read_document", {"document": ARTICLE, "section": "Weather"}, "no section 'Weather'; its sections are"),
        ("read_document", {"document": ARTICLE, "start": 9, "end": 9}, "start must be below end"),
        ("read_document", {"document": ARTICLE, "start": 10**9}, "start must be below end"),
        ("read_document", {"document": ARTICLE, "section": "", "start": 9}, "not both"),
    ],
)
def test_a_tool_that_cannot_do_what_is_asked_says_why(
    engine: Engine, tool: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(engine, tool, **arguments)
    assert result.is_error
    assert told in text(result)


def test_an_unknown_tool_is_a_protocol_error_that_names_those_there_are(engine: Engine) -> None:
    with pytest.raises(MCPError, match="there are ask, search, read_document"):
        call(engine, "write_document")


def test_audit_checks_each_claim_and_says_what_differs(engine: Engine) -> None:
    result = call(engine, "audit", text="Visas were abolished in 2012. Why?")
    claims = result.structured_content["claims"]
    assert [claim["verdict"] for claim in claims] == ["contradicted", "not_a_claim"]
    assert "2012; the source says 2009" in text(result)


def test_every_document_is_a_resource_whatever_its_id(shelf: Engine) -> None:
    async def read_all(client: Client) -> dict[str, str]:
        listed = (await client.list_resources()).resources
        read = {resource.name: (await client.read_resource(resource.uri)).contents[0] for resource in listed}
        return {name: str(contents.text) for name, contents in read.items()}  # type: ignore[union-attr]

    read = talk(server(Host(shelf)), read_all)
    assert read == {document.id: document.text for document in shelf.documents()}
    assert ODD_ID in read


def test_the_resources_are_listed_in_pages(shelf: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.mcp.server, "PAGE", 2)

    async def pages(client: Client) -> list[list[str]]:
        pages, cursor = [], None
        while not pages or cursor:
            page = await client.list_resources(cursor=cursor)
            pages.append([resource.name for resource in page.resources])
            cursor = page.next_cursor
        return pages

    assert list(map(len, talk(server(Host(shelf)), pages))) == [2, 2, 1]


def test_a_cursor_that_was_not_given_is_refused(shelf: Engine) -> None:
    with pytest.raises(MCPError, match="no such cursor: '-1'"):
        talk(server(Host(shelf)), lambda client: client.list_resources(cursor="-1"))


def test_the_template_reads_a_document_by_its_id(engine: Engine) -> None:
    async def read(client: Client) -> str:
        template = (await client.list_resource_templates()).resource_templates[0]
        contents = (await client.read_resource(template.uri_template.replace("{id}", ARTICLE))).contents[0]
        return str(contents.text)  # type: ignore[union-attr]

    assert talk(server(Host(engine)), read) == engine.document(ARTICLE).text


@pytest.mark.parametrize("uri", ["citespan://documents/nope", "citespan://documents/", "file:///etc/passwd"])
def test_a_resource_that_is_not_there_is_a_protocol_error(engine: Engine, uri: str) -> None:
    with pytest.raises(MCPError, match="no resource"):
        talk(server(Host(engine)), lambda client: client.read_resource(uri))


def command(*arguments: str) -> Any:
    """A connection to the command, which the client starts."""
    return stdio_client(
        StdioServerParameters(
            command=sys.executable,
            args=["-m", "qa", "mcp", "--reader", "lexical", *arguments],
            env={"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]])},
        )
    )


def test_a_client_starts_the_command_and_asks_its_source_over_stdio(tmp_path: Path) -> None:
    path = tmp_path / "handbook.txt"
    path.write_text("The library was opened in 1987 by the architect Ada Brunner.", encoding="utf-8")

    async def session(client: Client) -> tuple[str | None, str, list[str]]:
        answer = await client.call_tool("ask", {"question": "When was the library opened?", "min_confidence": 0})
        resources = await client.list_resources()
        return client.instructions, answer.structured_content["text"], [found.name for found in resources.resources]

    instructions, answer, resources = talk(command("--source", str(path)), session)
    assert "1 document, 1 passage" in (instructions or "")
    assert (answer, resources) == ("1987", ["handbook"])


def test_an_older_client_asks_an_index_over_stdio(shelf: Engine, tmp_path: Path) -> None:
    shelf.save(str(tmp_path / "shelf.index"))
    target = command("--index", str(tmp_path / "shelf.index"))
    read = talk(target, lambda client: client.call_tool("read_document", {"document": "book-2"}), mode="legacy")
    assert read.structured_content["text"] == "Page 2."


def test_an_index_that_is_replaced_is_asked_from_then_on(shelf: Engine, tmp_path: Path) -> None:
    folder, page = str(tmp_path / "shelf.index"), tmp_path / "page.txt"
    page.write_text("The library was opened in 1987.", encoding="utf-8")
    shelf.save(folder)

    async def session(client: Client) -> list[list[str]]:
        async def names() -> list[str]:
            return [found.name for found in (await client.list_resources()).resources]

        seen = [await names()]
        manifest = Path(folder, "manifest.json")
        whole = manifest.read_bytes()
        manifest.write_bytes(b"{")
        seen.append(await names())
        manifest.write_bytes(whole)
        qa.build([str(page)], reader="lexical").save(folder)
        return [*seen, await names()]

    before, damaged, after = talk(server(Host(qa.open(folder, reader="lexical"), folder)), session)
    assert before == damaged == [f"book-{number}" for number in range(4)] + [ODD_ID]
    assert after == ["page"]


def test_stdout_carries_the_protocol_alone_and_the_end_of_stdin_ends_the_command() -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    done = subprocess.run(
        [sys.executable, "-m", "qa", "mcp", "--reader", "lexical"],
        input=f"this is no JSON\n{json.dumps(hello)}\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [message["result"]["serverInfo"]["name"] for message in messages if message.get("id") == 1] == ["citespan"]
    assert done.stderr == f"qa: serving MCP over stdio: {qa.default().summary()}\n"
    assert done.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_stops_the_command_though_it_waits_on_stdin() -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "qa", "mcp", "--reader", "lexical"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with started:
        assert started.stderr is not None
        assert started.stderr.readline().startswith("qa: serving MCP")
        time.sleep(0.3)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=20)
    assert (started.returncode, out, err) == (130, "", "qa: stopped\n")


def test_without_the_package_the_command_names_the_one_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "qa.mcp.server")
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setattr(sys, "argv", ["qa", "mcp"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "pip install 'citespan[mcp]'" in capsys.readouterr().err


def test_an_address_without_http_is_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["qa", "mcp", "--port", "9000"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "--host and --port are for --http" in capsys.readouterr().err
