"""Large builds: chunk by chunk, in worker processes, in files; always the index that one process makes in memory."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import CitespanError, IndexFolderError, SourceError
from index.building import assembly, build, chunks, workers
from index.building.assembly import Store, assemble
from index.building.build import build_index, build_segment
from index.building.counting import weigh
from index.building.spill import open_spill, spill
from index.building.worker import packed, unpacked
from index.data import joining
from index.folder.storage import save_index
from index.ranking.search import Index
from index.ranking.weighting import WEIGHTINGS
from index.settings import IndexSettings, WeightingSettings

WORDS = ["tea", "Teas", "ice", "U.S.", "1,200", "Đorđe", "water", "水", "\ud800", "snow.", "Rain.", "\n"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def document(name: str, text: str, path: tuple[str, ...] = ("Kinds",)) -> Document:
    middle = len(text) // 2
    sections = (Section((), 0, middle), Section(path, middle, len(text)))
    return Document(name, f"On {name}", text, sections, "-", (0, middle))


DOCUMENTS = [document(f"d{n}", f"Tea {n} is hot, {WORDS[n % 12]} is not. " * (n % 5 + 1)) for n in range(60)]


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def content(index: Index) -> dict[str, bytes]:
    """Every file of an index as it is saved."""
    with tempfile.TemporaryDirectory() as place:
        save_index(index, Path(place) / "x")
        return {path.name: path.read_bytes() for path in (Path(place) / "x").iterdir()}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=4),
    st.sampled_from([weighting.name for weighting in WEIGHTINGS]),
    st.booleans(),
)
def test_spilled_segments_make_the_index_of_all_their_documents(
    parts: list[list[str]], name: str, in_files: bool
) -> None:
    chosen = IndexSettings(weighting=WeightingSettings(name=name))
    named = [[document(f"{n}-{m}", text) for m, text in enumerate(part)] for n, part in enumerate(parts)]
    with (
        tempfile.TemporaryDirectory() as place,
        ThreadPoolExecutor(2) as threads,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(assembly, "_FILE", 300)
        patched.setattr(assembly, "_STRETCH", 5)
        patched.setattr(assembly, "_STRETCH_IN_FILES", 7)
        patched.setattr(joining, "_TERMS_AT_ONCE", 6)
        for number, part in enumerate(named):
            spill(build_segment(part, settings=chosen), Path(place) / f"{number}")
        spills = [open_spill(Path(place) / f"{number}", chosen) for number in range(len(named))]
        index = assemble(spills, Store(Path(place) if in_files else None), threads)
        assert content(index) == content(build_index([one for part in named for one in part], settings=chosen))


@pytest.mark.parametrize(("processes", "memory"), [(1, None), (2, None), (1, 1000), (2, 1000)])
def test_many_documents_are_built_in_chunks_to_the_same_index(
    processes: int, memory: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = content(weigh(build_segment(DOCUMENTS)))
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    told: list[tuple[int, int | None]] = []
    index = build_index(
        DOCUMENTS,
        processes=processes,
        memory=memory,
        scratch=tmp_path / "new",
        progress=lambda *step: told.append(step),
    )
    assert told == [(number, 60) for number in range(1, 61)]
    assert list(tmp_path.iterdir()) == [], "nothing is left beside the index"
    assert content(index) == expected


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("place", [1, 50])
def test_an_id_that_is_taken_is_refused_wherever_it_stands(
    processes: int, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    many = [*DOCUMENTS[:place], DOCUMENTS[0], *DOCUMENTS[place:]]
    with pytest.raises(SourceError, match="'d0' is taken"):
        build_index(many, processes=processes, scratch=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_reading_stops_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    started: list[workers._Worker] = []
    start = workers._Worker.__init__

    def noted(self: workers._Worker, chosen: IndexSettings) -> None:
        start(self, chosen)
        started.append(self)

    monkeypatch.setattr(workers._Worker, "__init__", noted)

    def interrupted() -> Iterator[Document]:
        yield from DOCUMENTS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(interrupted(), processes=2, scratch=tmp_path / "new")
    assert [worker._process.poll() is None for worker in started] == [False, False]
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_is_killed_ends_the_build_with_a_word_of_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    start = workers._Worker.__init__

    def killed(self: workers._Worker, chosen: IndexSettings) -> None:
        start(self, chosen)
        self._process.kill()

    monkeypatch.setattr(workers._Worker, "__init__", killed)
    with pytest.raises(CitespanError, match=r"worker process of the build ended early \(exit code -9\).*--memory"):
        build_index(DOCUMENTS, processes=2, scratch=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_reported_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(IndexFolderError, match=r"new: cannot be used .*the disk is full.*free some space"):
        build_index(DOCUMENTS, processes=1, memory=1, scratch=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    (tmp_path / "diary.txt").touch()
    with pytest.raises(IndexFolderError, match=r"cannot be used .*it exists and holds diary\.txt"):
        build_index(DOCUMENTS, processes=1, scratch=tmp_path)
    assert (tmp_path / "diary.txt").exists()


def test_a_build_goes_on_where_a_killed_one_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "chunk_size", lambda *_: 700)
    written: list[Path] = []
    write = workers._in_process

    def noted(chosen: IndexSettings, *_: int) -> tuple[workers.Write, Callable[[], None]]:
        inner, close = write(chosen)

        def outer(documents: list[Document], chunk: tuple[bytes, bytes], path: Path) -> None:
            written.append(path)
            inner(documents, chunk, path)

        return outer, close

    monkeypatch.setattr(workers, "_in_process", noted)
    scratch = tmp_path / "new"

    def killed() -> Iterator[Document]:
        yield from DOCUMENTS[:40]
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            build_index(killed(), processes=1, scratch=scratch)
    done = len(written)
    (scratch / "0.part").touch()
    (scratch / "x.spill.unfinished").touch()
    (scratch / f"0-{'0' * 32}.spill").write_bytes(b"of other documents")
    written.clear()
    changed = [*DOCUMENTS[:-1], document("new", "Snow.")]
    index = build_index(changed, processes=1, scratch=scratch)
    assert done > 2
    assert 0 < len(written) < done + 3, "only what was not there is written"
    assert content(index) == content(weigh(build_segment(changed)))
    assert not scratch.exists()


@pytest.mark.skipif(not find_spec("resource"), reason="the system has no limit of open files to raise")
def test_more_segments_than_files_that_may_be_open_are_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    monkeypatch.setattr(build, "chunk_size", lambda *_: 200)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = len(os.listdir("/dev/fd")) + 12  # noqa: PTH208
    expected = content(weigh(build_segment(DOCUMENTS)))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    try:
        index = build_index(DOCUMENTS, processes=1, memory=1, scratch=tmp_path / "new")
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (limit, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert content(index) == expected


def test_threads_never_share_a_place_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "_FILE", 300)
    store = Store(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        arrays = list(threads.map(lambda size: store.array(size, np.int8), [5] * 400))
    for number, array in enumerate(arrays):
        array[:] = number % 100
    assert [array.tolist() for array in arrays] == [[number % 100] * 5 for number in range(400)]


def test_documents_survive_the_way_to_a_worker() -> None:
    documents = [document("a", "\ud83d"), document("b", "\ude00 水 é"), document("c", "", ())]
    assert unpacked(*packed(documents)) == documents


def test_the_last_two_chunks_are_shared_out_among_the_workers() -> None:
    one, two, three = ([document(f"{number}{at}", "tea " * 25) for at in range(9)] for number in range(3))

    def shared(cut: list[list[Document]]) -> list[int]:
        found = list(chunks.evened(cut, 3))
        assert [each for chunk in found for each in chunk] == [each for chunk in cut for each in chunk]
        return list(map(len, found))

    assert shared([one, two[:3]]) == [4, 4, 4]
    assert shared([one, two, three[:2]]) == [9, 2, 2, 2, 2, 2, 1]
    assert shared([one, two, three]) == [9, 3, 3, 3, 3, 3, 3]
    assert shared([one, two, three, one[:1]]) == [9, 9, 2, 2, 2, 2, 2]
    assert shared([one]) == [3, 3, 3]
    assert shared([]) == []


def test_less_memory_makes_smaller_chunks() -> None:
    assert chunks.chunk_size(None) == chunks.CHUNK
    sizes = [chunks.chunk_size(memory, 2) for memory in (1, 600_000_000, 10**12)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[1] < sizes[2] == chunks.CHUNK


@pytest.mark.parametrize("sent", ["nothing", "half the settings", "half a job", "half the texts", "a whole job"])
def test_a_worker_whose_build_was_killed_ends_without_a_word(sent: str, tmp_path: Path) -> None:
    line, texts = packed(DOCUMENTS[:3])
    chosen = json.dumps(asdict(IndexSettings())).encode() + b"\n"
    job = json.dumps([str(tmp_path / "0.spill"), len(texts)]).encode() + b"\n"
    whole = chosen + job + line + texts
    sizes = {
        "nothing": 0,
        "half the settings": len(chosen) // 2,
        "half a job": len(chosen) + len(job) // 2,
        "half the texts": len(whole) - len(texts) // 2,
        "a whole job": len(whole),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "index.building.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(build.__file__).parents[2])},
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, said = process.communicate(whole[: sizes[sent]])
    assert (process.returncode, said) == (0, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["0.spill"] * (sent == "a whole job")
