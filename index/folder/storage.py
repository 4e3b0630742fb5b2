"""The index folder: a manifest, flat arrays as ``.npy`` and texts, opened memory-mapped.

A folder is written whole beside its place, forced to disk, and then swapped in by name: a reader sees the
old index or the new one, and a build that is killed leaves the old one as it was.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from stat import S_ISREG
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CitespanError, IndexFolderError
from index.data.arrays import read_array
from index.data.format import FORMAT, MANIFEST
from index.data.origin import Origin, version
from index.data.postings import Postings
from index.data.sequences import Sequences
from index.data.statistics import Statistics
from index.data.tables import Bytes, Tables
from index.data.vocabulary import Vocabulary
from index.folder.addresses import is_address, local_copy
from index.folder.layout import FILES, RECORDS, File, check_replaceable, scratch_beside, stamp
from index.folder.lock import writing
from index.folder.sharded import Shard, open_shards, sharded_manifest, whole_of
from index.folder.swap import delete, previous, swap, sync_folder
from index.processors import usable_processes
from index.ranking.search import Index
from index.ranking.whole import WholeIndex
from index.settings import settings_of

_BLOCK = 1 << 20  # bytes
_ATTEMPTS = 5  # how often a folder is opened anew when a writer swaps it meanwhile


def save_index(index: Index, folder: str | os.PathLike[str]) -> None:
    """Writes an index to a folder, in place of the index that stands there if there is one; of shards it makes one.

    Raises IndexFolderError where the folder holds anything else, cannot be written, or the disk is full; what
    stood there before is then untouched.
    """
    with replacing(folder) as new:
        _write(whole_of(index), new)


def save_shards(shards: Sequence[Shard], folder: Path) -> None:
    """Writes the manifest of an index in shards into a folder that holds them, and forces it to disk."""
    _write_file(folder / MANIFEST, [shards_manifest(shards)])
    sync_folder(folder)


def shards_manifest(shards: Sequence[Shard]) -> bytes:
    """The manifest of an index in shards."""
    manifest = {"format": FORMAT, "citespan": version(), **sharded_manifest(shards)}
    return json.dumps(manifest, indent=1).encode("utf-8") + b"\n"


@contextmanager
def replacing(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """A new folder to write an index into; at the end it takes the place of the index that stands at ``folder``.

    No one else writes there meanwhile, and what a killed build has left to go on from is deleted with the old index.
    Raises IndexFolderError as ``save_index`` does.
    """
    target = Path(os.path.realpath(folder))
    try:
        with writing(target):
            check_replaceable(target)
            with _new_beside(target) as temporary:
                yield temporary
                swap(temporary, target)
            delete(scratch_beside(target))
    except (CitespanError, TimeoutError):
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise IndexFolderError(
                f"{target}: the disk is full, so the index was not written and what stood there is untouched; "
                "free some space, or name a folder on another disk: qa index ... -o DIR"
            ) from error
        raise IndexFolderError(
            f"{target}: the index cannot be written ({error.strerror or error}); what stood there is untouched; "
            "name a folder that can be written: qa index ... -o DIR"
        ) from error


@contextmanager
def _new_beside(folder: Path) -> Iterator[Path]:
    """A new folder beside an index folder, which is gone in the end unless it got another name."""
    temporary = folder.with_name(f".{folder.name}.{os.urandom(4).hex()}.new")  # unlike what a killed build has left
    temporary.mkdir()
    try:
        yield temporary
    finally:
        delete(temporary)


def open_index(folder: str | os.PathLike[str], *, verify: bool = False) -> Index:
    """The index of a folder, its arrays mapped from the files: milliseconds, whatever the size.

    With ``verify`` the SHA-256 of every file is checked too, which reads all of them. Raises
    IndexFolderError where the folder is missing, no index, damaged, or of a newer format.
    """
    path = local_copy(os.fspath(folder)) if is_address(folder) else Path(folder)
    for attempt in range(1, _ATTEMPTS + 1):
        found = previous(path) if not path.exists() and previous(path).exists() else path
        taken, manifest = stamp(found), _read_manifest(found, path)
        try:
            index = _open(found, path, manifest, verify)
        except IndexFolderError:
            # Where a writer has just swapped the folder, files of two indexes met: once more.
            if attempt == _ATTEMPTS or _read_manifest(found, path) == manifest:
                raise
        else:
            if attempt == _ATTEMPTS or _read_manifest(found, path) == manifest:
                index.stamp = taken
                return index
    raise AssertionError("the last attempt returns or raises")


def _read_manifest(found: Path, folder: Path) -> dict[str, Any]:
    """The manifest of the folder, of a format that can be read here."""
    if not found.is_dir():
        state = "is a file" if found.exists() else "does not exist"
        raise IndexFolderError(
            f"{folder}: {state}; expected an index folder; make one with: qa index PATH... -o {folder}"
        )
    try:
        manifest = json.loads((found / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise IndexFolderError(
            f"{folder}: no {MANIFEST} in it, so it is no index folder; make one with: qa index PATH... -o DIR"
        ) from None
    except OSError as error:
        raise IndexFolderError(f"{folder / MANIFEST}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise _damaged(folder, MANIFEST, f"it is no JSON ({error})") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise IndexFolderError(
            f"{folder / MANIFEST}: not the manifest of an index; make an index with: qa index PATH... -o DIR"
        )
    if manifest["format"] != FORMAT:
        age, remedy = ("newer", "a newer citespan") if manifest["format"] > FORMAT else ("older", "this citespan")
        raise IndexFolderError(
            f"{folder}: the index has format {manifest['format']}, {age} than format {FORMAT}, which this citespan "
            f"reads; use {remedy}"
            + (", or build" if age == "newer" else " to build")
            + f" it anew: qa index PATH... -o {folder}"
        )
    return manifest


def _open(found: Path, folder: Path, manifest: dict[str, Any], verify: bool) -> Index:
    if "shards" in manifest:
        return open_shards(found, os.fspath(folder), manifest, partial(open_index, verify=verify))
    values: dict[type, dict[str, Any]] = {record: {} for record in RECORDS}
    try:
        settings = settings_of(manifest["settings"])
        for file in FILES:
            listed = manifest["files"][file.name]
            _check_size(found / file.name, folder, listed["size"])
            if verify and _hash(found / file.name) != listed["sha256"]:
                raise _damaged(folder, file.name, "its SHA-256 is not the one in the manifest")
            values[file.record][file.field] = _load(found / file.name, file, folder)
        counts = manifest["counts"]
        whole = manifest["statistics"]
        index = WholeIndex(
            settings,
            Tables(**values[Tables]),
            Vocabulary(**values[Vocabulary]),
            Postings(**values[Postings]),
            Sequences(**values[Sequences]),
            Statistics(passages=whole["passages"], mean_lengths=np.array(whole["mean_lengths"]), **values[Statistics]),
            origin=manifest["origin"] and Origin.opened(manifest["origin"], Path(os.path.realpath(folder)).parent),
        )
        index.content = tuple(str(manifest["files"][name]["sha256"]) for name in ("documents.jsonl", "texts.txt"))
        agree = counts == _counts(index)
    except IndexFolderError:
        raise
    except OSError as error:
        raise IndexFolderError(f"{folder}: cannot be read ({error.strerror}: {error.filename})") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _damaged(folder, MANIFEST, f"an entry is missing or of the wrong kind ({error!r})") from error
    if not agree:
        raise _damaged(folder, MANIFEST, f"it counts {counts}, but the files hold {_counts(index)}")
    return index


def _check_size(path: Path, folder: Path, expected: int) -> None:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise _damaged(folder, path.name, "it is missing") from None
    if not S_ISREG(status.st_mode):
        raise _damaged(folder, path.name, "it is no file")
    if status.st_size != expected:
        raise _damaged(folder, path.name, f"it has {status.st_size:,} bytes, expected {expected:,}")


def _load(path: Path, file: File, folder: Path) -> Bytes | NDArray[Any]:
    """The content of one file, mapped."""
    if file.dtype is None:
        with path.open("rb") as stream:
            return mmap(stream.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b""
    try:
        array = read_array(path, mapped=True)
    except ValueError as error:
        raise _damaged(folder, file.name, f"it is no .npy array ({error})") from error
    if array.dtype != file.dtype:
        raise _damaged(folder, file.name, f"its numbers are {array.dtype}, expected {file.dtype}")
    return array


def _damaged(folder: Path, name: str, cause: str) -> IndexFolderError:
    return IndexFolderError(f"{folder / name}: damaged: {cause}; build the index anew: qa index PATH... -o {folder}")


def _write(index: WholeIndex, folder: Path) -> None:
    """Writes every file of an index into a new folder, the manifest last, and forces them to disk."""
    records = dict(zip(RECORDS, _parts(index), strict=True))
    contents = {}
    for file in FILES:
        value = getattr(records[file.record], file.field)
        contents[file.name] = [value] if file.dtype is None else _array_parts(np.ascontiguousarray(value, file.dtype))
    files = _write_files(folder, contents)
    manifest = {
        "format": FORMAT,
        "citespan": version(),
        "settings": asdict(index.settings),
        "counts": _counts(index),
        "statistics": {
            "passages": index.statistics.passages,
            "mean_lengths": index.statistics.mean_lengths.tolist(),
        },
        "origin": None if index.origin is None else index.origin.stored(folder.parent),
        "files": files,
    }
    _write_file(folder / MANIFEST, [json.dumps(manifest, indent=1).encode("utf-8") + b"\n"])
    sync_folder(folder)


def _write_files(folder: Path, contents: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """Writes files, each of its parts, one for each processor at once; an error or Ctrl-C stops them all."""
    from concurrent.futures import ThreadPoolExecutor, as_completed  # which opening an index has no use for

    stopped = Event()

    def write(name: str) -> dict[str, Any]:
        return _write_file(folder / name, _blocks(contents[name], stopped))

    with ThreadPoolExecutor(usable_processes()) as threads:
        try:
            largest_first = sorted(contents, key=lambda name: -sum(map(len, contents[name])))
            jobs = {name: threads.submit(write, name) for name in largest_first}
            for job in as_completed(jobs.values()):
                job.result()  # the first error ends the wait, whichever file it is of
            return {name: jobs[name].result() for name in contents}
        except BaseException:
            stopped.set()
            raise


def _blocks(parts: list[Any], stopped: Event) -> Iterator[memoryview]:
    """The bytes of parts in blocks that a processor's cache holds; raises InterruptedError once stopped."""
    for part in parts:
        content = memoryview(part)
        for start in range(0, len(content), _BLOCK):
            if stopped.is_set():
                raise InterruptedError
            yield content[start : start + _BLOCK]


def _write_file(path: Path, parts: Iterable[Any]) -> dict[str, Any]:
    """Writes the parts to a new file, forces it to disk, and gives its size and hash for the manifest."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for part in parts:
            file.write(part)
            digest.update(part)
            size += len(part)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _array_parts(array: NDArray[Any]) -> list[Any]:
    """The bytes of a ``.npy`` file; ``np.save`` would hide the cause when the disk is full."""
    header = BytesIO()
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(array))
    return [header.getvalue(), array.reshape(-1).view(np.uint8).data]


def _parts(index: WholeIndex) -> tuple[Tables, Vocabulary, Postings, Sequences, Statistics]:
    return index.tables, index.vocabulary, index.postings, index.sequences, index.statistics


def _counts(index: WholeIndex) -> dict[str, int]:
    tables = index.tables
    return {
        "documents": len(tables.documents) - 1,
        "sections": len(tables.sections),
        "passages": len(tables.passages),
        "sentences": len(tables.sentences),
        "terms": len(index.postings.starts) - 1,
        "postings": len(index.postings.passages),
        "tokens": len(index.sequences.terms),
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
