"""Claims that take what stands beside it for what they ask are labelled as they should be."""

from __future__ import annotations

import random

from claims_confusions import confused_claims, line_claims, price_claims
from claims_sets import CONTRADICTED, EITHER, NOT_FOUND, SUPPORTED
from claims_squad import Article, Paragraph

TEXT = (
    "The old mill of Hartwell was built beside the river in 1712 by a family of bakers. The stone bridge of Hartwell "
    "was opened in 1854 after nine years of work. The market of Hartwell was held on the square every Friday."
)
ARTICLE = Article("Hartwell", [Paragraph("Hartwell", TEXT, [])])


def made(kind: str) -> list[tuple[str, str, int]]:
    """Returns many claims of a kind about the article."""
    rng = random.Random(1)
    found = [claim for _ in range(60) for claim in confused_claims(ARTICLE, rng) if claim.kind == kind]
    assert found
    return [(claim.claim.lower(), claim.evidence, claim.label) for claim in found]


def test_the_year_of_another_event_is_wrong_where_the_own_year_is_told() -> None:
    told = {"mill": "1712", "bridge": "1854"}
    for claim, evidence, label in made("other event"):
        (event,) = [event for event in told if event in claim]
        if told[event] in claim:
            assert label == SUPPORTED
        else:
            (other,) = set(told.values()) - {told[event]}
            assert other in claim
            assert other in evidence
            assert label == (CONTRADICTED if told[event] in evidence else EITHER)


def test_a_claim_of_two_halves_is_as_right_as_its_worse_half() -> None:
    labels = set()
    for claim, evidence, label in made("halves"):
        labels.add(label)
        if label == SUPPORTED:
            assert len(evidence) > len(claim) - 10
        if label == NOT_FOUND:
            assert not all(f" {part} " in evidence.lower() for part in ("mill", "bridge", "market"))
    assert {SUPPORTED, CONTRADICTED} <= labels


def test_roles_are_told_in_the_active_voice_or_turned_round() -> None:
    article = Article("War", [Paragraph("War", "Ada Brunner was replaced by Otto Wagner in 1987 as the mayor.", [])])
    made = [claim for seed in range(30) for claim in confused_claims(article, random.Random(seed))]
    found = {claim.claim.rstrip("."): claim.label for claim in made if claim.kind == "turned roles"}
    assert found["Otto Wagner replaced Ada Brunner"] == SUPPORTED
    assert found["Ada Brunner replaced Otto Wagner"] == CONTRADICTED


def test_a_line_is_given_its_own_value_or_its_neighbours() -> None:
    rows = {"title": ["Hartwell"], "Founded": ["1712"], "Chartered": ["1854"], "Mayor": ["Ada Brunner"]}
    labels = {}
    for seed in range(30):
        for claim in line_claims([("hartwell", rows)], random.Random(seed)):
            labels[claim.label] = claim
            if "ounded" in claim.claim:
                assert (claim.label == SUPPORTED) == ("1712" in claim.claim)
    assert {SUPPORTED, CONTRADICTED} <= set(labels)


def test_a_price_is_that_of_its_line_however_many_lines_have_it() -> None:
    for claim in price_claims(300, random.Random(2)):
        lines = [line.lower() for line in claim.evidence.split("\n")]
        said = claim.claim.lower()
        own = [line for line in lines if any(part in said for part in [line.strip("-*| ").split(":")[0].split(" – ")[0]
               .split(" | ")[0].split(" (")[0].strip()])]  # fmt: skip
        assert bool(own) == (claim.label != NOT_FOUND)
        amount = next(word for word in said.replace(".", "").split() if any(mark.isdigit() for mark in word))
        if own:
            assert (amount in own[0].strip(" )|").replace("(", " ").split()) == (claim.label == SUPPORTED)
