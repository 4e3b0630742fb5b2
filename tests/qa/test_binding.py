"""What a question itself says a pronoun means is not taken from the conversation, and nobody is the other sex."""

from functools import cache

import pytest

import qa
from corpus.documents import Document, Section
from qa.conversation import Turn, rewrite
from qa.conversation.sexes import told_female
from qa.engine import Engine

TEXT = """Rowan Mill is a theatre. The Harvest was its first play. Ada Marsh wrote two plays for the Mill and directed
one of them. Ferris finished the set before the opening. Mary Oduya is the workshop manager. Tom Birch is a mechanic.
The Lantern model has a battery that is soldered. Every member pays a fee."""
ADA = Turn("Who wrote two plays for the Mill?", "Ada Marsh")
MARY = Turn("Who is the workshop manager?", "Mary Oduya")
FERRIS, VALE = Turn("Who chairs the club?", "Mrs Ferris"), Turn("Who keeps the books?", "Mr Vale")
TOM = Turn("Who is the mechanic?", "Tom Birch")
PLAY = Turn("What was the first play of Rowan Mill?", "The Harvest")


@cache
def engine() -> Engine:
    return qa.build_documents(
        [Document("mill", "Rowan Mill", TEXT, (Section((), 0, len(TEXT)),), "mill.txt")], reader="lexical"
    )


@pytest.mark.parametrize(
    "question",
    [
        "How many copies of her play did Ada sell in a week?",
        "What part of Ferris's set did he finish first?",
        "Which model has its battery soldered?",
        "Which theatre has held many of its plays outdoors?",
        "Who runs his own theatre?",
        "How much does it cost a year to keep a theatre open?",
        "What is it called if a play is read aloud?",
        "It can be said that plays are long in which country?",
        "Which play is it a pity to miss?",
        "How long has it been since the first play?",
        "Whose task did it become to keep the lights on?",
        "What word is it customary to use for a stage?",
        "What shows that plays are older than theatres?",
        "What is the name of the play the actors like best?",
        "Who was the first documented director?",
    ],
)
@pytest.mark.parametrize("before", [(PLAY,), (TOM, ADA)])
def test_a_question_that_says_what_it_means_stands_alone(question: str, before: tuple[Turn, ...]) -> None:
    assert rewrite(question, before, engine()) == question


def test_a_question_that_a_turn_has_asked_in_full_stays_as_it_is() -> None:
    question = "What other plays in this period were long?"
    assert rewrite(question, (Turn(question, "The Harvest"), PLAY), engine()) == question


@pytest.mark.parametrize(
    ("history", "follow_up", "full"),
    [
        ((MARY, TOM), "When did she start?", "When did Mary Oduya start?"),
        ((TOM, MARY), "When did he start?", "When did Tom Birch start?"),
        ((MARY, TOM), "What is her phone number?", "What is Mary Oduya's phone number?"),
        ((MARY,), "When did he start?", "When did he start?"),
        ((FERRIS, VALE), "Where does she live?", "Where does Mrs Ferris live?"),
    ],
)
def test_he_is_no_woman_and_she_is_no_man(history: tuple[Turn, ...], follow_up: str, full: str) -> None:
    assert rewrite(follow_up, history, engine()) == full


def test_pronouns_with_nothing_to_mean_in_the_question_still_lean_on_the_conversation() -> None:
    assert rewrite("Who was its director?", (PLAY,), engine()) != "Who was its director?"
    assert rewrite("What did it cost?", (PLAY,), engine()) == "What did the Harvest cost?"
    assert rewrite("Why was that play chosen?", (PLAY,), engine()) != "Why was that play chosen?"


def test_titles_and_given_names_tell_a_sex_and_other_words_none() -> None:
    assert told_female(["dr", "mary", "oduya"])
    assert told_female(["sir", "robin", "hale"]) is False
    assert told_female(["robin", "hale"]) is None
    assert told_female(["oduya", "and", "rose"]) is None
