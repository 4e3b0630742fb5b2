import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DataError
from qa.audit.calibration import CONTRADICTED, NOT_FOUND, SUPPORTED
from qa.audit.claim_files import LabelledClaim, is_claims_file, read_claims
from qa.engine import Engine
from qa.evaluation.claim_evaluation import JudgedRow, evaluate_claims, figures_of


def no_engine() -> Engine:
    raise AssertionError("no engine is needed where each claim has its evidence")


def row(right: str, verdict: str, confidence: float = 0.8) -> JudgedRow:
    return JudgedRow("1", "A claim.", right, verdict, confidence, 10.0)


def test_figures_are_those_counted_by_hand() -> None:
    rows = [
        row("supported", "supported"),
        row("supported", "not_found"),
        row("contradicted", "contradicted"),
        row("contradicted", "supported"),
        row("not_found", "not_found"),
    ]
    figures = figures_of(rows)
    assert figures.accuracy == pytest.approx(0.6)
    assert figures.contradicted_called_supported == 0.5
    assert figures.verdicts["supported"] == {"claims": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert figures.verdicts["contradicted"]["f1"] == pytest.approx(2 / 3)
    assert figures.macro_f1 == pytest.approx((0.5 + 2 / 3 + 2 / 3) / 3)
    assert figures.two_class_macro_f1 == pytest.approx((0.5 + 2 / 3) / 2)
    assert figures.confusions["contradicted"] == {"supported": 1, "contradicted": 1, "not_found": 0}
    assert figures.ece == pytest.approx(0.2)
    assert "contradicted, called supported" in figures.table()


def test_claims_with_evidence_are_judged_by_it_and_the_others_by_what_is_found(handbook: Engine) -> None:
    given = LabelledClaim("1", "Tea is hot.", SUPPORTED, evidence="Tea is always hot.", title="Tea")
    figures, rows = evaluate_claims([given], no_engine, name="tea")
    assert (figures.mode, rows[0].verdict) == ("each by its own evidence", "supported")
    found = LabelledClaim("2", "The library opened in 1990.", CONTRADICTED)
    figures, rows = evaluate_claims([found], lambda: handbook, name="library")
    assert (figures.mode, rows[0].verdict) == ("evidence found", "contradicted")


def test_long_evidence_is_searched() -> None:
    filler = " ".join(f"Room {number} has a door." for number in range(40))
    claim = LabelledClaim(
        "1", "The library opened in 1987.", SUPPORTED, evidence=f"{filler} The library opened in 1987."
    )
    assert evaluate_claims([claim], no_engine, name="long")[1][0].verdict == "supported"


def test_a_claims_file_is_told_from_a_list_of_questions(tmp_path: Path) -> None:
    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    claim = json.dumps({"claim": "Tea is hot.", "verdict": "supported"}).encode()
    assert is_claims_file(written("a.jsonl", claim + b"\n" + claim))
    assert is_claims_file(written("a.json.gz", b"[\n " + claim + b"]"))
    assert is_claims_file(written("d.jsonl", b'{"question": "Is tea hot?", "label": "YES", "passage": "It is."}'))
    assert not is_claims_file(written("b.json", b'[{"question": "Why?"}]'))
    assert not is_claims_file(written("c.json", b'{"data": []}'))
    assert not is_claims_file(tmp_path / "none.json")


def test_labels_of_other_sets_are_understood_and_bad_claims_are_skipped_by_line(tmp_path: Path) -> None:
    rows: list[Any] = [
        {"claim": "A.", "label": "SUPPORTS"},
        {"claim": "B.", "label": "not enough info", "evidence": ["One.", "Two."], "page": "B"},
        {"claim": "C.", "verdict": "REFUTES"},
        {"question": "Is tea hot?", "label": True, "passage": "Tea is hot."},
        {"claim": "", "verdict": "supported"},
        {"claim": "D.", "verdict": "perhaps"},
        7,
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    claims, skipped = read_claims(path)
    assert [claim.verdict for claim in claims] == [SUPPORTED, NOT_FOUND, CONTRADICTED, SUPPORTED]
    assert (claims[3].claim, claims[3].evidence) == ("Tea is hot.", "Tea is hot.")
    assert (claims[1].evidence, claims[1].title) == ("One.\nTwo.", "B")
    assert [one.place for one in skipped] == ["claims.jsonl, line 5", "claims.jsonl, line 6", "claims.jsonl, line 7"]


def test_a_file_without_a_usable_claim_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"claim": "A.", "verdict": "perhaps"}\n', encoding="utf-8")
    with pytest.raises(DataError, match="expected supported, contradicted or not_found"):
        read_claims(path)
