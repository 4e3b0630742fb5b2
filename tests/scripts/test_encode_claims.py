"""Claims are labelled as they should be: what is changed, said nearly, turned into a statement or left out."""

from __future__ import annotations

import random
from pathlib import Path

import claims_verbs
import pytest
from claims_approximations import approximations, nearly
from claims_changes import Change, changed, names_of, other_number
from claims_documents import piece
from claims_questions import Answers, another_number, together
from claims_sets import CONTRADICTED, NOT_FOUND, SUPPORTED, Claim, kept_out, near_texts, plain
from claims_squad import Article, Paragraph, sentence_claims, tells
from claims_statements import Statements
from claims_verbs import past_of, third_of, timed, verbs_of
from claims_wordings import may_be_claim, reworded
from encode_claims import chosen, encoded
from reader_arrays import open_examples, write_examples
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

SAYS = Statements({"build", "open", "win", "cost", "teach", "fight", "sell", "defeat", *claims_verbs.PAST})


@pytest.mark.parametrize(
    ("question", "answer", "statement", "yes_no"),
    [
        ("When was the tower built?", "1889", "The tower was built in 1889.", "Was the tower built in 1889?"),
        ("Who built the tower?", "Eiffel", "Eiffel built the tower.", None),
        ("What is the capital of Peru?", "Lima", "The capital of Peru is Lima.", "Is the capital of Peru Lima?"),
        ("When does the shop open?", "9:30", "The shop opens at 9:30.", "Does the shop open at 9:30?"),
        ("What did Queen win in 1977?", "a prize", "Queen won a prize in 1977.", "Did Queen win a prize in 1977?"),
        ("In what year did Lange die?", "1900", None, None),
        ("How many people were killed?", "300", "300 people were killed.", "Were 300 people killed?"),
        ("What was madder made from?", "roots", "Madder was made from roots.", "Was madder made from roots?"),
        ("Miami is located in which county?", "Dade", "Miami is located in Dade.", "Is Miami located in Dade?"),
        ("Where is Lima?", "Peru", "Lima is in Peru.", "Is Lima in Peru?"),
        ("Who did not win?", "Ann", None, None),
        ("What are two kinds of salt?", "sea salt", None, None),
        ("Why did the wall fall?", "rain", None, None),
    ],
)
def test_a_question_with_its_answer_becomes_a_statement(
    question: str, answer: str, statement: str | None, yes_no: str | None
) -> None:
    said = SAYS.of(question, answer)
    assert (said and said.statement, said and said.question) == (statement, yes_no)


def test_a_statement_is_denied_at_its_verb() -> None:
    said = SAYS.of("When did Ann open the shop?", "May 2001")
    assert said is not None
    assert (said.statement, said.denial) == (
        "Ann opened the shop in May 2001.",
        "Ann did not open the shop in May 2001.",
    )


def test_verbs_are_the_words_that_follow_to_and_have_a_past() -> None:
    texts = ["to walk to walk to walk to walk walked walked walked to rome to rome to rome to rome"]
    assert "walk" in verbs_of(texts)
    assert "rome" not in verbs_of(texts)
    assert (past_of("stop"), third_of("carry"), timed("Monday")) == ("stopped", "carries", "on Monday")


@pytest.mark.parametrize("seed", range(30))
def test_words_that_say_a_number_nearly_hold_of_it_or_clearly_do_not(seed: int) -> None:
    manners = {
        **dict.fromkeys(("more than", "over", "upwards of"), lambda said, true: true > said),
        "at least": lambda said, true: true >= said,
        **dict.fromkeys(("fewer than", "less than", "under"), lambda said, true: true < said),
        "at most": lambda said, true: true <= said,
        **dict.fromkeys(("almost", "nearly", "just under"), lambda said, true: 0.9 * said < true < said),
    }
    for fits in (True, False):
        said = nearly(142, random.Random(seed), fits=fits)
        if said is not None:
            about = abs(said[1] / 142 - 1) < 0.2
            assert manners.get(said[0], lambda *_, about=about: about)(said[1], 142) is fits, said


