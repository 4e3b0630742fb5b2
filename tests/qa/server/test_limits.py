"""Limits that hold: sizes, places, time; and health that answers whatever is being read."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.errors import SettingError
from qa.engine import Engine
from qa.readers.readings import Reading
from qa.server import Service, Settings, create_app
from qa.server.problems import Problem

QUESTION = {"question": "When were visas abolished?"}


class HeldReader:
    """A reader that waits until it is let go."""

    name = "lexical"
    passages = 4
    least_coverage = 0.0
    knows_other_words = False

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)

    def read(self, *_: Any) -> Reading:
        self.begun.release()
        assert self.go.wait(20)
        return Reading((), no_answer=0.0)


@pytest.fixture
def held(engine: Engine) -> Iterator[Engine]:
    """An engine whose reader is held; it is let go at the end."""
    slow = copy(engine)
    slow.reader = HeldReader()
    yield slow
    slow.reader.go.set()


@pytest.fixture(scope="module")
def small(engine: Engine) -> Iterator[TestClient]:
    settings = Settings(question_length=50, body_bytes=200, batch_bytes=400)
    with TestClient(create_app(engine, settings=settings)) as client:
        yield client


def test_a_question_may_be_as_long_as_the_limit_and_no_longer(small: TestClient) -> None:
    assert small.post("/ask", json={"question": "é" * 50}).status_code == 200
    for response in (small.post("/ask", json={"question": "é" * 51}), small.get("/ask", params={"q": "é" * 51})):
        assert (response.status_code, response.json()["code"]) == (422, "question_too_long")
        assert "at most 50" in response.json()["detail"]
    assert small.post("/search", json={"question": "é" * 51}).status_code == 422


def test_a_body_that_is_too_large_is_a_413_however_it_is_sent(small: TestClient) -> None:
    json = {"content-type": "application/json"}
    for path, size, status in (("/ask", 201, 413), ("/search", 201, 413), ("/ask/batch", 401, 413), ("/ask", 200, 400)):
        whole = small.post(path, content=b"x" * size, headers=json)
        parts = small.post(path, content=iter([b"x" * 100] * (size // 100) + [b"x" * (size % 100)]), headers=json)
        assert (whole.status_code, parts.status_code) == (status, status), (path, size)
    assert small.post("/ask/batch", content=b"xylophone?\n" * 30).status_code == 200
    assert "more than" not in (told := small.post("/ask", content=b"x" * 201, headers=json).json()["detail"])
    assert "200 bytes" in told


def test_a_body_that_does_not_come_is_a_408(engine: Engine, serve: Callable[..., Any]) -> None:
    import socket
    from urllib.parse import urlsplit

    with serve(engine, Settings(time_limit=0.3)) as address:
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port), timeout=5) as connection:
            head = b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
            connection.sendall(head + b'{"question"')
            assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_a_stated_length_that_is_too_large_is_refused_before_the_body_is_read(
    engine: Engine, serve: Callable[..., Any]
) -> None:
    import socket
    from urllib.parse import urlsplit

    with (
        serve(engine, Settings(body_bytes=1000)) as address,
        socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=5) as connection,
    ):
        connection.sendall(b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_beyond_the_bound_in_flight_a_question_gets_503_and_when_to_come_back(held: Engine) -> None:
    settings = Settings(in_flight=2, threads=1)
    with TestClient(create_app(held, settings=settings)) as client, ThreadPoolExecutor(2) as callers:
        assert held.reader.begun.acquire(timeout=5)  # the first question is the service's own
        waiting = [callers.submit(client.post, "/ask", json=QUESTION) for _ in range(2)]
        deadline = time.monotonic() + 5
        while "citespan_in_flight 2.0" not in client.get("/metrics").text:
            assert time.monotonic() < deadline
        refused = client.post("/ask", json=QUESTION)
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200
        assert client.get("/documents").status_code == 503
        held.reader.go.set()
        assert [answered.result().status_code for answered in waiting] == [200, 200]
        assert client.post("/ask", json=QUESTION).status_code == 200
        assert "citespan_in_flight 0.0" in client.get("/metrics").text


def test_who_is_patient_waits_for_a_place(held: Engine) -> None:
    async def scene() -> None:
        service = Service(held, settings=Settings(in_flight=1, threads=1))
        first = asyncio.create_task(service.ask(QUESTION["question"]))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(service.ask(QUESTION["question"], patient=True))
        await asyncio.sleep(0.05)
        assert not second.done()
        held.reader.go.set()
        assert [answer.reason for answer in await asyncio.gather(first, second)] == ["low_confidence"] * 2
        await service.stop()

    asyncio.run(scene())


def test_what_takes_too_long_is_a_504_and_keeps_its_place_until_it_is_done(held: Engine) -> None:
    async def scene() -> None:
        service = Service(held, settings=Settings(in_flight=2, threads=1, time_limit=0.1))
        with pytest.raises(Problem) as slow:
            await service.ask(QUESTION["question"])
        assert (slow.value.status_code, slow.value.code) == (504, "too_slow")
        with pytest.raises(Problem) as queued:  # it never began: the service was busy, the question not slow
            await service.ask(QUESTION["question"])
        assert (queued.value.status_code, queued.value.headers["Retry-After"] >= "1") == (503, True)
        held.reader.go.set()
        await asyncio.sleep(0.05)
        assert (await service.ask(QUESTION["question"])).reason == "low_confidence"
        await service.stop()

    asyncio.run(scene())


def test_who_goes_away_while_waiting_frees_the_place(held: Engine) -> None:
    async def scene() -> None:
        service = Service(held, settings=Settings(in_flight=2, threads=1))
        first = asyncio.create_task(service.ask(QUESTION["question"]))
        gone = asyncio.create_task(service.ask(QUESTION["question"]))
        await asyncio.sleep(0.05)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        third = asyncio.create_task(service.ask(QUESTION["question"]))
        await asyncio.sleep(0.05)
        held.reader.go.set()
        assert (await first).reason == (await third).reason == "low_confidence"
        await service.stop()

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"in_flight": 0}, "in_flight"),
        ({"time_limit": 0}, "time_limit"),
        ({"time_limit": float("inf")}, "time_limit"),
        ({"api_key": " "}, "QA_API_KEY"),
        ({"api_key": "schlüssel"}, "ASCII"),
        ({"rate": "often"}, "60/minute"),
        ({"cors": ("example.org",)}, "example.org"),
        ({"cors": ("https://example.org/page",)}, "without a path"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(setting: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingError, match=told):
        Settings(**setting)
