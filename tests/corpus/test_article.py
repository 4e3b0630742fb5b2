"""The default article answers every question that it should, in the section that the question names."""

import json
from pathlib import Path

import pytest

from corpus.sources import default_article

QUESTIONS = json.loads((Path(__file__).parent.parent / "data" / "russia-serbia.json").read_text(encoding="utf-8"))
ANSWERABLE = [row for row in QUESTIONS if row["answers"]]


@pytest.mark.parametrize("row", ANSWERABLE, ids=[row["question"] for row in ANSWERABLE])
def test_the_section_that_a_question_names_holds_an_answer(row: dict[str, object]) -> None:
    article = default_article()
    stretches = [
        article.text[section.start : section.end]
        for section in article.sections
        if " > ".join(section.path) == row["section"]
    ]
    assert stretches, f"no section {row['section']!r}"
    assert any(answer in stretch for stretch in stretches for answer in row["answers"])  # type: ignore[attr-defined]


def test_the_article_says_where_it_is_from() -> None:
    article = default_article()
    assert (article.id, article.title) == ("russia-serbia-relations", "Russia–Serbia relations")
    assert article.source == "corpus/articles/russia-serbia-relations.txt"
