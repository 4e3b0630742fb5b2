"""Conditions on metadata, from every way to ask: the command line, Python, HTTP and MCP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

import qa
from corpus.errors import SettingError, SourceError
from qa.cli import cli
from qa.engine import Engine
from qa.mcp.tools import tools_of
from qa.server import create_app

QUESTION = "How many days of leave are there?"
KEYS = "keys: date, department, status, title, year"
ROWS = [
    {"id": "it", "title": "Leave in IT", "text": "There are 27 days of leave.", "department": "IT", "year": 2023},
    {
        "id": "sales",
        "title": "Leave in sales",
        "text": "There are 31 days of leave.",
        "department": "Sales",
        "year": 2021,
    },
]


@pytest.fixture(autouse=True)
def _handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of three documents that answer the question alike, but for the number."""
    monkeypatch.chdir(tmp_path)
    for name in ("QA_INDEX", "QA_CALIBRATION"):
        monkeypatch.delenv(name, raising=False)
    Path("docs").mkdir()
    front = "---\ntitle: Leave in HR\ndepartment: HR\ndate: 2024-03-05\nstatus: draft\n---\n"
    Path("docs/hr.md").write_text(f"{front}There are 25 days of leave.\n", encoding="utf-8")
    Path("docs/rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    qa.build(["docs"]).save("x.index")


@pytest.fixture
def engine() -> Engine:
    return qa.open("x.index", reader="lexical")


def run(*arguments: str, typed: str | None = None) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, [*arguments, "--index", "x.index"], input=typed, standalone_mode=False)
    if ran.exception is not None:
        raise ran.exception
    return ran.return_value, ran.output


def test_python_asks_only_what_meets_the_conditions(engine: Engine) -> None:
    assert engine.ask(QUESTION, where={"department": "hr"}, min_confidence=0).text == "25"
    assert engine.ask(QUESTION, where={"year": 2023}, min_confidence=0).text == "27"
    assert engine.ask(QUESTION, where=["status!=draft", "year<2022"], min_confidence=0).text == "31"
    (answer,) = engine.ask_many([QUESTION], where=["department=Sales"], min_confidence=0)
    assert answer.text == "31"
    assert [hit.passage.document for hit in engine.search("leave", where=["date>=2024"])] == ["hr"]
    assert len(engine.search("leave")) == 3


def test_an_answer_is_of_the_documents_asked_even_with_alternatives(engine: Engine) -> None:
    answer = engine.ask(QUESTION, where=["department!=HR"], min_confidence=0, top=5)
    texts = {answer.text, *(other.text for other in answer.alternatives)}
    assert texts <= {"27", "31"}


def test_python_says_what_is_wrong(engine: Engine) -> None:
    with pytest.raises(SettingError, match="give a list"):
        engine.ask(QUESTION, where="department=HR")
    with pytest.raises(SourceError, match=f"did you mean department.; {KEYS}"):
        engine.ask(QUESTION, where=["departement=HR"])


def test_the_command_line_asks_searches_and_shows() -> None:
    asked = ["--reader", "lexical", "--min-confidence", "0", "--json"]
    code, out = run("ask", QUESTION, "--where", "department=IT", *asked)
    assert (code, json.loads(out)["text"]) == (0, "27")
    code, out = run("ask", "--batch", "-", "--where", "year<=2021", *asked, typed=f"{QUESTION}\n{QUESTION}\n")
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["31", "31"]
    code, out = run("search", "leave", "--where", "department!=IT", "--where", "department!=HR", "--json")
    assert [json.loads(line)["passage"]["document"] for line in out.splitlines()] == ["sales"]
    code, out = run("chat", "--where", "department=HR", "--reader", "lexical", "--min-confidence", "0", typed=QUESTION)
    assert "25" in out.splitlines()
    assert "27" not in out


def test_the_command_line_shows_metadata() -> None:
    _, out = run("show", "--metadata")
    assert out.splitlines() == [
        "date (1 document): 2024-03-05",
        "department (3 documents): HR; IT; Sales",
        "status (1 document): draft",
        "title (1 document): Leave in HR",
        "year (2 documents): 2023; 2021",
    ]
    assert run("show", "it", "--metadata") == (0, "department: IT\nyear: 2023\n")
    assert json.loads(run("show", "it", "--metadata", "--json")[1]) == {
        "id": "it",
        "metadata": {"department": "IT", "year": "2023"},
    }
    assert json.loads(run("show", "it", "--json")[1])["metadata"] == {"department": "IT", "year": "2023"}


