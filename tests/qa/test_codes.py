"""Codes of a question: which words are some, where they stand, and what an answer about another one is."""

import pytest

from qa.codes import Code, codes_of


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("When was 3.2.0 released?", ["3.2.0"]),
        ("What is new in version 4.1?", ["4.1"]),
        ("What was fixed in #641?", ["#641"]),
        ("What does CVE-2024-40971 allow?", ["CVE-2024-40971"]),
        ("what does cve-2024-40971 allow", ["cve-2024-40971"]),
        ("How many zones does the DC16 have?", ["DC16"]),
        ("Who is on duty at 14:30?", ["14:30"]),
        ("Is room 12B free?", ["12B"]),
        ("What were the mid-1970s like?", []),
        ("Which primes are of the form p-1?", []),
        ("What happened in 2015, on the 20th of May?", []),
        ("Who pays for a repair of 60 euros at 5pm?", []),
        ("What does the seeded loaf of 600 g cost?", []),
    ],
)
def test_codes_of_a_question(question: str, codes: list[str]) -> None:
    assert [code.written for code in codes_of(question).codes] == codes


@pytest.mark.parametrize(
    ("code", "text", "there"),
    [
        ("3.2.0", "## 3.0.2 (2 June)", False),
        ("3.2.0", "## v3.2.0 (2 June)", True),
        ("3.2.0", "since 3.2 it is", True),
        ("3.2.0", "in 13.2.0 and 3.2.01", False),
        ("CV-70421", "Serial cv 70421.", True),
        ("CV-70421", "Serial CV-704210", False),
        ("Q7", "the Q7 and the Q5", True),
        ("Q7", "the IQ7", False),
        ("#812", "Crash (#812)", True),
        ("#812", "Crash (#8123)", False),
        ("14:30", "at 2.30 pm", True),
        ("14:30", "at 14:35", False),
    ],
)
def test_where_a_code_stands(code: str, text: str, *, there: bool) -> None:
    (found,) = codes_of(f"What about {code}?").codes
    assert found.stands_in(text) is there


def test_a_code_that_a_document_lacks_is_absent_and_a_number_only_where_its_noun_has_others() -> None:
    text = "Ann is in office 3."
    assert codes_of("Who has the Q7?").absent(text, lambda: text)
    assert not codes_of("Who has the Q7?").absent(text, lambda: text + " The Q7 is hers.")
    assert codes_of("Who is in office 5?").absent(text, lambda: text)
    assert not codes_of("Who is in office 3?").absent(text, lambda: text)
    assert not codes_of("Who sits at desk 5?").absent(text, lambda: text)


def test_a_time_of_day_is_absent_only_where_times_stand_alone() -> None:
    codes = codes_of("Which room is cleaned at 14:30?")
    assert codes.absent("G02: 12:15, G07: 16:45", lambda: "G02: 12:15, G07: 16:45")
    assert not codes.absent("G02: 12:15–16:45", lambda: "G02: 12:15–16:45")


def test_the_nearest_scope_that_has_a_code_of_the_shape_decides() -> None:
    asked = codes_of("What was fixed in 3.1.0?")
    assert asked.of_another("Fixed: the clock", "Notes > 3.0.2 (June)")
    assert not asked.of_another("Fixed: the clock", "Notes > 3.1.0 (July)")
    assert not asked.of_another("Fixed since 3.1.0: the clock", "Notes > 3.0.2 (June)")
    assert not asked.of_another("Fixed: the clock, #12", "Notes")
    assert not codes_of("What came after 3.1.0?").of_another("Fixed: the clock", "Notes > 3.2.0 (June)")


def test_a_long_text_is_searched_quickly() -> None:
    assert not Code("CV-70421", "cv9").stands_in("Serial CV-70413. " * 200_000)
