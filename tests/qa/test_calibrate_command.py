"""``qa calibrate`` and the commands that use its file, as a shell sees them."""

import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from fastapi.testclient import TestClient

import qa
from qa.calibration import Calibration, Shortfall, calibrate
from qa.calibration.records import FORMAT, ReaderMark
from qa.cli import main
from qa.engine import Engine
from qa.labelled import LabelledQuestion
from qa.server.app import create_app
from qa.server.running import Opening
from qa.server.settings import Settings
from tests.qa.towns import FACTS, TOWNS, YEARS, calibration, town_questions


class Run(NamedTuple):
    code: int
    out: str
    err: str


Shell = Callable[..., Run]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in ("QA_INDEX", "QA_CALIBRATION"):
        monkeypatch.delenv(name, raising=False)

    def run(*args: str | Path, stdin: str = "") -> Run:
        monkeypatch.setattr(sys, "argv", ["qa", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Run(int(stop.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text, its index, questions about it and a calibration."""
    place = tmp_path_factory.mktemp("towns")
    (place / "towns.txt").write_text(FACTS, encoding="utf-8")
    engine = qa.build([str(place / "towns.txt")], reader="lexical")
    engine.save(str(place / "towns.index"))
    asked = [{"question": question.question, "answers": list(question.answers)} for question in town_questions()]
    (place / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
    calibration(engine).save(place / "towns.calibration")
    return place


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "towns.index"


@pytest.fixture
def questions(folder: Path) -> Path:
    return folder.with_name("questions.json")


@pytest.fixture
def file(folder: Path) -> Path:
    return folder.with_name("towns.calibration")


# --- the command ---


def test_a_promise_that_the_questions_support_is_reported_and_written(
    shell: Shell, folder: Path, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "towns.calibration"
    run = shell("calibrate", questions, "--index", folder, "--reader", "lexical", "-o", path)
    assert (run.code, run.err) == (0, f"qa: wrote {path}; use it with --calibration {path}\n")
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["format"] == FORMAT
    assert record["promise"] == {"share": 0.9, "sure": 0.9, "of": "answers"}
    assert record["questions"] == len(TOWNS)
    assert record["right"] >= 0.9 * record["answered"] >= 0.9 * 22
    assert record["reader"] == ReaderMark.of("lexical").to_dict()
    assert record["index"]["documents"] == 1
    assert record["index"]["analysis"] == {"stemmer": "english"}
    assert {"threshold": record["threshold"], "answered": record["answered"], "right": record["right"]} in record[
        "curve"
    ]
    for shown in (
        f"on these {len(TOWNS)} questions:",
        f"{record['threshold']:.4f}",
        f"{100 * record['answered'] / len(TOWNS):.1f} %  ({record['answered']})",
        "at most 10 % of the answers given are wrong, with confidence 90 %",
    ):
        assert shown in run.out
    again = shell("calibrate", questions, "--index", folder, "--reader", "lexical", "--json")
    assert json.loads(again.out) == {"promised": True, **record, "date": json.loads(again.out)["date"]}


def test_too_few_questions_are_refused_with_1_and_what_was_written_before_stays(
    shell: Shell, folder: Path, questions: Path, file: Path
) -> None:
    before = file.read_bytes()
    asked = ("calibrate", questions, "--index", folder, "--reader", "lexical", "--promise", "0.95")
    run = shell(*asked, "-o", file)
    assert (run.code, run.err) == (1, "")
    assert run.out.startswith("No promise: too few questions.\n")
    assert "needed at least: 45 answers" in run.out
    assert "more questions like these should be enough" in run.out
    assert file.read_bytes() == before
    record = json.loads(shell(*asked, "--json").out)
    assert (record["promised"], record["cause"], record["least"]) == (False, "too_few_questions", 45)
    assert (
        shell(
            "calibrate", questions, "--index", folder, "--reader", "lexical", "--promise", str(record["supported"])
        ).code
        == 0
    )


def test_answers_that_are_wrong_too_often_are_refused(shell: Shell, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "never.json"
    asked = [{"question": f"When was the library of {town} founded?", "answers": []} for town in TOWNS]
    path.write_text(json.dumps(asked), encoding="utf-8")
    run = shell("calibrate", path, "--index", folder, "--reader", "lexical")
    assert run.code == 1
    assert "too many answers are wrong" in run.out
    assert "answers: 0.0 %" in run.out
    assert "--promise" not in run.out


def test_of_all_questions_fewer_are_needed_and_no_confidence_is_named(
    shell: Shell, folder: Path, questions: Path
) -> None:
    asked = ("calibrate", questions, "--index", folder, "--reader", "lexical", "--of", "questions", "--promise", "0.95")
    run = shell(*asked)
    assert run.code == 0
    assert "at most 5 % of the questions asked get a wrong answer, on average" in run.out
    assert shell(*asked, "--sure", "0.9").code == 2


def test_an_answer_is_right_by_the_rule_that_is_asked_for(shell: Shell, folder: Path, questions: Path) -> None:
    class Verbose:
        """Answers with more words than the label has."""

        def ask(self, question: str, *, min_confidence: float) -> Any:  # noqa: ARG002
            return SimpleNamespace(text="in the year 1801", confidence=0.9)

    asked = [LabelledQuestion("1", "When?", ("1900", "1801"))]
    right = []
    for rule in ("holds", "exact"):
        shortfall = calibrate(cast(Engine, Verbose()), asked, rule=rule)
        assert isinstance(shortfall, Shortfall)
        assert shortfall.surest is not None
        right.append(shortfall.surest.right)
    assert right == [1, 0]
    run = shell("calibrate", questions, "--index", folder, "--reader", "lexical", "--exact", "--json")
    assert json.loads(run.out)["rule"] == "exact"


def test_verdicts_are_asked_again_and_those_without_a_question_are_named(
    shell: Shell, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "verdicts.jsonl"
    lines = [
        {"id": town, "verdict": "right", "answered": True, "confidence": 0.5, "text": str(year),
         "question": f"When was the library of {town} founded?"}
        for town, year in YEARS.items()
    ]  # fmt: skip
    bare = {"id": "x", "verdict": "wrong", "answered": True, "confidence": 0.9}
    path.write_text("".join(json.dumps(line) + "\n" for line in [*lines, bare, "no verdict"]), encoding="utf-8")
    run = shell("calibrate", "--feedback", path, "--index", folder, "--reader", "lexical", "--json")
    assert run.code == 0
    assert json.loads(run.out)["questions"] == len(TOWNS)
    assert "skipped 1 verdict without the question" in run.err
    assert "verdicts.jsonl, line 38" in run.err


def test_a_question_that_is_repeated_counts_once(shell: Shell, folder: Path, questions: Path) -> None:
    run = shell("calibrate", questions, questions, "--index", folder, "--reader", "lexical", "--json")
    assert json.loads(run.out)["questions"] == len(TOWNS)
    assert run.err == f"qa: left out {len(TOWNS)} repeated questions: each counts once\n"


def test_what_cannot_be_calibrated_is_one_message(shell: Shell, folder: Path, questions: Path, tmp_path: Path) -> None:
    assert shell("calibrate").code == 2
    assert "as in 0.95" in shell("calibrate", questions, "--promise", "95").err
    gone = shell("calibrate", questions, "--reader", "lexical", "-o", tmp_path / "gone" / "x")
    assert (gone.code, gone.out) == (2, "")
    assert "its folder does not exist" in gone.err
    squad = tmp_path / "squad.json"
    squad.write_text(json.dumps({"data": [{"title": "T", "paragraphs": [{"context": "Tea.", "qas": [
        {"question": "What?", "answers": [{"text": "Tea", "answer_start": 0}]}]}]}]}), encoding="utf-8")  # fmt: skip
    assert "--index or --source" in shell("calibrate", squad).err
    assert shell("calibrate", squad, "--index", folder, "--reader", "lexical").code == 1
    beir = tmp_path / "beir"
    (beir / "qrels").mkdir(parents=True)
    (beir / "qrels" / "test.tsv").write_text("q\td\t1\n", encoding="utf-8")
    (beir / "corpus.jsonl").write_text('{"_id": "d", "title": "", "text": "Tea."}\n', encoding="utf-8")
    (beir / "queries.jsonl").write_text('{"_id": "q", "text": "Tea?"}\n', encoding="utf-8")
    assert "BEIR folder tells no answers" in shell("calibrate", beir).err


# --- using the file ---


def test_asking_with_a_calibration_refuses_under_its_threshold(
    shell: Shell, folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threshold = Calibration.load(file).threshold
    question = f"When was the library of {TOWNS[0]} founded?"
    sure = json.loads(shell(question, "--index", folder, "--reader", "lexical", "--json").out)["confidence"]
    assert sure >= threshold
    monkeypatch.setenv("QA_CALIBRATION", str(file))
    run = shell(question, "--index", folder, "--reader", "lexical")
    assert (run.code, run.err) == (0, "")
    strict = json.loads(file.read_bytes())
    point = {"threshold": 1.0, "answered": 0, "right": 0}
    file.write_text(json.dumps({**strict, **point, "curve": [point]}), encoding="utf-8")
    assert shell(question, "--index", folder, "--reader", "lexical").code == 1
    # What is typed stands above what the environment says; typed twice it is one too many.
    assert shell(question, "--index", folder, "--reader", "lexical", "--min-confidence", "0").code == 0
    both = shell(question, "--calibration", file, "--min-confidence", "0")
    assert (both.code, "not both" in both.err) == (2, True)
    chat = shell("chat", "--index", folder, "--reader", "lexical", stdin=question + "\n")
    assert "No answer" in chat.out
    cluster = shell("ask", "--batch", "-", "--index", folder, "--cluster", "tcp://localhost:1")
    assert (cluster.code, "--min-confidence" in cluster.err) == (2, True)


def test_an_index_that_has_changed_is_warned_of_and_still_asked(
    shell: Shell, folder: Path, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "more.txt").write_text("The library of Mallow was founded in 1750.\n", encoding="utf-8")
    assert shell("index", tmp_path / "more.txt", "-o", folder, "--update").code == 0
    question = f"When was the library of {TOWNS[0]} founded?"
    run = shell(question, "--index", folder, "--reader", "lexical", "--calibration", file)
    assert run.code == 0
    assert run.err.count("\n") == 1
    assert "the index has changed since the calibration of" in run.err
    assert "then 1 document in" in run.err
    assert "now 2 documents in" in run.err


def test_another_reader_is_an_error_that_says_what_to_do(shell: Shell, folder: Path, file: Path) -> None:
    run = shell("When?", "--index", folder, "--calibration", file, "--reader", "neural")
    assert (run.code, run.out) == (3, "")
    assert "--reader lexical" in run.err
    record = json.loads(file.read_bytes())
    record["reader"]["sha256"] = "0" * 64
    file.write_text(json.dumps(record), encoding="utf-8")
    other = shell("When?", "--index", folder, "--calibration", file, "--reader", "lexical")
    assert (other.code, "another model" in other.err) == (3, True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": FORMAT + 1}, f"format {FORMAT + 1}"),
        ({"format": "one"}, "no calibration"),
        ({"threshold": "0.5"}, "damaged"),
        ({"threshold": 1.5}, "damaged"),
        ({"threshold": None}, "damaged"),
        ({"answered": 10**6}, "damaged"),
        ({"curve": []}, "damaged"),
        ({"curve": [{"threshold": 1}]}, "damaged"),
        ({"curve": 5}, "damaged"),
        ({"promise": {"share": 5, "sure": 0.9, "of": "answers"}}, "damaged"),
        ({"promise": "all"}, "damaged"),
        ({"rule": "mild"}, "damaged"),
        ({"rule": []}, "damaged"),
        ({"reader": None}, "damaged"),
        ({"reader": {"name": 5, "sha256": "x"}}, "damaged"),
        ({"index": {}}, "damaged"),
        ({"date": "yesterday"}, "damaged"),
        ({"date": 5}, "damaged"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_clear_error(
    shell: Shell, file: Path, change: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(json.dumps({**json.loads(file.read_bytes()), **change}), encoding="utf-8")
    run = shell("When?", "--calibration", file)
    assert (run.code, run.out, run.err.count("\n")) == (3, "", 1)
    assert str(file) in run.err
    assert expected in run.err
    monkeypatch.setenv("QA_CALIBRATION", str(file))
    assert "$QA_CALIBRATION" in shell("When?").err


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b"5", b"\x00" * 50])
def test_what_is_no_calibration_is_one_clear_error(shell: Shell, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.calibration"
    path.write_bytes(content)
    run = shell("When?", "--calibration", path)
    assert (run.code, run.out, run.err.count("\n")) == (3, "", 1)
    assert "qa calibrate" in run.err
    assert shell("When?", "--calibration", tmp_path).code == 3
    assert shell("When?", "--calibration", tmp_path / "gone").code == 3


# --- served ---


def test_a_service_warns_in_its_health_where_the_index_has_changed(tmp_path: Path, folder: Path) -> None:
    engine = qa.open(str(folder), reader="lexical")
    calibrated = engine.calibrated(calibration(engine))
    app = create_app(calibrated, settings=Settings(folder=str(folder)))
    with TestClient(app) as client:
        assert "warnings" not in client.get("/healthz").json()
        question = f"When was the library of {TOWNS[0]} founded?"
        assert client.post("/ask", json={"question": question}).json()["answered"]
        (tmp_path / "more.txt").write_text("The library of Mallow was founded in 1750.\n", encoding="utf-8")
        qa.update(str(folder), [str(tmp_path / "more.txt")])
        for _ in range(600):
            if "warnings" in (health := client.get("/healthz").json()):
                break
            time.sleep(0.1)
        assert "the index has changed" in health["warnings"][0]
        assert health["documents"] == 2


def test_workers_open_their_engine_with_the_calibration(folder: Path) -> None:
    made = calibration(qa.open(str(folder), reader="lexical"))
    assert Opening(str(folder), "lexical", 1, made).engine().min_confidence == made.threshold
    # The article is another index: that was told once, before there were workers.
    assert Opening(None, "lexical", 1, made).engine().calibration == made


def test_mcp_over_stdio_says_on_stderr_that_the_index_has_changed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mcp = pytest.importorskip("qa.mcp.server", reason="mcp is not installed: citespan[mcp]")
    engine = qa.open(str(folder), reader="lexical")
    host = mcp.Host(engine.calibrated(calibration(engine)), str(folder))
    assert host.engine.counts()["documents"] == 1
    (tmp_path / "more.txt").write_text("The library of Mallow was founded in 1750.\n", encoding="utf-8")
    qa.update(str(folder), [str(tmp_path / "more.txt")])
    assert host.engine.counts()["documents"] == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("the index has changed")) == ("", 1)
