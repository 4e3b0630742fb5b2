"""The field sets: what they hold is answered or left open as their questions say."""

import json
import re
from pathlib import Path

import pytest

import qa

FIELD = Path(__file__).parent / "data" / "field"
CASES = sorted(path.parent for path in FIELD.glob("*/*/questions.json"))


def read(case: Path) -> list[dict[str, list[str]]]:
    rows: list[dict[str, list[str]]] = json.loads((case / "questions.json").read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_every_answer_of_a_field_case_stands_in_its_documents(case: Path) -> None:
    texts = [" ".join(document.text.split()) for document in qa.build([str(case / "docs")]).documents()]
    answers = [" ".join(answer.split()) for row in read(case) for answer in row["answers"]]
    words = {answer: re.compile(rf"(?<!\w){re.escape(answer)}(?!\w)") for answer in answers}
    absent = [answer for answer in answers if not any(words[answer].search(text) for text in texts)]
    assert absent == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_field_case_asks_each_question_once_and_leaves_a_third_of_them_open(case: Path) -> None:
    rows = read(case)
    questions = [str(row["question"]) for row in rows]
    assert len(set(questions)) == len(questions)
    assert 18 <= len(rows) <= 35
    assert 0.3 <= sum(not row["answers"] for row in rows) / len(rows) <= 0.42


def test_the_set_that_measures_shares_no_case_question_or_name_with_the_one_that_constants_are_fitted_on() -> None:
    words: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    questions: dict[str, set[str]] = {}
    for part in ("fit", "check"):
        cases = [case for case in CASES if case.parent.name == part]
        assert len(cases) >= 12
        texts = [path.read_text(encoding="utf-8") for case in cases for path in (case / "docs").iterdir()]
        names[part] = {case.name for case in cases}
        words[part] = {pair for text in texts for pair in re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", text)}
        questions[part] = {str(row["question"]).casefold() for case in cases for row in read(case)}
    for found in (names, words, questions):
        assert found["fit"] & found["check"] == set()
