"""The samples of every format: what their readers make of them, and of damaged ones; a short run of the scripts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from format_samples import Sample, samples
from measure_formats import findings
from mutate_formats import mutated, run

from corpus.formats import readable_suffixes
from corpus.reading import SourceReading

SAMPLES = samples()
OWN_PROCESS = ("Excel, binary (XLS)", "Excel, binary (XLSB)", "PDF")  # slow to damage many of; see their own tests


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.format)
def test_a_sample_is_read_as_its_author_meant_it(sample: Sample) -> None:
    assert [name for name, holds in findings(sample).items() if holds is False] == []


def test_there_is_a_sample_of_every_format() -> None:
    suffixes = {Path(sample.name).suffix for sample in SAMPLES}
    others = {
        ".text", ".mediawiki", ".markdown", ".mdown", ".mkd", ".htm", ".xhtml", ".ndjson", ".tab", ".docm", ".pptm",
        ".ppsx", ".potx", ".xlsm", ".xltx", ".xltm", ".xlt", ".ott", ".ots", ".otp", ".mbx", ".rest", ".asciidoc",
        ".latex", ".ltx", ".tgz", ".tbz2", ".txz",
    }  # fmt: skip
    assert set(readable_suffixes()) <= suffixes | others


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.format)
def test_damaged_files_are_read_or_refused(sample: Sample) -> None:
    counts = run(sample, 6 if sample.format in OWN_PROCESS else 25, 1)
    assert {name for name, count in counts.items() if count} <= {"read", "refused", "slowest"}


def test_damaged_files_cost_their_neighbours_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)
    for sample in SAMPLES:
        suffix = Path(sample.name).suffix
        (tmp_path / f"{suffix[1:]}-1-damaged{suffix}").write_bytes(mutated(sample.data, chance))
        (tmp_path / f"{suffix[1:]}-2-whole{suffix}").write_bytes(sample.data)
    reading = SourceReading([tmp_path], on_skip=lambda _: None)
    assert all(document.sections for document in reading)
    read = {Path(file.path).name for file in reading.files}
    assert {name.name for name in tmp_path.glob("*-2-whole*")} <= read
