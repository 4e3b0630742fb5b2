"""A claim is weighed by few pieces, and called supported only where that is likely enough."""

import numpy as np
import pytest

from corpus.documents import Document, Section
from qa.audit.calibration import CONTRADICTED, NOT_FOUND, SUPPORTED, JudgeCalibration, Softmax, load_calibration
from qa.audit.evidence import LEAST, PAIRS, find_pieces
from qa.opening import build_documents

NONE = Softmax(np.zeros((3, 1)), np.zeros(3))


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ([0.7, 0.2, 0.1], SUPPORTED),
        ([0.5, 0.3, 0.2], CONTRADICTED),
        ([0.5, 0.1, 0.4], NOT_FOUND),
        ([0.1, 0.2, 0.7], NOT_FOUND),
    ],
)
def test_what_is_not_likely_enough_is_not_called_supported(total: list[float], verdict: int) -> None:
    assert JudgeCalibration(NONE, NONE, 2 / 3).verdict(np.array(total)) == verdict
    assert load_calibration().supported_at == 0.5  # as likely as not


def test_pieces_that_hold_few_of_a_claims_words_are_not_judged_and_another_number_is_no_reason() -> None:
    def document(name: str, text: str) -> Document:
        return Document(name, "", text, (Section((), 0, len(text)),), f"{name}.txt")

    told = [f"The swimming pool of Hartwell was opened in {year}." for year in (1987, 1990)]
    engine = build_documents(
        [document(f"told{n}", text) for n, text in enumerate(told)]
        + [document(f"other{n}", f"Hartwell has {n + 2} schools.") for n in range(8)],
        reader="lexical",
    )
    found = find_pieces(engine, "The swimming pool of Hartwell was opened in 1987.")
    assert {piece.text for piece in found} == set(told)
    assert len(found) <= PAIRS
    assert 0 < LEAST < 1
