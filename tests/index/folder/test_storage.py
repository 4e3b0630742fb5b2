"""The index folder: what comes back, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError
from corpus.passages import PassageSettings
from index.building.build import build_index
from index.data.format import FORMAT
from index.folder import layout, storage, swap
from index.folder.layout import scratch_beside
from index.folder.lock import writing
from index.folder.storage import open_index, replacing, save_index
from index.ranking.search import Index
from index.settings import AnalysisSettings, IndexSettings, WeightingSettings

FILES = [file.name for file in layout.FILES]
TEXT = "Visas were abolished in 2009. Đorđe signed the treaty.\n\nThe river is long."


def index_of(*texts: str) -> Index:
    return build_index(
        [
            Document(f"d{n}", "Title", text, (Section(("A", "B"), 0, len(text)),), "-", (0,))
            for n, text in enumerate(texts)
        ]
    )


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of TEXT, as it was saved."""
    folder = tmp_path_factory.mktemp("saved") / "tea.index"
    save_index(index_of(TEXT), folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A folder of one's own with an index of TEXT."""
    return Path(shutil.copytree(saved, tmp_path / "tea.index"))


def same(one: Index, other: Index) -> bool:
    """Whether two indexes hold the same and rank the same."""
    hits = [index.search("visas treaty river \ud800 the", 50) for index in (one, other)]
    return (
        list(one.documents()) == list(other.documents())
        and list(one.passages()) == list(other.passages())
        and list(one.fingerprints()) == list(other.fingerprints())
        and one.settings == other.settings
        and list(one.vocabulary) == list(other.vocabulary)
        and hits[0].numbers.tolist() == hits[1].numbers.tolist()
        and hits[0].scores.tolist() == hits[1].scores.tolist()
        and hits[0].terms == hits[1].terms
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=5)),
        max_size=4,
    )
)
def test_what_is_opened_is_what_was_saved(rows: list[tuple[str, str]]) -> None:
    documents = [
        Document(f"{n}{name}", name, text, (Section((name,), 0, len(text)),), name, (0,))
        for n, (text, name) in enumerate(rows)
    ]
    index = build_index(documents)
    with tempfile.TemporaryDirectory() as place:
        save_index(index, Path(place) / "x")
        assert same(open_index(Path(place) / "x", verify=True), index)


def test_every_file_and_both_folders_are_forced_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", forced.append)
    save_index(index_of(TEXT), tmp_path / "x")
    assert len(forced) == len(FILES) + 1 + 2


def test_settings_are_stored_with_the_index(tmp_path: Path) -> None:
    chosen = IndexSettings(
        analysis=AnalysisSettings(stemmer=None),
        passages=PassageSettings(max_words=33),
        weighting=WeightingSettings(name="tfidf", title=0.25),
    )
    save_index(build_index([], settings=chosen), tmp_path / "x")
    assert open_index(tmp_path / "x").settings == chosen


def test_the_manifest_tells_format_counts_and_files(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == FORMAT
    assert manifest["counts"]["documents"] == 1
    assert manifest["counts"]["passages"] == len(open_index(folder))
    assert set(manifest["files"]) | {"manifest.json"} == {entry.name for entry in folder.iterdir()}
    assert all(entry["size"] == (folder / name).stat().st_size for name, entry in manifest["files"].items())


def test_arrays_of_an_opened_index_are_mapped_and_cannot_be_written(folder: Path) -> None:
    impacts = open_index(folder).postings.impacts
    assert isinstance(impacts.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        impacts[0] = 1


def test_saving_again_replaces_the_index_and_an_open_one_goes_on(folder: Path) -> None:
    old = open_index(folder)
    save_index(index_of("Only tea."), folder)
    assert [passage.text for passage in open_index(folder, verify=True).passages()] == ["Only tea."]
    assert same(old, index_of(TEXT))
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]


def test_an_index_saved_twice_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    save_index(index_of(TEXT), tmp_path / "second")
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == {
        f.name: f.read_bytes() for f in (tmp_path / "second").iterdir()
    }


def test_a_path_that_is_new_or_empty_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "a" / "b" / "c"):
        save_index(index_of(TEXT), place)
        assert same(open_index(str(place)), index_of(TEXT))


def test_a_link_to_an_index_stays_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    save_index(index_of("Only tea."), link)
    assert link.is_symlink()
    assert len(open_index(folder)) == 1


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("harm", ["truncated", "removed", "emptied", "lengthened", "a folder"])
def test_a_harmed_file_is_named_with_the_command_that_mends_it(folder: Path, name: str, harm: str) -> None:
    path = folder / name
    content = path.read_bytes()
    path.unlink()
    if harm == "a folder":
        path.mkdir()
    elif harm != "removed":
        path.write_bytes({"truncated": content[:-1], "emptied": b"", "lengthened": content + b"}"}[harm])
    if content or harm in ("removed", "lengthened", "a folder"):
        if name == "manifest.json" and harm == "truncated":
            path.write_bytes(content[:-5])
        with pytest.raises(IndexFolderError, match=rf"{name.replace('.', '[.]')}(?s:.*)") as caught:
            open_index(folder)
        assert harm == "a folder" or "qa index PATH... -o" in str(caught.value)


