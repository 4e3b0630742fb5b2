"""The samples of every format: what their readers make of them, and of damaged ones; a short run of the scripts."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from damages import damaged
from format_samples import Sample, samples
from measure_formats import findings
from mutate_formats import WRONG, Run, main, run

from corpus.formats import readable_suffixes
from corpus.reading import SourceReading

SAMPLES = samples()
OWN_PROCESS = ("Excel, binary (XLS)", "Excel, binary (XLSB)", "PDF")  # slow to damage many of; see their own tests


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.format)
def test_a_sample_is_read_as_its_author_meant_it(sample: Sample) -> None:
    assert [name for name, holds in findings(sample).items() if holds is False] == []


def test_a_place_that_is_not_the_samples_is_noticed() -> None:
    by_format = {sample.format: sample for sample in SAMPLES}
    wrong = ({"slide": 2}, *by_format["PowerPoint"].places[1:])
    assert findings(replace(by_format["PowerPoint"], places=wrong))["place"] is False
    words, *others = by_format["PDF"].places
    assert findings(replace(by_format["PDF"], places=(words | {"spot": (75, 735)}, *others)))["place"] is False
    late = ({"time": "00:00:01.000"}, *by_format["subtitles (SRT)"].places[1:])
    assert findings(replace(by_format["subtitles (SRT)"], places=late))["place"] is False


def test_there_is_a_sample_of_every_format() -> None:
    suffixes = {Path(sample.name).suffix for sample in SAMPLES}
    others = {
        ".text", ".mediawiki", ".markdown", ".mdown", ".mkd", ".htm", ".xhtml", ".ndjson", ".tab", ".docm", ".pptm",
        ".ppsx", ".potx", ".xlsm", ".xltx", ".xltm", ".xlt", ".ott", ".ots", ".otp", ".mbx", ".rest", ".asciidoc",
        ".latex", ".ltx", ".tgz", ".tbz2", ".txz", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp",
    }  # fmt: skip
    assert set(readable_suffixes()) <= suffixes | others


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.format)
def test_damaged_files_are_read_or_refused(sample: Sample) -> None:
    files = 6 if sample.format in OWN_PROCESS else 25
    *_, counts = run(sample, Run(files), {})
    assert counts["files"] == counts.get("read", 0) + counts.get("refused", 0) == files
    assert not any(counts.get(name) for name in WRONG)


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    for files in (60, 130):
        assert main(["TSV", "--files", str(files), "--results", str(results)]) == 0
    in_two = json.loads(results.read_text())["formats"]["TSV"]
    *_, at_once = run(
        next(sample for sample in SAMPLES if sample.format == "TSV"), Run(130), {}, [sample.name for sample in SAMPLES]
    )
    assert {name: in_two.get(name, 0) for name in ("files", "read")} == {
        name: at_once[name] for name in ("files", "read")
    }


def test_damaged_files_cost_their_neighbours_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)
    for sample in SAMPLES:
        suffix = Path(sample.name).suffix
        (tmp_path / f"{suffix[1:]}-1-damaged{suffix}").write_bytes(damaged(sample.data, chance))
        (tmp_path / f"{suffix[1:]}-2-whole{suffix}").write_bytes(sample.data)
    reading = SourceReading([tmp_path], on_skip=lambda _: None)
    assert all(document.sections for document in reading)
    read = {Path(file.path).name for file in reading.files}
    assert {name.name for name in tmp_path.glob("*-2-whole*")} <= read
