"""What readers find while a writer works, and after one was killed: the old index or the new one, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.folder.storage import open_index
from index.ranking.search import Index
from index.updating.update import update_index

HARNESS = Path(__file__).with_name("killed_writers.py")
ROOT = HARNESS.parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers to be killed are forked")
def test_a_writer_killed_at_any_step_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    one_in = "12"  # of the writes and deletions between changes of names; "1" tries each, and takes minutes
    done = subprocess.run(
        [sys.executable, str(HARNESS), str(tmp_path), one_in],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tried = [json.loads(line) for line in done.stdout.splitlines()]
    assert [case["write"] for case in tried] == ["fresh", "replace", "update", "replace", "update"]
    assert all(case["old"] > 5 and case["new"] >= 1 for case in tried), tried


def test_readers_meet_the_old_index_or_the_new_one_while_it_is_updated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    Path("books").mkdir()
    for name, text in {"cup": "A cup holds tea.", "tea": "Tea was first drunk in China."}.items():
        Path("books", f"{name}.txt").write_text(text)
    update_index("x.index", ["books"])
    first = open_index("x.index")
    texts = {number: f"Tea number {number} is hot." for number in range(12)}
    allowed = {"Tea was first drunk in China.", *texts.values()}
    seen: list[str] = []
    errors: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                index = open_index("x.index")
                passage = index.passage(len(index) - 1)
                seen.append(passage.text)
                assert index.search(passage.text, 1).numbers.tolist() == [passage_number(index, passage.text)]
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for text in texts.values():
        Path("books/tea.txt").write_text(text)
        update_index("x.index")
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(seen) <= allowed
    assert len(set(seen)) > 1
    assert first.passage(len(first) - 1).text == "Tea was first drunk in China."


def passage_number(index: Index, text: str) -> int:
    return next(number for number, passage in enumerate(index.passages()) if passage.text == text)
