import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli import main
from tests.qa.audit.conftest import HANDBOOK

Shell = Callable[..., tuple[int, str, str]]
WRONG = "The library opened in 1990.\n"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    monkeypatch.delenv("QA_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("handbook.txt").write_text(HANDBOOK, encoding="utf-8")

    def run(*args: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qa", *args, "--source", "handbook.txt"])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return run


def test_an_audit_prints_json_and_fails_only_where_it_is_told_to(shell: Shell) -> None:
    code, out, _ = shell("audit", "-", "--json", stdin=WRONG)
    record = json.loads(out)
    assert (code, record["source"], record["summary"]["contradicted"]) == (0, "-", 1)
    assert shell("audit", "-", "--fail-on", "contradicted,not_found", stdin=WRONG)[0] == 1
    assert shell("audit", "-", "--fail-on", "not_found", stdin=WRONG)[0] == 0


def test_reports_are_written_and_a_baseline_fails_nothing_again(shell: Shell) -> None:
    Path("draft.md").write_text(f"# Draft\n\n{WRONG}", encoding="utf-8")
    reports = [f"report{suffix}" for suffix in (".html", ".md", ".sarif", ".json")]
    named = [part for name in reports for part in ("--report", name)]
    code, out, _ = shell("audit", "draft.md", "--fail-on", "contradicted", *named)
    assert code == 1
    assert all(Path(name).stat().st_size for name in reports)
    assert "1990; the source says 1987" in out
    code, out, _ = shell("audit", "draft.md", "--fail-on", "contradicted", "--baseline", "report.json")
    assert (code, "(known)" in out) == (0, True)


def test_bad_input_is_one_clear_message(shell: Shell) -> None:
    assert shell("audit", "-", "--fail-on", "wrong")[0] == 2
    assert shell("audit", "-", "--report", "report.pdf")[0] == 2
    code, _, err = shell("audit", "none.txt")
    assert (code, "none.txt" in err) == (3, True)
    Path("rows.jsonl").write_text('{"text": "Tea."}\n{"text": "Cake."}\n', encoding="utf-8")
    code, _, err = shell("audit", "rows.jsonl")
    assert (code, "one text at a time" in err) == (3, True)


def test_an_empty_text_is_an_empty_report(shell: Shell) -> None:
    code, out, _ = shell("audit", "-", "--fail-on", "contradicted")
    assert (code, out) == (0, "note: the text is empty\n0 sentences: 0 claims\n")


def test_several_texts_are_told_in_their_turn_and_the_worst_counts(shell: Shell) -> None:
    Path("right.txt").write_text("The library opened in 1987.\n", encoding="utf-8")
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    code, out, _ = shell("audit", "wrong.txt", "right.txt", "--json", "--fail-on", "contradicted")
    assert code == 1
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["wrong.txt", "right.txt"]
    assert shell("audit", "wrong.txt", "right.txt", "--report", "report.md")[0] == 2
