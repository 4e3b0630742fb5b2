"""A folder to work in, for the tests of updates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.updating.updates import rows, write


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with three files in ``books``, which have been there for long."""
    monkeypatch.chdir(tmp_path)
    write("books/tea.txt", "Tea was first drunk in China.")
    write("books/old/tea.txt", "Tea is an old drink.")
    write("books/rows.jsonl", rows(one="Coffee came from Ethiopia.", two="Cocoa came from Mexico."))
    return tmp_path
