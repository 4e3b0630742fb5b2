"""Yes or no from an FAQ: what it says in so many words, and never from its questions."""

import pytest

import qa
from qa.engine import Engine

PAGE = """# Visiting the mill

## Do I need to book?
No, just come by. Groups of more than ten should ring the day before.

## Is the tower open in winter?
**Yes**, but only on Sundays.

## Can I bring my dog?
Dogs are welcome in the garden.

Do you sell flour? There is a shop in the barn.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("faq")
    (folder / "mill.md").write_text(PAGE, encoding="utf-8")
    return qa.build([str(folder)])


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("Do I need to book?", "No", "No"),
        ("do we need to book", "No", "No"),
        ("Is the tower open in winter?", "Yes", "Yes"),
    ],
)
def test_an_answer_that_says_yes_or_no_is_taken_at_its_word(
    engine: Engine, question: str, text: str, span: str
) -> None:
    answer = engine.ask(question)
    assert (answer.kind, answer.text) == ("yes_no", text)
    assert answer.citation is not None
    document = engine.document(answer.citation.document)
    assert document.text[answer.citation.start : answer.citation.end] == span


@pytest.mark.parametrize("question", ["Can I bring my dog?", "Do you sell flour?", "Is the shop in the tower?"])
def test_a_question_of_the_text_is_no_evidence(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    cited = [answer.citation] if answer.citation else list(answer.nearest)
    assert cited
    assert not [citation.quote for citation in cited if citation.quote.rstrip(" *").endswith("?")]
