"""Arrays are read from files, whoever else reads one, and a broken file is told."""

from __future__ import annotations

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.data.arrays import read_array


@pytest.fixture
def file(tmp_path: Path) -> Path:
    np.save(tmp_path / "x.npy", np.arange(6).reshape(2, 3))
    return tmp_path / "x.npy"


@pytest.mark.parametrize("mapped", [False, True])
def test_an_array_is_read_as_it_was_written(file: Path, mapped: bool) -> None:
    array = read_array(file, mapped=mapped)
    assert type(array) is np.ndarray
    assert array.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_threads_read_headers_side_by_side(file: Path) -> None:
    def let_others_run(*_: object) -> None:
        time.sleep(0)

    thresholds = gc.get_threshold()
    gc.callbacks.append(let_others_run)  # in the middle of a header, where a collection happens to fall
    gc.set_threshold(20)
    try:
        with ThreadPoolExecutor(8) as threads:
            sums = list(threads.map(lambda _: int(read_array(file, mapped=True).sum()), range(500)))
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.remove(let_others_run)
    assert sums == [15] * 500


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY\x01\x00\x10\x00{'descr': (", b"no array"])
def test_a_broken_file_is_a_value_error(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    with pytest.raises(ValueError, match=r"."):
        read_array(file)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_array(tmp_path / "none.npy")
