"""What chat clients ask on their own, behind the conversation: titles, tags, follow-ups, search queries.

None of these is a question to the documents. They are told from questions by their frame, never by a word, and are
answered without a search: a title in the words of the first question, and nothing of what only a text generator
could make up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.server.openai_shapes import Message

Kind = Literal["title", "tags", "follow_ups", "queries", "completion", "image_prompt"]

_KEYS: dict[str, Kind] = {
    "title": "title",
    "tags": "tags",
    "follow_ups": "follow_ups",
    "followups": "follow_ups",
    "follow_up_questions": "follow_ups",
    "queries": "queries",
    "search_queries": "queries",
    "text": "completion",
    "prompt": "image_prompt",
}
"""The keys of the JSON that clients ask for, and what each is a task of."""

_FRAME = re.compile(r"\s{0,9}#{1,4} ?task\b", re.I)
_FORM = re.compile(r'\{\s{0,20}"(?P<key>[a-z_]{1,30})"\s{0,20}:\s{0,20}(?P<value>["\[])')
_HISTORY, _HISTORY_END = "<chat_history>", "</chat_history>"
_TALK = (
    r"\b(?:(?:this|our|the (?:above|following)) (?:chat|conversation|discussion|dialogue|exchange|messages)"
    # "the conversation between A and B" may well be in a document
    r"|the (?:chat|conversation)(?: history)?(?! (?:about|at|between|by|from|in|of|on|that|which|with)\b))\b"
)
_ASKING = (
    r"\s{0,9}(?:please )?(?:(?:based on|for|from|given|in|using) [^.?!\n]{1,80}, )?(?:please )?"
    r"(?:come up with|create|generate|give|make|produce|propose|provide|return|suggest|write)\b"
)
_WANTED: dict[Kind, str] = {
    "title": r"(?:\b(?:a|an|brief|concise|one|short)\b|[ -]words?\b)[^.?!\n]{0,60}\b(?:title|name|headline)\b",
    "tags": r"\b(?:tags|keywords|labels)\b",
    "follow_ups": r"\bfollow[- ]?ups?\b",
    "queries": r"\bsearch quer(?:y|ies)\b",
}
_PLAIN = {
    # The first sentence must ask for the thing and name the chat, in either order.
    kind: re.compile(rf"{_ASKING}(?=[^?\n]{{0,200}}?{wanted})[^?\n]{{0,200}}?{_TALK}(?P<rest>[^?\n]{{0,80}})", re.I)
    for kind, wanted in _WANTED.items()
}
_SPOKEN = re.compile(r"^[ \t]{0,8}(?:user|human|you)[ \t]{0,8}:[ \t]{0,8}(?P<said>\S[^\n]{0,1000})", re.I | re.M)

_READ = 20_000  # code points of a message that are looked at: no client's prompt is longer without its history
TITLE_WORDS, TITLE_LENGTH = 8, 60
"""How long a title may be, in words and in code points."""


@dataclass(frozen=True, slots=True)
class ChatTask:
    """A task of a client's own: its kind, and the reply that does no harm, in the form that was asked for."""

    kind: Kind
    reply: str


def chat_task(messages: Sequence[Message]) -> ChatTask | None:
    """The client's own task that a conversation ends with, or None where it ends with a question.

    >>> asked = '### Task: Suggest tags. Output: { "tags": ["tag"] } <chat_history>...</chat_history>'
    >>> chat_task([Message(role="user", content=asked)])
    ChatTask(kind='tags', reply='{"tags": []}')
    >>> chat_task([Message(role="user", content="What is the title of chapter 3?")]) is None
    True
    """
    spoken = [message.text for message in messages if message.role == "user"]
    if not spoken:
        return None
    *earlier, told = spoken
    start, end = told.find(_HISTORY), told.rfind(_HISTORY_END)
    history = told[start:end] if 0 <= start < end else ""
    asked = told if not history else told[:start] + told[end:]
    asked = asked[:_READ]
    form = _FORM.search(asked)
    kind: Kind | None
    if history and _FRAME.match(asked):
        kind = _KEYS.get(form["key"]) if form else None
    else:
        kind = next((kind for kind, pattern in _PLAIN.items() if pattern.match(asked)), None)
    if kind is None:
        return None
    value: str | list[str] = [] if form and form["value"] == "[" else ""
    if kind == "title":
        value = _title(_first(history) or (earlier[0] if earlier else _first(told)))
    return ChatTask(kind, json.dumps({form["key"]: value}, ensure_ascii=False) if form else str(value or ""))


def _first(talk: str) -> str:
    """What the user said first in a conversation that is written out."""
    found = _SPOKEN.search(talk)
    return found["said"] if found else ""


def _title(question: str) -> str:
    """The first words of a question."""
    words = question.split()[:TITLE_WORDS]
    while len(words) > 1 and len(" ".join(words)) > TITLE_LENGTH:
        words.pop()
    return " ".join(words)[:TITLE_LENGTH].strip().rstrip("?!.,;:")
