"""The command line as a shell sees it: exit codes, what goes to stdout and what to stderr."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from qa.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent

HANDBOOK = """= Handbook =

The library opened in 1987 and was designed by the architect Ada Brunner.

==Opening hours==
The library is open from nine to six on weekdays. On Sundays the library is closed.

==Fees==
A yearly card costs 12 euros. Children pay nothing.
"""


class Run(NamedTuple):
    code: int
    out: str
    err: str


Shell = Callable[..., Run]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.delenv("QA_INDEX", raising=False)

    def run(*args: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "argv", ["qa", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Run(int(stop.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    path = tmp_path / "handbook.txt"
    path.write_text(HANDBOOK, encoding="utf-8")
    return path


@pytest.fixture
def folder(shell: Shell, handbook: Path, tmp_path: Path) -> Path:
    output = tmp_path / "handbook.index"
    assert shell("index", str(handbook), "-o", str(output)).code == 0
    return output


def test_a_question_needs_no_verb_and_asks_the_default_article(shell: Shell) -> None:
    run = shell("when were visas abolished?")
    assert run.code == 0
    assert run.out.splitlines()[0] == "2009"
    assert "Travel regime" in run.out
    assert run.err == ""
    assert "\x1b" not in run.out


def test_options_may_stand_before_the_question(shell: Shell) -> None:
    run = shell("--json", "when were visas abolished?")
    assert json.loads(run.out)["text"] == "2009"


def test_json_is_one_object_with_the_fields_of_the_contract(shell: Shell) -> None:
    record = json.loads(shell("ask", "when were visas abolished?", "--json").out)
    assert list(record) == [
        "question", "answered", "text", "confidence", "score", "citation", "alternatives", "reason", "nearest",
        "elapsed_ms", "confidence_level", "did_you_mean", "spans", "texts", "kind",
    ]  # fmt: skip
    assert list(record["citation"]) == [
        "document", "title", "source", "section", "page", "start", "end", "quote", "quote_start", "quote_end",
        "sha256",
        "context",
    ]  # fmt: skip
    assert record["citation"]["section"] == ["Travel regime"]


def test_a_refusal_exits_with_1_and_gives_its_reason(shell: Shell) -> None:
    run = shell("ask", "xylophone zugzwang?", "--json")
    assert run.code == 1
    assert json.loads(run.out)["reason"] == "no_match"
    assert shell("", "--json").code == 1


def test_an_index_is_built_asked_and_searched(shell: Shell, folder: Path) -> None:
    answered = json.loads(shell("What does a yearly card cost?", "--index", str(folder), "--json").out)
    assert answered["citation"]["section"] == ["Fees"]
    assert "12 euros" in answered["citation"]["quote"]
    hit = json.loads(shell("search", "closed sundays", "--index", str(folder), "--json", "-k", "1").out)
    assert (hit["rank"], hit["passage"]["section"]) == (1, ["Opening hours"])
    assert shell("search", "xylophone", "--index", str(folder)).code == 1


def test_the_environment_names_the_default_index(shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_INDEX", str(folder))
    assert "Fees" in shell("what does a yearly card cost?").out
    monkeypatch.setenv("QA_INDEX", str(folder / "gone"))
    run = shell("what does a yearly card cost?")
    assert (run.code, run.out) == (3, "")
    assert "$QA_INDEX names this folder" in run.err
    assert "$QA_INDEX" not in shell("what?", "--index", str(folder / "gone")).err


def test_a_source_is_read_and_asked_at_once(shell: Shell, handbook: Path) -> None:
    record = json.loads(shell("who designed the library?", "--source", str(handbook), "--json").out)
    assert "Ada Brunner" in record["citation"]["quote"]
    text = handbook.read_text(encoding="utf-8")
    assert text[record["citation"]["start"] : record["citation"]["end"]] == record["text"]


def test_index_and_source_together_are_a_usage_error(shell: Shell, folder: Path, handbook: Path) -> None:
    run = shell("when?", "--index", str(folder), "--source", str(handbook))
    assert (run.code, run.out) == (2, "")
    assert "not both" in run.err


def test_a_batch_keeps_order_and_ids_and_survives_bad_lines(shell: Shell, folder: Path) -> None:
    lines = b'{"id": "a", "question": "What does a yearly card cost?"}\n{broken\nWhen is the library closed?\n'
    run = shell("ask", "--batch", "-", "--index", str(folder), "--json", stdin=lines)
    records = [json.loads(line) for line in run.out.splitlines()]
    assert [record.get("id") for record in records] == ["a", None, None]
    assert [("error" in record) for record in records] == [False, True, False]
    assert records[1]["line"] == 2
    assert run.code == 3


def test_a_batch_without_bad_lines_exits_with_0(shell: Shell, folder: Path, tmp_path: Path) -> None:
    batch = tmp_path / "questions.txt"
    batch.write_text("When is the library closed?\nxylophone?\n", encoding="utf-8")
    run = shell("ask", "--batch", str(batch), "--index", str(folder))
    assert run.code == 0
    assert "no word of the question" in run.out


def test_what_stdout_cannot_hold_is_escaped_and_the_batch_goes_on(handbook: Path, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": "\\ud800", "question": "Is it Miloš?"}\n"When is it closed?"\n', encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "qa",
        "ask",
        "--batch",
        str(batch),
        "--source",
        str(handbook),
        "--reader",
        "lexical",
    ]
    for more, ends in ((["--json"], "}"), ([], "")):
        done = subprocess.run(
            [*command, *more],
            capture_output=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"},
            check=False,
        )
        lines = done.stdout.decode("cp1252").splitlines()
        assert (done.returncode, done.stderr) == (0, b"")
        assert lines[-1].endswith(ends)
        if more:
            assert [json.loads(line).get("id") for line in lines] == ["\ud800", None]


def test_without_what_the_reader_needs_documents_are_indexed_searched_and_shown(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('not here')", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "qa", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)

    for arguments in (
        ("index", str(handbook), "-o", "x.index"),
        ("search", "library", "--index", "x.index"),
        ("show", "--index", "x.index"),
    ):
        assert run(*arguments).returncode == 0
    asked = run("when is it closed?", "--index", "x.index")
    assert asked.returncode == 3
    assert "--reader lexical" in asked.stderr


def test_figures_are_told_also_where_the_rows_cannot_be_written(shell: Shell, tmp_path: Path) -> None:
    questions = tmp_path / "questions.json"
    questions.write_text('[{"question": "When were visas abolished?", "answers": ["2009"]}]', encoding="utf-8")
    rows = tmp_path / "nowhere" / "rows.jsonl"
    run = shell("eval", str(questions), "--rows", str(rows), "--reader", "lexical")
    assert run.code == 3
    assert "exact match" in run.out
    assert "rows.jsonl" in run.err


def test_show_takes_a_file_for_its_document_and_names_what_is_near(shell: Shell, folder: Path) -> None:
    assert shell("show", "handbook.txt", "--index", str(folder)).out == HANDBOOK
    missing = shell("show", "handbok", "--index", str(folder))
    assert missing.code == 3
    assert "did you mean 'handbook'?" in missing.err


@pytest.mark.parametrize(("typed", "meant"), [("serv", "serve"), ("Audt", "audit"), ("serach", "search")])
def test_a_mistyped_command_is_no_question(shell: Shell, typed: str, meant: str) -> None:
    found = shell(typed, "x")
    assert found.code == 2
    assert f"did you mean qa {meant}?" in found.err
    assert shell("ask", typed).code in (0, 1)


def test_show_lists_documents_prints_one_and_one_section(shell: Shell, folder: Path) -> None:
    assert "handbook" in shell("show", "--index", str(folder)).out
    assert shell("show", "handbook", "--index", str(folder)).out == HANDBOOK
    section = shell("show", "handbook", "--index", str(folder), "--section", "fees").out
    assert section.strip() == "A yearly card costs 12 euros. Children pay nothing."
    missing = shell("show", "handbook", "--index", str(folder), "--section", "Staff")
    assert missing.code == 3
    assert "Opening hours" in missing.err
    assert shell("show", "nothing", "--index", str(folder)).code == 3


@pytest.mark.parametrize("option", ["--source", "--batch"])
def test_a_path_that_is_not_there_is_one_line_that_names_it(shell: Shell, tmp_path: Path, option: str) -> None:
    question = ["when?"] if option == "--source" else []
    run = shell("ask", *question, option, str(tmp_path / "missing.txt"))
    assert run.code == 3
    assert "missing.txt" in run.err
    assert len(run.err.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_named_with_its_cause(shell: Shell, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    run = shell("index", str(path), "-o", str(tmp_path / "x.index"))
    assert run.code == 3
    assert "empty" in run.err
    assert not (tmp_path / "x.index").exists()


def test_a_folder_without_documents_says_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    run = shell("index", str(tmp_path / "photos"), "-o", str(tmp_path / "x.index"))
    assert run.code == 3
    assert "a.png" in run.err


@pytest.mark.usefixtures("handbook")
def test_a_bad_file_is_reported_and_the_rest_is_indexed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\0\x01\x02\xff" * 50)
    run = shell("index", str(tmp_path), "-o", str(tmp_path / "x.index"))
    assert run.code == 0
    assert "broken.txt" in run.err
    assert "1 document" in run.out


def test_a_folder_that_is_no_index_is_not_opened(shell: Shell, tmp_path: Path) -> None:
    run = shell("when?", "--index", str(tmp_path))
    assert run.code == 3
    assert str(tmp_path) in run.err


def test_a_truncated_index_names_the_file_and_the_command_that_mends_it(shell: Shell, folder: Path) -> None:
    array = max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size)
    array.write_bytes(array.read_bytes()[:-1])
    run = shell("when?", "--index", str(folder))
    assert run.code == 3
    assert array.name in run.err
    assert "qa index" in run.err


def test_verify_finds_a_flipped_byte(shell: Shell, folder: Path) -> None:
    assert shell("index", "--verify", str(folder)).code == 0
    array = max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size)
    content = bytearray(array.read_bytes())
    content[-1] ^= 1
    array.write_bytes(bytes(content))
    assert shell("index", "--verify", str(folder)).code == 3


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("ask",),
        ("ask", "one", "two"),
        ("ask", "when?", "--min-confidence", "2"),
        ("ask", "when?", "--top", "0"),
        ("ask", "when?", "--reader", "crystal-ball"),
        ("show", "--section", "Fees"),
        ("index", "somewhere"),
        ("index", "--verify", "x.index", "--memory", "1GB"),
        ("index", "-o", "x.index"),
        ("search",),
        ("eval",),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(shell: Shell, args: tuple[str, ...]) -> None:
    run = shell(*args)
    assert run.code == 2
    assert run.err or run.out


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?!…",
        "what is the",
        "🍵🍵",
        "\x00\x07",
        "متى ألغيت التأشيرات؟",
        "when " * 2500,
        "e\u0301" * 500,
        "\u202evisas",
    ],
)
def test_odd_questions_are_answered_or_refused_never_errors(shell: Shell, question: str) -> None:
    run = shell("ask", question, "--json")
    assert run.code in (0, 1)
    assert json.loads(run.out)["question"] == question


def test_every_command_has_help(shell: Shell) -> None:
    assert len(COMMANDS) > 10
    for name in COMMANDS:
        run = shell(name, "--help")
        assert run.code == 0
        assert f"Usage: qa {name}" in run.out
        assert len(run.out.splitlines()[2].strip()) > 20, f"qa {name} has no help"
