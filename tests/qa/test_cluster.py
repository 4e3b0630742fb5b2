"""Indexing and batch asking on a real cluster, from Python and from the command line."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import qa
from index.cluster import connection as reaching
from qa import cluster as machines
from qa.cli import cli
from qa.commands.options import EXIT_ANSWERED, EXIT_BAD_INPUT

QUESTIONS = [f"When was tea of {name} cold?" for name in ("China", "India", "Japan", "Mars")] * 16


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, and the index of them that one machine builds."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "teas").mkdir()
    for year, name in enumerate(("China", "India", "Japan"), start=1900):
        (tmp_path / "teas" / f"{name}.txt").write_text(f"The tea of {name} was cold in {year}. Nobody drank it.")
    qa.build(["teas"], reader="lexical").save("one.index")
    return tmp_path


def plain(answer: qa.Answer) -> dict[str, Any]:
    return answer.to_dict() | {"elapsed_ms": 0}


def answers(questions: list[str], folder: str) -> list[dict[str, Any]]:
    return [plain(answer) for answer in qa.open(folder, reader="lexical").ask_many(questions)]


@pytest.mark.usefixtures("folder")
def test_a_cluster_answers_as_one_machine_does_in_the_order_of_the_questions(cluster: Any) -> None:
    address = cluster.scheduler_address
    engine = machines.build(["teas"], "x.index", address=address, shards=3, reader="lexical")
    assert engine.counts() == {"documents": 3, "passages": 3}
    expected = answers(QUESTIONS, "one.index")
    assert answers(QUESTIONS, "x.index") == expected
    for place in ("x.index", "one.index"):
        asked = machines.ask_many(iter(QUESTIONS), place, address=address, reader="lexical")
        assert [plain(answer) for answer in asked] == expected
    assert len({answer["text"] for answer in expected}) > 2


@pytest.mark.usefixtures("folder")
def test_a_worker_that_is_killed_during_a_batch_costs_a_retry_and_nothing_else(cluster: Any) -> None:
    victims = [nanny.pid for nanny in cluster.workers.values()]

    def questions() -> Iterator[str]:
        for number, question in enumerate(QUESTIONS):
            if number == machines.CHUNK + 1:
                os.kill(victims.pop(), signal.SIGKILL)
            yield question

    asked = machines.ask_many(questions(), "one.index", address=cluster.scheduler_address, reader="lexical")
    assert [plain(answer) for answer in asked] == answers(QUESTIONS, "one.index")
    assert len(victims) == 1


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def test_the_command_line_indexes_and_asks_a_batch_on_a_cluster(cluster: Any, folder: Path) -> None:
    (folder / "teas" / "empty.txt").write_text("")
    done = run("index", "teas", "-o", "x.index", "--cluster", cluster.scheduler_address, "--shards", "2", "--json")
    assert done.return_value == EXIT_ANSWERED
    assert json.loads(done.stdout) == {
        "index": "x.index",
        "documents": 3,
        "passages": 3,
        "skipped": [{"path": "teas/empty.txt", "cause": "is empty"}],
        "replaced": [],
        "dropped": 0,
    }
    (folder / "batch").write_bytes(b'When was tea of India cold?\n{}\n\xff\n{"id": 7, "question": "Who wrote?"}\n{1\n')
    given = ("ask", "--batch", "batch", "--json", "--reader", "lexical", "--index")
    alone = run(*given, "one.index")
    shared = run(*given, "x.index", "--cluster", cluster.scheduler_address)
    assert alone.return_value == shared.return_value == EXIT_BAD_INPUT
    found = [json.loads(line) | {"elapsed_ms": 0} for line in shared.stdout.splitlines()]
    assert found == [json.loads(line) | {"elapsed_ms": 0} for line in alone.stdout.splitlines()]
    assert [bool(line.get("error")) for line in found] == [False, True, True, False, True]
    assert found[0]["text"] == "1901"
    assert found[3]["id"] == 7


@pytest.mark.usefixtures("folder")
def test_a_wrong_index_or_setting_is_one_error(cluster: Any) -> None:
    address = cluster.scheduler_address
    with pytest.raises(qa.IndexFolderError, match="does not exist"):
        next(machines.ask_many(["Why?"], "nowhere.index", address=address))
    with pytest.raises(qa.SettingError, match="top is 0"):
        next(machines.ask_many(["When was tea?"], "one.index", address=address, reader="lexical", top=0))
    with pytest.raises(qa.SettingError, match="give a list"):
        machines.ask_many("Why?", "one.index", address=address)


@pytest.mark.usefixtures("folder")
def test_where_no_scheduler_answers_one_error_comes_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed: citespan[cluster]")
    monkeypatch.setattr(reaching, "_PATIENCE", 1.0)
    started = time.monotonic()
    with pytest.raises(qa.ClusterError, match=r"127\.0\.0\.1:1: no scheduler answers there"):
        next(machines.ask_many(["Why?"], "one.index", address="127.0.0.1:1"))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "Why?", "--cluster", "tcp://h:1"),
        ("ask", "--batch", "batch", "--source", "teas", "--cluster", "tcp://h:1"),
        ("index", "teas", "-o", "x", "--update", "--cluster", "tcp://h:1"),
        ("index", "--remove", "teas", "-o", "x", "--cluster", "tcp://h:1"),
        ("index", "teas", "-o", "x", "--shards", "2"),
        ("index", "teas", "-o", "s3://books/x"),
    ],
)
def test_options_that_do_not_go_with_a_cluster_are_a_usage_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("QA_INDEX", "one.index")
    (folder / "batch").write_text("Why?")
    done = run(*arguments)
    assert type(done.exception).__name__ == "UsageError"
    assert "--cluster" in str(done.exception) or "--remove" in str(done.exception)
