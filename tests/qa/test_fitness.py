import pytest

import qa
from corpus.documents import Document, Section
from qa.fitness import unfit
from qa.questions import analyse_question


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many visits were there?", "fewer", True),
        ("How many visits were there?", "thirty-eight", False),
        ("How many died?", "11.7%", True),
        ("Where is the party?", "6 July", True),
        ("Where is the party?", "the clubhouse", False),
        ("Who opened it?", "in 1987", True),
        ("Who opened it?", "Ana Petrova", False),
        ("When does it open?", "after the war", False),
        ("How much is a locker?", "free", False),
        ("How much is a locker?", "large", True),
        ("How long is the guarantee?", "two years", False),
        ("How long is the guarantee?", "the pump", True),
        ("In what year was it built?", "1987", False),
        ("In what year was it built?", "stone", True),
        ("What is it made of?", "oak", False),
    ],
)
def test_an_answer_is_held_against_what_was_asked_for(question: str, text: str, expected: bool) -> None:
    assert unfit(analyse_question(question), text) is expected


@pytest.mark.parametrize(
    ("question", "text", "beside", "expected"),
    [
        (
            "Who will be the new clerk?",
            "Ada Moss",
            "The clerk, Ada Moss, retires in June; Ben Ray will succeed her.",
            True,
        ),
        (
            "Who will be the new clerk?",
            "Ben Ray",
            "The clerk, Ada Moss, retires in June; Ben Ray will succeed her.",
            False,
        ),
        ("Who is the next coach?", "Ines Roth", "Ines Roth takes over from Kim Dahl, who leaves in May.", False),
        ("Who is the next coach?", "Kim Dahl", "Ines Roth takes over from Kim Dahl, who leaves in May.", True),
        ("Who will head the lab?", "Dr Sand", "The outgoing head Dr Sand handed the keys to Dr Weir.", True),
        ("Who is the clerk?", "Ada Moss", "The clerk, Ada Moss, retires in June; Ben Ray will succeed her.", False),
        ("Who will be leaving next?", "Ada Moss", "The clerk, Ada Moss, retires in June.", False),
    ],
)
def test_who_leaves_is_not_who_comes(question: str, text: str, beside: str, expected: bool) -> None:
    assert unfit(analyse_question(question), text, beside) is expected


def test_an_answer_of_another_sort_loses_to_no_answer() -> None:
    text = "The summer party is on 6 July. In dark gardens there were fewer visits."
    engine = qa.build_documents([Document("d", "News", text, (Section((), 0, len(text)),), "d.txt")], reader="lexical")
    candidates = engine.read("Where is the summer party?")
    assert all("July" not in span.text or "party" in span.text for span in candidates.spans)
    assert all(any(sign.isdigit() for sign in span.text) for span in engine.read("How many visits were there?").spans)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What is the warden's e-mail address?", "Ann Lee", True),
        ("What is the warden's e-mail address?", "ann@larkspur.example", False),
        ("What is the telephone number of the hut?", "four", True),
        ("Which number do I call at night?", "01632 960 417", False),
        ("Which issue was the crash?", "2.4.1", True),
        ("Which issue was discussed at length?", "the hedge", False),
        ("Which CVE was fixed?", "a crash", True),
    ],
)
def test_who_asks_for_an_address_or_a_number_gets_one(question: str, text: str, expected: bool) -> None:
    assert unfit(analyse_question(question), text) is expected


def test_an_issue_is_its_number_where_the_line_has_one() -> None:
    question = analyse_question("Which issue was the slow start?")
    assert [unfit(question, text, "Fixed: slow start (#31)") for text in ("slow start", "#31")] == [True, False]
