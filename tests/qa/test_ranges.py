"""Questions about a stretch of time get both of its ends; others keep the one they asked for."""

from pathlib import Path

import pytest

import qa
from corpus.documents import Passage
from qa.questions import analyse_question
from qa.ranges import whole_part
from qa.readers.readings import Span


@pytest.mark.parametrize(
    ("question", "stretch"),
    [
        ("When is the archive open on Tuesday?", True),
        ("What hours are you open?", True),
        ("when was the road closed", True),
        ("At what time is lunch served?", True),
        ("When does the archive open?", False),
        ("Until when is the archive open?", False),
        ("From what time is the desk staffed?", False),
        ("Who is open to visitors?", False),
    ],
)
def test_which_questions_ask_for_a_stretch_of_time(question: str, stretch: bool) -> None:
    assert analyse_question(question).lasting is stretch


HOURS = """# Reading room

- Tuesday: 9:00–17:00
- Thursday: 10 am to 1 pm and 2 pm to 6 pm
- Season: 28 March to 19 October
- Ring +44 20 7946 0018 or (020) 7946 0021
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> qa.Engine:
    path: Path = tmp_path_factory.mktemp("room") / "room.md"
    path.write_text(HOURS, encoding="utf-8")
    return qa.build([str(path)])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When is the reading room open on Tuesday?", "9:00–17:00"),
        ("When does the reading room open on Tuesday?", "9:00"),
        ("When is the reading room open on Thursday?", "10 am to 1 pm and 2 pm to 6 pm"),
    ],
)
def test_a_stretch_is_answered_whole_and_verbatim(room: qa.Engine, question: str, answer: str) -> None:
    found = room.ask(question, min_confidence=0)
    assert found.text == answer
    assert found.citation is not None
    document = room.document(found.citation.document)
    assert document.text[found.citation.start : found.citation.end] == answer


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("The hall closes in the first week of ", "August", "the first week of August"),
        ("It opens at the end of ", "May", "the end of May"),
        ("Bills are paid by the middle of ", "the month before", "the middle of the month before"),
        ("It was built at the end of ", "1350", "1350"),
        ("It closes in ", "August", "August"),
        ("Read the first half of ", "the book", "the book"),
    ],
)
def test_a_part_of_a_month_is_whole(before: str, text: str, whole: str) -> None:
    said = f"{before}{text}."
    passage = Passage("hall", "Hall", (), 0, len(said), said, ((0, len(said)),))
    found = whole_part(Span(0, len(before), len(before) + len(text), (0, len(said)), 1.0, text, said), passage)
    assert (found.text, said[found.start : found.end]) == (whole, whole)
