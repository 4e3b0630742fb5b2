"""The line at which a person types: its history, and the completion of commands, titles and headings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, ThreadedCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

if TYPE_CHECKING:
    from qa.engine import Engine

_LONGEST = 6  # words: a heading is completed from as many of its first words
_SHORTEST = 3  # letters typed before a heading is offered
_OFFERED = 20
_READ = 20_000  # passages looked through for headings: about a second of a big index, once, beside the typing


def history_path() -> Path:
    """Where the questions typed are kept: the state folder of the user, by the custom of the platform.

    ``$XDG_STATE_HOME`` or ``~/.local/state`` on Linux and its like, the application's folder on macOS and Windows.
    """
    if sys.platform in ("win32", "darwin"):
        return Path(click.get_app_dir("citespan")) / "history"
    state = os.environ.get("XDG_STATE_HOME", "")
    folder = Path(state) if state.startswith("/") else Path.home() / ".local" / "state"
    return folder / "citespan" / "history"


def open_history(path: Path | None, warn: Callable[[str], None]) -> History:
    """The history in that file, which only its owner may read; in memory where there is no path or it cannot be kept.

    ``warn`` is told why a history is not kept.
    """
    if path is None:
        return InMemoryHistory()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("ab"):
            path.chmod(0o600)
    except OSError as error:
        warn(f"{path}: {error.strerror or error}; the questions of this session are not kept")
        return InMemoryHistory()
    return FileHistory(str(path))


class TopicCompleter(Completer):
    """Offers commands after a slash, and document titles and section headings for the words before the cursor.

    >>> completer = TopicCompleter(["/help"], lambda: ["Travel regime", "Kosovo War"])
    >>> completions = completer.get_completions(Document("when was the koso"), CompleteEvent())
    >>> [(completion.text, completion.start_position) for completion in completions]
    [('Kosovo War', -4)]
    """

    def __init__(self, commands: Sequence[str], topics: Callable[[], Iterable[str]]) -> None:
        self.commands = commands
        self._read = topics

    @cached_property
    def topics(self) -> list[str]:
        """The titles and headings, each once, in the order of the documents."""
        return list(dict.fromkeys(self._read()))

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """What may follow what is typed, the longest match first."""
        typed = document.text_before_cursor
        if typed.startswith("/") and " " not in typed:
            yield from (
                Completion(command, start_position=-len(typed))
                for command in self.commands
                if command.startswith(typed)
            )
            return
        words = typed.split(" ")
        offered: set[str] = set()
        for count in range(min(_LONGEST, len(words)), 0, -1):
            part = " ".join(words[-count:])
            if len(part.strip()) < _SHORTEST or part.startswith(" "):
                continue
            for topic in self.topics:
                starts = topic.casefold().startswith(part.casefold()) and topic.casefold() != part.casefold()
                if starts and topic not in offered and len(offered) < _OFFERED:
                    offered.add(topic)
                    yield Completion(topic, start_position=-len(part))


def topics(engine: Engine) -> Iterator[str]:
    """The titles and section headings of an engine's documents, one for each passage under them."""
    for passage in islice(engine.passages(), _READ):
        yield _line(passage.title)
        for heading in passage.section:
            yield _line(heading)


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def prompt_session(engine: Engine, commands: Sequence[str], history: History) -> PromptSession[str]:
    """The prompt over an engine: arrows walk the history, Tab completes, Ctrl-R searches."""
    completer = TopicCompleter(commands, lambda: topics(engine))
    return PromptSession(
        history=history,
        completer=ThreadedCompleter(completer),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
    )
