"""The writer's lock: one writer at a time, who is named, and nothing left of those that were killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError
from index.building.build import build_index
from index.folder.lock import writing
from index.folder.storage import open_index, save_index
from index.ranking.search import Index

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from index.folder.lock import writing
with writing(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def index_of(text: str) -> Index:
    return build_index([Document("d", "Title", text, (Section((), 0, len(text)),), "-")])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "x.index"


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which writes the folder until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_is_at_work_and_gives_up_in_time(
    folder: Path, other: subprocess.Popen[str]
) -> None:
    told: list[str] = []
    with (
        pytest.raises(IndexFolderError, match=rf"x\.index: another writer .*process {other.pid} on .*0\.1 s.*--wait"),
        writing(folder, wait=0.1, on_wait=told.append),
    ):
        raise AssertionError("two writers at once")
    assert len(told) == 1
    assert f"process {other.pid} on " in told[0]
    with pytest.raises(IndexFolderError, match="within 0 s"), writing(folder, wait=0, on_wait=told.append):
        raise AssertionError("two writers at once")
    assert len(told) == 1


@pytest.mark.parametrize("end", ["killed", "done"])
def test_a_second_writer_goes_on_once_the_first_is_done_or_killed(
    folder: Path, other: subprocess.Popen[str], end: str
) -> None:
    def finish(_: str) -> None:
        if end == "killed":
            other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        elif other.stdin is not None:
            other.stdin.close()

    with writing(folder, wait=20, on_wait=finish) as place:
        assert place == folder.resolve()
    assert list(folder.parent.iterdir()) == []


def test_readers_do_not_wait_for_a_writer(folder: Path) -> None:
    save_index(index_of("Tea."), folder)
    with writing(folder):
        reader = threading.Thread(target=open_index, args=(folder,))
        reader.start()
        reader.join(timeout=20)
        assert not reader.is_alive()


def test_whoever_holds_the_lock_may_take_it_again(folder: Path) -> None:
    with writing(folder, wait=0), writing(folder.parent / "." / folder.name, wait=0):
        save_index(index_of("Tea."), folder)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_threads_write_one_after_the_other(folder: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def write() -> None:
        for _ in range(5):
            with writing(folder, wait=20):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 20
    assert max(most) == 1


def test_two_names_of_one_folder_are_one_lock(folder: Path, other: subprocess.Popen[str]) -> None:
    assert other.poll() is None
    link = folder.parent / "link"
    link.symlink_to(folder)
    with pytest.raises(IndexFolderError, match="link: another writer"), writing(link, wait=0):
        raise AssertionError("two writers at once")


def test_what_a_killed_writer_left_is_cleared_and_nothing_else(folder: Path) -> None:
    save_index(index_of("Tea."), folder)
    for name in (".x.index.0123abcd.new", ".x.index.previous", ".x.index.partial", ".y.index.0123abcd.new"):
        (folder.parent / name).mkdir()
        (folder.parent / name / "terms.txt").touch()
    (folder.parent / ".x.index.lock").touch()
    (folder.parent / ".x.index.writer").write_text("{")
    with writing(folder):
        pass
    names = {path.name for path in folder.parent.iterdir()}
    assert names == {"x.index", ".x.index.partial", ".y.index.0123abcd.new"}


def test_a_folder_left_aside_by_a_kill_comes_back(folder: Path) -> None:
    save_index(index_of("Tea."), folder)
    folder.rename(folder.parent / ".x.index.previous")
    with writing(folder):
        assert len(open_index(folder)) == 1
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_place_where_no_lock_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexFolderError, match=r"cannot be written.*qa index"), writing(tmp_path / "file" / "x.index"):
        raise AssertionError("a folder in a file")


def test_the_root_of_the_file_system_is_no_place_for_an_index() -> None:
    with (
        pytest.raises(IndexFolderError, match=r"/: is the root .* with a name; name a new folder.*-o DIR"),
        writing("/"),
    ):
        raise AssertionError("an index without a name")
    with pytest.raises(IndexFolderError, match="is the root"):
        save_index(index_of("Tea."), "/")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which no one can make a file")
def test_a_folder_in_which_no_file_can_be_made_is_not_waited_for() -> None:
    told: list[str] = []
    with (
        pytest.raises(IndexFolderError, match=r"/proc/x\.index: the index cannot be written.*-o DIR"),
        writing("/proc/x.index", wait=0.1, on_wait=told.append),
    ):
        raise AssertionError("a file in /proc")
    assert told == []


@pytest.mark.parametrize(("name", "cause"), [("notes.txt", "is a file"), ("mine", "not empty and no index")])
def test_what_no_index_may_replace_is_refused_before_anything_is_done(tmp_path: Path, name: str, cause: str) -> None:
    (tmp_path / "mine").mkdir()
    for path in (tmp_path / "notes.txt", tmp_path / "mine" / "notes.txt"):
        path.write_text("keep me")
    with pytest.raises(IndexFolderError, match=rf"{name}: {cause}"), writing(tmp_path / name):
        raise AssertionError("the work was begun")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "notes.txt"]
