import json
import sys
from pathlib import Path

import pytest

from qa.cli import main

HANDBOOK = "= Handbook =\n\nThe library opened in 1987.\n\n==Fees==\nA yearly card costs 12 euros.\n"
EXPECTED = {"statement": "A yearly card costs 12 euros."}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> object:
    monkeypatch.delenv("QA_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("handbook.txt").write_text(HANDBOOK, encoding="utf-8")
    Path("expected.jsonl").write_text(json.dumps(EXPECTED), encoding="utf-8")

    def run(*args: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["qa", *args])
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), capsys.readouterr().out

    return run


def test_an_update_that_breaks_what_was_published_fails(run: object) -> None:
    assert callable(run)
    code, out = run("index", "handbook.txt", "-o", "handbook.index", "--test", "expected.jsonl")
    assert (code, "1 tested: 1 passed, 0 failed" in out) == (0, True)
    Path("handbook.txt").write_text(HANDBOOK.replace("12 euros", "15 euros"), encoding="utf-8")
    code, out = run("index", "-o", "handbook.index", "--update", "--test", "expected.jsonl")
    assert code == 1
    assert "12 euros, the source says 15 euros" in out
    code, out = run("test", "expected.jsonl", "--index", "handbook.index", "--report", "junit.xml", "--json")
    assert (code, json.loads(out)["failed"]) == (1, 1)
    assert 'failures="1"' in Path("junit.xml").read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_bad_input(run: object) -> None:
    assert callable(run)
    assert run("test", "none.jsonl")[0] == 3
    assert run("test", "expected.jsonl", "--report", "report.pdf")[0] == 2