def test_a_share_is_said_as_a_fraction_of_what_it_is_a_share_of() -> None:
    found = {
        (claim, fits)
        for seed in range(40)
        for claim, _, fits in approximations("In all, they won 68 percent of the seats.", random.Random(seed))
    }
    assert ("In all, they won over two-thirds of the seats.", True) in found
    assert ("In all, they won less than half of the seats.", False) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "It flew a Boeing 747 to Rome.",
        "They sold about 300 cars.",
        "He was born in 1969 there.",
        "See chapter 12 there.",
    ],
)
def test_names_years_and_what_is_nearly_said_already_are_not_said_nearly(sentence: str) -> None:
    assert not list(approximations(sentence, random.Random(1)))


def test_a_change_changes_one_thing() -> None:
    text = "The bridge was opened in March 1932 by the mayor."
    kinds: dict[str, str] = {}
    for seed in range(60):
        change = changed(text, text, random.Random(seed))
        assert change is not None
        kinds[change.kind] = change.on(text)
    assert kinds["denial"].replace("never", "not") == "The bridge was not opened in March 1932 by the mayor."
    assert kinds["opposite"] == "The bridge was closed in March 1932 by the mayor."
    assert "March" not in kinds["date"]
    assert "1932" in kinds["date"]
    assert "1932" not in kinds["number"]


def test_roles_are_swapped_whole() -> None:
    text = "The Romans defeated the Greeks."
    swapped = {change.on(text) for seed in range(40) if (change := changed(text, text, random.Random(seed)))}
    assert "The Greeks defeated the Romans." in swapped


def test_a_name_is_swapped_for_one_after_the_same_word() -> None:
    text = "The king lived in Paris for years."
    context = text + " The queen lived in Madrid. It was built by Peter Gray."
    swapped = {
        c.on(text) for seed in range(40) if (c := changed(text, context, random.Random(seed))) and c.kind == "name"
    }
    assert swapped == {"The king lived in Madrid for years."}
    assert names_of("They saw Peter Gray in May.")[1:] == [("Peter Gray", "saw", 9)]


@pytest.mark.parametrize("number", ["7", "1,200", "1932", "3.5", "20"])
def test_another_number_is_another_of_the_same_form(number: str) -> None:
    for seed in range(30):
        other = other_number(number, random.Random(seed))
        assert other != number
        assert ("," in other, "." in other) == (
            "," in number and float(other.replace(",", "")) >= 1000,
            "." in number,
        )
    assert another_number("soon", random.Random(1)) is None


def test_rewording_keeps_what_is_stated() -> None:
    said = {reworded("However, in 1990, the house was founded.", random.Random(seed)) for seed in range(40)}
    assert {text.rstrip(".") for text in said} <= {
        "However, in 1990, the house was founded",
        "However, in 1990, the house was established",
        "In 1990, the house was founded",
        "In 1990, the house was established",
        "The house was founded in 1990",
        "The house was established in 1990",
    }
    assert not may_be_claim("He was born in a small town near the river in 1990.")
    assert may_be_claim("The house was founded by two brothers in the year 1990.")


TEXT = (
    "The Merrow Bridge was opened in 1932 by the mayor of Lund. Its towers are 40 metres high. "
    "Ships pass under the middle span twice a day. Painters renew the coat of paint every seven years."
)


def test_claims_of_a_paragraph_have_the_label_that_their_evidence_gives_them() -> None:
    article = Article("Merrow Bridge", [Paragraph("Merrow Bridge", TEXT, [])])
    told = "The Merrow Bridge was opened in 1932 by the mayor of Lund"
    seen = set()
    for seed in range(40):
        for claim in sentence_claims(article, random.Random(seed)):
            if claim.claim.rstrip(".") == told and claim.kind == "sentences":
                seen.add(claim.label)
                assert (told in claim.evidence) == (claim.label == SUPPORTED)
            if claim.kind.startswith("changed"):
                assert claim.label == CONTRADICTED
    assert SUPPORTED in seen


