"""Updates: what is read and what is kept, and that the outcome is that of a fresh build, byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError, SourceError
from corpus.fingerprints import Fingerprint
from corpus.passages import PassageSettings
from index.building.build import build_index
from index.folder.storage import open_index, save_index
from index.settings import IndexSettings
from index.updating.changes import Changes
from index.updating.update import remove_from_index, update_index
from tests.index.updating.updates import (
    LONG_AGO,
    assert_as_fresh,
    build,
    content,
    ids,
    indexed_by,
    opened_by,
    rows,
    update,
    write,
)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


NAMES = ["a.txt", "b.txt", "sub/a.txt", "sub/b.md", "rows.jsonl", "sub/rows.jsonl", "tea.txt", "odd.png", "void.txt"]
TEXTS = [
    "Tea is hot.",
    "Tea is cold. It was hot.",
    "== Rivers ==\nThe Danube is long.\n",
    "",
    " \n",
    "Only rivers here.",
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "delete", "touch", "update"]), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.booleans())
def test_any_sequence_of_changes_ends_in_a_fresh_build(steps: Sequence[tuple[str, str, str]], two: bool) -> None:
    paths = ("books/sub", "books") if two else ("books",)
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            write("books/sub/first.txt", "Here from the start.")
            build(*paths)
            for clock, (step, name, text) in enumerate([*steps, ("update", "", "")], start=LONG_AGO + 1):
                apply(step, Path("books", name), text, clock)
            assert_as_fresh(*paths)
        finally:
            os.chdir(here)


def apply(step: str, path: Path, text: str, clock: int) -> None:
    if step == "write":
        write(str(path), rows(a=text, tea="A row of tea.", b=text) if path.suffix == ".jsonl" else text, at=clock)
    elif step == "delete":
        path.unlink(missing_ok=True)
    elif step == "touch" and path.exists():
        os.utime(path, (clock, clock))
    elif step == "update":
        update()


def test_only_files_whose_size_or_time_changed_are_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    assert update()[0].unchanged == 3
    write("books/new.txt", "Maté is a drink, too.")
    write("books/tea.txt", "Tea was first drunk in Chine.", at=LONG_AGO + 1)
    opened = opened_by(monkeypatch)
    changes, _ = update()
    assert (changes.added, changes.changed, changes.unchanged) == (("books/new.txt",), ("books/tea.txt",), 2)
    assert opened == ["new.txt", "tea.txt"]
    monkeypatch.undo()
    monkeypatch.chdir(place)
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_a_touched_file_is_stamped_anew_and_not_indexed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    os.utime("books/tea.txt", (LONG_AGO + 5, LONG_AGO + 5))
    opened = opened_by(monkeypatch)
    indexed = indexed_by(monkeypatch)
    assert update()[0].unchanged == 3
    assert (opened, indexed) == (["tea.txt"], [])
    assert update()[0].unchanged == 3
    assert opened == ["tea.txt"]


def test_a_file_changed_twice_within_a_moment_is_noticed(place: Path) -> None:
    Path("books/tea.txt").write_text("Tea is hot.")
    build("books")
    before = Path("books/tea.txt").stat()
    Path("books/tea.txt").write_text("Tea is old.")
    os.utime("books/tea.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert place.joinpath("books/tea.txt").stat().st_size == before.st_size
    assert update()[0].changed == ("books/tea.txt",)


@pytest.mark.usefixtures("place")
def test_where_nothing_changed_nothing_is_written() -> None:
    build("books")
    before = Path("x.index").stat().st_ino
    assert update()[0] == Changes((), (), (), 3, None, 4, 4)
    assert Path("x.index").stat().st_ino == before


@pytest.mark.usefixtures("place")
def test_of_a_changed_file_only_the_documents_that_changed_are_indexed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    texts = {"one": "Coffee came from Ethiopia.", "two": "Cocoa came from Peru.", "three": "Maté is green."}
    write("books/rows.jsonl", rows(**texts), at=LONG_AGO + 1)
    indexed = indexed_by(monkeypatch)
    update()
    assert indexed == ["two", "three"]
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_an_id_that_becomes_free_goes_to_the_document_that_wants_it() -> None:
    build("books")
    assert ids() == ["tea", "one", "two", "tea-2"]
    Path("books/old/tea.txt").unlink()
    assert update()[0].removed == ("books/old/tea.txt",)
    assert ids() == ["one", "two", "tea"]
    assert_as_fresh("books")


def test_a_file_that_cannot_be_read_keeps_what_was_indexed_of_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    before = [passage.text for passage in open_index("x.index").passages()]
    allowed = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "tea.txt":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    os.utime(place / "books" / "tea.txt", (5, 5))
    changes, skipped = update()
    assert changes.unchanged == 3
    assert [str(file) for file in skipped] == [
        "books/tea.txt: cannot be read (Permission denied); what was indexed of it stays"
    ]
    assert [passage.text for passage in open_index("x.index").passages()] == before


@pytest.mark.usefixtures("place")
def test_a_folder_that_may_not_be_listed_keeps_what_was_indexed_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    write("books/old/rows.jsonl", rows(three="Tea again."))
    build("books")
    allowed = Path.iterdir

    def refuse(path: Path):  # type: ignore[no-untyped-def]
        if path.name == "old":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    write("books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    changes, skipped = update()
    assert (changes.changed, changes.removed) == (("books/tea.txt",), ())
    assert [str(file) for file in skipped] == ["books/old: Permission denied; what was indexed from there stays"]
    monkeypatch.setattr(Path, "iterdir", allowed)
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_a_file_that_holds_no_text_any_more_loses_its_documents_and_is_named() -> None:
    build("books")
    write("books/tea.txt", "", at=LONG_AGO + 1)
    changes, skipped = update()
    assert changes.removed == ("books/tea.txt",)
    assert [str(file) for file in skipped] == ["books/tea.txt: is empty"]
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("data", [b"\0\1\2" * 99, b"%PDF-1.7 \0", bytes(range(128, 256)) * 9])
@pytest.mark.parametrize("version", ["same", "another"])
def test_a_file_that_has_become_unreadable_keeps_what_was_indexed_of_it(
    data: bytes, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build("books")
    before = [passage.text for passage in open_index("x.index").passages()]
    Path("books/tea.txt").write_bytes(data)
    if version == "another":
        monkeypatch.setattr(metadata, "version", lambda _: "0.0.8")
    changes, skipped = update()
    assert changes.removed == ()
    (skip,) = skipped
    assert (skip.path, skip.replaced) == ("books/tea.txt", 0)
    assert skip.cause.endswith("; what was indexed of it stays")
    assert [passage.text for passage in open_index("x.index").passages()] == before
    write("books/tea.txt", "Tea is new.")
    assert update()[0].changed == ("books/tea.txt",)


@pytest.mark.usefixtures("place")
def test_a_bad_byte_in_an_update_costs_that_byte_alone() -> None:
    build("books")
    Path("books/tea.txt").write_bytes("Tea is “hot” – very.".encode() + b" It\x92s green.")
    changes, skipped = update()
    assert changes.changed == ("books/tea.txt",)
    assert [skip.replaced for skip in skipped] == [1]
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_an_update_that_leaves_nothing_is_refused() -> None:
    build("books")
    before = content("x.index")
    shutil.rmtree("books")
    Path("books").mkdir()
    with pytest.raises(SourceError, match="no document would be left"):
        update()
    assert content("x.index") == before


@pytest.mark.usefixtures("place")
def test_an_index_of_other_settings_is_rebuilt_and_says_so() -> None:
    build("books", settings=IndexSettings(passages=PassageSettings(max_words=33)))
    changes, _ = update()
    assert changes.rebuilt is not None
    assert "passages.max_words was 33 and is" in changes.rebuilt
    assert changes.changed == ("books/old/tea.txt", "books/rows.jsonl", "books/tea.txt")
    assert_as_fresh("books")
    assert update()[0].rebuilt is None


@pytest.mark.usefixtures("place")
def test_an_index_of_another_version_is_rebuilt_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "0.0.7")
    build("books")
    monkeypatch.setattr(metadata, "version", lambda _: "0.0.8")
    assert update()[0].rebuilt == "another version of citespan (was 0.0.7 and is 0.0.8)"
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_documents_that_came_from_no_file_stay() -> None:
    text = "Tea from memory."
    document = Document("tea", "Tea", text, (Section((), 0, len(text)),), "-")
    save_index(build_index([document]), "x.index")
    with pytest.raises(SourceError, match=r"was not built from files.*qa index PATH"):
        update()
    update("books")
    assert ids() == ["tea", "old-tea", "one", "two", "tea-2"]
    update()
    remove_from_index("x.index", ["tea"])
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_an_update_builds_an_index_that_is_not_there() -> None:
    assert len(update("books")[0].added) == 3
    assert_as_fresh("books")
    with pytest.raises(IndexFolderError, match="does not exist"):
        update_index("y.index")


@pytest.mark.usefixtures("place")
def test_a_damaged_index_is_named_with_the_way_out() -> None:
    build("books")
    write("books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    for name, changed in (("sources.jsonl", b"[" * 9), ("texts.txt", b"X"), ("terms.txt", None)):
        path, before = Path("x.index", name), Path("x.index", name).read_bytes()
        path.write_bytes(before if changed is None else changed + before[len(changed) :])
        if changed is None:
            path.unlink()
        with pytest.raises(IndexFolderError, match=rf"{name}.*qa index PATH"):
            update()
        path.write_bytes(before)
    build("books")
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_a_file_put_in_the_place_of_another_of_its_size_and_time_is_noticed() -> None:
    build("books")
    write("new.txt", "Tea was first drunk in Japan.")
    os.replace("new.txt", "books/tea.txt")  # noqa: PTH105
    assert update()[0].changed == ("books/tea.txt",)
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_every_file_is_compared_where_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    write("books/tea.txt", "Tea was first drunk in Japan.")
    monkeypatch.setattr(Fingerprint, "unchanged", lambda *_: True)
    assert update()[0].changed == ()
    assert update_index("x.index", check=True).changed == ("books/tea.txt",)
