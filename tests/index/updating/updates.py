"""What the tests of updates share: files to write, and an index that is compared with a fresh build."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document
from corpus.reading import SourceReading
from corpus.skipped import SkippedFile
from index.building.build import build_index
from index.building.sources import with_sources
from index.data.origin import origin_of
from index.data.segment import Segment
from index.folder.storage import open_index, save_index
from index.settings import IndexSettings
from index.updating import update as updating
from index.updating.changes import Changes
from index.updating.update import update_index

LONG_AGO = 1_000_000_000


def rows(**texts: str) -> str:
    return "".join(json.dumps({"id": name, "title": name, "text": text}) + "\n" for name, text in texts.items())


def write(name: str, text: str, *, at: int = LONG_AGO) -> None:
    """Writes a file as if it had last been changed at a time, in seconds."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def build(*paths: str, folder: str = "x.index", settings: IndexSettings | None = None) -> None:
    reading = SourceReading(paths, on_skip=lambda _: None)
    index = build_index(reading, settings=settings)
    save_index(with_sources(index, origin_of(reading.base, reading.roots), reading.files, reading.counts), folder)


def update(*paths: str) -> tuple[Changes, list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    return update_index("x.index", paths, on_skip=skipped.append), skipped


def content(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def assert_as_fresh(*paths: str) -> None:
    """The index is, byte for byte, a fresh build of the paths."""
    build(*paths, folder="fresh.index")
    one, other = content("x.index"), content("fresh.index")
    assert [name for name in other if one.get(name) != other[name]] == []
    assert one.keys() == other.keys()
    shutil.rmtree("fresh.index")
    open_index("x.index", verify=True)


def ids() -> list[str]:
    return [document.id for document in open_index("x.index").documents()]


def opened_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the source files that are read from now on."""
    opened: list[str] = []
    allowed = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.parent.name != "x.index":
            opened.append(path.name)
        return allowed(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    return opened


def indexed_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are indexed from now on, rather than copied."""
    indexed: list[str] = []
    real = updating.build_segment

    def build(documents: Iterable[Document], **options: Any) -> Segment:
        found = list(documents)
        indexed.extend(document.id for document in found)
        return real(found, **options)

    monkeypatch.setattr(updating, "build_segment", build)
    return indexed
