import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from claims_sets import CONTRADICTED, NOT_FOUND, SUPPORTED, kept_out
from written import claim_examples, item_rows, question_rows, read_cases

WRITTEN = Path(__file__).parents[2] / "scripts/written"
TEXT = """# The mill

The mill was built in 1802 and burned in 1861. A bakery stands there now.

- Small loaf: £2
- Large loaf: £3

## Owners

Ada Thorn owned it first. Later it belonged to Wim Kole and Ida Fenn.
"""


def case_of(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    case = folder / "the-mill"
    (case / "docs").mkdir(parents=True)
    (case / "docs" / "mill.md").write_text(TEXT, encoding="utf-8")
    (case / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def test_a_question_comes_with_the_place_of_its_answer_that_is_meant(tmp_path: Path) -> None:
    rows = [
        {"question": "price of the big one", "answers": ["£3"], "in": "Large loaf: £3"},
        {"question": "Who owns it now?", "answers": []},
    ]
    found = list(question_rows(case_of(tmp_path, "questions", rows)))
    assert [row["question"] for row in found] == ["price of the big one", "Who owns it now?"]
    ((start, end),) = found[0]["answers"]
    assert (TEXT[start:end], TEXT[:start].endswith("Large loaf: ")) == ("£3", True)
    assert found[1]["answers"] == []


def test_a_list_has_all_its_items_in_the_order_of_the_text(tmp_path: Path) -> None:
    items = [["Wim Kole", "belonged to Wim Kole"], ["Ida Fenn", "and Ida Fenn"], ["Ada Thorn", "Ada Thorn owned"]]
    rows = [{"question": "owners of the mill", "answers": ["Wim Kole"], "in": "to Wim Kole", "items": items}]
    (row,) = item_rows(case_of(tmp_path, "questions", rows), kept=False)
    assert [TEXT[start:end] for start, end in row["answers"]] == ["Ada Thorn", "Wim Kole", "Ida Fenn"]
    assert (row["kind"], row["kept"]) == ("case several", False)


def test_a_claim_is_shown_with_the_pieces_that_the_program_finds(tmp_path: Path) -> None:
    told = "The mill was built in 1802 and burned in 1861."
    rows = [
        {"claim": "The mill burned in 1861.", "verdict": "supported", "evidence": told},
        {"claim": "The mill was built in 1861.", "verdict": "contradicted", "evidence": told},
        {"claim": "The mill was rebuilt.", "verdict": "not_found", "evidence": told},
    ]
    found = list(claim_examples(case_of(tmp_path, "claims", rows), random.Random(0)))
    labels = {claim.claim: claim.label for claim in found if told in claim.evidence}
    assert labels == {
        "The mill burned in 1861.": SUPPORTED,
        "The mill was built in 1861.": CONTRADICTED,
        "The mill was rebuilt.": NOT_FOUND,
    }
    assert {claim.label for claim in found if told not in claim.evidence} <= {NOT_FOUND}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"answers": ["£3"], "in": "Huge loaf: £3"}, "'Huge loaf: £3' stands in none of its documents"),
        ({"answers": ["£9"], "in": "Large loaf: £3"}, "'Large loaf: £3' does not hold '£9'"),
    ],
)
def test_what_does_not_stand_where_it_is_said_to_is_named(tmp_path: Path, row: dict[str, Any], told: str) -> None:
    with pytest.raises(SystemExit, match=told):
        list(read_cases(case_of(tmp_path, "questions", [{"question": "How much is it?", **row}])))


def test_what_was_written_stands_where_it_is_said_to_and_one_case_in_five_is_kept() -> None:
    names: Counter[str] = Counter()
    for part, kept in (("train", False), ("kept", True)):
        for case in read_cases(WRITTEN / part):
            assert kept_out(case.name) == kept
            names[case.name] += 1
    assert set(names.values()) == {1}
    assert len(names) == 412
