"""A conversation, which keeps its turns."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from corpus.errors import SettingError
from qa.conversation.rewriting import rewrite
from qa.conversation.turns import MAX_TURNS, Turn

if TYPE_CHECKING:
    from qa.answers import Answer
    from qa.asker import Asker


class Conversation:
    """Asks one engine, turn by turn; the answers carry the question as it was understood.

    One conversation is one person's: share the engine between threads, not this.

    >>> import qa
    >>> talk = Conversation(qa.default(reader="lexical"))
    >>> talk.ask("Who founded the Russian All-Military Union?").text
    'General Pyotr Wrangel'
    >>> talk.ask("and how many members did it have?").question
    'How many members did the Russian All-Military Union have?'
    """

    def __init__(self, engine: Asker, *, turns: int = MAX_TURNS) -> None:
        if turns < 1:
            raise SettingError(f"turns is {turns}; at least 1 turn must be kept")
        self.engine = engine
        self._turns: deque[Turn] = deque(maxlen=turns)

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns that are kept, oldest first."""
        return tuple(self._turns)

    def ask(self, question: str, **options: Any) -> Answer:
        """The answer to a question or a follow-up, whose ``question`` is the full one; options as Engine.ask's."""
        answer = self.engine.ask(rewrite(question, self.history, self.engine), **options)
        if answer.reason != "empty_question":
            self._turns.append(Turn.of(answer))
        return answer

    def clear(self) -> None:
        """Forgets every turn: the next question stands alone."""
        self._turns.clear()
