import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli import main

HANDBOOK = "= Handbook =\n\nThe library opened in 1987.\n\n==Fees==\nA yearly card costs 12 euros.\n"
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    monkeypatch.delenv("QA_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("handbook.txt").write_text(HANDBOOK, encoding="utf-8")

    def run(*args: str, stdin: str = "") -> tuple[int, str, str]:
        source = ("--source", "handbook.txt", "--reader", "lexical")
        monkeypatch.setattr(sys, "argv", ["qa", *args, *source])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return run


def test_what_ask_printed_is_verified_and_replayed(shell: Shell) -> None:
    _, answer, _ = shell("ask", "--json", "--min-confidence", "0", "What does a yearly card cost?")
    code, out, _ = shell("verify", "-", stdin=answer)
    assert code == 0
    assert "1 checked: 1 verified" in out
    code, out, _ = shell("verify", "-", "--json", stdin=answer)
    assert (code, json.loads(out)["ok"], json.loads(out)["replay"]) == (0, True, None)


def test_a_changed_source_fails_with_exit_code_1_and_says_why(shell: Shell) -> None:
    _, answer, _ = shell("ask", "--json", "--min-confidence", "0", "What does a yearly card cost?")
    Path("saved.jsonl").write_text(answer, encoding="utf-8")
    Path("handbook.txt").write_text(HANDBOOK.replace("12", "15"), encoding="utf-8")
    code, out, err = shell("verify", "saved.jsonl")
    assert (code, err) == (1, "")
    assert out.startswith("changed")
    assert "1 failed" in out


def test_a_quote_that_only_moved_fails_unless_that_is_allowed(shell: Shell) -> None:
    _, answer, _ = shell("ask", "--json", "--min-confidence", "0", "What does a yearly card cost?")
    Path("saved.jsonl").write_text(answer, encoding="utf-8")
    Path("handbook.txt").write_text(HANDBOOK.replace("in 1987", "in the spring of 1987"), encoding="utf-8")
    assert shell("verify", "saved.jsonl")[0] == 1
    code, out, _ = shell("verify", "saved.jsonl", "--allow-moved")
    assert (code, out.splitlines()[-1]) == (0, "1 checked: 1 moved")
    Path("handbook.txt").write_text(HANDBOOK.replace("12", "15"), encoding="utf-8")
    assert shell("verify", "saved.jsonl", "--allow-moved")[0] == 1


def test_a_file_that_is_empty_or_not_there_is_bad_input(shell: Shell) -> None:
    assert shell("verify", "-")[0] == 3
    code, _, err = shell("verify", "none.jsonl")
    assert code == 3
    assert "none.jsonl" in err


def test_a_receipt_is_printed_for_an_answer_and_for_a_refusal_and_both_are_verified(shell: Shell) -> None:
    code, receipt, _ = shell("ask", "--receipt", "--min-confidence", "0", "What does a yearly card cost?")
    assert code == 0
    code, refusal, _ = shell("ask", "--receipt", "--min-confidence", "0.999", "What does a yearly card cost?")
    assert code == 1
    assert json.loads(refusal)["read"]
    code, out, _ = shell("verify", "-", "--replay", stdin=receipt + refusal)
    assert (code, "2 checked: 2 verified" in out) == (0, True)


def test_a_batch_has_no_receipts(shell: Shell) -> None:
    assert shell("ask", "--receipt", "--batch", "-", stdin="Why?\n")[0] == 2
