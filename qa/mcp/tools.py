"""What a language model can do with the documents: the tools of the MCP server, as plain functions.

Each tool takes checked arguments and gives a text for the model and the same JSON as everywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote

import click
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.documents import Section
from corpus.errors import SettingError
from corpus.records import Record
from corpus.sections import section_named
from qa.answers import Answer, Citation, confidence_words, percent
from qa.audit.report import AuditReport
from qa.audit.reports import table_lines
from qa.candidates import Hit
from qa.filters import document_named
from qa.wording import REASONS, place

if TYPE_CHECKING:
    from qa.engine import Engine

SCHEME = "citespan://documents/"
"""The address of a document as a resource: this, then its id, percent-encoded."""

READ_LIMIT = 20_000
"""How much of a document one reading gives, in code points: about 5,000 tokens of English."""


def _listed(value: Any) -> Any:
    """A list, also where a model wrote it as one string or as JSON in a string."""
    if not isinstance(value, str):
        return value
    try:
        parsed = json.loads(value)
    except ValueError:
        return [value]
    return parsed if isinstance(parsed, list) else [value]


def _conditions(value: Any) -> Any:
    """A list of conditions, also where a model wrote them as an object or as JSON in a string."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        with suppress(ValueError):
            value = json.loads(value)
    return [f"{key}={wanted}" for key, wanted in value.items()] if isinstance(value, dict) else _listed(value)


_Documents = Annotated[list[str], BeforeValidator(_listed), Field(description="Look only in these documents, by id.")]
_Sections = Annotated[
    list[str],
    BeforeValidator(_listed),
    Field(description='Look only in these sections: a heading, or headings joined by " > ".'),
]

_Where = Annotated[
    list[str],
    BeforeValidator(_conditions),
    Field(
        description='Look only in documents whose metadata meet all of these, as in "author=Ann" or '
        '"date>=2024-01-31"; = != < <= > >= ~ (holds). A wrong key is told with those there are.'
    ),
]


class _Arguments(BaseModel):
    """What a tool takes; a field that it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid")


class AskArguments(_Arguments):
    """What the tool ``ask`` takes."""

    question: Annotated[str, Field(max_length=2_000, description="One full question, in plain words.")]
    top: Annotated[int, Field(ge=1, le=20, description="Answers to give, best first.")] = 3
    min_confidence: Annotated[
        float | None,
        Field(ge=0, le=1, description="Find no answer below this probability of being right; 0 always tries."),
    ] = None
    documents: _Documents = []
    sections: _Sections = []
    where: _Where = []


class SearchArguments(_Arguments):
    """What the tool ``search`` takes."""

    query: Annotated[str, Field(max_length=2_000, description="Words to look for, or a question.")]
    top: Annotated[int, Field(ge=1, le=50, description="Passages to give, best first.")] = 5
    documents: _Documents = []
    sections: _Sections = []
    where: _Where = []


class ReadArguments(_Arguments):
    """What the tool ``read_document`` takes."""

    document: Annotated[str, Field(description="The document's id, as `ask` and `search` give it.")]
    section: Annotated[
        str | None, Field(description='One section: its heading, or its headings joined by " > "; "" is the lead.')
    ] = None
    start: Annotated[int | None, Field(ge=0, description="Read from this character of the document's text.")] = None
    end: Annotated[int | None, Field(ge=0, description="Read up to this character, not included.")] = None


class AuditArguments(_Arguments):
    """What the tool ``audit`` takes."""

    text: Annotated[str, Field(max_length=100_000, description="The text whose statements are checked.")]


@dataclass(frozen=True, slots=True)
class Findings(Record):
    """The passages that a search found, best first."""

    query: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Excerpt(Record):
    """A stretch ``[start, end)`` of a document's text, in code points.

    ``next_start`` is where to read on, None where nothing is left of what was asked for; ``sections`` are all
    sections of the document.
    """

    document: str
    title: str
    source: str
    sha256: str
    metadata: dict[str, str]
    length: int
    start: int
    end: int
    text: str
    next_start: int | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it takes, what it gives (None: any object), and the function that runs it."""

    name: str
    title: str
    description: str
    arguments: type[_Arguments]
    result: Any
    run: Callable[[Engine, Any], tuple[str, Record]]

    def input_schema(self) -> dict[str, Any]:
        """The JSON schema of what the tool takes."""
        return self.arguments.model_json_schema()

    def output_schema(self) -> dict[str, Any]:
        """The JSON schema of what the tool gives."""
        if self.result is None:
            return {"type": "object"}
        return TypeAdapter(self.result).json_schema(mode="serialization")

    def faults(self, error: ValidationError) -> str:
        """What is wrong with the tool's arguments, and which it takes."""
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'arguments'}: {fault['msg']}" for fault in error.errors()[:3]
        )
        return f"{self.name}: {faults} (it takes {', '.join(self.arguments.model_fields)})"


