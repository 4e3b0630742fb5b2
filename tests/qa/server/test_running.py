"""``qa serve`` as a process: an index that is replaced while it is asked, signals, workers, and a clean end."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median

import httpx
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

import qa
from corpus.documents import Document, Section
from corpus.errors import CitespanError
from qa.commands.hosts import LOCAL, names_of
from qa.commands.serve import serve
from qa.opening import build_documents
from qa.server.app import create_app
from qa.server.running import Address, listen
from qa.server.settings import Settings

ROOT = Path(__file__).parents[3]
QUESTION = "When did tea come to Europe?"


def save(folder: Path, year: int) -> None:
    """Writes an index that gives that year."""
    text = f"Tea was first drunk in China. It came to Europe in {year}."
    document = Document("tea", "Tea", text, (Section((), 0, len(text)),), "tea.txt")
    build_documents([document], reader="lexical").save(str(folder))


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running ``qa serve`` and its address; it is ended with SIGTERM, and must end by itself."""
    command = [sys.executable, "-m", "qa", "serve", "--port", "0", "--reader", "lexical", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"http://\S+", first)
        assert found, first + process.stderr.read()
        address = found[0]
        deadline = time.monotonic() + 20
        while True:
            try:
                if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process, address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def ask(client: httpx.Client) -> str | None:
    answer = client.post("/ask", json={"question": QUESTION, "min_confidence": 0, "top": 1})
    assert answer.status_code == 200, answer.text
    text: str | None = answer.json()["text"]
    return text


def test_an_index_that_is_replaced_while_the_service_starts_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "tea.index"
    save(folder, 1610)
    opened = qa.open(str(folder), reader="lexical")
    save(folder, 1657)
    settings = Settings(folder=str(folder), poll_seconds=0.05)
    with TestClient(create_app(opened, settings=settings)) as client:
        deadline = time.monotonic() + 20
        while ask(client) != "1657":
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("host", "shared", "names"),
    [
        ("127.0.0.1", False, LOCAL),
        ("127.0.0.2", False, (*LOCAL, "127.0.0.2")),
        ("localhost", True, ()),
        ("0.0.0.0", False, ()),
    ],
)
def test_a_service_for_this_machine_alone_answers_to_its_names_alone(
    host: str, shared: bool, names: tuple[str, ...]
) -> None:
    assert names_of(host, shared=shared) == names


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_index_is_replaced_under_load_without_a_failed_request_and_what_is_in_flight_is_finished(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "tea.index"
    save(folder, 1610)
    seen: list[str | None] = []
    wrong: list[BaseException] = []
    stop = threading.Event()

    def keep_asking(address: str) -> None:
        try:
            with httpx.Client(base_url=address, timeout=20) as client:
                while not stop.is_set():
                    seen.append(ask(client))
        except BaseException as error:  # noqa: BLE001 -- told by the test
            wrong.append(error)

    with serving("--index", str(folder)) as (process, address), httpx.Client(base_url=address, timeout=20) as client:
        callers = [threading.Thread(target=keep_asking, args=(address,)) for _ in range(3)]
        for caller in callers:
            caller.start()
        try:
            for year in (1700, 1800):
                save(folder, year)
                if year == 1800:
                    process.send_signal(signal.SIGHUP)
                deadline = time.monotonic() + 8
                while ask(client) != str(year):
                    assert time.monotonic() < deadline, f"{year} was not opened"
                looked, asked = [], []
                for _ in range(20):
                    started = time.perf_counter()
                    assert client.get("/healthz").status_code == 200
                    looked.append(time.perf_counter() - started)
                    ask(client)
                    asked.append(time.perf_counter() - started - looked[-1])
                assert median(looked) < median(asked)  # questions that are being answered hold it up no more
        finally:
            stop.set()
            for caller in callers:
                caller.join()
        assert wrong == []
        assert set(seen) <= {"1610", "1700", "1800"}

        with client.stream("POST", "/ask/batch", content=f"{QUESTION}\n" * 300) as response:
            lines = response.iter_lines()
            next(lines)
            process.terminate()
            rest = [json.loads(line) for line in lines]
        assert [line["text"] for line in rest] == ["1800"] * 299
        assert process.wait(timeout=20) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_workers_share_an_index_and_a_key_and_their_figures(tmp_path: Path) -> None:
    folder = tmp_path / "tea.index"
    save(folder, 1610)
    arguments = ("--index", str(folder), "--workers", "2", "--feedback", str(tmp_path / "verdicts.jsonl"))
    with serving(*arguments, QA_API_KEY="s3cret") as (process, address):
        headers = {"authorization": "Bearer s3cret"}
        assert httpx.get(f"{address}/documents").status_code == 401
        for _ in range(12):  # each on a connection of its own, so that both workers answer and judge
            answer = httpx.post(f"{address}/ask", json={"question": QUESTION}, headers=headers).json()
            verdict = {"id": answer["id"], "verdict": "right"}
            assert httpx.post(f"{address}/feedback", json=verdict, headers=headers).status_code == 201
        metrics = httpx.get(f"{address}/metrics", headers=headers).text
        assert "citespan_questions_total 12.0" in metrics
        process.send_signal(signal.SIGHUP)
        opened = list[str]()
        told = islice((line for line in process.stderr or () if "index opened anew" in line), 2)
        listener = threading.Thread(target=lambda: opened.extend(told))
        listener.start()
        listener.join(timeout=20)
        assert len(opened) == 2
        assert httpx.get(f"{address}/healthz").status_code == 200
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert "index opened anew" not in process.stderr.read()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rate-limit", "often"], "60/minute"),
        (["--cors", "example.org"], "https://example.org"),
        (["--host", "no-such-host.invalid"], "cannot listen on no-such-host.invalid"),
        (["--feedback", "/no/such/folder/verdicts.jsonl"], "verdicts cannot be appended"),
        (["--index", "/no/such/index"], "does not exist"),
    ],
)
def test_what_cannot_be_served_is_one_message(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(serve, ["--reader", "lexical", *arguments], standalone_mode=False)
    assert isinstance(result.exception, CitespanError)
    assert told in str(result.exception)
    assert result.stdout == ""


def test_a_reply_is_sent_without_waiting_for_the_caller_to_acknowledge_its_head() -> None:
    with listen(Address(port=0)) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
