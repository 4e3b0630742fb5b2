"""The generator of training examples: offsets, both kinds of label, the same examples for the same seed."""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import reader_contrasts
from reader_contrast_frames import check_frames, read_frames

Example = reader_contrasts.Example


def _examples(count: int, seed: int) -> list[Example]:
    return list(itertools.islice(reader_contrasts.contrasts(np.random.default_rng(seed)), count))


def test_every_answer_is_a_clean_stretch_of_its_document() -> None:
    for example in _examples(1500, 3):
        for start, end in example.answers:
            answer = example.text[start:end]
            assert answer
            assert answer == answer.strip()
            assert answer[-1] not in ".,;:?"


def test_no_slot_or_mark_of_a_template_is_left_in_a_document_or_question() -> None:
    for example in _examples(1500, 4):
        assert not set("{}<>[]|") & set(example.text + example.question)


def test_between_40_and_55_percent_of_the_questions_have_no_answer() -> None:
    examples = _examples(3000, 5)
    share = sum(not example.answers for example in examples) / len(examples)
    assert 0.40 < share < 0.55


def test_each_kind_has_questions_with_and_without_an_answer() -> None:
    seen = {(example.kind, bool(example.answers)) for example in _examples(3000, 6)}
    kinds = {kind for kind, _ in seen}
    assert len(kinds) == 8
    assert seen == {(kind, answered) for kind in kinds for answered in (True, False)}


def test_no_question_is_asked_with_and_without_an_answer_of_the_same_document() -> None:
    labels: dict[tuple[str, str], bool] = {}
    for example in _examples(6000, 7):
        key = example.text, example.question.casefold()
        assert labels.setdefault(key, bool(example.answers)) == bool(example.answers), key


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"]
    for path in paths:
        assert reader_contrasts.main(["--count", "50", "--seed", "2", "-o", str(path)]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    rows = [json.loads(line) for line in gzip.decompress(paths[0].read_bytes()).decode().splitlines()]
    assert len(rows) == 50
    assert set(rows[0]) == {"title", "text", "question", "answers", "kind"}


def test_a_file_that_cannot_be_written_is_one_message_and_exit_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reader_contrasts.main(["--count", "5", "-o", str(tmp_path / "no" / "folder.jsonl")]) == 3
    assert "cannot write" in capsys.readouterr().err


def test_an_answer_that_no_wording_holds_is_found_before_anything_is_written() -> None:
    frames = read_frames("# kind\n= town\n+ It opens at {time1}.\n? When does it open? = time2\n")
    with pytest.raises(ValueError, match="time2"):
        check_frames(frames)
