"""The field sets: what they hold is answered or left open as their questions say."""

import json
import re
from pathlib import Path

import pytest

import qa

FIELD = Path(__file__).parent / "data" / "field"
CASES = sorted(path.parent for path in FIELD.glob("*/*/questions.json"))


def read(case: Path) -> list[dict[str, list[str]]]:
    return json.loads((case / "questions.json").read_text(encoding="utf-8"))


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
