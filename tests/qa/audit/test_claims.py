import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from qa.audit.claims import is_claim, split_claims


def document_of(text: str, *sections: Section) -> Document:
    return Document("t", "T", text, sections or (Section((), 0, len(text)),), "t.txt")


@settings(deadline=None)
@given(st.text(alphabet="Abc. ;,\n#?!-é🍵and was", max_size=200))
def test_claims_are_verbatim_never_overlap_and_lose_no_word(text: str) -> None:
    claims = list(split_claims(document_of(text)))
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)
    assert all(one.end <= other.start for one, other in itertools.pairwise(claims))
    left = list(text)
    for claim in claims:
        left[claim.start : claim.end] = [""] * (claim.end - claim.start)
    assert not any(character.isalnum() for character in "".join(left).replace("and", "").replace("while", ""))


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Tea is hot, and ice is cold.", 1),
        ("The library opened in 1987, and it was designed by Ada.", 2),
        ("The library opened in 1987; it was designed by Ada.", 2),
        ("The library opened in 1987 and Ada designed it.", 1),
        ("Russia and Serbia signed a treaty.", 1),
        ("The treaty, which Russia and Serbia signed, lasted a year.", 1),
        ('He said "it was hot; it was cold" and left.', 1),
    ],
)
def test_a_sentence_is_cut_only_where_both_parts_stand_alone(sentence: str, parts: int) -> None:
    assert len(list(split_claims(document_of(sentence)))) == parts


@pytest.mark.parametrize(
    "text",
    [
        "When did the library open?",
        "Hello everyone,",
        "Thank you for your question!",
        "Best regards,",
        "I think the library is too small.",
        "In my opinion this was wrong.",
        "The library is a really beautiful place.",
        "Opening hours",
        "# Opening hours of 2009",
        "---",
        "Please let us know.",
    ],
)
def test_questions_greetings_opinions_and_headings_are_no_claims(text: str) -> None:
    assert not is_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "The library opened in 1987.",
        "- Capacity: 52,000",
        "* The library has two floors.",
        "Visas were abolished",
        "Serbia won!",
        "Employees must hand in their forms by Friday.",
    ],
)
def test_statements_are_claims_with_or_without_a_full_stop(text: str) -> None:
    assert is_claim(text)


def test_what_stands_between_sections_is_a_heading() -> None:
    text = "Fees were raised in 2009\n\nA card costs 12 euros."
    start = text.index("A card")
    heading, claim = split_claims(document_of(text, Section(("Fees",), start, len(text))))
    assert (heading.stated, claim.stated) == (False, True)
    assert (heading.sentence, claim.sentence) == (0, 1)


def test_a_text_without_words_has_no_claims() -> None:
    assert list(split_claims(document_of("  \n *** "))) == []
    assert list(split_claims(Document("t", "", "", (), "t.txt"))) == []
