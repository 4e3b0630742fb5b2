"""Encoded examples come back from their file as they were written, and wrong ones are not written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reader_arrays import Example, open_examples, write_examples

GOOD = Example([101, 7, 102, 8, 9, 102], 3, [False, False, False, True, True, False], 3, 4, "answerable")
CLAIM = Example([101, 7, 102, 8, 102], 3, [True, False, False, False, False], 0, 0, "vitaminc", 1)
NONE = Example([101, 7, 102, 8, 102], 3, [False, False, False, True, False], 0, 0, "written")


def test_examples_come_back_as_they_were_written(tmp_path: Path) -> None:
    counts = write_examples(tmp_path / "e.npz", [GOOD, NONE, GOOD])
    found = open_examples(tmp_path / "e.npz")
    assert counts == {"answerable": 2, "written": 1}
    assert len(found) == 3
    assert found.sizes.tolist() == [6, 5, 6]
    assert found.ids[6:11].tolist() == NONE.ids
    assert found.second.tolist() == [3, 3, 3]
    assert (found.start.tolist(), found.end.tolist()) == ([3, 0, 3], [4, 0, 4])
    assert [found.kinds[kind] for kind in found.kind] == ["answerable", "written", "answerable"]
    assert found.teacher_start is None


def test_the_first_token_is_always_allowed_so_that_no_answer_can_be_said(tmp_path: Path) -> None:
    write_examples(tmp_path / "e.npz", [GOOD, NONE])
    found = open_examples(tmp_path / "e.npz")
    assert found.allowed[found.offsets[:-1]].all()
    assert found.allowed.sum() == 2 + 2 + 1


def test_the_arrays_are_mapped_and_not_read(tmp_path: Path) -> None:
    write_examples(tmp_path / "e.npz", [GOOD])
    found = open_examples(tmp_path / "e.npz")
    assert isinstance(found.ids, np.memmap)


@pytest.mark.parametrize(
    ("start", "end", "complaint"),
    [
        (3, 5, "not allowed"),
        (1, 1, "not allowed"),
        (4, 3, "expected 0 to 0"),
        (0, 4, "expected"),
        (3, 9, "of 6 tokens"),
    ],
)
def test_an_answer_that_no_span_can_be_is_refused(tmp_path: Path, start: int, end: int, complaint: str) -> None:
    wrong = Example(GOOD.ids, GOOD.second, GOOD.allowed, start, end, GOOD.kind)
    with pytest.raises(ValueError, match=complaint):
        write_examples(tmp_path / "e.npz", [GOOD, wrong])
    assert not (tmp_path / "e.npz").exists()


def test_claims_keep_their_labels_beside_questions(tmp_path: Path) -> None:
    write_examples(tmp_path / "e.npz", [GOOD, CLAIM, NONE])
    found = open_examples(tmp_path / "e.npz")
    assert found.label is not None
    assert (found.label.dtype, found.label.tolist()) == (np.int8, [-1, 1, -1])
    assert found.start.tolist() == [3, 0, 0]


def test_a_file_of_questions_has_no_labels(tmp_path: Path) -> None:
    write_examples(tmp_path / "e.npz", [GOOD, NONE])
    assert open_examples(tmp_path / "e.npz").label is None


@pytest.mark.parametrize(
    ("wrong", "complaint"), [(replace(CLAIM, label=4), "label 4"), (replace(GOOD, label=0), "a claim has no span")]
)
def test_a_label_that_says_nothing_is_refused(tmp_path: Path, wrong: Example, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        write_examples(tmp_path / "e.npz", [wrong])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"nowhere\.npz: not found"):
        open_examples(tmp_path / "nowhere.npz")
