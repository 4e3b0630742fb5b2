import json
from pathlib import Path

import pytest

from corpus.errors import ModelError
from qa import confidence
from qa.confidence import Asked, Confidence, Seen, Statement, evidence
from qa.questions import analyse_question
from qa.readers.readings import Reading, Span

SPANS = [
    Span(passage=1, start=0, end=3, sentence=(0, 9), score=5.0, text="one", evidence=(("own", 0.25),)),
    Span(passage=0, start=4, end=8, sentence=(0, 9), score=2.0, text="other"),
]
ASKED = Asked(analyse_question("When were visas abolished?"), {"visa": 3.0, "abolish": 1.0}, frozenset({"visa"}))
SEEN = Seen.of(ASKED, [8.0, 4.0], [["abolish"], ["visa", "free"]])


def seen_of(rank: int) -> dict[str, float]:
    return evidence(
        ASKED, SEEN, Reading(tuple(SPANS), 1.0), SPANS, rank, statement=Statement(["abolished"], ["abolished"])
    )


def evidence_of_a_denial() -> dict[str, float]:
    asked = Asked(analyse_question("When not?"), {"visa": 3.0}, frozenset({"visa"}))
    return evidence(asked, SEEN, Reading(tuple(SPANS), 1.0), SPANS, 0, statement=Statement([], []))


def test_the_probability_is_that_of_a_logistic_regression() -> None:
    fitted = Confidence({"a": 1.0, "b": -2.0}, intercept=0.5, threshold=0.5)
    assert fitted.probability({"a": 1.5, "b": 0.0}) == pytest.approx(0.880797, abs=1e-6)
    assert fitted.probability({"unknown": 9.0}) == pytest.approx(0.622459, abs=1e-6)


@pytest.mark.parametrize("extreme", [1e300, -1e300, float("inf")])
def test_extreme_evidence_stays_a_probability(extreme: float) -> None:
    assert 0 <= Confidence({"a": 1.0}, 0.0, 0.5, 0.8).probability({"a": extreme}) <= 1


def test_the_evidence_is_measured_against_the_other_answers_and_the_best_passage() -> None:
    best, second = seen_of(0), seen_of(1)
    assert (best["margin"], second["margin"]) == (3.0, -3.0)
    assert (best["over_no_answer"], second["over_no_answer"]) == (4.0, 1.0)
    assert (best["retrieval_lead"], second["retrieval_lead"]) == (0.5, 1.0)
    assert (best["surely"], second["surely"]) == pytest.approx((4.01815, 1.31326), abs=1e-5)
    assert (best["denied"], evidence_of_a_denial()["denied"]) == (0.0, 1.0)
    assert best["own"] == 0.25
    assert best["kind_when"] == 1.0


def test_coverage_weighs_the_terms_of_the_question_by_their_idf() -> None:
    found = seen_of(0)
    assert (found["in_sentence"], found["in_passage"], found["in_read"], found["in_index"]) == (0.25, 0.75, 1.0, 0.75)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"coefficients": 3, "intercept": 0}'])
def test_a_damaged_calibration_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr(confidence, "MODELS", tmp_path)
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "confidence.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"confidence\.json"):
        Confidence.load("lexical")


def test_the_file_says_what_it_was_fitted_on() -> None:
    record = json.loads((confidence.MODELS / "lexical" / "confidence.json").read_text(encoding="utf-8"))
    assert record["questions"] > 1000
    assert 0 < record["threshold"] < 1
