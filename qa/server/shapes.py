"""What requests and responses look like: answers are the engine's records, with an id beside their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from corpus.documents import Passage, Section
from corpus.records import Record
from index.ranking.conditions import PATTERN
from qa.answers import Answer, Citation
from qa.server.openapi import EXAMPLE_QUESTION
from qa.server.settings import QUESTION_LENGTH


def whole(given: Any) -> Any:
    """A number without a fraction is whole, as JSON has it: 3.0 is 3."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Question = Annotated[
    StrictStr,
    # Enforced by the service, whose settings may have another bound.
    Field(description="The question, in plain words.", json_schema_extra={"maxLength": QUESTION_LENGTH}),
]
Top = Annotated[int, Field(ge=1, le=50, description="Answers to give, best first.")]
MinConfidence = Annotated[
    float | None, Field(ge=0, le=1, description="Refuse below this probability of being right; null: the usual one.")
]

# JSON has one kind of number, and no text that stands for one.
TopInBody = Annotated[StrictInt, Field(ge=1, le=50, description="Answers to give, best first."), BeforeValidator(whole)]
MinConfidenceInBody = Annotated[
    Annotated[float, Field(ge=0, le=1, strict=True)] | None,
    Field(description="Refuse below this probability of being right; null: the usual one."),
]
Documents = Annotated[list[StrictStr], Field(max_length=1_000, description="Ask only the documents of these ids.")]
Sections = Annotated[
    list[StrictStr],
    Field(
        max_length=1_000,
        description='Ask only these sections and their subsections: headings joined by " > ", or a heading alone.',
    ),
]

ConditionText = Annotated[StrictStr, Field(pattern=f"^{PATTERN}", examples=["author=Ann"])]
Conditions = Annotated[
    Annotated[list[ConditionText], Field(max_length=100)]
    | dict[StrictStr, StrictStr | StrictBool | StrictInt | StrictFloat],
    Field(
        description='Ask only documents whose metadata meet all of these: {"author": "Ann"}, or texts such as '
        '"author=Ann", with one of = != < <= > >= ~ (holds) between key and value.',
    ),
]


class Exchange(BaseModel):
    """An earlier question of a conversation and its answer."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[StrictStr, Field(max_length=QUESTION_LENGTH, description="The question as it was answered.")]
    answer: Annotated[
        StrictStr | None, Field(max_length=QUESTION_LENGTH, description="The answer's text; null for a refusal.")
    ] = None


class AskRequest(BaseModel):
    """A question, where to look, how many answers to give and the probability under which to refuse."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": EXAMPLE_QUESTION},
                {"question": EXAMPLE_QUESTION, "top": 1, "min_confidence": 0.5, "sections": ["Travel regime"]},
                {
                    "question": "And who received him?",
                    "history": [
                        {"question": "Who was the first Russian consul in Serbia?", "answer": "Gerasim Vashchenko"}
                    ],
                },
            ]
        },
    )

    question: Question
    top: TopInBody = 3
    min_confidence: MinConfidenceInBody = None
    documents: Documents = []
    sections: Sections = []
    where: Conditions = []
    history: Annotated[
        list[Exchange],
        Field(max_length=100, description="The conversation so far, oldest first; a follow-up is understood by it."),
    ] = []


class SearchRequest(BaseModel):
    """Words to look for, where, and how many passages to give."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "visas", "k": 2, "sections": ["Travel regime"]}]}
    )

    question: Question
    k: Annotated[
        StrictInt, Field(ge=1, le=100, description="Passages to give, best first."), BeforeValidator(whole)
    ] = 5
    documents: Documents = []
    sections: Sections = []
    where: Conditions = []


@dataclass(frozen=True, slots=True)
class ServedAnswer(Answer):
    """An answer as it is served: what the command line prints, and an id for feedback on it.

    ``text`` is verbatim the document's ``[citation.start, citation.end)``, in code points. A refusal has
    ``answered`` false, a ``reason``, and the ``nearest`` sentences. ``confidence`` is the calibrated
    probability that the best span is right, ``score`` the reader's, comparable within one question only.
    """

    id: str = ""


@dataclass(frozen=True, slots=True)
class ServedHit(Record):
    """A ranked passage; ``score`` is comparable within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Found(Record):
    """The best passages for a question, best first; fewer than asked for where fewer hold a word of it."""

    question: str
    hits: tuple[ServedHit, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class ListedDocument(Record):
    """A document without its text; ``length`` is in code points, ``sha256`` of the text's UTF-8.

    ``metadata`` is what its file states of it, by name: front matter, other fields of JSONL, file properties.
    """

    id: str
    title: str
    source: str
    length: int
    sha256: str
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class DocumentPage(Record):
    """A stretch of the list of documents; ``next`` is the offset of the stretch after it, or null."""

    total: int
    offset: int
    limit: int
    next: int | None
    documents: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True)
class ServedDocument(Record):
    """A whole document; ``sections`` bound their own text, in code points, ``pages`` begin there in paged formats."""

    id: str
    title: str
    source: str
    length: int
    sha256: str
    metadata: dict[str, str]
    text: str
    sections: tuple[Section, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VerifiedCitation(Record):
    """A citation of a place in a document, read out of the document's text anew; ``text`` is the span."""

    text: str
    verified: bool
    citation: Citation


def served_answer(answer: Answer, name: str) -> dict[str, Any]:
    """The answer as JSON-ready values, with its id as the last."""
    return {**answer.to_dict(), "id": name}
