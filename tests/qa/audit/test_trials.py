import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from corpus.documents import Document, Section
from corpus.errors import DataError, SettingError
from qa.audit.expectations import Expectation, read_expectations
from qa.audit.reports.trials import TRIAL_REPORTS, trial_format
from qa.audit.trials import Trials, try_all
from qa.engine import Engine
from qa.opening import build_documents

CARD = "What does a yearly card cost?"


def question(*answers: str, **more: Any) -> Expectation:
    return Expectation("1", 3, "question", CARD, answers, "", **more)


def causes(engine: Engine, *expectations: Expectation) -> list[str | None]:
    return [trial.cause for trial in try_all(engine, expectations).trials]


@pytest.fixture(scope="module")
def eager(handbook: Engine) -> Engine:
    """The handbook's engine, which answers whatever the confidence."""
    return Engine(handbook.index, reader="lexical", min_confidence=0)


def test_an_answer_passes_where_it_holds_a_right_one_in_the_right_place(eager: Engine) -> None:
    assert causes(eager, question("12 euros"), question("12"), question("12 euros", section="Fees")) == [None] * 3
    assert causes(eager, question("12 euros", document="handbook")) == [None]


def test_a_wrong_answer_place_or_refusal_fails_and_says_what_was_expected(eager: Engine, handbook: Engine) -> None:
    wrong, section, document, answered = causes(
        eager,
        question("15 euros"),
        question("12 euros", section="Opening"),
        question("12 euros", document="other"),
        question(),
    )
    assert "'15 euros' was expected" in (wrong or "")
    assert "section 'Fees'; 'Opening' was expected" in (section or "")
    assert "'other' was expected" in (document or "")
    assert "a refusal was expected" in (answered or "")
    strict = Engine(handbook.index, reader="lexical", min_confidence=1)
    assert causes(strict, question()) == [None]
    assert "refused (low_confidence)" in (causes(strict, question("12 euros"))[0] or "")


def test_a_statement_must_have_its_verdict_and_disagreeing_documents_are_named() -> None:
    def document(name: str, year: int) -> Document:
        text = f"The library opened in {year}."
        return Document(name, "Library", text, (Section((), 0, len(text)),), f"{name}.txt")

    engine = build_documents([document("old", 1987), document("new", 1990)], reader="lexical")
    held = Expectation("1", 0, "statement", "The library opened in 1987.")
    [trial] = try_all(engine, [held]).trials
    assert trial.disagreeing == ("new", "old")
    alone = build_documents([document("new", 1990)], reader="lexical")
    [trial] = try_all(alone, [held]).trials
    assert (trial.passed, trial.found) == (False, "contradicted")
    assert "1987, the source says 1990" in (trial.cause or "")


def test_expectations_are_read_from_lists_and_lines(tmp_path: Path) -> None:
    items = [
        {"question": CARD, "answers": ["12 euros"], "section": ["Fees", "Cards"]},
        {"question": "Who wrote Hamlet?", "answers": []},
        {"claim": "Visas were abolished.", "verdict": "refuted"},
        {"statement": "Visas were abolished."},
    ]
    path = tmp_path / "expected.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    listed = read_expectations(path)
    assert [one.verdict for one in listed] == ["", "", "contradicted", "supported"]
    assert listed[0].section == "Fees > Cards"
    path.write_text("\n\n".join(map(json.dumps, items)), encoding="utf-8")
    assert [one.line for one in read_expectations(path)] == [1, 3, 5, 7]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds nothing to test"),
        ('{"question": "Why?"}', "'answers' is missing"),
        ('{"question": ""}', "'question' or 'statement' is missing"),
        ('{"statement": "A.", "verdict": "perhaps"}', "expected supported, contradicted, not_found"),
        ('{"question": "Why?", "answers": [], "section": 3}', "'section' is 3"),
        ('{"question": "Why?", "answers": []}\n{', "line 2: not JSON"),
        ("[7]", "a JSON object was expected"),
    ],
)
def test_an_expectation_that_cannot_be_tested_stops_all(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "expected.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_expectations(path)


@pytest.fixture(scope="module")
def trials(eager: Engine) -> Trials:
    odd = Expectation("2", 4, "question", CARD + " \x0b<&\ud800>", ("15 & 16 <euros>",))
    return try_all(eager, [question("12 euros"), odd], source="tests/expected 1.jsonl")


def test_junit_is_xml_whatever_the_texts_hold(trials: Trials) -> None:
    root = ElementTree.fromstring(TRIAL_REPORTS[".xml"](trials).encode("utf-8"))
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    passed, failed = root.iter("testcase")
    assert passed.find("failure") is None
    failure = failed.find("failure")
    assert failure is not None
    assert "'15 & 16 <euros>' was expected" in failure.get("message", "")
    assert "handbook" in (failure.text or "")


def test_sarif_names_the_line_of_what_failed(trials: Trials) -> None:
    [result] = json.loads(TRIAL_REPORTS[".sarif"](trials))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["region"]["startLine"], place["artifactLocation"]["uri"]) == (4, "tests/expected%201.jsonl")
    assert json.loads(TRIAL_REPORTS[".json"](trials))["failed"] == 1
    with pytest.raises(SettingError, match=r"\*\.xml"):
        trial_format("report.html")
