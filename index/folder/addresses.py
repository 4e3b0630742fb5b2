"""Where an index folder lies: on a disk, or on any file system that fsspec reaches (``s3://...``, ``memory://...``).

An index at an address is copied to a folder of this machine before it is mapped: ``$QA_CACHE``, else
``citespan`` in the user's cache folder. What is there may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import IndexFolderError
from index.data.format import MANIFEST
from index.folder.swap import sync_folder

BUILD = "build-"
"""How the name of a folder of shards at an address begins; a build is told from the next by what follows."""


def is_address(place: str | os.PathLike[str]) -> bool:
    """Whether a place is an address for fsspec rather than a path.

    >>> is_address("s3://books/tea.index"), is_address("tea.index")
    (True, False)
    """
    return "://" in os.fspath(place)


def join(folder: str, place: str) -> str:
    """A place as seen from a folder, either of them a path or an address.

    >>> join("s3://books/tea.index/", "shard-0"), join("tea.index", "s3://books/shard-0")
    ('s3://books/tea.index/shard-0', 's3://books/shard-0')
    """
    if is_address(place):
        return place
    return f"{folder.rstrip('/')}/{place}" if is_address(folder) else os.fspath(Path(folder, place))


def cache_folder() -> Path:
    """Where copies of indexes at an address are kept."""
    if named := os.environ.get("QA_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return Path(base or Path.home() / ".cache") / "citespan"


def local_copy(address: str) -> Path:
    """The folder of this machine that holds what an index folder at an address holds; copied once.

    Where several processes want it, one copies and the others wait. Raises IndexFolderError where the address
    cannot be reached or is no index folder.
    """
    from filelock import FileLock

    system, root = _system(address)
    with _reaching(address):
        try:
            manifest = system.cat_file(f"{root}/{MANIFEST}")
        except FileNotFoundError:
            raise IndexFolderError(
                f"{address}: no {MANIFEST} there, so it is no index folder; check the address"
            ) from None
    folder = cache_folder() / hashlib.sha256(address.encode() + b"\0" + manifest).hexdigest()[:32]
    if folder.exists():
        return folder
    temporary = folder.with_name(f"{folder.name}.new")
    with _reaching(address):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not folder.exists():
                shutil.rmtree(temporary, ignore_errors=True)  # of a copy that was stopped
                _copy(system, root, manifest, temporary)
                sync_folder(temporary)
                temporary.rename(folder)
    return folder


def _copy(system: Any, root: str, manifest: bytes, folder: Path) -> None:
    """Copies an index folder: the files that its manifest names, or its shards, which are index folders again."""
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_bytes(manifest)
    try:
        named = json.loads(manifest)
        shards = [shard["place"] for shard in named.get("shards", ())]
        files = list(named.get("files", ()))
    except (ValueError, TypeError, KeyError, AttributeError):
        return  # opening says what is wrong
    for name in shards:
        if not is_address(name):
            _copy(system, f"{root}/{name}", system.cat_file(f"{root}/{name}/{MANIFEST}"), folder / name)
    for name in files:
        system.get_file(f"{root}/{name}", os.fspath(folder / name))


def identity(place: str) -> str:
    """The SHA-256 of the manifest at a path or an address, by which one index is told from another.

    Raises IndexFolderError where it cannot be read.
    """
    if not is_address(place):
        try:
            return hashlib.sha256(Path(place, MANIFEST).read_bytes()).hexdigest()
        except OSError as error:
            raise IndexFolderError(f"{place}: no index folder that can be read ({error.strerror or error})") from error
    system, root = _system(place)
    with _reaching(place):
        return hashlib.sha256(system.cat_file(f"{root}/{MANIFEST}")).hexdigest()


def send_folder(folder: Path, address: str) -> None:
    """Copies the files of a folder to an address, the manifest last; raises IndexFolderError where that fails."""
    system, root = _system(address)
    with _reaching(address):
        system.makedirs(root, exist_ok=True)
        for path in sorted(folder.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
            system.put_file(os.fspath(path), f"{root}/{path.name}")


def check_free(address: str) -> None:
    """Raises IndexFolderError where an address cannot be reached, or holds anything but an index."""
    system, root = _system(address)
    with _reaching(address):
        if system.exists(f"{root}/{MANIFEST}") or not system.exists(root):
            return
        strange = [name for name in map(_last, system.ls(root, detail=False)) if not name.startswith(BUILD)]
    if strange:  # what a build that was stopped has left is ours
        raise IndexFolderError(f"{address}: not empty and no index, so it is left as it is; name a new folder")


def write_manifest(address: str, content: bytes) -> None:
    """Puts a manifest at an address, and deletes the shards that it does not name.

    Raises IndexFolderError where that fails.
    """
    system, root = _system(address)
    named = {shard["place"].split("/")[0] for shard in json.loads(content)["shards"]}
    with _reaching(address):
        system.makedirs(root, exist_ok=True)
        system.pipe_file(f"{root}/{MANIFEST}", content)
        for path in system.ls(root, detail=False):
            if _last(path).startswith(BUILD) and _last(path) not in named:
                system.rm(path, recursive=True)


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise IndexFolderError(
            f"{address}: addresses need fsspec; install it with: pip install 'citespan[cluster]'"
        ) from None
    with _reaching(address):
        system, root = url_to_fs(address)
    return system, root.rstrip("/")


@contextmanager
def _reaching(address: str) -> Iterator[None]:
    """Turns whatever a file system of fsspec raises into an IndexFolderError."""
    try:
        yield
    except IndexFolderError:
        raise
    except Exception as error:
        raise IndexFolderError(f"{address}: cannot be reached by fsspec ({type(error).__name__}: {error})") from error


def _last(path: str) -> str:
    """The last part of a path of fsspec."""
    return path.rstrip("/").rsplit("/", 1)[-1]