@pytest.mark.parametrize("name", [name for name in FILES if name != "sources.jsonl"])
def test_one_wrong_bit_anywhere_is_found_by_verify(folder: Path, name: str) -> None:
    path = folder / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 4
    path.write_bytes(content)
    with pytest.raises(IndexFolderError, match=rf"{name}.*SHA-256.*qa index PATH"):
        open_index(folder, verify=True)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".npy")])
@pytest.mark.parametrize("place", [0, 6, 8, 12, 30, 60, 100])
def test_a_wrong_bit_in_an_array_header_never_escapes_as_another_error(folder: Path, name: str, place: int) -> None:
    path = folder / name
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"qa index PATH"):
        open_index(folder, verify=True)
    with contextlib.suppress(IndexFolderError):
        open_index(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("files"),
        lambda manifest: manifest.pop("counts"),
        lambda manifest: manifest.pop("settings"),
        lambda manifest: manifest["counts"].update(passages=10**6),
        lambda manifest: manifest["settings"].update(analysis=[]),
        lambda manifest: manifest["settings"]["weighting"].update(k1="many"),
        lambda manifest: manifest["settings"]["weighting"].update(name="bm42"),
        lambda manifest: manifest["settings"]["weighting"].update(unheard=1),
        lambda manifest: manifest["files"].update({"terms.txt": None}),
    ],
)
def test_a_manifest_with_wrong_entries_is_named(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(IndexFolderError, match=r"manifest[.]json.*qa index PATH"):
        open_index(folder)


@pytest.mark.parametrize(("number", "words"), [(FORMAT + 1, "newer"), (FORMAT - 1, "older")])
def test_another_format_names_both_numbers_and_the_way_out(folder: Path, number: int, words: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": number}), "utf-8")
    with pytest.raises(IndexFolderError, match=rf"format {number}, {words} than format {FORMAT}.*qa index PATH"):
        open_index(folder)


@pytest.mark.parametrize("content", ["[]", "{}", '{"format": "1"}', '{"name": "a web application"}'])
def test_a_manifest_of_something_else_is_no_index(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(IndexFolderError, match="not the manifest of an index"):
        open_index(folder)


def test_a_missing_folder_and_a_file_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, cause in {"missing": "does not exist", "file": "is a file", "empty": "no manifest.json"}.items():
        with pytest.raises(IndexFolderError, match=rf"{name}: {cause}.*qa index PATH"):
            open_index(tmp_path / name)


@pytest.mark.parametrize("names", [["notes.txt"], ["manifest.json"], ["documents.jsonl"], ["terms.txt", "texts.txt"]])
def test_a_folder_of_something_else_is_left_as_it_is(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / "mine").mkdir(exist_ok=True)
        (tmp_path / "mine" / name).write_text('{"name": "a web application"}')
    with pytest.raises(IndexFolderError, match=r"mine: not empty and no index"):
        save_index(index_of(TEXT), tmp_path / "mine")
    assert sorted(entry.name for entry in (tmp_path / "mine").iterdir()) == sorted(names)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine"]


def test_an_index_with_a_strange_file_in_it_is_left_as_it_is(folder: Path) -> None:
    (folder / "notes.txt").write_text("keep me")
    with pytest.raises(IndexFolderError, match=r"notes[.]txt"):
        save_index(index_of("Only tea."), folder)
    assert (folder / "notes.txt").read_text() == "keep me"
    assert same(open_index(folder), index_of(TEXT))


def test_a_file_at_the_place_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep me")
    with pytest.raises(IndexFolderError, match="is a file"):
        save_index(index_of(TEXT), tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "keep me"


@pytest.mark.parametrize("name", ["manifest.json", "terms.txt"])
def test_a_damaged_index_can_be_built_anew_in_its_place(folder: Path, name: str) -> None:
    (folder / name).unlink()
    save_index(index_of(TEXT), folder)
    assert same(open_index(folder, verify=True), index_of(TEXT))


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_full_disk_leaves_the_old_index_and_no_rubbish(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage._write_file

    def full(path: Path, parts: list[Any]) -> dict[str, Any]:
        if path.name == name:
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, parts)

    monkeypatch.setattr(storage, "_write_file", full)
    with pytest.raises(IndexFolderError, match=r"disk is full.*qa index"):
        save_index(index_of("Only tea."), folder)
    assert same(open_index(folder, verify=True), index_of(TEXT))
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]


def test_what_is_being_written_ends_when_another_file_cannot_be() -> None:
    stopped = Event()
    blocks = storage._blocks([b"tea", bytes(3 << 20)], stopped)
    assert bytes(next(blocks)) == b"tea"
    assert len(next(blocks)) == 1 << 20
    stopped.set()
    with pytest.raises(InterruptedError):
        next(blocks)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is Linux's own full disk")
def test_a_write_to_a_full_device_is_noticed() -> None:
    parts = storage._array_parts(np.zeros(10))
    with Path("/dev/full").open("wb", buffering=0) as device, pytest.raises(OSError, match="No space left"):
        device.writelines(parts)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who can be kept out of a folder")
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(IndexFolderError, match=r"cannot be written.*qa index"):
        save_index(index_of(TEXT), tmp_path / "closed" / "x")


@pytest.mark.parametrize("call", range(1, 40))
def test_a_kill_at_any_step_leaves_an_index_that_opens(
    tmp_path: Path, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for exchange in (True, False):
        folder = tmp_path / f"{exchange}.index"
        save_index(index_of(TEXT), folder)
        with monkeypatch.context() as patch:
            if not exchange:
                patch.setattr(swap, "_exchange", lambda *_: False)
            _die_at(patch, call)
            with contextlib.suppress(_Killed):
                save_index(index_of("Only tea."), folder)
        found = [passage.text for passage in open_index(folder, verify=True).passages()]
        assert found in (["Only tea."], [passage.text for passage in index_of(TEXT).passages()])
        save_index(index_of("Other tea."), folder)
        assert next(open_index(folder).passages()).text == "Other tea."


class _Killed(BaseException):
    """Stands for the end of the process: nothing after it runs."""


def _die_at(patch: pytest.MonkeyPatch, call: int) -> None:
    """Lets the system calls that change a disk work ``call`` - 1 times, and never after."""
    left = [call]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] <= 0:
                raise _Killed
            return real(*args, **options)

        return run

    patch.setattr(os, "fsync", counted(os.fsync))
    patch.setattr(Path, "rename", counted(Path.rename))
    patch.setattr(Path, "mkdir", counted(Path.mkdir))
    patch.setattr(Path, "rmdir", counted(Path.rmdir))
    patch.setattr(shutil, "rmtree", counted(shutil.rmtree))


def test_a_reader_meets_the_old_index_or_the_new_one_while_a_writer_swaps(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, swapped = storage._load, []

    def load(path: Path, *args: Any) -> Any:
        if path.name == "passages.npy" and not swapped:
            swapped.append(True)
            save_index(index_of("Only tea."), folder)
        return real(path, *args)

    monkeypatch.setattr(storage, "_load", load)
    assert [passage.text for passage in open_index(folder).passages()] == ["Only tea."]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are exchanged in one step on Linux alone")
def test_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swap._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()


def test_what_comes_to_the_place_while_an_index_is_made_is_left_as_it_is(tmp_path: Path) -> None:
    with writing(tmp_path / "x"):
        (tmp_path / "x").mkdir()
        (tmp_path / "x" / "notes.txt").write_text("keep me")
        with pytest.raises(IndexFolderError, match="not empty and no index"):
            save_index(index_of(TEXT), tmp_path / "x")
    assert (tmp_path / "x" / "notes.txt").read_text() == "keep me"


def test_what_a_killed_build_left_is_there_until_an_index_is_saved(folder: Path) -> None:
    scratch = scratch_beside(folder)
    scratch.mkdir()
    (scratch / "0-ab.spill").write_bytes(b"much")
    with writing(folder):
        assert (scratch / "0-ab.spill").exists()
    with pytest.raises(IndexFolderError), replacing(folder):
        raise IndexFolderError("the build failed")
    assert (scratch / "0-ab.spill").exists()
    save_index(index_of("Only tea."), folder)
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere what is in a read-only folder can be deleted")
@pytest.mark.parametrize("one_step", [True, False])
def test_a_read_only_index_is_replaced_and_leaves_nothing(
    folder: Path, one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.rmtree

    def as_any_user(place: Path, **options: Any) -> None:
        """Deletes what those can delete who are kept out of read-only folders, which root is not."""
        if all(Path(inner).stat().st_mode & 0o200 for inner, _, _ in os.walk(place)):
            real(place, **options)

    monkeypatch.setattr(shutil, "rmtree", as_any_user)
    if not one_step:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    folder.chmod(0o555)
    save_index(index_of("Only tea."), folder)
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]
    assert next(open_index(folder).passages()).text == "Only tea."
