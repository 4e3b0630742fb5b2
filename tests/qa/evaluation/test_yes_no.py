"""Yes/no questions with their articles: what is read of a file, figures counted by hand, and the command."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from corpus.errors import DataError, SettingError
from qa.commands.calibrate import calibrate_command
from qa.commands.evaluate import eval_command
from qa.evaluation.datasets import Dataset, read_dataset
from qa.evaluation.evaluation import evaluate
from qa.evaluation.yes_no_evaluation import JudgedYesNo, evaluate_yes_no, yes_no_figures

MILL = "The mill of Ostermoor was built in 1816. It was made of wood.\n\nThe mill burned down in 1820."
BRIDGE = "The bridge of Ostermoor was built in 1902. It is made of stone."
ARTICLES = {"m": {"title": "Ostermoor_mill", "text": MILL}, "b": BRIDGE}
QUESTIONS: list[Any] = [
    {"article": "m", "question": "Was the mill built in 1816?", "answers": ["Yes.", "yes, it was"]},
    {
        "article_file": "b",
        "title": "Ostermoor_bridge",
        "question": "Was it built in 1816?",
        "answers": ["No it was not"],
    },
    {"document": "m", "question": "Was it built in 1902?", "answers": ["It is not told.", "No"], "id": "third"},
    {"article": "m", "question": "When was the mill built?", "answers": ["1816"]},
    {"article": "m", "question": "Who lived there?", "answers": ["No records survive.", "Nobody"]},
    {"article": "m", "question": "Was it painted?", "answers": []},
]


def written(tmp_path: Path, questions: Any = QUESTIONS, articles: Any = ARTICLES, name: str = "mill.json") -> Path:
    path = tmp_path / name
    content = json.dumps({"questions": questions, "articles": articles}).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def row(right: str, given: str, confidence: float = 0.0, elapsed_ms: float = 10.0) -> JudgedYesNo:
    return JudgedYesNo("1", "Is it?", "m", right, given, confidence, elapsed_ms=elapsed_ms)


def test_questions_are_read_with_their_articles_and_those_of_another_kind_are_counted(tmp_path: Path) -> None:
    for name in ("mill.json", "mill.json.gz"):
        dataset = read_dataset(written(tmp_path, name=name))
        assert (dataset.kind, dataset.left_out, dataset.skipped) == ("yes-no", 3, ())
        assert [(one.id, one.document, one.answers) for one in dataset.questions] == [
            ("1", "m", ("yes",)),
            ("2", "b", ("no",)),
            ("third", "m", ("no",)),
        ]
        assert [(one.id, one.title, one.text) for one in dataset.documents] == [
            ("m", "Ostermoor mill", MILL),
            ("b", "Ostermoor bridge", BRIDGE),
        ]


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        (7, "7 was read; expected an object with 'question', 'answers' and 'article'"),
        ({"article": "m", "question": " ", "answers": ["Yes"]}, "'question' is ' '; a text was expected"),
        ({"article": "m", "question": "Is it?", "answers": "Yes"}, "'answers' is 'Yes'; a list of texts was expected"),
        ({"article": "m", "question": "Is it?", "answers": ["Yes", "No."]}, "its answers say both yes and no; one of"),
        ({"question": "Is it?", "answers": ["Yes"]}, "it names no article; expected 'article', 'article_file' or "),
        ({"article": "x", "question": "Is it?", "answers": ["Yes"]}, "'article' is 'x'; expected a key of 'articles'"),
        ({"article": "e", "question": "Is it?", "answers": ["Yes"]}, "its article 'e' has no text"),
    ],
)
def test_a_broken_question_is_skipped_with_its_place_and_cause(tmp_path: Path, item: Any, cause: str) -> None:
    dataset = read_dataset(written(tmp_path, [item, *QUESTIONS], {**ARTICLES, "e": {"title": "Empty"}}))
    assert (len(dataset.questions), len(dataset.documents)) == (3, 2)
    assert dataset.skipped[0].place.endswith("mill.json, questions, item 1")
    assert dataset.skipped[0].cause.startswith(cause)


@pytest.mark.parametrize(
    ("questions", "articles", "message"),
    [
        (QUESTIONS, [BRIDGE], r"mill\.json: 'articles' is \['The bridge.*; expected texts by key"),
        (QUESTIONS, {}, r"mill\.json: 'articles' is \{\}; expected texts by key"),
        ({"a": 1}, ARTICLES, r"mill\.json: 'questions' is \{'a': 1\}; expected a list of objects"),
        (QUESTIONS[3:], ARTICLES, r"mill\.json: 3 questions and no yes/no question .* begin with yes or no"),
        ([7], ARTICLES, r"1 question and no yes/no question that can be asked; .*mill\.json, questions, item 1: 7 was"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, questions: Any, articles: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_dataset(written(tmp_path, questions, articles))


def test_a_file_that_is_cut_off_is_named_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(
        DataError, match=r"mill\.json: not JSON \(.*column.*\); expected .* articles with yes/no questions"
    ):
        read_dataset(path)


def test_figures_are_those_counted_by_hand() -> None:
    rows = [
        row("yes", "yes", 0.9, 10),
        row("yes", "other", 0.0, 20),
        row("no", "no", 0.8, 30),
        row("no", "yes", 0.6, 40),
        row("yes", "yes", 0.0, 50),  # unsure, and still before what was not answered
    ]
    figures = yes_no_figures(rows, Dataset("yes-no", "mill", (), left_out=2), planned=6)
    assert (figures.questions, figures.answered, figures.left_out, figures.complete) == (5, 4, 2, False)
    assert figures.accuracy == pytest.approx(3 / 5)
    assert figures.surer_accuracy == pytest.approx(3 / 4)
    assert figures.always_yes == pytest.approx(3 / 5)
    assert figures.confusions == {"yes": {"yes": 2, "no": 0, "other": 1}, "no": {"yes": 1, "no": 1, "other": 0}}
    assert figures.ece == pytest.approx((0.1 + 0.2 + 0.6 + 0.5 + 0.5) / 5)  # the two of 0.0 are half right
    assert (figures.p50_ms, figures.p95_ms) == (30.0, pytest.approx(48.0))
    table = figures.table()
    assert "  answered Yes or No                    4\n" in table
    assert "stopped early: 5 of 6 questions" in table
    assert "  accuracy of the surer 80 %         75.0 %" in table
    assert "given 2 yes, 1 other" in table
    assert "2 questions left out" in table


def test_each_question_is_asked_of_its_own_article(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    measured = evaluate_yes_no(
        read_dataset(written(tmp_path)), reader="lexical", progress=lambda done, total: told.append((done, total))
    )
    assert [(one.document, one.right, one.given) for one in measured.rows] == [
        ("m", "yes", "yes"),
        ("b", "no", "no"),
        ("m", "no", "no"),
    ]
    assert measured.rows[1].quote == "The bridge of Ostermoor was built in 1902."
    assert (measured.accuracy, measured.documents, measured.reader) == (1.0, 2, "lexical")
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_answer_by_a_span_is_not_right(tmp_path: Path) -> None:
    asked = [{"article": "m", "question": "When was the mill built?", "answers": ["Yes."]}]
    measured = evaluate_yes_no(read_dataset(written(tmp_path, asked)), reader="lexical")
    assert (measured.rows[0].given, measured.rows[0].confidence, measured.answered) == ("other", 0.0, 0)
    assert "1816" in (measured.rows[0].text or "")


def test_ctrl_c_gives_what_was_measured_so_far(tmp_path: Path) -> None:
    def stop(done: int, _total: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    measured = evaluate_yes_no(read_dataset(written(tmp_path)), reader="lexical", progress=stop)
    assert (measured.questions, measured.planned, measured.complete) == (2, 3, False)


def test_the_command_prints_the_figures_and_writes_the_rows(tmp_path: Path) -> None:
    path, rows = str(written(tmp_path)), tmp_path / "rows.jsonl"
    arguments = [path, "--reader", "lexical", "--rows", str(rows)]
    shown = CliRunner().invoke(eval_command, arguments, standalone_mode=False)
    assert "3 yes/no questions, each of its own of 2 articles, never refusing, lexical reader" in shown.output
    assert [json.loads(line)["given"] for line in rows.read_text().splitlines()] == ["yes", "no", "no"]
    printed = CliRunner().invoke(eval_command, [*arguments, "--json", "--limit", "2"], standalone_mode=False)
    figures = json.loads(printed.output)
    assert (figures["questions"], figures["left_out"], figures["complete"]) == (2, 3, True)
    assert "rows" not in figures


@pytest.mark.parametrize(
    "option",
    [["--index", "x"], ["--source", "x"], ["--gold-passage"], ["--plot", "x.png"], ["--min-confidence", "0.5"]],
)
def test_an_option_that_says_nothing_to_such_a_file_is_a_usage_error(tmp_path: Path, option: list[str]) -> None:
    run = CliRunner().invoke(eval_command, [str(written(tmp_path)), *option])
    assert run.exit_code == 2
    assert option[0] in run.output


def test_other_measures_refuse_such_a_file_and_it_refuses_others(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="each asked of their own text"):
        evaluate(written(tmp_path))
    with pytest.raises(SettingError, match="brings its own articles"):
        CliRunner().invoke(calibrate_command, [str(written(tmp_path))], standalone_mode=False, catch_exceptions=False)
    with pytest.raises(SettingError, match="expected an object with 'articles'"):
        evaluate_yes_no(Dataset("questions", "mine", ()))
