"""Reading: the fingerprints of the files that were read, and which documents each gave."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.fingerprints import Fingerprint, load
from corpus.reading import Ids, SourceReading, _Keys


@pytest.fixture(autouse=True)
def _books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("books/a/tea.txt", "Tea is hot.")
    write("books/b/tea.txt", "Tea is cold.")
    write("books/rows.jsonl", '{"id": "tea", "text": "One."}\n{"id": "cup", "text": "Two."}\n')
    write("books/void.txt", "")


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (7, 7))


def test_each_file_that_gave_a_document_leaves_its_fingerprint() -> None:
    reading = SourceReading(["books/b", "books"], on_skip=lambda _: None)
    names = [document.id for document in reading]
    assert names == ["tea", "a-tea", "tea-2", "cup"]
    assert [(file.path, file.root, file.renamed) for file in reading.files] == [
        ("books/b/tea.txt", 0, ()),
        ("books/a/tea.txt", 1, (("a-tea", "tea"),)),
        ("books/rows.jsonl", 1, (("tea-2", "tea"),)),
    ]
    assert reading.counts == [1, 1, 2]
    first = reading.files[0]
    assert (first.size, first.mtime_ns) == (12, 7 * 10**9)
    assert first.sha256 == hashlib.sha256(b"Tea is cold.").hexdigest()


def test_a_path_named_twice_is_one_root() -> None:
    reading = SourceReading(["books", "books/../books/", Path("books").absolute(), "books/a"], on_skip=lambda _: None)
    assert reading.roots == [Path("books"), Path("books/a")]


def test_a_file_in_a_folder_without_a_reader_for_it_is_read_where_it_is_named_after_the_folder() -> None:
    write("books/notes.log", "Tea is brewing.")
    skipped: list[str] = []
    reading = SourceReading(["books", "books/notes.log"], on_skip=lambda file: skipped.append(file.path))
    assert [document.id for document in reading][-1] == "notes"
    assert skipped == ["books/void.txt"]


def test_a_fingerprint_tells_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "books" / "a" / "tea.txt"
    data, seen = load(path, "tea.txt")
    assert data == b"Tea is hot."
    assert seen.unchanged(path)
    os.utime(path, (8, 8))
    assert not seen.unchanged(path)
    write("books/a/tea.txt", "Tea is hotter.")
    assert not seen.unchanged(path)
    path.unlink()
    assert not seen.unchanged(path)
    with pytest.raises(SourceError, match=r"^tea\.txt: cannot be read \(No such file"):
        load(path, "tea.txt")


def test_a_file_in_the_place_of_another_of_its_size_and_time_is_told_apart(tmp_path: Path) -> None:
    path, other = tmp_path / "books" / "a" / "tea.txt", tmp_path / "new.txt"
    _, seen = load(path, "tea.txt")
    other.write_text("Tea is old.")
    os.utime(other, (7, 7))
    other.rename(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (seen.size, seen.mtime_ns)
    assert not seen.unchanged(path)


def test_the_time_of_a_file_that_changed_just_now_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("Tea.")
    _, seen = load(path, "new.txt")
    assert seen.mtime_ns == 0
    assert not seen.unchanged(path)


@pytest.mark.parametrize("change", [{"renamed": [["a"]]}, {"renamed": 3}, {"size": None, "unheard": 1}])
def test_a_damaged_fingerprint_is_an_error_of_its_values(change: dict[str, object]) -> None:
    stored = Fingerprint("a.txt", 3, 0, "9f").to_dict()
    with pytest.raises((TypeError, ValueError, KeyError)):
        Fingerprint.from_dict({**stored, **change})


@given(st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 3).map(lambda number: number << 32), max_size=40))
def test_a_number_is_new_once(numbers: list[int]) -> None:
    keys, seen = _Keys(), set[int]()
    for number in numbers:
        assert keys.add(number) == (number not in seen)
        seen.add(number)
    assert len(keys) == len(seen)


def test_a_thousand_ids_and_more_are_told_apart() -> None:
    ids = Ids()
    names = [f"tea {number % 5000}" for number in range(10_000)]
    given_ids = [ids.unique(name, Path("x/rows.jsonl"), Path("x/rows.jsonl")) for name in names]
    assert given_ids[:5000] == names[:5000]
    assert given_ids[5000:] == [f"{name}-2" for name in names[:5000]]
    assert len(ids) == 10_000
