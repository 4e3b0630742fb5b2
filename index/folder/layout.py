"""The layout of an index folder: its files, the folder that a build uses beside it, and what may be replaced."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import IndexFolderError
from index.data.format import MANIFEST, Stamp
from index.data.postings import Postings
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.tables import DOCUMENT, PASSAGE, SECTION, Tables
from index.data.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class File:
    """One file of the folder: the record and field it holds, and its numbers' type; None for plain bytes."""

    name: str
    record: type[Tables | Vocabulary | Postings | Sequences | Statistics]
    field: str
    dtype: np.dtype[Any] | None = None


FILES = (
    File("sources.jsonl", Tables, "sources"),
    File("documents.jsonl", Tables, "records"),
    File("texts.txt", Tables, "texts"),
    File("paths.jsonl", Tables, "paths"),
    File("path_starts.npy", Tables, "path_starts", np.dtype("<i8")),
    File("documents.npy", Tables, "documents", DOCUMENT),
    File("document_order.npy", Tables, "document_order", np.dtype("<i4")),
    File("sections.npy", Tables, "sections", SECTION),
    File("passages.npy", Tables, "passages", PASSAGE),
    File("sentences.npy", Tables, "sentences", np.dtype("<i4")),
    File("terms.txt", Vocabulary, "terms"),
    File("term_starts.npy", Vocabulary, "term_starts", np.dtype("<i8")),
    File("posting_starts.npy", Postings, "starts", np.dtype("<i8")),
    File("posting_passages.npy", Postings, "passages", np.dtype("<i4")),
    File("posting_impacts.npy", Postings, "impacts", np.dtype("<f4")),
    File("sequence_terms.npy", Sequences, "terms", np.dtype("<i4")),
    File("segment_starts.npy", Sequences, "segment_starts", np.dtype("<i8")),
    File("lengths.npy", Sequences, "lengths", np.dtype("<i4")),
    File("term_passages.npy", Statistics, "document_frequencies", np.dtype("<i8")),
)


RECORDS = (Tables, Vocabulary, Postings, Sequences, Statistics)
"""What an Index is made of besides its settings."""


def scratch_beside(folder: str | os.PathLike[str]) -> Path:
    """The hidden folder beside an index folder for what a build keeps on disk; the next goes on from there."""
    target = Path(os.path.realpath(folder))
    return target.with_name(f".{target.name}.building")


def copies_beside(folder: str | os.PathLike[str]) -> Path:
    """The hidden folder beside an index folder that keeps the web pages it was built from, spelt as that is.

    >>> copies_beside("books/tea.index").as_posix()
    'books/.tea.index.web'
    """
    target = Path(folder) if Path(folder).name else Path(os.path.realpath(folder))
    return target.with_name(f".{target.name}.web")


def stamp(folder: str | os.PathLike[str]) -> Stamp | None:
    """The stamp of an index folder as it stands now, or None where no manifest can be found."""
    try:
        status = Path(folder, MANIFEST).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def check_replaceable(folder: Path) -> None:
    """Raises IndexFolderError unless the place is free, an empty folder, or an index, damaged or not."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise IndexFolderError(f"{folder}: is a file; name a new folder or an index folder: qa index ... -o DIR")
    ours = {MANIFEST, *(file.name for file in FILES)}
    present = {entry.name for entry in folder.iterdir()}
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        ours |= {shard["place"] for shard in manifest["shards"]} if "shards" in manifest else set(manifest["files"])
        is_index = isinstance(manifest["format"], int)
    except (OSError, ValueError, TypeError, KeyError):
        is_index = len(present & ours) > len(FILES) // 2  # an index whose manifest is damaged
    if present and not is_index:
        raise IndexFolderError(
            f"{folder}: not empty and no index, so it is left as it is; name a new folder: qa index ... -o DIR"
        )
    if strange := sorted(present - ours):
        raise IndexFolderError(
            f"{folder / strange[0]}: no file of an index, so the folder is left as it is; move that file away, "
            "or name a new folder: qa index ... -o DIR"
        )
