"""A baseline: an earlier report, whose findings are known and fail nothing any more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from corpus.errors import DataError
from qa.audit.report import AuditReport, JudgedClaim


def read_baseline(path: str | Path) -> frozenset[tuple[str, str]]:
    """The claims of an earlier JSON report with their verdicts.

    Raises DataError where the file is no such report, and OSError where it cannot be read.
    """
    try:
        record = json.loads(Path(path).read_bytes())
        return frozenset((_key(claim["text"]), str(claim["verdict"])) for claim in record["claims"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"{path}: no report of an audit ({error!r}); expected what qa audit --json or --report FILE.json wrote"
        ) from None


def with_baseline(report: AuditReport, baseline: frozenset[tuple[str, str]]) -> AuditReport:
    """The report with the claims marked as known that had the same verdict before, wherever they stood."""

    def marked(claim: JudgedClaim) -> JudgedClaim:
        return replace(claim, known=(_key(claim.text), claim.verdict) in baseline)

    return replace(report, claims=tuple(marked(claim) for claim in report.claims))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
