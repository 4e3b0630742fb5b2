"""What a follow-up carries over from the last question, over small documents that answer wrong readings too."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import qa
from corpus.documents import Document, Section
from corpus.errors import ModelError
from qa.conversation import Conversation, Turn, rewrite
from qa.conversation import weights as fitted
from qa.conversation.carrying import readings
from qa.conversation.kinds import Kinds
from qa.conversation.phrases import parse
from qa.conversation.substitution import whole
from qa.engine import Engine

DIALOGUES: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "dialogues.json").read_text(encoding="utf-8")
)
BIKES = (
    "Tuning of the road bike costs £40. Tuning of the cargo bike costs £75. A new chain for the road bike costs £22. "
    "A new chain for the cargo bike costs £35. Helmets are free. "
    "In the yard the speed limit is 5 km/h. On the ramp the speed limit is 3 km/h. "
    "Sick pay lasts six weeks. The manager approves sick pay. Sick pay is taxed."
)


@cache
def engine(text: str) -> Engine:
    document = Document("d", "Shop", text, (Section((), 0, len(text)),), "d")
    return qa.build_documents([document], reader="lexical")


def words(question: str) -> str:
    return " ".join(question.lower().replace(" the ", " ").split()).rstrip("?")


def rewritten(case: dict[str, Any]) -> str:
    history = [Turn(turn["question"], turn["answer"]) for turn in case["history"]]
    return rewrite(case["follow_up"], history, engine(DIALOGUES["documents"][case["document"]]))


@pytest.mark.parametrize(("split", "floor"), [("fit", 0.96), ("check", 0.93)])
def test_follow_ups_on_other_documents_are_worded_like_their_full_questions(split: str, floor: float) -> None:
    cases = [case for case in DIALOGUES["cases"] if case["split"] == split]
    right = [words(rewritten(case)) in map(words, case["full"]) for case in cases]
    assert sum(right) / len(right) >= floor


def test_questions_that_stand_alone_stay_as_they_are() -> None:
    alone = [case for case in DIALOGUES["cases"] if case["follow_up"] in case["full"]]
    assert [case["follow_up"] for case in alone] == [rewritten(case) for case in alone]


@pytest.mark.parametrize(
    ("turn", "follow_up", "full"),
    [
        (
            Turn("How much is tuning of the road bike?", "£40"),
            "What about a new chain?",
            "How much is a new chain of the road bike?",
        ),
        (
            Turn("How much is a new chain for the road bike?", "£22"),
            "And the cargo bike?",
            "How much is a new chain for the cargo bike?",
        ),
        (
            Turn("How much is a new chain for the road bike?", "£22"),
            "And for the cargo bike?",
            "How much is a new chain for the cargo bike?",
        ),
        (
            Turn("How much is tuning of the cargo bike?", "£75"),
            "And how much is a new chain?",
            "How much is a new chain for the cargo bike?",
        ),
        (
            Turn("What is the speed limit in the yard?", "5 km/h"),
            "And on the ramp?",
            "What is the speed limit on the ramp?",
        ),
        (Turn("Who approves sick pay?", "The manager"), "Is it taxed?", "Is sick pay taxed?"),
        (
            Turn("How much is tuning of the cargo bike?", "£75"),
            "And how much are helmets?",
            "And how much are helmets?",
        ),
        (
            Turn("How much is tuning of the cargo bike?", "£75"),
            "And who approves sick pay?",
            "And who approves sick pay?",
        ),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_replace(turn: Turn, follow_up: str, full: str) -> None:
    assert words(rewrite(follow_up, [turn], engine(BIKES))) == words(full)


def test_a_conversation_carries_the_thing_on_over_three_turns() -> None:
    talk = Conversation(engine(BIKES))
    asked = ["How much is tuning of the road bike?", "And of the cargo bike?", "And a new chain?"]
    answers = [talk.ask(question) for question in asked]
    assert words(answers[1].question) == "how much is tuning of cargo bike"
    assert words(answers[2].question) == "how much is a new chain of cargo bike"
    assert answers[2].text == "£35"


def test_a_person_is_named_in_full_with_initials() -> None:
    history = [Turn("When was William H. Porter born?", "1862"), Turn("What did Porter write?", "stories")]
    assert rewrite("Where did he live?", history, engine(BIKES)) == "Where did William H. Porter live?"


def test_readings_put_the_phrase_in_the_place_of_each_phrase_and_tell_what_they_keep() -> None:
    phrase = whole("the cargo bike")
    assert phrase is not None
    parsed = parse("How much is tuning of the road bike?")
    found = {one.question: one.evidence for one in readings(phrase, "", parsed, Kinds(engine(BIKES)))}
    good, bad = "How much is tuning of the cargo bike?", "How much is the cargo bike of the road bike?"
    assert {good, bad, "How much is the cargo bike?"} <= set(found)
    assert found[good]["told"] == 1.0 > found[bad]["told"]
    assert found[good]["same noun"] == 1.0
    assert found["How much is the cargo bike?"]["kept"] < found[good]["kept"] < 1


def test_damaged_weights_are_one_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "linear.json"
    path.write_text('{"readings": []}')
    monkeypatch.setattr(fitted, "MODEL", path)
    with pytest.raises(ModelError, match=r"linear\.json: the weights of follow-ups cannot be read .* install citespan"):
        fitted.weights.__wrapped__("readings")
