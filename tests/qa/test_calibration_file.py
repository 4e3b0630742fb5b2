"""A calibration from Python: made, kept in its file, and used by an engine."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import qa
from corpus.errors import DataError, SettingError, SourceError
from qa.calibration import Calibration, Promise, calibrate
from qa.calibration.asking import distinct
from qa.calibration.records import ReaderMark
from qa.evaluation.verdicts import Verdict, labels_of, read_verdicts
from qa.labelled import LabelledQuestion
from tests.qa.towns import calibration, town_questions, towns


def test_a_calibration_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    made = calibration()
    made.save(tmp_path / "x")
    assert Calibration.load(tmp_path / "x") == made
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    record = json.loads((tmp_path / "x").read_bytes())
    (tmp_path / "x").write_text(json.dumps({**record, "later": "a field of a later citespan"}), encoding="utf-8")
    assert Calibration.load(tmp_path / "x") == made
    with pytest.raises(SourceError, match="cannot be written"):
        made.save(tmp_path / "gone" / "x")


def test_an_engine_that_is_calibrated_keeps_the_threshold_over_another_index() -> None:
    engine, made = towns(), calibration()
    calibrated = engine.calibrated(made)
    assert (calibrated.min_confidence, calibrated.calibration, calibrated.doubts()) == (made.threshold, made, ())
    assert engine.calibration is None
    assert engine.min_confidence != made.threshold
    other = calibrated.over(qa.default().index)
    assert other.min_confidence == made.threshold
    assert "has changed" in other.doubts()[0]
    assert engine.doubts() == ()


def test_an_index_keeps_its_calibration_when_it_is_saved(tmp_path: Path) -> None:
    engine = towns()
    engine.save(str(tmp_path / "towns.index"))
    assert calibration(engine).check(qa.open(str(tmp_path / "towns.index"), reader="lexical")) == ()


def test_a_doubt_is_a_warning_unless_somebody_listens() -> None:
    made, article = calibration(), qa.default(reader="lexical")
    with pytest.warns(UserWarning, match="the index has changed"):
        article.calibrated(made)
    heard: list[str] = []
    article.calibrated(replace(made, citespan="0.0.1"), on_doubt=heard.append)
    assert len(heard) == 2
    assert "citespan 0.0.1" in heard[1]
    with pytest.raises(DataError, match="another model"):
        towns().calibrated(replace(made, reader=ReaderMark("lexical", "0")))


def test_a_question_without_answers_makes_any_answer_wrong() -> None:
    asked = town_questions()
    some = [replace(question, answers=()) if number % 2 else question for number, question in enumerate(asked)]
    made = calibrate(towns(), some, promise=Promise(0.3, 0.5))
    assert isinstance(made, Calibration)
    assert made.curve[-1].right <= len(some) / 2
    with pytest.raises(SettingError, match="no question"):
        calibrate(towns(), [])


def test_the_last_label_of_a_repeated_question_counts() -> None:
    first, last = LabelledQuestion("1", "Who  led?", ("Ann",)), LabelledQuestion("2", "who led?", ("Bea",))
    assert distinct([first, last]) == [last]


def test_verdicts_become_labels_and_what_nobody_told_counts_as_wrong(tmp_path: Path) -> None:
    def label(*, right: bool, answered: bool, text: str | None = None, expected: str | None = None) -> tuple[str, ...]:
        return labels_of([Verdict("a", right, answered, 0.5, "When?", text, expected)])[0].answers

    assert label(right=True, answered=True, text="2009") == ("2009",)
    assert label(right=False, answered=True, text="2009", expected="2010") == ("2010",)
    assert label(right=False, answered=True, text="2009") == ()
    # By the rule of words "-18 °C" would pass for "18 °C", which somebody called wrong.
    assert label(right=False, answered=True, text="-18 °C", expected="18 °C") == ()
    assert label(right=True, answered=False) == ()
    assert label(right=False, answered=False, expected="2010") == ("2010",)
    assert label(right=False, answered=False, expected=" ") == ()
    with pytest.raises(DataError, match="tells its question"):
        labels_of([Verdict("a", True, True, 0.5)])
    path = tmp_path / "verdicts.jsonl"
    line = {"id": "a", "verdict": "right", "answered": True, "confidence": 0.5, "question": "When?", "text": 5}
    path.write_text(json.dumps(line), encoding="utf-8")
    assert read_verdicts(path)[0] == [Verdict("a", True, True, 0.5, question="When?")]
