"""Receipts: answers and refusals as they were saved, told apart whatever way to ask wrote them.

A line may be the JSON of ``qa ask --json``, of ``/ask`` or ``/ask/batch``, a chat completion of ``/v1`` (whole, or an
event of its stream), a receipt (an answer with what made it), or an audit report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from corpus.errors import DataError
from corpus.marks import PLACES
from corpus.records import Record
from qa.answers import Citation, percent

if TYPE_CHECKING:
    from index.ranking.search import Index
    from qa.answers import Answer
    from qa.asker import Asker

FORMAT = 1
"""The format of the receipts that are written here; one of a higher number cannot be read."""

_TEXTS = ("document", "quote", "sha256")
_NUMBERS = ("start", "end", "quote_start", "quote_end")
_EXPECTED = "expected an answer's JSON, as qa ask --json, /ask or /v1 give it"


_HASHES: WeakKeyDictionary[Index, str] = WeakKeyDictionary()  # of the indexes that receipts were given of


@dataclass(frozen=True, slots=True)
class PlaceRead(Record):
    """A place that was read for a refused question: its citation, its confidence, and why it was no answer."""

    citation: Citation
    confidence: float
    cause: str


@dataclass(frozen=True, slots=True)
class Receipt(Record):
    """An answer or a refusal with what made it: versions, settings and hashes, to be replayed later.

    ``receipt`` is the format's number. ``index`` counts what was indexed, and holds the SHA-256 of the index: of
    the ids and hashes of all its documents, in order. ``read`` tells of a refusal what was read and why it failed.
    """

    receipt: int
    version: str
    reader: str
    settings: dict[str, Any]
    index: dict[str, Any]
    answer: dict[str, Any]
    read: tuple[PlaceRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """What one line holds: the answer's JSON, its receipt where it has one, or the fault that stands in its place.

    ``kind`` is ``answer``, ``audit``, ``nothing`` (the line tells of an error, or ends a stream), ``damaged`` or
    ``newer_format``; the last three have a ``fault`` and no answer.
    """

    line: int
    kind: str
    answer: Mapping[str, Any]
    receipt: Mapping[str, Any] | None = None
    fault: str | None = None


def receipt_of(engine: Asker, answer: Answer, *, top: int = 3, min_confidence: float | None = None) -> Receipt:
    """The receipt of an answer that the engine has just given; a refusal's question is read once more for it.

    >>> import qa
    >>> engine = qa.default(reader="lexical")
    >>> receipt = receipt_of(engine, engine.ask("When were visas abolished?"))
    >>> receipt.reader, receipt.answer["text"]
    ('lexical', '2009')
    """
    from qa.version import __version__

    threshold = engine.min_confidence if min_confidence is None else min_confidence
    return Receipt(
        receipt=FORMAT,
        version=__version__,
        reader=engine.reader.name,
        settings={"top": top, "min_confidence": threshold},
        index={**engine.counts(), "sha256": index_hash(engine)},
        answer=answer.to_dict(),
        read=() if answer.answered else tuple(_read(engine, answer.question, threshold)),
    )


def index_hash(engine: Asker) -> str:
    """The SHA-256 of the ids and hashes of all documents, in the order in which they were read."""
    index = engine.index
    if index not in _HASHES:
        _HASHES[index] = _hash(index)
    return _HASHES[index]


def _hash(index: Index) -> str:
    import hashlib

    digest = hashlib.sha256()
    for number in range(index.document_count):
        facts = index.facts_of(number)
        digest.update(f"{facts.id}\0{facts.sha256}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_saved(lines: Iterable[bytes]) -> Iterator[Saved]:
    """What each line of a file holds, in order; one JSON object or list over many lines is read as well.

    A line that cannot be used yields its fault, and the rest goes on. Raises DataError where nothing was saved.

    >>> [saved.kind for saved in read_saved([b'{"question": "Why?", "answered": false}', b"{"])]
    ['answer', 'damaged']
    """
    found = False
    iterator = enumerate(lines, start=1)
    for number, raw in iterator:
        content = raw.lstrip(b"\xef\xbb\xbf").strip()
        if not content or content in (b"data: [DONE]", b"event: done"):
            continue
        content = content.removeprefix(b"data:").strip()
        if not found and content in (b"{", b"["):  # spread over many lines
            content = b"".join([raw, *(rest for _, rest in iterator)])
        found = True
        try:
            item = json.loads(content)
        except (ValueError, RecursionError) as error:
            yield _fault(number, "damaged", f"not JSON ({error}); {_EXPECTED}")
            continue
        for one in item if isinstance(item, list) else [item]:
            yield _saved(number, one)
    if not found:
        raise DataError(f"holds nothing to verify; {_EXPECTED}, one a line")


def saved_answer(item: Any) -> Saved:
    """What a value that was JSON holds, as ``read_saved`` tells it of a line."""
    return _saved(1, item)


def citation_of(value: Any) -> Citation:
    """The citation that stands in JSON; raises ValueError (a SpanError, or with the field's name) where it is none."""
    if not isinstance(value, dict):
        raise ValueError(f"a citation was expected, not {value!r:.40}")
    for names, kind, expected in ((_TEXTS, str, "a text"), (_NUMBERS, int, "a whole number")):
        for name in names:
            given = value.get(name)
            if not isinstance(given, kind) or isinstance(given, bool):
                raise ValueError(f"citation.{name} is {given!r:.40}; {expected} was expected")
    section = value.get("section", [])
    if not isinstance(section, list) or not all(isinstance(heading, str) for heading in section):
        raise ValueError(f"citation.section is {section!r:.40}; a list of headings was expected")
    places: dict[str, Any] = {}
    for name in PLACES:
        kind, expected = (int, "a whole number") if name in ("page", "slide") else (str, "a text")
        given = value.get(name)
        if given is not None and (not isinstance(given, kind) or isinstance(given, bool)):
            raise ValueError(f"citation.{name} is {given!r:.40}; {expected} or null was expected")
        places[name] = given
    return Citation(
        title=str(value.get("title") or ""),
        source=str(value.get("source") or ""),
        section=tuple(section),
        **places,
        **{name: value[name] for name in (*_TEXTS, *_NUMBERS)},
    )


def _saved(number: int, item: Any) -> Saved:
    if not isinstance(item, dict):
        return _fault(number, "damaged", f"{item!r:.40} is no object; {_EXPECTED}")
    receipt = None
    if "receipt" in item:
        receipt, given = item, item["receipt"]
        if not isinstance(given, int) or isinstance(given, bool) or given < 1:
            return _fault(number, "damaged", f"'receipt' is {given!r:.40}; the format's number was expected")
        if given > FORMAT:
            told = f"the receipt has format {given}, newer than format {FORMAT}, which this citespan reads; update it"
            return _fault(number, "newer_format", told)
        item = item.get("answer")
    if isinstance(item, dict) and str(item.get("object", "")).startswith("chat.completion"):
        item = _of_completion(item)
        if item is None:
            return _fault(number, "nothing", "a part of a stream that carries no answer")
    if isinstance(item, dict) and isinstance(item.get("claims"), list) and "question" not in item:
        return Saved(number, "audit", item, receipt)
    if isinstance(item, dict) and "error" in item and "answered" not in item:
        return _fault(number, "nothing", f"no answer was given: {item['error']!s:.200}")
    if not isinstance(item, dict) or not isinstance(item.get("question"), str):
        return _fault(number, "damaged", f"'question' is missing or no text; {_EXPECTED}")
    if not isinstance(item.get("answered"), bool):
        return _fault(number, "damaged", f"'answered' is {item.get('answered')!r:.40}; true or false was expected")
    return Saved(number, "answer", item, receipt)


def _of_completion(item: Mapping[str, Any]) -> Any:
    """The answer that a chat completion, or a chunk of one, carries, or None."""
    choices = item.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message") or choice.get("delta")
    return message.get("citespan") if isinstance(message, dict) else None


def _fault(number: int, kind: str, told: str) -> Saved:
    return Saved(number, kind, {}, None, told)


def _read(engine: Asker, question: str, threshold: float) -> Iterator[PlaceRead]:
    """The best span of each passage that was read for a refused question."""
    from qa.citing import cite_place

    candidates = engine.read(question)
    told = set()
    for rank, span in enumerate(candidates.spans):
        if span.passage in told:
            continue
        told.add(span.passage)
        confidence = round(engine.confidence.probability(candidates.evidence(rank)), 4)
        citation = cite_place(engine.index, candidates.hits[span.passage].passage.document, span.start, span.end)
        yield PlaceRead(
            citation, confidence, f"{percent(confidence)} likely to be right, under the threshold of {threshold:.0%}"
        )
    for number, hit in enumerate(candidates.hits):
        if number not in told:
            citation = cite_place(engine.index, hit.passage.document, hit.passage.start, hit.passage.end)
            yield PlaceRead(citation, 0.0, "no span of it is among the likely answers")
