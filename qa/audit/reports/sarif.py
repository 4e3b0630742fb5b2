"""An audit as SARIF 2.1.0, so that code-review tools show each claim on its line."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote, urlsplit

from qa.audit.report import AuditReport, JudgedClaim
from qa.audit.reports.words import difference_words, verdict_words, where

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_RULES = {
    "contradicted": ("error", "A source says otherwise."),
    "not_found": ("warning", "No source says so."),
}
"""What is told as a result: its level, and what it means."""

_LINE = re.compile("\r\n|\n|\r")


def sarif(report: AuditReport, text: str) -> str:
    """The report as SARIF; columns count code points."""
    lines = [0, *(match.end() for match in _LINE.finditer(text))]
    names = list(_RULES)
    results = [
        _result(claim, names.index(claim.verdict), report.source, lines)
        for claim in report.claims
        if claim.verdict in _RULES
    ]
    from qa.version import __version__

    rules = [
        {
            "id": name,
            "name": name.title().replace("_", ""),
            "shortDescription": {"text": told},
            "defaultConfiguration": {"level": level},
        }
        for name, (level, told) in _RULES.items()
    ]
    run = {
        "tool": {"driver": {"name": "citespan", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": address(report.source)}, "hashes": {"sha-256": report.sha256}}],
        "results": results,
        "properties": {"summary": report.summary.to_dict(), "complete": report.complete},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(claim: JudgedClaim, rule: int, source: str, lines: list[int]) -> dict[str, Any]:
    told = [f"{claim.text} — {verdict_words(claim)}."]
    told += [f"{difference_words(difference)}." for difference in claim.differs]
    cited = [one.citation for one in claim.evidence] or list(claim.nearest)
    told += [f"“{citation.quote}” ({where(citation)})" for citation in cited[:1]]
    return {
        "ruleId": claim.verdict,
        "ruleIndex": rule,
        "level": _RULES[claim.verdict][0],
        "message": {"text": " ".join(" ".join(told).split())},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address(source)},
                    "region": region(claim.start, claim.end, lines),
                }
            }
        ],
        "relatedLocations": [
            {
                "id": number,
                "message": {"text": f"{' '.join(citation.quote.split())} ({where(citation)})"},
                "physicalLocation": {
                    "artifactLocation": {"uri": address(citation.source)},
                    "region": {
                        "charOffset": citation.quote_start,
                        "charLength": citation.quote_end - citation.quote_start,
                    },
                },
            }
            for number, citation in enumerate(cited, start=1)
        ],
        "partialFingerprints": {"claim/v1": sha256(" ".join(claim.text.split()).encode()).hexdigest()[:32]},
        "baselineState": "unchanged" if claim.known else "new",
        "properties": {"confidence": claim.confidence, "differs": [one.to_dict() for one in claim.differs]},
    }


def region(start: int, end: int, lines: list[int]) -> dict[str, int]:
    """The SARIF region of ``[start, end)``; ``lines`` are the positions at which lines begin.

    >>> region(4, 7, [0, 3])["startLine"], region(4, 7, [0, 3])["startColumn"]
    (2, 2)
    """
    first, last = bisect_right(lines, start), bisect_right(lines, max(start, end - 1))
    return {
        "startLine": first,
        "startColumn": start - lines[first - 1] + 1,
        "endLine": last,
        "endColumn": end - lines[last - 1] + 1,
        "charOffset": start,
        "charLength": end - start,
    }


def address(source: str) -> str:
    """A source as a URI: its own address, or its path.

    >>> address("notes/draft 1.md")
    'notes/draft%201.md'
    """
    if urlsplit(source).scheme in ("http", "https"):
        return source
    return quote(PurePath(source).as_posix())
