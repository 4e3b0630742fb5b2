"""Expectations: what an owner of documents wants answered, refused, or backed, read from a file.

A JSON list or JSON lines of objects: ``question`` with ``answers`` (any is right; none means that it must be refused)
and perhaps ``section`` and ``document``; or ``statement`` (or ``claim``) with the ``verdict`` that it must have, which
is supported unless another is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DataError
from corpus.records import Record
from qa.audit.calibration import VERDICTS
from qa.audit.claim_files import LABELS


@dataclass(frozen=True, slots=True)
class Expectation(Record):
    """What must hold: ``kind`` is ``question`` or ``statement``; ``line`` is where it stands in its file.

    ``answers`` are those that are right, none for a refusal; ``verdict`` is of a statement. ``section`` (headings
    joined by " > ") and ``document`` are where a right answer stands, None where that is left open.
    """

    id: str
    line: int
    kind: str
    text: str
    answers: tuple[str, ...] = ()
    verdict: str = "supported"
    section: str | None = None
    document: str | None = None


def read_expectations(path: str | Path) -> list[Expectation]:
    """The expectations of a file, in its order.

    Raises DataError, with the place, where the file cannot be read or holds something else: a test that is passed over
    would seem to pass.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "expected.jsonl")
    ...     _ = path.write_text('{"question": "When?", "answers": ["2009"]}')
    ...     read_expectations(path)[0].answers
    ('2009',)
    """
    found = []
    for line, item in _items(Path(path)):
        try:
            found.append(_expectation(line, item))
        except ValueError as error:
            raise DataError(f"{path}, {'line' if line else 'item'} {line or len(found) + 1}: {error}") from None
    if not found:
        raise DataError(f'{path}: holds nothing to test; expected {{"question": "...", "answers": ["..."]}}')
    return found


def _items(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a file and their lines, 0 where a value has no line of its own."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); expected questions with their answers") from None
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        for number, line in enumerate(content.splitlines(), start=1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise DataError(f"{path}, line {number}: not JSON ({error})") from None
        return
    listed = whole if isinstance(whole, list) else [whole]
    yield from ((1 if whole is not listed else 0, item) for item in listed)


def _expectation(line: int, item: Any) -> Expectation:
    """The expectation of a value; raises ValueError where it is none."""
    if not isinstance(item, Mapping):
        raise ValueError(f"{item!r:.60}: a JSON object was expected")
    kind = "question" if "question" in item else "statement"
    text = item.get("question", item.get("statement", item.get("claim")))
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'question' or 'statement' is missing, empty or no text")
    section, document = item.get("section"), item.get("document")
    if isinstance(section, list):
        section = " > ".join(map(str, section))
    name = str(item.get("id", text))
    for key, value in (("section", section), ("document", document)):
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key!r} is {value!r:.40}; a text was expected")
    if kind == "statement":
        label = str(item.get("verdict", item.get("label", "supported"))).strip().lower().replace(" ", "_")
        if label not in LABELS:
            raise ValueError(f"'verdict' is {label!r:.40}; expected {', '.join(VERDICTS)}")
        return Expectation(name, line, kind, text, (), VERDICTS[LABELS[label]], section, document)
    answers = item.get("answers", [item["answer"]] if isinstance(item.get("answer"), str) else None)
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise ValueError("'answers' is missing or no list of texts; [] means that the question must be refused")
    return Expectation(name, line, kind, text, tuple(answers), "", section, document)
