"""``qa index --memory``: the same index, whatever the size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from index.building import build
from qa.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *args: str) -> int:
    monkeypatch.setattr(sys, "argv", ["qa", "index", "books", *args])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_an_index_built_in_little_memory_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    Path("books").mkdir()
    for number in range(20):
        book = Path("books", f"{number}.txt")
        book.write_text(f"Tea {number} was first drunk in China. " * (number + 1), encoding="utf-8")
        os.utime(book, (1e9, 1e9))  # long ago: the time of a file that has just changed is not kept
    assert run(monkeypatch, "-o", "one.index") == 0
    monkeypatch.setattr(build, "chunk_size", lambda *_: 1000)
    assert run(monkeypatch, "-o", "two.index", "--memory", "1MB") == 0
    one, two = ({path.name: path.read_bytes() for path in Path(f"{name}.index").iterdir()} for name in ("one", "two"))
    assert one == two
    assert sorted(path.name for path in Path().iterdir()) == ["books", "one.index", "two.index"]


@pytest.mark.parametrize("given", ["much", "", "0", "-1GB", "1.5.2GB"])
def test_a_size_that_is_none_is_a_usage_error(
    given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "-o", "x.index", f"--memory={given}") == 2
    assert "is no size; expected bytes, as in 500MB or 2GB" in capsys.readouterr().err


def test_memory_goes_with_a_build_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "-o", "x.index", "--memory", "1GB", "--update") == 2
    assert "--memory SIZE is for building an index" in capsys.readouterr().err
