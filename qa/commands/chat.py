"""``qa chat``: a conversation in the terminal, or over lines piped in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING

import click

from corpus.errors import SourceError
from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    calibration_option,
    check_one_threshold,
    confidence_option,
    documents_options,
    open_engine,
    reader_option,
    where_option,
)
from qa.conversation import Conversation
from qa.filters import document_named, passages_within

if TYPE_CHECKING:
    from index.ranking.conditions import Where
    from qa.answers import Answer, Citation
    from qa.engine import Engine

_LISTED = 50  # documents listed before the rest is counted
_AROUND = 600  # characters of the document shown before and after a quote

HELP = {
    "/help": "show this",
    "/documents": "list the documents, or the sections of one: /documents NAME",
    "/sources": "show the last answer's citation in its section",
    "/clear": "forget the conversation so far",
    "/exit": "leave (so does Ctrl-D)",
}
"""Each command of the chat, and what it does."""


@click.command()
@documents_options
@where_option
@reader_option
@confidence_option
@calibration_option
@click.option("--no-history", is_flag=True, help="Do not keep the questions typed for the next time.")
def chat(
    folder: str | None,
    sources: tuple[str, ...],
    where: tuple[str, ...],
    reader: str | None,
    min_confidence: float | None,
    calibration: str | None,
    no_history: bool,
) -> int:
    """Ask question after question; a follow-up is understood from the conversation so far.

    On a terminal the questions are typed at a prompt, with history and completion (Tab); else each line of
    stdin is one. /help lists the commands.
    """
    check_one_threshold(min_confidence)
    engine = open_engine(folder, sources, reader=reader, calibration=calibration)
    passages_within(engine.index, (), (), where)  # what is wrong with it is told before anything is asked
    talk = Talk(engine, min_confidence=min_confidence, where=where)
    if sys.stdin is None:
        raise click.UsageError("stdin is closed; type at a terminal, or pipe one question a line")
    if sys.stdin.isatty() and sys.stdout.isatty():
        _converse(talk, keep=not no_history)
    else:
        _read_lines(talk, sys.stdin.buffer)
    return EXIT_ANSWERED


class Talk:
    """A conversation and its commands: a line typed gives the lines to show.

    >>> import qa
    >>> talk = Talk(qa.default(reader="lexical"))
    >>> next(iter(talk.reply("/clear")))
    'Forgotten: the next question stands alone.'
    """

    def __init__(self, engine: Engine, *, min_confidence: float | None = None, where: Where = ()) -> None:
        self.engine = engine
        self.conversation = Conversation(engine)
        self.options = {"min_confidence": min_confidence, "where": where}
        self.last: Answer | None = None
        self.left = False

    def reply(self, line: str) -> Iterable[str]:
        """The lines that answer a question or a command; ``left`` tells when it was the last."""
        typed = line.strip()
        if not typed.startswith("/"):
            return self._answer(typed) if typed else ()
        name, _, argument = typed.partition(" ")
        commands: dict[str, Callable[[str], Iterable[str]]] = {
            "/help": self._help,
            "/documents": self._documents,
            "/sources": self._sources,
            "/clear": self._clear,
            "/exit": self._exit,
            "/quit": self._exit,
        }
        # A command may be cut short: "/doc".
        meant = [known for known in commands if known.startswith(name.lower()) and len(name) > 1]
        if len(meant) != 1:
            return [f"No command {wording.printable(name)!r}; /help lists them."]
        return commands[meant[0]](argument.strip())

    def _answer(self, question: str) -> Iterable[str]:
        answer = self.conversation.ask(question, **self.options)
        self.last = answer
        if answer.question != question:
            yield click.style(f"understood as: {wording.printable(answer.question)}", dim=True)
        yield from terminal.answer_lines(answer)

    def _help(self, _: str) -> Iterable[str]:
        width = max(map(len, HELP))
        yield from (f"{name:<{width}}  {what}" for name, what in HELP.items())
        yield "Anything else is a question; a follow-up may lean on what was said before."

    def _documents(self, name: str) -> Iterable[str]:
        engine = self.engine
        if name:
            try:
                document = document_named(engine.index, name)
            except SourceError as error:
                return [wording.printable(str(error))]
            headings = [" > ".join(section.path) or "(before the first heading)" for section in document.sections]
            return [wording.printable(document.title), *(f"  {wording.printable(text)}" for text in headings)]
        lines = [terminal.document_line(document) for document in islice(engine.documents(), _LISTED)]
        more = engine.counts()["documents"] - len(lines)
        return [*lines, f"... and {more:,} more; `qa show` lists them all"] if more > 0 else lines

    def _sources(self, _: str) -> Iterable[str]:
        if self.last is None:
            return ["Nothing has been asked yet."]
        citation = self.last.citation or next(iter(self.last.nearest), None)
        if citation is None:
            return ["The last question found nothing to cite."]
        return self._in_context(citation)

    def _in_context(self, citation: Citation) -> Iterator[str]:
        """The place of a citation, and the text of its section around the quote, the span marked."""
        document = self.engine.document(citation.document)
        section = next((s for s in document.sections if s.start <= citation.quote_start < s.end), None)
        start = max(section.start if section else 0, citation.quote_start - _AROUND)
        end = min(section.end if section else len(document.text), citation.quote_end + _AROUND)
        before = document.text[start : citation.start]
        after = document.text[citation.end : end]
        if section is not None and start > section.start:
            before = "... " + before.partition(" ")[2]
        if section is not None and end < section.end:
            after = after.rpartition(" ")[0] + " ..."
        yield click.style(wording.place(citation), fg="cyan") + click.style(
            f"  [{wording.printable(citation.source)}:{citation.start}-{citation.end}]", dim=True
        )
        marked = click.style(wording.printable(citation.text), bold=True, fg="green")
        yield _shown(before.lstrip()) + marked + _shown(after.rstrip())

    def _clear(self, _: str) -> Iterable[str]:
        self.conversation.clear()
        self.last = None
        return ["Forgotten: the next question stands alone."]

    def _exit(self, _: str) -> Iterable[str]:
        self.left = True
        return ()


def _shown(text: str) -> str:
    """The text with its line ends, also the last, and control characters made visible."""
    lines = wording.printable_lines(text)
    return f"{lines}\n" if text.endswith(("\n", "\r")) else lines


def _converse(talk: Talk, *, keep: bool) -> None:
    """Prompts for question after question; Ctrl-C drops the line or the answer, Ctrl-D leaves."""
    from qa.prompt import history_path, open_history, prompt_session

    history = open_history(history_path() if keep else None, terminal.say)
    session = prompt_session(talk.engine, list(HELP), history)
    terminal.echo([f"{talk.engine.summary()}. Ask a question; /help lists the commands, Ctrl-D leaves."])
    while not talk.left:
        try:
            line = session.prompt("? ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        try:
            _show(talk.reply(line))
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _read_lines(talk: Talk, stdin: IO[bytes]) -> None:
    """Answers each line of a stream, under the question."""
    for line in stdin:
        question = line.decode("utf-8-sig", errors="replace").strip()
        if not question:
            continue
        terminal.echo([f"? {wording.printable(question)}"])
        _show(talk.reply(question))
        if talk.left:
            break
        sys.stdout.flush()


def _show(lines: Iterable[str]) -> None:
    shown = False
    for line in lines:
        terminal.echo([line])
        shown = True
    if shown:
        click.echo()
