"""Reads a file of questions, one a line or as JSON, without ever stopping at a bad line."""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.patterns import pattern

if TYPE_CHECKING:
    from qa.answers import Answer

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LIST = pattern(rb'\[\s*(?:$|["{\]])')  # "[sic] who said so?" is a question


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch with its caller's id, or the error that stands in its place.

    ``number`` counts lines, or the items of a JSON list, from 1. ``fields`` holds the ``id`` to be given
    back with the answer, where there is one.
    """

    number: int
    question: str
    fields: dict[str, Any]
    error: str | None = None


def read_batch(lines: Iterable[bytes]) -> Iterator[BatchLine]:
    """The questions of a batch in order: plain text or a JSON object a line, or one JSON list.

    Blank lines are passed over. A line that cannot be used yields a BatchLine with its ``error``; a file in UTF-16
    is one such line.

    >>> [line.question for line in read_batch([b"Why?\\n", b'{"id": 7, "question": "When?"}\\n'])]
    ['Why?', 'When?']
    """
    iterator = enumerate(lines, start=1)
    first = True
    for number, raw in iterator:
        content = raw.lstrip(b"\xef\xbb\xbf").strip() if number == 1 else raw.strip()
        if not content:
            continue
        if first and content.startswith(_UTF16) and b"\0" in content:
            yield BatchLine(number, "", {}, "UTF-16; save the file as UTF-8")
            return
        if first and _LIST.match(content):
            # A list may be spread over many lines: it is read as a whole.
            yield from _json_list(number, b"".join([content, *(rest for _, rest in iterator)]))
            return
        first = False
        yield _line(number, content)


def answered(
    lines: Iterable[BatchLine], ask_many: Callable[[Iterable[str]], Iterable[Answer]]
) -> Iterator[tuple[BatchLine, Answer | None]]:
    """Each line of a batch with its answer, in order; a line with an error has none.

    ``ask_many`` gives the answers to any iterable of questions, in its order, and may read ahead.

    >>> lines = read_batch([b"Why?\\n", b"{}\\n", b"When?\\n"])
    >>> [answer for _, answer in answered(lines, lambda questions: map(str.upper, questions))]
    ['WHY?', None, 'WHEN?']
    """
    asked: deque[BatchLine] = deque()

    def questions() -> Iterator[str]:
        for line in lines:
            asked.append(line)
            if line.error is None:
                yield line.question

    for answer in ask_many(questions()):
        while asked[0].error is not None:
            yield asked.popleft(), None
        yield asked.popleft(), answer
    yield from ((line, None) for line in asked)


def _json_list(number: int, content: bytes) -> list[BatchLine]:
    try:
        items = _loads(content)
    except (ValueError, RecursionError) as error:
        return [BatchLine(number, "", {}, f"a JSON list of questions was expected: {error}")]
    return [_item(position, item) for position, item in enumerate(items, start=1)]


def _line(number: int, content: bytes) -> BatchLine:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return BatchLine(number, "", {}, f"not UTF-8 at byte {error.start}; save the file as UTF-8")
    if "\0" in text:
        return BatchLine(number, "", {}, "holds a NUL character; save the file as text in UTF-8")
    if not text.startswith("{"):
        return BatchLine(number, text, {})
    try:
        return _item(number, _loads(text))
    except (ValueError, RecursionError) as error:
        return BatchLine(number, "", {}, f"not a JSON object: {error}")


def _loads(content: str | bytes) -> Any:
    """The value of JSON; what other programs would not read back (NaN, 1e999) raises ValueError."""
    return json.loads(content, parse_constant=_finite, parse_float=_finite)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is no finite number")
    return value


def _item(number: int, item: Any) -> BatchLine:
    if isinstance(item, str):
        return BatchLine(number, item, {})
    if not isinstance(item, dict):
        return BatchLine(number, "", {}, f"a question or an object with 'question' was expected, not {item!r:.80}")
    kept = {"id": item["id"]} if "id" in item else {}
    question = item.get("question")
    if not isinstance(question, str):
        seen = "no field 'question'" if "question" not in item else f"'question' is {question!r:.80}, not a text"
        return BatchLine(number, "", kept, f'{seen}; expected {{"question": "..."}}')
    return BatchLine(number, question, kept)
