"""An index that keeps up with its files: when it is updated, what is said, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

import qa
from corpus.errors import SourceError
from corpus.skipped import SkippedFile
from index.updating.changes import Changes
from qa.commands.index import index_command
from qa.commands.serve import serve
from qa.watching import Rounds, Watch, beside

ROOT = Path(__file__).parents[2]
SECONDS = 60  # at most, on a machine that has much else to do


def write(name: str, text: str) -> None:
    Path("books").mkdir(exist_ok=True)
    Path("books", name).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def _books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    write("tea.txt", "Tea came to Europe in 1610.")
    qa.update("x.index", ["books"])


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Watched:
    """A watch that is looked through by hand, and what came of it."""

    def __init__(self) -> None:
        self.done: list[Changes] = []
        self.skipped: list[SkippedFile] = []
        self.said: list[str] = []
        rounds = Rounds("x.index", done=self.done.append, skipped=self.skipped.append)
        self.watch = Watch("x.index", rounds, say=self.said.append)
        self.look(2)  # at what was there before

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.watch.look()


def test_a_change_is_taken_in_when_the_files_rest() -> None:
    watched = Watched()
    assert not watched.done
    write("tea.txt", "Tea came to Europe in 1657.")
    watched.look()
    assert not watched.done
    write("cup.txt", "A cup holds tea.")
    watched.look()
    assert not watched.done
    watched.look()
    (changes,) = watched.done
    assert (changes.added, changes.changed, changes.removed) == (("books/cup.txt",), ("books/tea.txt",), ())
    assert qa.open("x.index").document("tea").text == "Tea came to Europe in 1657."
    watched.look(3)
    assert len(watched.done) == 1
    Path("books/cup.txt").unlink()
    watched.look(2)
    assert watched.done[1].removed == ("books/cup.txt",)
    assert not watched.said


def test_a_file_that_never_rests_is_taken_in_all_the_same() -> None:
    watched = Watched()
    for number in range(12):
        write("log.txt", f"Line {'x' * number}.")
        watched.look()
    assert watched.done
    assert watched.done[0].added == ("books/log.txt",)


def test_a_round_that_fails_is_said_once_and_the_next_goes_on() -> None:
    watched = Watched()
    Path("books/tea.txt").rename("tea.txt")
    Path("books").rmdir()
    watched.look(4)
    (message,) = watched.said
    assert message.startswith("not updated, and looked at again: ")
    assert "books: no such file or folder any more" in message
    assert qa.open("x.index").counts()["documents"] == 1
    write("pot.txt", "A pot.")
    watched.look(2)
    assert watched.done[0].added == ("books/pot.txt",)
    assert len(watched.said) == 1


def test_what_cannot_be_read_is_told_when_it_first_is() -> None:
    watched = Watched()
    write("photo.bin", "?")
    write("cup.txt", "A cup.")
    watched.look(2)
    write("cup.txt", "A cup holds tea.")
    watched.look(2)
    assert len(watched.done) == 2
    assert [file.path for file in watched.skipped] == ["books/photo.bin"]


def test_what_fails_is_tried_again_ever_less_often_and_at_once_when_a_file_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[float] = []
    clock = [0.0]
    monkeypatch.setattr("qa.watching.time.monotonic", lambda: clock[0])

    def fail() -> None:
        tries.append(clock[0])
        raise SourceError("the disk is full")

    said: list[str] = []
    watch = Watch("x.index", fail, every=1.0, say=said.append)
    for second in range(20):
        clock[0] = float(second)
        watch.look()
    assert tries == [1.0, 2.0, 4.0, 8.0, 16.0]
    write("cup.txt", "A cup.")
    watch.look()
    watch.look()
    assert tries[5:] == [19.0]
    assert said == ["not updated, and looked at again: the disk is full"]


def test_an_index_of_no_files_cannot_be_watched() -> None:
    qa.default().save("none.index")
    said: list[str] = []
    Watch("none.index", lambda: None, say=said.append).look()
    assert said == [
        "not updated, and looked at again: none.index: was not built from files, so there is nothing to watch"
    ]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_command_watches_until_it_is_stopped(stop: signal.Signals) -> None:
    command = [sys.executable, "-P", "-m", "qa", "index", "books", "-o", "new.index", "--watch", "--every", "0.1"]
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("new.index: 1 document, 1 passage; files: 1 added")
    write("cup.txt", "A cup holds tea.")
    assert process.stdout.readline().startswith("new.index: 2 documents, 2 passages; files: 1 added, 0 changed")
    process.send_signal(stop)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (0, "")
    assert err == "qa: watching the files of new.index (Ctrl-C stops)\nqa: stopped\n"
    assert sorted(path.name for path in Path().iterdir()) == ["books", "new.index", "x.index"]


def test_a_process_beside_watches_ends_with_the_context_and_is_started_again() -> None:
    said: list[str] = []
    with beside("x.index", every=0.1, say=said.append):
        write("cup.txt", "A cup holds tea.")
        until(lambda: qa.open("x.index").counts()["documents"] == 2)
    write("pot.txt", "A pot.")
    time.sleep(0.5)
    assert qa.open("x.index").counts()["documents"] == 2
    assert not said


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("place", [["--source", "books"], ["--index", "x.index", "--workers", "2"]])
def test_a_service_keeps_up_with_its_files_and_loses_no_request(place: list[str]) -> None:
    command = [sys.executable, "-P", "-m", "qa", "serve", "--port", "0", "--reader", "lexical", "--watch", *place]
    service = subprocess.Popen(
        [*command, "--every", "0.1"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "QA_INDEX": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert service.stderr is not None
    said: list[str] = []
    try:
        found = re.search(r"http://\S+", service.stderr.readline())
        assert found
        reading = threading.Thread(target=lambda: said.extend(service.stderr or ()))
        reading.start()
        with httpx.Client(base_url=found[0], timeout=SECONDS) as client:
            until(lambda: _ready(client))
            for year in ("1657", "1658"):
                write("tea.txt", f"Tea came to Europe in {year}. It was costly.")
                until(lambda: _year(client) == year)  # noqa: B023
    finally:
        service.send_signal(signal.SIGINT)
        code = service.wait(timeout=SECONDS)
    reading.join(timeout=SECONDS)
    service.stderr.close()
    assert code == 0
    assert sum("0 added, 1 changed" in line for line in said) == 2


def _ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _year(client: httpx.Client) -> str:
    answer = client.post("/ask", json={"question": "When did tea come to Europe?", "min_confidence": 0})
    assert answer.status_code == 200
    return str(answer.json()["text"])


@pytest.mark.parametrize(
    ("command", "arguments", "told"),
    [
        (index_command, ["books", "-o", "y", "--every", "1"], "--every SECONDS is for --watch"),
        (index_command, ["--watch", "--verify", "x.index"], "--watch keeps an index up with its files"),
        (index_command, ["--watch", "-o", "x.index", "--remove", "books"], "--watch keeps an index up with its files"),
        (serve, ["--every", "1"], "--every SECONDS is for --watch"),
        (serve, ["--watch"], "--watch is for files"),
    ],
)
def test_what_does_not_go_with_watching_is_said(command, arguments: list[str], told: str) -> None:  # type: ignore[no-untyped-def]
    ran = CliRunner().invoke(command, arguments, env={"QA_INDEX": ""})
    assert ran.exit_code == 2
    assert told in ran.output
