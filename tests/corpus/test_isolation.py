"""Work in a process of its own: limits of time and memory, crashes, and what comes after them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SettingError, SourceError
from corpus.isolation import isolated

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))


def answers(data: bytes, source: str, *, times: int = 1) -> tuple[Any, bytes]:
    print("a library talks")
    return {"source": source}, data * times


def hangs(_: bytes, __: str) -> tuple[Any, bytes]:
    time.sleep(60)
    return None, b""


def crashes(_: bytes, __: str) -> tuple[Any, bytes]:
    os._exit(11)


def devours(_: bytes, __: str) -> tuple[Any, bytes]:
    return None, bytes(20_000_000_000)


def refuses(_: bytes, source: str) -> tuple[Any, bytes]:
    raise SourceError(f"{source}: is no tea")


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the other process import this file."""
    from corpus import isolation

    isolation.close()
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def run(name: str, data: bytes = b"tea", **options: Any) -> tuple[Any, bytes]:
    return isolated(f"test_isolation:{name}", data, "tea.pdf", **options)


def test_what_the_work_gives_comes_back() -> None:
    assert run("answers", b"t\x00", times=2) == ({"source": "tea.pdf"}, b"t\x00t\x00")
    assert run("answers", bytes(3_000_000), times=2)[1] == bytes(6_000_000)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "hangs",
            "tea.pdf: takes longer than 1 s to be read and was given up; split it, or set QA_FILE_SECONDS to more",
        ),
        (
            "crashes",
            "tea.pdf: cannot be read: it ended the process that read it (it is damaged, or needs too much memory)",
        ),
        ("refuses", "tea.pdf: is no tea"),
        pytest.param(
            "devours",
            "tea.pdf: needs more than 2000 MB of memory to be read; split it, or set QA_FILE_MEGABYTES to more",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux"),
        ),
    ],
)
def test_what_goes_wrong_is_told_by_name_and_the_next_file_is_read(name: str, told: str) -> None:
    with pytest.raises(SourceError) as error:
        run(name, seconds=1.0 if name == "hangs" else None)
    assert str(error.value) == told
    assert run("answers") == ({"source": "tea.pdf"}, b"tea")


def test_a_bug_is_raised_as_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="AttributeError"):
        run("nothing")


@pytest.mark.parametrize("given", ["soon", "0", "-3", "inf"])
def test_a_limit_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("QA_FILE_SECONDS", given)
    with pytest.raises(SettingError, match="QA_FILE_SECONDS"):
        run("answers")


def test_500_damaged_pdf_files_are_read_or_refused_by_name() -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")
    from format_samples import samples
    from mutate_formats import Run
    from mutate_formats import run as damage

    sample = next(sample for sample in samples() if sample.format == "PDF")
    *_, counts = damage(sample, Run(500, 3), {})
    assert counts["read"] + counts["refused"] == 500
    assert counts["neighbours lost"] == 0
    assert counts["read"] > 100
    assert counts["refused"] > 20
