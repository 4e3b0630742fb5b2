"""Removals: what goes out of an index, what stays out of it, and what is asked back in."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from corpus.errors import SourceError
from index.folder.layout import scratch_beside
from index.folder.storage import open_index
from index.updating import update as updating
from index.updating.changes import Changes
from index.updating.update import remove_from_index, update_index


@pytest.fixture(autouse=True)
def _books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files in ``books``, which have been there for long, and an index of them."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.chdir(tmp_path)
    write("books/tea.txt", "Tea was first drunk in China.")
    write("books/old/tea.txt", "Tea is an old drink.")
    write("books/rows.jsonl", rows(one="Coffee came from Ethiopia.", two="Cocoa came from Mexico."))
    update("books")


def rows(**texts: str) -> str:
    return "".join(json.dumps({"id": name, "title": name, "text": text}) + "\n" for name, text in texts.items())


def write(name: str, text: str, *, at: int = 1) -> None:
    """Writes a file as if it had last been changed at a time, in seconds."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def update(*paths: str) -> Changes:
    return update_index("x.index", paths, on_skip=lambda _: None)


def remove(*names: str) -> tuple[str, ...]:
    return remove_from_index("x.index", names).removed


def content(folder: str = "x.index") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def assert_as_fresh(*paths: str) -> None:
    """The index is, byte for byte, one that was just built from the paths."""
    update_index("fresh.index", paths)
    assert content() == content("fresh.index")


def ids() -> list[str]:
    return [document.id for document in open_index("x.index").documents()]


@pytest.mark.parametrize("name", ["books/old", "books/old/tea.txt"])
def test_what_is_removed_by_path_stays_out_until_it_is_named(name: str) -> None:
    assert remove(name) == ("books/old/tea.txt",)
    assert ids() == ["one", "two", "tea"]
    assert update() == update("books") == Changes((), (), (), 2, None, 3, 3)
    assert update(name).added == ("books/old/tea.txt",)
    assert_as_fresh("books")


def test_a_file_inside_a_removed_folder_can_be_named_alone() -> None:
    write("books/old/cup.txt", "An old cup.")
    update()
    remove("books/old")
    assert update("books/old/cup.txt").added == ("books/old/cup.txt",)
    assert update().unchanged == 3


def test_a_path_of_the_build_is_removed_for_good() -> None:
    write("more/cup.txt", "A cup holds tea.")
    shutil.rmtree("x.index")
    update("more", "books")
    shutil.rmtree("more")
    assert remove("more") == ("more/cup.txt",)
    assert_as_fresh("books")
    assert update().unchanged == 3


def test_a_document_is_removed_by_id_and_stays_out_when_its_file_changes() -> None:
    assert remove("two") == ("two",)
    assert ids() == ["tea", "one", "tea-2"]
    write("books/rows.jsonl", rows(two="Cocoa came from Mexico.", three="Maté is green."), at=2)
    update()
    assert "three" in ids()
    assert "two" not in ids()


def test_a_file_whose_last_document_is_removed_stays_out() -> None:
    remove("one", "two")
    assert update().unchanged == 2
    assert "one" not in ids()


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    before = content()
    with pytest.raises(SourceError, match=r"books/te\.txt: the index has no .* did you mean books/tea\.txt"):
        remove("books/tea.txt", "books/te.txt")
    with pytest.raises(SourceError, match="qa show"):
        remove("zzzzzz")
    with pytest.raises(SourceError, match="no document would be left"):
        remove("books")
    assert content() == before


def test_a_name_is_looked_for_from_here_and_then_from_where_the_index_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("tea.txt", "The other tea.")
    update("tea.txt")
    monkeypatch.chdir(tmp_path / "books")
    assert remove_from_index("../x.index", ["tea.txt"]).removed == ("books/tea.txt",)
    assert remove_from_index("../x.index", ["books/rows.jsonl"]).removed == ("books/rows.jsonl",)
    assert Path("../tea.txt").exists()
    assert remove_from_index("../x.index", ["tea.txt"]).removed == ("tea.txt",)


@pytest.mark.parametrize("spelling", ["books/rows.jsonl", "./books/../books/rows.jsonl", "{here}/books/rows.jsonl"])
def test_documents_removed_by_id_come_back_when_their_file_is_named(spelling: str, tmp_path: Path) -> None:
    remove("two")
    assert update() == update("books") == Changes((), (), (), 3, None, 3, 3)
    assert update(spelling.format(here=tmp_path)).changed == ("books/rows.jsonl",)
    assert_as_fresh("books")
    assert update("books/rows.jsonl").unchanged == 3


def test_documents_come_back_under_the_ids_of_a_fresh_build() -> None:
    write("books/old/rows.jsonl", rows(two="Cocoa is old.", three="Maté is green."))
    update()
    remove("two")
    assert "two-2" not in ids()
    update("books/old/rows.jsonl")
    assert_as_fresh("books")


def test_a_named_file_that_cannot_be_read_keeps_what_was_removed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    remove("two")

    def unreadable(place: Path, *_: object) -> None:
        raise SourceError(f"{place}: cannot be read")

    with monkeypatch.context() as patch:
        patch.setattr(updating, "load", unreadable)
        update("books/rows.jsonl")
    write("books/rows.jsonl", rows(two="Cocoa came from Mexico.", three="Maté is green."), at=2)
    update()
    assert "two" not in ids()


@pytest.mark.parametrize("change", ["update", "remove"])
def test_a_change_deletes_what_a_killed_build_left(change: str) -> None:
    scratch = scratch_beside("x.index")
    scratch.mkdir()
    (scratch / "0-ab.spill").touch()
    if change == "remove":
        remove("two")
    else:
        write("books/tea.txt", "Only tea.", at=2)
        update()
    assert not scratch.exists()