def test_the_command_line_evaluates_within_the_documents() -> None:
    Path("q.json").write_text(json.dumps([{"question": QUESTION, "answers": ["31"]}]), encoding="utf-8")
    _, out = run("eval", "q.json", "--where", "department=Sales", "--json")
    assert json.loads(out)["em"] == 1.0
    _, out = run("eval", "q.json", "--where", "department=IT", "--json")
    assert json.loads(out)["em"] == 0.0


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", "leave"], ["chat"]])
def test_the_command_line_says_which_keys_and_values_there_are(command: list[str]) -> None:
    with pytest.raises(SourceError, match=f"no document has the key 'colour'; {KEYS}"):
        run(*command, "--where", "colour=red", typed="")
    with pytest.raises(SourceError, match=f"values of department: HR; IT; Sales; {KEYS}"):
        run(*command, "--where", "department=Law", typed="")
    with pytest.raises(SettingError, match="expected key=value"):
        run(*command, "--where", "department", typed="")


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine)) as client:
        yield client


def test_http_asks_only_what_meets_the_conditions(client: TestClient) -> None:
    base: dict[str, Any] = {"question": QUESTION, "min_confidence": 0}
    assert client.post("/ask", json=base | {"where": {"year": 2023}}).json()["text"] == "27"
    assert client.post("/ask", json=base | {"where": ["department=HR", "date<2025"]}).json()["text"] == "25"
    query = {"q": QUESTION, "min_confidence": 0, "where": ["status!=draft", "year=2021"]}
    assert client.get("/ask", params=query).json()["text"] == "31"
    hits = client.post("/search", json={"question": "leave", "where": ["department=IT"]}).json()["hits"]
    assert [hit["passage"]["document"] for hit in hits] == ["it"]
    lines = client.post("/ask/batch?min_confidence=0&where=department%3DHR", content=QUESTION).text.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["25"]
    messages = [{"role": "user", "content": QUESTION}]
    options = {"where": {"department": "Sales"}, "min_confidence": 0}
    reply = client.post("/v1/chat/completions", json={"messages": messages, "citespan": options}).json()
    assert reply["choices"][0]["message"]["citespan"]["text"] == "31"
    reply = client.post("/v1/responses", json={"input": QUESTION, "citespan": options}).json()
    assert reply["citespan"]["text"] == "31"


def test_http_says_what_is_wrong(client: TestClient) -> None:
    for answer in (
        client.post("/ask", json={"question": QUESTION, "where": ["colour=red"]}),
        client.post("/ask/batch?where=colour%3Dred", content=QUESTION),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_metadata")
        assert KEYS in answer.json()["detail"]
    assert client.post("/ask", json={"question": QUESTION, "where": ["colour"]}).status_code == 422
    assert client.get("/ask", params={"q": QUESTION, "where": "colour"}).status_code == 422


def test_http_tells_the_metadata_of_documents(client: TestClient) -> None:
    assert client.get("/documents/it").json()["metadata"] == {"department": "IT", "year": "2023"}
    listed = {document["id"]: document["metadata"] for document in client.get("/documents").json()["documents"]}
    assert listed["sales"] == {"department": "Sales", "year": "2021"}


@pytest.mark.parametrize("where", [["department=IT"], {"department": "IT"}, '{"department": "IT"}', "department=IT"])
def test_language_models_ask_only_what_meets_the_conditions(engine: Engine, where: object) -> None:
    ask = next(tool for tool in tools_of() if tool.name == "ask")
    arguments = ask.arguments.model_validate({"question": QUESTION, "min_confidence": 0, "where": where})
    assert ask.run(engine, arguments)[1].to_dict()["text"] == "27"
    search = next(tool for tool in tools_of() if tool.name == "search")
    found = search.run(engine, search.arguments.model_validate({"query": "leave", "where": where}))[1].to_dict()
    assert [hit["passage"]["document"] for hit in found["hits"]] == ["it"]
