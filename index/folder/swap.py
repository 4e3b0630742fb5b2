"""Puts a finished folder in the place of another, so that a reader finds the old one or the new one whole.

Linux exchanges two names in one step. Elsewhere the old folder is renamed aside first; a reader that comes
in that instant, or after a kill in it, finds the old folder under the name that ``previous`` gives.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100  # <fcntl.h>: names are relative to the working directory
_RENAME_EXCHANGE = 2  # <linux/fs.h>


def delete(folder: Path) -> None:
    """Deletes a folder as far as that can be done, one that may only be read too."""
    for place, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(place).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def previous(folder: Path) -> Path:
    """Where the old folder lies while the new one takes its place."""
    return folder.with_name(f".{folder.name}.previous")


def recover(folder: Path) -> None:
    """Puts the old folder back where a kill has left it aside."""
    if not folder.exists() and previous(folder).exists():
        previous(folder).rename(folder)


def swap(new: Path, folder: Path) -> None:
    """Gives ``new`` the name ``folder`` and deletes what had that name; raises OSError where that fails."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    if not folder.exists():
        new.rename(folder)
    elif not _exchange(new, folder):
        delete(previous(folder))
        folder.rename(previous(folder))
        try:
            new.rename(folder)
        except OSError:
            previous(folder).rename(folder)
            raise
    sync_folder(folder.parent)
    delete(new)
    delete(previous(folder))


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two names in one step; False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
