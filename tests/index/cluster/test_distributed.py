"""A build on a real cluster of processes: what one machine builds, also when a worker is killed on the way."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ClusterError, IndexFolderError, SettingError, SourceError
from corpus.reading import SourceReading
from index.building.build import build_index
from index.building.sources import with_sources
from index.cluster.distributed import ShardPart, _target, build_shards, partition, read_part
from index.data.origin import origin_of
from index.folder.sharded import Shard, ShardedIndex
from index.folder.storage import open_index, save_index
from index.settings import IndexSettings


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, of which some want the same ids, some hold several documents, and one holds none."""
    monkeypatch.chdir(tmp_path)
    for place in ("a", "b", "b/deep"):
        folder = tmp_path / "handbook" / place
        folder.mkdir(parents=True)
        (folder / "tea.txt").write_text(f"= Tea =\nTea of {place} was hot in 1900.\n\n== History ==\nKings drank it.\n")
        (folder / "all.jsonl").write_text(
            '{"title": "Tea", "text": "Serbia drank tea."}\n{"title": "Ice", "text": "Ice is cold."}\n{"id": 1}\n'
        )
    (tmp_path / "handbook" / "empty.txt").write_text("")
    (tmp_path / "handbook" / "photo.png").write_bytes(b"\x89PNG")
    for path in (tmp_path / "handbook").rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def built_here(folder: Path) -> tuple[dict[str, bytes], set[str]]:
    """Every file of the index that one machine builds of the handbook, and what it skips."""
    skipped = []
    reading = SourceReading(["handbook"], on_skip=skipped.append)
    index = build_index(reading)
    index = with_sources(index, origin_of(reading.base, reading.roots), reading.files, reading.counts)
    save_index(index, folder / "one.index")
    return content(folder / "one.index"), set(map(str, skipped))


def test_a_cluster_builds_what_one_machine_builds(cluster: Any, handbook: Path) -> None:
    skipped, steps = [], []
    index = build_shards(
        ["handbook"],
        "x.index",
        address=cluster.scheduler_address,
        shards=4,
        on_skip=skipped.append,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert isinstance(index, ShardedIndex)
    assert len(index.shards) > 2
    save_index(index, handbook / "joined.index")
    expected, causes = built_here(handbook)
    assert content(handbook / "joined.index") == expected
    assert set(map(str, skipped)) == causes
    assert steps[-1] == (8, 8) == (len(steps), len(steps))
    assert sorted(path.name for path in handbook.iterdir()) == ["handbook", "joined.index", "one.index", "x.index"]


@pytest.mark.parametrize("after", [1, 4])
def test_a_worker_that_is_killed_during_a_build_costs_a_retry_and_nothing_else(
    cluster: Any, handbook: Path, after: int
) -> None:
    victims = [nanny.pid for nanny in cluster.workers.values()]

    def kill(done: int, _total: int | None) -> None:
        if done == after:  # at 4 every shard is analysed and none is written
            os.kill(victims.pop(), signal.SIGKILL)

    index = build_shards(
        ["handbook"], "x.index", address=cluster.scheduler_address, shards=4, on_skip=lambda _: None, progress=kill
    )
    assert len(victims) == 1
    save_index(index, handbook / "joined.index")
    assert content(handbook / "joined.index") == built_here(handbook)[0]


def test_a_cluster_builds_at_an_address_in_place_of_what_stood_there(
    cluster: Any, handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_CACHE", str(handbook / "cache"))
    address = (handbook / "far" / "x.index").as_uri()
    for shards in (2, 3):
        index = build_shards(
            ["handbook"], address, address=cluster.scheduler_address, shards=shards, on_skip=lambda _: None
        )
        assert [document.id for document in index.documents()][:2] == ["tea", "ice"]
        assert len(list((handbook / "far" / "x.index").iterdir())) == 2
    assert len(open_index(address)) == len(index)
    (handbook / "far" / "y.index").mkdir()
    (handbook / "far" / "y.index" / "letter.txt").write_text("Dear Ann")
    with pytest.raises(IndexFolderError, match="not empty and no index"):
        build_shards(["handbook"], address[:-7] + "y.index", address=cluster.scheduler_address, on_skip=lambda _: None)


def test_what_cannot_be_built_leaves_what_stood_there(cluster: Any, handbook: Path) -> None:
    before, _ = built_here(handbook)
    with pytest.raises(SourceError, match=r"no document to read.*empty\.txt"):
        build_shards(["handbook/empty.txt"], "one.index", address=cluster.scheduler_address, on_skip=lambda _: None)
    with pytest.raises(SourceError, match="no such file"):
        build_shards(["nowhere"], "one.index", address=cluster.scheduler_address)
    with pytest.raises(IndexFolderError, match="left as it is"):
        build_shards(["handbook"], "handbook", address=cluster.scheduler_address, on_skip=lambda _: None)
    assert content(handbook / "one.index") == before
    shutil.rmtree(handbook / "handbook")


@pytest.mark.parametrize("address", ["", "foo", "tcp://", "http://localhost:80", "tcp://localhost:99999", "a b:1"])
@pytest.mark.usefixtures("handbook")
def test_what_is_no_address_of_a_scheduler_is_said_at_once(address: str) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed: citespan[cluster]")
    with pytest.raises(ClusterError, match="no address of a scheduler"):
        build_shards(["handbook"], "x.index", address=address, on_skip=lambda _: None)
    assert not Path("x.index").exists()


@pytest.mark.usefixtures("handbook")
def test_dask_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"citespan\[cluster\]"):
        build_shards(["handbook"], "x.index", address="tcp://localhost:8786", on_skip=lambda _: None)
    with pytest.raises(SettingError, match="shards is 0"):
        build_shards(["handbook"], "x.index", address="tcp://localhost:8786", shards=0)


def test_a_worker_says_which_files_it_does_not_see(tmp_path: Path) -> None:
    (tmp_path / "tea.txt").write_text("Tea is hot.")
    built = read_part(ShardPart(str(tmp_path), ((0, "gone.txt"), (0, "tea.txt"))), IndexSettings())
    assert built.read.unseen == ("gone.txt",)
    assert [file.path for file in built.read.files] == ["tea.txt"]
    assert "gone.txt: cannot be read" in str(built.read.skipped[0])
    assert built.__sizeof__() > len("Tea is hot.")


def test_a_shard_that_was_written_out_of_sight_is_an_error_and_what_stood_there_stays(handbook: Path) -> None:
    before, _ = built_here(handbook)
    with pytest.raises(ClusterError, match="does not see it"), _target("one.index") as target:
        target.finish([Shard("shard-00000", 1, 1, "0" * 64)])
    assert content(handbook / "one.index") == before
    assert sorted(path.name for path in handbook.iterdir()) == ["handbook", "one.index"]


def test_parts_are_neighbours_without_gaps_and_about_equal() -> None:
    sizes = [(7 * n) % 31 for n in range(100)]
    for parts in (1, 2, 7, 100, 300):
        runs = partition(sizes, parts)
        assert [n for start, end in runs for n in range(start, end)] == list(range(100))
        assert len(runs) <= parts
        assert all(start < end for start, end in runs)
        assert max(sum(sizes[start:end]) for start, end in runs) <= sum(sizes) / parts + 2 * max(sizes) + 2
    assert partition([], 3) == []
    assert partition([0, 0], 2) == [(0, 1), (1, 2)]