def test_evidence_without_a_sentence_is_none_where_another_tells_the_same() -> None:
    twice = Paragraph("", "The bridge was opened in 1932. In 1932 the bridge was opened to all. " + TEXT, [])
    assert twice.without(0, "The bridge was opened in 1932.") is None
    once = Paragraph("", TEXT, [])
    left = once.without(0, "The Merrow Bridge was opened in 1932 by the mayor of Lund.")
    assert left is not None
    assert "1932" not in left
    assert tells(TEXT, "The towers are 40 metres high.")


def test_answers_told_in_one_breath_are_not_wrong() -> None:
    assert together("Ann", "Bob", "Ann and Bob won the race.")
    assert not together("Ann", "Bob", "Ann won the race that was held last year, which Bob lost.")
    answers = Answers()
    for answer in ("Ann Lee", "Bob Gray", "1990"):
        answers.add("Who won the race?", answer)
    assert answers.others("Who won the race?", "Ann Lee") == ["Bob Gray"]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("9 €", ("Fees > Cats", "- Blood test: 9 €")),
        ("Friday", ("Hours", "| Day | Opens |\n| --- | --- |\n| Friday | 9:00 |")),
        ("5 kg", ("Hours", "- Boat\n  - Weight: 5 kg")),
    ],
)
def test_a_piece_of_a_document_holds_what_it_needs_to_be_understood(at: str, found: tuple[str, str]) -> None:
    text = (
        "# Prices\n\n## Fees\n\n### Cats\n\n- Blood test: 9 €\n\n## Hours\n\n| Day | Opens |\n| --- | --- |\n"
        "| Monday | 8:00 |\n| Friday | 9:00 |\n\n- Raft\n  - Weight: 3 kg\n- Boat\n  - Colour: red\n  - Weight: 5 kg\n"
    )
    assert piece(text, text.index(at)) == found


def test_a_page_is_kept_out_whatever_its_spelling() -> None:
    pages = [f"page {number}" for number in range(2000)]
    assert 0.17 < sum(map(kept_out, pages)) / 2000 < 0.23
    assert kept_out("Ada Lovelace") == kept_out("ada_lovelace")
    assert plain("Ann -LRB-film-RRB-") == "Ann (film)"
    assert near_texts("The cat sat on a red mat.") & near_texts("A cat sat on the mat.")
    assert not near_texts("A cat sat.") & near_texts("Two dogs ran away.")


def test_claims_are_encoded_with_their_title_and_label(tmp_path: Path) -> None:
    words = ["[CLS]", "[SEP]", "[UNK]", "ships", "sail", "page", ":", "they", "do"]
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    claims = [
        Claim("ships sail", "page", "they do", SUPPORTED, "page", "x"),
        Claim("ships sail", "", "they", NOT_FOUND, "page", "x"),
        Claim("ships sail", "", "they " * 300, SUPPORTED, "page", "x"),
    ]
    write_examples(tmp_path / "c.npz", encoded(claims, tokenizer))
    found = open_examples(tmp_path / "c.npz")
    assert found.ids.tolist() == [0, 3, 4, 1, 5, 6, 7, 8, 1, 0, 3, 4, 1, 7, 1]
    assert found.label is not None
    assert (found.label.tolist(), found.second.tolist()) == ([0, 2], [4, 4])
    assert found.allowed.sum() == 2
    assert found.start.tolist() == found.end.tolist() == [0, 0]


def test_each_kind_is_cut_to_its_share() -> None:
    claims = [Claim(f"c{number}", "", "e", SUPPORTED, f"p{number}", "x") for number in range(20)]
    assert len(chosen(claims, 5, random.Random(1))) == 5
    assert Change(0, 1, "b", "x").on("ac") == "bc"
