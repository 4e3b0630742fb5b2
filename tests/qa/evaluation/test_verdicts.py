"""Figures from verdicts, and files of them that are not whole."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import DataError
from qa.commands.evaluate import eval_command
from qa.evaluation.verdicts import Verdict, read_verdicts, verdict_figures


def line(name: str, verdict: str = "right", *, answered: bool = True, confidence: float = 0.5) -> str:
    return json.dumps({"id": name, "verdict": verdict, "answered": answered, "confidence": confidence}) + "\n"


def test_the_figures_are_those_computed_by_hand() -> None:
    answers = [Verdict("a", True, True, 0.9), Verdict("b", True, True, 0.9), Verdict("c", False, True, 0.3)]
    refusals = [Verdict("d", True, False, 0.1), Verdict("e", False, False, 0.2)]
    figures = verdict_figures([*answers, *refusals])
    assert (figures.verdicts, figures.answered, figures.coverage) == (5, 3, 0.6)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.refusals_right == 0.5
    assert figures.mean_confidence == pytest.approx(0.7)
    assert figures.confidence is not None
    # Ten bins of equal mass over three answers hold one each: |0.9 - 1|, |0.9 - 1| and |0.3 - 0|.
    assert figures.confidence.ece == pytest.approx((0.1 + 0.1 + 0.3) / 3)
    assert figures.confidence.coverage_at_90 == pytest.approx(2 / 3)
    assert "2.0" not in figures.table().splitlines()[0]


def test_of_refusals_alone_there_is_no_calibration() -> None:
    figures = verdict_figures([Verdict("a", True, False, 0.0)])
    assert (figures.precision, figures.confidence, figures.coverage) == (None, None, 0.0)
    assert "ECE" not in figures.table()


def test_the_last_verdict_on_an_answer_counts_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    bad = [
        "{",
        "5\n",
        '{"id": 5}\n',
        line("x", "perhaps"),
        line("x", confidence=1.5),
        '{"id": "x", "verdict": "right"}\n',
    ]
    path.write_text(line("a") + line("b") + "\n" + line("a", "wrong") + "\n".join(bad), encoding="utf-8")
    verdicts, skipped = read_verdicts(path)
    assert [(verdict.id, verdict.right) for verdict in verdicts] == [("b", True), ("a", False)]
    assert len(skipped) == 6
    assert skipped[0].place == "verdicts.jsonl, line 5"


def test_a_file_without_a_verdict_is_told(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    with pytest.raises(DataError, match="cannot be read"):
        read_verdicts(path)
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"holds no verdict \(verdicts.jsonl, line 1: 'id'"):
        read_verdicts(path)


def test_the_command_prints_the_figures_of_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text(line("a") + line("b", "wrong"), encoding="utf-8")
    shown = CliRunner().invoke(eval_command, ["--feedback", str(path)], standalone_mode=False)
    assert "answers that were right (precision)" in shown.output
    printed = CliRunner().invoke(eval_command, ["--feedback", str(path), "--json"], standalone_mode=False)
    assert json.loads(printed.output)["precision"] == 0.5
    for arguments in ([], ["questions.json", "--feedback", str(path)]):
        assert CliRunner().invoke(eval_command, arguments).exit_code == 2
