"""An index that was damaged after it was written: told as such, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.documents import Document, Section
from corpus.errors import IndexFolderError
from index.building.build import build_index
from index.folder.storage import open_index, save_index

TEXT = "Visas were abolished in 2009. The river is long."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of one document."""
    path = tmp_path / "tea.index"
    save_index(build_index([Document("d0", "Title", TEXT, (Section(("A", "B"), 0, len(TEXT)),), "-", (0,))]), path)
    return path


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("documents.jsonl", lambda content: b"{" * len(content)),
        ("documents.jsonl", lambda content: b"3".ljust(len(content))),
        ("documents.jsonl", lambda content: content.replace(b'"pages"', b'"pagan"')),
        ("documents.jsonl", lambda content: content.replace(b'"title"', b'"style"')),
        ("documents.jsonl", lambda content: content.replace(b"[0]", b" 0 ")),
        ("paths.jsonl", lambda content: b"3".ljust(len(content))),
        ("paths.jsonl", lambda content: b"[" * len(content)),
        ("sections.npy", lambda content: content[:-12] + b"\xff" * 12),
        ("texts.txt", lambda content: b"\xff" * len(content)),
    ],
)
def test_damage_within_a_file_is_told_as_such_whatever_is_asked_for(
    folder: Path, name: str, harm: Callable[[bytes], bytes]
) -> None:
    content = (folder / name).read_bytes()
    assert harm(content) != content
    (folder / name).write_bytes(harm(content))
    index = open_index(folder)
    tables = index.tables
    told = 0
    for ask in (
        lambda: tables.facts(0),
        lambda: tables.path(0),
        lambda: tables.document(0),
        lambda: list(index.documents()),
        lambda: index.document("d0"),
        lambda: index.within(sections=["B"]),
    ):
        try:
            ask()
        except IndexFolderError as error:
            assert "the index is damaged" in str(error)  # noqa: PT017 - some of these read none of the harmed file
            told += 1
    assert told >= 2


def test_what_an_undamaged_index_has_not_is_no_damage(folder: Path) -> None:
    index = open_index(folder)
    for ask in (index.document, index.facts, index.tables.number):
        with pytest.raises(KeyError, match="unheard"):
            ask("unheard")
    with pytest.raises(IndexError, match="passage 9 does not exist"):
        index.passage(9)
