"""Updates of an index whose paths are named anew, inside the build, from elsewhere, or through a link."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from corpus.errors import SourceError
from index.updating.update import update_index
from tests.index.updating.updates import LONG_AGO, assert_as_fresh, build, content, update, write


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.usefixtures("place")
def test_a_path_of_the_build_that_is_gone_is_an_error_and_no_deletion() -> None:
    write("more/cup.txt", "A cup holds tea.")
    build("books", "more")
    before = content("x.index")
    shutil.rmtree("more")
    with pytest.raises(SourceError, match=r"more: no such file or folder any more.*qa index --remove"):
        update()
    with pytest.raises(SourceError, match=r"^more: no such file"):
        update("more")
    with pytest.raises(SourceError, match=r"book: no such file or folder; did you mean books\?"):
        update("book")
    with pytest.raises(SourceError, match=r"books/te.txt: no such file or folder; did you mean books/tea.txt\?"):
        update("books/te.txt")
    assert content("x.index") == before
    assert update("books")[0].unchanged == 4


@pytest.mark.usefixtures("place")
def test_a_file_that_no_walk_would_read_is_read_where_it_is_named() -> None:
    build("books")
    write("books/notes.log", "Tea is brewing.")
    write("books/.hidden/tea.txt", "Secret tea.")
    assert update()[0].added == ()
    changes, skipped = update("books/notes.log", "books/.hidden")
    assert (changes.added, skipped) == (("books/notes.log", "books/.hidden/tea.txt"), [])
    assert_as_fresh("books", "books/notes.log", "books/.hidden")


@pytest.mark.usefixtures("place")
def test_a_path_inside_the_build_is_looked_at_alone() -> None:
    build("books")
    write("books/old/tea.txt", "Tea is older still.", at=LONG_AGO + 1)
    write("books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    write("books/new.txt", "Tea for two.", at=LONG_AGO + 1)
    Path("books/rows.jsonl").unlink()
    assert update("books/old")[0].changed == ("books/old/tea.txt",)
    assert update("books/rows.jsonl")[0].removed == ("books/rows.jsonl",)
    assert update("books/tea.txt")[0].changed == ("books/tea.txt",)
    assert update()[0].added == ("books/new.txt",)
    assert_as_fresh("books")


@pytest.mark.usefixtures("place")
def test_a_new_path_is_added_to_those_of_the_build() -> None:
    build("books")
    write("more/cup.txt", "A cup holds tea.")
    write("books/tea.txt", "Not looked at, as it was not named.", at=LONG_AGO + 1)
    assert update("more")[0].added == ("more/cup.txt",)
    assert update()[0].changed == ("books/tea.txt",)
    assert_as_fresh("books", "more")


def test_an_update_from_another_folder_finds_the_paths_of_the_build(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build("books")
    write("more/cup.txt", "A cup holds tea.")
    write("books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    monkeypatch.chdir(place / "books" / "old")
    assert update_index("../../x.index").changed == ("books/tea.txt",)
    assert update_index("../../x.index", ["../../more", "."]).added == ("more/cup.txt",)
    monkeypatch.chdir(place)
    assert_as_fresh("books", "more")


def test_an_index_that_moved_with_its_files_is_updated(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build("books")
    (place / "moved").mkdir()
    for name in ("books", "x.index"):
        shutil.move(name, f"moved/{name}")
    write("moved/books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    assert update_index("moved/x.index").changed == ("books/tea.txt",)
    monkeypatch.chdir(place / "moved")
    assert_as_fresh("books")


@pytest.mark.parametrize(("built", "named"), [("books", "link/tea.txt"), ("link", "books/tea.txt")])
def test_a_path_may_be_named_through_a_link(place: Path, built: str, named: str) -> None:
    (place / "link").symlink_to(place / "books")
    build(built)
    write("books/tea.txt", "Tea is new.", at=LONG_AGO + 1)
    assert update(named)[0].changed == (f"{built}/tea.txt",)
    assert_as_fresh(built)