def tools_of() -> list[Tool]:
    """The tools that any engine can serve."""
    return [
        Tool(
            "ask",
            "Ask the documents",
            "Answer one question from the documents: the shortest verbatim span, the sentence around it, where it "
            "stands and how likely it is right; or no answer, with the reason and the nearest sentences. The answer "
            "is quoted, never made up. It does not count, compare or conclude: ask for one fact at a time.",
            AskArguments,
            Answer,
            _ask,
        ),
        Tool(
            "search",
            "Search the documents",
            "Rank the passages of the documents for some words or a question, best first, with the whole text of "
            "each. For looking around a subject, or where `ask` finds no answer.",
            SearchArguments,
            Findings,
            _search,
        ),
        Tool(
            "read_document",
            "Read a document",
            f"Read a document by its id: from its beginning, one section, or a range of characters; up to "
            f"{READ_LIMIT:,} characters at a time, with where to read on. Tells the names of its sections too.",
            ReadArguments,
            Excerpt,
            _read,
        ),
        Tool(
            "audit",
            "Check a text against the documents",
            "Check each claim of a text against the documents: supported, contradicted or not found, with the quotes "
            "for and against it and what differs (number, date, name, denial). For checking a draft before it is sent.",
            AuditArguments,
            AuditReport,
            _audit,
        ),
    ]


def _ask(engine: Engine, arguments: AskArguments) -> tuple[str, Record]:
    answer = engine.ask(
        arguments.question,
        top=arguments.top,
        min_confidence=arguments.min_confidence,
        documents=arguments.documents,
        sections=arguments.sections,
        where=arguments.where,
    )
    lines = [f"Did you mean: {answer.did_you_mean}", ""] if answer.did_you_mean else []
    if answer.answered and answer.citation is not None:
        sure = f"{confidence_words(answer.confidence)} ({percent(answer.confidence)})"
        lines += answer.texts
        for citations in answer.quoted():
            lines += ["", *_cited(citations[0])]
        lines.append(f"How likely this is right: {sure}")
        lines += [
            f"Or: {other.text} ({percent(other.confidence)}); {place(other.citation)}" for other in answer.alternatives
        ]
    else:
        lines.append(f"No answer: {REASONS[answer.reason or 'low_confidence']}.")
        if answer.nearest:
            lines.append("What they list:" if answer.reason == "needs_arithmetic" else "The nearest sentences:")
        for citation in answer.nearest:
            lines += ["", *_cited(citation)]
    return "\n".join(lines), answer


def _cited(citation: Citation) -> list[str]:
    """The lines that quote a sentence and tell where it can be read."""
    where = f"document {citation.document!r}, characters {citation.quote_start} to {citation.quote_end}"
    above = [f"({fragment.text})" for fragment in citation.context]
    return [*above, f"“{citation.quote}”", f"{place(citation)} ({where})"]


def _search(engine: Engine, arguments: SearchArguments) -> tuple[str, Record]:
    hits = engine.search(
        arguments.query,
        k=arguments.top,
        documents=arguments.documents,
        sections=arguments.sections,
        where=arguments.where,
    )
    blocks = []
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        where = f"document {passage.document!r}, characters {passage.start} to {passage.end}"
        blocks.append(f"{rank}. {' > '.join((passage.title, *passage.section))} ({where})\n{passage.text}")
    text = "\n\n".join(blocks) or "No passage holds any of these words."
    return text, Findings(arguments.query, tuple(hits))


def _read(engine: Engine, arguments: ReadArguments) -> tuple[str, Record]:
    name = arguments.document
    if name.startswith(SCHEME):
        name = unquote(name.removeprefix(SCHEME))
    document = document_named(engine.index, name, "`ask` and `search` give the ids of documents")
    length, start, end = len(document.text), arguments.start or 0, arguments.end
    if arguments.section is not None:
        if arguments.start is not None or end is not None:
            raise SettingError("give a section, or start and end, not both")
        section = section_named(document, arguments.section)
        start, end = section.start, section.end
    end = length if end is None else min(end, length)
    if start >= end:
        raise SettingError(
            f"nothing stands from {start} to {end}: {name!r} has {length} characters; start must be below end"
        )
    stop = min(end, start + READ_LIMIT)
    excerpt = Excerpt(
        document=document.id,
        title=document.title,
        source=document.source,
        sha256=document.sha256,
        metadata=document.stated(),
        length=length,
        start=start,
        end=stop,
        text=document.text[start:stop],
        next_start=stop if stop < end else None,
        sections=document.sections,
    )
    head = [f"{document.title} (document {document.id!r}), characters {start} to {stop} of {length}"]
    if arguments.section is None and start == 0:
        headings = [" > ".join(section.path) for section in document.sections if section.path]
        head += [f"Sections: {'; '.join(headings)}"] if headings else []
    tail = [f"To read on: start={stop}, end={end}"] if stop < end else []
    return "\n\n".join(["\n".join(head), excerpt.text, *tail]), excerpt


def _audit(engine: Engine, arguments: AuditArguments) -> tuple[str, Record]:
    report = engine.audit(arguments.text)
    return click.unstyle("\n".join(table_lines(report, everything=True))), report
