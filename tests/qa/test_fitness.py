import pytest

from index.analysis import Analyzer
from qa.fitness import fitness
from qa.opposites import Opposites
from qa.questions import analyse_question


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("How many visits were there?", "fewer", -1.0),
        ("How many visits were there?", "thirty-eight", 1.0),
        ("How many died?", "11.7%", -1.0),
        ("Where is the party?", "6 July", -1.0),
        ("Where is the party?", "the clubhouse", 0.0),
        ("Where is the party?", "Lindau", 1.0),
        ("Who opened it?", "in 1987", -1.0),
        ("Who opened it?", "Ana Petrova", 1.0),
        ("When does it open?", "9:00", 1.0),
        ("When does it open?", "the manager", -1.0),
        ("How much is a locker?", "free", 1.0),
        ("How much is a locker?", "large", -1.0),
        ("How long is the guarantee?", "two years", 1.0),
        ("What is it made of?", "oak", 0.0),
    ],
)
def test_an_answer_is_held_against_what_was_asked_for(question: str, text: str, fits: float) -> None:
    assert fitness(analyse_question(question), text) == fits


def test_the_opposite_of_a_word_is_told_through_its_forms() -> None:
    analyzer = Analyzer()
    opposites = Opposites(analyzer.term)
    asked = analyzer.content_terms("When does the bus arrive?")
    assert opposites.opposed(asked, analyzer.terms("The bus departs at noon."))
    assert not opposites.opposed(asked, analyzer.terms("The bus departs at noon and arrives at two."))
    assert not opposites.opposed(asked, analyzer.terms("The bus stops at noon."))
