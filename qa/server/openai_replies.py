"""What the endpoints of OpenAI's shapes have in common: a conversation is read, asked, and answered in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from qa.answers import Citation
from qa.conversation import Turn
from qa.server.chat_tasks import chat_task
from qa.server.cited_text import cited_text, heard
from qa.server.openai_shapes import AskOptions, Message
from qa.server.problems import Problem
from qa.server.service import LOG
from qa.server.shapes import served_answer
from qa.server.tokens import answer_id

if TYPE_CHECKING:
    from qa.server.service import Service


@dataclass(frozen=True, slots=True)
class Link:
    """A mark in a reply's text at ``[start, end)``, as in ``[1]``, and the page that it cites."""

    start: int
    end: int
    title: str
    url: str

    def citation(self) -> dict[str, Any]:
        """The link in the fields of OpenAI's ``url_citation``."""
        return {"start_index": self.start, "end_index": self.end, "title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in parts that follow one another, its links, and the whole answer as JSON-ready values."""

    parts: tuple[str, ...]
    links: tuple[Link, ...]
    citespan: dict[str, Any]

    @property
    def text(self) -> str:
        """The whole reply."""
        return "".join(self.parts)


async def reply(service: Service, messages: Sequence[Message], options: AskOptions | None, *, base: str) -> Reply:
    """The reply to the last user message of a conversation; ``base`` is the service's own address.

    A client's own task (a title for the chat, say) is no question: it is answered without a search.

    Raises Problem 400 where no message is the user's, and what the service raises.
    """
    task = chat_task(messages)
    if task is not None:
        service.measures.chat_task(task.kind)
        LOG.info("a chat client's own task (%s) was answered without a search", task.kind)
        return Reply((task.reply,), (), {"task": task.kind, "answered": False})
    question, history = conversation(messages)
    answer = await service.ask(question, history=history, **(options or AskOptions()).model_dump())
    message = cited_text(answer, asked=question)
    links = (
        Link(mark.start, mark.end, " > ".join((mark.citation.title, *mark.citation.section)), url(mark.citation, base))
        for mark in message.marks
    )
    return Reply(message.parts, tuple(links), served_answer(answer, answer_id(answer, service.settings.secret)))


def conversation(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, which is the last user message, and the turns before it.

    Raises Problem 400 where no message is the user's.
    """
    last = max((number for number, message in enumerate(messages) if message.role == "user"), default=None)
    if last is None:
        raise Problem(400, "no_question", 'no message has the role "user"; the last one that has is the question')
    turns: list[Turn] = []
    for message in messages[:last]:
        if message.role == "user":
            turns.append(Turn(message.text, None))
        elif message.role == "assistant" and turns:
            answer, understood = heard(message.text)
            turns[-1] = Turn(understood or turns[-1].question, answer)
    return messages[last].text, turns


def url(citation: Citation, base: str) -> str:
    """Where a citation can be looked up: the document's own address on the web, else its page in this service."""
    if urlsplit(citation.source).scheme in ("http", "https"):
        return citation.source
    place = urlencode({"start": citation.start, "end": citation.end})
    return f"{base.rstrip('/')}/read/{quote(citation.document)}?{place}"


def words(messages: Sequence[Message]) -> int:
    """The number of words of all messages: nothing here counts tokens."""
    return sum(len(message.text.split()) for message in messages)
