"""Claims files: claims with the verdicts that are right, and the evidence that some of them come with.

A yes/no question with its label is a claim too: the statement that it asks about is supported for yes, contradicted for
no, and not found for "don't know".
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DataError
from corpus.records import Record
from qa.audit.calibration import CONTRADICTED, NOT_FOUND, SUPPORTED
from qa.audit.yes_no import as_statement
from qa.labelled import SkippedQuestion

LABELS = {
    "supported": SUPPORTED, "supports": SUPPORTED, "support": SUPPORTED, "entailment": SUPPORTED, "true": SUPPORTED,
    "contradicted": CONTRADICTED, "refuted": CONTRADICTED, "refutes": CONTRADICTED, "refute": CONTRADICTED,
    "contradiction": CONTRADICTED, "false": CONTRADICTED,
    "not_found": NOT_FOUND, "not_enough": NOT_FOUND, "not_enough_info": NOT_FOUND, "not_supported": NOT_FOUND,
    "neutral": NOT_FOUND, "nei": NOT_FOUND,
    "yes": SUPPORTED, "no": CONTRADICTED, "don't_know": NOT_FOUND, "dont_know": NOT_FOUND, "unknown": NOT_FOUND,
}  # fmt: skip
"""What verdicts are called in such files."""

_PEEKED = 1 << 16  # bytes: the first claim of any file is shorter


@dataclass(frozen=True, slots=True)
class LabelledClaim(Record):
    """A claim, the number of its right verdict, and its evidence with a title, None where it is to be found."""

    id: str
    claim: str
    verdict: int
    evidence: str | None = None
    title: str = ""


def is_claims_file(path: str | Path) -> bool:
    """Whether a file begins like a claims file: a JSON object, or a list of them, with "claim" or a labelled question.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "claims.jsonl")
    ...     _ = path.write_text('{"claim": "Tea is hot.", "verdict": "supported"}')
    ...     is_claims_file(path)
    True
    """
    try:
        with _opened(Path(path)) as file:
            head: str = file.read(_PEEKED).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    except (OSError, EOFError, zlib.error):
        return False
    start = head.find("{")
    if start < 0 or head[:start].strip(" \t\r\n[") != "":
        return False
    try:
        first, _ = json.JSONDecoder().raw_decode(head[start:])
    except ValueError:
        return head[start:].lstrip("{ \t\r\n").startswith('"claim"')
    return isinstance(first, dict) and ("claim" in first or ("question" in first and _labelled(first)))


def read_claims(path: str | Path) -> tuple[list[LabelledClaim], tuple[SkippedQuestion, ...]]:
    """The claims of a file, and those that could not be used with their causes.

    Raises DataError where the file cannot be read or no claim of it can be used.
    """
    path = Path(path)
    claims, skipped = [], []
    for place, item in _items(path):
        try:
            claims.append(_claim(place, item))
        except ValueError as error:
            skipped.append(SkippedQuestion(f"{path.name}, {place}", str(error)))
    if not claims:
        cause = f" ({skipped[0].place}: {skipped[0].cause})" if skipped else ""
        raise DataError(f'{path}: holds no claim{cause}; expected {{"claim": "...", "verdict": "supported"}}')
    return claims, tuple(skipped)


def _labelled(item: Mapping[str, Any]) -> bool:
    return "verdict" in item or "label" in item


def _opened(path: Path) -> Any:
    return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")


def _items(path: Path) -> Iterator[tuple[str, Any]]:
    """The values of a file with their places: of a JSON list, of one object, or of one a line."""
    try:
        with _opened(path) as file:
            content = file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read ({error}); expected claims in JSON or JSON lines") from None
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        whole = None
    if whole is not None:
        yield from (
            (f"item {number}", item) for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1)
        )
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"line {number}", error


def _claim(place: str, item: Any) -> LabelledClaim:
    """The claim of a value; raises ValueError where it is none."""
    if not isinstance(item, Mapping):
        raise ValueError(f"{item!s:.80}: a JSON object was expected")
    text, label = item.get("claim", item.get("question")), item.get("verdict", item.get("label"))
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'claim' is missing, empty or no text")
    if "claim" not in item:
        text = as_statement(text) or text
    name = str(label).strip().lower().replace(" ", "_").replace("-", "_")
    if name not in LABELS:
        raise ValueError(f"'verdict' is {label!r:.40}; expected supported, contradicted or not_found")
    evidence = item.get("evidence", item.get("passage"))
    if isinstance(evidence, list) and all(isinstance(part, str) for part in evidence):
        evidence = "\n".join(evidence)
    if evidence is not None and not isinstance(evidence, str):
        raise ValueError(f"'evidence' is {evidence!r:.40}; a text or a list of texts was expected")
    title = next((item[key] for key in ("title", "page") if isinstance(item.get(key), str)), "")
    return LabelledClaim(str(item.get("id", place)), text, LABELS[name], evidence or None, title)
